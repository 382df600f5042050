//! Pieces of a sentence that terms share: lists, hours, days, small numbers.

use std::collections::BTreeSet;

use chrono::{NaiveTime, Timelike};

use super::{Channel, Day, Period, Purpose};

/// "repairs, payments and appeals": a list with its last word joined.
pub fn list<S: AsRef<str>>(words: &[S], joined: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [start @ .., last] => {
            let start: Vec<&str> = start.iter().map(AsRef::as_ref).collect();
            format!("{} {joined} {}", start.join(", "), last.as_ref())
        }
    }
}

/// "2pm", "11:42am", "midday", "midnight".
pub fn hour(time: NaiveTime) -> String {
    let (afternoon, hour) = time.hour12();
    match (time.hour(), time.minute()) {
        (12, 0) => "midday".to_owned(),
        (0, 0) => "midnight".to_owned(),
        (_, 0) => format!("{hour}{}", half(afternoon)),
        (_, minute) => format!("{hour}:{minute:02}{}", half(afternoon)),
    }
}

const fn half(afternoon: bool) -> &'static str {
    if afternoon { "pm" } else { "am" }
}

/// "2pm to 4pm".
pub fn hours(from: NaiveTime, until: NaiveTime) -> String {
    format!("{} to {}", hour(from), hour(until))
}

/// "Tuesdays and Thursdays"; "every day" for all seven, "Mondays to Fridays" for the working week.
pub fn days(days: &BTreeSet<Day>) -> String {
    let all: Vec<Day> = days.iter().copied().collect();
    if all.len() == 7 {
        return "every day".to_owned();
    }
    if all == Day::ALL[..5] {
        return "Mondays to Fridays".to_owned();
    }
    let names: Vec<String> = all.iter().map(|day| format!("{day}s")).collect();
    list(&names, "and")
}

/// "one email a week", "2 calls a month".
pub fn so_many(channel: Channel, count: u16, per: Period) -> String {
    format!(
        "{} {} a {}",
        number(count),
        contacts(channel, count),
        per.title()
    )
}

/// "call" for one, "calls" for any other number.
pub const fn contacts(channel: Channel, count: u16) -> &'static str {
    let (one, many) = channel.contact();
    if count == 1 { one } else { many }
}

/// "one", then figures.
pub fn number(count: u16) -> String {
    if count == 1 {
        "one".to_owned()
    } else {
        count.to_string()
    }
}

/// "Email and letter", with a capital at the start only.
pub fn channels(channels: &BTreeSet<Channel>, joined: &str) -> String {
    let names: Vec<String> = channels
        .iter()
        .map(|one| one.title().to_lowercase())
        .collect();
    capital(&list(&names, joined))
}

/// "by phone, in person and on social media".
pub fn by(channels: &BTreeSet<Channel>, joined: &str) -> String {
    let ways: Vec<&str> = channels.iter().map(|one| one.by()).collect();
    list(&ways, joined)
}

/// "an emergency, a repair or an appeal".
pub fn one_of(purposes: &BTreeSet<Purpose>) -> String {
    let names: Vec<&str> = purposes.iter().map(|one| one.one()).collect();
    list(&names, "or")
}

/// "emergencies, repairs and appeals".
pub fn many_of(purposes: &BTreeSet<Purpose>) -> String {
    let names: Vec<&str> = purposes.iter().map(|one| one.many()).collect();
    list(&names, "and")
}

/// The same with a capital letter first.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The same with one full stop at the end, whatever was typed.
pub fn stopped(words: &str) -> String {
    format!("{}.", words.trim().trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_said_as_people_say_them() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        assert_eq!(hours(at(14, 0), at(16, 0)), "2pm to 4pm");
        assert_eq!(hours(at(9, 30), at(12, 0)), "9:30am to midday");
        assert_eq!(hour(at(0, 0)), "midnight");
        assert_eq!(hour(at(0, 5)), "12:05am");
    }

    #[test]
    fn days_and_numbers_read_aloud() {
        assert_eq!(
            days(&[Day::Thursday, Day::Tuesday].into()),
            "Tuesdays and Thursdays"
        );
        assert_eq!(
            days(&Day::ALL[..5].iter().copied().collect()),
            "Mondays to Fridays"
        );
        assert_eq!(so_many(Channel::Email, 1, Period::Week), "one email a week");
        assert_eq!(so_many(Channel::Phone, 2, Period::Month), "2 calls a month");
        assert_eq!(list::<&str>(&[], "and"), "");
    }
}
