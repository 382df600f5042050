//! The words of dates, times and numbers, as people here read and say them.

use std::fmt::Display;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};

use super::days;

/// "14 March 2027". Day and month never part at the end of a line.
pub fn day(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%B %Y").to_string()
}

/// "14 March", where the year is plain.
pub fn day_and_month(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%B").to_string()
}

/// "Friday 12 March 2027", for a day on which someone must act.
pub fn weekday(day: NaiveDate) -> String {
    day.format("%A %-d\u{a0}%B %Y").to_string()
}

/// "14 March" inside the current year, "14 March 2026" outside it.
pub fn day_this_year(date: NaiveDate, today: NaiveDate) -> String {
    match date.year() == today.year() {
        true => day_and_month(date),
        false => day(date),
    }
}

/// "Friday 12 March" inside the current year, "Friday 12 March 2026" outside it.
pub fn weekday_this_year(date: NaiveDate, today: NaiveDate) -> String {
    match date.year() == today.year() {
        true => date.format("%A %-d\u{a0}%B").to_string(),
        false => weekday(date),
    }
}

/// "11:42am", "2pm", "midday", "midnight".
pub fn time(time: NaiveTime) -> String {
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".into(),
        (12, 0) => "midday".into(),
        (_, 0) => time.format("%-I%P").to_string(),
        _ => time.format("%-I:%M%P").to_string(),
    }
}

/// "Wednesday 10 March 2027, 11:42am", by the London clock.
pub fn minute(instant: DateTime<Utc>) -> String {
    let local = days::local(instant);
    format!("{}, {}", weekday(local.date()), time(local.time()))
}

/// "10 March, 11:42am" inside the current year, for the lines of a list.
pub fn minute_this_year(instant: DateTime<Utc>, today: NaiveDate) -> String {
    let local = days::local(instant);
    let day = day_this_year(local.date(), today);
    format!("{day}, {}", time(local.time()))
}

/// "2pm to 4pm".
pub fn span(from: NaiveTime, until: NaiveTime) -> String {
    format!("{} to {}", time(from), time(until))
}

/// A title said of its letter: "Formal warning letter", and "Warden’s letter" as it is.
pub fn in_a_letter(title: &str) -> String {
    match title.to_lowercase().ends_with("letter") {
        true => title.to_owned(),
        false => format!("{title} letter"),
    }
}

/// "1 contact", "31 contacts", "1,200 contacts".
pub fn count<N: Display + PartialEq + From<u8>>(n: N, one: &str, many: &str) -> String {
    let noun = if n == N::from(1) { one } else { many };
    format!("{} {noun}", number(n))
}

/// `count` for the start of a sentence, where one to nine are words: "Three things need you".
pub fn count_first<N: Display + PartialEq + From<u8>>(n: N, one: &str, many: &str) -> String {
    const WORDS: [&str; 9] = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let noun = if n == N::from(1) { one } else { many };
    let word = (1..).zip(WORDS).find(|&(at, _)| n == N::from(at));
    match word {
        Some((_, word)) => format!("{word} {noun}"),
        None => format!("{} {noun}", number(n)),
    }
}

/// Figures with a comma at each thousand: "12,400".
pub fn number<N: Display>(n: N) -> String {
    let figures = n.to_string();
    let at = figures.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (sign, digits) = figures.split_at(at);
    let mut said = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// "a, b and c".
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "and")
}

/// "a, b or c".
pub fn either<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "or")
}

fn joined<S: AsRef<str>>(items: &[S], word: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items[..] {
        [] => String::new(),
        [only] => only.into(),
        [ref first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// Each of these as a sentence of its own, then these words.
pub fn sentences<S: AsRef<str>>(each: &[S], then: &str) -> String {
    let each = each.iter().map(|one| format!("{}. ", sentence(one.as_ref().trim().trim_end_matches('.'))));
    format!("{}{then}", each.collect::<String>()).trim().to_owned()
}

/// The first sentence of what somebody wrote, cut between words where it runs on.
pub fn first_sentence(words: &str, most: usize) -> String {
    let line = words.trim().lines().next().unwrap_or_default().trim_end();
    let ends = line
        .char_indices()
        .find(|(at, c)| ".!?".contains(*c) && line[at + c.len_utf8()..].starts_with(' '))
        .map(|(at, c)| at + c.len_utf8());
    let first = &line[..ends.unwrap_or(line.len())];
    match first.char_indices().nth(most) {
        None => first.to_owned(),
        Some((end, _)) => {
            format!("{}…", first[..end].rsplit_once(' ').map_or(&first[..end], |(kept, _)| kept).trim_end_matches([',', ';', ':']))
        }
    }
}

/// A phone number that never parts at the end of a line.
pub fn whole(number: &str) -> String {
    number.trim().replace(' ', "\u{a0}")
}

/// "a warning", "an opportunity".
pub fn a(words: &str) -> String {
    let vowel = words.chars().next().is_some_and(|first| "aeiou".contains(first.to_ascii_lowercase()));
    format!("{} {words}", if vowel { "an" } else { "a" })
}

/// The same words as a sentence somebody finished: a capital, and a full stop where nothing ends it.
pub fn finished(words: &str) -> String {
    let words = sentence(words.trim());
    match words.is_empty() || words.ends_with(['.', '!', '?', ':', ';', ',', '…', '”', '’', '"', ')']) {
        true => words,
        false => format!("{words}."),
    }
}

/// Several who hold a title: "Director" as "Directors", "Head of Service" as "Heads of Service", "Company Secretary" as "Company Secretaries".
pub fn plural(title: &str) -> String {
    const AFTER: [&str; 5] = [" of ", " for ", " in ", ", ", " ("];
    let end = AFTER.iter().filter_map(|word| title.find(word)).min().unwrap_or(title.len());
    let (noun, rest) = title.split_at(end);
    let before_last = noun.chars().rev().nth(1).unwrap_or_default();
    let many = match noun {
        _ if ["s", "x", "ch", "sh"].iter().any(|sound| noun.ends_with(sound)) => format!("{noun}es"),
        _ if noun.ends_with('y') && !"aeiou".contains(before_last) => format!("{}ies", noun.trim_end_matches('y')),
        _ => format!("{noun}s"),
    };
    many + rest
}

/// The same words in the middle of a sentence: "Sister" as "sister", "A talk" as "a talk"; "MP" and a name of several capitals stay.
pub fn inside(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), words.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() || (first == 'A' && second == ' ') => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

/// These titles as they stand in one list within a sentence: all but the first begin in lower case, unless they are a name.
pub fn joining<S: AsRef<str>>(titles: &[S]) -> Vec<String> {
    let is_name = |title: &str| title.chars().skip(1).any(char::is_uppercase);
    let word = |(at, title): (usize, &S)| match at == 0 || is_name(title.as_ref()) {
        true => title.as_ref().to_owned(),
        false => inside(title.as_ref()),
    };
    titles.iter().enumerate().map(word).collect()
}

/// The same words with a capital first letter, as a sentence starts.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
