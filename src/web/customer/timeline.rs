//! Events as sentences, under their months.

use chrono::{Datelike, NaiveDate};

use crate::http::paths;
use crate::rules::days;
use crate::rules::event::{Event, Line, Link};
use crate::rules::tone::Tone;
use crate::store::timeline::Entry;
use crate::web::contact::when;

/// A month and what happened in it, newest first.
pub struct Month {
    pub title: String,
    pub items: Vec<Item>,
}

/// One event as it reads.
pub struct Item {
    /// A tone's key; empty where the event carries no meaning of its own.
    pub tone: &'static str,
    pub icon: &'static str,
    pub title: String,
    pub text: String,
    pub iso: String,
    pub when: String,
    pub who: String,
    /// Where it can be read in full, or empty.
    pub href: String,
}

/// The month of an entry as it stands in an address: "2027-03".
pub fn month_key(entry: &Entry) -> String {
    days::day_of(entry.at).format("%Y-%m").to_string()
}

/// The entries under their months; `begun` is the month in which the page before ended. An event that this version of the product does
/// not know is left out.
pub fn months(entries: Vec<Entry>, begun: Option<&str>, today: NaiveDate) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for entry in entries {
        let day = days::day_of(entry.at);
        let continued = if begun == Some(month_key(&entry).as_str()) { ", continued" } else { "" };
        let title = format!("{} {}{continued}", day.format("%B"), day.year());
        let Some(item) = Item::of(entry, today) else { continue };
        match months.last_mut() {
            Some(month) if month.title == title => month.items.push(item),
            _ => months.push(Month { title, items: vec![item] }),
        }
    }
    months
}

impl Item {
    fn of(entry: Entry, today: NaiveDate) -> Option<Self> {
        let event: Event = serde_json::from_value(entry.details).ok()?;
        let line: Line = event.line();
        let who = match (entry.who, entry.job_title) {
            (Some(name), Some(job)) => format!("{name}, {job}"),
            (name, _) => name.unwrap_or_default(),
        };
        Some(Self {
            tone: if line.tone == Tone::Quiet { "" } else { line.tone.key() },
            icon: line.icon,
            title: line.title,
            text: line.text,
            iso: entry.at.to_rfc3339(),
            when: when(entry.at, today),
            who,
            href: line.link.map(address).unwrap_or_default(),
        })
    }
}

fn address(link: Link) -> String {
    match link {
        Link::Incident(id) => paths::Incident { id }.to_string(),
        Link::Letter(id) => paths::Letter { id }.to_string(),
        Link::Restriction(id) => paths::Restriction { id }.to_string(),
        Link::Appeal(id) => paths::Appeal { id }.to_string(),
        Link::Reconsideration(id) => paths::Reconsideration { id }.to_string(),
        Link::Review(id) => paths::Review { id }.to_string(),
        Link::Warning(id) => paths::Warning { id }.to_string(),
    }
}
