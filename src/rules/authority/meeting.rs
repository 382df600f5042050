//! A decision taken together: the day of the meeting, who sat, the minute; and that nobody sat on a case of their own.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Approval, History, Person, Refusal, Stages, body_of, hold, independent, kept_out, own_request};
use crate::rules::days::Length;
use crate::rules::id::StaffId;
use crate::rules::policy::{Body, MakeUp, Part, Policy, Share};
use crate::rules::say;

/// A meeting as the clerk records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub on: NaiveDate,
    /// Who sat, each once.
    pub sat: Vec<StaffId>,
    /// The reference of its minute.
    pub minute: String,
    /// How it voted, where its policy counts.
    pub votes: Option<Votes>,
}

/// How many were for a proposal and how many against; whoever sat and is in neither kept out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Votes {
    pub in_favour: u8,
    pub against: u8,
}

/// What a meeting decided, as far as its votes bear on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Approved,
    Declined,
    /// A view, or questions for whoever proposed it: neither needs a vote.
    Neither,
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
    #[error("{} must be among those who sat: {} did.", say::sentence(needs), say::number(u32::from(*.sat)))]
    NotMadeUp { needs: String, sat: u8 },
    #[error("It has {seats} seats. Choose no more than that.")]
    TooMany { seats: u8 },
    #[error("Its members are given a case {notice} before they meet. Enter a meeting on or after {}.", say::day(*.first))]
    NoNotice { notice: Length, first: NaiveDate },
    #[error("Enter how many were for it, and how many against.")]
    NoVotes,
    #[error("{} sat. Enter no more votes than that.", say::sentence(&say::number(u32::from(*.sat))))]
    MoreVotesThanSat { sat: u8 },
    #[error("It takes {}, so {} of the {} who sat must be for it. Record it as declined, or send it back.", .share.title(), say::number(u32::from(*.needed)), say::number(u32::from(*.sat)))]
    TooFew { share: Share, needed: u8, sat: u8 },
    #[error("It takes {}, and so many were for it. Record it as approved.", .share.title())]
    Enough { share: Share },
    /// Somebody who sat may not have.
    #[error("{why}")]
    Sitter { who: StaffId, why: Refusal },
}

impl Wrong {
    /// The field it belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::ToCome | Self::BeforeItWasSent { .. } | Self::NoNotice { .. } => "meeting_on",
            Self::NoVotes | Self::MoreVotesThanSat { .. } | Self::TooFew { .. } | Self::Enough { .. } => "votes_for",
            Self::NoMinute => "minute",
            Self::NoQuorum { .. } | Self::NotMadeUp { .. } | Self::TooMany { .. } | Self::Sitter { .. } => "sat",
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
    hold(policy, &body.members, person, history, &format!("sit on {}", policy.roles.a(&body.key)))?;
    independent(policy, &body.members, person, history, &[Part::Proposed]).map_err(own_request)?;
    independent(policy, &body.members, person, history, &kept_out(policy, stage))?;
    match stages.authorised_before(place, approvals, person) {
        true => Err(Refusal::AlreadyAuthorised { who: body.members.say(&policy.roles) }),
        false => Ok(()),
    }
}

/// Everything wrong with a meeting at once. `sat` are those who sat, as people; `sent` is the day the proposal was sent.
pub fn check<'a>(
    policy: &Policy,
    body: &Body,
    (meeting, came): (&Meeting, Came),
    (sent, today): (NaiveDate, NaiveDate),
    sat: impl IntoIterator<Item = &'a Person>,
    may_sit: impl Fn(&Person) -> Result<(), Refusal>,
) -> Result<(), Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = day(policy, body, meeting.on, (sent, today)).into_iter().collect();
    if meeting.minute.trim().is_empty() {
        wrong.push(Wrong::NoMinute);
    }
    let different: BTreeSet<StaffId> = meeting.sat.iter().copied().collect();
    let count = u8::try_from(different.len()).unwrap_or(u8::MAX);
    let sat: Vec<&Person> = sat.into_iter().collect();
    let lacking = lacking(policy, body, &sat);
    let refused = sat.into_iter().filter_map(|person| may_sit(person).err().map(|why| Wrong::Sitter { who: person.id, why }));
    wrong.extend(refused);
    if count < body.quorum {
        wrong.push(Wrong::NoQuorum { quorum: body.quorum, sat: count });
    }
    wrong.extend(lacking.into_iter().map(|(line, sat)| Wrong::NotMadeUp { needs: line.say(&policy.roles), sat }));
    if count > body.seats {
        wrong.push(Wrong::TooMany { seats: body.seats });
    }
    wrong.extend(votes(body, meeting.votes, came, count));
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// What these people lack of the make-up of a body: each line of it, with how many of such people there are.
pub fn lacking<'a>(policy: &Policy, body: &'a Body, sat: &[&Person]) -> Vec<(&'a MakeUp, u8)> {
    let nothing = History::default();
    let count = |line: &MakeUp| {
        let people: BTreeSet<StaffId> = sat.iter().filter(|one| nothing.holds(policy, &line.of, one)).map(|one| one.id).collect();
        u8::try_from(people.len()).unwrap_or(u8::MAX)
    };
    body.make_up.iter().map(|line| (line, count(line))).filter(|(line, sat)| *sat < line.least).collect()
}

/// What is wrong with its day.
fn day(policy: &Policy, body: &Body, on: NaiveDate, (sent, today): (NaiveDate, NaiveDate)) -> Option<Wrong> {
    let first = body.notice.map(|notice| (notice, notice.after(sent, policy.calendar())));
    match first {
        _ if on > today => Some(Wrong::ToCome),
        _ if on < sent => Some(Wrong::BeforeItWasSent { sent }),
        Some((notice, first)) if on < first => Some(Wrong::NoNotice { notice, first }),
        _ => None,
    }
}

/// What is wrong with its votes, where the body decides by a share of those present: what it came to must be what was voted.
fn votes(body: &Body, votes: Option<Votes>, came: Came, sat: u8) -> Option<Wrong> {
    let (share, needed) = (body.approves_by?, body.needed(sat)?);
    let Some(votes) = votes else { return (came != Came::Neither).then_some(Wrong::NoVotes) };
    match came {
        _ if votes.in_favour.saturating_add(votes.against) > sat => Some(Wrong::MoreVotesThanSat { sat }),
        Came::Approved if votes.in_favour < needed => Some(Wrong::TooFew { share, needed, sat }),
        Came::Declined if votes.in_favour >= needed => Some(Wrong::Enough { share }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::example;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn wrong(policy: &Policy, on: &str, present: u128, votes: Option<(u8, u8)>, came: Came) -> Vec<Wrong> {
        let people: Vec<Person> =
            (1..=present).map(|n| Person { id: StaffId(uuid::Uuid::from_u128(n)), roles: vec!["head-of-service".to_owned()] }).collect();
        let votes = votes.map(|(in_favour, against)| Votes { in_favour, against });
        let meeting = Meeting { on: date(on), sat: people.iter().map(|one| one.id).collect(), minute: "CP/1".into(), votes };
        let days = (date("2027-03-01"), date("2027-03-31"));
        check(policy, &policy.bodies[0], (&meeting, came), days, &people, |_| Ok(())).err().unwrap_or_default()
    }

    #[test]
    fn a_proposal_is_approved_by_the_share_of_those_present_and_declined_below_it() {
        let mut policy = example();
        // Of so many present, how many must be for it.
        let table = [(Share::Majority, [2, 3, 3]), (Share::TwoThirds, [2, 3, 4]), (Share::All, [3, 4, 5])];
        for (share, needed) in table {
            policy.bodies[0].approves_by = Some(share);
            for (sat, needed) in (3..=5_u8).zip(needed) {
                assert_eq!(policy.bodies[0].needed(sat), Some(needed), "{share:?} of {sat}");
                let came = |votes, came| wrong(&policy, "2027-03-12", u128::from(sat), Some((votes, 0)), came);
                assert_eq!(came(needed, Came::Approved), [], "{share:?} of {sat}");
                assert_eq!(came(needed - 1, Came::Approved), [Wrong::TooFew { share, needed, sat }]);
                assert_eq!(came(needed - 1, Came::Declined), []);
                assert_eq!(came(needed, Came::Declined), [Wrong::Enough { share }]);
            }
        }
        let too_few = Wrong::TooFew { share: Share::TwoThirds, needed: 3, sat: 4 };
        assert_eq!(
            too_few.to_string(),
            "It takes two thirds of those present, so 3 of the 4 who sat must be for it. Record it as declined, or send it back."
        );
    }

    #[test]
    fn votes_are_counted_where_the_policy_counts_and_never_more_than_sat() {
        let mut policy = example();
        assert_eq!(wrong(&policy, "2027-03-12", 3, None, Came::Approved), [Wrong::NoVotes]);
        assert_eq!(wrong(&policy, "2027-03-12", 3, None, Came::Neither), []);
        assert_eq!(wrong(&policy, "2027-03-12", 3, Some((3, 1)), Came::Approved), [Wrong::MoreVotesThanSat { sat: 3 }]);
        policy.bodies[0].approves_by = None;
        assert_eq!(wrong(&policy, "2027-03-12", 3, None, Came::Approved), [], "the clerk records what was decided");
    }

    #[test]
    fn a_meeting_without_the_notice_does_not_count() {
        // Sent on a Monday; its members have it three working days before.
        let mut policy = example();
        let on = |policy: &Policy, day: &str| wrong(policy, day, 3, Some((3, 0)), Came::Approved);
        assert_eq!(on(&policy, "2027-03-04"), []);
        let notice = policy.bodies[0].notice.unwrap();
        assert_eq!(on(&policy, "2027-03-03"), [Wrong::NoNotice { notice, first: date("2027-03-04") }]);
        assert_eq!(on(&policy, "2027-02-26"), [Wrong::BeforeItWasSent { sent: date("2027-03-01") }]);
        policy.bodies[0].notice = None;
        assert_eq!(on(&policy, "2027-03-01"), []);
    }

    #[test]
    fn a_meeting_that_lacks_a_part_of_its_make_up_does_not_count_and_says_which() {
        let mut policy = example();
        let who = |key: &str| crate::rules::policy::Who::Role(key.into());
        policy.bodies[0].make_up = vec![MakeUp { of: who("director"), least: 2 }, MakeUp { of: who("head-of-service"), least: 1 }];
        let person = |n: u128, role: &str| Person { id: StaffId(uuid::Uuid::from_u128(n)), roles: vec![role.to_owned()] };
        let said = |roles: &[&str]| {
            let people: Vec<Person> = (1..).zip(roles).map(|(n, role)| person(n, role)).collect();
            let votes = Some(Votes { in_favour: people.len() as u8, against: 0 });
            let meeting = Meeting { on: date("2027-03-12"), sat: people.iter().map(|one| one.id).collect(), minute: "CP/1".into(), votes };
            let days = (date("2027-03-01"), date("2027-03-31"));
            let wrong = check(&policy, &policy.bodies[0], (&meeting, Came::Approved), days, &people, |_| Ok(()));
            wrong.err().unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(said(&["director", "director", "head-of-service"]), Vec::<String>::new());
        assert_eq!(
            said(&["director", "head-of-service", "head-of-service"]),
            ["At least two Directors must be among those who sat: 1 did."]
        );
        assert_eq!(
            said(&["manager", "manager", "manager"]),
            [
                "At least two Directors must be among those who sat: 0 did.",
                "At least one Head of Service must be among those who sat: 0 did."
            ]
        );
    }
}
