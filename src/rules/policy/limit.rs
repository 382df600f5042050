//! A length, or openly none.

use std::fmt;

use serde::Deserialize;

use super::format::written::{Written, written};
use crate::rules::days::{Length, LengthError};

/// A length, or the word "none" where there is openly no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Limit {
    None,
    Of(Length),
}

written!(Limit, Written::Limit);

impl Limit {
    /// The length, where there is one.
    pub const fn length(self) -> Option<Length> {
        match self {
            Self::None => None,
            Self::Of(length) => Some(length),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no limit"),
            Self::Of(length) => length.fmt(f),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "none" {
            return Ok(Self::None);
        }
        text.parse().map(Self::Of).map_err(|fault: LengthError| match fault {
            LengthError::Unreadable => format!("{fault}, or \"none\""),
            other => other.to_string(),
        })
    }
}
