//! Beginning a proposal from a customer's page or an incident; and what it takes to leave an earlier step out.

use askama::Template;

use super::frame;
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::casework::proposal::{self, Begun, Opening, Skip};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::{IncidentId, RestrictionId};
use crate::store;
use crate::store::customer::Head;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "proposal/begin.html")]
struct Begin {
    frame: Frame,
    form: Form,
    heading: String,
    because: String,
    customer: paths::Customer,
    name: String,
    reference: String,
    id: String,
    incident: String,
    skip: Option<Skip>,
    reasons: Vec<Choice>,
}

pub(super) async fn begin(_: paths::Proposals, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, form.value("customer").trim()).await?)?;
    let id: RestrictionId = form.value("id").parse().unwrap_or_else(|_| desk.new_id());
    let incident: Option<IncidentId> = form.value("incident").parse().ok();
    let skip = form.value("skip").to_owned();
    let opening =
        Opening { id, customer: customer.id, incident, skip: (!skip.is_empty()).then(|| (skip, form.value("because").trim().to_owned())) };
    match proposal::open(&mut desk, &opening).await {
        Ok(Begun::Now(id)) => {
            let flash = Flash::good("Proposal begun.", "Nothing changes for the ⟦customer⟧ until somebody else approves it.");
            done(desk, &around, flash, paths::Proposal { id }).await
        }
        Ok(Begun::Before(id)) => {
            let flash = Flash::note("There is a proposal already.", "This is the one for this ⟦customer⟧.");
            Ok(lead_on(&around, flash, paths::Proposal { id }))
        }
        Err(error) => {
            let is_asked = form.has("asked", "yes");
            refusals(error, &mut form)?;
            let form = if is_asked { form } else { clean(&form) };
            let page = page(&mut desk, &staff, &around, form, &customer, &opening).await?;
            // A question that was not asked before is no error.
            if is_asked || page.skip.is_none() { again(&around, &page) } else { show(&around, &page) }
        }
    }
}

/// Seen for the first time, the page asks; only what was answered can be wrong.
fn clean(form: &Form) -> Form {
    ["id", "customer", "incident"].into_iter().fold(Form::blank(), |blank, name| blank.with(name, form.value(name)))
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, form: Form, customer: &Head, opening: &Opening) -> Result<Begin, Fault> {
    let outlook = proposal::outlook(desk, customer.id, opening.incident).await?;
    let heading = match &outlook.skip {
        Some(skip) => format!("Leave out {}?", skip.titles),
        None => "This cannot be proposed yet".to_owned(),
    };
    let reasons = outlook.skip.iter().flat_map(|skip| &skip.reasons).map(|(key, say)| Choice::new(key, say)).collect();
    Ok(Begin {
        frame: frame(desk, staff, around, &form),
        form,
        heading,
        because: outlook.because,
        customer: paths::Customer { customer: paths::Ref(customer.reference.clone()) },
        name: customer.full_name(),
        reference: customer.reference.clone(),
        id: opening.id.to_string(),
        incident: opening.incident.map(|incident| incident.to_string()).unwrap_or_default(),
        skip: outlook.skip,
        reasons,
    })
}
