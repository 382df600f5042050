//! Policy packs on the command line.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};

use crate::app;
use crate::casework;
use crate::clock::Clock;
use crate::config::Config;
use crate::rules::event::Event;
use crate::rules::id::PolicyVersionId;
use crate::rules::policy::{self, Checked, Fault, Policy, Reach};
use crate::rules::restriction_rest::Rests;
use crate::rules::{days, policy_version, say};
use crate::store;

/// The faults of a pack as one error.
pub fn as_error(faults: Vec<Fault>) -> anyhow::Error {
    anyhow!("The pack has faults:\n{}", listed(&faults))
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("- {fault}")).collect::<Vec<_>>().join("\n")
}

/// Prints the documented format, with an example for every key; or the same as a JSON Schema for editors.
pub fn schema(json: bool) -> ExitCode {
    if json {
        out!("{:#}", policy::format::json_schema());
    } else {
        out!("{}", policy::schema().trim_end());
    }
    ExitCode::SUCCESS
}

/// Reports every fault of a pack at once, and what a landlord should decide all the same; exits 1 when there is a fault.
pub fn check(file: &Path, json: bool) -> Result<ExitCode> {
    let text = match std::fs::read(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!("There is no file {}.", file.display()),
        read => read.with_context(|| format!("{} cannot be read", file.display()))?,
    };
    let checked = match String::from_utf8(text) {
        Ok(text) => policy::check_on(&text, Some(days::day_of(Clock::of_the_machine().now()))),
        Err(_) => Checked::not_text(),
    };
    if json {
        let name = file.display().to_string();
        out!("{}", serde_json::json!({ "file": name, "faults": checked.faults, "findings": checked.findings }));
    } else {
        tell(file, &checked);
    }
    Ok(if checked.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(file: &Path, checked: &Checked) {
    let file = file.display();
    for fault in &checked.faults {
        out!("{file}: {fault}");
    }
    match checked.faults.len() {
        0 => out!("{file} has no faults."),
        n => out!("{}.", say::count(n, "fault", "faults")),
    }
    if !checked.findings.is_empty() {
        out!("\nFor the landlord to decide ({}):", checked.findings.len());
        for finding in &checked.findings {
            out!("- {finding}");
        }
    }
}

/// How an operator imports a pack.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The landlord's short name
    #[arg(long)]
    landlord: String,
    /// Publish it at once, for a landlord that has no two people yet who can
    #[arg(long)]
    publish: bool,
    /// With --publish: the day it takes effect (2027-03-10); today if left out
    #[arg(long, requires = "publish")]
    from: Option<chrono::NaiveDate>,
    /// Take it although the landlord it names is another than this one
    #[arg(long)]
    other_name: bool,
    /// The pack
    file: std::path::PathBuf,
}

/// Gives a landlord a new version of its policy: a draft, which two people there publish. Only where there are no two yet, the operator
/// may publish it for them.
pub async fn import(config: &Config, wanted: &Import) -> Result<()> {
    let file = &wanted.file;
    let pack = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?.replace("\r\n", "\n");
    let policy = Policy::read(&pack).map_err(as_error)?;
    let ground = app::open(config, 2).await?;
    let office = app::office(config, ground.db);
    let mut desk = office.desk_for_job(landlord(&office, &wanted.landlord).await?).await?;
    if let (Some(sentence), false) = (casework::policy::names_another(&desk, &policy), wanted.other_name) {
        bail!("{sentence}, or say --other-name if it is right all the same. Nothing was imported.");
    }
    let id = desk.new_id::<PolicyVersionId>();
    if !wanted.publish {
        let brought = casework::policy::Brought { id, pack, note: None, is_ours: wanted.other_name };
        let number = casework::policy::bring(&mut desk, &brought).await?.unwrap_or_default();
        desk.commit().await?;
        out!("Imported as version {number}, a draft: nothing has changed yet.");
        out!(
            "The policy owner reads it at {}{} and asks for it from a day; a second person publishes it.",
            config.base_url,
            draft_page(id)
        );
        return Ok(());
    }
    may_publish(&mut desk, &wanted.landlord).await?;
    let today = desk.today();
    let starts_on = wanted.from.unwrap_or(today);
    if starts_on < today {
        bail!("A policy takes effect from today or later: what was decided before it keeps the policy of its time.");
    }
    let now = desk.now;
    let areas = casework::policy::in_areas(&pack, |_| desk.new_id());
    let rests = Rests::of(&policy);
    let version = store::policy::NewVersion { id, title: &policy.document.title, starts_on, pack: &pack, rests, areas: &areas };
    let number = store::policy::add(&mut desk.tx, &version, now).await?;
    desk.record_for_all(Event::PolicyPublished { policy: id, number, from: starts_on }).await?;
    desk.commit().await?;
    out!("Imported as version {number} and published. It takes effect on {}.", crate::rules::say::day(starts_on));
    Ok(())
}

fn draft_page(id: PolicyVersionId) -> String {
    crate::http::paths::PolicyVersion { id }.to_string()
}

/// Once a landlord has two people who can publish, nobody publishes for them.
async fn may_publish(desk: &mut casework::desk::Desk, slug: &str) -> Result<()> {
    let people = store::staff::list(&mut desk.tx).await?;
    let can = |line: &&store::staff::StaffLine| !line.has_left && Reach::from_key(&line.reach).is_some_and(policy_version::publishes);
    let names: Vec<&str> = people.iter().filter(can).map(|line| line.name.as_str()).collect();
    match names.len() {
        0 | 1 => Ok(()),
        _ => bail!(
            "{slug} publishes for itself: {} can. Leave out --publish, and it becomes a draft for them.",
            crate::rules::say::list(&names)
        ),
    }
}

/// Prints a landlord's pack as it was written: the one in force, or the version with a number.
pub async fn export(config: &Config, slug: &str, number: Option<i32>) -> Result<()> {
    let ground = app::open(config, 2).await?;
    let office = app::office(config, ground.db);
    let mut desk = office.desk_for_job(landlord(&office, slug).await?).await?;
    let version = match number {
        None => desk.policy_version,
        Some(number) => match store::policy::list(&mut desk.tx).await?.iter().find(|one| one.number == number) {
            Some(version) => version.id,
            None => bail!("{slug} has no version {number} of its policy."),
        },
    };
    let pack = store::policy::pack(&mut desk.tx, version).await?.unwrap_or_default();
    // The very bytes that were imported.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), pack.as_bytes());
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

/// Says what differs between two packs, value by value, under the names the page of settings gives them; exits 1 when anything does.
pub fn diff(a: &Path, b: &Path) -> Result<ExitCode> {
    let read = |file: &Path| -> Result<String> {
        let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        Policy::read(&text).map_err(|faults| anyhow!("{} has faults:\n{}", file.display(), listed(&faults)))?;
        Ok(text)
    };
    let differences = policy::differences(&read(a)?, &read(b)?);
    for one in &differences {
        let side = |says: &Option<String>| says.clone().unwrap_or_else(|| "(not there)".into());
        out!("{}: {} → {}", one.title, side(&one.before), side(&one.after));
    }
    if differences.is_empty() {
        out!("{} and {} say the same.", a.display(), b.display());
    }
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
