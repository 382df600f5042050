//! Adjustments, and who may speak for the customer: added and ended here, in force on the contact check at once.

use askama::Template;

use super::head::{Record, Tab};
use crate::casework::customer::{self, Need, Representative};
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::http::answer::{again, done, lead_on, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{CASEWORK, Doors, LOGGING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths::{self, Ref};
use crate::rules::id::{NeedId, RepresentativeId};
use crate::rules::need::NeedKind;
use crate::rules::say;
use crate::rules::text::{Line, PersonName};
use crate::store;
use crate::web::frame::Frame;
use crate::web::menu;

/// The tab, and what is posted from it.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::CustomerAdjustments, _>(CASEWORK, show_all)
        .act::<paths::CustomerAdjustments, _>(LOGGING, add_need)
        .act::<paths::Representatives, _>(LOGGING, add_representative)
}

#[derive(Template)]
#[template(path = "customer/adjustments.html")]
struct Adjustments {
    frame: Frame,
    record: Record,
    needs: Vec<Held>,
    speakers: Vec<Held>,
    kinds: Vec<Choice>,
    /// The form for an adjustment and the one for a representative; one of them may come back with what was wrong.
    need: Form,
    speaker: Form,
}

/// Something in force that can be ended.
struct Held {
    title: String,
    text: String,
    until: String,
    end: String,
}

async fn show_all(path: paths::CustomerAdjustments, Reading { mut desk, staff, around }: Reading) -> Answered {
    let (need, speaker) = (blank_need(&desk), blank_speaker(&desk));
    let page = page(&mut desk, &staff, &around, &path.customer, need, speaker).await?;
    around.saw(&desk, &staff, page.record.who.id, "adjustments");
    show(&around, &page)
}

fn blank_need(desk: &Desk) -> Form {
    Form::blank().with("id", desk.new_id::<NeedId>())
}

fn blank_speaker(desk: &Desk) -> Form {
    Form::blank().with("id", desk.new_id::<RepresentativeId>())
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, customer: &Ref, need: Form, speaker: Form) -> Result<Adjustments, Fault> {
    let (record, facts) = Record::read(desk, staff, customer, Tab::Adjustments).await?;
    let needs = store::customer::needs(&mut desk.tx, facts.head.id).await?;
    let today = desk.today();
    let speakers = store::customer::representatives(&mut desk.tx, facts.head.id, today).await?;
    Ok(Adjustments {
        frame: menu::frame(desk, staff, around).with_form(if need.is_clean() { &speaker } else { &need }),
        record,
        needs: needs
            .into_iter()
            .map(|need| Held {
                title: NeedKind::from_key(&need.kind).unwrap_or(NeedKind::Other).title().to_owned(),
                text: need.to_do,
                until: need.review_on.map(|on| format!("Looked at again on {}", say::day(on))).unwrap_or_default(),
                end: paths::AdjustmentEnd { customer: customer.clone(), id: need.id }.to_string(),
            })
            .collect(),
        speakers: speakers
            .into_iter()
            .map(|one| Held {
                title: format!("{}, {}", one.name, one.relation),
                text: one.note.unwrap_or_default(),
                until: one
                    .consent_until
                    .map_or_else(|| "Consent without an end date".to_owned(), |last| format!("Consent until {}", say::day(last))),
                end: paths::RepresentativeEnd { customer: customer.clone(), id: one.id }.to_string(),
            })
            .collect(),
        kinds: NeedKind::ALL.iter().map(|kind| Choice::new(kind.key(), kind.title())).collect(),
        need,
        speaker,
    })
}

async fn add_need(path: paths::CustomerAdjustments, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let Some(need) = read_need(&mut form, desk.today()) else {
        let speaker = blank_speaker(&desk);
        return again(&around, &page(&mut desk, &staff, &around, &path.customer, form, speaker).await?);
    };
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    match customer::note_need(&mut desk, who.id, &need).await? {
        true => done(desk, &around, Flash::good("Adjustment saved.", "Everybody sees it before the next contact."), path).await,
        false => Ok(lead_on(&around, Flash::note("Saved already.", "This adjustment is on the record once."), path)),
    }
}

fn read_need(form: &mut Form, today: chrono::NaiveDate) -> Option<Need> {
    let id = form.text("id", |typed| typed.parse::<NeedId>().map_err(|_| "Open this page again, something in it was lost"));
    let kinds: Vec<_> = NeedKind::ALL.iter().map(|kind| (kind.key(), *kind)).collect();
    let kind = form.choice("kind", &kinds, "Choose what the adjustment is for");
    if form.is_blank("to_do")
        && let Some(kind) = kind
    {
        form.set("to_do", kind.what_to_do());
    }
    // Which words are usual is known once it is known what it is for.
    let to_do = if kind.is_none() && form.is_blank("to_do") { None } else { form.text("to_do", Line::parse) };
    let review_on = form.optional_date("review_on", "Enter the day to look at it again, such as 10 March 2027");
    if let Some(Some(day)) = review_on
        && day < today
    {
        form.wrong("review_on", "The day to look at it again must be today or later");
        return None;
    }
    Some(Need { id: id?, kind: kind?, to_do: to_do?.to_string(), review_on: review_on? })
}

async fn add_representative(path: paths::Representatives, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let Some(speaker) = read_speaker(&mut form, desk.today()) else {
        let need = blank_need(&desk);
        return again(&around, &page(&mut desk, &staff, &around, &path.customer, need, form).await?);
    };
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let back = paths::CustomerAdjustments { customer: path.customer };
    match customer::add_representative(&mut desk, who.id, &speaker).await? {
        true => {
            done(desk, &around, Flash::good("Saved.", "Staff see before the next contact who may speak for the ⟦customer⟧."), back).await
        }
        false => Ok(lead_on(&around, Flash::note("Saved already.", ""), back)),
    }
}

fn read_speaker(form: &mut Form, today: chrono::NaiveDate) -> Option<Representative> {
    let id = form.text("id", |typed| typed.parse::<RepresentativeId>().map_err(|_| "Open this page again, something in it was lost"));
    let name = form.text("name", |typed| PersonName::parse(typed).map_err(|fault| empty_or(typed, "Enter their name", fault)));
    let relation =
        form.text("relation", |typed| Line::parse(typed).map_err(|fault| empty_or(typed, "Enter who they are to the ⟦customer⟧", fault)));
    let consent_until = form.optional_date("consent_until", "Enter the last day of the consent, such as 30 September 2027");
    let note = form.optional("note", Line::parse);
    if let Some(Some(day)) = consent_until
        && day < today
    {
        form.wrong("consent_until", "The last day of the consent must be today or later");
        return None;
    }
    Some(Representative {
        id: id?,
        name: name?.to_string(),
        relation: relation?.to_string(),
        consent_until: consent_until?,
        note: note?.map(|note| note.to_string()),
    })
}

fn empty_or(typed: &str, empty: &str, fault: impl std::fmt::Display) -> String {
    match typed.is_empty() {
        true => empty.to_owned(),
        false => fault.to_string(),
    }
}
