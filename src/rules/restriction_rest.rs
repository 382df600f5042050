//! When a restriction in force is not applied all the same: it lapsed because its review was missed, or it waits for an appeal.
//! Both follow from the day and the record alone, so staff are told at once, whether or not anything has been written down yet.

use chrono::NaiveDate;

use super::appeal::Round;
use super::policy::{Overdue, Policy};

/// What of a policy decides this, as it is kept beside the policy's words so that many restrictions can be asked about at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rests {
    /// A restriction ends with the day of a review that was not held (`reviews.overdue`).
    pub lapses: bool,
    /// It is not applied while an appeal is heard (`challenge.appeal.suspends`).
    pub suspends: bool,
}

impl Rests {
    /// As a policy has it.
    pub fn of(policy: &Policy) -> Self {
        Self { lapses: *policy.reviews.overdue == Overdue::Lapse, suspends: *policy.challenge.appeal.suspends }
    }
}

/// The last day of a restriction that lapsed: its review was due then, was not held, and its policy says that it then lapses
/// (`reviews.overdue`). That day counts to its end in London, as any last day does.
pub fn lapsed_on(policy: &Policy, review_due: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    review_due.filter(|due| Rests::of(policy).lapses && *due < today)
}

/// The last day as it stands today: the one that was decided, or the earlier one on which it lapsed.
pub fn last_day(policy: &Policy, ends_on: Option<NaiveDate>, review_due: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let lapsed = lapsed_on(policy, review_due, today);
    ends_on.into_iter().chain(lapsed).min()
}

/// An appeal that has come and is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenAppeal {
    /// Which it is: while only the length is appealed, the restriction goes on.
    pub round: Round,
    /// It came after the last day for it, and nobody has decided that it is heard.
    pub waits_to_be_admitted: bool,
}

/// What a restriction in force waits for that is not applied meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// An appeal against it is heard.
    Appeal,
    /// An appeal sent the decision back, and it is made again.
    Again,
}

impl Waits {
    /// In two or three words, for a tag.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Appeal => "Appeal being heard",
            Self::Again => "Being decided again",
        }
    }

    /// After "it waits:".
    pub const fn because(self) -> &'static str {
        match self {
            Self::Appeal => "an appeal is being heard",
            Self::Again => "it is being decided again",
        }
    }

    /// After "it is not applied".
    pub const fn until(self) -> &'static str {
        match self {
            Self::Appeal => "until the appeal is answered",
            Self::Again => "until it is decided again",
        }
    }
}

/// What it waits for where it is not applied meanwhile (`challenge.appeal.suspends`): from the moment an appeal comes until it is answered,
/// and on until the decision is made again where it was sent back. One that came too late suspends nothing before somebody decides to hear
/// it, and one about the length alone suspends nothing at all.
pub fn waits(policy: &Policy, appeal: Option<OpenAppeal>, is_sent_back: bool) -> Option<Waits> {
    match appeal {
        _ if !Rests::of(policy).suspends => None,
        _ if is_sent_back => Some(Waits::Again),
        Some(appeal) if !appeal.waits_to_be_admitted && appeal.round != Round::Length => Some(Waits::Appeal),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::{PACKS, pack};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lapsing() -> Policy {
        let mut policy = pack("west-kent");
        policy.reviews.overdue.value = Overdue::Lapse;
        policy
    }

    #[test]
    fn reviews_overdue_lapse_ends_it_on_the_day_after_the_review_was_due() {
        let policy = lapsing();
        let (due, ends) = (Some(day("2027-06-15")), Some(day("2027-09-01")));
        let table = [
            ("the day before", "2027-06-14", ends),
            ("the day itself still counts", "2027-06-15", ends),
            ("the day after", "2027-06-16", due),
            ("long after", "2028-01-01", due),
        ];
        for (when, today, last) in table {
            assert_eq!(last_day(&policy, ends, due, day(today)), last, "{when}");
            assert_eq!(last_day(&policy, None, due, day(today)), last.filter(|last| Some(*last) == due), "{when}, with no last day");
        }
        assert_eq!(last_day(&policy, due, due, day("2027-06-16")), due, "the review was on the last day");
    }

    #[test]
    fn a_policy_that_goes_on_and_escalates_never_lapses() {
        for (slug, _) in PACKS {
            assert_eq!(lapsed_on(&pack(slug), Some(day("2027-06-15")), day("2028-01-01")), None, "{slug}");
        }
        assert_eq!(lapsed_on(&lapsing(), None, day("2028-01-01")), None, "nothing is due");
    }

    #[test]
    fn an_appeal_suspends_where_the_policy_says_so_and_a_late_one_once_it_is_heard() {
        let heard = OpenAppeal { round: Round::First, waits_to_be_admitted: false };
        let late = OpenAppeal { waits_to_be_admitted: true, ..heard };
        let mut policy = pack("west-kent");
        assert_eq!((waits(&policy, Some(heard), false), waits(&policy, None, true)), (None, None));
        policy.challenge.appeal.suspends.value = true;
        assert_eq!(waits(&policy, Some(heard), false), Some(Waits::Appeal));
        assert_eq!(waits(&policy, Some(OpenAppeal { round: Round::Second, ..heard }), false), Some(Waits::Appeal));
        assert_eq!(waits(&policy, Some(OpenAppeal { round: Round::Length, ..heard }), false), None, "what is in it is not in question");
        assert_eq!(waits(&policy, Some(late), false), None);
        assert_eq!(waits(&policy, None, false), None);
        assert_eq!(waits(&policy, None, true), Some(Waits::Again), "sent back, and not decided again yet");
    }
}
