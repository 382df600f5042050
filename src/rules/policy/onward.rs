//! Where a customer can go next, and how long records are kept.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Sourced;
use crate::rules::days::{Length, Nation};

/// The ombudsman, and the landlord's own complaints door.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Onward {
    /// Whose bank holidays count.
    pub nation: Sourced<Nation>,
    pub ombudsman: Sourced<Contact>,
    pub complaints: Sourced<Contact>,
}

/// How to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub web: Option<String>,
    pub post: Option<String>,
}

/// How long records are kept after their case is closed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Retention {
    pub incidents: Sourced<Length>,
    pub warnings: Sourced<Length>,
    pub restrictions: Sourced<Length>,
}
