//! Places in a pack: "ladder.steps.formal-warning.taken-by", and the line each stands on.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The place of a key within a place; the pack itself is "".
pub(super) fn join(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

/// What an item of the list at a place is known by: its key; a measure without one, its kind; anything else, its number from 1.
pub(in crate::rules::policy) fn item<'a>(place: &str, word: impl Fn(&str) -> Option<&'a str>, index: usize) -> String {
    let kind = || word("kind").filter(|_| place == "measures.offered" || place.ends_with(".instead.measures.offered"));
    word("key").or_else(kind).map_or_else(|| (index + 1).to_string(), str::to_owned)
}

/// The line of the file a byte stands on, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// Whether one place is another, or within it.
pub(in crate::rules) fn is_within(place: &str, outer: &str) -> bool {
    place == outer || place.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

/// The line of a place, or of the nearest table around it that is written down.
pub(in crate::rules::policy) fn line_of(text: &str, place: &str) -> Option<usize> {
    let table = DeTable::parse_recoverable(text).0;
    let mut segments = place.split('.');
    let first = segments.next()?;
    let (key, mut value) = table.get_ref().iter().find(|(key, _)| key.get_ref() == first)?;
    let mut at = Spanned::span(key).start;
    for segment in segments {
        let Some((start, inner)) = within(value, segment) else { break };
        at = start;
        value = inner;
    }
    Some(line(text, at))
}

/// What stands at a segment within a value, and where it starts: a key of a table, an item of a list by its key or its number. What a value
/// with a source holds stands in its "value", which no place names.
fn within<'a, 'i>(value: &'a Spanned<DeValue<'i>>, segment: &str) -> Option<(usize, &'a Spanned<DeValue<'i>>)> {
    match value.get_ref() {
        DeValue::Table(inner) => {
            let named = inner.iter().find(|(key, _)| key.get_ref() == segment).map(|(key, value)| (Spanned::span(key).start, value));
            let held = inner.get_key_value("value").filter(|(_, held)| held.get_ref().is_table() || held.get_ref().is_array());
            named.or_else(|| held.map(|(key, held)| within(held, segment).unwrap_or((Spanned::span(key).start, held))))
        }
        DeValue::Array(list) => {
            let is_meant = |(index, one): &(usize, &Spanned<DeValue<'i>>)| {
                let word = |of: &str| one.get_ref().get(of).and_then(|word| word.get_ref().as_str());
                let unnamed = || (index + 1).to_string() == segment || word("kind") == Some(segment);
                word("key").map_or_else(unnamed, |key| key == segment)
            };
            list.iter().enumerate().find(is_meant).map(|(_, one)| (one.span().start, one))
        }
        _ => None,
    }
}

/// The word nearest to a misspelt one, where one is near.
pub(in crate::rules::policy) fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let near = words.iter().map(|one| (strsim::damerau_levenshtein(word, one), *one)).min_by_key(|(far, _)| *far)?;
    let (far, one) = near;
    (far <= 1 + word.chars().count() / 4).then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_written_over_lines_stands_on_the_line_of_its_item() {
        let text = "[one]\nlist = { value = [\n  \"a\",\n  \"b\",\n], stated = \"1\" }\nplain = [\n  { value = \"c\" },\n  { key = \"d\",\n    of = \"e\" },\n]\n";
        let table = [
            ("one.list", 2),
            ("one.list.1", 3),
            ("one.list.2", 4),
            ("one.list.9", 2),
            ("one.plain.1", 7),
            ("one.plain.d", 8),
            ("one.plain.d.of", 9),
            ("one.missing", 1),
        ];
        for (place, stands) in table {
            assert_eq!(line_of(text, place), Some(stands), "{place}");
        }
        assert_eq!(line_of(text, "two"), None);
    }
}
