//! Police, community safety, and help for the person affected.

use schemars::JsonSchema;
use serde::Deserialize;

use super::behaviour::{Behaviour, Category, Severity};
use super::danger::Danger;
use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::Length;

/// When a task to tell somebody outside is made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Referrals {
    /// The police.
    pub police: Referral,
    /// The team for anti-social behaviour.
    pub community_safety: Referral,
    /// Other places a case may be handed to: safeguarding, support, tenancy enforcement.
    #[serde(default)]
    pub others: Vec<HandOff>,
}

impl Referrals {
    /// The police after "Tell": "the police", "the constable", "Police Scotland".
    pub fn police_by_name(&self) -> String {
        let title = self.police.title.trim();
        match title.strip_prefix("The ") {
            _ if title.eq_ignore_ascii_case("police") => "the police".to_owned(),
            Some(rest) => format!("the {rest}"),
            None => title.to_owned(),
        }
    }
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
    /// Behaviour that makes the task by itself, whatever else is on record.
    #[serde(default)]
    pub always_for: Vec<Trigger>,
}

/// Behaviour that makes the task by itself. One of the two is needed; where both stand, both must be so.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Trigger {
    /// It is of any of these kinds, or of a kind within one.
    #[serde(default)]
    #[schemars(extend("x-names" = "behaviour.categories"))]
    pub categories: Vec<String>,
    /// It is at least as grave as this.
    pub from_severity: Option<Severity>,
    pub source: Source,
}

/// Another place a case may be handed to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HandOff {
    /// Its short name.
    pub key: String,
    /// The landlord's own name for it.
    pub title: String,
    /// Any of these makes the task, always.
    #[serde(default)]
    pub always: Vec<Danger>,
    /// Any of these asks the manager to think about it.
    #[serde(default)]
    pub consider: Vec<Danger>,
    /// Behaviour that makes the task by itself, whatever else is on record.
    #[serde(default)]
    pub always_for: Vec<Trigger>,
    /// Only for these kinds of people; everybody where none is named. Enforcement differs by tenure.
    #[serde(default)]
    #[schemars(extend("x-names" = "people.subjects"))]
    pub only_for: Vec<String>,
    /// The customer is asked before it is made.
    #[serde(default)]
    pub with_consent: bool,
    pub source: Source,
}

/// Help offered to the person affected.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Support {
    /// Who offers it.
    pub offered_by: Sourced<Who>,
    /// How soon after the incident was logged.
    pub within: Sourced<Length>,
    /// What can be offered.
    pub offers: Sourced<Vec<String>>,
}

impl Trigger {
    /// The first of these kinds of behaviour that makes the task.
    pub fn met_by<'a>(&self, behaviour: &'a Behaviour, kinds: &[String]) -> Option<&'a Category> {
        let is_meant = |category: &&Category| {
            (self.categories.is_empty() || category.is_of(&self.categories))
                && self.from_severity.is_none_or(|least| category.severity >= least)
        };
        kinds.iter().filter_map(|key| behaviour.category(key)).find(is_meant)
    }
}

impl HandOff {
    /// What makes it a must.
    pub fn forced_by(&self, dangers: &[Danger]) -> Option<Danger> {
        self.always.iter().copied().find(|danger| dangers.contains(danger))
    }

    /// What makes it worth a thought.
    pub fn suggested_by(&self, dangers: &[Danger]) -> Option<Danger> {
        self.consider.iter().copied().find(|danger| dangers.contains(danger))
    }
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
