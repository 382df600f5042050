//! Parts of the landlord's work in which details of the policy differ: supported housing, leasehold.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Table;

use super::source::Source;

/// A part of the landlord's work in which details of the policy differ.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its short name, which the records of its customers keep.
    pub key: String,
    /// What people read: "Supported housing".
    pub title: String,
    /// What of the rest of this pack does not hold here, each by its place: "ladder.steps.talk", "terms.renewals". What `instead` says of a
    /// place named here is then all that holds.
    #[serde(default)]
    pub without: Vec<String>,
    /// What holds here instead: any keys of the rest of this pack, under [areas.instead.terms] and the like. A table, and a list whose
    /// entries have a `key`, is laid over what everybody has, key by key; a value with a source and any other list takes the whole place.
    #[serde(default)]
    pub instead: Overlay,
    pub source: Source,
}

/// A part of a pack, laid over the whole of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Overlay(Table);

/// Only a number with a point in it can differ from itself, and no value of a pack is one.
impl Eq for Overlay {}

impl JsonSchema for Overlay {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Overlay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "x-overlay": true })
    }
}
