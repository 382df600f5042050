//! The words one person on record is found by, beside their whole numbers and addresses.

use super::words::words;
use crate::rules::text::key;

/// How much of a phone number people say when they say the end of it: four digits, or the number as it is dialled next door.
const ENDINGS: [usize; 4] = [4, 6, 7, 8];

/// What is on record of one person, as far as words find it.
#[derive(Clone, Debug, Default)]
pub struct OnRecord<'a> {
    /// Given names.
    pub given: &'a str,
    /// Family name.
    pub family: &'a str,
    /// First line of the address.
    pub line1: Option<&'a str>,
    /// Town.
    pub town: Option<&'a str>,
    /// Postcode, spaced.
    pub postcode: Option<&'a str>,
    /// The tenancy's reference.
    pub tenancy: Option<&'a str>,
    /// Phone numbers in E.164.
    pub phones: Vec<&'a str>,
}

impl OnRecord<'_> {
    /// Of the name: "desouza" for de Souza too.
    pub fn name_words(&self) -> Vec<String> {
        let mut found = words(&format!("{} {}", self.given, self.family));
        let family = words(&self.family.split_whitespace().collect::<String>());
        found.extend(family.into_iter().filter(|word| !found.contains(word)).collect::<Vec<_>>());
        found
    }

    /// Of the home: its street and town, the first half of its postcode, its tenancy, and the ends of its phone numbers.
    pub fn other_words(&self) -> Vec<String> {
        let home = [self.line1, self.town].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let area = self.postcode.and_then(|postcode| postcode.split_whitespace().next()).map(|area| key(area).to_lowercase());
        let ends = self
            .phones
            .iter()
            .flat_map(|phone| ENDINGS.iter().filter_map(|&digits| Some(phone.get(phone.len().checked_sub(digits)?..)?.to_owned())));
        let mut found = words(&home);
        found.extend(
            area.into_iter().chain(self.tenancy.map(|tenancy| key(tenancy).to_lowercase())).chain(ends).filter(|word| !word.is_empty()),
        );
        found.sort();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_known_by_the_ends_of_a_number_the_area_and_the_tenancy() {
        let colin = OnRecord {
            given: "Colin",
            family: "Ashworth",
            line1: Some("14 Fernbank Close"),
            town: Some("Northmere"),
            postcode: Some("NM4 6QT"),
            tenancy: Some("40-118-27"),
            phones: vec!["+447700900400"],
        };
        assert_eq!(colin.name_words(), ["colin", "ashworth"]);
        assert_eq!(
            colin.other_words(),
            ["00900400", "0400", "0900400", "14", "4011827", "900400", "close", "fernbank", "nm4", "northmere"]
        );
    }

    #[test]
    fn a_family_name_of_two_words_is_also_one() {
        let words = OnRecord { given: "Ana", family: "de Souza", ..OnRecord::default() }.name_words();
        assert_eq!(words, ["ana", "de", "souza", "desouza"]);
    }

    #[test]
    fn a_number_too_short_to_have_an_end_has_none() {
        assert_eq!(OnRecord { phones: vec!["999", "12345"], ..OnRecord::default() }.other_words(), ["2345"]);
    }
}
