//! Steps to which somebody agrees before they are taken: that it is such a step, that somebody can, and that all it asks for is carried out.

use super::super::{Fault, Policy, Reach, Stage, StageAct, StageKind, Step, StepKind, Who};
use super::stages;
use crate::rules::say;

/// Every such fault but those of who may open the pages.
pub(super) fn faults(policy: &Policy) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (step, agreed) in policy.ladder.agreed() {
        let at = place(step);
        if !matches!(step.kind, StepKind::Informal | StepKind::Warning) {
            let says = match step.kind {
                StepKind::Restriction => "Who decides on a restriction stands in `authority.rules`. Take this out.",
                _ => "Only a warning or an informal step waits to be agreed to. Take this out.",
            };
            faults.push(Fault::at(&at, says));
            continue;
        }
        if !agreed.iter().any(|stage| stage.kind == StageKind::Authorise) {
            let says = "Nobody agrees here. Add a stage of the kind \"authorise\", or take it out: it is then given at once.";
            faults.push(Fault::at(&at, says));
        }
        stages::counts(policy, &at, agreed, &mut faults);
        stages::sense(&at, agreed, &mut faults);
        for (number, stage) in (1..).zip(&**agreed) {
            stage_faults(policy, &format!("{at}.{number}"), (step, stage), &mut faults);
        }
    }
    faults
}

fn place(step: &Step) -> String {
    format!("ladder.steps.{}.agreed-by", step.key)
}

/// What is not carried out, and what could never be done.
fn stage_faults(policy: &Policy, at: &str, (step, stage): (&Step, &Stage), faults: &mut Vec<Fault>) {
    let never = |act: &&StageAct| !matches!(act, StageAct::Approve | StageAct::Return);
    if let Some(act) = stage.may.iter().find(never) {
        let says = format!("Whoever is asked agrees or sends it back: \"{}\" is not for a warning. Take it out.", act.key());
        faults.push(Fault::at(format!("{at}.may"), says));
    }
    if matches!(&stage.of, Who::AnyOf(any) if any.iter().flat_map(Who::role_keys).any(|key| policy.body(key).is_some())) {
        faults.push(Fault::at(format!("{at}.of"), "A body agrees in its meeting. Name it alone, or name posts."));
    }
    if stage.kind != StageKind::Authorise || policy.authority.substitutes.iter().any(|one| one.post == stage.of) {
        return;
    }
    let holders = single(policy, &stage.of);
    let writer = single(policy, &step.taken_by).filter(|takers| takers.len() == 1);
    let Some(holders) = holders else { return };
    let able = holders.iter().filter(|post| writer.as_ref().is_none_or(|writer| !writer.contains(post))).count();
    if able == 0 {
        let says = format!(
            "{} alone takes this step, and nobody agrees to their own. Name another post.",
            say::sentence(&stage.of.say(&policy.roles))
        );
        faults.push(Fault::at(format!("{at}.of"), says));
    } else if holders.len() > 1 && able < usize::from(stage.count) {
        let says = format!("{} people are asked for, and only {able} hold these posts and did not write it.", stage.count);
        faults.push(Fault::at(format!("{at}.count"), says));
    }
}

/// The posts meant, where each of them is held by one person and nobody else is meant.
fn single<'a>(policy: &'a Policy, who: &'a Who) -> Option<Vec<&'a str>> {
    let keys = who.role_keys();
    let all = !keys.is_empty() && who.in_case().is_empty() && keys.iter().all(|key| policy.roles.get(key).is_some_and(|role| role.single));
    all.then_some(keys)
}

/// Posts whose holders never see a customer, and so could not read what they agree to.
pub(super) fn who(policy: &Policy) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (step, agreed) in policy.ladder.agreed() {
        for (number, stage) in (1..).zip(&**agreed) {
            let shut_out = |key: &&str| policy.roles.get(key).is_some_and(|role| role.reach == Reach::Administrator);
            for key in stage.of.role_keys().into_iter().filter(shut_out) {
                let says = format!(
                    "{} would agree here, and sees no customers and no cases. Name a post with another reach.",
                    say::sentence(&policy.roles.a(key))
                );
                faults.push(Fault::at(format!("{}.{number}.of", place(step)), says));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("../format/example.toml");
    const WAS: &str = "agreed-by = { value = [
  { kind = \"consult\", of = \"director\" },
  { kind = \"authorise\", of = \"head-of-service\", count = 1, may = [\"approve\", \"return\"], never = [\"warned\"] },
], stated = \"4.4\" }";

    fn faults(changes: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut text = EXAMPLE.to_owned();
        for (was, is) in changes {
            assert!(text.contains(was), "the example says nowhere: {was}");
            text = text.replacen(was, is, 1);
        }
        check(&text).faults.into_iter().map(|fault| (fault.place, fault.says)).collect()
    }

    #[test]
    fn who_agrees_to_a_warning_is_somebody_who_can() {
        let at = "ladder.steps.final-warning.agreed-by";
        let stage = |words: &str| format!("agreed-by = {{ value = [{{ {words} }}], stated = \"4.4\" }}");
        let table = [
            ("kind = \"consult\", of = \"head-of-service\"", at.to_owned(), "Nobody agrees here."),
            ("kind = \"authorise\", of = \"head-of-service\", count = 0", format!("{at}.1.count"), "A stage asks for nobody."),
            ("kind = \"authorise\", of = \"head-of-service\", count = 11", format!("{at}.1.count"), "A stage asks for at most 10"),
            ("kind = \"authorise\", of = \"director-of-homes\", count = 2", format!("{at}.1.count"), "2 people are asked for"),
            ("kind = \"authorise\", of = \"case-panel\", count = 2", format!("{at}.1.count"), "A body decides together"),
            ("kind = \"authorise\", of = [\"case-panel\", \"director\"]", format!("{at}.1.of"), "A body agrees in its meeting."),
            ("kind = \"authorise\", of = \"head-of-service\", may = [\"return\"]", format!("{at}.1.may"), "Nobody could ever approve"),
            ("kind = \"authorise\", of = \"head-of-service\", may = [\"approve\", \"decline\"]", format!("{at}.1.may"), "Whoever is asked"),
            ("kind = \"authorise\", of = \"administrator\"", format!("{at}.1.of"), "A System Administrator would agree here"),
        ];
        for (words, place, says) in table {
            let found = faults(&[(WAS, &stage(words))]);
            assert!(found.len() == 1 && found[0].0 == place && found[0].1.starts_with(says), "{words}: {found:#?}");
        }
        assert!(faults(&[(WAS, &stage("kind = \"authorise\", of = \"case-panel\""))]).is_empty(), "a body may, in its meeting");
        assert!(faults(&[(WAS, &stage("kind = \"authorise\", of = \"proposers-line-manager\""))]).is_empty(), "whoever wrote it has one");
    }

    #[test]
    fn nobody_agrees_to_their_own_so_the_only_taker_is_not_the_only_agreer() {
        let alone = "agreed-by = { value = [{ kind = \"authorise\", of = \"director-of-homes\" }], stated = \"4.4\" }";
        let taker =
            ("taken-by = { value = \"manager\", stated = \"4.4\" }", "taken-by = { value = \"director-of-homes\", stated = \"4.4\" }");
        let found = faults(&[(WAS, alone), taker]);
        assert!(found.len() == 1 && found[0].1.starts_with("The Director of Homes alone takes this step"), "{found:#?}");
        assert!(faults(&[(WAS, alone)]).is_empty());
    }

    #[test]
    fn a_restriction_is_decided_by_authority_and_not_agreed_to_here() {
        let restriction = "title = \"Contact plan\"\nkind = \"restriction\"";
        let agreed = "agreed-by = { value = [{ kind = \"authorise\", of = \"director\" }], stated = \"5.1\" }";
        let found = faults(&[(restriction, &format!("{restriction}\n{agreed}"))]);
        assert!(found.len() == 1 && found[0].0 == "ladder.steps.plan.agreed-by", "{found:#?}");
        assert!(found[0].1.contains("authority.rules"), "{found:#?}");
    }
}
