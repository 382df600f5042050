use super::*;
use crate::rules::days::Unit;
use crate::rules::policy::tests::pack;
use crate::rules::policy::{Limit, Source, Sourced};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn dates(until: Option<NaiveDate>) -> Dates {
    Dates { from: day(2027, 3, 15), until, review: day(2027, 6, 15) }
}

/// Nothing came before this day.
fn since(from: NaiveDate) -> Before {
    Before { first: from, running: None }
}

fn wrong(slug: &str, dates: Dates) -> Vec<String> {
    check(&pack(slug), dates, &since(dates.from)).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn ah_18_no_term_runs_longer_than_six_months() {
    let policy = pack("alliance-homes");
    let six_months = dates(Some(day(2027, 9, 15)));
    assert_eq!(check(&policy, six_months, &since(six_months.from)), Ok(()));
    assert_eq!(
        wrong("alliance-homes", dates(Some(day(2027, 9, 16)))),
        ["The end date must be on or before 15\u{a0}September 2027, 6 months after 15\u{a0}March 2027."]
    );
}

#[test]
fn ah_18_a_review_may_set_a_further_term() {
    let policy = pack("alliance-homes");
    let second = Dates { from: day(2027, 9, 15), until: Some(day(2028, 3, 15)), review: day(2027, 12, 15) };
    assert_eq!(check(&policy, second, &since(day(2027, 3, 15))), Ok(()));
}

#[test]
fn om_26_a_permanent_restriction_is_possible_and_still_has_a_review() {
    let policy = pack("one-manchester");
    assert_eq!(check(&policy, dates(None), &since(day(2027, 3, 15))), Ok(()));
    let unreviewed = Dates { review: day(2028, 3, 15), ..dates(None) };
    let wrong = check(&policy, unreviewed, &since(unreviewed.from)).unwrap_err();
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
            ["The end date must be on or before 15\u{a0}March 2028, 12 months after 15\u{a0}March 2027."],
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

fn stated<T>(value: T) -> Sourced<T> {
    Sourced { value, source: Source::Stated { clause: "5.7".into() } }
}

/// West Kent's, with so many renewals and a cap of so many months.
fn limited(renewals: Option<u8>, cap: Option<u16>) -> Policy {
    let mut policy = pack("west-kent");
    policy.terms.renewals = renewals.map(stated);
    policy.terms.cap.value = cap.map_or(Limit::None, |months| Limit::Of(Length::new(months, Unit::Months).unwrap()));
    policy
}

#[test]
fn terms_renewals_a_later_last_day_is_given_as_often_as_the_policy_says_and_no_oftener() {
    let ends = day(2027, 9, 15);
    let asked = |until| Dates { from: day(2027, 9, 1), until, review: day(2027, 9, 10) };
    let later = asked(Some(day(2027, 12, 1)));
    let running = |renewals| Before { first: day(2027, 3, 15), running: Some(Running { until: Some(ends), renewals }) };
    let table: [(&str, Option<u8>, u16, Dates, bool); 7] = [
        ("nothing is said", None, 9, later, true),
        ("the second of two", Some(2), 1, later, true),
        ("the third of two", Some(2), 2, later, false),
        ("none at all", Some(0), 0, later, false),
        ("the same last day renews nothing", Some(0), 0, asked(Some(ends)), true),
        ("nor does a sooner one", Some(0), 0, asked(Some(day(2027, 9, 12))), true),
        ("no last day is later than any", Some(0), 0, asked(None), false),
    ];
    for (why, most, renewals, dates, may) in table {
        let mut policy = limited(most, None);
        policy.terms.permanent.value = true;
        policy.terms.end_date_required.value = false;
        assert_eq!(check(&policy, dates, &running(renewals)).is_ok(), may, "{why}");
    }
    let said =
        |most| check(&limited(Some(most), None), later, &running(u16::from(most))).unwrap_err()[0].to_string().replace('\u{a0}', " ");
    assert_eq!(
        said(1),
        "It was renewed once, and the policy allows no more. It can go on until 15 September 2027 and no longer, change, or end."
    );
    assert!(said(0).starts_with("The policy lets nobody renew it."));
    assert!(said(3).starts_with("It was renewed 3 times,"));
    assert_eq!(latest(&limited(Some(1), None), day(2027, 9, 1), &running(1)), ends);
    assert_eq!(usual_end(&limited(Some(1), None), day(2027, 9, 1), &running(1)), ends);
}

#[test]
fn terms_cap_counts_every_term_from_the_first_day_without_a_gap() {
    let policy = limited(None, Some(12));
    let earlier = [Span { from: day(2027, 1, 10), until: Some(day(2027, 3, 14)) }];
    let asked = |until| Dates { from: day(2027, 3, 15), until: Some(until), review: day(2027, 6, 15) };
    let before = Before::new(&policy, day(2027, 3, 15), &earlier);
    assert_eq!(check(&policy, asked(day(2028, 1, 10)), &before), Ok(()));
    let wrong = check(&policy, asked(day(2028, 1, 11)), &before).unwrap_err();
    let sentence =
        "The end date must be on or before 10 January 2028, because all terms together may run 12 months and began on 10 January 2027.";
    assert_eq!(wrong[0].to_string().replace('\u{a0}', " "), sentence);
    assert_eq!(latest(&policy, day(2027, 3, 15), &before), day(2028, 1, 10));

    let mut apart = policy.clone();
    apart.terms.count_together = Some(stated(false));
    assert_eq!(check(&apart, asked(day(2028, 1, 11)), &Before::new(&apart, day(2027, 3, 15), &earlier)), Ok(()));

    let long_ago = [Span { from: day(2026, 3, 1), until: None }];
    let wrong = check(&policy, asked(day(2027, 9, 15)), &Before::new(&policy, day(2027, 3, 15), &long_ago)).unwrap_err();
    let sentence = "Nothing can be added: all terms together may run 12 months, which was over on 1 March 2027. It can begin again after a day without.";
    assert_eq!(wrong[0].to_string().replace('\u{a0}', " "), sentence);
}
