//! Business areas in which details of the policy differ.

use super::*;
use crate::rules::policy::{check, differences, values, values_for};

const EXAMPLE: &str = include_str!("../format/example.toml");

fn read(area: Option<&str>) -> Policy {
    Policy::read_for(EXAMPLE, area).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[test]
fn an_area_has_its_own_details_and_everything_else_as_everybody_has_it() {
    let (everybody, supported) = (read(None), read(Some("supported")));
    assert_eq!((everybody.area.as_deref(), supported.area.as_deref()), (None, Some("supported")));
    assert_eq!(everybody.area("supported").map(|area| area.title.as_str()), Some("Supported housing"));
    assert_eq!([everybody.terms.longest.to_string(), supported.terms.longest.to_string()], ["12 months", "3 months"]);
    assert!(everybody.terms.renewals.is_some() && supported.terms.renewals.is_none(), "left out");
    let talk = |policy: &Policy| policy.ladder.step("talk").cloned().unwrap();
    let (was, is) = (talk(&everybody), talk(&supported));
    assert!(is.about.starts_with("The support worker talks it over") && is.source.clause() == Some("12.1"));
    let (about, source) = (was.about.clone(), was.source.clone());
    assert_eq!(Step { about, source, ..is }, was, "the rest of an entry stays");
    let alike = Policy { terms: everybody.terms.clone(), ladder: everybody.ladder.clone(), area: None, ..supported };
    assert_eq!(alike, everybody);
    assert_eq!(read(Some("leasehold")), everybody, "an area the pack does not have is everybody");
}

#[test]
fn what_an_area_says_wrongly_is_one_fault_with_its_line_and_the_name_of_the_area() {
    let longest = "longest = { value = \"3 months\", stated = \"12.2\" }";
    let source = "source = { stated = \"12.1\" }\n\n[areas.instead.terms]";
    let within = |says: &str| format!("In supported housing: {says}");
    let table = [
        (longest, "longest = { value = \"3 mths\", stated = \"12.2\" }", "instead.terms.longest", within("This is not a length.")),
        (
            longest,
            "longst = { value = \"3 months\", stated = \"12.2\" }",
            "instead.terms.longst",
            within("There is no key \"longst\" here."),
        ),
        (longest, "longest = { value = \"3 months\" }", "instead.terms.longest", within("Say where this comes from")),
        (
            "key = \"talk\"\nabout = \"The support",
            "key = \"chat\"\nabout = \"The support",
            "instead.ladder.steps.chat.title",
            within("\"title\" is missing"),
        ),
        (
            "key = \"talk\"\nabout = \"The support",
            "key = \"talk\"\ntaken-by = { value = \"warden\", stated = \"12.1\" }\nabout = \"The support",
            "instead.ladder.steps.talk.taken-by",
            within("No role or body has the key \"warden\"."),
        ),
        (
            "[[areas.instead.ladder.steps]]",
            "[areas.instead.ladder.steps]",
            "instead.ladder.steps",
            within("Write [[areas.instead.ladder.steps]] with two brackets"),
        ),
        ("\"terms.renewals\"", "\"terms.renewal\"", "without", "There is nothing at \"terms.renewal\" that could be left out.".to_owned()),
        ("\"terms.renewals\"", "\"roles.adviser\"", "without", "No area has its own \"roles\". Posts are the landlord's.".to_owned()),
        ("\"terms.renewals\"", "\"terms.longest\", \"terms\"", "instead.terms.cap", within("\"cap\" is missing")),
        (
            source,
            "source = { stated = \"12.1\" }\n[areas.instead.reviews]\ntiers = []\n\n[areas.instead.terms]",
            "instead.reviews.tiers",
            "No area has its own \"reviews.tiers\". A meeting looks at the cases of every area together.".to_owned(),
        ),
        (
            source,
            "source = { stated = \"12.1\" }\n[areas.instead.words]\nstaff = \"carers\"\n\n[areas.instead.terms]",
            "instead.words",
            "No area has its own \"words\".".to_owned(),
        ),
    ];
    for (was, is, place, says) in table {
        assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
        let faults = check(&EXAMPLE.replacen(was, is, 1)).faults;
        let found: Vec<&Fault> = faults.iter().filter(|fault| fault.place == format!("areas.supported.{place}")).collect();
        assert!(found.len() == 1 && found[0].says.starts_with(&says), "{is}: {faults:#?}");
        let areas = EXAMPLE.lines().position(|line| line == "[[areas]]").unwrap();
        assert!(found[0].line.is_some_and(|line| line > areas), "{is}: {faults:#?}");
        let leaves_more_out = place.ends_with(".cap") || place.ends_with(".chat.title");
        assert!(leaves_more_out || faults.len() == 1, "{is}: {faults:#?}");
    }
}

#[test]
fn an_entry_an_area_changes_no_longer_comes_from_the_clause_everybody_has() {
    let silent = EXAMPLE.replacen("at hand.\"\nsource = { stated = \"12.1\" }", "at hand.\"", 1);
    let faults = check(&silent).faults;
    assert_eq!(faults.iter().map(|fault| fault.place.as_str()).collect::<Vec<_>>(), ["areas.supported.instead.ladder.steps.talk.source"]);
}

#[test]
fn what_is_wrong_for_everybody_is_not_said_again_of_an_area() {
    let broken = EXAMPLE.replacen("cap = { value = \"24 months\"", "cap = { value = \"24 mths\"", 1);
    assert_eq!(check(&broken).faults.len(), 1, "{:#?}", check(&broken).faults);
    let findings = check(EXAMPLE).findings;
    let (of_areas, others): (Vec<_>, Vec<_>) = findings.iter().partition(|one| one.place.starts_with("areas."));
    assert!(of_areas.iter().all(|one| one.says.starts_with("In supported housing: ") && one.line.is_some()), "{of_areas:#?}");
    let said_twice = |one: &&&Finding| others.iter().any(|other| one.says.ends_with(&other.says) && one.place.ends_with(&other.place));
    assert_eq!(of_areas.iter().filter(said_twice).count(), 0);
}

#[test]
fn an_area_in_which_nothing_differs_is_found() {
    let (before, _) = EXAMPLE.split_once("\nwithout = [\"terms.renewals\"]").unwrap();
    let empty = format!("{before}\nsource = {{ stated = \"12.1\" }}\n");
    let found = check(&empty).findings;
    assert!(
        found
            .iter()
            .any(|one| one.place == "areas.supported" && one.says == "In supported housing nothing differs from what everybody has."),
        "{found:#?}"
    );
}

#[test]
fn what_differs_in_an_area_is_told_in_words_with_where_it_comes_from() {
    let all = values(EXAMPLE);
    let of_areas: Vec<&str> = all.iter().filter_map(|one| one.place.strip_prefix("areas.supported.instead.")).collect();
    assert!(
        !of_areas.is_empty() && of_areas.iter().all(|place| place.starts_with("terms.") || place.starts_with("ladder.steps.talk")),
        "{of_areas:?}"
    );
    let at = |place: &str| all.iter().find(|one| one.place == place).cloned().unwrap_or_else(|| panic!("{place}"));
    let longest = at("areas.supported.instead.terms.longest");
    assert_eq!(
        (longest.says.as_str(), longest.source.and_then(|one| one.clause().map(str::to_owned)).as_deref()),
        ("3 months", Some("12.2"))
    );
    assert_eq!(at("areas.supported.instead.terms.renewals").says, "Does not hold here.");
    assert!(values_for(EXAMPLE, Some("supported")).iter().any(|one| one.place == "terms.longest" && one.says == "3 months"));
    assert!(values_for(EXAMPLE, None).iter().all(|one| one.section != "areas"));
}

#[test]
fn two_packs_are_compared_in_each_of_their_areas() {
    let shorter = EXAMPLE.replacen("longest = { value = \"3 months\"", "longest = { value = \"2 months\"", 1);
    let places = |found: Vec<Difference>| -> Vec<String> { found.into_iter().map(|one| one.place).collect() };
    assert_eq!(places(differences(EXAMPLE, &shorter)), ["areas.supported.instead.terms.longest"]);
    let (without, _) = EXAMPLE.split_once("\n[[areas]]").unwrap();
    let gone = places(differences(EXAMPLE, without));
    assert!(gone.contains(&"areas.supported".to_owned()) && gone.iter().all(|place| place.starts_with("areas.supported")), "{gone:?}");
}

/// Several entries without a key, left out by their numbers in any order: each number is that of the pack as it is written.
#[test]
fn entries_left_out_by_number_are_those_of_the_pack() {
    let whole = Policy::read(EXAMPLE).unwrap();
    let rules = whole.authority.rules.len();
    assert!(rules > 3);
    for without in [
        "\"authority.rules.2\", \"authority.rules.3\"",
        "\"authority.rules.3\", \"authority.rules.2\"",
        "\"authority.rules.2\", \"terms.renewals\", \"authority.rules.3\"",
    ] {
        let text = EXAMPLE.replacen("without = [\"terms.renewals\"]", &format!("without = [{without}]"), 1);
        let left = Policy::read_for(&text, Some("supported")).unwrap().authority.rules;
        let expected: Vec<_> =
            whole.authority.rules.iter().enumerate().filter(|(at, _)| !matches!(at, 1 | 2)).map(|(_, rule)| rule.clone()).collect();
        assert_eq!(left, expected, "{without}");
    }
}

/// What stands beside a source is taken out of it, and is then missing where it is needed.
#[test]
fn a_part_of_a_value_with_a_source_is_left_out_too() {
    let text = EXAMPLE.replacen("without = [\"terms.renewals\"]", "without = [\"challenge.early-review.after\"]", 1);
    let faults = check(&text).faults;
    assert!(faults.iter().any(|fault| fault.says.contains("\"after\" is missing")), "{faults:#?}");
}
