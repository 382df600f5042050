//! Letters, word for word as they were made. Only their sending is ever noted on them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, LetterId, StaffId};

/// A letter to keep.
#[derive(Debug)]
pub struct NewLetter<'a> {
    /// Its id.
    pub id: LetterId,
    /// To whom.
    pub customer: CustomerId,
    /// A key of `letters::Kind`.
    pub kind: &'a str,
    /// The warning, restriction, review or appeal it tells of.
    pub subject: Uuid,
    /// What staff see it called.
    pub title: &'a str,
    /// Its words as HTML, rendered and escaped by us.
    pub body_html: &'a str,
    /// The same words as plain text.
    pub body_text: &'a str,
    /// A key of `letters::Format`.
    pub format: &'a str,
    /// Who made it.
    pub by: StaffId,
}

/// A letter as it is read and printed.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: LetterId,
    /// To whom.
    pub customer: CustomerId,
    /// Their reference.
    pub reference: String,
    /// Mr, Ms, Dr …, where they gave one.
    pub name_title: Option<String>,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// `he`, `she` or `they`.
    pub pronoun: String,
    /// A key of `letters::Kind`.
    pub kind: String,
    /// The warning, restriction, review or appeal it tells of.
    pub subject: Uuid,
    /// What staff see it called.
    pub title: String,
    /// Its words as HTML, rendered and escaped by us.
    pub body_html: String,
    /// The same words as plain text.
    pub body_text: String,
    /// A key of `letters::Format`: the format on the customer's record when it was made.
    pub format: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who made it.
    pub made_by: String,
    /// When it went.
    pub sent_at: Option<DateTime<Utc>>,
    /// Who sent it.
    pub sent_by: Option<String>,
    /// A key of `letters::Via`.
    pub sent_via: Option<String>,
}

/// A letter in a list.
#[derive(Clone, Debug)]
pub struct LetterLine {
    /// Its id.
    pub id: LetterId,
    /// To whom: their reference.
    pub reference: String,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// What staff see it called.
    pub title: String,
    /// A key of `letters::Format`.
    pub format: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who made it.
    pub made_by: String,
    /// When it went.
    pub sent_at: Option<DateTime<Utc>>,
    /// A key of `letters::Via`.
    pub sent_via: Option<String>,
}

/// Keeps a letter.
pub async fn add(tx: &mut LandlordTx, new: &NewLetter<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into letter (id, customer_id, kind, subject_id, title, body_html, body_text, format, made_at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id.0,
        new.customer.0,
        new.kind,
        new.subject,
        new.title,
        new.body_html,
        new.body_text,
        new.format,
        now,
        new.by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes that a letter went. False when that was noted before.
pub async fn mark_sent(tx: &mut LandlordTx, id: LetterId, by: StaffId, via: &str, now: DateTime<Utc>) -> Result<bool> {
    let marked = sqlx::query!(
        "update letter
            set sent_at = $3, sent_by = $2, sent_via = $4
          where id = $1 and sent_at is null",
        id.0,
        by.0,
        now,
        via,
    )
    .execute(tx.connection())
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// The letter with this id.
pub async fn find(tx: &mut LandlordTx, id: LetterId) -> Result<Option<Kept>> {
    Ok(sqlx::query_as!(
        Kept,
        r#"select l.id as "id: LetterId", l.customer_id as "customer: CustomerId", c.ref as reference, c.title as name_title,
                  c.given, c.family, c.pronoun, l.kind, l.subject_id as subject, l.title, l.body_html, l.body_text, l.format,
                  l.made_at, m.name as made_by, l.sent_at, s.name as "sent_by?", l.sent_via
             from letter l
             join customer c on c.id = l.customer_id
             join staff m on m.id = l.made_by
             left join staff s on s.id = l.sent_by
            where l.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The last letter about a decision, and whether it went. That an appeal or a request has come is no decision on it.
pub async fn last_about(tx: &mut LandlordTx, subject: Uuid) -> Result<Option<(LetterId, bool)>> {
    let last = sqlx::query!(
        r#"select id as "id: LetterId", sent_at is not null as "is_sent!"
             from letter
            where subject_id = $1 and kind not in ('appeal-received', 'early-review-received')
            order by made_at desc, id desc
            limit 1"#,
        subject,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(last.map(|last| (last.id, last.is_sent)))
}

/// Letters that wait to be sent, oldest first, after one of them.
pub async fn waiting(tx: &mut LandlordTx, after: Option<LetterId>, most: i64) -> Result<Vec<LetterLine>> {
    Ok(sqlx::query_as!(
        LetterLine,
        r#"select l.id as "id: LetterId", c.ref as reference, c.given, c.family, l.title, l.format,
                  l.made_at, m.name as made_by, l.sent_at, l.sent_via
             from letter l
             join customer c on c.id = l.customer_id
             join staff m on m.id = l.made_by
            where l.sent_at is null
              and l.made_at >= coalesce((select k.made_at from letter k where k.id = $1), '-infinity')
              and (l.made_at > coalesce((select k.made_at from letter k where k.id = $1), '-infinity') or l.id > $1)
            order by l.made_at, l.id
            limit $2"#,
        after.map(|after| after.0),
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Letters that went, newest first, after one of them.
pub async fn sent(tx: &mut LandlordTx, after: Option<LetterId>, most: i64) -> Result<Vec<LetterLine>> {
    Ok(sqlx::query_as!(
        LetterLine,
        r#"select l.id as "id: LetterId", c.ref as reference, c.given, c.family, l.title, l.format,
                  l.made_at, m.name as made_by, l.sent_at, l.sent_via
             from letter l
             join customer c on c.id = l.customer_id
             join staff m on m.id = l.made_by
            where l.sent_at is not null
              and l.made_at <= coalesce((select k.made_at from letter k where k.id = $1), 'infinity')
              and (l.made_at < coalesce((select k.made_at from letter k where k.id = $1), 'infinity') or l.id > $1)
            order by l.made_at desc, l.id
            limit $2"#,
        after.map(|after| after.0),
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// One customer's letters, newest first.
pub async fn of_customer(tx: &mut LandlordTx, customer: CustomerId, most: i64) -> Result<Vec<LetterLine>> {
    Ok(sqlx::query_as!(
        LetterLine,
        r#"select l.id as "id: LetterId", c.ref as reference, c.given, c.family, l.title, l.format,
                  l.made_at, m.name as made_by, l.sent_at, l.sent_via
             from letter l
             join customer c on c.id = l.customer_id
             join staff m on m.id = l.made_by
            where l.customer_id = $1
            order by l.made_at desc, l.id
            limit $2"#,
        customer.0,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}
