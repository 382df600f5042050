//! What was typed, beside what was wrong: a form is read once, and shown again with both.

use std::fmt::Display;
use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime};

use super::typed::{self, DateFault};

/// The fields of a form as they were typed, and a sentence for each that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
}

/// One answer a person can choose: a radio, a checkbox or a line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
    /// Choosing it opens the `.reveal` block of the surrounding `.reveals`.
    pub reveals: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new(), reveals: false }
    }

    /// Adds a second, quieter line.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Opens the questions that follow from this answer.
    pub fn reveals(mut self) -> Self {
        self.reveals = true;
        self
    }
}

/// What a page shows.
impl Form {
    /// A form nobody has typed in yet.
    pub fn blank() -> Self {
        Self::default()
    }

    /// The fields as they arrived; a name may come more than once.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let values = pairs.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n")));
        Self { values: values.collect(), errors: Vec::new() }
    }

    /// The fields as they were typed, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.values
    }

    /// Fills in what is known already. Called again for a name, it adds a second value.
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        self.values.push((name.into(), value.to_string()));
        self
    }

    /// Puts one value in place of whatever the field held.
    pub fn set(&mut self, name: &str, value: impl Display) {
        self.values.retain(|(held, _)| held != name);
        self.values.push((name.into(), value.to_string()));
    }

    /// The first value of a field as it was typed, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of a field, in the order it came.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// Is this one of the field's values?
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|held| held == value)
    }

    /// Can a date field show this value? Anything else must be shown as text, or it would be lost.
    pub fn fits_date_field(&self, name: &str) -> bool {
        let value = self.value(name);
        value.is_empty() || NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok()
    }

    /// Can a time field show this value?
    pub fn fits_time_field(&self, name: &str) -> bool {
        let value = self.value(name);
        value.is_empty() || NaiveTime::parse_from_str(value, "%H:%M").is_ok()
    }

    /// The first thing wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|(field, _)| field == name).map(|(_, sentence)| sentence.as_str())
    }

    /// Everything wrong, as (field, sentence), in the order it was read. A field may be empty:
    /// then the sentence is about the whole form.
    pub fn errors(&self) -> &[(String, String)] {
        &self.errors
    }

    /// Puts what is wrong into the order of the page. What belongs to no field named here comes first.
    pub fn in_order(&mut self, names: &[&str]) {
        self.errors.sort_by_key(|(field, _)| names.iter().position(|name| name == field).map_or(0, |at| at + 1));
    }

    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }
}

/// Reading: each returns what it read, or records the sentence and returns nothing.
impl Form {
    /// Records what is wrong with a field. The first sentence for a field stands.
    pub fn wrong(&mut self, field: &str, sentence: impl Display) {
        if field.is_empty() || self.error(field).is_none() {
            self.errors.push((field.into(), sentence.to_string()));
        }
    }

    /// Records a refusal that belongs to no single field.
    pub fn refuse(&mut self, sentence: impl Display) {
        self.wrong("", sentence);
    }

    /// A field that must be filled in; `parse` says what is wrong with it, empty or not.
    pub fn text<T, E: Display>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let typed = self.storable(name)?;
        match parse(&typed) {
            Ok(read) => Some(read),
            Err(fault) => self.fault(name, fault),
        }
    }

    /// A field that may be left empty: `Some(None)` when it was.
    pub fn optional<T, E: Display>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<Option<T>> {
        if self.is_blank(name) {
            return Some(None);
        }
        self.text(name, parse).map(Some)
    }

    /// One of the answers offered; anything else, or none, is the sentence.
    pub fn choice<T: Clone>(&mut self, name: &str, options: &[(&str, T)], sentence: &str) -> Option<T> {
        let chosen = options.iter().find(|(value, _)| *value == self.value(name)).map(|(_, read)| read.clone());
        if chosen.is_none() {
            self.wrong(name, sentence);
        }
        chosen
    }

    /// The answers ticked, in the order they are offered. A value that was not offered is left out.
    pub fn choices<T: Clone>(&self, name: &str, options: &[(&str, T)]) -> Vec<T> {
        options.iter().filter(|(value, _)| self.has(name, value)).map(|(_, read)| read.clone()).collect()
    }

    /// As `choices`, where at least one must be ticked.
    pub fn some_choices<T: Clone>(&mut self, name: &str, options: &[(&str, T)], sentence: &str) -> Option<Vec<T>> {
        let chosen = self.choices(name, options);
        if chosen.is_empty() {
            self.wrong(name, sentence);
            return None;
        }
        Some(chosen)
    }

    /// A day. The sentence stands for an empty field and for one that reads as no date at all.
    pub fn date(&mut self, name: &str, sentence: &str) -> Option<NaiveDate> {
        match typed::date(self.value(name)) {
            Ok(day) => Some(day),
            Err(DateFault::Unreadable) => self.fault(name, sentence),
            Err(fault) => self.fault(name, fault),
        }
    }

    /// A day that may be left empty: `Some(None)` when it was.
    pub fn optional_date(&mut self, name: &str, sentence: &str) -> Option<Option<NaiveDate>> {
        if self.is_blank(name) {
            return Some(None);
        }
        self.date(name, sentence).map(Some)
    }

    /// A time of day.
    pub fn time(&mut self, name: &str, sentence: &str) -> Option<NaiveTime> {
        match typed::time(self.value(name)) {
            Some(time) => Some(time),
            None => self.fault(name, sentence),
        }
    }

    /// A time of day that may be left empty: `Some(None)` when it was.
    pub fn optional_time(&mut self, name: &str, sentence: &str) -> Option<Option<NaiveTime>> {
        if self.is_blank(name) {
            return Some(None);
        }
        self.time(name, sentence).map(Some)
    }

    /// A whole number within the range.
    pub fn number(&mut self, name: &str, range: RangeInclusive<u32>, sentence: &str) -> Option<u32> {
        match self.value(name).trim().parse().ok().filter(|number| range.contains(number)) {
            Some(number) => Some(number),
            None => self.fault(name, sentence),
        }
    }

    /// A whole number that may be left empty: `Some(None)` when it was.
    pub fn optional_number(&mut self, name: &str, range: RangeInclusive<u32>, sentence: &str) -> Option<Option<u32>> {
        if self.is_blank(name) {
            return Some(None);
        }
        self.number(name, range, sentence).map(Some)
    }

    /// Was this box ticked, or this question answered with yes?
    pub fn yes(&self, name: &str) -> bool {
        matches!(self.value(name), "yes" | "on" | "1" | "true")
    }

    /// Was nothing typed here but spaces?
    pub fn is_blank(&self, name: &str) -> bool {
        self.value(name).trim().is_empty()
    }

    fn storable(&mut self, name: &str) -> Option<String> {
        let typed = self.value(name).trim().to_owned();
        if typed.contains('\0') {
            return self.fault(name, "Take out the hidden character, it cannot be saved");
        }
        Some(typed)
    }

    fn fault<T>(&mut self, name: &str, sentence: impl Display) -> Option<T> {
        self.wrong(name, sentence);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())))
    }

    fn reasons(text: &str) -> Result<String, &'static str> {
        if text.is_empty() { Err("Enter your reasons") } else { Ok(text.into()) }
    }

    #[test]
    fn an_empty_field_is_wrong_and_keeps_its_place() {
        let mut form = typed(&[("reason", "  ")]);
        assert_eq!(form.text("reason", reasons), None);
        assert_eq!(form.error("reason"), Some("Enter your reasons"));
        assert_eq!(form.value("reason"), "  ");
        assert!(!form.is_clean());
    }

    #[test]
    fn a_field_left_empty_on_purpose_is_no_fault() {
        let mut form = typed(&[("note", "")]);
        assert_eq!(form.optional("note", reasons), Some(None));
        assert_eq!(form.optional_date("ends", "Enter the last day"), Some(None));
        assert!(form.is_clean());
    }

    #[test]
    fn boxes_of_one_question_share_a_name() {
        let form = typed(&[("kind", "volume"), ("kind", "shout"), ("kind", "made up")]);
        let options = [("shout", 1), ("insult", 2), ("volume", 3)];
        assert_eq!(form.choices("kind", &options), vec![1, 3]);
        assert!(form.has("kind", "shout") && !form.has("kind", "insult"));
    }

    #[test]
    fn an_answer_that_was_not_offered_is_no_answer() {
        let mut form = typed(&[("decision", "delete")]);
        assert_eq!(form.choice("decision", &[("approve", true)], "Choose your decision"), None);
        assert_eq!(form.errors(), [("decision".into(), "Choose your decision".into())]);
    }

    #[test]
    fn a_day_that_does_not_exist_is_said_to() {
        let mut form = typed(&[("ends", "2027-02-30"), ("starts", "soon")]);
        assert_eq!(form.date("ends", "Enter the last day"), None);
        assert_eq!(form.date("starts", "Enter the first day"), None);
        assert_eq!(form.error("ends"), Some("30 February 2027 does not exist"));
        assert_eq!(form.error("starts"), Some("Enter the first day"));
    }

    #[test]
    fn the_first_sentence_for_a_field_stands_and_refusals_add_up() {
        let mut form = Form::blank();
        form.wrong("ends", "Enter the last day");
        form.wrong("ends", "Something else");
        form.refuse("One");
        form.refuse("Two");
        assert_eq!(form.errors().len(), 3);
        assert_eq!(form.error("ends"), Some("Enter the last day"));
    }

    #[test]
    fn a_hidden_null_is_a_fault_of_the_field() {
        let mut form = typed(&[("reason", "a\0b")]);
        assert_eq!(form.text("reason", reasons), None);
        assert!(form.error("reason").is_some());
    }

    #[test]
    fn lines_end_the_same_way_whoever_sent_them() {
        assert_eq!(typed(&[("what", "one\r\ntwo")]).value("what"), "one\ntwo");
    }

    #[test]
    fn numbers_keep_to_their_range() {
        let mut form = typed(&[("weeks", " 4 "), ("months", "13"), ("days", "-1")]);
        assert_eq!(form.number("weeks", 1..=6, "Enter the weeks"), Some(4));
        assert_eq!(form.number("months", 1..=12, "Enter the months"), None);
        assert_eq!(form.number("days", 1..=12, "Enter the days"), None);
    }
}
