//! Deciding handed to another post for a time (`authority.delegation`): whether somebody may, and what it lets the other decide.

use chrono::{Days, NaiveDate};

use super::authority::{History, Person};
use super::days::Length;
use super::id::StaffId;
use super::policy::{Part, Policy, Stage, StageKind};
use super::say;
use super::task::TaskKind;

/// Somebody's deciding, in the hands of another from a day to a day; both count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    pub from: StaffId,
    pub to: StaffId,
    pub starts: NaiveDate,
    pub until: NaiveDate,
}

/// Posts lent to somebody in one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lent {
    pub to: StaffId,
    pub from: StaffId,
    pub roles: Vec<String>,
}

/// The tasks that go over with deciding: whoever it was handed to sees those of whoever handed it over, on the days they did. Who may really
/// decide is asked again where it is decided.
pub const GOES_OVER: [TaskKind; 6] =
    [TaskKind::Approval, TaskKind::Agreement, TaskKind::Review, TaskKind::Appeal, TaskKind::WarningAppeal, TaskKind::Reconsideration];

/// Their keys.
pub fn goes_over() -> Vec<String> {
    GOES_OVER.iter().map(|kind| kind.key().to_owned()).collect()
}

/// Why deciding cannot be handed over like this, as a sentence for its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("The policy does not let anybody hand over deciding.")]
    NotAllowed,
    #[error("Choose somebody else.")]
    Oneself,
    #[error("Only {who} can take it over.")]
    WrongPost { who: String },
    #[error("Enter a day that is not in the past.")]
    Past,
    #[error("The last day must be on or after the first.")]
    Backwards,
    #[error("The last day must be on or before {}: the policy lets it last {longest}.", say::day(*.latest))]
    TooLong { latest: NaiveDate, longest: Length },
    #[error("You have handed it over from {} until {} already. Take that back first.", say::day(*.from), say::day(*.until))]
    Twice { from: NaiveDate, until: NaiveDate },
}

impl Wrong {
    /// The field it belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NotAllowed => "",
            Self::Oneself | Self::WrongPost { .. } => "to",
            Self::Past | Self::Twice { .. } => "starts_on",
            Self::Backwards | Self::TooLong { .. } => "until_on",
        }
    }
}

impl Delegation {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.starts <= day && day <= self.until
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.starts <= other.until && other.starts <= self.until
    }
}

/// The last day it can have: the policy's longest, with its first and last day.
pub fn latest(policy: &Policy, starts: NaiveDate) -> Option<NaiveDate> {
    let longest = policy.authority.delegation.as_ref()?.longest;
    longest.after(starts, policy.calendar()).checked_sub_days(Days::new(1))
}

/// Everything wrong with handing it over so. `before` are the ones of the same person that were not taken back.
pub fn check(policy: &Policy, new: &Delegation, to: &Person, before: &[Delegation], today: NaiveDate) -> Result<(), Vec<Wrong>> {
    let Some(delegation) = &policy.authority.delegation else { return Err(vec![Wrong::NotAllowed]) };
    let mut wrong = Vec::new();
    if new.from == new.to {
        wrong.push(Wrong::Oneself);
    } else if !History::default().holds(policy, &delegation.to, to) {
        wrong.push(Wrong::WrongPost { who: delegation.to.say(&policy.roles) });
    }
    if new.starts < today {
        wrong.push(Wrong::Past);
    }
    if let Some(other) = before.iter().find(|one| one.overlaps(new)) {
        wrong.push(Wrong::Twice { from: other.starts, until: other.until });
    }
    match latest(policy, new.starts) {
        _ if new.until < new.starts => wrong.push(Wrong::Backwards),
        Some(latest) if new.until > latest => wrong.push(Wrong::TooLong { latest, longest: delegation.longest }),
        _ => {}
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Whether somebody could still use their post for authorising in one of these stages of a case: whoever took a part that keeps them from
/// it, or has authorised it already, could not.
pub fn could_authorise(policy: &Policy, stages: &[Stage], person: &Person, history: &History) -> bool {
    let never = |part: Part| matches!(part, Part::Proposed | Part::Authorised) || policy.authority.never_authorises.contains(&part);
    let is_free = |stage: &Stage| !history.parts_of(person.id).any(|part| stage.never.contains(&part));
    let mut authorising = stages.iter().filter(|stage| stage.kind == StageKind::Authorise).peekable();
    !history.parts_of(person.id).any(never) && (authorising.peek().is_none() || authorising.any(is_free))
}

/// The posts that are lent for one decision in a case on a day. Nobody lends what they could not use themselves: `could` says whether
/// somebody could take this very decision. Whoever borrows is judged by their own part in the case besides.
pub fn lent(
    policy: &Policy,
    delegations: &[Delegation],
    people: &[Person],
    history: &History,
    day: NaiveDate,
    could: impl Fn(&Person) -> bool,
) -> Vec<Lent> {
    let Some(allowed) = &policy.authority.delegation else { return Vec::new() };
    let person = |id: StaffId| people.iter().find(|one| one.id == id);
    let in_force = delegations.iter().filter(|one| one.holds_on(day));
    in_force
        .filter_map(|one| {
            let (from, to) = (person(one.from)?, person(one.to)?);
            let may_borrow = history.holds(policy, &allowed.to, to);
            (may_borrow && could(from)).then(|| Lent { to: to.id, from: from.id, roles: from.roles.clone() })
        })
        .collect()
}

/// Somebody with the posts that are lent to them.
#[must_use]
pub fn with_lent(person: &Person, lent: &[Lent]) -> Person {
    let more = lent.iter().filter(|one| one.to == person.id).flat_map(|one| one.roles.iter().cloned());
    Person { id: person.id, roles: person.roles.iter().cloned().chain(more).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::appeal;
    use crate::rules::authority::may_decide;
    use crate::rules::policy::{Stage, StageKind, Who};

    /// Fernhollow's policy: a head or a director takes it over, for three months at most (6.7).
    fn fernhollow() -> Policy {
        Policy::read(include_str!("policy/format/example.toml")).expect("a pack without faults")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    fn from_to(from: &Person, to: &Person, starts: &str, until: &str) -> Delegation {
        Delegation { from: from.id, to: to.id, starts: day(starts), until: day(until) }
    }

    #[test]
    fn authority_delegation_to_an_allowed_post_and_no_longer_than_the_policy_says_6_7() {
        let policy = fernhollow();
        let (director, head, manager) = (person(1, "director"), person(2, "head-of-service"), person(3, "manager"));
        let today = day("2027-03-10");
        let before = [from_to(&director, &head, "2027-08-01", "2027-08-31")];
        let table: [(&str, &Person, &str, &str, &[&str]); 9] = [
            ("from today, three months with both days", &head, "2027-03-10", "2027-06-09", &[]),
            ("a day longer", &head, "2027-03-10", "2027-06-10", &["until_on"]),
            ("one day", &head, "2027-03-10", "2027-03-10", &[]),
            ("backwards", &head, "2027-03-12", "2027-03-11", &["until_on"]),
            ("from yesterday", &head, "2027-03-09", "2027-03-20", &["starts_on"]),
            ("to oneself", &director, "2027-03-10", "2027-03-20", &["to"]),
            ("to a post that may not", &manager, "2027-03-10", "2027-03-20", &["to"]),
            ("over another", &head, "2027-07-20", "2027-08-01", &["starts_on"]),
            ("beside another", &head, "2027-07-20", "2027-07-31", &[]),
        ];
        for (why, to, starts, until, fields) in table {
            let wrong = check(&policy, &from_to(&director, to, starts, until), to, &before, today).err().unwrap_or_default();
            assert_eq!(wrong.iter().map(Wrong::field).collect::<Vec<_>>(), fields, "{why}");
        }
        let silent = crate::rules::policy::tests::pack("west-kent");
        let wrong = check(&silent, &from_to(&director, &head, "2027-03-10", "2027-03-20"), &head, &[], today).unwrap_err();
        assert_eq!(wrong, [Wrong::NotAllowed]);
    }

    #[test]
    fn whoever_takes_it_over_decides_on_its_days_and_only_where_both_took_no_part() {
        let policy = fernhollow();
        let (director, head) = (person(1, "director"), person(2, "head-of-service"));
        let people = [director.clone(), head.clone()];
        let handed = [from_to(&director, &head, "2027-03-10", "2027-03-20")];
        let stage = Stage { kind: StageKind::Authorise, of: Who::Role("director".into()), count: 1, may: Vec::new(), never: Vec::new() };
        let decides = |history: &History, on: &str| {
            let lent = lent(&policy, &handed, &people, history, day(on), |from| could_authorise(&policy, &[], from, history));
            may_decide(&policy, &stage, &with_lent(&head, &lent), history).is_ok()
        };
        let none = History::default();
        let table = [
            ("the day before", &none, "2027-03-09", false),
            ("the first day", &none, "2027-03-10", true),
            ("the last day", &none, "2027-03-20", true),
            ("the day after", &none, "2027-03-21", false),
        ];
        for (why, history, on, may) in table {
            assert_eq!(decides(history, on), may, "{why}");
        }
        for part in [Part::Proposed, Part::Logged, Part::Affected, Part::ComplainedAbout] {
            assert!(!decides(&none.clone().with(head.id, part), "2027-03-15"), "the one who took it over: {part:?}");
            assert!(!decides(&none.clone().with(director.id, part), "2027-03-15"), "the one who handed it over: {part:?}");
        }
        assert!(!decides(&none.with(director.id, Part::Authorised), "2027-03-15"), "what was used once is not lent");
    }

    #[test]
    fn an_appeal_is_heard_in_the_place_of_a_director_only_where_both_could_hear_it() {
        let policy = fernhollow();
        let decider = policy.challenge.appeal.decider.role_keys()[0].to_owned();
        let (from, to) = (person(1, &decider), person(2, "head-of-service"));
        let people = [from.clone(), to.clone()];
        let handed = [from_to(&from, &to, "2027-03-10", "2027-03-20")];
        let hears = |history: &History| {
            let could = |one: &Person| appeal::may_hear(&policy, appeal::Round::First, one, history).is_ok();
            let lent = lent(&policy, &handed, &people, history, day("2027-03-15"), could);
            appeal::may_hear(&policy, appeal::Round::First, &with_lent(&to, &lent), history).is_ok()
        };
        let none = History::default();
        assert!(appeal::may_hear(&policy, appeal::Round::First, &to, &none).is_err(), "by a head's own post nobody hears one");
        assert!(hears(&none));
        for part in &*policy.challenge.appeal.never_decides {
            assert!(!hears(&none.clone().with(to.id, *part)), "the one who took it over: {part:?}");
            assert!(!hears(&none.clone().with(from.id, *part)), "the one who handed it over: {part:?}");
        }
    }
}
