//! The notice of a restriction, and the letters that change it or end it.

use chrono::NaiveDate;

use super::facts::{Account, Decided, EarlierWarnings, Happening, Shared};
use crate::rules::measure::Term;

/// The notice: what was decided, why, for how long, what stays open, and how to challenge it.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What every letter shares. The policy is the one the restriction was made under.
    pub shared: Shared,
    /// What we are putting right in the matter the customer came with; empty where nothing is open.
    pub putting_right: String,
    /// What happened, with dates, from the incidents it rests on.
    pub happened: Vec<Happening>,
    /// What happened and why contact is limited, as the proposal says it to the customer.
    pub grounds: String,
    /// The reasons of whoever decided: why this is fair and no more than is needed.
    pub reasons: String,
    /// The warnings that came before, from the record.
    pub warnings: EarlierWarnings,
    /// What the customer told us.
    pub account: Account,
    /// What holds from now on.
    pub decided: Decided,
}

/// A change of a restriction outside a review or an appeal.
#[derive(Clone, Debug)]
pub struct Variation {
    /// What every letter shares.
    pub shared: Shared,
    /// Why it changes.
    pub reasons: String,
    /// What the customer told us about it.
    pub account: Account,
    /// What holds from now on, all of it, changed or not.
    pub decided: Decided,
}

/// The end of a restriction, early or on its day.
#[derive(Clone, Debug)]
pub struct Lifting {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it started.
    pub from: NaiveDate,
    /// The day it ends, or ended.
    pub ended_on: NaiveDate,
    /// Why it ends.
    pub reasons: String,
    /// The terms that end.
    pub terms: Vec<Term>,
}
