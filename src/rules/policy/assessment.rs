//! The assessment before a restriction, and the checklists that stand beside a step.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};

/// The questions answered before anyone is restricted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assessment {
    /// The landlord's own name for it: "Unacceptable Behaviour Assessment".
    pub title: Sourced<String>,
    pub questions: Vec<Question>,
}

/// One question of the assessment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub key: String,
    pub ask: String,
    #[serde(default)]
    #[schemars(extend("x-may-be-empty" = true))]
    pub hint: String,
    pub source: Source,
}

/// A named list of things to have done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    pub key: String,
    pub title: String,
    pub items: Vec<Item>,
}

/// One line of a checklist: yes, no or not applicable, with evidence.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub key: String,
    pub ask: String,
    /// The step cannot be taken while this stands at no.
    pub blocking: bool,
    pub source: Source,
}

impl Assessment {
    /// The question with this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }
}
