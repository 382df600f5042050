//! The format as a JSON Schema for editors: what is needed only beside other values is needed only there.

use serde_json::{Value, json};

use super::read::PROFILES;
use super::shape;

/// The whole schema, for an editor that checks a pack while it is written.
pub(super) fn schema() -> Value {
    let mut schema = shape::json();
    for profile in PROFILES {
        if let Some(table) = chapter(&mut schema, "challenge").and_then(|table| property(table, profile)) {
            needed_unless(table, "mode", &json!("none"), |key| key != "mode");
        }
    }
    if let Some(table) = chapter(&mut schema, "reviews") {
        needed_unless(table, "set-in-letter", &json!(true), |key| key == "intervals");
    }
    let instead = in_part(shape::json());
    if let Some(area) = chapter(&mut schema, "areas").and_then(|areas| areas.get_mut("items")).and_then(|area| property(area, "instead")) {
        *area = instead;
    }
    schema
}

/// The schema of a part of what this describes: nothing is needed in a table, nor in the entry of a list that has a key.
fn in_part(mut schema: Value) -> Value {
    let has_key = |items: &Value| items.pointer("/properties/key").is_some();
    if let Some(table) = schema.as_object_mut().filter(|table| !table.contains_key("x-sourced") && !table.contains_key("x-source")) {
        table.remove("required");
        for inner in table.get_mut("properties").and_then(Value::as_object_mut).into_iter().flat_map(|fields| fields.values_mut()) {
            *inner = in_part(inner.take());
        }
        if let Some(items) = table.get_mut("items").filter(|items| has_key(items)) {
            *items = in_part(items.take());
        }
        for inner in table.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten() {
            *inner = in_part(inner.take());
        }
    }
    schema
}

fn chapter<'a>(schema: &'a mut Value, key: &str) -> Option<&'a mut Value> {
    property(schema, key)
}

/// The schema of a key of a table, or of what may be left out there.
fn property<'a>(table: &'a mut Value, key: &str) -> Option<&'a mut Value> {
    let found = table.get_mut("properties")?.get_mut(key)?;
    if found.get("anyOf").is_none() {
        return Some(found);
    }
    found.get_mut("anyOf")?.as_array_mut()?.iter_mut().find(|one| one.get("properties").is_some())
}

/// These keys are needed, but not where another key of the same table has this value.
fn needed_unless(table: &mut Value, key: &str, is: &Value, spared: impl Fn(&str) -> bool) {
    let Some(required) = table.get_mut("required").and_then(Value::as_array_mut) else { return };
    let (moved, kept): (Vec<Value>, Vec<Value>) = required.drain(..).partition(|one| one.as_str().is_some_and(&spared));
    *required = kept;
    let Some(table) = table.as_object_mut() else { return };
    let says = json!({ "properties": { "value": { "const": is } }, "required": ["value"] });
    table.insert("if".into(), json!({ "properties": { key: says }, "required": [key] }));
    table.insert("else".into(), json!({ "required": moved }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(table: &Value) -> Vec<&str> {
        table["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    #[test]
    fn an_area_is_asked_for_nothing_but_what_it_says() {
        let mut schema = schema();
        let areas = chapter(&mut schema, "areas").expect("areas");
        assert_eq!(needed(&areas["items"]), ["key", "title", "source"]);
        let instead = areas.pointer("/items/properties/instead").expect("what holds instead");
        assert!(needed(instead).is_empty() && needed(&instead["properties"]["terms"]).is_empty());
        assert!(needed(instead.pointer("/properties/ladder/properties/steps/items").expect("steps")).is_empty());
        let whole = instead.pointer("/properties/authority/properties/rules/items").expect("rules");
        assert!(!needed(whole).is_empty(), "a list without keys is written whole");
    }

    #[test]
    fn what_another_value_settles_is_not_asked_for() {
        let mut schema = schema();
        for profile in PROFILES {
            let table = chapter(&mut schema, "challenge").and_then(|table| property(table, profile)).expect(profile);
            assert_eq!(needed(table), Vec::<&str>::new(), "{profile}");
            assert_eq!(table["if"]["properties"]["mode"]["properties"]["value"]["const"], "none", "{profile}");
            assert!(needed(&table["else"]).contains(&"decider"), "{profile}");
        }
        let reviews = chapter(&mut schema, "reviews").expect("reviews");
        assert!(needed(reviews).contains(&"usual") && !needed(reviews).contains(&"intervals"));
        assert_eq!(needed(&reviews["else"]), ["intervals"]);
        let challenge = chapter(&mut schema, "challenge").expect("challenge");
        assert!(needed(challenge).contains(&"appeal"), "whether there is an appeal has to be said all the same");
    }
}
