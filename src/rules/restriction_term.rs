//! How long a restriction may run: its end, its review, and the two together.

use chrono::NaiveDate;

use super::days::Length;
use super::policy::Policy;
use super::{review, say};

/// The days asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    pub from: NaiveDate,
    /// `None` asks for no end.
    pub until: Option<NaiveDate>,
    pub review: NaiveDate,
}

/// Why these days are not possible, as a sentence for its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("The policy does not allow this without an end date. Give one on or before {}.", say::day(*.latest))]
    NeedsEnd { latest: NaiveDate },
    #[error("The end date must be after {}, the day it starts.", say::day(*.from))]
    EndsBeforeStart { from: NaiveDate },
    #[error("The end date must be on or before {}, {longest} after the start.", say::day(*.latest))]
    TooLong { latest: NaiveDate, longest: Length },
    #[error("The end date must be on or before {}, because all terms together may run {cap}.", say::day(*.latest))]
    PastCap { latest: NaiveDate, cap: Length },
    #[error(transparent)]
    Review(#[from] review::Wrong),
}

impl Wrong {
    /// Whether the sentence belongs at the review day rather than at the end day.
    pub const fn is_about_review(&self) -> bool {
        matches!(self, Self::Review(_))
    }
}

/// Everything wrong with these days at once. `first_from` is the day the first of all terms began.
pub fn check(policy: &Policy, dates: Dates, first_from: NaiveDate) -> Result<(), Vec<Wrong>> {
    let wrong: Vec<_> =
        [end(policy, dates, first_from).err(), review::check(policy, dates.from, dates.review, dates.until).err().map(Wrong::from)]
            .into_iter()
            .flatten()
            .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The end date offered first.
pub fn usual_end(policy: &Policy, from: NaiveDate) -> NaiveDate {
    policy.terms.usual.after(from, policy.calendar())
}

/// The last day one term may run.
pub fn latest_end(policy: &Policy, from: NaiveDate) -> NaiveDate {
    policy.terms.longest.after(from, policy.calendar())
}

fn end(policy: &Policy, dates: Dates, first_from: NaiveDate) -> Result<(), Wrong> {
    let terms = &policy.terms;
    let latest = latest_end(policy, dates.from);
    let Some(until) = dates.until else {
        let may = *terms.permanent && !*terms.end_date_required;
        return if may { Ok(()) } else { Err(Wrong::NeedsEnd { latest }) };
    };
    if until <= dates.from {
        return Err(Wrong::EndsBeforeStart { from: dates.from });
    }
    if until > latest {
        return Err(Wrong::TooLong { latest, longest: *terms.longest });
    }
    match terms.cap.length() {
        Some(cap) if until > cap.after(first_from, policy.calendar()) => {
            Err(Wrong::PastCap { latest: cap.after(first_from, policy.calendar()), cap })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
