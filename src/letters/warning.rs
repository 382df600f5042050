//! The letter of a warning, or of an informal step that is put in writing.

use chrono::NaiveDate;

use super::facts::{Happening, Shared};

/// A written warning: what happened, what we ask, what may follow, and what stays the same.
#[derive(Clone, Debug)]
pub struct Warning {
    /// What every letter shares.
    pub shared: Shared,
    /// The key of the policy's step that this is.
    pub step: String,
    /// What happened, with dates.
    pub happened: Vec<Happening>,
    /// Why we cannot accept it: what it did to people or to the service.
    pub why: String,
    /// What we ask of the customer.
    pub ask: String,
    /// What we are putting right in the matter the customer came with; empty where nothing is open.
    pub putting_right: String,
    /// What the customer told us so far; empty where we have not spoken yet.
    pub told_us: String,
    /// The last day on which it counts, where it can be said today.
    pub counts_until: Option<NaiveDate>,
}
