//! What a customer can challenge, each by its own profile of the policy (`challenge.*`): who decides it, by when, and what comes of it.

use chrono::NaiveDate;

use super::authority::{self, History, Person, Refusal};
use super::clock;
use super::days::{Length, Unit};
use super::deadline::Deadline;
use super::policy::{Against, AppealMode, AppealOutcome, AppealProfile, Body, Limit, Part, Policy, Who, WindowFrom};

/// What can be challenged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Challenged {
    Restriction,
    /// How long a restriction runs, and nothing else of it.
    Length,
    Warning,
    /// A safety marker.
    Marker,
    /// A status on the register, such as a card.
    Status,
    /// A complaint that was refused.
    ComplaintRefusal,
}

/// What an answer does to what was challenged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It stays as it is.
    Stands,
    /// It goes on with other terms, another instruction or another status.
    Changes,
    /// It ends on an earlier day.
    EndsSooner,
    /// The restriction ends: it should not have been.
    Ends,
    /// The decision on the restriction is made again, by somebody who took no part in it where there is one.
    DecidedAgain,
    /// The warning is withdrawn: it no longer counts on the ladder.
    NoLongerCounts,
    /// The marker or the status is taken off the record staff see.
    TakenOff,
    /// The complaint is taken up.
    TakenUp,
}

/// The profile by which this is challenged. `None` where the policy has none, or has none but complaints and the ombudsman.
pub fn profile(policy: &Policy, what: Challenged) -> Option<&AppealProfile> {
    let challenge = &policy.challenge;
    let profile = match what {
        Challenged::Restriction => Some(&challenge.appeal),
        Challenged::Length => challenge.length.as_ref(),
        Challenged::Warning => challenge.warning.as_ref(),
        Challenged::Marker => challenge.marker.as_ref(),
        Challenged::Status => challenge.status.as_ref(),
        Challenged::ComplaintRefusal => {
            let named = challenge.against.contains(&Against::ComplaintRefusal).then_some(&challenge.appeal);
            challenge.complaint_refusal.as_ref().or(named)
        }
    };
    profile.filter(|profile| mode(profile) != AppealMode::None)
}

/// How an appeal stands beside complaints. One appeal where nothing is said.
pub fn mode(profile: &AppealProfile) -> AppealMode {
    profile.mode.as_ref().map_or(AppealMode::One, |mode| mode.value)
}

/// The last day for an appeal; `None` where the policy sets none. `imposed` is the day of the decision, `sent` that of its letter.
pub fn window(policy: &Policy, profile: &AppealProfile, imposed: NaiveDate, sent: NaiveDate) -> Option<Deadline> {
    let start = match *profile.window_from {
        WindowFrom::Imposed => imposed,
        WindowFrom::Sent => sent,
        WindowFrom::Received => clock::received(policy, sent),
    };
    match *profile.window {
        Limit::None => None,
        Limit::Of(length) => Some(Deadline::after(start, length, policy.calendar())),
    }
}

/// The day by which it is answered: the profile's, or twenty working days, because an appeal without a day is never decided.
pub fn answer_by(policy: &Policy, profile: &AppealProfile, received: NaiveDate) -> Deadline {
    let twenty = || Length::new(20, Unit::WorkingDays).expect("twenty working days is a length");
    let within = profile.decide_within.length().unwrap_or_else(twenty);
    Deadline::after(received, within, policy.calendar())
}

/// Whether this person may decide it: the right post, none of the parts the profile names, and never whoever looked again at the same
/// matter, whatever the policy says: an appeal that went to the same eyes would be no appeal.
///
/// Where a body decides it: whether this person may record that, as its clerk.
pub fn may_decide(policy: &Policy, profile: &AppealProfile, person: &Person, history: &History) -> Result<(), Refusal> {
    if let Some(recorded) = authority::may_record_for(policy, &profile.decider, person, history) {
        return recorded.and_then(|()| authority::independent(policy, &profile.decider, person, history, &[Part::Warned]));
    }
    may_decide_as(policy, &profile.decider, profile, person, history)
}

/// Whether this person may sit where a body decides it: a member, with no part that keeps anybody else from deciding it.
pub fn may_sit(policy: &Policy, profile: &AppealProfile, body: &Body, person: &Person, history: &History) -> Result<(), Refusal> {
    may_decide_as(policy, &body.members, profile, person, history)
}

/// The same where somebody else than the profile names decides.
pub(super) fn may_decide_as(
    policy: &Policy,
    decider: &Who,
    profile: &AppealProfile,
    person: &Person,
    history: &History,
) -> Result<(), Refusal> {
    authority::independent(policy, decider, person, history, &profile.never_decides)?;
    authority::independent(policy, decider, person, history, &[Part::LookedAgain])?;
    authority::hold(policy, decider, person, &history.free_of(&profile.never_decides), "decide this appeal")
}

/// Whether this person may decide that one which came late is heard after all, or is not; or record that a body did, as its clerk.
pub fn may_admit_late(policy: &Policy, profile: &AppealProfile, person: &Person, history: &History) -> Result<(), Refusal> {
    let recorded = authority::may_record_for(policy, &profile.late_decided_by, person, history);
    recorded.unwrap_or_else(|| may_admit_late_as(policy, &profile.late_decided_by, profile, person, history))
}

/// Whether this person may sit where a body decides that.
pub fn may_sit_late(policy: &Policy, profile: &AppealProfile, body: &Body, person: &Person, history: &History) -> Result<(), Refusal> {
    may_admit_late_as(policy, &body.members, profile, person, history)
}

fn may_admit_late_as(policy: &Policy, who: &Who, profile: &AppealProfile, person: &Person, history: &History) -> Result<(), Refusal> {
    authority::independent(policy, who, person, history, &profile.never_decides)?;
    authority::hold(policy, who, person, &history.free_of(&profile.never_decides), "decide about a late appeal")
}

/// What an answer does. `None` where there is nothing that it could do: a warning cannot be varied, nor a refused complaint; of a length only
/// the last day can change. Only a decision on a restriction is sent back: a warning is one act of one person, so one that was wrong is withdrawn, and may be given anew.
pub const fn effect(what: Challenged, outcome: AppealOutcome) -> Option<Effect> {
    Some(match (what, outcome) {
        (_, AppealOutcome::Uphold) => Effect::Stands,
        (Challenged::Restriction | Challenged::Marker | Challenged::Status, AppealOutcome::Vary) => Effect::Changes,
        (Challenged::Length, AppealOutcome::Vary) => Effect::EndsSooner,
        (Challenged::Restriction, AppealOutcome::Quash) => Effect::Ends,
        (Challenged::Restriction, AppealOutcome::Remit) => Effect::DecidedAgain,
        (Challenged::Warning, AppealOutcome::Quash) => Effect::NoLongerCounts,
        (Challenged::Marker | Challenged::Status, AppealOutcome::Quash) => Effect::TakenOff,
        (Challenged::ComplaintRefusal, AppealOutcome::Quash) => Effect::TakenUp,
        (Challenged::Warning | Challenged::ComplaintRefusal, AppealOutcome::Vary) => return None,
        (Challenged::Length, AppealOutcome::Quash | AppealOutcome::Remit)
        | (Challenged::Warning | Challenged::Marker | Challenged::Status | Challenged::ComplaintRefusal, AppealOutcome::Remit) => {
            return None;
        }
    })
}

/// The answers the profile allows that can do something, in its order.
pub fn outcomes(profile: &AppealProfile, what: Challenged) -> Vec<AppealOutcome> {
    profile.outcomes.iter().copied().filter(|outcome| effect(what, *outcome).is_some()).collect()
}

#[cfg(test)]
mod tests;
