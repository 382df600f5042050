//! Letters: those that wait to be sent, one word for word, the sheet for the printer, and that it went.

mod about;
mod list;

pub(super) use about::letter_about;

use askama::Template;
use axum::extract::Query;
use chrono::NaiveDate;
use serde::Deserialize;

use super::frame::Frame;
use super::letter_copy::how_it_went;
use super::menu;
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::casework::{self, Error};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{self, Doors};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::letters::{Format, Kind, Via};
use crate::rules::id::LetterId;
use crate::rules::policy::ToldAsWell;
use crate::rules::{days, say};
use crate::store;
use crate::store::letter::Kept;

/// Reading and printing letters, and marking them as sent.
pub fn doors() -> Doors {
    list::doors()
        .page::<paths::Letter, _>(doors::CASEWORK, read)
        .page::<paths::LetterPrint, _>(doors::CASEWORK, print)
        .act::<paths::LetterSent, _>(doors::LOGGING, sent)
}

/// Which of its shapes the letter is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Standard,
    Large,
    Text,
}

/// The size asked for; without one, the format on the customer's record when the letter was made.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    size: String,
}

pub(super) struct Segment {
    pub href: String,
    pub text: &'static str,
    pub current: bool,
}

/// Somebody else who is told of the letter, or would have been.
struct Told {
    to: String,
    what: &'static str,
    basis: String,
    /// How it went, why they are not told, or nothing while it waits.
    state: String,
    /// Whether it waits to be sent.
    waits: bool,
    /// Where it can be read; empty where there is nothing to read.
    href: String,
}

/// That it is told besides, as the policy asks.
struct Telling {
    /// "A Neighbourhood Officer tells Mr Ashworth what it says by 12 March. By phone or in person."
    says: String,
    is_done: bool,
    /// Where that is recorded; empty where it is, or where it is for somebody else.
    href: String,
}

struct SentNote {
    on: String,
    via: &'static str,
}

#[derive(Template)]
#[template(path = "letter/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    letter: Kept,
    name: String,
    customer: String,
    made: String,
    due: String,
    sent: Option<SentNote>,
    size: Size,
    segments: Vec<Segment>,
    format_note: String,
    ways: Vec<Choice>,
    may_send: bool,
    sent_path: paths::LetterSent,
    print: String,
    subject: (String, &'static str),
    tell_as_well: bool,
    told: Vec<Told>,
    telling: Option<Telling>,
}

#[derive(Template)]
#[template(path = "letter/print.html")]
pub(super) struct Print {
    frame: Frame,
    title: String,
    name: String,
    html: String,
    large: bool,
    back: String,
    other: (String, &'static str),
}

impl Print {
    /// A sheet for the printer, with its own address and the way back.
    pub(super) fn sheet(frame: Frame, title: String, name: String, html: String, large: bool, (here, back): (&str, String)) -> Self {
        let other = match large {
            true => (format!("{here}?size=12"), "Standard, 12 point"),
            false => (format!("{here}?size=18"), "Large print, 18 point"),
        };
        Self { frame, title, name, html, large, back, other }
    }
}

async fn read(path: paths::Letter, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let letter = found(store::letter::find(&mut desk.tx, path.id).await?)?;
    around.saw(&desk, &staff, letter.customer, "letter");
    let size = Size::asked(&asked, &letter.format);
    let told = (told(&mut desk, path.id).await?, telling(&mut desk, &staff, path.id).await?);
    show(&around, &page(&desk, &staff, &around, letter, told, size, Form::blank()))
}

async fn print(path: paths::LetterPrint, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let letter = found(store::letter::find(&mut desk.tx, path.id).await?)?;
    around.saw(&desk, &staff, letter.customer, "letter");
    let large = Size::asked(&asked, &letter.format) == Size::Large;
    let name = full_name(&letter);
    let frame = menu::frame(&desk, &staff, &around);
    let back = paths::Letter { id: letter.id }.to_string();
    show(&around, &Print::sheet(frame, letter.title, name, letter.body_html, large, (&path.to_string(), back)))
}

/// Who else is told of it.
async fn told(desk: &mut Desk, id: LetterId) -> store::Result<Vec<Told>> {
    let lines = store::letter_copy::of_letter(&mut desk.tx, id).await?;
    let told = |line: store::letter_copy::Line| {
        let went = how_it_went(line.sent_on, line.sent_via.as_deref(), line.sent_to.as_deref(), line.sent_by.as_deref());
        Told {
            what: line.what(),
            waits: went.is_none() && line.why_not.is_none(),
            href: if line.why_not.is_none() { paths::LetterCopy { id: line.id }.to_string() } else { String::new() },
            state: went.or_else(|| line.why_not.map(|why| format!("Not told. {why}"))).unwrap_or_default(),
            to: line.to,
            basis: line.basis,
        }
    };
    Ok(lines.into_iter().map(told).collect())
}

/// Whether and by whom it is told besides.
async fn telling(desk: &mut Desk, staff: &Staff, id: LetterId) -> Result<Option<Telling>, Fault> {
    let Some(task) = casework::told::task(desk, id).await? else { return Ok(None) };
    let whom = task.whom.clone().unwrap_or_default();
    if let Some(at) = task.done_at {
        let by = task.done_by_name.clone().unwrap_or_else(|| "Somebody".to_owned());
        let says = format!("{by} told {whom} what it says. Recorded on {}.", say::day(days::day_of(at)));
        return Ok(Some(Telling { says, is_done: true, href: String::new() }));
    }
    let titles: Vec<String> = task.for_roles.iter().map(|role| desk.policy.roles.a(role)).collect();
    let who = task.whose.clone().unwrap_or_else(|| say::sentence(&say::either(&titles)));
    let says = format!("{who} tells {whom} what it says by {}. {}", say::weekday(task.due_on), task.note.clone().unwrap_or_default());
    let may = casework::task::may_do(&desk.policy, &task, staff).is_ok();
    let href = if may { paths::TaskDone { id: task.id }.to_string() } else { String::new() };
    Ok(Some(Telling { says, is_done: false, href }))
}

/// The day a letter went, where it can have gone then.
async fn day_it_went(desk: &mut Desk, form: &mut Form, id: LetterId) -> Result<Option<NaiveDate>, Fault> {
    let letter = found(store::letter::find(&mut desk.tx, id).await?)?;
    let Some(on) = form.date("sent_on", "Enter the day it went, such as 10 March 2027") else { return Ok(None) };
    Ok(match casework::letter::may_have_gone(on, letter.made_at, desk.today()) {
        Ok(()) => Some(on),
        Err(sentence) => {
            form.wrong("sent_on", sentence);
            None
        }
    })
}

async fn sent(path: paths::LetterSent, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let on = day_it_went(&mut desk, &mut form, path.id).await?;
    let options: Vec<(&str, Via)> = Via::ALL.iter().map(|via| (via.key(), *via)).collect();
    let (Some(via), Some(on)) = (form.choice("via", &options, "Choose how the letter went"), on) else {
        return once_more(desk, &staff, &around, path.id, form).await;
    };
    let to = paths::Letter { id: path.id };
    let sent = match casework::letter::sent(&mut desk, path.id, via, on).await {
        Err(error @ Error::Refused(_)) => {
            refusals(error, &mut form)?;
            return once_more(desk, &staff, &around, path.id, form).await;
        }
        other => other?,
    };
    match sent {
        true => done(desk, &around, Flash::good("Marked as sent.", format!("It went by {}. The record says so.", via.title())), to).await,
        false => Ok(lead_on(&around, Flash::note("Marked already.", "It was sent before; nothing changed."), to)),
    }
}

/// The letter again, with what was wrong.
async fn once_more(mut desk: Desk, staff: &Staff, around: &Around, id: LetterId, form: Form) -> Answered {
    let letter = found(store::letter::find(&mut desk.tx, id).await?)?;
    around.saw(&desk, staff, letter.customer, "letter");
    let size = Size::of("", &letter.format);
    let told = (told(&mut desk, id).await?, telling(&mut desk, staff, id).await?);
    again(around, &page(&desk, staff, around, letter, told, size, form))
}

type Besides = (Vec<Told>, Option<Telling>);

fn page(desk: &Desk, staff: &Staff, around: &Around, letter: Kept, (told, telling): Besides, size: Size, form: Form) -> Show {
    let address = paths::Letter { id: letter.id };
    let made_on = days::day_of(letter.made_at);
    let sent = letter.sent_at.map(|at| SentNote {
        on: say::day(days::day_of(at)),
        via: letter.sent_via.as_deref().and_then(Via::from_key).map_or("post", Via::title),
    });
    let may_send = sent.is_none() && doors::LOGGING.admits(staff.reach);
    let form = if form.is_clean() { form.with("sent_on", desk.today()) } else { form };
    Show {
        frame: menu::frame(desk, staff, around).with_form(&form),
        name: full_name(&letter),
        customer: paths::Customer { customer: paths::Ref(letter.reference.clone()) }.to_string(),
        made: say::minute_this_year(letter.made_at, desk.today()),
        due: say::weekday(casework::letter::due_on(desk, made_on)),
        segments: Size::segments(&address.to_string(), size),
        tell_as_well: telling.is_none()
            && sent.is_none()
            && is_notice(&letter)
            && *desk.policy.letters.told_as_well == ToldAsWell::IfNeeded,
        told,
        telling,
        format_note: format_note(&letter),
        ways: ways(desk),
        sent_path: paths::LetterSent { id: letter.id },
        print: format!("{}?size={}", paths::LetterPrint { id: letter.id }, if size == Size::Large { "18" } else { "12" }),
        subject: subject(&letter),
        form,
        letter,
        sent,
        size,
        may_send,
    }
}

/// How a letter may go: as the policy sends letters first.
pub(super) fn ways(desk: &Desk) -> Vec<Choice> {
    Via::in_order(&desk.policy).into_iter().map(|via| Choice::new(via.key(), format!("By {}", via.title()))).collect()
}

fn full_name(letter: &Kept) -> String {
    format!("{} {}", letter.given, letter.family).trim().to_owned()
}

/// "Large print is the format on his record."
fn format_note(letter: &Kept) -> String {
    let whose = match letter.pronoun.as_str() {
        "he" => "his",
        "she" => "her",
        _ => "their",
    };
    let format = match Format::from_key(&letter.format) {
        Some(Format::LargePrint) => "Large print",
        Some(Format::PlainText) => "Plain text",
        _ => "Standard print",
    };
    format!("{format} is the format on {whose} record.")
}

fn is_notice(letter: &Kept) -> bool {
    letter.kind == Kind::Restriction.key()
}

/// What the letter tells of.
fn subject(letter: &Kept) -> (String, &'static str) {
    let id = letter.subject;
    match Kind::from_key(&letter.kind) {
        Some(Kind::Warning) => (paths::Warning { id: id.into() }.to_string(), "See what it is about"),
        Some(Kind::WarningAppealReceived | Kind::WarningAppealOutcome) => {
            (paths::WarningAppeal { id: id.into() }.to_string(), "See the appeal")
        }
        Some(Kind::ReconsiderationReceived | Kind::ReconsiderationOutcome) => {
            (paths::Reconsideration { id: id.into() }.to_string(), "See the request")
        }
        Some(Kind::Review | Kind::EarlyReviewReceived) => (paths::Review { id: id.into() }.to_string(), "See the review"),
        Some(Kind::AppealReceived | Kind::AppealOutcome) => (paths::Appeal { id: id.into() }.to_string(), "See the appeal"),
        _ => (paths::Restriction { id: id.into() }.to_string(), "See the decision"),
    }
}

impl Size {
    const ALL: [Self; 3] = [Self::Standard, Self::Large, Self::Text];

    /// The size asked for, or that of the record.
    pub(super) fn asked(asked: &Asked, format: &str) -> Self {
        Self::of(&asked.size, format)
    }

    /// The three, with the one that is shown.
    pub(super) fn segments(address: &str, shown: Self) -> Vec<Segment> {
        let segment = |one: &Self| Segment { href: format!("{address}?size={}", one.key()), text: one.title(), current: *one == shown };
        Self::ALL.iter().map(segment).collect()
    }

    fn of(asked: &str, format: &str) -> Self {
        let of_record = match Format::from_key(format) {
            Some(Format::LargePrint) => Self::Large,
            Some(Format::PlainText) => Self::Text,
            _ => Self::Standard,
        };
        Self::ALL.into_iter().find(|size| size.key() == asked).unwrap_or(of_record)
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Standard => "12",
            Self::Large => "18",
            Self::Text => "text",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Standard => Format::Standard.title(),
            Self::Large => Format::LargePrint.title(),
            Self::Text => Format::PlainText.title(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_opens_in_the_customers_own_format_and_in_another_when_asked() {
        assert_eq!(Size::of("", "large-print"), Size::Large);
        assert_eq!(Size::of("12", "large-print"), Size::Standard);
        assert_eq!(Size::of("text", "standard"), Size::Text);
        assert_eq!(Size::of("400", "plain-text"), Size::Text);
    }
}
