//! What a pack may not say although it can be read: decisions nobody could take, letters that leave the customer in the dark, words that will be
//! printed and cannot be used.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::super::format::place;
use super::super::{
    AppealOutcome, Clock, ClockDoes, Conflict, Contact, Fault, LetterKind, LetterPart, Policy, Reach, ReviewOutcome, Route, StageKind,
    StepKind, When, Who, WindowFrom,
};
use crate::rules::need::NeedKind;
use crate::rules::say;
use crate::rules::text::{Email, Phone};

/// Every such fault. What depends on how far a post reaches is left out while the posts themselves could not all be read.
pub fn faults(policy: &Policy, posts_are_read: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    if posts_are_read {
        posts(policy, &mut faults);
        deciders(policy, &mut faults);
    }
    stages(policy, &mut faults);
    outcomes(policy, &mut faults);
    second_stage(policy, &mut faults);
    letters(policy, &mut faults);
    steps(policy, &mut faults);
    ways(policy, &mut faults);
    routes(policy, &mut faults);
    words(policy, &mut faults);
    days(policy, &mut faults);
    lapses(policy, &mut faults);
    faults
}

/// Only a restriction lapses: what somebody is owed an answer to is not lost because others were late.
fn lapses(policy: &Policy, faults: &mut Vec<Fault>) {
    let owed = |clock: Clock| !matches!(clock, Clock::Review | Clock::TermEnd);
    let lapsing = (1..).zip(&policy.clocks.on_the_day).filter(|(_, one)| one.does == ClockDoes::Lapse && owed(one.clock));
    faults.extend(lapsing.map(|(number, one)| {
        let says = format!(
            "“{}” does not lapse: whoever waits for it is owed an answer, however late. Write \"escalate\" or \"continue-and-escalate\".",
            one.clock.title()
        );
        Fault::at(format!("clocks.on-the-day.{number}.does"), says)
    }));
}

/// Somebody logs, somebody keeps the policy, somebody keeps the accounts.
fn posts(policy: &Policy, faults: &mut Vec<Fault>) {
    for (reach, what) in [
        (Reach::Frontline, "logs what happens"),
        (Reach::PolicyOwner, "publishes the policy"),
        (Reach::Administrator, "adds people and gives them their posts"),
    ] {
        if !policy.roles.iter().any(|(_, role)| role.reach == reach) {
            faults.push(Fault::at("roles", format!("No role has the reach \"{}\", so nobody {what}. Add one.", reach.key())));
        }
    }
}

/// Whoever proposes, reviews, records or decides about a customer can open the pages on which that is done.
fn deciders(policy: &Policy, faults: &mut Vec<Fault>) {
    let mut who: Vec<(String, &Who)> =
        vec![("authority.proposer".into(), &policy.authority.proposer), ("reviews.reviewer".into(), &policy.reviews.reviewer)];
    who.extend(policy.bodies.iter().map(|body| (format!("bodies.{}.clerk", body.key), &body.clerk)));
    for (name, profile) in policy.challenge.profiles() {
        who.push((format!("challenge.{name}.decider"), &profile.decider));
        who.push((format!("challenge.{name}.late-decided-by"), &profile.late_decided_by));
    }
    for (number, one) in (1..).zip(&policy.challenge.deciders) {
        who.push((format!("challenge.deciders.{number}.decider"), &one.decider));
    }
    who.extend(policy.challenge.reconsideration.iter().map(|again| ("challenge.reconsideration.decider".into(), &again.decider.value)));
    for (number, rule) in (1..).zip(&policy.authority.rules) {
        let stages = (1..).zip(&rule.stages).filter(|(_, stage)| stage.kind == StageKind::Authorise);
        who.extend(stages.map(|(stage, one)| (format!("authority.rules.{number}.stages.{stage}.of"), &one.of)));
    }
    for offer in &policy.measures.offered {
        let at = format!("measures.offered.{}", offer.key());
        who.extend(offer.approver.iter().map(|who| (format!("{at}.approver"), who)));
        who.extend(offer.reviewer.iter().map(|who| (format!("{at}.reviewer"), who)));
    }
    who.extend(policy.measures.override_by.iter().map(|who| ("measures.override-by".into(), &who.value)));
    who.extend(policy.authority.delegation.iter().map(|to| ("authority.delegation.to".into(), &to.to)));
    who.extend(policy.authority.substitutes.iter().map(|one| ("authority.substitutes".into(), &one.by)));
    let known = |who: &Who| who.role_keys().iter().all(|key| policy.roles.get(key).is_some() || policy.body(key).is_some());
    for (at, who) in who.into_iter().filter(|(_, who)| known(who)) {
        let manages = at == "authority.proposer";
        for key in who.role_keys().into_iter().filter(|key| is_shut_out(policy, key, manages)) {
            let says = format!(
                "{} would {} here, and cannot open the pages for it. Name a post with the reach \"manager\", \"head\" or \"director\".",
                say::sentence(&policy.roles.a(key)),
                if manages { "propose" } else { "decide" },
            );
            faults.push(Fault::at(&at, says));
        }
    }
    for one in policy.authority.substitutes.iter().filter(|one| one.post == one.by) {
        let says = format!("{} cannot stand in for themselves. Name another post.", say::sentence(&one.post.say(&policy.roles)));
        faults.push(Fault::at("authority.substitutes", says));
    }
}

/// Whether the holders of a post never see the pages on which this is done. A body decides away from them; its clerk records it there.
pub(super) fn is_shut_out(policy: &Policy, key: &str, manages: bool) -> bool {
    policy.roles.get(key).is_some_and(|role| match role.reach {
        Reach::Manager | Reach::Head | Reach::Director => false,
        Reach::PolicyOwner => manages,
        Reach::Frontline | Reach::Administrator => true,
    })
}

fn stages(policy: &Policy, faults: &mut Vec<Fault>) {
    for (number, rule) in (1..).zip(&policy.authority.rules) {
        super::stages::sense(&format!("authority.rules.{number}.stages"), &rule.stages, faults);
    }
}

/// Something can come of a review and of an appeal.
fn outcomes(policy: &Policy, faults: &mut Vec<Fault>) {
    if !policy.reviews.outcomes.contains(&ReviewOutcome::Lift) {
        faults.push(Fault::at("reviews.outcomes", "A review could never end a restriction. Add \"lift\"."));
    }
    for (name, profile) in policy.challenge.profiles().filter(|(_, profile)| !profile.is_none()) {
        if profile.outcomes.iter().all(|outcome| *outcome == AppealOutcome::Uphold) {
            let add = if name == "length" { "\"vary\"" } else { "\"quash\" or \"vary\"" };
            faults.push(Fault::at(format!("challenge.{name}.outcomes"), format!("No appeal could ever succeed. Add {add}.")));
        }
        if name == "length" && profile.outcomes.contains(&AppealOutcome::Quash) {
            let says = "An appeal about the length can only bring the last day forward (\"vary\"). Take \"quash\" out.";
            faults.push(Fault::at("challenge.length.outcomes", says));
        }
        if name == "length" && *profile.suspends {
            let says = "While only its length is appealed, the restriction goes on: what is in it is not in question. Write false.";
            faults.push(Fault::at("challenge.length.suspends", says));
        }
        if !["appeal", "second-appeal"].contains(&name) && profile.outcomes.contains(&AppealOutcome::Remit) {
            let says = "Only a decision on a restriction is made again. Take \"remit\" out.";
            faults.push(Fault::at(format!("challenge.{name}.outcomes"), says));
        }
    }
}

/// A second stage fits the first: its answer is the last word, the first one's is not, and the restriction waits for both or for neither.
fn second_stage(policy: &Policy, faults: &mut Vec<Fault>) {
    let (first, Some(second)) = (&policy.challenge.appeal, policy.challenge.second()) else { return };
    let mut wrong = |key: &str, says: &str| faults.push(Fault::at(format!("challenge.{key}"), says));
    if *first.is_final {
        wrong("appeal.final", "There is a second stage after it, so its answer is not final. Write false.");
    }
    if !*second.is_final {
        wrong("second-appeal.final", "Two stages are the most there are, so the answer to the second is final here. Write true.");
    }
    if *first.suspends != *second.suspends {
        wrong("second-appeal.suspends", "The restriction waits for both stages, or for neither. Write what challenge.appeal says.");
    }
    if *second.window_from == WindowFrom::Imposed {
        wrong("second-appeal.window-from", "It is counted from the letter that answers the first. Write \"sent\" or \"received\".");
    }
    let parts = policy.letters.parts(LetterKind::AppealOutcome);
    if !parts.iter().any(|part| part.value == LetterPart::WhatHappensNext) {
        let says = "The part \"what-happens-next\" is missing: it tells the customer how to make a second appeal.";
        faults.push(Fault::at("letters.appeal-outcome", says));
    }
}

/// What a customer has to be told.
fn letters(policy: &Policy, faults: &mut Vec<Fault>) {
    use LetterPart as P;
    let appeal = !policy.challenge.appeal.is_none() || policy.challenge.of_length().is_some();
    for kind in LetterKind::ALL {
        let parts: Vec<P> = policy.letters.parts(*kind).iter().map(|part| part.value).collect();
        let at = format!("letters.{}", kind.key());
        let needed: &[P] = match kind {
            LetterKind::RestrictionNotice => &[P::Decision, P::Reasons, P::Terms, P::Length, P::AlwaysOpen, P::ReviewDay, P::Ombudsman],
            LetterKind::ReviewOutcome | LetterKind::AppealOutcome => &[P::Decision, P::Reasons, P::Ombudsman],
            LetterKind::Warning => &[P::Reasons],
            LetterKind::AppealReceived | LetterKind::Lifted => &[P::Decision],
        };
        let told = appeal && *kind == LetterKind::RestrictionNotice;
        for part in needed.iter().chain(told.then_some(&P::HowToAppeal)).filter(|part| !parts.contains(part)) {
            let says = format!("The part \"{}\" is missing: the customer has to be told “{}”.", part.key(), part.title());
            faults.push(Fault::at(&at, says));
        }
        if parts.contains(&P::Reconsideration) && policy.challenge.reconsideration.is_none() {
            let says =
                "It says how to ask us to look again, and the policy has no such thing. Write `challenge.reconsideration`, or take it out.";
            faults.push(Fault::at(format!("{at}.reconsideration"), says));
        }
        let mut seen = BTreeSet::new();
        for part in parts.iter().filter(|part| !seen.insert(part.key())) {
            faults.push(Fault::at(&at, format!("The part \"{}\" stands in it twice.", part.key())));
        }
    }
}

fn steps(policy: &Policy, faults: &mut Vec<Fault>) {
    for step in &policy.ladder.steps {
        let at = format!("ladder.steps.{}.letter", step.key);
        let fits = match step.kind {
            StepKind::Informal | StepKind::Warning => step.letter.is_none_or(|letter| letter == LetterKind::Warning),
            StepKind::Restriction => step.letter == Some(LetterKind::RestrictionNotice),
            StepKind::Assessment => step.letter.is_none(),
        };
        if !fits {
            let says = match step.kind {
                StepKind::Informal | StepKind::Warning => "The letter of such a step is \"warning\".",
                StepKind::Restriction => "The letter of a restriction is \"restriction-notice\", and it needs one.",
                StepKind::Assessment => "An assessment sends no letter.",
            };
            faults.push(Fault::at(at, says));
        }
        if step.kind != StepKind::Restriction && !step.measures.is_empty() {
            faults.push(Fault::at(format!("ladder.steps.{}.measures", step.key), "Only a restriction is made of measures."));
        }
        if step.kind == StepKind::Restriction && step.skip.is_some() {
            faults.push(Fault::at(format!("ladder.steps.{}.skip", step.key), "The restriction itself cannot be left out."));
        }
    }
}

/// A customer has to be able to begin a contact somehow, or every restriction would leave none.
fn ways(policy: &Policy, faults: &mut Vec<Fault>) {
    if policy.ways().is_empty() {
        let says = "No customer could begin a contact. Name at least one of phone, email, text, letter, online, chat and person.";
        faults.push(Fault::at("people.channels", says));
    }
}

fn routes(policy: &Policy, faults: &mut Vec<Fault>) {
    for category in policy.behaviour.categories.iter().filter(|one| one.route != Route::ThisLadder && one.process.is_none()) {
        let says = "It goes to another process. Say which with `process`.";
        faults.push(Fault::at(format!("behaviour.categories.{}.process", category.key), says));
    }
    let onward = &policy.onward;
    let mut contacts: Vec<(String, &Contact)> =
        vec![("onward.ombudsman".into(), &onward.ombudsman), ("onward.complaints".into(), &onward.complaints)];
    contacts.extend(onward.routes.iter().map(|route| (format!("onward.routes.{}.goes-to", route.key), &route.goes_to)));
    for (at, contact) in contacts {
        contact_details(&at, contact, faults);
    }
}

/// They are printed in letters, so they have to be usable.
fn contact_details(at: &str, contact: &Contact, faults: &mut Vec<Fault>) {
    let mut wrong = |key: &str, says: String| faults.push(Fault::at(format!("{at}.{key}"), says));
    if let Some(phone) = contact.phone.as_deref().filter(|phone| phone.parse::<Phone>().is_err()) {
        wrong("phone", format!("\"{phone}\" is not a phone number such as 0300 111 3000."));
    }
    if let Some(email) = contact.email.as_deref().filter(|email| email.parse::<Email>().is_err()) {
        wrong("email", format!("\"{email}\" is not an email address such as info@example.org."));
    }
    let is_address = |web: &&str| web.split_once("://").map_or(*web, |(_, rest)| rest).contains('.') && !web.contains(' ');
    if let Some(web) = contact.web.as_deref().filter(|web| !is_address(web)) {
        wrong("web", format!("\"{web}\" is not a web address such as https://www.example.org."));
    }
}

/// Keys that were meant and misspelt, and would be shown to staff as a sentence.
fn words(policy: &Policy, faults: &mut Vec<Fault>) {
    let lists: Vec<&str> = policy.checklists.iter().map(|list| list.key.as_str()).collect();
    let needs: Vec<&str> = NeedKind::ALL.iter().map(|need| need.key()).collect();
    for offer in &policy.measures.offered {
        let at = format!("measures.offered.{}", offer.key());
        if let Some(guard) = offer.guard.as_deref().filter(|guard| is_key(guard) && !lists.contains(guard)) {
            let meant = place::nearest(guard, &lists).map_or(String::new(), |meant| format!(" Did you mean \"{meant}\"?"));
            let says = format!("No checklist has the key \"{guard}\".{meant} A sentence may stand here instead.");
            faults.push(Fault::at(format!("{at}.guard"), says));
        }
        for conflict in &offer.conflicts_with {
            if let Conflict::Words(word) = conflict
                && is_key(word)
                && let Some(meant) = place::nearest(word, &needs)
            {
                let says = format!("No need has the key \"{word}\". Did you mean \"{meant}\"? The keys are {}.", needs.join(", "));
                faults.push(Fault::at(format!("{at}.conflicts-with"), says));
            }
        }
    }
}

fn days(policy: &Policy, faults: &mut Vec<Fault>) {
    let document = &policy.document;
    let Some(approved) = document.approved else { return };
    for (key, day) in [("effective", document.effective), ("next-review", document.next_review)] {
        if let Some(day) = day.filter(|day| is_before(*day, approved)) {
            faults.push(Fault::at(format!("document.{key}"), format!("{day} is before the policy was approved, {approved}.")));
        }
    }
}

/// Where one of the two is only a month, the months are compared.
fn is_before(one: When, other: When) -> bool {
    let month = |when: When| (when.starts().year(), when.starts().month());
    match (one, other) {
        (When::Day(one), When::Day(other)) => one < other,
        (one, other) => month(one) < month(other),
    }
}

fn is_key(words: &str) -> bool {
    !words.contains(' ') && words.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}
