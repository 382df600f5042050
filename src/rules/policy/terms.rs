//! How long a restriction may run.

use schemars::JsonSchema;
use serde::Deserialize;

use super::behaviour::Severity;
use super::limit::Limit;
use super::source::{Source, Sourced};
use crate::rules::days::Length;

/// How long a restriction may run; the review day is kept apart, in `Reviews`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Terms {
    /// The length offered first.
    pub usual: Sourced<Length>,
    /// The longest one term may run before a decision renews it, where neither a measure of it has a longest term of its own nor
    /// `for-severity` says another.
    pub longest: Sourced<Length>,
    /// The longest all renewals together may run from the first day.
    pub cap: Sourced<Limit>,
    /// Whether a restriction may have no last day; it has a review day all the same.
    pub permanent: Sourced<bool>,
    /// Whether each restriction must have a last day.
    pub end_date_required: Sourced<bool>,
    /// Other lengths where the behaviour is graver. The gravest that fits applies; what it leaves out is as it is in general.
    #[serde(default)]
    pub for_severity: Vec<SeverityTerms>,
    /// How many times a restriction may be renewed; no limit where nothing is said.
    pub renewals: Option<Sourced<u8>>,
    /// Whether restrictions of one customer that overlap, or follow each other without a gap, count as one towards the cap. Yes where
    /// nothing is said.
    pub count_together: Option<Sourced<bool>>,
}

/// How long a restriction may run that answers behaviour at least so grave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SeverityTerms {
    /// It holds where the gravest kind of behaviour that is answered is at least as grave as this.
    pub from: Severity,
    /// The length offered first.
    pub usual: Option<Length>,
    /// The longest one term may run. A measure's own longest term stands beside it: of those that hold for a proposal the shortest counts.
    pub longest: Option<Length>,
    /// How long until it is usually looked at again: one of the intervals of `reviews`.
    pub review: Option<Length>,
    pub source: Source,
}

impl Terms {
    /// What is said of behaviour so grave: the gravest that fits.
    pub fn for_severity(&self, severity: Severity) -> Option<&SeverityTerms> {
        self.for_severity.iter().filter(|one| severity >= one.from).max_by_key(|one| one.from)
    }
}
