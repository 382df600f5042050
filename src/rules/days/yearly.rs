//! Days that come back every year, as a policy writes them: "24 December", "27 December to 31 December".

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Month, NaiveDate};
use serde::Deserialize;
use thiserror::Error;

/// A stretch of days of every year, its first and last among them. It may run over the new year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Yearly {
    from: DayOfYear,
    until: DayOfYear,
}

/// A day of any year. In a year without a 29 February nothing falls on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct DayOfYear {
    month: u32,
    day: u32,
}

/// Some words are not days of a year.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("Write a day and a month, such as 24 December, or two of them, such as 27 December to 31 December")]
pub struct YearlyError;

impl Yearly {
    /// Whether this day is one of them.
    pub fn holds(self, day: NaiveDate) -> bool {
        let day = DayOfYear { month: day.month(), day: day.day() };
        match self.from <= self.until {
            true => self.from <= day && day <= self.until,
            false => self.from <= day || day <= self.until,
        }
    }

    /// How many days they are in a leap year.
    pub fn count(self) -> usize {
        let year = DayOfYear::LEAP_YEAR.iter_days().take_while(|day| day.year() == DayOfYear::LEAP_YEAR.year());
        year.filter(|day| self.holds(*day)).count()
    }
}

impl DayOfYear {
    /// The first day of a year that has every day.
    const LEAP_YEAR: NaiveDate = NaiveDate::from_ymd_opt(2028, 1, 1).expect("a day of the calendar");

    fn read(words: &str) -> Option<Self> {
        let (day, month) = words.trim().split_once(' ')?;
        let month = month.trim().parse::<Month>().ok()?.number_from_month();
        let day = day.parse().ok()?;
        Self::LEAP_YEAR.with_month(month)?.with_day(day)?;
        Some(Self { month, day })
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = u8::try_from(self.month).ok().and_then(|month| Month::try_from(month).ok());
        write!(f, "{} {}", self.day, month.map_or("", |month| month.name()))
    }
}

impl fmt::Display for Yearly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from == self.until {
            true => self.from.fmt(f),
            false => write!(f, "{} to {}", self.from, self.until),
        }
    }
}

impl FromStr for Yearly {
    type Err = YearlyError;

    fn from_str(words: &str) -> Result<Self, YearlyError> {
        let (from, until) = words.split_once(" to ").unwrap_or((words, words));
        DayOfYear::read(from).zip(DayOfYear::read(until)).map(|(from, until)| Self { from, until }).ok_or(YearlyError)
    }
}

impl TryFrom<String> for Yearly {
    type Error = YearlyError;

    fn try_from(words: String) -> Result<Self, YearlyError> {
        words.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(words: &str) -> Yearly {
        words.parse().unwrap()
    }

    #[test]
    fn a_stretch_holds_its_first_and_last_day_also_over_the_new_year() {
        let table = [
            ("24 December", "2027-12-24", true),
            ("24 December", "2027-12-25", false),
            ("27 December to 31 December", "2027-12-26", false),
            ("27 December to 31 December", "2027-12-27", true),
            ("27 December to 31 December", "2031-12-31", true),
            ("27 December to 31 December", "2028-01-01", false),
            ("24 December to 2 January", "2027-12-23", false),
            ("24 December to 2 January", "2027-12-31", true),
            ("24 December to 2 January", "2028-01-02", true),
            ("24 December to 2 January", "2028-01-03", false),
            ("29 February", "2028-02-29", true),
            ("29 February", "2027-02-28", false),
            ("29 February", "2027-03-01", false),
            ("28 February to 1 March", "2027-03-01", true),
        ];
        for (words, day, holds) in table {
            assert_eq!(days(words).holds(day.parse().unwrap()), holds, "{words}, {day}");
        }
        let count = ["24 December", "27 December to 31 December", "24 December to 2 January", "1 January to 31 December"];
        assert_eq!(count.map(|words| days(words).count()), [1, 5, 10, 366]);
    }

    #[test]
    fn what_is_written_reads_back_and_what_is_no_day_is_refused() {
        for words in ["24 December", "27 December to 31 December", "24 December to 2 January", "29 February"] {
            assert_eq!(days(words).to_string(), words);
        }
        assert_eq!(days("3 jan to 5 Jan").to_string(), "3 January to 5 January");
        for words in ["", "December", "31 June", "30 February", "0 May", "24 December 2027", "24 December to", "24/12", "Maundy Thursday"] {
            assert!(words.parse::<Yearly>().is_err(), "{words}");
        }
    }
}
