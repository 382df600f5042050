//! Recording a decision, and showing the page again where it could not be.

use super::page::{fill, may_read};
use crate::casework;
use crate::casework::approval::{self, Changes, Decision, Links, Outcome, Papers, Said};
use crate::casework::desk::Desk;
use crate::http::answer::{again, done, lead_on, refusals, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted};
use crate::http::doors::DECIDING;
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::authority::Meeting;
use crate::rules::checklist;
use crate::rules::id::{RestrictionId, TermId};
use crate::rules::measure::Way;
use crate::rules::policy::{self, StageKind};
use crate::store;
use crate::store::tx::Mode;
use crate::web;
use crate::web::restriction::reasons;
use crate::web::sitting;

pub async fn decide(path: paths::Approval, Posted { mut desk, mut form, around, .. }: Posted) -> Answered {
    may_read(&Papers::of(&mut desk, path.id).await?, &desk)?;
    let Some(said) = read(&mut desk, path.id, &mut form).await? else {
        return match approval::waits_for_me(&mut desk, path.id).await {
            Ok(()) => shown(desk, &around, path.id, form, None).await,
            Err(casework::Error::Changed(sentence)) => shown(desk, &around, path.id, form, Some(sentence)).await,
            Err(error) => Err(error.into()),
        };
    };
    match approval::decide(&mut desk, path.id, &said, &links(&around, path.id)).await {
        Ok(outcome) => answered(desk, &around, path.id, outcome).await,
        Err(casework::Error::Changed(sentence)) => shown(desk, &around, path.id, form, Some(sentence)).await,
        Err(error) => {
            refusals(error, &mut form)?;
            shown(desk, &around, path.id, form, None).await
        }
    }
}

/// What was sent, or what was wrong with it beside its field.
async fn read(desk: &mut Desk, id: RestrictionId, form: &mut Form) -> Result<Option<Said>, Fault> {
    let stage: usize = form.value("stage").parse().unwrap_or_default();
    let meeting = meeting(desk, id, stage, form).await?;
    let decision = if form.has("decision", "view") { Some(Decision::View) } else { decision(desk, id, form).await? };
    let missing = match decision {
        Some(Decision::View) => "Enter your view",
        Some(Decision::SendBack) => "Enter your questions",
        _ => "Enter your reasons",
    };
    let reasons = form.text("reason", |typed| reasons(typed, missing));
    let version = form.value("version").parse().unwrap_or(-1);
    let asked_for = form.all("asked_for").map(str::to_owned).collect();
    let policy = Papers::of(desk, id).await?.whole.policy;
    let lists = checklist::at(&policy, &[policy::Decision::Approval]);
    let checked = match decision {
        Some(Decision::View) => Vec::new(),
        _ => web::checklist::read(form, &lists, matches!(decision, Some(Decision::Approve(_)))),
    };
    let said = decision.zip(reasons).map(|(decision, reasons)| Said { decision, reasons, stage, version, meeting, asked_for, checked });
    Ok(said.filter(|_| form.is_clean()))
}

/// The meeting, where a body decides at this stage: the day, who sat, the minute. What the rules find wrong with it they say later.
async fn meeting(desk: &mut Desk, id: RestrictionId, stage: usize, form: &mut Form) -> Result<Option<Meeting>, Fault> {
    if form.all("minute").next().is_none() {
        return Ok(None);
    }
    let papers = Papers::of(desk, id).await?;
    let Some(body) = papers.body(stage) else { return Ok(None) };
    Ok(sitting::read(form, body))
}

async fn decision(desk: &mut Desk, id: RestrictionId, form: &mut Form) -> Result<Option<Decision>, Fault> {
    let offered = [("approve", "approve"), ("change", "change"), ("back", "back"), ("decline", "decline")];
    Ok(match form.choice("decision", &offered, "Choose your decision") {
        Some("approve") => Some(Decision::Approve(None)),
        Some("change") => changes(desk, id, form).await?.map(|changes| Decision::Approve(Some(changes))),
        Some("back") => Some(Decision::SendBack),
        Some(_) => Some(Decision::Decline),
        None => None,
    })
}

async fn changes(desk: &mut Desk, id: RestrictionId, form: &mut Form) -> Result<Option<Changes>, Fault> {
    let terms = store::term::list(&mut desk.tx, id).await?;
    let without: Vec<TermId> = terms.iter().map(|line| line.id).filter(|id| !form.has("keep", &id.to_string())).collect();
    let ends_on = match form.yes("no_end") {
        true => Some(None),
        false => form.date("ends_on", "Enter the last day, such as 15 June 2027").map(Some),
    };
    let review_on = form.date("review_on", "Enter the review day, such as 1 June 2027");
    Ok(ends_on.zip(review_on).map(|(ends_on, review_on)| Changes { ends_on, review_on, without }))
}

fn links(around: &Around, id: RestrictionId) -> Links {
    let at = |path: &dyn std::fmt::Display| format!("{}{path}", around.kit.base_url.trim_end_matches('/'));
    Links { decide: at(&paths::Approval { id }), read: at(&paths::Restriction { id }), write: at(&paths::Proposal { id }) }
}

async fn answered(desk: Desk, around: &Around, id: RestrictionId, outcome: Outcome) -> Answered {
    // A body's clerk need not be one of those who decide, and then has no list of proposals to go back to.
    let decides = DECIDING.admits(desk.staff()?.reach);
    let list = if decides { paths::Approvals {}.to_string() } else { paths::MyWork {}.to_string() };
    let (flash, to) = match outcome {
        Outcome::ViewGiven => (Flash::good("Your view is saved.", "Whoever decides reads it."), list),
        Outcome::PassedOn(waits) => (Flash::good("Approved.", waits), list),
        Outcome::InForce(_) => (
            Flash::good(
                "Approved, and in force.",
                "Staff see the new answer from this second. The letter is ready to send within 2 working days.",
            ),
            paths::Restriction { id }.to_string(),
        ),
        Outcome::SentBack => (Flash::good("Sent back.", "Whoever proposed it was told. Contact stays as it is."), list),
        Outcome::Declined => (Flash::good("Declined.", "Whoever proposed it was told. There is no new limit."), list),
        Outcome::SavedAlready => {
            let flash = Flash::note("Saved already.", "Your decision was recorded the first time. Nothing was saved twice.");
            return Ok(lead_on(around, flash, paths::Approval { id }));
        }
    };
    done(desk, around, flash, to).await
}

/// The page again, from a fresh look: nothing that was half done here is seen.
async fn shown(desk: Desk, around: &Around, id: RestrictionId, form: Form, overtaken: Option<String>) -> Answered {
    drop(desk);
    let Some(mut desk) = around.kit.office.desk_for_session(&around.token_hash, Mode::Read).await? else {
        return Err(Fault::SignedOut { back: None, lost: true });
    };
    let papers = Papers::of(&mut desk, id).await?;
    let is_overtaken = overtaken.is_some();
    let form = if is_overtaken { afresh(&papers, &desk, &form)? } else { form };
    let page = fill(&mut desk, around, &papers, form, Way::Phone, overtaken).await?;
    if is_overtaken { stale(around, &page) } else { again(around, &page) }
}

/// The words typed, on a form for how it stands now.
fn afresh(papers: &Papers, desk: &Desk, typed: &Form) -> Result<Form, Fault> {
    let place = papers.turn(&papers.reader(desk)?).ok();
    let consult = place.is_some_and(|place| papers.stages.stages[place].kind == StageKind::Consult);
    let mut form = typed.clone();
    form.set("version", papers.whole.proposal.version);
    form.set("stage", place.unwrap_or_default());
    if consult {
        form.set("decision", "view");
    }
    Ok(form)
}
