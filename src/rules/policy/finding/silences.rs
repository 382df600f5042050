//! Where the policy says nothing, and the Ombudsman or the law expects a rule.

use super::Finding;
use crate::rules::days::Nation;
use crate::rules::policy::{Policy, Source};

/// Where the policy says nothing, and the Ombudsman or the law expects a rule.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let (challenge, terms) = (&policy.challenge.appeal, &policy.terms);
    let authorises = policy.authority.rules.first().map(|rule| {
        ("authority.rules", &rule.source, "who authorises a restriction", "Ombudsman decisions turn on whether the policy was followed")
    });
    let expected: [(&str, &Source, &str, &str); 8] = [
        (
            "reviews.usual",
            &policy.reviews.usual.source,
            "when a restriction is reviewed",
            match *policy.onward.nation {
                Nation::EnglandAndWales => "the Complaint Handling Code (5.14) expects that it is kept under regular review",
                Nation::Scotland | Nation::NorthernIreland => "an ombudsman expects that it is kept under regular review",
            },
        ),
        ("reviews.reviewer", &policy.reviews.reviewer.source, "who reviews a restriction", "a review nobody owns is not held"),
        (
            "challenge.appeal.decider",
            &challenge.decider.source,
            "who decides an appeal",
            "the customer is to be told how to challenge a decision",
        ),
        ("challenge.appeal.window", &challenge.window.source, "how long a customer has to appeal", "the letter has to say it"),
        (
            "challenge.appeal.decide-within",
            &challenge.decide_within.source,
            "how soon an appeal is decided",
            "an appeal without a day is not decided",
        ),
        ("terms.longest", &terms.longest.source, "how long a restriction may run", "a restriction without a length is found to be unfair"),
        (
            "call-ending.warnings",
            &policy.call_ending.warnings.source,
            "how many warnings come before a call is ended",
            "staff need to know while the phone is in their hand",
        ),
        (
            "document.equality-assessment",
            &policy.document.equality_assessment.source,
            "that an equality assessment was made",
            match *policy.onward.nation {
                Nation::NorthernIreland => "section 75 of the Northern Ireland Act 1998 asks public bodies for due regard",
                Nation::EnglandAndWales | Nation::Scotland => "section 149 of the Equality Act 2010 asks public bodies for due regard",
            },
        ),
    ];
    authorises
        .into_iter()
        .chain(expected)
        .filter(|(place, ..)| !(place.starts_with("challenge.appeal") && challenge.is_none()))
        .filter_map(|(place, source, what, why)| {
            let Source::Default { .. } = source else { return None };
            let says = format!("The policy does not say {what}; {why}.");
            Some(Finding::new(place, says, "A default stands here. Decide it, and write it into the policy."))
        })
        .collect()
}
