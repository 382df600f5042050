//! What has happened with a customer, newest first, a page at a time.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, EventId};

/// One event as it was kept.
#[derive(Debug)]
pub struct Entry {
    /// Its id; the next page begins after the last one shown.
    pub id: EventId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it; nobody when the clock did.
    pub who: Option<String>,
    /// Their job.
    pub job_title: Option<String>,
    /// The event.
    pub details: Value,
}

/// At most so many events before one of them, or the newest; of some kinds only where these are named.
pub async fn list(
    tx: &mut LandlordTx,
    customer: CustomerId,
    kinds: Option<&[String]>,
    before: Option<EventId>,
    most: i64,
) -> Result<Vec<Entry>> {
    Ok(sqlx::query_as!(
        Entry,
        r#"select e.id as "id: EventId", e.at, s.name as "who?", s.job_title as "job_title?", e.details
             from event e
             left join staff s on s.id = e.actor_id
            where e.customer_id = $1
              and (e.at, e.id) < (coalesce((select b.at from event b where b.id = $3), 'infinity'),
                                  coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
              and ($2::text[] is null or e.kind = any ($2))
            order by e.at desc, e.id desc
            limit $4"#,
        customer.0,
        kinds,
        before.map(|id| id.0),
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}
