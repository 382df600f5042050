//! How a customer disagrees: looking again, appeals and complaints.

use super::{House, Section, small};
use crate::rules::appeal::Round;
use crate::rules::policy::{AppealForm, AppealProfile, ComplaintRoute, DeciderFor, Part, Policy};
use crate::rules::{onward, say};

pub(super) fn disagree(policy: &Policy, house: &House) -> Section {
    let word = &policy.words.appeal;
    let again = policy.challenge.reconsideration.as_ref();
    let ask = again
        .map(|again| format!("You can also ask us to look again, at any time, and we answer within {}. Do this if:", *again.decide_within));
    let challenge = &policy.challenge;
    let a = |round: Round| round.a(policy);
    let restriction = appeal(policy, &a(Round::First), &challenge.appeal, &challenge.deciders, &policy.words.restriction.a, house);
    let answer = format!("our answer to {}", policy.words.appeal.a);
    let second = challenge.second().into_iter().flat_map(|profile| appeal(policy, &a(Round::Second), profile, &[], &answer, house));
    let length = format!("how long {} runs, and nothing else of it,", policy.words.restriction.a);
    let length = challenge.of_length().into_iter().flat_map(|profile| appeal(policy, &a(Round::First), profile, &[], &length, house));
    let warning =
        challenge.warning.iter().flat_map(|profile| appeal(policy, &a(Round::First), profile, &[], &policy.words.warning.a, house));
    let early = policy.challenge.early_review.as_ref().map(|early| {
        format!(
            "{} after it began, or after we last looked at it, you can ask us to review it before its day. We then do so within {}.",
            say::sentence(&early.after.to_string()),
            early.within
        )
    });
    let none = policy.challenge.appeal.is_none() && policy.challenge.of_length().is_none();
    let nothing = none.then(|| format!("This policy has no {}. You can complain, and others can help.", word.one));
    Section {
        anchor: "if-you-disagree",
        title: "If you disagree".to_owned(),
        lead: nothing.into_iter().chain(restriction).chain(second).chain(length).chain(warning).chain(early).chain(ask).collect(),
        list: again.map(|again| again.grounds.to_vec()).unwrap_or_default(),
        after: vec!["Somebody you trust can do any of this for you: a relative, a friend, a support worker or an advocate.".to_owned()],
    }
}

/// How to disagree with one kind of decision: until when, how, on which grounds, and who decides. Nothing where the policy has no such way.
fn appeal(policy: &Policy, a: &str, profile: &AppealProfile, deciders: &[DeciderFor], against: &str, house: &House) -> Vec<String> {
    if profile.is_none() {
        return Vec::new();
    }
    let when = match profile.window.length() {
        Some(length) => format!("within {length} of {}", profile.window_from.title()),
        None => "at any time while it lasts".to_owned(),
    };
    let mut said = vec![format!("You can make {a} against {against} {when}. {}", form(profile, house))];
    if let Some(grounds) = profile.grounds.as_ref().filter(|grounds| !grounds.is_empty()) {
        said.push(format!("You can do so if {}.", say::either(&grounds.iter().map(|ground| small(ground)).collect::<Vec<_>>())));
    }
    let mut who = format!("{} decides{}.", say::sentence(&profile.decider.say(&policy.roles)), apart(profile));
    for one in deciders {
        let (approved, decides) = (one.approved_by.say(&policy.roles), one.decider.say(&policy.roles));
        who += &format!(" Where {approved} approved it, {decides} decides.");
    }
    if let Some(within) = profile.decide_within.length() {
        who += &format!(" We answer within {within}.");
    }
    said.push(who);
    said
}

/// Who the policy keeps from deciding, as far as it keeps anybody.
fn apart(profile: &AppealProfile) -> &'static str {
    let never = |part: Part| profile.never_decides.contains(&part);
    match (never(Part::Authorised), never(Part::Proposed)) {
        (true, true) => ", and it is never somebody who took part in the decision",
        (true, false) => ", and it is never somebody who made the decision",
        (false, true) => ", and it is never somebody who asked for it",
        (false, false) => "",
    }
}

fn form(profile: &AppealProfile, house: &House) -> String {
    let (phone, email) = (say::whole(&house.phone), &house.email);
    match profile.forms.contains(&AppealForm::Any) {
        true => format!("Ring {phone}, email {email}, write to us, or ask somebody to do it for you."),
        false => {
            format!("Please write: email {email} or send a letter. If writing is hard for you, ring {phone} and we write it down for you.")
        }
    }
}

pub(super) fn complain(policy: &Policy, house: &House) -> Section {
    let word = policy.words.complaint();
    let route = match *policy.challenge.appeal.complaint {
        ComplaintRoute::Open | ComplaintRoute::Alongside => format!("You can make {} to us as well.", word.a),
        ComplaintRoute::ClosedAfterAppeal => format!(
            "After {} that we did not agree with, the same decision cannot be complained about to us again. Anything else can.",
            policy.words.appeal.a
        ),
    };
    let desk = &policy.onward.complaints.value;
    Section {
        anchor: "complaints",
        title: say::sentence(&word.many),
        lead: vec![format!("{route} Contact {}: {}.", desk.name, onward::reach(desk, &house.phone, &house.email))],
        ..Section::default()
    }
}
