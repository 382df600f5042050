//! Nobody who reads the settings of any pack meets a key or a structure of the format.

use crate::rules::policy::format::shape::{PACK, Shape};
use crate::rules::policy::{Value, differences, values};

const PACKS: [(&str, &str); 12] = [
    ("one-manchester", include_str!("../../../../policies/one-manchester.toml")),
    ("alliance-homes", include_str!("../../../../policies/alliance-homes.toml")),
    ("housing-solutions", include_str!("../../../../policies/housing-solutions.toml")),
    ("notting-hill-genesis", include_str!("../../../../policies/notting-hill-genesis.toml")),
    ("west-kent", include_str!("../../../../policies/west-kent.toml")),
    ("almswell", include_str!("../../../../tests/packs/almswell.toml")),
    ("ballynoe", include_str!("../../../../tests/packs/ballynoe.toml")),
    ("harbourlight", include_str!("../../../../tests/packs/harbourlight.toml")),
    ("kirkbrae", include_str!("../../../../tests/packs/kirkbrae.toml")),
    ("saltmarsh", include_str!("../../../../tests/packs/saltmarsh.toml")),
    ("toldervale", include_str!("../../../../tests/packs/toldervale.toml")),
    ("the example", include_str!("../format/example.toml")),
];

/// Every key of the format of more than one word, as a pack writes it and as words.
fn keys(shape: &Shape, into: &mut Vec<String>) {
    match shape {
        Shape::Table(fields) => {
            for field in fields {
                into.push(field.key.clone());
                keys(&field.shape, into);
            }
        }
        Shape::Named(of) | Shape::List(of) | Shape::Sourced(of) => keys(of, into),
        _ => {}
    }
}

#[test]
fn no_page_of_settings_prints_a_key_or_a_structure() {
    let mut format = Vec::new();
    keys(&PACK, &mut format);
    for (name, pack) in PACKS {
        let all = values(pack);
        assert!(all.len() > 100, "{name}");
        for value in all {
            let told = format!("{name}, {}: «{}» «{}»", value.place, value.title, value.says);
            assert!(!value.says.trim().is_empty() && !value.title.trim().is_empty(), "{told}");
            assert!(!value.says.contains("..") && !value.says.contains(" .") && !value.says.contains("?."), "{told}");
            let lower = value.says.to_lowercase();
            for raw in ["kind: ", "; of: ", "title: ", "no: ", "skipped: ", "say: ", "ask: ", "source: ", "by: ", "length: ", "rests on: "]
            {
                assert!(!lower.starts_with(raw) && !lower.contains(&format!("; {raw}")) && !lower.contains(&format!(". {raw}")), "{told}");
            }
            for key in format.iter().filter(|key| key.contains('-')) {
                let (key, words) = (key.as_str(), key.replace('-', " "));
                let is_word = |text: &str| text.split(|c: char| c.is_whitespace() || ":;,.".contains(c)).any(|word| word == key);
                assert!(!is_word(&value.says) && !is_word(&value.title), "{key}: {told}");
                let titled = value.title.to_lowercase();
                let fine = ["always open", "restriction notice", "early review", "kinds", "other formats"].contains(&words.as_str());
                assert!(fine || !(titled == words || titled.ends_with(&format!(": {words}"))), "{words}: {told}");
            }
        }
    }
}

#[test]
fn the_settings_say_who_decides_in_the_words_of_the_policy_page() {
    let all = values(PACKS[4].1);
    let at = |place: &str| -> Value { all.iter().find(|value| value.place == place).cloned().unwrap() };
    assert_eq!(at("challenge.appeal.late-decided-by").title, "Appeal: who decides a late appeal");
    let rules: Vec<String> =
        all.iter().filter(|value| value.place.starts_with("authority.rules.")).map(|value| value.says.clone()).collect();
    assert!(!rules.is_empty() && rules.iter().all(|says| says.contains("decide")), "{rules:?}");
    let shown: Vec<String> =
        all.iter().filter(|value| value.section == "authority").map(|value| format!("{}: {}", value.title, value.says)).collect();
    assert!(shown.iter().any(|line| line.contains("decides, then ")), "{shown:#?}");
}

#[test]
fn a_list_without_names_is_compared_by_the_titles_in_it() {
    let pack = PACKS[11].1;
    let later = pack.replace("title = \"Warnings\"", "title = \"Warnings given\"");
    let found = differences(pack, &later);
    let told: Vec<(String, Option<String>)> = found.into_iter().map(|one| (one.title, one.after)).collect();
    assert_eq!(told, [("The policy document: Clause 4.2".to_owned(), Some("Warnings given".to_owned()))]);
}
