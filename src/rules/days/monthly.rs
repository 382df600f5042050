//! A day that comes once in a month, as a policy writes it: "first Tuesday", "last working day".

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Deserialize;
use thiserror::Error;

use super::{Calendar, Unit};

/// One day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Monthly {
    which: Which,
    /// A day of the week; a working day where there is none.
    on: Option<Weekday>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// The first is 0.
    Nth(u8),
    Last,
}

/// Some words are not a day of a month.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("Write which day of the month it is, such as first Tuesday, third Thursday or last working day")]
pub struct MonthlyError;

const NAMES: [&str; 4] = ["first", "second", "third", "fourth"];

impl Monthly {
    /// That day of the month that this day lies in.
    pub fn of_month(self, day: NaiveDate, calendar: Calendar<'_>) -> NaiveDate {
        let first = day.with_day(1).unwrap_or(day);
        let is_one = |day: &NaiveDate| self.on.map_or_else(|| calendar.is_working_day(*day), |weekday| day.weekday() == weekday);
        let mut days = first.iter_days().take_while(|one| one.month() == first.month()).filter(is_one);
        let found = match self.which {
            Which::Nth(number) => days.nth(number.into()),
            Which::Last => days.last(),
        };
        // A month in which nobody works at all: its last day.
        found.or_else(|| first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))).unwrap_or(first)
    }

    /// Whether it can stand beside a rhythm counted in this unit.
    pub const fn goes_with(unit: Unit) -> bool {
        matches!(unit, Unit::Months | Unit::Years)
    }
}

impl fmt::Display for Monthly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let which = match self.which {
            Which::Nth(number) => NAMES.get(usize::from(number)).copied().unwrap_or_default(),
            Which::Last => "last",
        };
        let on = match self.on {
            None => "working day",
            Some(Weekday::Mon) => "Monday",
            Some(Weekday::Tue) => "Tuesday",
            Some(Weekday::Wed) => "Wednesday",
            Some(Weekday::Thu) => "Thursday",
            Some(Weekday::Fri) => "Friday",
            Some(Weekday::Sat) => "Saturday",
            Some(Weekday::Sun) => "Sunday",
        };
        write!(f, "{which} {on}")
    }
}

impl FromStr for Monthly {
    type Err = MonthlyError;

    fn from_str(words: &str) -> Result<Self, MonthlyError> {
        let (which, on) = words.trim().split_once(' ').ok_or(MonthlyError)?;
        let which = which.to_lowercase();
        let nth = || NAMES.iter().zip(0..).find_map(|(name, number)| (*name == which).then_some(Which::Nth(number)));
        let which = if which == "last" { Which::Last } else { nth().ok_or(MonthlyError)? };
        let on = match on.trim() {
            "working day" => None,
            weekday => Some(weekday.parse().map_err(|_| MonthlyError)?),
        };
        Ok(Self { which, on })
    }
}

impl TryFrom<String> for Monthly {
    type Error = MonthlyError;

    fn try_from(words: String) -> Result<Self, MonthlyError> {
        words.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::days::Nation;

    #[test]
    fn a_day_of_the_month_is_found_in_every_month() {
        let table = [
            ("first Tuesday", "2027-06-30", "2027-06-01"),
            ("first Monday", "2027-06-01", "2027-06-07"),
            ("second Thursday", "2027-04-01", "2027-04-08"),
            ("fourth Monday", "2027-02-01", "2027-02-22"),
            ("last Friday", "2028-02-01", "2028-02-25"),
            ("last Tuesday", "2028-02-01", "2028-02-29"),
            ("last Sunday", "2027-12-31", "2027-12-26"),
            // Good Friday is 26 March, Easter Monday 29 March; New Year’s Day a Friday.
            ("last working day", "2027-03-01", "2027-03-31"),
            ("first working day", "2027-01-01", "2027-01-04"),
            ("fourth working day", "2027-04-30", "2027-04-06"),
        ];
        for (words, month, found) in table {
            let day: Monthly = words.parse().unwrap();
            let of = day.of_month(month.parse().unwrap(), Calendar::of(Nation::EnglandAndWales));
            assert_eq!((of.to_string().as_str(), day.to_string().as_str()), (found, words), "{month}");
        }
        let closed = ["1 January to 31 January".parse().unwrap()];
        let shut = Calendar::of(Nation::EnglandAndWales).closed_on(&closed);
        let working: Monthly = "first working day".parse().unwrap();
        assert_eq!(working.of_month("2027-01-05".parse().unwrap(), shut).to_string(), "2027-01-31", "nobody works in that month");
    }

    #[test]
    fn other_words_are_refused() {
        assert_eq!("First tuesday".parse::<Monthly>().unwrap().to_string(), "first Tuesday");
        for words in ["", "Tuesday", "first", "fifth Monday", "1st Monday", "first Someday", "first working days"] {
            assert_eq!(words.parse::<Monthly>(), Err(MonthlyError), "{words}");
        }
    }
}
