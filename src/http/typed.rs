//! Dates and times as people write them.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Why something typed is not a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// It does not read as a date at all.
    Unreadable,
    /// It reads as a date, and the calendar has no such day.
    NoSuchDay { day: u32, month: u32, year: i32 },
    /// Where the month stands there is another word.
    NoMonth(String),
    /// A year before anybody's living memory.
    LongAgo(String),
    /// A year that nobody plans for.
    FarAhead(String),
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("Enter a date, such as 10 March 2027"),
            Self::NoSuchDay { day, month, year } => match MONTHS.get(*month as usize - 1) {
                Some(month) => write!(f, "{day} {month} {year} does not exist"),
                None => write!(f, "There is no month {month}. Enter a date, such as 10 March 2027"),
            },
            Self::NoMonth(word) => write!(f, "“{word}” is not a month. Enter a date, such as 10 March 2027"),
            Self::LongAgo(year) => write!(f, "{year} is too long ago. Check the year"),
            Self::FarAhead(year) => write!(f, "{year} is too far ahead. Check the year"),
        }
    }
}

/// Reads 2027-03-10, 10/3/2027, 10 March 2027 and Friday 12th March 2027.
pub fn date(typed: &str) -> Result<NaiveDate, DateFault> {
    let words: Vec<&str> = typed.split(|c: char| c.is_whitespace() || "-/.,".contains(c)).collect();
    let mut words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if words.len() == 4 && is_weekday(words[0]) {
        words.remove(0);
    }
    let [first, second, third] = words[..] else {
        return Err(DateFault::Unreadable);
    };
    let (day, month, year) = if is_year(first) { (third, second, first) } else { (first, second, third) };
    let day = number(day.trim_end_matches(|c: char| c.is_ascii_alphabetic()))?;
    let (month, year) = match (month_number(month), full_year(year)) {
        // Where neither can be read, it was no date at all.
        (Err(_), Err(_)) => return Err(DateFault::Unreadable),
        (month, year) => (month?, year?),
    };
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::NoSuchDay { day, month, year })
}

/// Reads 14:30, 2.30pm, 2pm, 11:42 am, midday and midnight.
pub fn time(typed: &str) -> Option<NaiveTime> {
    let typed: String = typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match typed.as_str() {
        "midday" | "noon" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" => return NaiveTime::from_hms_opt(0, 0, 0),
        _ => {}
    }
    let (clock, half) = match (typed.strip_suffix("am"), typed.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (typed.as_str(), None),
    };
    let (hour, minute) = clock.split_once([':', '.']).or(half.map(|_| (clock, "00")))?;
    if minute.len() != 2 || hour.is_empty() || hour.starts_with('+') || minute.starts_with('+') {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    match half {
        Some(_) if !(1..=12).contains(&hour) => None,
        Some(half) => NaiveTime::from_hms_opt(hour % 12 + half, minute, 0),
        None => NaiveTime::from_hms_opt(hour, minute, 0),
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && number(word).is_ok()
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.to_lowercase();
    DAYS.iter().any(|day| word.starts_with(day))
}

fn month_number(typed: &str) -> Result<u32, DateFault> {
    if let Ok(month) = number(typed) {
        return Ok(month);
    }
    let word = typed.to_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.to_lowercase().starts_with(&word));
    at.map(|at| at as u32 + 1).ok_or_else(|| match typed.chars().all(char::is_alphabetic) {
        true => DateFault::NoMonth(typed.to_owned()),
        false => DateFault::Unreadable,
    })
}

fn full_year(word: &str) -> Result<i32, DateFault> {
    let year = number(word)? as i32;
    match (word.len(), year) {
        (2, _) => Ok(2000 + year),
        (4, 1900..=2199) => Ok(year),
        (4, ..1900) => Err(DateFault::LongAgo(word.to_owned())),
        (4, _) => Err(DateFault::FarAhead(word.to_owned())),
        _ => Err(DateFault::Unreadable),
    }
}

fn number(word: &str) -> Result<u32, DateFault> {
    let is_short = (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let number = word.parse().ok().filter(|&number| is_short && number > 0);
    number.ok_or(DateFault::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_however_people_write_it() {
        let tenth = NaiveDate::from_ymd_opt(2027, 3, 10);
        for typed in [
            "2027-03-10",
            "10/3/2027",
            "10/03/27",
            "10.3.2027",
            "10 March 2027",
            " 10 mar 2027 ",
            "10\u{a0}March 2027",
            "10th March 2027",
            "Wednesday 10 March 2027",
            "Wed, 10 Mar 2027",
        ] {
            assert_eq!(date(typed).ok(), tenth, "{typed}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_guessed_at() {
        for typed in ["", "soon", "10", "10/3", "0/3/2027", "10/3/20277", "1/2/3/4", "é/3/2027", "3 weeks ago"] {
            assert_eq!(date(typed), Err(DateFault::Unreadable), "{typed}");
        }
    }

    #[test]
    fn the_calendar_has_the_last_word() {
        let no_such_day = |typed: &str| date(typed).expect_err("not in the calendar").to_string();
        assert_eq!(no_such_day("30 February 2027"), "30 February 2027 does not exist");
        assert_eq!(no_such_day("2027-02-29"), "29 February 2027 does not exist");
        assert_eq!(no_such_day("1/13/2027"), "There is no month 13. Enter a date, such as 10 March 2027");
        assert!(date("29/2/2028").is_ok());
    }

    #[test]
    fn what_is_wrong_with_a_date_is_said() {
        let wrong = |typed: &str| date(typed).expect_err("no date").to_string();
        assert_eq!(wrong("31 Feburary 2026"), "“Feburary” is not a month. Enter a date, such as 10 March 2027");
        assert_eq!(wrong("Fri 6 Ma 2026"), "“Ma” is not a month. Enter a date, such as 10 March 2027");
        assert_eq!(wrong("1800-01-01"), "1800 is too long ago. Check the year");
        assert_eq!(wrong("10/3/0027"), "0027 is too long ago. Check the year");
        assert_eq!(wrong("1 May 2700"), "2700 is too far ahead. Check the year");
    }

    #[test]
    fn a_time_is_read_however_people_write_it() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        assert_eq!(time("11:42"), at(11, 42));
        assert_eq!(time("11.42 am"), at(11, 42));
        assert_eq!(time("2pm"), at(14, 0));
        assert_eq!(time("2:30PM"), at(14, 30));
        assert_eq!(time("12am"), at(0, 0));
        assert_eq!(time("12:05pm"), at(12, 5));
        assert_eq!(time("midday"), at(12, 0));
        for typed in ["", "2", "25:00", "13pm", "0am", "11:4", "11:60", ":30", "+1:30", "half two"] {
            assert_eq!(time(typed), None, "{typed}");
        }
    }
}
