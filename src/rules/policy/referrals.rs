//! Police, community safety, and help for the person affected.

use schemars::JsonSchema;
use serde::Deserialize;

use super::danger::Danger;
use super::source::Sourced;
use super::who::Who;
use crate::rules::days::Length;

/// When a task to tell somebody outside is made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Referrals {
    pub police: Referral,
    pub community_safety: Referral,
}

/// One place a case is referred to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Referral {
    /// The landlord's own name for it.
    pub title: String,
    /// Any of these makes the task, always.
    pub always: Sourced<Vec<Danger>>,
    /// Any of these asks the manager to think about it.
    pub consider: Sourced<Vec<Danger>>,
}

/// Help offered to the person affected.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Support {
    pub offered_by: Sourced<Who>,
    pub within: Sourced<Length>,
    pub offers: Sourced<Vec<String>>,
}

impl Referral {
    /// The first of these facts that forces it.
    pub fn forced_by(&self, dangers: &[Danger]) -> Option<Danger> {
        self.always.iter().copied().find(|danger| dangers.contains(danger))
    }

    /// The first of these facts that suggests it.
    pub fn suggested_by(&self, dangers: &[Danger]) -> Option<Danger> {
        self.consider.iter().copied().find(|danger| dangers.contains(danger))
    }
}
