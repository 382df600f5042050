//! Formal warnings: choose the step and how, give it, read it, withdraw it.

mod new;
mod show;

use crate::http::doors::{CASEWORK, Doors, LOGGING, MANAGING};
use crate::http::paths;

/// Giving a warning, one warning, and its withdrawal.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::WarningNew, _>(LOGGING, new::page)
        .act::<paths::WarningNew, _>(LOGGING, new::give)
        .page::<paths::Warning, _>(CASEWORK, show::page)
        .act::<paths::WarningWithdrawal, _>(MANAGING, show::withdraw)
}
