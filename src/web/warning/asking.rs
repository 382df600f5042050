//! A step to which others agree first: keeping what was written, and writing it again.

use super::new::{form_name, once_more};
use crate::casework::desk::{Desk, Staff};
use crate::casework::warning::request::{self, Asked};
use crate::casework::warning::{Case, Giving, Way};
use crate::http::answer::{done, lead_on, refusals};
use crate::http::cookie::Flash;
use crate::http::desk::Around;
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::days;
use crate::rules::id::WarningId;
use crate::rules::policy::{Policy, Stage};
use crate::rules::warning_request::Wording;
use crate::store;
use crate::store::customer::Head;
use crate::store::warning_request::Request;

/// The stages of those who agree before the step is given, where it waits for that.
pub(super) fn agreed<'a>(policy: &'a Policy, giving: &Giving) -> Option<&'a [Stage]> {
    policy.ladder.step(&giving.step)?.agreed_by.as_ref().map(|stages| &***stages)
}

/// Keeps it until others have agreed, and asks them.
pub(super) async fn ask(
    mut desk: Desk,
    staff: &Staff,
    around: &Around,
    (customer, case, ways): (Head, Case, Vec<Way>),
    giving: &Giving,
    mut form: Form,
) -> Answered {
    let again = form.value("again").parse::<WarningId>().ok();
    let to = paths::WarningRequest { id: giving.id };
    match request::ask(&mut desk, &customer, &case, giving, again).await {
        Ok(Asked::Now) => {
            let name = form_name(&customer, &case, form.value("step"), form.value("form"));
            store::form_draft::remove(&mut desk.tx, staff.id, &name).await?;
            done(desk, around, Flash::good("Saved.", "It waits for others to agree. Nothing was given yet."), to).await
        }
        Ok(Asked::Before) => {
            Ok(lead_on(around, Flash::note("Saved already.", "This was asked for before, so it was not asked again."), to))
        }
        Err(error) => {
            refusals(error, &mut form)?;
            once_more(&mut desk, staff, around, customer, &case, &ways, form).await
        }
    }
}

/// The one that is written again, once it has ended.
pub(super) async fn earlier(desk: &mut Desk, customer: &Head, id: &str) -> Result<Option<Request>, Fault> {
    let Ok(id) = id.parse::<WarningId>() else { return Ok(None) };
    Ok(store::warning_request::find(&mut desk.tx, id).await?.filter(|one| one.customer == customer.id && one.ended_at.is_some()))
}

/// What is known: today, and the day of the incident; and what was written before, where it is written again.
pub(super) async fn filled_in(desk: &mut Desk, case: &Case, customer: &Head, again: &str) -> Result<Form, Fault> {
    let form = blank(desk, case);
    let Some(before) = earlier(desk, customer, again).await? else { return Ok(form) };
    let form = form.with("again", before.id);
    Ok(match before.wording.0 {
        Wording::Spoken { words } => form.with("words", words),
        Wording::Within { passage } => form.with("passage", passage),
        Wording::Written { on, what, why, ask, putting_right, told_us } => {
            let letter = [("what", what), ("why", why), ("ask", ask), ("putting_right", putting_right), ("told_us", told_us)];
            let dated = Form::blank().with("id", form.value("id")).with("again", before.id).with("happened_on", on);
            letter.into_iter().fold(dated, |form, (name, words)| form.with(name, words))
        }
    })
}

/// What is known: today, and the day of the incident.
fn blank(desk: &Desk, case: &Case) -> Form {
    let now = days::local(desk.now);
    let happened = case.incident.as_ref().map(|one| days::day_of(one.happened_at));
    let form = Form::blank().with("id", desk.new_id::<WarningId>()).with("date", now.format("%Y-%m-%d")).with("time", now.format("%H:%M"));
    let side = case.incident.as_ref().and_then(|one| one.customers_side.clone()).unwrap_or_default();
    match happened {
        Some(day) => form.with("happened_on", day).with("told_us", side),
        None => form,
    }
}
