//! Logging a request to look again: the customer's own words, and which of the policy's grounds they give.

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;

use crate::casework::appeal::Via;
use crate::casework::desk::{Desk, Staff};
use crate::casework::reconsideration::{self, Received};
use crate::casework::{Error, found};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::{ReconsiderationId, RestrictionId};
use crate::rules::policy::Policy;
use crate::rules::text::Narrative;
use crate::rules::{reconsideration as rule, say};
use crate::store;
use crate::store::customer::Head;
use crate::web::appeal::{listed_choices, read_listed, said};
use crate::web::frame::Frame;
use crate::web::menu;

/// Which restriction the request is about.
#[derive(Deserialize)]
pub(super) struct Which {
    restriction: RestrictionId,
}

#[derive(Template)]
#[template(path = "reconsideration/new.html")]
struct New {
    frame: Frame,
    form: Form,
    customer: Head,
    restriction: RestrictionId,
    word: String,
    /// Why none can come now, as a sentence; empty where one can.
    refused: String,
    /// Who answers it and by when, as a sentence.
    answered: String,
    vias: Vec<Choice>,
    /// The policy's grounds, and that none of them fits.
    listed: Vec<Choice>,
}

pub(super) async fn blank(
    _: paths::ReconsiderationNew,
    which: Result<Query<Which>, QueryRejection>,
    Reading { mut desk, staff, around }: Reading,
) -> Answered {
    let Query(Which { restriction }) = which.map_err(|_| Fault::NotFound)?;
    let form =
        Form::blank().with("id", desk.new_id::<ReconsiderationId>()).with("restriction", restriction).with("received_on", desk.today());
    let page = page(&mut desk, &staff, &around, restriction, form).await?;
    around.saw(&desk, &staff, page.customer.id, "reconsideration");
    show(&around, &page)
}

pub(super) async fn create(_: paths::Reconsiderations, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let (Ok(id), Ok(about)) = (form.value("id").parse(), form.value("restriction").parse()) else { return Err(Fault::NotFound) };
    let restriction = found(store::restriction::find(&mut desk.tx, about).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let vias = Via::offered(&mut desk, restriction.customer).await?;
    let received = read(&mut form, id, about, grounds(&policy), &vias);
    let before = page(&mut desk, &staff, &around, about, form.clone()).await?;
    let Some(received) = received else { return again(&around, &before) };
    let to = paths::Reconsideration { id };
    match reconsideration::receive(&mut desk, &received).await {
        Ok(true) => done(desk, &around, saved(), to).await,
        Ok(false) => Ok(lead_on(&around, Flash::note("Saved already.", "This is the one you logged."), to)),
        Err(error @ Error::Refused(_)) => {
            refusals(error, &mut form)?;
            let frame = before.frame.clone().with_form(&form);
            // The summary says it once.
            again(&around, &New { frame, form, refused: String::new(), ..before })
        }
        Err(error) => Err(error.into()),
    }
}

fn saved() -> Flash {
    Flash::good(
        "Request logged.",
        "Whoever may answer it has been told. The letter that says we have it waits under Letters for you to send.",
    )
}

fn grounds(policy: &Policy) -> &[String] {
    policy.challenge.reconsideration.as_ref().map_or(&[], |again| &again.grounds[..])
}

fn read(form: &mut Form, id: ReconsiderationId, restriction: RestrictionId, grounds: &[String], vias: &[Via]) -> Option<Received> {
    let vias: Vec<(&str, Via)> = vias.iter().map(|via| (via.key(), *via)).collect();
    let words =
        form.text("words", |typed| Narrative::parse(typed).map_err(|error| said(typed, &error, "Write down what the ⟦customer⟧ says")));
    let listed = read_listed(form, grounds);
    let on = form.date("received_on", "Enter the day it reached us");
    let via = form.choice("received_via", &vias, "Choose how it reached us");
    Some(Received { id, restriction, on: on?, via: via?, listed: listed?, words: words?.to_string() })
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, id: RestrictionId, form: Form) -> Result<New, Fault> {
    let restriction = found(store::restriction::find(&mut desk.tx, id).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let vias = Via::offered(desk, restriction.customer).await?;
    let refused = reconsideration::refused(desk, &policy, &restriction).await?;
    let answered = policy.challenge.reconsideration.as_ref().map(|again| {
        let by = rule::due(&policy, again, desk.today()).due;
        format!("Logged today, it is answered by {}: {} decides.", say::weekday(by), again.decider.say(&policy.roles))
    });
    Ok(New {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        customer,
        restriction: id,
        word: policy.words.restriction.one.clone(),
        refused: refused.unwrap_or_default(),
        answered: answered.unwrap_or_default(),
        vias: vias.iter().map(|via| Choice::new(via.key(), via.title())).collect(),
        listed: listed_choices(grounds(&policy)),
    })
}
