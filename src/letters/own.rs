//! The landlord's own sentences among the parts of a letter, word for word.

use super::paper::Part;
use super::{Letter, order};
use crate::rules::policy::OwnWords;

/// Every part as it is printed: with the landlord's own sentences at its end, or under their own heading after it.
pub(super) fn printed(letter: &Letter) -> Vec<Part> {
    let (policy, steps) = (&letter.shared().policy, letter.steps());
    let own: Vec<&OwnWords> = policy.letters.own_of(order::kind(letter), &steps).collect();
    let mut printed = Vec::new();
    for part in order::of(letter) {
        let here = || own.iter().filter(move |one| one.part == Some(part));
        let Some(body) = letter.part(part) else { continue };
        printed.push(here().filter(|one| one.heading.is_none()).fold(body, |body, one| said(body, one)));
        printed.extend(here().filter_map(|one| headed(one)));
    }
    printed.extend(own.iter().filter(|one| one.part.is_none()).filter_map(|one| headed(one)));
    printed
}

fn headed(one: &OwnWords) -> Option<Part> {
    one.heading.as_ref().map(|heading| said(Part::new(heading.trim()), one))
}

/// Each line is a paragraph.
fn said(part: Part, one: &OwnWords) -> Part {
    one.say.lines().fold(part, |part, line| part.say(line.trim()))
}
