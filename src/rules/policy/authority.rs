//! Who proposes, who is asked, who decides; and the parts in a case that keep a person from deciding.

use schemars::JsonSchema;
use serde::Deserialize;

use super::behaviour::Severity;
use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;
use crate::rules::measure::Scope;
use crate::rules::say;

/// The authority matrix: rules from what is proposed to an ordered list of stages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Authority {
    /// Who may propose a restriction.
    pub proposer: Sourced<Who>,
    /// Whoever took one of these parts in the case cannot authorise.
    pub never_authorises: Sourced<Vec<Part>>,
    /// How long a decision may wait before somebody is reminded. Five working days where nothing is said.
    pub decide_within: Option<Sourced<Length>>,
    /// Who decides instead where nobody who may is left: they took part, or the post is empty.
    #[serde(default)]
    pub substitutes: Vec<Substitute>,
    /// Whether somebody may hand their part to another for a time.
    pub delegation: Option<Sourced<Delegation>>,
    /// What a decision is sent back for: the list somebody ticks who returns it.
    #[serde(default)]
    pub returned_for: Vec<ReturnedFor>,
    /// Who decides what. Every rule whose `when` fits a proposal matches it; the strictest decides, and every consultation is kept.
    pub rules: Vec<Rule>,
}

/// Who decides instead of a post.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Substitute {
    /// The post or body of a stage, as it is written there. A stage of several posts needs a substitute for the very same list.
    #[serde(rename = "for")]
    pub post: Who,
    /// Who may instead, if they took no part themselves: only where nobody who holds the first is left for this case. It holds for stages that
    /// authorise or give a view, not for reviews or appeals.
    pub by: Who,
    pub source: Source,
}

/// Whether a part may be handed to another for a time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Delegation {
    /// Who may take it over.
    pub to: Who,
    /// The longest it may last, with its first and last day.
    pub longest: Length,
}

/// Something a proposal may lack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnedFor {
    /// Its short name.
    pub key: String,
    /// What is asked for: "More evidence of the harm".
    pub ask: String,
}

/// One line of the matrix. Where several match, the strictest decides and every consultation is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What must be true of a proposal for this rule to match; a rule without it matches every one.
    #[serde(default)]
    pub when: Condition,
    /// The stages, in their order. Nobody authorises twice: whoever authorised at one stage, or sat when a body decided, can neither authorise
    /// nor sit at another, so stages that draw on the same posts need so many more people.
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
    /// It is any of these restriction steps of the ladder.
    #[schemars(extend("x-names" = "ladder.steps"))]
    pub steps: Vec<String>,
    /// It holds any of these measures, by their keys.
    #[schemars(extend("x-names" = "measures.offered"))]
    pub measures: Vec<String>,
    /// It reaches this far: what its terms say, or else the whole organisation.
    pub reaches: Vec<Scope>,
    /// It runs longer than this.
    pub longer_than: Option<Length>,
    /// Whoever is restricted behaved at least as gravely as this.
    pub from_severity: Option<Severity>,
    /// The behaviour was of any of these kinds, or of a kind within one.
    #[schemars(extend("x-names" = "behaviour.categories"))]
    pub categories: Vec<String>,
}

/// One stage of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// What is asked of them.
    pub kind: StageKind,
    /// Whose turn it is: a role, or a body that decides together in a meeting.
    pub of: Who,
    /// How many different people. A body counts as one.
    #[serde(default = "one")]
    pub count: u8,
    /// What they may do; everything where nothing is named.
    #[serde(default)]
    pub may: Vec<StageAct>,
    /// Whoever took one of these parts in the case may not act at this stage, beside what `never-authorises` says of them all: "a Director
    /// not involved".
    #[serde(default)]
    pub never: Vec<Part>,
}

impl Stage {
    /// "who gave a warning or was consulted": whom this stage alone keeps out; nothing where it keeps nobody.
    pub fn keeps_out(&self) -> Option<String> {
        let never: Vec<&str> = self.never.iter().map(|part| part.title()).collect();
        (!never.is_empty()).then(|| format!("who {}", say::either(&never)))
    }
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
    /// What somebody may do in a stage that authorises.
    pub enum StageAct {
        Approve "approve" "Approve",
        ApproveWithChanges "approve-with-changes" "Approve with changes",
        Return "return" "Send back with questions",
        Decline "decline" "Decline",
    }
}

impl Part {
    /// The same to whoever took it: "were consulted".
    pub fn of_you(self) -> String {
        let title = self.title();
        let verbs = [("was ", "were "), ("is ", "are ")];
        let yours = verbs.iter().find_map(|(their, your)| title.strip_prefix(their).map(|rest| format!("{your}{rest}")));
        yours.unwrap_or_else(|| title.to_owned())
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
        LookedAgain "looked-again" "answered a request to look again",
    }
}
