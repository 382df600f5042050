//! A term in words: to the customer in a letter ("you"), and to staff on a card.

use std::collections::BTreeSet;

use super::phrase::{by, channels, days, so_many, stopped};
use super::{Block, Channel, Purpose, Term, TopicMode};
use crate::rules::say;

/// What the sentences need from the landlord's policy.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The landlord's own word: "restriction", "contact agreement", "protocol".
    pub restriction: &'a str,
    /// What no measure closes, floor included.
    pub always_open: &'a BTreeSet<Purpose>,
}

impl Words<'_> {
    /// "unless it is an emergency, a repair or anything else that stays open". The letter lists them all once.
    fn unless(&self) -> String {
        let first: Vec<&str> = self.always_open.iter().map(|one| one.one()).collect();
        format!("unless it is {}", say::either(&shortened(&first, "anything else that stays open")))
    }

    /// "emergencies, repairs and everything else that stays open".
    fn stays_open(open: &BTreeSet<Purpose>) -> String {
        let first: Vec<&str> = open.iter().map(|one| one.many()).collect();
        say::list(&shortened(&first, "everything else that stays open"))
    }
}

/// The first two of a long list, and a word for the rest.
fn shortened<'a>(all: &[&'a str], rest: &'a str) -> Vec<&'a str> {
    match all {
        [first, second, _, _, ..] => vec![first, second, rest],
        _ => all.to_vec(),
    }
}

impl Term {
    /// The term as the notice letter says it: to the customer, without contractions.
    pub fn sentence_for_letter(&self, words: &Words<'_>) -> String {
        let unless = words.unless();
        match self {
            Self::SinglePointOfContact { name, job, phone, email, cover } => format!(
                "Please contact {name}, {job}, {}. When {name} is away, {cover} will help you. Anyone here can help you with {}.",
                reach(phone, email, "on", "at"),
                Words::stays_open(words.always_open)
            ),
            Self::Channels { closed } => {
                format!("Please do not contact us {}, {unless}.", by(closed, say::either))
            }
            Self::Times { channel: Channel::Visit, days: on, from, until } => {
                format!("We will visit you at home on {}, between {}, {unless}.", days_of(on), hours_between(*from, *until))
            }
            Self::Times { channel, days: on, from, until } => {
                format!("Please {} {}, between {}, {unless}.", asks(*channel), on_days(on), hours_between(*from, *until))
            }
            Self::Quota { channel, count, per, exempt, answered_on } => {
                let open: BTreeSet<Purpose> = exempt.union(words.always_open).copied().collect();
                let answer = answered_on.map_or_else(String::new, |day| format!(" We answer on {day}s."));
                format!(
                    "Please keep to {}.{answer} Contact about {} does not count.",
                    so_many(*channel, *count, *per),
                    Words::stays_open(&open)
                )
            }
            Self::AppointmentOnly { with, channels } => appointment(with, channels),
            Self::RepresentativeOnly { name } => {
                format!("Please contact us through {name}, who speaks for you, {unless}.")
            }
            Self::Premises { places, events } => {
                let mut closed = places.clone();
                closed.extend(events.then(|| "our events".to_owned()));
                format!("Please do not come to {}. You can still reach us in the other ways in this letter.", say::either(&closed))
            }
            Self::Topics { mode, topics, purposes } => {
                let all = topic_list(topics, purposes);
                match mode {
                    TopicMode::Excluded => {
                        format!("We will not discuss {} with you.", say::either(&all))
                    }
                    TopicMode::Only => format!(
                        "We will discuss only {} with you. You can still tell us about {}.",
                        say::list(&all),
                        Words::stays_open(words.always_open)
                    ),
                }
            }
            Self::TwoPersonVisits { why } => {
                format!("Two members of staff will come to any visit to your home. The reason is this: {}", stopped(why))
            }
            Self::ReadAndFile { about, reader } => {
                format!("{reader} will read everything you send us about {about}. We will reply only if it raises something new or urgent.")
            }
            Self::EndDirectContact { except } => format!(
                "Please contact us only by letter or email, {unless}. We will not speak with you by phone, in person or on social media about anything else.{}",
                exception(except)
            ),
            Self::TechnicalBlock { what, detail, .. } => {
                format!("We have blocked {} ({detail}). We will remove the block when the {} ends.", blocked(*what), words.restriction)
            }
            Self::Other { words } => stopped(words),
        }
    }

    /// The term as staff read it on a card or a proposal.
    pub fn sentence_for_staff(&self) -> String {
        match self {
            Self::SinglePointOfContact { name, job, phone, email, cover } => format!(
                "{name}, {job}, deals with everything that is not always open, {}. {cover} covers.",
                reach(phone, email, "on", "at")
            ),
            Self::Channels { closed } => {
                format!("Closed: {}.", channels(closed, say::list))
            }
            Self::Times { channel, days: on, from, until } => {
                format!("{}: {}, {}.", channel.title(), days(on), say::span(*from, *until))
            }
            Self::Quota { channel, count, per, answered_on, .. } => {
                let answer = answered_on.map_or_else(String::new, |day| format!(", answered on {day}s"));
                format!("{}: {}{answer}.", channel.title(), so_many(*channel, *count, *per))
            }
            Self::AppointmentOnly { with, channels: ways } => {
                format!("{}: by appointment with {with} only.", say::sentence(&channels(ways, say::list)))
            }
            Self::RepresentativeOnly { name } => format!("Contact through {name} only."),
            Self::Premises { places, events } => {
                let mut closed = places.clone();
                closed.extend(events.then(|| "our events".to_owned()));
                format!("Closed: {}.", say::list(&closed))
            }
            Self::Topics { mode, topics, purposes } => {
                format!("{}: {}.", mode.title(), say::list(&topic_list(topics, purposes)))
            }
            Self::TwoPersonVisits { why } => format!("Two staff for home visits: {}", stopped(why)),
            Self::ReadAndFile { about, reader } => {
                format!("{reader} reads and files messages about {about}. No reply, unless something is new or urgent.")
            }
            Self::EndDirectContact { except } => {
                format!("Letters and email only.{}", exception(except))
            }
            Self::TechnicalBlock { what, detail, .. } => {
                format!("Blocked: {} ({detail}). Unblock it when this ends.", blocked(*what))
            }
            Self::Other { words } => stopped(words),
        }
    }
}

/// The topics of a term, purposes in words first.
pub(crate) fn topic_list(topics: &[String], purposes: &BTreeSet<Purpose>) -> Vec<String> {
    purposes.iter().map(|one| one.many().to_owned()).chain(topics.iter().cloned()).collect()
}

fn reach(phone: &str, email: &str, on: &str, at: &str) -> String {
    let ways: Vec<String> = [(on, phone.trim()), (at, email.trim())]
        .into_iter()
        .filter(|(_, address)| !address.is_empty())
        .map(|(word, address)| format!("{word} {address}"))
        .collect();
    say::either(&ways)
}

const fn asks(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "ring us",
        Channel::Email => "email us",
        Channel::Text => "text us",
        Channel::Letter => "write to us",
        Channel::Person => "come to see us",
        Channel::Visit => "expect us",
        Channel::Social => "message us on social media",
    }
}

fn on_days(on: &BTreeSet<super::Day>) -> String {
    if on.len() == 7 { days(on) } else { format!("on {}", days(on)) }
}

fn days_of(on: &BTreeSet<super::Day>) -> String {
    if on.len() == 7 { "any day".to_owned() } else { days(on) }
}

fn hours_between(from: chrono::NaiveTime, until: chrono::NaiveTime) -> String {
    say::span(from, until).replacen(" to ", " and ", 1)
}

fn appointment(with: &str, channels: &BTreeSet<Channel>) -> String {
    let office = channels.contains(&Channel::Person);
    let home = channels.contains(&Channel::Visit);
    match (office, home) {
        (true, true) => format!(
            "Please make an appointment with {with} before you visit our offices. We will come to your home by appointment with {with} too."
        ),
        (false, true) => format!("We will come to your home by appointment with {with} only."),
        _ => format!("Please make an appointment with {with} before you visit our offices."),
    }
}

fn exception(except: &str) -> String {
    if except.trim().is_empty() { String::new() } else { format!(" One exception: {}", stopped(except)) }
}

const fn blocked(what: Block) -> &'static str {
    match what {
        Block::Number => "a phone number",
        Block::Mailbox => "a mailbox",
        Block::Social => "a social media account",
    }
}

#[cfg(test)]
mod tests;
