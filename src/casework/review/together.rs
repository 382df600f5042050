//! A review that a body holds in its meeting: who records it, who may sit, and what is wrong with the meeting.

use crate::casework::case::Case;
use crate::casework::desk::Desk;
use crate::casework::{Refusal, Result, sitting};
use crate::rules;
use crate::rules::authority::{self, Meeting, Person};
use crate::rules::days;
use crate::rules::policy::{Body, Policy};
use crate::store::review::Review;

/// The body that holds a review, where the person at the desk records it as its clerk.
pub fn body<'a>(desk: &Desk, policy: &'a Policy, case: &Case, review: &Review) -> Result<Option<&'a Body>> {
    let body = authority::acts_for(policy, case.reviewer(policy), &case.reader(desk)?, &case.history);
    Ok(body.filter(|_| review.is_due()))
}

/// Whether this person may sit where a body holds the review of a case.
pub fn may_sit(policy: &Policy, case: &Case, body: &Body, one: &Person) -> std::result::Result<(), authority::Refusal> {
    match case.is_sent_back {
        true => rules::remit::may_sit(policy, body, one, &case.history, &case.here()),
        false => rules::review::may_sit(policy, body, one, &case.history),
    }
}

/// What speaks against the meeting of a body that holds a review, each at its field. Asked where something else is missing yet, so that
/// everything is said at once.
pub fn against_meeting(desk: &Desk, policy: &Policy, case: &Case, review: &Review, meeting: Option<&Meeting>) -> Result<Vec<Refusal>> {
    let since = days::day_of(review.made_at);
    let body = body(desk, policy, case, review)?;
    Ok(sitting::wrong(desk, (policy, case), body, meeting, since, |body, one| may_sit(policy, case, body, one)))
}
