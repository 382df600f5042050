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
        Shape::Overlay => Value::Table(Table::new()),
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
# A length is a number and a unit: hours, days, working days, weeks, months or years. A last day is counted with, to its end; hours to the minute.
#   \"12 weeks\" from Friday 12 March ends on Friday 4 June;  \"3 months\" from 12 March ends on 12 June;
#   \"1 month\" from 31 January ends on the last day of February;  \"5 working days\" from Friday 12 March ends on Friday 19 March.
# A `key` is a short name that other parts of the pack refer to: small letters and hyphens. It must stay the same from version to
# version; the `title` beside it is what people read, and may change.
# Who may do something is the key of a role, of a body, or one of these words, or a list where any of them may:
#   \"affected-persons-line-manager\"     the line manager of the person affected by the behaviour
";

/// A whole pack of a landlord that does not exist, in which every key has its example.
const EXAMPLE: &str = include_str!("example.toml");

/// The documented format, as a pack.
pub(in crate::rules::policy) fn text() -> String {
    let Shape::Table(chapters) = &*PACK else { return String::new() };
    let pack: Table = EXAMPLE.parse().unwrap_or_default();
    let mut out = INTRODUCTION.to_owned();
    for chapter in chapters {
        let _ = write!(out, "\n\n# {}\n{}\n", "-".repeat(100), comment(&chapter.about));
        if let Some(example) = pack.get(&chapter.key) {
            block(&mut out, &chapter.key, chapter, example);
        }
    }
    out
}

/// A key that gets a heading of its own: a large table, or a list of them.
fn block(out: &mut String, path: &str, field: &Field, example: &Value) {
    match (&field.shape, example) {
        (Shape::Table(fields), example) => {
            let _ = writeln!(out, "[{path}]");
            body(out, path, fields, example, &[example]);
        }
        (Shape::Named(one), Value::Table(entries)) => {
            if let Shape::Table(fields) = &**one {
                explain_inner(out, fields, &entries.values().collect::<Vec<_>>(), 1);
            }
            let _ = writeln!(out, "[{path}]");
            for (key, value) in entries {
                let _ = writeln!(out, "{key} = {}", inline(value));
            }
        }
        (Shape::List(of), Value::Array(items)) => {
            let Shape::Table(fields) = &**of else { return };
            let all: Vec<&Value> = items.iter().collect();
            for (index, item) in items.iter().enumerate() {
                let _ = writeln!(out, "[[{path}]]");
                if index == 0 {
                    body(out, path, fields, item, &all);
                } else {
                    plain(out, fields, item);
                }
                out.push('\n');
            }
        }
        _ => {}
    }
}

/// The keys of one table, each explained. A key this table does not use is shown from another of its kind, set aside.
fn body(out: &mut String, path: &str, fields: &[Field], table: &Value, alike: &[&Value]) {
    let (blocks, lines): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| is_block(path, field));
    for field in lines {
        let samples = samples(field, alike);
        explain(out, field, &samples);
        match (table.get(&field.key), samples.first()) {
            (Some(value), _) => {
                let _ = writeln!(out, "{} = {}", field.key, inline(value));
            }
            (None, Some(other)) => {
                let _ = writeln!(out, "#: {} = {}", field.key, inline(other).replace('\n', "\n#: "));
            }
            (None, None) => {}
        }
    }
    for field in blocks {
        if let Some(value) = table.get(&field.key) {
            let _ = write!(out, "\n{}\n", comment(&field.about));
            block(out, &format!("{path}.{}", field.key), field, value);
        }
    }
}

/// What these tables have at one key.
fn samples<'a>(field: &Field, tables: &[&'a Value]) -> Vec<&'a Value> {
    tables.iter().filter_map(|table| table.get(&field.key)).collect()
}

/// The tables inside these values: the value of a sourced one, the items of a list.
fn tables<'a>(shape: &Shape, values: &[&'a Value]) -> Vec<&'a Value> {
    match shape {
        Shape::Sourced(of) => tables(of, &values.iter().filter_map(|value| value.get("value")).collect::<Vec<_>>()),
        Shape::List(of) => tables(of, &values.iter().filter_map(|value| value.as_array()).flatten().collect::<Vec<_>>()),
        Shape::Named(of) => tables(of, &values.iter().filter_map(|value| value.as_table()).flat_map(Table::values).collect::<Vec<_>>()),
        _ => values.to_vec(),
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

fn explain(out: &mut String, field: &Field, samples: &[&Value]) {
    let needed = if field.is_needed { "" } else { "May be left out. " };
    let what = described(&field.shape);
    let _ = writeln!(out, "{}", comment(&format!("{} {needed}{what}", field.about)));
    if let Shape::Table(fields) = innermost(&field.shape) {
        explain_inner(out, fields, &tables(&field.shape, samples), 1);
    }
}

fn explain_inner(out: &mut String, fields: &[Field], alike: &[&Value], depth: usize) {
    let indent = "  ".repeat(depth);
    for field in fields {
        let samples = samples(field, alike);
        let needed = if field.is_needed { "" } else { "May be left out. " };
        let example = samples.first().map(|value| inline(value).replace('\n', " ")).unwrap_or_default();
        let inner = innermost(&field.shape);
        let example = if matches!(inner, Shape::Table(_)) { String::new() } else { format!("For example: {example}") };
        let text = format!("{}: {} {needed}{} {example}", field.key, field.about, described(&field.shape));
        out.push_str(&comment(&text).replace("# ", &format!("# {indent}")));
        out.push('\n');
        if let Shape::Table(fields) = inner {
            explain_inner(out, fields, &tables(&field.shape, &samples), depth + 1);
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
        Shape::Words | Shape::Named(_) | Shape::Source | Shape::Overlay => String::new(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::{check, format};

    #[test]
    fn the_printed_format_is_itself_a_pack_without_fault() {
        let checked = check(&text());
        let faults: Vec<String> = checked.faults.iter().map(ToString::to_string).collect();
        assert!(checked.policy.is_some(), "{}", faults.join("\n"));
        assert_eq!(checked.policy, check(EXAMPLE).policy, "what is printed says the same as the example it is made from");
    }

    #[test]
    fn every_key_has_an_example_and_a_word_about_what_it_means() {
        let pack: Value = Value::Table(EXAMPLE.parse().unwrap());
        let mut lacking = Vec::new();
        look(&PACK, &[&pack], "", &mut lacking);
        assert!(lacking.is_empty(), "{}", lacking.join("\n"));
    }

    fn look(shape: &Shape, values: &[&Value], place: &str, lacking: &mut Vec<String>) {
        let Shape::Table(fields) = innermost_or_named(shape) else { return };
        let alike = tables(shape, values);
        for field in fields {
            let at = format!("{place}.{}", field.key);
            let samples = samples(field, &alike);
            if samples.is_empty() {
                lacking.push(format!("{at} has no example"));
            } else {
                look(&field.shape, &samples, &at, lacking);
            }
            if field.about.trim().is_empty() && field.shape != Shape::Source {
                lacking.push(format!("{at} is not explained"));
            }
        }
    }

    fn innermost_or_named(shape: &Shape) -> &Shape {
        match shape {
            Shape::Sourced(of) | Shape::List(of) | Shape::Named(of) => innermost_or_named(of),
            other => other,
        }
    }

    #[test]
    fn every_key_is_printed() {
        let printed = text();
        let mut keys = Vec::new();
        gather(&PACK, &mut keys);
        assert!(keys.len() > 200, "{}", keys.len());
        for key in keys {
            assert!(
                printed.contains(&format!("{key} =")) || printed.contains(&format!("{key}:")) || printed.contains(&format!("{key}]")),
                "{key}"
            );
        }
        assert!(format::json_schema().to_string().contains("restriction-notice"));
    }

    fn gather(shape: &Shape, keys: &mut Vec<String>) {
        if let Shape::Table(fields) = innermost_or_named(shape) {
            for field in fields {
                keys.push(field.key.clone());
                gather(&field.shape, keys);
            }
        }
    }
}
