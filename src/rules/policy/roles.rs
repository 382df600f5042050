//! The landlord's own posts, and how far each reaches.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::bodies::Body;
use super::source::Source;
use crate::rules::label::labels;

labels! {
    /// How far a post reaches: which pages a person may open.
    pub enum Reach {
        Frontline "frontline" "Frontline staff",
        Manager "manager" "Manager",
        Head "head" "Head of service",
        Director "director" "Director",
        PolicyOwner "policy-owner" "Policy owner",
        Administrator "administrator" "Administrator",
    }
}

impl Reach {
    /// How senior it is, for asking which of two rules is the stricter.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Administrator => 0,
            Self::Frontline => 1,
            Self::Manager | Self::PolicyOwner => 2,
            Self::Head => 3,
            Self::Director => 4,
        }
    }
}

/// One post, with the landlord's own title.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Role {
    /// The landlord's own title: "Service Manager".
    pub title: String,
    /// How far it reaches: which pages its holders may open, and who counts as more senior. "frontline" looks up, logs and warns on the
    /// phone; "manager" decides on incidents, proposes and reviews; "head" and "director" the same, and are above them; "policy-owner"
    /// keeps the policy and the register; "administrator" keeps the accounts. It gives nobody a decision: that is what the rest of this pack
    /// says of the post.
    pub reach: Reach,
    /// One person holds it: "the Director of Communities", not "a Director".
    #[serde(default)]
    pub single: bool,
    /// Other titles the policy uses for the same post.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub source: Source,
}

/// Every post of the landlord, by its key. At least one must reach as far as `frontline`, `manager`, `policy-owner` and `administrator`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Roles {
    posts: BTreeMap<String, Role>,
    /// The bodies they sit on: one can stand wherever a role can.
    #[serde(skip)]
    bodies: Vec<Body>,
}

impl Roles {
    /// The role with this key.
    pub fn get(&self, key: &str) -> Option<&Role> {
        self.posts.get(key)
    }

    /// The role with this key, to be changed by a test.
    #[cfg(test)]
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Role> {
        self.posts.get_mut(key)
    }

    /// Lets these bodies stand wherever a role can.
    pub(super) fn seat(&mut self, bodies: &[Body]) {
        self.bodies = bodies.to_vec();
    }

    /// The body with this key.
    pub fn body(&self, key: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.key == key)
    }

    /// All of them, with their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Role)> {
        self.posts.iter().map(|(key, role)| (key.as_str(), role))
    }

    /// The landlord's title for a role or a body, or the key where the pack has none.
    pub fn title<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).map(|role| &role.title).or_else(|| self.body(key).map(|body| &body.title)).map_or(key, |title| title)
    }

    /// With its article: "a Head of Service", "the Director of Communities".
    pub fn a(&self, key: &str) -> String {
        let title = self.title(key);
        let article = match self.get(key) {
            Some(role) if role.single => "the",
            None if self.body(key).is_some() => "the",
            _ if title.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']) => "an",
            _ => "a",
        };
        format!("{article} {title}")
    }

    /// The furthest any of these role keys reaches; `None` where the pack knows none of them.
    pub fn reach_of<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Option<Reach> {
        keys.into_iter().filter_map(|key| self.get(key)).map(|role| role.reach).max_by_key(|reach| reach.rank())
    }
}
