//! Which measures the policy offers, and what no measure may close.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use crate::rules::days::Length;
use crate::rules::label::labels;
use crate::rules::measure::{MeasureKind, Purpose};

/// What a restriction may be made of here, and what stays open.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Measures {
    /// Whether at least one channel must stay open, whatever is decided.
    pub one_open_channel: Sourced<OneOpenChannel>,
    /// What no restriction can close. The floor must be there: emergency, safeguarding, legal and appeal.
    pub always_open: Vec<AlwaysOpen>,
    /// The measures this landlord may use; each kind once.
    pub offered: Vec<Offer>,
}

/// A measure of the catalogue that this policy offers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Offer {
    /// Which measure of the catalogue.
    pub kind: MeasureKind,
    /// The landlord's own name for it.
    pub title: String,
    /// A sentence about when it fits.
    pub about: String,
    /// A reason for this measure by itself is asked for.
    #[serde(default)]
    pub own_reason: bool,
    /// The longest this measure may run, where shorter than the restriction.
    pub longest: Option<Length>,
    pub source: Source,
}

/// A purpose no measure can close.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlwaysOpen {
    /// What the contact is about.
    pub purpose: Purpose,
    /// To staff, after "You may": "Take any repair or emergency".
    pub say: String,
    /// To the customer, after "You can always": "report a repair or an emergency".
    pub tell: String,
    pub source: Source,
}

labels! {
    /// Whether at least one channel must stay open.
    pub enum OneOpenChannel {
        Enforced "enforced" "Must stay open",
        Advisory "advisory" "Should stay open",
        Off "off" "Not asked for",
    }
}

impl Measures {
    /// The offer of this kind, where the policy has it.
    pub fn offer(&self, kind: MeasureKind) -> Option<&Offer> {
        self.offered.iter().find(|offer| offer.kind == kind)
    }

    /// Every purpose no measure can close: the floor, and what this policy adds.
    pub fn purposes_always_open(&self) -> BTreeSet<Purpose> {
        Purpose::always_open(&self.always_open.iter().map(|open| open.purpose).collect())
    }
}
