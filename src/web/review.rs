//! Reviews: the register of what is promised, and holding one.

mod hold;
mod meetings;
mod request;
mod show;

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use chrono::NaiveDate;
use serde::Deserialize;

use super::frame::Frame;
use super::menu;
use super::parts::Due;
use crate::casework::desk::Desk;
use crate::http::answer;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, DECIDING, Doors, LOGGING, OVERSEEING};
use crate::http::fault::{Answered, Fault};
use crate::http::paths;
use crate::rules::days::{self, Length};
use crate::rules::id::ReviewId;
use crate::rules::policy::Policy;
use crate::rules::restriction_rest::Waits;
use crate::rules::say;
use crate::store;
use crate::store::review::ReviewLine;

/// How many a page of the register shows.
const A_PAGE: usize = 50;

/// The register, one review, and holding it.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Reviews, _>(OVERSEEING, index)
        .page::<paths::ReviewMeetings, _>(OVERSEEING, meetings::page)
        .act::<paths::ReviewMeetings, _>(OVERSEEING, meetings::record)
        .page::<paths::Review, _>(CASEWORK, show::one)
        .act::<paths::Review, _>(DECIDING, hold::hold)
        .page::<paths::ReviewRequest, _>(LOGGING, request::blank)
        .act::<paths::ReviewRequest, _>(LOGGING, request::save)
}

/// Where the page before ended: the day and the id of its last line.
#[derive(Deserialize)]
struct After {
    day: Option<NaiveDate>,
    after: Option<ReviewId>,
}

#[derive(Template)]
#[template(path = "review/index.html")]
struct Index {
    frame: Frame,
    heading: String,
    lead: String,
    groups: Vec<Group>,
    next: String,
}

/// Late, in the next fortnight, or later.
struct Group {
    title: &'static str,
    rows: Vec<Row>,
}

/// One review in the register.
struct Row {
    href: paths::Review,
    name: String,
    sub: String,
    due: Due,
    mine: bool,
    nobody: bool,
}

async fn index(_: paths::Reviews, after: Result<Query<After>, QueryRejection>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let Query(After { day, after }) = after.map_err(|_| Fault::NotFound)?;
    let after = day.zip(after);
    let today = desk.today();
    let mut lines = store::review::due(&mut desk.tx, staff.id, after, today, A_PAGE as i64 + 1).await?;
    let more = lines.len() > A_PAGE;
    lines.truncate(A_PAGE);
    let next = lines.last().filter(|_| more).map(|last| format!("{}?day={}&after={}", paths::Reviews {}, last.due_on, last.id));
    let policy = desk.policy.clone();
    let page = Index {
        frame: menu::frame(&desk, &staff, &around),
        heading: heading(&desk, &policy, &lines, after.is_some()),
        lead: lead(&policy),
        groups: groups(&desk, &policy, lines),
        next: next.unwrap_or_default(),
    };
    answer::show(&around, &page)
}

fn heading(desk: &Desk, policy: &Policy, lines: &[ReviewLine], is_further: bool) -> String {
    let (one, many) = (&policy.words.review.one, &policy.words.review.many);
    let today = desk.today();
    let late = lines.iter().filter(|line| line.due_on < today).count();
    match (late, lines.first()) {
        _ if is_further => format!("{} still to come", say::sentence(many)),
        (0, None) => format!("No {one} is promised"),
        (0, Some(first)) => format!("No {one} is late. The next is due on {}", say::weekday_this_year(first.due_on, today)),
        (late, _) => format!("{} late", say::count_first(late as u64, &format!("{one} is"), &format!("{many} are"))),
    }
}

fn lead(policy: &Policy) -> String {
    let words = &policy.words.restriction.many;
    match (*policy.reviews.whole_register, *policy.reviews.usual) {
        (true, usual) => format!(
            "All {words} in force, the late ones first. The policy asks for the whole list to be looked at together every {}.",
            each(usual)
        ),
        (false, _) => format!("All {words} in force, the late ones first. Each has a day on which it is looked at again."),
    }
}

/// What a restriction waits for that is not applied meanwhile.
pub(super) fn waits(is_sent_back: bool) -> String {
    let waits = if is_sent_back { Waits::Again } else { Waits::Appeal };
    format!("; it waits: {}", waits.because())
}

/// "6 months", or "month" for one.
fn each(length: Length) -> String {
    length.to_string().trim_start_matches("1 ").to_owned()
}

fn groups(desk: &Desk, policy: &Policy, lines: Vec<ReviewLine>) -> Vec<Group> {
    let today = desk.today();
    let soon = today + chrono::TimeDelta::days(14);
    let titles = ["Late", "In the next 14 days", "Later"];
    let mut groups: Vec<Group> = titles.into_iter().map(|title| Group { title, rows: Vec::new() }).collect();
    for line in lines {
        let place = if line.due_on < today { 0 } else { 1 + usize::from(line.due_on > soon) };
        groups[place].rows.push(row(desk, policy, line));
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

fn row(desk: &Desk, policy: &Policy, line: ReviewLine) -> Row {
    let today = desk.today();
    let since = line.in_force_at.map(|at| say::day_this_year(days::day_of(at), today)).unwrap_or_default();
    let until = match line.ends_on {
        Some(day) if day < today => format!("ended {}, not reviewed", say::day_this_year(day, today)),
        Some(day) => format!("until {}", say::day_this_year(day, today)),
        None => "with no last day".to_owned(),
    };
    let waits = if line.is_suspended { waits(line.is_sent_back) } else { String::new() };
    Row {
        href: paths::Review { id: line.id },
        name: format!("{} {}", line.given, line.family),
        sub: format!("{} since {since}, {until}{waits}", policy.words.restriction.heading()),
        due: Due::by(line.due_on, today, desk.calendar().working_days_between(today, line.due_on)),
        mine: line.mine,
        nobody: line.nobody,
    }
}
