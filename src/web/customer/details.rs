//! Correct what is known of a customer; and the questions that adding one asks too.

use askama::Template;

use crate::casework::customer::{self, Customer};
use crate::casework::desk::{Desk, Staff};
use crate::casework::{Error, found};
use crate::http::answer::{again, done, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{Doors, LOGGING};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::answer::Pronoun;
use crate::rules::id::CustomerId;
use crate::rules::policy::Policy;
use crate::rules::text::{Email, Line, PersonName, Phone, Postcode, Reference, TextError};
use crate::store;
use crate::store::customer::Head;
use crate::web::frame::Frame;
use crate::web::menu;

/// The form and its answer.
pub fn doors() -> Doors {
    Doors::new().page::<paths::CustomerDetails, _>(LOGGING, filled).act::<paths::CustomerDetails, _>(LOGGING, save)
}

/// The ways letters can be made.
pub const FORMATS: [(&str, &str); 3] =
    [("standard", "Standard, 12 point"), ("large-print", "Large print, 18 point"), ("plain-text", "Plain text")];

/// What can be chosen in the form.
pub struct Choices {
    pub pronouns: Vec<Choice>,
    pub subjects: Vec<Choice>,
    /// Nothing where no area has details of its own, and the question is not asked.
    pub areas: Vec<Choice>,
    pub formats: Vec<Choice>,
}

impl Choices {
    /// Those of a landlord.
    pub fn of(policy: &Policy) -> Self {
        let subjects = policy.people.subjects.iter();
        Self {
            areas: policy.areas.iter().map(|area| Choice::new(area.key.clone(), area.title.clone())).collect(),
            pronouns: Pronoun::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
            subjects: subjects.map(|kind| Choice::new(kind.key.clone(), kind.title.clone())).collect(),
            formats: FORMATS.iter().map(|(key, title)| Choice::new(*key, *title)).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "customer/details.html")]
struct Details {
    frame: Frame,
    who: Head,
    form: Form,
    choices: Choices,
}

async fn filled(path: paths::CustomerDetails, Reading { mut desk, staff, around }: Reading) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    around.saw(&desk, &staff, who.id, "details");
    let ways = store::customer_correct::ways(&mut desk.tx, who.id).await?;
    let form = fill(&who, &ways);
    show(&around, &page(&desk, &staff, &around, who, form))
}

fn fill(who: &Head, ways: &store::customer_correct::Ways) -> Form {
    let phones: Vec<String> =
        ways.phones.iter().map(|phone| Phone::parse(phone).map_or(phone.clone(), |phone| phone.to_string())).collect();
    let or_none = |value: &Option<String>| value.clone().unwrap_or_default();
    Form::blank()
        .with("id", who.id)
        .with("version", who.version)
        .with("title", or_none(&who.title))
        .with("given", &who.given)
        .with("family", &who.family)
        .with("pronoun", &who.pronoun)
        .with("subject", &who.subject)
        .with("area", or_none(&who.area))
        .with("tenancy_ref", or_none(&who.tenancy_ref))
        .with("line1", or_none(&who.line1))
        .with("town", or_none(&who.town))
        .with("postcode", or_none(&who.postcode))
        .with("phone", phones.join(", "))
        .with("email", ways.emails.join(", "))
        .with("letter_format", &who.letter_format)
        .with("language", or_none(&who.language))
}

fn page(desk: &Desk, staff: &Staff, around: &Around, who: Head, form: Form) -> Details {
    Details { frame: menu::frame(desk, staff, around).with_form(&form), who, choices: Choices::of(&desk.policy), form }
}

async fn save(path: paths::CustomerDetails, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    form.set("id", who.id);
    let version = form.value("version").parse().unwrap_or(0);
    let Some(mut customer) = read(&mut form, &desk.policy) else { return again(&around, &page(&desk, &staff, &around, who, form)) };
    if customer.area.is_none() && who.area.as_deref().is_some_and(|area| desk.policy.area(area).is_none()) {
        // It could not be shown: what a version with this area knew is there when another has it again.
        customer.area.clone_from(&who.area);
    }
    match customer::correct(&mut desk, &customer, version).await {
        Ok(()) => {
            let to = paths::Customer { customer: path.customer };
            done(desk, &around, Flash::good("Details saved.", "They can be found under the new ones at once."), to).await
        }
        Err(Error::Changed(sentence)) => {
            form.set("version", who.version);
            form.refuse(format!("{sentence} What you typed is still here. Look at the record, then save again if it should stand."));
            stale(&around, &page(&desk, &staff, &around, who, form))
        }
        Err(error) => Err(error.into()),
    }
}

/// A customer as they were typed; what could not be read is said beside its field.
pub fn read(form: &mut Form, policy: &Policy) -> Option<Customer> {
    let id = form.text("id", |typed| typed.parse::<CustomerId>().map_err(|_| "Open this page again, something in it was lost"));
    let title = form.optional("title", Line::parse);
    let given = form.text("given", |typed| PersonName::parse(typed).map_err(|fault| or_empty(typed, "Enter a first name", &fault)));
    let family = form.text("family", |typed| PersonName::parse(typed).map_err(|fault| or_empty(typed, "Enter a family name", &fault)));
    let pronouns = Pronoun::ALL.iter().map(|one| (one.key(), *one)).collect::<Vec<_>>();
    let pronoun = form.choice("pronoun", &pronouns, "Choose he, she or they");
    let subjects: Vec<(&str, &str)> = policy.people.subjects.iter().map(|kind| (kind.key.as_str(), kind.key.as_str())).collect();
    let subject = form.choice("subject", &subjects, "Choose who they are to us");
    let areas: Vec<(&str, &str)> = policy.areas.iter().map(|area| (area.key.as_str(), area.key.as_str())).collect();
    let area = match form.value("area").is_empty() {
        true => Some(None),
        false => form.choice("area", &areas, "Choose one of the areas, or none").map(Some),
    };
    let tenancy = form.optional("tenancy_ref", Reference::parse);
    let line1 = form.optional("line1", Line::parse);
    let town = form.optional("town", Line::parse);
    let postcode = form.optional("postcode", Postcode::parse);
    let phones = form.text("phone", |typed| several(typed, Phone::parse));
    let emails = form.text("email", |typed| several(typed, Email::parse));
    let formats = FORMATS.map(|(key, _)| (key, key));
    let letter_format = form.choice("letter_format", &formats, "Choose how letters are sent");
    let language = form.optional("language", Line::parse);
    Some(Customer {
        id: id?,
        title: title?.map(|title| title.to_string()),
        given: given?.to_string(),
        family: family?.to_string(),
        pronoun: pronoun?.key().to_owned(),
        subject: subject?.to_owned(),
        area: area?.map(str::to_owned),
        tenancy: tenancy?,
        line1: line1?.map(|line| line.to_string()),
        town: town?.map(|town| town.to_string()),
        postcode: postcode?,
        phones: phones?,
        emails: emails?,
        letter_format: letter_format?.to_owned(),
        language: language?.map(|language| language.to_string()),
        is_somebody_else: form.yes("anyway"),
    })
}

fn or_empty(typed: &str, empty: &str, fault: &impl std::fmt::Display) -> String {
    match typed.is_empty() {
        true => empty.to_owned(),
        false => fault.to_string(),
    }
}

/// Nothing, one, or several with commas between.
fn several<T>(typed: &str, parse: impl Fn(&str) -> Result<T, TextError>) -> Result<Vec<T>, TextError> {
    typed.split([',', ';']).map(str::trim).filter(|one| !one.is_empty()).map(parse).collect()
}
