//! The kinds of work that wait for somebody.

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $key:literal, $word:literal, $icon:literal);+ $(;)?) => {
        /// What is to be done. The key is what the database keeps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum TaskKind { $($(#[$doc])* $kind),+ }

        impl TaskKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The key kept in the database.
            pub fn key(self) -> &'static str {
                match self { $(Self::$kind => $key),+ }
            }

            /// The word shown beside a row of work.
            pub fn word(self) -> &'static str {
                match self { $(Self::$kind => $word),+ }
            }

            /// The icon beside the word.
            pub fn icon(self) -> &'static str {
                match self { $(Self::$kind => $icon),+ }
            }
        }
    };
}

kinds! {
    /// Read an incident and decide what follows.
    Incident = "incident", "Incident", "flag";
    /// See how a colleague is.
    Support = "support", "Staff support", "heart";
    /// Report an offence, where the policy says always.
    Police = "police", "Police report", "share";
    /// Tell community safety, where the policy says so.
    CommunitySafety = "community-safety", "Referral", "share";
    /// Hand a case over to another process, where the policy says so.
    HandOff = "hand-off", "Hand-over", "share";
    /// Ring a customer at the time that was promised.
    Call = "call", "Call", "phone";
    /// Give the warning that was decided.
    Warning = "warning", "Warning", "care";
    /// Agree to a warning before it is given, or give a view on it.
    Agreement = "agreement", "Agreement", "decide";
    /// Write a warning again that was sent back.
    WarningBack = "warning-back", "Warning sent back", "pen";
    /// Give the warning that others agreed to: say it, or send the letter it stands in.
    WarningAgreed = "warning-agreed", "Agreed warning", "care";
    /// Assess, and propose what should follow.
    Proposal = "proposal", "Proposal", "pen";
    /// Decide on a proposal.
    Approval = "approval", "Approval", "decide";
    /// Give a view before somebody else decides.
    View = "view", "View", "chat";
    /// See that somebody may decide, where nobody can.
    Stuck = "stuck", "Stuck", "stop";
    /// Answer the questions on a proposal sent back.
    SentBack = "sent-back", "Sent back", "pen";
    /// Send a letter that was made.
    Letter = "letter", "Letter", "letter";
    /// Send what somebody besides the customer is told of a letter.
    Copy = "copy", "Copy", "letter";
    /// Hold the review that was promised.
    Review = "review", "Review", "clock";
    /// Decide an appeal.
    Appeal = "appeal", "Appeal", "scale";
    /// Answer a request to look again.
    Reconsideration = "reconsideration", "Request", "scale";
    /// Decide an appeal against a warning.
    WarningAppeal = "warning-appeal", "Appeal", "scale";
    /// Keep what a term of a restriction promises of ours.
    Promise = "promise", "Promise", "tick";
    /// Tell a customer what a letter says, where the policy asks for it.
    Tell = "tell", "Telling", "chat";
}

impl TaskKind {
    /// The kind a key stands for.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}
