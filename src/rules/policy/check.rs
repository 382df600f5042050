//! What a pack that can be read may still get wrong: names that lead nowhere, and rules nobody can follow.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::ladder::StepKind;
use super::{LetterKind, Policy, StageKind, Who};
use crate::rules::measure::Purpose;

/// Every fault of a pack that could be read.
pub(super) fn faults(policy: &Policy) -> Vec<Fault> {
    let mut faults = Vec::new();
    who(policy, &mut faults);
    keys(policy, &mut faults);
    ladder(policy, &mut faults);
    calls(policy, &mut faults);
    measures(policy, &mut faults);
    authority(policy, &mut faults);
    times(policy, &mut faults);
    letters(policy, &mut faults);
    faults
}

fn who(policy: &Policy, faults: &mut Vec<Fault>) {
    let mut named: Vec<(String, &Who)> = vec![
        ("call-ending.who".into(), &policy.call_ending.who),
        ("authority.proposer".into(), &policy.authority.proposer),
        ("reviews.reviewer".into(), &policy.reviews.reviewer),
        ("challenge.appeal.decider".into(), &policy.challenge.appeal.decider),
        ("challenge.appeal.late-decided-by".into(), &policy.challenge.appeal.late_decided_by),
        ("challenge.reconsideration.decider".into(), &policy.challenge.reconsideration.decider),
        ("support.offered-by".into(), &policy.support.offered_by),
    ];
    for step in &policy.ladder.steps {
        named.push((format!("ladder.steps.{}.taken-by", step.key), &step.taken_by));
        if let Some(skip) = &step.skip {
            named.push((format!("ladder.steps.{}.skip.decided-by", step.key), &skip.decided_by));
        }
    }
    for stage in policy.authority.rules.iter().flat_map(|rule| &rule.stages) {
        named.push(("authority.rules.stages.of".into(), &stage.of));
    }
    for (place, who) in named {
        for key in who.role_keys().into_iter().filter(|key| policy.roles.get(key).is_none()) {
            faults.push(Fault::at(&place, format!("No role has the key \"{key}\". {}", known(policy))));
        }
        if matches!(who, Who::AnyOf(any) if any.is_empty()) {
            faults.push(Fault::at(&place, "The list is empty, so nobody may. Name at least one role."));
        }
    }
}

fn known(policy: &Policy) -> String {
    let keys: Vec<_> = policy.roles.iter().map(|(key, _)| key).collect();
    format!("The roles are {}.", keys.join(", "))
}

fn keys(policy: &Policy, faults: &mut Vec<Fault>) {
    let behaviour = &policy.behaviour;
    let ladder = &policy.ladder;
    twice("people.subjects", policy.people.subjects.iter().map(|one| &one.key), faults);
    twice("people.affected", policy.people.affected.iter().map(|one| &one.key), faults);
    twice("behaviour.thresholds", behaviour.thresholds.iter().map(|one| &one.key), faults);
    twice("behaviour.effects", behaviour.effects.iter().map(|one| &one.key), faults);
    twice("behaviour.categories", behaviour.categories.iter().map(|one| &one.key), faults);
    twice("ladder.steps", ladder.steps.iter().map(|one| &one.key), faults);
    twice("ladder.skip-reasons", ladder.skip_reasons.iter().map(|one| &one.key), faults);
    twice("assessment.questions", policy.assessment.questions.iter().map(|one| &one.key), faults);
    twice("checklists", policy.checklists.iter().map(|one| &one.key), faults);
    for category in &behaviour.categories {
        let place = format!("behaviour.categories.{}", category.key);
        for effect in category.effects_needed.iter().filter(|key| behaviour.effect(key).is_none()) {
            faults.push(Fault::at(&place, format!("No effect has the key \"{effect}\".")));
        }
        if let Some(top) = &category.within
            && behaviour.category(top).is_none_or(|top| top.within.is_some())
        {
            let says = format!("It is within \"{top}\", which is not a category of the first level.");
            faults.push(Fault::at(&place, says));
        }
    }
}

fn twice<'a>(place: &str, keys: impl Iterator<Item = &'a String>, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for key in keys.filter(|key| !seen.insert(*key)) {
        faults.push(Fault::at(place, format!("The key \"{key}\" is used twice. Each needs its own.")));
    }
}

fn ladder(policy: &Policy, faults: &mut Vec<Fault>) {
    let ladder = &policy.ladder;
    let restrictions = ladder.steps.iter().filter(|step| step.kind == StepKind::Restriction).count();
    if restrictions != 1 {
        let says = format!("There are {restrictions} steps of the kind restriction. There must be one.");
        faults.push(Fault::at("ladder.steps", says));
    }
    for step in &ladder.steps {
        let place = format!("ladder.steps.{}", step.key);
        for key in step.after.keys().iter().filter(|key| ladder.step(key).is_none()) {
            faults.push(Fault::at(&place, format!("It comes after \"{key}\", which is not a step.")));
        }
        for key in step.checklists.iter().filter(|key| policy.checklist(key).is_none()) {
            faults.push(Fault::at(&place, format!("No checklist has the key \"{key}\".")));
        }
        let reasons = step.skip.iter().flat_map(|skip| &skip.reasons);
        for key in reasons.filter(|key| ladder.skip_reason(key).is_none()) {
            faults.push(Fault::at(&place, format!("No skip reason has the key \"{key}\".")));
        }
        let told = matches!(step.kind, StepKind::Informal | StepKind::Warning);
        if told == step.forms.is_empty() {
            let says = "A warning or informal step needs its forms, and no other step has any.";
            faults.push(Fault::at(&place, says));
        }
    }
    let stuck = unreachable(policy);
    if !stuck.is_empty() {
        let says = format!("Nobody can reach {}: each waits for another in a circle.", stuck.join(", "));
        faults.push(Fault::at("ladder.steps", says));
    }
}

/// The steps that stay out of reach however many others are taken.
fn unreachable(policy: &Policy) -> Vec<&str> {
    let steps = &policy.ladder.steps;
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    while let Some(next) = steps.iter().find(|step| !reached.contains(step.key.as_str()) && step.after.is_met(|key| reached.contains(key)))
    {
        reached.insert(&next.key);
    }
    steps.iter().map(|step| step.key.as_str()).filter(|key| !reached.contains(key)).collect()
}

fn calls(policy: &Policy, faults: &mut Vec<Fault>) {
    let calls = &policy.call_ending;
    let (needed, words) = (usize::from(*calls.warnings), calls.warning_words.len());
    if words < needed {
        let says = format!("{needed} warnings are needed and there are words for {words}. Add the rest.");
        faults.push(Fault::at("call-ending.warning-words", says));
    }
}

fn measures(policy: &Policy, faults: &mut Vec<Fault>) {
    let open = &policy.measures.always_open;
    for purpose in Purpose::FLOOR.iter().filter(|purpose| !open.iter().any(|one| one.purpose == **purpose)) {
        let says = format!("\"{}\" is missing. No policy can close it, so the pack must hold the words for it.", purpose.key());
        faults.push(Fault::at("measures.always-open", says));
    }
    let mut seen = BTreeSet::new();
    for offer in policy.measures.offered.iter().filter(|offer| !seen.insert(offer.kind)) {
        let says = format!("\"{}\" is offered twice.", offer.kind.key());
        faults.push(Fault::at("measures.offered", says));
    }
}

fn authority(policy: &Policy, faults: &mut Vec<Fault>) {
    let rules = &policy.authority.rules;
    if !rules.iter().any(|rule| rule.when == super::Condition::default()) {
        let says = "No rule matches every proposal, so some could never be authorised. Add one without `when`.";
        faults.push(Fault::at("authority.rules", says));
    }
    for rule in rules {
        if !rule.stages.iter().any(|stage| stage.kind == StageKind::Authorise) {
            let says = "A rule has no stage that authorises, so what it matches could never be decided.";
            faults.push(Fault::at("authority.rules", says));
        }
        if rule.stages.iter().any(|stage| stage.count == 0) {
            faults.push(Fault::at("authority.rules", "A stage asks for nobody. Its count must be at least 1."));
        }
    }
}

fn times(policy: &Policy, faults: &mut Vec<Fault>) {
    let reviews = &policy.reviews;
    if !reviews.intervals.contains(&reviews.usual.value) {
        let says = format!("The usual interval, {}, is not among the intervals.", reviews.usual.value);
        faults.push(Fault::at("reviews.usual", says));
    }
    let terms = &policy.terms;
    if terms.usual.is_longer_than(terms.longest.value) {
        let says = format!("The usual length, {}, is longer than the longest, {}.", terms.usual.value, terms.longest.value);
        faults.push(Fault::at("terms.usual", says));
    }
    for offer in &policy.measures.offered {
        if let Some(longest) = offer.longest.filter(|longest| longest.is_longer_than(terms.longest.value)) {
            let says = format!("It may run {longest}, longer than the policy's longest, {}.", terms.longest.value);
            faults.push(Fault::at(format!("measures.offered.{}", offer.kind.key()), says));
        }
    }
}

fn letters(policy: &Policy, faults: &mut Vec<Fault>) {
    for kind in LetterKind::ALL {
        let unknown = policy.letters.parts(*kind).iter().filter(|part| !kind.may_have(part.value));
        faults.extend(unknown.map(|part| {
            let says = format!("This letter has nothing to say under “{}”.", part.title());
            Fault::at(format!("letters.{}.{}", kind.key(), part.key()), says)
        }));
    }
    if policy.letters.restriction_notice.is_empty() {
        faults.push(Fault::at("letters.restriction-notice", "The letter has no parts."));
    }
}
