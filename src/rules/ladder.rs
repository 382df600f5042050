//! Which steps may come next, what counts today, and why.

mod past;

pub use past::{Count, Past, Taken, count};

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::policy::{After, Policy, SkipReason, Step, StepKind, Who};
use super::say;

/// Whether a step may be taken now, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next<'a> {
    pub step: &'a Step,
    pub may: bool,
    pub because: String,
    /// Where steps before it are missing and may be left out.
    pub skip: Option<Skipping<'a>>,
}

/// What leaving steps out would take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipping<'a> {
    /// The steps that would be left out, in the order of the ladder.
    pub steps: Vec<&'a Step>,
    /// The reasons that hold for every one of them; some need only judgement, in writing.
    pub reasons: Vec<&'a SkipReason>,
    /// Whose decision it is: the most senior named for any of them.
    pub decided_by: &'a Who,
    pub because: String,
}

/// Every step of the ladder, with whether it may come next.
pub fn next_steps<'a>(policy: &'a Policy, past: &Past, today: NaiveDate) -> Vec<Next<'a>> {
    policy.ladder.steps.iter().map(|step| next(policy, past, today, step)).collect()
}

/// Whether a restriction of any kind may be proposed now. `None` only for a pack without one, which a checked pack is not.
pub fn to_restrict<'a>(policy: &'a Policy, past: &Past, today: NaiveDate) -> Option<Next<'a>> {
    best(policy.ladder.restriction().into_iter().chain(policy.ladder.restrictions()).map(|step| next(policy, past, today, step)).collect())
}

/// Whether a restriction of these measures may be proposed now: they may belong to a step further up.
pub fn to_restrict_with<'a>(policy: &'a Policy, past: &Past, today: NaiveDate, measures: &BTreeSet<String>) -> Option<Next<'a>> {
    best(policy.ladder.restrictions_of(measures).into_iter().map(|step| next(policy, past, today, step)).collect())
}

/// The first step that may be taken, else the first that may be once others are left out, else the first.
fn best(nexts: Vec<Next<'_>>) -> Option<Next<'_>> {
    let at = nexts.iter().position(|one| one.may).or_else(|| nexts.iter().position(|one| one.skip.is_some())).unwrap_or(0);
    nexts.into_iter().nth(at)
}

/// The furthest step that may come next and does not count already: what a manager is offered first.
pub fn suggested<'s, 'a>(policy: &Policy, steps: &'s [Next<'a>], past: &Past, today: NaiveDate) -> Option<&'s Next<'a>> {
    steps.iter().rev().find(|next| next.may && past.counting(policy, &next.step.key, today).is_none())
}

/// Whether one step may come next.
pub fn next<'a>(policy: &'a Policy, past: &Past, today: NaiveDate, step: &'a Step) -> Next<'a> {
    if !applies(policy, past, step) {
        return Next { step, may: false, because: only_where(policy, step), skip: None };
    }
    if let Some(because) = comes_back(policy, past, today, step) {
        return Next { step, may: true, because, skip: None };
    }
    let missing = missing(policy, past, today, step);
    if missing.is_empty() {
        let because = why_ready(policy, past, today, step);
        return Next { step, may: true, because, skip: None };
    }
    let skip = skipping(policy, past, &missing);
    let mut because = why_missing(policy, past, today, &missing);
    if let Some(skip) = &skip {
        because = format!("{because} {}", skip.because);
    }
    Next { step, may: false, because, skip }
}

/// The steps before this one that do not stand today, in the order of the ladder.
fn missing<'a>(policy: &'a Policy, past: &Past, today: NaiveDate, step: &'a Step) -> Vec<&'a Step> {
    let lacking = |key: &String| lacking(policy, past, today, key);
    match &step.after {
        After::All(keys) => in_order(policy, keys.iter().flat_map(lacking).collect()),
        After::Any(keys) => {
            let is_for_this = |key: &&String| policy.ladder.step(key).is_none_or(|step| applies(policy, past, step));
            let (open, closed): (Vec<&String>, Vec<&String>) = keys.iter().partition(is_for_this);
            let ways = if open.is_empty() { closed } else { open };
            ways.into_iter().map(lacking).min_by_key(Vec::len).unwrap_or_default()
        }
    }
}

/// What is lacking for this step to stand: nothing where it counts today, else itself and what comes before. A step that is not for the
/// behaviour at hand is passed over, and what comes before it is not.
fn lacking<'a>(policy: &'a Policy, past: &Past, today: NaiveDate, key: &str) -> Vec<&'a Step> {
    let Some(step) = policy.ladder.step(key) else {
        return Vec::new();
    };
    if past.times(policy, key, today) >= usize::from(step.times) {
        return Vec::new();
    }
    if !applies(policy, past, step) {
        return missing(policy, past, today, step);
    }
    if comes_back(policy, past, today, step).is_some() {
        return vec![step];
    }
    let mut steps = missing(policy, past, today, step);
    // An assessment is written together with the proposal, so it is never waited for.
    if step.kind != StepKind::Assessment {
        steps.push(step);
    }
    steps
}

/// Whether this step is for the behaviour at hand. One that is not is never waited for.
fn applies(policy: &Policy, past: &Past, step: &Step) -> bool {
    if past.behaviours.is_empty() {
        return true;
    }
    let grave = policy.behaviour.gravest(&past.behaviours);
    policy.behaviour.any_of(&past.behaviours, &step.only_for)
        && step.from_severity.is_none_or(|least| grave.is_some_and(|one| one >= least))
}

fn only_where(policy: &Policy, step: &Step) -> String {
    let kinds: Vec<_> =
        step.only_for.iter().filter_map(|key| policy.behaviour.category(key)).map(|category| category.title.to_lowercase()).collect();
    let grave = step.from_severity.map(|least| format!("behaviour that is at least {}", least.title().to_lowercase()));
    let both: Vec<String> = (!kinds.is_empty()).then(|| say::either(&kinds)).into_iter().chain(grave).collect();
    format!("This step is only for {}.", both.join(", and "))
}

/// Why this step may be taken at once: a restriction was lifted not long ago, and the policy lets somebody come back at this step.
fn comes_back(policy: &Policy, past: &Past, today: NaiveDate, step: &Step) -> Option<String> {
    let again = policy.ladder.re_entry.as_ref().filter(|again| again.at == step.key)?;
    let lifted = past.lifted(policy)?;
    let until = again.within.after(lifted, policy.calendar());
    (today <= until).then(|| {
        format!(
            "{} ended on {}. Until {} this step may be taken at once.",
            policy.words.restriction.heading(),
            say::day(lifted),
            say::day(until)
        )
    })
}

fn in_order<'a>(policy: &'a Policy, steps: Vec<&'a Step>) -> Vec<&'a Step> {
    policy.ladder.steps.iter().filter(|step| steps.contains(step)).collect()
}

/// Leaving these steps out: possible where each allows it, and one reason holds for all.
fn skipping<'a>(policy: &'a Policy, past: &Past, missing: &[&'a Step]) -> Option<Skipping<'a>> {
    let skips: Vec<_> = missing.iter().map(|step| step.skip.as_ref()).collect::<Option<_>>()?;
    let reasons: Vec<_> = policy
        .ladder
        .skip_reasons
        .iter()
        .filter(|reason| skips.iter().all(|skip| skip.reasons.contains(&reason.key)))
        .filter(|reason| reason.dangers.is_empty() || reason.dangers.iter().any(|one| past.dangers.contains(one)))
        .collect();
    let decided_by = skips.iter().map(|skip| &skip.decided_by).max_by_key(|who| who.reach(&policy.roles).rank())?;
    if reasons.is_empty() {
        return None;
    }
    let because =
        format!("{} may leave out {}, with the reason in writing.", say::sentence(&decided_by.say(&policy.roles)), titles(missing));
    Some(Skipping { steps: missing.to_vec(), reasons, decided_by, because })
}

fn why_ready(policy: &Policy, past: &Past, today: NaiveDate, step: &Step) -> String {
    let standing: Vec<_> = policy
        .ladder
        .steps
        .iter()
        .filter(|before| is_before(policy, before, step))
        .filter_map(|before| Some((before, past.counting(policy, &before.key, today)?)))
        .map(|(before, (taken, count))| format!("{} on {} {}.", before.title, say::day(taken.on), count.say()))
        .collect();
    if standing.is_empty() { "Nothing has to come before this.".into() } else { standing.join(" ") }
}

/// Whether one step stands somewhere before another on the ladder.
fn is_before(policy: &Policy, before: &Step, step: &Step) -> bool {
    step.after
        .keys()
        .iter()
        .any(|key| *key == before.key || policy.ladder.step(key).is_some_and(|between| is_before(policy, before, between)))
}

fn why_missing(policy: &Policy, past: &Past, today: NaiveDate, missing: &[&Step]) -> String {
    let first = match missing {
        [one] => format!("{} has to come first.", one.title),
        many => format!("{} have to come first.", say::sentence(&titles(many))),
    };
    let again = missing.iter().filter_map(|step| {
        let times = past.times(policy, &step.key, today);
        (times > 0).then(|| format!("{} was given {} of {}.", step.title, say::count(times as u64, "time", "times"), step.times))
    });
    let gone = missing.iter().flat_map(|step| past.of(policy, &step.key)).filter_map(|taken| {
        let count = past.count(policy, &taken, today);
        let title = policy.ladder.step(&taken.step).map_or(taken.step.as_str(), |step| &step.title);
        (!count.counts()).then(|| format!("{title} on {} {}.", say::day(taken.on), count.say()))
    });
    [first].into_iter().chain(again).chain(gone).collect::<Vec<_>>().join(" ")
}

fn titles(steps: &[&Step]) -> String {
    let titles: Vec<_> = steps.iter().map(|step| step.title.as_str()).collect();
    say::list(&titles)
}

#[cfg(test)]
mod tests;
