//! How a customer disagrees, in plain words: each appeal, looking again, and the way outside the landlord.

use super::{Chapter, Line, from, full, line, lower, who};
use crate::rules::policy::{AppealProfile, DeciderFor, EarlyReview, Policy};
use crate::rules::{onward, say};

/// The chapter about disagreeing: the appeal and its second stage, what else can be appealed, looking again, and where to go outside.
pub(super) fn chapter(policy: &Policy) -> Chapter {
    let mut lines = appeal(policy, &policy.challenge.appeal, &policy.challenge.deciders);
    for (name, profile) in policy.challenge.profiles() {
        let Some(about) = about(policy, name) else { continue };
        lines.extend(appeal(policy, profile, &[]).into_iter().map(|line| Line { what: format!("{about}: {}", lower(&line.what)), ..line }));
    }
    if let Some(early) = &policy.challenge.early_review {
        lines.push(from("An early review", early_review_in_words(early), early));
    }
    if let Some(again) = &policy.challenge.reconsideration {
        let grounds: Vec<&str> = again.grounds.iter().map(String::as_str).collect();
        lines.push(from("Asking us to think again", say::sentence(&format!("{}.", grounds.join("; "))), &again.grounds));
        lines.push(from("Who answers that", who(&again.decider.say(&policy.roles)), &again.decider));
        lines.push(from("How soon", format!("Within {}.", *again.decide_within), &again.decide_within));
    }
    lines.push(from("Outside the landlord", policy.onward.ombudsman.name.clone(), &policy.onward.ombudsman));
    let here = policy.onward.routes.iter().filter(|route| onward::is_here(policy, route));
    lines.extend(here.map(|route| line(&format!("Outside, about {}", route.subject), full(&route.goes_to.name), &route.source)));
    Chapter { anchor: "appeals", title: format!("If the {} disagrees", policy.words.customer().one), lines }
}

pub(in crate::rules::policy) fn early_review_in_words(early: &EarlyReview) -> String {
    format!("{} after it began or was last reviewed; held within {}.", say::sentence(&early.after.to_string()), early.within)
}

fn appeal(policy: &Policy, appeal: &AppealProfile, deciders: &[DeciderFor]) -> Vec<Line> {
    if let Some(mode) = appeal.mode.as_ref().filter(|_| appeal.is_none()) {
        return vec![from("When", "There is none: complaints and the ombudsman are open.".to_owned(), mode)];
    }
    let window = match appeal.window.value.length() {
        Some(length) => format!("Within {length} of {}.", appeal.window_from.title()),
        None => "At any time.".to_owned(),
    };
    let answered = appeal.decide_within.value.length().map_or_else(|| "No time is set.".to_owned(), |length| format!("Within {length}."));
    let suspends = if appeal.suspends.value { "It is paused until the decision." } else { "It goes on until the decision." };
    let deciders = deciders.iter().map(|one| {
        let approved = format!("Who decides where {} approved it", one.approved_by.say(&policy.roles));
        line(&approved, who(&one.decider.say(&policy.roles)), &one.source)
    });
    let is_final = if appeal.is_final.value { "Yes, within the landlord." } else { "No." };
    let mut lines = vec![
        from("When", window, &appeal.window),
        from("Who decides", who(&appeal.decider.value.say(&policy.roles)), &appeal.decider),
        from("Answered", answered, &appeal.decide_within),
        from("Meanwhile", suspends.to_owned(), &appeal.suspends),
        from("Final", is_final.to_owned(), &appeal.is_final),
        from("Complaints", format!("{}.", appeal.complaint.title()), &appeal.complaint),
    ];
    lines.splice(2..2, deciders);
    let grounds = appeal.grounds.as_ref().filter(|grounds| !grounds.is_empty());
    lines.extend(grounds.map(|grounds| from("On which grounds", format!("If {}.", lower(&say::either(grounds))), grounds)));
    lines
}

/// What stands before each line of a profile; nothing for the first stage of the appeal against a restriction, which comes first.
fn about(policy: &Policy, name: &str) -> Option<String> {
    let about = match name {
        "second-appeal" => "The second stage",
        "length" => "The length alone",
        "warning" => return Some(say::sentence(&policy.words.warning.a)),
        "marker" => "A safety marker",
        "status" => "A status on the register",
        "complaint-refusal" => "A complaint we refused",
        _ => return None,
    };
    Some(about.to_owned())
}
