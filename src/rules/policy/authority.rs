//! Who proposes, who is asked, who decides; and the parts in a case that keep a person from deciding.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;
use crate::rules::measure::MeasureKind;

/// The authority matrix: rules from what is proposed to an ordered list of stages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Authority {
    pub proposer: Sourced<Who>,
    /// Whoever took one of these parts in the case cannot authorise.
    pub never_authorises: Sourced<Vec<Part>>,
    pub rules: Vec<Rule>,
}

/// One line of the matrix. Where several match, the strictest decides and every consultation is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    #[serde(default)]
    pub when: Condition,
    pub stages: Vec<Stage>,
    pub source: Source,
}

/// What must be true of a proposal for a rule to match; all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Condition {
    /// A step of the ladder was left out.
    pub skipped: bool,
    /// It has no end date.
    pub permanent: bool,
    /// It holds any of these measures.
    pub measures: Vec<MeasureKind>,
    pub longer_than: Option<Length>,
}

/// One stage of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub kind: StageKind,
    pub of: Who,
    /// How many people.
    #[serde(default = "one")]
    pub count: u8,
}

const fn one() -> u8 {
    1
}

labels! {
    /// What a stage asks of a person.
    pub enum StageKind {
        Consult "consult" "Give a view",
        Authorise "authorise" "Authorise",
    }
}

labels! {
    /// A part somebody took in a case.
    pub enum Part {
        Logged "logged" "logged the incident",
        Affected "affected" "was affected by the behaviour",
        ComplainedAbout "complained-about" "is complained about by the customer",
        Warned "warned" "gave a warning",
        SkippedStep "skipped-step" "decided that a step be left out",
        Assessed "assessed" "wrote the assessment",
        Proposed "proposed" "made the proposal",
        Consulted "consulted" "was consulted",
        Authorised "authorised" "authorised it",
        Declined "declined" "declined or sent back the proposal",
        Reviewed "reviewed" "held a review",
        HeardAppeal "heard-appeal" "decided an appeal",
    }
}
