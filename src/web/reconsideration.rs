//! The customer asks us to look again: logged by whoever hears of it, answered by whoever the policy names.

mod answer;
mod new;
mod show;

use crate::http::doors::{CASEWORK, DECIDING, Doors, LOGGING};
use crate::http::paths;

/// The form, one request and its answer. The list is that of the appeals.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::ReconsiderationNew, _>(LOGGING, new::blank)
        .act::<paths::Reconsiderations, _>(LOGGING, new::create)
        .page::<paths::Reconsideration, _>(CASEWORK, show::one)
        .act::<paths::ReconsiderationAnswer, _>(DECIDING, answer::answer)
}
