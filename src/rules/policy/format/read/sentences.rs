//! What is said of the commonest faults of a pack.

use toml::de::DeValue;

use super::super::place;
use super::super::shape::{Field, Shape};
use crate::rules::say;

pub(super) const WHERE_FROM: &str = "Say where this comes from with one of `stated = \"clause\"`, `default = \"why\"` or \
                          `interpretation = \"the reading\"` with `by` and `on`.";

/// What is wrong with a short name, which stands in addresses, in rows and in other packs.
pub(super) fn odd_key(key: &str) -> Option<String> {
    let is_plain = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-';
    if !key.is_empty() && key.chars().all(is_plain) && key.len() <= LONGEST_KEY {
        return None;
    }
    let plain: String = key.to_lowercase().chars().map(|one| if is_plain(one) { one } else { '-' }).collect();
    let plain = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let such: String = if plain.is_empty() { "front-office".into() } else { plain.chars().take(LONGEST_KEY).collect() };
    Some(format!("A key is at most {LONGEST_KEY} small letters, digits and hyphens, such as \"{such}\", and not \"{key}\"."))
}

/// A key is a short name.
const LONGEST_KEY: usize = 60;

pub(super) fn unknown_key(place: &str, key: &str, meant: Option<&str>, fields: &[Field]) -> String {
    let what = if place.is_empty() { format!("There is no chapter called [{key}].") } else { format!("There is no key \"{key}\" here.") };
    match meant {
        Some(meant) => format!("{what} Did you mean \"{meant}\"?"),
        None if place.is_empty() => what,
        None => {
            let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
            format!("{what} The keys are {}.", keys.join(", "))
        }
    }
}

pub(super) fn missing(place: &str, field: &Field) -> String {
    let about = field.about.trim_end_matches('.');
    match place {
        "" => format!("The chapter [{}] is missing: {about}.", field.key),
        _ if about.is_empty() => format!("\"{}\" is missing. It is {}.", field.key, field.shape.what()),
        _ => format!("\"{}\" is missing: {about}. It is {}.", field.key, field.shape.what()),
    }
}

pub(super) fn not_one_of(word: &str, words: &[(String, String)], shape: &Shape) -> String {
    let keys: Vec<&str> = words.iter().map(|(key, _)| key.as_str()).collect();
    let holds = |key: &&str| word.chars().count() > 3 && key.contains(word);
    let near: Vec<String> = match place::nearest(word, &keys) {
        Some(meant) => vec![format!("\"{meant}\"")],
        None => keys.iter().copied().filter(holds).map(|key| format!("\"{key}\"")).collect(),
    };
    match near.is_empty() {
        false => {
            let meant = say::either(&near);
            format!("\"{word}\" is not one of the words that can stand here. Did you mean {meant}? It must be {}.", shape.what())
        }
        true => format!("\"{word}\" is not one of the words that can stand here. It must be {}.", shape.what()),
    }
}

pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "words",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point in it",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
