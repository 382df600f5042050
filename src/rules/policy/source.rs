//! Where each value of a policy comes from: the policy itself, the product's default, or a reading somebody chose.

use std::borrow::Cow;
use std::ops::Deref;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::when;
use crate::rules::say;

/// Where a value comes from. Letters and reports never claim a policy says what it does not say.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub enum Source {
    /// The policy says so, in this clause.
    Stated { clause: String },
    /// The policy is silent; the product's default applies, for this reason.
    Default { why: String },
    /// The policy is unclear or contradicts itself; this reading was chosen, by whom, on which day.
    Interpretation { reading: String, by: String, on: NaiveDate },
}

impl Source {
    /// The clause to quote, where the policy really says it.
    pub fn clause(&self) -> Option<&str> {
        match self {
            Self::Stated { clause } => Some(clause),
            Self::Default { .. } | Self::Interpretation { .. } => None,
        }
    }

    /// One sentence for the page that shows the policy.
    pub fn say(&self) -> String {
        match self {
            Self::Stated { clause } => format!("Stated in the policy, {clause}."),
            Self::Default { why } if why.starts_with("The policy does not say") => why.clone(),
            Self::Default { why } => format!("The policy does not say. {why}"),
            Self::Interpretation { reading, by, on } => {
                format!("{reading} Reading chosen by {by} on {}.", say::day(*on))
            }
        }
    }
}

/// A value of the policy, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenValue<T>")]
pub struct Sourced<T> {
    pub value: T,
    pub source: Source,
}

impl<T> Deref for Sourced<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl JsonSchema for Source {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Source".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "x-source": true })
    }
}

impl<T: JsonSchema> JsonSchema for Sourced<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Sourced{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "x-sourced": value })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    stated: Option<String>,
    default: Option<String>,
    interpretation: Option<String>,
    by: Option<String>,
    #[serde(default, deserialize_with = "when::maybe_day")]
    on: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenValue<T> {
    value: T,
    stated: Option<String>,
    default: Option<String>,
    interpretation: Option<String>,
    by: Option<String>,
    #[serde(default, deserialize_with = "when::maybe_day")]
    on: Option<NaiveDate>,
}

impl TryFrom<Written> for Source {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { stated, default, interpretation, by, on } = written;
        match (stated, default, interpretation, by, on) {
            (Some(clause), None, None, None, None) => Ok(Self::Stated { clause }),
            (None, Some(why), None, None, None) => Ok(Self::Default { why }),
            (None, None, Some(reading), Some(by), Some(on)) => Ok(Self::Interpretation { reading, by, on }),
            (None, None, Some(_), ..) => Err("a reading needs `by`, the person who chose it, and `on`, the day they chose it"),
            _ => Err(
                "say where this comes from with one of `stated = \"clause\"`, `default = \"why\"` or `interpretation = \"reading\"` with `by` and `on`",
            ),
        }
    }
}

impl<T> TryFrom<WrittenValue<T>> for Sourced<T> {
    type Error = &'static str;

    fn try_from(written: WrittenValue<T>) -> Result<Self, Self::Error> {
        let WrittenValue { value, stated, default, interpretation, by, on } = written;
        let source = Source::try_from(Written { stated, default, interpretation, by, on })?;
        Ok(Self { value, source })
    }
}
