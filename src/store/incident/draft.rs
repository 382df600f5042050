//! What somebody has begun to write about an incident: theirs alone until it is logged.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use crate::rules::id::{CustomerId, StaffId};
use crate::store::Result;
use crate::store::tx::LandlordTx;

/// A form as it stood when it was kept.
#[derive(Debug)]
pub struct Draft {
    /// Pairs of a name and what was typed.
    pub typed: Vec<(String, String)>,
    /// When it was kept.
    pub saved_at: DateTime<Utc>,
}

/// A draft in a list of one's own.
#[derive(Debug, Deserialize)]
pub struct DraftLine {
    /// The customer's reference.
    pub reference: String,
    /// Their name.
    pub customer: String,
    /// When it was kept.
    pub saved_at: DateTime<Utc>,
}

/// What this person has begun to write about this customer.
pub async fn find(tx: &mut LandlordTx, staff: StaffId, customer: CustomerId) -> Result<Option<Draft>> {
    let row = sqlx::query!(
        r#"select typed as "typed: Json<Vec<(String, String)>>", saved_at from incident_draft where staff_id = $1 and customer_id = $2"#,
        staff.0,
        customer.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| Draft { typed: row.typed.0, saved_at: row.saved_at }))
}

/// Keeps what was typed in place of what was kept before; not where the incident it became is logged already. False then.
pub async fn save(
    tx: &mut LandlordTx,
    staff: StaffId,
    customer: CustomerId,
    incident: Option<Uuid>,
    typed: &[(String, String)],
    now: DateTime<Utc>,
) -> Result<bool> {
    let kept = sqlx::query!(
        "insert into incident_draft (staff_id, customer_id, typed, saved_at)
         select $1, $2, $3, $4
          where not exists (select from incident i where i.id = $5)
         on conflict (landlord_id, staff_id, customer_id) do update set typed = excluded.typed, saved_at = excluded.saved_at",
        staff.0,
        customer.0,
        Json(typed) as _,
        now,
        incident,
    )
    .execute(tx.connection())
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// Forgets it: it was logged, or thrown away.
pub async fn remove(tx: &mut LandlordTx, staff: StaffId, customer: CustomerId) -> Result<()> {
    sqlx::query!("delete from incident_draft where staff_id = $1 and customer_id = $2", staff.0, customer.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}
