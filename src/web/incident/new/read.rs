//! What was typed on the incident form, as a report.

use std::collections::BTreeSet;

use super::offered::ANOTHER;
use crate::casework::desk::{Desk, Staff};
use crate::http::form::Form;
use crate::rules::days;
use crate::rules::id::{IncidentId, StaffId};
use crate::rules::incident::{Adjusted, Affected, Done, Harm, Help, Report, ended_early};
use crate::rules::measure::Channel;
use crate::rules::policy::{Danger, Policy, TellWhy};
use crate::rules::text::{Line, Narrative, PersonName, Reference};
use crate::store::staff::StaffLine;

/// What was typed, as a report; nothing when something is missing or at odds, and every such field then says why, all at once.
pub(super) fn read(form: &mut Form, desk: &Desk, staff: &Staff, people: &[StaffLine], has_needs: bool) -> Option<Report> {
    let policy = &desk.policy;
    let id = form.value("id").parse::<IncidentId>().ok();
    if id.is_none() {
        form.refuse("This page is no longer good. Copy what you wrote, open the page again, and paste it there");
    }
    let channels: Vec<(&str, Channel)> = policy.people.channels.iter().map(|channel| (channel.key(), *channel)).collect();
    let channel = form.choice("channel", &channels, "Choose how the contact was made");
    let day = form.date("date", "Enter the date of the contact");
    let time = form.time("time", "Enter the time it started, such as 11:42am");
    let about = form.text("about", |typed| Line::parse(typed).map_err(|error| missing(typed, error, "Enter what it was about")));
    let categories: Vec<(&str, String)> = policy.behaviour.categories.iter().map(|one| (one.key.as_str(), one.key.clone())).collect();
    let behaviours = form.some_choices("behaviours", &categories, "Choose what you saw or heard");
    let what = form.text("what", |typed| Narrative::parse(typed).map_err(|error| missing(typed, error, "Enter what was said and done")));
    let effects: Vec<(&str, String)> = policy.behaviour.effects.iter().map(|one| (one.key.as_str(), one.key.clone())).collect();
    let effects = form.choices("effects", &effects);
    let affected = read_affected(form, policy, staff, people);
    let harm = form.choice("harm", &keyed(Harm::ALL, Harm::key), "Choose whether anyone was threatened or hurt");
    let named = keyed(Danger::ALL, Danger::key);
    let dangers: Vec<Danger> = form.choices("threats", &named).into_iter().chain(form.choices("dangers", &named)).collect();
    let police = form.optional("police", Reference::parse).flatten().map(String::from);
    let warnings =
        BTreeSet::from_iter(form.all("warned").filter_map(|number| number.parse::<u8>().ok()).filter(|number| (1..=9).contains(number)));
    let ending = read_ending(form, policy);
    let adjusted = Adjusted::from_key(form.value("adjusted"));
    let harder = form.optional("harder", Narrative::parse).flatten().map(String::from);
    let side = form.optional("side", Narrative::parse).flatten().map(String::from);
    let help = form.choice("support", &keyed(Help::ALL, Help::key), "Choose whether you would like some support");
    let warnings = u8::try_from(warnings.len()).unwrap_or(9);
    // Where a field could not be read, what stands for it here is never kept: it lets the other fields be looked at all the same.
    let report = Report {
        id: id.unwrap_or_else(|| desk.new_id()),
        happened_at: day.zip(time).map_or(desk.now, |(day, time)| days::at(day, time)),
        channel: channel.unwrap_or(Channel::Phone),
        about: about.map(String::from).unwrap_or_default(),
        behaviours: behaviours.unwrap_or_default(),
        effects,
        affected: affected.unwrap_or_default(),
        what: what.map(String::from).unwrap_or_default(),
        harm: harm.unwrap_or(Harm::None),
        dangers,
        police_reference: police.filter(|_| harm != Some(Harm::None)),
        warnings,
        ended: ending.ended,
        fewer_because: ending.fewer.filter(|_| ended_early(policy, ending.ended, warnings)),
        reason_told: ending.told,
        not_told_because: ending.not_told,
        done: form.choices("done", &keyed(Done::ALL, Done::key)),
        adjusted,
        made_it_harder: harder,
        customers_side: side,
        help: help.unwrap_or(Help::Fine),
    };
    let any_has_effect = policy.behaviour.categories.iter().all(|one| !one.effects_needed.is_empty());
    if report.behaviours.is_empty() && report.effects.is_empty() && any_has_effect {
        form.wrong("effects", "Choose what effect it had");
    }
    for (field, sentence) in report.wants(policy, desk.now, has_needs) {
        let is_told = field == "affected" && ["colleague", "name", "kind"].iter().any(|part| form.error(part).is_some());
        if form.error(field).is_none() && !is_told {
            form.wrong(field, sentence);
        }
    }
    form.is_clean().then_some(report)
}

struct Ending {
    ended: bool,
    fewer: Option<String>,
    told: Option<bool>,
    not_told: Option<String>,
}

/// Answers about the ending count only where the contact was ended.
fn read_ending(form: &mut Form, policy: &Policy) -> Ending {
    if !form.has("done", "ended") {
        return Ending { ended: false, fewer: None, told: None, not_told: None };
    }
    let fewer = match form.value("fewer") {
        "another" => Some(ANOTHER.to_owned()),
        key => policy.call_ending.fewer.iter().find(|reason| reason.key == key).map(|reason| reason.say.clone()),
    };
    let told = match form.value("told") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let not_told = form.optional("not_told", Line::parse).flatten().map(String::from).filter(|_| told == Some(false));
    Ending { ended: true, fewer, told: told.filter(|_| *policy.call_ending.tell_why != TellWhy::No), not_told }
}

/// Me, a colleague, somebody else: each where they were named.
fn read_affected(form: &mut Form, policy: &Policy, staff: &Staff, people: &[StaffLine]) -> Option<Vec<Affected>> {
    let ours = policy.people.affected.first().map(|kind| kind.key.clone()).unwrap_or_default();
    let mut affected = Vec::new();
    if form.has("affected", "me") {
        affected.push(Affected { kind: ours.clone(), staff: Some(staff.id), name: staff.name.clone() });
    }
    if !form.has("affected", "else") {
        return Some(affected);
    }
    let colleague = form.value("colleague").parse::<StaffId>().ok().and_then(|id| people.iter().find(|line| line.id == id));
    if let Some(line) = colleague {
        affected.push(Affected { kind: ours, staff: Some(line.id), name: line.name.clone() });
    }
    let name = form.optional("name", PersonName::parse)?;
    if let Some(name) = name {
        let kinds: Vec<(&str, String)> = policy.people.affected.iter().map(|kind| (kind.key.as_str(), kind.key.clone())).collect();
        let kind = form.choice("kind", &kinds, "Choose who they are to us")?;
        affected.push(Affected { kind, staff: None, name: name.into() });
    } else if colleague.is_none() {
        form.wrong("colleague", "Choose the colleague, or enter the name of somebody else");
        return None;
    }
    Some(affected)
}

fn keyed<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    all.iter().map(|one| (key(*one), *one)).collect()
}

/// The sentence of this page for an empty field; the reader's own for anything else.
fn missing(typed: &str, error: impl std::fmt::Display, sentence: &str) -> String {
    if typed.is_empty() { sentence.to_owned() } else { error.to_string() }
}
