//! Contacts each week as bars: drawn from numbers, with attributes alone.

use chrono::{Datelike, Days, NaiveDate};

use crate::rules::say;

/// Weeks shown.
pub const WEEKS: u32 = 8;
/// Fewer contacts than this are a sentence, not a chart.
const FEWEST: i64 = 3;
const STEP: f64 = 60.0;
const FLOOR: f64 = 170.0;
const TALLEST: f64 = 142.0;

/// A chart with its finding, and the same numbers for a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The finding: "Contacts each week rose from 4 to 31".
    pub caption: String,
    /// What a screen reader says of the drawing.
    pub said: String,
    /// One bar for each week.
    pub bars: Vec<Bar>,
}

/// One week.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Left edge.
    pub x: String,
    /// Top edge.
    pub y: String,
    /// Height.
    pub height: String,
    /// Middle, for what is written above and below.
    pub middle: String,
    /// Where the number stands.
    pub number_at: String,
    /// How many.
    pub contacts: i64,
    /// "11 Jan".
    pub label: String,
    /// "11 January 2027".
    pub week: String,
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// The first Monday shown.
pub fn first_week(today: NaiveDate) -> NaiveDate {
    let back = Days::new(u64::from((WEEKS - 1) * 7));
    monday(today).checked_sub_days(back).unwrap_or(today)
}

/// The chart of the last weeks, where there are enough contacts to show one.
pub fn of(counted: &[(NaiveDate, i64)], today: NaiveDate) -> Option<Chart> {
    let weeks: Vec<(NaiveDate, i64)> = first_week(today)
        .iter_weeks()
        .take(WEEKS as usize)
        .map(|week| (week, counted.iter().find(|(monday, _)| *monday == week).map_or(0, |(_, contacts)| *contacts)))
        .collect();
    let most = weeks.iter().map(|(_, contacts)| *contacts).max().unwrap_or(0);
    if weeks.iter().map(|(_, contacts)| contacts).sum::<i64>() < FEWEST {
        return None;
    }
    let said: Vec<String> = weeks.iter().map(|(week, contacts)| format!("week of {}: {contacts}", say::day_and_month(*week))).collect();
    let bars = weeks.iter().zip(0u32..).map(|((week, contacts), place)| bar(*week, *contacts, most, place)).collect();
    Some(Chart { caption: caption(&weeks), said: format!("{}.", say::sentence(&said.join(", "))), bars })
}

fn bar(week: NaiveDate, contacts: i64, most: i64, place: u32) -> Bar {
    let share = if most == 0 {
        0.0
    } else {
        f64::from(i32::try_from(contacts).unwrap_or(i32::MAX)) / f64::from(i32::try_from(most).unwrap_or(i32::MAX))
    };
    let height = share * TALLEST;
    let x = 8.0 + f64::from(place) * STEP;
    Bar {
        x: format!("{x:.0}"),
        y: format!("{:.1}", FLOOR - height),
        height: format!("{height:.1}"),
        middle: format!("{:.0}", x + 18.0),
        number_at: format!("{:.1}", FLOOR - height - 7.0),
        contacts,
        label: week.format("%-d\u{a0}%b").to_string(),
        week: say::day(week),
    }
}

/// The finding: from the first week with a contact to the last.
fn caption(weeks: &[(NaiveDate, i64)]) -> String {
    let first = weeks.iter().find(|(_, contacts)| *contacts > 0).map_or(0, |(_, contacts)| *contacts);
    let last = weeks.last().map_or(0, |(_, contacts)| *contacts);
    match last.cmp(&first) {
        std::cmp::Ordering::Greater => format!("Contacts each week rose from {first} to {last}"),
        std::cmp::Ordering::Less => format!("Contacts each week fell from {first} to {last}"),
        std::cmp::Ordering::Equal => format!("There are {last} contacts this week, as in the first of these weeks"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, month, day).unwrap()
    }

    #[test]
    fn quiet_weeks_are_shown_as_nothing_and_the_finding_is_said() {
        let chart = of(&[(day(1, 18), 4), (day(3, 8), 31)], day(3, 10)).unwrap();
        assert_eq!(chart.caption, "Contacts each week rose from 4 to 31");
        assert_eq!(chart.bars.iter().map(|bar| bar.contacts).collect::<Vec<_>>(), [4, 0, 0, 0, 0, 0, 0, 31]);
        assert_eq!(chart.bars[7].y, "28.0");
        assert_eq!(chart.bars[1].height, "0.0");
    }

    #[test]
    fn two_contacts_make_no_chart() {
        assert_eq!(of(&[(day(3, 8), 2)], day(3, 10)), None);
    }
}
