//! Statuses on a register without a restriction, and agreements two sides sign.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limit::Limit;
use super::source::Source;
use super::who::Who;
use crate::rules::label::labels;

/// A status somebody has on a register without any restriction: a card, a classification.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Status {
    /// Its short name.
    pub key: String,
    /// What people read: "Yellow card".
    pub title: String,
    /// What it means for staff.
    pub about: String,
    /// Who gives it.
    pub set_by: Who,
    /// How long it lasts, or "none" until it is taken away.
    pub lasts: Limit,
    /// Whether the customer is told in writing.
    pub told: bool,
    pub source: Source,
}

/// A two-sided agreement about behaviour or contact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Agreement {
    /// Its short name.
    pub key: String,
    /// What people read: "Acceptable behaviour agreement".
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Who offers it.
    pub offered_by: Who,
    /// How long the customer has to answer, or "none".
    pub answer_within: Limit,
    /// What a refusal means.
    pub refusal: RefusalMeans,
    pub source: Source,
}

labels! {
    /// What refusing an agreement means.
    pub enum RefusalMeans {
        Nothing "nothing" "Nothing follows; the refusal is recorded",
        Considered "considered" "It is weighed when anything else is decided",
        NextStep "next-step" "The next step of the ladder may be taken",
    }
}
