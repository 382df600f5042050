//! What holds in one business area: the pack with what the area says instead laid over it, so that everything after it reads a whole pack.

use std::cmp::Reverse;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use toml::{Table, Value};

use super::place;
use super::shape::{Field, PACK, Shape};
use crate::rules::policy::Fault;

/// What belongs to the whole landlord, with the reason why no area has its own.
const SHARED: [(&str, &str); 17] = [
    ("document", "There is one document, for every area."),
    ("readings", "A reading holds for every area. Where only this area reads it so, say that at the value, with `interpretation`."),
    ("areas", "An area has no areas within it."),
    ("words", "One landlord calls the same thing by the same words everywhere."),
    ("roles", "Posts are the landlord's. Add the post to [roles] and name it here."),
    ("bodies", "Panels and committees are the landlord's. Add the body to [[bodies]] and name it here."),
    ("people", "Whom the policy is about is known before anybody knows the area."),
    ("behaviour.categories", "An incident is logged, and counted in reports, by the same kinds of behaviour everywhere."),
    ("behaviour.effects", "An incident is logged, and counted in reports, by the same kinds of harm everywhere."),
    ("call-ending", "Whoever answers a call does not know yet which area the caller belongs to."),
    ("authority.delegation", "A colleague hands over deciding for every area at once."),
    ("clocks", "Days and the times of everyday work are counted alike everywhere."),
    ("reviews.tiers", "A meeting looks at the cases of every area together."),
    ("reviews.whole-register", "The whole register is that of every area."),
    ("onward.nation", "One landlord keeps one calendar."),
    ("reports", "A report counts the cases of every area."),
    ("retention", "Records are kept alike everywhere."),
];

/// Lays over a pack what one of its areas says instead. An area the pack does not have is everybody.
pub(super) fn lay(pack: &mut DeTable<'_>, area: &str) {
    let areas = pack.get("areas").and_then(|areas| areas.get_ref().as_array());
    let is_meant = |one: &&Spanned<DeValue<'_>>| word(one.get_ref(), "key") == Some(area);
    let Some(area) = areas.and_then(|areas| areas.iter().find(is_meant)).map(|area| area.get_ref().clone()) else { return };
    let Shape::Table(chapters) = &*PACK else { return };
    let without = area.get("without").and_then(|list| list.get_ref().as_array()).into_iter().flatten();
    let mut without: Vec<&str> = without.filter_map(|place| place.get_ref().as_str()).filter(|place| shared(place).is_none()).collect();
    without.sort_by_cached_key(|place| Reverse(numbered(place)));
    without.into_iter().for_each(|place| leave_out(pack, place));
    if let Some(DeValue::Table(mut instead)) = area.get("instead").map(|instead| instead.get_ref().clone()) {
        SHARED.iter().for_each(|(place, _)| leave_out(&mut instead, place));
        table(pack, &instead, chapters, "");
    }
}

/// What is wrong with the areas themselves: what belongs to everybody, and what is left out and was never there. Nothing is said of what
/// could not be read.
pub(in crate::rules::policy) fn faults(pack: &Table, mended: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let whole = Value::Table(pack.clone());
    for (index, area) in pack.get("areas").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = place::join("areas", &place::item("areas", |word| area.get(word)?.as_str(), index));
        let not_its_own = |place: &str, why: &str| format!("No area has its own \"{place}\". {why}");
        for (place, why) in SHARED.iter().filter(|(place, _)| area.get("instead").is_some_and(|instead| has(instead, place, ""))) {
            faults.push(Fault::at(format!("{at}.instead.{place}"), not_its_own(place, why)));
        }
        let list = place::join(&at, "without");
        if mended.iter().any(|one| place::is_within(&list, one) || place::is_within(one, &list)) {
            continue;
        }
        for place in area.get("without").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            let says = match shared(place) {
                Some((place, why)) => not_its_own(place, why),
                None if mended.iter().any(|one| place::is_within(place, one) || place::is_within(one, place)) => continue,
                None if !has(&whole, place, "") => {
                    format!("There is nothing at \"{place}\" that could be left out. A place is written as in \"ladder.steps.talk\".")
                }
                None => continue,
            };
            faults.push(Fault::at(&list, says));
        }
    }
    faults
}

/// A place by its parts, so that of two entries of one list the later comes later: what is left out from the end moves nothing before it.
fn numbered(place: &str) -> Vec<(usize, &str)> {
    place.split('.').map(|part| part.parse().map_or((0, part), |number| (number, ""))).collect()
}

/// What belongs to the whole landlord and holds this place.
fn shared(place: &str) -> Option<&'static (&'static str, &'static str)> {
    SHARED.iter().find(|(shared, _)| place::is_within(place, shared))
}

/// Whether something stands at a place of a value.
fn has(value: &Value, place: &str, within: &str) -> bool {
    let (first, rest) = place.split_once('.').unwrap_or((place, ""));
    let at = place::join(within, first);
    let found = match value {
        Value::Table(table) => table.get(first).or_else(|| table.get("value")?.get(first)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .find_map(|(index, one)| (place::item(within, |word| one.get(word)?.as_str(), index) == first).then_some(one)),
        _ => None,
    };
    found.is_some_and(|found| rest.is_empty() || has(found, rest, &at))
}

/// Takes what stands at a place out of a table.
fn leave_out(table: &mut DeTable<'_>, place: &str) {
    let Some((chapter, rest)) = place.split_once('.') else {
        table.remove(place);
        return;
    };
    if let Some(value) = table.get_mut(chapter) {
        leave_out_of(value.get_mut(), rest, chapter);
    }
}

fn leave_out_of(value: &mut DeValue<'_>, place: &str, within: &str) {
    let (first, rest) = place.split_once('.').unwrap_or((place, ""));
    match value {
        // A value beside its source holds its parts one table further in.
        DeValue::Table(table) if !table.contains_key(first) => {
            if let Some(inner) = table.get_mut("value") {
                leave_out_of(inner.get_mut(), place, within);
            }
        }
        DeValue::Table(table) if rest.is_empty() => {
            table.remove(first);
        }
        DeValue::Table(table) => {
            if let Some(inner) = table.get_mut(first) {
                leave_out_of(inner.get_mut(), rest, &place::join(within, first));
            }
        }
        DeValue::Array(list) => {
            let is_meant =
                |(index, one): &(usize, &Spanned<DeValue<'_>>)| place::item(within, |key| word(one.get_ref(), key), *index) == first;
            let Some((index, _)) = list.iter().enumerate().find(is_meant) else { return };
            match rest.is_empty() {
                true => *list = list.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, one)| one.clone()).collect(),
                false => {
                    if let Some(inner) = list.get_mut(index) {
                        leave_out_of(inner.get_mut(), rest, &place::join(within, first));
                    }
                }
            }
        }
        _ => {}
    }
}

/// Lays one table over another, key by key.
fn table<'i>(under: &mut DeTable<'i>, over: &DeTable<'i>, fields: &[Field], place: &str) {
    let shape_of = |key: &str| fields.iter().find(|field| field.key == key).map(|field| &field.shape);
    // What the area says in plain values comes from where the area says so, and no longer from the clause everybody has.
    let is_plain = |key: &str| {
        !matches!(key, "key" | "kind") && !matches!(shape_of(key), None | Some(Shape::Sourced(_) | Shape::Table(_) | Shape::Source))
    };
    if shape_of("source").is_some() && over.keys().any(|key| is_plain(key.get_ref())) {
        under.remove("source");
    }
    for (key, value) in over {
        match (under.get_mut(key.get_ref().as_ref()), shape_of(key.get_ref())) {
            (Some(held), Some(shape)) => lay_value(held, value, shape, &place::join(place, key.get_ref())),
            _ => {
                under.insert(key.clone(), value.clone());
            }
        }
    }
}

fn lay_value<'i>(under: &mut Spanned<DeValue<'i>>, over: &Spanned<DeValue<'i>>, shape: &Shape, place: &str) {
    let laid = match (under.get_ref(), over.get_ref(), shape) {
        (DeValue::Table(held), DeValue::Table(instead), Shape::Table(fields)) => {
            let mut laid = held.clone();
            table(&mut laid, instead, fields, place);
            DeValue::Table(laid)
        }
        (DeValue::Array(held), DeValue::Array(instead), Shape::List(of)) if has_keys(of) => DeValue::Array(list(held, instead, of, place)),
        (_, instead, _) => instead.clone(),
    };
    *under = Spanned::new(over.span(), laid);
}

/// Whether the entries of a list are known by a key.
fn has_keys(of: &Shape) -> bool {
    matches!(of, Shape::Table(fields) if fields.iter().any(|field| field.key == "key"))
}

/// The entries everybody has, each with what the area says of it instead, and then those that only the area has.
fn list<'i>(held: &DeArray<'i>, instead: &DeArray<'i>, of: &Shape, place: &str) -> DeArray<'i> {
    let known = |one: &Spanned<DeValue<'_>>| {
        let kind = || word(one.get_ref(), "kind").filter(|_| place == "measures.offered");
        word(one.get_ref(), "key").or_else(kind).map(str::to_owned)
    };
    let mut laid: Vec<Spanned<DeValue<'i>>> = held.iter().cloned().collect();
    for over in instead {
        match known(over).and_then(|key| Some((laid.iter_mut().find(|one| known(one).as_ref() == Some(&key))?, key))) {
            Some((under, key)) => lay_value(under, over, of, &place::join(place, &key)),
            None => laid.push(over.clone()),
        }
    }
    laid.into_iter().collect()
}

fn word<'a>(value: &'a DeValue<'_>, key: &str) -> Option<&'a str> {
    value.get(key)?.get_ref().as_str()
}
