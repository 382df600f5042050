//! Everything that can go wrong with a request, as one plain page with the right status.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::casework;
use crate::rules::own_words;
use crate::store;

/// Why a request did not end as asked.
#[derive(Debug)]
pub enum Fault {
    /// Nobody is signed in; they come back to this address afterwards. `lost` where a sign-in ended before what was sent could be saved.
    SignedOut { back: Option<String>, lost: bool },
    /// No such page or record here, or another landlord's.
    NotFound,
    /// This person may not; the sentence says who can.
    Forbidden(String),
    /// Somebody else changed it first; the sentence says what it is now.
    Changed(String),
    /// The request cannot be understood, and why.
    Bad(StatusCode, &'static str),
    /// The policy says no, where there is no form to show it beside.
    Refused(Vec<casework::Refusal>),
    /// A bug or an outage.
    Broken(String),
    /// The database does not answer: the page shows what to do without it.
    Outage,
}

const NO_SUCH_PAGE: &str = "We cannot find that page";
const A_SLIP: &str = "It may have moved, or the address may have a slip in it.";

/// What a handler answers with.
pub type Answered = Result<Response, Fault>;

impl From<casework::Error> for Fault {
    fn from(error: casework::Error) -> Self {
        match error {
            casework::Error::Refused(refusals) => Self::Refused(refusals),
            casework::Error::Forbidden(sentence) => Self::Forbidden(sentence),
            casework::Error::NotFound => Self::NotFound,
            casework::Error::Changed(sentence) => Self::Changed(sentence),
            casework::Error::Store(error) => error.into(),
        }
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Changed("Somebody else saved a change while you were reading.".to_owned()),
            store::Error::Sql(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed) => Self::Outage,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<axum::extract::rejection::PathRejection> for Fault {
    fn from(_: axum::extract::rejection::PathRejection) -> Self {
        Self::NotFound
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    css: &'static str,
    heading: &'a str,
    sentences: Vec<String>,
    reference: String,
    lookup: bool,
    outage: bool,
    href: &'a str,
    link: &'a str,
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Self::SignedOut { back, lost } => Redirect::to(&sign_in(back, lost)).into_response(),
            Self::NotFound => page(
                StatusCode::NOT_FOUND,
                NO_SUCH_PAGE,
                vec![A_SLIP.to_owned(), "Check before contact still works.".to_owned()],
                String::new(),
            ),
            Self::Forbidden(sentence) => page(StatusCode::FORBIDDEN, "You cannot open this page", vec![sentence], String::new()),
            Self::Changed(sentence) => page(
                StatusCode::CONFLICT,
                "This was changed meanwhile",
                vec![sentence, "Nothing you sent was saved. Go back to see how it stands now.".to_owned()],
                String::new(),
            ),
            Self::Bad(status, sentence) => page(status, "We could not read that", vec![sentence.to_owned()], String::new()),
            Self::Refused(refusals) => page(
                StatusCode::UNPROCESSABLE_ENTITY,
                "That cannot be done",
                refusals.into_iter().map(|refusal| refusal.sentence).collect(),
                String::new(),
            ),
            Self::Outage => outage(),
            Self::Broken(why) => broken(&why),
        }
    }
}

/// Nobody can be looked up: what to do until they can, and the page that was asked for once more.
fn outage() -> Response {
    ErrorPage {
        css: crate::http::static_files::css_href(),
        heading: "The records cannot be reached just now",
        sentences: vec![
            "Nothing was saved. Wait a minute and reload this page: your browser sends again what you typed. Until then:".to_owned(),
        ],
        reference: String::new(),
        lookup: false,
        outage: true,
        href: "/my-work",
        link: "Go to my work",
    }
    .answered(StatusCode::SERVICE_UNAVAILABLE)
}

/// A bug: logged once with a reference, which is all that anybody sees of it.
fn broken(why: &str) -> Response {
    let reference = format!("{:08x}", rand::random::<u32>());
    tracing::error!(reference, why, "a request broke");
    let sentences = vec!["It is our fault, not yours. Nothing was half-saved. Go back and try once more.".to_owned()];
    page(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", sentences, reference)
}

fn page(status: StatusCode, heading: &str, sentences: Vec<String>, reference: String) -> Response {
    written(status, heading, sentences, reference, status != StatusCode::FORBIDDEN)
}

/// No such page, for somebody who may not look anybody up.
pub fn not_found_without_lookup() -> Response {
    written(StatusCode::NOT_FOUND, NO_SUCH_PAGE, vec![A_SLIP.to_owned()], String::new(), false)
}

fn written(status: StatusCode, heading: &str, sentences: Vec<String>, reference: String, lookup: bool) -> Response {
    ErrorPage {
        css: crate::http::static_files::css_href(),
        heading,
        sentences: sentences.into_iter().map(own_words::as_marked).collect(),
        reference,
        lookup,
        outage: false,
        href: "/my-work",
        link: "Go to my work",
    }
    .answered(status)
}

impl ErrorPage<'_> {
    fn answered(&self, status: StatusCode) -> Response {
        match self.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(_) => (status, self.heading.to_owned()).into_response(),
        }
    }
}

/// The sign-in page, remembering an address of ours to come back to, and whether something typed was lost.
fn sign_in(back: Option<String>, lost: bool) -> String {
    let back = back.filter(|back| is_own(back) && back != "/").map(|back| ("back", back));
    let asked: Vec<(&str, String)> = back.into_iter().chain(lost.then(|| ("lost", "1".to_owned()))).collect();
    match asked.is_empty() {
        true => "/sign-in".to_owned(),
        false => format!("/sign-in?{}", serde_html_form::to_string(asked).unwrap_or_default()),
    }
}

/// Whether an address leads nowhere but to us.
pub fn is_own(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n', '\t'])
}
