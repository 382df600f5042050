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
    /// Whom the landlord serves: "resident", "member". A customer where nothing is said.
    pub customer: Option<Sourced<Word>>,
    /// A complaint: "concern", "grievance". A complaint where nothing is said.
    pub complaint: Option<Sourced<Word>>,
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

impl Words {
    /// Whom the landlord serves.
    pub fn customer(&self) -> Word {
        self.customer.as_ref().map_or_else(|| Word::new("customer", "customers", "a customer"), |word| word.value.clone())
    }

    /// What somebody makes who is not satisfied.
    pub fn complaint(&self) -> Word {
        self.complaint.as_ref().map_or_else(|| Word::new("complaint", "complaints", "a complaint"), |word| word.value.clone())
    }
}

impl Word {
    fn new(one: &str, many: &str, a: &str) -> Self {
        Self { one: one.to_owned(), many: many.to_owned(), a: a.to_owned() }
    }

    /// At the start of a sentence or a heading: "Contact arrangement".
    pub fn heading(&self) -> String {
        say::sentence(&self.one)
    }
}
