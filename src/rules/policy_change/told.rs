//! What of a policy a customer with a restriction is told when it changes: their rights, the days they are given, and who decides.

use super::Change;
use super::apart::Versions;
use crate::rules::policy::{AppealProfile, Policy, Reconsideration};
use crate::rules::{restriction_term, say};

/// What a rule is about, the values of a pack it says, and what it says of a policy.
type Rule = (&'static str, &'static [&'static str], fn(&Policy) -> String);

/// In the order of a letter. A rule that names no values says them in other words than staff read them in.
const RULES: [Rule; 21] = [
    ("How often we look at it again", &["reviews.intervals", "reviews.set-in-letter"], |policy| say::sentence(&policy.reviews.rhythm())),
    ("Who looks at it again", &["reviews.reviewer"], |policy| say::sentence(&policy.reviews.reviewer.say(&policy.roles))),
    ("What can come of a review", &["reviews.outcomes"], outcomes),
    ("If we are late with it", &["reviews.overdue"], |policy| policy.reviews.overdue.title().to_owned()),
    ("Asking for an early review", &["challenge.early-review"], early),
    ("When an appeal may come", &["challenge.appeal.mode", "challenge.appeal.window", "challenge.appeal.window-from"], window),
    ("How an appeal may be made", &["challenge.appeal.forms"], |policy| {
        titles(policy.challenge.appeal.forms.iter().map(|form| form.title()))
    }),
    ("On which grounds an appeal may come", &["challenge.appeal.grounds"], |policy| grounds(&policy.challenge.appeal)),
    ("Who decides an appeal", &["challenge.appeal.decider", "challenge.deciders"], who_hears),
    ("How soon an appeal is answered", &["challenge.appeal.decide-within"], answered),
    ("Until an appeal is decided", &["challenge.appeal.suspends"], |policy| {
        if *policy.challenge.appeal.suspends { "It is paused" } else { "It goes on" }.to_owned()
    }),
    ("Whether the answer to an appeal is final here", &["challenge.appeal.final"], |policy| {
        if *policy.challenge.appeal.is_final { "Yes" } else { "No" }.to_owned()
    }),
    (
        "When an appeal about the length alone may come",
        &["challenge.length.mode", "challenge.length.window", "challenge.length.window-from"],
        |policy| length(policy, window_of),
    ),
    ("Who decides an appeal about the length", &["challenge.length.decider"], |policy| {
        length(policy, |profile| say::sentence(&profile.decider.say(&policy.roles)))
    }),
    ("On which grounds an appeal about the length may come", &["challenge.length.grounds"], |policy| length(policy, grounds)),
    ("Complaints", &["challenge.appeal.complaint"], |policy| policy.challenge.appeal.complaint.title().to_owned()),
    ("Asking us to look again", &["challenge.reconsideration.grounds"], |policy| {
        again(policy, |again| format!("If {}", say::either(&again.grounds.iter().map(|one| say::inside(one)).collect::<Vec<_>>())))
    }),
    ("Who answers a request to look again", &["challenge.reconsideration.decider"], |policy| {
        again(policy, |again| say::sentence(&again.decider.say(&policy.roles)))
    }),
    ("How soon such a request is answered", &["challenge.reconsideration.decide-within"], |policy| {
        again(policy, |again| format!("Within {}", *again.decide_within))
    }),
    ("How long it can go on", &[], |policy| {
        let terms = &policy.terms;
        let times =
            terms.renewals.as_ref().map_or_else(String::new, |times| format!(", renewed {} at most", say::count(**times, "time", "times")));
        let most = terms.cap.length().map_or_else(String::new, |cap| format!(", and {cap} in all"));
        let longer: String = restriction_term::longer(policy).iter().map(|one| format!("; {one}")).collect();
        format!("{} at a time{most}{times}{longer}", say::sentence(&terms.longest.to_string()))
    }),
    ("What you can always do", &[], |policy| {
        let tell: Vec<&str> = policy.measures.always_open.iter().map(|open| open.tell.trim_end_matches('.')).collect();
        say::sentence(&tell.join("; "))
    }),
];

/// Whether one of these rules says the value at a place.
pub(super) fn says(place: &str) -> bool {
    RULES.iter().any(|(_, said, _)| said.iter().any(|outer| crate::rules::policy::is_within(place, outer)))
}

/// What differs, for staff: each rule one of whose values is met by the case, as `is_met` says of a place.
pub(super) fn for_staff(versions: &Versions, is_met: impl Fn(&str) -> bool) -> Vec<Change> {
    rules(versions, |said| said.iter().any(|place| is_met(place)))
}

/// What differs for a customer whose restriction is moved from one version to the other.
pub fn told(versions: &Versions) -> Vec<Change> {
    rules(versions, |_| true)
}

fn rules(versions: &Versions, is_meant: impl Fn(&[&str]) -> bool) -> Vec<Change> {
    let meant = RULES.iter().filter(|(_, said, _)| is_meant(said));
    let change = |(what, _, says): &Rule| {
        let (before, after) = (says(&versions.before), says(&versions.after));
        (before != after).then(|| Change::between((*what).to_owned(), before, after))
    };
    meant.filter_map(change).collect()
}

fn titles<'a>(titles: impl Iterator<Item = &'a str>) -> String {
    say::sentence(&say::either(&say::joining(&titles.collect::<Vec<_>>())))
}

fn outcomes(policy: &Policy) -> String {
    titles(policy.reviews.outcomes.iter().map(|outcome| outcome.title()))
}

fn early(policy: &Policy) -> String {
    policy.challenge.early_review.as_ref().map_or_else(
        || "The policy promises none".to_owned(),
        |early| format!("From {} after it began, or was last looked at; we then do so within {}", early.after, early.within),
    )
}

/// What the policy says of an appeal about the length alone; where it has no rules of its own for that, that the appeal covers it.
fn length(policy: &Policy, says: impl Fn(&AppealProfile) -> String) -> String {
    policy.challenge.of_length().map_or_else(|| "As an appeal against the whole".to_owned(), says)
}

fn window(policy: &Policy) -> String {
    window_of(&policy.challenge.appeal)
}

fn window_of(appeal: &AppealProfile) -> String {
    let when = match appeal.window.length() {
        _ if appeal.is_none() => return "There is no appeal".to_owned(),
        Some(length) => format!("Within {length} of {}", appeal.window_from.title()),
        None => "At any time".to_owned(),
    };
    match appeal.mode.as_ref() {
        Some(mode) => format!("{when}; {}", say::inside(mode.title())),
        None => format!("{when}; one appeal"),
    }
}

fn grounds(appeal: &AppealProfile) -> String {
    match appeal.grounds.as_ref().filter(|grounds| !grounds.is_empty()) {
        Some(grounds) => format!("If {}", say::either(&grounds.iter().map(|one| say::inside(one)).collect::<Vec<_>>())),
        None => "For any reason".to_owned(),
    }
}

fn who_hears(policy: &Policy) -> String {
    let roles = &policy.roles;
    let deciders = policy.challenge.deciders.iter();
    let named = deciders.map(|one| format!("; where {} approved it, {}", one.approved_by.say(roles), one.decider.say(roles)));
    named.fold(say::sentence(&policy.challenge.appeal.decider.say(roles)), |said, one| said + one.as_str())
}

fn answered(policy: &Policy) -> String {
    policy.challenge.appeal.decide_within.length().map_or_else(|| "No time is set".to_owned(), |length| format!("Within {length}"))
}

fn again(policy: &Policy, says: impl Fn(&Reconsideration) -> String) -> String {
    policy.challenge.reconsideration.as_ref().map_or_else(|| "The policy promises nothing of the kind".to_owned(), says)
}
