//! The letters of a landlord: those that wait first, then those that went.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use crate::casework;
use crate::casework::desk::Desk;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{self, Doors};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::letters::{Format, Via};
use crate::rules::id::LetterId;
use crate::rules::{days, say};
use crate::store;
use crate::store::letter::LetterLine;
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Due;

/// The list.
pub fn doors() -> Doors {
    Doors::new().page::<paths::Letters, _>(doors::CASEWORK, index)
}

/// Letters on one page.
const PAGE: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    show: String,
    after: String,
}

struct Line {
    href: paths::Letter,
    title: String,
    customer: paths::Customer,
    name: String,
    made: String,
    made_by: String,
    format: &'static str,
    state: State,
}

enum State {
    Waiting(Due),
    Sent(String),
}

#[derive(Template)]
#[template(path = "letter/index.html")]
struct Index {
    frame: Frame,
    heading: String,
    lead: &'static str,
    waiting: bool,
    lines: Vec<Line>,
    first: String,
    next: String,
}

async fn index(_: paths::Letters, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let waiting = asked.show != "sent";
    let after: Option<LetterId> = asked.after.parse().ok();
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut letters = match waiting {
        true => store::letter::waiting(&mut desk.tx, after, most).await?,
        false => store::letter::sent(&mut desk.tx, after, most).await?,
    };
    let more = letters.len() > PAGE;
    letters.truncate(PAGE);
    let here = if waiting { "/letters?show=waiting" } else { "/letters?show=sent" };
    let next = letters.last().filter(|_| more).map_or_else(String::new, |last| format!("{here}&after={}", last.id));
    let page = Index {
        frame: menu::frame(&desk, &staff, &around),
        heading: heading(waiting, letters.len(), more || after.is_some()),
        lead: match waiting {
            true => "Open one, send it, then mark it as sent. The oldest comes first.",
            false => "Each stands here word for word as it went. The newest comes first.",
        },
        waiting,
        lines: letters.into_iter().map(|letter| line(&desk, letter)).collect(),
        first: after.map_or_else(String::new, |_| here.to_owned()),
        next,
    };
    show(&around, &page)
}

fn heading(waiting: bool, shown: usize, more: bool) -> String {
    match (waiting, shown, more) {
        (true, _, true) => "Letters wait to be sent".to_owned(),
        (true, 0, _) => "No letter waits to be sent".to_owned(),
        (true, 1, _) => "One letter waits to be sent".to_owned(),
        (true, many, _) => format!("{} wait to be sent", say::count_first(u32::try_from(many).unwrap_or(u32::MAX), "letter", "letters")),
        (false, ..) => "Letters that were sent".to_owned(),
    }
}

fn line(desk: &Desk, letter: LetterLine) -> Line {
    let today = desk.today();
    let state = match letter.sent_at {
        Some(at) => State::Sent(format!(
            "{}, by {}",
            say::day_this_year(days::day_of(at), today),
            letter.sent_via.as_deref().and_then(Via::from_key).map_or("post", Via::title)
        )),
        None => {
            let by = casework::letter::due_on(desk, days::day_of(letter.made_at));
            State::Waiting(Due::by(by, today, desk.calendar().working_days_between(today, by)))
        }
    };
    Line {
        href: paths::Letter { id: letter.id },
        title: letter.title,
        customer: paths::Customer { customer: paths::Ref(letter.reference) },
        name: format!("{} {}", letter.given, letter.family),
        made: say::day_this_year(days::day_of(letter.made_at), today),
        made_by: letter.made_by,
        format: Format::from_key(&letter.format).map_or("Standard", |format| match format {
            Format::Standard => "Standard",
            Format::LargePrint => "Large print",
            Format::PlainText => "Plain text",
        }),
        state,
    }
}
