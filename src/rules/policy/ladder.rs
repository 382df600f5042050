//! The ladder: a directed graph of steps, and what still counts towards the next one.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor, value::SeqAccessDeserializer};

use super::danger::Danger;
use super::format::written::{Written, written};
use super::letters::LetterKind;
use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;

/// The steps, and what counts towards them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ladder {
    pub look_back: Sourced<LookBack>,
    /// A step taken for one kind of behaviour counts for every other.
    pub counts_across_categories: Sourced<bool>,
    pub skip_reasons: Vec<SkipReason>,
    pub steps: Vec<Step>,
}

/// How long a step taken counts, and from what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookBack {
    pub length: Length,
    pub from: LookBackFrom,
}

labels! {
    /// What the look-back is counted from.
    pub enum LookBackFrom {
        /// The day the step was taken.
        Taken "taken" "the day it was given",
        /// The day its case was reviewed and closed; an open case counts without end.
        CaseClosed "case-closed" "the day its case was reviewed and closed",
    }
}

/// A reason that lets a step be left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkipReason {
    pub key: String,
    pub say: String,
    /// The facts that must be on record; none named leaves it to judgement, in writing.
    #[serde(default)]
    pub dangers: Vec<Danger>,
}

/// One step of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    pub key: String,
    pub title: String,
    pub kind: StepKind,
    /// What it is, for staff who have not read the policy.
    pub about: String,
    /// The forms it may take; empty for an assessment or a restriction.
    #[serde(default)]
    pub forms: Vec<StepForm>,
    pub taken_by: Sourced<Who>,
    /// The letter it sends when it is written.
    pub letter: Option<LetterKind>,
    pub after: After,
    /// Where it may be left out: for which reasons, and whose decision that is.
    pub skip: Option<Sourced<Skip>>,
    #[serde(default)]
    #[schemars(extend("x-names" = "checklists"))]
    pub checklists: Vec<String>,
    pub source: Source,
}

/// When a step may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Skip {
    /// Keys of the ladder's skip reasons.
    #[schemars(extend("x-names" = "ladder.skip-reasons"))]
    pub reasons: Vec<String>,
    pub decided_by: Who,
}

/// The steps that must have been taken before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Every one of these; none named makes it a way in.
    All(Vec<String>),
    /// One of these is enough.
    Any(Vec<String>),
}

labels! {
    /// What a step is.
    pub enum StepKind {
        Informal "informal" "Informal step",
        Warning "warning" "Warning",
        Assessment "assessment" "Assessment",
        Restriction "restriction" "Restriction",
    }
}

labels! {
    /// How a step reaches the customer.
    pub enum StepForm {
        Spoken "spoken" "Spoken",
        Written "written" "In a letter",
        WithinCorrespondence "within-correspondence" "Inside another letter",
    }
}

impl Ladder {
    /// The step with this key.
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The step that is the restriction itself; a checked pack has exactly one.
    pub fn restriction(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.kind == StepKind::Restriction)
    }

    /// The steps staff take by telling the customer something: informal steps and warnings.
    pub fn warnings(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| matches!(step.kind, StepKind::Informal | StepKind::Warning))
    }

    /// The skip reason with this key.
    pub fn skip_reason(&self, key: &str) -> Option<&SkipReason> {
        self.skip_reasons.iter().find(|reason| reason.key == key)
    }
}

impl After {
    /// The keys it names.
    pub fn keys(&self) -> &[String] {
        match self {
            Self::All(keys) | Self::Any(keys) => keys,
        }
    }

    /// Whether enough of them are done.
    pub fn is_met(&self, done: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::All(keys) => keys.iter().all(|key| done(key)),
            Self::Any(keys) => keys.iter().any(|key| done(key)),
        }
    }
}

written!(After, Written::After);

impl<'de> Deserialize<'de> for After {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = After;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of step keys, all of them needed, or { any = [\"…\"] } where one is enough")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<After, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(After::All)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<After, A::Error> {
        let after = match map.next_key::<String>()?.as_deref() {
            Some("any") => After::Any(map.next_value()?),
            Some("all") => After::All(map.next_value()?),
            Some(other) => return Err(A::Error::unknown_field(other, &["any", "all"])),
            None => return Err(A::Error::custom("name the steps with `any` or `all`")),
        };
        match map.next_key::<String>()? {
            None => Ok(after),
            Some(_) => Err(A::Error::custom("use either `any` or `all`, not both")),
        }
    }
}
