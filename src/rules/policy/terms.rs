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
    pub permanent: Sourced<bool>,
    pub end_date_required: Sourced<bool>,
}
