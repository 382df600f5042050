//! Versions of the landlord's policy, as their files were written, and what becomes of each.

mod shown;

pub use shown::{Happened, Version, find, history, list, list_of_stage};

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{PolicyVersionId, StaffId};
use crate::rules::restriction_rest::Rests;

/// The text of one version's pack.
pub async fn pack(tx: &mut LandlordTx, id: PolicyVersionId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select pack from policy_version where id = $1", id.0).fetch_optional(tx.connection()).await?)
}

/// The texts of several versions.
pub async fn packs(tx: &mut LandlordTx, ids: &[PolicyVersionId]) -> Result<Vec<(PolicyVersionId, String)>> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(r#"select id as "id: PolicyVersionId", pack from policy_version where id = any($1)"#, &ids);
    Ok(rows.fetch_all(tx.connection()).await?.into_iter().map(|row| (row.id, row.pack)).collect())
}

/// The version in force on a day.
pub async fn in_force(tx: &mut LandlordTx, day: NaiveDate) -> Result<Option<PolicyVersionId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PolicyVersionId"
             from policy_version
            where stage = 'published'
              and starts_on <= $1
            order by starts_on desc, published_at desc
            limit 1"#,
        day,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// A version that an operator's command puts in force from a day, for a landlord that has nobody yet.
#[derive(Debug)]
pub struct NewVersion<'a> {
    /// Its id.
    pub id: PolicyVersionId,
    /// The policy's own title.
    pub title: &'a str,
    /// The day it takes effect.
    pub starts_on: NaiveDate,
    /// The file, as it was written.
    pub pack: &'a str,
    /// What it says of restrictions that rest.
    pub rests: Rests,
}

/// Adds a version as published from its day, numbered after the ones before it. Its number.
pub async fn add(tx: &mut LandlordTx, new: &NewVersion<'_>, now: DateTime<Utc>) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into policy_version (id, number, title, pack, lapses, suspends, added_at, stage, starts_on, checked_at, published_at)
         select $1, coalesce(max(number), 0) + 1, $2, $4, $6, $7, $5, 'published', $3, $5, $5 from policy_version
         returning number",
        new.id.0,
        new.title,
        new.starts_on,
        new.pack,
        now,
        new.rests.lapses,
        new.rests.suspends,
    )
    .fetch_one(tx.connection())
    .await?)
}

/// A version that somebody brings.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Its id, made when the form was opened: a second press finds it there.
    pub id: PolicyVersionId,
    /// The policy's own title.
    pub title: &'a str,
    /// The file, as it was written.
    pub pack: &'a str,
    /// What it says of restrictions that rest.
    pub rests: Rests,
    /// What changes and why.
    pub note: Option<&'a str>,
    /// Who brings it; nobody where a command does.
    pub by: Option<StaffId>,
}

/// Adds a draft, numbered after the ones before it. Its number; nothing when this very one was added before.
pub async fn draft(tx: &mut LandlordTx, new: &Draft<'_>, now: DateTime<Utc>) -> Result<Option<i32>> {
    Ok(sqlx::query_scalar!(
        "insert into policy_version (id, number, title, pack, lapses, suspends, note, added_at, added_by, stage)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $7, $8, $4, $5, $6, 'draft' from policy_version
         on conflict (landlord_id, id) do nothing
         returning number",
        new.id.0,
        new.title,
        new.pack,
        new.note,
        now,
        new.by.map(|by| by.0),
        new.rests.lapses,
        new.rests.suspends,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The number of the version with exactly these words, withdrawn ones apart.
pub async fn with_words(tx: &mut LandlordTx, pack: &str) -> Result<Option<i32>> {
    Ok(
        sqlx::query_scalar!(
            "select number from policy_version where pack = $1 and stage <> 'withdrawn' order by number desc limit 1",
            pack,
        )
        .fetch_optional(tx.connection())
        .await?,
    )
}

/// Notes that somebody read the findings and asks for a version from a day. False when it stands otherwise by now.
pub async fn ask(tx: &mut LandlordTx, id: PolicyVersionId, version: i32, from: NaiveDate, by: StaffId, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update policy_version
            set stage = 'checked', starts_on = $3, checked_at = $4, checked_by = $5, version = version + 1
          where id = $1
            and version = $2
            and stage in ('draft', 'checked')",
        id.0,
        version,
        from,
        now,
        by.0,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Publishes a version that was asked for. False when it stands otherwise by now.
pub async fn publish(tx: &mut LandlordTx, id: PolicyVersionId, version: i32, by: StaffId, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update policy_version
            set stage = 'published', published_at = $3, published_by = $4, version = version + 1
          where id = $1
            and version = $2
            and stage = 'checked'",
        id.0,
        version,
        now,
        by.0,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Withdraws a version that has not taken effect. False when it stands otherwise by now.
pub async fn withdraw(
    tx: &mut LandlordTx,
    id: PolicyVersionId,
    version: i32,
    by: StaffId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update policy_version
            set stage = 'withdrawn', withdrawn_at = $3, withdrawn_by = $4, withdrawn_because = $5, version = version + 1
          where id = $1
            and version = $2
            and stage <> 'withdrawn'",
        id.0,
        version,
        now,
        by.0,
        because,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}
