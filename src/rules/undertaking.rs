//! An undertaking that a customer signs before a restriction ends (`reviews.outcomes`, "lift-on-undertaking"): when it can be signed.

use chrono::NaiveDate;

use super::say;

/// Why an undertaking cannot have been signed on a day, as a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("Enter a day that is not in the future")]
    Future,
    #[error("Enter a day on or after {}, the day it was asked for", say::day(*.asked))]
    BeforeAsked { asked: NaiveDate },
}

/// Whether it can have been signed on this day. One that comes after the day it was to be signed by is taken too, as long as nobody has
/// decided otherwise since.
pub fn signed(asked: NaiveDate, signed: NaiveDate, today: NaiveDate) -> Result<(), Wrong> {
    match signed {
        signed if signed > today => Err(Wrong::Future),
        signed if signed < asked => Err(Wrong::BeforeAsked { asked }),
        _ => Ok(()),
    }
}

/// Why a restriction ends that was to end once an undertaking was signed, in words for the customer's letter.
pub fn reasons(asked: NaiveDate, signed: NaiveDate) -> String {
    format!("On {} we asked you to sign an undertaking. You signed it on {}. It ends because of that.", say::day(asked), say::day(signed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_undertaking_is_signed_from_the_day_it_was_asked_for_until_today() {
        let (asked, today) = (day("2027-06-01"), day("2027-06-20"));
        let table = [
            ("before it was asked for", "2027-05-31", Err(Wrong::BeforeAsked { asked })),
            ("the day it was asked for", "2027-06-01", Ok(())),
            ("today", "2027-06-20", Ok(())),
            ("tomorrow", "2027-06-21", Err(Wrong::Future)),
        ];
        for (why, on, comes_to) in table {
            assert_eq!(signed(asked, day(on), today), comes_to, "{why}");
        }
    }

    #[test]
    fn the_letter_names_both_days() {
        let said = reasons(day("2027-06-01"), day("2027-06-10")).replace('\u{a0}', " ");
        assert_eq!(said, "On 1 June 2027 we asked you to sign an undertaking. You signed it on 10 June 2027. It ends because of that.");
    }
}
