//! When a letter counts as received, and what happens on the day a clock runs out.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limit::Limit;
use super::source::{Source, Sourced};
use crate::rules::days::Length;
use crate::rules::label::labels;
use crate::rules::measure::Channel;

/// Deemed service, and what clocks do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Clocks {
    /// How long after it was sent a letter counts as received, by each way of sending; the same day where none is named.
    pub deemed_received: Vec<DeemedReceived>,
    /// What happens on the day each clock runs out; a reminder where nothing is said.
    pub on_the_day: Vec<OnTheDay>,
    /// How long before the last year of known bank holidays ends somebody is told. Six months where nothing is said.
    pub calendar_alarm: Option<Sourced<Length>>,
}

/// When something sent counts as received.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeemedReceived {
    /// How it was sent.
    pub by: Channel,
    /// How long after; "none" means at once.
    pub after: Limit,
    pub source: Source,
}

/// What one clock does when it runs out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnTheDay {
    /// Which clock.
    pub clock: Clock,
    /// What happens.
    pub does: ClockDoes,
    pub source: Source,
}

labels! {
    /// A clock of the policy.
    pub enum Clock {
        Approval "approval" "A decision on a proposal",
        AppealDecision "appeal-decision" "The decision on an appeal",
        Reconsideration "reconsideration" "The answer to a request to look again",
        Review "review" "A review",
        TermEnd "term-end" "The last day of a restriction",
        Support "support" "Support for the person affected",
    }
}

labels! {
    /// What happens on the day a clock runs out.
    pub enum ClockDoes {
        Remind "remind" "Whoever has it is reminded",
        Escalate "escalate" "Somebody more senior is told",
        Lapse "lapse" "It lapses",
        ContinueAndEscalate "continue-and-escalate" "It goes on, and somebody more senior is told",
    }
}

impl Clocks {
    /// What this clock does when it runs out.
    pub fn does(&self, clock: Clock) -> ClockDoes {
        self.on_the_day.iter().find(|one| one.clock == clock).map_or(ClockDoes::Remind, |one| one.does)
    }

    /// How long after it was sent this way something counts as received.
    pub fn received_after(&self, by: Channel) -> Option<Length> {
        self.deemed_received.iter().find(|one| one.by == by).and_then(|one| one.after.length())
    }
}
