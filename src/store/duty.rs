//! What we owe a customer by the terms of a restriction, day by day: owed, kept or missed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use super::Result;
use super::term;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, DutyId, RestrictionId, StaffId, TermId};
use crate::rules::measure::Chosen;

/// A day to be kept.
#[derive(Debug)]
pub struct NewDuty {
    /// Its id.
    pub id: DutyId,
    /// The restriction that promises it.
    pub restriction: RestrictionId,
    /// To whom.
    pub customer: CustomerId,
    /// The term that promises it.
    pub term: TermId,
    /// Who owes it.
    pub owner: StaffId,
    /// The day.
    pub due_on: NaiveDate,
}

/// One day as it stands.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its id.
    pub id: DutyId,
    /// The restriction that promises it.
    pub restriction: RestrictionId,
    /// To whom.
    pub customer: CustomerId,
    /// The customer's reference, which may stand in an email where a name may not.
    pub reference: String,
    /// Who owes it.
    pub owner: StaffId,
    /// The day.
    pub due_on: NaiveDate,
    /// Whether it waits still.
    pub is_open: bool,
    /// What the term promises.
    pub term: Chosen,
}

/// Adds a day. Nothing where the term has that day already.
pub async fn add(tx: &mut LandlordTx, new: &NewDuty, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into duty (id, restriction_id, customer_id, term_id, owner_id, due_on, made_at, stage)
         values ($1, $2, $3, $4, $5, $6, $7, 'due')
         on conflict do nothing",
        new.id.0,
        new.restriction.0,
        new.customer.0,
        new.term.0,
        new.owner.0,
        new.due_on,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: DutyId) -> Result<Option<Duty>> {
    let row = sqlx::query!(
        r#"select d.restriction_id as "restriction: RestrictionId", d.customer_id as "customer: CustomerId", c.ref as reference,
                  d.owner_id as "owner: StaffId", d.due_on, d.stage = 'due' as "is_open!", t.id as "term: TermId", t.details
             from duty d
             join customer c on c.id = d.customer_id
             join term t on t.id = d.term_id
            where d.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(Duty {
            id,
            restriction: row.restriction,
            customer: row.customer,
            reference: row.reference,
            owner: row.owner,
            due_on: row.due_on,
            is_open: row.is_open,
            term: term::read(row.term, row.details)?,
        })
    })
    .transpose()
}

/// The days this person owes this customer.
pub async fn owed(tx: &mut LandlordTx, customer: CustomerId, owner: StaffId) -> Result<Vec<DutyId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: DutyId" from duty where customer_id = $1 and owner_id = $2 and stage = 'due' order by due_on, id"#,
        customer.0,
        owner.0,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Notes that it was done on a day. False when it no longer waits.
pub async fn keep(tx: &mut LandlordTx, id: DutyId, on: NaiveDate, by: StaffId, note: &str, now: DateTime<Utc>) -> Result<bool> {
    let kept = sqlx::query!(
        "update duty set stage = 'kept', kept_on = $2, kept_by = $3, note = $4, closed_at = $5 where id = $1 and stage = 'due'",
        id.0,
        on,
        by.0,
        note,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// Notes that it was tried without reaching anybody. It is owed still; false when it no longer waits.
pub async fn tried(tx: &mut LandlordTx, id: DutyId, now: DateTime<Utc>) -> Result<bool> {
    let tried = sqlx::query!("update duty set tries = tries + 1, tried_at = $2 where id = $1 and stage = 'due'", id.0, now)
        .execute(tx.connection())
        .await?;
    Ok(tried.rows_affected() == 1)
}

/// Notes that its day went by. False when it no longer waits.
pub async fn miss(tx: &mut LandlordTx, id: DutyId, now: DateTime<Utc>) -> Result<bool> {
    let missed = sqlx::query!("update duty set stage = 'missed', closed_at = $2 where id = $1 and stage = 'due'", id.0, now)
        .execute(tx.connection())
        .await?;
    Ok(missed.rows_affected() == 1)
}

/// Hands what somebody owes still, and the days after it, to whoever takes over.
pub async fn hand_on(tx: &mut LandlordTx, from: StaffId, to: StaffId) -> Result<()> {
    sqlx::query!("update duty set owner_id = $2 where owner_id = $1 and stage = 'due'", from.0, to.0).execute(tx.connection()).await?;
    Ok(())
}

/// Closes what is no longer owed: every open day of the terms of a restriction that have ended, or of all where the restriction has.
pub async fn end(tx: &mut LandlordTx, restriction: RestrictionId, all: bool, now: DateTime<Utc>) -> Result<Vec<DutyId>> {
    Ok(sqlx::query_scalar!(
        r#"update duty
              set stage = 'ended', closed_at = $3
            where restriction_id = $1
              and stage = 'due'
              and ($2 or exists (select from term t where t.id = duty.term_id and t.until is not null))
        returning id as "id: DutyId""#,
        restriction.0,
        all,
        now,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// A term that was in force at some time, with what became of its days.
#[derive(Clone, Debug)]
pub struct Promised {
    /// Its id.
    pub id: TermId,
    /// What it says.
    pub term: Chosen,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when, where it was ended.
    pub until: Option<DateTime<Utc>>,
    /// Its last day that was written down, waiting or not.
    pub last_on: Option<NaiveDate>,
    /// Whether one of its days waits.
    pub is_open: bool,
    /// Who owes the last of them, or whoever took over from them.
    pub owner: Option<StaffId>,
    /// The name of whoever owes the one that waits.
    pub whose: Option<String>,
    /// The days that were kept.
    pub kept: Vec<Kept>,
    /// The days on which it was tried without reaching anybody.
    pub tried: Vec<Tried>,
}

/// A day on which it was tried.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Tried {
    /// The day it was due.
    pub due_on: NaiveDate,
    /// How often.
    pub tries: i16,
    /// When last.
    pub at: DateTime<Utc>,
}

/// A day that was kept.
#[derive(Clone, Debug, Deserialize)]
pub struct Kept {
    /// The day it was due.
    pub due_on: NaiveDate,
    /// The day it was done.
    pub kept_on: NaiveDate,
    /// By whom.
    pub by: String,
    /// What was done.
    pub note: String,
}

/// Every term of a restriction since it took effect, in order, with the days of each that were kept.
pub async fn promised(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Vec<Promised>> {
    let rows = sqlx::query!(
        r#"select t.id as "id: TermId", t.details, t.since, t.until,
                  (select max(d.due_on) from duty d where d.term_id = t.id) as last_on,
                  exists (select from duty d where d.term_id = t.id and d.stage = 'due') as "is_open!",
                  (select d.owner_id from duty d where d.term_id = t.id order by d.due_on desc limit 1) as "owner: StaffId",
                  (select s.name from duty d join staff s on s.id = d.owner_id where d.term_id = t.id and d.stage = 'due') as whose,
                  (select coalesce(json_agg(json_build_object('due_on', d.due_on, 'kept_on', d.kept_on, 'by', s.name, 'note', d.note) order by d.due_on), '[]')
                     from duty d
                     join staff s on s.id = d.kept_by
                    where d.term_id = t.id and d.stage = 'kept') as "kept!: Json<Vec<Kept>>",
                  (select coalesce(json_agg(json_build_object('due_on', d.due_on, 'tries', d.tries, 'at', d.tried_at) order by d.due_on), '[]')
                     from duty d
                    where d.term_id = t.id and d.tries > 0) as "tried!: Json<Vec<Tried>>"
             from restriction r
             join term t on t.restriction_id = r.id
            where r.id = $1
              and r.in_force_at is not null
              and t.kind in ('regular-call', 'replies')
              and (t.until is null or t.until > r.in_force_at)
            order by t.position, t.id"#,
        restriction.0,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            let term = term::read(row.id, row.details)?;
            let (Json(kept), Json(tried)) = (row.kept, row.tried);
            Ok(Promised {
                id: row.id,
                term,
                since: row.since,
                until: row.until,
                last_on: row.last_on,
                is_open: row.is_open,
                owner: row.owner,
                whose: row.whose,
                kept,
                tried,
            })
        })
        .collect()
}
