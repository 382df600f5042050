//! Names that must be found somewhere else in the pack: a role, a step, a checklist.

use toml::Value;

use super::place::{is_within, item, join, nearest};
use super::shape::{Field, PACK, Shape};
use super::written::Written;
use crate::rules::policy::Fault;
use crate::rules::policy::who::RELATIVE;

/// Every name that leads nowhere. Where its list itself could not be read, nothing is said of it.
pub(in crate::rules::policy) fn faults(pack: &toml::Table, mended: &[String]) -> Vec<Fault> {
    let mut finder = Finder { pack, mended, faults: Vec::new() };
    finder.look(&PACK, &Value::Table(pack.clone()), "");
    finder.faults
}

struct Finder<'a> {
    pack: &'a toml::Table,
    mended: &'a [String],
    faults: Vec<Fault>,
}

impl Finder<'_> {
    fn look(&mut self, shape: &Shape, value: &Value, place: &str) {
        match (shape, value) {
            (Shape::Table(fields), Value::Table(table)) => {
                for field in fields {
                    if let Some(value) = table.get(&field.key) {
                        self.field(field, value, &join(place, &field.key));
                    }
                }
            }
            (Shape::Named(one), Value::Table(table)) => table.iter().for_each(|(key, value)| self.look(one, value, &join(place, key))),
            (Shape::List(of), Value::Array(list)) => {
                for (index, value) in list.iter().enumerate() {
                    let name = item(place, |word| value.get(word)?.as_str(), index);
                    self.look(of, value, &join(place, &name));
                }
            }
            (Shape::Sourced(of), Value::Table(table)) => {
                if let Some(value) = table.get("value") {
                    self.look(of, value, place);
                }
            }
            (Shape::Written(Written::Who), value) => self.names("roles", value, place),
            (Shape::Written(Written::After), value) => self.names("ladder.steps", value, place),
            _ => {}
        }
    }

    fn field(&mut self, field: &Field, value: &Value, place: &str) {
        match &field.names {
            Some(list) => self.names(list, value, place),
            None => self.look(&field.shape, value, place),
        }
    }

    /// Every word in here must be a name of the list.
    fn names(&mut self, list: &str, value: &Value, place: &str) {
        match value {
            Value::String(word) => self.name(list, word, place),
            Value::Array(words) => words.iter().for_each(|word| self.names(list, word, place)),
            Value::Table(table) => {
                let within = |key: &&str| table.contains_key(*key);
                for key in ["value", "any", "all"].iter().filter(|key| within(key)) {
                    self.names(list, &table[*key], place);
                }
            }
            _ => {}
        }
    }

    fn name(&mut self, list: &str, word: &str, place: &str) {
        let is_relative = list == "roles" && RELATIVE.contains(&word);
        let lists: &[&str] = if list == "roles" { &["roles", "bodies"] } else { &[list] };
        let is_mended = |mended: &String| lists.iter().any(|list| is_within(mended, list) || is_within(list, mended));
        if is_relative || self.mended.iter().any(|mended| is_within(place, mended) || is_mended(mended)) {
            return;
        }
        let mut known: Vec<String> = keys(self.pack, list);
        if list == "roles" {
            known.extend(keys(self.pack, "bodies"));
        }
        if known.iter().any(|one| one == word) {
            return;
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let what = what(list);
        let says = match nearest(word, &known) {
            Some(meant) => format!("No {what} has the key \"{word}\". Did you mean \"{meant}\"?"),
            None if known.is_empty() => format!("No {what} has the key \"{word}\": the pack has none."),
            None => format!("No {what} has the key \"{word}\". The keys are {}.", known.join(", ")),
        };
        self.faults.push(Fault::at(place, says));
    }
}

/// The keys of a list or table of the pack.
fn keys(pack: &toml::Table, list: &str) -> Vec<String> {
    let mut segments = list.split('.');
    let mut value = segments.next().and_then(|first| pack.get(first));
    for segment in segments {
        value = value.and_then(|value| value.get(segment));
    }
    match value {
        Some(Value::Table(table)) => table.keys().cloned().collect(),
        Some(Value::Array(items)) => {
            items.iter().enumerate().map(|(index, one)| item(list, |word| one.get(word)?.as_str(), index)).collect()
        }
        _ => Vec::new(),
    }
}

/// One entry of a list, as people call it.
fn what(list: &str) -> String {
    let last = list.rsplit('.').next().unwrap_or(list).replace('-', " ");
    let one = match last.as_str() {
        "bodies" => "body",
        "offered" => "measure",
        "categories" => "category",
        "statuses" => "status",
        "subjects" => "kind of subject",
        "affected" => "kind of person affected",
        other => other.strip_suffix('s').unwrap_or(other),
    };
    one.to_owned()
}
