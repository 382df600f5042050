//! A review the customer asks for before its day (`challenge.early-review`): whether the policy promises one yet, and by when it is held.

use chrono::NaiveDate;

use super::policy::Policy;
use super::{days, say};

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

/// What a request received on this day comes to. `last` is the day the restriction began, or was last reviewed; `due` that of its review.
pub fn asked(policy: &Policy, last: NaiveDate, received: NaiveDate, due: NaiveDate) -> Asked {
    let Some(early) = &policy.challenge.early_review else { return Asked::NotPromised };
    let from = early.after.after(last, policy.calendar());
    match received >= from {
        true => Asked::Within { hold_by: early.within.after(received, policy.calendar()).min(due) },
        false => Asked::TooSoon { from },
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
            Self::Within { hold_by } => format!("The customer asked for an early review. The policy promises it by {}.", say::day(hold_by)),
            Self::TooSoon { from } => format!(
                "The customer asked for an early review. The policy promises none before {}: hold it all the same, or say why not.",
                say::day(from)
            ),
            Self::NotPromised => {
                "The customer asked for an early review. The policy promises none: hold it all the same, or say why not.".to_owned()
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
            assert_eq!(asked(&policy, last, day(received), due), comes_to, "{why}");
        }
        // Two months after 31 December is the last day of February.
        let from = day("2028-02-29");
        assert_eq!(asked(&policy, day("2027-12-31"), day("2028-02-28"), day("2028-03-31")), Asked::TooSoon { from });
        assert!(asked(&policy, day("2027-12-31"), from, day("2028-03-31")).is_promised());
    }

    #[test]
    fn where_the_policy_is_silent_somebody_looks_at_the_request_all_the_same() {
        let policy = crate::rules::policy::tests::pack("west-kent");
        let (received, due) = (day("2027-04-01"), day("2027-06-12"));
        let comes_to = asked(&policy, day("2027-03-12"), received, due);
        assert_eq!(comes_to, Asked::NotPromised);
        assert_eq!(comes_to.look_by(policy.calendar(), received, due), day("2027-04-08"));
        assert_eq!(comes_to.look_by(policy.calendar(), received, day("2027-04-05")), day("2027-04-05"));
    }
}
