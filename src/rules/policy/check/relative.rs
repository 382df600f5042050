//! Somebody who is meant by their place in a case, where there is no case, or nobody has that place yet.

use super::super::{Fault, Policy, Relative, Who};

/// Every such place.
pub(super) fn faults(policy: &Policy) -> Vec<Fault> {
    let no_case = no_case(policy).into_iter().flat_map(|(at, who)| {
        let meant = who.in_case().into_iter().filter(|one| *one != Relative::AffectedPersonsLineManager);
        meant
            .map(|one| {
                Fault::at(&at, format!("\"{}\" is somebody by their place in a case, and there is none here. Name a post.", one.key()))
            })
            .collect::<Vec<_>>()
    });
    let unproposed = before_a_proposal(policy).into_iter().filter(|(_, who)| who.in_case().contains(&Relative::ProposersLineManager));
    let unproposed = unproposed.map(|(at, _)| {
        let (word, other) = (Relative::ProposersLineManager.key(), Relative::RelevantManager.key());
        Fault::at(at, format!("\"{word}\" is nobody here: nothing is proposed yet. Name a post, or write \"{other}\"."))
    });
    no_case.chain(unproposed).collect()
}

/// What is done where no case is asked about.
fn no_case(policy: &Policy) -> Vec<(String, &Who)> {
    let mut all: Vec<(String, &Who)> = vec![("call-ending.who".into(), &policy.call_ending.who)];
    for body in &policy.bodies {
        all.push((format!("bodies.{}.members", body.key), &body.members));
        all.push((format!("bodies.{}.clerk", body.key), &body.clerk));
    }
    all.extend(policy.markers.iter().map(|one| (format!("markers.{}.set-by", one.key), &one.set_by)));
    all.extend(policy.statuses.iter().map(|one| (format!("statuses.{}.set-by", one.key), &one.set_by)));
    all.extend(policy.agreements.iter().map(|one| (format!("agreements.{}.offered-by", one.key), &one.offered_by)));
    all.extend(policy.reviews.tiers.iter().map(|one| (format!("reviews.tiers.{}.held-by", one.key), &one.held_by)));
    all.extend(policy.authority.delegation.iter().map(|one| ("authority.delegation.to".into(), &one.to)));
    let others = policy
        .challenge
        .profiles()
        .filter(|(name, profile)| ["marker", "status", "complaint-refusal"].contains(name) && !profile.is_none());
    for (name, profile) in others {
        all.push((format!("challenge.{name}.decider"), &profile.decider));
        all.push((format!("challenge.{name}.late-decided-by"), &profile.late_decided_by));
    }
    all
}

/// What is done before anything is proposed.
fn before_a_proposal(policy: &Policy) -> Vec<(String, &Who)> {
    let mut all: Vec<(String, &Who)> =
        vec![("authority.proposer".into(), &policy.authority.proposer), ("support.offered-by".into(), &policy.support.offered_by)];
    for step in &policy.ladder.steps {
        all.push((format!("ladder.steps.{}.taken-by", step.key), &step.taken_by));
        all.extend(step.skip.iter().map(|skip| (format!("ladder.steps.{}.skip.decided-by", step.key), &skip.decided_by)));
    }
    for profile in policy.challenge.warning.iter().filter(|profile| !profile.is_none()) {
        all.push(("challenge.warning.decider".into(), &profile.decider));
        all.push(("challenge.warning.late-decided-by".into(), &profile.late_decided_by));
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("../format/example.toml");

    #[test]
    fn whoever_is_meant_by_their_place_in_a_case_is_refused_where_there_is_none() {
        let table = [
            ("clerk = \"company-secretary\"", "clerk = \"relevant-manager\"", "bodies.case-panel.clerk", "there is none here"),
            ("clerk = \"company-secretary\"", "clerk = \"proposers-line-manager\"", "bodies.case-panel.clerk", "there is none here"),
            (
                "proposer = { value = \"manager\"",
                "proposer = { value = \"proposers-line-manager\"",
                "authority.proposer",
                "nothing is proposed yet",
            ),
            (
                "offered-by = { value = \"affected-persons-line-manager\"",
                "offered-by = { value = \"proposers-line-manager\"",
                "support.offered-by",
                "nothing is proposed yet",
            ),
        ];
        for (was, is, place, says) in table {
            assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
            let faults = check(&EXAMPLE.replacen(was, is, 1)).faults;
            assert!(faults.iter().any(|one| one.place == place && one.says.contains(says)), "{is}: {faults:#?}");
        }
        for word in ["relevant-manager", "proposers-line-manager", "affected-persons-line-manager"] {
            let text = EXAMPLE.replacen(
                "reviewer = { value = [\"manager\", \"head-of-service\"]",
                &format!("reviewer = {{ value = \"{word}\""),
                1,
            );
            let checked = check(&text.replacen("of = \"affected-persons-line-manager\"", &format!("of = \"{word}\""), 1));
            assert!(checked.policy.is_some(), "{word}: {:#?}", checked.faults);
        }
    }
}
