//! Behaviour, the ladder, what is asked before it, and what a restriction may be made of.

use super::{Sentences, listed, together};
use crate::rules::policy::plain::{self, full};
use crate::rules::policy::{Category, Offer, Policy, Skip, Step, YesNo};
use crate::rules::say;

pub(super) fn add(to: &mut Sentences, policy: &Policy) {
    behaviour(to, policy);
    ladder(to, policy);
    questions(to, policy);
    measures(to, policy);
}

fn behaviour(to: &mut Sentences, policy: &Policy) {
    for one in &policy.behaviour.thresholds {
        let answer = if one.clears == YesNo::Yes { "Yes" } else { "No" };
        to.says(&format!("behaviour.thresholds.{}", one.key), format!("“{answer}” means that it is not {}.", policy.words.behaviour));
    }
    for one in &policy.behaviour.effects {
        to.says(&format!("behaviour.effects.{}", one.key), "Counts as harm.");
    }
    for one in &policy.behaviour.categories {
        to.says(&format!("behaviour.categories.{}", one.key), category(policy, one));
    }
    let fewer: Vec<&str> = policy.call_ending.fewer.iter().map(|reason| reason.say.as_str()).collect();
    let says = if fewer.is_empty() { "There are none.".to_owned() } else { full(&fewer.join("; ")) };
    to.says("call-ending.fewer", says);
}

fn category(policy: &Policy, one: &Category) -> String {
    let within = one.within.as_deref().and_then(|key| policy.behaviour.category(key));
    let effects: Vec<&str> =
        one.effects_needed.iter().filter_map(|key| policy.behaviour.effect(key)).map(|effect| effect.title.as_str()).collect();
    let route = match &one.process {
        Some(process) => format!("Dealt with under: {}, {process}.", say::inside(one.route.title())),
        None => format!("Dealt with under: {}.", say::inside(one.route.title())),
    };
    together([
        within.map(|top| format!("Part of: {}.", top.title)),
        listed("Examples", &one.examples),
        listed("One of these must be shown", &effects),
        listed("Written down or kept", &one.evidence),
        Some(format!("How grave it is at first: {}.", say::inside(one.severity.title()))),
        Some(route),
        one.needs_path_first.then(|| "Needs are looked at before anything else.".to_owned()),
    ])
}

fn ladder(to: &mut Sentences, policy: &Policy) {
    let ladder = &policy.ladder;
    to.says("ladder.look-back", plain::look_back_in_words(&ladder.look_back));
    if let Some(again) = &ladder.re_entry {
        to.says("ladder.re-entry", plain::re_entry_in_words(policy, again));
    }
    for reason in &ladder.skip_reasons {
        let dangers: Vec<&str> = reason.dangers.iter().map(|danger| danger.title()).collect();
        let says = match dangers.is_empty() {
            true => "A person judges, and writes down why.".to_owned(),
            false => format!("On record must be: {}.", say::inside(&say::either(&say::joining(&dangers)))),
        };
        to.says(&format!("ladder.skip-reasons.{}", reason.key), says);
    }
    for one in &ladder.steps {
        let at = format!("ladder.steps.{}", one.key);
        to.says(&at, step(policy, one));
        if let Some(back) = &one.look_back {
            to.says(&format!("{at}.look-back"), plain::look_back_in_words(back));
        }
        if let Some(skip) = &one.skip {
            to.says(&format!("{at}.skip"), skipped(policy, skip));
        }
    }
}

fn step(policy: &Policy, step: &Step) -> String {
    let titles = |keys: &[String]| -> Vec<String> {
        keys.iter().filter_map(|key| policy.behaviour.category(key)).map(|kind| kind.title.clone()).collect()
    };
    let given_by: Vec<&str> = step.given_by.iter().map(|letter| letter.title()).collect();
    let lists: Vec<&str> = step.checklists.iter().filter_map(|key| policy.checklist(key)).map(|list| list.title.as_str()).collect();
    let measures: Vec<&str> = step.measures.iter().map(|key| policy.measures.title(key)).collect();
    together([
        Some(plain::step_in_words(policy, step)),
        Some(format!("It counts as: {}.", say::inside(step.kind.title()))),
        step.letter.map(|letter| format!("It sends: {}.", say::inside(letter.title()))),
        listed("Given by these letters as well", &given_by),
        listed("Only for", &titles(&step.only_for)),
        step.from_severity.map(|severity| format!("Only where the behaviour is {}.", severity.at_least())),
        listed("Checklist", &lists),
        listed("It is this step where it says", &measures),
    ])
}

fn skipped(policy: &Policy, skip: &Skip) -> String {
    let reasons: Vec<&str> =
        skip.reasons.iter().filter_map(|key| policy.ladder.skip_reason(key)).map(|reason| reason.say.as_str()).collect();
    let by = say::sentence(&skip.decided_by.say(&policy.roles));
    match reasons.is_empty() {
        true => format!("{by} decides that."),
        false => format!("{} {by} decides that.", full(&say::either(&say::joining(&reasons)))),
    }
}

fn questions(to: &mut Sentences, policy: &Policy) {
    for one in &policy.assessment.questions {
        let says = if one.hint.trim().is_empty() { "Answered in writing.".to_owned() } else { full(&one.hint) };
        to.says(&format!("assessment.questions.{}", one.key), says);
    }
    for list in &policy.checklists {
        let asks: Vec<String> =
            list.items.iter().map(|item| if item.blocking { format!("{} (it must be so)", item.ask) } else { item.ask.clone() }).collect();
        let at: Vec<String> = list.at.iter().map(|decision| say::inside(decision.title())).collect();
        let says = together([listed("Gone through for", &at), Some(full(&asks.join("; ")))]);
        to.says(&format!("checklists.{}", list.key), says);
    }
}

fn measures(to: &mut Sentences, policy: &Policy) {
    for (index, open) in policy.measures.always_open.iter().enumerate() {
        let says =
            format!("{} To the {}: “You can always {}.”", full(&open.say), policy.words.customer().one, open.tell.trim_end_matches('.'));
        to.called(format!("measures.always-open.{}", index + 1), format!("Always open: {}", say::inside(open.purpose.title())), says);
    }
    for one in &policy.measures.offered {
        to.says(&format!("measures.offered.{}", one.key()), offer(policy, one));
    }
}

fn offer(policy: &Policy, one: &Offer) -> String {
    let who = |who: &crate::rules::policy::Who| say::sentence(&who.say(&policy.roles));
    let guards: Vec<String> = policy.guards(one).into_iter().map(|(_, ask)| ask).collect();
    together([
        Some(full(&one.about)),
        one.tell.as_ref().map(|tell| format!("Customers read of it: “{}”", full(tell))),
        one.key.is_some().then(|| format!("It is of this kind: {}.", say::inside(one.kind.title()))),
        one.scope.map(|scope| format!("It usually reaches: {}.", say::inside(scope.title()))),
        one.left_said(),
        one.usual.map(|usual| format!("Usually for {usual}.")),
        one.longest.map(|longest| format!("For {longest} at most.")),
        one.limits_said(),
        one.usually_said(),
        one.binds_us().then(|| "It binds us as well.".to_owned()),
        one.own_reason.then(|| "It needs a reason of its own.".to_owned()),
        one.reviewer.as_ref().map(|reviewer| format!("{} looks at it again.", who(reviewer))),
        one.approver.as_ref().map(|approver| format!("{} decides on it as well.", who(approver))),
        listed("Does not go well with", &one.conflicts_said()),
        listed("Confirmed before it is proposed", &guards),
    ])
}
