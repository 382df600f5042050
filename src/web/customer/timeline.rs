//! Events as sentences, under their months.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::http::paths;
use crate::rules::days;
use crate::rules::event::{Event, Line, Link};
use crate::rules::id::LetterId;
use crate::rules::say;
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
    /// Whether that is a warning others have to agree to.
    leads_to_request: bool,
}

/// The month of an entry as it stands in an address: "2027-03".
pub fn month_key(entry: &Entry) -> String {
    days::day_of(entry.at).format("%Y-%m").to_string()
}

/// The same for a reader who may not read warnings that wait: what happened is told, and leads nowhere.
pub fn without_requests(mut months: Vec<Month>) -> Vec<Month> {
    for item in months.iter_mut().flat_map(|month| &mut month.items) {
        if item.leads_to_request {
            item.href = String::new();
        }
    }
    months
}

/// The entries under their months; `begun` is the month in which the page before ended. An event that this version of the product does
/// not know is left out.
pub fn months(entries: Vec<Entry>, begun: Option<&str>, today: NaiveDate) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    let letters = Letters::among(&entries);
    for entry in entries {
        if letters.is_told(&entry) {
            continue;
        }
        let day = days::day_of(entry.at);
        let continued = if begun == Some(month_key(&entry).as_str()) { ", continued" } else { "" };
        let title = format!("{} {}{continued}", day.format("%B"), day.year());
        let Some(item) = Item::of(entry, &letters, today) else { continue };
        match months.last_mut() {
            Some(month) if month.title == title => month.items.push(item),
            _ => months.push(Month { title, items: vec![item] }),
        }
    }
    months
}

/// When the letters on this page were made, of those that went on it as well: one entry tells both.
struct Letters(BTreeMap<LetterId, DateTime<Utc>>);

impl Letters {
    fn among(entries: &[Entry]) -> Self {
        let read = |entry: &Entry| serde_json::from_value::<Event>(entry.details.clone()).ok();
        let events: Vec<(DateTime<Utc>, Event)> = entries.iter().filter_map(|entry| Some((entry.at, read(entry)?))).collect();
        let went = |id: &LetterId| events.iter().any(|(_, event)| matches!(event, Event::LetterSent { letter, .. } if letter == id));
        let made = events.iter().filter_map(|(at, event)| match event {
            Event::LetterMade { letter, .. } if went(letter) => Some((*letter, *at)),
            _ => None,
        });
        Self(made.collect())
    }

    /// Whether this is the making of a letter whose sending tells it.
    fn is_told(&self, entry: &Entry) -> bool {
        entry.details["kind"] == "letter-made"
            && entry.details["letter"].as_str().and_then(|id| id.parse().ok()).is_some_and(|id| self.0.contains_key(&id))
    }

    fn made_when_sent(&self, event: &Event) -> Option<DateTime<Utc>> {
        match event {
            Event::LetterSent { letter, .. } => self.0.get(letter).copied(),
            _ => None,
        }
    }
}

impl Item {
    fn of(entry: Entry, letters: &Letters, today: NaiveDate) -> Option<Self> {
        let event: Event = serde_json::from_value(entry.details).ok()?;
        let mut line: Line = event.line();
        if let Some(made) = letters.made_when_sent(&event) {
            line.text = format!("{} Made on {}.", line.text, say::minute_this_year(made, today));
        }
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
            leads_to_request: matches!(line.link, Some(Link::WarningRequest(_))),
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
        Link::Undertaking(id) => paths::Undertaking { id }.to_string(),
        Link::Warning(id) => paths::Warning { id }.to_string(),
        Link::WarningRequest(id) => paths::WarningRequest { id }.to_string(),
    }
}
