//! What falls due, and when somebody is told: once each, because its key is kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Result;
use super::system::SystemTx;
use super::tx::LandlordTx;
use crate::rules::id::{LandlordId, ReminderId};

/// A reminder to be made.
#[derive(Debug)]
pub struct NewReminder<'a> {
    /// Its id.
    pub id: ReminderId,
    /// The same for the same thing and moment, so that it is never made twice.
    pub key: &'a str,
    /// What it reminds of.
    pub kind: &'a str,
    /// The review or appeal.
    pub subject: Uuid,
    /// When it goes.
    pub due_at: DateTime<Utc>,
}

/// A reminder that is due, as far as the system may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whose it is.
    pub landlord: LandlordId,
    /// Its id.
    pub id: ReminderId,
    /// When it was to go.
    pub due_at: DateTime<Utc>,
}

/// A reminder locked for sending.
#[derive(Debug)]
pub struct Locked {
    /// Its key.
    pub key: String,
    /// What it reminds of.
    pub kind: String,
    /// The review or appeal.
    pub subject: Uuid,
}

/// Adds a reminder, unless one about the same thing and moment is there.
pub async fn add(tx: &mut LandlordTx, new: &NewReminder<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into reminder (id, key, kind, subject_id, due_at, made_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (landlord_id, key) do nothing",
        new.id.0,
        new.key,
        new.kind,
        new.subject,
        new.due_at,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Some of what is due everywhere, in order, after the one given: one that cannot be sent never holds up the rest.
pub async fn due(tx: &mut SystemTx, now: DateTime<Utc>, after: Option<Due>, most: i64) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        r#"select landlord_id as "landlord: LandlordId", id as "id: ReminderId", due_at
             from reminder
            where settled_at is null
              and due_at <= $1
              and ($2::timestamptz is null or (due_at, id) > ($2, $3))
            order by due_at, id
            limit $4"#,
        now,
        after.map(|due| due.due_at),
        after.map(|due| due.id.0),
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Takes one that is still open, so that no other worker sends it meanwhile. `None` when somebody has it or it is settled.
pub async fn lock(tx: &mut LandlordTx, id: ReminderId) -> Result<Option<Locked>> {
    Ok(sqlx::query_as!(
        Locked,
        "select key, kind, subject_id as subject
           from reminder
          where id = $1
            and settled_at is null
            for update skip locked",
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Notes what came of it: sent, or overtaken.
pub async fn settle(tx: &mut LandlordTx, id: ReminderId, how: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update reminder set settled_at = $2, settled_how = $3 where id = $1 and settled_at is null", id.0, now, how)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Settles every open reminder about a subject as overtaken.
pub async fn overtake(tx: &mut LandlordTx, subject: Uuid, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update reminder
            set settled_at = $2, settled_how = 'overtaken'
          where subject_id = $1
            and settled_at is null",
        subject,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What this landlord has to remind of by a moment, soonest first.
pub async fn due_here(tx: &mut LandlordTx, by: DateTime<Utc>) -> Result<Vec<(ReminderId, DateTime<Utc>)>> {
    let due = sqlx::query!(
        r#"select id as "id: ReminderId", due_at
             from reminder
            where settled_at is null and due_at <= $1
            order by due_at, id"#,
        by,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(due.into_iter().map(|line| (line.id, line.due_at)).collect())
}
