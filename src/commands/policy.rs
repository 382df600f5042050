//! Policy packs on the command line.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};

use crate::app;
use crate::config::Config;
use crate::rules::days;
use crate::rules::id::PolicyVersionId;
use crate::rules::policy::{Fault, Policy};
use crate::store;

/// The faults of a pack as one error.
pub fn as_error(faults: Vec<Fault>) -> anyhow::Error {
    let lines: Vec<String> = faults.iter().map(|fault| format!("- {fault}")).collect();
    anyhow!("The pack has faults:\n{}", lines.join("\n"))
}

/// Reports every fault of a pack at once.
pub fn check(file: &Path, json: bool) -> Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let faults = Policy::read(&text).err().unwrap_or_default();
    if json {
        let lines: Vec<_> =
            faults.iter().map(|fault| serde_json::json!({ "file": file.display().to_string(), "fault": fault.to_string() })).collect();
        println!("{}", serde_json::json!({ "faults": lines }));
    } else if faults.is_empty() {
        println!("{} has no faults.", file.display());
    } else {
        for fault in &faults {
            println!("{}: {fault}", file.display());
        }
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Gives a landlord a new version of its policy.
pub async fn import(config: &Config, slug: &str, from: Option<chrono::NaiveDate>, file: &Path) -> Result<()> {
    let pack = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let policy = Policy::read(&pack).map_err(as_error)?;
    let ground = app::open(config, 2).await?;
    let office = app::office(config, ground.db);
    let mut desk = office.desk_for_job(landlord(&office, slug).await?).await?;
    let today = days::day_of(desk.now);
    let starts_on = from.unwrap_or(today);
    if starts_on < today {
        bail!("A policy takes effect from today or later: what was decided before it keeps the policy of its time.");
    }
    let now = desk.now;
    let version = store::policy::NewVersion { id: desk.new_id::<PolicyVersionId>(), title: &policy.document.title, starts_on, pack: &pack };
    store::policy::add(&mut desk.tx, &version, now).await?;
    desk.commit().await?;
    println!("Imported. It takes effect on {}.", crate::rules::say::day(starts_on));
    Ok(())
}

/// Prints the pack a landlord has in force, as it was written.
pub async fn export(config: &Config, slug: &str) -> Result<()> {
    let ground = app::open(config, 2).await?;
    let office = app::office(config, ground.db);
    let mut desk = office.desk_for_job(landlord(&office, slug).await?).await?;
    let version = desk.policy_version;
    let pack = store::policy::pack(&mut desk.tx, version).await?.unwrap_or_default();
    print!("{pack}");
    Ok(())
}

async fn landlord(office: &crate::casework::desk::Office, slug: &str) -> Result<crate::rules::id::LandlordId> {
    let mut system = office.db.system().await?;
    let known = store::system::landlords(&mut system).await?;
    system.commit().await?;
    match known.iter().find(|known| known.slug == slug) {
        Some(landlord) => Ok(landlord.id),
        None => bail!(
            "No landlord is called {slug}. There are: {}.",
            known.iter().map(|known| known.slug.as_str()).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Says what differs between two packs, value by value; exits 1 when anything does.
pub fn diff(a: &Path, b: &Path) -> Result<ExitCode> {
    let read = |file: &Path| -> Result<std::collections::BTreeMap<String, String>> {
        let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let table: toml::Table = text.parse().with_context(|| format!("{} is not TOML", file.display()))?;
        let mut values = std::collections::BTreeMap::new();
        flatten("", &toml::Value::Table(table), &mut values);
        Ok(values)
    };
    let (before, after) = (read(a)?, read(b)?);
    let mut same = true;
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => println!("{key}: {old} → {new}"),
            (Some(old), None) => println!("{key}: {old} → (not there)"),
            (None, Some(new)) => println!("{key}: (not there) → {new}"),
            (None, None) => continue,
        }
        same = false;
    }
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn flatten(at: &str, value: &toml::Value, into: &mut std::collections::BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                flatten(&if at.is_empty() { key.clone() } else { format!("{at}.{key}") }, value, into);
            }
        }
        toml::Value::Array(list) if list.iter().any(toml::Value::is_table) => {
            for (index, value) in list.iter().enumerate() {
                // A list of things with keys is compared by key, so that a new one in the middle is one difference.
                let name = value.get("key").and_then(toml::Value::as_str).map_or_else(|| index.to_string(), str::to_owned);
                flatten(&format!("{at}[{name}]"), value, into);
            }
        }
        other => {
            into.insert(at.to_owned(), other.to_string());
        }
    }
}
