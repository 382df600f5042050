//! Words made only by parsing: whoever holds one knows it is tidy, short enough and safe to store.

mod contact;
mod error;
mod tidy;

use tidy::{block, line};

pub use contact::{Email, Phone, Postcode};
pub use error::TextError;

/// Makes a text type that only its own `parse` can make, kept and sent as plain text.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(try_from = "String")]
        #[sqlx(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::rules::text::TextError;
            fn from_str(typed: &str) -> Result<Self, Self::Err> {
                Self::parse(typed)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::rules::text::TextError;
            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}
pub(crate) use text;

macro_rules! shown_as_kept {
    ($($name:ident),+) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}
pub(crate) use shown_as_kept;

text! {
    /// A person's name, or part of one, in any script.
    PersonName
}
text! {
    /// One line: a title, an address line, a place.
    Line
}
text! {
    /// What happened, in somebody's own words; line breaks are kept.
    Narrative
}
text! {
    /// A reference from another system, such as a tenancy's, as it is written there.
    Reference
}
shown_as_kept!(PersonName, Line, Narrative, Reference);

impl PersonName {
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let name = line(typed, "a name", 200)?;
        match name.chars().any(char::is_alphabetic) {
            true => Ok(Self(name)),
            false => Err(TextError::NoLetters),
        }
    }
}

impl Line {
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        line(typed, "one line of text", 200).map(Self)
    }
}

impl Narrative {
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        block(typed, "what you want to say", 20_000).map(Self)
    }
}

impl Reference {
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let reference = line(typed, "a reference", 40)?;
        match reference.chars().any(char::is_alphanumeric) {
            true => Ok(Self(reference)),
            false => Err(TextError::NotAReference),
        }
    }

    /// Only its letters and digits, in capitals: the same however it was typed.
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// Only the letters and digits, in capitals: how references and postcodes are compared.
pub fn key(typed: &str) -> String {
    typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Nothing for a blank field; otherwise what `parse` makes of it.
pub fn optional<T>(typed: &str, parse: impl FnOnce(&str) -> Result<T, TextError>) -> Result<Option<T>, TextError> {
    match typed.trim().is_empty() {
        true => Ok(None),
        false => parse(typed).map(Some),
    }
}

#[cfg(test)]
mod tests;
