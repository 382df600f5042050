//! One task that is done where it stands.

use askama::Template;

use super::what;
use crate::casework::desk::{Desk, Staff};
use crate::casework::{self, found, task as act};
use crate::http::answer::{again, done, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::TaskId;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::rules::text::{Narrative, Reference};
use crate::store;
use crate::store::customer::Head;
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Due;

#[derive(Template)]
#[template(path = "work/doing.html")]
struct Doing {
    frame: Frame,
    form: Form,
    task: store::worklist::Task,
    kind: TaskKind,
    heading: String,
    customer: Head,
    due: Due,
    offers: Vec<Choice>,
}

/// The task, and what came of it.
pub async fn page(path: paths::TaskDone, Reading { desk, staff, around }: Reading) -> Answered {
    let page = read(desk, &staff, &around, path.id, Form::blank()).await?;
    if page.task.done_at.is_some() {
        let who = page.task.done_by_name.clone().unwrap_or_else(|| "Somebody".to_owned());
        return Ok(crate::http::answer::lead_on(&around, Flash::note("Done already.", format!("{who} has done this.")), paths::MyWork {}));
    }
    show(&around, &page)
}

/// Marks it as done.
pub async fn finish(path: paths::TaskDone, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let task = found(store::worklist::find(&mut desk.tx, path.id).await?)?;
    let kind = found(TaskKind::of(&task.kind).filter(|kind| act::IN_PLACE.contains(kind)))?;
    let Some(note) = read_note(&mut form, kind, &offers(&desk)) else {
        return again(&around, &read(desk, &staff, &around, path.id, form).await?);
    };
    act::finish(&mut desk, path.id, &note).await?;
    done(desk, &around, Flash::good("Done.", told(kind)), paths::MyWork {}).await
}

fn told(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Support => "Only you and your colleague know of this.",
        _ => "It stands on the customer’s record.",
    }
}

/// What came of it, as a sentence; nothing when a field could not be read.
fn read_note(form: &mut Form, kind: TaskKind, offers: &[String]) -> Option<String> {
    let mut sentences: Vec<String> = Vec::new();
    match kind {
        TaskKind::Support => {
            let options: Vec<(&str, &str)> = offers.iter().map(|offer| (offer.as_str(), offer.as_str())).collect();
            let offered = form.some_choices("offers", &options, "Choose what you offered")?;
            return Some(format!("Offered: {}.", offered.join("; ")));
        }
        TaskKind::Police => {
            let reference = form.text("reference", |typed| {
                Reference::parse(typed)
                    .map_err(|error| if typed.is_empty() { "Enter the police reference".to_owned() } else { error.to_string() })
            });
            sentences.push(format!("Reference {}.", reference?));
        }
        _ => {
            let reference = form.optional("reference", Reference::parse)?;
            sentences.extend(reference.map(|reference| format!("Reference {reference}.")));
        }
    }
    let note = match kind {
        TaskKind::Police => form.optional("note", Narrative::parse)?,
        _ => Some(form.text("note", |typed| {
            Narrative::parse(typed)
                .map_err(|error| if typed.is_empty() { "Enter whom you told, and when".to_owned() } else { error.to_string() })
        })?),
    };
    sentences.extend(note.map(String::from));
    form.is_clean().then(|| sentences.join(" "))
}

async fn read(mut desk: Desk, staff: &Staff, around: &Around, id: TaskId, form: Form) -> Result<Doing, Fault> {
    let task = found(store::worklist::find(&mut desk.tx, id).await?)?;
    let kind = found(TaskKind::of(&task.kind).filter(|kind| act::IN_PLACE.contains(kind)))?;
    act::may_do(&desk.policy, &task, staff).map_err(|error| hidden(kind, error))?;
    let customer = found(store::customer::get(&mut desk.tx, task.customer).await?)?;
    around.saw(&desk, staff, customer.id, "task");
    let left = desk.calendar().working_days_between(desk.today(), task.due_on);
    Ok(Doing {
        heading: what(&desk.policy, kind),
        due: Due::by(task.due_on, desk.today(), left),
        offers: offers(&desk).into_iter().map(|offer| Choice::new(&offer, say::sentence(&offer))).collect(),
        frame: menu::frame(&desk, staff, around).with_form(&form),
        form,
        task,
        kind,
        customer,
    })
}

/// That a colleague asked for support is for the person asked alone.
fn hidden(kind: TaskKind, error: casework::Error) -> casework::Error {
    match kind {
        TaskKind::Support => casework::Error::NotFound,
        _ => error,
    }
}

/// What may be offered to a colleague: the policy's list, and nothing where they are well.
fn offers(desk: &Desk) -> Vec<String> {
    desk.policy.support.offers.iter().cloned().chain(["They are all right".to_owned()]).collect()
}
