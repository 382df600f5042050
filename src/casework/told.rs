//! What a letter says, told besides by phone or in person as the policy asks (`letters.told`): a task for whoever tells it, until it is
//! recorded. Where the policy says so, the letter counts as given only then.

use super::desk::Desk;
use super::letter_copy::Made;
use super::{Error, Result};
use crate::rules::id::{LetterId, TaskId};
use crate::rules::policy::ToldRecord;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::task::NewTask;
use crate::store::worklist::Task;

/// How the note of a task ends that has to be done before its letter counts as given.
const FIRST: &str = "The letter counts as given once this is recorded.";

/// Asks whoever the policy names to tell the customer what the letter says.
pub(super) async fn ask(desk: &mut Desk, made: Made<'_>) -> Result<()> {
    let Some(told) = made.letter.told() else { return Ok(()) };
    let roles: Vec<String> = told.by.role_keys().into_iter().map(str::to_owned).collect();
    let how = say::sentence(&told.ways());
    let note = match told.recorded {
        ToldRecord::First => format!("{how}. {FIRST}"),
        ToldRecord::Noted => format!("{how}."),
    };
    let task = NewTask {
        kind: TaskKind::Tell,
        customer: made.customer,
        subject: made.id.0,
        staff: roles.is_empty().then_some(made.by),
        for_roles: roles,
        not_for: Vec::new(),
        due_on: told.within.after(desk.today(), desk.calendar()),
        note: Some(note),
        whom: Some(made.letter.shared().customer.formal_name.clone()),
    };
    let now = desk.now;
    Ok(store::task::add(&mut desk.tx, of(made.id), &task, now).await?)
}

/// The task of telling what this letter says, where the policy asked for it when the letter was made.
pub async fn task(desk: &mut Desk, letter: LetterId) -> Result<Option<Task>> {
    let task = store::worklist::find(&mut desk.tx, of(letter)).await?;
    Ok(task.filter(|task| TaskKind::of(&task.kind) == Some(TaskKind::Tell)))
}

/// Whether the letter waits for this before it counts as given.
pub fn comes_first(task: &Task) -> bool {
    task.done_at.is_none() && task.note.as_ref().is_some_and(|note| note.ends_with(FIRST))
}

/// Refuses a letter as sent while what it says is still to be told first.
pub(super) async fn before_it_counts(desk: &mut Desk, letter: LetterId) -> Result<()> {
    match task(desk, letter).await?.filter(comes_first) {
        None => Ok(()),
        Some(_) => Err(Error::refused("via", "The policy asks that it is told first. Record that, then mark the letter as sent")),
    }
}

/// A letter has one telling, and its id follows from the letter's.
fn of(letter: LetterId) -> TaskId {
    TaskId(uuid::Uuid::from_u128(letter.0.as_u128() ^ 1))
}
