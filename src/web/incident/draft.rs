//! What is typed about an incident, kept until it is logged: by a button, and by the script every few seconds.

use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::casework::found;
use crate::http::answer::{done, lead_on};
use crate::http::cookie::Flash;
use crate::http::desk::Posted;
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::id::IncidentId;
use crate::store;

/// Says that the script sent it, which shows no page.
const QUIET: &str = "quiet";

/// Keeps it.
pub async fn keep(path: paths::IncidentDraft, Posted { mut desk, staff, form, around }: Posted) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let incident = form.value("id").parse::<IncidentId>().ok().map(|id| id.0);
    let typed: Vec<(String, String)> = form.pairs().iter().filter(|(name, _)| name != QUIET).cloned().collect();
    let now = desk.now;
    let is_kept = store::incident::draft::save(&mut desk.tx, staff.id, customer.id, incident, &typed, now).await?;
    if form.has(QUIET, "1") {
        desk.commit().await?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let to = paths::IncidentNewFor { customer: path.customer };
    match is_kept {
        true => {
            done(desk, &around, Flash::good("Kept as a draft.", "It is on My work, for you alone, until you save the incident."), to).await
        }
        false => Ok(lead_on(&around, Flash::note("Saved already.", "This incident was saved before, so there is nothing to keep."), to)),
    }
}

/// Throws it away.
pub async fn throw_away(path: paths::IncidentDraftEnd, Posted { mut desk, staff, around, .. }: Posted) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    store::incident::draft::remove(&mut desk.tx, staff.id, customer.id).await?;
    let to = paths::IncidentNewFor { customer: path.customer };
    done(desk, &around, Flash::note("Draft thrown away.", "Nothing of it is kept."), to).await
}
