//! A decision sent back on appeal (`challenge.appeal.outcomes`, "remit"): by when it is made again, and who makes it.

use chrono::NaiveDate;

use super::authority::{self, History, Person, Refusal};
use super::days::{Length, Unit};
use super::policy::{Body, Part, Policy, Who};
use super::review;

/// Whoever took one of these parts made the decision that is to be made again, or sent it back.
const DECIDED: [Part; 8] = [
    Part::Proposed,
    Part::Assessed,
    Part::Consulted,
    Part::Authorised,
    Part::Declined,
    Part::Reviewed,
    Part::HeardAppeal,
    Part::LookedAgain,
];

/// How soon it is made again: what the policy says, or ten working days, because a decision without a day is never made.
pub fn within(policy: &Policy) -> Length {
    let ten = || Length::new(10, Unit::WorkingDays).expect("ten working days is a length");
    policy.challenge.remit_within.as_ref().map_or_else(ten, |within| within.value)
}

/// The day by which it is made again: never later than the last day, nor than a review that was promised already and has not gone by.
pub fn due(policy: &Policy, today: NaiveDate, review: Option<NaiveDate>, ends: Option<NaiveDate>) -> NaiveDate {
    let day = within(policy).after(today, policy.calendar());
    review.into_iter().chain(ends).filter(|other| *other >= today).fold(day, NaiveDate::min)
}

/// Whether this person may make it again: they are whoever (`who`) holds its review, and took no part in the decision. Where everybody here who may hold one
/// did, the rule gives way to that alone: the customer is not left without an answer.
pub fn may_decide_again(policy: &Policy, who: &Who, person: &Person, history: &History, people: &[Person]) -> Result<(), Refusal> {
    if let Some(recorded) = authority::may_record_for(policy, who, person, history) {
        return recorded;
    }
    review::may_review(policy, who, person, history)?;
    match may_be_somebody_new(policy, who, history, people) {
        true => authority::independent(policy, who, person, history, &DECIDED),
        false => Ok(()),
    }
}

/// Whether this person may sit where a body makes it again: as above, and where its quorum can be had of members who took no part.
pub fn may_sit(policy: &Policy, body: &Body, person: &Person, history: &History, people: &[Person]) -> Result<(), Refusal> {
    review::may_sit(policy, body, person, history)?;
    match may_be_somebody_new(policy, &Who::Role(body.key.clone()), history, people) {
        true => authority::independent(policy, &body.members, person, history, &DECIDED),
        false => Ok(()),
    }
}

/// Whether somebody here may make it again who took no part in it; where a body makes it, so many of its members as must sit.
pub fn may_be_somebody_new(policy: &Policy, who: &Who, history: &History, people: &[Person]) -> bool {
    let took_part = |person: &Person| history.parts_of(person.id).any(|part| DECIDED.contains(&part));
    let body = match who {
        Who::Role(key) => policy.body(key),
        _ => None,
    };
    let (who, needed) = body.map_or((who, 1), |body| (&body.members, usize::from(body.quorum)));
    let new = people.iter().filter(|person| !took_part(person) && review::may_review(policy, who, person, history).is_ok());
    let new: Vec<&Person> = new.collect();
    new.len() >= needed && body.is_none_or(|body| authority::lacking(policy, body, &new).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::StaffId;
    use crate::rules::policy::tests::pack;
    use crate::rules::policy::{Source, Sourced};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    #[test]
    fn it_is_made_again_within_ten_working_days_or_as_the_policy_says_and_never_after_what_was_promised() {
        // Good Friday and Easter Monday 2027 are 26 and 29 March.
        let mut policy = pack("west-kent");
        let table = [
            ("nothing promised", None, None, "2027-03-31"),
            ("a review later", Some("2027-06-01"), None, "2027-03-31"),
            ("a review sooner", Some("2027-03-20"), None, "2027-03-20"),
            ("a review that was missed", Some("2027-03-01"), None, "2027-03-31"),
            ("the last day sooner", Some("2027-06-01"), Some("2027-03-22"), "2027-03-22"),
        ];
        for (why, review, ends, due_on) in table {
            assert_eq!(due(&policy, day("2027-03-15"), review.map(day), ends.map(day)), day(due_on), "{why}");
        }
        let source = Source::Stated { clause: "9.4".into() };
        policy.challenge.remit_within = Some(Sourced { value: "3 weeks".parse().unwrap(), source });
        assert_eq!(due(&policy, day("2027-03-15"), None, None), day("2027-04-05"));
    }

    #[test]
    fn somebody_who_took_no_part_makes_it_again_and_anybody_who_may_review_only_where_all_did() {
        let policy = pack("west-kent");
        let [proposed, authorised, new] = [person(1, "manager"), person(2, "manager"), person(3, "manager")];
        let adviser = person(4, "adviser");
        let history = History::default().with(proposed.id, Part::Proposed).with(authorised.id, Part::Authorised);
        let may = |who: &Person, history: &History, people: &[Person]| {
            may_decide_again(&policy, &policy.reviews.reviewer, who, history, people).is_ok()
        };
        let all = [proposed.clone(), authorised.clone(), new.clone(), adviser.clone()];
        assert!(
            review::may_review(&policy, &policy.reviews.reviewer, &authorised, &history).is_ok(),
            "an ordinary review is theirs to hold"
        );
        assert!(may(&new, &history, &all) && !may(&authorised, &history, &all) && !may(&adviser, &history, &all));
        let two = [proposed.clone(), authorised.clone(), adviser.clone()];
        assert!(may(&authorised, &history, &two), "nobody else may");
        assert!(!may(&adviser, &history, &two), "the post is still asked for");
        // A measure's own reviewer makes it again, and the policy's usual one does not.
        let (head, own) = (person(5, "head-of-service"), Who::Role("head-of-service".into()));
        let everybody = [all.as_slice(), std::slice::from_ref(&head)].concat();
        assert!(may_decide_again(&policy, &own, &head, &history, &everybody).is_ok());
        assert!(may_decide_again(&policy, &own, &new, &history, &everybody).is_err());
        assert!(!may_be_somebody_new(&policy, &own, &history, &all), "none of these is a head");
        for part in DECIDED {
            let history = History::default().with(authorised.id, part);
            assert!(!may(&authorised, &history, &all), "{part:?}");
        }
    }
}
