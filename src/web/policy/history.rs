//! Every version of the policy, and what happened to each.

use askama::Template;

use crate::casework::desk::Desk;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::fault::{Answered, Fault};
use crate::http::paths;
use crate::rules::id::PolicyVersionId;
use crate::rules::policy::Reach;
use crate::rules::policy_version::{Stage, State, state};
use crate::rules::say;
use crate::store;
use crate::store::policy::{Happened, Version};
use crate::web::frame::Frame;
use crate::web::menu;

#[derive(Template)]
#[template(path = "policy/history.html")]
struct History {
    frame: Frame,
    heading: String,
    is_owner: bool,
    versions: Vec<Line>,
    happened: Vec<Entry>,
}

/// One version of the list.
struct Line {
    href: String,
    number: i32,
    title: String,
    state: State,
    from: String,
    who: String,
}

/// One thing that happened to the policy.
pub(super) struct Entry {
    pub tone: &'static str,
    pub mark: &'static str,
    pub title: String,
    pub text: String,
    pub iso: String,
    pub when: String,
    pub who: String,
    pub href: String,
}

pub(super) async fn index(_: paths::PolicyHistory, Reading { mut desk, staff, around }: Reading) -> Answered {
    let versions = store::policy::list(&mut desk.tx).await?;
    let happened = entries(&mut desk, None).await?;
    let page = History {
        frame: menu::frame(&desk, &staff, &around),
        heading: heading(&versions, &desk),
        is_owner: staff.reach == Reach::PolicyOwner,
        versions: versions.iter().map(|version| line(version, &desk)).collect(),
        happened,
    };
    show(&around, &page)
}

fn heading(versions: &[Version], desk: &Desk) -> String {
    let waiting = versions.iter().find(|version| version.stage == Stage::Checked);
    let coming = |version: &&Version| version.stage == Stage::Published && version.starts_on.is_some_and(|day| day > desk.today());
    match (waiting, versions.iter().find(coming)) {
        (Some(waiting), _) => format!("Version {} waits for a second person", waiting.number),
        (None, Some(coming)) => format!("Version {} takes effect on {}", coming.number, coming.starts_on.map(say::day).unwrap_or_default()),
        (None, None) => {
            let number = versions.iter().find(|version| version.id == desk.policy_version).map_or(1, |version| version.number);
            format!("Version {number} of the policy is in force")
        }
    }
}

fn line(version: &Version, desk: &Desk) -> Line {
    let two: Vec<&str> = [&version.checked_by_name, &version.published_by_name].into_iter().flatten().map(String::as_str).collect();
    let who = match (two.len(), &version.added_by_name) {
        (0, Some(name)) => format!("Brought by {name}"),
        (0, None) => "Set up by the operator".to_owned(),
        (1, _) => format!("Asked for by {}", two[0]),
        _ => say::list(&two),
    };
    Line {
        href: paths::PolicyVersion { id: version.id }.to_string(),
        number: version.number,
        title: version.title.clone(),
        state: state(version.stage, version.starts_on, version.id == desk.policy_version, desk.today()),
        from: version.starts_on.map_or_else(|| "No day yet".to_owned(), say::day),
        who,
    }
}

/// What happened, newest first; to one version where it is named.
pub(super) async fn entries(desk: &mut Desk, version: Option<PolicyVersionId>) -> Result<Vec<Entry>, Fault> {
    let today = desk.today();
    let happened = store::policy::history(&mut desk.tx, version).await?;
    let entry = |one: Happened| {
        let line = one.event.line();
        Entry {
            tone: line.tone.key(),
            mark: line.icon,
            title: line.title,
            text: line.text,
            iso: one.at.to_rfc3339(),
            when: say::minute_this_year(one.at, today),
            who: one.by.unwrap_or_else(|| "The operator".to_owned()),
            href: if version.is_none() { paths::PolicyVersion { id: one.version }.to_string() } else { String::new() },
        }
    };
    Ok(happened.into_iter().map(entry).collect())
}
