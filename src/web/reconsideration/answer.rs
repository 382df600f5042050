//! Answering a request to look again: what was chosen becomes an act, or the page again with what is missing.

use super::show::page;
use crate::casework::Error;
use crate::casework::desk::Desk;
use crate::casework::reconsideration::{self, Decision, Request, Verdict};
use crate::http::answer::{again, done, refusals, stale};
use crate::http::cookie::Flash;
use crate::http::desk::Posted;
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::authority::Meeting;
use crate::rules::measure::Chosen;
use crate::rules::policy::Policy;
use crate::rules::reconsideration::Answer;
use crate::store;
use crate::web::appeal::{Varied, at_its_field, held_terms, reasons, varied};
use crate::web::sitting;
use crate::web::terms::name_colleagues;

pub(super) async fn answer(path: paths::ReconsiderationAnswer, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let id = path.id;
    let request = Request::of(&mut desk, id).await?;
    if request.asked.is_open() {
        reconsideration::may(&desk, &request)?;
    }
    let restriction = crate::casework::found(store::restriction::find(&mut desk.tx, request.asked.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    // Another version first: what was typed for it may not fit what is asked now.
    let version = form.value("version").parse().unwrap_or(0);
    let unchanged = reconsideration::unchanged(&request.asked, version);
    name_colleagues(&mut desk, &mut form).await?;
    let verdict = match unchanged {
        Ok(()) => {
            let meeting = meeting(&desk, &mut form, &request)?;
            let held = held_terms(&mut desk, request.asked.restriction).await?;
            read(&mut form, &policy, &held, version, meeting).filter(|_| form.is_clean())
        }
        Err(_) => None,
    };
    // What the page shows is read before anything is changed: a refusal shows the case as it is, not as it would have been.
    let before = page(&mut desk, &staff, &around, request, Some(form.clone())).await?;
    let outcome = match (unchanged, &verdict) {
        (Err(changed), _) => Err(changed),
        (Ok(()), None) => return again(&around, &before.with(form)),
        (Ok(()), Some(verdict)) => reconsideration::answer(&mut desk, id, verdict).await,
    };
    match outcome {
        Ok(()) => done(desk, &around, flash(verdict.as_ref()), paths::Reconsideration { id }).await,
        Err(Error::Changed(sentence)) => {
            form.refuse(sentence);
            stale(&around, &before.with(form))
        }
        Err(error) => {
            refusals(at_its_field(error), &mut form)?;
            again(&around, &before.with(form))
        }
    }
}

/// The meeting, where a body answers and the reader records it, with what the rules find wrong with it beside its fields.
fn meeting(desk: &Desk, form: &mut Form, request: &Request) -> Result<Option<Meeting>, Fault> {
    let Some(body) = request.body(desk)? else { return Ok(None) };
    let meeting = sitting::read(form, body);
    if meeting.is_some() {
        refusals(Error::Refused(reconsideration::against_meeting(desk, request, meeting.as_ref())?), form)?;
    }
    Ok(meeting)
}

fn read(form: &mut Form, policy: &Policy, held: &[Chosen], version: i32, meeting: Option<Meeting>) -> Option<Verdict> {
    let every: Vec<_> = Answer::ALL.iter().map(|answer| (answer.key(), *answer)).collect();
    let decision = match form.choice("outcome", &every, "Choose your answer") {
        None => None,
        Some(Answer::Keep) => Some(Decision::Keep),
        Some(Answer::Lift) => Some(Decision::Lift),
        Some(Answer::Decline) => Some(Decision::Decline),
        Some(Answer::Vary) => {
            varied(form, policy, held).map(|Varied { terms, ends_on, review_on }| Decision::Vary { terms, ends_on, review_on })
        }
    };
    let reasons = reasons(form);
    let restriction_version = form.value("restriction_version").parse().unwrap_or(0);
    Some(Verdict { version, restriction_version, decision: decision?, reasons: reasons?, meeting })
}

fn flash(verdict: Option<&Verdict>) -> Flash {
    const LETTER: &str = "The letter waits under Letters for you to send.";
    match verdict.map(|verdict| &verdict.decision) {
        Some(Decision::Vary { .. } | Decision::Lift) => {
            Flash::good("Answer recorded.", format!("Staff see the new answer from this second. {LETTER}"))
        }
        _ => Flash::good("Answer recorded.", LETTER),
    }
}
