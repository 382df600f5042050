//! Work by the day it is due: what is late, what this week asks, what comes after.

use chrono::{Datelike, Days, NaiveDate};

use super::days::Calendar;
use super::say;

/// The groups of a worklist, soonest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The last day is over.
    Late,
    /// By the end of this week.
    Soon,
    /// Next week.
    Next,
    /// After that.
    Later,
}

/// This week and next, as seen from one day. On a weekend "this week" is the one about to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weeks {
    today: NaiveDate,
    sunday: NaiveDate,
    last_working_day: NaiveDate,
}

impl Weeks {
    /// The weeks around a day.
    pub fn around(today: NaiveDate, calendar: Calendar) -> Self {
        let to_sunday = 6 - u64::from(today.weekday().num_days_from_monday());
        let is_weekend = to_sunday < 2;
        let sunday = later(today, if is_weekend { to_sunday + 7 } else { to_sunday });
        let last_working_day = calendar.sub_working_days(later(sunday, 1), 1).max(today);
        Self { today, sunday, last_working_day }
    }

    /// The last day of this week's work, up to which "soon" counts.
    pub fn soon_until(&self) -> NaiveDate {
        self.sunday
    }

    /// The last day of next week.
    pub fn next_until(&self) -> NaiveDate {
        later(self.sunday, 7)
    }

    /// Where a day belongs.
    pub fn group(&self, due: NaiveDate) -> Group {
        match due {
            due if due < self.today => Group::Late,
            due if due <= self.sunday => Group::Soon,
            due if due <= self.next_until() => Group::Next,
            _ => Group::Later,
        }
    }

    /// The heading above a group.
    pub fn title(&self, group: Group) -> String {
        match group {
            Group::Late => "Late".into(),
            Group::Soon => say::sentence(&self.by()),
            Group::Next => "Next week".into(),
            Group::Later => "Later".into(),
        }
    }

    /// "by Friday 12 March", or "today" when there is no working day left after it.
    pub fn by(&self) -> String {
        match self.last_working_day == self.today {
            true => "today".into(),
            false => format!("by {}", self.last_working_day.format("%A %-d\u{a0}%B")),
        }
    }

    /// "Three things need you by Friday 12 March".
    pub fn heading(&self, pressing: i64, all: i64, whom: &str) -> String {
        match (pressing, all) {
            (_, 0) => format!("Nothing waiting for {whom}"),
            (0, _) => format!("Nothing needs {whom} {}", self.by()),
            (1, _) => format!("One thing needs {whom} {}", self.by()),
            (n, _) => format!("{} need {whom} {}", say::count_first(n, "thing", "things"), self.by()),
        }
    }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::days::Nation;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    fn around(today: u32) -> Weeks {
        Weeks::around(day(today), Calendar::of(Nation::EnglandAndWales))
    }

    #[test]
    fn a_wednesday_looks_to_friday() {
        let weeks = around(10);
        assert_eq!(weeks.heading(3, 7, "you"), "Three things need you by Friday 12\u{a0}March");
        let groups = [9, 10, 12, 14, 15, 21, 22].map(|due| weeks.group(day(due)));
        assert_eq!(groups, [Group::Late, Group::Soon, Group::Soon, Group::Soon, Group::Next, Group::Next, Group::Later]);
    }

    #[test]
    fn a_friday_looks_no_further_than_today() {
        assert_eq!(around(12).heading(1, 1, "you"), "One thing needs you today");
        assert_eq!(around(12).title(Group::Soon), "Today");
    }

    #[test]
    fn a_saturday_looks_to_the_week_that_begins() {
        assert_eq!(around(13).by(), "by Friday 19\u{a0}March");
        assert_eq!(around(13).group(day(19)), Group::Soon);
    }

    #[test]
    fn before_a_bank_holiday_the_week_ends_sooner() {
        assert_eq!(around(24).by(), "by Thursday 25\u{a0}March");
        assert_eq!(around(25).by(), "today");
        assert_eq!(around(26).by(), "today");
    }

    #[test]
    fn a_quiet_list_says_so() {
        assert_eq!(around(10).heading(0, 2, "you"), "Nothing needs you by Friday 12\u{a0}March");
        assert_eq!(around(10).heading(0, 0, "your team"), "Nothing waiting for your team");
    }
}
