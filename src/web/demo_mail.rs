//! The demonstration's mailbox: every email that would have left, readable in the browser. Nowhere else.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse};
use serde::Deserialize;

use super::frame::Frame;
use super::menu;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{Doors, Who};
use crate::http::fault::{Answered, Fault};
use crate::http::kit::Kit;
use crate::http::paths;
use crate::mail;
use crate::rules::say;
use crate::store;
use crate::store::outbox::Sent;

/// How many stand on one page.
const A_PAGE: usize = 25;

/// Open to anybody, in the demonstration alone.
pub fn doors() -> Doors {
    Doors::new().page::<paths::DemoMail, _>(Who::Anyone, index)
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
struct Mailbox {
    frame: Frame,
    emails: Vec<Email>,
    shown: String,
    newer: String,
    older: String,
}

/// Which page, from 1.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
}

/// One email as it is read.
struct Email {
    to: String,
    subject: String,
    iso: String,
    when: String,
    /// Paragraphs of lines; a line that leads to a page of ours is a link.
    paragraphs: Vec<Vec<Line>>,
}

struct Line {
    text: String,
    is_link: bool,
}

async fn index(_: paths::DemoMail, Query(asked): Query<Asked>, State(kit): State<Kit>, seat: Result<Reading, Fault>) -> Answered {
    if !kit.demo {
        return Err(Fault::NotFound);
    }
    let mut system = kit.office.db.system().await?;
    let page = asked.page.parse().ok().filter(|page| (1..10_000).contains(page)).unwrap_or(1);
    // One more than is shown says whether there are older ones.
    let sent = store::outbox::newest_sent(&mut system, (page - 1) * A_PAGE as i64, A_PAGE as i64 + 1).await?;
    system.commit().await?;
    let mailbox = |frame| mailbox(frame, page, sent);
    match seat {
        Ok(Reading { desk, staff, around }) => show(&around, &mailbox(menu::frame(&desk, &staff, &around))),
        Err(_) => Ok(Html(mailbox(Frame::signed_out(true)).render()?).into_response()),
    }
}

fn mailbox(frame: Frame, page: i64, sent: Vec<Sent>) -> Mailbox {
    let at = |page: i64| format!("{}?page={page}", paths::DemoMail {});
    Mailbox {
        frame,
        shown: format!("Page {page}"),
        newer: if page > 1 { at(page - 1) } else { String::new() },
        older: if sent.len() > A_PAGE { at(page + 1) } else { String::new() },
        emails: sent.into_iter().take(A_PAGE).map(email).collect(),
    }
}

fn email(sent: Sent) -> Email {
    let line = |text: &str| Line { text: text.to_owned(), is_link: mail::is_ours(text) };
    Email {
        to: format!("{} <{}>", sent.to_name, sent.to_address),
        subject: sent.subject,
        iso: sent.sent_at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        when: sent.sent_at.map(say::minute).unwrap_or_default(),
        paragraphs: sent.body_text.split("\n\n").map(|paragraph| paragraph.lines().map(line).collect()).collect(),
    }
}
