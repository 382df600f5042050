//! Who looked at whose record.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, StaffId};

/// Appends some looks at once; those that are there already stay as they are.
pub async fn add(tx: &mut LandlordTx, looks: &[(Uuid, DateTime<Utc>, StaffId, CustomerId, &'static str)]) -> Result<()> {
    let ids: Vec<Uuid> = looks.iter().map(|look| look.0).collect();
    let at: Vec<DateTime<Utc>> = looks.iter().map(|look| look.1).collect();
    let staff: Vec<Uuid> = looks.iter().map(|look| look.2.0).collect();
    let customers: Vec<Uuid> = looks.iter().map(|look| look.3.0).collect();
    let pages: Vec<String> = looks.iter().map(|look| look.4.to_owned()).collect();
    sqlx::query!(
        "insert into access (id, at, staff_id, customer_id, page)
         select * from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::text[])
         on conflict do nothing",
        &ids,
        &at,
        &staff,
        &customers,
        &pages,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// One look, as the record shows it.
#[derive(Debug)]
pub struct AccessLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who looked.
    pub name: String,
    /// Their job.
    pub job_title: String,
    /// On which page.
    pub page: String,
}

/// The newest looks at a customer's record.
pub async fn list(tx: &mut LandlordTx, customer: CustomerId, most: i64) -> Result<Vec<AccessLine>> {
    Ok(sqlx::query_as!(
        AccessLine,
        r#"select a.at, s.name, s.job_title, a.page
             from access a
             join staff s on s.id = a.staff_id
            where a.customer_id = $1
            order by a.at desc, a.id desc
            limit $2"#,
        customer.0,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}
