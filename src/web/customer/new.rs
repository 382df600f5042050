//! Add a customer. Those who may be the same person are shown before anything is saved.

use askama::Template;

use super::details::{Choices, FORMATS, read};
use crate::casework::customer::{self, Added};
use crate::casework::desk::{Desk, Staff};
use crate::http::answer::{again, done, lead_on, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{Doors, LOGGING};
use crate::http::fault::Answered;
use crate::http::form::Form;
use crate::http::paths::{self, Ref};
use crate::rules::answer::Pronoun;
use crate::rules::id::CustomerId;
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
    choices: Choices,
    /// Those who may be the same person.
    alike: Vec<Match>,
}

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
    New { frame: menu::frame(desk, staff, around).with_form(&form), form, choices: Choices::of(&desk.policy), alike }
}

async fn save(_: paths::CustomerNew, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let Some(customer) = read(&mut form, &desk.policy) else { return again(&around, &page(&desk, &staff, &around, form, Vec::new())) };
    match customer::add(&mut desk, &customer).await? {
        Added::New(reference) => {
            let to = paths::Customer { customer: Ref(reference) };
            done(desk, &around, Flash::good("⟦Customer⟧ added.", "They can be found by name, phone, postcode and tenancy at once."), to)
                .await
        }
        Added::Already(reference) => Ok(lead_on(
            &around,
            Flash::note("Saved already.", "This ⟦customer⟧ is on record once."),
            paths::Customer { customer: Ref(reference) },
        )),
        Added::Perhaps(alike) => {
            form.wrong("anyway", "Say whether this is one of the ⟦customers⟧ on record");
            again(&around, &page(&desk, &staff, &around, form, alike))
        }
    }
}
