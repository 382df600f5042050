//! What stands around every page: the landlord, the person, the menu, and one message.

use super::static_files;
use crate::http::form::Form;
use crate::rules::tone::Tone;

/// The chrome of a page. First field of every page struct; `base.html` reads it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The landlord's name; empty while nobody is signed in.
    pub landlord: String,
    /// "light" or "dark" where the person chose one.
    pub theme: Option<&'static str>,
    pub person: Option<Me>,
    /// When the sign-in ends.
    pub session: Option<Session>,
    /// The lookup, on every page but an administrator's.
    pub lookup: bool,
    /// Whether they log incidents and add customers: nobody meets a link that they may not follow.
    pub logs: bool,
    /// Whether they propose: read what is being written.
    pub manages: bool,
    /// Whether they see the lists of what waits for a decision.
    pub oversees: bool,
    /// May `/` go to the lookup? A person can switch it off.
    pub shortcuts: bool,
    pub menu: Vec<MenuItem>,
    /// Policy and administration, under a line.
    pub menu_settings: Vec<MenuItem>,
    pub flash: Option<Flash>,
    pub demo: bool,
    /// "Error: " or "Incident saved - ", in front of the title.
    pub title_prefix: String,
    pub css: &'static str,
    pub js: &'static str,
    pub icon: &'static str,
}

/// The person signed in, as the rail names them.
#[derive(Clone, Debug)]
pub struct Me {
    pub name: String,
    pub job_title: String,
}

/// When the sign-in of this page ends, if nothing more is opened.
#[derive(Clone, Debug)]
pub struct Session {
    /// "12:12pm".
    pub ends: String,
    /// From the moment the page was made.
    pub seconds_left: i64,
    /// Whether opening a page puts it off.
    pub can_go_on: bool,
}

/// One line of the menu. The count is work waiting for this person, never a total.
#[derive(Clone, Debug)]
pub struct MenuItem {
    pub href: &'static str,
    pub icon: &'static str,
    pub text: &'static str,
    pub count: u32,
    pub current: bool,
}

/// One message across a redirect: what was done, and what follows from it.
#[derive(Clone, Debug)]
pub struct Flash {
    pub tone: Tone,
    pub strong: String,
    pub text: String,
}

impl Frame {
    /// The frame of a page that anybody may see.
    pub fn signed_out(demo: bool) -> Self {
        Self {
            landlord: String::new(),
            theme: None,
            person: None,
            session: None,
            lookup: false,
            logs: false,
            manages: false,
            oversees: false,
            shortcuts: true,
            menu: Vec::new(),
            menu_settings: Vec::new(),
            flash: None,
            demo,
            title_prefix: String::new(),
            css: static_files::css_href(),
            js: static_files::js_href(),
            icon: static_files::icon_href(),
        }
    }

    /// The frame of a page for somebody signed in; the menu is added to it.
    pub fn signed_in(landlord: impl Into<String>, person: Me, demo: bool) -> Self {
        Self { landlord: landlord.into(), person: Some(person), lookup: true, ..Self::signed_out(demo) }
    }

    /// Shows the message, and says it first in the title, where it is read out.
    pub fn with_flash(mut self, flash: Option<Flash>) -> Self {
        if let Some(flash) = &flash {
            self.title_prefix = format!("{} - ", flash.strong.trim_end_matches('.'));
        }
        self.flash = flash;
        self
    }

    /// Says "Error: " first in the title when the form could not be read.
    pub fn with_form(mut self, form: &Form) -> Self {
        if !form.is_clean() {
            self.title_prefix = "Error: ".into();
        }
        self
    }
}

impl Flash {
    /// How a screen reader announces it.
    pub fn role(&self) -> &'static str {
        match self.tone {
            Tone::Stop => "alert",
            _ => "status",
        }
    }
}

impl MenuItem {
    pub fn new(href: &'static str, icon: &'static str, text: &'static str) -> Self {
        Self { href, icon, text, count: 0, current: false }
    }

    /// Adds the work waiting behind this line.
    pub fn waiting(mut self, count: u32) -> Self {
        self.count = count;
        self
    }

    /// Marks the line whose part of the house this address is in.
    pub fn at(mut self, path: &str) -> Self {
        let rest = path.strip_prefix(self.href);
        self.current = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_marks_the_part_of_the_house_one_is_in() {
        let item = || MenuItem::new("/policy", "book", "Policy and guidance");
        assert!(item().at("/policy").current);
        assert!(item().at("/policy/history").current);
        assert!(!item().at("/policymaker").current);
    }

    #[test]
    fn a_title_says_first_what_just_happened() {
        let flash = Flash { tone: Tone::Ok, strong: "Incident saved.".into(), text: String::new() };
        assert_eq!(Frame::signed_out(false).with_flash(Some(flash)).title_prefix, "Incident saved - ");
        let mut form = Form::blank();
        form.wrong("reason", "Enter your reasons");
        assert_eq!(Frame::signed_out(false).with_form(&form).title_prefix, "Error: ");
    }
}
