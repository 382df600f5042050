//! Who else is told of a letter, on what basis, and what they get: word for word as it was made. Only its sending is ever noted.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, LetterCopyId, LetterId, StaffId};

/// One recipient to keep.
#[derive(Debug)]
pub struct NewCopy<'a> {
    /// Its id.
    pub id: LetterCopyId,
    /// The letter.
    pub letter: LetterId,
    /// Whom the letter is to.
    pub customer: CustomerId,
    /// A key of `rules::policy::Recipient`.
    pub recipient: &'a str,
    /// To whom it goes.
    pub to: &'a str,
    /// A short notice rather than the letter itself.
    pub is_notice: bool,
    /// What lets the landlord tell them.
    pub basis: &'a str,
    /// What staff see it called.
    pub title: &'a str,
    /// Its words as HTML, rendered and escaped by us, and as plain text; or why there are none.
    pub words: std::result::Result<(&'a str, &'a str), &'a str>,
    /// Who made it.
    pub by: StaffId,
}

/// How something went.
#[derive(Clone, Debug)]
pub struct Sending<'a> {
    /// The day.
    pub on: NaiveDate,
    /// A key of `letters::Via`.
    pub via: &'a str,
    /// To whom.
    pub to: &'a str,
    /// Who sent it.
    pub by: StaffId,
}

/// One recipient of a letter, as its page lists them.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: LetterCopyId,
    /// To whom it goes.
    pub to: String,
    /// A short notice rather than the letter itself.
    pub is_notice: bool,
    /// What lets the landlord tell them.
    pub basis: String,
    /// Why they are not told, where they are not.
    pub why_not: Option<String>,
    /// The day it went.
    pub sent_on: Option<NaiveDate>,
    /// A key of `letters::Via`.
    pub sent_via: Option<String>,
    /// To whom it went.
    pub sent_to: Option<String>,
    /// Who sent it.
    pub sent_by: Option<String>,
}

/// A copy or a notice as it is read and printed.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: LetterCopyId,
    /// The letter.
    pub letter: LetterId,
    /// Whom the letter is to.
    pub customer: CustomerId,
    /// Their given names and family name.
    pub name: String,
    /// To whom it goes.
    pub to: String,
    /// A short notice rather than the letter itself.
    pub is_notice: bool,
    /// What lets the landlord tell them.
    pub basis: String,
    /// What staff see it called.
    pub title: String,
    /// Its words as HTML, rendered and escaped by us.
    pub body_html: String,
    /// The same words as plain text.
    pub body_text: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who made it.
    pub made_by: String,
    /// The day it went.
    pub sent_on: Option<NaiveDate>,
    /// A key of `letters::Via`.
    pub sent_via: Option<String>,
    /// To whom it went.
    pub sent_to: Option<String>,
    /// Who sent it.
    pub sent_by: Option<String>,
}

impl Kept {
    /// What they get, in words.
    pub const fn what(&self) -> &'static str {
        what(self.is_notice)
    }
}

impl Line {
    /// What they get, in words.
    pub const fn what(&self) -> &'static str {
        what(self.is_notice)
    }
}

const fn what(is_notice: bool) -> &'static str {
    if is_notice { "A short notice of what they need" } else { "The letter itself, under a covering line" }
}

/// A team, and the mailbox it shares.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Where mail reaches it.
    pub email: Option<String>,
}

/// Keeps who is told, with what they get.
pub async fn add(tx: &mut LandlordTx, new: &NewCopy<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into letter_copy (id, letter_id, customer_id, recipient, to_name, is_notice, basis, title, body_html, body_text, why_not,
                                  made_at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        new.id.0,
        new.letter.0,
        new.customer.0,
        new.recipient,
        new.to,
        new.is_notice,
        new.basis,
        new.title,
        new.words.ok().map(|(html, _)| html),
        new.words.ok().map(|(_, text)| text),
        new.words.err(),
        now,
        new.by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes that it went. False when that was noted before.
pub async fn mark_sent(tx: &mut LandlordTx, id: LetterCopyId, how: &Sending<'_>, now: DateTime<Utc>) -> Result<bool> {
    let marked = sqlx::query!(
        "update letter_copy
            set sent_on = $2, sent_via = $3, sent_to = $4, sent_by = $5, sent_at = $6
          where id = $1
            and sent_on is null
            and why_not is null",
        id.0,
        how.on,
        how.via,
        how.to,
        how.by.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// Who else is told of a letter, in the order of the policy.
pub async fn of_letter(tx: &mut LandlordTx, letter: LetterId) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select k.id as "id: LetterCopyId", k.to_name as "to", k.is_notice, k.basis, k.why_not, k.sent_on, k.sent_via, k.sent_to,
                  s.name as "sent_by?"
             from letter_copy k
             left join staff s on s.id = k.sent_by
            where k.letter_id = $1
            order by k.made_at, k.id"#,
        letter.0,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Which kinds of recipient were told of anything about a customer.
pub async fn told_before(tx: &mut LandlordTx, customer: CustomerId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!("select distinct recipient from letter_copy where customer_id = $1 and why_not is null", customer.0)
        .fetch_all(tx.connection())
        .await?)
}

/// The one with this id, where somebody is told anything.
pub async fn find(tx: &mut LandlordTx, id: LetterCopyId) -> Result<Option<Kept>> {
    Ok(sqlx::query_as!(
        Kept,
        r#"select k.id as "id: LetterCopyId", k.letter_id as "letter: LetterId", k.customer_id as "customer: CustomerId",
                  trim(concat_ws(' ', c.given, c.family)) as "name!", k.to_name as "to", k.is_notice, k.basis, k.title,
                  k.body_html as "body_html!", k.body_text as "body_text!", k.made_at, m.name as made_by,
                  k.sent_on, k.sent_via, k.sent_to, s.name as "sent_by?"
             from letter_copy k
             join customer c on c.id = k.customer_id
             join staff m on m.id = k.made_by
             left join staff s on s.id = k.sent_by
            where k.id = $1
              and k.why_not is null"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The landlord's teams, by name.
pub async fn teams(tx: &mut LandlordTx) -> Result<Vec<Team>> {
    Ok(sqlx::query_as!(Team, "select name, email from team order by name, id").fetch_all(tx.connection()).await?)
}
