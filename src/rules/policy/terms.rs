//! How long a restriction may run.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limit::Limit;
use super::source::Sourced;
use crate::rules::days::Length;

/// How long a restriction may run; the review day is kept apart, in `Reviews`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Terms {
    /// The length offered first.
    pub usual: Sourced<Length>,
    /// The longest one term may run before a decision renews it.
    pub longest: Sourced<Length>,
    /// The longest all renewals together may run from the first day.
    pub cap: Sourced<Limit>,
    /// Whether a restriction may have no last day; it has a review day all the same.
    pub permanent: Sourced<bool>,
    /// Whether each restriction must have a last day.
    pub end_date_required: Sourced<bool>,
    /// How many times a restriction may be renewed; no limit where nothing is said.
    pub renewals: Option<Sourced<u8>>,
    /// Whether restrictions of one customer that overlap, or follow each other without a gap, count as one towards the cap. Yes where
    /// nothing is said.
    pub count_together: Option<Sourced<bool>>,
}
