//! What is wrong in a pack, with its place; and the reader that finds every chapter's fault at once.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, ValueDeserializer};

use crate::rules::say;

/// One thing wrong in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line in the file, where one line is at fault.
    pub line: Option<usize>,
    /// The chapter or key: "ladder.steps.formal-warning".
    pub place: String,
    /// What is wrong, and what would be right.
    pub says: String,
}

impl Fault {
    pub(super) fn at(place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { line: None, place: place.into(), says: says.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}, {}: {}", self.place, self.says),
            None => write!(f, "{}: {}", self.place, self.says),
        }
    }
}

/// A pack being read, chapter by chapter.
pub(super) struct Pack<'a> {
    text: &'a str,
    rest: DeTable<'a>,
    faults: Vec<Fault>,
}

impl<'a> Pack<'a> {
    /// Reads the TOML itself; every break in it is a fault.
    pub(super) fn open(text: &'a str) -> Result<Self, Vec<Fault>> {
        let (table, broken) = DeTable::parse_recoverable(text);
        let faults: Vec<_> = broken.iter().map(|error| fault(text, "the file", error, None)).collect();
        if faults.is_empty() { Ok(Self { text, rest: table.into_inner(), faults }) } else { Err(faults) }
    }

    /// Takes one chapter; `None` once its fault is noted.
    pub(super) fn chapter<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let Some(value) = self.rest.remove(name) else {
            let says = format!("The chapter [{name}] is missing.");
            self.faults.push(Fault::at(name, says));
            return None;
        };
        let span = value.span();
        T::deserialize(ValueDeserializer::from(value)).map_err(|error| self.faults.push(fault(self.text, name, &error, Some(span)))).ok()
    }

    /// What is left over is not a chapter.
    pub(super) fn close(mut self) -> Vec<Fault> {
        for name in self.rest.keys() {
            self.faults.push(Fault {
                line: Some(line(self.text, &Spanned::span(name))),
                place: name.get_ref().to_string(),
                says: format!("There is no chapter called [{}].", name.get_ref()),
            });
        }
        self.faults
    }
}

fn fault(text: &str, place: &str, error: &toml::de::Error, within: Option<Range<usize>>) -> Fault {
    let span = error.span().or(within);
    Fault { line: span.map(|span| line(text, &span)), place: place.to_owned(), says: sentence(error.message()) }
}

fn line(text: &str, span: &Range<usize>) -> usize {
    1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count()
}

fn sentence(message: &str) -> String {
    format!("{}.", say::sentence(message.trim_end_matches('.')))
}
