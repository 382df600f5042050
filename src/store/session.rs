//! Sign-ins: which are open, and whose.

use chrono::{DateTime, Utc};

use super::Result;
use super::system::SystemTx;
use super::tx::LandlordTx;
use crate::rules::id::{LandlordId, StaffId};

/// How long a sign-in stays good, as instants: seen after the first, begun after the second.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A sign-in last seen before this has sat idle too long.
    pub seen_after: DateTime<Utc>,
    /// A sign-in begun before this is too old.
    pub begun_after: DateTime<Utc>,
}

/// An open sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// Whose records it may read.
    pub landlord: LandlordId,
    /// Who signed in.
    pub staff: StaffId,
    /// When it was last used.
    pub seen_at: DateTime<Utc>,
    /// When it began.
    pub started_at: DateTime<Utc>,
}

/// What is known of an account when somebody tries to sign in.
#[derive(Debug)]
pub struct Account {
    /// The landlord it belongs to.
    pub landlord: LandlordId,
    /// The person.
    pub staff: StaffId,
    /// The argon2id hash, as a PHC string.
    pub password_hash: String,
}

/// The sign-in this transaction was opened with; sets the landlord for the rest of the transaction.
pub(super) async fn find(tx: &mut LandlordTx, limits: Limits) -> Result<Option<Open>> {
    let row = sqlx::query!(
        r#"select s.landlord_id as "landlord: LandlordId",
                  s.staff_id as "staff: StaffId",
                  s.seen_at,
                  s.started_at,
                  set_config('evenhand.landlord', s.landlord_id::text, true) as set
             from session s
            where s.token_hash = this_session()
              and s.ended_at is null
              and s.seen_at > $1
              and s.started_at > $2"#,
        limits.seen_after,
        limits.begun_after,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| Open { landlord: row.landlord, staff: row.staff, seen_at: row.seen_at, started_at: row.started_at }))
}

/// The account of an email address, however it was typed.
pub async fn account(tx: &mut SystemTx, email: &str) -> Result<Option<Account>> {
    Ok(sqlx::query_as!(
        Account,
        r#"select landlord_id as "landlord: LandlordId",
                  staff_id as "staff: StaffId",
                  password_hash
             from sign_in
            where email = lower($1)"#,
        email,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Gives a person a way to sign in.
pub async fn add_account(tx: &mut SystemTx, email: &str, landlord: LandlordId, staff: StaffId, password_hash: &str) -> Result<()> {
    sqlx::query!(
        "insert into sign_in (email, landlord_id, staff_id, password_hash)
         values (lower($1), $2, $3, $4)",
        email,
        landlord.0,
        staff.0,
        password_hash,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Begins a sign-in.
pub async fn begin(tx: &mut SystemTx, token_hash: &[u8; 32], account: &Account, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into session (token_hash, landlord_id, staff_id, started_at, seen_at)
         values ($1, $2, $3, $4, $4)",
        token_hash,
        account.landlord.0,
        account.staff.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes that a sign-in was used.
pub async fn touch(tx: &mut SystemTx, token_hash: &[u8; 32], now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update session set seen_at = $2 where token_hash = $1 and ended_at is null and seen_at < $2", token_hash, now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends one sign-in.
pub async fn end(tx: &mut SystemTx, token_hash: &[u8; 32], now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update session set ended_at = $2 where token_hash = $1 and ended_at is null", token_hash, now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends every sign-in of a person.
pub async fn end_all(tx: &mut SystemTx, landlord: LandlordId, staff: StaffId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update session set ended_at = $3 where landlord_id = $1 and staff_id = $2 and ended_at is null",
        landlord.0,
        staff.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// How often each of these was tried since then.
pub async fn attempts_since(tx: &mut SystemTx, what: &[u8], since: DateTime<Utc>) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "count!" from sign_in_attempt where what = $1 and at > $2"#, what, since)
        .fetch_one(tx.connection())
        .await?)
}

/// Counts a try.
pub async fn add_attempt(tx: &mut SystemTx, id: uuid::Uuid, what: &[u8], now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("insert into sign_in_attempt (id, what, at) values ($1, $2, $3)", id, what, now).execute(tx.connection()).await?;
    Ok(())
}

/// Takes back tries that turned out to be right.
pub async fn take_back_attempts(tx: &mut SystemTx, ids: &[uuid::Uuid]) -> Result<()> {
    sqlx::query!("delete from sign_in_attempt where id = any($1)", ids).execute(tx.connection()).await?;
    Ok(())
}

/// Forgets tries older than this, and sign-ins that ended or began before it.
pub async fn forget_before(tx: &mut SystemTx, before: DateTime<Utc>) -> Result<()> {
    sqlx::query!("delete from sign_in_attempt where at < $1", before).execute(tx.connection()).await?;
    sqlx::query!("delete from session where started_at < $1", before).execute(tx.connection()).await?;
    Ok(())
}
