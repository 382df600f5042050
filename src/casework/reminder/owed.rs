//! Reminders of an answer that a customer is owed: to an appeal against a restriction or a warning, or to a request to look again.

use chrono::NaiveDate;

use super::words;
use super::{Answer, Letter};
use crate::casework::case::Case;
use crate::casework::desk::Desk;
use crate::casework::reconsideration::Request;
use crate::casework::warning::appeal::Challenge;
use crate::casework::{Result, found};
use crate::rules::appeal;
use crate::rules::authority::{Person, Refusal};
use crate::rules::id::{AppealId, ReconsiderationId};
use crate::rules::policy::{Clock, ClockDoes, Policy};
use crate::store;
use crate::store::reminder::Locked;

/// One reminder, to whoever may answer; nothing once it is answered. After a pause of the worker, the newest moment alone is reminded of.
pub(super) async fn remind(desk: &mut Desk, what: Answer, reminder: &Locked) -> Result<Option<Letter>> {
    match what {
        Answer::Appeal => for_appeal(desk, reminder).await,
        Answer::WarningAppeal => for_warning(desk, reminder).await,
        Answer::Reconsideration => for_reconsideration(desk, reminder).await,
    }
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
    Letter { customer, words, to: case.to_tell(may, escalate).into_iter().cloned().collect() }
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
    let on_the_day = matches!(policy.clocks.does(clock), ClockDoes::Escalate | ClockDoes::ContinueAndEscalate);
    match reminder.kind.rsplit('-').next() {
        Some("late") => true,
        Some("today") => on_the_day,
        _ => false,
    }
}
