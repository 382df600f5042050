use chrono::NaiveTime;

use super::*;
use crate::rules::days::Nation;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn call(every: Cadence, on: Day, by: &str) -> Promise {
    of(&Term::RegularCall { by: by.into(), every, on, at: NaiveTime::from_hms_opt(10, 0, 0).unwrap() }).unwrap()
}

fn england() -> Calendar<'static> {
    Calendar::of(Nation::EnglandAndWales)
}

#[test]
fn hs_33_wk_20_a_regular_call_and_replies_are_promises_with_a_day_and_nothing_else_is() {
    let replies = |on| Term::Replies { every: Some(Cadence::Fortnight), on, by: "Ann Lee".into(), one_for_all: false };
    let quota = |answered_on| Term::Quota {
        channel: Channel::Email,
        count: 1,
        per: crate::rules::measure::Period::Week,
        exempt: [].into(),
        answered_on,
    };
    assert_eq!(call(Cadence::Week, Day::Tuesday, "Ann Lee").channels, [Channel::Phone]);
    assert_eq!(of(&replies(Some(Day::Friday))).unwrap().every, Cadence::Fortnight);
    let table =
        [replies(None), quota(Some(Day::Friday)), Term::RepresentativeOnly { name: "Ida".into() }, Term::Other { words: "Weekly.".into() }];
    assert!(table.iter().all(|term| of(term).is_none()));
}

#[test]
fn it_falls_due_at_its_rhythm_after_it_began_until_its_last_day_and_never_on_a_bank_holiday() {
    // 10 March 2027 is a Wednesday; 29 March is Easter Monday, 26 March Good Friday, 3 May the early May bank holiday.
    type Row = (&'static str, Cadence, Day, &'static str, &'static str, &'static [&'static str]);
    let table: [Row; 6] = [
        ("weekly", Cadence::Week, Day::Tuesday, "2027-03-10", "2027-03-31", &["2027-03-16", "2027-03-23", "2027-03-30"]),
        ("not on the day it began", Cadence::Week, Day::Wednesday, "2027-03-10", "2027-03-20", &["2027-03-17"]),
        ("over Easter", Cadence::Week, Day::Monday, "2027-03-20", "2027-04-06", &["2027-03-22", "2027-03-30", "2027-04-05"]),
        ("every two weeks", Cadence::Fortnight, Day::Friday, "2027-03-10", "2027-04-16", &["2027-03-12", "2027-03-30", "2027-04-09"]),
        (
            "the first Monday of a month",
            Cadence::Month,
            Day::Monday,
            "2027-03-10",
            "2027-06-30",
            &["2027-04-05", "2027-05-04", "2027-06-07"],
        ),
        ("a month that has just begun", Cadence::Month, Day::Friday, "2027-03-01", "2027-03-31", &["2027-03-05"]),
    ];
    for (why, every, on, began, last, due) in table {
        let days = days(&call(every, on, ""), day(began), day(last), england());
        assert_eq!(days, due.iter().map(|text| day(text)).collect::<Vec<_>>(), "{why}");
    }
    let weekly = call(Cadence::Week, Day::Tuesday, "");
    assert_eq!(next_after(&weekly, day("2027-03-10"), day("2027-03-23"), england()), Some(day("2027-03-30")));
    assert_eq!(next_after(&weekly, day("2027-03-10"), day("2027-03-10"), england()), Some(day("2027-03-16")));
}

#[test]
fn a_day_that_went_by_is_missed_whether_or_not_anybody_wrote_it_down() {
    let days = ["2027-03-16", "2027-03-23", "2027-03-30", "2027-04-06"].map(day);
    let kept = BTreeMap::from([(day("2027-03-16"), day("2027-03-15")), (day("2027-03-23"), day("2027-03-25"))]);
    let came = |today| record(&days, &kept, day(today)).into_iter().map(|(_, came)| came).collect::<Vec<_>>();
    assert_eq!(came("2027-03-30"), [Came::Kept, Came::Late(day("2027-03-25")), Came::Due, Came::Due], "the day itself is not over");
    assert_eq!(came("2027-03-31"), [Came::Kept, Came::Late(day("2027-03-25")), Came::Missed, Came::Due]);
    assert_eq!(came("2027-04-07")[2..], [Came::Missed, Came::Missed]);
}

#[test]
fn what_is_done_in_its_own_turn_keeps_it() {
    let weekly = call(Cadence::Week, Day::Tuesday, "");
    let due = day("2027-03-23");
    for (done, keeps_it) in [("2027-03-16", false), ("2027-03-17", true), ("2027-03-23", true), ("2027-03-25", true)] {
        assert_eq!(keeps(&weekly, due, day(done)), keeps_it, "{done}");
    }
}

#[test]
fn whoever_the_term_names_owes_it_then_the_single_point_of_contact_then_whoever_proposed_it() {
    let id = |number| StaffId(uuid::Uuid::from_u128(number));
    let one = |number, name: &str| Colleague { id: id(number), name: name.into() };
    let people = [one(1, "Samina Khan"), one(2, "Ann Lee"), one(3, "Helen Marsh"), one(4, "Robert Kinsella")];
    let named = |name: Option<&str>| Contact { name: name.unwrap_or_default().to_owned(), ..Contact::default() };
    let call_by = |by| call(Cadence::Week, Day::Tuesday, by);
    let owes = |by, contact, proposer| owner(&call_by(by), &named(contact), (id(proposer), Some(id(4))), &people);
    let table = [
        ("by name", "Samina Khan", Some("Ann Lee"), 3, Some(1)),
        ("with their job, however written", " samina khan, Team Manager", None, 3, Some(1)),
        ("nobody known: the single point of contact", "The duty team", Some("Ann Lee"), 3, Some(2)),
        ("nobody named at all", "", None, 3, Some(3)),
        ("whoever proposed it has left", "", None, 9, Some(4)),
    ];
    for (why, by, contact, proposer, whose) in table {
        assert_eq!(owes(by, contact, proposer), whose.map(id), "{why}");
    }

    let known = |staff, cover| Contact { name: "Ann Leigh".into(), staff: Some(id(staff)), cover: Some(id(cover)) };
    let table = [
        ("whoever they are, however their name is written", known(2, 1), Some(2)),
        ("they have left: whoever covers for them", known(9, 1), Some(1)),
        ("both have left", known(9, 8), Some(3)),
    ];
    for (why, contact, whose) in table {
        assert_eq!(owner(&call_by(""), &contact, (id(3), None), &people), whose.map(id), "{why}");
    }
}

#[test]
fn the_days_that_went_by_unseen_are_missed_together_and_the_next_is_owed() {
    let (weekly, began, today) = (call(Cadence::Week, Day::Tuesday, ""), day("2027-03-10"), day("2027-04-06"));
    let gone = gone_by(&weekly, began, day("2027-03-16"), today, england());
    assert_eq!(gone, ["2027-03-23", "2027-03-30"].map(day), "and today is not over");
    assert_eq!(gone_by(&weekly, began, day("2027-03-30"), today, england()), []);
    assert_eq!(next_after(&weekly, began, gone[1], england()), Some(today));
}

#[test]
fn how_often_it_was_kept_is_said_as_people_say_it() {
    let table = [
        ((0, 0, 0), "None of its days has gone by yet."),
        ((1, 0, 0), "Kept once, never missed."),
        ((0, 0, 3), "Never kept, missed 3 times."),
        ((2, 1, 1), "Kept 2 times, done late once, missed once."),
    ];
    for ((kept, late, missed), said) in table {
        assert_eq!(sum(kept, late, missed).replace('\u{a0}', " "), said);
    }
}
