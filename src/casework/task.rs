//! Tasks that are done where they stand: seeing a colleague, telling the police or community safety, handing a case over, ringing back.

use super::desk::{Desk, Staff};
use super::incident::dangers;
use super::{Error, Result, found, promise};
use crate::rules::event::Event;
use crate::rules::id::{DutyId, EventId, TaskId};
use crate::rules::incident as rules;
use crate::rules::policy::Policy;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::worklist::Task;

/// The kinds without a page of their own.
pub const IN_PLACE: [TaskKind; 7] =
    [TaskKind::Support, TaskKind::Police, TaskKind::CommunitySafety, TaskKind::HandOff, TaskKind::Call, TaskKind::Promise, TaskKind::Tell];

/// Whether this person may do it; the reason, with who can, where not.
pub fn may_do(policy: &Policy, task: &Task, staff: &Staff) -> Result<()> {
    let is_theirs = task.staff == Some(staff.id) || task.for_roles.iter().any(|role| staff.roles.contains(role));
    if is_theirs && !task.not_for.contains(&staff.id.0) {
        return Ok(());
    }
    let titles: Vec<String> = task.for_roles.iter().map(|role| policy.roles.a(role)).collect();
    let who = task.whose.clone().unwrap_or_else(|| say::either(&titles));
    Err(Error::Forbidden(format!("This waits for {who}.")))
}

/// What came of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It was done: what was said or offered.
    Done(String),
    /// It was decided not to: why.
    Left(String),
    /// It was tried, and nobody was reached: how. It waits still.
    Tried(String),
}

/// Whether it may be decided not to: somebody was to think of it, and nothing in the policy makes it a must.
pub async fn may_leave(desk: &mut Desk, task: &Task, kind: TaskKind) -> Result<bool> {
    if matches!(kind, TaskKind::Support | TaskKind::Call | TaskKind::Promise | TaskKind::Tell) {
        return Ok(false);
    }
    let incident = found(store::incident::find(&mut desk.tx, task.subject.into()).await?)?;
    let policy = desk.policy_of(incident.policy).await?;
    let subject = found(store::customer::get(&mut desk.tx, task.customer).await?)?.subject;
    let must = rules::must_tell(&policy, &dangers(&incident), &incident.behaviours, &subject);
    Ok(must.iter().all(|one| one.kind != kind || task.whom.as_ref().is_some_and(|whom| *whom != one.whom)))
}

/// Marks a task as done, with what came of it. What was offered to a colleague is kept off the customer's timeline.
pub async fn finish(desk: &mut Desk, id: TaskId, came: &Came) -> Result<()> {
    let task = found(store::worklist::find(&mut desk.tx, id).await?)?;
    let kind = found(TaskKind::of(&task.kind).filter(|kind| IN_PLACE.contains(kind)))?;
    let staff = desk.staff()?.clone();
    may_do(&desk.policy, &task, &staff)?;
    if matches!(came, Came::Left(_)) && !may_leave(desk, &task, kind).await? {
        return Err(Error::refused("came", "The policy says that they must be told. It cannot be left."));
    }
    if let (TaskKind::Promise, Came::Done(note)) = (kind, came) {
        return promise::keep(desk, DutyId(task.subject), note).await;
    }
    if let Came::Tried(note) = came {
        return match kind {
            TaskKind::Promise => promise::tried(desk, DutyId(task.subject), note).await,
            _ => Err(Error::refused("note", "Say what came of it")),
        };
    }
    if !store::worklist::finish(&mut desk.tx, id, staff.id, desk.now).await? {
        let name = task.done_by_name.unwrap_or_else(|| "Somebody else".to_owned());
        return Err(Error::Changed(format!("{name} has done this already.")));
    }
    let (task_id, about, what) = (id, task.subject, kind.word().to_lowercase());
    let event = match came.clone() {
        Came::Done(note) | Came::Tried(note) => Event::TaskDone { task: task_id, about, what, note },
        Came::Left(because) => Event::TaskLeft { task: task_id, about, what, because },
    };
    if kind == TaskKind::Support {
        let event_id: EventId = desk.new_id();
        return Ok(store::event::add(&mut desk.tx, event_id, desk.now, Some(staff.id), None, &event).await?);
    }
    desk.record(task.customer, event).await
}
