//! A term in words: to the customer in a letter ("you"), and to staff on a card.

mod letter;
mod staff;

use std::collections::BTreeSet;

use super::phrase::stopped;
use super::{Block, Purpose};
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

    /// "an emergency, a repair or anything else that stays open".
    fn urgent(&self) -> String {
        self.unless().trim_start_matches("unless it is ").to_owned()
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

fn exception(except: &str) -> String {
    if except.trim().is_empty() { String::new() } else { format!(" One exception: {}", stopped(except)) }
}

const fn blocked(what: Block) -> &'static str {
    match what {
        Block::Number => "a phone number",
        Block::Mailbox => "a mailbox",
        Block::Social => "a social media account",
        Block::OwnPhone => "a staff member’s own phone",
        Block::OwnSocial => "a staff member’s own social media",
    }
}

#[cfg(test)]
mod tests;
