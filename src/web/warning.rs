//! Formal warnings: choose the step and how, have it agreed to, give it, read it, withdraw it, and hear an appeal against it.

mod appeal;
mod asking;
mod new;
mod read;
mod request;
mod show;

use crate::http::doors::{CASEWORK, DECIDING, Doors, LOGGING, MANAGING, PAPERS};
use crate::http::paths;

/// Giving a warning, one warning, and its withdrawal.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::WarningNew, _>(LOGGING, new::page)
        .act::<paths::WarningNew, _>(LOGGING, new::give)
        .page::<paths::Warning, _>(CASEWORK, show::page)
        .act::<paths::WarningWithdrawal, _>(MANAGING, show::withdraw)
        .page::<paths::WarningAppeal, _>(CASEWORK, appeal::page)
        .act::<paths::WarningAppeal, _>(LOGGING, appeal::log)
        .page::<paths::WarningRequest, _>(PAPERS, request::page)
        .act::<paths::WarningRequest, _>(PAPERS, request::say)
        .act::<paths::WarningRequestEnd, _>(LOGGING, request::end)
        .act::<paths::WarningRequestGiving, _>(LOGGING, request::give)
        .act::<paths::WarningAppealDecision, _>(DECIDING, appeal::decide)
}
