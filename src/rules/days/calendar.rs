//! Working days: all but Saturdays, Sundays, the bank holidays of a nation, and the days a landlord is closed.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Yearly;
use super::bank_holidays::{DAYS, YEARS};
use crate::rules::label::labels;

labels! {
    /// The nation whose bank holidays a landlord keeps.
    pub enum Nation {
        EnglandAndWales "england-and-wales" "England and Wales",
        Scotland "scotland" "Scotland",
        NorthernIreland "northern-ireland" "Northern Ireland",
    }
}

/// The working days of one nation, or of one landlord there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar<'a> {
    nation: Nation,
    closed: &'a [Yearly],
}

impl<'a> Calendar<'a> {
    pub const fn of(nation: Nation) -> Self {
        Self { nation, closed: &[] }
    }

    /// The same for a landlord that is closed on these days besides.
    pub const fn closed_on(self, closed: &'a [Yearly]) -> Self {
        Self { closed, ..self }
    }

    pub const fn nation(self) -> Nation {
        self.nation
    }

    /// Are this year's bank holidays known? In a year that is not covered only weekends are left out.
    pub fn covers(self, year: i32) -> bool {
        YEARS.contains(&year)
    }

    pub fn is_bank_holiday(self, day: NaiveDate) -> bool {
        let wanted = (day.year(), day.month(), day.day());
        let from = DAYS.partition_point(|&(year, month, day, _)| (year, month, day) < wanted);
        DAYS.get(from).is_some_and(|&(year, month, day, nations)| (year, month, day) == wanted && nations.contains(&self.nation))
    }

    pub fn is_working_day(self, day: NaiveDate) -> bool {
        !is_weekend(day) && !self.is_bank_holiday(day) && !self.closed.iter().any(|days| days.holds(day))
    }

    /// The first working day after this day.
    pub fn next_working_day(self, day: NaiveDate) -> NaiveDate {
        self.add_working_days(day, 1)
    }

    /// This day if it is a working day, or the next that is.
    pub fn working_day_from(self, day: NaiveDate) -> NaiveDate {
        match self.is_working_day(day) {
            true => day,
            false => self.next_working_day(day),
        }
    }

    /// So many working days after a day, which itself is not counted.
    pub fn add_working_days(self, day: NaiveDate, count: u16) -> NaiveDate {
        self.walk(day, count, |day| day.checked_add_days(Days::new(1)))
    }

    /// So many working days before a day, which itself is not counted.
    pub fn sub_working_days(self, day: NaiveDate, count: u16) -> NaiveDate {
        self.walk(day, count, |day| day.checked_sub_days(Days::new(1)))
    }

    /// The working days after `from`, up to and with `to`; none when `to` is not later.
    pub fn working_days_between(self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = days_after(from, to).filter(|&day| self.is_working_day(day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }

    /// The bank holidays after `from`, up to and with `to`.
    pub fn bank_holidays_between(self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        days_after(from, to).filter(|&day| self.is_bank_holiday(day)).collect()
    }

    /// The days after `from`, up to and with `to`, that are left out for no other reason than that the landlord is closed.
    pub fn closed_between(self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        days_after(from, to).filter(|&day| !self.is_working_day(day) && !is_weekend(day) && !self.is_bank_holiday(day)).collect()
    }

    fn walk(self, from: NaiveDate, count: u16, step: impl Fn(NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        let mut day = from;
        let mut left = count;
        while left > 0 {
            let Some(next) = step(day) else { return day };
            day = next;
            left -= u16::from(self.is_working_day(day));
        }
        day
    }
}

pub(crate) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Every day after `from`, up to and with `to`.
pub(crate) fn days_after(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().skip(1).take_while(move |&day| day <= to)
}
