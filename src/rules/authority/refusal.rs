//! Why somebody may not decide, as a sentence that says who can.

use crate::rules::policy::Part;
use crate::rules::say;

/// Why somebody may not decide.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Only {who} can {act}.")]
    WrongPost { who: String, act: String },
    #[error("Nobody decides on their own request. It needs {who} who did not propose it.")]
    OwnRequest { who: String },
    #[error("Whoever wrote it never agrees to it. It needs {who} who did not write it.")]
    OwnWords { who: String },
    #[error("You {part}. It needs {who} who took no part.", part = part.of_you())]
    TookPart { part: Part, who: String },
    #[error("You have already authorised this. The next stage needs somebody else: {who}.")]
    AlreadyAuthorised { who: String },
    #[error("{body} decides this together, in a meeting; {clerk} records the day, who sat and the minute. Nobody decides it alone.", body = say::sentence(body), clerk = clerk)]
    InMeeting { body: String, clerk: String },
    #[error("Whoever made the proposal does not record the decision on it. It needs {clerk} who did not propose it.")]
    OwnMinute { clerk: String },
    #[error("This waits for {who} first.")]
    NotYet { who: String },
    #[error("No rule of the policy says who decides this. Ask whoever owns the policy.")]
    Unruled,
    #[error("Every stage is done; there is nothing left to decide.")]
    Complete,
}
