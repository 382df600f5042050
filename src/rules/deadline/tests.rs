use proptest::prelude::*;

use super::*;
use crate::rules::days::Nation;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn england() -> Calendar<'static> {
    Calendar::of(Nation::EnglandAndWales)
}

fn counted(start: NaiveDate, length: &str) -> (NaiveDate, String) {
    let deadline = Deadline::after(start, length.parse().unwrap(), england());
    (deadline.due, deadline.counted.replace('\u{a0}', " "))
}

#[test]
fn days_on_which_the_landlord_is_closed_are_left_out_and_said() {
    let closed = ["24 December".parse().unwrap(), "27 December to 31 December".parse().unwrap()];
    let calendar = england().closed_on(&closed);
    let table = [
        (
            date(2026, 12, 22),
            "4 working days",
            date(2027, 1, 6),
            "4 working days after 22 December 2026, leaving out weekends, the bank holidays on 25 and 28 December and 1 January 2027 and 24, \
             29, 30 and 31 December, when we are closed",
        ),
        (date(2026, 12, 22), "1 working day", date(2026, 12, 23), "1 working day after 22 December 2026"),
        (date(2026, 12, 22), "1 week", date(2026, 12, 29), "1 week after 22 December 2026"),
    ];
    for (start, length, due, words) in table {
        let deadline = Deadline::after(start, length.parse().unwrap(), calendar);
        assert_eq!((deadline.due, deadline.counted.replace('\u{a0}', " ")), (due, words.to_owned()));
    }
}

#[test]
fn a_deadline_says_how_it_was_counted() {
    for (start, length, due, words) in [
        (
            date(2027, 3, 2),
            "20 working days",
            date(2027, 4, 1),
            "20 working days after 2 March 2027, leaving out weekends and the bank holidays on 26 and 29 March",
        ),
        (date(2027, 3, 2), "2 working days", date(2027, 3, 4), "2 working days after 2 March 2027"),
        (date(2027, 3, 4), "3 working days", date(2027, 3, 9), "3 working days after 4 March 2027, leaving out weekends"),
        (
            date(2027, 4, 29),
            "4 working days",
            date(2027, 5, 6),
            "4 working days after 29 April 2027, leaving out weekends and the bank holiday on 3 May",
        ),
        (
            date(2026, 12, 22),
            "8 working days",
            date(2027, 1, 6),
            "8 working days after 22 December 2026, leaving out weekends and the bank holidays on 25 and 28 December and 1 January 2027",
        ),
        (
            date(2028, 12, 20),
            "10 working days",
            date(2029, 1, 5),
            "10 working days after 20 December 2028, leaving out weekends and the bank holidays on 25 and 26 December; the bank holidays of 2029 are not known yet",
        ),
        (date(2027, 3, 15), "6 months", date(2027, 9, 15), "6 months after 15 March 2027"),
        (date(2026, 8, 31), "6 months", date(2027, 2, 28), "6 months after 31 August 2026, the last day of that month: it has no day 31"),
        (date(2027, 3, 2), "2 weeks", date(2027, 3, 16), "2 weeks after 2 March 2027"),
    ] {
        assert_eq!(counted(start, length), (due, words.to_owned()));
    }
}

#[test]
fn the_day_of_the_event_is_not_counted_and_is_the_day_in_london() {
    let length = "5 days".parse().unwrap();
    let deadline = Deadline::after_instant(utc("2027-06-30T23:30:00Z"), length, england());
    assert_eq!(deadline.due, date(2027, 7, 6));
}

#[test]
fn the_last_day_lasts_until_midnight_in_london() {
    let deadline = Deadline::after(date(2027, 3, 28), "3 days".parse().unwrap(), england());
    assert_eq!(deadline.due, date(2027, 3, 31));
    let last_moment = utc("2027-03-31T22:59:59Z");
    let too_late = utc("2027-03-31T23:00:00Z");
    assert!(!deadline.is_past(last_moment) && deadline.is_past(too_late));
    assert_eq!((deadline.days_left(last_moment), deadline.late_by(last_moment)), (0, None));
    assert_eq!((deadline.days_left(too_late), deadline.late_by(too_late)), (0, Some(1)));
}

#[test]
fn days_left_are_counted_from_today() {
    let deadline = Deadline::after(date(2027, 3, 2), "20 working days".parse().unwrap(), england());
    let now = utc("2027-03-24T09:00:00Z");
    assert_eq!(deadline.days_left(now), 8);
    assert_eq!(deadline.working_days_left(now, england()), 4);
    assert_eq!(deadline.late_by(utc("2027-04-05T09:00:00Z")), Some(4));
    assert_eq!(deadline.working_days_left(utc("2027-04-05T09:00:00Z"), england()), 0);
}

proptest! {
    #[test]
    fn on_any_day_a_deadline_is_either_ahead_or_late(
        start in 0u64..3600, count in 1u16..400, ahead in 0i64..50_000_000,
    ) {
        let start = date(2018, 1, 1) + chrono::Days::new(start);
        let length = Length::new(count, Unit::Days).unwrap();
        let deadline = Deadline::after(start, length, england());
        let now = days::start_of(start) + chrono::Duration::seconds(ahead);
        let late = deadline.late_by(now);
        prop_assert_eq!(late.is_some(), deadline.is_past(now));
        prop_assert!(late != Some(0));
        let days = i64::from(deadline.days_left(now)) - i64::from(late.unwrap_or(0));
        prop_assert_eq!(days, (deadline.due - days::day_of(now)).num_days());
    }
}
