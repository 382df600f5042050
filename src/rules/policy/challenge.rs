//! How a customer challenges a decision: the appeal, and reconsideration beside it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::authority::Part;
use super::limit::Limit;
use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;

/// The appeal, and reconsideration where the policy has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Challenge {
    /// What can be appealed by `challenge.appeal`.
    pub against: Sourced<Vec<Against>>,
    /// How soon a decision on a restriction that an appeal sends back ("remit") is made again. Ten working days where nothing is said.
    pub remit_within: Option<Sourced<Length>>,
    /// The appeal against a restriction, and whatever else `challenge.against` names.
    pub appeal: AppealProfile,
    /// Who hears the appeal against a restriction instead of `challenge.appeal.decider`, by who authorised it: the first that fits, so the
    /// most senior is written first.
    #[serde(default)]
    pub deciders: Vec<DeciderFor>,
    /// The second stage of the appeal against a restriction, where the policy has two: against the answer to the first, from which its time
    /// is counted. Whoever decided the first never decides it, and its answer is final here.
    pub second_appeal: Option<AppealProfile>,
    /// The appeal against only how long a restriction runs, where it is not the same as against the restriction. It may bring the last day
    /// forward and nothing else, and the restriction goes on meanwhile. Whoever appeals against the whole restriction appeals against its
    /// length too.
    pub length: Option<AppealProfile>,
    /// The appeal against a warning, where the policy has one.
    pub warning: Option<AppealProfile>,
    /// The appeal against a safety marker, where the policy has one.
    pub marker: Option<AppealProfile>,
    /// The appeal against a status on the register (`statuses`), where the policy has one.
    pub status: Option<AppealProfile>,
    /// The appeal against a complaint that was refused, where it is not the same as against a restriction.
    pub complaint_refusal: Option<AppealProfile>,
    /// Looking again outside an appeal; nothing where the policy has no such thing.
    pub reconsideration: Option<Reconsideration>,
    /// A customer's own request for a review before its day.
    pub early_review: Option<Sourced<EarlyReview>>,
}

/// One thing that can be challenged, by whom it is decided and by when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AppealProfile {
    /// Whether there is an appeal at all, and how it stands beside complaints. One appeal where nothing is said. With "none" nothing else of
    /// this table has to be written.
    pub mode: Option<Sourced<AppealMode>>,
    /// The grounds, each completing "You can do so if …"; any reason where none is named.
    pub grounds: Option<Sourced<Vec<String>>>,
    /// How long the customer has; "none" means there is no last day.
    pub window: Sourced<Limit>,
    /// What the window is counted from.
    pub window_from: Sourced<WindowFrom>,
    /// The forms an appeal may take.
    pub forms: Sourced<Vec<AppealForm>>,
    /// Who decides it.
    pub decider: Sourced<Who>,
    /// Whoever took one of these parts cannot decide the appeal.
    pub never_decides: Sourced<Vec<Part>>,
    /// Who decides whether a late appeal is heard.
    pub late_decided_by: Sourced<Who>,
    /// How soon it is decided, from the day it was received; "none" where there is no deadline.
    pub decide_within: Sourced<Limit>,
    /// What may come of it.
    pub outcomes: Sourced<Vec<AppealOutcome>>,
    /// The restriction waits for the appeal, and for the decision that is made again where it is sent back.
    pub suspends: Sourced<bool>,
    /// The decision is final here.
    #[serde(rename = "final")]
    pub is_final: Sourced<bool>,
    /// Whether the complaints procedure is open beside or after it.
    pub complaint: Sourced<ComplaintRoute>,
}

/// Who hears an appeal against what a post authorised.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DeciderFor {
    /// The post, or the body, that authorised the restriction, alone or among others.
    pub approved_by: Who,
    /// Who then hears the appeal.
    pub decider: Who,
    pub source: Source,
}

/// A review the customer asks for before its day.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EarlyReview {
    /// How long after the restriction began, or was last reviewed, one may be asked for.
    pub after: Length,
    /// How soon it is held once asked for.
    pub within: Length,
}

/// Looking again outside an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reconsideration {
    /// The grounds, each completing "You can ask us to look again if …".
    pub grounds: Sourced<Vec<String>>,
    /// Who decides it.
    pub decider: Sourced<Who>,
    /// Whoever took one of these parts cannot decide it. Where nothing is said: whoever proposed the restriction, reported the behaviour,
    /// was affected by it or is complained about. Whoever decided the restriction may look at it again.
    pub never_decides: Option<Sourced<Vec<Part>>>,
    /// How soon the customer is answered, from the day they asked.
    pub decide_within: Sourced<Length>,
}

impl Challenge {
    /// Every profile the pack has, each by the name of its table.
    pub fn profiles(&self) -> impl Iterator<Item = (&'static str, &AppealProfile)> {
        let named = [
            ("appeal", Some(&self.appeal)),
            ("second-appeal", self.second_appeal.as_ref()),
            ("length", self.length.as_ref()),
            ("warning", self.warning.as_ref()),
            ("marker", self.marker.as_ref()),
            ("status", self.status.as_ref()),
            ("complaint-refusal", self.complaint_refusal.as_ref()),
        ];
        named.into_iter().filter_map(|(name, profile)| Some((name, profile?)))
    }

    /// The second stage of the appeal against a restriction, where there is one.
    pub fn second(&self) -> Option<&AppealProfile> {
        self.second_appeal.as_ref().filter(|second| !second.is_none() && !self.appeal.is_none())
    }

    /// The appeal against the length alone, where it has rules of its own.
    pub fn of_length(&self) -> Option<&AppealProfile> {
        self.length.as_ref().filter(|length| !length.is_none())
    }
}

impl AppealProfile {
    /// Whether the policy says that there is no such appeal.
    pub fn is_none(&self) -> bool {
        self.mode.as_ref().is_some_and(|mode| **mode == AppealMode::None)
    }
}

labels! {
    /// Whether there is an appeal, and how it stands beside complaints.
    pub enum AppealMode {
        /// No appeal: the customer is pointed to complaints and the ombudsman.
        None "none" "No appeal",
        One "one" "One appeal",
        WithComplaint "with-complaint" "Heard together with a complaint",
        ComplaintBarred "complaint-barred" "One appeal in the place of a complaint",
    }
}

labels! {
    /// What can be appealed.
    pub enum Against {
        Restriction "restriction" "The restriction",
        Length "length" "How long it runs",
        ComplaintRefusal "complaint-refusal" "A complaint we refused",
    }
}

labels! {
    /// What the window is counted from.
    pub enum WindowFrom {
        Imposed "imposed" "the day the restriction starts",
        Sent "sent" "the day the letter is sent",
        /// The day the letter counts as received: see `clocks.deemed-received`.
        Received "received" "the day the letter is received",
    }
}

labels! {
    /// The forms an appeal may take.
    pub enum AppealForm {
        Any "any" "Any way the customer likes",
        /// In writing, and by any other way where a recorded need asks for it.
        Writing "writing" "In writing",
    }
}

labels! {
    /// What may come of an appeal.
    pub enum AppealOutcome {
        /// The restriction stands.
        Uphold "uphold" "The restriction stays as it is",
        Vary "vary" "The restriction changes",
        Quash "quash" "The restriction ends",
        /// It is decided again, with reasons and what must be looked at; until then it stands as it stood.
        Remit "remit" "The decision is made again",
    }
}

labels! {
    /// Whether the complaints procedure is open beside or after an appeal.
    pub enum ComplaintRoute {
        Open "open" "The complaints procedure is open",
        ClosedAfterAppeal "closed-after-appeal" "Closed once an appeal is lost",
        Alongside "alongside" "Open beside the appeal",
    }
}
