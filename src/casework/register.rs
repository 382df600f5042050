//! The whole register looked at together: which meeting waits, and its record, once, on the history of every customer it looked at.

use chrono::NaiveDate;

use super::case::{Wanted, person};
use super::desk::Desk;
use super::reminder::words;
use super::{Error, Refusal, Result, found, review};
use crate::rules::authority::Person;
use crate::rules::event::Event;
use crate::rules::id::EventId;
use crate::rules::policy::{Policy, Tier};
use crate::rules::register::{self, CaseOutcome, Meeting, Minuted};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::register::{Line, NewMeeting};

/// A tier with the day that waits to be held.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The tier, as the policy has it.
    pub tier: Tier,
    /// The day.
    pub due: NaiveDate,
    /// Whether the person at the desk holds it.
    pub is_mine: bool,
    /// Whether whoever holds it is told by now.
    pub is_told: bool,
}

/// A meeting as its holder records it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The key of its tier.
    pub tier: String,
    /// The day it was due, as it was read.
    pub due: NaiveDate,
    /// The day, who sat, and the minute.
    pub meeting: Meeting,
    /// What was noted.
    pub noted: String,
    /// What was minuted of single restrictions; those without stand in it as looked at.
    pub minuted: Vec<Minuted>,
}

/// Every tier of the policy with the day that waits. Nothing is asked of the database where the policy has none.
pub async fn waiting(desk: &mut Desk) -> Result<Vec<Waiting>> {
    let policy = desk.policy.clone();
    if policy.reviews.tiers.is_empty() {
        return Ok(Vec::new());
    }
    let version = desk.policy_version;
    let since = found(store::policy::find(&mut desk.tx, version).await?)?.starts_on.unwrap_or_else(|| desk.today());
    let last = store::register::last_of(&mut desk.tx).await?;
    let (today, staff) = (desk.today(), desk.staff()?);
    let reader = Person { id: staff.id, roles: staff.roles.clone() };
    let of = |tier: &Tier| {
        let recorded = last.iter().find(|(key, _)| *key == tier.key).map(|(_, day)| *day);
        let due = register::due(&policy, tier, since, recorded, today);
        Waiting {
            is_mine: register::may_hold(&policy, tier, &reader),
            is_told: register::is_told(&policy, due, today),
            due,
            tier: tier.clone(),
        }
    };
    Ok(policy.reviews.tiers.iter().map(of).collect())
}

/// Whether the person at the desk may record a meeting of this tier. Asked before anything is said of what they sent.
///
/// # Errors
/// `Forbidden` with who can; `NotFound` where the policy has no such tier.
pub async fn may_record(desk: &mut Desk, tier: &str) -> Result<()> {
    let policy = desk.policy.clone();
    let all = waiting(desk).await?;
    if all.iter().any(|one| one.is_mine && (tier.is_empty() || one.tier.key == tier)) {
        return Ok(());
    }
    let meant: Vec<String> = all.iter().filter(|one| tier.is_empty() || one.tier.key == tier).map(|one| who(&policy, &one.tier)).collect();
    match meant.is_empty() {
        true => Err(Error::NotFound),
        false => Err(Error::Forbidden(format!("Only {} can record this.", say::either(&meant)))),
    }
}

/// What speaks against a meeting by the rules: its day, who sat, its minute. Asked where something else is missing yet, so that everything is
/// said at once.
pub async fn against(desk: &mut Desk, tier: &str, meeting: &Meeting) -> Result<Vec<Refusal>> {
    let policy = desk.policy.clone();
    let Some(Waiting { tier, due, .. }) = waiting(desk).await?.into_iter().find(|one| one.tier.key == tier) else { return Ok(Vec::new()) };
    let here: Vec<Person> = store::staff::list(&mut desk.tx).await?.iter().filter(|line| !line.has_left).map(person).collect();
    let wrong = register::wrong(&policy, &tier, meeting, due, desk.today(), &here);
    Ok(wrong.into_iter().map(|(field, sentence)| Refusal::at(field, sentence)).collect())
}

/// Records a meeting over everything in force now, once. The day that still waits, where it was an extra one.
///
/// # Errors
/// `Forbidden` with who can, `Refused` beside the fields, `Changed` where it was recorded meanwhile.
pub async fn record(desk: &mut Desk, record: &Record) -> Result<Option<NaiveDate>> {
    let policy = desk.policy.clone();
    let waits = waiting(desk).await?.into_iter().find(|one| one.tier.key == record.tier);
    let Waiting { tier, due, is_mine, .. } = found(waits)?;
    if !is_mine {
        return Err(Error::Forbidden(format!("Only {} can record this.", who(&policy, &tier))));
    }
    if due != record.due {
        return Err(Error::Changed("Somebody else recorded it first.".to_owned()));
    }
    let here: Vec<Person> = store::staff::list(&mut desk.tx).await?.iter().filter(|line| !line.has_left).map(person).collect();
    let wrong = register::wrong(&policy, &tier, &record.meeting, due, desk.today(), &here);
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong.into_iter().map(|(field, sentence)| Refusal::at(field, sentence)).collect()));
    }
    let today = desk.today();
    let lines = store::register::in_force(&mut desk.tx, today).await?;
    if record.minuted.iter().any(|one| lines.iter().all(|line| line.restriction != one.restriction)) {
        return Err(Error::Changed(
            "One of them has ended since you opened this page. Take out what was said of it, and record the others.".to_owned(),
        ));
    }
    let cases: Vec<Minuted> = lines.iter().map(|line| minuted(record, line)).collect();
    let (by, now) = (desk.staff()?.id, desk.now);
    let is_extra = register::is_extra(&policy, &tier, record.meeting.on, due);
    // An extra one is kept under the day it was held: it stands for no other.
    let due_on = if is_extra { record.meeting.on } else { register::counts_for(&policy, &tier, record.meeting.on) };
    let new = NewMeeting {
        id: desk.new_id(),
        policy: desk.policy_version,
        tier: &tier.key,
        title: &tier.title,
        due_on,
        held_on: record.meeting.on,
        minute: record.meeting.minute.trim(),
        noted: &record.noted,
        by,
        sat: &record.meeting.sat,
        cases: &cases,
    };
    if !store::register::add(&mut desk.tx, &new, now).await? {
        return Err(Error::Changed("A meeting for this day is recorded already.".to_owned()));
    }
    let events: Vec<_> = lines.iter().zip(&cases).map(|(line, one)| (desk.new_id(), line.customer, event(&tier, record, one))).collect();
    store::register::tell(&mut desk.tx, by, &events, now).await?;
    for (line, one) in lines.iter().zip(&cases) {
        if one.outcome.is_some_and(CaseOutcome::asks_for_review) {
            ask_for_review(desk, &tier, record, line, one).await?;
        }
    }
    Ok(is_extra.then_some(due))
}

/// What the meeting minuted of one restriction, if anything.
fn minuted(record: &Record, line: &Line) -> Minuted {
    let nothing = Minuted { restriction: line.restriction, outcome: None, note: None };
    record.minuted.iter().find(|one| one.restriction == line.restriction).cloned().unwrap_or(nothing)
}

fn event(tier: &Tier, record: &Record, one: &Minuted) -> Event {
    let (restriction, meeting, held_on) = (one.restriction, tier.title.clone(), record.meeting.on);
    let minute = record.meeting.minute.trim().to_owned();
    match (one.outcome, &one.note) {
        (None, None) => Event::RegisterLookedAt { restriction, meeting, held_on, minute },
        (outcome, note) => Event::RegisterMinuted {
            restriction,
            meeting,
            held_on,
            minute,
            outcome: outcome.map(|outcome| lower(outcome.title())).unwrap_or_default(),
            note: note.clone().unwrap_or_default(),
        },
    }
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Puts a restriction before whoever holds its review, with what the meeting said of it. The meeting decides nothing by itself.
async fn ask_for_review(desk: &mut Desk, tier: &Tier, record: &Record, line: &Line, one: &Minuted) -> Result<()> {
    let review = found(line.review)?;
    let restriction = found(store::restriction::find(&mut desk.tx, line.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let case = review::case_of(desk, &policy, line.restriction).await?;
    let wanted = Wanted {
        kind: TaskKind::Review,
        customer: line.customer,
        subject: review.0,
        due_on: register::look_by(&policy, desk.today(), line.review_on),
    };
    let note = format!(
        "The {} of {}: {}. {}",
        tier.title,
        say::day(record.meeting.on),
        one.outcome.map(|outcome| lower(outcome.title())).unwrap_or_default(),
        one.note.as_deref().unwrap_or_default()
    );
    let may = |person: &_| review::may_hold(&policy, &case, person);
    case.ask(desk, &wanted, case.reviewer(&policy), Some(note.trim().to_owned()), may).await?;
    let customer = found(store::customer::get(&mut desk.tx, line.customer).await?)?;
    let mail = words::asked_at_a_meeting(&policy, review, &customer.reference, &tier.title, wanted.due_on);
    let occasion = desk.new_id::<EventId>().0;
    review::tell_reviewers(desk, &policy, &case, &mail, occasion).await
}

/// Who holds a tier, for a sentence: a post, or the clerk of a body.
pub fn who(policy: &Policy, tier: &Tier) -> String {
    let body = tier.held_by.role_keys().into_iter().find_map(|key| policy.body(key));
    body.map_or_else(|| tier.held_by.say(&policy.roles), |body| body.clerk.say(&policy.roles))
}
