//! A customer's record: the answer in one line, and what has happened, newest first.

mod adjustments;
mod aside;
mod details;
mod ending;
mod head;
mod list;
mod new;
mod tabs;
mod timeline;

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use super::frame::Frame;
use super::incident::together;
use super::menu;
use crate::casework::desk::{Desk, Staff};
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, Doors, OVERSEEING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::event::{Event, Group};
use crate::rules::id::{CustomerId, EventId};
use crate::rules::say;
use crate::store;
use crate::store::incident::together::Of;

use aside::Aside;
use head::{Record, Tab};
use timeline::Month;

/// The record and its tabs, the list of customers, and adding one.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Customer, _>(CASEWORK, overview)
        .and(tabs::doors())
        .and(adjustments::doors())
        .and(ending::doors())
        .and(list::doors())
        .and(new::doors())
        .and(details::doors())
}

/// `?show=incidents&before=…&month=2027-03`: never anything about a person.
#[derive(Debug, Deserialize)]
struct Asked {
    show: Option<String>,
    before: Option<String>,
    /// The month in which the page before ended.
    month: Option<String>,
}

#[derive(Template)]
#[template(path = "customer/overview.html")]
struct Overview {
    frame: Frame,
    record: Record,
    form: Form,
    groups: Vec<Choice>,
    months: Vec<Month>,
    /// The next page, or empty.
    earlier: String,
    aside: Aside,
    /// Who took part in an incident with them: where theirs is, and the name.
    together: Vec<(String, String)>,
    /// Warnings that others have to agree to, or that are agreed to and not given yet: where, which, and who wrote it.
    waiting: Vec<(String, String, String)>,
}

const A_PAGE: usize = 20;
const ONE_MORE: i64 = 21;

async fn overview(path: paths::Customer, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let (record, facts) = Record::read(&mut desk, &staff, &path.customer, Tab::Overview).await?;
    around.saw(&desk, &staff, facts.head.id, "record");
    let group = asked.show.as_deref().and_then(group);
    let kinds: Option<Vec<String>> = group.map(|group| Event::kinds_of(group).iter().map(|kind| (*kind).to_owned()).collect());
    let before = asked.before.as_deref().and_then(|id| id.parse::<EventId>().ok());
    let mut entries = store::timeline::list(&mut desk.tx, facts.head.id, kinds.as_deref(), before, ONE_MORE).await?;
    let is_more = entries.len() > A_PAGE;
    entries.truncate(A_PAGE);
    let show_only = asked.show.filter(|_| group.is_some()).unwrap_or_default();
    let earlier = match entries.last().filter(|_| is_more) {
        Some(last) => format!("{path}?show={show_only}&before={}&month={}", last.id, timeline::month_key(last)),
        None => String::new(),
    };
    let months = timeline::months(entries, asked.month.as_deref(), desk.today());
    let page = Overview {
        frame: menu::frame(&desk, &staff, &around),
        form: Form::blank().with("show", &show_only),
        groups: groups(),
        earlier,
        together: together::links(&mut desk, Of::Customer(facts.head.id)).await?,
        waiting: waiting(&mut desk, &staff, facts.head.id).await?,
        months: if OVERSEEING.admits(staff.reach) { months } else { timeline::without_requests(months) },
        aside: Aside::of(&mut desk, &facts, &record.tasks).await?,
        record,
    };
    show(&around, &page)
}

/// What waits for others to agree, for those who oversee decisions and whoever wrote it.
async fn waiting(desk: &mut Desk, staff: &Staff, customer: CustomerId) -> Result<Vec<(String, String, String)>, Fault> {
    let all = store::warning_request::waiting(&mut desk.tx, customer).await?;
    let may = |one: &store::warning_request::Waiting| OVERSEEING.admits(staff.reach) || one.asked_by == staff.id;
    let line = |one: store::warning_request::Waiting| {
        let stands = if one.is_agreed { "agreed to, not given yet" } else { "not given yet" };
        (paths::WarningRequest { id: one.id }.to_string(), one.title, format!("Written by {}, {stands}", one.name))
    };
    Ok(all.into_iter().filter(may).map(line).collect())
}

const GROUPS: [(&str, &str, Group); 4] = [
    ("incidents", "Incidents", Group::Incidents),
    ("contacts", "Contacts", Group::Contacts),
    ("decisions", "Decisions", Group::Decisions),
    ("letters", "Letters", Group::Letters),
];

fn group(key: &str) -> Option<Group> {
    GROUPS.iter().find(|(known, ..)| *known == key).map(|(.., group)| *group)
}

fn groups() -> Vec<Choice> {
    let all = [Choice::new("", "Everything")];
    all.into_iter().chain(GROUPS.iter().map(|(key, title, _)| Choice::new(*key, *title))).collect()
}

/// "Tuesday 9 March 2027", for a day on which somebody must act.
fn day(day: chrono::NaiveDate) -> String {
    say::weekday(day)
}
