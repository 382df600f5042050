//! What stands around every door: a name for each request, its line in the log, limits, and the headers that tell a browser how
//! careful to be.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tracing::Instrument;

use crate::http::cookie::Token;
use crate::http::doors::CASEWORK;
use crate::http::fault::{Fault, not_found_without_lookup};
use crate::http::kit::Kit;
use crate::store::tx::Mode;

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                   frame-ancestors 'none'; object-src 'none'";

/// The headers of every response, whatever it is.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CSP),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    // Not no-referrer: Chromium would then send «Origin: null» on forms, and our own posts would look like a stranger's.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];

/// Longer than any honest request; the body counts too.
const LONGEST: Duration = Duration::from_secs(20);

/// Puts everything around the doors. Read from the bottom: the last layer meets the request first.
pub fn around(router: Router<Kit>, kit: Kit) -> Router {
    let origin: Arc<str> = origin_of(&kit.base_url).into();
    router
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async {
            Fault::Bad(
                StatusCode::METHOD_NOT_ALLOWED,
                "That address answers to another way of asking. Go back and use the page's own buttons.",
            )
        })
        .with_state(kit.clone())
        .layer(CatchPanicLayer::custom(|_| Fault::Broken("a handler panicked".to_owned()).into_response()))
        .layer(middleware::from_fn_with_state(kit, fits_its_reader))
        .layer(middleware::from_fn(see_it_through))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST))
        .layer(middleware::from_fn_with_state(origin, sent_from_here))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(headers))
        .layer(middleware::from_fn(log))
}

/// The origin of an address: what a browser says a form was sent from.
fn origin_of(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    address[host..].find('/').map_or(address, |end| &address[..host + end])
}

/// Refuses every change that another site's page may have sent.
async fn sent_from_here(State(origin): State<Arc<str>>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_from_here(request.headers(), &origin) {
        return next.run(request).await;
    }
    Fault::Forbidden("This was not sent from a page of ours. Open the page here and send it from there.".to_owned()).into_response()
}

/// Browsers say how a request came about (`Sec-Fetch-Site`), and older ones at least from where. Our own address is the one in the
/// settings, never the `Host` that the sender wrote. Whoever says neither is no browser, and may only sign in.
fn is_from_here(headers: &HeaderMap, origin: &str) -> bool {
    match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(from)) => from == origin,
        (None, None) => Token::of(headers).is_none(),
    }
}

/// Runs the request in a task of its own, so that a visitor who hangs up cannot stop it halfway through a transaction.
async fn see_it_through(request: Request, next: Next) -> Response {
    let running = tokio::spawn(next.run(request).in_current_span());
    running.await.unwrap_or_else(|_| Fault::Broken("a request was stopped".to_owned()).into_response())
}

/// A page that is not there offers the lookup only to somebody who may look customers up.
async fn fits_its_reader(State(kit): State<Kit>, request: Request, next: Next) -> Response {
    let token = Token::of(request.headers()).map(|token| token.hash());
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let Some(token) = token else { return not_found_without_lookup() };
    let may_look = match kit.office.desk_for_session(&token, Mode::Read).await {
        Ok(Some(desk)) => desk.staff().is_ok_and(|staff| CASEWORK.admits(staff.reach)),
        Ok(None) => false,
        Err(_) => true,
    };
    if may_look { response } else { not_found_without_lookup() }
}

async fn headers(request: Request, next: Next) -> Response {
    // Files that never change, and a policy that anybody may read; everything else is somebody's.
    let may_be_kept = ["/static/", "/policies/"].iter().any(|start| request.uri().path().starts_with(start));
    let signs_out = request.method() == Method::POST && request.uri().path().starts_with("/sign-out");
    let mut response = next.run(request).await;
    let out = response.headers_mut();
    for (name, value) in HEADERS {
        out.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !may_be_kept || !out.contains_key(header::CACHE_CONTROL) {
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if signs_out {
        out.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    }
    response
}

/// One line a request: the door's own address with the names of its parts, never what was in them.
async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let door = request.extensions().get::<MatchedPath>().map_or("none", |path| path.as_str()).to_owned();
    let id = format!("{:08x}", rand::random::<u32>());
    let span = tracing::info_span!("request", id);
    let began = tokio::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(%method, door, status = response.status().as_u16(), micros, "answered"));
    if let Ok(value) = id.parse() {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
