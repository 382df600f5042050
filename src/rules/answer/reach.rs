//! How the customer can reach us: one row for each way that is open and has something to know.

use std::collections::BTreeSet;

use super::scene::Scene;
use crate::rules::measure::phrase::{channels, days, matters, minutes_said, number, rhythm};
use crate::rules::measure::{Block, Channel, Chosen, Term};
use crate::rules::restriction_rest::Waits;
use crate::rules::say;

/// The rows of "How he can reach us"; none where nothing is limited.
pub fn rows(scene: &Scene<'_>) -> Vec<(String, String)> {
    let waiting = scene.suspended.iter().flat_map(|one| one.terms.iter().map(|chosen| (&chosen.term, one.waits)));
    let lift: Vec<_> = waiting.filter_map(|(term, waits)| to_lift(term, waits?)).collect();
    if scene.in_force.is_empty() {
        return lift;
    }
    let closed = scene.closed();
    let open = || scene.facts.policy.channels.iter().copied().filter(|one| !closed.contains(one));
    let mut rows: Vec<(String, String)> = scene.terms().filter_map(first).collect();
    let mut plain: BTreeSet<Channel> = BTreeSet::new();
    for channel in open() {
        let parts = parts(scene, channel);
        let person = scene.terms().find_map(|term| reached(term, channel));
        if parts.is_empty() && person.is_none() {
            plain.insert(channel);
            continue;
        }
        let value = if parts.is_empty() { "When we are open".to_owned() } else { say::sentence(&parts.join(", ")) };
        rows.push((person.map_or_else(|| channel.title().to_owned(), |name| format!("{}, {name}", channel.title())), value));
    }
    rows.extend(as_normal(scene, &plain));
    rows.extend(scene.chosen().filter_map(by_name));
    rows.extend(scene.terms().filter_map(last));
    rows.extend(lift);
    rows
}

/// A block of a restriction that waits: it is taken off meanwhile.
fn to_lift(term: &Term, waits: Waits) -> Option<(String, String)> {
    match term {
        Term::TechnicalBlock { what, detail, .. } => {
            Some(("Block to take off".to_owned(), format!("{}, {detail}, {}", what.title(), waits.until())))
        }
        _ => None,
    }
}

/// What is said before any channel.
fn first(term: &Term) -> Option<(String, String)> {
    match term {
        Term::RepresentativeOnly { name } => Some(("Through".to_owned(), name.clone())),
        Term::Scope { reach, names } => {
            let start = if reach.narrows() { "Only with" } else { "Also with" };
            Some((start.to_owned(), say::list(names)))
        }
        _ => None,
    }
}

/// A measure the policy has a name of its own for, by that name; one in words, in its words.
fn by_name(chosen: &Chosen) -> Option<(String, String)> {
    match (chosen.own_title(), &chosen.term) {
        (title, Term::Other { words }) => Some((title.unwrap_or("Also").to_owned(), words.trim().to_owned())),
        (Some(title), term) => Some((title.to_owned(), term.sentence_for_staff())),
        (None, _) => None,
    }
}

/// What is said after every channel.
fn last(term: &Term) -> Option<(String, String)> {
    match term {
        Term::ReadAndFile { about, reader } => Some((format!("About {about}"), format!("Read by {reader}, without a reply"))),
        Term::EndDirectContact { except, .. } | Term::EndAllContact { except } if !except.trim().is_empty() => {
            Some(("Exception".to_owned(), except.trim().to_owned()))
        }
        Term::RegularCall { by, every, on, at } => {
            Some(("We ring".to_owned(), format!("{}, {}, at {}", say::sentence(by.trim()), rhythm(*every, *on), say::time(*at))))
        }
        Term::Replies { every: Some(every), on: Some(on), by, .. } => {
            Some(("We reply".to_owned(), format!("{}, {}", say::sentence(&rhythm(*every, *on)), by.trim())))
        }
        Term::Issues { count, per } => Some(("New matters".to_owned(), say::sentence(&matters(*count, *per)))),
        _ => None,
    }
}

/// The named person a channel leads to.
fn reached(term: &Term, channel: Channel) -> Option<&str> {
    match term {
        Term::SinglePointOfContact { name, .. } | Term::NamedTeam { team: name, .. } if term.relies_on().contains(&channel) => {
            Some(name.trim())
        }
        _ => None,
    }
}

fn parts(scene: &Scene<'_>, channel: Channel) -> Vec<String> {
    scene.terms().filter_map(|term| part(term, channel)).collect()
}

fn part(term: &Term, channel: Channel) -> Option<String> {
    match term {
        Term::Times { channel: bound, days: on, from, until } if *bound == channel => {
            Some(format!("{}, {}", days(on), say::span(*from, *until)))
        }
        Term::Quota { channel: bound, count, per, answered_on, .. } if *bound == channel => {
            let answered = answered_on.map_or_else(String::new, |day| format!(", answered on {day}s"));
            Some(format!("{} a {}{answered}", number(*count), per.title()))
        }
        Term::AppointmentOnly { with, channels, .. } if channels.contains(&channel) => Some(format!("by appointment with {with}")),
        Term::Premises { places, events } if channel == Channel::Person => {
            let mut closed = places.clone();
            closed.extend(events.then(|| "our events".to_owned()));
            Some(format!("not at {}", say::either(&closed)))
        }
        Term::Duration { channels, minutes } if channels.contains(&channel) => Some(format!("{} at most", minutes_said(*minutes))),
        Term::Witness { channels, who } if channels.contains(&channel) => Some(format!("with {} present", who.trim())),
        Term::TwoPersonVisits { .. } if channel == Channel::Visit => Some("with two staff".to_owned()),
        Term::TechnicalBlock { what, detail, .. } if term.blocks() == Some(channel) => Some(match what {
            Block::Number => format!("a number is blocked ({detail})"),
            Block::Mailbox => format!("a mailbox is blocked ({detail})"),
            Block::Social | Block::OwnPhone | Block::OwnSocial => format!("an account is blocked ({detail})"),
        }),
        _ => None,
    }
}

/// The channels nothing is said about, in one row: as normal, or to the named person.
fn as_normal(scene: &Scene<'_>, plain: &BTreeSet<Channel>) -> Option<(String, String)> {
    if scene.is_represented() {
        return None;
    }
    let shown = [Channel::Phone, Channel::Email, Channel::Letter, Channel::Online, Channel::Chat, Channel::Person];
    let plain: BTreeSet<Channel> = shown.into_iter().filter(|one| plain.contains(one)).collect();
    let point = scene.terms().find_map(|term| match term {
        Term::SinglePointOfContact { name, .. } | Term::NamedTeam { team: name, .. } => Some(name.trim()),
        _ => None,
    });
    let value = point.map_or_else(|| "As normal".to_owned(), |name| format!("Passed to {name}"));
    (!plain.is_empty()).then(|| (say::sentence(&channels(&plain, say::list)), value))
}
