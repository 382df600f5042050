//! How a customer challenges a decision: the appeal, and reconsideration beside it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::authority::Part;
use super::limit::Limit;
use super::source::Sourced;
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;

/// The appeal, and reconsideration where the policy has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Challenge {
    pub appeal: AppealProfile,
    pub reconsideration: Reconsideration,
}

/// The appeal against a restriction.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AppealProfile {
    pub against: Sourced<Vec<Against>>,
    /// How long the customer has; "none" means there is no last day.
    pub window: Sourced<Limit>,
    pub window_from: Sourced<WindowFrom>,
    pub forms: Sourced<Vec<AppealForm>>,
    pub decider: Sourced<Who>,
    /// Whoever took one of these parts cannot decide the appeal.
    pub never_decides: Sourced<Vec<Part>>,
    /// Who decides whether a late appeal is heard.
    pub late_decided_by: Sourced<Who>,
    pub decide_within: Sourced<Limit>,
    pub outcomes: Sourced<Vec<AppealOutcome>>,
    /// The restriction waits for the appeal.
    pub suspends: Sourced<bool>,
    /// The decision is final here.
    #[serde(rename = "final")]
    pub is_final: Sourced<bool>,
    pub complaint: Sourced<ComplaintRoute>,
}

/// Looking again outside an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reconsideration {
    /// The grounds, each completing "You can ask us to look again if …".
    pub grounds: Sourced<Vec<String>>,
    pub decider: Sourced<Who>,
    pub decide_within: Sourced<Length>,
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
