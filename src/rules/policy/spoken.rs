//! Every value of a pack that is more than a word or a length, as a sentence: what the page of settings prints in the place of a structure.

use std::collections::BTreeMap;

use super::plain::{self, full, who};
use super::{Part, Policy, Sourced, Word};
use crate::rules::say;

mod around;
mod letters;
mod steps;

/// One value in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What it is called, where the format gives it no title of its own.
    pub title: Option<String>,
    /// What the policy says.
    pub says: String,
}

/// Sentences by place: "authority.rules.1", "ladder.steps.warning.skip".
#[derive(Default)]
pub(super) struct Sentences(BTreeMap<String, Told>);

impl Sentences {
    /// All of a policy.
    pub(super) fn of(policy: &Policy) -> Self {
        let mut all = Self::default();
        all.words(policy);
        all.authority(policy);
        all.challenge(policy);
        steps::add(&mut all, policy);
        around::add(&mut all, policy);
        letters::add(&mut all, policy);
        all
    }

    /// The sentence at a place.
    pub(super) fn at(&self, place: &str) -> Option<&Told> {
        self.0.get(place)
    }

    /// A value that has a label.
    fn says(&mut self, place: &str, says: impl Into<String>) {
        self.0.insert(place.to_owned(), Told { title: None, says: says.into() });
    }

    /// An entry of a list, with what it is called.
    fn called(&mut self, place: String, title: impl Into<String>, says: impl Into<String>) {
        self.0.insert(place, Told { title: Some(title.into()), says: says.into() });
    }

    fn words(&mut self, policy: &Policy) {
        let words = &policy.words;
        let both = |word: &Word| format!("“{}” or “{}”, and “{}” for several.", word.one, word.a, word.many);
        for (key, word) in
            [("restriction", &words.restriction), ("warning", &words.warning), ("appeal", &words.appeal), ("review", &words.review)]
        {
            self.says(&format!("words.{key}"), both(word));
        }
        let others = [("agreement", &words.agreement), ("customer", &words.customer), ("complaint", &words.complaint)];
        for (key, word) in others.into_iter().filter_map(|(key, word)| Some((key, word.as_ref()?))) {
            self.says(&format!("words.{key}"), both(word));
        }
        for (index, clause) in policy.document.clauses.iter().enumerate() {
            self.called(format!("document.clauses.{}", index + 1), format!("Clause {}", clause.no), clause.title.clone());
        }
        for one in &policy.readings {
            let clauses = if one.clauses.len() == 1 { "Clause" } else { "Clauses" };
            let title = format!("{clauses} {}", say::list(&one.clauses));
            let says = format!("{} We read it so: {} Chosen by {} on {}.", full(&one.says), full(&one.reading), one.by, say::day(one.on.0));
            self.called(format!("readings.{}", one.key), title, says);
        }
    }

    fn authority(&mut self, policy: &Policy) {
        let authority = &policy.authority;
        self.parts("authority.never-authorises", &authority.never_authorises);
        for (index, rule) in authority.rules.iter().enumerate() {
            let says = plain::stages_in_words(policy, rule);
            self.called(format!("authority.rules.{}", index + 1), plain::condition(policy, rule), says);
        }
        for (index, one) in authority.substitutes.iter().enumerate() {
            let title = format!("In the place of {}", one.post.say(&policy.roles));
            let says = format!("{}, if they took no part themselves.", say::sentence(&one.by.say(&policy.roles)));
            self.called(format!("authority.substitutes.{}", index + 1), title, says);
        }
        if let Some(delegation) = &authority.delegation {
            let says = format!("To {}, for {} at most.", delegation.to.say(&policy.roles), delegation.longest);
            self.says("authority.delegation", says);
        }
        for one in &authority.returned_for {
            self.says(&format!("authority.returned-for.{}", one.key), "Offered to whoever sends a proposal back.");
        }
    }

    fn challenge(&mut self, policy: &Policy) {
        let challenge = &policy.challenge;
        for (key, profile) in challenge.profiles() {
            self.parts(&format!("challenge.{key}.never-decides"), &profile.never_decides);
        }
        if let Some(never) = challenge.reconsideration.as_ref().and_then(|again| again.never_decides.as_ref()) {
            self.parts("challenge.reconsideration.never-decides", never);
        }
        if let Some(early) = &challenge.early_review {
            self.says("challenge.early-review", plain::early_review_in_words(early));
        }
        for (index, one) in challenge.deciders.iter().enumerate() {
            let title = format!("Who decides an appeal where {} approved it", one.approved_by.say(&policy.roles));
            self.called(format!("challenge.deciders.{}", index + 1), title, who(&one.decider.say(&policy.roles)));
        }
    }

    fn parts(&mut self, place: &str, parts: &Sourced<Vec<Part>>) {
        let parts: Vec<&str> = parts.iter().map(|part| part.title()).collect();
        let says = if parts.is_empty() { "Nobody is kept from it.".to_owned() } else { format!("Anybody who {}.", say::either(&parts)) };
        self.says(place, says);
    }
}

/// Sentences one after the other, without those that say nothing.
fn together(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "Examples: insults; threats." or nothing.
fn listed(what: &str, items: &[impl AsRef<str>]) -> Option<String> {
    let items: Vec<&str> = items.iter().map(|item| item.as_ref().trim_end_matches('.')).collect();
    (!items.is_empty()).then(|| full(&format!("{what}: {}", items.join("; "))))
}

#[cfg(test)]
mod tests;
