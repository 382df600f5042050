//! Check before contact: find the customer. What was typed never reaches an address.

use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::frame::Frame;
use super::menu;
use crate::casework::search::{self, Found};
use crate::http::answer::{again, lead_on, see_other, show};
use crate::http::cookie::{Flash, Lookup};
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{CASEWORK, Doors};
use crate::http::fault::Answered;
use crate::http::form::Form;
use crate::http::paths::{self, Ref};
use crate::rules::answer::Rulebook;
use crate::rules::say;
use crate::rules::search::Query;
use crate::store::customer_search::Match;

/// The lookup and what it finds.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Check, _>(CASEWORK, index)
        .act::<paths::Check, _>(CASEWORK, look)
        .page::<paths::CheckResults, _>(CASEWORK, results)
}

#[derive(Template)]
#[template(path = "check/index.html")]
struct Index {
    frame: Frame,
    form: Form,
}

async fn index(_: paths::Check, Reading { desk, staff, around }: Reading) -> Answered {
    show(&around, &Index { frame: menu::frame(&desk, &staff, &around), form: Form::blank() })
}

/// So many characters lead straight to the one who matches. Fewer may be a slip: the list asks first, and opens no record.
const SURE: usize = 3;

async fn look(_: paths::Check, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let query = Query::read(form.value("q"));
    if query.is_empty() {
        let is_blank = form.is_blank("q");
        form.wrong("q", if is_blank { "Enter a name, phone number, postcode or tenancy" } else { "Use letters or digits" });
        let frame = menu::frame(&desk, &staff, &around).with_form(&form);
        return again(&around, &Index { frame, form });
    }
    let found = search::search(&mut desk, &query).await?;
    Ok(match &found.matches[..] {
        [only] if form.value("q").trim().chars().count() >= SURE => to_contact(&around, only, found.is_near),
        _ => to_results(&around, form.value("q")),
    })
}

fn to_contact(around: &Around, only: &Match, is_near: bool) -> Response {
    let contact = paths::Contact { customer: Ref(only.reference.clone()) };
    match is_near {
        true => lead_on(around, Flash::note("Nearest spelling.", "Nobody is spelt quite so. Check the name and address first."), contact),
        false => see_other(contact),
    }
}

fn to_results(around: &Around, typed: &str) -> Response {
    let mut response = see_other(paths::CheckResults {});
    let typed: String = typed.chars().take(200).collect();
    if let Some(value) = Lookup::cookie(&around.kit.key, &typed).and_then(|cookie| cookie.to_string().parse().ok()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

#[derive(Template)]
#[template(path = "check/results.html")]
struct Results {
    frame: Frame,
    form: Form,
    heading: String,
    lead: String,
    /// The landlord's word for the state of a customer with limits.
    limited: String,
    matches: Vec<Row>,
}

/// One match: enough to be sure who it is.
struct Row {
    href: paths::Contact,
    name: String,
    address: String,
    tenancy: String,
    phone_ends: String,
    is_limited: bool,
    is_suspended: bool,
}

async fn results(_: paths::CheckResults, headers: HeaderMap, Reading { mut desk, staff, around }: Reading) -> Answered {
    let Some(typed) = Lookup::of(&headers, &around.kit.key) else { return Ok(see_other(paths::Check {})) };
    let found = search::search(&mut desk, &Query::read(&typed)).await?;
    let page = Results {
        frame: menu::frame(&desk, &staff, &around),
        form: Form::blank().with("q", &typed),
        heading: heading(&found),
        lead: lead(&found, typed.trim()),
        limited: Rulebook::of(&desk.policy).limited,
        matches: found.matches.into_iter().take(SHOWN).map(Row::of).collect(),
    };
    show(&around, &page)
}

const SHOWN: usize = 20;

fn heading(found: &Found) -> String {
    match (found.matches.len(), found.is_near) {
        (0, _) => "Nobody matches".to_owned(),
        (many, _) if many > SHOWN => "More than 20 ⟦customers⟧ match".to_owned(),
        (many, true) => say::count_first(many, "name comes close", "names come close"),
        (many, false) => say::count_first(many, "⟦customer⟧ matches", "⟦customers⟧ match"),
    }
}

fn lead(found: &Found, typed: &str) -> String {
    match (found.matches.len(), found.is_near) {
        (0, _) => format!("You typed “{typed}”. Check the spelling, or try a phone number, a postcode or part of the name."),
        (many, _) if many > SHOWN => "Add a first name, a house number or a postcode to find the right one.".to_owned(),
        (_, true) => format!("Nobody is called “{typed}”. Ask for the address to be sure who it is."),
        (_, false) => "Ask for the address, or the end of the phone number, to be sure who it is.".to_owned(),
    }
}

impl Row {
    fn of(found: Match) -> Self {
        let place = [&found.town, &found.postcode].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        let address = [found.line1.unwrap_or_default(), place];
        Self {
            href: paths::Contact { customer: Ref(found.reference) },
            name: format!("{} {}", found.given, found.family),
            address: address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            tenancy: found.tenancy_ref.unwrap_or_default(),
            phone_ends: found.phone_ends.unwrap_or_default(),
            is_limited: found.is_limited,
            is_suspended: found.is_suspended,
        }
    }
}
