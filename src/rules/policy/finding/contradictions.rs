//! Values that contradict each other, or that come to nothing together.

use super::{Finding, posts};
use crate::rules::days::{Length, Unit};
use crate::rules::measure::OneOpenChannel;
use crate::rules::policy::{Clock, ClockDoes, Overdue, Policy, WindowFrom};
use crate::rules::say;

/// Every such pair.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let mut findings = late_reviews(policy);
    findings.extend(never_reached(policy));
    findings.extend(renewals(policy));
    findings.extend(counted_from_elsewhere(policy));
    findings.extend(forgotten_at_once(policy));
    findings.extend(own_record(policy));
    findings.extend(never_needed(policy));
    findings.extend(articles(policy));
    findings
}

/// The clock of a review says another thing than `reviews.overdue`.
fn late_reviews(policy: &Policy) -> Vec<Finding> {
    let overdue = &policy.reviews.overdue;
    let differs = |does: ClockDoes| match **overdue {
        Overdue::Lapse => does != ClockDoes::Lapse,
        Overdue::ContinueAndEscalate => does == ClockDoes::Lapse,
    };
    let clocks = (1..).zip(&policy.clocks.on_the_day).filter(|(_, one)| one.clock == Clock::Review && differs(one.does));
    let found = clocks.map(|(number, one)| {
        let says = format!("Of a late review this says “{}”, and `reviews.overdue` says “{}”.", one.does.title(), overdue.title());
        let finding = Finding::new(&format!("clocks.on-the-day.{number}"), says, "Say the same in both places.");
        finding.with_clause(&one.source).with_clause(&overdue.source)
    });
    found.collect()
}

/// Reviews, and requests for one, after a restriction is over.
fn never_reached(policy: &Policy) -> Vec<Finding> {
    let (terms, reviews) = (&policy.terms, &policy.reviews);
    if *terms.permanent {
        return Vec::new();
    }
    let own = policy.measures.offered.iter().filter_map(|offer| offer.longest);
    let grave = terms.for_severity.iter().filter_map(|one| one.longest);
    let most = terms.cap.length().into_iter().chain(own).chain(grave);
    let most = most.fold(*terms.longest, |most, one| if one.is_longer_than(most) { one } else { most });
    let mut findings = Vec::new();
    for interval in reviews.intervals.iter().filter(|interval| interval.is_longer_than(most)) {
        let says = format!("A review after {interval} would come when the restriction is over: it may run {most} at most.");
        findings.push(Finding::new("reviews.intervals", says, "Leave this interval out.").with_clause(&reviews.intervals.source));
    }
    if let Some(early) = policy.challenge.early_review.as_ref().filter(|early| early.after.is_longer_than(*terms.usual)) {
        let says = format!(
            "A customer may ask for an early review after {}, and a restriction usually runs {}: it would be over.",
            early.after, terms.usual.value
        );
        findings.push(Finding::new("challenge.early-review.after", says, "Let them ask sooner.").with_clause(&early.source));
    }
    findings
}

/// So many renewals that the limit on all of them together never comes about, or more than anybody could mean.
fn renewals(policy: &Policy) -> Vec<Finding> {
    let terms = &policy.terms;
    let Some(renewals) = &terms.renewals else { return Vec::new() };
    let find = |says: String| vec![Finding::new("terms.renewals", says, "Say which of the two holds.").with_clause(&renewals.source)];
    match terms.cap.length() {
        Some(cap) if **renewals == 0 && cap.is_longer_than(*terms.longest) => {
            find(format!("It may not be renewed, and one term runs {} at most: all together never comes to {cap}.", terms.longest.value))
        }
        _ if **renewals > MOST_RENEWALS => find(format!("{} renewals are more than anybody would count.", renewals.value)),
        _ => Vec::new(),
    }
}

/// Weekly for a year.
const MOST_RENEWALS: u8 = 52;

/// The window of an appeal that is not against a restriction, counted from the day a restriction starts.
fn counted_from_elsewhere(policy: &Policy) -> Vec<Finding> {
    let challenge = &policy.challenge;
    let others = [
        ("warning", "a warning", &challenge.warning),
        ("marker", "a safety marker", &challenge.marker),
        ("complaint-refusal", "a complaint that was refused", &challenge.complaint_refusal),
    ];
    let named = others.into_iter().filter_map(|(name, what, one)| Some((name, what, one.as_ref()?)));
    let odd = named.filter(|(_, _, profile)| !profile.is_none() && *profile.window_from == WindowFrom::Imposed);
    let found = odd.map(|(name, what, profile)| {
        let says = format!("The time to appeal is counted from {}, and this appeal is about {what}.", WindowFrom::Imposed.title());
        let at = format!("challenge.{name}.window-from");
        Finding::new(&at, says, "Count it from the day the letter is sent or received.").with_clause(&profile.window_from.source)
    });
    found.collect()
}

/// Steps that are forgotten before anything could follow.
fn forgotten_at_once(policy: &Policy) -> Vec<Finding> {
    let Ok(least) = Length::new(2, Unit::Weeks) else { return Vec::new() };
    let ladder = &policy.ladder;
    let own =
        ladder.steps.iter().filter_map(|step| Some((format!("ladder.steps.{}.look-back.length", step.key), step.look_back.as_ref()?)));
    let all = std::iter::once(("ladder.look-back.length".to_owned(), &ladder.look_back)).chain(own);
    let found = all.filter(|(_, look)| least.is_longer_than(look.length)).map(|(at, look)| {
        let says = format!("A step counts for {}, so hardly anything could follow from it.", look.length);
        Finding::new(&at, says, "Look at the number and its unit.").with_clause(&look.source)
    });
    found.collect()
}

/// A clerk who may sit on the body they record for.
fn own_record(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for body in &policy.bodies {
        let members = posts(policy, &body.members);
        let both: Vec<String> =
            posts(policy, &body.clerk).into_iter().filter(|post| members.contains(post)).map(|post| policy.roles.a(post)).collect();
        if !both.is_empty() {
            let says = format!("{} may sit on “{}”, and records what it decided.", say::sentence(&say::either(&both)), body.title);
            let advice = "Say whether that is meant, or name another post to record.";
            findings.push(Finding::new(&format!("bodies.{}.clerk", body.key), says, advice).with_clause(&body.source));
        }
    }
    findings
}

/// Who decides that no way of contact stays open, where that is never decided.
fn never_needed(policy: &Policy) -> Vec<Finding> {
    let (rule, by) = (&policy.measures.one_open_channel, &policy.measures.override_by);
    let Some(by) = by.as_ref().filter(|_| **rule != OneOpenChannel::Advisory) else { return Vec::new() };
    let says = format!(
        "It names who may decide that no way of contact stays open, and `one-open-channel` is \"{}\": nobody is ever asked.",
        rule.key()
    );
    let finding = Finding::new("measures.override-by", says, "Leave it out, or write \"advisory\" there.");
    vec![finding.with_clause(&by.source).with_clause(&rule.source)]
}

/// A word whose third form has no article, so that sentences with it read wrongly.
fn articles(policy: &Policy) -> Vec<Finding> {
    let words = &policy.words;
    let mut all =
        vec![("restriction", &words.restriction), ("warning", &words.warning), ("appeal", &words.appeal), ("review", &words.review)];
    all.extend(words.agreement.iter().map(|word| ("agreement", word)));
    let found = all.into_iter().filter(|(_, word)| !["a ", "an "].iter().any(|start| word.a.starts_with(start))).map(|(key, word)| {
        let says = format!("“{}” has no article, and stands in sentences as “You can have {}”.", word.a, word.a);
        Finding::new(&format!("words.{key}.a"), says, format!("Write it as “{}”.", say::a(&word.one))).with_clause(&word.source)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("../format/example.toml");

    /// One exchange, and the place of the finding that it brings.
    #[test]
    fn every_contradiction_is_found_at_its_place() {
        let of_the_warning = EXAMPLE.find("[challenge.warning]").unwrap();
        let warning = format!(
            "{}{}",
            &EXAMPLE[..of_the_warning],
            EXAMPLE[of_the_warning..].replacen("window-from = { value = \"sent\"", "window-from = { value = \"imposed\"", 1)
        );
        let with = |was: &str, is: &str| {
            assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
            EXAMPLE.replacen(was, is, 1)
        };
        let table = [
            (
                with(
                    "{ clock = \"approval\"",
                    "{ clock = \"review\", does = \"remind\", source = { stated = \"6.6\" } },\n  { clock = \"approval\"",
                ),
                "clocks.on-the-day.1",
            ),
            (with("\nintervals = { value = [", "\nintervals = { value = [\"36 months\", "), "reviews.intervals"),
            (warning, "challenge.warning.window-from"),
            (with("length = \"12 months\", from", "length = \"1 day\", from"), "ladder.look-back.length"),
            (with("clerk = \"company-secretary\"", "clerk = \"head-of-service\""), "bodies.case-panel.clerk"),
            (with("a = \"a contact plan\"", "a = \"contact plan\""), "words.restriction.a"),
        ];
        let places = |text: &str| {
            let checked = check(text);
            assert!(checked.faults.is_empty(), "{:?}", checked.faults);
            checked.findings.into_iter().map(|one| one.place).collect::<Vec<_>>()
        };
        let before = places(EXAMPLE);
        for (text, place) in table {
            assert!(!before.iter().any(|one| one == place), "{place} is there without it");
            assert!(places(&text).iter().any(|one| one == place), "{place}: {:?}", places(&text));
        }
    }

    #[test]
    fn limits_that_are_never_reached_are_found() {
        let policy = crate::rules::policy::tests::example();
        let places = |policy: &crate::rules::policy::Policy| super::all(policy).into_iter().map(|one| one.place).collect::<Vec<_>>();
        assert_eq!(places(&policy), Vec::<String>::new());
        let mut odd = policy.clone();
        let source = policy.terms.usual.source.clone();
        odd.terms.renewals = Some(crate::rules::policy::Sourced { value: 0, source: source.clone() });
        assert_eq!(places(&odd), ["terms.renewals"]);
        odd.terms.renewals = Some(crate::rules::policy::Sourced { value: 200, source });
        assert_eq!(places(&odd), ["terms.renewals"]);
        let mut odd = policy.clone();
        odd.challenge.early_review.as_mut().unwrap().value.after = "25 months".parse().unwrap();
        assert_eq!(places(&odd), ["challenge.early-review.after"]);
        let mut odd = policy;
        odd.measures.one_open_channel.value = crate::rules::measure::OneOpenChannel::Enforced;
        assert_eq!(places(&odd), ["measures.override-by"]);
    }
}
