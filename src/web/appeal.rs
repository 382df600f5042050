//! Appeals: logged by whoever hears of one, read by everybody who handles the case, decided by somebody who took no part.

mod decision;
mod new;
mod show;

pub(super) use decision::{Varied, at_its_field, held_terms, reasons, some_terms, varied};
pub(super) use new::{listed_choices, read_listed, said};

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
use crate::rules::appeal::Round;
use crate::rules::days;
use crate::rules::policy::{AppealOutcome, Policy};
use crate::rules::reconsideration::Answer;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::appeal::Line;

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

/// One of them in a list.
struct Row {
    href: String,
    name: String,
    sub: String,
    due: Due,
    outcome: String,
    mine: bool,
    nobody: bool,
}

async fn index(_: paths::Appeals, Reading { mut desk, staff, around }: Reading) -> Answered {
    let today = desk.today();
    let open = store::appeal::open(&mut desk.tx, staff.id, today).await?;
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

/// How many wait. Where only appeals do they are counted by their own name.
fn heading(desk: &Desk, policy: &Policy, open: &[Line]) -> String {
    let requests = open.iter().any(|line| line.kind == TaskKind::Reconsideration.key());
    let (one, many) = match requests {
        true => ("answer", "answers"),
        false => (&*policy.words.appeal.one, &*policy.words.appeal.many),
    };
    let (waits, wait) = if requests { ("is owed", "are owed") } else { ("waits for a decision", "wait for a decision") };
    let today = desk.today();
    let late = open.iter().filter(|line| line.due_on < today).count();
    match (late, open.first()) {
        (0, None) => format!("No {one} waits for a decision"),
        (0, Some(first)) => {
            let waiting = say::count_first(open.len() as u64, &format!("{one} {waits}"), &format!("{many} {wait}"));
            format!("{waiting}, the next by {}", say::weekday_this_year(first.due_on, today))
        }
        (late, _) => format!("{} late", say::count_first(late as u64, &format!("{one} is"), &format!("{many} are"))),
    }
}

fn row(desk: &Desk, policy: &Policy, line: Line) -> Row {
    let today = desk.today();
    let kind = TaskKind::of(&line.kind).unwrap_or(TaskKind::Appeal);
    let late = if line.late { ", after the last day for it" } else { "" };
    let sub = match (&line.decided_at, &line.decided_by) {
        (Some(at), _) if matches!(line.stage.as_str(), "overtaken" | "taken-in") => {
            format!("{}. Closed on {}", against(policy, kind, &line), say::day(days::day_of(*at)))
        }
        (Some(at), Some(by)) => format!("{}. Decided by {by} on {}", against(policy, kind, &line), say::day(days::day_of(*at))),
        _ => format!("{}. Received {}{late}", against(policy, kind, &line), say::day_this_year(line.received_on, today)),
    };
    Row {
        href: href(kind, line.subject),
        name: format!("{} {}", line.given, line.family),
        sub,
        due: Due::by(line.due_on, today, desk.calendar().working_days_between(today, line.due_on)),
        outcome: came_to(policy, kind, &line),
        mine: line.mine,
        nobody: line.nobody,
    }
}

/// "Appeal against the restriction", "Appeal against “Formal warning”", "Asks us to look again at the restriction".
fn against(policy: &Policy, kind: TaskKind, line: &Line) -> String {
    let (appeal, restriction) = (say::sentence(&line.round.unwrap_or(Round::First).named(policy)), &policy.words.restriction.one);
    match (kind, &line.warning) {
        (TaskKind::Reconsideration, _) => format!("Asked to look again at the {restriction}"),
        (_, Some(title)) => format!("{appeal} against “{title}”"),
        _ if line.round == Some(Round::Length) => format!("{appeal} of the {restriction}"),
        _ => format!("{appeal} against the {restriction}"),
    }
}

fn href(kind: TaskKind, subject: uuid::Uuid) -> String {
    match kind {
        TaskKind::Reconsideration => paths::Reconsideration { id: subject.into() }.to_string(),
        TaskKind::WarningAppeal => paths::WarningAppeal { id: subject.into() }.to_string(),
        _ => paths::Appeal { id: subject.into() }.to_string(),
    }
}

/// What was decided, as the end of its row.
fn came_to(policy: &Policy, kind: TaskKind, line: &Line) -> String {
    match line.stage.as_str() {
        "received" => return String::new(),
        "overtaken" => return "No longer needed: what it was about ended".to_owned(),
        "taken-in" => return "Answered with the one against the whole".to_owned(),
        "out-of-time" => return "Not heard: it came too late".to_owned(),
        _ => {}
    }
    let outcome = line.outcome.as_deref().unwrap_or_default();
    match kind {
        TaskKind::Reconsideration => Answer::from_key(outcome).map_or_else(String::new, |answer| answer.title().to_owned()),
        TaskKind::WarningAppeal if outcome == AppealOutcome::Quash.key() => format!("The {} is withdrawn", policy.words.warning.one),
        TaskKind::WarningAppeal => format!("The {} stays as it is", policy.words.warning.one),
        _ => AppealOutcome::from_key(outcome)
            .map_or_else(String::new, |outcome| outcome_words(policy, line.round.unwrap_or(Round::First), outcome)),
    }
}

/// What was decided, in the landlord's own word.
fn outcome_words(policy: &Policy, round: Round, outcome: AppealOutcome) -> String {
    let word = &policy.words.restriction.one;
    match outcome {
        AppealOutcome::Uphold if round == Round::Length => format!("The {word} lasts as long as it does"),
        AppealOutcome::Vary if round == Round::Length => format!("The {word} ends sooner"),
        AppealOutcome::Uphold => format!("The {word} stays as it is"),
        AppealOutcome::Vary => format!("The {word} changes"),
        AppealOutcome::Quash => format!("The {word} ends: it should not have been"),
        AppealOutcome::Remit => "The decision is made again".to_owned(),
    }
}

/// Text as paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
