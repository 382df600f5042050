//! Who may do something: a post, any of several, or somebody by their place in the case.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor, value::SeqAccessDeserializer};

use super::format::written::{Written, written};
use super::roles::{Reach, Roles};
use crate::rules::label::labels;
use crate::rules::say;

/// Who may do something, before independence is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever holds the role with this key; or the body with it, which decides in a meeting.
    Role(String),
    /// Somebody by their place in the case.
    InCase(Relative),
    AnyOf(Vec<Who>),
}

labels! {
    /// Somebody who holds no post by it: who they are follows from the case.
    pub enum Relative {
        /// Any manager where that person has none here, or where they were affected too.
        AffectedPersonsLineManager "affected-persons-line-manager" "the line manager of the person affected",
        /// Whoever holds a post of the reach manager, head or director in the team of the person affected; where that person is no colleague,
        /// or in no team, in the team of whoever reported it. Any manager where such a team has none who may.
        RelevantManager "relevant-manager" "the relevant manager",
        /// Any other manager where whoever proposed it has none here, or where they may not.
        ProposersLineManager "proposers-line-manager" "the line manager of whoever proposed it",
    }
}

/// How a pack writes the line manager of the person affected.
pub const LINE_MANAGER: &str = Relative::AffectedPersonsLineManager.key();

written!(Who, Written::Who);

impl Who {
    /// In the middle of a sentence: "a Head of Service or a Director".
    pub fn say(&self, roles: &Roles) -> String {
        match self {
            Self::Role(key) => roles.a(key),
            Self::InCase(one) => one.title().into(),
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
            Self::InCase(_) => Reach::Manager,
            Self::AnyOf(any) => any.iter().map(|who| who.reach(roles)).min_by_key(|reach| reach.rank()).unwrap_or(Reach::Frontline),
        }
    }

    /// Everybody it names by their place in the case.
    pub fn in_case(&self) -> Vec<Relative> {
        match self {
            Self::Role(_) => Vec::new(),
            Self::InCase(one) => vec![*one],
            Self::AnyOf(any) => any.iter().flat_map(Self::in_case).collect(),
        }
    }

    /// Every role key it names.
    pub fn role_keys(&self) -> Vec<&str> {
        match self {
            Self::Role(key) => vec![key],
            Self::InCase(_) => Vec::new(),
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
        let relative: Vec<String> = Relative::ALL.iter().map(|one| format!("\"{}\"", one.key())).collect();
        write!(f, "the key of a role, {}, or a list of these", relative.join(", "))
    }

    fn visit_str<E>(self, word: &str) -> Result<Who, E> {
        Ok(Relative::from_key(word).map_or_else(|| Who::Role(word.to_owned()), Who::InCase))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Who, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Who::AnyOf)
    }
}
