//! Deciding an appeal, or first whether a late one is heard.

use chrono::NaiveDate;

use super::new::said;
use super::show::{Show, page};
use crate::casework::appeal::{self, Decision, Verdict};
use crate::casework::desk::Desk;
use crate::casework::{self, Error, Refusal, found};
use crate::http::answer::{again, done, refusals, stale};
use crate::http::cookie::Flash;
use crate::http::desk::Posted;
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::appeal::Round;
use crate::rules::authority::Meeting;
use crate::rules::checklist::at;
use crate::rules::id::RestrictionId;
use crate::rules::policy::{AppealOutcome, Decision as Before, Policy};
use crate::rules::text::Narrative;
use crate::rules::{self, measure};
use crate::store;
use crate::store::appeal::Appeal;
use crate::web::terms::{TermsForm, name_colleagues};
use crate::web::{checklist, sitting};

/// What was chosen.
enum Chosen {
    Hear(String, Option<Meeting>),
    RefuseLate(String, Option<Meeting>),
    Decide(Verdict),
}

pub(super) async fn decide(path: paths::AppealDecision, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let id = path.id;
    let appeal = found(store::appeal::find(&mut desk.tx, id).await?)?;
    let policy = policy(&mut desk, &appeal).await?;
    // Another version first: what was typed for it may not fit what is asked now. No version at all is told as a change in the end.
    let version = form.value("version").parse::<i32>();
    let unchanged = version.as_ref().map_or(Ok(()), |version| appeal::unchanged(&appeal, *version));
    if appeal.is_open() && unchanged.is_ok() {
        appeal::may_act(&mut desk, &appeal).await?;
    }
    name_colleagues(&mut desk, &mut form).await?;
    let chosen = match unchanged {
        Ok(()) => {
            let meeting = meeting(&mut desk, &mut form, &policy, &appeal).await?;
            let held = held_terms(&mut desk, appeal.restriction).await?;
            read(&mut form, &policy, &appeal, &held, meeting).filter(|_| form.is_clean())
        }
        Err(_) => None,
    };
    // What the page shows is read before anything is changed: a refusal shows the case as it is, not as it would have been.
    let before: Show = page(&mut desk, &staff, &around, appeal, Some(form.clone())).await?;
    let outcome = match (unchanged, &chosen) {
        (Err(changed), _) => Err(changed),
        (Ok(()), None) => return again(&around, &before.with(form)),
        (Ok(()), Some(chosen)) => act(&mut desk, id, version.unwrap_or(0), chosen).await,
    };
    match outcome {
        Ok(()) => done(desk, &around, flash(chosen.as_ref()), paths::Appeal { id }).await,
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

async fn policy(desk: &mut Desk, appeal: &Appeal) -> Result<std::sync::Arc<Policy>, Fault> {
    Ok(desk.policy_of(appeal.policy).await?)
}

/// The meeting, where a body decides and the reader records it, with what the rules find wrong with it beside its fields.
async fn meeting(desk: &mut Desk, form: &mut Form, policy: &Policy, appeal: &Appeal) -> Result<Option<Meeting>, Fault> {
    let case = appeal::case_of(desk, policy, appeal).await?;
    let Some(body) = appeal::body(desk, policy, &case, appeal)? else { return Ok(None) };
    let meeting = sitting::read(form, body);
    if meeting.is_some() {
        refusals(Error::Refused(appeal::against_meeting(desk, policy, &case, appeal, meeting.as_ref())?), form)?;
    }
    Ok(meeting)
}

async fn act(desk: &mut Desk, id: crate::rules::id::AppealId, version: i32, chosen: &Chosen) -> casework::Result<()> {
    match chosen {
        Chosen::Hear(because, meeting) => appeal::admit(desk, id, version, (because, meeting.as_ref())).await,
        Chosen::RefuseLate(reasons, meeting) => appeal::refuse_late(desk, id, version, (reasons, meeting.as_ref())).await,
        Chosen::Decide(verdict) => appeal::decide(desk, id, verdict).await,
    }
}

fn read(form: &mut Form, policy: &Policy, appeal: &Appeal, held: &[measure::Chosen], meeting: Option<Meeting>) -> Option<Chosen> {
    if appeal.waits_to_be_admitted() {
        let hear = form.choice("admission", &[("hear", true), ("refuse", false)], "Choose whether it is heard");
        let reasons = reasons(form);
        return Some(if hear? { Chosen::Hear(reasons?, meeting) } else { Chosen::RefuseLate(reasons?, meeting) });
    }
    let outcomes: Vec<_> = rules::appeal::outcomes(policy, appeal.round).into_iter().map(|outcome| (outcome.key(), outcome)).collect();
    let outcome = form.choice("outcome", &outcomes, "Choose your decision");
    let decision = match outcome {
        None => None,
        Some(AppealOutcome::Uphold) => Some(Decision::Uphold),
        Some(AppealOutcome::Quash) => Some(Decision::Quash),
        Some(AppealOutcome::Vary) if appeal.round == Round::Length => form
            .date("ends_on", "Enter the new last day")
            .map(|ends_on| Decision::Vary { terms: Vec::new(), ends_on: Some(ends_on), review_on: None }),
        Some(AppealOutcome::Vary) => {
            varied(form, policy, held).map(|Varied { terms, ends_on, review_on }| Decision::Vary { terms, ends_on, review_on })
        }
        Some(AppealOutcome::Remit) => sent_back(form),
    };
    let reasons = reasons(form);
    let restriction_version = form.value("restriction_version").parse().unwrap_or(0);
    let version = form.value("version").parse().unwrap_or(0);
    let checked = checklist::read(form, &at(policy, &[Before::Appeal]), true);
    let verdict = Verdict { version, restriction_version, decision: decision?, reasons: reasons?, checked, meeting };
    form.is_clean().then_some(Chosen::Decide(verdict))
}

/// What a restriction is changed to by an answer.
pub(in crate::web) struct Varied {
    pub terms: Vec<measure::Chosen>,
    pub ends_on: Option<NaiveDate>,
    pub review_on: Option<NaiveDate>,
}

/// The terms and days of `part/vary.html`.
pub(in crate::web) fn varied(form: &mut Form, policy: &Policy, held: &[measure::Chosen]) -> Option<Varied> {
    let terms = some_terms(form, policy, held);
    let ends_on = form.optional_date("ends_on", "Enter the last day");
    let review_on = form.optional_date("review_on", "Enter the day of the review");
    Some(Varied { terms: terms?, ends_on: ends_on?, review_on: review_on? })
}

fn sent_back(form: &mut Form) -> Option<Decision> {
    let look_at =
        form.text("look_at", |typed| Narrative::parse(typed).map_err(|error| said(typed, &error, "Enter what must be looked at")));
    Some(Decision::Remit { look_at: look_at?.to_string() })
}

/// The terms that hold now.
pub(in crate::web) async fn held_terms(desk: &mut Desk, restriction: RestrictionId) -> Result<Vec<measure::Chosen>, Fault> {
    Ok(store::term::held(&mut desk.tx, restriction).await?)
}

/// The terms chosen in the place of those that hold; none at all is an end, and is decided as one.
pub(in crate::web) fn some_terms(form: &mut Form, policy: &Policy, held: &[measure::Chosen]) -> Option<Vec<measure::Chosen>> {
    let terms = TermsForm::read(form, policy, held)?;
    if terms.is_empty() {
        form.wrong("measure", "Choose at least one. If nothing is to stay, choose that it ends");
        return None;
    }
    Some(terms)
}

/// Why, in words the customer reads.
pub(in crate::web) fn reasons(form: &mut Form) -> Option<String> {
    form.text("reasons", |typed| Narrative::parse(typed).map_err(|error| said(typed, &error, "Enter your reasons")))
        .map(|text| text.to_string())
}

/// A refusal about the terms stands at their field.
pub(in crate::web) fn at_its_field(error: Error) -> Error {
    match error {
        Error::Refused(all) => Error::Refused(
            all.into_iter().map(|one| if one.field == "terms" { Refusal::at("measure", one.sentence) } else { one }).collect(),
        ),
        other => other,
    }
}

fn flash(chosen: Option<&Chosen>) -> Flash {
    const LETTER: &str = "The letter waits under Letters for you to send.";
    match chosen {
        Some(Chosen::Hear(..)) => Flash::good("It is heard.", "Decide it on this page, or leave it to somebody else who took no part."),
        Some(Chosen::RefuseLate(..)) => Flash::good("Not heard.", LETTER),
        Some(Chosen::Decide(Verdict { decision: Decision::Vary { .. } | Decision::Quash, .. })) => {
            Flash::good("Decision recorded.", format!("Staff see the new answer from this second. {LETTER}"))
        }
        Some(Chosen::Decide(Verdict { decision: Decision::Remit { .. }, .. })) => {
            Flash::good("Decision recorded.", format!("Whoever makes the decision again has been told. {LETTER}"))
        }
        _ => Flash::good("Decision recorded.", LETTER),
    }
}
