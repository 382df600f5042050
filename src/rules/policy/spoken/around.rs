//! People and posts, times, letters, markers and where things go next.

use super::{Sentences, listed, together};
use crate::rules::policy::plain::{self, full};
use crate::rules::policy::{Body, Contact, Marker, OnwardRoute, Policy, Reach, Remind, Role, Subject};
use crate::rules::say;

pub(super) fn add(to: &mut Sentences, policy: &Policy) {
    people(to, policy);
    times(to, policy);
    standing(to, policy);
    onward(to, policy);
}

fn people(to: &mut Sentences, policy: &Policy) {
    for (key, one) in policy.roles.iter() {
        to.says(&format!("roles.{key}"), role(one));
    }
    for one in &policy.bodies {
        to.says(&format!("bodies.{}", one.key), body(policy, one));
    }
    for one in &policy.people.subjects {
        to.says(&format!("people.subjects.{}", one.key), subject(policy, one));
    }
    for one in &policy.people.affected {
        to.says(&format!("people.affected.{}", one.key), "Kept safe by this policy.");
    }
}

fn role(one: &Role) -> String {
    let pages = match one.reach {
        Reach::Frontline => "frontline staff",
        Reach::Manager => "managers",
        Reach::Head => "heads of service",
        Reach::Director => "directors",
        Reach::PolicyOwner => "policy owners",
        Reach::Administrator => "administrators",
    };
    together([
        Some(format!("Opens the pages of {pages}.")),
        one.single.then(|| "One person holds it.".to_owned()),
        listed("Also called", &one.aliases),
    ])
}

fn body(policy: &Policy, one: &Body) -> String {
    together([
        Some(format!("On it may sit {}: {}.", one.members.say(&policy.roles), say::count(one.seats, "seat", "seats"))),
        Some(format!("It decides with {} or more.", one.quorum)),
        one.made_up(&policy.roles).map(|among| format!("Among those who sit: {among}.")),
        one.approves_by.map(|share| format!("It approves by {}.", share.title())),
        one.meets.map(|meets| format!("It meets every {}.", meets.each())),
        one.notice.map(|notice| format!("Its members are given a case {notice} before.")),
        Some(format!("{} records what it decided.", say::sentence(&one.clerk.say(&policy.roles)))),
    ])
}

fn subject(policy: &Policy, one: &Subject) -> String {
    let duties: Vec<String> = one.duties.iter().map(|purpose| say::inside(purpose.title())).collect();
    together([
        Some("The policy is about their behaviour.".to_owned()),
        listed("Stays open for them besides", &duties),
        one.in_respect_of
            .then(|| format!("They act for named {}: the terms of a restriction say for which.", policy.words.customer().many)),
    ])
}

fn times(to: &mut Sentences, policy: &Policy) {
    if let Some(closed) = &policy.clocks.closed {
        let days: Vec<String> = closed.iter().map(ToString::to_string).collect();
        to.says("clocks.closed", format!("The offices are closed on {}, every year: none of them is a working day.", say::list(&days)));
    }
    for (index, one) in policy.clocks.deemed_received.iter().enumerate() {
        let says = match one.after.length() {
            Some(length) => format!("Counts as received {length} after it was sent."),
            None => "Counts as received at once.".to_owned(),
        };
        to.called(format!("clocks.deemed-received.{}", index + 1), format!("What went by {}", say::inside(one.by.title())), says);
    }
    for (index, one) in policy.clocks.on_the_day.iter().enumerate() {
        to.called(
            format!("clocks.on-the-day.{}", index + 1),
            format!("When the time runs out: {}", say::inside(one.clock.title())),
            full(one.does.title()),
        );
    }
    for (index, one) in policy.terms.for_severity.iter().enumerate() {
        let title = format!("How long where the behaviour is {}", one.from.at_least());
        to.called(format!("terms.for-severity.{}", index + 1), title, plain::severity_in_words(one));
    }
    for (index, one) in policy.clocks.within.iter().enumerate() {
        let says = match one.within.length() {
            Some(length) => format!("Within {length}."),
            None => "The same day.".to_owned(),
        };
        to.called(format!("clocks.within.{}", index + 1), one.work.title().to_owned(), says);
    }
    to.says("reviews.remind", reminded(&policy.reviews.remind));
    super::Sentences::parts(to, "reviews.never-reviews", &policy.reviews.never_reviews);
    for one in &policy.reviews.tiers {
        let says = format!("{}, counted from {}, held by {}.", say::sentence(&one.rhythm()), one.first, one.held_by.say(&policy.roles));
        to.says(&format!("reviews.tiers.{}", one.key), says);
    }
}

fn reminded(remind: &Remind) -> String {
    let lengths = |lengths: &[crate::rules::days::Length]| say::list(&lengths.iter().map(ToString::to_string).collect::<Vec<_>>());
    let mut said = Vec::new();
    if !remind.before.is_empty() {
        said.push(format!("{} before", lengths(&remind.before)));
    }
    if remind.on_the_day {
        said.push("on the day".to_owned());
    }
    if !remind.after.is_empty() {
        said.push(format!("{} after", lengths(&remind.after)));
    }
    if said.is_empty() { "Never.".to_owned() } else { full(&say::sentence(&said.join("; "))) }
}

fn standing(to: &mut Sentences, policy: &Policy) {
    for one in &policy.markers {
        to.says(&format!("markers.{}", one.key), marker(policy, one));
    }
    for one in &policy.statuses {
        let told = format!("The {} is {}told.", policy.words.customer().one, if one.told { "" } else { "not " });
        to.says(&format!("statuses.{}", one.key), format!("{} {told}", plain::status_in_words(policy, one)));
    }
    for one in &policy.agreements {
        let answer = one.answer_within.length().map(|length| format!("Answered within {length}."));
        to.says(&format!("agreements.{}", one.key), together([Some(plain::agreement_in_words(policy, one)), answer]));
    }
    for one in &policy.reports {
        let says = together([
            Some(plain::report_in_words(policy, one)),
            Some(full(one.grain.title())),
            (one.hide_below > 0).then(|| format!("A number below {} is not printed.", one.hide_below)),
            one.signed_off_by.as_ref().map(|by| format!("{} signs it off.", say::sentence(&by.say(&policy.roles)))),
        ]);
        to.says(&format!("reports.{}", one.key), says);
    }
    for one in &policy.referrals.others {
        let says = together([Some(plain::hand_off_in_words(policy, one)), listed("Only for", &kinds(policy, &one.only_for))]);
        to.says(
            &format!("referrals.others.{}", one.key),
            if says.trim().is_empty() { "A person judges, case by case.".to_owned() } else { says },
        );
    }
    for (key, one) in [("police", &policy.referrals.police), ("community-safety", &policy.referrals.community_safety)] {
        for (when, dangers) in [("always", &one.always), ("consider", &one.consider)] {
            let dangers: Vec<&str> = dangers.iter().map(|danger| danger.title()).collect();
            let says = if dangers.is_empty() { "For nothing by itself.".to_owned() } else { full(&say::either(&say::joining(&dangers))) };
            to.says(&format!("referrals.{key}.{when}"), says);
        }
        for (index, says) in plain::triggers_in_words(policy, &one.always_for).into_iter().enumerate() {
            to.called(format!("referrals.{key}.always-for.{}", index + 1), one.title.clone(), says);
        }
    }
}

fn marker(policy: &Policy, one: &Marker) -> String {
    let kept: Vec<String> = one
        .kept
        .iter()
        .map(|kept| {
            format!(
                "{}, {}",
                say::inside(kept.severity.title()),
                between(kept.least.to_string(), kept.most.length().map(|most| most.to_string()))
            )
        })
        .collect();
    let seen: Vec<String> =
        one.seen.iter().map(|seen| format!("{}, {}", say::inside(seen.by.title()), say::inside(seen.what.title()))).collect();
    together([
        Some(plain::marker_in_words(policy, one)),
        Some(format!("It belongs to {}.", say::inside(one.rests_on.title()))),
        one.provisional.map(|length| format!("It may be set at once for {length}, until it is confirmed.")),
        Some(format!("Whether the {} is told: {}.", policy.words.customer().one, say::inside(one.told.title()))),
        listed("How long it is kept, by how grave the behaviour was", &kept),
        listed("Who sees what", &seen),
    ])
}

/// "12 months to 2 years", "12 months or longer".
fn between(least: String, most: Option<String>) -> String {
    most.map_or_else(|| format!("{least} or longer"), |most| format!("{least} to {most}"))
}

fn kinds(policy: &Policy, keys: &[String]) -> Vec<String> {
    keys.iter().filter_map(|key| policy.people.subject(key)).map(|kind| kind.title.clone()).collect()
}

fn onward(to: &mut Sentences, policy: &Policy) {
    to.says("onward.ombudsman", contact(&policy.onward.ombudsman));
    to.says("onward.complaints", contact(&policy.onward.complaints));
    for one in &policy.onward.routes {
        to.called(format!("onward.routes.{}", one.key), format!("Outside, about {}", one.subject), route(policy, one));
    }
    for one in &policy.retention.ranges {
        let grave = one.severity.map_or_else(String::new, |severity| format!(" about {} behaviour", say::inside(severity.title())));
        let says = full(&say::sentence(&between(one.least.to_string(), one.most.length().map(|most| most.to_string()))));
        to.called(format!("retention.ranges.{}", one.key), format!("Records of {}{grave}", say::inside(one.record.title())), says);
    }
}

fn route(policy: &Policy, one: &OnwardRoute) -> String {
    let nations: Vec<&str> = one.nations.iter().map(|nation| nation.title()).collect();
    let types: Vec<&str> = one.landlord_types.iter().map(|kind| kind.title()).collect();
    together([
        Some(contact(&one.goes_to)),
        listed("Only for", &kinds(policy, &one.only_for)),
        listed("Only in", &nations),
        listed("Only where the landlord is", &types),
    ])
}

fn contact(one: &Contact) -> String {
    let ways = [Some(&one.name), one.phone.as_ref(), one.email.as_ref(), one.web.as_ref(), one.post.as_ref()];
    full(&ways.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", "))
}
