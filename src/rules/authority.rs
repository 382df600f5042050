//! Who may decide, in which stages; independence from the history; never one's own request.

mod clerk;
mod history;
mod longer;
mod meeting;
mod refusal;
mod stages;
mod substitute;

pub use clerk::{acts_for, may_record_for};
pub use history::{History, Person, Placed};
pub use longer::{Longer, may_run_until};
pub use meeting::{Came, Meeting, Votes, Wrong, check as check_meeting, lacking, may_sit, members};
pub use refusal::Refusal;
pub use stages::{Approval, Asked, Progress, Stages};

use super::policy::{Body, Part, Policy, Stage, StageAct, StageKind, Step, Who};

/// Whether this person may propose a restriction in this case.
pub fn may_propose(policy: &Policy, person: &Person, history: &History) -> Result<(), Refusal> {
    hold(policy, &policy.authority.proposer, person, history, "propose this")
}

/// Whether this person may take this step of the ladder: warn, or talk.
pub fn may_take(policy: &Policy, step: &Step, person: &Person, history: &History) -> Result<(), Refusal> {
    let act = format!("take this step, “{}”", step.title);
    hold(policy, &step.taken_by, person, history, &act)
}

/// Whether this person may decide that a step is left out.
pub fn may_skip(policy: &Policy, decided_by: &Who, person: &Person, history: &History) -> Result<(), Refusal> {
    hold(policy, decided_by, person, history, "decide that a step is left out")?;
    independent(policy, decided_by, person, history, &[Part::Affected, Part::ComplainedAbout])
}

/// Whether this person may act in this stage: give a view, or authorise.
pub fn may_decide(policy: &Policy, stage: &Stage, person: &Person, history: &History) -> Result<(), Refusal> {
    if let Some(body) = body_of(policy, stage) {
        return may_record(policy, body, person, history);
    }
    let act = match stage.kind {
        StageKind::Consult => "give a view on this",
        StageKind::Authorise => "authorise this",
    };
    let never = kept_out(policy, stage);
    independent(policy, &stage.of, person, history, &never).map_err(own_request)?;
    match stage.kind {
        StageKind::Consult => hold(policy, &stage.of, person, &history.for_views(), act),
        StageKind::Authorise => hold(policy, &stage.of, person, &history.free_of(&never), act),
    }
}

/// The parts that keep somebody from acting in this stage: what the policy says of every stage that authorises, and what this one adds.
pub fn kept_out(policy: &Policy, stage: &Stage) -> Vec<Part> {
    let every = match stage.kind {
        StageKind::Consult => &[Part::Proposed][..],
        StageKind::Authorise => &policy.authority.never_authorises[..],
    };
    every.iter().chain(&stage.never).copied().collect()
}

/// Whether a stage may do this; everything where the policy names nothing.
pub fn may(stage: &Stage, act: StageAct) -> bool {
    stage.may.is_empty() || stage.may.contains(&act)
}

/// The body that decides in this stage, in a meeting.
pub fn body_of<'a>(policy: &'a Policy, stage: &Stage) -> Option<&'a Body> {
    match &stage.of {
        Who::Role(key) => policy.body(key),
        _ => None,
    }
}

/// Whether this person may record what a body decided: its clerk, unless the proposal is theirs.
fn may_record(policy: &Policy, body: &Body, person: &Person, history: &History) -> Result<(), Refusal> {
    let clerk = body.clerk.say(&policy.roles);
    if !history.holds(policy, &body.clerk, person) {
        return Err(Refusal::InMeeting { body: policy.roles.a(&body.key), clerk });
    }
    match history.took(person.id, Part::Proposed) {
        true => Err(Refusal::OwnMinute { clerk }),
        false => Ok(()),
    }
}

/// The people who may act in this stage.
pub fn who_may<'a>(policy: &Policy, stage: &Stage, people: impl IntoIterator<Item = &'a Person>, history: &History) -> Vec<&'a Person> {
    people.into_iter().filter(|person| may_decide(policy, stage, person, history).is_ok()).collect()
}

/// Whether somebody holds the post asked for; the reason, with who does, where not.
pub(super) fn hold(policy: &Policy, who: &Who, person: &Person, history: &History, act: &str) -> Result<(), Refusal> {
    if history.holds(policy, who, person) {
        return Ok(());
    }
    Err(Refusal::WrongPost { who: who.say(&policy.roles), act: act.to_owned() })
}

/// Whether somebody took none of these parts in the case; the reason, with who is asked for, where they did.
pub(super) fn independent(policy: &Policy, who: &Who, person: &Person, history: &History, never: &[Part]) -> Result<(), Refusal> {
    match never.iter().find(|part| history.took(person.id, **part)) {
        None => Ok(()),
        Some(part) => Err(Refusal::TookPart { part: *part, who: who.say(&policy.roles) }),
    }
}

/// Where it is the proposal itself that is decided on, whoever made it would decide on their own request.
fn own_request(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::TookPart { part: Part::Proposed, who } => Refusal::OwnRequest { who },
        other => other,
    }
}

#[cfg(test)]
mod tests;
