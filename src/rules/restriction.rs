//! The stages of a restriction, from the first draft of its proposal to its end, and how each looks on a day.

use chrono::NaiveDate;

use super::authority::{self, History, Person, Refusal};
use super::label::labels;
use super::policy::{Policy, Stage as Step, StageKind, Who};
use super::review;
use super::tone::Tone;

labels! {
    /// Where a restriction stands. Its proposal is the same record.
    pub enum Stage {
        Draft "draft" "Draft",
        AwaitingApproval "awaiting-approval" "Waiting for approval",
        SentBack "sent-back" "Sent back",
        Declined "declined" "Declined",
        InForce "in-force" "In force",
        Lifted "lifted" "Ended",
        Quashed "quashed" "Quashed on appeal",
    }
}

/// How a restriction looks today: a tone, an icon, and the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it means.
    pub tone: Tone,
    /// An icon's name, or empty.
    pub mark: &'static str,
    /// The word.
    pub text: String,
}

/// The words where a restriction waits for an appeal, in every list.
pub const SUSPENDED: &str = "Not applied now";

/// How a restriction looks on a day, with its last day as it stands then. `limited` is the landlord's word for the state a customer is in.
pub fn state(stage: Stage, last_day: Option<NaiveDate>, is_suspended: bool, today: NaiveDate, limited: &str) -> State {
    let (tone, mark, text) = match stage {
        Stage::Draft => (Tone::Quiet, "", stage.title()),
        Stage::AwaitingApproval => (Tone::Info, "clock", stage.title()),
        Stage::SentBack => (Tone::Care, "pen", stage.title()),
        Stage::Declined => (Tone::Quiet, "", stage.title()),
        Stage::InForce if is_over(last_day, today) => (Tone::Ok, "tick", "Ended"),
        Stage::InForce if is_suspended => (Tone::Info, "scale", SUSPENDED),
        Stage::InForce => (Tone::Care, "care", limited),
        Stage::Lifted | Stage::Quashed => (Tone::Ok, "tick", stage.title()),
    };
    State { tone, mark, text: text.to_owned() }
}

/// Whether the last day has gone by. The last day itself still counts, to its end in London.
pub fn is_over(ends_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    ends_on.is_some_and(|last| last < today)
}

/// Whether this person may end a restriction before its last day: whoever holds its review (`reviewer`), or could have authorised it.
pub fn may_end(policy: &Policy, reviewer: &Who, steps: &[Step], person: &Person, history: &History) -> Result<(), Refusal> {
    let mut authorising = steps.iter().filter(|step| step.kind == StageKind::Authorise);
    if authorising.any(|step| authority::may_decide(policy, step, person, history).is_ok()) {
        return Ok(());
    }
    match review::may_review(policy, reviewer, person, history) {
        Err(Refusal::WrongPost { .. }) => {
            let who = who_ends(reviewer, steps).say(&policy.roles);
            Err(Refusal::WrongPost { who, act: "end this early".to_owned() })
        }
        other => other,
    }
}

/// Whether this person may end it by their own decision: a clerk records what the meeting of a body decides, and ends nothing alone.
pub fn may_end_alone(policy: &Policy, reviewer: &Who, steps: &[Step], person: &Person, history: &History) -> bool {
    let alone = |who: &Who| authority::acts_for(policy, who, person, history).is_none();
    let mut authorising = steps.iter().filter(|step| step.kind == StageKind::Authorise && alone(&step.of));
    authorising.any(|step| authority::may_decide(policy, step, person, history).is_ok())
        || (alone(reviewer) && review::may_review(policy, reviewer, person, history).is_ok())
}

/// The posts that may end a restriction before its last day.
pub fn who_ends(reviewer: &Who, steps: &[Step]) -> Who {
    let authorising = steps.iter().filter(|step| step.kind == StageKind::Authorise).map(|step| &step.of);
    let mut any: Vec<Who> = Vec::new();
    for who in [reviewer].into_iter().chain(authorising) {
        let each = match who {
            Who::AnyOf(each) => each.clone(),
            one => vec![one.clone()],
        };
        any.extend(each.into_iter().filter(|one| !any.contains(one)).collect::<Vec<_>>());
    }
    Who::AnyOf(any)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::authority::{Asked, Stages};
    use crate::rules::id::StaffId;
    use crate::rules::policy::Part;
    use crate::rules::policy::tests::pack;

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    #[test]
    fn whoever_may_review_or_authorise_may_end_it_early_and_nobody_else() {
        let policy = pack("west-kent");
        let asked =
            Asked { measures: [].into(), reach: None, from: day(1), until: Some(day(31)), skipped: [].into(), behaviours: [].into() };
        let steps = Stages::of(&policy, &asked).stages;
        let (manager, director, adviser) = (person(1, "manager"), person(2, "director"), person(3, "adviser"));
        let history = History::default().with(manager.id, Part::Logged);
        assert_eq!(may_end(&policy, &policy.reviews.reviewer, &steps, &director, &history), Ok(()));
        assert_eq!(may_end(&policy, &policy.reviews.reviewer, &steps, &person(4, "head-of-service"), &history), Ok(()));
        assert!(matches!(
            may_end(&policy, &policy.reviews.reviewer, &steps, &manager, &history),
            Err(Refusal::TookPart { part: Part::Logged, .. })
        ));
        let refused = may_end(&policy, &policy.reviews.reviewer, &steps, &adviser, &history).unwrap_err();
        assert_eq!(refused.to_string(), "Only a Team Manager, a Head of Service or a Director can end this early.");
        // A measure's own reviewer may, and the policy's usual one may not.
        let own = Who::Role("adviser".into());
        assert_eq!(may_end(&policy, &own, &steps, &adviser, &history), Ok(()));
        assert!(may_end(&policy, &own, &[], &person(5, "manager"), &history).is_err());
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    #[test]
    fn a_restriction_counts_to_the_end_of_its_last_day() {
        let text = |waits, today| state(Stage::InForce, Some(day(10)), waits, today, "Limited contact").text;
        assert_eq!(text(false, day(10)), "Limited contact");
        assert_eq!(text(true, day(10)), SUSPENDED);
        assert_eq!(text(false, day(11)), "Ended");
        assert_eq!(text(true, day(11)), "Ended", "there is nothing left to wait");
    }

    #[test]
    fn one_with_no_last_day_never_ends_by_itself() {
        assert!(!is_over(None, day(31)));
    }
}
