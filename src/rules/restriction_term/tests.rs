use super::*;
use crate::rules::policy::tests::pack;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn dates(until: Option<NaiveDate>) -> Dates {
    Dates { from: day(2027, 3, 15), until, review: day(2027, 6, 15) }
}

fn wrong(slug: &str, dates: Dates) -> Vec<String> {
    check(&pack(slug), dates, dates.from).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn ah_18_no_term_runs_longer_than_six_months() {
    let policy = pack("alliance-homes");
    let six_months = dates(Some(day(2027, 9, 15)));
    assert_eq!(check(&policy, six_months, six_months.from), Ok(()));
    assert_eq!(
        wrong("alliance-homes", dates(Some(day(2027, 9, 16)))),
        ["The end date must be on or before 15\u{a0}September 2027, 6 months after the start."]
    );
}

#[test]
fn ah_18_a_review_may_set_a_further_term() {
    let policy = pack("alliance-homes");
    let second = Dates { from: day(2027, 9, 15), until: Some(day(2028, 3, 15)), review: day(2027, 12, 15) };
    assert_eq!(check(&policy, second, day(2027, 3, 15)), Ok(()));
}

#[test]
fn om_26_a_permanent_restriction_is_possible_and_still_has_a_review() {
    let policy = pack("one-manchester");
    assert_eq!(check(&policy, dates(None), day(2027, 3, 15)), Ok(()));
    let unreviewed = Dates { review: day(2028, 3, 15), ..dates(None) };
    let wrong = check(&policy, unreviewed, unreviewed.from).unwrap_err();
    assert!(wrong.iter().all(Wrong::is_about_review), "{wrong:?}");
}

#[test]
fn nobody_else_allows_a_restriction_without_an_end() {
    for slug in ["alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"] {
        let wrong = wrong(slug, dates(None));
        assert!(wrong[0].starts_with("The policy does not allow this without an end date."), "{slug}: {wrong:?}");
    }
}

#[test]
fn hs_nhg_wk_a_silent_policy_gives_twelve_months_at_most() {
    for slug in ["housing-solutions", "notting-hill-genesis", "west-kent"] {
        assert_eq!(
            wrong(slug, dates(Some(day(2028, 3, 16)))),
            ["The end date must be on or before 15\u{a0}March 2028, 12 months after the start."],
            "{slug}"
        );
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let backwards = Dates { from: day(2027, 3, 15), until: Some(day(2027, 3, 15)), review: day(2027, 3, 15) };
    assert_eq!(
        wrong("west-kent", backwards),
        ["The end date must be after 15\u{a0}March 2027, the day it starts.", "The review must be after 15\u{a0}March 2027."]
    );
}
