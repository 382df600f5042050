//! Days and times by the London clock, and how long things run. Everything is stored in UTC.

pub mod bank_holidays;
mod calendar;
mod length;
mod monthly;
mod yearly;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;

pub use calendar::{Calendar, Nation};
pub(crate) use calendar::{days_after, is_weekend};
pub use length::{Length, LengthError, Unit};
pub use monthly::{Monthly, MonthlyError};
pub use yearly::{Yearly, YearlyError};

/// The date and time a clock in London shows.
pub fn local(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&London).naive_local()
}

/// The day it is in London.
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    local(instant).date()
}

/// The time of day it is in London.
pub fn time_of(instant: DateTime<Utc>) -> NaiveTime {
    local(instant).time()
}

/// The instant a day begins in London.
pub fn start_of(day: NaiveDate) -> DateTime<Utc> {
    at(day, NaiveTime::MIN)
}

/// The instant a day is over in London: the first of the next day, no longer part of this one.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    start_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
}

/// The instant a London clock shows this time. A time that comes twice in autumn means the first;
/// one that is skipped in spring means the time an hour later, which the clock shows instead.
pub fn at(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let shown = day.and_time(time);
    // The clocks go forward from Greenwich time, so a skipped time read as UTC is the later instant.
    London.from_local_datetime(&shown).earliest().map_or(shown.and_utc(), |instant| instant.to_utc())
}

#[cfg(test)]
mod tests;
