//! Whose behaviour the policy is about, who is to be kept safe, and the channels it covers.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use crate::rules::measure::{Channel, Purpose};

/// Whose behaviour, who is kept safe, by which channels.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct People {
    /// Whose behaviour the policy is about.
    pub subjects: Vec<Subject>,
    /// Who is to be kept safe.
    pub affected: Vec<Kind>,
    /// The channels the policy covers: those that staff choose from, and that a restriction may close. Name "online" where customers write
    /// to you through an account, an app or a form on a website, and "chat" where they use a web chat, WhatsApp or another messaging
    /// service. Nobody is shown one that is not named.
    pub channels: Sourced<Vec<Channel>>,
    /// Whether several people may be dealt with together, each with a decision of their own.
    pub groups: Sourced<bool>,
}

/// One kind of person whose behaviour the policy is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Subject {
    /// Its short name.
    pub key: String,
    /// What people read: "Leaseholder".
    pub title: String,
    /// What the landlord owes such a person whatever they do: purposes that stay open for them besides those open for everybody.
    #[serde(default)]
    pub duties: Vec<Purpose>,
    /// Acts for named customers: whoever proposes a restriction names those it is about in its terms, in words. Others they act for are not
    /// touched by it.
    #[serde(default)]
    pub in_respect_of: bool,
    pub source: Source,
}

/// One kind of person.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its short name.
    pub key: String,
    /// What people read: "Member of staff".
    pub title: String,
    pub source: Source,
}

impl People {
    /// The kind of person affected with this key.
    pub fn affected(&self, key: &str) -> Option<&Kind> {
        self.affected.iter().find(|kind| kind.key == key)
    }

    /// The kind of subject with this key.
    pub fn subject(&self, key: &str) -> Option<&Subject> {
        self.subjects.iter().find(|kind| kind.key == key)
    }
}
