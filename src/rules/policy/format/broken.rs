//! Text that is not TOML, in words for somebody who has never heard of TOML: which key, what is wrong with it, what to do.

use super::place;
use crate::rules::policy::Fault;

/// What a reader of text finds wrong, at a byte of it.
pub(super) struct Broken<'a> {
    pub message: &'a str,
    pub at: usize,
}

/// The faults of text that cannot be read, each once, with its line. One slip makes a parser stumble over all that follows, so nothing is
/// said of what comes after a quote or a bracket that was never closed.
pub(super) fn faults<'a>(text: &str, broken: impl Iterator<Item = Broken<'a>>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for one in broken {
        let (line, says, ends) = said(text, &one);
        if faults.iter().all(|fault| fault.line != Some(line)) {
            faults.push(Fault { line: Some(line), place: "the file".into(), says });
        }
        if ends {
            break;
        }
    }
    faults
}

/// The line, the sentence, and whether nothing after it can be judged.
fn said(text: &str, broken: &Broken<'_>) -> (usize, String, bool) {
    let number = place::line(text, broken.at);
    let line = line_of(text, number);
    if let Some(says) = on_the_line(line, broken.message) {
        return (number, says, false);
    }
    if let Some((opened, bracket)) = left_open(text, number) {
        let closing = if bracket == '[' { ']' } else { '}' };
        let says = format!("{} The `{bracket}` opened here is never closed: write `{closing}` where it ends.", of(line_of(text, opened)));
        return (opened, says, true);
    }
    if let Some(says) = after_all(line) {
        return (number, says, false);
    }
    let says = format!("{} This line cannot be read. Write `key = value`, with words in straight quotes.", of(line));
    (number, says, false)
}

/// What the line itself shows.
fn on_the_line(line: &str, message: &str) -> Option<String> {
    let (key, value) = parts(line);
    let heading = line.trim().starts_with('[') && !line.contains('=');
    if message.contains("duplicate key") {
        return Some(match heading {
            true => format!(
                "The heading {} is written twice. Keep one; where there may be several of them, each has two brackets: [[{}]].",
                line.trim(),
                line.trim().trim_matches(['[', ']'])
            ),
            false => format!("`{key}` is written twice here. Keep one of the two."),
        });
    }
    if is_curly(outside_quotes(line)) {
        return Some(format!("{} These are a word processor's quotes. Write straight ones, \", before and after the words.", of(line)));
    }
    if heading {
        let (open, close) = (line.matches('[').count(), line.matches(']').count());
        return (open != close).then(|| format!("The heading {} needs as many closing brackets as opening ones.", line.trim()));
    }
    if is_left_quoted(line) {
        return Some(format!("{} The closing \" is missing: words begin and end with one, on one line.", of(line)));
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
    if plain && (is_day || (has_letters && year_last)) && !is_length(value) {
        let says = "A day is written without quotes and in this order: 2026-11-21. A month is written in quotes: \"October 2026\".";
        return Some(format!("`{key}`: {says}"));
    }
    if matches!(value.to_lowercase().as_str(), "yes" | "no" | "true" | "false") {
        let is = if matches!(value.to_lowercase().as_str(), "yes" | "true") { "true" } else { "false" };
        return Some(format!("`{key}`: write {is}, in small letters and without quotes."));
    }
    (plain && has_letters).then(|| format!("`{key}`: words stand in quotes. Write {key} = \"{}\".", value.trim_end_matches('.')))
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
    if value.starts_with('{') && !value.trim_end().ends_with('}') {
        return Some(format!("`{key}`: the closing `}}` is missing."));
    }
    (value.starts_with('[') || value.starts_with('{'))
        .then(|| format!("`{key}`: put a comma between each two things, and an = after each key."))
}

/// "`title`:", or nothing where the line names no key.
fn of(line: &str) -> String {
    let (key, _) = parts(line);
    let named = !key.is_empty() && line.contains('=') && key.len() < 60;
    if named { format!("`{key}`:") } else { "Here:".to_owned() }
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

fn line_of(text: &str, number: usize) -> &str {
    text.lines().nth(number.saturating_sub(1)).unwrap_or_default()
}

const CURLY: [char; 5] = ['“', '”', '‘', '’', '„'];

fn is_curly(outside: String) -> bool {
    outside.contains(CURLY)
}

/// What stands outside straight quotes, up to a remark.
fn outside_quotes(line: &str) -> String {
    let mut quoted = false;
    let mut out = String::new();
    for one in line.chars() {
        match one {
            '"' => quoted = !quoted,
            '#' if !quoted => break,
            other if !quoted => out.push(other),
            _ => {}
        }
    }
    out
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

/// The last bracket before a line that was opened and not closed by it, with its line; a heading or a new key at the start of a line shows
/// that it was forgotten.
fn left_open(text: &str, until: usize) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (line, number) in text.lines().zip(1..).take(until) {
        let outside = outside_quotes(line);
        if open.is_empty() && line.trim_start().starts_with('[') && !line.contains('=') {
            continue;
        }
        for one in outside.chars() {
            match one {
                '[' | '{' => open.push((number, one)),
                ']' | '}' => drop(open.pop()),
                _ => {}
            }
        }
    }
    open.into_iter().next_back()
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
            ("title = \"One\"\ntitle = \"Two\"", 3, "`title` is written twice here. Keep one of the two."),
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
            ("[words", 2, "The heading [words needs as many closing brackets as opening ones."),
            (
                "[document]",
                2,
                "The heading [document] is written twice. Keep one; where there may be several of them, each has two brackets: [[document]].",
            ),
        ];
        for (typed, line, says) in table {
            let faults = check(&format!("[document]\n{typed}\n")).faults;
            let first = faults.first().unwrap_or_else(|| panic!("{typed}: no fault"));
            assert_eq!((first.line, first.says.as_str()), (Some(line), says), "{typed}");
            let jargon = ["literal", "basic string", "expected", "invalid", "Duplicate", "table"];
            assert!(faults.iter().all(|fault| jargon.iter().all(|word| !fault.says.contains(word))), "{typed}: {faults:?}");
        }
    }
}
