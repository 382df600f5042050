//! Bodies that decide together: a panel, a committee, with its meeting, its quorum and its minute.

use schemars::JsonSchema;
use serde::Deserialize;

use super::roles::Roles;
use super::source::Source;
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;
use crate::rules::say;

/// A panel or committee that decides in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Body {
    /// Its short name. It can stand where a role can: wherever something is decided (a proposal, an appeal, a late appeal, a request to look
    /// again, a review) its meeting is recorded. Only people take a step of the ladder.
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
    /// Who must be among those who sit: a meeting without so many of them does not count.
    #[serde(default)]
    pub make_up: Vec<MakeUp>,
    /// How many of those present must be for a proposal before it is approved. Where nothing is said nobody counts: the clerk records what
    /// the meeting decided.
    pub approves_by: Option<Share>,
    /// How often it meets.
    pub meets: Option<Length>,
    /// How long before it meets its members are given a case: a meeting sooner than that after the proposal was sent does not count.
    pub notice: Option<Length>,
    /// Who records what it decided: the day, who sat, the reference of the minute.
    pub clerk: Who,
    pub source: Source,
}

/// A part of those who sit: so many of a post.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeUp {
    /// Members of this post, or of any of these. Whoever holds several posts counts for each.
    pub of: Who,
    /// How many of them must sit.
    pub least: u8,
}

impl MakeUp {
    /// "at least two Tenant Members", "at least one Director or Head of Service".
    pub fn say(&self, roles: &Roles) -> String {
        match self.least {
            1 if matches!(self.of, Who::AnyOf(_)) => format!("at least {}", self.of.say(roles)),
            least => format!("at least {}", self.of.several(least, roles)),
        }
    }
}

impl Body {
    /// What must be among those who sit, for the middle of a sentence; nothing where the post of those who sit does not matter.
    pub fn made_up(&self, roles: &Roles) -> Option<String> {
        let parts: Vec<String> = self.make_up.iter().map(|part| part.say(roles)).collect();
        (!parts.is_empty()).then(|| say::list(&parts))
    }

    /// How many of so many present must be for it; nothing where votes are not counted.
    pub fn needed(&self, present: u8) -> Option<u8> {
        let present = u16::from(present);
        let needed = match self.approves_by? {
            Share::Majority => present / 2 + 1,
            Share::TwoThirds => (present * 2).div_ceil(3),
            Share::All => present,
        };
        u8::try_from(needed).ok()
    }
}

labels! {
    /// How many of those present must be for a proposal.
    pub enum Share {
        Majority "majority" "more than half of those present",
        TwoThirds "two-thirds" "two thirds of those present",
        All "all" "all of those present",
    }
}
