//! The sign-in page: an email address, a password, and in the demo the people to choose from.

use askama::Template;

use super::frame::Frame;
use crate::http::form::Form;

/// Signing in, and again with what was wrong.
#[derive(Template)]
#[template(path = "signin/new.html")]
pub struct SignIn {
    pub frame: Frame,
    pub form: Form,
    /// Where to go afterwards: an address of ours, or empty.
    pub next: String,
    /// Whether a sign-in has just ended.
    pub ended: Ended,
    /// Empty except in the demo.
    pub accounts: Vec<DemoLandlord>,
    pub demo_password: &'static str,
}

/// Whether a sign-in ended on the way here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It did not.
    No,
    /// Before a page was opened.
    WhileReading,
    /// Before what was sent could be saved.
    BeforeSaving,
}

/// A landlord of the demo and the people who work there.
#[derive(Clone, Debug)]
pub struct DemoLandlord {
    pub name: String,
    pub people: Vec<DemoPerson>,
}

/// Somebody invented, with one press to sign in as them.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    pub email: String,
    pub name: String,
    pub job: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(accounts: Vec<DemoLandlord>) -> String {
        let frame = Frame::signed_out(!accounts.is_empty());
        let form = Form::blank().with("email", "ann@north.example").with("password", "secret words");
        let page = SignIn { frame, form, next: "/my-work".into(), ended: Ended::No, accounts, demo_password: "evenhand demo account" };
        page.render().expect("a page")
    }

    #[test]
    fn a_password_is_never_shown_again() {
        let page = page(Vec::new());
        assert!(page.contains("value=\"ann@north.example\""));
        assert!(!page.contains("secret words") && !page.contains("invented"));
    }

    #[test]
    fn the_demo_names_its_people_by_landlord() {
        let ann = DemoPerson { email: "ann@north.example".into(), name: "Ann Bell".into(), job: "Adviser".into() };
        let people = vec![ann; 9];
        let north = DemoLandlord { name: "North Homes".into(), people };
        let page = page(vec![north; 5]);
        assert!(page.contains("name=\"email\" value=\"ann@north.example\""));
        if let Ok(folder) = std::env::var("EVENHAND_LOOK") {
            std::fs::write(format!("{folder}/signin.html"), page).expect("a folder to look in");
        }
    }
}
