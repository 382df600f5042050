//! One version: what it waits for, what differs from another, what the check found, who is missing, and which open cases it touches.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;

use super::history::{Entry, entries};
use super::settings::{Found, findings};
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::casework::policy::{Overtaken, may_publish, may_withdraw, overtaken};
use crate::http::answer::show;
use crate::http::desk::{Around, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::PolicyVersionId;
use crate::rules::policy::{Difference, Policy, Reach, differences, vacant};
use crate::rules::policy_version::{Stage, State, state};
use crate::rules::say;
use crate::store;
use crate::store::policy::Version;
use crate::web::frame::Frame;
use crate::web::menu;

/// Which other version it is laid beside.
#[derive(Deserialize, Default)]
pub(super) struct Beside {
    with: Option<PolicyVersionId>,
}

#[derive(Template)]
#[template(path = "policy/version.html")]
pub(super) struct Page {
    frame: Frame,
    form: Form,
    id: PolicyVersionId,
    number: i32,
    heading: String,
    first_line: String,
    state: State,
    note: Vec<String>,
    facts: Vec<(&'static str, String)>,
    panel: Panel,
    may_withdraw: bool,
    others: Vec<Choice>,
    beside: Option<i32>,
    rows: Vec<Difference>,
    findings: Vec<Found>,
    posts: Vec<String>,
    cases: i64,
    happened: Vec<Entry>,
    between: Option<Between>,
}

/// What the reader can do with it.
enum Panel {
    /// Ask for it from a day, or from another day.
    Ask { again: bool },
    /// Confirm it.
    Publish { from: String, asked_by: String },
    /// Somebody else confirms it; why not the reader, and who.
    NotYou { why: String },
    /// Nothing is left to do.
    Nothing,
}

/// Another version came into force since it was brought.
struct Between {
    number: i32,
    since: String,
    rows: Vec<Difference>,
    /// What whoever confirms it ticks; empty where it takes nothing back.
    tick: String,
}

pub(super) async fn one(
    path: paths::PolicyVersion,
    beside: Result<Query<Beside>, QueryRejection>,
    Reading { mut desk, staff, around }: Reading,
) -> Answered {
    let Query(beside) = beside.unwrap_or_default();
    let page = page(&mut desk, &staff, &around, path.id, beside.with, None).await?;
    show(&around, &page)
}

/// The page as it stands, with what was typed where something was.
pub(super) async fn page(
    desk: &mut Desk,
    staff: &Staff,
    around: &Around,
    id: PolicyVersionId,
    with: Option<PolicyVersionId>,
    typed: Option<Form>,
) -> Result<Page, Fault> {
    let versions = store::policy::list(&mut desk.tx).await?;
    let version = found(versions.iter().find(|version| version.id == id))?;
    let other = beside(&versions, version, with, desk);
    let pack = found(store::policy::pack(&mut desk.tx, id).await?)?;
    let other_pack = match other {
        Some(other) => store::policy::pack(&mut desk.tx, other.id).await?.unwrap_or_default(),
        None => String::new(),
    };
    let policy = desk.policy_of(id).await?;
    let today = desk.today();
    let form = typed.unwrap_or_else(|| Form::blank().with("version", version.version));
    Ok(Page {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        id,
        number: version.number,
        heading: heading(version, desk),
        first_line: first_line(version, desk),
        state: state(version.stage, version.starts_on, id == desk.policy_version, desk.today()),
        note: version.note.as_deref().unwrap_or_default().lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect(),
        facts: facts(version),
        panel: panel(desk, staff, version).await?,
        between: between(desk, version).await?,
        may_withdraw: may_withdraw(desk, version)?.is_ok(),
        others: versions
            .iter()
            .filter(|one| one.id != id)
            .map(|one| Choice::new(one.id.to_string(), format!("Version {}", one.number)))
            .collect(),
        beside: other.map(|other| other.number),
        rows: if other.is_some() { differences(&other_pack, &pack) } else { Vec::new() },
        findings: findings(&pack),
        posts: posts(desk, &policy).await?,
        cases: if version.stage == Stage::Withdrawn { 0 } else { store::policy_case::count(&mut desk.tx, id, today).await? },
        happened: entries(desk, Some(id)).await?,
    })
}

/// The version that came into force since this one was brought, and what confirming this one takes back.
async fn between(desk: &mut Desk, version: &Version) -> Result<Option<Between>, Fault> {
    let overtaken = overtaken(desk, version).await?;
    Ok(overtaken.map(|Overtaken { by, takes_back }| Between {
        number: by.number,
        tick: if takes_back.is_empty() { String::new() } else { format!("I have read what it takes back of version {}", by.number) },
        since: by.starts_on.map(say::day).unwrap_or_default(),
        rows: takes_back,
    }))
}

/// The version it is laid beside: the one asked for, else the one in force, else the one before.
fn beside<'a>(versions: &'a [Version], version: &Version, with: Option<PolicyVersionId>, desk: &Desk) -> Option<&'a Version> {
    let other = |id: PolicyVersionId| versions.iter().find(|one| one.id == id && one.id != version.id);
    let before = || versions.iter().find(|one| one.number < version.number && one.stage == Stage::Published);
    with.and_then(other).or_else(|| other(desk.policy_version)).or_else(before)
}

fn heading(version: &Version, desk: &Desk) -> String {
    let number = version.number;
    let day = version.starts_on.map(say::day).unwrap_or_default();
    match version.stage {
        Stage::Draft => format!("Version {number} is a draft"),
        Stage::Checked => format!("Version {number} waits for a second person"),
        Stage::Withdrawn => format!("Version {number} was withdrawn"),
        Stage::Published if version.id == desk.policy_version => format!("Version {number} has been in force since {day}"),
        Stage::Published if version.starts_on.is_some_and(|from| from > desk.today()) => format!("Version {number} takes effect on {day}"),
        Stage::Published => format!("Version {number} was in force from {day}"),
    }
}

fn first_line(version: &Version, desk: &Desk) -> String {
    match version.stage {
        Stage::Draft => "Read what differs, what the check found and which open cases it touches. Then ask for it from a day.".to_owned(),
        Stage::Checked => "Somebody who neither brought it nor asked for it reads the same, and confirms it or withdraws it.".to_owned(),
        Stage::Withdrawn => format!("It never took effect. {}", version.withdrawn_because.as_deref().unwrap_or_default()),
        Stage::Published if version.starts_on.is_some_and(|from| from > desk.today()) => {
            "Until its day it can be withdrawn by one of the two who published it. Its words do not change any more.".to_owned()
        }
        Stage::Published => "Its words do not change any more. What was decided under it keeps it.".to_owned(),
    }
}

fn facts(version: &Version) -> Vec<(&'static str, String)> {
    let on = |at: chrono::DateTime<chrono::Utc>| say::day(crate::rules::days::day_of(at));
    let who = |name: &Option<String>| name.clone().unwrap_or_else(|| "the operator".to_owned());
    let mut facts = vec![("Brought", say::sentence(&format!("{}, {}", who(&version.added_by_name), on(version.added_at))))];
    if let Some(at) = version.checked_at {
        facts.push(("Asked for", say::sentence(&format!("{}, {}", who(&version.checked_by_name), on(at)))));
    }
    if let Some(at) = version.published_at {
        facts.push(("Confirmed", say::sentence(&format!("{}, {}", who(&version.published_by_name), on(at)))));
    }
    if let Some(day) = version.starts_on {
        facts.push(("In force from", say::weekday(day)));
    }
    if let Some(at) = version.withdrawn_at {
        facts.push(("Withdrawn", say::sentence(&format!("{}, {}", who(&version.withdrawn_by_name), on(at)))));
    }
    facts
}

async fn panel(desk: &mut Desk, staff: &Staff, version: &Version) -> Result<Panel, Fault> {
    let is_owner = staff.reach == Reach::PolicyOwner;
    Ok(match version.stage {
        Stage::Draft if is_owner => Panel::Ask { again: false },
        Stage::Draft => Panel::NotYou {
            why: "The policy owner asks for it from a day; then a director or another policy owner confirms it.".to_owned(),
        },
        Stage::Checked => match may_publish(desk, version).await? {
            Ok(()) => Panel::Publish {
                from: version.starts_on.map(say::weekday).unwrap_or_default(),
                asked_by: version.checked_by_name.clone().unwrap_or_default(),
            },
            Err(_) if is_owner && version.starts_on.is_some_and(|day| day < desk.today()) => Panel::Ask { again: true },
            Err(why) => Panel::NotYou { why },
        },
        Stage::Published | Stage::Withdrawn => Panel::Nothing,
    })
}

/// What nobody here could do by the version, posts it names and nobody holds, and posts people hold that it does not know, each as a sentence.
async fn posts(desk: &mut Desk, policy: &Policy) -> Result<Vec<String>, Fault> {
    let people = store::staff::list(&mut desk.tx).await?;
    let held: BTreeSet<&str> = people.iter().filter(|line| !line.has_left).flat_map(|line| &line.roles).map(String::as_str).collect();
    let named: BTreeSet<&str> = policy.roles.iter().map(|(key, _)| key).collect();
    let nobody: Vec<&str> = named.difference(&held).map(|key| policy.roles.title(key)).collect();
    let unknown: Vec<&str> = held.difference(&named).map(|key| desk.policy.roles.title(key)).collect();
    let mut said = vacant(policy, &held);
    if !nobody.is_empty() {
        said.push(format!("Nobody here holds the post of {}.", say::either(&nobody)));
    }
    if !unknown.is_empty() {
        said.push(format!(
            "People here are {}, which this version does not name: they could no longer do what that post did.",
            say::list(&unknown)
        ));
    }
    Ok(said)
}
