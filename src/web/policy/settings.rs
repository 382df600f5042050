//! Every value of the policy in force, with where it comes from, and what the check found in it.

use askama::Template;

use crate::casework::desk::Desk;
use crate::casework::found;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::fault::{Answered, Fault};
use crate::http::paths;
use crate::rules::policy::{self, Source, Value};
use crate::store;
use crate::web::frame::Frame;
use crate::web::menu;

#[derive(Template)]
#[template(path = "policy/settings.html")]
struct Settings {
    frame: Frame,
    title: String,
    sections: Vec<Section>,
    stated: usize,
    chosen: usize,
    findings: Vec<Found>,
}

/// One chapter and how much of it the policy itself says.
struct Section {
    key: String,
    title: String,
    values: usize,
    chosen: usize,
}

/// What the check found, for whoever decides about it.
pub(super) struct Found {
    pub says: String,
    pub advice: String,
    /// "Clauses 4.0 and 7.0", or nothing.
    pub clauses: String,
    /// Where it stands in the file.
    pub place: String,
}

pub(super) async fn index(_: paths::PolicySettings, Reading { mut desk, staff, around }: Reading) -> Answered {
    let pack = in_force(&mut desk).await?;
    let values = policy::values(&pack);
    let page = Settings {
        frame: menu::frame(&desk, &staff, &around),
        title: desk.policy.document.title.clone(),
        stated: values.iter().filter(|value| is_stated(value)).count(),
        chosen: values.iter().filter(|value| is_chosen(value)).count(),
        sections: sections(&values),
        findings: findings(&pack),
    };
    show(&around, &page)
}

/// The findings of a pack, in words.
pub(super) fn findings(pack: &str) -> Vec<Found> {
    let found = policy::check(pack).findings.into_iter().map(|finding| Found {
        clauses: match finding.clauses.len() {
            0 => String::new(),
            1 => format!("Clause {}", finding.clauses[0]),
            _ => format!("Clauses {}", crate::rules::say::list(&finding.clauses)),
        },
        says: finding.says,
        place: finding.place,
        advice: finding.advice,
    });
    found.collect()
}

/// The pack in force, as it was written.
async fn in_force(desk: &mut Desk) -> Result<String, Fault> {
    let version = desk.policy_version;
    Ok(found(store::policy::pack(&mut desk.tx, version).await?)?)
}

fn sections(values: &[Value]) -> Vec<Section> {
    let chapters = values.chunk_by(|a, b| a.section == b.section);
    let section = |values: &[Value]| {
        let first = values.first()?;
        let chosen = values.iter().filter(|value| is_chosen(value)).count();
        Some(Section { key: first.section.clone(), title: first.section_title.clone(), values: values.len(), chosen })
    };
    chapters.filter_map(section).collect()
}

fn is_stated(value: &Value) -> bool {
    matches!(value.source, Some(Source::Stated { .. }))
}

fn is_chosen(value: &Value) -> bool {
    matches!(value.source, Some(Source::Default { .. } | Source::Interpretation { .. }))
}

#[derive(Template)]
#[template(path = "policy/section.html")]
struct OneSection {
    frame: Frame,
    title: String,
    stated: usize,
    rows: Vec<Row>,
}

/// One value.
struct Row {
    title: String,
    about: String,
    says: String,
    /// "Stated", "Default", "Reading", or nothing for what needs no source.
    kind: &'static str,
    source: String,
    place: String,
}

pub(super) async fn section(path: paths::PolicySection, Reading { mut desk, staff, around }: Reading) -> Answered {
    let pack = in_force(&mut desk).await?;
    let values: Vec<Value> = policy::values(&pack).into_iter().filter(|value| value.section == path.section.0).collect();
    let Some(first) = values.first() else { return Err(Fault::NotFound) };
    let page = OneSection {
        frame: menu::frame(&desk, &staff, &around),
        title: first.section_title.clone(),
        stated: values.iter().filter(|value| is_stated(value)).count(),
        rows: values.into_iter().map(row).collect(),
    };
    show(&around, &page)
}

fn row(value: Value) -> Row {
    let (kind, source) = match &value.source {
        Some(source @ Source::Stated { .. }) => ("Stated", source.say()),
        Some(source @ Source::Default { .. }) => ("Default", source.say()),
        Some(source @ Source::Interpretation { .. }) => ("Reading", source.say()),
        None => ("", "The landlord’s own words.".to_owned()),
    };
    Row { title: value.title, about: value.about, says: value.says, kind, source, place: value.place }
}
