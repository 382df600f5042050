//! Reads a pack against its shape: every fault at once, each with its line, and a whole pack in which an example stands for whatever
//! could not be read, so that the rest can still be judged.

mod sentences;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use toml::{Table, Value};

use self::sentences::{WHERE_FROM, kind, missing, not_one_of, odd_key, unknown_key};
use super::recover::{Marks, Recovered, recover};
use super::shape::{Field, PACK, Shape};
use super::written::Written;
use super::{overlay, place, starter};
use crate::rules::measure::Hour;
use crate::rules::policy::fault::{Fault, THE_FILE};
use crate::rules::policy::plain::full;
use crate::rules::policy::who::LINE_MANAGER;
use crate::rules::say;

/// The largest pack that is read, in bytes; the five packs have about 30,000 each.
pub(in crate::rules::policy) const LARGEST: usize = 1_000_000;

/// A pack as it was read.
#[derive(Debug, Default)]
pub(in crate::rules::policy) struct Reading {
    /// The whole pack, with an example in the place of whatever is wrong.
    pub pack: Table,
    /// The places that hold an example instead of what was written.
    pub mended: Vec<String>,
    /// The places nobody has to write, because what the pack says elsewhere settles them. They hold a value nothing reads.
    pub spared: Vec<String>,
    /// The places, among those mended, that a slip of writing made unreadable. Whatever leans on them cannot be judged.
    pub lost: Vec<String>,
    /// The text as it was read: what is lost is marked in it, line for line.
    pub text: String,
    pub faults: Vec<Fault>,
}

/// Reads a pack, around whatever slips of writing there are in it. Text that is nothing like TOML gives its faults and nothing else.
pub(in crate::rules::policy) fn read(text: &str) -> Reading {
    read_for(text, None)
}

/// The same as it holds in one of its business areas; as it holds for everybody else where none is named.
pub(in crate::rules::policy) fn read_for(text: &str, area: Option<&str>) -> Reading {
    if text.len() > LARGEST {
        let says =
            format!("A pack has at most {} million bytes, and this file has {:.1} million.", LARGEST / 1_000_000, text.len() as f64 / 1e6);
        return Reading { faults: vec![Fault::at(THE_FILE, says)], ..Reading::default() };
    }
    let Recovered { text, faults } = recover(text);
    let Some(text) = text else { return Reading { faults, ..Reading::default() } };
    let Shape::Table(chapters) = &*PACK else { return Reading::default() };
    let mut table = DeTable::parse_recoverable(&text).0.into_inner();
    if let Some(area) = area {
        overlay::lay(&mut table, area);
    }
    let marks = Marks { has_slips: !faults.is_empty() };
    let mut reader = Reader { text: &text, marks, reading: Reading { faults, ..Reading::default() } };
    let pack = reader.table(chapters, &table, 0..0, "");
    let reading = reader.reading;
    Reading { pack, text, ..reading }
}

struct Reader<'a> {
    text: &'a str,
    marks: Marks,
    reading: Reading,
}

impl Reader<'_> {
    fn fault(&mut self, span: &Range<usize>, place: &str, says: impl Into<String>) {
        self.reading.faults.push(Fault { line: Some(place::line(self.text, span.start)), place: place.to_owned(), says: says.into() });
    }

    /// A fault, and an example in the place of what is wrong.
    fn mend(&mut self, span: &Range<usize>, place: &str, says: impl Into<String>, shape: &Shape) -> Value {
        self.fault(span, place, says);
        self.stand_in(place, shape)
    }

    fn stand_in(&mut self, place: &str, shape: &Shape) -> Value {
        self.reading.mended.push(place.to_owned());
        starter::example(shape)
    }

    /// What stands for something a slip of writing made unreadable; nothing more is said of it.
    fn lose(&mut self, place: &str, shape: &Shape) -> Value {
        self.reading.lost.push(place.to_owned());
        self.stand_in(place, shape)
    }

    fn value(&mut self, shape: &Shape, value: &Spanned<DeValue<'_>>, place: &str, may_be_empty: bool) -> Value {
        let span = value.span();
        if self.marks.is_all_lost(value.get_ref()) {
            return self.lose(place, shape);
        }
        match (shape, value.get_ref()) {
            (Shape::Table(fields), DeValue::Table(table)) => Value::Table(self.table(fields, table, span, place)),
            (Shape::Named(one), DeValue::Table(table)) => Value::Table(self.named(one, table, place)),
            (Shape::List(of), DeValue::Array(list)) => Value::Array(self.list(of, list, place)),
            (Shape::Sourced(of), DeValue::Table(table)) => Value::Table(self.sourced(of, table, &span, place)),
            (Shape::Overlay, DeValue::Table(table)) => Value::Table(self.as_written(table)),
            (Shape::Source, DeValue::Table(table)) => Value::Table(self.source(table, &span, place)),
            (Shape::Words, DeValue::String(words)) if may_be_empty || !words.trim().is_empty() => Value::String(words.to_string()),
            (Shape::Words, DeValue::String(_)) => self.mend(&span, place, "There are no words here.", shape),
            (Shape::YesOrNo, DeValue::Boolean(is)) => Value::Boolean(*is),
            (Shape::Number { least, most }, DeValue::Integer(number)) => {
                match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
                    Ok(number) if (*least..=*most).contains(&number) => Value::Integer(number),
                    Ok(number) if number > *most => self.mend(&span, place, format!("This must be at most {most}, not {number}."), shape),
                    _ => self.mend(&span, place, format!("This must be {}.", shape.what()), shape),
                }
            }
            (Shape::OneOf(words), DeValue::String(word)) => match words.iter().any(|(key, _)| key == word) {
                true => Value::String(word.to_string()),
                false => self.mend(&span, place, not_one_of(word, words, shape), shape),
            },
            (Shape::Written(written), value) => self.written(*written, value, &span, place, shape),
            (Shape::Sourced(_), _) => {
                let says = "This must say where it comes from: { value = …, stated = \"clause\" }, or `default = \"why\"`, \
                            or `interpretation = \"the reading\"` with `by` and `on`.";
                self.mend(&span, place, says, shape)
            }
            (Shape::List(of), DeValue::Table(_)) if matches!(**of, Shape::Table(_)) => {
                let says =
                    format!("Write [[{place}]] with two brackets on each side, and again before each further one: there may be several.");
                self.mend(&span, place, says, shape)
            }
            (Shape::Table(_), DeValue::Array(list)) if list.iter().all(|one| one.get_ref().is_table()) => {
                let says = format!("Write [{place}] with one bracket on each side: there is only one.");
                self.mend(&span, place, says, shape)
            }
            (Shape::Words, DeValue::Integer(number)) => {
                let says = format!("Write it in quotes, as words: \"{}\".", number.as_str());
                self.mend(&span, place, says, shape)
            }
            (shape, other) => self.mend(&span, place, format!("This must be {}, not {}.", shape.what(), kind(other)), shape),
        }
    }

    fn table(&mut self, fields: &[Field], table: &DeTable<'_>, span: Range<usize>, place: &str) -> Table {
        let mut read = Table::new();
        let mut explained: Vec<&str> = Vec::new();
        // A line whose key cannot be told may have been any of these.
        let (marks, is_doubtful) = (self.marks, self.marks.any(table));
        for (key, value) in table.iter().filter(|(key, _)| !marks.is_lost(key.get_ref())) {
            let at = place::join(place, key.get_ref());
            match fields.iter().find(|field| field.key == *key.get_ref()) {
                Some(field) => {
                    read.insert(field.key.clone(), self.value(&field.shape, value, &at, field.may_be_empty));
                }
                None => {
                    let free: Vec<&str> = fields.iter().map(|field| field.key.as_str()).filter(|key| !table.contains_key(*key)).collect();
                    let meant = place::nearest(key.get_ref(), &free);
                    explained.extend(meant);
                    let says = unknown_key(place, key.get_ref(), meant, fields);
                    self.fault(&Spanned::span(key), &at, says);
                }
            }
        }
        let absent: Vec<&Field> = fields.iter().filter(|field| field.is_needed && !read.contains_key(&field.key)).collect();
        for field in absent {
            let at = place::join(place, &field.key);
            if let Some(value) = spared(place, &read, field) {
                self.reading.spared.push(at);
                read.insert(field.key.clone(), value);
                continue;
            }
            if is_doubtful {
                read.insert(field.key.clone(), self.lose(&at, &field.shape));
                continue;
            }
            if !explained.contains(&field.key.as_str()) {
                let says = missing(place, field);
                let line = (!place.is_empty()).then(|| place::line(self.text, span.start));
                self.reading.faults.push(Fault { line, place: at.clone(), says });
            }
            self.reading.mended.push(at);
            read.insert(field.key.clone(), starter::example_of(field));
        }
        read
    }

    fn named(&mut self, one: &Shape, table: &DeTable<'_>, place: &str) -> Table {
        let mut read = Table::new();
        for (key, value) in table {
            if self.marks.is_lost(key.get_ref()) {
                self.reading.mended.push(place.to_owned());
                self.reading.lost.push(place.to_owned());
                continue;
            }
            let at = place::join(place, key.get_ref());
            if let Some(says) = odd_key(key.get_ref()) {
                self.fault(&Spanned::span(key), &at, says);
            }
            read.insert(key.to_string(), self.value(one, value, &at, false));
        }
        read
    }

    fn list(&mut self, of: &Shape, list: &DeArray<'_>, place: &str) -> Vec<Value> {
        let mut keys: Vec<String> = Vec::new();
        let mut read = Vec::new();
        for (index, value) in list.iter().enumerate() {
            let marks = self.marks;
            let word = |of: &str| value.get_ref().get(of)?.get_ref().as_str().filter(|word| !marks.is_lost(word));
            let key = word("key").map(str::to_owned);
            let name = place::item(place, word, index);
            let at = place::join(place, &name);
            read.push(self.value(of, value, &at, false));
            self.said_before(of, list, index, place);
            if let Some(key) = key {
                if let Some(says) = odd_key(&key) {
                    self.fault(&value.span(), &place::join(&at, "key"), says);
                }
                if keys.contains(&key) {
                    self.fault(&value.span(), place, format!("The key \"{key}\" is used twice. Each needs its own."));
                }
                keys.push(key);
            }
        }
        read
    }

    /// A word of a fixed list that stands in a list of them before.
    fn said_before(&mut self, of: &Shape, list: &DeArray<'_>, index: usize, place: &str) {
        let word = |one: &Spanned<DeValue<'_>>| one.get_ref().as_str().map(str::to_owned);
        let Some(value) = list.get(index).filter(|_| matches!(of, Shape::OneOf(_) | Shape::Written(Written::Who))) else { return };
        if let Some(said) = word(value)
            && list.iter().take(index).any(|one| word(one).as_ref() == Some(&said))
        {
            self.fault(&value.span(), place, format!("\"{said}\" stands in the list twice."));
        }
    }

    fn sourced(&mut self, of: &Shape, table: &DeTable<'_>, span: &Range<usize>, place: &str) -> Table {
        let mut read = self.provenance(table, span, place, &["value"]);
        let value = match table.get("value") {
            Some(value) => self.value(of, value, place, false),
            None if self.marks.any(table) => self.lose(place, of),
            None => self.mend(span, place, "The `value` itself is missing.", of),
        };
        read.insert("value".into(), value);
        read
    }

    fn source(&mut self, table: &DeTable<'_>, span: &Range<usize>, place: &str) -> Table {
        self.provenance(table, span, place, &[])
    }

    /// Where something comes from: exactly one of the three ways, whole.
    fn provenance(&mut self, table: &DeTable<'_>, span: &Range<usize>, place: &str, besides: &[&str]) -> Table {
        const KEYS: [&str; 5] = ["stated", "default", "interpretation", "by", "on"];
        let before = self.reading.faults.len();
        let mut read = Table::new();
        let (marks, is_doubtful) = (self.marks, self.marks.any(table));
        for (key, value) in table.iter().filter(|(key, _)| !besides.contains(&key.get_ref().as_ref()) && !marks.is_lost(key.get_ref())) {
            let shape = if key.get_ref() == "on" { Shape::Written(Written::Day) } else { Shape::Words };
            if KEYS.contains(&key.get_ref().as_ref()) {
                read.insert(key.to_string(), self.value(&shape, value, &place::join(place, key.get_ref()), false));
            } else {
                let free: Vec<&str> = KEYS.into_iter().filter(|one| !table.contains_key(*one)).collect();
                let meant = place::nearest(key.get_ref(), &free).map_or(String::new(), |meant| format!(" Did you mean \"{meant}\"?"));
                let says = format!("There is no key \"{}\" here.{meant} {}", key.get_ref(), WHERE_FROM);
                self.fault(&Spanned::span(key), &place::join(place, key.get_ref()), says);
            }
        }
        let has = |key: &str| read.contains_key(key);
        let ways = ["stated", "default", "interpretation"].into_iter().filter(|key| has(key)).count();
        let is_reading = has("interpretation");
        if is_doubtful {
            self.reading.lost.push(place.to_owned());
        } else if ways != 1 || (!is_reading && (has("by") || has("on"))) {
            self.fault(span, place, WHERE_FROM);
        } else if is_reading && !(has("by") && has("on")) {
            self.fault(span, place, "A reading needs `by`, the person who chose it, and `on`, the day they chose it.");
        }
        if is_doubtful || self.reading.faults.len() > before {
            read = Table::new();
            read.insert("default".into(), "-".into());
        }
        read
    }

    /// What an area says instead, as it stands: it is read where it is laid over the whole pack.
    fn as_written(&self, table: &DeTable<'_>) -> Table {
        let kept = table.iter().filter(|(key, _)| !self.marks.is_lost(key.get_ref()));
        kept.map(|(key, value)| (key.to_string(), self.value_as_written(value.get_ref()))).collect()
    }

    fn value_as_written(&self, value: &DeValue<'_>) -> Value {
        match value {
            DeValue::Table(table) => Value::Table(self.as_written(table)),
            DeValue::Array(list) => Value::Array(list.iter().map(|one| self.value_as_written(one.get_ref())).collect()),
            DeValue::String(words) => Value::String(words.to_string()),
            DeValue::Boolean(is) => Value::Boolean(*is),
            DeValue::Datetime(moment) => Value::Datetime(*moment),
            DeValue::Integer(number) => {
                Value::Integer(i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).unwrap_or(i64::MAX))
            }
            DeValue::Float(number) => Value::String(number.as_str().to_owned()),
        }
    }

    fn written(&mut self, written: Written, value: &DeValue<'_>, span: &Range<usize>, place: &str, shape: &Shape) -> Value {
        match (written, value) {
            (Written::Day | Written::When, DeValue::Datetime(moment)) if moment.time.is_none() && moment.date.is_some() => {
                match written.fault(&moment.to_string()) {
                    None => Value::Datetime(*moment),
                    Some(_) => self.mend(span, place, format!("{moment} is not a day that exists."), shape),
                }
            }
            (Written::Hour, DeValue::Datetime(moment)) if moment.date.is_none() && moment.offset.is_none() => {
                match Hour::parse(&moment.to_string()) {
                    Some(hour) => Value::String(hour.written()),
                    None => self.mend(span, place, format!("{moment} is not {}.", written.how()), shape),
                }
            }
            (Written::Who | Written::After, DeValue::String(word)) if written == Written::Who && !word.trim().is_empty() => {
                Value::String(word.to_string())
            }
            (Written::Who | Written::After, DeValue::Array(list)) => {
                let of = if written == Written::Who { Shape::Written(Written::Who) } else { Shape::Words };
                if written == Written::Who && list.is_empty() {
                    return self.mend(span, place, "The list is empty, so nobody may. Name at least one role.", shape);
                }
                Value::Array(list.iter().map(|one| self.value(&of, one, place, false)).collect())
            }
            (Written::After, DeValue::Table(table)) => match table.iter().next() {
                Some((_, list)) if list.get_ref().as_array().is_some_and(|list| list.is_empty()) => {
                    self.mend(span, place, "The list is empty. Name at least one step, or write after = [].", shape)
                }
                Some((key, list)) if table.len() == 1 && ["any", "all"].contains(&key.get_ref().as_ref()) => {
                    let list = self.value(&Shape::List(Box::new(Shape::Words)), list, place, false);
                    Value::Table(Table::from_iter([(key.to_string(), list)]))
                }
                _ => self.mend(span, place, format!("This must be {}.", written.how()), shape),
            },
            (_, DeValue::String(words)) => match written.fault(words) {
                None => Value::String(words.to_string()),
                Some(fault) => self.mend(span, place, full(&say::sentence(&fault)), shape),
            },
            (_, other) => self.mend(span, place, format!("This must be {}, not {}.", written.how(), kind(other)), shape),
        }
    }
}

/// What stands for a key that nobody has to write: everything else of an appeal that there is not, and the intervals of reviews whose day is
/// set in each letter.
fn spared(place: &str, read: &Table, field: &Field) -> Option<Value> {
    let says = |key: &str| read.get(key).and_then(|held| held.get("value"));
    let because = |value: Value, why: &str| Some(Value::Table(Table::from_iter([("value".into(), value), ("default".into(), why.into())])));
    let profile = place.strip_prefix("challenge.").is_some_and(|name| PROFILES.contains(&name));
    if profile && says("mode").and_then(Value::as_str) == Some("none") {
        let Shape::Sourced(of) = &field.shape else { return None };
        let value = match **of {
            Shape::Written(Written::Who) => Value::String(LINE_MANAGER.to_owned()),
            _ => starter::example_of(field).get("value")?.clone(),
        };
        return because(value, "There is no such appeal.");
    }
    if place == "reviews" && field.key == "intervals" && says("set-in-letter").and_then(Value::as_bool) == Some(true) {
        return because(Value::Array(vec![says("usual")?.clone()]), "The day is set in each letter.");
    }
    None
}

/// The tables of `challenge` that are appeals.
pub(super) const PROFILES: [&str; 7] = ["appeal", "second-appeal", "length", "warning", "marker", "status", "complaint-refusal"];
