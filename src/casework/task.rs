//! Tasks that are done where they stand: seeing a colleague, telling the police or community safety, handing a case over.

use super::desk::{Desk, Staff};
use super::{Error, Result, found};
use crate::rules::event::Event;
use crate::rules::id::{EventId, TaskId};
use crate::rules::policy::Policy;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::worklist::Task;

/// The kinds without a page of their own.
pub const IN_PLACE: [TaskKind; 4] = [TaskKind::Support, TaskKind::Police, TaskKind::CommunitySafety, TaskKind::HandOff];

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

/// Marks a task as done, with what came of it. What was offered to a colleague is kept off the customer's timeline.
pub async fn finish(desk: &mut Desk, id: TaskId, note: &str) -> Result<()> {
    let task = found(store::worklist::find(&mut desk.tx, id).await?)?;
    let kind = found(TaskKind::of(&task.kind).filter(|kind| IN_PLACE.contains(kind)))?;
    let staff = desk.staff()?.clone();
    may_do(&desk.policy, &task, &staff)?;
    if !store::worklist::finish(&mut desk.tx, id, staff.id, desk.now).await? {
        let name = task.done_by_name.unwrap_or_else(|| "Somebody else".to_owned());
        return Err(Error::Changed(format!("{name} has done this already.")));
    }
    let event = Event::TaskDone { task: id, about: task.subject, what: kind.word().to_lowercase(), note: note.to_owned() };
    if kind == TaskKind::Support {
        let event_id: EventId = desk.new_id();
        return Ok(store::event::add(&mut desk.tx, event_id, desk.now, Some(staff.id), None, &event).await?);
    }
    desk.record(task.customer, event).await
}
