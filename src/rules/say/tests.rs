use super::*;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 59).unwrap()
}

#[test]
fn day_and_month_stay_together() {
    assert_eq!(day(date(2027, 3, 14)), "14\u{a0}March 2027");
    assert_eq!(weekday(date(2027, 3, 5)), "Friday 5\u{a0}March 2027");
}

#[test]
fn the_year_is_left_out_inside_the_current_one() {
    let today = date(2027, 3, 10);
    assert_eq!(day_this_year(date(2027, 12, 31), today), "31\u{a0}December");
    assert_eq!(day_this_year(date(2026, 12, 31), today), "31\u{a0}December 2026");
    assert_eq!(weekday_this_year(date(2027, 3, 12), today), "Friday 12\u{a0}March");
    assert_eq!(weekday_this_year(date(2028, 1, 3), today), "Monday 3\u{a0}January 2028");
}

#[test]
fn times_are_said_as_people_say_them() {
    for (hour, minute, said) in [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (9, 0, "9am"),
        (11, 42, "11:42am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (14, 0, "2pm"),
        (23, 59, "11:59pm"),
    ] {
        assert_eq!(time(clock(hour, minute)), said);
    }
    assert_eq!(span(clock(14, 0), clock(16, 30)), "2pm to 4:30pm");
}

#[test]
fn an_instant_is_said_by_the_london_clock() {
    let winter = "2027-03-10T11:42:10Z".parse().unwrap();
    assert_eq!(minute(winter), "Wednesday 10\u{a0}March 2027, 11:42am");
    let summer = "2027-06-30T23:00:00Z".parse().unwrap();
    assert_eq!(minute(summer), "Thursday 1\u{a0}July 2027, midnight");
    assert_eq!(minute_this_year(summer, date(2027, 8, 1)), "1\u{a0}July, midnight");
}

#[test]
fn things_are_counted_in_figures_except_at_the_start_of_a_sentence() {
    assert_eq!(count(1, "contact", "contacts"), "1 contact");
    assert_eq!(count(0usize, "contact", "contacts"), "0 contacts");
    assert_eq!(count(31i64, "contact", "contacts"), "31 contacts");
    assert_eq!(count_first(3, "thing needs", "things need"), "Three things need");
    assert_eq!(count_first(1u32, "thing needs", "things need"), "One thing needs");
    assert_eq!(count_first(10, "thing needs", "things need"), "10 things need");
}

#[test]
fn large_numbers_have_a_comma_at_each_thousand() {
    for (figures, said) in [(0, "0"), (999, "999"), (1_000, "1,000"), (20_000, "20,000"), (1_234_567, "1,234,567"), (-45_000, "-45,000")] {
        assert_eq!(number(figures), said);
    }
}

#[test]
fn a_list_ends_with_and_or_with_or() {
    assert_eq!(list::<&str>(&[]), "");
    assert_eq!(list(&["phone"]), "phone");
    assert_eq!(list(&["phone", "email"]), "phone and email");
    assert_eq!(either(&["phone", "email", "letter"]), "phone, email or letter");
}

#[test]
fn a_sentence_starts_with_a_capital() {
    assert_eq!(sentence("émile asked"), "Émile asked");
    assert_eq!(sentence(""), "");
}

#[test]
fn the_first_sentence_stands_alone_and_a_long_one_is_cut_between_words() {
    assert_eq!(first_sentence("He rang at 2.15pm. Then he shouted.\nTwice.", 100), "He rang at 2.15pm.");
    assert_eq!(first_sentence("“You lot are useless!” he said", 100), "“You lot are useless!” he said");
    assert_eq!(first_sentence("  One line\nand another", 100), "One line");
    assert_eq!(first_sentence("He rang four times, and each time he asked the same", 20), "He rang four times…");
    assert_eq!(first_sentence("", 20), "");
}

#[test]
fn several_who_hold_a_title_are_called_by_it() {
    let table = [
        ("Director", "Directors"),
        ("Head of Service", "Heads of Service"),
        ("Company Secretary", "Company Secretaries"),
        ("Trustee, Housing", "Trustees, Housing"),
        ("Attorney", "Attorneys"),
        ("Boss (nights)", "Bosses (nights)"),
    ];
    for (one, several) in table {
        assert_eq!(plural(one), several);
    }
}
