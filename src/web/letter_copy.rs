//! What somebody besides the customer is told of a letter: read, printed, and marked as sent with the day and to whom.

use askama::Template;
use axum::extract::Query;

use super::frame::Frame;
use super::letter::{Asked, Print, Segment, Size};
use super::menu;
use crate::casework::desk::{Desk, Staff};
use crate::casework::{Error, found, letter_copy as act};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{self, Doors};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::letters::Via;
use crate::rules::say;
use crate::rules::text::Line;
use crate::store;
use crate::store::letter_copy::Kept;

/// Reading and printing one, and marking it as sent.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::LetterCopy, _>(doors::CASEWORK, read)
        .page::<paths::LetterCopyPrint, _>(doors::CASEWORK, print)
        .act::<paths::LetterCopySent, _>(doors::LOGGING, sent)
}

#[derive(Template)]
#[template(path = "letter/copy.html")]
struct Show {
    frame: Frame,
    form: Form,
    copy: Kept,
    letter: paths::Letter,
    made: String,
    /// How it went, as a sentence; nothing while it waits.
    sent: Option<String>,
    size: Size,
    segments: Vec<Segment>,
    ways: Vec<Choice>,
    may_send: bool,
    sent_path: paths::LetterCopySent,
    print: String,
}

async fn read(path: paths::LetterCopy, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let copy = found(store::letter_copy::find(&mut desk.tx, path.id).await?)?;
    around.saw(&desk, &staff, copy.customer, "letter");
    let form = Form::blank().with("sent_to", &copy.to).with("sent_on", desk.today());
    show(&around, &page(&desk, &staff, &around, copy, Size::asked(&asked, "standard"), form))
}

async fn print(path: paths::LetterCopyPrint, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let copy = found(store::letter_copy::find(&mut desk.tx, path.id).await?)?;
    around.saw(&desk, &staff, copy.customer, "letter");
    let large = Size::asked(&asked, "standard") == Size::Large;
    let frame = menu::frame(&desk, &staff, &around);
    let back = paths::LetterCopy { id: path.id }.to_string();
    show(&around, &Print::sheet(frame, copy.title, copy.to, copy.body_html, large, (&path.to_string(), back)))
}

async fn sent(path: paths::LetterCopySent, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let options: Vec<(&str, Via)> = Via::ALL.iter().map(|via| (via.key(), *via)).collect();
    let to = form.text("sent_to", |typed| match typed.trim().is_empty() {
        true => Err("Enter to whom it went".to_owned()),
        false => Line::parse(typed).map_err(|fault| fault.to_string()),
    });
    let on = form.date("sent_on", "Enter the day it went");
    let via = form.choice("via", &options, "Choose how it went");
    if let (Some(to), Some(on), Some(via)) = (to, on, via) {
        match act::sent(&mut desk, path.id, via, to.as_ref(), on).await {
            Ok(true) => {
                let kept = found(store::letter_copy::find(&mut desk.tx, path.id).await?)?;
                let flash = Flash::good("Marked as sent.", format!("It went to {to} by {}. The record says so.", via.title()));
                return done(desk, &around, flash, paths::Letter { id: kept.letter }).await;
            }
            Ok(false) => {
                let to = paths::LetterCopy { id: path.id };
                return Ok(lead_on(&around, Flash::note("Marked already.", "It was sent before; nothing changed."), to));
            }
            Err(error @ Error::Refused(_)) => refusals(error, &mut form)?,
            Err(error) => return Err(error.into()),
        }
    }
    let copy = found(store::letter_copy::find(&mut desk.tx, path.id).await?)?;
    around.saw(&desk, &staff, copy.customer, "letter");
    again(&around, &page(&desk, &staff, &around, copy, Size::Standard, form))
}

fn page(desk: &Desk, staff: &Staff, around: &Around, copy: Kept, size: Size, form: Form) -> Show {
    let address = paths::LetterCopy { id: copy.id };
    let sent = how_it_went(copy.sent_on, copy.sent_via.as_deref(), copy.sent_to.as_deref(), copy.sent_by.as_deref());
    Show {
        frame: menu::frame(desk, staff, around).with_form(&form),
        letter: paths::Letter { id: copy.letter },
        made: say::minute_this_year(copy.made_at, desk.today()),
        segments: Size::segments(&address.to_string(), size),
        ways: super::letter::ways(desk),
        may_send: sent.is_none() && doors::LOGGING.admits(staff.reach),
        sent_path: paths::LetterCopySent { id: copy.id },
        print: format!("{}?size={}", paths::LetterCopyPrint { id: copy.id }, if size == Size::Large { "18" } else { "12" }),
        form,
        sent,
        copy,
        size,
    }
}

/// "Sent on 12 March 2027 by post to Ida Bell. Recorded by Samina Iqbal." Nothing while it waits.
pub(super) fn how_it_went(on: Option<chrono::NaiveDate>, via: Option<&str>, to: Option<&str>, by: Option<&str>) -> Option<String> {
    let via = via.and_then(Via::from_key).map_or("post", Via::title);
    let by = by.map(|by| format!(" Recorded by {by}.")).unwrap_or_default();
    Some(format!("Sent on {} by {via} to {}.{by}", say::day(on?), to.unwrap_or_default()))
}
