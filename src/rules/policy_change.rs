//! What another version of the policy would change for one open case: each rule that matters to it, before and after, in words.
//! What a letter promised is no rule, and no version changes it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::appeal::{self, Promised};
use super::authority::{Asked, Stages};
use super::ladder::{self, Past};
use super::measure::{MeasureKind, Scope};
use super::policy::{Policy, Stage as Step, StageKind};
use super::restriction::Stage;
use super::{restriction_term, say};

fn who_hears(policy: &Policy) -> String {
    let roles = &policy.roles;
    let deciders = policy.challenge.deciders.iter();
    let named = deciders.map(|one| format!("; where {} approved it, {}", one.approved_by.say(roles), one.decider.say(roles)));
    named.fold(say::sentence(&policy.challenge.appeal.decider.say(roles)), |said, one| said + one.as_str())
}

#[cfg(test)]
mod tests;

/// An open case, as far as a policy decides anything about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// Where it stands.
    pub stage: Stage,
    /// What it is made of, or asks for.
    pub measures: BTreeSet<String>,
    /// How far its terms say that it reaches.
    pub reach: Option<Scope>,
    /// Keys of the kinds of behaviour it answers.
    pub behaviours: BTreeSet<String>,
    /// The day it took effect; before that, the day it was last sent for approval or begun.
    pub began: NaiveDate,
    /// The last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// A step of the ladder was left out.
    pub skipped: bool,
    /// The day of the review that was promised or asked for.
    pub review_on: Option<NaiveDate>,
    /// What the last letter promised about an appeal.
    pub appeal: Option<Promised>,
    /// What has been done with the customer so far.
    pub past: Past,
}

/// One rule that differs for a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub what: &'static str,
    /// What holds under the version the case has.
    pub before: String,
    /// What would hold under the other.
    pub after: String,
    /// Whether it is the customer's to know, so that the letter about a move says it.
    pub told: bool,
}

impl OpenCase {
    /// Whether it is in force, so that moving it is a decision about the customer.
    pub const fn is_in_force(&self) -> bool {
        matches!(self.stage, Stage::InForce)
    }

    fn asked(&self) -> Asked {
        Asked {
            measures: self.measures.clone(),
            reach: self.reach,
            from: self.began,
            until: self.ends_on,
            skipped: self.skipped,
            behaviours: self.behaviours.clone(),
        }
    }
}

/// Every rule that would differ for this case, in the order of the work. None at all means that the versions agree about it.
pub fn changes(before: &Policy, after: &Policy, case: &OpenCase, today: NaiveDate) -> Vec<Change> {
    let rules: &[Rule] = if case.is_in_force() { &IN_FORCE } else { &PROPOSED };
    let change = |(what, told, say): &Rule| {
        let (before, after) = (say(before, case, today), say(after, case, today));
        (before != after).then_some(Change { what, before, after, told: *told })
    };
    rules.iter().filter_map(change).collect()
}

/// What stays whatever version the case has, because a letter says so.
pub fn promises(case: &OpenCase) -> Vec<String> {
    if !case.is_in_force() {
        return Vec::new();
    }
    let review = case.review_on.map(|day| format!("We look at it again by {}.", say::weekday(day)));
    let end = case.ends_on.map(|day| format!("The last day is {}.", say::day(day)));
    let appeal = case.appeal.map(|promised| format!("An appeal can be made {}.", appeal::when_words(promised.by)));
    [review, end, appeal].into_iter().flatten().collect()
}

/// Why a case in force cannot be moved to another version as it stands: measures that version does not offer.
pub fn cannot_move(before: &Policy, after: &Policy, case: &OpenCase) -> Vec<String> {
    let missing = case.measures.iter().filter(|key| after.measures.offer(key).is_none());
    missing
        .map(|key| {
            format!(
                "The other version does not offer “{}”. Change the terms at a review first, then move the case.",
                measure_words(before, key)
            )
        })
        .collect()
}

/// What a rule is about, whether the customer is told of it, and what it says of a case.
type Rule = (&'static str, bool, fn(&Policy, &OpenCase, NaiveDate) -> String);

const IN_FORCE: [Rule; 9] = [
    ("How often it is reviewed", true, |policy, _, _| reviews(policy)),
    ("Who holds the review", true, |policy, _, _| say::sentence(&policy.reviews.reviewer.say(&policy.roles))),
    ("If a review is late", true, |policy, _, _| policy.reviews.overdue.title().to_owned()),
    ("When an appeal may come", true, |policy, _, _| window(policy)),
    ("Who decides an appeal", true, |policy, _, _| who_hears(policy)),
    ("How soon an appeal is answered", true, |policy, _, _| answered(policy)),
    ("The longest a new term may run", false, longest),
    ("Measures it is made of", false, offered),
    ("What counts on the ladder", false, ladder_words),
];

const PROPOSED: [Rule; 5] = [
    ("Who decides the proposal", false, |policy, case, _| stages(policy, case)),
    ("How often it would be reviewed", false, |policy, _, _| reviews(policy)),
    ("The longest it may run", false, longest),
    ("Measures it asks for", false, offered),
    ("What counts on the ladder", false, ladder_words),
];

fn reviews(policy: &Policy) -> String {
    let intervals: Vec<String> = policy.reviews.intervals.iter().map(ToString::to_string).collect();
    format!("Every {}", say::either(&intervals))
}

fn window(policy: &Policy) -> String {
    let appeal = &policy.challenge.appeal;
    match appeal.window.length() {
        Some(length) => format!("Within {length} of {}", appeal.window_from.title()),
        None => "At any time".to_owned(),
    }
}

fn answered(policy: &Policy) -> String {
    policy.challenge.appeal.decide_within.length().map_or_else(|| "No time is set".to_owned(), |length| format!("Within {length}"))
}

/// The longest, and whether the last day this case has lies beyond it.
fn longest(policy: &Policy, case: &OpenCase, today: NaiveDate) -> String {
    let longest = say::sentence(&policy.terms.longest.value.to_string());
    let from = if case.is_in_force() { today } else { case.began };
    let latest = restriction_term::latest_end(policy, from);
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
fn measure_words(policy: &Policy, key: &str) -> String {
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
    match (stage.kind, stage.count) {
        (StageKind::Consult, _) => format!("{who} gives a view"),
        (StageKind::Authorise, 0 | 1) => format!("{who} authorises"),
        (StageKind::Authorise, count) => format!("{count} people authorise, each {who}"),
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
