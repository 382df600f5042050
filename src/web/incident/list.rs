//! Incidents, the last one logged first: an adviser's own, a manager's all.

use askama::Template;
use axum::extract::Query;

use super::show::stage_tag;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::measure::Channel;
use crate::rules::policy::{Policy, Reach};
use crate::rules::say;
use crate::store;
use crate::store::incident::{IncidentLine, Wanted};
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Tag;

const A_PAGE: usize = 20;

/// Which of them, and from where on.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    stage: String,
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "incident/index.html")]
struct Index {
    frame: Frame,
    form: Form,
    stages: Vec<Choice>,
    own: bool,
    rows: Vec<Row>,
    newest: String,
    older: String,
}

struct Row {
    href: String,
    customer: String,
    /// The first sentence of what happened.
    what: String,
    kinds: String,
    when: String,
    channel: &'static str,
    logged_by: String,
    tag: Tag,
}

/// The list.
pub async fn index(_: paths::Incidents, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let own = staff.reach == Reach::Frontline;
    let stage = ["logged", "decided"].into_iter().find(|stage| *stage == asked.stage);
    let before = asked.after.parse().ok();
    let wanted = Wanted { of: own.then_some(staff.id), stage, before, most: 1 + i64::try_from(A_PAGE).unwrap_or(20) };
    let mut lines = store::incident::list(&mut desk.tx, wanted).await?;
    let more = lines.len() > A_PAGE;
    lines.truncate(A_PAGE);
    let filter = stage.map(|stage| format!("stage={stage}")).unwrap_or_default();
    let newest = if before.is_some() { format!("{}?{filter}", paths::Incidents {}) } else { String::new() };
    let older = lines.last().filter(|_| more).map(|last| format!("{}?{filter}&after={}", paths::Incidents {}, last.id)).unwrap_or_default();
    let page = Index {
        form: Form::blank().with("stage", stage.unwrap_or_default()),
        stages: vec![Choice::new("logged", "Waiting for a decision"), Choice::new("decided", "Decided")],
        own,
        rows: lines.iter().map(|line| row(&desk.policy, line, desk.today())).collect(),
        newest,
        older: older.replace("?&", "?"),
        frame: menu::frame(&desk, &staff, &around),
    };
    show(&around, &page)
}

fn row(policy: &Policy, line: &IncidentLine, today: chrono::NaiveDate) -> Row {
    let titles: Vec<&str> =
        line.behaviours.iter().map(|key| policy.behaviour.category(key).map_or(key.as_str(), |one| &one.title)).collect();
    Row {
        href: paths::Incident { id: line.id }.to_string(),
        customer: line.customer.clone(),
        what: say::first_sentence(&line.what_happened, 140),
        kinds: titles.join("; "),
        when: say::minute_this_year(line.happened_at, today),
        channel: Channel::from_key(&line.channel).map_or("", Channel::title),
        logged_by: line.logged_by_name.clone(),
        tag: stage_tag(line.outcome.as_deref()),
    }
}
