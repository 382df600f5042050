//! Keeping what was answered to the landlord's own lists, with the decision they stand before.

use uuid::Uuid;

use super::desk::Desk;
use super::{Error, Refusal, Result};
use crate::rules::checklist::{self, Answer};
use crate::rules::policy::Checklist;
use crate::store;
use crate::store::checklist::NewLine;

/// What keeps a decision from being made, each beside its line.
pub fn against(lists: &[&Checklist], answers: &[Answer]) -> Vec<Refusal> {
    checklist::wrong(lists, answers).into_iter().map(|(field, sentence)| Refusal::at(field, sentence)).collect()
}

/// Keeps the answers with the decision of this id.
///
/// # Errors
/// `Refused` beside each line that holds it up.
pub async fn keep(desk: &mut Desk, lists: &[&Checklist], decision: Uuid, answers: &[Answer]) -> Result<()> {
    let against = against(lists, answers);
    if !against.is_empty() {
        return Err(Error::Refused(against));
    }
    keep_as_given(desk, lists, decision, answers).await
}

/// Keeps whatever was answered, where nothing is held up by it.
pub async fn keep_as_given(desk: &mut Desk, lists: &[&Checklist], decision: Uuid, answers: &[Answer]) -> Result<()> {
    let lines = checklist::lines(lists);
    let kept: Vec<NewLine<'_>> = lines
        .iter()
        .filter_map(|(key, list, item)| {
            let given = answers.iter().find(|one| one.item == *key)?;
            Some(NewLine { item: key, title: &list.title, ask: &item.ask, answer: given.answer?.key(), shown_by: &given.shown_by })
        })
        .collect();
    if kept.is_empty() {
        return Ok(());
    }
    let (by, now) = (desk.staff()?.id, desk.now);
    Ok(store::checklist::add(&mut desk.tx, decision, &kept, by, now).await?)
}
