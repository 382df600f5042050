//! Whoever takes a step or gives a view can open the page on which that is done.

use super::super::{Fault, Policy, Reach, StageKind, Step, StepForm, Who};
use super::sense::is_shut_out;
use crate::rules::say;

/// Steps and views of people who could never take or give them. Not asked while the posts themselves could not all be read.
pub(super) fn faults(policy: &Policy) -> Vec<Fault> {
    let mut faults = Vec::new();
    steps(policy, &mut faults);
    views(policy, &mut faults);
    support(policy, &mut faults);
    late_warnings(policy, &mut faults);
    triggers(policy, &mut faults);
    faults
}

/// Behaviour that makes somebody be told by itself has to be some behaviour.
fn triggers(policy: &Policy, faults: &mut Vec<Fault>) {
    let referrals = &policy.referrals;
    let named =
        [("police".to_owned(), &referrals.police.always_for), ("community-safety".to_owned(), &referrals.community_safety.always_for)];
    let others = referrals.others.iter().map(|one| (format!("others.{}", one.key), &one.always_for));
    for (place, triggers) in named.into_iter().chain(others) {
        for (number, _) in (1..).zip(triggers).filter(|(_, one)| one.categories.is_empty() && one.from_severity.is_none()) {
            let says =
                "This would pass on every incident. Name kinds of behaviour in categories, or how grave it must be in from-severity.";
            faults.push(Fault::at(format!("referrals.{place}.always-for.{number}"), says));
        }
    }
}

/// An appeal against a warning is decided on one page, late or not: of two bodies, or of a body and a post, only one could.
fn late_warnings(policy: &Policy, faults: &mut Vec<Fault>) {
    let Some(profile) = policy.challenge.warning.as_ref().filter(|profile| !profile.is_none()) else { return };
    let names_a_body = |who: &Who| who.role_keys().into_iter().any(|key| policy.body(key).is_some());
    let (decider, late) = (&*profile.decider, &*profile.late_decided_by);
    if decider != late && (names_a_body(decider) || names_a_body(late)) {
        let says = "Whether a late appeal against a warning is heard is decided with the appeal itself, in one meeting or by one person. Name \
                    here whoever stands in decider.";
        faults.push(Fault::at("challenge.warning.late-decided-by", says));
    }
}

/// A warning or an informal step is given by a person, on a page that the policy owner and the administrators do not have.
fn steps(policy: &Policy, faults: &mut Vec<Fault>) {
    for step in policy.ladder.warnings() {
        let at = format!("ladder.steps.{}.taken-by", step.key);
        for key in step.taken_by.role_keys() {
            if policy.body(key).is_some() {
                let says = format!(
                    "{} cannot take this step: a person gives a warning or has a talk. Name a post here. A body can decide on a \
                     restriction, as a stage of `authority.rules`.",
                    say::sentence(&policy.roles.a(key))
                );
                faults.push(Fault::at(&at, says));
            } else if reach(policy, key).is_some_and(|reach| matches!(reach, Reach::PolicyOwner | Reach::Administrator)) {
                let says = format!(
                    "{} would take this step, and cannot open the pages for it. Name a post with the reach \"frontline\", \"manager\", \
                     \"head\" or \"director\".",
                    say::sentence(&policy.roles.a(key))
                );
                faults.push(Fault::at(&at, says));
            }
        }
        if is_only_written(step) && step.letter.is_none() {
            let says = "It is only given in a letter, and no letter is named, so nobody could give it. Write letter = \"warning\".";
            faults.push(Fault::at(format!("ladder.steps.{}.letter", step.key), says));
        }
    }
}

fn is_only_written(step: &Step) -> bool {
    !step.forms.is_empty() && step.forms.iter().all(|form| *form == StepForm::Written)
}

/// A view is given on the page of the decision.
fn views(policy: &Policy, faults: &mut Vec<Fault>) {
    for (number, rule) in (1..).zip(&policy.authority.rules) {
        for (place, stage) in (1..).zip(&rule.stages).filter(|(_, stage)| stage.kind == StageKind::Consult) {
            for key in stage.of.role_keys().into_iter().filter(|key| is_shut_out(policy, key, false)) {
                let says = format!(
                    "{} would give a view here, and cannot open the pages for it. Name a post with the reach \"manager\", \"head\", \
                     \"director\" or \"policy-owner\".",
                    say::sentence(&policy.roles.a(key))
                );
                faults.push(Fault::at(format!("authority.rules.{number}.stages.{place}.of"), says));
            }
        }
    }
}

/// Whoever offers support sees whom it is for.
fn support(policy: &Policy, faults: &mut Vec<Fault>) {
    let who: &Who = &policy.support.offered_by;
    for key in who.role_keys().into_iter().filter(|key| reach(policy, key) == Some(Reach::Administrator)) {
        let says = format!(
            "{} would offer support, and sees no customers and no cases. Name a post with another reach.",
            say::sentence(&policy.roles.a(key))
        );
        faults.push(Fault::at("support.offered-by", says));
    }
}

fn reach(policy: &Policy, key: &str) -> Option<Reach> {
    policy.roles.get(key).map(|role| role.reach)
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("../format/example.toml");

    fn faults(was: &str, is: &str) -> Vec<(String, String)> {
        assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
        check(&EXAMPLE.replacen(was, is, 1)).faults.into_iter().map(|fault| (fault.place, fault.says)).collect()
    }

    #[test]
    fn a_step_or_a_view_of_somebody_who_cannot_open_its_page_is_a_fault_that_says_what_would_be_right() {
        let table = [
            (
                "taken-by = { value = \"manager\", stated = \"4.2\" }",
                "taken-by = { value = \"case-panel\", stated = \"4.2\" }",
                "ladder.steps.warning.taken-by",
                "The Case Panel cannot take this step: a person gives a warning",
            ),
            (
                "taken-by = { value = \"manager\", stated = \"4.4\" }",
                "taken-by = { value = \"company-secretary\", stated = \"4.4\" }",
                "ladder.steps.final-warning.taken-by",
                "The Company Secretary would take this step, and cannot open the pages for it.",
            ),
            (
                "taken-by = { value = [\"adviser\", \"officer\", \"manager\"], stated = \"4.1\" }",
                "taken-by = { value = [\"adviser\", \"administrator\"], stated = \"4.1\" }",
                "ladder.steps.talk.taken-by",
                "A System Administrator would take this step",
            ),
            (
                "{ kind = \"consult\", of = \"affected-persons-line-manager\" }",
                "{ kind = \"consult\", of = \"officer\" }",
                "authority.rules.1.stages.1.of",
                "A Neighbourhood Officer would give a view here, and cannot open the pages for it.",
            ),
            (
                "forms = [\"written\"]\ntaken-by = { value = \"manager\", stated = \"4.4\" }\nletter = \"warning\"",
                "forms = [\"written\"]\ntaken-by = { value = \"manager\", stated = \"4.4\" }",
                "ladder.steps.final-warning.letter",
                "It is only given in a letter, and no letter is named",
            ),
        ];
        for (was, is, place, says) in table {
            let found = faults(was, is);
            assert!(found.len() == 1 && found[0].0 == place && found[0].1.starts_with(says), "{is}: {found:#?}");
        }
    }

    #[test]
    fn behaviour_that_makes_somebody_be_told_is_some_behaviour() {
        let found = faults(
            "{ categories = [\"violence\"], from-severity = \"extreme\", source = { stated = \"3.9\" } }",
            "{ source = { stated = \"3.9\" } }",
        );
        assert!(found.len() == 1 && found[0].0 == "referrals.others.tenancy-enforcement.always-for.1", "{found:?}");
        assert!(found[0].1.starts_with("This would pass on every incident."), "{found:?}");
    }

    #[test]
    fn a_late_appeal_against_a_warning_is_decided_by_whoever_decides_it_where_a_body_does() {
        let profile = "decider = { value = \"head-of-service\", stated = \"8.7\" }\nnever-decides";
        let body = "decider = { value = \"case-panel\", stated = \"8.7\" }\nnever-decides";
        let found = faults(profile, body);
        assert!(found.len() == 1 && found[0].0 == "challenge.warning.late-decided-by", "{found:?}");
    }

    #[test]
    fn a_body_or_the_policy_owner_may_give_a_view() {
        let consult = "{ kind = \"consult\", of = \"affected-persons-line-manager\" }";
        for of in ["case-panel", "company-secretary", "manager"] {
            let found = faults(consult, &format!("{{ kind = \"consult\", of = \"{of}\" }}"));
            assert!(found.is_empty(), "{of}: {found:?}");
        }
    }
}
