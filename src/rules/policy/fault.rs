//! What is wrong in a pack, with its place.

/// One thing wrong in a pack.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The line in the file, where one line is at fault.
    pub line: Option<usize>,
    /// The chapter or key: "ladder.steps.formal-warning".
    pub place: String,
    /// What is wrong, and what would be right.
    pub says: String,
}

/// The place of what is wrong with the writing itself.
pub(super) const THE_FILE: &str = "the file";

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
