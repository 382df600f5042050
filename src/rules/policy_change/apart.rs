//! Every value two versions say differently, under the landlord's own titles and in plain words, whatever it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Change;
use super::reach::{Whom, reaches};
use crate::rules::policy::{LetterKind, Policy, Value, values_for};
use crate::rules::say;

/// Two versions of a policy beside each other, read once for all the cases between them.
#[derive(Clone, Debug)]
pub struct Versions {
    /// The version the cases have.
    pub before: Arc<Policy>,
    /// The other.
    pub after: Arc<Policy>,
    apart: Vec<Apart>,
}

/// One value they say differently.
#[derive(Clone, Debug)]
struct Apart {
    place: String,
    change: Change,
}

impl Versions {
    /// Each as it was read, with the text it was read from.
    pub fn new(before: (Arc<Policy>, &str), after: (Arc<Policy>, &str)) -> Self {
        let is_one = before.1 == after.1 && before.0.area == after.0.area;
        let of = |(policy, text): &(Arc<Policy>, &str)| if is_one { Vec::new() } else { values_for(text, policy.area.as_deref()) };
        let (was, is) = (of(&before), of(&after));
        Self::of((before.0, &was), (after.0, &is))
    }

    /// The same of their values.
    pub(super) fn of(before: (Arc<Policy>, &[Value]), after: (Arc<Policy>, &[Value])) -> Self {
        Self { before: before.0, after: after.0, apart: apart(before.1, after.1) }
    }

    /// What differs for somebody, without what a rule of its own says.
    pub(super) fn reaching(&self, whom: Whom<'_>, said: impl Fn(&str) -> bool) -> Vec<Change> {
        let of_them = self.apart.iter().filter(|one| !said(&one.place) && reaches(&one.place, whom));
        of_them.map(|one| one.change.clone()).collect()
    }
}

/// What a value is known by in both versions: its place, or its title where the place is only a number.
type Known = (String, String, usize);

fn apart(before: &[Value], after: &[Value]) -> Vec<Apart> {
    let (old, new) = (known(before), known(after));
    let by_known = |all: &[(Known, &Value)]| -> BTreeMap<Known, Value> {
        all.iter().map(|(known, value)| (known.clone(), (*value).clone())).collect()
    };
    let (was, is) = (by_known(&old), by_known(&new));
    let gone = old.iter().filter(|(known, _)| !is.contains_key(known));
    let differ = new.iter().chain(gone).filter_map(|(known, value)| {
        let (before, after) = (says(was.get(known), is.get(known)), says(is.get(known), was.get(known)));
        (before != after).then(|| Apart { place: value.place.clone(), change: Change::between(title(value), before, after) })
    });
    let mut found: Vec<Apart> = differ.collect();
    // What a step is says who takes it: that is not said twice.
    let steps: BTreeSet<String> = found.iter().map(|one| one.place.clone()).collect();
    found.retain(|one| one.place.strip_suffix(".taken-by").is_none_or(|step| !steps.contains(step)));
    found.extend(letters(before, after));
    found
}

/// What a version says at a place, with what it calls it where the other calls it otherwise; or that it says nothing.
fn says(value: Option<&Value>, other: Option<&Value>) -> String {
    let Some(value) = value else { return "Nothing is said".to_owned() };
    let says = value.says.trim_end_matches('.');
    match other.is_some_and(|other| other.title != value.title) {
        true => format!("“{}”. {says}", value.title.rsplit(": ").next().unwrap_or(&value.title)),
        false => says.to_owned(),
    }
}

/// Each value by what it is known by, without the parts of letters, which are compared as a whole.
fn known(values: &[Value]) -> Vec<(Known, &Value)> {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    let single = values.iter().filter(|value| letter_of(&value.place).is_none());
    single
        .map(|value| {
            let numbered = value.place.rsplit_once('.').filter(|(_, last)| last.bytes().all(|byte| byte.is_ascii_digit()));
            let known = numbered.map_or_else(|| (value.place.clone(), String::new()), |(list, _)| (list.to_owned(), value.title.clone()));
            let times = seen.entry(known.clone()).or_default();
            *times += 1;
            ((known.0, known.1, *times), value)
        })
        .collect()
}

/// "How long: longest before it is decided again"; a title that names its list already stands alone.
fn title(value: &Value) -> String {
    match value.title.contains(": ") || value.title == value.section_title || ["challenge", "words"].contains(&value.section.as_str()) {
        true => value.title.clone(),
        false => format!("{}: {}", value.section_title, say::inside(&value.title)),
    }
}

/// "letters.warning", where the place is that of one part of a letter.
fn letter_of(place: &str) -> Option<&str> {
    let (letter, part) = place.rsplit_once('.')?;
    let is_letter = letter.strip_prefix("letters.").is_some_and(|kind| LetterKind::from_key(kind).is_some());
    (is_letter && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(letter)
}

/// The parts of each letter, as a whole.
fn letters(before: &[Value], after: &[Value]) -> Vec<Apart> {
    let parts = |values: &[Value], letter: &str| -> Vec<String> {
        values.iter().filter(|value| letter_of(&value.place) == Some(letter)).map(|value| value.says.clone()).collect()
    };
    let letters: BTreeSet<&str> = before.iter().chain(after).filter_map(|value| letter_of(&value.place)).collect();
    let differ = letters.into_iter().filter_map(|letter| {
        let (was, is) = (parts(before, letter), parts(after, letter));
        let titled = before.iter().chain(after).find(|value| letter_of(&value.place) == Some(letter))?;
        let title = titled.title.split(", part ").next().unwrap_or_default();
        let words = |parts: &[String], other: &[String]| {
            let own: Vec<String> = parts.iter().filter(|part| !other.contains(part)).cloned().collect();
            match (own.is_empty(), parts.len() == other.len()) {
                (true, true) => format!("In this order: {}", say::list(parts)),
                (true, false) => "No more than the other parts".to_owned(),
                (false, _) => format!("Also: {}", say::list(&own)),
            }
        };
        let change = Change::between(format!("{title}: its parts"), words(&was, &is), words(&is, &was));
        (was != is).then(|| Apart { place: letter.to_owned(), change })
    });
    differ.collect()
}
