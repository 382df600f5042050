//! Bodies that decide together: a panel, a committee, with its meeting, its quorum and its minute.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Source;
use super::who::Who;
use crate::rules::days::Length;

/// A panel or committee that decides in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its short name; it can stand wherever a role can.
    pub key: String,
    /// The landlord's name for it: "Case Panel".
    pub title: String,
    /// Who may sit on it.
    pub members: Who,
    /// How many seats it has.
    #[schemars(range(min = 1))]
    pub seats: u8,
    /// How many members must have sat for a decision to stand.
    pub quorum: u8,
    /// How often it meets.
    pub meets: Option<Length>,
    /// Who records what it decided: the day, who sat, the reference of the minute.
    pub clerk: Who,
    pub source: Source,
}
