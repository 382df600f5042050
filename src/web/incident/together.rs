//! Somebody else took part: find them, and log what they did beside what is logged.

use askama::Template;

use crate::casework::desk::{Desk, Staff};
use crate::casework::incident::together as act;
use crate::casework::{found, search};
use crate::http::answer::{again, show};
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths::{self, Ref};
use crate::rules::id::IncidentId;
use crate::rules::search::Query;
use crate::rules::{days, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::customer_search::Match;
use crate::store::incident::Incident;
use crate::store::incident::together::{Of, Other};
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Tag;

/// At most so many are shown.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "incident/together.html")]
struct Find {
    frame: Frame,
    form: Form,
    id: IncidentId,
    customer: Head,
    when: String,
    /// What was found; nothing before anybody was looked for.
    found: Option<Found>,
}

struct Found {
    heading: String,
    rows: Vec<Row>,
}

/// One who may be meant: enough to be sure who it is.
struct Row {
    href: String,
    name: String,
    address: String,
}

/// The page to look for somebody.
pub async fn find(path: paths::IncidentTogether, Reading { mut desk, staff, around }: Reading) -> Answered {
    let page = page(&mut desk, &staff, &around, path.id, Form::blank()).await?;
    around.saw(&desk, &staff, page.customer.id, "incident");
    show(&around, &page)
}

/// Whom it finds. What was typed never reaches an address.
pub async fn look(path: paths::IncidentTogether, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let query = Query::read(form.value("q"));
    if query.is_empty() {
        let is_blank = form.is_blank("q");
        form.wrong("q", if is_blank { "Enter a name, phone number, postcode or tenancy" } else { "Use letters or digits" });
        return again(&around, &page(&mut desk, &staff, &around, path.id, form).await?);
    }
    let page = page(&mut desk, &staff, &around, path.id, form).await?;
    let found = search::search(&mut desk, &query).await?;
    let is_near = found.is_near;
    let others: Vec<Match> = found.matches.into_iter().filter(|one| one.id != page.customer.id).take(SHOWN).collect();
    let heading = match (others.len(), is_near) {
        (0, _) => "Nobody else matches".to_owned(),
        (many, true) => say::count_first(many, "name comes close", "names come close"),
        (many, false) => say::count_first(many, "⟦customer⟧ matches", "⟦customers⟧ match"),
    };
    let rows = others.into_iter().map(|one| Row::of(one, path.id)).collect();
    show(&around, &Find { found: Some(Found { heading, rows }), ..page })
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, id: IncidentId, form: Form) -> Result<Find, Fault> {
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    act::may(desk)?;
    let customer = found(store::customer::get(&mut desk.tx, incident.customer).await?)?;
    let frame = menu::frame(desk, staff, around).with_form(&form);
    Ok(Find { frame, form, id, customer, when: say::minute(incident.happened_at), found: None })
}

impl Row {
    fn of(found: Match, incident: IncidentId) -> Self {
        let place = [&found.town, &found.postcode].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        let address = [found.line1.unwrap_or_default(), place];
        let new = paths::IncidentNewFor { customer: Ref(found.reference) };
        Self {
            href: format!("{new}?incident={incident}"),
            name: format!("{} {}", found.given, found.family),
            address: address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Somebody else of the event, as a page beside theirs shows them.
pub struct Beside {
    pub href: String,
    pub name: String,
    pub tag: Tag,
    /// Who decided, when and why; empty while it waits.
    pub decided: String,
}

/// Everybody else who took part in an incident, with what was decided for each.
pub async fn of(desk: &mut Desk, incident: &Incident) -> Result<Vec<Beside>, Fault> {
    let others = store::incident::together::others(&mut desk.tx, Of::Incident(incident.id)).await?;
    Ok(others.into_iter().map(beside).collect())
}

fn beside(other: Other) -> Beside {
    let decided = match (&other.decided_by, other.decided_at) {
        (Some(by), Some(at)) => {
            format!("{by}, {}: {}", say::day(days::day_of(at)), say::finished(other.reasons.as_deref().unwrap_or_default()))
        }
        _ => String::new(),
    };
    Beside {
        href: paths::Incident { id: other.incident }.to_string(),
        name: other.full_name(),
        tag: super::show::stage_tag(other.outcome.as_deref()),
        decided,
    }
}

/// A link for each other person of these events, each once: "Leanne Silva", and where their incident is.
pub async fn links(desk: &mut Desk, of: Of) -> Result<Vec<(String, String)>, Fault> {
    let others = store::incident::together::others(&mut desk.tx, of).await?;
    let mut seen = std::collections::BTreeSet::new();
    let once = others.into_iter().filter(|other| seen.insert(other.reference.clone()));
    Ok(once.map(|other| (paths::Incident { id: other.incident }.to_string(), other.full_name())).collect())
}
