//! The landlord's own questions before a step or a decision: answered yes, no or not applicable, with what shows it. A blocking one that
//! stands at no, or at nothing, holds up what it stands before.

use super::policy::{Checklist, Decision, Item, Policy, Step};
use super::proposal::Ticked;

/// What somebody answered to one line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which line: its key as `key` makes it.
    pub item: String,
    /// The answer; none where nothing was chosen.
    pub answer: Option<Ticked>,
    /// What shows it; may be empty.
    pub shown_by: String,
}

/// Under which name the answer to one line is asked for and kept. Two lists may have lines of one key.
pub fn key(list: &Checklist, item: &Item) -> String {
    format!("list:{}.{}", list.key, item.key)
}

/// Under which name it is kept what shows an answer.
pub fn shown_key(key: &str) -> String {
    format!("shown:{}", key.trim_start_matches("list:"))
}

/// The lists gone through before a step is taken.
pub fn of_step<'a>(policy: &'a Policy, step: &Step) -> Vec<&'a Checklist> {
    step.checklists.iter().filter_map(|key| policy.checklist(key)).collect()
}

/// The lists gone through for any of these decisions, each once.
pub fn at<'a>(policy: &'a Policy, decisions: &[Decision]) -> Vec<&'a Checklist> {
    policy.checklists.iter().filter(|list| list.at.iter().any(|at| decisions.contains(at))).collect()
}

/// Every line of these lists with its key, in order.
pub fn lines<'a>(lists: &[&'a Checklist]) -> Vec<(String, &'a Checklist, &'a Item)> {
    lists.iter().flat_map(|list| list.items.iter().map(|item| (key(list, item), *list, item))).collect()
}

/// What keeps it from being done: the line's key, and a sentence.
pub fn wrong(lists: &[&Checklist], answers: &[Answer]) -> Vec<(String, String)> {
    let of = |key: &str| answers.iter().find(|one| one.item == key);
    let wrong = lines(lists).into_iter().filter_map(|(key, _, item)| {
        let given = of(&key);
        let sentence = match (given.and_then(|one| one.answer), item.blocking) {
            (Some(Ticked::No), true) => format!("The policy asks for this first: {}", item.ask),
            (None, true) => format!("Answer this first: {}", item.ask),
            (None, false) if given.is_some_and(|one| !one.shown_by.is_empty()) => format!("Choose an answer too: {}", item.ask),
            _ => return None,
        };
        Some((key, sentence))
    });
    wrong.collect()
}

/// Every line answered with yes.
pub fn all_yes(lists: &[&Checklist]) -> Vec<Answer> {
    lines(lists).into_iter().map(|(item, ..)| Answer { item, answer: Some(Ticked::Yes), shown_by: String::new() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::Source;

    fn item(key: &str, blocking: bool) -> Item {
        Item { key: key.into(), ask: format!("Has {key} been done?"), blocking, source: Source::Stated { clause: "5.1".into() } }
    }

    fn list(items: Vec<Item>) -> Checklist {
        Checklist { key: "gate".into(), title: "Gate".into(), at: vec![Decision::Appeal], items }
    }

    #[test]
    fn only_a_blocking_line_at_no_or_at_nothing_holds_it_up() {
        let list = list(vec![item("a", true), item("b", false)]);
        let given = |a: Option<Ticked>, b: Option<Ticked>| {
            let one = |key: &str, answer| Answer { item: format!("list:gate.{key}"), answer, shown_by: String::new() };
            wrong(&[&list], &[one("a", a), one("b", b)])
        };
        for good in [Ticked::Yes, Ticked::DoesNotApply] {
            for other in [None, Some(Ticked::No), Some(Ticked::Yes)] {
                assert_eq!(given(Some(good), other), []);
            }
        }
        assert_eq!(
            given(Some(Ticked::No), None),
            [("list:gate.a".to_owned(), "The policy asks for this first: Has a been done?".to_owned())]
        );
        assert_eq!(given(None, None), [("list:gate.a".to_owned(), "Answer this first: Has a been done?".to_owned())]);
        assert_eq!(wrong(&[&list], &[]).len(), 1, "nothing sent is nothing answered");
    }

    #[test]
    fn what_shows_an_answer_is_not_kept_without_one() {
        let list = list(vec![item("b", false)]);
        let answers = [Answer { item: "list:gate.b".into(), answer: None, shown_by: "Her call of 3 March".into() }];
        assert_eq!(wrong(&[&list], &answers), [("list:gate.b".to_owned(), "Choose an answer too: Has b been done?".to_owned())]);
        assert_eq!(shown_key("list:gate.b"), "shown:gate.b");
    }
}
