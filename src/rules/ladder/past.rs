//! What has been done so far, and how long it counts.

use chrono::{Days, NaiveDate};

use crate::rules::policy::{Danger, LetterKind, LookBackFrom, Policy};
use crate::rules::say;

/// What has happened with one customer: the steps taken, and what is known of the incident at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    pub taken: Vec<Taken>,
    /// Letters sent that may count as a step by themselves.
    pub letters: Vec<(LetterKind, NaiveDate)>,
    /// Facts about safety in the incident being decided.
    pub dangers: Vec<Danger>,
    /// Keys of the kinds of behaviour in the incident being decided; none where there is no incident at hand.
    pub behaviours: Vec<String>,
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
    /// Keys of the kinds of behaviour it answered; none where it followed no incident.
    pub behaviours: Vec<String>,
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
    /// It answered another kind of behaviour, and this policy counts each kind by itself.
    OtherBehaviour,
}

/// Whether this step, taken in the past, counts today, and until when.
pub fn count(policy: &Policy, taken: &Taken, today: NaiveDate) -> Count {
    if taken.withdrawn {
        return Count::Withdrawn;
    }
    let own = policy.ladder.step(&taken.step).and_then(|step| step.look_back.as_ref());
    let look_back = **own.unwrap_or(&policy.ladder.look_back);
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
    pub fn counting(&self, policy: &Policy, step: &str, today: NaiveDate) -> Option<(Taken, Count)> {
        self.of(policy, step)
            .map(|taken| (self.count(policy, &taken, today), taken))
            .filter(|(count, _)| count.counts())
            .map(|(count, taken)| (taken, count))
            .max_by_key(|(taken, _)| taken.on)
    }

    /// Whether this step, taken in the past, counts today towards what is decided now.
    pub fn count(&self, policy: &Policy, taken: &Taken, today: NaiveDate) -> Count {
        match count(policy, taken, today) {
            Count::Counts { .. } if !*policy.ladder.counts_across_categories && !self.is_alike(policy, taken) => Count::OtherBehaviour,
            count => count,
        }
    }

    /// How many times this step was taken and counts today.
    pub fn times(&self, policy: &Policy, step: &str, today: NaiveDate) -> usize {
        self.of(policy, step).filter(|taken| self.count(policy, taken, today).counts()).count()
    }

    /// Every time this step was taken, by itself or by a letter that counts as it.
    pub fn of<'a>(&'a self, policy: &'a Policy, key: &'a str) -> impl Iterator<Item = Taken> + 'a {
        let by_letter = policy.ladder.step(key).map_or(&[][..], |step| &step.given_by);
        let letters = self.letters.iter().filter(|(kind, _)| by_letter.contains(kind)).map(|(_, on)| Taken {
            step: key.to_owned(),
            on: *on,
            withdrawn: false,
            case_closed: None,
            promised: None,
            behaviours: Vec::new(),
        });
        self.taken.iter().filter(move |taken| taken.step == key).cloned().chain(letters)
    }

    /// The latest day a restriction ended that was not quashed.
    pub fn lifted(&self, policy: &Policy) -> Option<NaiveDate> {
        let is_restriction = |taken: &&Taken| policy.ladder.restrictions().any(|step| step.key == taken.step);
        self.taken.iter().filter(is_restriction).filter(|taken| !taken.withdrawn).filter_map(|taken| taken.case_closed).max()
    }

    /// Whether a step answered behaviour of the same kind, at the first level. What is not known is taken as alike.
    fn is_alike(&self, policy: &Policy, taken: &Taken) -> bool {
        let top = |key: &String| policy.behaviour.category(key).and_then(|one| one.within.clone()).unwrap_or_else(|| key.clone());
        let unknown = self.behaviours.is_empty() || taken.behaviours.is_empty();
        unknown || taken.behaviours.iter().map(top).any(|kind| self.behaviours.iter().map(top).any(|other| other == kind))
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
            Self::OtherBehaviour => "was for another kind of behaviour".into(),
        }
    }
}
