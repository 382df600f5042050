//! The promise to look again at a restriction: made when it starts, kept by its day, never skipped.

mod early;
mod hold;
mod together;

pub(in crate::casework) use early::tell_reviewers;
pub use early::{Request, comes_to, promised as promised_early, request};
pub use hold::{Held, Outcome, against, ended, hold, since, waits_for_me};
pub use together::{against_meeting, body, may_sit};

use chrono::NaiveDate;

use super::case::{Case, Wanted};
use super::desk::Desk;
use super::{Result, reminder};
use crate::rules;
use crate::rules::authority::{Person, Refusal};
use crate::rules::id::{AppealId, CustomerId, RestrictionId, ReviewId};
use crate::rules::policy::Policy;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::review::NewReview;

/// What is promised: a review of this restriction on this day.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// The restriction looked at.
    pub restriction: RestrictionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The day of the review.
    pub due_on: NaiveDate,
    /// The last day of the restriction, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// The appeal that sent the decision back to be made again, where one did.
    pub sent_back_by: Option<AppealId>,
}

/// Promises a review under the restriction's own policy: the review, its task for whoever may hold it, and its reminders.
/// Whoever calls it sets the restriction's next review to the id it answers with.
pub async fn promise(desk: &mut Desk, policy: &Policy, promise: Promise) -> Result<ReviewId> {
    let id: ReviewId = desk.new_id();
    let Promise { restriction, customer, due_on, ends_on, sent_back_by } = promise;
    let now = desk.now;
    store::review::add(&mut desk.tx, &NewReview { id, restriction, customer, due_on, sent_back_by }, now).await?;
    ask(desk, policy, id, promise).await?;
    reminder::of_review(desk, policy, id, due_on, ends_on).await?;
    Ok(id)
}

/// Asks whoever may hold an open review under another version of the policy. The day that was promised stays.
pub async fn ask_anew(desk: &mut Desk, policy: &Policy, id: ReviewId, promise: Promise) -> Result<()> {
    desk.finish(TaskKind::Review, id.0).await?;
    reminder::of_lapse(desk, policy, id, promise.due_on).await?;
    ask(desk, policy, id, promise).await
}

async fn ask(desk: &mut Desk, policy: &Policy, id: ReviewId, promise: Promise) -> Result<()> {
    let Promise { restriction, customer, due_on, .. } = promise;
    let case = case_of(desk, policy, restriction).await?;
    let wanted = Wanted { kind: TaskKind::Review, customer, subject: id.0, due_on };
    let may = |person: &_| may_hold(policy, &case, person);
    case.ask(desk, &wanted, case.reviewer(policy), None, may).await
}

/// The case of a restriction for holding its review: with the posts that are lent today by whoever could hold it.
pub async fn case_of(desk: &mut Desk, policy: &Policy, restriction: RestrictionId) -> Result<Case> {
    let is_sent_back = store::review::sent_back_by(&mut desk.tx, restriction).await?.is_some();
    let terms = store::term::list(&mut desk.tx, restriction).await?;
    let case = Case { is_sent_back, ..Case::of(desk, restriction).await? }.reviewed_by(policy, &terms);
    let who = case.reviewer(policy).clone();
    case.deciding(desk, policy, |person, history| rules::review::may_review(policy, &who, person, history)).await
}

/// Whether this person may hold the review of a case: where the decision was sent back on appeal, somebody who took no part in it.
pub fn may_hold(policy: &Policy, case: &Case, person: &Person) -> std::result::Result<(), Refusal> {
    match case.is_sent_back {
        true => rules::remit::may_decide_again(policy, case.reviewer(policy), person, &case.history, &case.here()),
        false => rules::review::may_review(policy, case.reviewer(policy), person, &case.history),
    }
}

/// Ends the open review of a restriction that ended without it: its task is done with, and nobody is reminded.
pub async fn overtake(desk: &mut Desk, restriction: RestrictionId) -> Result<()> {
    if let Some(review) = store::review::overtake(&mut desk.tx, restriction).await? {
        desk.finish(TaskKind::Review, review.0).await?;
        reminder::overtake(desk, review.0).await?;
    }
    Ok(())
}
