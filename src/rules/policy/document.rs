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
    /// What the policy is called on its first page.
    pub title: String,
    /// The landlord's own reference for the document.
    pub reference: Option<String>,
    /// The version printed on the document: "3.0".
    pub version: String,
    /// When it was approved; a month is enough.
    pub approved: Option<When>,
    /// The body that approved it.
    pub approved_by: Option<String>,
    /// When it took effect; a month is enough.
    pub effective: Option<When>,
    /// When the document says it will be looked at again; a month is enough, and it comes before `review-every`.
    pub next_review: Option<When>,
    /// How often the document is looked at again.
    pub review_every: Sourced<Length>,
    /// How often it is held against changes in the law, where that is more often than it is reviewed.
    pub legal_check_every: Option<Sourced<Length>>,
    /// Who keeps the document.
    pub owner: Sourced<String>,
    /// Who answers for it.
    pub accountable: Sourced<String>,
    /// The equality impact assessment: that it was done, when, and where it is.
    pub equality_assessment: Sourced<String>,
    /// The privacy (data protection) assessment, in the same way.
    pub privacy_assessment: Option<Sourced<String>>,
    /// How customers and colleagues give their views on the policy.
    pub feedback: Option<Sourced<String>>,
    /// The headings a clause number refers to.
    pub clauses: Vec<Clause>,
    /// Other policies that belong with it.
    #[serde(default)]
    pub related: Vec<String>,
}

/// One clause of the document: its number and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number: "6.5.2".
    pub no: String,
    /// Its heading.
    pub title: String,
}
