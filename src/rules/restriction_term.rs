//! How long a restriction may run: its end, its review, how often it is renewed, and all of its time together.

use chrono::NaiveDate;

mod runs;

pub use runs::{Because, Runs, longer};

use super::days::Length;
use super::policy::Policy;
use super::restriction_time::{Span, first_of};
use super::{review, say};

/// The days asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    pub from: NaiveDate,
    /// `None` asks for no end.
    pub until: Option<NaiveDate>,
    pub review: NaiveDate,
}

/// What the days asked for are held against: what came before, and how long a term may run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// The first day of all the time that counts towards the cap.
    pub first: NaiveDate,
    /// The restriction that runs now, where these days would be its own.
    pub running: Option<Running>,
    /// How long it may run.
    pub runs: Runs,
}

/// A restriction in force, as its last decision left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    pub until: Option<NaiveDate>,
    /// How often a decision has given it a later last day.
    pub renewals: u16,
}

/// Why these days are not possible, as a sentence for its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("The policy does not allow this without an end date. Give one on or before {}.", say::day(*.latest))]
    NeedsEnd { latest: NaiveDate },
    #[error("“{title}” has a last day always. Give one on or before {}.", say::day(*.latest))]
    MeasureNeedsEnd { title: String, latest: NaiveDate },
    #[error("The end date must be after {}, the day it starts.", say::day(*.from))]
    EndsBeforeStart { from: NaiveDate },
    #[error("The end date must be on or before {}, {longest} after {}{because}.", say::day(*.latest), say::day(*.from))]
    TooLong { latest: NaiveDate, longest: Length, from: NaiveDate, because: Because },
    #[error("The end date must be on or before {}, because all terms together may run {cap} and began on {}.", say::day(*.latest), say::day(*.first))]
    PastCap { latest: NaiveDate, cap: Length, first: NaiveDate },
    #[error("Nothing can be added: all terms together may run {cap}, which was over on {}. It can begin again after a day without.", say::day(*.latest))]
    CapUsedUp { latest: NaiveDate, cap: Length },
    #[error("{} It can go on until {} and no longer, change, or end.", renewed(*.most), say::day(*.until))]
    NoMoreRenewals { most: u8, until: NaiveDate },
    #[error(transparent)]
    Review(#[from] review::Wrong),
}

impl Wrong {
    /// Whether the sentence belongs at the review day rather than at the end day.
    pub const fn is_about_review(&self) -> bool {
        matches!(self, Self::Review(_))
    }
}

impl Before {
    /// A restriction that would begin on this day, after these of the same customer.
    pub fn new(policy: &Policy, from: NaiveDate, others: &[Span], runs: Runs) -> Self {
        Self { first: first(policy, from, others), running: None, runs }
    }

    /// A restriction that began on this day and runs now.
    pub fn running(policy: &Policy, from: NaiveDate, others: &[Span], running: Running, runs: Runs) -> Self {
        Self { first: first(policy, from, others), running: Some(running), runs }
    }
}

/// Everything wrong with these days at once.
pub fn check(policy: &Policy, dates: Dates, before: &Before) -> Result<(), Vec<Wrong>> {
    let wrong: Vec<_> =
        [end(policy, dates, before).err(), review::check(policy, dates.from, dates.review, dates.until).err().map(Wrong::from)]
            .into_iter()
            .flatten()
            .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The end date offered first: the usual length, or sooner where less is left.
pub fn usual_end(policy: &Policy, from: NaiveDate, before: &Before) -> NaiveDate {
    let usual = before.runs.usual.after(from, policy.calendar());
    let latest = latest(policy, from, before);
    if latest > from { usual.min(latest) } else { usual }
}

/// The last day one term may run.
pub fn latest_end(policy: &Policy, from: NaiveDate, runs: &Runs) -> NaiveDate {
    runs.longest.after(from, policy.calendar())
}

/// The latest end there can be: of one term, of all of them together, and of the one that runs where it cannot be renewed again.
/// It is not after `from` where nothing is left.
pub fn latest(policy: &Policy, from: NaiveDate, before: &Before) -> NaiveDate {
    let cap = policy.terms.cap.length().map(|cap| cap.after(before.first, policy.calendar()));
    let stays = before.running.filter(|running| is_spent(policy, running)).and_then(|running| running.until);
    [Some(latest_end(policy, from, &before.runs)), cap, stays].into_iter().flatten().min().unwrap_or(from)
}

fn end(policy: &Policy, dates: Dates, before: &Before) -> Result<(), Wrong> {
    let terms = &policy.terms;
    let latest = latest_end(policy, dates.from, &before.runs);
    let renewed = may_be_renewed(policy, dates, before);
    let Some(until) = dates.until else {
        let may = *terms.permanent && !*terms.end_date_required;
        return match &before.runs.must_end {
            _ if !may => Err(Wrong::NeedsEnd { latest }),
            Some(title) => Err(Wrong::MeasureNeedsEnd { title: title.clone(), latest }),
            None => renewed,
        };
    };
    if until <= dates.from {
        return Err(Wrong::EndsBeforeStart { from: dates.from });
    }
    renewed?;
    if until > latest {
        return Err(Wrong::TooLong { latest, longest: before.runs.longest, from: dates.from, because: before.runs.because.clone() });
    }
    let Some(cap) = terms.cap.length() else { return Ok(()) };
    match cap.after(before.first, policy.calendar()) {
        latest if latest <= dates.from => Err(Wrong::CapUsedUp { latest, cap }),
        latest if until > latest => Err(Wrong::PastCap { latest, cap, first: before.first }),
        _ => Ok(()),
    }
}

/// A later last day renews; the same or a sooner one does not (`terms.renewals`).
fn may_be_renewed(policy: &Policy, dates: Dates, before: &Before) -> Result<(), Wrong> {
    let (Some(running), Some(most)) = (&before.running, &policy.terms.renewals) else { return Ok(()) };
    match running.until {
        Some(until) if dates.until.is_none_or(|asked| asked > until) && is_spent(policy, running) => {
            Err(Wrong::NoMoreRenewals { most: **most, until })
        }
        _ => Ok(()),
    }
}

fn is_spent(policy: &Policy, running: &Running) -> bool {
    policy.terms.renewals.as_ref().is_some_and(|most| running.renewals >= u16::from(**most))
}

/// Restrictions count together unless the policy says that each counts for itself.
fn first(policy: &Policy, from: NaiveDate, others: &[Span]) -> NaiveDate {
    match policy.terms.count_together.as_ref().is_none_or(|together| **together) {
        true => first_of(others, from),
        false => from,
    }
}

fn renewed(most: u8) -> String {
    match most {
        0 => "The policy lets nobody renew it.".to_owned(),
        1 => "It was renewed once, and the policy allows no more.".to_owned(),
        most => format!("It was renewed {most} times, and the policy allows no more."),
    }
}

#[cfg(test)]
mod tests;
