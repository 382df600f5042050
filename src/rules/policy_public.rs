//! The policy as a customer reads it: what we ask, what may happen, what stays open, how to disagree, who else can help.
//! Only what a customer can use; nothing of who may see what, and never a raw key.

mod areas;
mod challenge;
mod measures;
mod outside;

pub use areas::differs;

use super::measure::Purpose;
use super::policy::{Policy, StepKind};
use super::{restriction_term, say};

/// How to reach the landlord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    /// Its name.
    pub name: String,
    /// The number customers ring.
    pub phone: String,
    /// The address customers email.
    pub email: String,
}

/// One part of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its place on the page.
    pub anchor: &'static str,
    /// Its heading.
    pub title: String,
    /// What is said before the list.
    pub lead: Vec<String>,
    /// The list; may be empty.
    pub list: Vec<String>,
    /// What is said after it.
    pub after: Vec<String>,
}

/// Every part, in the order a customer needs them.
pub fn sections(policy: &Policy, house: &House) -> Vec<Section> {
    vec![
        asked(policy),
        first(policy),
        may_happen(policy),
        always_open(policy, house),
        how_long(policy),
        challenge::disagree(policy, house),
        challenge::complain(policy, house),
        outside::outside(policy),
        outside::help(policy, house),
    ]
}

/// The first sentence of the page.
pub fn opening(policy: &Policy, house: &House) -> String {
    format!(
        "This is how {} deals with {}. It is about what somebody does, never about who they are, and being upset or angry is not enough.",
        house.name, policy.words.behaviour
    )
}

fn asked(policy: &Policy) -> Section {
    let groups = policy.behaviour.groups().map(|(category, within)| {
        let examples: Vec<String> =
            within.iter().map(|one| one.title.clone()).chain(category.examples.iter().cloned()).map(|one| small(&one)).collect();
        match examples.is_empty() {
            true => format!("{}.", category.title),
            false => format!("{}: for example, {}.", category.title, say::list(&examples)),
        }
    });
    Section {
        anchor: "what-we-ask",
        title: "What we ask".to_owned(),
        lead: vec!["Tell us when something is wrong. We want to hear it, and to put it right. Please do not do any of these:".to_owned()],
        list: groups.collect(),
        after: vec![policy.behaviour.threshold_words.value.clone()],
    }
}

fn first(policy: &Policy) -> Section {
    let title = |kind| policy.ladder.steps.iter().filter(move |step| step.kind == kind).map(|step| step.title.clone());
    let steps = title(StepKind::Informal).chain(title(StepKind::Warning)).collect::<Vec<_>>();
    let agreed = policy.ladder.agreed().next().is_some();
    let leaves_out = policy.ladder.steps.iter().any(|step| step.skip.is_some());
    Section {
        anchor: "first",
        title: "What we do first".to_owned(),
        lead: vec![
            "We tell you what the matter is, and give you the chance to put it right. These are the steps, with the words we use for them:"
                .to_owned(),
        ],
        list: steps,
        after: vec![format!(
            "We hear your side before we decide on {}, and we ask whether something makes it harder for you to deal with us.",
            policy.words.restriction.a
        )]
        .into_iter()
        .chain(agreed.then(|| agreed_first(policy)))
        .chain(leaves_out.then(|| "We may leave a step out, for example when somebody is in danger. We tell you why.".to_owned()))
        .collect(),
    }
}

/// To which of the steps somebody besides the one who writes it agrees first.
fn agreed_first(policy: &Policy) -> String {
    let titles: Vec<String> = policy.ladder.agreed().map(|(step, _)| format!("“{}”", step.title)).collect();
    format!("Before we give {}, somebody agrees to it who did not write it.", say::either(&titles))
}

fn may_happen(policy: &Policy) -> Section {
    let word = &policy.words.restriction;
    Section {
        anchor: "what-may-happen",
        title: "What may happen if it goes on".to_owned(),
        lead: vec![format!(
            "We may decide on {}: limits on how you reach us or use what we offer. We use no more than is needed. It may say one or more of these:",
            word.a
        )],
        list: policy.measures.offered.iter().filter_map(measures::means).collect(),
        after: vec![format!(
            "You get a letter that says what we decided, why, until when, and how to disagree. {} is never secret.",
            say::sentence(&word.a)
        )],
    }
}

fn always_open(policy: &Policy, house: &House) -> Section {
    let open = &policy.measures.always_open;
    let floor = Purpose::FLOOR.into_iter().filter(|purpose| open.iter().all(|one| one.purpose != *purpose));
    Section {
        anchor: "always-open",
        title: "What always stays open".to_owned(),
        lead: vec!["Whatever we decide, you can always:".to_owned()],
        list: open.iter().map(|one| one.tell.clone()).chain(floor.map(|purpose| purpose.title().to_lowercase())).collect(),
        after: vec![format!("Ring {} or email {}. In danger, ring 999.", say::whole(&house.phone), house.email)],
    }
}

fn how_long(policy: &Policy) -> Section {
    let word = &policy.words.restriction;
    let end = match *policy.terms.permanent {
        true => format!(
            "{} usually has a last day, at most {} away. Some have none; we look at those again all the same.",
            say::sentence(&word.a),
            policy.terms.longest.value
        ),
        false => {
            format!("{} always has a last day, at most {} away.{}", say::sentence(&word.a), policy.terms.longest.value, renewed(policy))
        }
    };
    Section {
        anchor: "how-long",
        title: "How long it lasts".to_owned(),
        lead: [
            end,
            longer(policy),
            format!("We look at each one again {}, and end it when it is no longer needed.", policy.reviews.rhythm()),
            "A day that a letter gives you holds, even if this policy changes later.".to_owned(),
        ]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect(),
        ..Section::default()
    }
}

/// What may run for longer than the rest; empty where nothing may.
fn longer(policy: &Policy) -> String {
    let longer = restriction_term::longer(policy);
    if longer.is_empty() { String::new() } else { format!("Some may run longer: {}.", say::list(&longer)) }
}

/// Whether the last day can be put off, and how far.
fn renewed(policy: &Policy) -> String {
    let times = policy.terms.renewals.as_ref().map(|renewals| **renewals);
    match (times, policy.terms.cap.length()) {
        (Some(0), _) => " It is not renewed.".to_owned(),
        (_, Some(cap)) if cap == *policy.terms.longest => String::new(),
        (_, Some(cap)) => format!(" We may decide on it again, up to {cap} in all, and only where it is still needed."),
        (Some(n), None) => {
            format!(" We may decide on it again, at most {}, and only where it is still needed.", say::count(n, "time", "times"))
        }
        (None, None) => " We may decide on it again where it is still needed, and tell you why.".to_owned(),
    }
}

/// The same in the middle of a sentence, unless it begins with a name or letters.
fn small(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => first.to_lowercase().chain(letters).collect(),
        _ => words.trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests;
