//! What is worked out for one case under each version: who decides it, how long it may run, whether its measures are offered, and what
//! counts.

use chrono::NaiveDate;

use super::{Change, OpenCase};
use crate::rules::authority::Stages;
use crate::rules::measure::MeasureKind;
use crate::rules::policy::{Policy, Stage as Step, StageKind};
use crate::rules::restriction_term::{self, Runs};
use crate::rules::{ladder, restriction, say};

/// What a rule is about, and what it says of a case.
type Rule = (&'static str, fn(&Policy, &OpenCase, NaiveDate) -> String);

const IN_FORCE: [Rule; 4] = [
    ("Who may end it before its last day", |policy, case, _| {
        let reviewer = crate::rules::review::reviewer(policy, case.measures.iter().map(String::as_str));
        say::sentence(&restriction::who_ends(reviewer, &Stages::of(policy, &case.asked()).stages).say(&policy.roles))
    }),
    ("The longest a new term may run", longest),
    ("Measures it is made of", offered),
    ("What counts on the ladder", ladder_words),
];

const PROPOSED: [Rule; 4] = [
    ("Who decides the proposal", |policy, case, _| stages(policy, case)),
    ("The longest it may run", longest),
    ("Measures it asks for", offered),
    ("What counts on the ladder", ladder_words),
];

/// What of that differs.
pub(super) fn changes(before: &Policy, after: &Policy, case: &OpenCase, today: NaiveDate) -> Vec<Change> {
    let rules = if case.is_in_force() { &IN_FORCE } else { &PROPOSED };
    let change = |(what, says): &Rule| {
        let (before, after) = (says(before, case, today), says(after, case, today));
        (before != after).then(|| Change::between((*what).to_owned(), before, after))
    };
    rules.iter().filter_map(change).collect()
}

/// The longest, and whether the last day this case has lies beyond it.
fn longest(policy: &Policy, case: &OpenCase, today: NaiveDate) -> String {
    let runs = Runs::of(policy, case.measures.iter().map(String::as_str), &case.behaviours);
    let longest = say::sentence(&runs.longest.to_string());
    let from = if case.is_in_force() { today } else { case.began };
    let latest = restriction_term::latest_end(policy, from, &runs);
    match case.ends_on {
        None if case.is_in_force() && !*policy.terms.permanent => format!("{longest}; none without a last day"),
        Some(last) if !case.is_in_force() && last > latest => format!("{longest}; the last day asked for, {}, is later", say::day(last)),
        _ => longest,
    }
}

fn offered(policy: &Policy, case: &OpenCase, _: NaiveDate) -> String {
    let (offered, missing): (Vec<&String>, Vec<&String>) = case.measures.iter().partition(|key| policy.measures.offer(key).is_some());
    let titles = |keys: &[&String]| say::list(&keys.iter().map(|key| measure_words(policy, key)).collect::<Vec<_>>());
    match (offered.is_empty(), missing.is_empty()) {
        (_, true) => "All offered".to_owned(),
        (true, false) => format!("Not offered: {}", titles(&missing)),
        (false, false) => format!("Not offered any more: {}", titles(&missing)),
    }
}

/// What a measure is called in a sentence: by its kind, or by the policy's own title where the key is its own.
pub(super) fn measure_words(policy: &Policy, key: &str) -> String {
    MeasureKind::from_key(key).map(MeasureKind::title).unwrap_or_else(|| policy.measures.title(key)).to_lowercase()
}

fn stages(policy: &Policy, case: &OpenCase) -> String {
    let stages = Stages::of(policy, &case.asked()).stages;
    let words: Vec<String> = stages.iter().map(|stage| stage_words(policy, stage)).collect();
    match words.is_empty() {
        true => "No rule of the policy matches it".to_owned(),
        false => say::sentence(&words.join(", then ")),
    }
}

fn stage_words(policy: &Policy, stage: &Step) -> String {
    let who = stage.of.say(&policy.roles);
    let but = stage.keeps_out().map(|whom| format!(", nobody {whom}")).unwrap_or_default();
    match (stage.kind, stage.count) {
        (StageKind::Consult, _) => format!("{who} gives a view{but}"),
        (StageKind::Authorise, 0 | 1) => format!("{who} authorises{but}"),
        (StageKind::Authorise, count) => format!("{count} people authorise, each {who}{but}"),
    }
}

/// What counts today, or what would have to come first.
fn ladder_words(policy: &Policy, case: &OpenCase, today: NaiveDate) -> String {
    let counting = policy.ladder.warnings().filter_map(|step| {
        let (taken, count) = case.past.counting(policy, &step.key, today)?;
        Some(format!("{} on {} {}", step.title, say::day(taken.on), count.say()))
    });
    let counting: Vec<String> = counting.collect();
    let stands = match counting.is_empty() {
        true => "Nothing counts today".to_owned(),
        false => counting.join("; "),
    };
    match ladder::to_restrict_with(policy, &case.past, today, &case.measures) {
        Some(next) if !next.may && !case.is_in_force() => format!("{stands}. {}", next.because),
        _ => stands,
    }
}
