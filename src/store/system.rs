//! The few questions across landlords: sign-in, mail waiting, what is due. This role cannot read a customer.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::Result;
use crate::rules::id::LandlordId;

/// A transaction of the system's own role.
pub struct SystemTx {
    inner: Transaction<'static, Postgres>,
}

impl SystemTx {
    pub(super) async fn open(pool: &PgPool) -> Result<Self> {
        let inner = pool.begin_with("begin; set local role evenhand_system").await?;
        Ok(Self { inner })
    }

    /// The connection, for this floor alone.
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// Makes everything written in it true at once.
    pub async fn commit(self) -> Result<()> {
        Ok(self.inner.commit().await?)
    }
}

/// A landlord, as the system may know it.
#[derive(Debug)]
pub struct LandlordLine {
    /// Its id.
    pub id: LandlordId,
    /// Its short name in commands.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A landlord to add.
#[derive(Debug)]
pub struct NewLandlord<'a> {
    /// Its id.
    pub id: LandlordId,
    /// Its short name in commands.
    pub slug: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The number customers ring.
    pub phone: &'a str,
    /// The address customers write to.
    pub email: &'a str,
    /// Its postal address, lines apart.
    pub address: &'a str,
}

/// Every landlord, by short name.
pub async fn landlords(tx: &mut SystemTx) -> Result<Vec<LandlordLine>> {
    Ok(sqlx::query_as!(
        LandlordLine,
        r#"select landlord_id as "id: LandlordId", slug, name
             from landlord
            order by slug"#
    )
    .fetch_all(tx.connection())
    .await?)
}

/// The landlord with this short name.
pub async fn landlord_called(tx: &mut SystemTx, slug: &str) -> Result<Option<LandlordId>> {
    Ok(sqlx::query_scalar!(r#"select landlord_id as "id: LandlordId" from landlord where slug = $1"#, slug)
        .fetch_optional(tx.connection())
        .await?)
}

/// The landlords somebody can sign in to.
pub async fn landlords_with_accounts(tx: &mut SystemTx) -> Result<Vec<LandlordId>> {
    Ok(sqlx::query_scalar!(r#"select distinct landlord_id as "id: LandlordId" from sign_in"#).fetch_all(tx.connection()).await?)
}

/// Adds a landlord.
pub async fn add_landlord(tx: &mut SystemTx, new: &NewLandlord<'_>, now: chrono::DateTime<chrono::Utc>) -> Result<()> {
    sqlx::query!(
        "insert into landlord (landlord_id, slug, name, phone, email, address, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        new.id.0,
        new.slug,
        new.name,
        new.phone,
        new.email,
        new.address,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What kind of database this was settled to be, if it was.
pub async fn kind_of_house(tx: &mut SystemTx) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select kind from house").fetch_optional(tx.connection()).await?)
}

/// What was generated into it, if anything was.
pub async fn generated(tx: &mut SystemTx) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select generated from house").fetch_optional(tx.connection()).await?.flatten())
}

/// Settles what kind of database this is. It is settled once.
pub async fn settle_house(tx: &mut SystemTx, kind: &str, generated: Option<&str>, now: chrono::DateTime<chrono::Utc>) -> Result<()> {
    sqlx::query!("insert into house (kind, generated, settled_at) values ($1, $2, $3)", kind, generated, now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// What the login of this pool must not be, as sentences.
pub(super) async fn login_faults(pool: &PgPool) -> Result<Vec<String>> {
    let login = sqlx::query!(
        r#"select current_user::text as "name!",
                  r.rolsuper as "superuser!",
                  r.rolbypassrls as "bypasses!",
                  exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                           where n.nspname = 'public' and c.relkind = 'r' and c.relowner = r.oid) as "owns!",
                  (select count(*) from pg_roles g where g.rolname in ('evenhand_landlord', 'evenhand_system')
                      and pg_has_role(r.oid, g.oid, 'member')) as "granted!"
             from pg_roles r
            where r.rolname = current_user"#
    )
    .fetch_one(pool)
    .await?;
    let mut faults = Vec::new();
    if login.superuser {
        faults.push(format!("the database login {} is a superuser", login.name));
    }
    if login.bypasses {
        faults.push(format!("the database login {} bypasses row security", login.name));
    }
    if login.owns {
        faults.push(format!("the database login {} owns the tables", login.name));
    }
    if login.granted < 2 {
        faults.push(format!("the database login {} was not granted the application's roles", login.name));
    }
    Ok(faults)
}

/// The newest schema change applied, as the program numbers them; `None` where nothing was ever applied.
pub(super) async fn is_migrated(pool: &PgPool) -> Result<bool> {
    let known = super::db::MIGRATIONS.iter().map(|migration| migration.version).max();
    let mut tx = SystemTx::open(pool).await?;
    // Not a checked query: this table is the migrator's, not ours.
    let applied: Option<i64> =
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(tx.connection()).await?;
    Ok(applied == known)
}
