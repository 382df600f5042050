//! The only holder of the pool. Whoever wants rows opens a transaction here.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool};

use super::Result;
use super::system::SystemTx;
use super::tx::{LandlordTx, Mode};
use crate::rules::id::LandlordId;

/// Schema changes, in order, part of the program.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// Rings when a commit left mail.
pub type Bell = sqlx::postgres::PgListener;

/// The database, as the application's own role.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
}

impl Db {
    /// Connects with at most so many connections. Every limit is set at connection time, so that nothing needs to be set, or to
    /// outlive its transaction, later.
    pub async fn connect(url: &str, connections: u32) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("evenhand")
            .options([
                ("timezone", "UTC"),
                ("statement_timeout", "15s"),
                ("lock_timeout", "5s"),
                ("idle_in_transaction_session_timeout", "30s"),
                ("jit", "off"),
                // Every question begins with the landlord and has its index; planning it anew each time costs more than answering it.
                ("plan_cache_mode", "force_generic_plan"),
            ])
            .log_statements(tracing::log::LevelFilter::Trace)
            .log_slow_statements(tracing::log::LevelFilter::Trace, Duration::from_secs(1));
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            .test_before_acquire(false)
            .before_acquire(|connection, used| Box::pin(still_answers(connection, used.idle_for)))
            .after_release(|connection, _| Box::pin(leave_no_transaction(connection)))
            .connect_with(options)
            .await?;
        Ok(Self { pool })
    }

    /// One landlord's transaction for a signed-in request; the session in it decides which landlord that is.
    /// `None` when the sign-in has ended, or sat idle since `idle_since`, or began before `begun_after`.
    pub async fn for_session(
        &self,
        token_hash: &[u8; 32],
        mode: Mode,
        limits: super::session::Limits,
    ) -> Result<Option<(LandlordTx, super::session::Open)>> {
        LandlordTx::for_session(&self.pool, token_hash, mode, limits).await
    }

    /// One landlord's transaction for a claimed job or a command, where nobody is signed in.
    pub async fn for_job(&self, landlord: LandlordId) -> Result<LandlordTx> {
        LandlordTx::for_job(&self.pool, landlord).await
    }

    /// The same for a page that anybody may read: nothing can be written in it, in Postgres itself.
    pub async fn for_reading(&self, landlord: LandlordId) -> Result<LandlordTx> {
        LandlordTx::for_reading(&self.pool, landlord).await
    }

    /// A transaction for the few questions across landlords.
    pub async fn system(&self) -> Result<SystemTx> {
        SystemTx::open(&self.pool).await
    }

    /// Whether the database answers within so long. Whoever asks usually waits a second, and a request waits longer than that.
    pub async fn answers(&self, within: Duration) -> bool {
        tokio::time::timeout(within, sqlx::query("select 1").execute(&self.pool)).await.is_ok_and(|answer| answer.is_ok())
    }

    /// What the login of this pool must not be: superuser, above row security, or owner of a table.
    pub async fn login_faults(&self) -> Result<Vec<String>> {
        super::system::login_faults(&self.pool).await
    }

    /// Whether the schema is as new as this program.
    pub async fn is_migrated(&self) -> Result<bool> {
        super::system::is_migrated(&self.pool).await
    }

    /// A listener woken by every commit that left mail.
    pub async fn listener(&self) -> Result<Bell> {
        let mut listener = sqlx::postgres::PgListener::connect_with(&self.pool).await?;
        listener.listen("evenhand_post").await?;
        Ok(listener)
    }

    /// Waits for connections in use, then closes them.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Asks a connection whether it is still there, once it lay idle for a while: one that was in use a moment ago was asked when it came back.
async fn still_answers(connection: &mut sqlx::PgConnection, idle_for: Duration) -> std::result::Result<bool, sqlx::Error> {
    use sqlx::Connection;
    Ok(idle_for < Duration::from_secs(2) || connection.ping().await.is_ok())
}

/// A request that is dropped while its transaction opens can hand back a connection that is still inside it (sqlx 0.9.0). The next
/// borrower's writes would then vanish. `begin` first, because a lone `rollback` outside a transaction fills the server's log.
async fn leave_no_transaction(connection: &mut sqlx::PgConnection) -> std::result::Result<bool, sqlx::Error> {
    sqlx::raw_sql("begin; rollback").execute(connection).await?;
    Ok(true)
}
