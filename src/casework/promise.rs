//! What we promised a customer by the terms of a restriction: asked of its owner day by day, kept with a note or by a contact, or missed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::desk::Desk;
use super::reminder::{self, words::Words};
use super::{Error, Result, found};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, DutyId, RestrictionId, StaffId};
use crate::rules::measure::Channel;
use crate::rules::policy::Reach;
use crate::rules::promise::{self, Came, Colleague, Contact, Promise};
use crate::rules::restriction::Stage;
use crate::rules::restriction_rest;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::duty::{Duty, Kept, NewDuty, Promised, Tried};
use crate::store::reminder::Locked;
use crate::store::restriction::Restriction;
use crate::store::staff::StaffLine;
use crate::store::task::NewTask;

/// Asks for the next day of every promise of a restriction in force that has none waiting: of whoever owed the last one, or of its owner by
/// the term, as a task with its reminders.
pub async fn go_on(desk: &mut Desk, id: RestrictionId) -> Result<()> {
    ask_for_next(desk, id).await.map(|_| ())
}

/// The same. Days that went by before anybody looked are written down as missed, all at once, and answered with: one task waits for each
/// promise, for the day that is owed now.
async fn ask_for_next(desk: &mut Desk, id: RestrictionId) -> Result<Vec<NaiveDate>> {
    let restriction = found(store::restriction::find(&mut desk.tx, id).await?)?;
    let terms = store::duty::promised(&mut desk.tx, id).await?;
    let waiting = terms.iter().filter(|one| one.until.is_none() && !one.is_open);
    let waiting: Vec<(&Promised, Promise)> = waiting.filter_map(|one| Some((one, promise::of(&one.term)?))).collect();
    let mut gone = Vec::new();
    if restriction.stage != Stage::InForce || waiting.is_empty() {
        return Ok(gone);
    }
    let today = desk.today();
    let last = last_day(desk, &restriction).await?;
    let people = store::staff::list(&mut desk.tx).await?;
    let held = store::term::list(&mut desk.tx, id).await?;
    let contact = Contact::of(held.iter().map(|line| &line.term.term));
    for (one, promise) in waiting {
        let began = days::day_of(one.since);
        let stays = one.owner.filter(|owner| people.iter().any(|line| line.id == *owner && !line.has_left));
        let Some(owner) = stays.or_else(|| owner(&promise, &contact, restriction.proposed_by, &people)) else { continue };
        let written = one.last_on.unwrap_or(began);
        let owed = |day: &NaiveDate| last.is_none_or(|last| *day <= last);
        let missed = promise::gone_by(&promise, began, written, today, desk.calendar());
        let after = missed.last().copied().unwrap_or(written);
        let next = promise::next_after(&promise, began, after, desk.calendar());
        let duty = |id, due_on| NewDuty { id, restriction: restriction.id, customer: restriction.customer, term: one.id, owner, due_on };
        for due_on in missed.into_iter().filter(owed) {
            write_missed(desk, &duty(desk.new_id(), due_on), &promise).await?;
            gone.push(due_on);
        }
        if let Some(due_on) = next.filter(owed) {
            ask(desk, &duty(desk.new_id(), due_on), &promise).await?;
        }
    }
    Ok(gone)
}

/// Writes down a day that went by before it was asked for.
async fn write_missed(desk: &mut Desk, duty: &NewDuty, promise: &Promise) -> Result<()> {
    let now = desk.now;
    if !store::duty::add(&mut desk.tx, duty, now).await? {
        return Ok(());
    }
    store::duty::miss(&mut desk.tx, duty.id, now).await?;
    let event = Event::PromiseMissed { restriction: duty.restriction, what: promise.words.clone(), due: duty.due_on };
    desk.record(duty.customer, event).await
}

/// The one who owes a promise at first, of those who work here; where nobody who was named or proposed it does, a head or a director.
fn owner(promise: &Promise, contact: &Contact, proposed_by: StaffId, people: &[StaffLine]) -> Option<StaffId> {
    let here: Vec<&StaffLine> = people.iter().filter(|line| !line.has_left).collect();
    let manager = people.iter().find(|line| line.id == proposed_by).and_then(|line| line.manager_id);
    let known: Vec<Colleague> = here.iter().map(|line| Colleague { id: line.id, name: line.name.clone() }).collect();
    promise::owner(promise, contact, (proposed_by, manager), &known).or_else(|| seniors(&here).first().map(|line| line.id))
}

fn seniors<'a>(here: &[&'a StaffLine]) -> Vec<&'a StaffLine> {
    let senior = [Reach::Head.key(), Reach::Director.key()];
    here.iter().copied().filter(|line| senior.contains(&line.reach.as_str())).collect()
}

async fn ask(desk: &mut Desk, duty: &NewDuty, promise: &Promise) -> Result<()> {
    let now = desk.now;
    if !store::duty::add(&mut desk.tx, duty, now).await? {
        return Ok(());
    }
    let task = NewTask {
        kind: TaskKind::Promise,
        customer: duty.customer,
        subject: duty.id.0,
        staff: Some(duty.owner),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on: duty.due_on,
        note: Some(promise.words.clone()),
        whom: None,
    };
    desk.ask(task).await?;
    reminder::of_promise(desk, duty.id, duty.due_on).await
}

/// Closes what is no longer owed, because its term or the whole restriction has ended.
pub async fn end(desk: &mut Desk, id: RestrictionId, all: bool) -> Result<()> {
    let now = desk.now;
    for duty in store::duty::end(&mut desk.tx, id, all, now).await? {
        settle(desk, duty).await?;
    }
    Ok(())
}

async fn settle(desk: &mut Desk, id: DutyId) -> Result<()> {
    desk.finish(TaskKind::Promise, id.0).await?;
    reminder::overtake(desk, id.0).await
}

/// Notes that a promise was kept today, and asks for its next day.
///
/// # Errors
/// `Changed` where it no longer waits.
pub async fn keep(desk: &mut Desk, id: DutyId, note: &str) -> Result<()> {
    let today = desk.today();
    match done(desk, id, today, note).await? {
        true => Ok(()),
        false => Err(Error::Changed("It no longer waits: it was done, or its day went by.".to_owned())),
    }
}

/// Notes that a promise was tried and nobody was reached: it stands on the record with its time, and is owed still.
///
/// # Errors
/// `Changed` where it no longer waits.
pub async fn tried(desk: &mut Desk, id: DutyId, note: &str) -> Result<()> {
    let duty = found(store::duty::find(&mut desk.tx, id).await?)?;
    let now = desk.now;
    if !store::duty::tried(&mut desk.tx, id, now).await? {
        return Err(Error::Changed("It no longer waits: it was done, or its day went by.".to_owned()));
    }
    let what = duty.term.sentence_for_staff();
    let event = Event::PromiseTried { restriction: duty.restriction, what, due: duty.due_on, note: note.to_owned() };
    desk.record(duty.customer, event).await
}

/// Keeps what the person at the desk owes this customer by such a contact, where it came in its turn.
pub async fn contacted(desk: &mut Desk, customer: CustomerId, channel: Channel, on: NaiveDate, summary: &str) -> Result<()> {
    let me = desk.staff()?.id;
    for id in store::duty::owed(&mut desk.tx, customer, me).await? {
        let duty = found(store::duty::find(&mut desk.tx, id).await?)?;
        let is_it = |promise: &Promise| promise.channels.contains(&channel) && promise::keeps(promise, duty.due_on, on);
        if promise::of(&duty.term).as_ref().is_some_and(is_it) {
            done(desk, id, on, summary).await?;
        }
    }
    Ok(())
}

async fn done(desk: &mut Desk, id: DutyId, on: NaiveDate, note: &str) -> Result<bool> {
    let duty = found(store::duty::find(&mut desk.tx, id).await?)?;
    let (by, now) = (desk.staff()?.id, desk.now);
    if !store::duty::keep(&mut desk.tx, id, on, by, note, now).await? {
        return Ok(false);
    }
    settle(desk, id).await?;
    let what = duty.term.sentence_for_staff();
    let event = Event::PromiseKept { restriction: duty.restriction, what, due: duty.due_on, note: note.to_owned() };
    desk.record(duty.customer, event).await?;
    go_on(desk, duty.restriction).await?;
    Ok(true)
}

/// What is to be written of a promise: to its owner on the day; once the day has gone by, that it was missed, to whoever manages them.
/// The miss itself is written down here, and the next day asked for. Nothing where it no longer waits.
pub(super) async fn remind(desk: &mut Desk, reminder: &Locked) -> Result<Option<(CustomerId, Words, Vec<StaffLine>)>> {
    let id = DutyId(reminder.subject);
    let duty = found(store::duty::find(&mut desk.tx, id).await?)?;
    let restriction = found(store::restriction::find(&mut desk.tx, duty.restriction).await?)?;
    let last = last_day(desk, &restriction).await?;
    if restriction.stage != Stage::InForce || last.is_some_and(|last| last < duty.due_on) {
        end(desk, duty.restriction, true).await?;
        return Ok(None);
    }
    let missed = reminder.kind == "promise-missed";
    if !duty.is_open || missed != (duty.due_on < desk.today()) {
        return Ok(None);
    }
    let people = store::staff::list(&mut desk.tx).await?;
    let here: Vec<&StaffLine> = people.iter().filter(|line| !line.has_left).collect();
    let owner = people.iter().find(|line| line.id == duty.owner);
    let managing = || match owner.and_then(|owner| here.iter().find(|line| Some(line.id) == owner.manager_id)) {
        Some(manager) => vec![*manager],
        None => seniors(&here),
    };
    let to = match owner.filter(|owner| !missed && !owner.has_left) {
        Some(owner) => vec![owner],
        None => managing(),
    };
    let to: Vec<StaffLine> = to.into_iter().cloned().collect();
    let more = match missed {
        true => miss(desk, &duty).await?,
        false => Vec::new(),
    };
    let name = owner.map_or("Somebody", |owner| &owner.name);
    let words = reminder::words::promise(duty.restriction, &duty.reference, name, duty.due_on, missed.then_some(&more[..]));
    Ok(Some((duty.customer, words, to)))
}

/// Writes down that a day was missed, and those that went by after it; these are answered with.
async fn miss(desk: &mut Desk, duty: &Duty) -> Result<Vec<NaiveDate>> {
    let now = desk.now;
    store::duty::miss(&mut desk.tx, duty.id, now).await?;
    desk.finish(TaskKind::Promise, duty.id.0).await?;
    let what = duty.term.sentence_for_staff();
    desk.record(duty.customer, Event::PromiseMissed { restriction: duty.restriction, what, due: duty.due_on }).await?;
    ask_for_next(desk, duty.restriction).await
}

/// One promise of a restriction, and what became of each of its days: the newest first.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was promised.
    pub what: String,
    /// How often it was kept and how often it was missed, as a sentence.
    pub sum: String,
    /// Who owes the next one.
    pub whose: Option<String>,
    /// Each day with what became of it, who did what, and how often it was tried before.
    pub days: Vec<(NaiveDate, Came, Option<Kept>, Option<Tried>)>,
}

/// Everything a restriction promised of ours, kept or missed: worked out from the days of each term and what was kept.
pub async fn told(desk: &mut Desk, restriction: &Restriction) -> Result<Vec<Told>> {
    let promised = store::duty::promised(&mut desk.tx, restriction.id).await?;
    if promised.is_empty() {
        return Ok(Vec::new());
    }
    let last = last_day(desk, restriction).await?;
    Ok(promised.into_iter().filter_map(|one| of_term(desk, one, last)).collect())
}

fn of_term(desk: &Desk, one: Promised, last: Option<NaiveDate>) -> Option<Told> {
    let promise = promise::of(&one.term)?;
    let (began, today) = (days::day_of(one.since), desk.today());
    let next = promise::next_after(&promise, began, today.pred_opt()?, desk.calendar());
    // A term that was ended owes nothing on the day it ended.
    let ended = one.until.and_then(|until| days::day_of(until).pred_opt());
    let until = [next, last, ended].into_iter().flatten().min()?;
    let due = promise::days(&promise, began, until, desk.calendar());
    let kept: BTreeMap<NaiveDate, NaiveDate> = one.kept.iter().map(|kept| (kept.due_on, kept.kept_on)).collect();
    let days: Vec<_> = promise::record(&due, &kept, today)
        .into_iter()
        .rev()
        .map(|(day, came)| {
            let kept = one.kept.iter().find(|kept| kept.due_on == day).cloned();
            (day, came, kept, one.tried.iter().find(|tried| tried.due_on == day).copied())
        })
        .collect();
    let count = |wanted: fn(&Came) -> bool| days.iter().filter(|(_, came, ..)| wanted(came)).count() as u64;
    let kept = count(|came| matches!(came, Came::Kept));
    let (late, missed) = (count(|came| matches!(came, Came::Late(_))), count(|came| matches!(came, Came::Missed)));
    Some(Told { what: promise.words, sum: promise::sum(kept, late, missed), whose: one.whose, days })
}

/// The last day on which anything is owed: the restriction's own, or the day before it was ended.
async fn last_day(desk: &mut Desk, restriction: &Restriction) -> Result<Option<NaiveDate>> {
    let policy = desk.policy_of(restriction.policy).await?;
    let due = restriction.review_on.filter(|_| restriction.stage == Stage::InForce);
    let last = restriction_rest::last_day(&policy, restriction.ends_on, due, desk.today());
    let ended = restriction.ended_at.and_then(|at| days::day_of(at).pred_opt());
    Ok(last.into_iter().chain(ended).min())
}
