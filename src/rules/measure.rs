//! The catalogue of measures: what a restriction may be made of, and what it can never touch.

mod kinds;
mod term;

pub use kinds::{Channel, Day, MeasureKind, Period, Purpose, Way};
pub use term::{Block, Term, TopicMode};
