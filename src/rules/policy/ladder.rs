//! The ladder: a directed graph of steps, and what still counts towards the next one.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor, value::SeqAccessDeserializer};

use super::authority::Stage;
use super::behaviour::Severity;
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
    /// How long a step taken counts towards the next one.
    pub look_back: Sourced<LookBack>,
    /// A step taken for one kind of behaviour counts for every other.
    pub counts_across_categories: Sourced<bool>,
    /// Where somebody stands again after a restriction was lifted, if it starts once more.
    pub re_entry: Option<Sourced<ReEntry>>,
    /// Reasons that may let a step be left out.
    pub skip_reasons: Vec<SkipReason>,
    /// The steps. They need not stand in a row: `after` says what comes before each.
    pub steps: Vec<Step>,
}

/// How long a step taken counts, and from what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookBack {
    /// How long it counts.
    pub length: Length,
    /// What that is counted from.
    pub from: LookBackFrom,
}

/// Where somebody stands again after a restriction was lifted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReEntry {
    /// How long after the lift this holds.
    pub within: Length,
    /// The step that may then be taken at once, as if those before it stood.
    #[schemars(extend("x-names" = "ladder.steps"))]
    pub at: String,
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
    /// Its short name.
    pub key: String,
    /// What people read: "Violence was used or threatened".
    pub say: String,
    /// The facts that must be on record; none named leaves it to judgement, in writing.
    #[serde(default)]
    pub dangers: Vec<Danger>,
}

/// One step of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// Its short name.
    pub key: String,
    /// The policy's name for it: "Formal warning".
    pub title: String,
    /// What it is.
    pub kind: StepKind,
    /// What it is, for staff who have not read the policy.
    pub about: String,
    /// The forms it may take; empty for an assessment or a restriction.
    #[serde(default)]
    pub forms: Vec<StepForm>,
    /// Who takes it.
    pub taken_by: Sourced<Who>,
    /// Who agrees to a warning or an informal step before it is given: stages in their order, as those of `authority.rules`. Whoever wrote it
    /// never agrees, nor does anybody whom `authority.never-authorises` keeps from authorising. Left out, it is given at once.
    pub agreed_by: Option<Sourced<Vec<Stage>>>,
    /// The letter it sends when it is written.
    pub letter: Option<LetterKind>,
    /// How many times it is taken before what comes after it may follow: 2 for "two written warnings".
    #[serde(default = "once")]
    #[schemars(range(min = 1, max = 9))]
    pub times: u8,
    /// Letters that count as this step by themselves: a review letter that warns, say.
    #[serde(default)]
    pub given_by: Vec<LetterKind>,
    /// How long this step counts, where it is not as long as the others.
    pub look_back: Option<Sourced<LookBack>>,
    /// Only for these kinds of behaviour; every kind where none is named.
    #[serde(default)]
    #[schemars(extend("x-names" = "behaviour.categories"))]
    pub only_for: Vec<String>,
    /// Only where the behaviour is at least as grave as this.
    pub from_severity: Option<Severity>,
    /// The steps that must stand before it.
    pub after: After,
    /// Where it may be left out: for which reasons, and whose decision that is.
    pub skip: Option<Sourced<Skip>>,
    /// The checklists gone through before it.
    #[serde(default)]
    #[schemars(extend("x-names" = "checklists"))]
    pub checklists: Vec<String>,
    /// Where the policy has more than one restriction step: the measures that make a restriction this one, by their keys. Exactly one restriction step
    /// names none, and is every restriction that holds no measure named here.
    #[serde(default)]
    #[schemars(extend("x-names" = "measures.offered"))]
    pub measures: Vec<String>,
    pub source: Source,
}

const fn once() -> u8 {
    1
}

/// When a step may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Skip {
    /// Keys of the ladder's skip reasons.
    #[schemars(extend("x-names" = "ladder.skip-reasons"))]
    pub reasons: Vec<String>,
    /// Whose decision that is.
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
    /// Whether the step with this key comes before any warning: a talk, a word.
    pub fn is_informal(&self, key: &str) -> bool {
        self.step(key).is_some_and(|step| step.kind == StepKind::Informal)
    }

    /// The step with this key.
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The restriction itself: the only such step, or the one for measures no other names.
    pub fn restriction(&self) -> Option<&Step> {
        self.restrictions().find(|step| step.measures.is_empty()).or_else(|| self.restrictions().next())
    }

    /// Every step that is a restriction.
    pub fn restrictions(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.kind == StepKind::Restriction)
    }

    /// The steps a restriction of these measures may be: those that name any of them, or the one that names none.
    pub fn restrictions_of(&self, measures: &BTreeSet<String>) -> Vec<&Step> {
        let named: Vec<&Step> = self.restrictions().filter(|step| step.measures.iter().any(|one| measures.contains(one))).collect();
        if named.is_empty() { self.restriction().into_iter().collect() } else { named }
    }

    /// The steps to which others agree before they are taken, with the stages in which they do.
    pub fn agreed(&self) -> impl Iterator<Item = (&Step, &Sourced<Vec<Stage>>)> {
        self.steps.iter().filter_map(|step| Some((step, step.agreed_by.as_ref()?)))
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
