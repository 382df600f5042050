//! Lists of customers by family name, a page at a time, picked by nothing personal.

use chrono::NaiveDate;

use super::Result;
use super::tx::LandlordTx;

/// One customer of a list.
#[derive(Debug)]
pub struct Line {
    /// Their reference.
    pub reference: String,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// First line of the address.
    pub line1: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Their tenancy.
    pub tenancy_ref: Option<String>,
    /// Whether contact with them is limited today.
    pub is_limited: bool,
    /// Whether a restriction of theirs waits for an appeal.
    pub is_suspended: bool,
    /// When a restriction that has not lapsed is looked at again, the earliest.
    pub review_due: Option<NaiveDate>,
}

/// Everybody after the customer with this reference, or from the first.
pub async fn everybody(tx: &mut LandlordTx, after: Option<&str>, today: NaiveDate, most: i64) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select c.ref as reference, c.given, c.family, c.line1, c.town, c.postcode, c.tenancy_ref,
                  coalesce(r.is_limited, false) as "is_limited!", coalesce(r.is_suspended, false) as "is_suspended!", r.review_due
             from customer c
             left join lateral (select bool_or(f.is_applied) as is_limited, bool_or(f.is_suspended) as is_suspended,
                                       min(f.review_due) filter (where not f.has_lapsed) as review_due
                                  from in_force_on($2) f
                                 where f.customer_id = c.id) r on true
            where (c.family, c.given, c.id) > (coalesce((select b.family from customer b where b.ref = $1), ''),
                                               coalesce((select b.given from customer b where b.ref = $1), ''),
                                               coalesce((select b.id from customer b where b.ref = $1), '00000000-0000-0000-0000-000000000000'))
            order by c.family, c.given, c.id
            limit $3"#,
        after,
        today,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Those with a restriction that is applied today; or only those whose review is late.
pub async fn limited(tx: &mut LandlordTx, only_late: bool, after: Option<&str>, today: NaiveDate, most: i64) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select c.ref as reference, c.given, c.family, c.line1, c.town, c.postcode, c.tenancy_ref,
                  r.is_limited as "is_limited!", r.is_suspended as "is_suspended!", r.review_due
             from (select f.customer_id, bool_or(f.is_applied) as is_limited, bool_or(f.is_suspended) as is_suspended,
                          min(f.review_due) filter (where not f.has_lapsed) as review_due
                     from in_force_on($2) f
                    group by f.customer_id) r
             join customer c on c.id = r.customer_id
            where (case when $4 then r.review_due < $2 else r.is_limited end)
              and (c.family, c.given, c.id) > (coalesce((select b.family from customer b where b.ref = $1), ''),
                                               coalesce((select b.given from customer b where b.ref = $1), ''),
                                               coalesce((select b.id from customer b where b.ref = $1), '00000000-0000-0000-0000-000000000000'))
            order by c.family, c.given, c.id
            limit $3"#,
        after,
        today,
        most,
        only_late,
    )
    .fetch_all(tx.connection())
    .await?)
}
