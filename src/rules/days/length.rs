//! A length of time as a policy writes it: "20 working days", "6 months".

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Calendar, day_of, end_of};

mod meant;

/// What a length is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Counted by the minute, whatever the clocks do meanwhile.
    Hours,
    Days,
    WorkingDays,
    Weeks,
    Months,
    Years,
}

/// So many of one unit, at least one. Written and read as "20 working days".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Length {
    amount: u16,
    unit: Unit,
}

/// Why some words are not a length.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LengthError {
    #[error(
        "Write a length as a whole number and a unit (hours, days, working days, weeks, months or years), such as 20 working days or 6 months"
    )]
    Unreadable,
    #[error("A length cannot be less than nothing")]
    Negative,
    #[error("This is not a length. Did you mean {0}?")]
    Meant(Length),
    #[error("A length is at least 1 {}", .0.one())]
    Zero(Unit),
    #[error("A length is at most {} {}", .0.most(), .0.many())]
    TooLong(Unit),
}

impl Unit {
    /// Every unit, from the shortest.
    pub const ALL: [Self; 6] = [Self::Hours, Self::Days, Self::WorkingDays, Self::Weeks, Self::Months, Self::Years];

    const fn one(self) -> &'static str {
        match self {
            Self::Hours => "hour",
            Self::Days => "day",
            Self::WorkingDays => "working day",
            Self::Weeks => "week",
            Self::Months => "month",
            Self::Years => "year",
        }
    }

    const fn many(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::WorkingDays => "working days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The most of it that is still a promise: about thirty years; a month in hours.
    const fn most(self) -> u16 {
        match self {
            Self::Hours => 720,
            Self::Days => 10_950,
            Self::WorkingDays => 7_500,
            Self::Weeks => 1_560,
            Self::Months => 360,
            Self::Years => 30,
        }
    }

    /// About how long one is, in parts of a day: the largest that keeps all of them whole.
    const fn weight(self) -> u32 {
        match self {
            Self::Hours => 10,
            Self::Days => 240,
            Self::WorkingDays => 336,
            Self::Weeks => 1_680,
            Self::Months => 7_305,
            Self::Years => 87_660,
        }
    }
}

impl Length {
    /// A length of at least one and at most about thirty years.
    pub fn new(amount: u16, unit: Unit) -> Result<Self, LengthError> {
        match amount {
            0 => Err(LengthError::Zero(unit)),
            _ if amount > unit.most() => Err(LengthError::TooLong(unit)),
            _ => Ok(Self { amount, unit }),
        }
    }

    pub const fn amount(self) -> u16 {
        self.amount
    }

    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The day this length after another. A month that is too short ends on its last day; hours end with the day they reach into.
    pub fn after(self, day: NaiveDate, calendar: Calendar) -> NaiveDate {
        let count = u64::from(self.amount);
        let end = match self.unit {
            Unit::Hours => day.checked_add_days(Days::new(count.div_ceil(24))),
            Unit::Days => day.checked_add_days(Days::new(count)),
            Unit::WorkingDays => Some(calendar.add_working_days(day, self.amount)),
            Unit::Weeks => day.checked_add_days(Days::new(count * 7)),
            Unit::Months | Unit::Years => day.checked_add_months(self.months()),
        };
        end.unwrap_or(NaiveDate::MAX)
    }

    /// The first instant that is too late, this length after something happened: to the minute for hours, with the end of the last day in
    /// London for every other unit.
    pub fn over_at(self, start: DateTime<Utc>, calendar: Calendar) -> DateTime<Utc> {
        match self.unit {
            Unit::Hours => start.checked_add_signed(TimeDelta::hours(i64::from(self.amount))).unwrap_or(DateTime::<Utc>::MAX_UTC),
            _ => end_of(self.after(day_of(start), calendar)),
        }
    }

    /// The day this length before another. A month that is too short gives its last day.
    pub fn before(self, day: NaiveDate, calendar: Calendar) -> NaiveDate {
        let count = u64::from(self.amount);
        let start = match self.unit {
            Unit::Hours => day.checked_sub_days(Days::new(count.div_ceil(24))),
            Unit::Days => day.checked_sub_days(Days::new(count)),
            Unit::WorkingDays => Some(calendar.sub_working_days(day, self.amount)),
            Unit::Weeks => day.checked_sub_days(Days::new(count * 7)),
            Unit::Months | Unit::Years => day.checked_sub_months(self.months()),
        };
        start.unwrap_or(NaiveDate::MIN)
    }

    /// Longer as policies compare them: 1 year is as long as 12 months, 5 working days as 1 week.
    pub fn is_longer_than(self, other: Self) -> bool {
        self.weight() > other.weight()
    }

    fn weight(self) -> u32 {
        u32::from(self.amount) * self.unit.weight()
    }

    /// After "every": "month", "3 months".
    pub fn each(self) -> String {
        match self.amount {
            1 => self.unit.one().to_owned(),
            _ => self.to_string(),
        }
    }

    fn months(self) -> Months {
        let per_unit = if self.unit == Unit::Years { 12 } else { 1 };
        Months::new(u32::from(self.amount) * per_unit)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.amount == 1 { self.unit.one() } else { self.unit.many() };
        write!(f, "{} {unit}", self.amount)
    }
}

impl FromStr for Length {
    type Err = LengthError;

    fn from_str(words: &str) -> Result<Self, LengthError> {
        let written = words.to_lowercase();
        let mut words = written.split_whitespace();
        let amount = words.next().unwrap_or_default();
        let unit = words.collect::<Vec<_>>().join(" ");
        let is_number = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
        let unit = Unit::ALL.into_iter().find(|one| is_number && (unit == one.one() || unit == one.many()));
        let unit = unit.ok_or_else(|| meant::fault(&written))?;
        // Digits that do not fit are a number too large, not a misspelling.
        Self::new(amount.parse().unwrap_or(u16::MAX), unit)
    }
}

impl TryFrom<String> for Length {
    type Error = LengthError;

    fn try_from(words: String) -> Result<Self, LengthError> {
        words.parse()
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}
