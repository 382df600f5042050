use super::*;
use crate::rules::days::Unit;
use crate::rules::policy::tests::pack;
use crate::rules::policy::{Limit, Severity, SeverityTerms, Source, Sourced};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn dates(until: Option<NaiveDate>) -> Dates {
    Dates { from: day(2027, 3, 15), until, review: day(2027, 6, 15) }
}

/// Nothing came before this day, and the policy says nothing of these measures.
fn since(policy: &Policy, from: NaiveDate) -> Before {
    Before { first: from, running: None, runs: general(policy) }
}

fn general(policy: &Policy) -> Runs {
    Runs::of(policy, [], [""; 0])
}

fn wrong(slug: &str, dates: Dates) -> Vec<String> {
    check(&pack(slug), dates, &since(&pack(slug), dates.from)).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn ah_18_no_term_runs_longer_than_six_months() {
    let policy = pack("alliance-homes");
    let six_months = dates(Some(day(2027, 9, 15)));
    assert_eq!(check(&policy, six_months, &since(&policy, six_months.from)), Ok(()));
    assert_eq!(
        wrong("alliance-homes", dates(Some(day(2027, 9, 16)))),
        ["The end date must be on or before 15\u{a0}September 2027, 6 months after 15\u{a0}March 2027."]
    );
}

#[test]
fn ah_18_a_review_may_set_a_further_term() {
    let policy = pack("alliance-homes");
    let second = Dates { from: day(2027, 9, 15), until: Some(day(2028, 3, 15)), review: day(2027, 12, 15) };
    assert_eq!(check(&policy, second, &since(&policy, day(2027, 3, 15))), Ok(()));
}

#[test]
fn om_26_a_permanent_restriction_is_possible_and_still_has_a_review() {
    let policy = pack("one-manchester");
    assert_eq!(check(&policy, dates(None), &since(&policy, day(2027, 3, 15))), Ok(()));
    let unreviewed = Dates { review: day(2028, 3, 15), ..dates(None) };
    let wrong = check(&policy, unreviewed, &since(&policy, unreviewed.from)).unwrap_err();
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
    let running =
        |renewals| Before { running: Some(Running { until: Some(ends), renewals }), ..since(&pack("west-kent"), day(2027, 3, 15)) };
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
    let before = Before::new(&policy, day(2027, 3, 15), &earlier, general(&policy));
    assert_eq!(check(&policy, asked(day(2028, 1, 10)), &before), Ok(()));
    let wrong = check(&policy, asked(day(2028, 1, 11)), &before).unwrap_err();
    let sentence =
        "The end date must be on or before 10 January 2028, because all terms together may run 12 months and began on 10 January 2027.";
    assert_eq!(wrong[0].to_string().replace('\u{a0}', " "), sentence);
    assert_eq!(latest(&policy, day(2027, 3, 15), &before), day(2028, 1, 10));

    let mut apart = policy.clone();
    apart.terms.count_together = Some(stated(false));
    assert_eq!(check(&apart, asked(day(2028, 1, 11)), &Before::new(&apart, day(2027, 3, 15), &earlier, general(&policy))), Ok(()));

    let long_ago = [Span { from: day(2026, 3, 1), until: None }];
    let wrong = check(&policy, asked(day(2027, 9, 15)), &Before::new(&policy, day(2027, 3, 15), &long_ago, general(&policy))).unwrap_err();
    let sentence = "Nothing can be added: all terms together may run 12 months, which was over on 1 March 2027. It can begin again after a day without.";
    assert_eq!(wrong[0].to_string().replace('\u{a0}', " "), sentence);
}

/// West Kent's: twelve months in general, two measures with a longest term of their own, and other lengths for graver behaviour.
fn by_measure() -> Policy {
    let mut policy = pack("west-kent");
    let months = |months| Length::new(months, Unit::Months).unwrap();
    let mut of = |key: &str, longest: u16| {
        let offer = policy.measures.offered.iter_mut().find(|offer| offer.key() == key).unwrap();
        offer.longest = Some(months(longest));
        offer.source = Source::Stated { clause: "9.9".into() };
    };
    of("premises", 24);
    of("quota", 3);
    let grave = |from, usual: Option<u16>, longest: Option<u16>| SeverityTerms {
        from,
        usual: usual.map(months),
        longest: longest.map(months),
        review: None,
        source: Source::Stated { clause: "9.10".into() },
    };
    policy.terms.for_severity = vec![grave(Severity::Extreme, Some(9), Some(18)), grave(Severity::Serious, Some(8), None)];
    policy
}

#[test]
fn terms_longest_of_several_measures_the_strictest_counts_and_one_alone_may_run_longer() {
    let policy = by_measure();
    let kind = |severity| policy.behaviour.categories.iter().find(|one| one.severity == severity).unwrap().key.clone();
    let (low, serious, extreme) = (kind(Severity::Low), kind(Severity::Serious), kind(Severity::Extreme));
    let table: [(&[&str], &[&String], u16, u16); 9] = [
        (&[], &[&low], 12, 6),
        (&["times"], &[&low], 12, 6),
        (&["premises"], &[&low], 24, 6),
        (&["premises", "times"], &[&low], 12, 6),
        (&["premises", "quota"], &[&low], 3, 6),
        (&["quota"], &[&extreme], 3, 9),
        (&["times"], &[&low, &serious], 12, 8),
        (&["times", "premises"], &[&serious, &extreme], 18, 9),
        (&["premises"], &[&extreme], 24, 9),
    ];
    for (measures, behaviours, longest, usual) in table {
        let runs = Runs::of(&policy, measures.iter().copied(), behaviours);
        assert_eq!(
            (runs.longest.to_string(), runs.usual.to_string()),
            (format!("{longest} months"), format!("{usual} months")),
            "{measures:?}"
        );
        let before = Before { runs, ..since(&policy, day(2027, 3, 15)) };
        let last = latest(&policy, day(2027, 3, 15), &before);
        let asked = |until| Dates { from: day(2027, 3, 15), until: Some(until), review: day(2027, 4, 15) };
        assert_eq!(check(&policy, asked(last), &before), Ok(()), "{measures:?}");
        assert!(check(&policy, asked(last + chrono::Days::new(1)), &before).is_err(), "{measures:?}");
        assert_eq!(before.runs.must_end.is_some(), measures.iter().any(|key| ["premises", "quota"].contains(key)), "{measures:?}");
    }
}

#[test]
fn a_refusal_says_which_measure_or_which_behaviour_sets_the_limit() {
    let mut policy = by_measure();
    let extreme = policy.behaviour.categories.iter().find(|one| one.severity == Severity::Extreme).unwrap().key.clone();
    let said = |policy: &Policy, measure: &str, behaviour: &str, until| {
        let before = Before { runs: Runs::of(policy, [measure], [behaviour]), ..since(policy, day(2027, 3, 15)) };
        let dates = Dates { from: day(2027, 3, 15), until, review: day(2027, 4, 15) };
        check(policy, dates, &before).unwrap_err()[0].to_string().replace('\u{a0}', " ")
    };
    let far = Some(day(2030, 1, 1));
    assert_eq!(
        said(&policy, "quota", "", far),
        format!(
            "The end date must be on or before 15 June 2027, 3 months after 15 March 2027: “{}” may run no longer (9.9).",
            policy.measures.title("quota")
        )
    );
    assert_eq!(
        said(&policy, "times", &extreme, far),
        "The end date must be on or before 15 September 2028, 18 months after 15 March 2027: so long is the limit where the behaviour is extreme (9.10)."
    );
    assert_eq!(said(&policy, "times", "", far), "The end date must be on or before 15 March 2028, 12 months after 15 March 2027.");
    policy.terms.permanent.value = true;
    policy.terms.end_date_required.value = false;
    assert_eq!(
        said(&policy, "premises", "", None),
        format!("“{}” has a last day always. Give one on or before 15 March 2029.", policy.measures.title("premises"))
    );
    assert_eq!(
        longer(&policy),
        [format!("“{}” for 24 months", policy.measures.title("premises")), "18 months where the behaviour is extreme".into()]
    );
}
