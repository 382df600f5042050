use std::sync::Arc;

use super::*;
use crate::rules::ladder::Taken;
use crate::rules::measure::MeasureKind;

const WEST_KENT: &str = include_str!("../../../policies/west-kent.toml");
const HOUSING_SOLUTIONS: &str = include_str!("../../../policies/housing-solutions.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn policy(pack: &str) -> Policy {
    Policy::read(pack).unwrap()
}

/// Two packs beside each other.
fn beside(before: &str, after: &str) -> Versions {
    Versions::new((Arc::new(policy(before)), before), (Arc::new(policy(after)), after))
}

/// A pack with one piece of text exchanged, beside it.
fn with(pack: &str, was: &str, is: &str) -> Versions {
    assert!(pack.contains(was), "{was}");
    beside(pack, &pack.replacen(was, is, 1))
}

fn today() -> NaiveDate {
    day("2027-03-10")
}

fn case(stage: Stage) -> OpenCase {
    OpenCase {
        stage,
        under_appeal: false,
        measures: BTreeSet::from([MeasureKind::TwoPersonVisits.key().to_owned()]),
        reach: None,
        behaviours: BTreeSet::new(),
        began: day("2027-02-01"),
        ends_on: Some(day("2027-07-30")),
        skipped: [].into(),
        review_on: Some(day("2027-05-03")),
        length_appeal: None,
        appeal: Some(Promised { by: Some(day("2027-03-01")) }),
        past: Past::default(),
    }
}

fn what(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.what.as_str()).collect()
}

#[test]
fn the_same_policy_changes_nothing_for_anybody() {
    for pack in [WEST_KENT, HOUSING_SOLUTIONS] {
        let same = beside(pack, &format!("{pack}\n# The same."));
        for stage in Stage::ALL {
            assert_eq!(changes(&same, &case(*stage), today()), []);
        }
        assert!(State::ALL.iter().all(|state| changes_for(&same, *state).is_empty()));
        assert_eq!(told(&same), []);
    }
}

#[test]
fn each_rule_that_differs_is_named_with_what_held_and_what_would() {
    let versions = beside(WEST_KENT, HOUSING_SOLUTIONS);
    let found = changes(&versions, &case(Stage::InForce), today());
    assert!(found.iter().all(|change| change.before != change.after && !change.before.is_empty() && !change.after.is_empty()));
    for one in [
        "Who looks at it again",
        "Who decides an appeal",
        "Who may end it before its last day",
        "Meeting about all of them: six-monthly review of all arrangements",
    ] {
        assert!(what(&found).contains(&one), "{one}: {:#?}", what(&found));
    }
    let shown: Vec<&str> = what(&found);
    let mut once = shown.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), shown.len(), "nothing is said twice: {shown:#?}");
}

/// Audit: a version with delegation, early review, a new outcome, a meeting and other appeal days named the appeal days only.
#[test]
fn every_right_that_comes_with_a_version_is_named_to_the_case_and_to_the_customer() {
    let example = include_str!("../policy/format/example.toml");
    let start = |pack: &str, from: &str, to: &str| -> String {
        let (at, end) = (pack.find(from).unwrap(), pack.find(to).unwrap());
        format!("{}{}", &pack[..at], &pack[end..])
    };
    let mut before = start(example, "[[reviews.tiers]]", "[[challenge.deciders]]");
    for (was, is) in [
        ("early-review = { value = { after = \"2 months\", within = \"10 working days\" }, stated = \"7.7\" }\n", ""),
        ("delegation = { value = { to = [\"head-of-service\", \"director\"], longest = \"3 months\" }, stated = \"6.7\" }\n", ""),
        (", \"lift-on-undertaking\"]", "]"),
        ("window = { value = \"20 working days\"", "window = { value = \"15 working days\""),
    ] {
        assert!(before.contains(was), "{was}");
        before = before.replacen(was, is, 1);
    }
    let versions = beside(&before, example);
    let in_force = changes(&versions, &case(Stage::InForce), today());
    let proposed = changes(&versions, &case(Stage::AwaitingApproval), today());
    let theirs = ["Asking for an early review", "What can come of a review", "When an appeal may come"];
    let ours = ["Who decides: handing a part to a colleague", "Meeting about all of them: quarterly case meeting"];
    for one in theirs.iter().chain(&ours) {
        assert!(what(&in_force).iter().any(|what| what.contains(one)), "in force: {one}: {:#?}", what(&in_force));
        assert!(what(&proposed).iter().any(|what| what.contains(one)), "proposed: {one}: {:#?}", what(&proposed));
    }
    let told = told(&versions);
    assert_eq!(what(&told), ["What can come of a review", "Asking for an early review", "When an appeal may come"]);
    assert_eq!(told[1].before, "The policy promises none");
    assert_eq!(told[1].after, "From 2 months after it began, or was last looked at; we then do so within 10 working days");
}

#[test]
fn who_decides_matters_to_a_proposal_and_reviews_to_what_is_in_force_as_well() {
    let versions = beside(WEST_KENT, HOUSING_SOLUTIONS);
    let proposed = changes(&versions, &case(Stage::AwaitingApproval), today());
    let in_force = changes(&versions, &case(Stage::InForce), today());
    assert!(what(&proposed).contains(&"Who decides the proposal") && !what(&in_force).contains(&"Who decides the proposal"));
    assert!(what(&proposed).contains(&"Who looks at it again"), "it will be reviewed under its version: {:#?}", what(&proposed));
}

#[test]
fn what_a_case_has_behind_it_is_not_named() {
    let example = include_str!("../policy/format/example.toml");
    let window = with(example, "window = { value = \"20 working days\"", "window = { value = \"15 working days\"");
    let under_appeal = OpenCase { under_appeal: true, ..case(Stage::InForce) };
    assert_eq!(what(&changes(&window, &case(Stage::InForce), today())), ["When an appeal may come"]);
    assert_eq!(changes(&window, &under_appeal, today()), [], "the appeal is there");
    let kept = with(example, "restrictions = { value = \"6 years\"", "restrictions = { value = \"5 years\"");
    let ended = changes(&kept, &case(Stage::Lifted), today());
    assert_eq!(what(&ended), ["How long records are kept: records of restrictions"]);
    assert_eq!((ended[0].before.as_str(), ended[0].after.as_str()), ("6 years", "5 years"));
    assert_eq!(what(&changes_for(&kept, State::Reported)), ["How long records are kept: records of restrictions"]);
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
    let (before, after) = (policy(WEST_KENT), without_visits_by_two());
    let found = changes(&beside(WEST_KENT, &after), &case(Stage::InForce), today());
    assert!(found.iter().any(|one| one.what == "Measures it is made of" && one.after.starts_with("Not offered")), "{found:?}");
    let after = policy(&after);
    assert_eq!(cannot_move(&before, &after, &case(Stage::InForce)).len(), 1);
    assert!(cannot_move(&before, &before, &case(Stage::InForce)).is_empty());
}

fn without_visits_by_two() -> String {
    let at = WEST_KENT.find("[[measures.offered]]\nkind = \"two-person-visits\"").unwrap();
    let end = at + 2 + WEST_KENT[at + 2..].find("\n[").unwrap();
    format!("{}{}", &WEST_KENT[..at], &WEST_KENT[end..])
}

#[test]
fn a_warning_that_would_stop_counting_changes_where_the_ladder_stands() {
    let before = policy(WEST_KENT);
    let step = before.ladder.warnings().next().unwrap().key.clone();
    let taken =
        Taken { step: step.clone(), on: day("2027-02-12"), withdrawn: false, case_closed: None, promised: None, behaviours: Vec::new() };
    let open = OpenCase { past: Past { taken: vec![taken], ..Past::default() }, ..case(Stage::AwaitingApproval) };
    let versions = beside(WEST_KENT, &WEST_KENT.replace(&format!("\"{step}\""), "\"something-else\""));
    let found = changes(&versions, &open, today());
    assert!(what(&found).contains(&"What counts on the ladder"), "{found:?}");
}

#[test]
fn a_shorter_longest_term_names_the_last_day_that_lies_beyond_it() {
    let length = policy(WEST_KENT).terms.longest.to_string().replace('\u{a0}', " ");
    let found = changes(
        &with(WEST_KENT, &format!("longest = {{ value = \"{length}\""), "longest = { value = \"6 months\""),
        &OpenCase { ends_on: Some(day("2027-12-01")), ..case(Stage::AwaitingApproval) },
        today(),
    );
    assert_eq!(what(&found), ["The longest it may run"]);
    assert!(found[0].after.replace('\u{a0}', " ").ends_with("the last day asked for, 1 December 2027, is later"), "{found:?}");
}
