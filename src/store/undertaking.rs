//! What customers are asked to sign before a restriction ends, and what came of it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, RestrictionId, ReviewId, StaffId, UndertakingId};

/// An undertaking to be asked for.
#[derive(Debug)]
pub struct NewUndertaking<'a> {
    /// Its id.
    pub id: UndertakingId,
    /// The restriction that ends once it is signed.
    pub restriction: RestrictionId,
    /// Who is to sign it.
    pub customer: CustomerId,
    /// The review that asked for it.
    pub review: ReviewId,
    /// What is to be signed, in the reviewer's words.
    pub words: &'a str,
    /// The last day for it.
    pub sign_by: NaiveDate,
    /// Who asked.
    pub by: StaffId,
}

/// One undertaking.
#[derive(Clone, Debug)]
pub struct Undertaking {
    /// Its id.
    pub id: UndertakingId,
    /// The restriction that ends once it is signed.
    pub restriction: RestrictionId,
    /// Who is to sign it.
    pub customer: CustomerId,
    /// What is to be signed.
    pub words: String,
    /// The last day for it.
    pub sign_by: NaiveDate,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// By whom.
    pub asked_by: String,
    /// `asked`, `signed`, `not-signed` or `overtaken`.
    pub stage: String,
    /// The day it was signed.
    pub signed_on: Option<NaiveDate>,
    /// Who wrote that down.
    pub recorded_by: Option<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Undertaking {
    /// Whether it waits to be signed.
    pub fn is_open(&self) -> bool {
        self.stage == "asked"
    }
}

/// Asks for one. There is one open at a time.
pub async fn ask(tx: &mut LandlordTx, new: &NewUndertaking<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into undertaking (id, restriction_id, customer_id, review_id, words, sign_by, asked_at, asked_by, stage)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'asked')",
        new.id.0,
        new.restriction.0,
        new.customer.0,
        new.review.0,
        new.words,
        new.sign_by,
        now,
        new.by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: UndertakingId) -> Result<Option<Undertaking>> {
    Ok(sqlx::query_as!(
        Undertaking,
        r#"select u.id as "id!: UndertakingId", u.restriction_id as "restriction!: RestrictionId", u.customer_id as "customer!: CustomerId",
                  u.words as "words!", u.sign_by as "sign_by!", u.asked_at as "asked_at!", a.name as "asked_by!", u.stage as "stage!",
                  u.signed_on, r.name as "recorded_by?", u.closed_at
             from undertaking u
             join staff a on a.id = u.asked_by
             left join staff r on r.id = u.recorded_by
            where u.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The one that waits to be signed for a restriction, and the day it is to be signed by.
pub async fn open(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Option<(UndertakingId, NaiveDate)>> {
    let open = sqlx::query!(
        r#"select id as "id: UndertakingId", sign_by from undertaking where restriction_id = $1 and stage = 'asked'"#,
        restriction.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(open.map(|line| (line.id, line.sign_by)))
}

/// Writes down that it was signed. False when it stands otherwise by now.
pub async fn sign(tx: &mut LandlordTx, id: UndertakingId, signed_on: NaiveDate, by: StaffId, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update undertaking
            set stage = 'signed', signed_on = $2, recorded_by = $3, closed_at = $4
          where id = $1
            and stage = 'asked'",
        id.0,
        signed_on,
        by.0,
        now,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Closes the open one of a restriction: not signed when somebody decided anew, or overtaken by the end. Whether there was one.
pub async fn close(tx: &mut LandlordTx, restriction: RestrictionId, how: &str, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update undertaking
            set stage = $2, closed_at = $3
          where restriction_id = $1
            and stage = 'asked'",
        restriction.0,
        how,
        now,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}
