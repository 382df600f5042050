//! The policy in plain words for staff; and, for its owner, where each value comes from.

use askama::Template;

use super::frame::Frame;
use super::menu;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, Doors, POLICY};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::policy::Reach;
use crate::rules::policy::plain::{Chapter, chapters};

/// Two readings of the same pack.
pub fn doors() -> Doors {
    Doors::new().page::<paths::PolicyPage, _>(CASEWORK, plain).page::<paths::PolicySettings, _>(POLICY, settings)
}

#[derive(Template)]
#[template(path = "policy/plain.html")]
struct Plain {
    frame: Frame,
    title: String,
    landlord: String,
    call_advice: String,
    warning_words: Vec<String>,
    end_words: String,
    danger_words: String,
    chapters: Vec<Chapter>,
    is_owner: bool,
}

async fn plain(_: paths::PolicyPage, Reading { desk, staff, around }: Reading) -> Answered {
    let policy = &desk.policy;
    let page = Plain {
        frame: menu::frame(&desk, &staff, &around),
        title: policy.document.title.clone(),
        landlord: desk.landlord.name.clone(),
        call_advice: policy.call_ending.advice.clone(),
        warning_words: policy.call_ending.warning_words.clone(),
        end_words: policy.call_ending.end_words.clone(),
        danger_words: policy.call_ending.danger_words.clone(),
        chapters: chapters(policy),
        is_owner: staff.reach == Reach::PolicyOwner,
    };
    show(&around, &page)
}

#[derive(Template)]
#[template(path = "policy/settings.html")]
struct Settings {
    frame: Frame,
    title: String,
    chapters: Vec<Chapter>,
    stated: usize,
    chosen: usize,
}

async fn settings(_: paths::PolicySettings, Reading { desk, staff, around }: Reading) -> Answered {
    let chapters = chapters(&desk.policy);
    let all = || chapters.iter().flat_map(|chapter| &chapter.lines);
    let stated = all().filter(|line| line.is_stated).count();
    let chosen = all().count() - stated;
    let frame = menu::frame(&desk, &staff, &around);
    show(&around, &Settings { frame, title: desk.policy.document.title.clone(), stated, chosen, chapters })
}
