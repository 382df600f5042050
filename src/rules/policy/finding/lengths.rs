//! Lengths that contradict each other: a term beyond the limit on all of them, a review after the end.

use super::Finding;
use crate::rules::days::Length;
use crate::rules::policy::Policy;

/// Each.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let (terms, reviews) = (&policy.terms, &policy.reviews);
    let mut findings = Vec::new();
    if reviews.usual.is_longer_than(*terms.usual) {
        let says = format!(
            "A restriction usually runs {}, and is first reviewed after {}: it would end unreviewed.",
            terms.usual.value, reviews.usual.value
        );
        findings.push(Finding::new("reviews.usual", says, "Review sooner, or let it run longer.").with_clause(&reviews.usual.source));
    }
    if let Some(cap) = terms.cap.length().filter(|cap| terms.longest.is_longer_than(*cap)) {
        let says = format!("One term may run {}, and all together only {cap}.", terms.longest.value);
        findings
            .push(Finding::new("terms.longest", says, "Shorten the longest term, or raise the cap.").with_clause(&terms.longest.source));
    }
    let (kept, counts) = (&policy.retention.warnings, &policy.ladder.look_back);
    if counts.length.is_longer_than(**kept) {
        let says = format!("A step counts for {}, and the record of a warning is kept for {}.", counts.length, kept.value);
        findings.push(Finding::new("retention.warnings", says, "Keep it for as long as it counts.").with_clause(&kept.source));
    }
    let cap = terms.cap.length();
    let beyond = |runs: Option<Length>| runs.and_then(|runs| Some((runs, cap.filter(|cap| runs.is_longer_than(*cap))?)));
    for offer in &policy.measures.offered {
        if let Some((runs, cap)) = beyond(offer.longest) {
            let says = format!("“{}” may run {runs}, and all together only {cap}.", offer.title);
            findings.push(Finding::new(&format!("measures.offered.{}", offer.key()), says, "Shorten it.").with_clause(&offer.source));
        }
    }
    for (one, number) in terms.for_severity.iter().zip(1..) {
        let place = format!("terms.for-severity.{number}");
        let mut find = |says: String, advice: &str| findings.push(Finding::new(&place, says, advice).with_clause(&one.source));
        if let Some((runs, cap)) = beyond(one.longest) {
            find(
                format!("Where the behaviour is {} one term may run {runs}, and all together only {cap}.", one.from.at_least()),
                "Shorten it.",
            );
        }
        if policy.behaviour.categories.iter().all(|category| category.severity < one.from) {
            find(format!("No behaviour of this policy is {}.", one.from.at_least()), "Leave it out, or say which kind is so grave.");
        }
        if policy.behaviour.categories.iter().all(|category| category.severity >= one.from) {
            find("It holds for every kind of behaviour, so what is said in general holds for none.".to_owned(), "Say it in general.");
        }
        let (usual, review) = (one.usual.unwrap_or(*terms.usual), one.review.unwrap_or(*reviews.usual));
        if (one.usual.is_some() || one.review.is_some()) && review.is_longer_than(usual) {
            let grave = one.from.at_least();
            find(
                format!(
                    "Where the behaviour is {grave} a restriction usually runs {usual}, and is first reviewed after {review}: it would end unreviewed."
                ),
                "Review sooner, or let it run longer.",
            );
        }
    }
    if *terms.permanent && *terms.end_date_required {
        let says = "A restriction may be permanent, and each must have a last day.";
        findings.push(Finding::new("terms.permanent", says, "Say which of the two holds.").with_clause(&terms.permanent.source));
    }
    findings
}
