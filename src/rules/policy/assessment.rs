//! The assessment before a restriction, and the checklists that stand beside a step.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use crate::rules::label::labels;

/// The questions answered before anyone is restricted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assessment {
    /// The landlord's own name for it: "Unacceptable Behaviour Assessment".
    pub title: Sourced<String>,
    /// What is answered in writing before a restriction is proposed.
    pub questions: Vec<Question>,
}

/// One question of the assessment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its short name. These stand for what every landlord is asked, and put it in the policy's words: instances, level-of-contact, language,
    /// needs-and-circumstances, what-was-happening, staff-circumstances, customers-account, alternatives, proportionality, equality,
    /// representative. Any other is asked besides, after these.
    pub key: String,
    /// The question.
    pub ask: String,
    /// A line of help below it; may be empty.
    #[serde(default)]
    #[schemars(extend("x-may-be-empty" = true))]
    pub hint: String,
    pub source: Source,
}

/// A named list of things to have done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Its short name.
    pub key: String,
    /// What people read above it.
    pub title: String,
    /// The decisions it is gone through for, besides the steps that name it. One that lifts is asked for at an early end, and at a review that
    /// ends it.
    #[serde(default)]
    pub at: Vec<Decision>,
    /// What is asked.
    pub items: Vec<Item>,
}

/// One line of a checklist: yes, no or not applicable, with evidence.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its short name.
    pub key: String,
    /// Answered yes, no or not applicable.
    pub ask: String,
    /// The step cannot be taken, and the decision not made, while this stands at no or is not answered.
    pub blocking: bool,
    pub source: Source,
}

labels! {
    /// A decision a checklist stands beside.
    pub enum Decision {
        Proposal "proposal" "Proposing a restriction",
        Approval "approval" "Approving a restriction",
        Review "review" "Holding a review",
        Appeal "appeal" "Deciding an appeal",
        Lift "lift" "Lifting a restriction",
    }
}

impl Assessment {
    /// The question with this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }
}
