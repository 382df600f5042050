//! Log an incident: one page, filled in from what is known, read once, saved once.

mod offered;
mod read;

use std::sync::Arc;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;

use self::offered::Offered;
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::casework::incident::together::Beside;
use crate::casework::incident::{self as act, Logged};
use crate::http::answer::{again, done, lead_on, refusals, see_other, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::id::{IncidentId, StaffId};
use crate::rules::policy::{Policy, TellWhy};
use crate::rules::task::TaskKind;
use crate::rules::{days, need, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::{Alike, Incident, StepLine};
use crate::web::frame::Frame;
use crate::web::menu;

/// What the contact answer hands on.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    channel: String,
    /// The incident in which this customer took part too.
    #[serde(default)]
    incident: String,
}

/// The page, with every answer it offers.
#[derive(Template)]
#[template(path = "incident/new.html")]
pub struct New {
    frame: Frame,
    form: Form,
    customer: Head,
    policy: Arc<Policy>,
    offered: Offered,
    /// "hearing, large print", where adjustments are on record.
    needs: String,
    /// When it was kept as a draft, where it was.
    kept: Option<String>,
    /// One that was saved before and may be this one.
    alike: Option<Alike>,
    /// The incident of somebody else that this one stands beside.
    beside: Option<IncidentId>,
}

impl New {
    fn about_label(&self) -> String {
        let was_he = match self.customer.pronoun.as_str() {
            "he" => "was he",
            "she" => "was she",
            _ => "were they",
        };
        format!("What {was_he} contacting us about?")
    }

    fn adjusted_label(&self) -> String {
        let his = match self.customer.pronoun.as_str() {
            "he" => "his",
            "she" => "her",
            _ => "their",
        };
        format!("Were you able to make {his} adjustments?")
    }

    fn harder_label(&self) -> String {
        let him = match self.customer.pronoun.as_str() {
            "he" => "him",
            "she" => "her",
            _ => "them",
        };
        format!("Did anything make it harder for {him} to communicate?")
    }

    fn side_label(&self) -> String {
        format!("What did {} say about it?", self.customer.formal_name())
    }

    /// "The policy asks for 2 warnings first."
    fn needed(&self) -> String {
        format!(
            "{} asks for {} first.",
            say::sentence(&self.policy.words.our_policy),
            say::count(*self.policy.call_ending.warnings, "warning", "warnings")
        )
    }

    fn minute_of(alike: &Alike) -> String {
        say::minute(alike.logged_at)
    }

    fn asks_why(&self) -> bool {
        *self.policy.call_ending.tell_why != TellWhy::No
    }
}

/// The customer comes first: find them.
pub async fn find_first(_: paths::IncidentNew, _: Reading) -> Answered {
    Ok(see_other(paths::Check {}))
}

/// The page, filled in.
pub async fn form(path: paths::IncidentNewFor, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    around.saw(&desk, &staff, customer.id, "log an incident");
    let beside = match beside(&mut desk, &asked.incident, &customer).await? {
        Some(Beside::Theirs(id)) => return Ok(theirs(&around, id)),
        Some(Beside::One(incident, _)) => Some(incident),
        None => None,
    };
    let steps = act::open_steps(&mut desk, customer.id).await?;
    let draft = store::incident::draft::find(&mut desk.tx, staff.id, customer.id).await?;
    let kept = draft.as_ref().map(|draft| say::minute_this_year(draft.saved_at, desk.today()));
    let form = match (draft, &beside) {
        (Some(draft), _) => Form::from_pairs(draft.typed),
        (None, Some(incident)) => as_of(&desk, incident, &staff),
        (None, None) => filled_in(&desk, &asked, &steps),
    };
    let page = page(desk, &staff, &around, customer, form, &steps).await?;
    show(&around, &New { kept, ..page })
}

/// Saves it.
pub async fn save(path: paths::IncidentNewFor, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let people = store::staff::list(&mut desk.tx).await?;
    let place = match beside(&mut desk, form.value("incident"), &customer).await? {
        Some(Beside::Theirs(id)) => return Ok(theirs(&around, id)),
        Some(Beside::One(_, place)) => Some(place),
        None => None,
    };
    let steps = act::open_steps(&mut desk, customer.id).await?;
    let has_needs = !store::customer::needs(&mut desk.tx, customer.id).await?.is_empty();
    let Some(report) = read::read(&mut form, &desk, &staff, &people, has_needs) else {
        form.in_order(&IN_ORDER);
        return again(&around, &page(desk, &staff, &around, customer, form, &steps).await?);
    };
    match act::log(&mut desk, &customer, &report, form.yes("another"), place.as_ref()).await {
        Ok(Logged::Now { manager, must_tell }) => {
            let flash =
                Flash::good("Incident saved.", saved(manager.as_deref(), &must_tell.iter().map(|one| one.kind).collect::<Vec<_>>()));
            done(desk, &around, flash, paths::Incident { id: report.id }).await
        }
        Ok(Logged::Before(id)) => {
            let flash = Flash::note("Saved already.", "This incident was saved before, so it was not saved again.");
            Ok(lead_on(&around, flash, paths::Incident { id }))
        }
        Ok(Logged::Perhaps(alike)) => {
            if alike.id == report.id {
                form.set("id", desk.new_id::<IncidentId>());
            }
            form.wrong("another", "Say whether this is another incident");
            let page = page(desk, &staff, &around, customer, form, &steps).await?;
            again(&around, &New { alike: Some(alike), ..page })
        }
        Err(error) => {
            refusals(error, &mut form)?;
            form.in_order(&IN_ORDER);
            again(&around, &page(desk, &staff, &around, customer, form, &steps).await?)
        }
    }
}

/// The incident this one is logged beside, where it names one.
async fn beside(desk: &mut Desk, typed: &str, customer: &Head) -> Result<Option<Beside>, Fault> {
    if typed.is_empty() {
        return Ok(None);
    }
    let id: IncidentId = found(typed.parse().ok())?;
    Ok(Some(act::together::beside(desk, id, customer.id).await?))
}

/// There is one for them: nobody needs two.
fn theirs(around: &Around, id: IncidentId) -> Response {
    lead_on(around, Flash::note("Logged already.", "This ⟦customer⟧ has an incident of their own in it."), paths::Incident { id })
}

fn saved(manager: Option<&str>, must_tell: &[TaskKind]) -> String {
    let who = manager.unwrap_or("A manager");
    let mut text = format!("{who} has been told.");
    if must_tell.contains(&TaskKind::Police) {
        text += " The police have to be told too: that is on the same worklist for today.";
    }
    text
}

/// What the system knows, and nothing else: when, how, what was pressed during the contact, and who logs it.
fn filled_in(desk: &Desk, asked: &Asked, steps: &[StepLine]) -> Form {
    let began = days::local(steps.first().map_or(desk.now, |step| step.at));
    let mut form = Form::blank()
        .with("id", desk.new_id::<IncidentId>())
        .with("channel", &asked.channel)
        .with("date", began.format("%Y-%m-%d"))
        .with("time", began.format("%H:%M"))
        .with("affected", "me");
    for step in steps {
        form = match step.step {
            0 => form.with("done", "ended"),
            number => form.with("warned", number),
        };
    }
    form
}

/// What is the same for everybody who took part: when, how, what about and who was affected. What this one did is asked anew.
fn as_of(desk: &Desk, incident: &Incident, staff: &Staff) -> Form {
    let began = days::local(incident.happened_at);
    let form = Form::blank()
        .with("id", desk.new_id::<IncidentId>())
        .with("incident", incident.id)
        .with("channel", &incident.channel)
        .with("date", began.format("%Y-%m-%d"))
        .with("time", began.format("%H:%M"))
        .with("about", &incident.about);
    let form = incident.effects.iter().fold(form, |form, effect| form.with("effects", effect));
    let is_me = |staff_id: &Option<StaffId>| *staff_id == Some(staff.id);
    let form = if incident.people.iter().any(|one| is_me(&one.staff)) { form.with("affected", "me") } else { form };
    let colleague = incident.people.iter().find(|one| one.staff.is_some() && !is_me(&one.staff));
    let outside = incident.people.iter().find(|one| one.staff.is_none());
    let form = if colleague.or(outside).is_some() { form.with("affected", "else") } else { form };
    let form = match colleague.and_then(|one| one.staff) {
        Some(id) => form.with("colleague", id),
        None => form,
    };
    match outside {
        Some(one) => form.with("name", &one.name).with("kind", &one.kind),
        None => form,
    }
}

async fn page(mut desk: Desk, staff: &Staff, around: &Around, customer: Head, form: Form, steps: &[StepLine]) -> Result<New, Fault> {
    let needs = store::customer::needs(&mut desk.tx, customer.id).await?;
    let titles: Vec<&str> = needs.iter().filter_map(|line| need::NeedKind::from_key(&line.kind)).map(need::NeedKind::title).collect();
    let people = store::staff::list(&mut desk.tx).await?;
    let (_, policy) = desk.policy_for(customer.id).await?;
    let offered = Offered::of(&policy, staff, &people, steps);
    let frame = menu::frame(&desk, staff, around).with_form(&form);
    let beside = form.value("incident").parse().ok();
    Ok(New { beside, frame, form, customer, policy, offered, needs: say::list(&titles).to_lowercase(), kept: None, alike: None })
}

/// The fields as they stand on the page.
const IN_ORDER: [&str; 24] = [
    "another",
    "channel",
    "date",
    "time",
    "about",
    "behaviours",
    "what",
    "effects",
    "affected",
    "colleague",
    "name",
    "kind",
    "harm",
    "threats",
    "police",
    "dangers",
    "warned",
    "done",
    "fewer",
    "told",
    "not_told",
    "adjusted",
    "harder",
    "support",
];
