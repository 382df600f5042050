use std::collections::BTreeSet;

use chrono::NaiveTime;

use super::*;
use crate::rules::measure::bundle::{self, Bounds, Severity};
use crate::rules::measure::{Chosen, Hour, Term};

fn hour(words: &str) -> Option<Hour> {
    Hour::parse(words)
}

fn quota(channel: Channel, count: u16, per: Period) -> Term {
    Term::Quota { channel, count, per, exempt: BTreeSet::new(), answered_on: None }
}

fn times(days: &[Day], from: u32, until: u32) -> Term {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    Term::Times { channel: Channel::Phone, days: days.iter().copied().collect(), from: at(from), until: at(until) }
}

fn weekdays() -> BTreeSet<Day> {
    Day::ALL[..5].iter().copied().collect()
}

/// At most three a week, and never fewer than one; calls and email only.
fn calls() -> Limits {
    Limits {
        channels: Some([Channel::Phone, Channel::Email].into()),
        count: Some(Between { least: Some(2), most: Some(3) }),
        per: Some([Period::Week].into()),
        ..Limits::default()
    }
}

fn between_ten_and_twelve() -> Limits {
    Limits { days: Some(weekdays()), from: hour("10:00"), until: hour("12:00"), ..Limits::default() }
}

fn wrong(limits: &Limits, term: &Term, held: &[Term]) -> Vec<(&'static str, String)> {
    let held: Vec<Parameters> = held.iter().map(Term::parameters).collect();
    let wrong = limits.wrong(term.kind(), &term.parameters(), &held);
    wrong.into_iter().map(|(parameter, says)| (parameter.field(term.kind()), says.replace('\u{a0}', " "))).collect()
}

/// Fields and the sentences beside them.
type Said = Vec<(&'static str, &'static str)>;

/// policy-pack.md 8: the parameters of a measure are typed, and a policy says what they may be.
#[test]
fn what_the_policy_does_not_allow_is_said_at_its_field() {
    let minutes = |most| Limits { minutes: Some(Between { least: Some(15), most: Some(most) }), ..Limits::default() };
    let talk = |minutes| Term::Duration { channels: [Channel::Phone].into(), minutes };
    let close = |channels: &[Channel]| Term::Channels { closed: channels.iter().copied().collect() };
    let only_social = Limits { channels: Some([Channel::Social].into()), ..Limits::default() };
    let meetings = Limits { channels: Some([Channel::Person].into()), ..Limits::default() };
    let visits = Term::AppointmentOnly { with: "Ann Lee".into(), staff: None, channels: [Channel::Person, Channel::Visit].into() };
    let fortnightly = Limits { every: Some([Cadence::Fortnight].into()), days: Some(weekdays()), ..Limits::default() };
    let ring = Term::RegularCall { by: "Ann Lee".into(), every: Cadence::Month, on: Day::Sunday, at: NaiveTime::MIN };
    let matters = Limits { count: Some(Between { least: None, most: Some(1) }), per: Some([Period::Month].into()), ..Limits::default() };
    let table: Vec<(Limits, Term, Said)> = vec![
        (calls(), quota(Channel::Phone, 2, Period::Week), vec![]),
        (calls(), quota(Channel::Phone, 5, Period::Week), vec![("count", "The policy allows at most 3 calls a week. Enter 3 or fewer")]),
        (
            calls(),
            quota(Channel::Email, 1, Period::Week),
            vec![("count", "The policy allows no fewer than 2 emails a week. Enter 2 or more")],
        ),
        (calls(), quota(Channel::Phone, 2, Period::Month), vec![("per", "The policy counts these by the week only. Choose a week")]),
        (
            calls(),
            quota(Channel::Visit, 2, Period::Week),
            vec![("channel", "The policy allows this for phone or email only. Choose one of these")],
        ),
        (minutes(30), talk(10), vec![("minutes", "The policy allows no fewer than 15 minutes. Enter 15 or more")]),
        (minutes(30), talk(31), vec![("minutes", "The policy allows at most 30 minutes. Enter 30 or fewer")]),
        (minutes(15), talk(20), vec![("minutes", "The policy allows at most 15 minutes. Enter 15")]),
        (between_ten_and_twelve(), times(&[Day::Monday], 10, 12), vec![]),
        (
            between_ten_and_twelve(),
            times(&[Day::Monday, Day::Saturday], 9, 13),
            vec![
                ("days", "The policy allows Mondays to Fridays only. Take out Saturdays"),
                ("from", "The policy allows nothing before 10am. Enter 10am or later"),
                ("until", "The policy allows nothing after midday. Enter midday or earlier"),
            ],
        ),
        (
            only_social,
            close(&[Channel::Phone, Channel::Social]),
            vec![("closed", "The policy lets only social media be closed. Leave phone open")],
        ),
        (meetings, visits, vec![("channels", "The policy allows this for in person only. Take out home visit")]),
        (
            fortnightly,
            ring,
            vec![
                ("on", "The policy allows Mondays to Fridays only. Choose one of these days"),
                ("every", "The policy allows every two weeks only. Choose that"),
            ],
        ),
        (
            matters,
            Term::Issues { count: 2, per: None },
            vec![
                ("count", "The policy allows at most one matter at a time. Enter 1"),
                ("per", "The policy counts these by the month only. Choose a month"),
            ],
        ),
    ];
    for (limits, term, said) in table {
        let said: Vec<(&str, String)> = said.into_iter().map(|(field, says)| (field, says.to_owned())).collect();
        assert_eq!(wrong(&limits, &term, &[]), said, "{term:?}");
    }
}

#[test]
fn what_holds_already_may_stay_and_nothing_else_beyond_the_limits_may_come() {
    let held = [quota(Channel::Visit, 5, Period::Month)];
    assert_eq!(wrong(&calls(), &held[0], &held), [], "nothing of it changes");
    let answered =
        Term::Quota { channel: Channel::Visit, count: 5, per: Period::Month, exempt: BTreeSet::new(), answered_on: Some(Day::Friday) };
    assert_eq!(wrong(&calls(), &answered, &held), [], "only the day of the answer changes");
    let more: Vec<&str> = wrong(&calls(), &quota(Channel::Visit, 6, Period::Month), &held).into_iter().map(|(field, _)| field).collect();
    assert_eq!(more, ["count"]);
    let late = [times(&[Day::Monday, Day::Saturday], 9, 18)];
    assert_eq!(wrong(&between_ten_and_twelve(), &times(&[Day::Saturday], 9, 12), &late), []);
    let sunday = wrong(&between_ten_and_twelve(), &times(&[Day::Sunday], 9, 12), &late);
    assert_eq!(sunday.len(), 1, "{sunday:?}");
}

/// Wherever a bundle is checked, this is part of it: proposals, decisions, reviews and appeals.
#[test]
fn a_bundle_outside_the_limits_cannot_stand() {
    let bounds = Bounds { limits: [("quota".to_owned(), calls())].into(), ..Bounds::strict(BTreeSet::new()) };
    let five: Vec<Chosen> = vec![quota(Channel::Phone, 5, Period::Week).into()];
    let refused = bundle::check(&five, &bounds, &[]);
    assert_eq!(refused.len(), 1);
    assert_eq!((refused[0].severity, refused[0].term), (Severity::Never, Some(0)));
    assert_eq!(refused[0].sentence, "Limit on how often: The policy allows at most 3 calls a week. Enter 3 or fewer.");
    assert_eq!(bundle::check(&five, &bounds.clone().holding(&five), &[]), [], "it holds already");
    let other: Vec<Chosen> = vec![Chosen::named(quota(Channel::Phone, 5, Period::Week), "emails", "Emails")];
    assert_eq!(bundle::check(&other, &bounds, &[]), [], "another measure of the kind has limits of its own");
}

#[test]
fn limits_are_said_in_words() {
    let none = Limits::default();
    let one_call = Limits {
        channels: Some([Channel::Phone].into()),
        count: Some(Between { least: None, most: Some(1) }),
        per: Some([Period::Week].into()),
        ..none.clone()
    };
    let number = |least, most| Some(Between { least, most });
    let table = [
        (MeasureKind::Quota, calls(), Some("2 to 3 contacts a week; for phone or email only")),
        (MeasureKind::Quota, one_call, Some("at most one call a week; for phone only")),
        (
            MeasureKind::Quota,
            Limits { per: Some([Period::Day, Period::Week].into()), ..none.clone() },
            Some("counted by the day or the week"),
        ),
        (MeasureKind::Issues, Limits { count: number(Some(1), None), ..none.clone() }, Some("at least one new matter")),
        (MeasureKind::Duration, Limits { minutes: number(Some(15), Some(30)), ..none.clone() }, Some("15 to 30 minutes")),
        (MeasureKind::Times, between_ten_and_twelve(), Some("on Mondays to Fridays only; between 10am and midday")),
        (
            MeasureKind::Replies,
            Limits { every: Some(Cadence::ALL[..2].iter().copied().collect()), ..none.clone() },
            Some("every week or every two weeks"),
        ),
        (
            MeasureKind::Channels,
            Limits { channels: Some([Channel::Phone, Channel::Social].into()), ..none.clone() },
            Some("phone and social media only"),
        ),
        (MeasureKind::Quota, none, None),
    ];
    for (kind, limits, said) in table {
        assert_eq!(limits.in_words(kind).map(|words| words.replace('\u{a0}', " ")).as_deref(), said);
    }
}
