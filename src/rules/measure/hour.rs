//! A time of the day as a policy writes it.

use std::fmt;

use chrono::{NaiveTime, Timelike};
use serde::Deserialize;

use crate::rules::say;

/// A time of the day, to the minute: "10:00" in a pack, "10am" to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Hour(NaiveTime);

impl Hour {
    /// The time these words of a pack name.
    pub fn parse(words: &str) -> Option<Self> {
        let read = NaiveTime::parse_from_str(words, "%H:%M").or_else(|_| NaiveTime::parse_from_str(words, "%H:%M:%S"));
        read.ok().filter(|time| time.second() == 0).map(Self)
    }

    /// As a field of a form and a pack have it: "10:00".
    pub fn written(self) -> String {
        self.0.format("%H:%M").to_string()
    }
}

impl From<NaiveTime> for Hour {
    fn from(time: NaiveTime) -> Self {
        Self(time)
    }
}

impl TryFrom<String> for Hour {
    type Error = String;

    fn try_from(words: String) -> Result<Self, Self::Error> {
        Self::parse(&words).ok_or_else(|| format!("\"{words}\" is not a time of the day such as \"10:00\""))
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say::time(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_written_by_the_clock_and_said_as_people_say_it() {
        for (words, written, said) in [("10:00", "10:00", "10am"), ("10:30:00", "10:30", "10:30am"), ("12:00", "12:00", "midday")] {
            let hour = Hour::parse(words).unwrap();
            assert_eq!((hour.written().as_str(), hour.to_string().as_str()), (written, said));
        }
        for words in ["", "10", "25:00", "10:00:30", "ten"] {
            assert_eq!(Hour::parse(words), None, "{words}");
        }
    }
}
