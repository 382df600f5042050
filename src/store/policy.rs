//! Versions of the landlord's policy, as their files were written, and what becomes of each.

mod shown;

pub use shown::{Happened, Version, find, history, list, list_of_stage};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, PolicyVersionId, StaffId};
use crate::rules::restriction_rest::Rests;

/// The words of a version, and the business area it is of.
#[derive(Debug)]
pub struct Words {
    /// The text of its pack.
    pub pack: String,
    /// The key of the area; nothing where it is that of everybody whose area is not named.
    pub area: Option<String>,
}

/// The words of one version, whatever area it is of.
pub async fn words(tx: &mut LandlordTx, id: PolicyVersionId) -> Result<Option<Words>> {
    let words = sqlx::query_as!(Words, "select pack, area from policy_version where id = $1", id.0);
    Ok(words.fetch_optional(tx.connection()).await?)
}

/// A version as it holds for a customer: that of their business area, where the version has details of its own there.
pub async fn for_customer(tx: &mut LandlordTx, version: PolicyVersionId, customer: CustomerId) -> Result<PolicyVersionId> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce((select v.id from policy_version v join customer c on c.area = v.area where v.base_id = $1 and c.id = $2), $1)
             as "id!: PolicyVersionId""#,
        version.0,
        customer.0,
    )
    .fetch_one(tx.connection())
    .await?)
}

/// The rows of the business areas that have details of their own in a version.
pub async fn areas_of(tx: &mut LandlordTx, version: PolicyVersionId) -> Result<Vec<PolicyVersionId>> {
    let rows = sqlx::query_scalar!(r#"select id as "id: PolicyVersionId" from policy_version where base_id = $1"#, version.0);
    Ok(rows.fetch_all(tx.connection()).await?)
}

/// The text of one version's pack.
pub async fn pack(tx: &mut LandlordTx, id: PolicyVersionId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select pack from policy_version where id = $1", id.0).fetch_optional(tx.connection()).await?)
}

/// The texts of several versions.
pub async fn packs(tx: &mut LandlordTx, ids: &[PolicyVersionId]) -> Result<Vec<(PolicyVersionId, String)>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(r#"select id as "id: PolicyVersionId", pack from policy_version where id = any($1)"#, &ids);
    Ok(rows.fetch_all(tx.connection()).await?.into_iter().map(|row| (row.id, row.pack)).collect())
}

/// The version in force on a day.
pub async fn in_force(tx: &mut LandlordTx, day: NaiveDate) -> Result<Option<PolicyVersionId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PolicyVersionId"
             from policy_version
            where stage = 'published'
              and base_id is null
              and starts_on <= $1
            order by starts_on desc, published_at desc
            limit 1"#,
        day,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// A business area in which details of a version differ.
#[derive(Clone, Debug)]
pub struct InArea {
    /// Its own id.
    pub id: PolicyVersionId,
    /// The key of the area.
    pub area: String,
    /// What it says there of restrictions that rest.
    pub rests: Rests,
}

/// The same, a column at a time.
struct Columns {
    ids: Vec<Uuid>,
    areas: Vec<String>,
    lapses: Vec<bool>,
    suspends: Vec<bool>,
}

impl Columns {
    fn of(all: &[InArea]) -> Self {
        Self {
            ids: all.iter().map(|one| one.id.0).collect(),
            areas: all.iter().map(|one| one.area.clone()).collect(),
            lapses: all.iter().map(|one| one.rests.lapses).collect(),
            suspends: all.iter().map(|one| one.rests.suspends).collect(),
        }
    }
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
    /// The business areas in which details differ.
    pub areas: &'a [InArea],
}

/// Adds a version as published from its day, numbered after the ones before it. Its number.
pub async fn add(tx: &mut LandlordTx, new: &NewVersion<'_>, now: DateTime<Utc>) -> Result<i32> {
    let own = Columns::of(new.areas);
    Ok(sqlx::query_scalar!(
        "with base as (
           insert into policy_version (id, number, title, pack, lapses, suspends, added_at, stage, starts_on, checked_at, published_at)
           select $1, coalesce(max(number), 0) + 1, $2, $4, $6, $7, $5, 'published', $3, $5, $5 from policy_version
           returning number),
         areas as (
           insert into policy_version (id, number, title, pack, lapses, suspends, added_at, stage, starts_on, checked_at, published_at,
                                       area, base_id)
           select a.id, base.number, $2, $4, a.lapses, a.suspends, $5, 'published', $3, $5, $5, a.area, $1
             from base, unnest($8::uuid[], $9::text[], $10::bool[], $11::bool[]) as a (id, area, lapses, suspends))
         select number from base",
        new.id.0,
        new.title,
        new.starts_on,
        new.pack,
        now,
        new.rests.lapses,
        new.rests.suspends,
        &own.ids,
        &own.areas,
        &own.lapses,
        &own.suspends,
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
    /// The business areas in which details differ.
    pub areas: &'a [InArea],
    /// What changes and why.
    pub note: Option<&'a str>,
    /// Who brings it; nobody where a command does.
    pub by: Option<StaffId>,
}

/// Adds a draft, numbered after the ones before it. Its number; nothing when this very one was added before.
pub async fn draft(tx: &mut LandlordTx, new: &Draft<'_>, now: DateTime<Utc>) -> Result<Option<i32>> {
    let own = Columns::of(new.areas);
    Ok(sqlx::query_scalar!(
        "with base as (
           insert into policy_version (id, number, title, pack, lapses, suspends, note, added_at, added_by, stage)
           select $1, coalesce(max(number), 0) + 1, $2, $3, $7, $8, $4, $5, $6, 'draft' from policy_version
           on conflict (landlord_id, id) do nothing
           returning number),
         areas as (
           insert into policy_version (id, number, title, pack, lapses, suspends, note, added_at, added_by, stage, area, base_id)
           select a.id, base.number, $2, $3, a.lapses, a.suspends, $4, $5, $6, 'draft', a.area, $1
             from base, unnest($9::uuid[], $10::text[], $11::bool[], $12::bool[]) as a (id, area, lapses, suspends))
         select number from base",
        new.id.0,
        new.title,
        new.pack,
        new.note,
        now,
        new.by.map(|by| by.0),
        new.rests.lapses,
        new.rests.suspends,
        &own.ids,
        &own.areas,
        &own.lapses,
        &own.suspends,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The number of the version with exactly these words, withdrawn ones apart.
pub async fn with_words(tx: &mut LandlordTx, pack: &str) -> Result<Option<i32>> {
    Ok(sqlx::query_scalar!(
        "select number from policy_version where pack = $1 and base_id is null and stage <> 'withdrawn' order by number desc limit 1",
        pack,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Notes that somebody read the findings and asks for a version from a day, in every area. False when it stands otherwise by now.
pub async fn ask(tx: &mut LandlordTx, id: PolicyVersionId, version: i32, from: NaiveDate, by: StaffId, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update policy_version
            set stage = 'checked', starts_on = $3, checked_at = $4, checked_by = $5, version = version + 1
          where (id = $1 or base_id = $1)
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
        > 0)
}

/// Publishes a version that was asked for. False when it stands otherwise by now.
pub async fn publish(tx: &mut LandlordTx, id: PolicyVersionId, version: i32, by: StaffId, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update policy_version
            set stage = 'published', published_at = $3, published_by = $4, version = version + 1
          where (id = $1 or base_id = $1)
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
        > 0)
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
          where (id = $1 or base_id = $1)
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
        > 0)
}
