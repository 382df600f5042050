//! The texts of a pack, whatever they are of: they are printed in letters and kept, so every character has to be one that people can read.

use super::Fault;
use crate::rules::policy::format::place;
use crate::rules::say;

/// Keys whose text stands in the middle of a line: a heading, a name, a choice.
const ONE_LINE: [&str; 26] = [
    "key",
    "title",
    "heading",
    "landlord",
    "reference",
    "version",
    "owner",
    "accountable",
    "approved-by",
    "stated",
    "by",
    "no",
    "name",
    "phone",
    "email",
    "web",
    "one",
    "many",
    "a",
    "our-policy",
    "behaviour",
    "staff",
    "greeting",
    "close",
    "say",
    "aliases",
];

/// The most letters of a title, a name or another text of one line.
const LONGEST_LINE: usize = 250;

/// The most letters of any other text: more than a page.
const LONGEST_TEXT: usize = 4000;

/// Every text that nobody could read or print.
pub(super) fn faults(pack: &toml::Table) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (key, value) in pack {
        look(value, key, key, &mut faults);
    }
    faults
}

fn look(value: &toml::Value, at: &str, key: &str, faults: &mut Vec<Fault>) {
    match value {
        toml::Value::String(text) => faults.extend(wrong(text, is_one_line(at, key)).map(|says| Fault::at(at, says))),
        toml::Value::Table(table) => {
            for (name, one) in table {
                // The value of a key with a source stands at the key itself.
                match name == "value" {
                    true => look(one, at, key, faults),
                    false => look(one, &format!("{at}.{name}"), name, faults),
                }
            }
        }
        toml::Value::Array(items) => {
            for (index, one) in items.iter().enumerate() {
                let name = place::item(at, |word| one.get(word)?.as_str(), index);
                look(one, &format!("{at}.{name}"), key, faults);
            }
        }
        _ => {}
    }
}

/// A sentence of the landlord's own in a letter may be a paragraph or two.
fn is_one_line(at: &str, key: &str) -> bool {
    ONE_LINE.contains(&key) && !(key == "say" && at.starts_with("letters.own"))
}

/// What is wrong with a text; the first thing only.
fn wrong(text: &str, is_one_line: bool) -> Option<String> {
    let is_break = |one: char| matches!(one, '\n' | '\r');
    let longest = if is_one_line { LONGEST_LINE } else { LONGEST_TEXT };
    if let Some(odd) = text.chars().find(|one| (one.is_control() && !is_break(*one) && *one != '\t') || turns(*one)) {
        let says = "a character that nobody can see and no letter can print";
        return Some(format!("There is {says} in these words (U+{:04X}). Delete it, or type the words again.", u32::from(odd)));
    }
    if !text.trim().is_empty() && text.chars().all(|one| one.is_whitespace() || is_invisible(one)) {
        return Some("There are no words here, only characters that nobody can see.".to_owned());
    }
    if is_one_line && text.trim().contains(is_break) {
        return Some("These words are for one line, and there is a line break in them. Take it out.".to_owned());
    }
    let letters = text.chars().count();
    (letters > longest).then(|| format!("This is {} long. Use at most {longest}.", say::count(letters as u64, "letter", "letters")))
}

/// Turns the direction of the words after it, so that they read otherwise than they are.
const fn turns(one: char) -> bool {
    matches!(one, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const fn is_invisible(one: char) -> bool {
    matches!(one, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("../format/example.toml");

    /// Wherever a text stands, what nobody could read in it is a fault with its place.
    #[test]
    fn a_text_nobody_can_read_or_print_is_a_fault_wherever_it_stands() {
        let long = format!("\"{}\"", "a".repeat(251));
        let (title, post, step, about) =
            ("\"Fair Contact Policy\"", "\"Customer Adviser\"", "\"A talk\"", "\"We talk it over and ask what would help.\"");
        let table = [
            (title, "\"Fair \\u0000 Contact\"", "document.title", "(U+0000)"),
            (title, "\"Fair \\u0007 Contact\"", "document.title", "(U+0007)"),
            (title, "\"\\u200B\"", "document.title", "There are no words here"),
            (title, "\"Fair\\nContact\"", "document.title", "there is a line break"),
            (title, &*long, "document.title", "This is 251 letters long. Use at most 250."),
            (post, "\"Adviser \\u202E redruM\"", "roles.adviser.title", "(U+202E)"),
            (step, "\"A\\u001b talk\"", "ladder.steps.talk.title", "(U+001B)"),
            (about, "\"We \\u0000 talk\"", "ladder.steps.talk.about", "(U+0000)"),
            ("\"Complaints policy\"", "\"Complaints \\u0000\"", "document.related.1", "(U+0000)"),
            ("one = \"contact plan\"", "one = \"contact\\nplan\"", "words.restriction.one", "there is a line break"),
        ];
        for (was, is, place, says) in table {
            assert!(EXAMPLE.contains(was), "the example says nowhere: {was}");
            let faults = check(&EXAMPLE.replacen(was, is, 1)).faults;
            assert!(faults.len() == 1 && faults[0].place == place && faults[0].says.contains(says), "{is}: {faults:#?}");
            assert!(faults[0].line.is_some());
        }
        let lines = EXAMPLE.replacen(about, "\"\"\"We talk it over\nand ask what would help. \u{1F642}\u{FE0F}\"\"\"", 1);
        assert!(check(&lines).faults.is_empty(), "a longer text may have several lines");
    }
}
