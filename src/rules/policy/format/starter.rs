//! The documented format: a whole pack of an invented landlord with every key explained, which is itself a pack without fault.

use std::fmt::Write;

use toml::{Table, Value};

use super::shape::{Field, PACK, Shape};
use super::written::Written;

/// An example of a shape, without the keys that may be left out.
pub(super) fn example(shape: &Shape) -> Value {
    match shape {
        Shape::Table(fields) => {
            let needed = fields.iter().filter(|field| field.is_needed);
            Value::Table(needed.map(|field| (field.key.clone(), example_of(field))).collect())
        }
        Shape::Named(one) => Value::Table(Table::from_iter([("example".to_owned(), example(one))])),
        Shape::List(of) => Value::Array(vec![example(of)]),
        Shape::Words => Value::String("words".into()),
        Shape::Number { least, .. } => Value::Integer((*least).max(1)),
        Shape::YesOrNo => Value::Boolean(true),
        Shape::OneOf(words) => Value::String(words.first().map_or_else(String::new, |(key, _)| key.clone())),
        Shape::Written(written) => written_example(*written),
        Shape::Sourced(of) => sourced(example(of)),
        Shape::Source => Value::Table(Table::from_iter([("stated".to_owned(), Value::String("4.2".into()))])),
    }
}

/// The example of one key.
pub(super) fn example_of(field: &Field) -> Value {
    let Some(given) = field.example.as_ref().and_then(|json| Value::try_from(json).ok()) else {
        return example(&field.shape);
    };
    match &field.shape {
        Shape::Sourced(_) if given.get("value").is_none() => sourced(given),
        _ => given,
    }
}

fn sourced(value: Value) -> Value {
    Value::Table(Table::from_iter([("value".to_owned(), value), ("stated".to_owned(), Value::String("4.2".into()))]))
}

fn written_example(written: Written) -> Value {
    let table: Table = format!("x = {}", written.example()).parse().unwrap_or_default();
    table.get("x").cloned().unwrap_or_else(|| Value::Array(Vec::new()))
}

const INTRODUCTION: &str = "\
# The format of a policy pack, with an example for every key.
#
# This is itself a whole pack, of a landlord that does not exist: copy it, change it with your policy beside you, and run
# `evenhand policy check FILE`, which says every fault at once. A line that begins with \"#\" is for people and is not read.
# A key written after \"#:\" may be left out; take the \"#:\" away to use it.
#
# Where a value comes from. Most values are written { value = …, stated = \"4.2\" }, and say one of three things:
#   stated = \"4.2\"                      the policy says so, in this clause
#   default = \"why\"                     the policy is silent, and this is what you do all the same
#   interpretation = \"the reading\",     the policy is unclear; this reading was chosen,
#     by = \"who\", on = 2026-11-21         by this person on this day
# A table that has no value of its own says the same with source = { stated = \"4.2\" }.
#
# A length is a number and a unit: days, working days, weeks, months or years. A last day is counted with, to its end.
# A `key` is a short name that other parts of the pack refer to: small letters and hyphens. It must stay the same from version to
# version; the `title` beside it is what people read, and may change.
# Who may do something is the key of a role, of a body, or one of these words, or a list where any of them may:
#   \"affected-persons-line-manager\"     the line manager of the person affected by the behaviour
";

/// The documented format, as a pack.
pub(in crate::rules::policy) fn text() -> String {
    let Shape::Table(chapters) = &*PACK else { return String::new() };
    let mut out = INTRODUCTION.to_owned();
    for chapter in chapters {
        let _ = write!(out, "\n\n# {}\n{}\n", "-".repeat(100), comment(&chapter.about));
        block(&mut out, &chapter.key, chapter, Some(&example_of(chapter)));
    }
    out
}

/// A key that gets a heading of its own: a large table, or a list of them.
fn block(out: &mut String, path: &str, field: &Field, example: Option<&Value>) {
    match (&field.shape, example) {
        (Shape::Table(fields), value) => {
            let _ = writeln!(out, "[{path}]");
            body(out, path, fields, value);
        }
        (Shape::Named(one), value) => {
            if let Shape::Table(fields) = &**one {
                explain_inner(out, fields, 1);
            }
            let _ = writeln!(out, "[{path}]");
            for (key, value) in value.and_then(Value::as_table).into_iter().flatten() {
                let _ = writeln!(out, "{key} = {}", inline(value));
            }
        }
        (Shape::List(of), Some(Value::Array(items))) => {
            let Shape::Table(fields) = &**of else { return };
            for (index, item) in items.iter().enumerate() {
                let _ = writeln!(out, "[[{path}]]");
                if index == 0 {
                    body(out, path, fields, Some(item));
                } else {
                    plain(out, fields, item);
                    out.push('\n');
                }
            }
        }
        _ => {}
    }
}

fn body(out: &mut String, path: &str, fields: &[Field], example: Option<&Value>) {
    let given = |field: &Field| example.and_then(|value| value.get(&field.key)).cloned();
    let (blocks, lines): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| is_block(path, field));
    for field in lines {
        explain(out, field);
        match given(field).or_else(|| field.is_needed.then(|| example_of(field))) {
            Some(value) => {
                let _ = writeln!(out, "{} = {}", field.key, inline(&value));
            }
            None => {
                let value = example_of(field);
                let _ = writeln!(out, "#: {} = {}", field.key, inline(&value).replace('\n', "\n#: "));
            }
        }
    }
    for field in blocks {
        let value = given(field).unwrap_or_else(|| example_of(field));
        let _ = write!(out, "\n{}\n", comment(&field.about));
        block(out, &format!("{path}.{}", field.key), field, Some(&value));
    }
}

/// A later item of a list: what the first one explained is not explained again.
fn plain(out: &mut String, fields: &[Field], item: &Value) {
    for field in fields {
        if let Some(value) = item.get(&field.key) {
            let _ = writeln!(out, "{} = {}", field.key, inline(value));
        }
    }
}

/// Whether a key is written under a heading of its own.
fn is_block(path: &str, field: &Field) -> bool {
    let large = |shape: &Shape| matches!(shape, Shape::Table(fields) if fields.len() >= 5);
    !path.contains('.')
        && match &field.shape {
            Shape::List(of) => large(of),
            shape => large(shape),
        }
}

fn explain(out: &mut String, field: &Field) {
    let needed = if field.is_needed { "" } else { "May be left out. " };
    let what = described(&field.shape);
    let _ = writeln!(out, "{}", comment(&format!("{} {needed}{what}", field.about)));
    if let Shape::Table(fields) = innermost(&field.shape) {
        explain_inner(out, fields, 1);
    }
}

fn explain_inner(out: &mut String, fields: &[Field], depth: usize) {
    let indent = "  ".repeat(depth);
    for field in fields {
        let needed = if field.is_needed { "" } else { "May be left out. " };
        let example = inline(&example_of(field)).replace('\n', " ");
        let text = format!("{}: {} {needed}{} Example: {example}", field.key, field.about, described(&field.shape));
        out.push_str(&comment(&text).replace("# ", &format!("# {indent}")));
        out.push('\n');
        if let Shape::Table(inner) = innermost(&field.shape) {
            explain_inner(out, inner, depth + 1);
        }
    }
}

fn innermost(shape: &Shape) -> &Shape {
    match shape {
        Shape::Sourced(of) | Shape::List(of) => innermost(of),
        other => other,
    }
}

/// What may stand here, as a sentence for somebody who has never written a pack.
fn described(shape: &Shape) -> String {
    match shape {
        Shape::Sourced(of) => described(of),
        Shape::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|(key, title)| format!("\"{key}\" ({title})")).collect();
            format!("One of: {}.", words.join("; "))
        }
        Shape::List(of) => match &**of {
            Shape::Table(_) => "A list of tables with these keys:".into(),
            of => format!("A list. {}", described(of)),
        },
        Shape::Written(Written::Length) => "A length.".into(),
        Shape::Written(Written::Limit) => "A length, or \"none\".".into(),
        Shape::Written(Written::Who) => "Who may.".into(),
        Shape::Written(written) => format!("Written as {}.", written.how()),
        Shape::Number { least, most } => format!("A whole number from {least} to {most}."),
        Shape::YesOrNo => "true or false.".into(),
        Shape::Table(_) => "A table with these keys:".into(),
        Shape::Words | Shape::Named(_) | Shape::Source => String::new(),
    }
}

/// A value on one line, or a list of tables on a line each.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::Array(items) if items.iter().any(Value::is_table) => {
            let items: Vec<String> = items.iter().map(|item| format!("  {},", inline(item))).collect();
            format!("[\n{}\n]", items.join("\n"))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let entries: Vec<String> = table.iter().map(|(key, value)| format!("{key} = {}", inline(value).replace('\n', " "))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// Words as comment lines of a width one can read.
fn comment(words: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in words.split_whitespace() {
        let last = lines.last_mut().map(|line| line.len()).unwrap_or_default();
        match lines.last_mut() {
            Some(line) if last + word.len() < 108 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!(" {word}")),
        }
    }
    lines.iter().map(|line| format!("#{line}")).collect::<Vec<_>>().join("\n")
}
