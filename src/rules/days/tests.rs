use std::collections::BTreeSet;

use chrono::{Datelike, Weekday};
use proptest::prelude::*;

use super::*;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn england() -> Calendar<'static> {
    Calendar::of(Nation::EnglandAndWales)
}

#[test]
fn a_summer_evening_after_midnight_in_london_is_the_next_day() {
    assert_eq!(day_of(utc("2027-06-30T22:59:59Z")), date(2027, 6, 30));
    assert_eq!(day_of(utc("2027-06-30T23:00:00Z")), date(2027, 7, 1));
    assert_eq!(day_of(utc("2026-12-31T23:59:59Z")), date(2026, 12, 31));
    assert_eq!(day_of(utc("2027-01-01T00:00:00Z")), date(2027, 1, 1));
    assert_eq!(time_of(utc("2027-06-30T10:42:00Z")), clock(11, 42));
    assert_eq!(start_of(date(2027, 7, 1)), utc("2027-06-30T23:00:00Z"));
    assert_eq!(end_of(date(2026, 12, 31)), utc("2027-01-01T00:00:00Z"));
}

#[test]
fn a_time_skipped_in_spring_is_the_hour_after_it() {
    for day in [date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)] {
        let skipped = at(day, clock(1, 30));
        assert_eq!(skipped, day.and_time(clock(1, 30)).and_utc());
        assert_eq!(time_of(skipped), clock(2, 30));
        assert_eq!((end_of(day) - start_of(day)).num_hours(), 23);
        assert_eq!(at(day, clock(0, 59)), day.and_time(clock(0, 59)).and_utc());
        assert_eq!(at(day, clock(2, 0)), day.and_time(clock(1, 0)).and_utc());
    }
}

#[test]
fn a_time_that_comes_twice_in_autumn_is_the_first() {
    for day in [date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29)] {
        assert_eq!(at(day, clock(1, 30)), day.and_time(clock(0, 30)).and_utc());
        assert_eq!(at(day, clock(2, 0)), day.and_time(clock(2, 0)).and_utc());
        assert_eq!((end_of(day) - start_of(day)).num_hours(), 25);
    }
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        let calendar = england();
        let _ = (start_of(day), end_of(day), calendar.next_working_day(day));
        for unit in Unit::ALL {
            let length = Length::new(20, unit).unwrap();
            let _ = (length.after(day, calendar), length.before(day, calendar));
        }
    }
}

/// Sunday of Easter by the tables of the calendar reform.
fn easter(year: i32) -> NaiveDate {
    let golden = year % 19;
    let century = year / 100;
    let moon = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon = moon - (moon / 28) * (1 - (29 / (moon + 1)) * ((21 - golden) / 11));
    let sunday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let from_21_march = moon - sunday;
    date(year, 3, 28) + chrono::Duration::days(i64::from(from_21_march))
}

fn first_monday_from(day: NaiveDate) -> NaiveDate {
    day.iter_days().find(|d| d.weekday() == Weekday::Mon).unwrap()
}

/// The bank holidays of a year worked out from the rules, one day at a time, and slowly.
fn by_rule(nation: Nation, year: i32) -> BTreeSet<NaiveDate> {
    let scottish = nation == Nation::Scotland;
    let mut kept = BTreeSet::new();
    let mut moveable = vec![easter(year) - Days::new(2)];
    moveable.push(match year {
        2020 => date(2020, 5, 8),
        _ => first_monday_from(date(year, 5, 1)),
    });
    moveable.push(match year {
        2022 => date(2022, 6, 2),
        _ => first_monday_from(date(year, 5, 25)),
    });
    if scottish {
        moveable.push(first_monday_from(date(year, 8, 1)));
    } else {
        moveable.push(first_monday_from(date(year, 8, 25)));
        moveable.push(easter(year) + Days::new(1));
    }
    kept.extend(moveable);
    let once = [date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)];
    kept.extend(once.into_iter().filter(|day| day.year() == year));
    if scottish && year == 2026 {
        kept.insert(date(2026, 6, 15));
    }
    let fixed: &[(u32, u32)] = match nation {
        Nation::EnglandAndWales => &[(1, 1), (12, 25), (12, 26)],
        Nation::Scotland => &[(1, 1), (1, 2), (11, 30), (12, 25), (12, 26)],
        Nation::NorthernIreland => &[(1, 1), (3, 17), (7, 12), (12, 25), (12, 26)],
    };
    let fixed: Vec<NaiveDate> = fixed.iter().map(|&(month, day)| date(year, month, day)).collect();
    let (on_weekends, on_weekdays): (Vec<_>, Vec<_>) =
        fixed.into_iter().partition(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    kept.extend(on_weekdays);
    for day in on_weekends {
        let free = |d: &NaiveDate| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun) && !kept.contains(d);
        let substitute = day.iter_days().find(free).unwrap();
        kept.insert(substitute);
    }
    kept
}

#[test]
fn the_bank_holidays_written_down_are_those_the_rules_give() {
    for &nation in Nation::ALL {
        let calendar = Calendar::of(nation);
        for year in bank_holidays::YEARS {
            let days = date(year, 1, 1).iter_days().take_while(|d| d.year() == year);
            let written: BTreeSet<_> = days.filter(|&d| calendar.is_bank_holiday(d)).collect();
            assert_eq!(written, by_rule(nation, year), "{nation} {year}");
        }
    }
}

#[test]
fn the_lines_are_in_order_and_none_is_on_a_weekend() {
    let days: Vec<NaiveDate> = bank_holidays::DAYS.iter().map(|&(year, month, day, _)| date(year, month, day)).collect();
    assert!(days.is_sorted_by(|a, b| a < b));
    assert!(!days.iter().copied().any(is_weekend));
}

#[test]
fn each_nation_keeps_its_own_days() {
    let keeps = |nation, day| Calendar::of(nation).is_bank_holiday(day);
    for (day, england, scotland, northern_ireland) in [
        (date(2027, 3, 26), true, true, true),
        (date(2027, 3, 29), true, false, true),
        (date(2027, 3, 17), false, false, true),
        (date(2027, 1, 4), false, true, false),
        (date(2026, 6, 15), false, true, false),
        (date(2027, 8, 2), false, true, false),
        (date(2027, 8, 30), true, false, true),
        (date(2027, 12, 27), true, true, true),
        (date(2027, 12, 28), true, true, true),
        (date(2020, 5, 4), false, false, false),
        (date(2020, 5, 8), true, true, true),
        (date(2022, 9, 19), true, true, true),
    ] {
        let kept = (keeps(Nation::EnglandAndWales, day), keeps(Nation::Scotland, day), keeps(Nation::NorthernIreland, day));
        assert_eq!(kept, (england, scotland, northern_ireland), "{day}");
    }
}

#[test]
fn a_year_that_is_not_known_can_be_told() {
    assert!(england().covers(2018) && england().covers(2028));
    assert!(!england().covers(2017) && !england().covers(2029));
    assert!(england().is_working_day(date(2029, 12, 25)));
}

#[test]
fn working_days_step_over_easter_and_the_year_end() {
    let calendar = england();
    for (from, count, to) in [
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2027, 3, 2), 20, date(2027, 4, 1)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2027, 12, 24), 1, date(2027, 12, 29)),
        (date(2027, 3, 6), 1, date(2027, 3, 8)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2027, 3, 6), 0, date(2027, 3, 6)),
    ] {
        assert_eq!(calendar.add_working_days(from, count), to, "{from} + {count}");
    }
    assert_eq!(calendar.sub_working_days(date(2027, 3, 30), 1), date(2027, 3, 25));
    assert_eq!(calendar.working_day_from(date(2027, 3, 26)), date(2027, 3, 30));
    assert_eq!(calendar.working_day_from(date(2027, 3, 25)), date(2027, 3, 25));
    assert_eq!(calendar.working_days_between(date(2027, 4, 1), date(2027, 4, 1)), 0);
    assert_eq!(calendar.working_days_between(date(2027, 4, 9), date(2027, 4, 1)), 0);
}

#[test]
fn a_length_is_read_and_written_in_the_policys_words() {
    for (typed, written) in [
        ("20 working days", "20 working days"),
        (" 1  Working Day ", "1 working day"),
        ("6 months", "6 months"),
        ("1 months", "1 month"),
        ("02 weeks", "2 weeks"),
        ("1 year", "1 year"),
        ("28 days", "28 days"),
    ] {
        let length: Length = typed.parse().unwrap();
        assert_eq!(length.to_string(), written);
        let stored = serde_json::to_string(&length).unwrap();
        assert_eq!(stored, format!("\"{written}\""));
        assert_eq!(serde_json::from_str::<Length>(&stored).unwrap(), length);
    }
}

#[test]
fn a_length_that_is_none_or_absurd_is_refused_with_a_sentence() {
    for (typed, said) in [
        ("0 days", "A length is at least 1 day"),
        ("400 months", "A length is at most 360 months"),
        ("99999999 years", "A length is at most 30 years"),
        ("-1 days", "A length cannot be less than nothing"),
        ("5wd", "This is not a length. Did you mean 5 working days?"),
        ("20 workdays", "This is not a length. Did you mean 20 working days?"),
        ("20 Business Days", "This is not a length. Did you mean 20 working days?"),
        ("20 workings days", "This is not a length. Did you mean 20 working days?"),
        ("six months", "This is not a length. Did you mean 6 months?"),
        ("6 month's", "This is not a length. Did you mean 6 months?"),
        ("6months", "This is not a length. Did you mean 6 months?"),
        ("1 fortnight", "This is not a length. Did you mean 2 weeks?"),
        (
            "soon",
            "Write a length as a whole number and a unit (hours, days, working days, weeks, months or years), such as 20 working days or 6 months",
        ),
    ] {
        assert_eq!(typed.parse::<Length>().unwrap_err().to_string(), said);
    }
    for typed in ["", "6", "-", "months", "6 months 2 days", "+6 months", "1.5 years", "5 m", "65535 fortnights", "99999999wd"] {
        assert_eq!(typed.parse::<Length>(), Err(LengthError::Unreadable), "{typed}");
    }
}

#[test]
fn months_end_on_the_last_day_when_they_are_short() {
    let after = |start, length: &str| length.parse::<Length>().unwrap().after(start, england());
    assert_eq!(after(date(2026, 8, 31), "6 months"), date(2027, 2, 28));
    assert_eq!(after(date(2027, 8, 31), "6 months"), date(2028, 2, 29));
    assert_eq!(after(date(2028, 2, 29), "1 year"), date(2029, 2, 28));
    assert_eq!(after(date(2028, 2, 29), "4 years"), date(2032, 2, 29));
    assert_eq!(after(date(2027, 1, 31), "1 month"), date(2027, 2, 28));
    assert_eq!(after(date(2027, 3, 15), "6 months"), date(2027, 9, 15));
    assert_eq!(after(date(2027, 12, 31), "2 weeks"), date(2028, 1, 14));
    let before = |end, length: &str| length.parse::<Length>().unwrap().before(end, england());
    assert_eq!(before(date(2027, 3, 31), "1 month"), date(2027, 2, 28));
    assert_eq!(before(date(2028, 2, 29), "1 year"), date(2027, 2, 28));
    assert_eq!(before(date(2027, 4, 1), "20 working days"), date(2027, 3, 2));
}

#[test]
fn lengths_in_different_units_are_compared_as_policies_mean_them() {
    let longer = |a: &str, b: &str| a.parse::<Length>().unwrap().is_longer_than(b.parse().unwrap());
    assert!(longer("13 months", "1 year") && !longer("12 months", "1 year"));
    assert!(!longer("1 year", "12 months") && longer("6 working days", "1 week"));
    assert!(longer("1 year", "364 days") && longer("2 months", "8 weeks"));
}

prop_compose! {
    fn covered_day()(offset in 0u64..4000) -> NaiveDate {
        date(2018, 1, 1) + Days::new(offset)
    }
}

fn any_nation() -> impl Strategy<Value = Nation> {
    prop::sample::select(Nation::ALL)
}

proptest! {
    #[test]
    fn counting_agrees_with_a_calendar_crossed_off_by_hand(
        nation in any_nation(), from in covered_day(), count in 0u16..60, is_closed in any::<bool>(),
    ) {
        // Closed from Christmas Eve to the second day of the year, and on the last day of June.
        let closed = ["24 December to 2 January", "30 June"].map(|days| days.parse().unwrap());
        let calendar = Calendar::of(nation).closed_on(if is_closed { &closed } else { &[] });
        let shut = |day: NaiveDate| {
            let shown = day.format("%m-%d").to_string();
            is_closed && (shown.as_str() >= "12-24" || shown.as_str() <= "01-02" || shown == "06-30")
        };
        let mut crossed_off = 0;
        let mut day = from;
        while crossed_off < count {
            day = day + Days::new(1);
            let is_weekend = matches!(day.format("%a").to_string().as_str(), "Sat" | "Sun");
            if !is_weekend && !shut(day) && !by_rule(nation, day.year()).contains(&day) {
                crossed_off += 1;
            }
        }
        prop_assume!(day.year() <= 2028);
        prop_assert_eq!(calendar.add_working_days(from, count), day);
        prop_assert_eq!(calendar.working_days_between(from, day), u32::from(count));
    }

    #[test]
    fn going_back_undoes_going_on_from_a_working_day(
        nation in any_nation(), from in covered_day(), count in 1u16..60,
    ) {
        let calendar = Calendar::of(nation);
        let from = calendar.working_day_from(from);
        prop_assert_eq!(calendar.sub_working_days(calendar.add_working_days(from, count), count), from);
    }

    #[test]
    fn every_instant_lies_within_its_london_day(seconds in 1_500_000_000i64..1_900_000_000) {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        let day = day_of(instant);
        prop_assert!(start_of(day) <= instant && instant < end_of(day));
        prop_assert_eq!(end_of(day), start_of(day.succ_opt().unwrap()));
    }

    #[test]
    fn a_time_of_day_is_shown_again_unless_the_clocks_skipped_it(day in covered_day(), minute in 0u32..1440) {
        let time = clock(minute / 60, minute % 60);
        let instant = at(day, time);
        let skipped = day.month() == 3 && day.day() >= 25 && day.weekday() == Weekday::Sun && time.format("%H").to_string() == "01";
        let shown = if skipped { time + chrono::Duration::hours(1) } else { time };
        prop_assert_eq!(local(instant), day.and_time(shown));
    }
}

#[test]
fn hours_run_to_the_minute_whatever_the_clocks_do_and_days_to_the_end_of_the_day_in_london() {
    let england = Calendar::of(Nation::EnglandAndWales);
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    // The clocks go forward on 28 March 2027 and back on 31 October 2027.
    let table = [
        ("24 hours", "2027-03-10T10:42:00Z", "2027-03-11T10:42:00Z", "10:42"),
        ("24 hours", "2027-03-27T10:42:00Z", "2027-03-28T10:42:00Z", "11:42"),
        ("24 hours", "2027-10-30T09:42:00Z", "2027-10-31T09:42:00Z", "09:42"),
        ("1 hour", "2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", "02:30"),
        ("1 day", "2027-03-27T10:42:00Z", "2027-03-28T23:00:00Z", "00:00"),
        ("1 day", "2027-10-30T09:42:00Z", "2027-11-01T00:00:00Z", "00:00"),
    ];
    for (length, start, over, shown) in table {
        let over_at = length.parse::<Length>().unwrap().over_at(at(start), england);
        assert_eq!((over_at, time_of(over_at).format("%H:%M").to_string()), (at(over), shown.to_owned()), "{length} after {start}");
    }
    let hours = |words: &str| words.parse::<Length>().unwrap();
    assert_eq!(hours("36 hours").after("2027-03-10".parse().unwrap(), england), "2027-03-12".parse().unwrap(), "the day they reach into");
    assert!(hours("25 hours").is_longer_than(hours("1 day")) && !hours("24 hours").is_longer_than(hours("1 day")));
}
