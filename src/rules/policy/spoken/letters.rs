//! What letters say and to whom they go.

use super::{Sentences, together};
use crate::rules::policy::plain::full;
use crate::rules::policy::{LetterKind, Policy, SignedBy};
use crate::rules::say;

pub(super) fn add(to: &mut Sentences, policy: &Policy) {
    for (index, one) in policy.letters.copies.iter().enumerate() {
        let title = format!("Copy of: {}", letter(policy, one.letter, &one.steps));
        let summary = one.summary.then(|| "Only what they need to know.".to_owned());
        let says = together([Some(full(&format!("To {}", say::inside(one.to.title())))), summary, Some(full(&one.basis))]);
        to.called(format!("letters.copies.{}", index + 1), title, says);
    }
    for (index, one) in policy.letters.signed_by.iter().enumerate() {
        let says = match (one.by, &one.post, &one.team) {
            (SignedBy::Post, Some(post), _) => full(&say::sentence(&policy.roles.a(post))),
            (SignedBy::Team, _, Some(team)) => full(team),
            _ => full(SignedBy::Decider.title()),
        };
        to.called(format!("letters.signed-by.{}", index + 1), format!("Who signs: {}", say::inside(one.letter.title())), says);
    }
    for (index, one) in policy.letters.steps.iter().enumerate() {
        let parts: Vec<&str> = one.parts.iter().map(|part| part.title()).collect();
        let title = format!("What stands in: {}", letter(policy, one.letter, &one.steps));
        to.called(format!("letters.steps.{}", index + 1), title, full(&parts.join("; ")));
    }
    for (index, one) in policy.letters.told.iter().enumerate() {
        let title = format!("Told besides: {}", letter(policy, one.letter, &one.steps));
        let who = say::sentence(&one.by.say(&policy.roles));
        let says =
            format!("{who} tells what it says {}, within {} of the day it is made. {}.", one.ways(), one.within, one.recorded.title());
        to.called(format!("letters.told.{}", index + 1), title, says);
    }
    for (index, one) in policy.letters.own.iter().enumerate() {
        let place = match (&one.heading, one.part) {
            (Some(heading), _) => format!("Under “{}”", heading.trim()),
            (None, Some(part)) => format!("At the end of “{}”", part.title()),
            (None, None) => String::new(),
        };
        let title = format!("Our own words in: {}", letter(policy, one.letter, &one.steps));
        to.called(format!("letters.own.{}", index + 1), title, format!("{place}: “{}”", one.say.trim()));
    }
}

/// "warning letter", "warning letter of the step final warning".
fn letter(policy: &Policy, kind: LetterKind, steps: &[String]) -> String {
    let titles: Vec<&str> = steps.iter().filter_map(|key| policy.ladder.step(key)).map(|step| step.title.as_str()).collect();
    let letter = say::inside(kind.title());
    if titles.is_empty() { letter } else { format!("{letter}, for {}", say::list(&say::joining(&titles))) }
}
