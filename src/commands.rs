//! What each command does, on the same floor as `main`.

/// A line on standard output. Whoever reads it may have gone: `evenhand policy check FILE | head -1` is no failure of ours.
macro_rules! out {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

pub mod policy;
pub mod team;

mod landlord;
pub use landlord::{NewLandlord, add_landlord};

mod staff;
pub use staff::{NewStaff, add_staff};

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app;
use crate::casework::desk::Office;
use crate::config::{Config, Database};
use crate::http::kit::Kit;
use crate::worker;

/// Structured lines on standard error: JSON for a log collector, plain for a person at a terminal.
pub fn start_logging(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log).unwrap_or_else(|_| "info".into());
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        lines.compact().init();
    } else {
        lines.json().with_span_list(false).init();
    }
}

/// Every address, one a line.
pub fn routes() {
    for door in crate::web::doors().list() {
        out!("{:<5} {:<55} {}", door.method.as_str(), door.path, door.who.people());
    }
}

/// The web server, and the worker beside it.
pub async fn serve(config: &Config, with_worker: bool) -> Result<()> {
    // Before anything is started: what cannot be listened on leaves nothing running behind it.
    let listener =
        TcpListener::bind(config.listen).await.with_context(|| format!("{} cannot be listened on; set EVENHAND_LISTEN", config.listen))?;
    let mailer = app::mailer(config)?;
    let ground = app::open(config, 16).await?;
    let office = app::office(config, ground.db.clone());
    let kit = match ready(config, &office).await {
        Ok(kit) => kit,
        Err(fault) => {
            close(ground).await?;
            return Err(fault);
        }
    };
    let router = crate::web::router(kit.clone());
    let (stop, stopping) = watch::channel(false);
    let worker = with_worker.then(|| tokio::spawn(worker::run(office, mailer, kit.post.clone(), stopping)));
    greet(config, with_worker);
    app::serve(listener, router, stopped()).await?;
    let _ = stop.send(true);
    if let Some(worker) = worker {
        worker.await?;
    }
    if tokio::time::timeout(Duration::from_secs(5), kit.seen.flush()).await.is_err() {
        tracing::error!("some looks at records could not be written before the stop");
    }
    close(ground).await
}

/// What every request finds to hand, and the demonstration where this is one.
async fn ready(config: &Config, office: &Office) -> Result<Kit> {
    let kit = app::kit(config, office.clone())?;
    if config.is_demo() {
        crate::demo::load(office).await?;
    }
    Ok(kit)
}

/// The worker alone.
pub async fn work(config: &Config) -> Result<()> {
    let mailer = app::mailer(config)?;
    let ground = app::open(config, 4).await?;
    let office = app::office(config, ground.db.clone());
    let (stop, stopping) = watch::channel(false);
    let worker = tokio::spawn(worker::run(office, mailer, Arc::default(), stopping));
    stopped().await;
    let _ = stop.send(true);
    worker.await?;
    close(ground).await
}

/// Lets go of the database, and of our own server behind it.
async fn close(ground: app::Ground) -> Result<()> {
    ground.db.close().await;
    if let Some(local) = ground.local {
        tokio::task::spawn_blocking(move || local.stop()).await??;
    }
    Ok(())
}

fn greet(config: &Config, with_worker: bool) {
    if config.is_demo() {
        out!("Evenhand is at {}", config.base_url);
        out!("Sign in as anybody on the sign-in page, for example {}, password: {}", crate::demo::SOMEBODY, crate::demo::PASSWORD);
    } else {
        tracing::info!(address = %config.listen, with_worker, "serving");
    }
}

/// Ends when somebody presses Ctrl-C or the system asks the program to stop.
async fn stopped() {
    let mut asked = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).expect("signals can be listened for");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = asked.recv() => {}
    }
}

/// Brings the schema up to date.
pub async fn migrate(config: &Config, app_role: Option<&str>) -> Result<()> {
    match &config.database {
        Database::At(url) => app::migrate(url, app_role).await?,
        Database::Own => {
            let ground = app::open(config, 2).await?;
            ground.db.close().await;
            if let Some(local) = ground.local {
                tokio::task::spawn_blocking(move || local.stop()).await??;
            }
        }
    }
    out!("The schema is up to date.");
    Ok(())
}

/// Loads demo data.
pub async fn demo(config: &Config, customers: Option<u32>, landlords: Option<u32>) -> Result<()> {
    if !config.is_demo() {
        bail!(
            "DATABASE_URL is set, so this is production: demonstration data and demonstration passwords are never loaded there. Leave it unset."
        );
    }
    let ground = app::open(config, 4).await?;
    let office = app::office(config, ground.db.clone());
    if customers.is_some() || landlords.is_some() {
        let (customers, landlords) = (customers.unwrap_or(10_000), landlords.unwrap_or(1));
        let told = |number: u32| {
            if number.is_multiple_of(10) || number == landlords {
                out!("{number} of {landlords} landlords");
            }
        };
        let made = crate::demo::generated::load(&office, customers, landlords, told).await?;
        if let (true, Some(local)) = (made, &ground.local) {
            app::look_over(&local.url("postgres", app::OWN_DATABASE)).await?;
        }
        out!("{}", if made { "The data is generated." } else { "The same data was generated before." });
    } else {
        let loaded = crate::demo::load(&office).await?;
        out!("{}", if loaded { "The demonstration is loaded." } else { "The demonstration was loaded before." });
    }
    ground.db.close().await;
    if let Some(local) = ground.local {
        tokio::task::spawn_blocking(move || local.stop()).await??;
    }
    Ok(())
}
