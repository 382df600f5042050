//! Finding a person however their name, number or home is typed: the words kept for search,
//! their typing slips, and what somebody typed into the box.

mod kept;
mod query;
mod words;

pub use kept::OnRecord;
pub use query::Query;
pub use words::words;

/// The word and each form it takes with one letter left out. Two words that share one are at most
/// a slip or two apart. A short word stands for itself; a word with a digit never has slips.
pub fn deletions(word: &str) -> Vec<String> {
    if word.contains(|c: char| c.is_numeric()) {
        return Vec::new();
    }
    let mut forms = vec![word.to_owned()];
    if word.chars().count() >= 4 {
        forms.extend(word.char_indices().map(|(at, letter)| {
            let rest = at + letter.len_utf8();
            [&word[..at], &word[rest..]].concat()
        }));
    }
    forms.sort();
    forms.dedup();
    forms
}

/// How many letters were left out, added, changed or swapped with their neighbour.
pub fn edit_distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// Could somebody who meant this known word have typed the other? One slip, or two in a long word.
pub fn is_slip(typed: &str, known: &str) -> bool {
    let allowed = if typed.chars().count() >= 8 { 2 } else { 1 };
    edit_distance(typed, known) <= allowed
}

#[cfg(test)]
mod tests;
