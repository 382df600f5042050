//! What somebody meant who wrote a length in another way: "5wd", "20 workdays", "six months".

use super::{Length, LengthError, Unit};

/// What is wrong with words that are not a length; they are in small letters.
pub(super) fn fault(words: &str) -> LengthError {
    let words = words.trim();
    if let Some(rest) = words.strip_prefix(['-', '−', '–'])
        && rest.trim_start().starts_with(|one: char| one.is_ascii_digit())
    {
        return LengthError::Negative;
    }
    meant(words).map_or(LengthError::Unreadable, LengthError::Meant)
}

fn meant(words: &str) -> Option<Length> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (amount, unit) = match digits {
        0 => words.split_once([' ', '-']).and_then(|(word, unit)| Some((number(word)?, unit)))?,
        _ => (words[..digits].parse().ok()?, &words[digits..]),
    };
    let unit = unit.replace(['-', '.'], " ");
    let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(unit.as_str(), "fortnight" | "fortnights") {
        return Length::new(amount.checked_mul(2)?, Unit::Weeks).ok();
    }
    Length::new(amount, unit_meant(&unit)?).ok()
}

/// A unit by another name, or by its own name misspelt.
fn unit_meant(word: &str) -> Option<Unit> {
    let other = match word {
        "h" | "hr" | "hrs" => Some(Unit::Hours),
        "d" | "calendar day" | "calendar days" => Some(Unit::Days),
        "wd" | "wds" | "workday" | "workdays" | "work day" | "work days" | "business day" | "business days" | "weekday" | "weekdays" => {
            Some(Unit::WorkingDays)
        }
        "w" | "wk" | "wks" => Some(Unit::Weeks),
        "mo" | "mth" | "mths" | "mnth" | "mnths" => Some(Unit::Months),
        "y" | "yr" | "yrs" => Some(Unit::Years),
        _ => None,
    };
    other.or_else(|| {
        let far = |unit: &Unit| [unit.one(), unit.many()].into_iter().map(|name| strsim::damerau_levenshtein(word, name)).min();
        let near = Unit::ALL.into_iter().filter_map(|unit| Some((far(&unit)?, unit))).min_by_key(|(far, _)| *far);
        near.filter(|(far, _)| *far <= word.chars().count() / 4).map(|(_, unit)| unit)
    })
}

fn number(word: &str) -> Option<u16> {
    const NUMBERS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    (1..).zip(NUMBERS).find(|(_, name)| *name == word).map(|(number, _)| number)
}
