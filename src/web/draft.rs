//! What is typed in a long form, kept by the script every few seconds until the form is sent, for whoever types it alone.

use std::fmt::Display;

use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::signin::nearest_page;
use crate::casework::desk::Desk;
use crate::http::answer::done;
use crate::http::cookie::Flash;
use crate::http::desk::Posted;
use crate::http::doors::{Doors, Who};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::say;
use crate::store;

/// Which form a draft is of, as it is posted with it.
const FORM: &str = "draft";
/// The longest address of a form.
const LONGEST: usize = 300;
/// What the page itself puts into a form, and no draft changes: which record it is about, and how that stood when it was opened.
const OF_THE_PAGE: [&str; 6] = ["version", "restriction_version", "stage", "id", "quiet", FORM];

/// Keeping what is typed, and throwing it away.
pub fn doors() -> Doors {
    Doors::new().act::<paths::Draft, _>(Who::SignedIn, keep).act::<paths::DraftEnd, _>(Who::SignedIn, throw_away)
}

/// What is kept of a form, for `part/draft.html`.
#[derive(Debug)]
pub struct Kept {
    /// Which form it is.
    pub(in crate::web) form: String,
    /// When it was kept; empty where nothing is.
    pub(in crate::web) since: String,
}

impl Kept {
    /// A form of which nothing is kept, or nothing more than it shows.
    pub(in crate::web) fn nothing(form: impl Display) -> Self {
        Self { form: form.to_string(), since: String::new() }
    }
}

/// A form as it opens, with what its reader had typed laid over it.
pub(in crate::web) async fn laid_over(desk: &mut Desk, name: impl Display, form: Form) -> Result<(Form, Kept), Fault> {
    let (staff, kept) = (desk.staff()?.id, Kept::nothing(name));
    let Some(draft) = store::form_draft::find(&mut desk.tx, staff, &kept.form).await? else { return Ok((form, kept)) };
    let is_pages = |pair: &(String, String)| OF_THE_PAGE.contains(&pair.0.as_str());
    let pages = form.pairs().iter().filter(|pair| is_pages(pair)).cloned();
    let typed = draft.typed.into_iter().filter(|pair| !is_pages(pair));
    let since = say::minute_this_year(draft.saved_at, desk.today());
    Ok((Form::from_pairs(pages.chain(typed).collect::<Vec<_>>()), Kept { since, ..kept }))
}

/// Which form it is, if it is one of ours.
fn named(form: &Form) -> Result<String, Fault> {
    let name = form.value(FORM);
    let is_ours = name.len() <= LONGEST && nearest_page(name).is_some();
    is_ours.then(|| name.to_owned()).ok_or(Fault::Bad(StatusCode::BAD_REQUEST, "It does not say which form it is a draft of."))
}

async fn keep(_: paths::Draft, Posted { mut desk, staff, form, .. }: Posted) -> Answered {
    let name = named(&form)?;
    let typed: Vec<(String, String)> = form.pairs().iter().filter(|(name, _)| !OF_THE_PAGE.contains(&name.as_str())).cloned().collect();
    let now = desk.now;
    store::form_draft::save(&mut desk.tx, staff.id, &name, &typed, now).await?;
    desk.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn throw_away(_: paths::DraftEnd, Posted { mut desk, staff, form, around }: Posted) -> Answered {
    let name = named(&form)?;
    store::form_draft::remove(&mut desk.tx, staff.id, &name).await?;
    let to = nearest_page(&name).unwrap_or_else(|| paths::MyWork {}.to_string());
    done(desk, &around, Flash::note("Draft thrown away.", "Nothing of it is kept."), to).await
}
