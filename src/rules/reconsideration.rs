//! A request to look again at a restriction, outside an appeal (`challenge.reconsideration`): who answers it, by when, and how.

use chrono::NaiveDate;

use super::authority::{self, History, Person, Refusal};
use super::deadline::Deadline;
use super::label::labels;
use super::policy::{Body, Part, Policy, Reconsideration, Who};

labels! {
    /// How a request to look again is answered.
    pub enum Answer {
        /// Looked at again, and it stays.
        Keep "keep" "It stays as it is",
        Vary "vary" "It changes",
        Lift "lift" "It ends",
        /// Not looked at again: none of the policy's grounds was given.
        Decline "decline" "Not looked at again",
    }
}

/// The parts that keep somebody from answering where the policy names none. Whoever decided may look at their own decision again: this is
/// no appeal.
const NEVER: [Part; 4] = [Part::Proposed, Part::Logged, Part::Affected, Part::ComplainedAbout];

/// The day by which a request received on this day is answered.
pub fn due(policy: &Policy, again: &Reconsideration, received: NaiveDate) -> Deadline {
    Deadline::after(received, *again.decide_within, policy.calendar())
}

/// Whether this person may answer it: the right post, and none of the parts that keep somebody from it. Where a body answers: whether they
/// may record that, as its clerk.
pub fn may_answer(policy: &Policy, again: &Reconsideration, person: &Person, history: &History) -> Result<(), Refusal> {
    let recorded = authority::may_record_for(policy, &again.decider, person, history);
    recorded.unwrap_or_else(|| may_answer_as(policy, &again.decider, again, person, history))
}

/// Whether this person may sit where a body answers it.
pub fn may_sit(policy: &Policy, again: &Reconsideration, body: &Body, person: &Person, history: &History) -> Result<(), Refusal> {
    may_answer_as(policy, &body.members, again, person, history)
}

fn may_answer_as(policy: &Policy, who: &Who, again: &Reconsideration, person: &Person, history: &History) -> Result<(), Refusal> {
    let never = again.never_decides.as_ref().map_or(&NEVER[..], |never| &never[..]);
    authority::independent(policy, who, person, history, never)?;
    authority::hold(policy, who, person, &history.free_of(never), "answer a request to look again")
}

/// The answers there are: a request that names one of the policy's grounds is looked at; one that names none may be declined for that.
pub fn answers(has_ground: bool) -> Vec<Answer> {
    Answer::ALL.iter().copied().filter(|answer| *answer != Answer::Decline || !has_ground).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::StaffId;
    use crate::rules::policy::tests::{PACKS, pack};

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    fn again(policy: &Policy) -> &Reconsideration {
        policy.challenge.reconsideration.as_ref().expect("the policy has one")
    }

    #[test]
    fn ah_20_the_service_director_answers_a_request_within_ten_working_days() {
        let policy = pack("alliance-homes");
        let received = "2027-03-15".parse().unwrap();
        let by = due(&policy, again(&policy), received).due;
        assert_eq!(by, "2027-03-31".parse().unwrap(), "Good Friday and Easter Monday are left out");
        let (director, head) = (person(1, "service-director-customer-operations"), person(2, "head-of-service"));
        let none = History::default();
        assert_eq!(may_answer(&policy, again(&policy), &director, &none), Ok(()));
        let refused = may_answer(&policy, again(&policy), &head, &none).unwrap_err();
        assert_eq!(refused.to_string(), "Only the Service Director Customer Operations can answer a request to look again.");
    }

    #[test]
    fn whoever_decided_may_look_again_and_whoever_asked_for_it_may_not() {
        for (slug, _) in PACKS {
            let policy = pack(slug);
            let again = again(&policy);
            let decider = person(1, again.decider.role_keys()[0]);
            let with = |part: Part| may_answer(&policy, again, &decider, &History::default().with(decider.id, part)).is_ok();
            for part in Part::ALL {
                assert_eq!(with(*part), !NEVER.contains(part), "{slug}: {part:?}");
            }
        }
    }

    #[test]
    fn the_policy_names_others_who_may_not() {
        let policy = Policy::read(include_str!("policy/format/example.toml")).expect("a pack without faults");
        let head = person(1, "head-of-service");
        let history = History::default().with(head.id, Part::Authorised);
        assert!(matches!(may_answer(&policy, again(&policy), &head, &history), Err(Refusal::TookPart { part: Part::Authorised, .. })));
    }

    #[test]
    fn ah_19_a_request_without_a_ground_may_be_declined_and_one_with_a_ground_is_looked_at() {
        assert_eq!(answers(true), [Answer::Keep, Answer::Vary, Answer::Lift]);
        assert_eq!(answers(false), [Answer::Keep, Answer::Vary, Answer::Lift, Answer::Decline]);
    }
}
