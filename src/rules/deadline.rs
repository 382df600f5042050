//! A clock and a start: the day it falls on, and how it was counted.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::days::{self, Calendar, Length, Unit};
use super::say;

/// The last day something may be done, kept until that day is over in London.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub due: NaiveDate,
    /// How the day was found, as a phrase: "20 working days after 2 March 2027, leaving out …".
    pub counted: String,
}

impl Deadline {
    /// A length after a day. The day it starts from is not counted.
    pub fn after(start: NaiveDate, length: Length, calendar: Calendar) -> Self {
        let due = length.after(start, calendar);
        let mut counted = format!("{length} after {}", say::day(start));
        match length.unit() {
            Unit::WorkingDays => counted += &left_out(start, due, calendar),
            Unit::Months | Unit::Years => counted += &cut_short(start, due),
            Unit::Hours | Unit::Days | Unit::Weeks => {}
        }
        Self { due, counted }
    }

    /// A length after something that happened, by the day it was in London.
    pub fn after_instant(start: DateTime<Utc>, length: Length, calendar: Calendar) -> Self {
        Self::after(days::day_of(start), length, calendar)
    }

    /// The first instant that is too late.
    pub fn ends_at(&self) -> DateTime<Utc> {
        days::end_of(self.due)
    }

    pub fn is_past(&self, now: DateTime<Utc>) -> bool {
        now >= self.ends_at()
    }

    /// Days from today to the last day: none on the last day itself, and none once it is past.
    pub fn days_left(&self, now: DateTime<Utc>) -> u32 {
        days_from(days::day_of(now), self.due)
    }

    /// Working days after today, up to and with the last day.
    pub fn working_days_left(&self, now: DateTime<Utc>, calendar: Calendar) -> u32 {
        calendar.working_days_between(days::day_of(now), self.due)
    }

    /// How many days late it is: one on the day after the last day. Nothing when it is not late.
    pub fn late_by(&self, now: DateTime<Utc>) -> Option<u32> {
        self.is_past(now).then(|| days_from(self.due, days::day_of(now)))
    }
}

fn days_from(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

/// Which days were not counted, and which years nobody knows the bank holidays of.
fn left_out(start: NaiveDate, due: NaiveDate, calendar: Calendar) -> String {
    let holidays = calendar.bank_holidays_between(start, due);
    let has_weekend = days::days_after(start, due).any(days::is_weekend);
    let named = match holidays.len() {
        0 => String::new(),
        1 => format!("the bank holiday on {}", by_month(&holidays, start.year())),
        _ => format!("the bank holidays on {}", by_month(&holidays, start.year())),
    };
    let closed = calendar.closed_between(start, due);
    let closed = match closed.is_empty() {
        true => String::new(),
        false => format!("{}, when we are closed", by_month(&closed, start.year())),
    };
    let weekends = if has_weekend { "weekends" } else { "" };
    let parts: Vec<&str> = [weekends, &named, &closed].into_iter().filter(|part| !part.is_empty()).collect();
    let mut words = match parts.is_empty() {
        true => String::new(),
        false => format!(", leaving out {}", say::list(&parts)),
    };
    let unknown = (start.year()..=due.year()).find(|&year| !calendar.covers(year));
    if let Some(year) = unknown {
        words += &format!("; the bank holidays of {year} are not known yet");
    }
    words
}

/// "26 and 29 March and 3 May"; a year that is not the first one is named.
fn by_month(days: &[NaiveDate], first_year: i32) -> String {
    let months = days.chunk_by(|a, b| (a.year(), a.month()) == (b.year(), b.month()));
    let months: Vec<String> = months.map(|days| one_month(days, first_year)).collect();
    say::list(&months)
}

fn one_month(days: &[NaiveDate], first_year: i32) -> String {
    let [earlier @ .., last] = days else {
        return String::new();
    };
    let last = match last.year() == first_year {
        true => say::day_and_month(*last),
        false => say::day(*last),
    };
    let mut words: Vec<String> = earlier.iter().map(|day| day.day().to_string()).collect();
    words.push(last);
    say::list(&words)
}

/// Says so when the month of the last day has no such day as the one it started on.
fn cut_short(start: NaiveDate, due: NaiveDate) -> String {
    match start.day() == due.day() {
        true => String::new(),
        false => format!(", the last day of that month: it has no day {}", start.day()),
    }
}

#[cfg(test)]
mod tests;
