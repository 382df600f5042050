//! Proposals that wait for a decision, and deciding on one.

mod chart;
mod decide;
mod page;
mod panel;

use askama::Template;

use super::frame::Frame;
use super::menu;
use super::parts::Due;
use crate::casework::desk::Desk;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{DECIDING, Doors, PAPERS};
use crate::http::fault::{Answered, Fault};
use crate::http::paths;
use crate::rules::authority::{Approval, Asked, Progress, Stages};
use crate::rules::days;
use crate::rules::measure::Scope;
use crate::rules::proposal::left_out_steps;
use crate::rules::say;
use crate::store;
use crate::store::approval::WaitingLine;

/// The list, and one to decide on.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Approvals, _>(DECIDING, index)
        .page::<paths::Approval, _>(PAPERS, page::show_one)
        .act::<paths::Approval, _>(PAPERS, decide::decide)
}

#[derive(Template)]
#[template(path = "approval/index.html")]
struct Index {
    frame: Frame,
    heading: String,
    groups: Vec<(&'static str, Vec<Row>)>,
}

/// One proposal of the list.
struct Row {
    href: String,
    customer: String,
    what: String,
    proposed_by: String,
    sent: String,
    waits_for: String,
    due: Option<Due>,
}

async fn index(_: paths::Approvals, Reading { mut desk, staff, around }: Reading) -> Answered {
    let today = desk.today();
    let lines = store::approval::waiting(&mut desk.tx, staff.id, today).await?;
    let (mut mine, mut others) = (Vec::new(), Vec::new());
    for line in lines {
        let to = if line.is_mine { &mut mine } else { &mut others };
        to.push(row(&mut desk, line).await?);
    }
    let heading = match u32::try_from(mine.len()).unwrap_or(u32::MAX) {
        0 => "Nothing waits for your decision".to_owned(),
        count => say::count_first(count, "proposal waits for you", "proposals wait for you"),
    };
    let groups = [("For you to decide", mine), ("For others to decide", others)];
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    show(&around, &Index { frame: menu::frame(&desk, &staff, &around), heading, groups })
}

async fn row(desk: &mut Desk, line: WaitingLine) -> Result<Row, Fault> {
    let policy = desk.policy_of(line.policy).await?;
    let asked = Asked {
        measures: line.measures.iter().cloned().collect(),
        reach: line.reach.as_deref().and_then(Scope::from_key),
        from: days::day_of(line.sent_at),
        until: line.ends_on,
        skipped: left_out_steps(line.skipped_step.as_deref()),
        behaviours: line.behaviours.into_iter().collect(),
    };
    let approvals: Vec<Approval> = line
        .said_stages
        .iter()
        .zip(&line.said_by)
        .map(|(stage, by)| Approval { stage: usize::try_from(*stage).unwrap_or_default(), by: *by })
        .collect();
    let waits_for = match Stages::of(&policy, &asked).progress(&policy, &approvals) {
        Progress::Waiting { says, .. } => say::sentence(says.trim_start_matches("Waiting for ").trim_end_matches('.')),
        Progress::Complete => String::new(),
    };
    let today = desk.today();
    let title = |key: &String| policy.measures.title(key).to_lowercase();
    Ok(Row {
        href: paths::Approval { id: line.id }.to_string(),
        customer: line.customer,
        what: say::sentence(&say::list(&line.measures.iter().map(title).collect::<Vec<_>>())),
        proposed_by: line.proposed_by,
        sent: say::day_this_year(days::day_of(line.sent_at), today),
        waits_for,
        due: line.due_on.map(|day| Due::by(day, today, desk.calendar().working_days_between(today, day))),
    })
}
