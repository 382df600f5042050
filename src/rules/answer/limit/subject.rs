//! Limits on what is talked about, messages that are filed, and measures in free words.

use std::collections::BTreeSet;

use super::{Limit, Rank};
use crate::rules::answer::scene::Scene;
use crate::rules::measure::phrase::stopped;
use crate::rules::measure::{Purpose, Term, TopicMode, Way, topic_list};
use crate::rules::say;

/// Topics left out, and topics that are all there is.
pub fn topics(scene: &Scene<'_>) -> Vec<Limit> {
    scene
        .terms()
        .filter_map(|term| match term {
            Term::Topics { mode: TopicMode::Only, topics, purposes } => Some(only(scene, &topic_list(topics, purposes))),
            Term::Topics { mode: TopicMode::Excluded, topics, purposes } => left_out(scene, topics, purposes),
            _ => None,
        })
        .collect()
}

/// Topics not to be talked about. What is always open stays open, whatever was written down.
fn left_out(scene: &Scene<'_>, topics: &[String], purposes: &BTreeSet<Purpose>) -> Option<Limit> {
    let closed: BTreeSet<Purpose> = purposes.difference(&scene.open).copied().collect();
    let mut topics = topic_list(topics, &closed);
    topics.retain(|topic| Purpose::named(topic).is_none_or(|purpose| !scene.open.contains(&purpose)));
    if topics.is_empty() {
        return None;
    }
    let start = match scene.way() {
        Way::Visit => "Visit as normal, but do not talk about",
        Way::Writing | Way::Social => "Write as normal, but not about",
        Way::Phone | Way::Person => "Talk as normal, but not about",
    };
    let limit = Limit::new(Rank::Topics, vec![format!("{start} {}.", say::either(&topics)), format!("{start} the topics below.")])
        .say(format!("I can help with most things today, but I cannot talk about {}. What can I do for you?", say::either(&topics)))
        .say("I can help with most things today. What can I do for you?");
    Some(topics.iter().fold(limit, |limit, topic| limit.may_not(format!("Discuss {topic}"))))
}

fn only(scene: &Scene<'_>, topics: &[String]) -> Limit {
    let start = match scene.way() {
        Way::Writing | Way::Social => "Write only about",
        _ => "Talk only about",
    };
    let unless = scene.unless();
    let limit = Limit::new(
        Rank::OnlyTopics,
        vec![format!("{start} {}, {unless}.", say::list(topics)), format!("{start} the topics below, {unless}.")],
    )
    .may_not("Discuss anything else")
    .say(format!("I can help with {} and {}. Which is it about?", say::list(topics), scene.urgent()))
    .say(format!("I can help with some things today, and with {}. What is it about?", scene.urgent()));
    topics.iter().fold(limit, |limit, topic| limit.may(format!("Discuss {topic}")))
}

/// Messages that are read and filed.
pub fn filed(scene: &Scene<'_>) -> Vec<Limit> {
    if !matches!(scene.way(), Way::Writing | Way::Social) {
        return Vec::new();
    }
    let filed = scene.terms().filter_map(|term| match term {
        Term::ReadAndFile { about, reader } => Some((about.trim(), reader.trim())),
        _ => None,
    });
    filed.map(|(about, reader)| file(about, reader)).collect()
}

fn file(about: &str, reader: &str) -> Limit {
    Limit::new(
        Rank::Filed,
        vec![
            format!("Send messages about {about} to {reader}, and do not reply."),
            format!("File messages about {about} without a reply."),
            "Send some messages to their reader without a reply. See below.".to_owned(),
        ],
    )
    .may("Read every message for anything new or urgent")
    .may(format!("Send messages about {about} to {reader}"))
    .may_not(format!("Reply about {about}, unless something is new or urgent"))
}

/// Measures in free words apply to every way.
pub fn in_words(scene: &Scene<'_>) -> Vec<Limit> {
    let words = scene.terms().filter_map(|term| match term {
        Term::Other { words } => Some(words.trim()),
        _ => None,
    });
    words
        .map(|words| {
            Limit::new(Rank::Words, vec![format!("Keep to this: {}", stopped(words)), "Keep to the measure in words below.".to_owned()])
        })
        .collect()
}
