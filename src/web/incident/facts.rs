//! What was logged, as terms and sentences.

use chrono::NaiveDate;

use crate::rules::incident::{Adjusted, Done, Harm, Outcome};
use crate::rules::measure::Channel;
use crate::rules::policy::{Danger, Policy};
use crate::rules::{days, say};
use crate::store::customer::Head;
use crate::store::incident::Incident;

/// A term and its value.
pub struct Fact {
    /// What it is.
    pub term: &'static str,
    /// What it says.
    pub value: String,
}

/// Everything logged, in the order of the form. What was not answered is left out.
pub fn of(policy: &Policy, incident: &Incident) -> Vec<Fact> {
    let facts = [
        ("About", incident.about.clone()),
        ("Effect", titles(&incident.effects, |key| policy.behaviour.effect(key).map(|one| one.title.clone()))),
        ("Affected", affected(policy, incident)),
        ("Safety", safety(incident)),
        ("Police reference", incident.police_reference.clone().unwrap_or_default()),
        ("Warnings", warnings(policy, incident)),
        ("How it ended", ending(incident)),
        ("Also done", titles(&incident.done, |key| Done::from_key(key).map(|one| one.title().to_owned()))),
        ("Adjustments made", incident.adjustments_made.as_deref().and_then(Adjusted::from_key).map_or("", Adjusted::title).to_owned()),
        ("What made it harder", incident.made_it_harder.clone().unwrap_or_default()),
        ("Told since", told(incident)),
        ("Logged", format!("{}, {}", incident.logged_by_name, say::minute(incident.logged_at))),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(term, value)| Fact { term, value }).collect()
}

/// What whoever writes to the customer about it has to weigh.
pub fn to_weigh(policy: &Policy, incident: &Incident) -> Vec<Fact> {
    let facts = [
        ("About", incident.about.clone()),
        ("Effect", titles(&incident.effects, |key| policy.behaviour.effect(key).map(|one| one.title.clone()))),
        ("Warnings", warnings(policy, incident)),
        ("Adjustments made", incident.adjustments_made.as_deref().and_then(Adjusted::from_key).map_or("", Adjusted::title).to_owned()),
        ("What made it harder", incident.made_it_harder.clone().unwrap_or_default()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(term, value)| Fact { term, value }).collect()
}

/// What somebody outside is told of it: when, how and where, who was there, and what made it dangerous.
pub fn to_report(policy: &Policy, incident: &Incident, customer: &Head) -> Vec<Fact> {
    let facts = [
        ("⟦Customer⟧", format!("{}, {}", customer.full_name(), customer.address_line()).trim_end_matches(", ").to_owned()),
        ("When", say::minute(incident.happened_at)),
        ("How", Channel::from_key(&incident.channel).map_or("", Channel::title).to_owned()),
        ("Affected", affected(policy, incident)),
        ("Safety", safety(incident)),
        ("Police reference", incident.police_reference.clone().unwrap_or_default()),
        ("Logged by", incident.logged_by_name.clone()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(term, value)| Fact { term, value }).collect()
}

/// What was decided.
pub fn of_decision(policy: &Policy, incident: &Incident, outcome: Outcome, today: NaiveDate) -> Vec<Fact> {
    let follows = match outcome {
        Outcome::NoAction => "No action".to_owned(),
        Outcome::Warning => say::sentence(&policy.words.warning.a),
        Outcome::More => "An assessment".to_owned(),
    };
    let by = incident.decided_by_name.clone().unwrap_or_default();
    let on = incident.decided_at.map(|at| say::minute_this_year(at, today)).unwrap_or_default();
    let mut facts = vec![
        Fact { term: "What follows", value: follows },
        Fact { term: "Decided by", value: format!("{by}, {on}") },
        Fact { term: "Reasons", value: incident.outcome_reasons.clone().unwrap_or_default() },
    ];
    facts.extend(incident.lessons.clone().map(|value| Fact { term: "What we learnt", value }));
    facts
}

fn titles(keys: &[String], title: impl Fn(&str) -> Option<String>) -> String {
    let titles: Vec<String> = keys.iter().filter_map(|key| title(key)).collect();
    titles.join("; ")
}

fn affected(policy: &Policy, incident: &Incident) -> String {
    let people: Vec<String> = incident
        .people
        .iter()
        .map(|person| {
            let kind = policy.people.affected(&person.kind).map_or("", |kind| &kind.title);
            format!("{} ({})", person.name, kind.to_lowercase())
        })
        .collect();
    say::list(&people)
}

fn safety(incident: &Incident) -> String {
    let harm = match Harm::from_key(&incident.harm) {
        Some(Harm::Threatened) => "Somebody was threatened.",
        Some(Harm::Hurt) => "Somebody was hurt.",
        _ => "Nobody was threatened or hurt.",
    };
    let dangers = incident.dangers.iter().filter_map(|key| Danger::from_key(key)).map(|danger| format!(" {}.", danger.title()));
    std::iter::once(harm.to_owned()).chain(dangers).collect()
}

fn told(incident: &Incident) -> String {
    let lines = incident.told.iter().map(|told| {
        let not = if told.done { "" } else { "decided not to. " };
        format!("{}: {not}{} {}, {}.", say::sentence(&told.what), told.note, told.name, say::minute(told.at))
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn warnings(policy: &Policy, incident: &Incident) -> String {
    let needed = *policy.call_ending.warnings;
    let given = incident.warnings_given;
    let mut times: Vec<String> = incident.steps.iter().filter(|step| step.step > 0).map(|step| say::time(days::time_of(step.at))).collect();
    times.dedup();
    let at = if times.is_empty() { String::new() } else { format!(", at {}", say::list(&times)) };
    match (given, needed) {
        (0, 0) => String::new(),
        (0, _) => "None spoken".to_owned(),
        _ => format!("{} spoken{at}", say::count(given, "warning", "warnings")),
    }
}

fn ending(incident: &Incident) -> String {
    if !incident.contact_ended {
        return String::new();
    }
    let fewer = incident.fewer_because.as_ref().map(|why| format!(" With fewer warnings than asked: {}.", say::inside(why)));
    let told = match (incident.reason_told, &incident.not_told_because) {
        (Some(true), _) => " The reason was told.".to_owned(),
        (Some(false), Some(why)) => format!(" The reason was not told: {}.", say::inside(why.trim_end_matches('.'))),
        _ => String::new(),
    };
    format!("Ended by staff.{}{told}", fewer.unwrap_or_default())
}
