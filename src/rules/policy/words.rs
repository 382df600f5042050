//! The landlord's own words.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Sourced;
use crate::rules::say;

/// The landlord's own words for what the product does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Words {
    /// A restriction: "communication protocol", "contact agreement".
    pub restriction: Sourced<Word>,
    /// The step before one: "formal warning", "management action".
    pub warning: Sourced<Word>,
    /// The way to challenge a decision: "appeal", "objection".
    pub appeal: Sourced<Word>,
    /// Looking at a restriction again: "review", "check-in".
    pub review: Sourced<Word>,
    /// A two-sided agreement about behaviour, where the landlord has them.
    pub agreement: Option<Sourced<Word>>,
    /// The policy, in the middle of a sentence: "our Managed Behaviour Policy".
    pub our_policy: String,
    /// Behaviour the policy is about: "unacceptable behaviour".
    pub behaviour: String,
    /// The people who work here: "colleagues", "staff".
    pub staff: String,
    /// The opening of a letter: "Dear".
    pub greeting: String,
    /// The close of a letter: "Yours sincerely".
    pub close: String,
}

/// A noun in the three forms a sentence needs, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// One of them: "contact plan", "final warning", "appeal".
    pub one: String,
    /// Several: "contact plans", "final warnings", "appeals".
    pub many: String,
    /// One with its article: "a contact plan", "a final warning", "an appeal".
    pub a: String,
}

impl Word {
    /// At the start of a sentence or a heading: "Contact arrangement".
    pub fn heading(&self) -> String {
        say::sentence(&self.one)
    }
}
