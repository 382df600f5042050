//! Slips of the pen: what can be read, and cannot be meant. A title given twice, a length of two hundred years, a rule that never comes about
//! because one before it says the same.

use std::collections::BTreeSet;

use super::Fault;
use crate::rules::days::{Length, Monthly, Unit};
use crate::rules::policy::Policy;
use crate::rules::policy::when::When;
use crate::rules::say;

pub(super) fn faults(policy: &Policy) -> Vec<Fault> {
    let mut faults = Vec::new();
    titles(policy, &mut faults);
    lengths(policy, &mut faults);
    reminders(policy, &mut faults);
    named_twice(policy, &mut faults);
    closed_for_long(policy, &mut faults);
    days_of_the_month(policy, &mut faults);
    faults
}

/// People choose by title, so no two things of one list may share one.
fn titles(policy: &Policy, faults: &mut Vec<Fault>) {
    let posts = policy.roles.iter().map(|(key, role)| (format!("roles.{key}"), &role.title));
    let bodies = policy.bodies.iter().map(|one| (format!("bodies.{}", one.key), &one.title));
    let lists: [Vec<(String, &String)>; 7] = [
        posts.chain(bodies).collect(),
        policy.behaviour.categories.iter().map(|one| (format!("behaviour.categories.{}", one.key), &one.title)).collect(),
        policy.ladder.steps.iter().map(|one| (format!("ladder.steps.{}", one.key), &one.title)).collect(),
        policy.checklists.iter().map(|one| (format!("checklists.{}", one.key), &one.title)).collect(),
        policy.measures.offered.iter().map(|one| (format!("measures.offered.{}", one.key()), &one.title)).collect(),
        policy.markers.iter().map(|one| (format!("markers.{}", one.key), &one.title)).collect(),
        policy.statuses.iter().map(|one| (format!("statuses.{}", one.key), &one.title)).collect(),
    ];
    for list in &lists {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for (place, title) in list {
            let plain = title.trim().to_lowercase();
            match seen.iter().find(|(one, _)| *one == plain) {
                Some((_, first)) => {
                    let says = format!("“{}” is the title of {first} as well. People choose by title: give each its own.", title.trim());
                    faults.push(Fault::at(format!("{place}.title"), says));
                }
                None => seen.push((plain, place)),
            }
        }
    }
}

/// Longer than this, a deadline is a slip: 200 for 20, years for days.
fn ten_years() -> Option<Length> {
    Length::new(10, Unit::Years).ok()
}

fn lengths(policy: &Policy, faults: &mut Vec<Fault>) {
    let Some(most) = ten_years() else { return };
    for (place, length) in deadlines(policy).into_iter().filter(|(_, length)| length.is_longer_than(most)) {
        let says = format!("{length} is longer than {most}, which nobody waits for. Look at the number and its unit.");
        faults.push(Fault::at(place, says));
    }
}

/// Every length of the pack by which somebody does something, or something counts. How long records are kept is not one of them.
fn deadlines(policy: &Policy) -> Vec<(String, Length)> {
    let (authority, challenge, reviews) = (&policy.authority, &policy.challenge, &policy.reviews);
    let mut all: Vec<(String, Option<Length>)> = vec![
        ("authority.decide-within".into(), authority.decide_within.as_ref().map(|one| one.value)),
        ("authority.delegation.longest".into(), authority.delegation.as_ref().map(|one| one.longest)),
        ("challenge.remit-within".into(), challenge.remit_within.as_ref().map(|one| one.value)),
        ("challenge.reconsideration.decide-within".into(), challenge.reconsideration.as_ref().map(|one| one.decide_within.value)),
        ("challenge.early-review.after".into(), challenge.early_review.as_ref().map(|one| one.after)),
        ("challenge.early-review.within".into(), challenge.early_review.as_ref().map(|one| one.within)),
        ("reviews.usual".into(), Some(reviews.usual.value)),
        ("support.within".into(), Some(policy.support.within.value)),
        ("ladder.look-back.length".into(), Some(policy.ladder.look_back.length)),
        ("ladder.re-entry.within".into(), policy.ladder.re_entry.as_ref().map(|one| one.within)),
        ("clocks.calendar-alarm".into(), policy.clocks.calendar_alarm.as_ref().map(|one| one.value)),
        ("document.review-every".into(), Some(policy.document.review_every.value)),
    ];
    for (name, profile) in policy.challenge.profiles() {
        all.push((format!("challenge.{name}.window"), profile.window.length()));
        all.push((format!("challenge.{name}.decide-within"), profile.decide_within.length()));
    }
    all.extend(reviews.intervals.iter().zip(1..).map(|(length, number)| (format!("reviews.intervals.{number}"), Some(*length))));
    all.extend(reviews.remind.before.iter().map(|length| ("reviews.remind.before".to_owned(), Some(*length))));
    all.extend(reviews.remind.after.iter().map(|length| ("reviews.remind.after".to_owned(), Some(*length))));
    all.extend(reviews.tiers.iter().map(|tier| (format!("reviews.tiers.{}.every", tier.key), Some(tier.every))));
    let looks_back = policy.ladder.steps.iter().filter_map(|step| Some((step, step.look_back.as_ref()?)));
    all.extend(looks_back.map(|(step, look)| (format!("ladder.steps.{}.look-back.length", step.key), Some(look.length))));
    all.extend(
        policy
            .bodies
            .iter()
            .flat_map(|body| [(format!("bodies.{}.meets", body.key), body.meets), (format!("bodies.{}.notice", body.key), body.notice)]),
    );
    for marker in &policy.markers {
        all.push((format!("markers.{}.provisional", marker.key), marker.provisional));
        all.push((format!("markers.{}.review-every", marker.key), Some(marker.review_every)));
    }
    for (one, number) in policy.terms.for_severity.iter().zip(1..) {
        all.push((format!("terms.for-severity.{number}.review"), one.review));
    }
    for (one, number) in policy.clocks.deemed_received.iter().zip(1..) {
        all.push((format!("clocks.deemed-received.{number}.after"), one.after.length()));
    }
    all.into_iter().filter_map(|(place, length)| Some((place, length?))).collect()
}

/// A reminder that would go before the day it is about was promised.
fn reminders(policy: &Policy, faults: &mut Vec<Fault>) {
    let reviews = &policy.reviews;
    let Some(longest) = reviews.intervals.iter().copied().reduce(|one, other| if other.is_longer_than(one) { other } else { one }) else {
        return;
    };
    for before in reviews.remind.before.iter().filter(|before| before.is_longer_than(longest)) {
        let says =
            format!("A reminder {before} before a review would go out before the review was promised: the longest interval is {longest}.");
        faults.push(Fault::at("reviews.remind.before", says));
    }
}

/// The most days of a year that offices are closed for besides weekends and bank holidays: with more, "20 working days" means nothing.
const MOST_CLOSED: usize = 60;

fn closed_for_long(policy: &Policy, faults: &mut Vec<Fault>) {
    let days: usize = policy.clocks.closed.iter().flat_map(|closed| closed.iter()).map(|days| days.count()).sum();
    if days > MOST_CLOSED {
        let says = format!("The offices would be closed on {days} days of the year: at most {MOST_CLOSED} can be named.");
        faults.push(Fault::at("clocks.closed", says));
    }
}

/// A day of the month beside a rhythm that is not in months, or beside a first day that is another.
fn days_of_the_month(policy: &Policy, faults: &mut Vec<Fault>) {
    for tier in &policy.reviews.tiers {
        let Some(on) = tier.on else { continue };
        let place = format!("reviews.tiers.{}", tier.key);
        if !Monthly::goes_with(tier.every.unit()) {
            let says = format!("Every {} has no {on}. Leave it out, or say how often in months or years.", tier.every.each());
            faults.push(Fault::at(format!("{place}.on"), says));
        }
        if let When::Day(first) = tier.first {
            let meant = on.of_month(first, policy.calendar());
            if meant != first {
                let says = format!("{} is not the {on} of its month: that is {}.", say::day(first), say::day(meant));
                faults.push(Fault::at(format!("{place}.first"), says));
            }
        }
    }
}

/// What is said twice of one thing: only the first would ever come about.
fn named_twice(policy: &Policy, faults: &mut Vec<Fault>) {
    let mut twice = |list: &str, what: &str, names: Vec<String>| {
        let mut seen = BTreeSet::new();
        for (name, number) in names.into_iter().zip(1..) {
            if !seen.insert(name.clone()) {
                let says = format!("{what} “{name}” stands here before. Only the first would count: keep one of the two.");
                faults.push(Fault::at(format!("{list}.{number}"), says));
            }
        }
    };
    let title = |one: &dyn std::fmt::Display| one.to_string();
    let clocks = &policy.clocks;
    twice("document.clauses", "The clause", policy.document.clauses.iter().map(|one| one.no.trim().to_owned()).collect());
    twice("clocks.on-the-day", "The clock", clocks.on_the_day.iter().map(|one| title(&one.clock)).collect());
    twice("clocks.within", "The work", clocks.within.iter().map(|one| title(&one.work)).collect());
    twice("clocks.deemed-received", "The way", clocks.deemed_received.iter().map(|one| title(&one.by)).collect());
    twice("measures.always-open", "The purpose", policy.measures.always_open.iter().map(|one| title(&one.purpose)).collect());
    let copies = policy.letters.copies.iter().map(|one| {
        let steps = if one.steps.is_empty() { String::new() } else { format!(", of {}", one.steps.join(" and ")) };
        format!("{}{steps}, for: {}", one.letter, one.to.title().to_lowercase())
    });
    twice("letters.copies", "The copy", copies.collect());
    twice("letters.signed-by", "The signature", policy.letters.signed_by.iter().map(|one| one.letter.to_string()).collect());
    let deciders = policy.challenge.deciders.iter().map(|one| one.approved_by.say(&policy.roles));
    twice("challenge.deciders", "What was authorised by", deciders.collect());
    for marker in &policy.markers {
        twice(&format!("markers.{}.kept", marker.key), "The severity", marker.kept.iter().map(|one| title(&one.severity)).collect());
        twice(&format!("markers.{}.seen", marker.key), "The audience", marker.seen.iter().map(|one| title(&one.by)).collect());
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::rules::policy::{check, check_on};

    const EXAMPLE: &str = include_str!("../format/example.toml");

    /// The faults of the example with one piece of text exchanged.
    fn faults(was: &str, is: &str) -> Vec<(String, String)> {
        assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
        check(&EXAMPLE.replacen(was, is, 1)).faults.into_iter().map(|fault| (fault.place, fault.says)).collect()
    }

    #[test]
    fn what_cannot_be_meant_is_a_fault_with_its_place() {
        let table = [
            ("key = \"no-parcels\"", "key = \"No Parcels\"", "measures.offered.No Parcels.key", "such as \"no-parcels\""),
            (
                "title = \"Papers a week before a meeting\"",
                "title = \"no parcels at our offices\"",
                "measures.offered.papers-first.title",
                "is the title of measures.offered.no-parcels as well",
            ),
            ("key = \"papers-first\"", "key = \"no-parcels\"", "measures.offered", "used twice"),
            ("key = \"papers-first\"", "key = \"quota\"", "measures.offered", "Two measures are known as \"quota\""),
            ("key = \"papers-first\"", "key = \"premises\"", "measures.offered.premises.key", "the name of another kind of measure"),
            ("key = \"papers-first\"\n", "", "", ""),
        ];
        for (was, is, place, says) in table {
            let found = faults(was, is);
            if place.is_empty() {
                assert!(found.is_empty(), "{found:?}");
                continue;
            }
            assert!(found.iter().any(|(at, said)| at == place && said.contains(says)), "{is}: {found:?}");
        }
    }

    #[test]
    fn two_of_one_kind_without_a_key_are_told_apart_by_one() {
        let twice = EXAMPLE.replacen("key = \"no-parcels\"\n", "", 1).replacen("key = \"papers-first\"\n", "", 1);
        let says: Vec<String> = check(&twice).faults.into_iter().map(|fault| fault.says).collect();
        assert_eq!(says, ["Two measures are known as \"other\". Give one a `key` of its own."]);
    }

    /// Every deadline of the example, made two hundred years long in turn, is a fault at its own place.
    #[test]
    fn a_deadline_nobody_waits_for_is_a_fault() {
        let policy = check(EXAMPLE).policy.unwrap();
        let (mut long, place) = (policy.clone(), "support.within");
        long.support.within.value = "30 years".parse().unwrap();
        let found = super::faults(&long);
        assert_eq!(found.iter().map(|fault| fault.place.as_str()).collect::<Vec<_>>(), [place]);
        assert_eq!(found[0].says, "30 years is longer than 10 years, which nobody waits for. Look at the number and its unit.");
        assert!(super::faults(&policy).is_empty() && super::deadlines(&policy).len() > 15);

        let mut early = policy.clone();
        early.reviews.remind.value.before = vec!["9 years".parse().unwrap()];
        assert!(super::faults(&early)[0].says.starts_with("A reminder 9 years before a review would go out before"));
    }

    #[test]
    fn what_is_said_twice_of_one_thing_is_a_fault() {
        let policy = check(EXAMPLE).policy.unwrap();
        let mut twice = policy.clone();
        twice.clocks.on_the_day.push(policy.clocks.on_the_day[0].clone());
        twice.measures.always_open.push(policy.measures.always_open[0].clone());
        twice.document.clauses.push(policy.document.clauses[0].clone());
        let places: Vec<String> = super::faults(&twice).into_iter().map(|fault| fault.place).collect();
        let last = |list: &str, length: usize| format!("{list}.{length}");
        assert_eq!(
            places,
            [
                last("document.clauses", twice.document.clauses.len()),
                last("clocks.on-the-day", twice.clocks.on_the_day.len()),
                last("measures.always-open", twice.measures.always_open.len()),
            ]
        );
        let list = faults("channels = { value = [\"phone\",", "channels = { value = [\"phone\", \"phone\",");
        assert_eq!(list, [("people.channels".to_owned(), "\"phone\" stands in the list twice.".to_owned())]);
    }

    #[test]
    fn nobody_chose_a_reading_on_a_day_that_has_not_come() {
        let on = |year| check_on(EXAMPLE, NaiveDate::from_ymd_opt(year, 1, 1)).faults;
        assert!(!on(1999).is_empty() && on(1999).iter().all(|fault| fault.says.contains("This reading was chosen on")), "{:?}", on(1999));
        assert!(on(2099).is_empty());
    }

    /// The text with everything of one table left out but a few lines.
    fn only(table: &str, lines: &str) -> String {
        let start = EXAMPLE.find(&format!("\n[{table}]\n")).expect("the table") + 1;
        let end = start + EXAMPLE[start..].find("\n\n[").expect("the next table");
        format!("{}[{table}]\n{lines}{}", &EXAMPLE[..start], &EXAMPLE[end..])
    }

    #[test]
    fn where_there_is_no_appeal_nothing_else_of_it_is_asked_for_or_shown() {
        let text = only("challenge.appeal", "mode = { value = \"none\", stated = \"7.1\" }\n");
        let checked = check(&text);
        assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        assert!(checked.policy.unwrap().challenge.appeal.is_none());
        let about: Vec<&str> =
            checked.findings.iter().map(|one| one.place.as_str()).filter(|one| one.starts_with("challenge.appeal")).collect();
        assert_eq!(about, ["challenge.appeal.mode"], "only that there is none");
        let shown: Vec<String> = crate::rules::policy::values(&text)
            .into_iter()
            .map(|value| value.place)
            .filter(|place| place.starts_with("challenge.appeal."))
            .collect();
        assert_eq!(shown, ["challenge.appeal.mode"]);
        let without = check(&only("challenge.appeal", "")).faults;
        assert!(without.iter().any(|fault| fault.place == "challenge.appeal.decider"), "an appeal there is needs who decides it");
    }

    #[test]
    fn where_each_letter_sets_the_day_no_intervals_are_asked_for() {
        let line = EXAMPLE.lines().find(|line| line.starts_with("intervals = ")).expect("the intervals");
        let without = EXAMPLE.replacen(&format!("{line}\n"), "", 1);
        let set = EXAMPLE.lines().find(|line| line.starts_with("set-in-letter = ")).expect("how the day is set");
        let asked = |is: &str| check(&without.replacen(set, &format!("set-in-letter = {{ value = {is}, stated = \"7.2\" }}"), 1));
        let policy = asked("true").policy.expect("a policy");
        assert_eq!(policy.reviews.intervals.value, [policy.reviews.usual.value]);
        let places: Vec<String> = asked("false").faults.into_iter().map(|fault| fault.place).collect();
        assert!(places.contains(&"reviews.intervals".to_owned()), "{places:?}");
    }
}
