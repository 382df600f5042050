//! Whose behaviour the policy is about, who is to be kept safe, and the channels it covers.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use crate::rules::measure::Channel;

/// Whose behaviour, who is kept safe, by which channels.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct People {
    pub subjects: Vec<Kind>,
    pub affected: Vec<Kind>,
    pub channels: Sourced<Vec<Channel>>,
    /// Whether several people may be dealt with together, each with a decision of their own.
    pub groups: Sourced<bool>,
}

/// One kind of person.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub key: String,
    pub title: String,
    pub source: Source,
}

impl People {
    /// The kind of person affected with this key.
    pub fn affected(&self, key: &str) -> Option<&Kind> {
        self.affected.iter().find(|kind| kind.key == key)
    }

    /// The kind of subject with this key.
    pub fn subject(&self, key: &str) -> Option<&Kind> {
        self.subjects.iter().find(|kind| kind.key == key)
    }
}
