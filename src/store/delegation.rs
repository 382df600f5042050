//! Deciding handed to another for a time.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::delegation::Delegation;
use crate::rules::id::{PolicyVersionId, StaffId};

/// One that was not taken back, with names.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// Whose deciding it is.
    pub from: StaffId,
    /// Their name.
    pub from_name: String,
    /// Who decides for them.
    pub to: StaffId,
    /// Their name.
    pub to_name: String,
    /// The first day.
    pub starts: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// Hands it over.
pub async fn add(tx: &mut LandlordTx, id: Uuid, policy: PolicyVersionId, new: &Delegation, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into delegation (id, policy_version_id, from_staff_id, to_staff_id, starts_on, until_on, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        policy.0,
        new.from.0,
        new.to.0,
        new.starts,
        new.until,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes one of one's own back. False when there is none to take back.
pub async fn end(tx: &mut LandlordTx, id: Uuid, from: StaffId, now: DateTime<Utc>) -> Result<bool> {
    let ended =
        sqlx::query!("update delegation set ended_at = $3 where id = $1 and from_staff_id = $2 and ended_at is null", id, from.0, now)
            .execute(tx.connection())
            .await?;
    Ok(ended.rows_affected() == 1)
}

/// Those that hold on this day, everybody's.
pub async fn in_force(tx: &mut LandlordTx, day: NaiveDate) -> Result<Vec<Delegation>> {
    Ok(sqlx::query_as!(
        Delegation,
        r#"select from_staff_id as "from: StaffId", to_staff_id as "to: StaffId", starts_on as starts, until_on as until
             from delegation
            where ended_at is null and starts_on <= $1 and until_on >= $1
            order by made_at, id"#,
        day,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Those of one person that are not over: handed over by them, and to them.
pub async fn of(tx: &mut LandlordTx, staff: StaffId, today: NaiveDate) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select d.id, d.from_staff_id as "from: StaffId", f.name as from_name, d.to_staff_id as "to: StaffId", t.name as to_name,
                  d.starts_on as starts, d.until_on as until
             from delegation d
             join staff f on f.id = d.from_staff_id
             join staff t on t.id = d.to_staff_id
            where d.ended_at is null and d.until_on >= $2 and (d.from_staff_id = $1 or d.to_staff_id = $1)
            order by d.starts_on, d.id"#,
        staff.0,
        today,
    )
    .fetch_all(tx.connection())
    .await?)
}
