//! What a person, or whoever holds a role, must do by a day.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, StaffId, TaskId};
use crate::rules::task::TaskKind;

/// How the note of a task begins that nobody who works here may do. Other notes only say more.
pub const NOBODY: &str = "Nobody here may do this yet.";

/// A task to be made.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// What is to be done.
    pub kind: TaskKind,
    /// The customer it concerns.
    pub customer: CustomerId,
    /// The incident, restriction, review, appeal or letter it is about.
    pub subject: Uuid,
    /// The one person it is for, if it is for one.
    pub staff: Option<StaffId>,
    /// The posts whose holders may do it.
    pub for_roles: Vec<String>,
    /// People who may not: they took part.
    pub not_for: Vec<StaffId>,
    /// The last day.
    pub due_on: NaiveDate,
    /// A sentence that says more, where one is needed.
    pub note: Option<String>,
    /// Who outside is told, by the landlord's own name for them; or who is rung, and when.
    pub whom: Option<String>,
}

/// Adds a task.
pub async fn add(tx: &mut LandlordTx, id: TaskId, new: &NewTask, now: DateTime<Utc>) -> Result<()> {
    let not_for: Vec<Uuid> = new.not_for.iter().map(|person| person.0).collect();
    sqlx::query!(
        "insert into task (id, kind, customer_id, subject_id, staff_id, for_roles, not_for, due_on, made_at, note, whom)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id.0,
        new.kind.key(),
        new.customer.0,
        new.subject,
        new.staff.map(|staff| staff.0),
        &new.for_roles,
        &not_for,
        new.due_on,
        now,
        new.note,
        new.whom,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Marks the open tasks of one kind about one subject as done. How many there were.
pub async fn finish(tx: &mut LandlordTx, kind: TaskKind, subject: Uuid, by: Option<StaffId>, now: DateTime<Utc>) -> Result<u64> {
    Ok(sqlx::query!(
        "update task
            set done_at = $4, done_by = $3, version = version + 1
          where subject_id = $2 and kind = $1 and done_at is null",
        kind.key(),
        subject,
        by.map(|by| by.0),
        now,
    )
    .execute(tx.connection())
    .await?
    .rows_affected())
}

/// Marks the open tasks of one kind about one subject that were this person's to do as done.
pub async fn finish_own(
    tx: &mut LandlordTx,
    kind: TaskKind,
    subject: Uuid,
    by: Option<StaffId>,
    roles: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update task
            set done_at = $5, done_by = $3, version = version + 1
          where subject_id = $2
            and kind = $1
            and done_at is null
            and (staff_id = $3 or for_roles && $4)",
        kind.key(),
        subject,
        by.map(|by| by.0),
        roles,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The nearest day of the open tasks about a subject.
pub async fn nearest(tx: &mut LandlordTx, subject: Uuid) -> Result<Option<NaiveDate>> {
    Ok(sqlx::query_scalar!("select min(due_on) from task where subject_id = $1 and done_at is null", subject)
        .fetch_one(tx.connection())
        .await?)
}

/// Whose an open task of this kind about a subject is, and its day.
pub async fn whose(tx: &mut LandlordTx, subject: Uuid, kind: TaskKind) -> Result<Option<(StaffId, NaiveDate)>> {
    let task = sqlx::query!(
        r#"select staff_id as "staff!: StaffId", due_on
             from task
            where subject_id = $1 and done_at is null and kind = $2 and staff_id is not null
            limit 1"#,
        subject,
        kind.key(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(task.map(|task| (task.staff, task.due_on)))
}

/// The day by which the open tasks of these kinds about a subject are to be done; the nearest, where there are several.
pub async fn due(tx: &mut LandlordTx, subject: Uuid, kinds: &[TaskKind]) -> Result<Option<NaiveDate>> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.key()).collect();
    Ok(sqlx::query_scalar!(
        "select min(due_on) from task where subject_id = $1 and done_at is null and kind = any($2)",
        subject,
        &kinds as &[&str],
    )
    .fetch_one(tx.connection())
    .await?)
}

/// The open tasks about a subject: which, of what kind, and for whom by name.
pub async fn open_about(tx: &mut LandlordTx, subject: Uuid) -> Result<Vec<(TaskId, String, Option<StaffId>)>> {
    let open = sqlx::query!(
        r#"select id as "id: TaskId", kind, staff_id as "staff: StaffId"
             from task
            where subject_id = $1 and done_at is null
            order by made_at, id"#,
        subject,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(open.into_iter().map(|line| (line.id, line.kind, line.staff)).collect())
}

/// Gives the open tasks of one person to another. How many could not be given: the other took part in what they are about.
pub async fn hand_on(tx: &mut LandlordTx, from: StaffId, to: StaffId) -> Result<i64> {
    sqlx::query!(
        "update task
            set staff_id = $2, version = version + 1
          where staff_id = $1 and done_at is null and not $2 = any (not_for)",
        from.0,
        to.0,
    )
    .execute(tx.connection())
    .await?;
    let kept = sqlx::query_scalar!(r#"select count(*) as "kept!" from task where staff_id = $1 and done_at is null"#, from.0);
    Ok(kept.fetch_one(tx.connection()).await?)
}
