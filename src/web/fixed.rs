//! The pages that say the same to everyone: help, accessibility, privacy.

use askama::Template;

use super::frame::Frame;

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
        let pages = [
            Help { frame: frame() }.render(),
            Accessibility { frame: frame() }.render(),
            Privacy { frame: frame() }.render(),
        ];
        for (name, page) in ["help", "accessibility", "privacy"].into_iter().zip(pages) {
            let page = page.expect("a page");
            if let Ok(folder) = std::env::var("EVENHAND_LOOK") {
                std::fs::write(format!("{folder}/{name}.html"), &page)
                    .expect("a folder to look in");
            }
            assert_eq!(page.matches("<h1").count(), 1);
            assert!(!page.contains("id=\"menu\""));
        }
    }
}
