//! What a customer is asked to sign before a restriction ends: its words, and that it was signed.

use askama::Template;

use super::appeal::paragraphs;
use super::frame::Frame;
use super::menu;
use crate::casework::desk::{Desk, Staff};
use crate::casework::{Error, found, undertaking as act};
use crate::http::answer::{again, done, refusals, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{CASEWORK, Doors, MANAGING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::id::{RestrictionId, UndertakingId};
use crate::rules::{days, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::undertaking::Undertaking;

/// The page, and the record that it was signed.
pub fn doors() -> Doors {
    Doors::new().page::<paths::Undertaking, _>(CASEWORK, page).act::<paths::Undertaking, _>(MANAGING, sign)
}

#[derive(Template)]
#[template(path = "undertaking/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    id: UndertakingId,
    restriction: RestrictionId,
    customer: Head,
    word: String,
    heading: String,
    words: Vec<String>,
    facts: Vec<(&'static str, String)>,
    is_open: bool,
    may_record: bool,
}

impl Show {
    fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}

async fn page(path: paths::Undertaking, Reading { mut desk, staff, around }: Reading) -> Answered {
    let form = Form::blank().with("signed_on", desk.today());
    let page = shown(&mut desk, &staff, &around, path.id, form).await?;
    around.saw(&desk, &staff, page.customer.id, "undertaking");
    show(&around, &page)
}

async fn sign(path: paths::Undertaking, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let on = form.date("signed_on", "Enter the day it was signed");
    let before = shown(&mut desk, &staff, &around, path.id, form.clone()).await?;
    let Some(on) = on else { return again(&around, &before.with(form)) };
    match act::signed(&mut desk, path.id, on).await {
        Ok(letter) => {
            let flash =
                Flash::good("Signed, and ended.", "Contact is as it was, from this minute. The letter that says so is ready to send.");
            done(desk, &around, flash, paths::Letter { id: letter }).await
        }
        Err(Error::Changed(sentence)) => {
            form.refuse(sentence);
            stale(&around, &before.with(form))
        }
        Err(error) => {
            refusals(error, &mut form)?;
            again(&around, &before.with(form))
        }
    }
}

async fn shown(desk: &mut Desk, staff: &Staff, around: &Around, id: UndertakingId, form: Form) -> Result<Show, Fault> {
    let undertaking = found(store::undertaking::find(&mut desk.tx, id).await?)?;
    let restriction = found(store::restriction::find(&mut desk.tx, undertaking.restriction).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, undertaking.customer).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let name = customer.full_name();
    Ok(Show {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        id,
        restriction: undertaking.restriction,
        word: policy.words.restriction.one.clone(),
        heading: match undertaking.stage.as_str() {
            "asked" => format!("Has {name} signed this?"),
            "signed" => format!("{name} signed this"),
            "not-signed" => format!("{name} did not sign this in time"),
            _ => format!("{name} no longer needs to sign this"),
        },
        words: paragraphs(&undertaking.words),
        facts: facts(&undertaking),
        is_open: undertaking.is_open(),
        may_record: undertaking.is_open() && MANAGING.admits(staff.reach),
        customer,
    })
}

fn facts(undertaking: &Undertaking) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("Asked for", format!("{}, at the review that {} held", say::day(days::day_of(undertaking.asked_at)), undertaking.asked_by)),
        ("To be signed by", say::weekday(undertaking.sign_by)),
    ];
    if let (Some(on), Some(by)) = (undertaking.signed_on, &undertaking.recorded_by) {
        facts.push(("Signed", format!("{}, recorded by {by}", say::day(on))));
    }
    facts
}
