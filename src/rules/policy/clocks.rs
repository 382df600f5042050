//! When a letter counts as received, and what happens on the day a clock runs out.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limit::Limit;
use super::source::{Source, Sourced};
use crate::rules::days::{Length, Yearly};
use crate::rules::label::labels;
use crate::rules::measure::Channel;

/// Deemed service, and what clocks do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Clocks {
    /// Days of every year on which the offices are closed though they are no bank holiday, each "24 December" or "27 December to
    /// 31 December": they are no working days. None where nothing is said.
    pub closed: Option<Sourced<Vec<Yearly>>>,
    /// How long after it was sent a letter counts as received, by each way of sending; the same day where none is named.
    pub deemed_received: Vec<DeemedReceived>,
    /// What happens on the day each clock runs out; a reminder where nothing is said. Only a restriction lapses, at its last day or with a
    /// missed review; what is owed an answer waits for it, and somebody more senior is told where it escalates.
    pub on_the_day: Vec<OnTheDay>,
    /// How soon each kind of work is done; what each says below where nothing is said here.
    pub within: Vec<Within>,
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

/// How soon one kind of work is done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// Which work.
    pub work: Work,
    /// How soon; "none" means the same day.
    pub within: Limit,
    pub source: Source,
}

labels! {
    /// Work that has a day, besides decisions, reviews and support, whose times stand where the policy speaks of them.
    pub enum Work {
        /// From the day it was logged. Two working days where nothing is said.
        Incident "incident" "An incident is read, and what follows is decided",
        /// From the day what follows was decided. Five working days where nothing is said.
        FollowUp "follow-up" "What follows from an incident is begun",
        /// From the day it was sent back. Five working days where nothing is said.
        Questions "questions" "A proposal that was sent back with questions is answered",
        /// From the day it was made. Two working days where nothing is said.
        Letter "letter" "A letter is on its way",
        /// From the day the incident was logged. The same day where nothing is said.
        Telling "telling" "The police, or whoever else must be told, are told",
    }
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

    /// How soon this is done, where the pack says so.
    pub fn within(&self, work: Work) -> Option<Limit> {
        self.within.iter().find(|one| one.work == work).map(|one| one.within)
    }

    /// How long after it was sent this way something counts as received.
    pub fn received_after(&self, by: Channel) -> Option<Length> {
        self.deemed_received.iter().find(|one| one.by == by).and_then(|one| one.after.length())
    }
}
