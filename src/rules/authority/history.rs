//! Who took which part in a case: what independence is computed from.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::rules::id::StaffId;
use crate::rules::policy::{Part, Policy, Reach, Relative, Who};

/// One member of staff, and the keys of the roles they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: StaffId,
    pub roles: Vec<String>,
}

/// Who took which part in a case so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    took: BTreeSet<(StaffId, Part)>,
    line_managers: BTreeSet<StaffId>,
    proposers_managers: BTreeSet<StaffId>,
    /// Whoever works in the team it happened to.
    team: Vec<Person>,
    /// The posts and bodies by which it was authorised.
    authorised_as: BTreeSet<String>,
}

/// A colleague and their place in the landlord's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub person: Person,
    /// The name of their team.
    pub team: Option<String>,
    /// Whom they report to.
    pub manager: Option<StaffId>,
    /// Whether they work here still.
    pub is_here: bool,
}

impl Person {
    /// The furthest any of their posts reaches.
    pub fn reach(&self, policy: &Policy) -> Option<Reach> {
        policy.roles.reach_of(self.roles.iter().map(String::as_str))
    }
}

impl History {
    /// Notes that somebody took a part.
    #[must_use]
    pub fn with(mut self, person: StaffId, part: Part) -> Self {
        self.took.insert((person, part));
        self
    }

    /// Notes somebody affected by the behaviour, and their line manager where they have one here.
    #[must_use]
    pub fn affecting(mut self, person: StaffId, line_manager: Option<StaffId>) -> Self {
        self.line_managers.extend(line_manager);
        self.with(person, Part::Affected)
    }

    /// Notes a post, or a body, by which it was authorised.
    #[must_use]
    pub fn authorised_as(mut self, post: &str) -> Self {
        self.authorised_as.insert(post.to_owned());
        self
    }

    /// The same among these colleagues: whose team it happened to, and to whom whoever proposed it reports. The team is that of those affected;
    /// where none of them is a colleague with a team, that of whoever reported it.
    #[must_use]
    pub fn among(mut self, colleagues: &[Placed]) -> Self {
        let took = |one: &&Placed, part| self.took(one.person.id, part);
        let teams = |part| colleagues.iter().filter(|one| took(one, part)).filter_map(|one| one.team.as_deref()).collect::<BTreeSet<_>>();
        let affected = teams(Part::Affected);
        let teams = if affected.is_empty() { teams(Part::Logged) } else { affected };
        let is_within = |one: &&Placed| one.is_here && one.team.as_deref().is_some_and(|team| teams.contains(team));
        let team = colleagues.iter().filter(is_within).map(|one| one.person.clone()).collect();
        self.proposers_managers = colleagues.iter().filter(|one| took(one, Part::Proposed)).filter_map(|one| one.manager).collect();
        self.team = team;
        self
    }

    /// The same as it is asked who decides: whoever took one of these parts cannot be the manager who is meant, so another manager is.
    #[must_use]
    pub(in crate::rules) fn free_of(&self, never: &[Part]) -> Cow<'_, Self> {
        let barred = |id: StaffId| never.iter().any(|part| self.took(id, *part));
        if !self.team.iter().any(|one| barred(one.id)) && !self.proposers_managers.iter().any(|id| barred(*id)) {
            return Cow::Borrowed(self);
        }
        let team = self.team.iter().filter(|one| !barred(one.id)).cloned().collect();
        let proposers_managers = self.proposers_managers.iter().copied().filter(|id| !barred(*id)).collect();
        Cow::Owned(Self { team, proposers_managers, ..self.clone() })
    }

    /// The same as it is asked who gives a view: a line manager who made the proposal has said theirs in it, so another manager is heard.
    #[must_use]
    pub(super) fn for_views(&self) -> Cow<'_, Self> {
        let proposed = |id: &StaffId| self.took(*id, Part::Proposed);
        if !self.line_managers.iter().any(proposed) {
            return Cow::Borrowed(self);
        }
        let line_managers = self.line_managers.iter().copied().filter(|id| !proposed(id)).collect();
        Cow::Owned(Self { line_managers, ..self.clone() })
    }

    /// Whether it was authorised by one of those meant.
    pub fn was_authorised_by(&self, who: &Who) -> bool {
        match who {
            Who::Role(key) => self.authorised_as.contains(key),
            Who::InCase(one) => self.authorised_as.contains(one.key()),
            Who::AnyOf(any) => any.iter().any(|who| self.was_authorised_by(who)),
        }
    }

    /// Whether somebody took this part.
    pub fn took(&self, person: StaffId, part: Part) -> bool {
        self.took.contains(&(person, part))
    }

    /// Every part somebody took.
    pub fn parts_of(&self, person: StaffId) -> impl Iterator<Item = Part> {
        self.took.iter().filter(move |(who, _)| *who == person).map(|(_, part)| *part)
    }

    /// Whether somebody is one of those meant, before independence is asked. Where a body is meant, that is its clerk, who records what it
    /// decided.
    pub fn holds(&self, policy: &Policy, who: &Who, person: &Person) -> bool {
        match who {
            Who::Role(key) => person.roles.contains(key) || policy.body(key).is_some_and(|body| self.holds(policy, &body.clerk, person)),
            Who::AnyOf(any) => any.iter().any(|who| self.holds(policy, who, person)),
            Who::InCase(one) => self.stands_as(policy, *one, person),
        }
    }

    /// Whoever was affected too cannot stand for themselves, nor can whoever proposed it be their own line manager; then any manager may.
    fn stands_as(&self, policy: &Policy, who: Relative, person: &Person) -> bool {
        let manages = |one: &&Person| matches!(one.reach(policy), Some(Reach::Manager | Reach::Head | Reach::Director));
        let meant: Vec<StaffId> = match who {
            Relative::AffectedPersonsLineManager => self.line_managers.iter().copied().collect(),
            Relative::ProposersLineManager => {
                self.proposers_managers.iter().copied().filter(|id| !self.took(*id, Part::Proposed)).collect()
            }
            Relative::RelevantManager => self.team.iter().filter(manages).map(|one| one.id).collect(),
        };
        let may = |id: StaffId| !self.took(id, Part::Affected);
        let mut standing = meant.into_iter().filter(|id| may(*id)).peekable();
        if standing.peek().is_some() {
            return standing.any(|id| id == person.id);
        }
        let is_other = who != Relative::ProposersLineManager || !self.took(person.id, Part::Proposed);
        person.reach(policy) == Some(Reach::Manager) && may(person.id) && is_other
    }
}
