//! The policy document itself: what it is called, who owns it, when it is looked at again.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Sourced;
use super::when::When;
use crate::rules::days::Length;

/// The policy document: its name on paper, its days, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// The landlord's name as its policy writes it.
    pub landlord: String,
    pub title: String,
    pub reference: Option<String>,
    pub version: String,
    pub approved: Option<When>,
    pub approved_by: Option<String>,
    pub effective: Option<When>,
    pub next_review: Option<When>,
    /// How often the document is looked at again.
    pub review_every: Sourced<Length>,
    pub owner: Sourced<String>,
    pub accountable: Sourced<String>,
    pub equality_assessment: Sourced<String>,
    /// The headings a clause number refers to.
    pub clauses: Vec<Clause>,
    #[serde(default)]
    pub related: Vec<String>,
}

/// One clause of the document: its number and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub no: String,
    pub title: String,
}
