//! Who took which part in a case: what independence is computed from.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::rules::id::StaffId;
use crate::rules::policy::{LINE_MANAGER, Part, Policy, Reach, Who};

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
    /// The posts and bodies by which it was authorised.
    authorised_as: BTreeSet<String>,
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
            Who::AffectedPersonsLineManager => self.authorised_as.contains(LINE_MANAGER),
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
            Who::AffectedPersonsLineManager => self.stands_as_line_manager(policy, person),
        }
    }

    /// A line manager who was affected too cannot stand for themselves; then any manager may.
    fn stands_as_line_manager(&self, policy: &Policy, person: &Person) -> bool {
        let mut standing = self.line_managers.iter().filter(|id| !self.took(**id, Part::Affected)).peekable();
        if standing.peek().is_some() {
            return standing.any(|id| *id == person.id);
        }
        person.reach(policy) == Some(Reach::Manager) && !self.took(person.id, Part::Affected)
    }
}
