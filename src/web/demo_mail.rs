//! The demonstration's mailbox: every email that would have left, readable in the browser. Nowhere else.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};

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

/// How many of the newest are shown.
const SHOWN: i64 = 200;

/// Open to anybody, in the demonstration alone.
pub fn doors() -> Doors {
    Doors::new().page::<paths::DemoMail, _>(Who::Anyone, index)
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
struct Mailbox {
    frame: Frame,
    emails: Vec<Email>,
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

async fn index(_: paths::DemoMail, State(kit): State<Kit>, seat: Result<Reading, Fault>) -> Answered {
    if !kit.demo {
        return Err(Fault::NotFound);
    }
    let mut system = kit.office.db.system().await?;
    let emails = store::outbox::newest_sent(&mut system, SHOWN).await?.into_iter().map(email).collect();
    system.commit().await?;
    match seat {
        Ok(Reading { desk, staff, around }) => show(&around, &Mailbox { frame: menu::frame(&desk, &staff, &around), emails }),
        Err(_) => Ok(Html(Mailbox { frame: Frame::signed_out(true), emails }.render()?).into_response()),
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
