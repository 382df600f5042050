//! Before a call is ended: who may, after how many warnings, in which words.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Sourced;
use super::who::Who;
use crate::rules::label::labels;

/// The steps before a call is ended.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CallEnding {
    /// Who may end a call.
    pub who: Sourced<Who>,
    /// Warnings needed before the call may be ended.
    pub warnings: Sourced<u8>,
    /// The words for each warning, in order; at least as many as are needed.
    pub warning_words: Vec<String>,
    /// The words while ending the call.
    pub end_words: String,
    /// A sentence for the adviser above the script.
    pub advice: String,
    /// Whether the caller is told why before it is ended.
    pub tell_why: Sourced<TellWhy>,
    /// Reasons that allow a call to be ended with fewer warnings; none means never.
    pub fewer: Sourced<Vec<FewerReason>>,
    /// What to do when somebody is in danger.
    pub danger_words: String,
    /// The words while ending a meeting or a visit, where they are not those for a call.
    pub end_words_in_person: Option<String>,
    /// What to do when somebody is in danger at a meeting or a visit, where that is not the same.
    pub danger_words_in_person: Option<String>,
}

impl CallEnding {
    /// The words while ending a contact.
    pub fn ending(&self, in_person: bool) -> &str {
        match in_person {
            true => self.end_words_in_person.as_deref().unwrap_or(&self.end_words),
            false => &self.end_words,
        }
    }

    /// What to do when somebody is in danger.
    pub fn danger(&self, in_person: bool) -> &str {
        match in_person {
            true => self.danger_words_in_person.as_deref().unwrap_or(&self.danger_words),
            false => &self.danger_words,
        }
    }
}

/// A reason to end a call with fewer warnings than the policy asks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FewerReason {
    /// Its short name.
    pub key: String,
    /// What staff tick: "Somebody was in danger".
    pub say: String,
}

labels! {
    /// Whether the caller is told why before the call is ended.
    pub enum TellWhy {
        Always "always" "Always",
        /// Told where possible; where not, the record says why not.
        WherePossible "where-possible" "Where possible",
        No "no" "Not asked for",
    }
}
