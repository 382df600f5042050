//! What is wrong with some words, as a sentence that says what would be right.

use thiserror::Error;

use crate::rules::say;

/// Why typed words were not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    #[error("Enter {0}")]
    Missing(&'static str),
    #[error("Use at most {}: this has {}", say::count(*.most, "character", "characters"), say::number(*.has))]
    TooLong { most: usize, has: usize },
    #[error("Write it on one line, without line breaks")]
    LineBreak,
    #[error("Take out the characters that cannot be printed, or type the words again")]
    Unprintable,
    #[error("Enter a name with at least one letter")]
    NoLetters,
    #[error("Enter an email address, such as name@example.org")]
    NotAnEmail,
    #[error("Enter a phone number, such as 0161 496 0123 or +44 7700 900123")]
    NotAPhone,
    #[error("Enter a full postcode, such as NM4 6QT")]
    NotAPostcode,
    #[error("Enter a reference with letters or digits, such as 0012 3456")]
    NotAReference,
}
