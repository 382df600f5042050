//! Readings of a place that is in no pack.

use super::Finding;
use crate::rules::policy::Policy;
use crate::rules::policy::format::shape::{PACK, Shape};

/// Every reading whose place leads nowhere.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let lost = policy.readings.iter().filter(|reading| !leads(&PACK, &reading.place.split('.').collect::<Vec<_>>()));
    let found = lost.map(|reading| {
        let says = format!("No pack has anything at “{}”, so nobody finds what this reading is of.", reading.place);
        Finding::new(&format!("readings.{}.place", reading.key), says, "Write the chapter and the key, such as “reviews.usual”.")
    });
    found.collect()
}

/// Whether a pack may hold something there. What the landlord names itself is not looked up.
fn leads(shape: &Shape, segments: &[&str]) -> bool {
    match (shape, segments) {
        (_, []) => true,
        (Shape::Sourced(of), _) => leads(of, segments),
        (Shape::Table(fields), [first, rest @ ..]) => fields.iter().any(|field| field.key == *first && leads(&field.shape, rest)),
        (Shape::Named(of) | Shape::List(of), [_, rest @ ..]) => leads(of, rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_of_a_place_that_is_in_no_pack_is_found() {
        let mut policy = crate::rules::policy::tests::example();
        let places = |policy: &Policy| all(policy).into_iter().map(|one| one.place).collect::<Vec<_>>();
        for place in ["reviews.usual", "document", "ladder.steps.talk.forms", "authority.rules.2.stages", "challenge.appeal.window"] {
            policy.readings[0].place = place.to_owned();
            assert_eq!(places(&policy), Vec::<String>::new(), "{place}");
        }
        for place in ["review.usual", "reviews.usually", "ladder.steps.talk.forms.spoken.x", ""] {
            policy.readings[0].place = place.to_owned();
            assert_eq!(places(&policy), ["readings.length.place"], "{place}");
        }
    }
}
