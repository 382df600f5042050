//! How a result becomes a response: a page, the same page again with what was wrong, or a redirect.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::cookie::Flash;
use super::desk::Around;
use super::fault::{Answered, Fault};
use crate::casework::desk::Desk;
use crate::rules::own_words;
use crate::store;

/// Shows a page. The message left before is shown once.
pub fn show(around: &Around, page: &impl Template) -> Answered {
    with_status(around, StatusCode::OK, page)
}

/// Shows the form again, with everything typed and what was wrong.
pub fn again(around: &Around, page: &impl Template) -> Answered {
    with_status(around, StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Shows what changed meanwhile, with everything typed.
pub fn stale(around: &Around, page: &impl Template) -> Answered {
    with_status(around, StatusCode::CONFLICT, page)
}

fn with_status(around: &Around, status: StatusCode, page: &impl Template) -> Answered {
    let mut response = (status, Html(own_words::in_page(page.render()?, &around.policy))).into_response();
    if around.flash.is_some()
        && let Ok(value) = Flash::shown().to_string().parse()
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// Makes everything true at once, then leads on with a message. What was kept of the form as a draft is forgotten with it.
pub async fn done(mut desk: Desk, around: &Around, flash: Flash, to: impl std::fmt::Display) -> Answered {
    if let Ok(staff) = desk.staff().map(|staff| staff.id) {
        store::form_draft::remove(&mut desk.tx, staff, &around.path).await?;
    }
    desk.commit().await?;
    around.kit.post.notify_one();
    Ok(lead_on(around, flash, to))
}

/// Leads on with a message, where nothing was to be saved.
pub fn lead_on(around: &Around, flash: Flash, to: impl std::fmt::Display) -> Response {
    let mut response = see_other(to);
    if let Some(value) = flash.cookie(&around.kit.key).and_then(|cookie| cookie.to_string().parse().ok()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// 303 to an address of ours.
pub fn see_other(to: impl std::fmt::Display) -> Response {
    Redirect::to(&to.to_string()).into_response()
}

/// The refusals of an act beside their fields; anything else is a fault of the whole request.
pub fn refusals(error: crate::casework::Error, form: &mut super::form::Form) -> Result<(), Fault> {
    match error {
        crate::casework::Error::Refused(refusals) => {
            for refusal in refusals {
                form.wrong(&refusal.field, &refusal.sentence);
            }
            Ok(())
        }
        other => Err(other.into()),
    }
}
