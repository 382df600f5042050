//! Values for the parts in `templates/part/`: a colour never without its word and its icon.

use chrono::{Datelike, NaiveDate};

use crate::rules::tone::Tone;

/// A state as a square tag: `{{ tag::shown(stage.tag()) }}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    pub tone: Tone,
    /// An icon's name; empty for none.
    pub mark: &'static str,
    pub text: &'static str,
}

/// A day by which something must be done, as a chip: `{{ due::of(due) }}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub tone: Tone,
    /// "clock", "tick", or empty.
    pub mark: &'static str,
    pub iso: String,
    pub day: String,
    /// "2 working days", "today", "1 day late"; empty when there is no hurry.
    pub left: String,
}

impl Due {
    /// How a deadline looks today. `working_days` counts from today to the day, and is not asked once it has passed.
    pub fn by(day: NaiveDate, today: NaiveDate, working_days: u32) -> Self {
        let late = (today - day).num_days();
        let (tone, mark, left) = match (late, working_days) {
            (1, _) => (Tone::Stop, "clock", "1 day late".into()),
            (2.., _) => (Tone::Stop, "clock", format!("{late} days late")),
            (0, _) => (Tone::Care, "clock", "today".into()),
            (_, 1) => (Tone::Care, "clock", "1 working day".into()),
            (_, 0 | 2) => (Tone::Care, "clock", plural_left(day, today, working_days)),
            _ => (Tone::Quiet, "", String::new()),
        };
        Self { tone, mark, iso: day.to_string(), day: weekday_date(day, today), left }
    }

    /// A deadline that was kept.
    pub fn done(day: NaiveDate, today: NaiveDate) -> Self {
        let text = format!("Done {}", short_date(day, today));
        Self { tone: Tone::Ok, mark: "tick", iso: day.to_string(), day: text, left: String::new() }
    }
}

/// Friday 12 March, with the year once it is another one.
fn weekday_date(day: NaiveDate, today: NaiveDate) -> String {
    format!("{} {}", day.format("%A"), short_date(day, today))
}

fn short_date(day: NaiveDate, today: NaiveDate) -> String {
    let text = if day.year() == today.year() { "%-d\u{a0}%B" } else { "%-d\u{a0}%B %Y" };
    day.format(text).to_string()
}

fn plural_left(day: NaiveDate, today: NaiveDate, working_days: u32) -> String {
    match (working_days, (day - today).num_days()) {
        (0, 1) => "tomorrow".into(),
        (0, days) => format!("in {days} days"),
        (days, _) => format!("{days} working days"),
    }
}

#[cfg(test)]
#[path = "parts/tests.rs"]
mod tests;
