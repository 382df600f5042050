//! The whole register together: every restriction in force, the meetings the policy asks for, and their record.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use chrono::NaiveDate;
use serde::Deserialize;

use super::waits;
use crate::casework::Error;
use crate::casework::case::person;
use crate::casework::desk::{Desk, Staff};
use crate::casework::register::{self, Record, Waiting};
use crate::http::answer::{again, done, refusals, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::{RestrictionId, StaffId};
use crate::rules::register::{CaseOutcome, Meeting, Minuted, may_sit};
use crate::rules::text::Narrative;
use crate::rules::{days, say};
use crate::store;
use crate::store::register::Line;
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Due;

/// How many past meetings are shown.
const SHOWN: i64 = 12;

/// Which meeting is recorded; the first that is the reader's where none is named.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    tier: String,
}

#[derive(Template)]
#[template(path = "review/meetings.html")]
struct Show {
    frame: Frame,
    form: Form,
    heading: String,
    lead: String,
    tiers: Vec<TierRow>,
    /// The one the reader may record now.
    recording: Option<Recording>,
    rows: Vec<Row>,
    held: Vec<(String, String)>,
}

struct TierRow {
    title: String,
    about: String,
    due: Due,
    href: String,
}

struct Recording {
    title: String,
    tier: String,
    due: NaiveDate,
    members: Vec<Choice>,
    outcomes: Vec<Choice>,
    cases: Vec<CaseField>,
}

/// What may be minuted of one restriction, behind its own line.
struct CaseField {
    name: String,
    sub: String,
    label: String,
    outcome: String,
    note: String,
}

impl CaseField {
    /// Whether something was typed in it, or is wrong with it.
    fn is_open(&self, form: &Form) -> bool {
        [&self.outcome, &self.note].into_iter().any(|field| !form.is_blank(field) || form.error(field).is_some())
    }
}

struct Row {
    href: String,
    name: String,
    sub: String,
    review: String,
}

pub(super) async fn page(
    _: paths::ReviewMeetings,
    which: Result<Query<Which>, QueryRejection>,
    Reading { mut desk, staff, around }: Reading,
) -> Answered {
    let Query(Which { tier }) = which.map_err(|_| Fault::NotFound)?;
    let page = shown(&mut desk, &staff, &around, &tier, Form::blank()).await?;
    show(&around, &page)
}

pub(super) async fn record(_: paths::ReviewMeetings, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let tier = form.value("tier").to_owned();
    register::may_record(&mut desk, &tier).await?;
    let minuted = minuted(&mut form);
    let read = read(&mut form, &tier, minuted);
    if let Err(Some(meeting)) = &read {
        // Said with what else is missing.
        refusals(Error::Refused(register::against(&mut desk, &tier, meeting).await?), &mut form)?;
    }
    in_page_order(&mut form);
    let before = shown(&mut desk, &staff, &around, &tier, form.clone()).await?;
    let Ok(record) = read else { return again(&around, &before.with(form)) };
    match register::record(&mut desk, &record).await {
        Ok(waits) => done(desk, &around, recorded(waits), paths::ReviewMeetings {}).await,
        Err(error @ Error::Refused(_)) => {
            refusals(error, &mut form)?;
            again(&around, &before.with(form))
        }
        // The same meeting still waits: what was typed stays on the page beside what changed.
        Err(Error::Changed(sentence)) if before.recording.as_ref().is_some_and(|one| one.due == record.due) => {
            form.refuse(sentence);
            stale(&around, &before.with(form))
        }
        Err(error) => Err(error.into()),
    }
}

/// The day, who sat, the minute, then each restriction something was typed about, then the register.
fn in_page_order(form: &mut Form) {
    let each: Vec<String> = form.pairs().iter().filter(|(name, _)| name.contains(':')).map(|(name, _)| name.clone()).collect();
    let names: Vec<&str> = ["held_on", "sat", "minute"].into_iter().chain(each.iter().map(String::as_str)).chain(["noted"]).collect();
    form.in_order(&names);
}

/// What is said of a meeting that was recorded: also that the next is still to be held, where it was an extra one.
fn recorded(waits: Option<NaiveDate>) -> Flash {
    let stands = "It stands on the record of everybody it looked at.";
    Flash::good(
        "Meeting recorded.",
        match waits {
            Some(due) => format!("{stands} It was an extra one: the one due on {} is still to be held.", say::day(due)),
            None => stands.to_owned(),
        },
    )
}

/// The restrictions something was typed about.
fn typed_about(form: &Form) -> BTreeSet<RestrictionId> {
    let typed = form.pairs().iter().filter(|(_, value)| !value.trim().is_empty());
    typed.filter_map(|(name, _)| name.split_once(':')?.1.parse().ok()).collect()
}

/// What was typed about single restrictions, by their ids; nothing where one of them is wrong.
fn minuted(form: &mut Form) -> Option<Vec<Minuted>> {
    let each: Vec<Option<Minuted>> = typed_about(form).into_iter().map(|id| one_minuted(form, id)).collect();
    each.into_iter().collect()
}

fn one_minuted(form: &mut Form, restriction: RestrictionId) -> Option<Minuted> {
    let (chosen, noted) = (outcome_field(restriction), note_field(restriction));
    let outcome = CaseOutcome::from_key(form.value(&chosen));
    if outcome.is_none() && !form.is_blank(&chosen) {
        form.wrong(&chosen, "Choose what came of it");
        return None;
    }
    let note = form.optional(&noted, Narrative::parse)?;
    if note.is_none() && outcome.is_some_and(CaseOutcome::asks_for_review) {
        form.wrong(&noted, "Write down why, for whoever holds its review");
        return None;
    }
    Some(Minuted { restriction, outcome, note: note.map(|note| note.to_string()) })
}

fn outcome_field(id: RestrictionId) -> String {
    format!("outcome:{id}")
}

fn note_field(id: RestrictionId) -> String {
    format!("note:{id}")
}

/// What was typed. Where something is missing there is a sentence beside it, and the meeting as far as its day is known.
fn read(form: &mut Form, tier: &str, minuted: Option<Vec<Minuted>>) -> Result<Record, Option<Meeting>> {
    let due = form.value("due").parse().ok();
    let on = form.date("held_on", "Enter the day of the meeting");
    let sat: Vec<StaffId> = form.all("sat").filter_map(|id| id.parse().ok()).collect();
    let minute = form.value("minute").trim().to_owned();
    let noted = form.text("noted", |typed| match typed.trim().is_empty() {
        true => Err("Write down what was noted, or that nothing was".to_owned()),
        false => Narrative::parse(typed).map_err(|error| error.to_string()),
    });
    let meeting = on.map(|on| Meeting { on, sat: sat.clone(), minute: minute.clone() });
    if meeting.is_none() {
        // Without a day the rules cannot be asked.
        if sat.is_empty() {
            form.wrong("sat", "Choose who sat");
        }
        if minute.is_empty() {
            form.wrong("minute", "Enter the reference of the minute");
        }
    }
    match (due, meeting, noted, minuted) {
        (Some(due), Some(meeting), Some(noted), Some(minuted)) => {
            Ok(Record { tier: tier.to_owned(), due, meeting, noted: noted.to_string(), minuted })
        }
        (_, meeting, _, _) => Err(meeting),
    }
}

impl Show {
    fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}

async fn shown(desk: &mut Desk, staff: &Staff, around: &Around, wanted: &str, form: Form) -> Result<Show, Fault> {
    let waiting = register::waiting(desk).await?;
    let today = desk.today();
    let lines = store::register::in_force(&mut desk.tx, today).await?;
    let held = store::register::held(&mut desk.tx, SHOWN).await?;
    let mine = waiting.iter().find(|one| one.is_mine && (wanted.is_empty() || one.tier.key == wanted));
    let recording = match mine {
        Some(one) => Some(recording(desk, one, &lines, &form).await?),
        None => None,
    };
    let policy = desk.policy.clone();
    let words = &policy.words.restriction;
    Ok(Show {
        frame: menu::frame(desk, staff, around).with_form(&form),
        heading: format!("All {} together", words.many),
        lead: lead(desk, &waiting, &lines),
        tiers: waiting.iter().map(|one| tier_row(desk, one)).collect(),
        recording,
        rows: lines.iter().map(|line| row(desk, line)).collect(),
        held: held.into_iter().map(told).collect(),
        form,
    })
}

fn lead(desk: &Desk, waiting: &[Waiting], lines: &[Line]) -> String {
    let count = counted(desk, lines);
    match (waiting.is_empty(), *desk.policy.reviews.whole_register) {
        (false, _) => format!("{count} Each has its own review besides."),
        (true, true) => format!("{count} The policy asks for a look at all of them together, and names no day for it."),
        (true, false) => format!("{count} The policy asks for no meeting over all of them."),
    }
}

/// How many are applied today, how many wait, and how many are over and still to be looked at.
fn counted(desk: &Desk, lines: &[Line]) -> String {
    let words = &desk.policy.words.restriction;
    let (applied, waiting) = (lines.iter().filter(|line| line.is_applied).count(), lines.iter().filter(|line| line.is_suspended).count());
    let over = lines.len() - applied - waiting;
    let in_force = match applied {
        0 => format!("No {} is in force.", words.one),
        _ => format!("{} in force.", say::count_first(applied as u64, &format!("{} is", words.one), &format!("{} are", words.many))),
    };
    let mut sentences = vec![in_force];
    if waiting > 0 {
        sentences.push(format!("{} because of an appeal.", say::count_first(waiting as u64, "waits", "wait")));
    }
    if over > 0 {
        sentences.push(format!("{} ended and still to be reviewed.", say::count_first(over as u64, "is", "are")));
    }
    sentences.join(" ")
}

fn tier_row(desk: &Desk, one: &Waiting) -> TierRow {
    let (today, tier) = (desk.today(), &one.tier);
    let mine = if one.is_mine { " You hold it." } else { "" };
    TierRow {
        title: tier.title.clone(),
        about: format!("{}, held by {}.{mine}", say::sentence(&tier.rhythm()), register::who(&desk.policy, tier)),
        due: Due::by(one.due, today, desk.calendar().working_days_between(today, one.due)),
        href: if one.is_mine { format!("{}?tier={}", paths::ReviewMeetings {}, tier.key) } else { String::new() },
    }
}

async fn recording(desk: &mut Desk, one: &Waiting, lines: &[Line], form: &Form) -> Result<Recording, Fault> {
    let people = store::staff::list(&mut desk.tx).await?;
    let can =
        people.iter().filter(|line| !line.has_left && line.reach != "administrator" && may_sit(&desk.policy, &one.tier, &person(line)));
    let gone = typed_about(form).into_iter().filter(|id| lines.iter().all(|line| line.restriction != *id)).map(gone_field);
    Ok(Recording {
        title: one.tier.title.clone(),
        tier: one.tier.key.clone(),
        due: one.due,
        outcomes: CaseOutcome::ALL.iter().map(|outcome| Choice::new(outcome.key(), outcome.title())).collect(),
        cases: lines.iter().map(|line| case_field(desk, line)).chain(gone).collect(),
        members: can.map(|line| Choice::new(line.id.to_string(), &*line.name).hint(&*line.job_title)).collect(),
    })
}

fn case_field(desk: &Desk, line: &Line) -> CaseField {
    let Row { name, sub, review, .. } = row(desk, line);
    CaseField {
        label: format!("What came of it for {name}?"),
        sub: format!("{sub}. Its own review: {review}"),
        name,
        outcome: outcome_field(line.restriction),
        note: note_field(line.restriction),
    }
}

/// One that ended after the page was opened: what was typed of it can still be read.
fn gone_field(id: RestrictionId) -> CaseField {
    CaseField {
        name: "One that has ended".to_owned(),
        sub: "Copy what you need, then empty both fields.".to_owned(),
        label: "What came of it?".to_owned(),
        outcome: outcome_field(id),
        note: note_field(id),
    }
}

fn row(desk: &Desk, line: &Line) -> Row {
    let today = desk.today();
    let since = line.since.map(|at| say::day_this_year(days::day_of(at), today)).unwrap_or_default();
    let until = match line.ends_on {
        Some(day) if day < today => format!("ended {}, not reviewed", say::day_this_year(day, today)),
        Some(day) => format!("until {}", say::day_this_year(day, today)),
        None => "with no last day".to_owned(),
    };
    let appeal = match (line.is_suspended, line.under_appeal) {
        (true, _) => waits(line.is_sent_back),
        (false, true) => ", under appeal".to_owned(),
        (false, false) => String::new(),
    };
    let review = line.review_on.map(|day| match day < today {
        true => format!("Late: was due on {}", say::day_this_year(day, today)),
        false => say::day_this_year(day, today),
    });
    Row {
        href: paths::Restriction { id: line.restriction }.to_string(),
        name: format!("{} {}", line.given, line.family),
        sub: format!("Since {since}, {until}{appeal}"),
        review: review.unwrap_or_default(),
    }
}

fn told(held: store::register::Held) -> (String, String) {
    let mut looked = say::count(held.looked_at, "case", "cases");
    for (many, words) in [(held.early, "to be looked at early"), (held.ending, "proposed to end")] {
        if many > 0 {
            looked += &format!(", {} {words}", say::number(many));
        }
    }
    let head = format!("{}, {}", held.title, say::day(held.held_on));
    (
        head,
        format!(
            "{} sat; minute {}; {looked}. {} Recorded by {}.",
            say::list(&held.sat),
            held.minute,
            stopped(&held.noted),
            held.recorded_by
        ),
    )
}

fn stopped(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}
