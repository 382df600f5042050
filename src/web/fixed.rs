//! The pages that say the same to everyone: help, accessibility, privacy.

use askama::Template;

use super::frame::Frame;
use super::menu;
use crate::http::answer::{self, show};
use crate::http::desk::Reading;
use crate::http::doors::{Doors, Who};
use crate::http::fault::{Answered, Fault};
use crate::http::kit::Kit;
use crate::http::paths;
use axum::extract::State;
use axum::response::{Html, IntoResponse};

/// Open to anybody; somebody signed in keeps their menu.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Home, _>(Who::Anyone, home)
        .page::<paths::Help, _>(Who::Anyone, help)
        .page::<paths::Accessibility, _>(Who::Anyone, accessibility)
        .page::<paths::Privacy, _>(Who::Anyone, privacy)
}

async fn home(_: paths::Home) -> Answered {
    Ok(answer::see_other(paths::MyWork {}))
}

async fn help(_: paths::Help, State(kit): State<Kit>, seat: Result<Reading, Fault>) -> Answered {
    fixed(&kit, seat, |frame| Help { frame })
}

async fn accessibility(_: paths::Accessibility, State(kit): State<Kit>, seat: Result<Reading, Fault>) -> Answered {
    fixed(&kit, seat, |frame| Accessibility { frame })
}

async fn privacy(_: paths::Privacy, State(kit): State<Kit>, seat: Result<Reading, Fault>) -> Answered {
    fixed(&kit, seat, |frame| Privacy { frame })
}

fn fixed<T: Template>(kit: &Kit, seat: Result<Reading, Fault>, page: impl FnOnce(Frame) -> T) -> Answered {
    match seat {
        Ok(Reading { desk, staff, around }) => show(&around, &page(menu::frame(&desk, &staff, &around))),
        Err(_) => Ok(Html(page(Frame::signed_out(kit.demo)).render()?).into_response()),
    }
}

/// How the service works, and what to do when it does not.
#[derive(Template)]
#[template(path = "fixed/help.html")]
pub struct Help {
    pub frame: Frame,
}

/// What works for whom, and what does not yet.
#[derive(Template)]
#[template(path = "fixed/accessibility.html")]
pub struct Accessibility {
    pub frame: Frame,
}

/// What is kept about customers and staff, and who can see it.
#[derive(Template)]
#[template(path = "fixed/privacy.html")]
pub struct Privacy {
    pub frame: Frame,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_one_heading_and_can_be_read_signed_out() {
        let frame = || Frame::signed_out(true);
        let pages = [Help { frame: frame() }.render(), Accessibility { frame: frame() }.render(), Privacy { frame: frame() }.render()];
        for (name, page) in ["help", "accessibility", "privacy"].into_iter().zip(pages) {
            let page = page.expect("a page");
            if let Ok(folder) = std::env::var("EVENHAND_LOOK") {
                std::fs::write(format!("{folder}/{name}.html"), &page).expect("a folder to look in");
            }
            assert_eq!(page.matches("<h1").count(), 1);
            assert!(!page.contains("id=\"menu\""));
        }
    }
}
