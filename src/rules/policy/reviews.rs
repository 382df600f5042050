//! When a restriction is looked at again, by whom, and what may come of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::authority::Part;
use super::source::Sourced;
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;

/// Reviews of a restriction in force.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reviews {
    /// The intervals to choose from.
    pub intervals: Sourced<Vec<Length>>,
    pub usual: Sourced<Length>,
    pub reviewer: Sourced<Who>,
    /// Whoever took one of these parts cannot hold the review.
    pub never_reviews: Sourced<Vec<Part>>,
    pub remind: Sourced<Remind>,
    pub outcomes: Sourced<Vec<ReviewOutcome>>,
    pub overdue: Sourced<Overdue>,
    /// The outcome always goes to the customer in a letter.
    pub letter_always: Sourced<bool>,
    /// The whole register is looked at together as well as case by case.
    pub whole_register: Sourced<bool>,
}

/// When the reviewer is reminded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Remind {
    pub before: Vec<Length>,
    pub on_the_day: bool,
    pub after: Vec<Length>,
}

labels! {
    /// What may come of a review.
    pub enum ReviewOutcome {
        Continue "continue" "Continue",
        Vary "vary" "Change",
        Lift "lift" "Lift",
    }
}

labels! {
    /// What an overdue review does.
    pub enum Overdue {
        Lapse "lapse" "The restriction lapses",
        ContinueAndEscalate "continue-and-escalate" "It continues, and a more senior person is told",
    }
}
