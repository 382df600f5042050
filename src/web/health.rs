//! Whether the process lives, and whether it can serve.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use crate::http::doors::{Doors, Who};
use crate::http::kit::Kit;
use crate::http::paths;

/// Probes usually give up after a second.
const PATIENCE: Duration = Duration::from_millis(800);

/// Two doors, open to anybody, that tell nothing else.
pub fn doors() -> Doors {
    Doors::new().page::<paths::Live, _>(Who::Anyone, live).page::<paths::Ready, _>(Who::Anyone, ready)
}

async fn live(_: paths::Live) -> &'static str {
    "live\n"
}

async fn ready(_: paths::Ready, State(kit): State<Kit>) -> (StatusCode, &'static str) {
    if kit.office.db.answers(PATIENCE).await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    }
}
