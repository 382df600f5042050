//! Holding a review: what was chosen becomes an act, or the page again with what is missing.

use chrono::NaiveDate;

use super::show::page;
use crate::casework::desk::Desk;
use crate::casework::review::{self, Held, Outcome};
use crate::casework::{Error, found};
use crate::http::answer::{again, done, refusals, stale};
use crate::http::cookie::Flash;
use crate::http::desk::Posted;
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::letters::Account;
use crate::rules;
use crate::rules::authority::Meeting;
use crate::rules::checklist::at;
use crate::rules::days::Length;
use crate::rules::measure::Chosen;
use crate::rules::policy::{Decision, Policy, ReviewOutcome};
use crate::rules::text::{Narrative, TextError};
use crate::store;
use crate::store::review::Review;
use crate::web::appeal::{at_its_field, held_terms, some_terms};
use crate::web::terms::name_colleagues;
use crate::web::{checklist, sitting};

pub(super) async fn hold(path: paths::Review, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let id = path.id;
    let review = found(store::review::find(&mut desk.tx, id).await?)?;
    let restriction = found(store::restriction::find(&mut desk.tx, review.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    name_colleagues(&mut desk, &mut form).await?;
    let meeting = meeting(&mut desk, &mut form, &policy, &review).await?;
    let terms = held_terms(&mut desk, restriction.id).await?;
    let held = read(&desk, &mut form, &policy, &terms, meeting);
    let waits = match &held {
        Ok(_) => Ok(()),
        Err(_) => review::waits_for_me(&mut desk, id).await,
    };
    if let Err(Some(outcome)) = &held {
        let against = review::against(&mut desk, id, outcome).await?;
        refusals(at_its_field(Error::Refused(against)), &mut form)?;
    }
    // Read before anything is changed: a refusal shows the case as it is, not as it would have been.
    let before = page(&mut desk, &staff, &around, review, Some(form.clone())).await?;
    let done_so = match (waits, &held) {
        (Err(error), _) => Err(error),
        (Ok(()), Err(_)) => return again(&around, &before.with(form)),
        (Ok(()), Ok(held)) => review::hold(&mut desk, id, held).await.map(|()| flash(&held.outcome)),
    };
    match done_so {
        Ok(flash) => done(desk, &around, flash, paths::Review { id }).await,
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

/// The meeting, where a body holds it and the reader records that, with what the rules find wrong with it beside its fields.
async fn meeting(desk: &mut Desk, form: &mut Form, policy: &Policy, looked_at: &Review) -> Result<Option<Meeting>, Fault> {
    let case = review::case_of(desk, policy, looked_at.restriction).await?;
    let Some(body) = review::body(desk, policy, &case, looked_at)? else { return Ok(None) };
    let meeting = sitting::read(form, body);
    if meeting.is_some() {
        refusals(Error::Refused(review::against_meeting(desk, policy, &case, looked_at, meeting.as_ref())?), form)?;
    }
    Ok(meeting)
}

/// What was chosen. Where something is missing there is a sentence beside it, and the outcome as far as it is known.
fn read(desk: &Desk, form: &mut Form, policy: &Policy, held: &[Chosen], meeting: Option<Meeting>) -> Result<Held, Option<Outcome>> {
    // No version is the version of nothing: it is told as a change.
    let number = |form: &Form, name: &str| form.value(name).parse::<i32>().unwrap_or(0);
    let (version, restriction_version) = (number(form, "version"), number(form, "restriction_version"));
    let view = view(form);
    let outcomes: Vec<_> = policy.reviews.outcomes.iter().map(|outcome| (outcome.key(), *outcome)).collect();
    let outcome = match form.choice("outcome", &outcomes, "Choose what comes of the review") {
        None => None,
        Some(ReviewOutcome::Lift) => Some(Outcome::Lift),
        Some(ReviewOutcome::Undertaking) => {
            let words = form.text("undertaking", asked("Write what the ⟦customer⟧ is asked to sign"));
            let sign_by = form.date("sign_by", "Enter the last day for it");
            // Without its words too, so that a day that cannot be is said at once.
            let words = words.map(String::from).unwrap_or_default();
            sign_by.map(|sign_by| Outcome::Undertaking { words, sign_by })
        }
        Some(ReviewOutcome::Continue) => days(desk, form, policy).map(|(ends_on, review_on)| Outcome::Continue { ends_on, review_on }),
        Some(ReviewOutcome::Vary) => {
            let terms = some_terms(form, policy, held);
            let days = days(desk, form, policy);
            terms.zip(days).map(|(terms, (ends_on, review_on))| Outcome::Vary { terms, ends_on, review_on })
        }
    };
    let reasons = form.text("reasons", asked("Enter your reasons"));
    let lists = outcome.as_ref().map_or_else(|| at(policy, &[Decision::Review]), |outcome| outcome.lists(policy));
    let checked = checklist::read(form, &lists, true);
    match (view, reasons, outcome) {
        (Some(view), Some(reasons), Some(outcome)) if form.is_clean() => {
            Ok(Held { version, restriction_version, view, reasons: reasons.to_string(), outcome, checked, meeting })
        }
        (_, _, outcome) => Err(outcome),
    }
}

fn view(form: &mut Form) -> Option<Account> {
    let how = form.choice("view_how", &[("heard", 0), ("no-answer", 1), ("not-asked", 2)], "Choose whether the ⟦customer⟧ was heard")?;
    let sentence = match how {
        0 => "Write down what the ⟦customer⟧ says",
        1 => "Write down how and when the ⟦customer⟧ was asked",
        _ => "Write down why the ⟦customer⟧ was not asked",
    };
    let words = form.text("customers_view", asked(sentence))?.to_string();
    Some(match how {
        0 => Account::Heard(words),
        1 => Account::NoAnswer(words),
        _ => Account::NotAsked(words),
    })
}

/// The last day, and the day of the next review: never past the last day.
fn days(desk: &Desk, form: &mut Form, policy: &Policy) -> Option<(Option<NaiveDate>, NaiveDate)> {
    let ends_on = form.optional_date("ends_on", "Enter the last day");
    if rules::review::is_set_in_letter(policy) {
        let day = form.date("review_on", "Enter the day it is looked at again. A review is never skipped.");
        let (ends_on, day) = (ends_on?, day?);
        return Some((ends_on, ends_on.map_or(day, |end| day.min(end))));
    }
    let intervals: Vec<(String, Length)> = policy.reviews.intervals.iter().map(|one| (one.to_string(), *one)).collect();
    let intervals: Vec<(&str, Length)> = intervals.iter().map(|(key, one)| (key.as_str(), *one)).collect();
    let chosen = form.choice("review_on", &intervals, "Choose when it is looked at again. A review is never skipped.");
    let ends_on = ends_on?;
    Some((ends_on, rules::review::after(policy, desk.today(), chosen?, ends_on)))
}

/// An empty field is asked for in the page's own words; anything else keeps its own sentence.
fn asked(empty: &'static str) -> impl Fn(&str) -> Result<Narrative, String> {
    move |typed| {
        Narrative::parse(typed).map_err(|error| match error {
            TextError::Missing(_) => empty.to_owned(),
            other => other.to_string(),
        })
    }
}

fn flash(outcome: &Outcome) -> Flash {
    const LETTER: &str = "The letter waits under Letters for you to send.";
    match outcome {
        Outcome::Continue { .. } => Flash::good("Review recorded.", format!("The next one is promised. {LETTER}")),
        Outcome::Vary { .. } => Flash::good("Review recorded.", format!("Staff see the new answer from this second. {LETTER}")),
        Outcome::Undertaking { .. } => {
            Flash::good("Review recorded.", format!("It ends once it is signed; until then it stays as it is. {LETTER}"))
        }
        Outcome::Lift => Flash::good("Review recorded.", format!("Contact is not limited any more. {LETTER}")),
    }
}
