//! What became of one restriction, newest first.

use crate::casework::desk::Desk;
use crate::http::paths;
use crate::rules::event::Link;
use crate::rules::{days, say};
use crate::store::restriction::Happened;

/// One line of the history.
pub(super) struct Entry {
    pub(super) tone: &'static str,
    pub(super) mark: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) iso: String,
    pub(super) when: String,
    pub(super) who: String,
    pub(super) href: String,
    /// The month, where the entry is the first of it.
    pub(super) month: String,
}

/// Names each month once, above its first entry.
pub(super) fn entries(history: Vec<Happened>, desk: &Desk) -> Vec<Entry> {
    let mut named = String::new();
    let mut entries: Vec<Entry> = history.into_iter().map(|one| entry(one, desk)).collect();
    for entry in &mut entries {
        if entry.month == named {
            entry.month.clear();
        } else {
            named.clone_from(&entry.month);
        }
    }
    entries
}

fn entry(one: Happened, desk: &Desk) -> Entry {
    let line = one.event.line();
    Entry {
        tone: line.tone.key(),
        mark: line.icon,
        title: line.title,
        text: line.text,
        iso: one.at.to_rfc3339(),
        when: say::minute_this_year(one.at, desk.today()),
        who: one.by.unwrap_or_default(),
        href: line.link.map_or_else(String::new, href),
        month: days::day_of(one.at).format("%B %Y").to_string(),
    }
}

/// Where an event leads, unless it leads here.
fn href(link: Link) -> String {
    match link {
        Link::Incident(id) => paths::Incident { id }.to_string(),
        Link::Letter(id) => paths::Letter { id }.to_string(),
        Link::Restriction(_) | Link::WarningRequest(_) => String::new(),
        Link::Appeal(id) => paths::Appeal { id }.to_string(),
        Link::Reconsideration(id) => paths::Reconsideration { id }.to_string(),
        Link::Review(id) => paths::Review { id }.to_string(),
        Link::Undertaking(id) => paths::Undertaking { id }.to_string(),
        Link::Warning(id) => paths::Warning { id }.to_string(),
    }
}
