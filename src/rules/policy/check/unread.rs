//! What may only follow from a value that could not be read: an example stands in its place, and nothing is said about that.

use crate::rules::policy::format::place::is_within;

/// What is held against each other across chapters: of the first nothing is said while any of the others could not be read.
const HELD_AGAINST: [(&str, &[&str]); 7] = [
    ("terms.for-severity", &["terms", "reviews"]),
    ("measures.offered", &["terms", "checklists", "people.channels"]),
    ("letters", &["challenge"]),
    ("bodies", &["roles"]),
    ("authority", &["roles", "bodies"]),
    ("ladder", &["behaviour.categories", "bodies"]),
    ("challenge", &["roles", "bodies"]),
];

/// Whether what is said of a place may follow from one of these, which hold examples: beside it in the same table, or what it is held against.
pub(super) fn leans(place: &str, mended: &[String]) -> bool {
    let table = |place: &str| place.rsplit_once('.').map(|(table, _)| table.to_owned());
    let beside = |one: &str| table(place).is_some_and(|own| table(one).as_ref() == Some(&own) || one == own);
    let others = HELD_AGAINST.iter().filter(|(of, _)| is_within(place, of)).flat_map(|(_, others)| *others);
    let others: Vec<&str> = others.copied().collect();
    mended.iter().any(|one| beside(one) || others.iter().any(|other| is_within(one, other) || is_within(other, one)))
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("../format/example.toml");

    /// One slip is one fault, and none follows from the example that stands in its place.
    #[test]
    fn nothing_is_said_of_what_only_stands_in_for_a_value_that_could_not_be_read() {
        let table = [
            ("approved = 2026-03-12", "approved = \"Michaelmas 2025\"", "document.approved"),
            ("cap = { value = \"24 months\"", "cap = { value = \"24 mths\"", "terms.cap"),
            ("\nlongest = { value = \"12 months\"", "\nlongest = { value = \"12 mths\"", "terms.longest"),
            ("seats = 5", "seats = 5.5", "bodies.case-panel.seats"),
            ("seats = 5", "seats = 0", "bodies.case-panel.seats"),
            ("[terms]", "[[terms]]", "terms"),
        ];
        for (was, is, place) in table {
            assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
            let faults = check(&EXAMPLE.replacen(was, is, 1)).faults;
            assert_eq!(faults.iter().map(|fault| fault.place.as_str()).collect::<Vec<_>>(), [place], "{faults:#?}");
        }
    }
}
