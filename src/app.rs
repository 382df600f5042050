//! Configuration into running parts, and their graceful stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::ConnectInfo;
use axum_extra::extract::cookie::Key;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use sha2::{Digest, Sha512};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower::ServiceExt;

use crate::casework::desk::Office;
use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::http::kit::Kit;
use crate::http::seen::Seen;
use crate::local::{self, Durability, Local};
use crate::mail::Mailer;
use crate::passwords::Passwords;
use crate::store::db::{Db, MIGRATIONS};

/// The login role of the program's own database. It owns nothing.
pub const OWN_LOGIN: &str = "evenhand_app";
/// The program's own database.
pub const OWN_DATABASE: &str = "evenhand";

/// A database that is ready, and the server behind it if it is our own.
pub struct Ground {
    /// The database.
    pub db: Db,
    /// Our own server, to be stopped with us.
    pub local: Option<Local>,
}

/// Opens the database: our own, made and migrated here and now; or the one named, which must have been migrated by its owner.
pub async fn open(config: &Config, connections: u32) -> Result<Ground> {
    match &config.database {
        Database::Own => own(config, connections).await,
        Database::At(url) => {
            answers(url).await?;
            let db = Db::connect(url, connections).await.context("DATABASE_URL does not lead to a database that answers")?;
            check_production(&db).await?;
            Ok(Ground { db, local: None })
        }
    }
}

/// One connection, so that what keeps the database from answering is said at once and as it is: refused, unknown, a wrong password.
async fn answers(url: &str) -> Result<()> {
    use sqlx::{Connection, PgConnection};
    let within = Duration::from_secs(5);
    let silent = "DATABASE_URL does not lead to a database that answers: it said nothing for five seconds";
    let connection = tokio::time::timeout(within, PgConnection::connect(url)).await.context(silent)?;
    Ok(connection.context("DATABASE_URL does not lead to a database that answers")?.close().await?)
}

async fn own(config: &Config, connections: u32) -> Result<Ground> {
    let folder = config.data.clone();
    let local = tokio::task::spawn_blocking(move || local::start(&folder, Durability::Safe)).await??;
    if let Some(note) = local.note() {
        println!("{note}");
    }
    match prepared(&local, connections).await {
        Ok(db) => Ok(Ground { db, local: Some(local) }),
        Err(fault) => {
            tokio::task::spawn_blocking(move || local.stop()).await??;
            Err(fault)
        }
    }
}

async fn prepared(local: &Local, connections: u32) -> Result<Db> {
    prepare(&local.url("postgres", "postgres"), &local.url("postgres", OWN_DATABASE), OWN_DATABASE, OWN_LOGIN).await?;
    Ok(Db::connect(&local.url(OWN_LOGIN, OWN_DATABASE), connections).await?)
}

/// Makes a database with its login, where there is none yet, and brings it up to date.
async fn prepare(server: &str, owner: &str, database: &str, login: &str) -> Result<()> {
    use sqlx::{Connection, PgConnection};
    let mut connection = PgConnection::connect(server).await?;
    let known: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)").bind(database).fetch_one(&mut connection).await?;
    if !known {
        // Both names are constants of this file.
        sqlx::query(sqlx::AssertSqlSafe(format!("create database {database}"))).execute(&mut connection).await?;
    }
    let known: bool =
        sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)").bind(login).fetch_one(&mut connection).await?;
    if !known {
        sqlx::query(sqlx::AssertSqlSafe(format!("create role {login} login nosuperuser nobypassrls nocreatedb nocreaterole noinherit")))
            .execute(&mut connection)
            .await?;
    }
    connection.close().await?;
    migrate(owner, Some(login)).await
}

/// Has the database look over what was just loaded, so that it plans well from the first question on.
pub async fn look_over(owner: &str) -> Result<()> {
    use sqlx::{Connection, PgConnection};
    let mut connection = PgConnection::connect(owner).await?;
    sqlx::query("vacuum analyze").execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Brings the schema up to date as its owner, and lets a login use the application's two roles.
pub async fn migrate(owner: &str, login: Option<&str>) -> Result<()> {
    use sqlx::{Connection, PgConnection};
    let mut connection = PgConnection::connect(owner).await.context("DATABASE_URL does not lead to a database that answers")?;
    // What is there already is no news to whoever starts it the second time.
    sqlx::query("set client_min_messages = warning").execute(&mut connection).await?;
    MIGRATIONS.run(&mut connection).await?;
    sqlx::query("grant select on _sqlx_migrations to evenhand_system").execute(&mut connection).await?;
    if let Some(login) = login {
        if !login.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            bail!("«{login}» is no name for a role: use letters, digits and underscores.");
        }
        sqlx::query(sqlx::AssertSqlSafe(format!("grant evenhand_landlord, evenhand_system to {login}"))).execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(())
}

async fn check_production(db: &Db) -> Result<()> {
    let faults = db.login_faults().await?;
    if !faults.is_empty() {
        bail!(
            "The program will not start:\n- {}\nMake a role of its own (create role evenhand_app login password '…';), run «evenhand migrate --app-role \
             evenhand_app» as the owner, and put that role into DATABASE_URL.",
            faults.join("\n- ")
        );
    }
    if !db.is_migrated().await.unwrap_or(false) {
        bail!("The database is not as new as this program. Run «evenhand migrate» with the owner's DATABASE_URL first.");
    }
    let mut system = db.system().await?;
    let kind = crate::store::system::kind_of_house(&mut system).await?;
    system.commit().await?;
    if matches!(kind.as_deref(), Some("demo" | "generated")) {
        bail!("This database holds demonstration data. Production never runs on it: give an empty database.");
    }
    Ok(())
}

/// The office over a database, by the clock this configuration asks for.
pub fn office(config: &Config, db: Db) -> Office {
    let clock = config.now.map_or_else(Clock::of_the_machine, Clock::starting_at);
    Office::new(db, clock)
}

/// What every request finds to hand.
pub fn kit(config: &Config, office: Office) -> Result<Kit> {
    let secret = match &config.secret {
        Some(secret) => secret.clone(),
        None => own_secret(config)?,
    };
    let digest = Sha512::digest(secret.as_bytes());
    Ok(Kit {
        seen: Seen::start(office.clone()),
        office,
        key: Key::from(&digest),
        passwords: Passwords::new(),
        demo: config.is_demo(),
        base_url: config.base_url.clone(),
        trusted_proxies: config.trusted_proxies.clone().into(),
        post: Arc::new(Notify::new()),
    })
}

/// How mail leaves: through the server named, or in the demonstration into the mailbox in the browser.
pub fn mailer(config: &Config) -> Result<Mailer> {
    match &config.mail {
        Some(mail) => Ok(Mailer::smtp(&mail.smtp_url, &mail.from, &config.base_url)?),
        None => Ok(Mailer::mailbox(&config.base_url)),
    }
}

/// The demonstration's secret: made once, kept under `data`, readable by its owner alone.
fn own_secret(config: &Config) -> Result<String> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let path = config.data.join("secret");
    if let Ok(kept) = std::fs::read_to_string(&path)
        && kept.len() >= 64
    {
        return Ok(kept);
    }
    let made: String = rand::random::<[u8; 32]>().iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::create_dir_all(&config.data)?;
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    file.write_all(made.as_bytes())?;
    Ok(made)
}

/// The longest that the head of a request may take to arrive.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// Serves until told to stop; requests in flight finish. Headers that dribble in are cut off.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) -> Result<()> {
    serve_within(HEAD_WITHIN, listener, router, stop).await
}

/// The same with another limit on how long the head of a request may take, or on how long a connection may say nothing.
pub async fn serve_within(head: Duration, listener: TcpListener, router: Router, stop: impl Future<Output = ()>) -> Result<()> {
    // HTTP/1 alone: to find out which version is spoken, the server would wait for the first byte without a limit.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head).keep_alive(true);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let _ = stream.set_nodelay(true);
        let service = router.clone().map_request(move |mut request: axum::http::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            request.map(axum::body::Body::new)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(Duration::from_secs(25)) => tracing::warn!("some requests did not finish in time"),
    }
    Ok(())
}
