use super::*;
use crate::rules::policy::check;
use crate::rules::policy::tests::PACKS;

fn findings(slug: &str) -> Vec<Finding> {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    check(text).findings
}

/// The findings of a pack with one piece of text exchanged.
fn with(slug: &str, was: &str, is: &str) -> Vec<String> {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    assert!(text.contains(was), "{was}");
    let checked = check(&text.replacen(was, is, 1));
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    checked.findings.into_iter().map(|finding| finding.says).collect()
}

#[test]
fn om_24_two_sections_that_name_different_authorisers_are_shown_with_both_clauses() {
    let found = findings("one-manchester").into_iter().find(|finding| finding.place == "authority.rules").unwrap();
    assert_eq!(found.clauses, ["4.0", "7.0"]);
    assert!(found.line.is_some());
}

#[test]
fn nhg_review_is_silent_where_the_ombudsman_expects_a_rule() {
    let says: Vec<String> = findings("notting-hill-genesis").into_iter().map(|finding| finding.says).collect();
    assert!(says.iter().any(|says| says.starts_with("The policy does not say when a restriction is reviewed;")), "{says:?}");
    let stated = findings("housing-solutions");
    assert!(stated.iter().all(|finding| finding.place != "reviews.usual"), "6.5.6 says six months");
}

#[test]
fn an_appeal_whose_only_decider_always_took_part_is_found() {
    let says = with("one-manchester", "decider = { value = \"director\"", "decider = { value = \"director-of-communities\"");
    assert!(says.iter().any(|says| says.contains("is consulted on every restriction, so could never be independent")), "{says:?}");
    let before: Vec<String> = findings("one-manchester").into_iter().map(|finding| finding.says).collect();
    assert!(before.iter().any(|says| says.contains("A landlord where one person holds it cannot hear an appeal")), "{before:?}");
}

#[test]
fn wk_22_an_appeal_below_the_authoriser_is_found_and_a_restriction_that_ends_unreviewed_too() {
    let says = with("west-kent", "usual = { value = \"6 months\"", "usual = { value = \"1 month\"");
    assert!(says.iter().any(|says| says.contains("it would end unreviewed")), "{says:?}");
}

#[test]
fn every_ambiguity_of_the_matrix_is_a_finding_with_the_reading_chosen() {
    for (slug, count) in
        [("one-manchester", 7), ("alliance-homes", 7), ("housing-solutions", 9), ("notting-hill-genesis", 3), ("west-kent", 6)]
    {
        let chosen = findings(slug).into_iter().filter(|finding| finding.advice.starts_with("The pack follows this reading")).count();
        assert!(chosen >= count, "{slug}: {chosen}");
    }
}
