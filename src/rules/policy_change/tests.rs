use super::*;
use crate::rules::ladder::Taken;

const WEST_KENT: &str = include_str!("../../../policies/west-kent.toml");
const HOUSING_SOLUTIONS: &str = include_str!("../../../policies/housing-solutions.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn policy(pack: &str) -> Policy {
    Policy::read(pack).unwrap()
}

fn case(stage: Stage) -> OpenCase {
    OpenCase {
        stage,
        measures: BTreeSet::from([MeasureKind::TwoPersonVisits.key().to_owned()]),
        reach: None,
        behaviours: BTreeSet::new(),
        began: day("2027-02-01"),
        ends_on: Some(day("2027-07-30")),
        skipped: false,
        review_on: Some(day("2027-05-03")),
        appeal: Some(Promised { by: Some(day("2027-03-01")) }),
        past: Past::default(),
    }
}

fn what(changes: &[Change]) -> Vec<&'static str> {
    changes.iter().map(|change| change.what).collect()
}

#[test]
fn the_same_policy_changes_nothing_for_anybody() {
    for stage in Stage::ALL {
        for pack in [WEST_KENT, HOUSING_SOLUTIONS] {
            assert_eq!(changes(&policy(pack), &policy(pack), &case(*stage), day("2027-03-10")), []);
        }
    }
}

#[test]
fn each_rule_that_differs_is_named_with_what_held_and_what_would() {
    let (before, after) = (policy(WEST_KENT), policy(HOUSING_SOLUTIONS));
    let found = changes(&before, &after, &case(Stage::InForce), day("2027-03-10"));
    assert!(found.iter().all(|change| change.before != change.after && !change.before.is_empty() && !change.after.is_empty()));
    assert_eq!(what(&found), ["Who holds the review", "Who decides an appeal"]);
}

#[test]
fn who_decides_matters_to_a_proposal_and_reviews_to_what_is_in_force() {
    let (before, after) = (policy(WEST_KENT), policy(HOUSING_SOLUTIONS));
    let proposed = changes(&before, &after, &case(Stage::AwaitingApproval), day("2027-03-10"));
    let in_force = changes(&before, &after, &case(Stage::InForce), day("2027-03-10"));
    assert!(what(&proposed).contains(&"Who decides the proposal") && !what(&in_force).contains(&"Who decides the proposal"));
    assert!(!what(&proposed).contains(&"Who holds the review"));
}

#[test]
fn a_promise_is_listed_and_is_never_a_change() {
    let case = case(Stage::InForce);
    let promised = promises(&case).join(" ").replace('\u{a0}', " ");
    for words in ["Monday 3 May 2027", "30 July 2027", "1 March 2027"] {
        assert!(promised.contains(words), "{promised}");
    }
    assert!(promises(&OpenCase { stage: Stage::Draft, ..case }).is_empty());
}

#[test]
fn a_measure_that_is_no_longer_offered_is_named_and_keeps_the_case_where_it_is() {
    let before = policy(WEST_KENT);
    let mut after = before.clone();
    after.measures.offered.retain(|offer| offer.kind != MeasureKind::TwoPersonVisits);
    let found = changes(&before, &after, &case(Stage::InForce), day("2027-03-10"));
    assert_eq!(what(&found), ["Measures it is made of"]);
    assert!(found[0].after.starts_with("Not offered"), "{found:?}");
    assert_eq!(cannot_move(&before, &after, &case(Stage::InForce)).len(), 1);
    assert!(cannot_move(&before, &before, &case(Stage::InForce)).is_empty());
}

#[test]
fn a_warning_that_would_stop_counting_changes_where_the_ladder_stands() {
    let before = policy(WEST_KENT);
    let step = before.ladder.warnings().next().unwrap().key.clone();
    let taken =
        Taken { step: step.clone(), on: day("2027-02-12"), withdrawn: false, case_closed: None, promised: None, behaviours: Vec::new() };
    let open = OpenCase { past: Past { taken: vec![taken], ..Past::default() }, ..case(Stage::AwaitingApproval) };
    let mut after = before.clone();
    for one in &mut after.ladder.steps {
        if one.key == step {
            one.key = "something-else".into();
        }
    }
    let found = changes(&before, &after, &open, day("2027-03-10"));
    assert!(what(&found).contains(&"What counts on the ladder"), "{found:?}");
}

#[test]
fn a_shorter_longest_term_names_the_last_day_that_lies_beyond_it() {
    let before = policy(WEST_KENT);
    let mut after = before.clone();
    after.terms.longest.value = "3 months".parse().unwrap();
    let found = changes(&before, &after, &case(Stage::AwaitingApproval), day("2027-03-10"));
    assert_eq!(what(&found), ["The longest it may run"]);
    assert!(found[0].after.replace('\u{a0}', " ").ends_with("the last day asked for, 30 July 2027, is later"), "{found:?}");
}
