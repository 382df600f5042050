//! The shape of a pack, derived from its types: every key, whether it is needed, what it means and an example.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::written::Written;
use crate::rules::policy::{LetterKind, LetterPart, Policy};

/// What may stand in one place of a pack.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules::policy) enum Shape {
    /// A table with known keys.
    Table(Vec<Field>),
    /// A table whose keys the landlord chooses.
    Named(Box<Shape>),
    List(Box<Shape>),
    Words,
    Number {
        least: i64,
        most: i64,
    },
    YesOrNo,
    /// One of these words, each with what people read.
    OneOf(Vec<(String, String)>),
    Written(Written),
    /// A value with where it comes from.
    Sourced(Box<Shape>),
    /// Where a whole table comes from.
    Source,
    /// A part of a pack, laid over the whole of it.
    Overlay,
}

/// One key of a table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules::policy) struct Field {
    pub key: String,
    pub is_needed: bool,
    /// What it means, from the documentation of the type.
    pub about: String,
    pub shape: Shape,
    /// What an example of it is, where the shape alone gives none.
    pub example: Option<Value>,
    /// The list of the pack its words must be found in: "roles", "ladder.steps".
    pub names: Option<String>,
    pub may_be_empty: bool,
}

/// The shape of a whole pack.
pub(in crate::rules::policy) static PACK: LazyLock<Shape> = LazyLock::new(|| shape_of(&json()));

/// The same as a JSON Schema, for editors.
pub(in crate::rules::policy) fn json() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<Policy>().to_value()
}

fn shape_of(schema: &Value) -> Shape {
    let schema = without_null(schema);
    let word = |key: &str| schema.get(key).and_then(Value::as_str);
    if let Some(written) = word("x-written").and_then(Written::from_key) {
        return Shape::Written(written);
    }
    if schema.get("x-source").is_some() {
        return Shape::Source;
    }
    if schema.get("x-overlay").is_some() {
        return Shape::Overlay;
    }
    if let Some(value) = schema.get("x-sourced") {
        return Shape::Sourced(Box::new(shape_of(value)));
    }
    if let Some(titles) = schema.get("x-titles").and_then(Value::as_object) {
        return Shape::OneOf(titles.iter().map(|(key, title)| (key.clone(), title.as_str().unwrap_or(key).to_owned())).collect());
    }
    match (type_of(schema), schema.get("properties"), schema.get("additionalProperties")) {
        ("object", Some(Value::Object(fields)), _) => Shape::Table(fields_of(schema, fields)),
        ("object", None, Some(one)) => Shape::Named(Box::new(shape_of(one))),
        ("array", ..) => Shape::List(Box::new(shape_of(schema.get("items").unwrap_or(&Value::Null)))),
        ("boolean", ..) => Shape::YesOrNo,
        ("integer", ..) => {
            let bound = |key: &str, otherwise| schema.get(key).and_then(Value::as_f64).map_or(otherwise, |number| number as i64);
            Shape::Number { least: bound("minimum", 0), most: bound("maximum", i64::from(u16::MAX)) }
        }
        _ => Shape::Words,
    }
}

fn fields_of(schema: &Value, fields: &Map<String, Value>) -> Vec<Field> {
    let needed: Vec<&str> = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    fields
        .iter()
        .map(|(key, schema)| (key, schema, shape_of(schema)))
        .map(|(key, schema, shape)| Field {
            key: key.clone(),
            is_needed: needed.contains(&key.as_str()),
            about: about(schema, &shape),
            shape: only_its_parts(schema, shape),
            example: schema.get("examples").and_then(|all| all.get(0)).cloned(),
            names: schema.get("x-names").and_then(Value::as_str).map(str::to_owned),
            may_be_empty: schema.get("x-may-be-empty").is_some(),
        })
        .collect()
}

fn about(schema: &Value, shape: &Shape) -> String {
    match (schema.get("description").and_then(Value::as_str), shape) {
        (Some(words), _) => words.replace('\n', " "),
        (None, Shape::Source) => "Where this comes from.".into(),
        (None, _) => String::new(),
    }
}

/// The parts of a letter, without those that letter has nothing to say under.
fn only_its_parts(schema: &Value, shape: Shape) -> Shape {
    let Some(letter) = schema.get("x-letter").and_then(Value::as_str).and_then(LetterKind::from_key) else { return shape };
    let may_have = |key: &str| LetterPart::from_key(key).is_some_and(|part| letter.may_have(part));
    match shape {
        Shape::List(of) => Shape::List(Box::new(only_its_parts(schema, *of))),
        Shape::Sourced(of) => Shape::Sourced(Box::new(only_its_parts(schema, *of))),
        Shape::OneOf(words) => Shape::OneOf(words.into_iter().filter(|(key, _)| may_have(key)).collect()),
        other => other,
    }
}

/// A value that may be left out is drawn as "this or null"; a pack has no null.
fn without_null(schema: &Value) -> &Value {
    let either = schema.get("anyOf").and_then(Value::as_array);
    either.and_then(|any| any.iter().find(|one| type_of(one) != "null")).unwrap_or(schema)
}

fn type_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(one)) => one,
        Some(Value::Array(any)) => any.iter().filter_map(Value::as_str).find(|one| *one != "null").unwrap_or_default(),
        _ => "",
    }
}

impl Shape {
    /// What may stand here, at the end of "This must be …".
    pub(super) fn what(&self) -> String {
        match self {
            Self::Table(_) | Self::Named(_) => "a table".into(),
            Self::List(of) => format!("a list, each item {}", of.what()),
            Self::Words => "words in quotation marks".into(),
            Self::Number { least, most } => format!("a whole number from {least} to {most}"),
            Self::YesOrNo => "true or false".into(),
            Self::OneOf(words) => {
                let keys: Vec<String> = words.iter().map(|(key, _)| format!("\"{key}\"")).collect();
                format!("one of {}", keys.join(", "))
            }
            Self::Written(written) => written.how().into(),
            Self::Sourced(of) => format!("{{ value = …, stated = \"clause\" }}, where the value is {}", of.what()),
            Self::Overlay => "a part of a pack".into(),
            Self::Source => "where it comes from: { stated = \"clause\" }".into(),
        }
    }
}
