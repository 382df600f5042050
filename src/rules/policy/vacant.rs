//! What would wait for ever at a landlord: something the policy needs somebody for, and nobody there holds a post that may.

use std::collections::BTreeSet;

use super::{Policy, StageKind, Who};

/// Each thing nobody could do, as a sentence; `held` are the posts that somebody holds.
pub fn vacant(policy: &Policy, held: &BTreeSet<&str>) -> Vec<String> {
    let mut said = Vec::new();
    for (who, what) in needs(policy) {
        let sentence = format!("Nobody here is {}, and without one {what}.", who.say(&policy.roles));
        if !is_held(policy, who, held) && !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    said
}

/// Everything a proposal, a review or an appeal comes to, with whom it needs. Where a substitute may act, both are missing before it waits.
fn needs(policy: &Policy) -> Vec<(&Who, &'static str)> {
    let stages = policy.authority.rules.iter().flat_map(|rule| &rule.stages).map(|stage| match stage.kind {
        StageKind::Consult => (&stage.of, "a proposal waits for a view that nobody gives"),
        StageKind::Authorise => (&stage.of, "a proposal waits for a decision that nobody takes"),
    });
    let agreeing = policy.ladder.agreed().flat_map(|(_, stages)| &**stages).map(|stage| match stage.kind {
        StageKind::Consult => (&stage.of, "a warning waits for a view that nobody gives"),
        StageKind::Authorise => (&stage.of, "a warning waits for somebody to agree to it"),
    });
    let challenge = &policy.challenge;
    let profiles = challenge.profiles().map(|(_, profile)| profile).filter(|profile| !profile.is_none());
    let hearing = profiles.map(|profile| &profile.decider.value);
    let deciders = hearing.chain(challenge.deciders.iter().map(|one| &one.decider));
    let again = challenge.reconsideration.iter().map(|one| (&one.decider.value, "no request to look again is answered"));
    let meetings = policy.reviews.tiers.iter().map(|tier| (&tier.held_by, "no meeting over the whole register is recorded"));
    stages
        .chain(agreeing)
        .chain([(&policy.reviews.reviewer.value, "no review is held")])
        .chain(policy.measures.offered.iter().filter_map(|one| one.reviewer.as_ref()).map(|who| (who, "no review is held of a measure")))
        .chain(meetings)
        .chain(deciders.map(|who| (who, "an appeal waits for an answer that nobody gives")))
        .chain(again)
        .collect()
}

/// Whether somebody may: a post is held, or a member of the body is here with the clerk who records for it.
fn is_held(policy: &Policy, who: &Who, held: &BTreeSet<&str>) -> bool {
    let by = |who: &Who| {
        let keys = who.role_keys();
        keys.is_empty()
            || keys.into_iter().any(|key| match policy.body(key) {
                Some(body) => {
                    let made_up = body.make_up.iter().all(|part| is_held(policy, &part.of, held));
                    made_up && is_held(policy, &body.members, held) && is_held(policy, &body.clerk, held)
                }
                None => held.contains(key),
            })
    };
    by(who) || policy.authority.substitutes.iter().any(|one| one.post == *who && by(&one.by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::pack;

    #[test]
    fn what_nobody_could_do_is_said_with_the_post_that_is_missing() {
        let policy = pack("west-kent");
        let all: BTreeSet<&str> = policy.roles.iter().map(|(key, _)| key).collect();
        assert_eq!(vacant(&policy, &all), Vec::<String>::new());
        let mut without = all.clone();
        without.remove("manager");
        let said = vacant(&policy, &without);
        assert!(said.iter().all(|one| !one.contains("no review is held")), "a Head of Service reviews as well: {said:?}");
        without.remove("head-of-service");
        let said = vacant(&policy, &without);
        assert!(said.iter().any(|one| one.ends_with("no review is held.")), "{said:?}");
        assert!(said.iter().any(|one| one.starts_with("Nobody here is a Head of Service, and without one no meeting")), "{said:?}");
        let alliance = pack("alliance-homes");
        let said = vacant(&alliance, &["adviser"].into());
        assert!(said.iter().any(|one| one.contains("waits for a decision that nobody takes")), "{said:?}");
    }

    #[test]
    fn a_body_needs_a_member_and_its_clerk() {
        let policy = Policy::read(include_str!("format/example.toml")).expect("a pack without faults");
        let panel = Who::Role("case-panel".into());
        assert!(is_held(&policy, &panel, &["head-of-service", "director", "company-secretary"].into()));
        assert!(!is_held(&policy, &panel, &["head-of-service", "director"].into()), "nobody records for it");
    }
}
