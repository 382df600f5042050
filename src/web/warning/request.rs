//! A warning that waits for others to agree: read as it would go, agreed to or sent back, taken back, and given once it is agreed to.

mod page;

use self::page::fill;
use super::read::read_gave;
use crate::casework::desk::Desk;
use crate::casework::warning::back;
use crate::casework::warning::request::Request;
use crate::casework::warning::{Followed, Say, against_meeting, give_agreed, say as say_it};
use crate::casework::{Error, case};
use crate::http::answer::{again, done, lead_on, refusals, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::OVERSEEING;
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::authority::{self, Meeting};
use crate::rules::id::WarningId;
use crate::rules::policy::StageKind;
use crate::rules::text::Narrative;
use crate::rules::warning_request::{Ended, Wording};
use crate::rules::{days, say};
use crate::store::tx::Mode;
use crate::web::draft;
use crate::web::sitting;

/// The page.
pub async fn page(path: paths::WarningRequest, Reading { mut desk, staff, around }: Reading) -> Answered {
    let request = Request::of(&mut desk, path.id).await?;
    may_read(&request, &desk)?;
    around.saw(&desk, &staff, request.customer.id, "warning");
    let blank = blank(&request, &desk)?;
    let (form, kept) = draft::laid_over(&mut desk, &path, blank).await?;
    let page = fill(&mut desk, &staff, &around, &request, form, None).await?;
    show(&around, &page.with(kept))
}

/// Those who oversee decisions, whoever wrote it, and whoever is asked.
fn may_read(request: &Request, desk: &Desk) -> Result<(), Fault> {
    let reader = request.people.reader(desk)?;
    let has_said = || request.said.iter().any(|one| one.by == reader.id);
    let is_asked = || request.stages.stages.iter().any(|stage| request.people.history.holds(&request.policy, &stage.of, &reader));
    if OVERSEEING.admits(desk.staff()?.reach) || request.is_writers(desk)? || is_asked() || has_said() {
        return Ok(());
    }
    Err(Fault::Forbidden(format!("This is open to {}, whoever wrote it, and whoever is asked to agree.", OVERSEEING.people())))
}

fn blank(request: &Request, desk: &Desk) -> Result<Form, Fault> {
    let form = Form::blank().with("stage", request.turn(&request.people.reader(desk)?).unwrap_or_default());
    let now = days::local(desk.now);
    let form = form.with("date", now.format("%Y-%m-%d")).with("time", now.format("%H:%M"));
    Ok(match &request.kept.wording.0 {
        Wording::Spoken { words } if request.is_to_be_given() => form.with("words", words),
        _ => form,
    })
}

/// Agrees, sends it back, or gives a view.
pub async fn say(path: paths::WarningRequest, Posted { mut desk, mut form, around, .. }: Posted) -> Answered {
    let request = Request::of(&mut desk, path.id).await?;
    may_read(&request, &desk)?;
    let reader = request.people.reader(&desk)?;
    // Who may is asked first, always.
    if request.waits()
        && let Err(refusal) = request.turn(&reader)
        && !request.said.iter().any(|one| one.by == reader.id)
    {
        return Err(Fault::Forbidden(who_can(&request, refusal.to_string())));
    }
    if !request.waits() && !request.said.iter().any(|one| one.by == reader.id) && request.turn(&reader).is_err() {
        let refusal = case::forbidden(&authority::Refusal::Complete);
        return Err(refusal.into());
    }
    let stage: usize = form.value("stage").parse().unwrap_or(usize::MAX);
    let Some((said, reasons, meeting)) = read(&desk, &request, stage, &mut form)? else {
        return shown(desk, &around, path.id, form, None).await;
    };
    match say_it(&mut desk, path.id, said, &reasons, stage, meeting.as_ref()).await {
        Ok(outcome) => answered(desk, &around, path.id, &request, outcome).await,
        Err(Error::Changed(sentence)) => shown(desk, &around, path.id, form, Some(sentence)).await,
        Err(error) => {
            refusals(error, &mut form)?;
            shown(desk, &around, path.id, form, None).await
        }
    }
}

fn who_can(request: &Request, why: String) -> String {
    match request.who_can()[..] {
        [] => why,
        ref names => format!("{why} Here that is {}.", say::either(names)),
    }
}

/// What was sent, or what was wrong with it beside its field.
fn read(desk: &Desk, request: &Request, stage: usize, form: &mut Form) -> Result<Option<(Say, String, Option<Meeting>)>, Fault> {
    let meeting = match request.body(stage) {
        Some(body) => sitting::read(form, body),
        None => None,
    };
    let consult = request.stages.stages.get(stage).is_some_and(|one| one.kind == StageKind::Consult);
    let said = match consult {
        true => Some(Say::View),
        false => form.choice("say", &[("agree", Say::Agree), ("back", Say::SendBack)], "Choose whether you agree"),
    };
    let missing = if consult { "Enter your view" } else { "Enter what has to change" };
    let reasons = match said {
        Some(Say::Agree) | None => form.optional("reasons", Narrative::parse).map(|words| words.map(String::from).unwrap_or_default()),
        Some(_) => form
            .text("reasons", |typed| {
                Narrative::parse(typed).map_err(|error| if typed.is_empty() { missing.to_owned() } else { error.to_string() })
            })
            .map(String::from),
    };
    if let (Some(said), Some(_)) = (said, &meeting) {
        refusals(Error::Refused(against_meeting(desk, request, stage, said, meeting.as_ref())), form)?;
    }
    Ok(said.zip(reasons).filter(|_| form.is_clean()).map(|(said, reasons)| (said, reasons, meeting)))
}

async fn answered(desk: Desk, around: &Around, id: WarningId, request: &Request, outcome: Followed) -> Answered {
    let name = request.people.name(request.kept.asked_by);
    let at = paths::WarningRequest { id };
    let flash = match outcome {
        Followed::ViewGiven => Flash::good("Your view is saved.", "Whoever agrees reads it."),
        Followed::PassedOn(who) => Flash::good("Agreed.", format!("It waits for {who}.")),
        Followed::Given => {
            let flash = Flash::good("Agreed, and given.", format!("The letter is made. {name} sends it."));
            return done(desk, around, flash, paths::Warning { id }).await;
        }
        Followed::ToBeGiven => Flash::good("Agreed.", format!("{} gives it, and records when.", request.giver())),
        Followed::SentBack => Flash::good("Sent back.", format!("{name} was told why. Nothing was given.")),
        Followed::SaidAlready => {
            return Ok(lead_on(around, Flash::note("Saved already.", "You said this the first time. Nothing was saved twice."), at));
        }
    };
    done(desk, around, flash, at).await
}

/// Takes it back.
pub async fn end(path: paths::WarningRequestEnd, Posted { mut desk, mut form, around, .. }: Posted) -> Answered {
    let request = Request::of(&mut desk, path.id).await?;
    may_read(&request, &desk)?;
    match back::may_take_back(&mut desk, &request).await {
        Err(Error::Changed(sentence)) => return shown(desk, &around, path.id, form, Some(sentence)).await,
        other => other?,
    }
    let because = form.text("because", |typed| {
        Narrative::parse(typed).map_err(|error| if typed.is_empty() { "Enter why you take it back".to_owned() } else { error.to_string() })
    });
    let Some(because) = because else { return shown(desk, &around, path.id, form, None).await };
    let done_so = if request.kept.ended_at.is_some() { "Left." } else { "Taken back." };
    match back::take_back(&mut desk, path.id, because.as_str()).await {
        Ok(()) => done(desk, &around, Flash::good(done_so, "Nothing was given."), paths::WarningRequest { id: path.id }).await,
        Err(Error::Changed(sentence)) => shown(desk, &around, path.id, form, Some(sentence)).await,
        Err(error) => Err(error.into()),
    }
}

/// Records that what is agreed to was given.
pub async fn give(path: paths::WarningRequestGiving, Posted { mut desk, mut form, around, .. }: Posted) -> Answered {
    let request = Request::of(&mut desk, path.id).await?;
    may_read(&request, &desk)?;
    let to = paths::Warning { id: path.id };
    if request.kept.ended() == Some(Ended::Given) {
        return Ok(lead_on(&around, Flash::note("Saved already.", "This was given before, so it was not given again."), to));
    }
    if !request.is_writers(&desk)? {
        let name = request.people.name(request.kept.asked_by);
        return Err(Fault::Forbidden(format!("Only {name}, who wrote it, can record this.")));
    }
    let Some(gave) = read_gave(&mut form, request.kept.wording.0.form()).filter(|_| form.is_clean()) else {
        return shown(desk, &around, path.id, form, None).await;
    };
    match give_agreed(&mut desk, path.id, &gave).await {
        Ok(true) => done(desk, &around, Flash::good("Saved.", "It is on the ⟦customer⟧’s record, and counts from then."), to).await,
        Ok(false) => Ok(lead_on(&around, Flash::note("Saved already.", "This was given before, so it was not given again."), to)),
        Err(Error::Changed(sentence)) => shown(desk, &around, path.id, form, Some(sentence)).await,
        Err(error) => {
            refusals(error, &mut form)?;
            shown(desk, &around, path.id, form, None).await
        }
    }
}

/// The page again, from a fresh look: nothing that was half done here is seen.
async fn shown(desk: Desk, around: &Around, id: WarningId, form: Form, overtaken: Option<String>) -> Answered {
    drop(desk);
    let Some(mut desk) = around.kit.office.desk_for_session(&around.token_hash, Mode::Read).await? else {
        return Err(Fault::SignedOut { back: None, lost: true });
    };
    let request = Request::of(&mut desk, id).await?;
    let staff = desk.staff()?.clone();
    let is_overtaken = overtaken.is_some();
    let mut form = form;
    if is_overtaken {
        form.set("stage", request.turn(&request.people.reader(&desk)?).unwrap_or_default());
    }
    let page = fill(&mut desk, &staff, around, &request, form, overtaken).await?;
    if is_overtaken { stale(around, &page) } else { again(around, &page) }
}
