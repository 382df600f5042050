//! The policy in the browser: in plain words for staff and for customers; every value with where it comes from, and versions on their
//! way, for those who look after it.

mod bring;
mod cases;
mod history;
mod picture;
mod public;
mod publish;
mod settings;
mod version;

use askama::Template;

use super::frame::Frame;
use super::menu;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, DECIDING, Doors, MANAGING, POLICY, PUBLISHING, Who};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::policy::Reach;
use crate::rules::policy::plain::{Chapter, InArea, chapters, in_area};
use picture::Picture;

/// Every page about the policy.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::PolicyPage, _>(CASEWORK, plain)
        .page::<paths::PublicPolicy, _>(Who::Anyone, public::show)
        .page::<paths::PolicySettings, _>(POLICY, settings::index)
        .page::<paths::PolicySection, _>(POLICY, settings::section)
        .page::<paths::PolicyHistory, _>(PUBLISHING, history::index)
        .page::<paths::PolicyVersionNew, _>(POLICY, bring::blank)
        .act::<paths::PolicyVersionNew, _>(POLICY, bring::create)
        .page::<paths::PolicyVersion, _>(PUBLISHING, version::one)
        .page::<paths::PolicyCases, _>(DECIDING, cases::index)
        .act::<paths::PolicyRequest, _>(POLICY, publish::ask)
        .act::<paths::PolicyPublication, _>(PUBLISHING, publish::publish)
        .act::<paths::PolicyWithdrawal, _>(PUBLISHING, publish::withdraw)
}

#[derive(Template)]
#[template(path = "policy/plain.html")]
struct Plain {
    frame: Frame,
    title: String,
    landlord: String,
    /// The landlord's words for it.
    behaviour: String,
    call_advice: String,
    warning_words: Vec<String>,
    end_words: String,
    danger_words: String,
    parts: Vec<Part>,
    /// What differs in each business area.
    areas: Vec<InArea>,
    is_owner: bool,
    publishes: bool,
    /// Where whoever may move cases to the version in force finds them.
    cases: String,
    public: String,
}

/// A chapter in words; the ladder with its drawing beside it.
struct Part {
    chapter: Chapter,
    picture: Option<Picture>,
}

async fn plain(_: paths::PolicyPage, Reading { mut desk, staff, around }: Reading) -> Answered {
    let areas = desk.areas().await?;
    let policy = &desk.policy;
    let drawn = |chapter: &Chapter| (chapter.anchor == "ladder").then(|| picture::of(&policy.ladder));
    let page = Plain {
        frame: menu::frame(&desk, &staff, &around),
        title: policy.document.title.clone(),
        landlord: desk.landlord.name.clone(),
        behaviour: desk.policy.words.behaviour.clone(),
        call_advice: policy.call_ending.advice.clone(),
        warning_words: policy.call_ending.warning_words.clone(),
        end_words: policy.call_ending.end_words.clone(),
        danger_words: policy.call_ending.danger_words.clone(),
        parts: chapters(policy).into_iter().map(|chapter| Part { picture: drawn(&chapter), chapter }).collect(),
        areas: areas.iter().filter_map(|own| in_area(policy, own)).collect(),
        is_owner: staff.reach == Reach::PolicyOwner,
        publishes: PUBLISHING.admits(staff.reach),
        cases: if MANAGING.admits(staff.reach) { paths::PolicyCases { id: desk.policy_version }.to_string() } else { String::new() },
        public: paths::PublicPolicy { slug: paths::Word(desk.landlord.slug.clone()) }.to_string(),
    };
    show(&around, &page)
}
