//! Every value of a pack with its provenance, in words: what the policy owner sees, and what two versions are compared by.

use std::collections::BTreeMap;

use toml::{Table, Value as Toml};

use super::label::label;
use super::place::{self, join};
use super::shape::{Field, PACK, Shape};
use super::written::Written;
use crate::rules::policy::spoken::Sentences;
use crate::rules::policy::who::Relative;
use crate::rules::policy::{Area, Checked, Limit, Policy, Source, check};
use crate::rules::say;

/// One value of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The key of its chapter.
    pub section: String,
    /// The chapter in words.
    pub section_title: String,
    /// "challenge.appeal.window"
    pub place: String,
    /// What it is, in words: "Appeal: window".
    pub title: String,
    /// What it means, from the documentation of the format.
    pub about: String,
    /// What the pack says, in words.
    pub says: String,
    pub source: Option<Source>,
}

/// One thing two packs say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub place: String,
    pub title: String,
    /// `None` where only the later pack has it.
    pub before: Option<String>,
    /// `None` where only the earlier pack has it.
    pub after: Option<String>,
}

/// Every value of a pack that reads, in the order of the format: what everybody has, and then what differs in each business area.
pub fn values(text: &str) -> Vec<Value> {
    let Checked { policy, areas, .. } = check(text);
    let everybody = listed(text, None, policy.as_ref());
    let each = policy.iter().flat_map(|policy| &policy.areas).zip(&areas);
    let apart: Vec<Value> = each.flat_map(|(area, own)| in_area(area, &everybody, &listed(text, Some(&area.key), Some(own)))).collect();
    everybody.into_iter().chain(apart).collect()
}

/// Every value as it holds in one business area, or for everybody else where none is named.
pub fn values_for(text: &str, area: Option<&str>) -> Vec<Value> {
    listed(text, area, Policy::read_for(text, area).ok().as_ref())
}

fn listed(text: &str, area: Option<&str>, policy: Option<&Policy>) -> Vec<Value> {
    let super::read::Reading { pack, spared, .. } = super::read::read_for(text, area);
    let Shape::Table(chapters) = &*PACK else { return Vec::new() };
    let told = policy.map(Sentences::of).unwrap_or_default();
    let mut lister = Lister { pack: &pack, told, chapter: ("", ""), values: Vec::new() };
    let titles: Vec<String> = chapters.iter().map(|chapter| chapter_title(&chapter.key)).collect();
    for (chapter, title) in chapters.iter().zip(&titles).filter(|(chapter, _)| chapter.key != AREAS) {
        if let Some(value) = pack.get(&chapter.key) {
            lister.chapter = (&chapter.key, title);
            lister.field(chapter, value, &chapter.key, "", None);
        }
    }
    lister.values.retain(|value| !spared.contains(&value.place));
    lister.values
}

/// The chapter of business areas, which is told by what differs in each.
const AREAS: &str = "areas";

/// An area, and each value that is another there, with where that comes from.
fn in_area(area: &Area, everybody: &[Value], own: &[Value]) -> Vec<Value> {
    let differences = between(everybody, own);
    let value = |place: String, title: String, about: &str, says: String, source: Option<Source>| Value {
        section: AREAS.to_owned(),
        section_title: chapter_title(AREAS),
        place,
        title,
        about: about.to_owned(),
        says,
        source,
    };
    let at = format!("{AREAS}.{}", area.key);
    let many = say::count_first(differences.len() as u64, "value differs", "values differ");
    let about = "A part of our work in which details differ. Whatever is not named is as it is for everybody.";
    let head = value(at.clone(), area.title.clone(), about, format!("{many} from what everybody has."), Some(area.source.clone()));
    let each = differences.iter().map(|one| {
        let held = own.iter().find(|value| value.place == one.place);
        let (about, says, source) = match held {
            Some(held) => (held.about.as_str(), held.says.clone(), held.source.clone()),
            None => ("", "Does not hold here.".to_owned(), Some(area.source.clone())),
        };
        value(format!("{at}.instead.{}", one.place), titled(&area.title, &one.title), about, says, source)
    });
    std::iter::once(head).chain(each).collect()
}

/// Everything two packs say differently, in the order of the format, and so in every business area.
pub fn differences(before: &str, after: &str) -> Vec<Difference> {
    between(&values(before), &values(after))
}

fn between(before: &[Value], after: &[Value]) -> Vec<Difference> {
    let titles =
        |values: &[Value]| -> BTreeMap<String, String> { values.iter().map(|value| (value.place.clone(), value.title.clone())).collect() };
    let (old, new) = (titles(before), titles(after));
    let by_place = |values: &[Value], others: &BTreeMap<String, String>| -> BTreeMap<String, String> {
        values.iter().map(|value| (value.place.clone(), called(value, others.get(&value.place)))).collect()
    };
    let (old, new) = (by_place(before, &new), by_place(after, &old));
    let gone = before.iter().filter(|value| !new.contains_key(&value.place));
    after
        .iter()
        .chain(gone)
        .filter(|value| old.get(&value.place) != new.get(&value.place))
        .map(|value| Difference {
            place: value.place.clone(),
            title: format!("{}: {}", value.section_title, value.title),
            before: old.get(&value.place).cloned(),
            after: new.get(&value.place).cloned(),
        })
        .collect()
}

/// What a value says, after what it is called where the other pack calls it otherwise.
fn called(value: &Value, other: Option<&String>) -> String {
    match other.is_some_and(|other| *other != value.title) {
        true => format!("“{}”. {}", value.title.rsplit(": ").next().unwrap_or(&value.title), told(value)),
        false => told(value),
    }
}

fn told(value: &Value) -> String {
    match &value.source {
        Some(source) => format!("{} ({})", value.says, source.say().trim_end_matches('.')),
        None => value.says.clone(),
    }
}

struct Lister<'a> {
    pack: &'a Table,
    told: Sentences,
    chapter: (&'a str, &'a str),
    values: Vec<Value>,
}

impl Lister<'_> {
    fn field(&mut self, field: &Field, value: &Toml, place: &str, within: &str, source: Option<&Source>) {
        let title = if place.contains('.') { titled(within, &labelled(place, &field.key)) } else { String::new() };
        match (&field.shape, value) {
            (Shape::Table(fields), Toml::Table(table)) => self.table(fields, table, place, &title, source),
            (Shape::Named(one), Toml::Table(table)) => {
                for (key, value) in table {
                    self.item(one, value, &join(place, key), &title, &field.about);
                }
            }
            (Shape::List(of), Toml::Array(items)) if matches!(**of, Shape::Table(_)) => {
                for (index, item) in items.iter().enumerate() {
                    let key = place::item(place, |word| item.get(word)?.as_str(), index);
                    self.item(of, item, &join(place, &key), &title, &field.about);
                }
            }
            (Shape::List(of), Toml::Array(items)) if matches!(**of, Shape::Sourced(_)) => {
                for (index, item) in items.iter().enumerate() {
                    let title = format!("{title}, part {}", index + 1);
                    self.push(&join(place, &(index + 1).to_string()), &title, &field.about, self.says(of, item), source_of(item));
                }
            }
            (Shape::Sourced(of), table) => {
                let says = table.get("value").map(|value| self.named_or_says(field, of, value)).unwrap_or_default();
                self.push(place, &title, &field.about, says, source_of(table));
            }
            (Shape::Source | Shape::Overlay, _) => {}
            (shape, value) => self.push(place, &title, &field.about, self.named_or_says(field, shape, value), source.cloned()),
        }
    }

    fn table(&mut self, fields: &[Field], table: &Table, place: &str, within: &str, source: Option<&Source>) {
        let own = table.get("source").and_then(source_of);
        for field in fields {
            if let Some(value) = table.get(&field.key) {
                self.field(field, value, &join(place, &field.key), within, own.as_ref().or(source));
            }
        }
    }

    /// One entry of a list: its plain values together, and each value with a source of its own apart.
    fn item(&mut self, shape: &Shape, item: &Toml, place: &str, within: &str, about: &str) {
        let (Shape::Table(fields), Toml::Table(table)) = (shape, item) else { return };
        let named = ["title", "ask", "say", "name", "no"].iter().find_map(|key| table.get(*key).and_then(Toml::as_str));
        let title = match self.told.at(place).and_then(|told| told.title.clone()) {
            Some(title) => title,
            None => titled(within, named.unwrap_or_default()),
        };
        let source = table.get("source").and_then(source_of);
        let mut plain = Vec::new();
        for field in fields {
            let Some(value) = table.get(&field.key) else { continue };
            match &field.shape {
                Shape::Sourced(_) => self.field(field, value, &join(place, &field.key), &title, None),
                Shape::Source => {}
                _ if field.key == "key" => {}
                shape => {
                    plain.push(self.named_or_says(field, shape, value).trim_end_matches('.').to_owned());
                }
            }
        }
        self.push(place, &title, about, plain.join(". "), source);
    }

    fn push(&mut self, place: &str, title: &str, about: &str, says: String, source: Option<Source>) {
        let (section, section_title) = self.chapter;
        let title = if title.is_empty() { section_title } else { title };
        let says = self.told.at(place).map_or(says, |told| told.says.clone());
        self.values.push(Value {
            section: section.to_owned(),
            section_title: section_title.to_owned(),
            place: place.to_owned(),
            title: title.to_owned(),
            about: about.to_owned(),
            says,
            source,
        });
    }

    fn named_or_says(&self, field: &Field, shape: &Shape, value: &Toml) -> String {
        match &field.names {
            Some(list) => self.names(list, value),
            None => self.says(shape, value),
        }
    }

    /// Keys of another part of the pack, by their titles.
    fn names(&self, list: &str, value: &Toml) -> String {
        match value {
            Toml::String(key) => self.title_of(list, key),
            Toml::Array(keys) => say::list(&keys.iter().map(|key| self.names(list, key)).collect::<Vec<_>>()),
            Toml::Table(table) => {
                let any = table.get("any").and_then(Toml::as_array);
                match any {
                    Some(keys) => say::either(&keys.iter().map(|key| self.names(list, key)).collect::<Vec<_>>()),
                    None => table.get("value").or_else(|| table.get("all")).map(|value| self.names(list, value)).unwrap_or_default(),
                }
            }
            other => other.to_string(),
        }
    }

    fn title_of(&self, list: &str, key: &str) -> String {
        let mut segments = list.split('.');
        let mut value = segments.next().and_then(|first| self.pack.get(first));
        for segment in segments {
            value = value.and_then(|value| value.get(segment));
        }
        let entry = match value {
            Some(Toml::Table(table)) => table.get(key),
            Some(Toml::Array(items)) => {
                let mut numbered = items.iter().enumerate();
                numbered.find(|(index, one)| place::item(list, |word| one.get(word)?.as_str(), *index) == key).map(|(_, one)| one)
            }
            _ => None,
        };
        let title = entry.and_then(|entry| ["title", "say", "ask"].iter().find_map(|name| entry.get(*name)?.as_str()));
        title.map_or_else(|| words(key), str::to_owned)
    }

    fn says(&self, shape: &Shape, value: &Toml) -> String {
        match (shape, value) {
            (Shape::Sourced(of), table) => table.get("value").map(|value| self.says(of, value)).unwrap_or_default(),
            (Shape::OneOf(words), Toml::String(key)) => {
                words.iter().find(|(word, _)| word == key).map_or_else(|| key.clone(), |(_, title)| title.clone())
            }
            (Shape::Written(Written::Who), value) => self.who(value),
            (Shape::Written(Written::After), value) => match self.names("ladder.steps", value) {
                none if none.is_empty() => "Nothing".into(),
                steps => steps,
            },
            (Shape::Written(Written::Limit), Toml::String(limit)) => {
                Limit::try_from(limit.clone()).map_or_else(|_| limit.clone(), |limit| say::sentence(&limit.to_string()))
            }
            (Shape::Table(fields), Toml::Table(table)) => {
                let entries = fields
                    .iter()
                    .filter(|field| field.key != "key" && field.shape != Shape::Source)
                    .filter_map(|field| Some(self.named_or_says(field, &field.shape, table.get(&field.key)?)));
                entries.collect::<Vec<_>>().join("; ")
            }
            (Shape::List(of), Toml::Array(items)) if items.is_empty() => {
                if matches!(**of, Shape::Words) {
                    "None".into()
                } else {
                    "None of them".into()
                }
            }
            (Shape::List(of), Toml::Array(items)) if matches!(**of, Shape::OneOf(_)) => {
                say::list(&say::joining(&items.iter().map(|item| self.says(of, item)).collect::<Vec<_>>()))
            }
            (Shape::List(of), Toml::Array(items)) if matches!(**of, Shape::Written(Written::Length)) => {
                say::sentence(&say::either(&items.iter().map(|item| self.says(of, item)).collect::<Vec<_>>()))
            }
            (Shape::List(of), Toml::Array(items)) => items.iter().map(|item| self.says(of, item)).collect::<Vec<_>>().join("; "),
            (_, Toml::String(words)) => words.clone(),
            (_, Toml::Boolean(is)) => if *is { "Yes" } else { "No" }.into(),
            (_, Toml::Datetime(day)) => day.to_string().parse().map_or_else(|_| day.to_string(), say::day),
            (_, other) => other.to_string(),
        }
    }

    fn who(&self, value: &Toml) -> String {
        match value {
            Toml::String(key) if Relative::from_key(key).is_some() => {
                Relative::from_key(key).map(|one| say::sentence(one.title())).unwrap_or_default()
            }
            Toml::String(key) => match self.pack.get("bodies").is_some() && self.title_of("roles", key) == words(key) {
                true => self.title_of("bodies", key),
                false => self.title_of("roles", key),
            },
            Toml::Array(any) => say::either(&any.iter().map(|one| self.who(one)).collect::<Vec<_>>()),
            other => other.to_string(),
        }
    }
}

/// Where a table says it comes from.
fn source_of(table: &Toml) -> Option<Source> {
    let kept = ["stated", "default", "interpretation", "by", "on"];
    let table: Table =
        table.as_table()?.iter().filter(|(key, _)| kept.contains(&key.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect();
    Toml::Table(table).try_into().ok()
}

fn titled(within: &str, title: &str) -> String {
    match (within.is_empty(), title.is_empty()) {
        (true, _) => title.to_owned(),
        (false, true) => within.to_owned(),
        (false, false) => format!("{within}: {}", say::inside(title)),
    }
}

/// What a value is called: in the words of the work, or by its key where that is the word.
fn labelled(place: &str, key: &str) -> String {
    label(place).map_or_else(|| words(key), str::to_owned)
}

fn words(key: &str) -> String {
    say::sentence(&key.replace('-', " "))
}

fn chapter_title(key: &str) -> String {
    match key {
        "document" => "The policy document".into(),
        "call-ending" => "Ending a call".into(),
        "ladder" => "The ladder of steps".into(),
        "authority" => "Who decides".into(),
        "terms" => "How long".into(),
        "challenge" => "Appeals and looking again".into(),
        "onward" => "Outside the landlord".into(),
        "areas" => "Business areas".into(),
        "retention" => "How long records are kept".into(),
        other => words(other),
    }
}
