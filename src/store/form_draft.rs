//! What somebody has begun to type in a long form: theirs alone until the form is sent.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::StaffId;

/// How many of one person are kept: the newest.
const MOST: i64 = 20;

/// A form as it stood when it was kept.
#[derive(Debug)]
pub struct Draft {
    /// Pairs of a name and what was typed.
    pub typed: Vec<(String, String)>,
    /// When it was kept.
    pub saved_at: DateTime<Utc>,
}

/// What this person has begun to type in this form.
pub async fn find(tx: &mut LandlordTx, staff: StaffId, form: &str) -> Result<Option<Draft>> {
    let row = sqlx::query!(
        r#"select typed as "typed: Json<Vec<(String, String)>>", saved_at from form_draft where staff_id = $1 and form = $2"#,
        staff.0,
        form,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| Draft { typed: row.typed.0, saved_at: row.saved_at }))
}

/// Keeps what was typed in place of what was kept before, and forgets the oldest of too many.
pub async fn save(tx: &mut LandlordTx, staff: StaffId, form: &str, typed: &[(String, String)], now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into form_draft (staff_id, form, typed, saved_at) values ($1, $2, $3, $4)
         on conflict (landlord_id, staff_id, form) do update set typed = excluded.typed, saved_at = excluded.saved_at",
        staff.0,
        form,
        Json(typed) as _,
        now,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "delete from form_draft
          where staff_id = $1
            and form not in (select d.form from form_draft d where d.staff_id = $1 order by d.saved_at desc, d.form limit $2)",
        staff.0,
        MOST,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets it: the form was sent, or the draft thrown away.
pub async fn remove(tx: &mut LandlordTx, staff: StaffId, form: &str) -> Result<()> {
    sqlx::query!("delete from form_draft where staff_id = $1 and form = $2", staff.0, form).execute(tx.connection()).await?;
    Ok(())
}

/// One of them for a list: which form, about whom, and when it was kept.
#[derive(Debug)]
pub struct Line {
    /// The address of the form.
    pub form: String,
    /// The customer's name, where it is about one.
    pub customer: Option<String>,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// Everything this person has begun to type and not sent, the newest first.
pub async fn list(tx: &mut LandlordTx, staff: StaffId) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select d.form, d.saved_at,
                  (select trim(concat_ws(' ', c.given, c.family))
                     from customer c
                    where c.id = coalesce((select i.customer_id from incident i where i.id = u.id),
                                          (select r.customer_id from restriction r where r.id = u.id),
                                          (select v.customer_id from review v where v.id = u.id),
                                          (select a.customer_id from appeal a where a.id = u.id),
                                          (select q.customer_id from reconsideration q where q.id = u.id),
                                          (select w.customer_id from warning w where w.id = u.id),
                                          (select k.id from customer k where k.ref = substring(d.form from 'customer=([0-9-]+)')))) as customer
             from form_draft d
            cross join lateral (select substring(d.form from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')::uuid as id) u
            where d.staff_id = $1
            order by d.saved_at desc, d.form"#,
        staff.0,
    )
    .fetch_all(tx.connection())
    .await?)
}
