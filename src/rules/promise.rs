//! What a restriction promises of ours at a set rhythm (a regular call, replies): who owes it, on which days, and what was
//! kept. All of it follows from the term, the days it held and what was kept, so that a day nobody thought of is missed all the same.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::days::Calendar;
use super::id::StaffId;
use super::measure::{Cadence, Channel, Day, Term};
use super::say;

/// The channels a reply may go by.
const REPLIES: &[Channel] = &[Channel::Email, Channel::Letter, Channel::Text, Channel::Online, Channel::Chat];

/// A promise as a term makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// How often.
    pub every: Cadence,
    /// On which day.
    pub on: Day,
    /// Who keeps it, as the term names them; empty where it names nobody.
    pub by: String,
    /// By which channels it is kept.
    pub channels: &'static [Channel],
    /// As staff read it.
    pub words: String,
}

/// One day of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Kept,
    /// It was done, and after its day.
    Late(NaiveDate),
    Missed,
    /// Its day is today or to come.
    Due,
}

/// What the owner of a promise is looked for among.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: StaffId,
    pub name: String,
}

/// The promise of a term; nothing where it promises nothing that has a day. A day on which we answer what came (a quota's) is owed only where
/// something came, and is no promise of its own.
pub fn of(term: &Term) -> Option<Promise> {
    let words = term.sentence_for_staff();
    Some(match term {
        Term::RegularCall { by, every, on, .. } => Promise { every: *every, on: *on, by: by.clone(), channels: &[Channel::Phone], words },
        Term::Replies { every: Some(every), on: Some(on), by, .. } => {
            Promise { every: *every, on: *on, by: by.clone(), channels: REPLIES, words }
        }
        _ => return None,
    })
}

/// The days it falls due: after the day it began, until its last; a bank holiday gives way to the next working day.
pub fn days(promise: &Promise, began: NaiveDate, last: NaiveDate, calendar: Calendar) -> Vec<NaiveDate> {
    let shifted = |day: NaiveDate| if calendar.is_bank_holiday(day) { calendar.working_day_from(day) } else { day };
    let mut all = Vec::new();
    let mut day = first(promise, began);
    while let Some(due) = day.map(shifted).filter(|due| *due <= last) {
        all.push(due);
        day = day.and_then(|day| next(promise, day));
    }
    all
}

/// The next day it falls due after this one.
pub fn next_after(promise: &Promise, began: NaiveDate, after: NaiveDate, calendar: Calendar) -> Option<NaiveDate> {
    let far = after.checked_add_months(Months::new(3))?;
    days(promise, began, far, calendar).into_iter().find(|day| *day > after)
}

/// Whether something done on this day keeps what is due on that one: within its own turn, or after it.
pub fn keeps(promise: &Promise, due: NaiveDate, done: NaiveDate) -> bool {
    let turn = match promise.every {
        Cadence::Week => 7,
        Cadence::Fortnight => 14,
        Cadence::Month => 28,
    };
    due.checked_sub_days(Days::new(turn)).is_some_and(|before| done > before)
}

/// What became of each of these days, by what was kept and when.
pub fn record(days: &[NaiveDate], kept: &BTreeMap<NaiveDate, NaiveDate>, today: NaiveDate) -> Vec<(NaiveDate, Came)> {
    let came = |due: &NaiveDate| match kept.get(due) {
        Some(on) if on <= due => Came::Kept,
        Some(on) => Came::Late(*on),
        None if *due < today => Came::Missed,
        None => Came::Due,
    };
    days.iter().map(|due| (*due, came(due))).collect()
}

/// The days that went by after the last one written down: missed, each of them. What is owed now is the first of the others.
pub fn gone_by(promise: &Promise, began: NaiveDate, last: NaiveDate, today: NaiveDate, calendar: Calendar) -> Vec<NaiveDate> {
    let Some(yesterday) = today.pred_opt() else { return Vec::new() };
    days(promise, began, yesterday, calendar).into_iter().filter(|day| *day > last).collect()
}

/// How often it was kept, late and missed, as a sentence.
pub fn sum(kept: u64, late: u64, missed: u64) -> String {
    if kept + late + missed == 0 {
        return "None of its days has gone by yet.".to_owned();
    }
    let times = |verb: &str, count: u64| match count {
        0 => format!("never {verb}"),
        1 => format!("{verb} once"),
        many => format!("{verb} {}", say::count(many, "time", "times")),
    };
    let late = (late > 0).then(|| times("done late", late));
    let said: Vec<String> = [Some(times("kept", kept)), late, Some(times("missed", missed))].into_iter().flatten().collect();
    say::sentence(&format!("{}.", said.join(", ")))
}

/// The single point of contact of a restriction, as its term has it: known by who they are where they work here, else by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub staff: Option<StaffId>,
    pub cover: Option<StaffId>,
}

impl Contact {
    /// The one a restriction names, where it names one.
    pub fn of<'a>(terms: impl IntoIterator<Item = &'a Term>) -> Self {
        let named = |term: &Term| match term {
            Term::SinglePointOfContact { name, staff, cover_staff, .. } => {
                Some(Self { name: name.clone(), staff: *staff, cover: *cover_staff })
            }
            _ => None,
        };
        terms.into_iter().find_map(named).unwrap_or_default()
    }
}

/// Whose promise it is: whoever the term names, else the single point of contact or who covers for them, else whoever proposed it, else
/// their manager. Of these the first who works here.
pub fn owner(promise: &Promise, contact: &Contact, proposer: (StaffId, Option<StaffId>), people: &[Colleague]) -> Option<StaffId> {
    let bare = |name: &str| name.split(',').next().unwrap_or_default().trim().to_lowercase();
    let named = |name: &str| people.iter().find(|one| !bare(name).is_empty() && bare(&one.name) == bare(name)).map(|one| one.id);
    let here = |id: StaffId| people.iter().find(|one| one.id == id).map(|one| one.id);
    let contact = match contact.staff {
        Some(known) => here(known).or_else(|| contact.cover.and_then(here)),
        None => named(&contact.name),
    };
    named(&promise.by).or(contact).or_else(|| here(proposer.0)).or_else(|| proposer.1.and_then(here))
}

fn first(promise: &Promise, began: NaiveDate) -> Option<NaiveDate> {
    let tomorrow = began.succ_opt()?;
    match promise.every {
        Cadence::Month => {
            let this = first_of_month(promise, tomorrow)?;
            if this >= tomorrow { Some(this) } else { first_of_month(promise, tomorrow.with_day(1)?.checked_add_months(Months::new(1))?) }
        }
        Cadence::Week | Cadence::Fortnight => on_or_after(promise, tomorrow),
    }
}

fn next(promise: &Promise, day: NaiveDate) -> Option<NaiveDate> {
    match promise.every {
        Cadence::Week => day.checked_add_days(Days::new(7)),
        Cadence::Fortnight => day.checked_add_days(Days::new(14)),
        Cadence::Month => first_of_month(promise, day.with_day(1)?.checked_add_months(Months::new(1))?),
    }
}

fn first_of_month(promise: &Promise, day: NaiveDate) -> Option<NaiveDate> {
    on_or_after(promise, day.with_day(1)?)
}

fn on_or_after(promise: &Promise, day: NaiveDate) -> Option<NaiveDate> {
    (0..7).filter_map(|ahead| day.checked_add_days(Days::new(ahead))).find(|day| Day::from(day.weekday()) == promise.on)
}

#[cfg(test)]
mod tests;
