//! How long things run and how often they are looked at: what contradicts itself.

use std::collections::BTreeSet;

use super::Fault;
use crate::rules::days::Length;
use crate::rules::policy::{Policy, Terms};

/// Lengths and intervals that contradict each other.
pub(super) fn faults(policy: &Policy, faults: &mut Vec<Fault>) {
    let reviews = &policy.reviews;
    if !reviews.intervals.contains(&reviews.usual.value) {
        let says = format!("The usual interval, {}, is not among the intervals.", reviews.usual.value);
        faults.push(Fault::at("reviews.usual", says));
    }
    let terms = &policy.terms;
    if let Some(cap) = terms.cap.length().filter(|cap| terms.usual.is_longer_than(*cap)) {
        let says = format!("The usual length, {}, is longer than all together may run, {cap}.", terms.usual.value);
        faults.push(Fault::at("terms.usual", says));
    }
    if terms.usual.is_longer_than(terms.longest.value) {
        let says = format!("The usual length, {}, is longer than the longest, {}.", terms.usual.value, terms.longest.value);
        faults.push(Fault::at("terms.usual", says));
    }
    severity_lengths(policy, faults);
    for offer in &policy.measures.offered {
        let longest = offer.longest.unwrap_or_else(|| longest_general(terms));
        if let Some(usual) = offer.usual.filter(|usual| usual.is_longer_than(longest)) {
            let says = format!("It usually runs {usual}, longer than it may, {longest}.");
            faults.push(Fault::at(format!("measures.offered.{}", offer.key()), says));
        }
    }
}

/// The longest anything without a longest term of its own may run, however grave the behaviour.
fn longest_general(terms: &Terms) -> Length {
    let grave = terms.for_severity.iter().filter_map(|one| one.longest);
    grave.fold(*terms.longest, |longest, one| if one.is_longer_than(longest) { one } else { longest })
}

fn severity_lengths(policy: &Policy, faults: &mut Vec<Fault>) {
    let (terms, reviews) = (&policy.terms, &policy.reviews);
    let mut seen = BTreeSet::new();
    for (one, number) in terms.for_severity.iter().zip(1..) {
        let at = |key: &str| format!("terms.for-severity.{number}{key}");
        if !seen.insert(one.from) {
            faults.push(Fault::at(at(".from"), format!("What holds from \"{}\" is said twice. Leave one out.", one.from.key())));
        }
        if one.usual.is_none() && one.longest.is_none() && one.review.is_none() {
            faults.push(Fault::at(at(""), "It says nothing. Give `usual`, `longest` or `review`, or leave it out."));
        }
        let (usual, longest) = (one.usual.unwrap_or(*terms.usual), one.longest.unwrap_or(*terms.longest));
        if usual.is_longer_than(longest) {
            faults.push(Fault::at(at(".usual"), format!("The usual length, {usual}, is longer than the longest, {longest}.")));
        }
        if let Some(cap) = terms.cap.length().filter(|cap| usual.is_longer_than(*cap)) {
            faults.push(Fault::at(at(".usual"), format!("The usual length, {usual}, is longer than all together may run, {cap}.")));
        }
        let set = reviews.set_in_letter.as_ref().is_some_and(|set| **set);
        let is_meant = |review: &Length| match set {
            true => reviews.intervals.iter().any(|most| !review.is_longer_than(*most)),
            false => reviews.intervals.contains(review),
        };
        if let Some(review) = one.review.filter(|review| !is_meant(review)) {
            faults.push(Fault::at(at(".review"), format!("The usual interval, {review}, is not among the intervals.")));
        }
    }
}
