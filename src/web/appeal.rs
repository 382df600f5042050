//! Appeals: logged by whoever hears of one, read by everybody who handles the case, decided by somebody who took no part.

mod decision;
mod new;
mod show;

pub(super) use decision::{at_its_field, some_terms};
pub(super) use new::said;

use askama::Template;

use super::frame::Frame;
use super::menu;
use super::parts::Due;
use crate::casework::desk::Desk;
use crate::http::answer;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, DECIDING, Doors, LOGGING, OVERSEEING};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::days;
use crate::rules::policy::{AppealOutcome, Policy};
use crate::rules::say;
use crate::store;
use crate::store::appeal::AppealLine;

/// How many decided ones are shown.
const DECIDED: i64 = 20;

/// The list, the form, one appeal and its decision.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Appeals, _>(OVERSEEING, index)
        .act::<paths::Appeals, _>(LOGGING, new::create)
        .page::<paths::AppealNew, _>(LOGGING, new::blank)
        .page::<paths::Appeal, _>(CASEWORK, show::one)
        .act::<paths::AppealDecision, _>(DECIDING, decision::decide)
}

#[derive(Template)]
#[template(path = "appeal/index.html")]
struct Index {
    frame: Frame,
    heading: String,
    words: String,
    open: Vec<Row>,
    decided: Vec<Row>,
}

/// One appeal in a list.
struct Row {
    href: paths::Appeal,
    name: String,
    sub: String,
    due: Due,
    outcome: String,
    mine: bool,
    nobody: bool,
}

async fn index(_: paths::Appeals, Reading { mut desk, staff, around }: Reading) -> Answered {
    let open = store::appeal::open(&mut desk.tx, staff.id).await?;
    let decided = store::appeal::decided(&mut desk.tx, DECIDED).await?;
    let policy = desk.policy.clone();
    let page = Index {
        frame: menu::frame(&desk, &staff, &around),
        heading: heading(&desk, &policy, &open),
        words: policy.words.appeal.many.clone(),
        open: open.into_iter().map(|line| row(&desk, &policy, line)).collect(),
        decided: decided.into_iter().map(|line| row(&desk, &policy, line)).collect(),
    };
    answer::show(&around, &page)
}

fn heading(desk: &Desk, policy: &Policy, open: &[AppealLine]) -> String {
    let (one, many) = (&policy.words.appeal.one, &policy.words.appeal.many);
    let today = desk.today();
    let late = open.iter().filter(|line| line.due_on < today).count();
    match (late, open.first()) {
        (0, None) => format!("No {one} waits for a decision"),
        (0, Some(first)) => {
            let waiting = say::count_first(open.len() as u64, &format!("{one} waits"), &format!("{many} wait"));
            format!("{waiting} for a decision, the next by {}", say::weekday_this_year(first.due_on, today))
        }
        (late, _) => format!("{} late", say::count_first(late as u64, &format!("{one} is"), &format!("{many} are"))),
    }
}

fn row(desk: &Desk, policy: &Policy, line: AppealLine) -> Row {
    let today = desk.today();
    let late = if line.late { ", after the last day for it" } else { "" };
    let outcome = match (line.outcome.as_deref().and_then(AppealOutcome::from_key), line.stage.as_str()) {
        (Some(outcome), _) => outcome_words(policy, outcome),
        (None, "overtaken") => "No longer needed: what it was against ended".to_owned(),
        (None, "out-of-time") => "Not heard: it came too late".to_owned(),
        _ => String::new(),
    };
    let sub = match (&line.decided_at, &line.decided_by) {
        (Some(at), _) if line.stage == "overtaken" => format!("Closed on {}", say::day(days::day_of(*at))),
        (Some(at), Some(by)) => format!("Decided by {by} on {}", say::day(days::day_of(*at))),
        _ => format!("Received {}{late}", say::day_this_year(line.received_on, today)),
    };
    Row {
        href: paths::Appeal { id: line.id },
        name: format!("{} {}", line.given, line.family),
        sub,
        due: Due::by(line.due_on, today, desk.calendar().working_days_between(today, line.due_on)),
        outcome,
        mine: line.mine,
        nobody: line.nobody,
    }
}

/// What was decided, in the landlord's own word.
fn outcome_words(policy: &Policy, outcome: AppealOutcome) -> String {
    let word = &policy.words.restriction.one;
    match outcome {
        AppealOutcome::Uphold => format!("The {word} stays as it is"),
        AppealOutcome::Vary => format!("The {word} changes"),
        AppealOutcome::Quash => format!("The {word} ends: it should not have been"),
    }
}

/// Text as paragraphs.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
