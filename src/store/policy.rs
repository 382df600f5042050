//! Versions of the landlord's policy, as their files were written.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::PolicyVersionId;

/// The text of one version's pack.
pub async fn pack(tx: &mut LandlordTx, id: PolicyVersionId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select pack from policy_version where id = $1", id.0).fetch_optional(tx.connection()).await?)
}

/// The version in force on a day.
pub async fn in_force(tx: &mut LandlordTx, day: NaiveDate) -> Result<Option<PolicyVersionId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PolicyVersionId"
             from policy_version
            where starts_on <= $1
            order by starts_on desc, number desc
            limit 1"#,
        day,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// A version to add.
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
}

/// Adds a version, numbered after the ones before it.
pub async fn add(tx: &mut LandlordTx, new: &NewVersion<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into policy_version (id, number, title, starts_on, pack, added_at)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 from policy_version",
        new.id.0,
        new.title,
        new.starts_on,
        new.pack,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
