//! Set times: inside, outside, the agreed person, weekends, and the nights the clocks change.

use super::*;
use crate::rules::tone::Tone;

#[test]
fn the_agreed_call_is_agreed_to_the_minute() {
    let desk = Desk::with(vec![afternoons(Channel::Phone)]);
    let before = desk.at(Way::Phone, "2027-03-11T13:59:59Z");
    assert_eq!(before.heading, "Deal with repairs and urgent matters. His next call time is today, 2pm to 4pm.");
    let first = desk.at(Way::Phone, "2027-03-11T14:00:00Z");
    assert_eq!((first.tone, first.heading.as_str()), (Tone::Ok, "This is the agreed call."));
    assert_eq!(first.line, "It is Thursday 11 March 2027, 2pm. His call time is until 4pm.");
    assert_eq!(desk.at(Way::Phone, "2027-03-11T15:59:59Z").tone, Tone::Ok);
    let after = desk.at(Way::Phone, "2027-03-11T16:00:00Z");
    assert_eq!(after.tone, Tone::Care);
    assert_eq!(after.heading, "Deal with repairs and urgent matters. His next call time is Tuesday 16 March, 2pm to 4pm.");
}

#[test]
fn only_the_named_person_has_the_agreed_call() {
    let mut desk = Desk::with(vec![samina(), afternoons(Channel::Phone)]);
    let inside = "2027-03-11T14:10:00Z";
    let other = desk.at(Way::Phone, inside);
    assert_eq!((other.tone, other.heading.as_str()), (Tone::Care, "Put him through to Samina Iqbal. This is the agreed call time."));
    for reader in ["Samina Iqbal", "tom bell "] {
        desk.reader = reader;
        assert_eq!(desk.at(Way::Phone, inside).heading, "This is the agreed call.");
        let outside = desk.on(Way::Phone);
        assert!(outside.heading.starts_with("Deal with repairs and urgent matters. His next call time"));
    }
}

#[test]
fn the_next_time_passes_over_a_weekend() {
    let desk = Desk::with(vec![Term::Times {
        channel: Channel::Phone,
        days: Day::ALL[..5].iter().copied().collect(),
        from: hour(10),
        until: hour(12),
    }]);
    let friday = desk.at(Way::Phone, "2027-03-12T15:00:00Z");
    assert!(friday.line.ends_with("His next call time is Monday 15 March, 10am to midday."));
}

#[test]
fn times_follow_the_london_clock_through_both_changes() {
    let desk = Desk::with(vec![Term::Times { channel: Channel::Phone, days: [Day::Monday].into(), from: hour(14), until: hour(16) }]);
    // Clocks go forward on Sunday 28 March 2027: 2pm on Monday is 1pm UTC.
    let saturday = desk.at(Way::Phone, "2027-03-27T12:00:00Z");
    assert!(saturday.heading.ends_with("His next call time is Monday 29 March, 2pm to 4pm."));
    assert_eq!(desk.at(Way::Phone, "2027-03-29T12:59:00Z").tone, Tone::Care);
    assert_eq!(desk.at(Way::Phone, "2027-03-29T13:00:00Z").tone, Tone::Ok);
    assert_eq!(desk.at(Way::Phone, "2027-03-29T15:00:00Z").tone, Tone::Care);

    let mut autumn = desk;
    autumn.restrictions[0].until = Some(date("2027-12-31"));
    // And back on Sunday 31 October: 2pm on Monday is 2pm UTC.
    assert_eq!(autumn.at(Way::Phone, "2027-11-01T13:59:00Z").tone, Tone::Care);
    assert_eq!(autumn.at(Way::Phone, "2027-11-01T14:00:00Z").tone, Tone::Ok);
}

#[test]
fn an_hour_that_the_clocks_skip_is_not_promised() {
    let night = Term::Times { channel: Channel::Email, days: [Day::Sunday].into(), from: hour(1), until: hour(2) };
    let answer = Desk::with(vec![night]).at(Way::Writing, "2027-03-27T12:00:00Z");
    assert!(answer.heading.ends_with("His next email time is Sunday 4 April, 1am to 2am."), "{}", answer.heading);
}

#[test]
fn no_time_is_promised_after_the_last_day() {
    let mut desk = Desk::with(vec![afternoons(Channel::Phone)]);
    desk.restrictions[0].until = Some(date("2027-03-10"));
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.heading, "Deal with repairs and urgent matters only.");
}

#[test]
fn two_restrictions_allow_only_the_hours_both_allow() {
    let mut desk = Desk::with(vec![afternoons(Channel::Phone)]);
    desk.restrictions.push(line(vec![Term::Times {
        channel: Channel::Phone,
        days: [Day::Thursday].into(),
        from: hour(15),
        until: hour(18),
    }]));
    let answer = desk.on(Way::Phone);
    assert!(answer.heading.ends_with("His next call time is tomorrow, 3pm to 4pm."));
}

#[test]
fn the_year_is_said_when_it_is_another() {
    let mut desk = Desk::with(vec![Term::Times { channel: Channel::Phone, days: [Day::Monday].into(), from: hour(9), until: hour(10) }]);
    desk.restrictions[0].until = Some(date("2028-03-01"));
    let answer = desk.at(Way::Phone, "2027-12-30T12:00:00Z");
    assert!(answer.line.ends_with("His next call time is Monday 3 January 2028, 9am to 10am."));
}

#[test]
fn set_times_bind_the_channel_they_are_for_and_no_other() {
    let desk = Desk::with(vec![afternoons(Channel::Visit)]);
    assert!(desk.on(Way::Visit).heading.contains("His next visit time is tomorrow"));
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. The limits do not touch calls.");
}
