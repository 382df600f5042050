//! Pieces of a sentence that terms share: lists, hours, days, small numbers.

use std::collections::BTreeSet;

use super::{Cadence, Channel, Day, Period};
use crate::rules::say;

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
    say::list(&names)
}

/// "one email a week", "2 calls a month".
pub fn so_many(channel: Channel, count: u16, per: Period) -> String {
    format!("{} {} a {}", number(count), contacts(channel, count), per.title())
}

/// "call" for one, "calls" for any other number.
pub const fn contacts(channel: Channel, count: u16) -> &'static str {
    let (one, many) = channel.contact();
    if count == 1 { one } else { many }
}

/// "one", then figures.
pub fn number(count: u16) -> String {
    if count == 1 { "one".to_owned() } else { count.to_string() }
}

/// "email and letter", joined by `say::list` or `say::either`.
pub fn channels(channels: &BTreeSet<Channel>, join: fn(&[String]) -> String) -> String {
    let names: Vec<String> = channels.iter().map(|one| one.name().to_owned()).collect();
    join(&names)
}

/// "by phone, in person and on social media".
pub fn by(channels: &BTreeSet<Channel>, join: fn(&[&'static str]) -> String) -> String {
    join(&channels.iter().map(|one| one.by()).collect::<Vec<_>>())
}

/// "by letter, email or online form": the written channels that are left, in the order in which they are said.
pub fn by_writing(left: &BTreeSet<Channel>) -> String {
    format!("by {}", say::either(&written(left).map(Channel::name).collect::<Vec<_>>()))
}

/// "letters and email", the same as what there is.
pub fn writing(left: &BTreeSet<Channel>) -> String {
    say::list(&written(left).map(Channel::all_of_it).collect::<Vec<_>>())
}

fn written(left: &BTreeSet<Channel>) -> impl Iterator<Item = Channel> {
    Channel::WRITTEN.into_iter().filter(|one| left.contains(one))
}

/// "each call and each home visit".
pub fn each(channels: &BTreeSet<Channel>) -> String {
    say::list(&channels.iter().map(|one| format!("each {}", one.contact().0)).collect::<Vec<_>>())
}

/// "calls and home visits".
pub fn any(channels: &BTreeSet<Channel>) -> String {
    say::list(&channels.iter().map(|one| one.contact().1).collect::<Vec<_>>())
}

/// "15 minutes"; "1 minute".
pub fn minutes_said(minutes: u16) -> String {
    say::count(minutes, "minute", "minutes")
}

/// "one new matter a week", "2 matters at a time".
pub fn matters(count: u16, per: Option<Period>) -> String {
    let many = if count == 1 { "" } else { "s" };
    match per {
        Some(per) => format!("{} new matter{many} a {}", number(count), per.title()),
        None => format!("{} matter{many} at a time", number(count)),
    }
}

/// "every week, on Fridays"; "every two weeks, on a Friday"; "every month, on the first Friday".
pub fn rhythm(every: Cadence, on: Day) -> String {
    let start = every.title().to_lowercase();
    match every {
        Cadence::Week => format!("{start}, on {on}s"),
        Cadence::Fortnight => format!("{start}, on a {on}"),
        Cadence::Month => format!("{start}, on the first {on}"),
    }
}

/// The same with one full stop at the end, whatever was typed.
pub fn stopped(words: &str) -> String {
    format!("{}.", words.trim().trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_read_aloud() {
        assert_eq!(days(&[Day::Thursday, Day::Tuesday].into()), "Tuesdays and Thursdays");
        assert_eq!(days(&Day::ALL[..5].iter().copied().collect()), "Mondays to Fridays");
        assert_eq!(so_many(Channel::Email, 1, Period::Week), "one email a week");
        assert_eq!(so_many(Channel::Phone, 2, Period::Month), "2 calls a month");
    }
}
