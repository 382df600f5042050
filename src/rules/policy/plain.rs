//! The policy in plain words, chapter by chapter, generated from the pack: never a raw key, and always where a value comes from.

mod areas;
mod challenge;
mod terms;

pub use areas::{Differs, InArea, in_area};
pub(super) use challenge::early_review_in_words;
pub(super) use terms::severity_in_words;

use super::{
    After, Agreement, LookBack, Policy, Population, ReEntry, Report, Severity, Source, Sourced, Stage, StageKind, Status, Step, Told,
    Trigger,
};
use crate::rules::say;

/// One chapter in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its place on the page.
    pub anchor: &'static str,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub lines: Vec<Line>,
}

/// One thing the policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub what: String,
    /// What it says.
    pub says: String,
    /// The same as a list, where it is one.
    pub list: Vec<String>,
    /// Where that comes from, as a sentence.
    pub source: String,
    /// Whether the policy itself says so.
    pub is_stated: bool,
}

/// Every chapter, in the order of the work.
pub fn chapters(policy: &Policy) -> Vec<Chapter> {
    vec![
        behaviour(policy),
        call_ending(policy),
        ladder(policy),
        measures(policy),
        authority(policy),
        terms::chapter(policy),
        challenge::chapter(policy),
        safety(policy),
        document(policy),
    ]
}

fn behaviour(policy: &Policy) -> Chapter {
    let mut lines =
        vec![from("Before you call it that", policy.behaviour.threshold_words.value.clone(), &policy.behaviour.threshold_words)];
    for (category, within) in policy.behaviour.groups() {
        let examples: Vec<&str> =
            within.iter().map(|kind| kind.title.as_str()).chain(category.examples.iter().map(String::as_str)).collect();
        let says = if examples.is_empty() { "The policy gives no examples.".to_owned() } else { format!("{}.", examples.join("; ")) };
        lines.push(line(&category.title, say::sentence(&says), &category.source));
    }
    Chapter { anchor: "behaviour", title: format!("What counts as {}", policy.words.behaviour), lines }
}

fn call_ending(policy: &Policy) -> Chapter {
    let ending = &policy.call_ending;
    let warnings = match ending.warnings.value {
        0 => "No warning is needed.".to_owned(),
        n => format!("After {}.", say::count(n, "warning", "warnings")),
    };
    let fewer: Vec<&str> = ending.fewer.iter().map(|reason| reason.say.as_str()).collect();
    let mut lines = vec![
        from("Who may end a call", who(&ending.who.value.say(&policy.roles)), &ending.who),
        from("When", warnings, &ending.warnings),
        from("Say why", format!("{}.", ending.tell_why.title()), &ending.tell_why),
    ];
    if !fewer.is_empty() {
        lines.push(from("Fewer warnings", format!("{}.", fewer.join("; ")), &ending.fewer));
    }
    Chapter { anchor: "calls", title: "Before a call is ended".to_owned(), lines }
}

fn ladder(policy: &Policy) -> Chapter {
    let mut lines: Vec<Line> =
        policy.ladder.steps.iter().map(|step| line(&step.title, step_in_words(policy, step), &step.source)).collect();
    let back = &policy.ladder.look_back;
    lines.push(from("How long a step counts", look_back_in_words(back), back));
    let across = &policy.ladder.counts_across_categories;
    lines.push(from("For which behaviour", counts_for(**across).to_owned(), across));
    if let Some(again) = &policy.ladder.re_entry {
        lines.push(from("If it starts again", re_entry_in_words(policy, again), again));
    }
    Chapter { anchor: "ladder", title: "One step at a time".to_owned(), lines }
}

const fn counts_for(across: bool) -> &'static str {
    if across {
        "A step counts for whatever is done next, whichever behaviour it was about."
    } else {
        "A step counts only if the same kind of behaviour happens again."
    }
}

/// How much sooner somebody may be dealt with who was restricted before.
pub(super) fn re_entry_in_words(policy: &Policy, again: &ReEntry) -> String {
    let step = policy.ladder.step(&again.at).map_or("the same step", |step| step.title.as_str());
    let word = &policy.words.restriction.a;
    format!("Within {} of the day {word} was lifted, “{step}” may be taken at once, without the steps before it.", again.within)
}

pub(super) fn look_back_in_words(back: &LookBack) -> String {
    format!("{} from {}.", say::sentence(&back.length.to_string()), back.from.title())
}

pub(super) fn step_in_words(policy: &Policy, step: &Step) -> String {
    let mut words = format!("{} Taken by {}.", step.about, step.taken_by.value.say(&policy.roles));
    if let Some(stages) = &step.agreed_by {
        words.push_str(&format!(" {}", agreed_in_words(policy, stages)));
    }
    if step.times > 1 {
        words.push_str(&format!(
            " It is taken {} before what comes next.",
            if step.times == 2 { "twice".to_owned() } else { say::count(step.times, "time", "times") }
        ));
    }
    let forms: Vec<String> = step.forms.iter().map(|form| form.title().to_lowercase()).collect();
    if !forms.is_empty() {
        words.push_str(&format!(" {}.", say::sentence(&say::either(&forms))));
    }
    let before: Vec<&str> = step.after.keys().iter().filter_map(|key| policy.ladder.step(key)).map(|step| step.title.as_str()).collect();
    if !before.is_empty() {
        let before = match &step.after {
            After::All(_) => say::list(&say::joining(&before)),
            After::Any(_) => say::either(&say::joining(&before)),
        };
        words.push_str(&format!(" Comes after: {before}."));
    }
    if let Some(skip) = &step.skip {
        words.push_str(&format!(" May be left out, with a reason, by decision of {}.", skip.value.decided_by.say(&policy.roles)));
    }
    words
}

/// "A Manager is asked for a view, then a Director agrees before it is given."
pub fn agreed_in_words(policy: &Policy, stages: &[Stage]) -> String {
    let each: Vec<String> = stages.iter().map(|stage| agreeing_in_words(policy, stage)).collect();
    format!("{} before it is given.", say::sentence(&each.join(", then ")))
}

fn agreeing_in_words(policy: &Policy, stage: &Stage) -> String {
    let (people, never) = (stage.of.say(&policy.roles), stage.keeps_out().map(|whom| format!(", nobody {whom},")).unwrap_or_default());
    let is_body = stage.of.role_keys().into_iter().any(|key| policy.body(key).is_some());
    match (stage.kind, stage.count) {
        (StageKind::Consult, _) => format!("{people} is asked for a view{never}"),
        (StageKind::Authorise, _) if is_body => format!("{people} agrees in a meeting{never}"),
        (StageKind::Authorise, 0 | 1) => format!("{people} agrees{never}"),
        (StageKind::Authorise, n) => format!("{} agree{never}", stage.of.several(n, &policy.roles)),
    }
}

fn measures(policy: &Policy) -> Chapter {
    let open = policy.measures.always_open.first().map(|first| {
        let each: Vec<String> = policy.measures.always_open.iter().map(|open| full(&open.say)).collect();
        Line { list: each.clone(), ..line("Always open", each.join(" "), &first.source) }
    });
    let offered = policy.measures.offered.iter().map(|offer| {
        let also = offer.approver.as_ref().map(|who| format!(" {} decides on it as well.", say::sentence(&who.say(&policy.roles))));
        let longest = offer.longest.map(|longest| format!(" For {longest} at most."));
        let limits = offer.limits_said().map(|limits| format!(" {limits}"));
        let left = offer.left_said().map(|left| format!(" {left}"));
        let says: String = [Some(full(&offer.about)), left, limits, longest, also].into_iter().flatten().collect();
        line(&offer.title, says, &offer.source)
    });
    Chapter {
        anchor: "measures",
        title: format!("What {} may say", policy.words.restriction.a),
        lines: open.into_iter().chain(offered).collect(),
    }
}

fn authority(policy: &Policy) -> Chapter {
    let mut lines = vec![from("Who proposes", who(&policy.authority.proposer.value.say(&policy.roles)), &policy.authority.proposer)];
    for rule in &policy.authority.rules {
        lines.push(line(&condition(policy, rule), stages_in_words(policy, rule), &rule.source));
    }
    let never: Vec<&str> = policy.authority.never_authorises.iter().map(|part| part.title()).collect();
    lines.push(from("Never", format!("Anybody who {}.", say::either(&never)), &policy.authority.never_authorises));
    Chapter { anchor: "authority", title: "Who decides".to_owned(), lines }
}

pub(super) fn condition(policy: &Policy, rule: &super::Rule) -> String {
    let when = &rule.when;
    let mut said = Vec::new();
    if when.skipped {
        said.push("a step was left out".to_owned());
    }
    if when.permanent {
        said.push("it has no last day".to_owned());
    }
    if let Some(length) = when.longer_than {
        said.push(format!("it runs longer than {length}"));
    }
    if let Some(severity) = when.from_severity {
        said.push(format!("the behaviour is {}", severity.at_least()));
    }
    let kinds: Vec<&str> = when.measures.iter().map(|key| policy.measures.title(key)).collect();
    if !kinds.is_empty() {
        said.push(format!("it says: {}", say::either(&say::joining(&kinds))));
    }
    let steps: Vec<&str> = when.steps.iter().filter_map(|key| policy.ladder.step(key)).map(|step| step.title.as_str()).collect();
    if !steps.is_empty() {
        said.push(format!("the step is: {}", say::either(&say::joining(&steps))));
    }
    let reaches: Vec<&str> = when.reaches.iter().map(|scope| scope.title()).collect();
    if !reaches.is_empty() {
        said.push(format!("it reaches: {}", say::either(&say::joining(&reaches))));
    }
    let kinds: Vec<&str> =
        when.categories.iter().filter_map(|key| policy.behaviour.category(key)).map(|kind| kind.title.as_str()).collect();
    if !kinds.is_empty() {
        said.push(format!("the behaviour is: {}", say::either(&say::joining(&kinds))));
    }
    if said.is_empty() { "Who decides".to_owned() } else { format!("When {}", said.join(" and ")) }
}

/// "A Team Manager decides, then a Director decides."
pub(super) fn stages_in_words(policy: &Policy, rule: &super::Rule) -> String {
    let stages: Vec<String> = rule.stages.iter().map(|stage| stage_in_words(policy, stage)).collect();
    say::sentence(&format!("{}.", stages.join(", then ")))
}

fn stage_in_words(policy: &Policy, stage: &Stage) -> String {
    let people = stage.of.say(&policy.roles);
    let may: Vec<&str> = stage.may.iter().map(|act| act.title()).collect();
    let may = if may.is_empty() { String::new() } else { format!(" (to {})", lower(&say::either(&say::joining(&may)))) };
    let may = stage.keeps_out().map(|whom| format!("{may}, nobody {whom}")).unwrap_or(may);
    match (stage.kind, stage.count) {
        (StageKind::Consult, _) => format!("{people} is asked for a view{may}"),
        (StageKind::Authorise, 0 | 1) => format!("{people} decides{may}"),
        (StageKind::Authorise, n) => format!("{} decide{may}", stage.of.several(n, &policy.roles)),
    }
}

fn safety(policy: &Policy) -> Chapter {
    let always = |referral: &super::Referral| {
        let dangers: Vec<&str> = referral.always.iter().map(|danger| danger.title()).collect();
        let by_danger = (!dangers.is_empty()).then(|| format!("Always: {}.", say::either(&say::joining(&dangers))));
        let says: Vec<String> = by_danger.into_iter().chain(triggers_in_words(policy, &referral.always_for)).collect();
        if says.is_empty() { "A person judges, case by case.".to_owned() } else { says.join(" ") }
    };
    let mut lines = vec![
        from(&policy.referrals.police.title, always(&policy.referrals.police), &policy.referrals.police.always),
        from(
            &policy.referrals.community_safety.title,
            always(&policy.referrals.community_safety),
            &policy.referrals.community_safety.always,
        ),
        from(
            "Support for the person affected",
            format!("Offered within {} by {}.", policy.support.within.value, policy.support.offered_by.value.say(&policy.roles)),
            &policy.support.within,
        ),
    ];
    lines.extend(policy.referrals.others.iter().map(|to| hand_off(policy, to)));
    lines.extend(policy.markers.iter().map(|marker| marker_line(policy, marker)));
    lines.extend(policy.agreements.iter().map(|one| line(&one.title, agreement_in_words(policy, one), &one.source)));
    lines.extend(policy.statuses.iter().map(|one| line(&one.title, status_in_words(policy, one), &one.source)));
    Chapter { anchor: "safety", title: "Safety and support".to_owned(), lines }
}

pub(super) fn agreement_in_words(policy: &Policy, one: &Agreement) -> String {
    let by = one.offered_by.say(&policy.roles);
    format!("{} Offered by {by}. If it is refused: {}.", full(&one.about), lower(one.refusal.title()))
}

pub(super) fn status_in_words(policy: &Policy, one: &Status) -> String {
    let by = one.set_by.say(&policy.roles);
    let lasts = one.lasts.length().map_or_else(|| "Until it is taken away".to_owned(), |length| format!("For {length}"));
    format!("{} {lasts}. Given by {by}.", full(&one.about))
}

/// To whom a case is handed besides, and when.
fn hand_off(policy: &Policy, to: &super::HandOff) -> Line {
    line(&to.title, hand_off_in_words(policy, to), &to.source)
}

/// When that is, as sentences.
pub(super) fn hand_off_in_words(policy: &Policy, to: &super::HandOff) -> String {
    let titles = |dangers: &[super::Danger]| say::either(&say::joining(&dangers.iter().map(|danger| danger.title()).collect::<Vec<_>>()));
    let mut says: Vec<String> = Vec::new();
    if !to.always.is_empty() {
        says.push(format!("Always: {}.", titles(&to.always)));
    }
    says.extend(triggers_in_words(policy, &to.always_for));
    if !to.consider.is_empty() {
        says.push(format!("To be thought of: {}.", titles(&to.consider)));
    }
    if to.with_consent {
        says.push(format!("Only where the {} consents.", policy.words.customer().one));
    }
    says.join(" ")
}

/// What staff do because of a marker, who sets it, and how often it is looked at again.
fn marker_line(policy: &Policy, marker: &super::Marker) -> Line {
    line(&marker.title, marker_in_words(policy, marker), &marker.source)
}

/// The same as sentences.
pub(super) fn marker_in_words(policy: &Policy, marker: &super::Marker) -> String {
    let by = marker.set_by.say(&policy.roles);
    let told = marker.told_because.as_deref().map_or_else(String::new, |why| {
        let told = match marker.told {
            Told::Always => "is told",
            Told::UnlessRisky => "is told unless that would put somebody at risk",
            Told::No => "is not told",
        };
        format!(" The {} {told}: {}", policy.words.customer().one, full(why))
    });
    format!("{} Set by {by}; looked at again every {}.{told}", full(&marker.instruction), marker.review_every.each())
}

/// With a full stop, whether or not the pack has one.
pub(super) fn full(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    if words.ends_with(['?', '!']) { words.to_owned() } else { format!("{words}.") }
}

/// As the middle of a sentence.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn document(policy: &Policy) -> Chapter {
    let document = &policy.document;
    let mut lines = vec![
        from("Owner", document.owner.value.clone(), &document.owner),
        from("Accountable", document.accountable.value.clone(), &document.accountable),
        from("Looked at again", format!("Every {}.", document.review_every.each()), &document.review_every),
        from("Equality assessment", document.equality_assessment.value.clone(), &document.equality_assessment),
    ];
    lines.extend(policy.reports.iter().map(|report| line(&report.title, report_in_words(policy, report), &report.source)));
    Chapter { anchor: "document", title: "The policy itself".to_owned(), lines }
}

pub(super) fn report_in_words(policy: &Policy, report: &Report) -> String {
    let counts: Vec<String> = report.counts.iter().map(|one| lower(one.title())).collect();
    let part = report.for_each.map_or_else(String::new, |part| format!(", a part for each {}", lower(part.title())));
    let of = report.of.as_ref().map_or_else(String::new, |of| format!(", of {}", population(policy, of)));
    format!("Every {}, to {}: {}{of}{part}.", report.every.each(), report.audience, say::list(&counts))
}

/// Whose cases those are: "“Tenant” and behaviour that is serious or worse".
fn population(policy: &Policy, of: &Population) -> String {
    let subjects = of.subjects.iter().filter_map(|key| policy.people.subjects.iter().find(|one| one.key == *key)).map(|one| &one.title);
    let kinds = of.categories.iter().filter_map(|key| policy.behaviour.category(key)).map(|one| &one.title);
    let named: Vec<String> = subjects.chain(kinds).map(|title| format!("“{title}”")).collect();
    say::list(&named.into_iter().chain(of.from_severity.map(grave)).collect::<Vec<_>>())
}

/// "behaviour that is serious or worse".
fn grave(least: Severity) -> String {
    format!("behaviour that is {}", least.at_least())
}

/// Which behaviour makes somebody be told by itself: "Always for “Violence” that is extreme."
pub(super) fn triggers_in_words(policy: &Policy, triggers: &[Trigger]) -> Vec<String> {
    let one = |trigger: &Trigger| {
        let kinds: Vec<String> = trigger
            .categories
            .iter()
            .filter_map(|key| policy.behaviour.category(key))
            .map(|category| format!("“{}”", category.title))
            .collect();
        let which = if kinds.is_empty() { "behaviour".to_owned() } else { say::either(&kinds) };
        let grave = trigger.from_severity.map_or_else(String::new, |least| format!(" that is {}", least.at_least()));
        format!("Always for {which}{grave}.")
    };
    triggers.iter().map(one).collect()
}

pub(super) fn who(words: &str) -> String {
    format!("{}.", say::sentence(words))
}

fn from<T>(what: &str, says: String, sourced: &Sourced<T>) -> Line {
    line(what, says, &sourced.source)
}

fn line(what: &str, says: String, source: &Source) -> Line {
    Line { what: what.to_owned(), says, list: Vec::new(), source: source.say(), is_stated: source.clause().is_some() }
}

#[cfg(test)]
mod tests;
