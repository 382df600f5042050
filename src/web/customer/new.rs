//! Add a customer. Those who may be the same person are shown before anything is saved.

use askama::Template;

use crate::casework::customer::{self, Added, Customer};
use crate::casework::desk::{Desk, Staff};
use crate::http::answer::{again, done, lead_on, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{Doors, LOGGING};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths::{self, Ref};
use crate::rules::answer::Pronoun;
use crate::rules::id::CustomerId;
use crate::rules::policy::Policy;
use crate::rules::text::{Email, Line, PersonName, Phone, Postcode, Reference};
use crate::store::customer_search::Match;
use crate::web::frame::Frame;
use crate::web::menu;

/// The form and its answer.
pub fn doors() -> Doors {
    Doors::new().page::<paths::CustomerNew, _>(LOGGING, blank).act::<paths::CustomerNew, _>(LOGGING, save)
}

#[derive(Template)]
#[template(path = "customer/new.html")]
struct New {
    frame: Frame,
    form: Form,
    pronouns: Vec<Choice>,
    subjects: Vec<Choice>,
    formats: Vec<Choice>,
    /// Those who may be the same person.
    alike: Vec<Match>,
}

const FORMATS: [(&str, &str); 3] = [("standard", "Standard, 12 point"), ("large-print", "Large print, 18 point"), ("plain-text", "Plain text")];

async fn blank(_: paths::CustomerNew, Reading { desk, staff, around }: Reading) -> Answered {
    let first = desk.policy.people.subjects.first().map(|kind| kind.key.clone()).unwrap_or_default();
    let form = Form::blank()
        .with("id", desk.new_id::<CustomerId>())
        .with("pronoun", Pronoun::They.key())
        .with("subject", first)
        .with("letter_format", FORMATS[0].0);
    show(&around, &page(&desk, &staff, &around, form, Vec::new()))
}

fn page(desk: &Desk, staff: &Staff, around: &Around, form: Form, alike: Vec<Match>) -> New {
    let subjects = desk.policy.people.subjects.iter();
    New {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        pronouns: Pronoun::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
        subjects: subjects.map(|kind| Choice::new(kind.key.clone(), kind.title.clone())).collect(),
        formats: FORMATS.iter().map(|(key, title)| Choice::new(*key, *title)).collect(),
        alike,
    }
}

async fn save(_: paths::CustomerNew, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let Some(customer) = read(&mut form, &desk.policy) else { return again(&around, &page(&desk, &staff, &around, form, Vec::new())) };
    match customer::add(&mut desk, &customer).await? {
        Added::New(reference) => {
            let to = paths::Customer { customer: Ref(reference) };
            done(desk, &around, Flash::good("Customer added.", "They can be found by name, phone, postcode and tenancy at once."), to).await
        }
        Added::Already(reference) => {
            Ok(lead_on(&around, Flash::note("Saved already.", "This customer is on record once."), paths::Customer { customer: Ref(reference) }))
        }
        Added::Perhaps(alike) => {
            form.wrong("anyway", "Say whether this is one of the customers on record");
            again(&around, &page(&desk, &staff, &around, form, alike))
        }
    }
}

fn read(form: &mut Form, policy: &Policy) -> Option<Customer> {
    let id = form.text("id", |typed| typed.parse::<CustomerId>().map_err(|_| "Open this page again, something in it was lost"));
    let title = form.optional("title", Line::parse);
    let given = form.text("given", |typed| PersonName::parse(typed).map_err(|fault| or_empty(typed, "Enter a first name", &fault)));
    let family = form.text("family", |typed| PersonName::parse(typed).map_err(|fault| or_empty(typed, "Enter a family name", &fault)));
    let pronouns = Pronoun::ALL.iter().map(|one| (one.key(), *one)).collect::<Vec<_>>();
    let pronoun = form.choice("pronoun", &pronouns, "Choose he, she or they");
    let subjects: Vec<(&str, &str)> = policy.people.subjects.iter().map(|kind| (kind.key.as_str(), kind.key.as_str())).collect();
    let subject = form.choice("subject", &subjects, "Choose who they are to us");
    let tenancy = form.optional("tenancy_ref", Reference::parse);
    let line1 = form.optional("line1", Line::parse);
    let town = form.optional("town", Line::parse);
    let postcode = form.optional("postcode", Postcode::parse);
    let phone = form.optional("phone", Phone::parse);
    let email = form.optional("email", Email::parse);
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
        tenancy: tenancy?,
        line1: line1?.map(|line| line.to_string()),
        town: town?.map(|town| town.to_string()),
        postcode: postcode?,
        phone: phone?,
        email: email?,
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
