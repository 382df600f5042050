use super::*;
use crate::rules::id::StaffId;
use crate::rules::policy::Part;
use crate::rules::policy::tests::{PACKS, pack};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn person(number: u128, roles: &[&str]) -> Person {
    Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: roles.iter().map(ToString::to_string).collect() }
}

#[test]
fn om_17_an_appeal_comes_within_twenty_working_days_of_the_day_it_was_imposed() {
    let policy = pack("one-manchester");
    let window = window(&policy, day(2027, 3, 2), day(2027, 3, 4)).unwrap();
    assert_eq!(window.due, day(2027, 4, 1), "Good Friday and Easter Monday are left out");
    assert!(!is_late(Some(window.due), day(2027, 4, 1)), "the last day is in time");
    assert!(is_late(Some(window.due), day(2027, 4, 2)));
}

#[test]
fn nhg_a_silent_policy_gives_twenty_working_days_from_the_letter() {
    let policy = pack("notting-hill-genesis");
    let window = window(&policy, day(2027, 3, 1), day(2027, 3, 2)).unwrap();
    assert_eq!(window.due, day(2027, 4, 1));
}

#[test]
fn ah_14_hs_36_wk_22_an_appeal_is_never_late_where_the_policy_sets_no_last_day() {
    for slug in ["alliance-homes", "housing-solutions", "west-kent"] {
        let last_day = window(&pack(slug), day(2027, 3, 2), day(2027, 3, 2)).map(|window| window.due);
        assert_eq!(last_day, None, "{slug}");
        assert!(!is_late(last_day, day(2029, 1, 1)), "{slug}");
    }
    assert_eq!(when_words(None), "at any time while it lasts");
}

#[test]
fn om_18_a_director_who_took_any_part_does_not_hear_the_appeal() {
    let policy = pack("one-manchester");
    let director = person(1, &["director", "director-of-communities"]);
    for part in [
        Part::Proposed,
        Part::Consulted,
        Part::Authorised,
        Part::Reviewed,
        Part::Logged,
        Part::Affected,
        Part::ComplainedAbout,
        Part::SkippedStep,
        Part::Declined,
    ] {
        let history = History::default().with(director.id, part);
        let refusal = may_hear(&policy, Round::First, &director, &history).unwrap_err();
        assert_eq!(may_hear(&policy, Round::First, &person(2, &["director"]), &history), Ok(()));
        if part == Part::Consulted {
            assert_eq!(refusal.to_string(), "You were consulted. It needs a Director who took no part.");
        }
    }
}

#[test]
fn nobody_hears_an_appeal_against_their_own_decision_at_any_landlord() {
    for (slug, _) in PACKS {
        let policy = pack(slug);
        for key in policy.challenge.appeal.decider.role_keys() {
            let decider = person(1, &[key]);
            assert_eq!(may_hear(&policy, Round::First, &decider, &History::default()), Ok(()), "{slug}");
            let history = History::default().with(decider.id, Part::Authorised);
            assert!(may_hear(&policy, Round::First, &decider, &history).is_err(), "{slug}");
        }
    }
}

#[test]
fn hs_36_a_director_who_signed_off_a_skipped_warning_does_not_hear_the_appeal() {
    let policy = pack("housing-solutions");
    let director = person(1, &["director"]);
    let history = History::default().with(director.id, Part::SkippedStep);
    let people = [director, person(2, &["director"]), person(3, &["head-of-service"])];
    assert_eq!(who_may_hear(&policy, Round::First, &people, &history), [&people[1]]);
}

#[test]
fn ah_14_only_the_service_director_customer_operations_hears_an_appeal() {
    let policy = pack("alliance-homes");
    let refusal = may_hear(&policy, Round::First, &person(1, &["director"]), &History::default()).unwrap_err();
    assert_eq!(refusal.to_string(), "Only the Service Director Customer Operations can decide this appeal.");
}

#[test]
fn wk_22_a_head_of_service_hears_an_appeal_made_in_writing() {
    let policy = pack("west-kent");
    assert_eq!(may_hear(&policy, Round::First, &person(1, &["head-of-service"]), &History::default()), Ok(()));
    assert!(asks_for_writing(&policy, Round::First));
    assert!(!asks_for_writing(&pack("one-manchester"), Round::First));
}

#[test]
fn a_silent_policy_decides_an_appeal_in_twenty_working_days() {
    for (slug, _) in PACKS {
        let due = answer_by(&pack(slug), Round::First, day(2027, 3, 2));
        assert_eq!(due.due, day(2027, 4, 1), "{slug}");
    }
}

#[test]
fn om_17_whoever_may_hear_an_appeal_may_admit_a_late_one() {
    let policy = pack("one-manchester");
    let director = person(1, &["director"]);
    assert_eq!(may_admit_late(&policy, Round::First, &director, &History::default()), Ok(()));
    let history = History::default().with(director.id, Part::Authorised);
    assert!(may_admit_late(&policy, Round::First, &director, &history).is_err());
}

#[test]
fn who_hears_the_appeal_may_go_by_who_authorised_the_first_that_fits_8_3() {
    let mut policy = pack("west-kent");
    let entry = |approved: &str, decider: &str| crate::rules::policy::DeciderFor {
        approved_by: Who::Role(approved.into()),
        decider: Who::Role(decider.into()),
        source: crate::rules::policy::Source::Stated { clause: "8.3".into() },
    };
    policy.challenge.deciders = vec![entry("director", "chief-executive"), entry("manager", "head-of-service")];
    let usual = (*policy.challenge.appeal.decider).clone();
    let none = History::default();
    let table = [
        ("nobody named for it", none.clone().authorised_as("trustee"), usual),
        ("by a manager", none.clone().authorised_as("manager"), Who::Role("head-of-service".into())),
        (
            "by both: the most senior is written first",
            none.authorised_as("manager").authorised_as("director"),
            Who::Role("chief-executive".into()),
        ),
    ];
    for (why, history, who) in table {
        assert_eq!(*decider(&policy, Round::First, &history), who, "{why}");
    }
    let history = History::default().authorised_as("manager");
    assert!(may_hear(&policy, Round::First, &person(1, &["head-of-service"]), &history).is_ok());
    assert!(may_hear(&policy, Round::First, &person(2, &["director"]), &history).is_err(), "the usual post does not hear this one");
    let took = history.with(person(1, &[]).id, Part::Authorised);
    assert!(may_hear(&policy, Round::First, &person(1, &["head-of-service"]), &took).is_err(), "whoever took part never does");
}

#[test]
fn a_second_appeal_is_heard_by_its_own_decider_and_never_by_whoever_decided_the_first() {
    let mut policy = crate::rules::policy::tests::example();
    let second = policy.challenge.second_appeal.as_mut().unwrap();
    second.never_decides.value.clear();
    let (director, other) = (person(1, &["director"]), person(2, &["director"]));
    let homes = person(3, &["director-of-homes"]);
    let history = History::default().with(director.id, Part::HeardAppeal);
    assert!(may_hear(&policy, Round::Second, &director, &history).is_err(), "whatever the policy says");
    assert!(may_admit_late(&policy, Round::Second, &director, &history).is_err(), "nor whether a late one is heard");
    for part in [Part::Proposed, Part::Authorised] {
        assert!(may_hear(&policy, Round::Second, &other, &history.clone().with(other.id, part)).is_err(), "{part:?}");
    }
    assert_eq!(may_hear(&policy, Round::Second, &other, &history), Ok(()));
    assert!(may_hear(&policy, Round::Second, &homes, &history).is_err() && may_hear(&policy, Round::First, &homes, &history).is_ok());
    // Ten working days from the day the letter counts as received; twenty to answer.
    let sent = day(2027, 3, 1);
    let due = second_window(&policy, sent, sent).unwrap().due;
    assert_eq!(due, policy.calendar().add_working_days(crate::rules::clock::received(&policy, sent), 10));
    assert!(opens_another(&policy, Round::First, AppealOutcome::Uphold) && opens_another(&policy, Round::First, AppealOutcome::Vary));
    for (round, outcome) in
        [(Round::Second, AppealOutcome::Uphold), (Round::First, AppealOutcome::Quash), (Round::First, AppealOutcome::Remit)]
    {
        assert!(!opens_another(&policy, round, outcome), "{round:?} {outcome:?}");
    }
    policy.challenge.second_appeal = None;
    assert!(!opens_another(&policy, Round::First, AppealOutcome::Uphold));
    assert_eq!(Round::Second.a(&policy), "a second appeal");
}

#[test]
fn an_appeal_about_the_length_has_its_own_decider_and_window_and_may_only_bring_the_last_day_forward() {
    let policy = crate::rules::policy::tests::example();
    let (director, homes) = (person(1, &["director"]), person(2, &["director-of-homes"]));
    let none = History::default();
    assert!(may_hear(&policy, Round::Length, &homes, &none).is_ok() && may_hear(&policy, Round::Length, &director, &none).is_err());
    assert!(may_hear(&policy, Round::Length, &homes, &none.clone().with(homes.id, Part::HeardAppeal)).is_err(), "not the same eyes twice");
    let days = LastDays::counted(&policy, day(2027, 3, 1), day(2027, 3, 2));
    assert_eq!(days.length, Some(Some(day(2027, 4, 2))), "one month from the letter");
    assert_eq!(Round::Length.a(&policy), format!("{} about the length", policy.words.appeal.a));
    for (ends_on, holds, sooner) in [
        (day(2027, 4, 8), Some(day(2027, 4, 9)), true),
        (day(2027, 4, 9), Some(day(2027, 4, 9)), false),
        (day(2027, 4, 10), Some(day(2027, 4, 9)), false),
        (day(2037, 4, 10), None, true),
    ] {
        assert_eq!(is_sooner(ends_on, holds), sooner, "{ends_on} where {holds:?} holds");
    }
    assert!(!opens_another(&policy, Round::Length, AppealOutcome::Uphold), "the answer about the length has no second stage");
    // Letters outrank the policy: a later day is kept, and one that was promised stays where the policy has none any more.
    let promised = |by| Some(Promised { by: Some(by) });
    let later = days.or_later(promised(day(2027, 5, 1)), promised(day(2027, 5, 2)));
    assert_eq!((later.whole, later.length), (Some(day(2027, 5, 1)), Some(Some(day(2027, 5, 2)))));
    assert_eq!(outcomes(&policy, Round::Length), [AppealOutcome::Uphold, AppealOutcome::Vary]);
    let mut without = policy;
    without.challenge.length = None;
    let days = LastDays::counted(&without, day(2027, 3, 1), day(2027, 3, 2));
    assert_eq!((days.length, days.or_later(None, promised(day(2027, 5, 2))).length), (None, Some(Some(day(2027, 5, 2)))));
    assert_eq!(profile(&without, Round::Length), &without.challenge.appeal);
    // One that a letter promised is decided all the same, and ends or sends back nothing.
    use AppealOutcome::{Quash, Remit, Uphold, Vary};
    assert_eq!(outcomes(&without, Round::First), [Uphold, Vary, Quash, Remit]);
    assert_eq!(outcomes(&without, Round::Length), [Uphold, Vary]);
}
