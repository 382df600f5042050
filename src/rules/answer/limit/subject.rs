//! Limits on what is talked about, messages that are filed, and measures in free words.

use std::collections::BTreeSet;

use super::{Limit, Rank};
use crate::rules::answer::scene::Scene;
use crate::rules::measure::phrase::{self, stopped};
use crate::rules::measure::{ComplaintStep, Fate, Purpose, Term, TopicMode, Way, topic_list};
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
        Way::Writing | Way::Chat | Way::Social => "Write as normal, but not about",
        Way::Phone | Way::Person => "Talk as normal, but not about",
    };
    let limit = Limit::new(Rank::Topics, vec![format!("{start} {}.", say::either(&topics)), format!("{start} the topics below.")])
        .say(format!("I can help with most things today, but I cannot talk about {}. What can I do for you?", say::either(&topics)))
        .say("I can help with most things today. What can I do for you?");
    Some(topics.iter().fold(limit, |limit, topic| limit.may_not(format!("Discuss {topic}"))))
}

fn only(scene: &Scene<'_>, topics: &[String]) -> Limit {
    let start = match scene.way() {
        Way::Writing | Way::Chat | Way::Social => "Write only about",
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
    if !matches!(scene.way(), Way::Writing | Way::Chat | Way::Social) {
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

/// So many new matters, in a period or at a time.
pub fn matters(scene: &Scene<'_>) -> Vec<Limit> {
    let limits = scene.terms().filter_map(|term| match term {
        Term::Issues { count, per } => Some(phrase::matters(*count, *per)),
        _ => None,
    });
    limits
        .map(|many| {
            Limit::new(Rank::Matters, vec![format!("{} as normal, about {many}.", scene.verb())])
                .may("Write other matters down for later")
                .may_not(format!("Begin more than {many}, unless it is urgent"))
                .say(format!("I can help with {many} today, and with anything urgent. Which shall we begin with?"))
        })
        .collect()
}

/// What became of one complaint. One that would close all of them is passed over where complaints stay open.
pub fn complaints(scene: &Scene<'_>) -> Vec<Limit> {
    let open = |which: &str| Purpose::named(which).is_some_and(|purpose| scene.open.contains(&purpose));
    let decided = scene.terms().filter_map(|term| match term {
        Term::Complaint { step, which, .. } if !open(which) => Some((*step, which.trim())),
        _ => None,
    });
    decided.map(|(step, which)| complaint(scene, step, which)).collect()
}

fn complaint(scene: &Scene<'_>, step: ComplaintStep, which: &str) -> Limit {
    let (verb, start) = (scene.verb(), say::sentence(which));
    let short = format!("{verb} as normal. One complaint is decided: see below.");
    let closed = |word: &str| {
        Limit::new(Rank::Topics, vec![format!("{verb} as normal, but not about {which}."), short.clone()])
            .may(format!("Say that {which} is {word}, and that the Ombudsman can look at that"))
            .may_not(format!("Discuss {which}"))
    };
    match step {
        ComplaintStep::Declined => closed("declined"),
        ComplaintStep::Closed => closed("closed"),
        ComplaintStep::Held => Limit::new(Rank::Noted, vec![format!("{verb} as normal. {start} is on hold."), short.clone()])
            .may(format!("Say that {which} is on hold"))
            .may_not(format!("Go on with {which} before it is taken up again")),
        ComplaintStep::Accelerated => {
            Limit::new(Rank::Noted, vec![format!("{verb} as normal. {start} has its final answer."), short.clone()])
                .may(format!("Say that {which} goes straight to its final answer, and then to the Ombudsman"))
        }
    }
}

/// Papers that are sent back or destroyed, where papers come in.
pub fn documents(scene: &Scene<'_>) -> Vec<Limit> {
    if !matches!(scene.way(), Way::Writing | Way::Person) {
        return Vec::new();
    }
    let papers = scene.terms().filter_map(|term| match term {
        Term::Documents { fate, about, checked_by, .. } => Some((*fate, about.trim(), checked_by.trim())),
        _ => None,
    });
    papers
        .map(|(fate, about, checked_by)| {
            let act = if fate == Fate::Returned { "sent back" } else { "destroyed" };
            let verb = scene.verb();
            let headings = vec![
                format!("{verb} as normal. Pass {about} to {checked_by}."),
                format!("{verb} as normal. Some papers are {act}: see below."),
            ];
            Limit::new(Rank::Noted, headings)
                .may(format!("Pass {about} to {checked_by}, who looks at each one before it is {act}"))
                .may_not(format!("Let anything be {act} that is evidence, a legal paper or not copied"))
        })
        .collect()
}

/// Services and offers that were taken back.
pub fn withdrawn(scene: &Scene<'_>) -> Vec<Limit> {
    let gone = scene.terms().filter_map(|term| match term {
        Term::Withdrawn { what, .. } => Some(what.trim()),
        _ => None,
    });
    gone.map(|what| {
        let verb = scene.verb();
        Limit::new(
            Rank::Noted,
            vec![format!("{verb} as normal. Withdrawn: {what}."), format!("{verb} as normal. Something is withdrawn: see below.")],
        )
        .may_not(format!("Promise or arrange {what}"))
    })
    .collect()
}

/// Measures in free words apply to every way.
pub fn in_words(scene: &Scene<'_>) -> Vec<Limit> {
    let words = scene.chosen().filter_map(|chosen| match &chosen.term {
        Term::Other { words } => Some((chosen.own_title(), words.trim())),
        _ => None,
    });
    words
        .map(|(title, words)| match title {
            Some(title) => Limit::new(
                Rank::Words,
                vec![
                    format!("{title}: {}", stopped(words)),
                    format!("{title}: see below."),
                    "Keep to the measure in words below.".to_owned(),
                ],
            ),
            None => {
                Limit::new(Rank::Words, vec![format!("Keep to this: {}", stopped(words)), "Keep to the measure in words below.".to_owned()])
            }
        })
        .collect()
}
