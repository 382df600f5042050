use super::*;
use crate::rules::id::StaffId;
use crate::rules::policy::tests::{PACKS, pack};
use crate::rules::policy::{Part, Source, Sourced};

/// The example of the printed format: Fernhollow Homes, whose pack has every profile (sections 8.7, 8.8 and 9.4 of its policy).
fn fernhollow() -> Policy {
    Policy::read(include_str!("../policy/format/example.toml")).expect("a pack without faults")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(number: u128, role: &str) -> Person {
    Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
}

const ALL: [Challenged; 6] = [
    Challenged::Restriction,
    Challenged::Length,
    Challenged::Warning,
    Challenged::Marker,
    Challenged::Status,
    Challenged::ComplaintRefusal,
];

#[test]
fn each_thing_is_decided_by_its_own_post_and_never_by_whoever_took_part_8_3_8_7_8_8_9_4() {
    let policy = fernhollow();
    let table = [
        (Challenged::Restriction, "director", Part::Authorised),
        (Challenged::Length, "director-of-homes", Part::Authorised),
        (Challenged::Warning, "head-of-service", Part::Warned),
        (Challenged::Marker, "director", Part::Affected),
        (Challenged::Status, "director", Part::Logged),
        (Challenged::ComplaintRefusal, "director", Part::Declined),
    ];
    for (what, role, never) in table {
        let profile = profile(&policy, what).unwrap();
        let decider = person(1, role);
        assert_eq!(may_decide(&policy, profile, &decider, &History::default()), Ok(()), "{what:?}");
        let took_part = History::default().with(decider.id, never);
        assert!(may_decide(&policy, profile, &decider, &took_part).is_err(), "{what:?}");
        assert!(may_decide(&policy, profile, &person(2, "manager"), &History::default()).is_err(), "{what:?}");
        assert!(may_admit_late(&policy, profile, &decider, &took_part).is_err(), "{what:?}");
    }
}

#[test]
fn each_thing_is_answered_by_its_own_day_and_may_come_until_its_own_8_4_8_7_8_8_9_4() {
    // Good Friday and Easter Monday 2027 are 26 and 29 March.
    let policy = fernhollow();
    let table = [
        (Challenged::Restriction, "2027-04-14", Some("2027-04-16")),
        (Challenged::Length, "2027-03-31", Some("2027-04-15")),
        (Challenged::Warning, "2027-03-31", Some("2027-03-31")),
        (Challenged::Marker, "2027-04-14", None),
        (Challenged::Status, "2027-03-31", Some("2027-04-17")),
        (Challenged::ComplaintRefusal, "2027-04-14", Some("2027-04-15")),
    ];
    for (what, answered, last) in table {
        let profile = profile(&policy, what).unwrap();
        let by = answer_by(&policy, profile, day("2027-03-15")).due;
        let until = window(&policy, profile, day("2027-03-15"), day("2027-03-15")).map(|window| window.due);
        assert_eq!((by, until), (day(answered), last.map(day)), "{what:?}");
    }
}

#[test]
fn what_an_answer_does_depends_on_what_it_is_about() {
    use AppealOutcome::{Quash, Remit, Uphold, Vary};
    let table = [
        (Challenged::Restriction, [Some(Effect::Stands), Some(Effect::Changes), Some(Effect::Ends), Some(Effect::DecidedAgain)]),
        (Challenged::Length, [Some(Effect::Stands), Some(Effect::EndsSooner), None, None]),
        (Challenged::Warning, [Some(Effect::Stands), None, Some(Effect::NoLongerCounts), None]),
        (Challenged::Marker, [Some(Effect::Stands), Some(Effect::Changes), Some(Effect::TakenOff), None]),
        (Challenged::Status, [Some(Effect::Stands), Some(Effect::Changes), Some(Effect::TakenOff), None]),
        (Challenged::ComplaintRefusal, [Some(Effect::Stands), None, Some(Effect::TakenUp), None]),
    ];
    for (what, effects) in table {
        assert_eq!([Uphold, Vary, Quash, Remit].map(|outcome| effect(what, outcome)), effects, "{what:?}");
    }
    let mut policy = fernhollow();
    let warning = policy.challenge.warning.as_mut().unwrap();
    warning.outcomes.value = vec![Uphold, Vary, Quash, Remit];
    assert_eq!(outcomes(warning, Challenged::Warning), [Uphold, Quash], "a warning is neither varied nor sent back");
}

#[test]
fn where_the_mode_is_none_there_is_no_appeal_and_where_nothing_is_said_there_is_one() {
    let mut policy = fernhollow();
    for what in ALL {
        assert!(profile(&policy, what).is_some(), "{what:?}");
    }
    let none = || Some(Sourced { value: AppealMode::None, source: Source::Stated { clause: "8.7".into() } });
    policy.challenge.appeal.mode = none();
    policy.challenge.warning.as_mut().unwrap().mode = none();
    assert!(profile(&policy, Challenged::Restriction).is_none() && profile(&policy, Challenged::Warning).is_none());
    for (slug, _) in PACKS {
        assert_eq!(mode(&pack(slug).challenge.appeal), AppealMode::One, "{slug}");
        for what in [Challenged::Warning, Challenged::Marker, Challenged::Status] {
            assert!(profile(&pack(slug), what).is_none(), "{slug} {what:?}");
        }
    }
}

#[test]
fn a_refused_complaint_has_a_profile_of_its_own_or_goes_with_the_appeal_where_that_names_it() {
    let mut policy = fernhollow();
    policy.challenge.complaint_refusal = None;
    assert!(profile(&policy, Challenged::ComplaintRefusal).is_none(), "the appeal is about restrictions alone");
    policy.challenge.against.value.push(Against::ComplaintRefusal);
    assert_eq!(profile(&policy, Challenged::ComplaintRefusal), Some(&policy.challenge.appeal));
}
