//! Ending an adjustment, or that somebody speaks for the customer: on a page of its own, with the reason.

use askama::Template;

use crate::casework::customer;
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::http::answer::{again, done, lead_on, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{Doors, LOGGING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths::{self, Ref};
use crate::rules::id::{NeedId, RepresentativeId};
use crate::rules::need::NeedKind;
use crate::rules::text::Narrative;
use crate::store;
use crate::store::customer::Head;
use crate::web::frame::Frame;
use crate::web::menu;

/// The question, and what is posted from it.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::AdjustmentEnd, _>(LOGGING, ask_need)
        .act::<paths::AdjustmentEnd, _>(LOGGING, end_need)
        .page::<paths::RepresentativeEnd, _>(LOGGING, ask_representative)
        .act::<paths::RepresentativeEnd, _>(LOGGING, end_representative)
}

#[derive(Template)]
#[template(path = "customer/ending.html")]
struct Ending {
    frame: Frame,
    form: Form,
    customer: Head,
    heading: String,
    /// What holds now, and what follows from ending it.
    holds: String,
    follows: &'static str,
    label: &'static str,
    button: &'static str,
    /// Where it is posted.
    at: String,
}

/// What is ended: an adjustment or a voice, in words.
struct Held {
    heading: String,
    holds: String,
    follows: &'static str,
    label: &'static str,
    button: &'static str,
}

async fn of_need(desk: &mut Desk, customer: &Head, id: NeedId) -> Result<Option<Held>, Fault> {
    let need = store::customer::needs(&mut desk.tx, customer.id).await?.into_iter().find(|need| need.id == id);
    if need.is_none() && !store::customer::has_need(&mut desk.tx, customer.id, id).await? {
        return Err(Fault::NotFound);
    }
    Ok(need.map(|need| Held {
        heading: format!("End the adjustment “{}”?", NeedKind::from_key(&need.kind).unwrap_or(NeedKind::Other).title()),
        holds: format!("What we do now: {}", need.to_do),
        follows: "Nobody sees it before a contact any more, and letters no longer follow it. Adjustments are a legal duty: end one only when the ⟦customer⟧ no longer needs it.",
        label: "Why does it end?",
        button: "End the adjustment",
    }))
}

async fn of_representative(desk: &mut Desk, customer: &Head, id: RepresentativeId) -> Result<Option<Held>, Fault> {
    let today = desk.today();
    let speaker = store::customer::representatives(&mut desk.tx, customer.id, today).await?.into_iter().find(|one| one.id == id);
    if speaker.is_none() && !store::customer::has_representative(&mut desk.tx, customer.id, id).await? {
        return Err(Fault::NotFound);
    }
    Ok(speaker.map(|one| Held {
        heading: format!("Does {} no longer speak for {}?", one.name, customer.formal_name()),
        holds: format!("On record: {}, {}.", one.name, one.relation),
        follows: "Staff then discuss nothing with them, and where a limit leaves only them as a way to us, it must be looked at first.",
        label: "Why does it end?",
        button: "End it",
    }))
}

fn page(desk: &Desk, staff: &Staff, around: &Around, customer: Head, held: Held, form: Form) -> Ending {
    around.saw(desk, staff, customer.id, "adjustments");
    let Held { heading, holds, follows, label, button } = held;
    let at = around.path.clone();
    Ending { frame: menu::frame(desk, staff, around).with_form(&form), form, customer, heading, holds, follows, label, button, at }
}

fn ended_already(around: &Around, customer: Ref) -> Answered {
    Ok(lead_on(around, Flash::note("Ended already.", ""), paths::CustomerAdjustments { customer }))
}

fn because(form: &mut Form) -> Option<Narrative> {
    form.text("because", |typed| {
        Narrative::parse(typed).map_err(|error| if typed.trim().is_empty() { "Enter why it ends".to_owned() } else { error.to_string() })
    })
}

async fn ask_need(path: paths::AdjustmentEnd, Reading { mut desk, staff, around }: Reading) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let Some(held) = of_need(&mut desk, &who, path.id).await? else { return ended_already(&around, path.customer) };
    show(&around, &page(&desk, &staff, &around, who, held, Form::blank()))
}

async fn end_need(path: paths::AdjustmentEnd, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let Some(held) = of_need(&mut desk, &who, path.id).await? else { return ended_already(&around, path.customer) };
    let Some(because) = because(&mut form) else { return again(&around, &page(&desk, &staff, &around, who, held, form)) };
    let back = paths::CustomerAdjustments { customer: path.customer.clone() };
    match customer::end_need(&mut desk, who.id, path.id, because.as_str()).await? {
        true => done(desk, &around, Flash::good("Adjustment ended.", "It stays on the timeline, with your reason."), back).await,
        false => ended_already(&around, path.customer),
    }
}

async fn ask_representative(path: paths::RepresentativeEnd, Reading { mut desk, staff, around }: Reading) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let Some(held) = of_representative(&mut desk, &who, path.id).await? else { return ended_already(&around, path.customer) };
    show(&around, &page(&desk, &staff, &around, who, held, Form::blank()))
}

async fn end_representative(path: paths::RepresentativeEnd, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let Some(held) = of_representative(&mut desk, &who, path.id).await? else { return ended_already(&around, path.customer) };
    let Some(because) = because(&mut form) else { return again(&around, &page(&desk, &staff, &around, who, held, form)) };
    let back = paths::CustomerAdjustments { customer: path.customer.clone() };
    match customer::end_representative(&mut desk, who.id, path.id, because.as_str()).await? {
        true => done(desk, &around, Flash::good("Ended.", "They no longer speak for the ⟦customer⟧."), back).await,
        false => ended_already(&around, path.customer),
    }
}
