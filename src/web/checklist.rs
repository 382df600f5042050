//! The landlord's own lists on a form, and afterwards on the page of the decision.

use uuid::Uuid;

use crate::http::form::{Choice, Form};
use crate::rules::checklist::{self, Answer};
use crate::rules::policy::{Checklist, Item};
use crate::rules::proposal::Ticked;
use crate::rules::text::Narrative;
use crate::store::checklist::Line;

/// A list to go through.
pub struct List {
    pub title: String,
    pub items: Vec<Ask>,
}

/// One line of it.
pub struct Ask {
    /// The field of the answer, and of what shows it.
    pub name: String,
    pub shown_by: String,
    pub ask: String,
    /// Stands after the question; empty where it has to be answered.
    pub mark: &'static str,
}

/// A list as it was gone through.
pub struct Gone {
    pub title: String,
    pub by: String,
    /// The question, the answer, and what shows it.
    pub lines: Vec<(String, String, String)>,
    decision: Uuid,
}

/// The lists as a form shows them.
pub fn lists(of: &[&Checklist]) -> Vec<List> {
    let ask = |list: &Checklist, item: &Item| {
        let name = checklist::key(list, item);
        Ask { shown_by: checklist::shown_key(&name), name, ask: item.ask.clone(), mark: if item.blocking { "" } else { "optional" } }
    };
    let shown = |list: &&Checklist| List { title: list.title.clone(), items: list.items.iter().map(|item| ask(list, item)).collect() };
    of.iter().map(shown).collect()
}

/// The answers each question has.
pub fn ticks() -> Vec<Choice> {
    Ticked::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect()
}

/// What was answered. Where it holds the decision up, that is said beside each line that does.
pub fn read(form: &mut Form, of: &[&Checklist], holds_up: bool) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (item, ..) in checklist::lines(of) {
        let shown_by = form.optional(&checklist::shown_key(&item), Narrative::parse).flatten().map(String::from).unwrap_or_default();
        answers.push(Answer { answer: Ticked::from_key(form.value(&item)), item, shown_by });
    }
    if holds_up {
        for (field, sentence) in checklist::wrong(of, &answers) {
            form.wrong(&field, sentence);
        }
    }
    answers
}

/// The lists as they were gone through, in order.
pub fn gone(lines: Vec<Line>) -> Vec<Gone> {
    let mut all: Vec<Gone> = Vec::new();
    for line in lines {
        let answer = Ticked::from_key(&line.answer).map_or("", Ticked::title).to_owned();
        if all.last().is_none_or(|last| last.decision != line.decision || last.title != line.title) {
            all.push(Gone { title: line.title, by: line.by, lines: Vec::new(), decision: line.decision });
        }
        if let Some(last) = all.last_mut() {
            last.lines.push((line.ask, answer, line.shown_by));
        }
    }
    all
}
