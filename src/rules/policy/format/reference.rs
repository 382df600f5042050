//! Names that must be found somewhere else in the pack: a role, a step, a checklist.

use toml::Value;

use super::place::{is_within, item, join, nearest};
use super::shape::{Field, PACK, Shape};
use super::written::Written;
use crate::rules::policy::Fault;
use crate::rules::policy::who::Relative;
use crate::rules::say;

/// Every name that leads nowhere. Where its list itself could not be read, nothing is said of it.
pub(in crate::rules::policy) fn faults(pack: &toml::Table, mended: &[String]) -> Vec<Fault> {
    let mut finder = Finder { pack, mended, adrift: Vec::new() };
    finder.look(&PACK, &Value::Table(pack.clone()), "");
    finder.adrift.into_iter().map(Adrift::fault).collect()
}

struct Finder<'a> {
    pack: &'a toml::Table,
    mended: &'a [String],
    adrift: Vec<Adrift>,
}

/// A name that leads nowhere, with every place it stands at.
struct Adrift {
    list: String,
    word: String,
    says: String,
    places: Vec<String>,
}

impl Adrift {
    fn fault(self) -> Fault {
        let (first, others) = self.places.split_first().map_or(("", &[][..]), |(first, others)| (first.as_str(), others));
        match others {
            [] => Fault::at(first, self.says),
            others => Fault::at(first, format!("{} It stands at {} as well.", self.says, say::list(others))),
        }
    }
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
        let is_relative = list == "roles" && Relative::from_key(word).is_some();
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
        if let Some(before) = self.adrift.iter_mut().find(|one| one.list == list && one.word == word) {
            before.places.push(place.to_owned());
            return;
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let with_bodies = list == "roles" && !keys(self.pack, "bodies").is_empty();
        let what = if with_bodies { "role or body".to_owned() } else { what(list) };
        let says = match nearest(word, &known) {
            Some(meant) => format!("No {what} has the key \"{word}\". Did you mean \"{meant}\"?"),
            None if known.is_empty() => format!("No {what} has the key \"{word}\": the pack has none."),
            None => format!("No {what} has the key \"{word}\". The keys are {}.", known.join(", ")),
        };
        self.adrift.push(Adrift { list: list.to_owned(), word: word.to_owned(), says, places: vec![place.to_owned()] });
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

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("example.toml");

    fn faults(text: &str) -> Vec<(String, String)> {
        check(text).faults.into_iter().map(|fault| (fault.place, fault.says)).collect()
    }

    #[test]
    fn a_name_that_leads_nowhere_is_one_fault_with_every_place_and_brings_no_findings() {
        let renamed = EXAMPLE.replacen("\nhead-of-service = {", "\ntop-person = {", 1);
        let found = faults(&renamed);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].1.starts_with("No role or body has the key \"head-of-service\". The keys are "), "{found:?}");
        assert!(found[0].1.contains(" It stands at ") && found[0].1.ends_with(" as well."), "{found:?}");
        assert!(check(&renamed).findings.is_empty(), "of a post that is not there only a bare key could be said");
    }

    #[test]
    fn a_misspelt_word_names_its_neighbours() {
        let table = [
            ("review-every = { value = \"3 years\", stated", "review-every = { value = \"3 years\", staed", "Did you mean \"stated\"?"),
            ("source = { stated = \"2.2\" } }\nofficer", "source = { staed = \"2.2\" } }\nofficer", "Did you mean \"stated\"?"),
            ("reach = \"administrator\"", "reach = \"admin\"", "Did you mean \"administrator\"?"),
            (
                "dangers = [\"physical-violence-used\",",
                "dangers = [\"violence\",",
                "Did you mean \"physical-violence-used\" or \"physical-violence-threatened\"?",
            ),
            ("seats = 5", "seats = 5.5", "This must be a whole number from 1 to 255, not a number with a point in it."),
            ("seats = 5", "seats = 0", "This must be a whole number from 1 to 255"),
            ("seats = 5", "seats = 1", "is larger than the body, which has 1 seat."),
        ];
        for (was, is, says) in table {
            assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
            let found = faults(&EXAMPLE.replacen(was, is, 1));
            assert!(found.iter().any(|(_, said)| said.contains(says)), "{is}: {found:#?}");
        }
    }
}
