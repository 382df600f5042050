//! Contacts, and the steps taken while one is in hand.

use chrono::{DateTime, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CallStepId, ContactId, CustomerId, StaffId};

/// A contact to add.
#[derive(Clone, Debug)]
pub struct NewContact<'a> {
    /// Its id.
    pub id: ContactId,
    /// Whose it is.
    pub customer: CustomerId,
    /// When it was.
    pub at: DateTime<Utc>,
    /// A key of `rules::measure::Channel`.
    pub channel: &'a str,
    /// A key of `rules::measure::Purpose`.
    pub purpose: &'a str,
    /// `calm`, `upset` or `unacceptable`.
    pub manner: &'a str,
    /// What it came to, in a line.
    pub summary: &'a str,
    /// Who took it.
    pub taken_by: StaffId,
}

/// Adds a contact. False when this very one was added before.
pub async fn add(tx: &mut LandlordTx, new: &NewContact<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into contact (id, customer_id, at, channel, purpose, manner, summary, taken_by, logged_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.customer.0,
        new.at,
        new.channel,
        new.purpose,
        new.manner,
        new.summary,
        new.taken_by.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The open steps of one person's contact in hand, oldest first.
pub async fn steps(tx: &mut LandlordTx, customer: CustomerId, staff: StaffId, since: DateTime<Utc>) -> Result<Vec<i16>> {
    Ok(sqlx::query_scalar!(
        "select step
           from call_step
          where customer_id = $1 and staff_id = $2 and at >= $3 and undone_at is null and incident_id is null
          order by at, id",
        customer.0,
        staff.0,
        since,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Adds a step at this moment. False when this very press was taken down before.
pub async fn add_step(
    tx: &mut LandlordTx,
    id: CallStepId,
    customer: CustomerId,
    staff: StaffId,
    step: i16,
    now: DateTime<Utc>,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into call_step (id, customer_id, staff_id, step, at)
         values ($1, $2, $3, $4, $5)
         on conflict (landlord_id, id) do nothing",
        id.0,
        customer.0,
        staff.0,
        step,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Takes an open step back. False when there was none.
pub async fn undo_step(
    tx: &mut LandlordTx,
    customer: CustomerId,
    staff: StaffId,
    step: i16,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let undone = sqlx::query!(
        "update call_step
            set undone_at = $5
          where customer_id = $1 and staff_id = $2 and step = $3 and at >= $4 and undone_at is null and incident_id is null",
        customer.0,
        staff.0,
        step,
        since,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(undone.rows_affected() > 0)
}
