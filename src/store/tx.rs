//! One landlord, one transaction. Everything a page reads or an act writes goes through it.

use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};

use super::Result;
use super::session::{Limits, Open};
use crate::rules::id::LandlordId;

/// Whether the transaction may write. A page is read-only in Postgres itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For a page.
    Read,
    /// For an act.
    Write,
}

/// One landlord's transaction: the role without ownership, the landlord set, both until it ends and no longer.
pub struct LandlordTx {
    inner: Transaction<'static, Postgres>,
}

impl LandlordTx {
    pub(super) async fn for_session(pool: &PgPool, token_hash: &[u8; 32], mode: Mode, limits: Limits) -> Result<Option<(Self, Open)>> {
        let opening = format!(
            "begin{}; set local role evenhand_landlord; set local evenhand.session = '{}'",
            if mode == Mode::Read { " read only" } else { "" },
            hex(token_hash),
        );
        // Safe: the only value in it is hexadecimal digits.
        let inner = pool.begin_with(AssertSqlSafe(opening)).await?;
        let mut tx = Self { inner };
        let open = super::session::find(&mut tx, limits).await?;
        Ok(open.map(|open| (tx, open)))
    }

    pub(super) async fn for_job(pool: &PgPool, landlord: LandlordId) -> Result<Self> {
        Self::of(pool, landlord, "begin").await
    }

    pub(super) async fn for_reading(pool: &PgPool, landlord: LandlordId) -> Result<Self> {
        Self::of(pool, landlord, "begin read only").await
    }

    async fn of(pool: &PgPool, landlord: LandlordId, begin: &str) -> Result<Self> {
        let opening = format!("{begin}; set local role evenhand_landlord; set local evenhand.landlord = '{landlord}'");
        // Safe: the only value in it is a uuid, beside words of ours.
        let inner = pool.begin_with(AssertSqlSafe(opening)).await?;
        Ok(Self { inner })
    }

    /// The connection, for this floor alone.
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// Makes everything written in it true at once. A deferred check can still refuse here.
    pub async fn commit(self) -> Result<()> {
        Ok(self.inner.commit().await?)
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
