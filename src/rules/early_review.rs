//! A review the customer asks for before its day (`challenge.early-review`): whether the policy promises one yet, and by when it is held.

use chrono::NaiveDate;

use super::days::{Calendar, Length};
use super::policy::Policy;
use super::{days, say};

/// What a customer is told of an early review: the day from which one can be asked for, and how soon it is then held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The first day on which one can be asked for.
    pub from: NaiveDate,
    /// How soon it is held once asked for.
    pub within: Length,
}

/// What the policy promises of a restriction that began, or was last reviewed, on this day. Nothing where it promises none.
pub fn promised(policy: &Policy, last: NaiveDate) -> Option<Promised> {
    let early = policy.challenge.early_review.as_ref()?;
    Some(Promised { from: early.after.after(last, policy.calendar()), within: early.within })
}

/// What holds where a letter told the customer something before, and nothing was reviewed since: the earlier day, and the sooner review.
pub fn kept(now: Option<Promised>, told: Option<Promised>, last: NaiveDate) -> Option<Promised> {
    let told = told.filter(|told| told.from > last);
    match (now, told) {
        (Some(now), Some(told)) => {
            let within = if told.within.is_longer_than(now.within) { now.within } else { told.within };
            Some(Promised { from: now.from.min(told.from), within })
        }
        (now, told) => now.or(told),
    }
}

/// What a request for an early review comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The policy promises one: held by this day, and never later than the review that was promised anyway.
    Within { hold_by: NaiveDate },
    /// It came before the policy promises one; from this day it would.
    TooSoon { from: NaiveDate },
    /// The policy promises none.
    NotPromised,
}

/// What a request received on this day comes to by what is promised; `due` is the day of the review.
pub fn asked(promised: Option<Promised>, calendar: Calendar, received: NaiveDate, due: NaiveDate) -> Asked {
    match promised {
        None => Asked::NotPromised,
        Some(Promised { from, within }) if received >= from => Asked::Within { hold_by: within.after(received, calendar).min(due) },
        Some(Promised { from, .. }) => Asked::TooSoon { from },
    }
}

impl Asked {
    /// Whether the policy promises the review that is asked for.
    pub const fn is_promised(self) -> bool {
        matches!(self, Self::Within { .. })
    }

    /// For whoever holds reviews: what is asked of them.
    pub fn say(self) -> String {
        match self {
            Self::Within { hold_by } => {
                format!("The ⟦customer⟧ asked for an early review. The policy promises it by {}.", say::day(hold_by))
            }
            Self::TooSoon { from } => format!(
                "The ⟦customer⟧ asked for an early review. The policy promises none before {}: hold it all the same, or say why not.",
                say::day(from)
            ),
            Self::NotPromised => {
                "The ⟦customer⟧ asked for an early review. The policy promises none: hold it all the same, or say why not.".to_owned()
            }
        }
    }

    /// The day by which somebody looks at the request: the promised one, or a week of working days, and never after the review itself.
    pub fn look_by(self, calendar: days::Calendar, received: NaiveDate, due: NaiveDate) -> NaiveDate {
        match self {
            Self::Within { hold_by } => hold_by,
            Self::TooSoon { .. } | Self::NotPromised => calendar.add_working_days(received, 5).min(due),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn fernhollow_7_7_an_early_review_after_two_months_is_held_within_ten_working_days() {
        let policy = Policy::read(include_str!("policy/format/example.toml")).expect("a pack without faults");
        let (last, due) = (day("2027-03-12"), day("2027-06-12"));
        let table = [
            ("the day it began", "2027-03-12", due, Asked::TooSoon { from: day("2027-05-12") }),
            ("a day too soon", "2027-05-11", due, Asked::TooSoon { from: day("2027-05-12") }),
            ("the first day", "2027-05-12", due, Asked::Within { hold_by: day("2027-05-26") }),
            ("a bank holiday lies between", "2027-05-20", due, Asked::Within { hold_by: day("2027-06-04") }),
            ("never after the review that was promised", "2027-06-10", due, Asked::Within { hold_by: due }),
        ];
        for (why, received, due, comes_to) in table {
            assert_eq!(asked(promised(&policy, last), policy.calendar(), day(received), due), comes_to, "{why}");
        }
        // Two months after 31 December is the last day of February.
        let from = day("2028-02-29");
        let then = |received| asked(promised(&policy, day("2027-12-31")), policy.calendar(), received, day("2028-03-31"));
        assert_eq!(then(day("2028-02-28")), Asked::TooSoon { from });
        assert!(then(from).is_promised());
    }

    #[test]
    fn what_a_letter_told_of_an_early_review_outlives_a_policy_that_promises_less() {
        let told = |from: &str, within: &str| Promised { from: day(from), within: within.parse().unwrap() };
        let (last, may, june) = (day("2027-03-12"), told("2027-05-12", "10 working days"), told("2027-06-12", "5 working days"));
        assert_eq!(kept(None, Some(may), last), Some(may));
        assert_eq!(kept(Some(june), Some(may), last), Some(told("2027-05-12", "5 working days")), "the better half of each");
        assert_eq!(kept(Some(june), None, last), Some(june));
        assert_eq!(kept(None, Some(may), day("2027-05-12")), None, "it was reviewed since: that letter told of the next");
    }

    #[test]
    fn where_the_policy_is_silent_somebody_looks_at_the_request_all_the_same() {
        let policy = crate::rules::policy::tests::pack("west-kent");
        let (received, due) = (day("2027-04-01"), day("2027-06-12"));
        let comes_to = asked(promised(&policy, day("2027-03-12")), policy.calendar(), received, due);
        assert_eq!(comes_to, Asked::NotPromised);
        assert_eq!(comes_to.look_by(policy.calendar(), received, due), day("2027-04-08"));
        assert_eq!(comes_to.look_by(policy.calendar(), received, day("2027-04-05")), day("2027-04-05"));
    }
}
