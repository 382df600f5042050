//! The pages: each one a struct, a template and the handlers that fill it.

pub mod appeal;
pub mod approval;
pub mod check;
mod checklist;
pub mod contact;
pub mod contact_new;
pub mod customer;
pub mod delegation;
pub mod demo_mail;
pub mod draft;
pub mod fixed;
pub mod frame;
pub mod health;
pub mod incident;
pub mod ladder;
pub mod layers;
pub mod letter;
pub mod letter_copy;
pub mod menu;
pub mod my_work;
pub mod parts;
pub mod people;
pub mod policy;
pub mod promised;
pub mod proposal;
pub mod reconsideration;
pub mod restriction;
pub mod review;
pub mod settings;
pub mod signin;
pub mod signin_page;
pub mod sitting;
pub mod terms;
pub mod undelivered;
pub mod undertaking;
pub mod warning;

pub use crate::http::static_files;

use axum::Router;

use crate::http::doors::Doors;
use crate::http::kit::Kit;

/// Every door of the house.
pub fn doors() -> Doors {
    Doors::new()
        .and(health::doors())
        .and(signin::doors())
        .and(fixed::doors())
        .and(settings::doors())
        .and(delegation::doors())
        .and(draft::doors())
        .and(approval::doors())
        .and(restriction::doors())
        .and(policy::doors())
        .and(people::doors())
        .and(undelivered::doors())
        .and(check::doors())
        .and(demo_mail::doors())
        .and(appeal::doors())
        .and(reconsideration::doors())
        .and(review::doors())
        .and(undertaking::doors())
        .and(letter::doors())
        .and(letter_copy::doors())
        .and(contact::doors())
        .and(incident::doors())
        .and(my_work::doors())
        .and(proposal::doors())
        .and(warning::doors())
        .and(customer::doors())
}

/// The whole house: doors, files, and what stands around them.
pub fn router(kit: Kit) -> Router {
    layers::around(doors().router().merge(crate::http::static_files::routes()), kit)
}
