//! Whoever took which part, under any of eleven policies: nobody decides who took one that the policy keeps from deciding.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::*;
use crate::rules::appeal::{self, Round};
use crate::rules::policy::{AppealProfile, Part};
use crate::rules::{challenge, reconsideration, review};

/// The five landlords and the six made up.
static POLICIES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let invented = [
        include_str!("../../../../tests/packs/almswell.toml"),
        include_str!("../../../../tests/packs/ballynoe.toml"),
        include_str!("../../../../tests/packs/harbourlight.toml"),
        include_str!("../../../../tests/packs/kirkbrae.toml"),
        include_str!("../../../../tests/packs/saltmarsh.toml"),
        include_str!("../../../../tests/packs/toldervale.toml"),
    ];
    PACKS.iter().map(|(_, text)| *text).chain(invented).map(|text| Policy::read(text).expect("a pack without faults")).collect()
});

/// Somebody who works there: numbers of their posts, and of the parts they took.
type Colleague = (BTreeSet<usize>, BTreeSet<usize>);

fn colleagues() -> impl Strategy<Value = Vec<Colleague>> {
    vec((btree_set(0..20_usize, 1..4), btree_set(0..Part::ALL.len(), 0..3)), 1..5)
}

/// The case as the rules see it, and beside it the plain list of who took what.
fn case(policy: &Policy, colleagues: &[Colleague]) -> (History, Vec<(Person, BTreeSet<&'static str>)>) {
    let keys: Vec<&str> = policy.roles.iter().map(|(key, _)| key).collect();
    let mut history = History::default();
    let mut people = Vec::new();
    for (number, (posts, parts)) in (1..).zip(colleagues) {
        let roles = posts.iter().map(|post| keys[post % keys.len()].to_owned()).collect();
        let person = Person { id: StaffId(uuid::Uuid::from_u128(number)), roles };
        let parts: Vec<Part> = parts.iter().map(|part| Part::ALL[*part]).collect();
        history = parts.iter().fold(history, |history, part| history.with(person.id, *part));
        people.push((person, parts.iter().map(|part| part.key()).collect()));
    }
    (history, people)
}

/// Whether somebody decides themselves: neither as the clerk of a body nor as a member of one.
fn decides_alone(policy: &Policy, who: &Who, person: &Person, history: &History) -> bool {
    may_record_for(policy, who, person, history).is_none()
}

fn body_meant<'a>(policy: &'a Policy, who: &Who) -> Option<&'a Body> {
    match who {
        Who::Role(key) => policy.body(key),
        Who::AnyOf(_) | Who::InCase(_) => None,
    }
}

/// Every way in which this person may decide in this case, with the parts that the policy says whoever decides so never took.
fn decisions(policy: &Policy, person: &Person, history: &History) -> Vec<(String, Vec<Part>)> {
    let mut may = Vec::new();
    let mut note = |what: String, allowed: bool, never: Vec<Part>| {
        if allowed {
            may.push((what, never));
        }
    };
    for (number, rule) in policy.authority.rules.iter().enumerate() {
        for (place, stage) in rule.stages.iter().enumerate().filter(|(_, stage)| stage.kind == StageKind::Authorise) {
            let stages = Stages { stages: rule.stages.clone(), because: Vec::new() };
            let never: Vec<Part> = policy.authority.never_authorises.iter().chain(&stage.never).copied().collect();
            let what = format!("stage {place} of rule {number}");
            match body_of(policy, stage) {
                None => note(what, may_decide(policy, stage, person, history).is_ok(), never),
                Some(_) => {
                    let never = never.into_iter().chain([Part::Proposed]).collect();
                    note(what, may_sit(policy, &stages, place, &[], person, history).is_ok(), never);
                }
            }
        }
    }
    for round in Round::ALL {
        let (profile, who) = (appeal::profile(policy, *round), appeal::decider(policy, *round, history));
        let second = if *round == Round::Second { &[Part::Proposed, Part::Authorised, Part::HeardAppeal][..] } else { &[] };
        let never: Vec<Part> = profile.never_decides.iter().chain(second).copied().chain([Part::LookedAgain]).collect();
        let alone = decides_alone(policy, who, person, history);
        note(format!("{round:?} appeal"), alone && appeal::may_hear(policy, *round, person, history).is_ok(), never.clone());
        if let Some(body) = body_meant(policy, who) {
            note(format!("{round:?} appeal, sitting"), appeal::may_sit(policy, *round, body, person, history).is_ok(), never);
        }
    }
    if let Some(profile) = policy.challenge.warning.as_ref().filter(|profile: &&AppealProfile| !profile.is_none()) {
        let never: Vec<Part> = profile.never_decides.iter().copied().chain([Part::LookedAgain]).collect();
        let alone = decides_alone(policy, &profile.decider, person, history);
        note("appeal against a warning".into(), alone && challenge::may_decide(policy, profile, person, history).is_ok(), never);
    }
    let who = &*policy.reviews.reviewer;
    let alone = decides_alone(policy, who, person, history);
    note("review".into(), alone && review::may_review(policy, who, person, history).is_ok(), policy.reviews.never_reviews.to_vec());
    if let Some(again) = &policy.challenge.reconsideration {
        let never = again.never_decides.as_ref().map_or_else(Vec::new, |never| never.to_vec());
        let alone = decides_alone(policy, &again.decider, person, history);
        note("request to look again".into(), alone && reconsideration::may_answer(policy, again, person, history).is_ok(), never);
    }
    may
}

proptest! {
    #[test]
    fn no_decision_is_taken_by_somebody_the_policy_keeps_from_it(number in 0..11_usize, colleagues in colleagues()) {
        let policy = &POLICIES[number];
        let (history, people) = case(policy, &colleagues);
        for (person, took) in &people {
            for (what, never) in decisions(policy, person, &history) {
                let took_part: Vec<&str> = never.iter().map(|part| part.key()).filter(|part| took.contains(part)).collect();
                prop_assert!(took_part.is_empty(), "{what} of {}: {took_part:?}", policy.document.landlord);
            }
        }
    }
}

/// The property would say nothing if nobody could ever decide.
#[test]
fn whoever_took_no_part_can_decide_in_each_of_the_eleven() {
    for policy in POLICIES.iter() {
        let keys: Vec<String> = policy.roles.iter().map(|(key, _)| key.to_owned()).collect();
        let anybody = Person { id: StaffId(uuid::Uuid::from_u128(9)), roles: keys };
        let may = decisions(policy, &anybody, &History::default());
        assert!(may.len() > policy.authority.rules.len(), "{}: {may:?}", policy.document.landlord);
    }
}
