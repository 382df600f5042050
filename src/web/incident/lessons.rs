//! What was learnt from incidents, for everybody who might meet the next one: nobody is named in it.

use askama::Template;
use chrono::Months;

use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::MANAGING;
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::{days, say};
use crate::store;
use crate::web::frame::Frame;
use crate::web::menu;

/// How far back the page looks. A lesson older than a year has become a habit, or has been forgotten.
const LOOKS_BACK: Months = Months::new(12);
/// More than anybody reads.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "incident/lessons.html")]
struct Lessons {
    frame: Frame,
    since: String,
    rows: Vec<Row>,
}

struct Row {
    /// A paragraph each.
    lines: Vec<String>,
    kinds: String,
    by: String,
    /// Only for those who may read any incident.
    href: Option<String>,
}

/// The list.
pub async fn index(_: paths::IncidentLessons, Reading { mut desk, staff, around }: Reading) -> Answered {
    let since = desk.today() - LOOKS_BACK;
    let mut rows = Vec::new();
    for one in store::incident::lessons(&mut desk.tx, days::start_of(since), MOST).await? {
        let policy = desk.policy_of(one.policy).await?;
        let title = |key: &String| policy.behaviour.category(key).map_or_else(|| key.clone(), |kind| kind.title.clone());
        rows.push(Row {
            lines: one.lessons.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            kinds: one.behaviours.iter().map(title).collect::<Vec<_>>().join("; "),
            by: format!("{}, {}", one.decided_by, say::day_this_year(days::day_of(one.decided_at), desk.today())),
            href: MANAGING.admits(staff.reach).then(|| paths::Incident { id: one.incident }.to_string()),
        });
    }
    show(&around, &Lessons { since: say::day(since), rows, frame: menu::frame(&desk, &staff, &around) })
}
