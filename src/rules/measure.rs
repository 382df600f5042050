//! The catalogue of measures: what a restriction may be made of, and what it can never touch.

pub mod bundle;
mod chosen;
mod closing;
pub mod duty;
mod ease;
mod fault;
mod hour;
mod kind;
mod kinds;
pub mod limits;
pub mod parameters;
pub(crate) mod phrase;
mod term;
mod words;

pub use chosen::{Chosen, is_kind};
pub use ease::asks_more;
pub use fault::{LONGEST_MINUTES, LONGEST_NAME, LONGEST_WORDS, MOST_CONTACTS, MOST_MATTERS, TermFault};
pub use hour::Hour;
pub use kind::{Cadence, ComplaintStep, DocumentGuard, Fate, MeasureKind, Scope};
pub use kinds::{Channel, Day, OneOpenChannel, Period, Purpose, Way};
pub use term::{Block, Term, TopicMode};
pub use words::Words;
pub(crate) use words::topic_list;
