//! Incidents: log one, list them, read one, add a note, decide; and what was learnt from them.

mod draft;
pub mod facts;
mod lessons;
mod list;
mod new;
mod show;
pub mod together;

use crate::http::doors::{CASEWORK, Doors, LOGGING, MANAGING};
use crate::http::paths;

/// Logging, the list, one incident, its notes and its decision.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::IncidentNew, _>(LOGGING, new::find_first)
        .page::<paths::IncidentNewFor, _>(LOGGING, new::form)
        .act::<paths::IncidentNewFor, _>(LOGGING, new::save)
        .act::<paths::IncidentDraft, _>(LOGGING, draft::keep)
        .act::<paths::IncidentDraftEnd, _>(LOGGING, draft::throw_away)
        .page::<paths::Incidents, _>(CASEWORK, list::index)
        .page::<paths::IncidentLessons, _>(CASEWORK, lessons::index)
        .page::<paths::Incident, _>(CASEWORK, show::page)
        .act::<paths::IncidentNotes, _>(LOGGING, show::note)
        .page::<paths::IncidentTogether, _>(LOGGING, together::find)
        .act::<paths::IncidentTogether, _>(LOGGING, together::look)
        .act::<paths::IncidentDecision, _>(MANAGING, show::decide)
}
