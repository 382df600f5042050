//! Set times on a channel: whether now is inside them, and when the next begin, by the London clock.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Europe::London;

use super::scene::{Line, Scene};
use crate::rules::measure::{Channel, Day, Term};
use crate::rules::say;

/// Where now falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    Inside { until: NaiveTime },
    Outside { next: Option<Window> },
}

/// One stretch of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    pub date: NaiveDate,
    pub from: NaiveTime,
    pub until: NaiveTime,
}

/// Where now falls on this channel; nothing where no set times bind it.
pub fn on(scene: &Scene<'_>, channel: Channel) -> Option<Hours> {
    let bound = scene.lines.iter().any(|one| windows(one, channel, None).next().is_some());
    bound.then(|| {
        covering(scene, channel, scene.local).map_or_else(|| Hours::Outside { next: next(scene, channel) }, |until| Hours::Inside { until })
    })
}

/// The earliest start within two weeks at which every restriction allows the channel.
fn next(scene: &Scene<'_>, channel: Channel) -> Option<Window> {
    (0..=14).find_map(|ahead| {
        let date = scene.today().checked_add_days(Days::new(ahead))?;
        let starts = scene
            .lines
            .iter()
            .filter(|one| lasts(one, date))
            .flat_map(|one| windows(one, channel, Some(date)).filter(move |(from, until)| on_the_clock(date, *from, *until)));
        starts
            .filter(|(from, _)| date.and_time(*from) > scene.local)
            .filter_map(|(from, _)| {
                let until = covering(scene, channel, date.and_time(from))?;
                Some(Window { date, from, until })
            })
            .min()
    })
}

/// Until when every restriction that lasts until then allows the channel at this moment; nothing if one does not.
fn covering(scene: &Scene<'_>, channel: Channel, at: NaiveDateTime) -> Option<NaiveTime> {
    let mut end: Option<NaiveTime> = None;
    for one in scene.lines.iter().filter(|one| lasts(one, at.date())) {
        if windows(one, channel, None).next().is_none() {
            continue;
        }
        let here = windows(one, channel, Some(at.date()))
            .filter(|(from, until)| *from <= at.time() && at.time() < *until)
            .map(|(_, until)| until)
            .max()?;
        end = Some(end.map_or(here, |earlier| earlier.min(here)));
    }
    end
}

fn lasts(one: &Line<'_>, date: NaiveDate) -> bool {
    one.whole.until.is_none_or(|last| date <= last)
}

/// The set times of one restriction on a channel: those of one day, or all of them.
fn windows<'a>(one: &'a Line<'_>, channel: Channel, date: Option<NaiveDate>) -> impl Iterator<Item = (NaiveTime, NaiveTime)> + 'a {
    let day = date.map(|date| Day::from(date.weekday()));
    one.terms.iter().filter_map(move |chosen| match &chosen.term {
        Term::Times { channel: bound, days, from, until } if *bound == channel && day.is_none_or(|day| days.contains(&day)) => {
            Some((*from, *until))
        }
        _ => None,
    })
}

/// Clocks go forward at 1am on a Sunday in March: a stretch that begins and ends in the missing hour never comes.
fn on_the_clock(date: NaiveDate, from: NaiveTime, until: NaiveTime) -> bool {
    let last = until - chrono::TimeDelta::minutes(1);
    [from, last].iter().any(|time| London.from_local_datetime(&date.and_time(*time)).earliest().is_some())
}

impl Window {
    /// "tomorrow, 2pm to 4pm"; "Thursday 11 March, 2pm to 4pm".
    pub fn said(&self, today: NaiveDate) -> String {
        format!("{}, {}", day(self.date, today), say::span(self.from, self.until))
    }

    /// The same with its day always, for what is read on another day: "Thursday 11 March, 2pm to 4pm".
    pub fn said_in_full(&self, today: NaiveDate) -> String {
        format!("{}, {}", say::weekday_this_year(self.date, today), say::span(self.from, self.until))
    }

    /// "2pm", "2pm tomorrow", "2pm on Thursday 11 March".
    pub fn start_said(&self, today: NaiveDate) -> String {
        let from = say::time(self.from);
        match (self.date - today).num_days() {
            0 => from,
            1 => format!("{from} tomorrow"),
            _ => format!("{from} on {}", day(self.date, today)),
        }
    }
}

/// "today", "tomorrow", "Thursday 11 March", with the year where it is another.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => say::weekday_this_year(date, today),
    }
}

/// "call time", "meeting time": what the set times of a channel are called.
pub const fn slot(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "call time",
        Channel::Email => "email time",
        Channel::Text => "text message time",
        Channel::Letter => "letter time",
        Channel::Online => "online form time",
        Channel::Chat => "chat time",
        Channel::Person => "meeting time",
        Channel::Visit => "visit time",
        Channel::Social => "social media time",
    }
}
