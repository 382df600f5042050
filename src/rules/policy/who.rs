//! Who may do something: a post, any of several, or the line manager of the person affected.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor, value::SeqAccessDeserializer};

use super::format::written::{Written, written};
use super::roles::{Reach, Roles};
use crate::rules::say;

/// Who may do something, before independence is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever holds the role with this key; or the body with it, which decides in a meeting.
    Role(String),
    /// The line manager of the person affected; any manager where that person has none here.
    AffectedPersonsLineManager,
    AnyOf(Vec<Who>),
}

/// How a pack writes the relative role.
pub const LINE_MANAGER: &str = "affected-persons-line-manager";

/// Every word that names somebody by their place in the case, not by a role.
pub(super) const RELATIVE: [&str; 1] = [LINE_MANAGER];

written!(Who, Written::Who);

impl Who {
    /// In the middle of a sentence: "a Head of Service or a Director".
    pub fn say(&self, roles: &Roles) -> String {
        match self {
            Self::Role(key) => roles.a(key),
            Self::AffectedPersonsLineManager => "the line manager of the person affected".into(),
            Self::AnyOf(any) => {
                let any: Vec<_> = any.iter().map(|who| who.say(roles)).collect();
                say::either(&any)
            }
        }
    }

    /// So many different people, in the middle of a sentence: "two Directors", "three people, each a Head of Service or a Director".
    pub fn several(&self, count: u8, roles: &Roles) -> String {
        match self {
            Self::Role(key) if roles.body(key).is_none() => {
                say::inside(&say::count_first(count, roles.title(key), &say::plural(roles.title(key))))
            }
            _ => format!("{}, each {}", say::inside(&say::count_first(count, "person", "people")), self.say(roles)),
        }
    }

    /// The lowest reach that satisfies it: how strict it is.
    pub fn reach(&self, roles: &Roles) -> Reach {
        match self {
            Self::Role(key) => match (roles.get(key), roles.body(key)) {
                (Some(role), _) => role.reach,
                // Members may be people who open no pages of ours; whoever records for them does.
                (None, Some(body)) => std::cmp::max_by_key(body.members.reach(roles), body.clerk.reach(roles), |reach| reach.rank()),
                (None, None) => Reach::Frontline,
            },
            Self::AffectedPersonsLineManager => Reach::Manager,
            Self::AnyOf(any) => any.iter().map(|who| who.reach(roles)).min_by_key(|reach| reach.rank()).unwrap_or(Reach::Frontline),
        }
    }

    /// Every role key it names.
    pub fn role_keys(&self) -> Vec<&str> {
        match self {
            Self::Role(key) => vec![key],
            Self::AffectedPersonsLineManager => Vec::new(),
            Self::AnyOf(any) => any.iter().flat_map(Self::role_keys).collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Who;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key of a role, \"{LINE_MANAGER}\", or a list of these")
    }

    fn visit_str<E>(self, word: &str) -> Result<Who, E> {
        Ok(match word {
            LINE_MANAGER => Who::AffectedPersonsLineManager,
            key => Who::Role(key.to_owned()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Who, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Who::AnyOf)
    }
}
