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
