//! Taking back a warning that waits, or leaving one that was sent back: by whoever wrote it.

use super::request::Request;
use crate::casework::desk::Desk;
use crate::casework::{Error, Result, found};
use crate::rules::event::Event;
use crate::rules::id::WarningId;
use crate::rules::incident::Outcome;
use crate::rules::policy::Work;
use crate::rules::task::TaskKind;
use crate::rules::warning_request::Ended;
use crate::rules::{clock, say};
use crate::store;
use crate::store::task::NewTask;

/// Takes it back, with the reason: by whoever wrote it.
///
/// # Errors
/// `Forbidden` with who can, `Changed` where it has ended.
pub async fn take_back(desk: &mut Desk, id: WarningId, because: &str) -> Result<()> {
    store::warning_request::lock(&mut desk.tx, id).await?;
    let request = Request::of(desk, id).await?;
    may_take_back(desk, &request).await?;
    let (by, now) = (desk.staff()?.id, desk.now);
    // One that was sent back has ended: whoever wrote it leaves it at that.
    let left = request.kept.ended() == Some(Ended::SentBack);
    if !left && !store::warning_request::end(&mut desk.tx, id, (Ended::TakenBack, Some(because)), by, now).await? {
        return Err(request.has_ended());
    }
    for kind in [TaskKind::Agreement, TaskKind::WarningAgreed, TaskKind::WarningBack] {
        desk.finish(kind, id.0).await?;
    }
    let event = Event::WarningTakenBack { request: id, title: request.kept.step_title.clone(), because: because.to_owned() };
    desk.record(request.customer.id, event).await?;
    owed_again(desk, &request).await
}

/// Whether the person at the desk may take it back, or leave it where it was sent back to them and nobody wrote it again.
pub async fn may_take_back(desk: &mut Desk, request: &Request) -> Result<()> {
    if !request.is_writers(desk)? {
        let name = request.people.name(request.kept.asked_by);
        return Err(Error::Forbidden(format!("Only {name}, who wrote it, can do this.")));
    }
    match request.kept.ended() {
        None => Ok(()),
        Some(Ended::SentBack) if waits_to_be_left(desk, request).await? => Ok(()),
        Some(_) => Err(request.has_ended()),
    }
}

/// Whether it is on somebody's worklist to be written again or left.
async fn waits_to_be_left(desk: &mut Desk, request: &Request) -> Result<bool> {
    let open = store::task::open_about(&mut desk.tx, request.kept.id.0).await?;
    Ok(open.iter().any(|(_, kind, _)| TaskKind::of(kind) == Some(TaskKind::WarningBack)))
}

/// What was decided on the incident stands: somebody is to warn, so that is on a worklist again.
async fn owed_again(desk: &mut Desk, request: &Request) -> Result<()> {
    let Some(id) = request.kept.incident else { return Ok(()) };
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    if incident.outcome.as_deref() != Some(Outcome::Warning.key()) || incident.warning.is_some() {
        return Ok(());
    }
    let task = NewTask {
        kind: TaskKind::Warning,
        customer: request.customer.id,
        subject: id.0,
        staff: Some(desk.staff()?.id),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on: clock::done_by(&desk.policy, Work::FollowUp, desk.today()),
        note: Some(format!("Taken back {}", say::day_and_month(desk.today()))),
        whom: None,
    };
    desk.ask(task).await?;
    Ok(())
}
