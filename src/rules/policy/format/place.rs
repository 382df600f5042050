//! Places in a pack: "ladder.steps.formal-warning.taken-by", and the line each stands on.

use toml::de::{DeTable, DeValue};

/// The place of a key within a place; the pack itself is "".
pub(super) fn join(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

/// The line of the file a byte stands on, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// Whether one place is another, or within it.
pub(in crate::rules::policy) fn is_within(place: &str, outer: &str) -> bool {
    place == outer || place.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

/// The line of a place, or of the nearest table around it that is written down.
pub(in crate::rules::policy) fn line_of(text: &str, place: &str) -> Option<usize> {
    let table = DeTable::parse_recoverable(text).0;
    let mut segments = place.split('.');
    let first = segments.next()?;
    let (key, mut value) = table.get_ref().iter().find(|(key, _)| key.get_ref() == first)?;
    let mut at = toml::Spanned::span(key).start;
    for segment in segments {
        let next = match value.get_ref() {
            DeValue::Table(inner) => inner
                .iter()
                .find(|(key, _)| key.get_ref() == segment)
                .or_else(|| inner.get_key_value("value").filter(|(_, within)| within.get_ref().is_table() || within.get_ref().is_array()))
                .map(|(key, value)| (toml::Spanned::span(key).start, value)),
            DeValue::Array(list) => list
                .iter()
                .enumerate()
                .find(|(index, one)| {
                    let key = one.get_ref().get("key").and_then(|key| key.get_ref().as_str());
                    key.map_or_else(|| (index + 1).to_string() == segment, |key| key == segment)
                })
                .map(|(_, one)| (one.span().start, one)),
            _ => None,
        };
        let Some((start, inner)) = next else { break };
        at = start;
        value = inner;
    }
    Some(line(text, at))
}

/// The word nearest to a misspelt one, where one is near.
pub(in crate::rules::policy) fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let near = words.iter().map(|one| (strsim::damerau_levenshtein(word, one), *one)).min_by_key(|(far, _)| *far)?;
    let (far, one) = near;
    (far <= 1 + word.chars().count() / 4).then_some(one)
}
