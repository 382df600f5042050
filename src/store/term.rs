//! The terms of a restriction, one row each. A term is ended, never removed, once it was sent for approval.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::tx::LandlordTx;
use super::{Error, Result};
use crate::rules::id::{RestrictionId, TermId};
use crate::rules::measure::Chosen;

/// A term that has not been ended.
#[derive(Clone, Debug, PartialEq)]
pub struct TermLine {
    /// Its id.
    pub id: TermId,
    /// What it says.
    pub term: Chosen,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The terms of a restriction that have not been ended, in their order.
pub async fn list(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Vec<TermLine>> {
    let rows = sqlx::query!(
        r#"select id as "id: TermId", details, since
             from term
            where restriction_id = $1 and until is null
            order by position, id"#,
        restriction.0,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(|row| Ok(TermLine { id: row.id, term: read(row.id, row.details)?, since: row.since })).collect()
}

/// The same without what is kept beside each.
pub async fn held(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Vec<Chosen>> {
    Ok(list(tx, restriction).await?.into_iter().map(|line| line.term).collect())
}

/// Adds terms after those that are there, with what each closes beside it, so that the database can refuse.
pub async fn add(tx: &mut LandlordTx, restriction: RestrictionId, terms: &[(TermId, Chosen)], since: DateTime<Utc>) -> Result<()> {
    let ids: Vec<Uuid> = terms.iter().map(|(id, _)| id.0).collect();
    let rows: Vec<Value> = terms.iter().map(|(_, term)| row(term)).collect();
    sqlx::query!(
        "insert into term (id, restriction_id, position, kind, details, closes, closes_purposes, leaves_route, since)
         select new.id,
                $1,
                coalesce((select max(t.position) from term t where t.restriction_id = $1), 0) + new.place,
                new.row ->> 'kind',
                new.row -> 'details',
                array(select jsonb_array_elements_text(new.row -> 'closes')),
                array(select jsonb_array_elements_text(new.row -> 'closes_purposes')),
                (new.row ->> 'leaves_route')::boolean,
                $4
           from unnest($2::uuid[], $3::jsonb[]) with ordinality as new (id, row, place)",
        restriction.0,
        &ids,
        &rows,
        since,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Ends some terms at this moment.
pub async fn end(tx: &mut LandlordTx, restriction: RestrictionId, terms: &[TermId], until: DateTime<Utc>) -> Result<()> {
    let ids: Vec<Uuid> = terms.iter().map(|id| id.0).collect();
    sqlx::query!("update term set until = $3 where restriction_id = $1 and id = any ($2) and until is null", restriction.0, &ids, until)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Says from when the terms that were asked for hold: the second they were decided.
pub async fn begin(tx: &mut LandlordTx, restriction: RestrictionId, since: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update term set since = $2 where restriction_id = $1 and until is null", restriction.0, since)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// A term from its row.
pub fn read(id: TermId, details: Value) -> Result<Chosen> {
    serde_json::from_value(details).map_err(|_| Error::Inconsistent { table: "term", id: id.0 })
}

pub(super) fn row(term: &Chosen) -> Value {
    let closes: Vec<&str> = term.closes().iter().map(|channel| channel.key()).collect();
    let purposes: Vec<&str> = term.purposes_closed().iter().map(|purpose| purpose.key()).collect();
    serde_json::json!({
        "kind": term.kind().key(),
        "details": term,
        "closes": closes,
        "closes_purposes": purposes,
        "leaves_route": term.leaves_route(),
    })
}
