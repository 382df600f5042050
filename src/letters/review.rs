//! The letter that says what came of a review.

use chrono::NaiveDate;

use super::facts::{Account, Decided, Shared};
use crate::rules::measure::Term;

/// What came of a review: why it stays and for how long, what changes, or that it ends.
#[derive(Clone, Debug)]
pub struct Review {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it was held.
    pub held_on: NaiveDate,
    /// What has happened since the decision or the last review, calm contact too.
    pub since: String,
    /// What the customer told us.
    pub account: Account,
    /// Why.
    pub reasons: String,
    /// What was decided.
    pub outcome: Reviewed,
}

/// What was decided at a review.
#[derive(Clone, Debug)]
pub enum Reviewed {
    /// It goes on; the days may be new.
    Stays(Decided),
    /// It goes on with other terms.
    Changes(Decided),
    /// It ends; the terms that end.
    Ends(Vec<Term>),
}
