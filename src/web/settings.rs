//! One's own settings: the look, and where one is signed in.

use askama::Template;
use axum::response::IntoResponse;

use super::frame::Frame;
use super::menu;
use crate::http::answer::{done, show};
use crate::http::cookie::{self, Flash};
use crate::http::desk::{Posted, Reading};
use crate::http::doors::{DECIDING, Doors, Who};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::store;

/// Settings, and signing out everywhere.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::MySettings, _>(Who::SignedIn, index)
        .act::<paths::MySettings, _>(Who::SignedIn, save)
        .act::<paths::SignOutEverywhere, _>(Who::SignedIn, sign_out_everywhere)
}

#[derive(Template)]
#[template(path = "settings/index.html")]
struct Settings {
    frame: Frame,
    form: Form,
    themes: Vec<Choice>,
    /// Whether the reader decides anything that could be handed over.
    decides: bool,
}

async fn index(_: paths::MySettings, Reading { desk, staff, around }: Reading) -> Answered {
    let form =
        Form::blank().with("theme", staff.theme.as_deref().unwrap_or("system")).with("shortcuts", if staff.shortcuts { "yes" } else { "" });
    let decides = DECIDING.admits(staff.reach);
    show(&around, &Settings { frame: menu::frame(&desk, &staff, &around), form, themes: themes(), decides })
}

fn themes() -> Vec<Choice> {
    vec![Choice::new("system", "As this device has it"), Choice::new("light", "Light"), Choice::new("dark", "Dark")]
}

async fn save(_: paths::MySettings, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let looks = [("system", None), ("light", Some("light")), ("dark", Some("dark"))];
    let Some(theme) = form.choice("theme", &looks, "Choose how the pages look") else {
        let frame = menu::frame(&desk, &staff, &around).with_form(&form);
        return crate::http::answer::again(&around, &Settings { frame, form, themes: themes(), decides: DECIDING.admits(staff.reach) });
    };
    store::staff::set_looks(&mut desk.tx, staff.id, theme, form.yes("shortcuts")).await?;
    done(desk, &around, Flash::good("Saved.", "The pages look the way you chose."), paths::MySettings {}).await
}

async fn sign_out_everywhere(_: paths::SignOutEverywhere, Posted { desk, staff, around, .. }: Posted) -> Answered {
    let (landlord, now) = (desk.landlord.id, desk.now);
    // The desk's connection goes back first: a second one beside it could be waited for until nobody has any.
    desk.commit().await?;
    let mut system = around.kit.office.db.system().await?;
    store::session::end_all(&mut system, landlord, staff.id, now).await?;
    system.commit().await?;
    let mut response = crate::http::answer::see_other(paths::SignIn {}).into_response();
    if let Ok(value) = cookie::signed_out().to_string().parse() {
        response.headers_mut().append(axum::http::header::SET_COOKIE, value);
    }
    Ok(response)
}
