//! A measure as it was chosen from a policy: its term, and the policy's own name for it where it has one.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::{MeasureKind, Term, Words};

/// A term as it was chosen: known by its kind, or by the key the policy gave it where it offers several of a kind; called what the policy
/// called it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chosen {
    #[serde(flatten)]
    pub term: Term,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    named: Option<Named>,
}

/// The policy's own name for a measure, kept with it: a letter that was sent goes on saying the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Named {
    key: String,
    title: String,
}

impl Chosen {
    /// A term of a measure that the policy has a title of its own for, or a key as well.
    pub fn named(term: Term, key: &str, title: &str) -> Self {
        let is_own = key != term.kind().key() || title.trim() != term.kind().title();
        let named = is_own.then(|| Named { key: key.to_owned(), title: title.to_owned() });
        Self { term, named }
    }

    /// The key of the measure in the policy it was chosen from.
    pub fn measure(&self) -> &str {
        self.own_key().unwrap_or(self.term.kind().key())
    }

    /// The key the policy gave it, where that is not its kind.
    pub fn own_key(&self) -> Option<&str> {
        self.own().map(|named| named.key.as_str())
    }

    /// The policy's own title for it, where it has a key of its own.
    pub fn own_title(&self) -> Option<&str> {
        self.own().map(|named| named.title.trim())
    }

    fn own(&self) -> Option<&Named> {
        self.named.as_ref().filter(|named| named.key != self.term.kind().key())
    }

    /// What it is called: by the policy it was chosen from, or by its kind.
    pub fn title(&self) -> &str {
        self.named.as_ref().map_or(self.term.kind().title(), |named| named.title.trim())
    }

    /// As a letter says it to the customer, after its own title.
    pub fn sentence_for_letter(&self, words: &Words<'_>) -> String {
        self.after_title(self.term.sentence_for_letter(words))
    }

    /// As staff read it, after its own title.
    pub fn sentence_for_staff(&self) -> String {
        self.after_title(self.term.sentence_for_staff())
    }

    fn after_title(&self, sentence: String) -> String {
        match self.own_title() {
            Some(title) => format!("{title}: {sentence}"),
            None => sentence,
        }
    }
}

impl Deref for Chosen {
    type Target = Term;

    fn deref(&self) -> &Term {
        &self.term
    }
}

impl From<Term> for Chosen {
    fn from(term: Term) -> Self {
        Self { term, named: None }
    }
}

/// The same measure with the same parameters, whatever title it had.
impl PartialEq for Chosen {
    fn eq(&self, other: &Self) -> bool {
        self.measure() == other.measure() && self.term == other.term
    }
}

impl Eq for Chosen {}

/// The key of a measure and of a kind, which is the key of a measure that has none of its own.
pub fn is_kind(key: &str) -> bool {
    MeasureKind::from_key(key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_with_a_name_of_its_own_is_stored_with_it_and_one_without_as_before() {
        let words = || Term::Other { words: "Please send no parcels.".into() };
        let stored = serde_json::json!({
            "kind": "other", "words": "Please send no parcels.", "named": { "key": "no-parcels", "title": "No parcels" },
        });
        let own = Chosen::named(words(), "no-parcels", "No parcels");
        assert_eq!(serde_json::to_value(&own).unwrap(), stored);
        let read: Chosen = serde_json::from_value(stored).unwrap();
        assert_eq!((read.measure(), read.title(), read.kind()), ("no-parcels", "No parcels", MeasureKind::Other));
        assert_eq!(read.sentence_for_staff(), "No parcels: Please send no parcels.");

        let plain = Chosen::named(words(), "other", "Another measure, in words");
        assert_eq!(serde_json::to_value(&plain).unwrap(), serde_json::to_value(words()).unwrap());
        let titled = Chosen::named(words(), "other", "Something else");
        assert_eq!((titled.measure(), titled.title(), titled.own_key()), ("other", "Something else", None));
        assert_eq!((titled.sentence_for_staff(), &titled), ("Please send no parcels.".to_owned(), &plain), "no title where it has no key");
        assert_ne!(plain, own, "the same words for another measure");
        assert_eq!(Chosen::named(words(), "no-parcels", "Parcels"), own, "a title is not what a measure is");
    }

    #[test]
    fn a_time_and_a_number_read_back_beside_a_name() {
        let term: Term = serde_json::from_value(serde_json::json!({
            "kind": "regular-call", "by": "Ann Lee", "every": "week", "on": "monday", "at": "10:00:00",
        }))
        .unwrap();
        let chosen = Chosen::named(term, "monday-call", "The Monday call");
        let back: Chosen = serde_json::from_str(&serde_json::to_string(&chosen).unwrap()).unwrap();
        assert_eq!(back, chosen);
    }
}
