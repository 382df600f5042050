//! Two-sided agreements and statuses on a register: what an answer means, and how long a status lasts.
//! Neither restricts anybody.

use chrono::NaiveDate;

use super::authority::{History, Person, Refusal, hold};
use super::policy::{Agreement, Policy, RefusalMeans, Status};
use super::say;

/// What the customer has said to an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    None,
    /// They agreed that day.
    Accepted(NaiveDate),
    /// They refused that day.
    Refused(NaiveDate),
    /// Whoever offered it took it back that day.
    Withdrawn(NaiveDate),
}

/// How an agreement stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It waits for an answer.
    Proposed {
        /// The last day for it, where the policy sets one.
        until: Option<NaiveDate>,
    },
    /// Both sides keep it.
    Accepted,
    /// The customer refused.
    Refused,
    /// No answer came in its time. Silence is no refusal.
    Unanswered {
        /// The first day after its time.
        since: NaiveDate,
    },
    /// It was taken back.
    Withdrawn,
}

/// Whether somebody may offer it.
pub fn may_offer(policy: &Policy, agreement: &Agreement, person: &Person) -> Result<(), Refusal> {
    hold(policy, &agreement.offered_by, person, &History::default(), &format!("offer “{}”", agreement.title))
}

/// How an agreement stands that was offered on a day. The last day for an answer counts to its end.
pub fn stands(policy: &Policy, agreement: &Agreement, offered_on: NaiveDate, answer: Answer, today: NaiveDate) -> Stands {
    match answer {
        Answer::Accepted(_) => Stands::Accepted,
        Answer::Refused(_) => Stands::Refused,
        Answer::Withdrawn(_) => Stands::Withdrawn,
        Answer::None => {
            let until = agreement.answer_within.length().map(|length| length.after(offered_on, policy.calendar()));
            match until.and_then(|until| until.succ_opt()).filter(|since| today >= *since) {
                Some(since) => Stands::Unanswered { since },
                None => Stands::Proposed { until },
            }
        }
    }
}

/// Whether the next step of the ladder may be taken because of how it stands. Only a refusal opens it, and only where the policy says so.
pub fn opens_the_next_step(agreement: &Agreement, stands: Stands) -> bool {
    stands == Stands::Refused && agreement.refusal == RefusalMeans::NextStep
}

/// What it means for what comes next, in words.
pub fn means(agreement: &Agreement, stands: Stands) -> String {
    match stands {
        Stands::Proposed { until: Some(until) } => format!("“{}” waits for an answer until {}.", agreement.title, say::day(until)),
        Stands::Proposed { until: None } => format!("“{}” waits for an answer.", agreement.title),
        Stands::Accepted => format!("Both sides keep “{}”. It is not a restriction.", agreement.title),
        Stands::Refused => format!("The ⟦customer⟧ refused “{}”. {}.", agreement.title, agreement.refusal.title()),
        Stands::Unanswered { since } => {
            format!("No answer to “{}” came before {}. That is not a refusal: ask again.", agreement.title, say::day(since))
        }
        Stands::Withdrawn => format!("“{}” was taken back. Nothing follows from it.", agreement.title),
    }
}

/// The last day of a status given on a day; none until it is taken away.
pub fn status_until(policy: &Policy, status: &Status, given_on: NaiveDate) -> Option<NaiveDate> {
    status.lasts.length().map(|length| length.after(given_on, policy.calendar()))
}

/// Whether a status still stands on a day, its last day included.
pub fn status_stands(policy: &Policy, status: &Status, given_on: NaiveDate, today: NaiveDate) -> bool {
    today >= given_on && status_until(policy, status, given_on).is_none_or(|until| today <= until)
}

/// Whether somebody may give a status.
pub fn may_give(policy: &Policy, status: &Status, person: &Person) -> Result<(), Refusal> {
    hold(policy, &status.set_by, person, &History::default(), &format!("give the status “{}”", status.title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::StaffId;
    use crate::rules::policy::Limit;
    use crate::rules::policy::tests::{example, pack};
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(role: &str) -> Person {
        Person { id: StaffId(Uuid::from_u128(1)), roles: vec![role.to_owned()] }
    }

    /// policy-pack.md 17. Ten working days from 24 March 2027 go past Good Friday and Easter Monday.
    #[test]
    fn an_agreement_waits_to_the_end_of_its_last_day_and_silence_is_no_refusal() {
        let policy = example();
        let agreement = &policy.agreements[0];
        let on = |today| stands(&policy, agreement, day("2027-03-24"), Answer::None, day(today));
        assert_eq!(on("2027-04-09"), Stands::Proposed { until: Some(day("2027-04-09")) });
        assert_eq!(on("2027-04-10"), Stands::Unanswered { since: day("2027-04-10") });
        assert!(means(agreement, on("2027-04-10")).ends_with("That is not a refusal: ask again."));
        assert!(!opens_the_next_step(agreement, on("2027-04-10")));
    }

    #[test]
    fn what_a_refusal_means_is_what_the_policy_says() {
        let policy = example();
        let mut agreement = policy.agreements[0].clone();
        let refused = stands(&policy, &agreement, day("2027-03-24"), Answer::Refused(day("2027-03-25")), day("2027-03-25"));
        let says = "The ⟦customer⟧ refused “Behaviour agreement”. It is weighed when anything else is decided.";
        assert_eq!((means(&agreement, refused).as_str(), opens_the_next_step(&agreement, refused)), (says, false));
        agreement.refusal = RefusalMeans::NextStep;
        assert!(opens_the_next_step(&agreement, refused));
        let taken_back = stands(&policy, &agreement, day("2027-03-24"), Answer::Withdrawn(day("2027-03-25")), day("2027-03-25"));
        assert!(!opens_the_next_step(&agreement, taken_back));
    }

    #[test]
    fn only_whom_the_policy_names_offers_it_or_gives_a_status() {
        let policy = example();
        assert_eq!(may_offer(&policy, &policy.agreements[0], &person("officer")), Ok(()));
        let refused = "Only a Neighbourhood Officer can offer “Behaviour agreement”.";
        let by_an_adviser = may_offer(&policy, &policy.agreements[0], &person("adviser"));
        assert_eq!(by_an_adviser.map_err(|refusal| refusal.to_string()), Err(refused.to_owned()));
        assert_eq!(may_give(&policy, &policy.statuses[0], &person("manager")), Ok(()));
        assert!(may_give(&policy, &policy.statuses[0], &person("adviser")).is_err());
    }

    #[test]
    fn a_status_lasts_to_the_end_of_its_last_day_or_until_it_is_taken_away() {
        let policy = example();
        let mut status = policy.statuses[0].clone();
        assert_eq!(status_until(&policy, &status, day("2027-11-30")), Some(day("2028-02-29")));
        assert!(status_stands(&policy, &status, day("2027-11-30"), day("2028-02-29")));
        assert!(!status_stands(&policy, &status, day("2027-11-30"), day("2028-03-01")));
        status.lasts = Limit::None;
        assert!(status_stands(&policy, &status, day("2027-11-30"), day("2099-01-01")));
    }

    /// NHG-08: a contact agreement is a document of two sides.
    #[test]
    fn notting_hill_genesis_offers_an_agreement_that_both_sides_keep() {
        let policy = pack("notting-hill-genesis");
        assert!(!policy.agreements.is_empty());
    }
}
