//! Appeals that nobody could hear, or nobody independent.

use super::{Finding, is_alone, posts};
use crate::rules::policy::{AppealProfile, Part, Policy, StageKind};
use crate::rules::say;

/// Every finding about who hears an appeal.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let mut findings = appeals(policy);
    findings.extend(same_eyes(policy));
    findings.extend(deciders_for(policy));
    findings.extend(too_late(policy));
    findings
}

/// Appeals whose decider can hardly be independent.
fn appeals(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let challenge = &policy.challenge;
    let named = [
        ("challenge.appeal", Some(&challenge.appeal)),
        ("challenge.warning", challenge.warning.as_ref()),
        ("challenge.marker", challenge.marker.as_ref()),
        ("challenge.complaint-refusal", challenge.complaint_refusal.as_ref()),
    ];
    for (place, profile) in named {
        if let Some(profile) = profile {
            findings.extend(appeal(policy, place, profile));
        }
    }
    findings
}

fn appeal(policy: &Policy, place: &str, profile: &AppealProfile) -> Vec<Finding> {
    let at = format!("{place}.decider");
    let deciders = posts(policy, &profile.decider);
    if place != "challenge.appeal" || deciders.is_empty() {
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
    let counts = |part| profile.never_decides.contains(&part);
    let decided = deciders.iter().all(|post| authorise.contains(post)) && counts(Part::Authorised);
    let asked = deciders.iter().all(|post| consult.contains(post)) && counts(Part::Consulted);
    let alone = deciders.iter().all(|post| is_alone(policy, post));
    if (decided || asked) && alone {
        let did = if decided { "authorises the restriction" } else { "is consulted on every restriction" };
        let says = format!("{} decides appeals and {did}, so could never be independent. No appeal could be decided.", say::sentence(&who));
        findings.push(Finding::new(&at, says, "Name another post.").with_clause(&profile.decider.source));
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
