//! The letters of an appeal: that it came, and what was decided.

use chrono::NaiveDate;

use super::facts::{Decided, Shared};
use crate::rules::measure::Term;

/// An appeal was received: what we have, who looks at it, and by when we answer.
#[derive(Clone, Debug)]
pub struct AppealReceived {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it came.
    pub received_on: NaiveDate,
    /// What the customer says is wrong, in their words.
    pub grounds: String,
    /// Who decides, by name and post: "Robert Kinsella, Director of Assets". Empty where nobody is named yet: the post is said.
    pub decided_by: String,
    /// The day by which we answer.
    pub answer_by: NaiveDate,
    /// Where it came late, the last day it should have come by.
    pub late_after: Option<NaiveDate>,
}

/// An appeal was decided. The one who decided signs.
#[derive(Clone, Debug)]
pub struct AppealOutcome {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it came.
    pub received_on: NaiveDate,
    /// What the customer said was wrong, in their words.
    pub grounds: String,
    /// Why it was decided so.
    pub reasons: String,
    /// What was decided.
    pub ruling: Ruling,
}

/// What was decided on an appeal.
#[derive(Clone, Debug)]
pub enum Ruling {
    /// The restriction stays as it is.
    Stays(Decided),
    /// It goes on with other terms or days.
    Changes(Decided),
    /// It ends: it should not have been. The terms that end.
    Ends(Vec<Term>),
    /// It came too late and was not heard; the restriction stays as it is. The last day it should have come by.
    TooLate { last_day: NaiveDate, decided: Decided },
}
