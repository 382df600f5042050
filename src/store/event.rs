//! The history: appended to, never changed.

use chrono::{DateTime, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, EventId, StaffId};

/// Appends one event.
pub async fn add(
    tx: &mut LandlordTx,
    id: EventId,
    at: DateTime<Utc>,
    actor: Option<StaffId>,
    customer: Option<CustomerId>,
    event: &Event,
) -> Result<()> {
    sqlx::query!(
        "insert into event (id, at, actor_id, customer_id, subject_id, kind, details)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        at,
        actor.map(|actor| actor.0),
        customer.map(|customer| customer.0),
        event.subject(),
        event.kind(),
        serde_json::to_value(event).unwrap_or_default(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether this very event is kept already.
pub async fn is_kept(tx: &mut LandlordTx, id: EventId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from event where id = $1) as "is_kept!""#, id.0).fetch_one(tx.connection()).await?)
}

/// Who did the newest thing of one kind to a subject; nothing where it never happened, or the clock did it.
pub async fn last_by(tx: &mut LandlordTx, subject: uuid::Uuid, kind: &str) -> Result<Option<StaffId>> {
    Ok(sqlx::query_scalar!(
        r#"select actor_id as "by: StaffId" from event where subject_id = $1 and kind = $2 order by at desc, id desc limit 1"#,
        subject,
        kind,
    )
    .fetch_optional(tx.connection())
    .await?
    .flatten())
}
