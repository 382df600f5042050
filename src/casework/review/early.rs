//! A review the customer asks for before its day: written down, and put before whoever holds it, whether or not the policy promises one.

use chrono::NaiveDate;

use crate::casework::case::Wanted;
use crate::casework::desk::Desk;
use crate::casework::{Error, Result, found};
use crate::rules::early_review::{self, Asked};
use crate::rules::event::Event;
use crate::rules::id::{EventId, ReviewId};
use crate::rules::policy::Policy;
use crate::rules::task::TaskKind;
use crate::rules::{days, say};
use crate::store;
use crate::store::review::Review;

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    /// The id of what is written down, made when the form was opened: a second press finds it there.
    pub id: EventId,
    /// The day it came.
    pub on: NaiveDate,
    /// Why the customer asks, in their words.
    pub why: String,
}

/// What a request received on a day comes to by the policy of the restriction: counted from its start, or from the last review held.
pub async fn comes_to(desk: &mut Desk, policy: &Policy, review: &Review, received: NaiveDate) -> Result<Asked> {
    let since = found(store::review::since(&mut desk.tx, review.restriction).await?)?;
    Ok(early_review::asked(policy, days::day_of(since.from), received, review.due_on))
}

/// Writes a request down, once, and asks whoever holds reviews to look at it: by the day the policy promises, or soon.
///
/// # Errors
/// `Changed` where the review was held or ended meanwhile; `Refused` where the day cannot be.
pub async fn request(desk: &mut Desk, id: ReviewId, request: &Request) -> Result<Asked> {
    desk.staff()?;
    let review = found(store::review::find(&mut desk.tx, id).await?)?;
    if !review.is_due() {
        return Err(Error::Changed("The review was held, or what it was to look at has ended.".to_owned()));
    }
    let restriction = found(store::restriction::find(&mut desk.tx, review.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let started = restriction.in_force_at.map_or(request.on, days::day_of);
    if request.on > desk.today() {
        return Err(Error::refused("asked_on", "Enter a day that is not in the future"));
    }
    if request.on < started {
        return Err(Error::refused("asked_on", format!("Enter a day on or after {}, the day it began", say::day(started))));
    }
    let asked = comes_to(desk, &policy, &review, request.on).await?;
    store::restriction::lock(&mut desk.tx, review.restriction).await?;
    if store::event::is_kept(&mut desk.tx, request.id).await? {
        return Ok(asked);
    }
    let event = Event::EarlyReviewAsked { review: id, promised: asked.is_promised(), why: request.why.clone() };
    desk.record_as(request.id, review.customer, event).await?;
    let due_on = asked.look_by(policy.calendar(), request.on, review.due_on);
    let case = super::case_of(desk, &policy, restriction.id).await?;
    let wanted = Wanted { kind: TaskKind::Review, customer: review.customer, subject: id.0, due_on };
    let may = |person: &_| super::may_hold(&policy, &case, person);
    case.ask(desk, &wanted, case.reviewer(&policy), Some(asked.say()), may).await?;
    Ok(asked)
}
