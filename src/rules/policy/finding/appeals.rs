//! Appeals that nobody could hear, or nobody independent.

use super::{Finding, is_alone, posts};
use crate::rules::days::{Length, Unit};
use crate::rules::policy::{Against, AppealProfile, Body, LetterKind, LetterPart, Part, Policy, Source, StageKind, Who};
use crate::rules::say;

/// Every finding about who hears an appeal.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let mut findings = appeals(policy);
    findings.extend(same_eyes(policy));
    findings.extend(deciders_for(policy));
    findings.extend(too_late(policy));
    findings.extend(no_appeal(policy));
    findings.extend(named_and_refused(policy));
    findings.extend(hasty_or_endless(policy));
    findings.extend(stages(policy));
    findings.extend(nothing_to_appeal(policy));
    findings.extend(own_work(policy));
    findings
}

/// Appeals whose decider can hardly be independent.
fn appeals(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, profile) in policy.challenge.profiles().filter(|(_, profile)| !profile.is_none()) {
        findings.extend(appeal(policy, &format!("challenge.{name}"), profile));
    }
    findings
}

fn appeal(policy: &Policy, place: &str, profile: &AppealProfile) -> Vec<Finding> {
    let at = format!("{place}.decider");
    let deciders = posts(policy, &profile.decider);
    if !["appeal", "second-appeal", "length"].iter().any(|one| place.strip_prefix("challenge.") == Some(one)) || deciders.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let takes_part = |kind: StageKind| {
        let rules = policy.authority.rules.iter();
        rules
            .flat_map(|rule| &rule.stages)
            .filter(move |stage| stage.kind == kind)
            .flat_map(|stage| posts(policy, &stage.of))
            .collect::<Vec<_>>()
    };
    let (authorise, consult) = (takes_part(StageKind::Authorise), takes_part(StageKind::Consult));
    let who = profile.decider.value.say(&policy.roles);
    // Whoever authorised the decision never hears the second appeal, whatever is written.
    let counts = |part| profile.never_decides.contains(&part) || (place == "challenge.second-appeal" && part == Part::Authorised);
    let decided = deciders.iter().all(|post| authorise.contains(post)) && counts(Part::Authorised);
    let asked = deciders.iter().all(|post| consult.contains(post)) && counts(Part::Consulted);
    let alone = deciders.iter().all(|post| is_alone(policy, post));
    if (decided || asked) && alone {
        let did = if decided { "authorises the restriction" } else { "is consulted on every restriction" };
        let says = format!("{} decides appeals and {did}, so could never be independent. No appeal could be decided.", say::sentence(&who));
        findings.push(Finding::new(&at, says, "Name another post.").with_clause(&profile.decider.source));
    } else if let (true, Some(body)) = (decided, body_of(policy, &profile.decider)) {
        let says = format!(
            "{} decides appeals, and those who may sit on it authorise restrictions as well. Whoever authorised one does not sit: {} others \
             have to.",
            say::sentence(&who),
            body.quorum
        );
        findings.push(Finding::new(&at, says, "Make sure that so many others may sit.").with_clause(&profile.decider.source));
    } else if decided {
        let says = format!(
            "{} decides appeals, and the same post authorises restrictions. A landlord where one person holds it cannot hear an appeal.",
            say::sentence(&who)
        );
        findings.push(Finding::new(&at, says, "Make sure that two people hold the post.").with_clause(&profile.decider.source));
    }
    let rank = |posts: &[&str], high: bool| {
        let ranks = posts.iter().filter_map(|post| policy.roles.get(post)).map(|role| role.reach.rank());
        if high { ranks.max() } else { ranks.min() }
    };
    if let (Some(decides), Some(authorises)) = (rank(&deciders, false), rank(&authorise, true))
        && decides < authorises
    {
        let says = format!("{} may decide an appeal against somebody more senior who authorised the restriction.", say::sentence(&who));
        findings.push(
            Finding::new(&at, says, "Say whether that is meant, or let a more senior post decide.").with_clause(&profile.decider.source),
        );
    }
    findings
}

/// The body that hears an appeal, where it is one.
fn body_of<'a>(policy: &'a Policy, who: &Who) -> Option<&'a Body> {
    match who {
        Who::Role(key) => policy.body(key),
        _ => None,
    }
}

/// Deciders named for what a post authorised (`challenge.deciders`): one that never comes about, that could never be independent, or that is
/// below whoever authorised.
pub(super) fn deciders_for(policy: &Policy) -> Vec<Finding> {
    let stages = policy.authority.rules.iter().flat_map(|rule| &rule.stages).filter(|stage| stage.kind == StageKind::Authorise);
    let authorise: Vec<&str> = stages.flat_map(|stage| stage.of.role_keys()).collect();
    let mut findings = Vec::new();
    for (number, one) in (1..).zip(&policy.challenge.deciders) {
        let at = format!("challenge.deciders.{number}");
        let (approved, decides) = (one.approved_by.say(&policy.roles), one.decider.say(&policy.roles));
        let mut find = |key: &str, says: String, advice: &str| {
            findings.push(Finding::new(&format!("{at}.{key}"), says, advice).with_clause(&one.source));
        };
        let named = one.approved_by.role_keys();
        if !named.is_empty() && named.iter().all(|key| !authorise.contains(key)) {
            find("approved-by", format!("{} authorises nothing by this policy.", say::sentence(&approved)), "Name a post that does.");
        }
        let hears = posts(policy, &one.decider);
        let authorised = posts(policy, &one.approved_by);
        if !hears.is_empty() && hears.iter().all(|key| authorised.contains(key) && is_alone(policy, key)) {
            let says =
                format!("{} would hear the appeal against what they authorised themselves. Nobody could hear it.", say::sentence(&decides));
            find("decider", says, "Name another post.");
        }
        if one.decider.reach(&policy.roles).rank() < one.approved_by.reach(&policy.roles).rank() {
            let says = format!("{} may decide an appeal against what somebody more senior authorised.", say::sentence(&decides));
            find("decider", says, "Say whether that is meant, or let a more senior post decide.");
        }
    }
    findings
}

/// Where the one person who looks again at a restriction is the only one who hears the appeal against it. A substitute of the policy
/// (`authority.substitutes`) stands in for whoever authorises, not here.
fn same_eyes(policy: &Policy) -> Option<Finding> {
    let (again, appeal) = (policy.challenge.reconsideration.as_ref()?, &policy.challenge.appeal);
    let mut hears = posts(policy, &appeal.decider);
    hears.dedup();
    let [only] = hears[..] else { return None };
    if !is_alone(policy, only) || !posts(policy, &again.decider).contains(&only) {
        return None;
    }
    let says = format!(
        "{} may look again at a restriction, and is the only one who hears the appeal against it. Once they looked again, nobody could hear it.",
        say::sentence(&appeal.decider.value.say(&policy.roles))
    );
    let finding = Finding::new("challenge.reconsideration.decider", says, "Name another post for one of the two.");
    Some(finding.with_clause(&again.decider.source).with_clause(&appeal.decider.source))
}

/// That there is no appeal against a restriction, and what still speaks of one.
fn no_appeal(policy: &Policy) -> Vec<Finding> {
    let challenge = &policy.challenge;
    let Some(mode) = challenge.appeal.mode.as_ref().filter(|_| challenge.appeal.is_none()) else { return Vec::new() };
    let says = "There is no appeal against a restriction. The Ombudsman expects that the customer is told how to challenge a decision.";
    let mut findings = vec![
        Finding::new("challenge.appeal.mode", says, "Let there be one appeal, to somebody who took no part.").with_clause(&mode.source),
    ];
    if !challenge.against.is_empty() {
        let named: Vec<String> = challenge.against.iter().map(|one| one.title().to_lowercase()).collect();
        let says = format!("It names what can be appealed ({}), and there is no appeal.", named.join(", "));
        let advice = "Leave the list empty, or let there be an appeal.";
        let finding = Finding::new("challenge.against", says, advice).with_clause(&challenge.against.source);
        findings.push(finding.with_clause(&mode.source));
    }
    let parts = policy.letters.parts(LetterKind::RestrictionNotice);
    let length = challenge.of_length().is_some();
    if let Some(part) = parts.iter().find(|part| part.value == LetterPart::HowToAppeal && !length) {
        let says = "The letter about a restriction has a part on how to appeal, and there is no appeal.";
        let finding = Finding::new("letters.restriction-notice", says, "Take the part out, or let there be an appeal.");
        findings.push(finding.with_clause(&part.source).with_clause(&mode.source));
    }
    findings
}

/// What the list of things to appeal names, and a profile of its own says cannot be appealed.
fn named_and_refused(policy: &Policy) -> Vec<Finding> {
    let challenge = &policy.challenge;
    let own =
        [(Against::Length, "length", &challenge.length), (Against::ComplaintRefusal, "complaint-refusal", &challenge.complaint_refusal)];
    let found = own.into_iter().filter_map(|(what, name, profile)| {
        let profile = profile.as_ref().filter(|profile| profile.is_none() && challenge.against.contains(&what))?;
        let says = format!(
            "“{}” is among what can be appealed, and challenge.{name} says that there is no such appeal. Its own table counts.",
            what.title()
        );
        let finding = Finding::new("challenge.against", says, "Take it off the list, or let there be the appeal.");
        let finding = finding.with_clause(&challenge.against.source);
        Some(profile.mode.iter().fold(finding, |finding, mode| finding.with_clause(&mode.source)))
    });
    found.collect()
}

/// Appeals that hardly anybody could make in time, and appeals that nobody has to answer.
fn hasty_or_endless(policy: &Policy) -> Vec<Finding> {
    let challenge = &policy.challenge;
    let Ok(least) = Length::new(5, Unit::Days) else { return Vec::new() };
    let mut findings = Vec::new();
    for (name, profile) in challenge.profiles().filter(|(_, profile)| !profile.is_none()) {
        if let Some(window) = profile.window.length().filter(|window| least.is_longer_than(*window)) {
            let says = format!("A customer has {window} to appeal. Many could not read the letter and find help in that time.");
            let at = format!("challenge.{name}.window");
            findings.push(Finding::new(&at, says, "Give them ten working days or more.").with_clause(&profile.window.source));
        }
        // That a default stands here, and that a restriction would wait for ever, is said elsewhere.
        let is_said = name == "appeal" && (*profile.suspends || matches!(profile.decide_within.source, Source::Default { .. }));
        if profile.decide_within.length().is_none() && !is_said {
            let at = format!("challenge.{name}.decide-within");
            let says = "No day is set by which an appeal is answered, so it may never be. The Ombudsman expects a timely answer.";
            findings.push(Finding::new(&at, says, "Set a day.").with_clause(&profile.decide_within.source));
        }
    }
    findings
}

/// A second stage that only whoever heard the first could hear, or somebody below them.
fn stages(policy: &Policy) -> Vec<Finding> {
    if policy.challenge.second_appeal.as_ref().is_some_and(|second| !second.is_none() && policy.challenge.appeal.is_none()) {
        let says = "There is a second stage of an appeal, and no first: nobody could come to it.";
        return vec![Finding::new("challenge.second-appeal", says, "Leave it out, or say how the first is made.")];
    }
    let (first, Some(second)) = (&policy.challenge.appeal, policy.challenge.second()) else { return Vec::new() };
    let at = "challenge.second-appeal.decider";
    let who = say::sentence(&second.decider.say(&policy.roles));
    let mut findings = Vec::new();
    let mut find = |says: String, advice: &str| {
        findings.push(Finding::new(at, says, advice).with_clause(&first.decider.source).with_clause(&second.decider.source));
    };
    let (hears, heard) = (posts(policy, &second.decider), posts(policy, &first.decider));
    if !hears.is_empty() && hears.iter().all(|post| heard.contains(post)) {
        match hears.iter().all(|post| is_alone(policy, post)) && hears.len() == 1 {
            true => find(
                format!(
                    "{who} is the only one who hears a second appeal, and may hear the first. Whoever decided the first never decides it."
                ),
                "Name another post for one of the two.",
            ),
            false => find(
                format!("{who} hears both stages of an appeal, and never the same person both."),
                "Make sure that somebody is left for the second, or name another post.",
            ),
        }
    }
    if second.decider.reach(&policy.roles).rank() < first.decider.reach(&policy.roles).rank() {
        find(
            format!("{who} may decide a second appeal against the answer of somebody more senior."),
            "Say whether that is meant, or let a more senior post decide.",
        );
    }
    findings
}

/// An appeal against something the policy does not have.
fn nothing_to_appeal(policy: &Policy) -> Vec<Finding> {
    let challenge = &policy.challenge;
    let against = [
        ("marker", challenge.marker.as_ref(), policy.markers.is_empty(), "a safety marker"),
        ("status", challenge.status.as_ref(), policy.statuses.is_empty(), "a status"),
    ];
    let found = against.into_iter().filter_map(|(name, profile, has_none, what)| {
        let profile = profile.filter(|profile| has_none && !profile.is_none())?;
        let says = format!("There is an appeal against {what}, and the policy has none.");
        Some(
            Finding::new(&format!("challenge.{name}"), says, "Leave it out, or write what it is against.")
                .with_clause(&profile.decider.source),
        )
    });
    found.collect()
}

/// A marker or status whose appeal only the one who sets it could hear.
fn own_work(policy: &Policy) -> Vec<Finding> {
    let challenge = &policy.challenge;
    let markers = policy.markers.iter().map(|one| ("marker", challenge.marker.as_ref(), &one.set_by, &one.title));
    let statuses = policy.statuses.iter().map(|one| ("status", challenge.status.as_ref(), &one.set_by, &one.title));
    let found = markers.chain(statuses).filter_map(|(name, profile, set_by, title)| {
        let profile = profile.filter(|profile| !profile.is_none())?;
        let (hears, sets) = (posts(policy, &profile.decider), posts(policy, set_by));
        let [only] = hears[..] else { return None };
        (is_alone(policy, only) && sets == [only]).then(|| {
            let who = say::sentence(&profile.decider.say(&policy.roles));
            let says = format!("{who} sets “{title}”, and is the only one who hears the appeal against it.");
            Finding::new(&format!("challenge.{name}.decider"), says, "Name another post.").with_clause(&profile.decider.source)
        })
    });
    found.collect()
}

/// An appeal that may be answered only when what it is against is usually over.
fn too_late(policy: &Policy) -> Option<Finding> {
    let appeal = &policy.challenge.appeal;
    let within = appeal.decide_within.length().filter(|within| !appeal.is_none() && within.is_longer_than(*policy.terms.usual))?;
    let says = format!(
        "An appeal may take {within} to decide, and a restriction usually runs {}: it would be over first.",
        policy.terms.usual.value
    );
    Some(Finding::new("challenge.appeal.decide-within", says, "Decide sooner.").with_clause(&appeal.decide_within.source))
}
