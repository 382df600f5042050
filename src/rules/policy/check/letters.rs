//! Letters that differ by step, and the landlord's own sentences in them: what could never be printed, or not where it is said to stand.

use std::collections::BTreeSet;

use super::Fault;
use crate::rules::policy::{LetterKind, LetterPart, LetterTold, OwnWords, Policy, Reach, StepKind, ToldAsWell};
use crate::rules::say;

pub(super) fn faults(policy: &Policy) -> Vec<Fault> {
    let mut faults = Vec::new();
    own_parts(policy, &mut faults);
    for (one, number) in policy.letters.own.iter().zip(1..) {
        own_words(policy, one, &format!("letters.own.{number}"), &mut faults);
    }
    for (one, number) in policy.letters.told.iter().zip(1..) {
        told(policy, one, &format!("letters.told.{number}"), &mut faults);
    }
    for (one, number) in policy.letters.copies.iter().zip(1..) {
        sent_by(policy, one.letter, &one.steps, &format!("letters.copies.{number}"), &mut faults);
    }
    faults
}

/// Lists of parts of some steps.
fn own_parts(policy: &Policy, faults: &mut Vec<Fault>) {
    let mut listed: Vec<(LetterKind, &String)> = Vec::new();
    for (one, number) in policy.letters.steps.iter().zip(1..) {
        let at = format!("letters.steps.{number}");
        sent_by(policy, one.letter, &one.steps, &at, faults);
        if one.steps.is_empty() {
            faults.push(Fault::at(format!("{at}.steps"), "Name the steps whose letter this is."));
        }
        for step in &one.steps {
            if listed.contains(&(one.letter, step)) {
                let says = format!("The letter of “{step}” has a list of parts before this one. Only the first would count: keep one.");
                faults.push(Fault::at(format!("{at}.steps"), says));
            }
            listed.push((one.letter, step));
        }
        let mut seen = BTreeSet::new();
        for part in &one.parts {
            if !one.letter.may_have(*part) {
                faults.push(Fault::at(format!("{at}.parts"), no_such_part(one.letter, *part)));
            }
            if *part == LetterPart::Reconsideration && policy.challenge.reconsideration.is_none() {
                let says = "It says how to ask us to look again, and the policy has no such thing. Write `challenge.reconsideration`, or take it out.";
                faults.push(Fault::at(format!("{at}.parts"), says));
            }
            if !seen.insert(part.key()) {
                faults.push(Fault::at(format!("{at}.parts"), format!("The part \"{}\" stands in it twice.", part.key())));
            }
        }
    }
}

fn own_words(policy: &Policy, one: &OwnWords, at: &str, faults: &mut Vec<Fault>) {
    sent_by(policy, one.letter, &one.steps, at, faults);
    if one.say.trim().is_empty() {
        faults.push(Fault::at(format!("{at}.say"), "Write the sentence, or take the whole entry out."));
    }
    if one.say.contains(['{', '}']) {
        let says = "Nothing is filled in here: a letter prints these words as they stand. Write them without { and }.";
        faults.push(Fault::at(format!("{at}.say"), says));
    }
    match one.part {
        None if one.heading.is_none() => {
            faults.push(Fault::at(at, "Say where it stands: in which `part` of the letter, or under which `heading`."));
        }
        Some(part) if !one.letter.may_have(part) => faults.push(Fault::at(format!("{at}.part"), no_such_part(one.letter, part))),
        Some(part) if !is_printed(policy, one, part) => {
            let says = format!(
                "The letter does not list the part \"{}\", so this might never be printed. List the part, or choose another.",
                part.key()
            );
            faults.push(Fault::at(format!("{at}.part"), says));
        }
        _ => {}
    }
}

/// Somebody who can open the page of it has to be able to tell it, in some way.
fn told(policy: &Policy, one: &LetterTold, at: &str, faults: &mut Vec<Fault>) {
    sent_by(policy, one.letter, &one.steps, at, faults);
    if one.how.is_empty() {
        faults.push(Fault::at(format!("{at}.how"), "Say how it may be told: \"phone\", \"person\" or both."));
    }
    if *policy.letters.told_as_well == ToldAsWell::No {
        let says = "This letter is told, and `told-as-well` says that letters are written only. Change one of the two.";
        faults.push(Fault::at(at, says));
    }
    let closed = |key: &&str| policy.roles.get(key).is_some_and(|role| matches!(role.reach, Reach::PolicyOwner | Reach::Administrator));
    for key in one.by.role_keys().into_iter().filter(closed) {
        let says = format!(
            "{} would tell it, and cannot open the page to record it. Name a post with the reach \"frontline\", \"manager\", \"head\" or \"director\".",
            say::sentence(&policy.roles.a(key))
        );
        faults.push(Fault::at(format!("{at}.by"), says));
    }
}

/// Whether each letter it is meant for lists its part.
fn is_printed(policy: &Policy, one: &OwnWords, part: LetterPart) -> bool {
    let letters = &policy.letters;
    match one.steps.is_empty() {
        true => letters.parts(one.letter).iter().any(|listed| listed.value == part),
        false => one.steps.iter().all(|step| letters.parts_of(one.letter, std::slice::from_ref(step)).contains(&part)),
    }
}

/// Steps are named where a step sends the letter, and only those that may. Whether each does send it is said at the step.
fn sent_by(policy: &Policy, letter: LetterKind, steps: &[String], at: &str, faults: &mut Vec<Fault>) {
    let sends = |kind: StepKind| match letter {
        LetterKind::Warning => matches!(kind, StepKind::Informal | StepKind::Warning),
        LetterKind::RestrictionNotice => kind == StepKind::Restriction,
        _ => false,
    };
    for step in steps.iter().filter_map(|key| policy.ladder.step(key)).filter(|step| !sends(step.kind)) {
        let says = match letter.is_of_a_step() {
            true => format!("“{}” does not send the letter \"{}\". Name a step that does.", step.title, letter.key()),
            false => format!("No step sends the letter \"{}\": it follows a decision. Leave `steps` out.", letter.key()),
        };
        faults.push(Fault::at(format!("{at}.steps"), says));
    }
}

fn no_such_part(letter: LetterKind, part: LetterPart) -> String {
    format!("The letter \"{}\" has nothing to say under \"{}\". Choose another part.", letter.key(), part.key())
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("../format/example.toml");

    /// policy-pack.md 15: a sentence that could not be printed is a fault where it stands.
    #[test]
    fn what_no_letter_could_print_is_a_fault_with_its_place() {
        let own = "{ letter = \"warning\", steps = [\"final-warning\"], part = \"consequences\", say = \"";
        let list = "{ letter = \"warning\", steps = [\"final-warning\"], parts = [";
        let told = "by = \"officer\", within = \"2 working days\", how = [";
        let heading = "heading = \"Somebody to talk to\"";
        let table = [
            (own, "{ letter = \"warning\", part = \"terms\", say = \"", "letters.own.1.part", "has nothing to say under \"terms\""),
            (own, "{ letter = \"warning\", steps = [\"plan\"], part = \"consequences\", say = \"", "letters.own.1.steps", "does not send"),
            (own, "{ letter = \"lifted\", steps = [\"plan\"], part = \"decision\", say = \"", "letters.own.1.steps", "No step sends"),
            (own, "{ letter = \"lifted\", part = \"reasons\", say = \"", "letters.own.1.part", "does not list the part"),
            (own, "{ letter = \"warning\", say = \"", "letters.own.1", "Say where it stands"),
            (own, "{ letter = \"warning\", part = \"consequences\", say = \"Dear {name}. ", "letters.own.1.say", "without { and }"),
            (heading, "heading = \"Some\\nbody\"", "letters.own.2.heading", "for one line"),
            (list, "{ letter = \"warning\", steps = [], parts = [", "letters.steps.1.steps", "Name the steps"),
            (
                list,
                "{ letter = \"warning\", steps = [\"final-warning\"], parts = [\"terms\", ",
                "letters.steps.1.parts",
                "has nothing to say",
            ),
            (list, "{ letter = \"warning\", steps = [\"final-warning\"], parts = [\"reasons\", ", "letters.steps.1.parts", "twice"),
            (told, "by = \"administrator\", within = \"2 working days\", how = [", "letters.told.1.by", "cannot open the page"),
            (
                told,
                "by = \"officer\", within = \"2 working days\", how = [], recorded = \"first\", source = { stated = \"9.1\" } }, # [",
                "letters.told.1.how",
                "Say how",
            ),
            ("told-as-well = { value = \"if-needed\"", "told-as-well = { value = \"no\"", "letters.told.1", "written only"),
        ];
        for (was, is, place, says) in table {
            assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
            let faults = check(&EXAMPLE.replacen(was, is, 1)).faults;
            assert!(faults.iter().any(|one| one.place == place && one.says.contains(says)), "{is}: {faults:#?}");
        }
    }
}
