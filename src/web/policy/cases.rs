//! The open cases a version touches, and what it would change for each.

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;

use crate::casework::desk::Desk;
use crate::casework::found;
use crate::casework::policy::{Touched, movable, touched, without_a_case};
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::PUBLISHING;
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::id::{PolicyVersionId, RestrictionId};
use crate::rules::policy_change::{Change, State, promises};
use crate::rules::restriction::state;
use crate::store;
use crate::web::frame::Frame;
use crate::web::menu;

const A_PAGE: usize = 20;

/// The case after which the page goes on.
#[derive(Deserialize, Default)]
pub(super) struct After {
    after: Option<RestrictionId>,
}

#[derive(Template)]
#[template(path = "policy/cases.html")]
struct Cases {
    frame: Frame,
    id: PolicyVersionId,
    number: i32,
    heading: String,
    /// Whether the reader sees every case, and the version itself; anybody else sees those they may move.
    sees_all: bool,
    /// Whether cases can be moved to it today.
    is_in_force: bool,
    cases: Vec<Case>,
    /// What differs for somebody who was reported, or warned, and has no case yet: who that is, and what.
    others: Vec<(&'static str, Vec<Change>)>,
    first: String,
    next: String,
}

struct Case {
    href: String,
    /// Where the reader could move it; empty where that is nobody's to do.
    moving: String,
    customer: String,
    stage: String,
    version: i32,
    changes: Vec<Change>,
    promises: Vec<String>,
}

pub(super) async fn index(
    path: paths::PolicyCases,
    after: Result<Query<After>, QueryRejection>,
    Reading { mut desk, staff, around }: Reading,
) -> Answered {
    let version = found(store::policy::find(&mut desk.tx, path.id).await?)?;
    let Query(After { after }) = after.unwrap_or_default();
    let mut found = touched(&mut desk, path.id, after, A_PAGE as i64 + 1).await?;
    let today = desk.today();
    let count = store::policy_case::count(&mut desk.tx, path.id, today).await?;
    let here = paths::PolicyCases { id: path.id };
    let more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let next = found.last().filter(|_| more).map(|last| format!("{here}?after={}", last.line.id)).unwrap_or_default();
    let is_in_force = path.id == desk.policy_version;
    let sees_all = PUBLISHING.admits(staff.reach);
    let mine = movable(&mut desk, &found).await?;
    found.retain(|one| sees_all || mine.contains(&one.line.id));
    let others = if sees_all { without_a_case(&mut desk, path.id).await? } else { Vec::new() };
    let others = others.into_iter().map(|(state, changes)| (who(state), changes)).collect();
    let page = Cases {
        others,
        frame: menu::frame(&desk, &staff, &around),
        id: path.id,
        number: version.number,
        heading: if sees_all { heading(count, version.number) } else { format!("Cases you may move to version {}", version.number) },
        sees_all,
        is_in_force,
        cases: found
            .into_iter()
            .map(|one| {
                let may_move = is_in_force && mine.contains(&one.line.id);
                case(&desk, one, may_move)
            })
            .collect(),
        first: if after.is_some() { here.to_string() } else { String::new() },
        next,
    };
    show(&around, &page)
}

const fn who(state: State) -> &'static str {
    match state {
        State::Warned => "Somebody who was warned, and has no open case",
        _ => "Somebody who is reported from its day on",
    }
}

fn heading(count: i64, number: i32) -> String {
    match count {
        0 => format!("No open case is under another version than {number}"),
        1 => format!("One open case is not under version {number}"),
        n => format!("{n} open cases are not under version {number}"),
    }
}

fn case(desk: &Desk, one: Touched, may_move: bool) -> Case {
    Case {
        href: paths::Restriction { id: one.line.id }.to_string(),
        moving: if may_move { paths::RestrictionPolicy { id: one.line.id }.to_string() } else { String::new() },
        customer: one.line.customer,
        stage: state(one.line.stage, one.line.ends_on, one.line.is_suspended, desk.today(), one.line.stage.title()).text,
        version: one.line.number,
        promises: promises(&one.case),
        changes: one.changes,
    }
}
