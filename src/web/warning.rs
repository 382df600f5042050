//! Formal warnings: choose the step and how, give it, read it, withdraw it, and hear an appeal against it.

mod appeal;
mod new;
mod read;
mod show;

use crate::http::doors::{CASEWORK, DECIDING, Doors, LOGGING, MANAGING};
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
        .act::<paths::WarningAppealDecision, _>(DECIDING, appeal::decide)
}
