//! Text that is not TOML, in words for somebody who has never heard of TOML: which key, what is wrong with it, what to do.

use super::statement::outside_quotes;
use super::{place, statement};

/// What a reader of text finds wrong, at a byte of it.
pub(super) struct Broken<'a> {
    pub message: &'a str,
    pub at: usize,
}

impl Broken<'_> {
    /// Whether the text can be read, and says something twice.
    pub(super) fn is_repeat(&self) -> bool {
        self.message.contains("duplicate key")
    }
}

/// What is wrong where the line itself does not show it: the line, from 0, and the sentence.
pub(super) fn said(text: &str, number: usize) -> (usize, String) {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = lines.get(number).copied().unwrap_or_default();
    if let Some((opened, bracket)) = statement::left_open(&lines, number) {
        let closing = if bracket == '[' { ']' } else { '}' };
        return (opened, format!("{}The `{bracket}` opened here is never closed: write `{closing}` where it ends.", before(lines[opened])));
    }
    let says = after_all(line).unwrap_or_else(|| match statement::heading(line) {
        Some(_) => format!(
            "The heading {} cannot be read. It is a chapter's name in brackets, such as [words], with nothing else on its line.",
            line.trim()
        ),
        None => format!("{}This line cannot be read. Write `key = value`, with words in straight quotes.", before(line)),
    });
    (number, says)
}

/// What is written twice, and where it was written first.
pub(super) fn repeated(text: &str, broken: &Broken<'_>) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let number = place::line(text, broken.at) - 1;
    let line = lines.get(number).copied().unwrap_or_default();
    let before = || lines.iter().take(number);
    let first = |at: Option<usize>| at.map_or_else(String::new, |at| format!(", first on line {}", at + 1));
    if let Some((name, _)) = statement::heading(line) {
        let at = before().position(|one| statement::heading(one).is_some_and(|(one, _)| one == name));
        return format!("The heading {} is written twice{}. Keep one, with the lines of both under it.", line.trim(), first(at));
    }
    let word = text
        .get(broken.at..)
        .unwrap_or_default()
        .chars()
        .take_while(|one| one.is_alphanumeric() || matches!(one, '-' | '_'))
        .collect::<String>();
    let key = if word.is_empty() { parts(line).0.to_owned() } else { word };
    if statement::key(line) != Some(&*key) {
        return format!("`{key}` is written twice here. Keep one of the two.");
    }
    let under = |at: usize| lines[..=at].iter().rev().find_map(|one| statement::heading(one));
    let section = lines[..number].iter().rposition(|one| statement::heading(one).is_some_and(|(_, brackets)| brackets == 2)).unwrap_or(0);
    let is_it = |at: &usize| statement::key(lines[*at]) == Some(&*key) && under(*at) == under(number);
    format!("`{key}` is written twice{}. Keep one of the two.", first((section..number).find(is_it)))
}

/// What the line itself shows.
pub(super) fn on_the_line(line: &str, message: &str) -> Option<String> {
    let (key, value) = parts(line);
    let heading = statement::heading(line).is_some();
    if message.contains("duplicate key") {
        return None;
    }
    if is_curly(outside_quotes(line)) {
        return Some(format!("{}These are a word processor's quotes. Write straight ones, \", before and after the words.", before(line)));
    }
    if heading {
        let (open, close) = (line.matches('[').count(), line.matches(']').count());
        return (open != close).then(|| format!("The heading {} needs as many closing brackets as opening ones.", line.trim()));
    }
    if is_left_quoted(line) {
        return Some(format!("{}The closing \" is missing: words begin and end with one, on one line.", before(line)));
    }
    if !line.contains('=') && value.is_empty() && !key.is_empty() && key.chars().all(|one| one.is_alphanumeric() || one == '-') {
        return Some(format!("`{key}` stands here without a value. Write `{key} = …`, or put `#` before it if it is a remark."));
    }
    if line.contains('=') && value.is_empty() {
        return Some(format!("`{key}` has no value. Write one after the =, or leave the line out."));
    }
    bare(key, value)
}

/// A value of words without quotes, or of a day as nobody but people reads it.
fn bare(key: &str, value: &str) -> Option<String> {
    let first = value.chars().next()?;
    let plain = !value.contains(['"', '\'', '[', '{']);
    let has_letters = value.chars().any(char::is_alphabetic);
    let is_day = first.is_ascii_digit() && (value.contains(['/', ' ', '-', '.']) && value.chars().filter(char::is_ascii_digit).count() > 2);
    let year_last = value.split(' ').next_back().is_some_and(|last| last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit()));
    let is_right = value.parse::<chrono::NaiveDate>().is_ok();
    if plain && !is_right && (is_day || (has_letters && year_last)) && !is_length(value) {
        let says = "A day is written without quotes and in this order: 2026-11-21. A month is written in quotes: \"October 2026\".";
        return Some(format!("`{key}`: {says}"));
    }
    if matches!(value.to_lowercase().as_str(), "yes" | "no" | "true" | "false") {
        let is = if matches!(value.to_lowercase().as_str(), "yes" | "true") { "true" } else { "false" };
        return Some(format!("`{key}`: write {is}, in small letters and without quotes."));
    }
    (plain && has_letters).then(|| format!("`{key}`: words stand in quotes. Write {key} = \"{}\".", value.trim_end_matches('.')))
}

/// A \ that begins nothing a pack can say.
fn has_backslash(value: &str) -> bool {
    let mut letters = value.chars();
    while let Some(one) = letters.next() {
        if one == '\\' && !letters.next().is_some_and(|next| "nt\"\\".contains(next)) {
            return true;
        }
    }
    false
}

/// A word without quotes inside braces or brackets: `{ value = lapse, stated = "7.5" }`.
fn bare_within(value: &str) -> Option<String> {
    let inside = value.strip_prefix('{')?;
    let pairs = outside_quotes(inside);
    let mut found = pairs.split([',', '}']).filter_map(|pair| pair.split_once('='));
    found.find_map(|(key, word)| {
        let (key, word) = (key.trim(), word.trim());
        let is_word = word.starts_with(char::is_alphabetic) && word.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | ' '));
        if !is_word || matches!(word, "true" | "false") {
            return None;
        }
        bare(key, word)
    })
}

fn is_length(value: &str) -> bool {
    value.parse::<crate::rules::days::Length>().is_ok()
}

/// What is left to say of a line on which nothing of that is wrong.
fn after_all(line: &str) -> Option<String> {
    let (key, value) = parts(line);
    let quoted = value.matches('"').count();
    if quoted > 2 && !value.contains(['[', '{', ',']) {
        return Some(format!("`{key}`: there is a quote inside the words. Write “ and ” inside, and \" only before and after."));
    }
    if has_backslash(value) {
        return Some(format!("`{key}`: there is a \\ in the words. Write it twice, \\\\, or leave it out."));
    }
    if let Some(says) = bare_within(value) {
        return Some(says);
    }
    if value.starts_with('{') && !value.trim_end().ends_with('}') {
        return Some(format!("`{key}`: the closing `}}` is missing."));
    }
    (value.starts_with('[') || value.starts_with('{'))
        .then(|| format!("`{key}`: put a comma between each two things, and an = after each key."))
}

/// "`title`: ", or nothing where the line names no key.
fn before(line: &str) -> String {
    let (key, _) = parts(line);
    let named = !key.is_empty() && line.contains('=') && key.len() < 60;
    if named { format!("`{key}`: ") } else { String::new() }
}

/// The key of a line and what stands after its =, without a remark.
fn parts(line: &str) -> (&str, &str) {
    let line = line.trim().trim_start_matches(['{', '[']).trim();
    let (key, value) = line.split_once('=').unwrap_or((line, ""));
    let value = match value.contains('"') {
        true => value,
        false => value.split('#').next().unwrap_or(value),
    };
    (key.trim().trim_matches('"'), value.trim())
}

const CURLY: [char; 5] = ['“', '”', '‘', '’', '„'];

fn is_curly(outside: String) -> bool {
    outside.contains(CURLY)
}

/// Whether words are opened on this line and not closed on it.
fn is_left_quoted(line: &str) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    for one in line.chars() {
        match one {
            '#' if !quoted => break,
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = one == '\\' && !escaped;
    }
    quoted && !line.contains("\"\"\"")
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    /// One slip at a time: what was typed, the line it is shown on, and what a person reads.
    #[test]
    fn every_slip_is_said_in_plain_words_with_its_key() {
        let table = [
            ("title = “Hello”", 2, "`title`: These are a word processor's quotes. Write straight ones, \", before and after the words."),
            ("title = \"Hello", 2, "`title`: The closing \" is missing: words begin and end with one, on one line."),
            ("title = Hello there", 2, "`title`: words stand in quotes. Write title = \"Hello there\"."),
            (
                "approved = 21 November 2026",
                2,
                "`approved`: A day is written without quotes and in this order: 2026-11-21. A month is written in quotes: \"October 2026\".",
            ),
            (
                "approved = 21/11/2026",
                2,
                "`approved`: A day is written without quotes and in this order: 2026-11-21. A month is written in quotes: \"October 2026\".",
            ),
            (
                "approved = October 2026",
                2,
                "`approved`: A day is written without quotes and in this order: 2026-11-21. A month is written in quotes: \"October 2026\".",
            ),
            ("usual = 6 months", 2, "`usual`: words stand in quotes. Write usual = \"6 months\"."),
            ("single = Yes", 2, "`single`: write true, in small letters and without quotes."),
            ("title =", 2, "`title` has no value. Write one after the =, or leave the line out."),
            ("title", 2, "`title` stands here without a value. Write `title = …`, or put `#` before it if it is a remark."),
            ("title = \"One\"\ntitle = \"Two\"", 3, "`title` is written twice, first on line 2. Keep one of the two."),
            ("[words]\nrestriction = { a = \"x\", a = \"y\" }", 3, "`a` is written twice here. Keep one of the two."),
            ("forms = [\"written\"\nkind = \"x\"", 2, "`forms`: The `[` opened here is never closed: write `]` where it ends."),
            (
                "usual = { value = \"3 months\", stated = \"4\"\nkind = \"x\"",
                2,
                "`usual`: The `{` opened here is never closed: write `}` where it ends.",
            ),
            (
                "title = \"She said \"no\" twice\"",
                2,
                "`title`: there is a quote inside the words. Write “ and ” inside, and \" only before and after.",
            ),
            ("overdue = { value = lapse, stated = \"7.5\" }", 2, "`value`: words stand in quotes. Write value = \"lapse\"."),
            ("groups = { value = yes, stated = \"3\" }", 2, "`value`: write true, in small letters and without quotes."),
            ("title = \"C:\\Users\"", 2, "`title`: there is a \\ in the words. Write it twice, \\\\, or leave it out."),
            ("= = 4", 2, "This line cannot be read. Write `key = value`, with words in straight quotes."),
            ("[words", 2, "The heading [words needs as many closing brackets as opening ones."),
            ("[document]", 2, "The heading [document] is written twice, first on line 1. Keep one, with the lines of both under it."),
            (
                "[markers]\nkey = \"one\"\n[[markers]]\nkey = \"two\"",
                2,
                "Write [[markers]] with two brackets on each side, and again before each further one: there may be several.",
            ),
            (
                "[words] and more",
                2,
                "The heading [words] and more cannot be read. It is a chapter's name in brackets, such as [words], with nothing else on its line.",
            ),
        ];
        for (typed, line, says) in table {
            let faults = check(&format!("[document]\n{typed}\n")).faults;
            let first = faults.first().unwrap_or_else(|| panic!("{typed}: no fault"));
            assert_eq!((first.line, first.says.as_str()), (Some(line), says), "{typed}");
            let jargon = ["literal", "basic string", "expected", "invalid", "Duplicate", "table"];
            let mut slips = faults.iter().filter(|fault| fault.place == "the file");
            assert!(slips.all(|fault| jargon.iter().all(|word| !fault.says.contains(word))), "{typed}: {faults:?}");
        }
    }
}
