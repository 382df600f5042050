//! Safety markers: what staff must know before they visit or meet, kept apart from restrictions and from needs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::behaviour::Severity;
use super::limit::Limit;
use super::source::Source;
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;

/// One kind of safety marker.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Marker {
    /// Its short name.
    pub key: String,
    /// What staff read: "Visit in pairs".
    pub title: String,
    /// What staff are to do: the instruction, without the reason.
    pub instruction: String,
    /// Whose it is.
    pub rests_on: RestsOn,
    /// Who may set it.
    pub set_by: Who,
    /// It may be set at once for a short time, until it is confirmed; how long that may be.
    pub provisional: Option<Length>,
    /// Whether the customer is told.
    pub told: Told,
    /// Why they are told, or are not.
    pub told_because: Option<String>,
    /// How often it is looked at again.
    pub review_every: Length,
    /// How long it is kept, by how grave the behaviour was.
    #[serde(default)]
    pub kept: Vec<Kept>,
    /// What each audience sees of it; only the instruction where an audience is not named.
    #[serde(default)]
    pub seen: Vec<Seen>,
    pub source: Source,
}

/// How long a record of some severity is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// How grave the behaviour was.
    pub severity: Severity,
    /// The shortest.
    pub least: Length,
    /// The longest, or "none".
    pub most: Limit,
}

/// What one audience sees of a marker.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Who looks.
    pub by: Audience,
    /// What they see.
    pub what: View,
}

labels! {
    /// What a marker rests on.
    pub enum RestsOn {
        Person "person" "A person",
        Household "household" "A household",
        Property "property" "An address",
    }
}

labels! {
    /// Whether the customer is told of a marker.
    pub enum Told {
        Always "always" "Always",
        /// Not where telling would put somebody at risk; the reason is written down.
        UnlessRisky "unless-risky" "Unless telling would put somebody at risk",
        No "no" "Not told",
    }
}

labels! {
    /// Who looks at a marker.
    pub enum Audience {
        Frontline "frontline" "Frontline staff",
        Managers "managers" "Managers",
        Contractors "contractors" "Contractors",
    }
}

labels! {
    /// What somebody sees of a marker.
    pub enum View {
        Everything "everything" "Everything",
        Instruction "instruction" "What to do, without the reason",
        AskTeam "ask-team" "That there is something, and which team to ask",
    }
}
