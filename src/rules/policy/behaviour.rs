//! What the policy calls unacceptable, the harm that must be shown, and the questions asked first.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use crate::rules::label::labels;

/// Categories, effects and thresholds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Behaviour {
    /// What staff are told before they log anything: the threshold in a sentence or two.
    pub threshold_words: Sourced<String>,
    /// Questions answered before behaviour is called unacceptable.
    pub thresholds: Vec<Threshold>,
    /// The harms that count.
    pub effects: Vec<Effect>,
    /// The kinds of behaviour, in two levels.
    pub categories: Vec<Category>,
}

/// A question answered before behaviour is called unacceptable.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Threshold {
    /// Its short name.
    pub key: String,
    /// Answered yes or no: "Is it only that the customer is forceful or determined?"
    pub ask: String,
    /// The answer that means the behaviour is not unacceptable.
    pub clears: YesNo,
    pub source: Source,
}

/// A harm the behaviour did.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Its short name.
    pub key: String,
    /// What people read: "Fear or distress of a colleague".
    pub title: String,
    pub source: Source,
}

/// One kind of behaviour; one `within` another is its second level.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Category {
    /// Its short name.
    pub key: String,
    /// What people read: "Unreasonable demands".
    pub title: String,
    /// The category this one is part of.
    #[schemars(extend("x-names" = "behaviour.categories"))]
    pub within: Option<String>,
    /// Examples, in the policy's words or shorter.
    #[serde(default)]
    pub examples: Vec<String>,
    /// At least one of these effects must be shown; none named means none is needed.
    #[serde(default)]
    #[schemars(extend("x-names" = "behaviour.effects"))]
    pub effects_needed: Vec<String>,
    /// What must be written down or kept for it to stand: "the exact words", "call recording".
    #[serde(default)]
    pub evidence: Vec<String>,
    /// How grave it is before anything is known of the case.
    pub severity: Severity,
    /// Which process it goes down.
    pub route: Route,
    /// The other process, where the route names one.
    pub process: Option<String>,
    /// Needs and capacity are looked at before anything else, and no sanction comes without it.
    #[serde(default)]
    pub needs_path_first: bool,
    pub source: Source,
}

labels! {
    /// How grave a kind of behaviour is before anything is known of the case.
    pub enum Severity {
        Low "low" "Low",
        Serious "serious" "Serious",
        Extreme "extreme" "Extreme",
    }
}

labels! {
    /// Which process a kind of behaviour goes down.
    pub enum Route {
        ThisLadder "this-ladder" "This policy",
        OtherProcess "other-process" "Another process",
        Both "both" "This policy and another process",
    }
}

labels! {
    /// An answer to a plain question.
    pub enum YesNo {
        Yes "yes" "Yes",
        No "no" "No",
    }
}

impl Severity {
    /// "serious or worse"; of the gravest, "extreme".
    pub fn at_least(self) -> String {
        let word = self.title().to_lowercase();
        if Self::ALL.iter().any(|other| *other > self) { format!("{word} or worse") } else { word }
    }
}

impl Category {
    /// Whether it is one of these kinds, or lies within one.
    pub fn is_of(&self, kinds: &[String]) -> bool {
        kinds.contains(&self.key) || self.within.as_ref().is_some_and(|top| kinds.contains(top))
    }
}

impl Behaviour {
    /// The gravest of these kinds of behaviour, by their keys.
    pub fn gravest(&self, keys: impl IntoIterator<Item = impl AsRef<str>>) -> Option<Severity> {
        keys.into_iter().filter_map(|key| self.category(key.as_ref())).map(|category| category.severity).max()
    }

    /// The category with this key.
    pub fn category(&self, key: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.key == key)
    }

    /// Whether any of these kinds is one of those, or lies within one; any where none of those is named.
    pub fn any_of<'a>(&self, kinds: impl IntoIterator<Item = &'a String>, those: &[String]) -> bool {
        those.is_empty() || kinds.into_iter().filter_map(|key| self.category(key)).any(|category| category.is_of(those))
    }

    /// The effect with this key.
    pub fn effect(&self, key: &str) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.key == key)
    }

    /// The categories of the first level, each with those within it.
    pub fn groups(&self) -> impl Iterator<Item = (&Category, Vec<&Category>)> {
        self.categories.iter().filter(|top| top.within.is_none()).map(|top| {
            let within = self.categories.iter().filter(|one| one.within.as_deref() == Some(&top.key));
            (top, within.collect())
        })
    }
}
