//! Who decides where nobody who may is left: the substitute the policy names; without one, the decision is stuck and says so.

use std::collections::BTreeSet;

use super::{Approval, History, Person, Progress, Stages, body_of, lacking, may_decide, may_sit};
use crate::rules::id::StaffId;
use crate::rules::policy::{Policy, Stage, Substitute, Who};
use crate::rules::say;

impl Stages {
    /// The same stages with the policy's substitutes in the place of those who are too few: they took part, or the post is empty.
    /// A stage that is decided stays as it was decided.
    #[must_use]
    pub fn with_substitutes(&self, policy: &Policy, approvals: &[Approval], people: &[Person], history: &History) -> Self {
        let mut stages = self.clone();
        for place in 0..self.stages.len() {
            let able = self.able(policy, place, approvals, people, history);
            if able >= self.lacking(policy, place, approvals) {
                continue;
            }
            let stage = &self.stages[place];
            let Some(instead) = substitute(policy, stage) else { continue };
            stages.stages[place].of = match able {
                0 => instead.by.clone(),
                _ => Who::AnyOf(vec![stage.of.clone(), instead.by.clone()]),
            };
            let (who, by) = (stage.of.say(&policy.roles), instead.by.say(&policy.roles));
            let told = format!(
                "Too few of those who may are left: {who} took part, or nobody holds the post. {} may decide instead.",
                say::sentence(&by)
            );
            stages.because.extend([told, instead.source.say()]);
        }
        stages
    }

    /// Why nobody can go on, where nobody can; whom it needs. The rule is not bent for it.
    pub fn stuck(&self, policy: &Policy, approvals: &[Approval], people: &[Person], history: &History) -> Option<String> {
        let Progress::Waiting { open, .. } = self.progress(policy, approvals) else { return None };
        let short = |place: &usize| self.able(policy, *place, approvals, people, history) < self.lacking(policy, *place, approvals);
        let place = open.into_iter().find(short)?;
        let who = self.stages[place].of.say(&policy.roles);
        Some(format!(
            "This decision is stuck. It needs {who} who took no part, and too few such people work here. Give the post to somebody who took no part; until then it waits, and the rule is not bent."
        ))
    }

    /// How many who have not yet said yes may still decide at this stage.
    fn able(&self, policy: &Policy, place: usize, approvals: &[Approval], people: &[Person], history: &History) -> usize {
        let stage = &self.stages[place];
        if let Some(body) = body_of(policy, stage) {
            let recorded = people.iter().any(|person| may_decide(policy, stage, person, history).is_ok());
            let may = |person: &&Person| may_sit(policy, self, place, approvals, person, history).is_ok();
            let may: Vec<&Person> = people.iter().filter(may).collect();
            return if recorded && lacking(policy, body, &may).is_empty() { may.len() } else { 0 };
        }
        let may =
            |person: &&Person| may_decide(policy, stage, person, history).is_ok() && !self.authorised_before(place, approvals, person);
        people.iter().filter(may).count()
    }

    /// How many more this stage needs.
    fn lacking(&self, policy: &Policy, place: usize, approvals: &[Approval]) -> usize {
        let said: BTreeSet<StaffId> = approvals.iter().filter(|one| one.stage == place).map(|one| one.by).collect();
        match body_of(policy, &self.stages[place]) {
            Some(_) if !said.is_empty() => 0,
            Some(body) => usize::from(body.quorum),
            None => usize::from(self.stages[place].count).saturating_sub(said.len()),
        }
    }
}

/// The substitute for whoever decides at a stage, or for one of them.
fn substitute<'a>(policy: &'a Policy, stage: &Stage) -> Option<&'a Substitute> {
    let stands_for = |one: &&Substitute| match &stage.of {
        Who::AnyOf(any) => one.post == stage.of || any.contains(&one.post),
        of => one.post == *of,
    };
    policy.authority.substitutes.iter().find(stands_for)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::Part;
    use crate::rules::policy::tests::pack;
    use uuid::Uuid;

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    fn with_substitute(policy: &mut Policy) {
        policy.authority.substitutes = vec![Substitute {
            post: Who::Role("director".into()),
            by: Who::Role("head-of-service".into()),
            source: policy.authority.rules[0].source.clone(),
        }];
    }

    fn stages(policy: &Policy) -> Stages {
        Stages { stages: policy.authority.rules[0].stages.clone(), because: Vec::new() }
    }

    #[test]
    fn a_substitute_decides_only_where_nobody_who_may_is_left() {
        let mut policy = pack("west-kent");
        with_substitute(&mut policy);
        let people = [person(1, "manager"), person(2, "director"), person(3, "head-of-service")];
        let all_here = stages(&policy).with_substitutes(&policy, &[], &people, &History::default());
        assert_eq!(all_here, stages(&policy));
        let affected = History::default().with(people[1].id, Part::Affected);
        let without = stages(&policy).with_substitutes(&policy, &[], &people, &affected);
        assert_eq!(without.stages[1].of, Who::Role("head-of-service".into()));
        assert_eq!(without.stuck(&policy, &[], &people, &affected), None);
    }

    #[test]
    fn without_a_substitute_a_decision_that_nobody_may_take_is_stuck_and_says_why() {
        let policy = pack("west-kent");
        let people = [person(1, "manager"), person(2, "director")];
        let affected = History::default().with(people[1].id, Part::Affected);
        let first = [Approval { stage: 0, by: people[0].id }];
        assert_eq!(stages(&policy).stuck(&policy, &[], &people, &affected), None, "the first stage is not");
        let stuck = stages(&policy).stuck(&policy, &first, &people, &affected).unwrap();
        assert!(stuck.starts_with("This decision is stuck. It needs a Director who took no part"), "{stuck}");
    }
}
