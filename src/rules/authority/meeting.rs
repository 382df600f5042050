//! A decision taken together: the day of the meeting, who sat, the minute; and that nobody sat on a case of their own.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Approval, History, Person, Refusal, Stages, body_of, hold, independent, own_request};
use crate::rules::id::StaffId;
use crate::rules::policy::{Body, Part, Policy, StageKind};
use crate::rules::say;

/// A meeting as the clerk records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub on: NaiveDate,
    /// Who sat, each once.
    pub sat: Vec<StaffId>,
    /// The reference of its minute.
    pub minute: String,
}

/// What is wrong with a meeting as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("Enter a day that is not in the future.")]
    ToCome,
    #[error("It was sent on {}. Enter a meeting on or after that day.", say::day(*.sent))]
    BeforeItWasSent { sent: NaiveDate },
    #[error("Enter the reference of the minute.")]
    NoMinute,
    #[error("{} of its members must have sat for a decision to stand; {} did.", say::sentence(&say::number(u32::from(*.quorum))), say::number(u32::from(*.sat)))]
    NoQuorum { quorum: u8, sat: u8 },
    #[error("It has {seats} seats. Choose no more than that.")]
    TooMany { seats: u8 },
    /// Somebody who sat may not have.
    #[error("{why}")]
    Sitter { who: StaffId, why: Refusal },
}

impl Wrong {
    /// The field it belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::ToCome | Self::BeforeItWasSent { .. } => "meeting_on",
            Self::NoMinute => "minute",
            Self::NoQuorum { .. } | Self::TooMany { .. } | Self::Sitter { .. } => "sat",
        }
    }
}

/// Those who hold a seat of this body, whatever part they took.
pub fn members<'a>(policy: &Policy, body: &Body, people: impl IntoIterator<Item = &'a Person>, history: &History) -> Vec<&'a Person> {
    people.into_iter().filter(|person| history.holds(policy, &body.members, person)).collect()
}

/// Whether this person may sit when the body decides at this stage: a member, who took no part that keeps anybody else from it, and who
/// did not authorise it before.
pub fn may_sit(
    policy: &Policy,
    stages: &Stages,
    place: usize,
    approvals: &[Approval],
    person: &Person,
    history: &History,
) -> Result<(), Refusal> {
    let stage = &stages.stages[place];
    let Some(body) = body_of(policy, stage) else { return Err(Refusal::Complete) };
    let never = match stage.kind {
        StageKind::Consult => &[Part::Proposed][..],
        StageKind::Authorise => &policy.authority.never_authorises[..],
    };
    hold(policy, &body.members, person, history, &format!("sit on {}", policy.roles.a(&body.key)))?;
    independent(policy, &body.members, person, history, &[Part::Proposed]).map_err(own_request)?;
    independent(policy, &body.members, person, history, never)?;
    match stages.authorised_before(place, approvals, person) {
        true => Err(Refusal::AlreadyAuthorised { who: body.members.say(&policy.roles) }),
        false => Ok(()),
    }
}

/// Everything wrong with a meeting at once. `sat` are those who sat, as people; `sent` is the day the proposal was sent.
pub fn check<'a>(
    body: &Body,
    meeting: &Meeting,
    (sent, today): (NaiveDate, NaiveDate),
    sat: impl IntoIterator<Item = &'a Person>,
    may_sit: impl Fn(&Person) -> Result<(), Refusal>,
) -> Result<(), Vec<Wrong>> {
    let mut wrong = Vec::new();
    if meeting.on > today {
        wrong.push(Wrong::ToCome);
    } else if meeting.on < sent {
        wrong.push(Wrong::BeforeItWasSent { sent });
    }
    if meeting.minute.trim().is_empty() {
        wrong.push(Wrong::NoMinute);
    }
    let different: BTreeSet<StaffId> = meeting.sat.iter().copied().collect();
    let count = u8::try_from(different.len()).unwrap_or(u8::MAX);
    let refused = sat.into_iter().filter_map(|person| may_sit(person).err().map(|why| Wrong::Sitter { who: person.id, why }));
    wrong.extend(refused);
    if count < body.quorum {
        wrong.push(Wrong::NoQuorum { quorum: body.quorum, sat: count });
    }
    if count > body.seats {
        wrong.push(Wrong::TooMany { seats: body.seats });
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}
