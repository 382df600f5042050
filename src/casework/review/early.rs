//! A review the customer asks for before its day: written down, and put before whoever holds it, whether or not the policy promises one.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::casework::case::{Case, Wanted};
use crate::casework::desk::Desk;
use crate::casework::reminder::words::{self, Words};
use crate::casework::{Error, Result, found, letter};
use crate::letters::{EarlyReviewReceived, Letter};
use crate::rules::early_review::{self, Asked, Promised};
use crate::rules::event::Event;
use crate::rules::id::{EventId, RestrictionId, ReviewId};
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
    let promised = promised(desk, policy, review.restriction).await?;
    Ok(early_review::asked(promised, policy.calendar(), received, review.due_on))
}

/// What is promised of an early review of a restriction in force: by its policy, or by a letter before it was moved to that policy.
pub async fn promised(desk: &mut Desk, policy: &Policy, restriction: RestrictionId) -> Result<Option<Promised>> {
    let since = found(store::review::since(&mut desk.tx, restriction).await?)?;
    let told = store::restriction::early_told(&mut desk.tx, restriction).await?;
    let told = told.and_then(|(from, within)| Some(Promised { from, within: within.parse().ok()? }));
    let last = days::day_of(since.from);
    Ok(early_review::kept(early_review::promised(policy, last), told, last))
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
    let customer = found(store::customer::get(&mut desk.tx, review.customer).await?)?;
    let mail = words::early_review(&policy, id, &customer.reference, due_on);
    tell_reviewers(desk, &policy, &case, &mail, request.id.0).await?;
    let letter = Letter::EarlyReviewReceived(EarlyReviewReceived {
        shared: letter::shared(desk, &customer, policy).await?,
        received_on: request.on,
        words: request.why.clone(),
        asked,
        look_by: due_on,
        review_on: review.due_on,
    });
    letter::make(desk, customer.id, id.0, &letter).await?;
    Ok(asked)
}

/// Writes to everybody who may hold a review, apart from whoever sits at the desk. `what` tells one occasion from another.
pub(in crate::casework) async fn tell_reviewers(desk: &mut Desk, policy: &Policy, case: &Case, mail: &Words, what: Uuid) -> Result<()> {
    let reader = desk.staff()?.id;
    let may = |person: &_| super::may_hold(policy, case, person);
    for person in case.to_tell(may, false).into_iter().filter(|person| person.id != reader) {
        let body = mail.body(&person.name, &desk.landlord.name);
        desk.write_to(&person.name, &person.email, &format!("{what} early {}", person.id), &mail.subject, &body).await?;
    }
    Ok(())
}
