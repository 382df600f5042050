//! Every letter to a customer: facts in; title, HTML and plain text out. Nothing here reads a row or decides anything.
//! Behaviour, never the person; short words, no contractions; nothing is said of a policy that it does not say.

mod appeal;
mod facts;
mod restriction;
mod review;
mod warning;

pub use appeal::{AppealOutcome, AppealReceived, Ruling};
pub use facts::{
    Account, Addressee, Decided, EarlierWarning, EarlierWarnings, Format, Happening, Sender, Shared, Signer, WarningForm,
};
pub use restriction::{Lifting, Notice, Variation};
pub use review::{Review, Reviewed};
pub use warning::Warning;

/// One letter, with everything it says.
#[derive(Clone, Debug)]
pub enum Letter {
    /// A written warning.
    Warning(Warning),
    /// The notice of a restriction.
    Restriction(Notice),
    /// A restriction is changed.
    Variation(Variation),
    /// A restriction ends.
    Lifting(Lifting),
    /// What came of a review.
    Review(Review),
    /// An appeal was received.
    AppealReceived(AppealReceived),
    /// What came of an appeal.
    AppealOutcome(AppealOutcome),
}
