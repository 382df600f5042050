//! Somebody else is on the other end: one who speaks for the customer, or one who lives with them.

use super::{Limit, Rank};
use crate::rules::answer::scene::Scene;
use crate::rules::answer::situation::Speaker;
use crate::rules::answer::speaker::speakers;
use crate::rules::say;

/// What is said first because of who is on the other end.
pub fn speaking(scene: &Scene<'_>) -> Option<Limit> {
    match scene.facts.speaker {
        Speaker::Customer => None,
        Speaker::Representative => Some(representative(scene)),
        Speaker::Household => Some(household(scene)),
    }
}

fn representative(scene: &Scene<'_>) -> Limit {
    let (verb, him) = (scene.verb(), scene.him());
    let names = speakers(scene);
    if names.is_empty() {
        return Limit::new(Rank::Unconsented, vec![format!("Deal with {} only. Nobody has consent to speak for {him}.", scene.urgent())])
            .may("Take a message")
            .may(format!("Ask {him} whether this person may speak for {him}"))
            .may_not(format!("Say anything about {him} or {} record", scene.his()))
            .say(format!("I can help with {} right now. For anything else, I need to ask first.", scene.urgent()));
    }
    let who = say::either(&names);
    let headings = vec![
        format!("{verb} as normal with {who}, who may speak for {him}."),
        format!("{verb} as normal with whoever may speak for {him}. See below."),
    ];
    Limit::new(Rank::SpeaksFor, headings)
        .may(format!("Deal with {who} about {} matters", scene.his()))
        .may_not(format!("Deal with anybody else for {him} without consent"))
}

fn household(scene: &Scene<'_>) -> Limit {
    let (verb, his) = (scene.verb(), scene.his());
    let alone = format!("{verb} as normal. The limits are {}, not theirs.", scene.theirs());
    let private = format!("{verb} as normal, but not about {his} matters.");
    let headings = if scene.in_force.is_empty() { vec![private] } else { vec![alone] };
    Limit::new(Rank::Household, headings)
        .may(format!("Take a message for {}", scene.him()))
        .may("Deal with their own contact as with anybody’s")
        .may_not(format!("Say anything about {} or {his} record", scene.him()))
        .may_not(format!("Discuss {his} matters with them without {his} consent"))
}
