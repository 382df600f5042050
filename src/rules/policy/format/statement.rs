//! The statements of a text that may not be TOML yet: a heading, or a key with its value, which may run over several lines.

use std::ops::Range;

/// Which lines belong together, from 0: the statement a line belongs to, or the line alone.
pub(super) fn around(lines: &[&str], line: usize) -> Range<usize> {
    all(lines).into_iter().find(|one| one.contains(&line)).unwrap_or(line..line + 1)
}

/// The last statement up to a line whose bracket is never closed: the line it is opened on, from 0, and the bracket.
pub(super) fn left_open(lines: &[&str], until: usize) -> Option<(usize, char)> {
    let begun = all(lines).into_iter().rev().filter(|one| one.start <= until && heading(lines[one.start]).is_none());
    begun.filter_map(|one| open(lines, one)).next()
}

/// What a heading is about, with the number of its opening brackets: "[[ladder.steps]]" is ("ladder.steps", 2).
pub(super) fn heading(line: &str) -> Option<(&str, usize)> {
    let line = line.trim();
    if !line.starts_with('[') || line.contains('=') {
        return None;
    }
    let brackets = line.bytes().take_while(|byte| *byte == b'[').count();
    let name = line[brackets..].split([']', '#']).next().unwrap_or_default();
    Some((name.trim(), brackets))
}

/// The key that a line begins with, before its =.
pub(super) fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    let is_plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.' | ' ');
    (!key.is_empty() && key.chars().all(is_plain)).then_some(key)
}

/// Every statement, in order.
fn all(lines: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = if key(lines[at]).is_some() { end(lines, at) } else { at + 1 };
        if begins(lines[at]) {
            found.push(at..end);
        }
        at = end;
    }
    found
}

fn begins(line: &str) -> bool {
    key(line).is_some() || heading(line).is_some()
}

/// Where the value begun on a line ends: where its brackets are closed, or before the next key or heading that stands no further in.
fn end(lines: &[&str], start: usize) -> usize {
    let mut stack = Vec::new();
    for (line, number) in lines.iter().zip(0..).skip(start) {
        let is_next = number > start && indent(line) <= indent(lines[start]) && (key(line).is_some() || is_whole_heading(line));
        if is_next {
            return number;
        }
        follow(line, number, &mut stack);
        if stack.is_empty() {
            return number + 1;
        }
    }
    lines.len()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_whole_heading(line: &str) -> bool {
    let is_plain = |name: &str| !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.'));
    heading(line).is_some_and(|(name, _)| is_plain(name))
}

/// The bracket of a statement that is still open at its end, or that another kind closes.
fn open(lines: &[&str], statement: Range<usize>) -> Option<(usize, char)> {
    let mut stack = Vec::new();
    for number in statement {
        if let Some(wrong) = follow(lines[number], number, &mut stack) {
            return Some(wrong);
        }
    }
    stack.pop()
}

/// Follows the brackets of a line; gives the one that is closed by a bracket of the other kind.
fn follow(line: &str, number: usize, stack: &mut Vec<(usize, char)>) -> Option<(usize, char)> {
    let mut wrong = None;
    for one in outside_quotes(line).chars() {
        match one {
            '[' | '{' => stack.push((number, one)),
            ']' | '}' => {
                let opened = stack.pop();
                let fits = opened.is_none_or(|(_, with)| (with == '[') == (one == ']'));
                wrong = wrong.or(opened.filter(|_| !fits));
            }
            _ => {}
        }
    }
    wrong
}

/// What stands outside straight quotes, up to a remark.
pub(super) fn outside_quotes(line: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let mut out = String::new();
    for one in line.chars() {
        match one {
            '"' if !escaped => quoted = !quoted,
            '#' if !quoted => break,
            other if !quoted => out.push(other),
            _ => {}
        }
        escaped = quoted && one == '\\' && !escaped;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_runs_until_its_brackets_are_closed_or_another_begins() {
        let text = "[one]\na = [\n  \"x\",\n  { b = 1,\n    c = 2 },\n]\nd = { e = 1\nf = 2\n\ngarbage\n[[two]]";
        let lines: Vec<&str> = text.lines().collect();
        let table = [(0, 0..1), (1, 1..6), (4, 1..6), (6, 6..7), (7, 7..8), (9, 9..10), (10, 10..11)];
        for (line, expected) in table {
            assert_eq!(around(&lines, line), expected, "{line}");
        }
        assert_eq!(left_open(&lines, 5), None);
        assert_eq!(left_open(&lines, 10), Some((6, '{')));
        let crossed = ["a = [", "  { b = 1,", "  { c = 2 },", "]"];
        assert_eq!(left_open(&crossed, 3), Some((1, '{')));
    }

    #[test]
    fn what_stands_in_quotes_opens_nothing() {
        assert_eq!(outside_quotes(r#"a = "[ \" {" # ["#), "a =  ");
        assert_eq!(heading(" [[ladder.steps]] # all"), Some(("ladder.steps", 2)));
        assert_eq!(heading("[words"), Some(("words", 1)));
        assert_eq!(heading("a = []"), None);
    }
}
