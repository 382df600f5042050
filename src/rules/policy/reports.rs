//! Reports on how the policy is used.

use schemars::JsonSchema;
use serde::Deserialize;

use super::behaviour::Severity;
use super::source::Source;
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;

/// One report.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Report {
    /// Its short name.
    pub key: String,
    /// The landlord's name for it.
    pub title: String,
    /// Whose cases it counts; everybody's where nothing is said.
    pub of: Option<Population>,
    /// What it counts.
    pub counts: Vec<Counted>,
    /// Whether it lists cases or only numbers.
    pub grain: Grain,
    /// A number smaller than this is not printed, so that nobody can be recognised; 0 prints all.
    #[serde(default)]
    pub hide_below: u8,
    /// The time it covers, and how often it is made.
    pub every: Length,
    /// Who reads it: "Operations Committee".
    pub audience: String,
    /// Where it comes in parts, a part for each what; left out, it is one.
    pub for_each: Option<InEach>,
    /// Who signs it off before it leaves; a report in parts, one of them from each part for their own.
    pub signed_off_by: Option<Who>,
    pub source: Source,
}

/// Whose cases a report counts. All that is said must be so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Population {
    /// People of any of these kinds.
    #[schemars(extend("x-names" = "people.subjects"))]
    pub subjects: Vec<String>,
    /// Behaviour of any of these kinds, or of a kind within one.
    #[schemars(extend("x-names" = "behaviour.categories"))]
    pub categories: Vec<String>,
    /// Behaviour at least as grave as this.
    pub from_severity: Option<Severity>,
}

labels! {
    /// What a report counts.
    pub enum Counted {
        Incidents "incidents" "Incidents",
        Warnings "warnings" "Warnings",
        Restrictions "restrictions" "Restrictions",
        Appeals "appeals" "Appeals",
        Reviews "reviews" "Reviews",
        Late "late" "What was late",
        Affected "affected" "Incidents for each person affected",
        Support "support" "Support offered and taken up",
        Lessons "lessons" "What was learnt",
        Equality "equality" "Protected characteristics of the people restricted",
    }
}

labels! {
    /// What a report has a part for each of.
    pub enum InEach {
        Team "team" "Team",
    }
}

labels! {
    /// How fine a report is.
    pub enum Grain {
        Case "case" "A line for each case, without names",
        Aggregate "aggregate" "Numbers only",
    }
}
