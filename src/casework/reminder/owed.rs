//! Reminders of an answer that is owed: to a proposal, to an appeal against a restriction or a warning, or to a request to look again.

use chrono::NaiveDate;

use super::words;
use super::{Answer, Letter};
use crate::casework::approval::Papers;
use crate::casework::case::{self, Case};
use crate::casework::desk::Desk;
use crate::casework::reconsideration::Request;
use crate::casework::warning::appeal::Challenge;
use crate::casework::{Result, found};
use crate::rules::appeal;
use crate::rules::authority::{Person, Refusal};
use crate::rules::id::{AppealId, IncidentId, ReconsiderationId, RestrictionId};
use crate::rules::policy::{Clock, ClockDoes, Policy};
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::reminder::Locked;

/// One reminder, to whoever may answer; nothing once it is answered. After a pause of the worker, the newest moment alone is reminded of.
pub(super) async fn remind(desk: &mut Desk, what: Answer, reminder: &Locked) -> Result<Option<Letter>> {
    match what {
        Answer::Proposal => for_proposal(desk, reminder).await,
        Answer::Appeal => for_appeal(desk, reminder).await,
        Answer::WarningAppeal => for_warning(desk, reminder).await,
        Answer::Reconsideration => for_reconsideration(desk, reminder).await,
    }
}

async fn for_proposal(desk: &mut Desk, reminder: &Locked) -> Result<Option<Letter>> {
    let id = RestrictionId(reminder.subject);
    let Some(due_on) = store::task::due(&mut desk.tx, id.0, &[TaskKind::Approval, TaskKind::View]).await? else { return Ok(None) };
    if !is_true(desk, reminder, due_on) {
        return Ok(None);
    }
    let papers = Papers::of(desk, id).await?;
    let (whole, case) = (&papers.whole, &papers.case);
    let words = words::proposal(&whole.policy, id, &whole.customer.reference, due_on, desk.today());
    let may = |person: &Person| papers.turn(person).map(|_| ());
    Ok(Some(letter(whole.customer.id, words, case, may, escalates(&whole.policy, Clock::Approval, reminder))))
}

async fn for_appeal(desk: &mut Desk, reminder: &Locked) -> Result<Option<Letter>> {
    let id = AppealId(reminder.subject);
    let facts = found(store::appeal::facts(&mut desk.tx, id).await?)?;
    if !facts.is_open || !is_true(desk, reminder, facts.due_on) {
        return Ok(None);
    }
    let policy = desk.policy_of(facts.policy).await?;
    let round = facts.round;
    let case = Case::of(desk, facts.restriction).await?;
    let case = case.deciding(desk, &policy, |person, history| appeal::may_hear(&policy, round, person, history)).await?;
    let words = words::appeal(&policy, (id, round), &facts.reference, facts.due_on, desk.today());
    let may = |person: &Person| appeal::may_hear(&policy, round, person, &case.history);
    Ok(Some(letter(facts.customer, words, &case, may, escalates(&policy, Clock::AppealDecision, reminder))))
}

async fn for_warning(desk: &mut Desk, reminder: &Locked) -> Result<Option<Letter>> {
    let warning = found(store::warning_appeal::warning_of(&mut desk.tx, AppealId(reminder.subject)).await?)?;
    let challenge = Challenge::of(desk, warning).await?;
    let Some(open) = challenge.open().filter(|open| open.id.0 == reminder.subject) else { return Ok(None) };
    if !is_true(desk, reminder, open.due_on) {
        return Ok(None);
    }
    let customer = found(store::customer::get(&mut desk.tx, open.customer).await?)?;
    let words = words::warning_appeal(&challenge.policy, warning, &customer.reference, open.due_on, desk.today());
    let escalate = escalates(&challenge.policy, Clock::AppealDecision, reminder);
    Ok(Some(letter(customer.id, words, &challenge.case, |person| challenge.may_decide(person), escalate)))
}

async fn for_reconsideration(desk: &mut Desk, reminder: &Locked) -> Result<Option<Letter>> {
    let request = Request::of(desk, ReconsiderationId(reminder.subject)).await?;
    let asked = &request.asked;
    if !asked.is_open() || !is_true(desk, reminder, asked.due_on) {
        return Ok(None);
    }
    let words = words::look_again(&request.policy, asked.id, &asked.reference, asked.due_on, desk.today());
    let escalate = escalates(&request.policy, Clock::Reconsideration, reminder);
    Ok(Some(letter(asked.customer, words, &request.case, |person| request.may_answer(person), escalate)))
}

fn letter(
    customer: crate::rules::id::CustomerId,
    words: words::Words,
    case: &Case,
    may: impl Fn(&Person) -> std::result::Result<(), Refusal>,
    escalate: bool,
) -> Letter {
    Letter { customer: Some(customer), words, to: case.to_tell(may, escalate).into_iter().cloned().collect() }
}

/// That a colleague was not seen in time, to whoever was to see them; to somebody more senior too where the policy says that this clock
/// escalates. It names nobody.
pub(super) async fn support(desk: &mut Desk, reminder: &Locked) -> Result<Option<Letter>> {
    let id = IncidentId(reminder.subject);
    let Some((supporter, due_on)) = store::task::whose(&mut desk.tx, id.0, TaskKind::Support).await? else { return Ok(None) };
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    let policy = desk.policy_of(incident.policy).await?;
    let people = store::staff::list(&mut desk.tx).await?;
    let mut told = vec![supporter];
    if escalates_at_last(&policy, Clock::Support) {
        told.extend(case::seniors(&told, &people));
    }
    let to = people.into_iter().filter(|line| !line.has_left && told.contains(&line.id)).collect();
    Ok(Some(Letter { customer: None, words: words::support(due_on), to }))
}

/// Ahead of the day, or on it, or after it: not both at once.
fn is_true(desk: &Desk, reminder: &Locked, due: NaiveDate) -> bool {
    let today = desk.today();
    match reminder.kind.rsplit('-').next() {
        Some("ahead") => today < due,
        Some("today") => today <= due,
        _ => true,
    }
}

/// Somebody more senior is told once it is late; on the day itself where the policy says that the clock escalates (`clocks.on-the-day`).
fn escalates(policy: &Policy, clock: Clock, reminder: &Locked) -> bool {
    let on_the_day = escalates_at_last(policy, clock);
    match reminder.kind.rsplit('-').next() {
        Some("late") => true,
        Some("today") => on_the_day,
        _ => false,
    }
}

fn escalates_at_last(policy: &Policy, clock: Clock) -> bool {
    matches!(policy.clocks.does(clock), ClockDoes::Escalate | ClockDoes::ContinueAndEscalate)
}
