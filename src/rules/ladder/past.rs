//! What has been done so far, and how long it counts.

use chrono::{Days, NaiveDate};

use crate::rules::policy::{Danger, LookBackFrom, Policy};
use crate::rules::say;

/// What has happened with one customer: the steps taken, and what is known of the incident at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    pub taken: Vec<Taken>,
    /// Facts about safety in the incident being decided.
    pub dangers: Vec<Danger>,
}

/// A step of the ladder that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The step's key.
    pub step: String,
    pub on: NaiveDate,
    pub withdrawn: bool,
    /// The day its case was reviewed and closed, where it was.
    pub case_closed: Option<NaiveDate>,
    /// The last day on which it counts, as the customer was told when it was given. No later policy makes it longer.
    pub promised: Option<NaiveDate>,
}

/// Whether a step taken still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// It counts up to and with this day; `None` while its case is open.
    Counts {
        until: Option<NaiveDate>,
    },
    /// It stopped counting on this day; the case was closed on the other, where that is what matters.
    NoLonger {
        since: NaiveDate,
        closed: Option<NaiveDate>,
    },
    Withdrawn,
}

/// Whether this step, taken in the past, counts today, and until when.
pub fn count(policy: &Policy, taken: &Taken, today: NaiveDate) -> Count {
    if taken.withdrawn {
        return Count::Withdrawn;
    }
    let look_back = *policy.ladder.look_back;
    let closed = match look_back.from {
        LookBackFrom::Taken => None,
        LookBackFrom::CaseClosed => taken.case_closed,
    };
    let promised = taken.promised.and_then(|last| last.succ_opt());
    // "At least 12 months ago" takes in the very day a year later, so that day no longer counts.
    let counted = match (look_back.from, closed) {
        (LookBackFrom::CaseClosed, None) => None,
        _ => Some(look_back.length.after(closed.unwrap_or(taken.on), policy.calendar())),
    };
    let Some(since) = counted.into_iter().chain(promised).min() else { return Count::Counts { until: None } };
    let closed = closed.filter(|_| counted == Some(since));
    if today >= since { Count::NoLonger { since, closed } } else { Count::Counts { until: since.checked_sub_days(Days::new(1)) } }
}

impl Past {
    /// The latest time this step was taken that counts today.
    pub fn counting(&self, policy: &Policy, step: &str, today: NaiveDate) -> Option<(&Taken, Count)> {
        self.of(step)
            .map(|taken| (taken, count(policy, taken, today)))
            .filter(|(_, count)| count.counts())
            .max_by_key(|(taken, _)| taken.on)
    }

    /// Every time this step was taken.
    pub fn of(&self, step: &str) -> impl Iterator<Item = &Taken> {
        self.taken.iter().filter(move |taken| taken.step == step)
    }
}

impl Count {
    /// Whether it counts.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Counts { .. })
    }

    /// The end of a sentence that begins with the step and its day.
    pub fn say(self) -> String {
        match self {
            Self::Counts { until: Some(until) } => format!("counts until {}", say::day(until)),
            Self::Counts { until: None } => "counts while its case is open".into(),
            Self::NoLonger { closed: Some(closed), .. } => {
                format!("no longer counts, because its case was reviewed and closed on {}", say::day(closed))
            }
            Self::NoLonger { since, closed: None } => format!("has not counted since {}", say::day(since)),
            Self::Withdrawn => "was withdrawn".into(),
        }
    }
}
