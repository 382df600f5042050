//! What may I do now: the answer for one customer, one way of contact, this minute. And the warnings before a contact is ended.

use askama::Template;
use axum::extract::Query;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::frame::Frame;
use super::menu;
use crate::casework::answer::Asking;
use crate::casework::contact::{self, Press};
use crate::casework::desk::Desk;
use crate::casework::{answer, found};
use crate::http::answer::{lead_on, see_other, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Posted, Reading};
use crate::http::doors::{CASEWORK, Doors, LOGGING};
use crate::http::fault::Answered;
use crate::http::paths::{self, Ref};
use crate::rules::answer::{Answer, Pronoun, Speaker};
use crate::rules::id::{CallStepId, ContactId};
use crate::rules::measure::Way;
use crate::rules::policy::{CallEnding, Policy};
use crate::rules::{days, say};
use crate::store;
use crate::store::contact_check::{Facts, Step};
use crate::store::customer::Head;

/// What a service is called that no restriction is about.
const ANYBODY_ELSE: &str = "anybody else here";

/// The answer, and the steps of a contact in hand.
pub fn doors() -> Doors {
    Doors::new().page::<paths::Contact, _>(CASEWORK, show_one).act::<paths::CallSteps, _>(LOGGING, press).and(super::contact_new::doors())
}

/// `?channel=phone&by=representative&service=1`: a service is asked for by its place among those a restriction names, so that no name of
/// a person reaches an address. One place more is anybody else.
#[derive(Debug, Deserialize)]
pub struct Asked {
    channel: Option<String>,
    by: Option<String>,
    service: Option<usize>,
}

impl Asked {
    /// The way that was asked about; by phone where none was.
    pub fn way(&self) -> Way {
        self.channel.as_deref().and_then(Way::from_key).unwrap_or(Way::Phone)
    }

    /// Who is on the other end; the customer where nobody else was chosen.
    fn speaker(&self) -> Speaker {
        self.by.as_deref().and_then(Speaker::from_key).unwrap_or(Speaker::Customer)
    }

    /// The service that asks, among those there are.
    fn service<'a>(&self, services: &'a [String]) -> &'a str {
        match self.service {
            Some(place) if place > services.len() => ANYBODY_ELSE,
            Some(place) => place.checked_sub(1).and_then(|place| services.get(place)).map_or("", String::as_str),
            None => "",
        }
    }

    /// The address of this page with these choices.
    fn link(&self, customer: &Ref, way: Way, speaker: Speaker, service: Option<usize>) -> String {
        let mut link = format!("{}?channel={}", paths::Contact { customer: customer.clone() }, way.key());
        if speaker != Speaker::Customer {
            link += &format!("&by={}", speaker.key());
        }
        if let Some(place) = service {
            link += &format!("&service={place}");
        }
        link
    }
}

#[derive(Template)]
#[template(path = "check/contact.html")]
struct Show {
    frame: Frame,
    who: Head,
    /// The title of their business area, where one is named.
    area: Option<String>,
    ways: Vec<WayLink>,
    /// Who is on the other end; empty where it makes no difference.
    speakers: Vec<WayLink>,
    /// Which service asks, where a restriction is about some alone.
    services: Vec<WayLink>,
    way: Way,
    answer: Answer,
    /// Where a call is booked, and the id of the contact it makes; nowhere where the reader logs nothing.
    book_at: String,
    book_id: String,
    /// "How he can reach us".
    how: String,
    /// "Who may speak for him".
    speak_for: String,
    /// Only where there is a contact that could be ended.
    ladder: Option<Ladder>,
    /// When, how, and what it was about.
    contacts: Vec<(String, String, String)>,
    may_log: bool,
}

struct WayLink {
    href: String,
    icon: &'static str,
    text: String,
    is_current: bool,
}

/// The spoken warnings as the policy has them, with what was pressed so far.
struct Ladder {
    action: paths::CallSteps,
    id: CallStepId,
    advice: String,
    /// The question, and what to do then.
    danger: (String, String),
    steps: Vec<Rung>,
    end: Rung,
    /// Fewer warnings than the policy asks for were given before the contact was ended.
    fewer: bool,
}

struct Rung {
    number: i16,
    title: String,
    words: String,
    is_done: bool,
    may_undo: bool,
    /// It is the next to come.
    is_next: bool,
}

async fn show_one(path: paths::Contact, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let facts = answer::facts(&mut desk, &path.customer.0).await?;
    around.saw(&desk, &staff, facts.head.id, "contact");
    let way = asked.way();
    let names = answer::services(&facts);
    let asking = Asking { way, speaker: asked.speaker(), service: asked.service(&names) };
    let pronoun = Pronoun::from_key(&facts.head.pronoun).unwrap_or(Pronoun::They);
    let (_, policy) = desk.policy_for(facts.head.id).await?;
    let page = Show {
        frame: checking(menu::frame(&desk, &staff, &around)),
        area: facts.head.area.as_deref().and_then(|area| desk.policy.area(area)).map(|area| area.title.clone()),
        ways: ways(&asked, &path.customer, &policy),
        speakers: speakers(&asked, &path.customer, &facts),
        services: services(&asked, &path.customer, &names),
        way,
        answer: answer::now(&desk, &policy, &facts, asking)?,
        book_at: match LOGGING.admits(staff.reach) {
            true => paths::ContactNew { customer: path.customer.clone() }.to_string(),
            false => String::new(),
        },
        book_id: desk.new_id::<ContactId>().to_string(),
        how: format!("How {} can reach us", pronoun.key()),
        speak_for: format!("Who may speak for {}", pronoun.object()),
        ladder: matches!(way, Way::Phone | Way::Person | Way::Visit).then(|| ladder(&desk, &path.customer, way, &facts)),
        contacts: facts.contacts.iter().map(|one| (when(one.at, desk.today()), how_it_went(one), one.summary.clone())).collect(),
        may_log: LOGGING.admits(staff.reach),
        who: facts.head,
    };
    show(&around, &page)
}

/// The answer belongs to the contact check, wherever its address stands.
fn checking(mut frame: Frame) -> Frame {
    for item in &mut frame.menu {
        item.current = item.href == "/check";
    }
    frame
}

fn ways(asked: &Asked, customer: &Ref, policy: &Policy) -> Vec<WayLink> {
    let link = |way: Way| WayLink {
        href: asked.link(customer, way, asked.speaker(), asked.service),
        icon: icon(way),
        text: way.title().to_owned(),
        is_current: way == asked.way(),
    };
    policy.ways_asked().map(link).collect()
}

/// A choice only where somebody's contact is limited or somebody may speak for them: otherwise the answer is the same.
fn speakers(asked: &Asked, customer: &Ref, facts: &Facts) -> Vec<WayLink> {
    if facts.restrictions.is_empty() && facts.representatives.is_empty() {
        return Vec::new();
    }
    let link = |speaker: &Speaker| WayLink {
        href: asked.link(customer, asked.way(), *speaker, asked.service),
        icon: "",
        text: speaker.title().to_owned(),
        is_current: *speaker == asked.speaker(),
    };
    Speaker::ALL.iter().map(link).collect()
}

fn services(asked: &Asked, customer: &Ref, names: &[String]) -> Vec<WayLink> {
    if names.is_empty() {
        return Vec::new();
    }
    let link = |(at, name): (usize, String)| WayLink {
        href: asked.link(customer, asked.way(), asked.speaker(), Some(at + 1)),
        icon: "",
        text: say::sentence(&name),
        is_current: asked.service == Some(at + 1),
    };
    names.iter().cloned().chain([ANYBODY_ELSE.to_owned()]).enumerate().map(link).collect()
}

const fn icon(way: Way) -> &'static str {
    match way {
        Way::Phone => "phone",
        Way::Writing => "letter",
        Way::Chat => "chat",
        Way::Person => "user",
        Way::Visit => "door",
        Way::Social => "share",
    }
}

/// "Tuesday 9 March, 2:10pm".
pub fn when(at: DateTime<Utc>, today: NaiveDate) -> String {
    let local = days::local(at);
    format!("{}, {}", say::weekday_this_year(local.date(), today), say::time(local.time()))
}

/// "Phone, calm".
fn how_it_went(one: &store::contact_check::Contact) -> String {
    let channel = crate::rules::measure::Channel::from_key(&one.channel).map_or("Contact", |channel| channel.title());
    format!("{channel}, {}", one.manner)
}

fn ladder(desk: &Desk, customer: &Ref, way: Way, facts: &Facts) -> Ladder {
    let script = &desk.policy.call_ending;
    let given = |step: i16| facts.steps.iter().find(|one| one.step == step);
    let last = facts.steps.last().map(|step| step.step);
    let needed = i16::from(*script.warnings);
    let steps: Vec<Rung> = (1..=needed).map(|number| rung(script, number, needed, given(number), last)).collect();
    let next = steps.iter().position(|rung| !rung.is_done).filter(|_| given(0).is_none());
    let fewer = given(0).is_some() && next_is_missing(&steps);
    Ladder {
        action: paths::CallSteps { customer: customer.clone() },
        id: desk.new_id(),
        advice: script.advice.clone(),
        danger: question_first(script.danger(is_in_person(way))),
        end: ending(script, way, given(0), last),
        steps: steps.into_iter().enumerate().map(|(at, rung)| Rung { is_next: Some(at) == next, ..rung }).collect(),
        fewer,
    }
}

/// "Threat of violence?" and the rest; all of it is the rest where it asks nothing.
fn question_first(words: &str) -> (String, String) {
    words.split_once("? ").map_or_else(|| (String::new(), words.to_owned()), |(asks, rest)| (format!("{asks}?"), rest.to_owned()))
}

const fn is_in_person(way: Way) -> bool {
    matches!(way, Way::Person | Way::Visit)
}

fn next_is_missing(steps: &[Rung]) -> bool {
    steps.iter().any(|rung| !rung.is_done)
}

fn rung(script: &CallEnding, number: i16, needed: i16, given: Option<&Step>, last: Option<i16>) -> Rung {
    let name = match (needed, number) {
        (1, _) => "Warning",
        (_, 1) => "First warning",
        (_, 2) => "Second warning",
        (_, 3) => "Third warning",
        _ => "Next warning",
    };
    let words = usize::try_from(number - 1).ok().and_then(|at| script.warning_words.get(at)).cloned().unwrap_or_default();
    Rung {
        number,
        title: given.map_or_else(|| name.to_owned(), |step| format!("{name} given at {}", say::time(days::time_of(step.at)))),
        words,
        is_done: given.is_some(),
        may_undo: last == Some(number),
        is_next: false,
    }
}

fn ending(script: &CallEnding, way: Way, given: Option<&Step>, last: Option<i16>) -> Rung {
    let what = match way {
        Way::Visit => "visit",
        Way::Person => "meeting",
        _ => "call",
    };
    Rung {
        number: 0,
        title: given.map_or_else(
            || format!("End the {what}"),
            |step| format!("{} ended at {}", say::sentence(what), say::time(days::time_of(step.at))),
        ),
        words: script.ending(is_in_person(way)).to_owned(),
        is_done: given.is_some(),
        may_undo: last == Some(0),
        is_next: given.is_none(),
    }
}

async fn press(path: paths::CallSteps, Posted { mut desk, around, mut form, .. }: Posted) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let id = form.text("id", str::parse::<CallStepId>).unwrap_or_else(|| desk.new_id());
    let number = |name: &str| form.value(name).parse::<i16>().ok();
    let press = match (number("warning"), number("undo")) {
        (Some(step), _) => Press::Warned(step),
        (_, Some(step)) => Press::Undo(step),
        _ if form.yes("ended") => Press::Ended,
        _ => return Err(crate::casework::Error::refused("", "Use one of the buttons on the page.").into()),
    };
    let way = Way::from_key(form.value("channel")).unwrap_or(Way::Phone);
    let changed = contact::press(&mut desk, &customer, id, press).await?;
    let back = format!("{}?channel={}#warn", paths::Contact { customer: path.customer }, way.key());
    desk.commit().await?;
    Ok(match (press, changed) {
        (Press::Ended, true) => {
            lead_on(&around, Flash::note("Ending marked.", "Log the incident now, while you remember the words."), back)
        }
        _ => see_other(back),
    })
}
