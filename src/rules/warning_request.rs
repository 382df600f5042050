//! A warning that others agree to before it is given (`ladder.steps.….agreed-by`): its stages, whose turn it is, and what was written.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::authority::{Approval, History, Person, Progress, Refusal, Stages, body_of};
use super::label::labels;
use super::policy::plain::agreed_in_words;
use super::policy::{Part, Policy, Stage, StageKind, Step, StepForm};
use super::say;

/// What the customer would be told, as it was written. It never changes: whoever writes it again asks anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Wording {
    /// What would be said.
    Spoken { words: String },
    /// A letter of its own: what happened on which day, why it is not acceptable, what is asked, what is put right, what they told us.
    Written { on: NaiveDate, what: String, why: String, ask: String, putting_right: String, told_us: String },
    /// A passage in a letter about something else.
    Within { passage: String },
}

labels! {
    /// How a warning that was written came to an end.
    pub enum Ended {
        Given "given" "Agreed to, and given",
        SentBack "sent-back" "Sent back",
        TakenBack "taken-back" "Taken back",
    }
}

impl Wording {
    /// The form of the policy it is in.
    pub const fn form(&self) -> StepForm {
        match self {
            Self::Spoken { .. } => StepForm::Spoken,
            Self::Written { .. } => StepForm::Written,
            Self::Within { .. } => StepForm::WithinCorrespondence,
        }
    }
}

/// The stages in which others agree to this step; none where it is given at once. Whoever wrote it agrees at none of them.
pub fn stages(policy: &Policy, step: &Step) -> Option<Stages> {
    let agreed = step.agreed_by.as_ref()?;
    let never_the_writer = |stage: &Stage| {
        let mut stage = stage.clone();
        if !stage.never.contains(&Part::Proposed) {
            stage.never.push(Part::Proposed);
        }
        stage
    };
    let because = vec![agreed_in_words(policy, agreed), "Whoever wrote it never agrees to it.".to_owned(), agreed.source.say()];
    Some(Stages { stages: agreed.iter().map(never_the_writer).collect(), because })
}

/// The stage this person may act in now, or the reason they may not, in the words of a warning.
pub fn turn(policy: &Policy, stages: &Stages, approvals: &[Approval], person: &Person, history: &History) -> Result<usize, Refusal> {
    stages.turn(policy, approvals, person, history).map_err(|refusal| match refusal {
        Refusal::OwnRequest { who } | Refusal::OwnMinute { clerk: who } => Refusal::OwnWords { who },
        Refusal::WrongPost { who, act } if act == "authorise this" => Refusal::WrongPost { who, act: "agree to this".to_owned() },
        Refusal::NotYet { .. } => Refusal::NotYet { who: waits_for(policy, stages, approvals).unwrap_or_default() },
        other => other,
    })
}

/// "a Head of Service to agree": whom it waits for, in the middle of a sentence; nobody once every stage is met.
pub fn waits_for(policy: &Policy, stages: &Stages, approvals: &[Approval]) -> Option<String> {
    let Progress::Waiting { open, .. } = stages.progress(policy, approvals) else { return None };
    let wants: Vec<String> = open.into_iter().map(|place| want(policy, &stages.stages[place], place, approvals)).collect();
    Some(say::list(&wants))
}

fn want(policy: &Policy, stage: &Stage, place: usize, approvals: &[Approval]) -> String {
    let who = stage.of.say(&policy.roles);
    let said = approvals.iter().filter(|one| one.stage == place).count();
    match stage.kind {
        StageKind::Consult => format!("{who} to give a view"),
        StageKind::Authorise if body_of(policy, stage).is_some() => format!("{who} to agree in a meeting"),
        StageKind::Authorise if stage.count == 1 => format!("{who} to agree"),
        StageKind::Authorise => {
            let left = usize::from(stage.count).saturating_sub(said);
            let more = if said > 0 { " more" } else { "" };
            format!("{}{more}, each {who}, to agree", say::inside(&say::count_first(u32::try_from(left).unwrap_or(1), "person", "people")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::StaffId;
    use crate::rules::policy::tests::example;
    use crate::rules::policy::{Sourced, Who};

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    fn authorise(of: &str, count: u8, never: Vec<Part>) -> Stage {
        Stage { kind: StageKind::Authorise, of: Who::Role(of.into()), count, may: Vec::new(), never }
    }

    /// The example's final warning with these stages.
    fn agreed(stages: Vec<Stage>) -> (Policy, Stages) {
        let mut policy = example();
        let step = policy.ladder.steps.iter_mut().find(|step| step.key == "final-warning").unwrap();
        let source = step.source.clone();
        step.agreed_by = Some(Sourced { value: stages, source });
        let asked = super::stages(&policy, &policy.ladder.step("final-warning").unwrap().clone()).unwrap();
        (policy, asked)
    }

    #[test]
    fn a_step_that_nobody_has_to_agree_to_has_no_stages() {
        let policy = example();
        assert_eq!(stages(&policy, policy.ladder.step("warning").unwrap()), None);
    }

    #[test]
    fn whoever_wrote_it_never_agrees_whatever_the_policy_says_of_proposers() {
        let (mut policy, asked) = agreed(vec![authorise("manager", 1, Vec::new())]);
        policy.authority.never_authorises.value.clear();
        let (ann, bilal) = (person(1, "manager"), person(2, "manager"));
        let history = History::default().with(ann.id, Part::Proposed);
        assert_eq!(turn(&policy, &asked, &[], &bilal, &history), Ok(0));
        let why = turn(&policy, &asked, &[], &ann, &history).unwrap_err().to_string();
        assert_eq!(why, "Whoever wrote it never agrees to it. It needs a Team Manager who did not write it.");
        let adviser = turn(&policy, &asked, &[], &person(3, "adviser"), &history).unwrap_err().to_string();
        assert_eq!(adviser, "Only a Team Manager can agree to this.");
        assert!(asked.with_substitutes(&policy, &[], std::slice::from_ref(&ann), &history).stuck(&policy, &[], &[ann], &history).is_some());
    }

    #[test]
    fn views_come_first_and_so_many_different_people_agree() {
        let consult = Stage { kind: StageKind::Consult, ..authorise("director", 1, Vec::new()) };
        let (policy, asked) = agreed(vec![consult, authorise("manager", 2, vec![Part::Warned])]);
        let (dee, ann, bilal) = (person(1, "director"), person(2, "manager"), person(3, "manager"));
        let history = History::default();
        let waits = |approvals: &[Approval]| waits_for(&policy, &asked, approvals);
        assert_eq!(waits(&[]).as_deref(), Some("a Director to give a view"));
        assert_eq!(turn(&policy, &asked, &[], &ann, &history).unwrap_err().to_string(), "This waits for a Director to give a view first.");
        let mut said = vec![Approval { stage: 0, by: dee.id }];
        assert_eq!(waits(&said).as_deref(), Some("two people, each a Team Manager, to agree"));
        said.push(Approval { stage: 1, by: ann.id });
        assert_eq!(waits(&said).as_deref(), Some("one person more, each a Team Manager, to agree"));
        assert!(matches!(turn(&policy, &asked, &said, &ann, &history), Err(Refusal::AlreadyAuthorised { .. })));
        let warned = History::default().with(bilal.id, Part::Warned);
        assert!(matches!(turn(&policy, &asked, &said, &bilal, &warned), Err(Refusal::TookPart { part: Part::Warned, .. })));
        said.push(Approval { stage: 1, by: bilal.id });
        assert_eq!((waits(&said), asked.progress(&policy, &said)), (None, Progress::Complete));
    }

    #[test]
    fn a_body_agrees_in_its_meeting_through_its_clerk() {
        let (policy, asked) = agreed(vec![authorise("case-panel", 1, Vec::new())]);
        assert_eq!(waits_for(&policy, &asked, &[]).as_deref(), Some("the Case Panel to agree in a meeting"));
        let clerk = person(1, "company-secretary");
        assert_eq!(turn(&policy, &asked, &[], &clerk, &History::default()), Ok(0));
        let wrote = History::default().with(clerk.id, Part::Proposed);
        assert!(matches!(turn(&policy, &asked, &[], &clerk, &wrote), Err(Refusal::OwnWords { .. })));
    }
}
