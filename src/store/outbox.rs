//! Mail waiting to go.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Result;
use super::system::SystemTx;
use super::tx::LandlordTx;
use crate::rules::id::{LandlordId, MessageId};

/// One message to be written.
#[derive(Debug)]
pub struct NewMessage<'a> {
    /// Its id, part of its Message-ID.
    pub id: MessageId,
    /// What it is about, so that the same one is never written twice.
    pub key: &'a str,
    /// Where it goes.
    pub to_address: &'a str,
    /// To whom.
    pub to_name: &'a str,
    /// Its subject line.
    pub subject: &'a str,
    /// Its words.
    pub body_text: &'a str,
}

/// A message claimed for sending.
#[derive(Debug)]
pub struct Claimed {
    /// Whose it is.
    pub landlord: Uuid,
    /// Its id.
    pub id: MessageId,
    /// Where it goes.
    pub to_address: String,
    /// To whom.
    pub to_name: String,
    /// Its subject line.
    pub subject: String,
    /// Its words.
    pub body_text: String,
    /// How often it was tried, this time too.
    pub tries: i16,
}

/// A message that went, as the demo's mailbox shows it.
#[derive(Debug)]
pub struct Sent {
    /// Its id.
    pub id: MessageId,
    /// Where it went.
    pub to_address: String,
    /// To whom.
    pub to_name: String,
    /// Its subject line.
    pub subject: String,
    /// Its words.
    pub body_text: String,
    /// When it went.
    pub sent_at: Option<DateTime<Utc>>,
}

/// Puts a message in the outbox, unless one about the same thing is there. Wakes the worker at commit.
pub async fn add(tx: &mut LandlordTx, new: &NewMessage<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "with added as (
           insert into outbox (id, key, to_address, to_name, subject, body_text, made_at, next_try_at)
           values ($1, $2, $3, $4, $5, $6, $7, $7)
           on conflict (landlord_id, key) do nothing)
         select pg_notify('evenhand_post', '')",
        new.id.0,
        new.key,
        new.to_address,
        new.to_name,
        new.subject,
        new.body_text,
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(())
}

/// Claims some messages that are due, so that no other worker sends them meanwhile.
pub async fn claim(tx: &mut SystemTx, now: DateTime<Utc>, until: DateTime<Utc>, most: i64) -> Result<Vec<Claimed>> {
    Ok(sqlx::query_as!(
        Claimed,
        r#"update outbox o
              set claimed_until = $2, tries = o.tries + 1
             from (select landlord_id, id
                     from outbox
                    where sent_at is null
                      and given_up_at is null
                      and next_try_at <= $1
                      and (claimed_until is null or claimed_until < $1)
                    order by next_try_at
                    limit $3
                      for update skip locked) due
            where o.landlord_id = due.landlord_id
              and o.id = due.id
        returning o.landlord_id as landlord, o.id as "id: MessageId", o.to_address, o.to_name, o.subject, o.body_text, o.tries"#,
        now,
        until,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Notes that a message went.
pub async fn sent(tx: &mut SystemTx, landlord: Uuid, id: MessageId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update outbox set sent_at = $3, claimed_until = null, last_fault = null where landlord_id = $1 and id = $2",
        landlord,
        id.0,
        now
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes that a message did not go: when to try again, or that it was given up.
pub async fn failed(
    tx: &mut SystemTx,
    landlord: Uuid,
    id: MessageId,
    fault: &str,
    again: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update outbox
            set claimed_until = null,
                last_fault = $3,
                next_try_at = coalesce($4, next_try_at),
                given_up_at = case when $4::timestamptz is null then $5::timestamptz end
          where landlord_id = $1 and id = $2",
        landlord,
        id.0,
        fault,
        again,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Gives back a message that was claimed and not tried.
pub async fn put_back(tx: &mut SystemTx, landlord: Uuid, id: MessageId) -> Result<()> {
    sqlx::query!("update outbox set claimed_until = null, tries = tries - 1 where landlord_id = $1 and id = $2", landlord, id.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The newest messages that went, for the demo's mailbox, after so many newer ones.
pub async fn newest_sent(tx: &mut SystemTx, skip: i64, most: i64) -> Result<Vec<Sent>> {
    Ok(sqlx::query_as!(
        Sent,
        r#"select id as "id: MessageId", to_address, to_name, subject, body_text, sent_at
             from outbox
            where sent_at is not null
            order by sent_at desc, id desc
           offset $1
            limit $2"#,
        skip,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// A message as whoever looks after the mail sees it: to whom and about what, and never its words.
#[derive(Debug)]
pub struct Undelivered {
    /// Its id.
    pub id: MessageId,
    /// Where it goes.
    pub to_address: String,
    /// To whom.
    pub to_name: String,
    /// Its subject line.
    pub subject: String,
    /// When it was written.
    pub made_at: DateTime<Utc>,
    /// How often it was tried.
    pub tries: i16,
    /// When it was given up, if it was.
    pub given_up_at: Option<DateTime<Utc>>,
    /// What the mail server said last.
    pub last_fault: Option<String>,
}

/// Messages that were given up, the newest first.
pub async fn given_up(tx: &mut LandlordTx, most: i64) -> Result<Vec<Undelivered>> {
    Ok(sqlx::query_as!(
        Undelivered,
        r#"select id as "id: MessageId", to_address, to_name, subject, made_at, tries, given_up_at, last_fault
             from outbox
            where given_up_at is not null
            order by given_up_at desc, id
            limit $1"#,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// The message with this id.
pub async fn find(tx: &mut LandlordTx, id: MessageId) -> Result<Option<Undelivered>> {
    Ok(sqlx::query_as!(
        Undelivered,
        r#"select id as "id: MessageId", to_address, to_name, subject, made_at, tries, given_up_at, last_fault from outbox where id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Lets a message that was given up be tried anew from now on, as the same message. False when it was not given up.
pub async fn try_again(tx: &mut SystemTx, landlord: LandlordId, id: MessageId, now: DateTime<Utc>) -> Result<bool> {
    let changed = sqlx::query!(
        "update outbox
            set given_up_at = null, tries = 0, next_try_at = $3, last_fault = null
          where landlord_id = $1 and id = $2 and given_up_at is not null and sent_at is null",
        landlord.0,
        id.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!("select pg_notify('evenhand_post', '')").fetch_all(tx.connection()).await?;
    Ok(changed.rows_affected() == 1)
}

/// Takes mail made before a moment as sent when it was made: for a demonstration, whose past has been.
pub async fn take_as_sent(tx: &mut SystemTx, before: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update outbox set sent_at = made_at, tries = 1 where sent_at is null and given_up_at is null and made_at < $1", before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
