//! Reminders: made with the promise they remind of, checked again at the moment they go, sent once.

mod owed;
pub(super) mod words;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::desk::Desk;
use super::review as reviews;
use super::{Result, found, promise, restriction};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, DutyId, IncidentId, ReminderId, ReviewId};
use crate::rules::policy::{Overdue, Policy};
use crate::rules::review::{self, Moment};
use crate::rules::say;
use crate::store;
use crate::store::reminder::{Locked, NewReminder};
use crate::store::staff::StaffLine;
use words::Words;

/// When reminders leave on their day, by the London clock.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    days::at(day, NaiveTime::from_hms_opt(8, 0, 0).expect("eight o'clock exists"))
}

/// Makes every reminder of a review: ahead of its day, on it, after it, and on the day after the restriction's last.
/// Those ahead whose day has gone by are not made.
pub async fn of_review(desk: &mut Desk, policy: &Policy, id: ReviewId, due_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<()> {
    for reminder in review::reminders(policy, due_on) {
        let kind = match reminder.moment {
            Moment::Before(_) if reminder.on < desk.today() => continue,
            Moment::Before(_) => "review-ahead",
            Moment::OnTheDay => "review-today",
            Moment::After(_) => "review-late",
        };
        add(desk, kind, id.0, &reminder.key, reminder.on).await?;
    }
    if let Some(after) = ends_on.and_then(|day| day.succ_opt()) {
        add(desk, "term-ended", id.0, "term ended", after).await?;
    }
    of_lapse(desk, policy, id, due_on).await
}

/// Where the policy lets a restriction lapse whose review is missed: the moment at which that is written down, the first of the day after.
pub async fn of_lapse(desk: &mut Desk, policy: &Policy, id: ReviewId, due_on: NaiveDate) -> Result<()> {
    match *policy.reviews.overdue {
        Overdue::Lapse => add_at(desk, "review-lapse", id.0, &format!("lapse {due_on}"), days::end_of(due_on)).await,
        Overdue::ContinueAndEscalate => Ok(()),
    }
}

/// What an answer is owed to: to a customer, or to whoever made a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A proposal, by whoever decides next.
    Proposal,
    /// An appeal against a restriction.
    Appeal,
    /// An appeal against a warning.
    WarningAppeal,
    /// A request to look again.
    Reconsideration,
}

impl Answer {
    const ALL: [Self; 4] = [Self::Proposal, Self::Appeal, Self::WarningAppeal, Self::Reconsideration];

    /// The kinds of reminder: ahead of the day, on it, after it.
    const fn kinds(self) -> [&'static str; 3] {
        match self {
            Self::Proposal => ["proposal-ahead", "proposal-today", "proposal-late"],
            Self::Appeal => ["appeal-ahead", "appeal-today", "appeal-late"],
            Self::WarningAppeal => ["warning-appeal-ahead", "warning-appeal-today", "warning-appeal-late"],
            Self::Reconsideration => ["reconsideration-ahead", "reconsideration-today", "reconsideration-late"],
        }
    }

    fn of(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.kinds().contains(&kind))
    }
}

/// Makes the reminders of an answer that is owed: two working days ahead of its day, on it, and the working day after it. A day that has
/// gone by already is only late.
pub async fn of_answer(desk: &mut Desk, what: Answer, id: Uuid, due_on: NaiveDate) -> Result<()> {
    of_step(desk, what, id, "", due_on).await
}

/// The same of one of several answers about one thing, after each other: the reminders of those before are settled.
pub async fn of_next_answer(desk: &mut Desk, what: Answer, id: Uuid, step: &str, due_on: NaiveDate) -> Result<()> {
    overtake(desk, id).await?;
    of_step(desk, what, id, &format!("{step} "), due_on).await
}

async fn of_step(desk: &mut Desk, what: Answer, id: Uuid, step: &str, due_on: NaiveDate) -> Result<()> {
    let [ahead, today, late] = what.kinds();
    let before = desk.calendar().sub_working_days(due_on, 2);
    let after = desk.calendar().add_working_days(due_on, 1);
    if before >= desk.today() {
        add(desk, ahead, id, &format!("{step}ahead"), before).await?;
    }
    if due_on >= desk.today() {
        add(desk, today, id, &format!("{step}today"), due_on).await?;
    }
    add(desk, late, id, &format!("{step}late"), after).await
}

/// Makes the reminders of a day of a promise: to its owner on the day, and that it was missed on the day after.
pub async fn of_promise(desk: &mut Desk, id: DutyId, due_on: NaiveDate) -> Result<()> {
    if due_on >= desk.today() {
        add(desk, "promise-today", id.0, "today", due_on).await?;
    }
    match due_on.succ_opt() {
        Some(after) => add(desk, "promise-missed", id.0, "missed", after).await,
        None => Ok(()),
    }
}

/// Makes the reminder of a colleague who was to be seen, on the working day after the day for it.
pub async fn of_support(desk: &mut Desk, incident: IncidentId, due_on: NaiveDate) -> Result<()> {
    let after = desk.calendar().add_working_days(due_on, 1);
    add(desk, "support-late", incident.0, "support late", after).await
}

/// Settles what was still to remind of a subject that is done with.
pub async fn overtake(desk: &mut Desk, subject: Uuid) -> Result<()> {
    let now = desk.now;
    Ok(store::reminder::overtake(&mut desk.tx, subject, now).await?)
}

/// Sends one reminder, if nobody else has it and it is still true. Whether it went.
pub async fn send(desk: &mut Desk, id: ReminderId) -> Result<bool> {
    let Some(reminder) = store::reminder::lock(&mut desk.tx, id).await? else { return Ok(false) };
    let letter = match (Answer::of(&reminder.kind), reminder.kind.as_str()) {
        (Some(what), _) => owed::remind(desk, what, &reminder).await?,
        (None, "review-lapse") => for_lapse(desk, id, &reminder).await?,
        (None, "promise-today" | "promise-missed") => {
            promise::remind(desk, &reminder).await?.map(|(customer, words, to)| Letter { customer: Some(customer), words, to })
        }
        (None, "support-late") => owed::support(desk, &reminder).await?,
        (None, _) => for_review(desk, &reminder).await?,
    };
    let now = desk.now;
    let Some(letter) = letter else {
        store::reminder::settle(&mut desk.tx, id, "overtaken", now).await?;
        return Ok(false);
    };
    write(desk, &reminder, &letter).await?;
    store::reminder::settle(&mut desk.tx, id, "sent", now).await?;
    Ok(true)
}

/// A reminder ready to be written to each of some people.
struct Letter {
    /// On whose record it stands that it went; on none where it is about a colleague.
    customer: Option<CustomerId>,
    words: Words,
    to: Vec<StaffLine>,
}

async fn for_review(desk: &mut Desk, reminder: &Locked) -> Result<Option<Letter>> {
    let id = ReviewId(reminder.subject);
    let facts = found(store::review::facts(&mut desk.tx, id).await?)?;
    let has_ended = facts.ends_on.is_some_and(|day| day < desk.today());
    let is_true = match reminder.kind.as_str() {
        // After a pause of the worker, the day's own reminder goes, not every one before it too.
        "review-ahead" => facts.due_on > desk.today(),
        "term-ended" => has_ended,
        _ => true,
    };
    if !facts.is_due || !facts.in_force || !is_true {
        return Ok(None);
    }
    let policy = desk.policy_of(facts.policy).await?;
    let case = reviews::case_of(desk, &policy, facts.restriction).await?;
    let late = reminder.kind == "review-late" && *policy.reviews.overdue == Overdue::ContinueAndEscalate;
    let words = match (&*reminder.kind, facts.ends_on) {
        ("term-ended", Some(ended)) => words::term_ended(&policy, id, &facts.reference, ended),
        _ => words::review(&policy, id, &facts.reference, facts.due_on, desk.today(), facts.ends_on),
    };
    let to = case.to_tell(|person| reviews::may_hold(&policy, &case, person), late).into_iter().cloned().collect();
    Ok(Some(Letter { customer: Some(facts.customer), words, to }))
}

/// Ends what lapsed, and tells those who missed the review and somebody more senior.
async fn for_lapse(desk: &mut Desk, id: ReminderId, reminder: &Locked) -> Result<Option<Letter>> {
    let review = ReviewId(reminder.subject);
    let facts = found(store::review::facts(&mut desk.tx, review).await?)?;
    if !restriction::lapses(desk, review).await? {
        return Ok(None);
    }
    let now = desk.now;
    // Settled first: the lapse overtakes every other reminder of this review.
    store::reminder::settle(&mut desk.tx, id, "sent", now).await?;
    let letter = restriction::lapse(desk, review).await?;
    let policy = desk.policy_of(facts.policy).await?;
    let case = reviews::case_of(desk, &policy, facts.restriction).await?;
    let words = words::lapsed(&policy, letter, &facts.reference, facts.due_on);
    let to = case.to_tell(|person| reviews::may_hold(&policy, &case, person), true).into_iter().cloned().collect();
    Ok(Some(Letter { customer: Some(facts.customer), words, to }))
}

async fn write(desk: &mut Desk, reminder: &Locked, letter: &Letter) -> Result<()> {
    for person in &letter.to {
        let body = letter.words.body(&person.name, &desk.landlord.name);
        let key = format!("{} {}", reminder.key, person.id);
        desk.write_to(&person.name, &person.email, &key, &letter.words.subject, &body).await?;
    }
    let Some(customer) = letter.customer else { return Ok(()) };
    let names: Vec<&str> = letter.to.iter().map(|person| person.name.as_str()).collect();
    let event = Event::Reminded { subject: reminder.subject, what: letter.words.subject.clone(), to: say::list(&names) };
    desk.record(customer, event).await
}

async fn add(desk: &mut Desk, kind: &str, subject: Uuid, moment: &str, on: NaiveDate) -> Result<()> {
    add_at(desk, kind, subject, moment, morning(on)).await
}

async fn add_at(desk: &mut Desk, kind: &str, subject: Uuid, moment: &str, due_at: DateTime<Utc>) -> Result<()> {
    let new = NewReminder { id: desk.new_id(), key: &format!("{subject} {moment}"), kind, subject, due_at };
    let now = desk.now;
    Ok(store::reminder::add(&mut desk.tx, &new, now).await?)
}
