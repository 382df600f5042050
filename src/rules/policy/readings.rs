//! What the policy leaves unclear, or says in two ways; and the reading the landlord chose.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::format::written::{Written, written};
use super::when;

/// One thing the policy leaves unclear or says in two ways.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Its short name.
    pub key: String,
    /// The clauses that contradict each other, or that are not clear.
    pub clauses: Vec<String>,
    /// What is contradictory or unclear.
    pub says: String,
    /// The reading chosen, which this pack follows.
    pub reading: String,
    /// The place in the pack to change for another reading: "authority.rules".
    pub place: String,
    /// Who chose it.
    pub by: String,
    /// The day they chose it.
    pub on: Day,
}

/// A whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Day(#[serde(deserialize_with = "when::day")] pub NaiveDate);

written!(Day, Written::Day);
