//! One task that is done where it stands.

use askama::Template;

use super::what;
use crate::casework::desk::{Desk, Staff};
use crate::casework::task::{self as act, Came};
use crate::casework::{self, found};
use crate::http::answer::{again, done, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::TaskId;
use crate::rules::policy::ToldHow;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::rules::text::{Narrative, Reference};
use crate::store;
use crate::store::customer::Head;
use crate::web::frame::Frame;
use crate::web::incident::facts::{self, Fact};
use crate::web::menu;
use crate::web::parts::Due;

#[derive(Template)]
#[template(path = "my_work/doing.html")]
struct Doing {
    frame: Frame,
    form: Form,
    task: store::worklist::Task,
    kind: TaskKind,
    heading: String,
    customer: Head,
    due: Due,
    offers: Vec<Choice>,
    ways: Vec<Choice>,
    /// What is passed on: the facts, and what was said and done. Nothing where a colleague is seen.
    facts: Vec<Fact>,
    happened: Vec<String>,
    /// Told or not, where the policy only asks to think of it; otherwise nothing to choose.
    comes: Vec<Choice>,
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

/// Marks it as done, or as left with a reason where the policy lets it be.
pub async fn finish(path: paths::TaskDone, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let task = found(store::worklist::find(&mut desk.tx, path.id).await?)?;
    let kind = found(TaskKind::of(&task.kind).filter(|kind| act::IN_PLACE.contains(kind)))?;
    let may_leave = act::may_leave(&mut desk, &task, kind).await?;
    let Some(came) = read_came(&mut form, kind, may_leave, &offers(&desk)) else {
        return again(&around, &read(desk, &staff, &around, path.id, form).await?);
    };
    act::finish(&mut desk, path.id, &came).await?;
    let told = match (&came, kind) {
        (Came::Tried(_), _) => {
            let said = Flash::note("Noted.", "It stands on the ⟦customer⟧’s record with its time. It is owed still.");
            return done(desk, &around, said, paths::TaskDone { id: path.id }).await;
        }
        (Came::Left(_), _) => "Your reason stands on the ⟦customer⟧’s record.",
        (_, TaskKind::Support) => "Only you and your colleague know of this.",
        _ => "It stands on the ⟦customer⟧’s record.",
    };
    done(desk, &around, Flash::good("Done.", told), paths::MyWork {}).await
}

/// What came of it; nothing when a field could not be read.
fn read_came(form: &mut Form, kind: TaskKind, may_leave: bool, offers: &[String]) -> Option<Came> {
    let came = match may_leave {
        true => form.choice("came", &[("told", true), ("not", false)], "Choose whether you told them")?,
        false => true,
    };
    match came {
        true if kind == TaskKind::Promise && form.has("came", "tried") => {
            form.text("note", |typed| said(typed, "Enter how you tried")).map(|note| Came::Tried(note.into()))
        }
        true => read_note(form, kind, offers).map(Came::Done),
        false => {
            let because = form.text("because", |typed| said(typed, "Enter why you decided not to"))?;
            Some(Came::Left(because.into()))
        }
    }
}

fn said(typed: &str, empty: &str) -> Result<Narrative, String> {
    Narrative::parse(typed).map_err(|error| if typed.trim().is_empty() { empty.to_owned() } else { error.to_string() })
}

/// What was done, as a sentence; nothing when a field could not be read.
fn read_note(form: &mut Form, kind: TaskKind, offers: &[String]) -> Option<String> {
    let mut sentences: Vec<String> = Vec::new();
    match kind {
        TaskKind::Support => {
            let options: Vec<(&str, &str)> = offers.iter().map(|offer| (offer.as_str(), offer.as_str())).collect();
            let offered = form.some_choices("offers", &options, "Choose what you offered")?;
            return Some(format!("Offered: {}.", offered.join("; ")));
        }
        TaskKind::Tell => {
            let ways: Vec<(&str, ToldHow)> = ToldHow::ALL.iter().map(|how| (how.key(), *how)).collect();
            let how = form.choice("how", &ways, "Choose how you told them");
            let note = form.text("note", |typed| said(typed, "Enter when you told them, and what they said"));
            return Some(format!("Told {}. {}", how?.title(), String::from(note?)));
        }
        TaskKind::Call => return form.text("note", |typed| said(typed, "Enter what came of the call")).map(String::from),
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
        TaskKind::Promise => Some(form.text("note", |typed| said(typed, "Enter what you did"))?),
        _ => Some(form.text("note", |typed| said(typed, "Enter who you told, and when"))?),
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
    let (facts, happened) = report(&mut desk, &task, kind, &customer).await?;
    let comes = match act::may_leave(&mut desk, &task, kind).await? {
        true => vec![Choice::new("told", "Yes, they were told"), Choice::new("not", "No, I decided not to")],
        false => Vec::new(),
    };
    let left = desk.calendar().working_days_between(desk.today(), task.due_on);
    Ok(Doing {
        heading: what(&desk.policy, kind, task.whom.as_deref()),
        due: Due::by(task.due_on, desk.today(), left),
        ways: ToldHow::ALL.iter().map(|how| Choice::new(how.key(), say::sentence(how.title()))).collect(),
        offers: offers(&desk).into_iter().map(|offer| Choice::new(&offer, say::sentence(&offer))).collect(),
        frame: menu::frame(&desk, staff, around).with_form(&form),
        form,
        task,
        kind,
        customer,
        facts,
        happened,
        comes,
    })
}

/// What is passed on of the incident, for whoever rings with it.
async fn report(desk: &mut Desk, task: &store::worklist::Task, kind: TaskKind, customer: &Head) -> Result<(Vec<Fact>, Vec<String>), Fault> {
    if matches!(kind, TaskKind::Support | TaskKind::Call | TaskKind::Promise | TaskKind::Tell) {
        return Ok((Vec::new(), Vec::new()));
    }
    let incident = found(store::incident::find(&mut desk.tx, task.subject.into()).await?)?;
    let policy = desk.policy_of(incident.policy).await?;
    let lines = incident.what_happened.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    Ok((facts::to_report(&policy, &incident, customer), lines.collect()))
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
