//! A text with slips of writing in it, made readable around them: each slip is said once, what it spoils is marked as lost, and the rest of
//! the pack is still judged.

use toml::de::{DeTable, DeValue};

use super::broken::{self, Broken};
use super::shape::{PACK, Shape};
use super::{place, statement};
use crate::rules::policy::fault::{Fault, THE_FILE};

/// What begins the keys, and is the value, of whatever could not be read. Nobody types it: it is a character for private use.
const LOST: &str = "\u{E000}";

/// Tells what is marked as lost, in a text that has slips; in one that has none, nothing is.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    pub has_slips: bool,
}

impl Marks {
    pub(super) fn is_lost(self, word: &str) -> bool {
        self.has_slips && word.starts_with(LOST)
    }

    /// Whether nothing is left of a value.
    pub(super) fn is_all_lost(self, value: &DeValue<'_>) -> bool {
        match value {
            DeValue::String(word) => self.is_lost(word),
            DeValue::Table(table) => self.any(table) && table.keys().all(|key| self.is_lost(key.get_ref())),
            _ => false,
        }
    }

    /// Whether a line of a table is lost whose key cannot be told, so that it may have been any.
    pub(super) fn any(self, table: &DeTable<'_>) -> bool {
        table.keys().any(|key| self.is_lost(key.get_ref()))
    }
}

/// A text that may have slips in it.
pub(super) struct Recovered {
    /// The text with what is lost marked, line for line; nothing where it could not be made readable.
    pub text: Option<String>,
    /// The slips, each with its line.
    pub faults: Vec<Fault>,
}

/// After so many rounds, each of which finds at least one slip, this is no pack.
const MOST_ROUNDS: usize = 40;

/// Finds every slip of writing, and marks what each of them spoils.
pub(super) fn recover(text: &str) -> Recovered {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut faults = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let now = lines.join("\n");
        let (_, errors) = DeTable::parse_recoverable(&now);
        let mut broken: Vec<Broken<'_>> =
            errors.iter().map(|error| Broken { message: error.message(), at: error.span().map_or(0, |span| span.start) }).collect();
        broken.sort_by_key(|one| one.at);
        let repeats = broken.iter().filter(|one| one.is_repeat());
        let slips: Vec<&Broken<'_>> = broken.iter().filter(|one| !one.is_repeat()).collect();
        if slips.is_empty() {
            if let Some(line) = repeats.clone().find_map(|one| only_one_bracket(&now, one)) {
                faults.push(fault(line, two_brackets(&lines[line])));
                lines[line] = lost(&lines[line], line);
                continue;
            }
            faults.extend(repeats.map(|one| fault(place::line(&now, one.at) - 1, broken::repeated(&now, one))));
            return Recovered { text: Some(now), faults };
        }
        if !leave_out(&now, &slips, &mut lines, &mut faults) {
            return Recovered { text: None, faults };
        }
    }
    faults.push(Fault::at(THE_FILE, "There is more after this that cannot be read. Mend these lines first."));
    Recovered { text: None, faults }
}

fn fault(line: usize, says: String) -> Fault {
    Fault { line: Some(line + 1), place: THE_FILE.into(), says }
}

/// Says the first slip, and those right after it that show on their own lines, and marks what they spoil. One slip makes a parser stumble over
/// what follows, so nothing further is believed before it has been marked. False where it was marked before, and still cannot be read.
fn leave_out(now: &str, slips: &[&Broken<'_>], lines: &mut [String], faults: &mut Vec<Fault>) -> bool {
    let was: Vec<&str> = now.split('\n').collect();
    let mut spoilt = 0..0;
    for (slip, number) in slips.iter().zip(0..) {
        let on = place::line(now, slip.at) - 1;
        let shown = broken::on_the_line(was[on], slip.message);
        if spoilt.contains(&on) {
            let is_new = faults.iter().all(|one| one.line != Some(on + 1));
            faults.extend(shown.filter(|_| is_new).map(|says| fault(on, says)));
            continue;
        }
        let (line, says) = match shown {
            Some(says) => (on, says),
            None if number == 0 => broken::said(now, on),
            None => break,
        };
        let statement = statement::around(&was, line);
        let marked = lost(was[statement.start], statement.start);
        if was[line].contains(LOST) || marked == was[statement.start] {
            return number > 0;
        }
        faults.push(fault(line, says));
        lines[statement.clone()].iter_mut().for_each(String::clear);
        lines[statement.start] = marked;
        let runs_on = statement::left_open(&was, line).is_some_and(|(opened, _)| statement.contains(&opened));
        if runs_on {
            break;
        }
        spoilt = statement;
    }
    true
}

/// What stands for the first line of a statement that could not be read: its key without its value, or the heading as it was meant.
fn lost(line: &str, number: usize) -> String {
    if let Some((name, brackets)) = statement::heading(line) {
        let is_plain = |one: &&str| !one.is_empty() && one.chars().all(|one| one.is_ascii_alphanumeric() || one == '-');
        let parts: Vec<&str> = name.split('.').map(str::trim).collect();
        let plain: Vec<&str> = parts.iter().copied().take_while(is_plain).collect();
        return match shape_at(&plain) {
            Some(Shape::List(_)) if plain.len() == parts.len() => format!("[[{}]]", plain.join(".")),
            Some(_) if plain.len() == parts.len() => format!("[{}]", plain.join(".")),
            None if plain.len() == parts.len() && brackets == 2 => format!("[[{}]]", plain.join(".")),
            None if plain.len() == parts.len() => format!("[{}]", plain.join(".")),
            _ => format!("[\"{LOST}{number}\"]"),
        };
    }
    let is_word = |key: &&str| key.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_'));
    let alone = Some(line.trim()).filter(|line| !line.is_empty() && is_word(line));
    match statement::key(line).filter(is_word).or(alone) {
        Some(key) => format!("{key} = \"{LOST}\""),
        None => format!("\"{LOST}{number}\" = \"{LOST}\""),
    }
}

/// The line of a heading with one bracket, where a heading that is there again shows that there may be several.
fn only_one_bracket(text: &str, repeat: &Broken<'_>) -> Option<usize> {
    let lines: Vec<&str> = text.split('\n').collect();
    let (name, _) = statement::heading(lines.get(place::line(text, repeat.at) - 1)?)?;
    let parts: Vec<&str> = name.split('.').collect();
    matches!(shape_at(&parts), Some(Shape::List(_))).then_some(())?;
    lines.iter().position(|line| statement::heading(line) == Some((name, 1)))
}

fn two_brackets(line: &str) -> String {
    let name = statement::heading(line).map_or("", |(name, _)| name);
    format!("Write [[{name}]] with two brackets on each side, and again before each further one: there may be several.")
}

/// What stands at a place of the format, by its keys.
pub(super) fn shape_at(keys: &[&str]) -> Option<&'static Shape> {
    let mut shape: &Shape = &PACK;
    for key in keys {
        while let Shape::List(of) | Shape::Sourced(of) = shape {
            shape = of;
        }
        shape = match shape {
            Shape::Table(fields) => &fields.iter().find(|field| field.key == *key)?.shape,
            Shape::Named(one) => one,
            Shape::Overlay => shape_at(&[key])?,
            _ => return None,
        };
    }
    Some(shape)
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::check;

    const EXAMPLE: &str = include_str!("example.toml");

    /// The line of the example that begins so, and its number from 1.
    fn line(begins: &str) -> (usize, &'static str) {
        (1..).zip(EXAMPLE.lines()).find(|(_, line)| line.starts_with(begins)).unwrap_or_else(|| panic!("no line begins {begins}"))
    }

    /// The faults of the example with these lines exchanged: the line each stands on, and its sentence.
    fn faults(changes: &[(&str, &str)]) -> Vec<(Option<usize>, String)> {
        let mut lines: Vec<&str> = EXAMPLE.lines().collect();
        for (begins, is) in changes {
            lines[line(begins).0 - 1] = is;
        }
        let checked = check(&lines.join("\n"));
        assert!(checked.policy.is_none() && checked.findings.is_empty());
        checked.faults.into_iter().map(|fault| (fault.line, fault.says)).collect()
    }

    /// One slip anywhere is one fault, and nothing is said of what only follows from it.
    #[test]
    fn a_slip_is_one_fault_wherever_it_is() {
        let all: Vec<&str> = EXAMPLE.lines().collect();
        for (number, was) in
            EXAMPLE.lines().enumerate().filter(|(number, line)| number % 7 == 2 && !line.trim().is_empty() && !line.starts_with('#'))
        {
            let slips = match was.split_once(" = ") {
                Some((key, value)) => [format!("{key} = Some words without quotes"), format!("{key} = “{value}”"), format!("{key} =")],
                None if was.starts_with('[') => [was.replacen(']', "", 1), was.replacen(']', "", 1), format!("{was} and more")],
                None => continue,
            };
            if was.starts_with([' ', '{', '}', ']']) {
                continue;
            }
            // A value of several lines is begun and ended by its brackets.
            if was.contains('=') && super::statement::around(&all, number).len() > 1 {
                continue;
            }
            let slip = &slips[number % 3];
            let mut lines = all.clone();
            lines[number] = slip;
            let faults = check(&lines.join("\n")).faults;
            assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(number + 1)], "{slip}: {faults:#?}");
        }
    }

    #[test]
    fn every_slip_is_said_beside_every_other_fault() {
        let found = faults(&[
            ("title = ", "title = “Being fair”"),
            ("review-every = ", "review-every = { value = \"2 years\", stated = \"1.2\""),
            ("[terms]", "[terms"),
            ("[support]", "[suport]"),
        ]);
        let lines: Vec<Option<usize>> = found.iter().map(|(line, _)| *line).collect();
        let at = |begins: &str| Some(line(begins).0);
        assert_eq!(lines, [at("title = "), at("review-every = "), at("[terms]"), at("[support]")], "{found:#?}");
        assert!(found[3].1.ends_with("Did you mean \"support\"?"), "{found:?}");
    }

    #[test]
    fn a_list_that_is_never_closed_hides_nothing_after_it() {
        let found = faults(&[("usual = ", "usual = { value = \"6 monts\", stated = \"5.1\" }")]);
        assert_eq!(found.len(), 1, "{found:#?}");
        let opened = line("clauses = [");
        let closing = (opened.0..).zip(EXAMPLE.lines().skip(opened.0)).find(|(_, line)| *line == "]").expect("its end").0;
        let mut lines: Vec<&str> = EXAMPLE.lines().collect();
        lines[closing] = "";
        let usual = line("usual = ");
        lines[usual.0 - 1] = "usual = { value = \"6 monts\", stated = \"5.1\" }";
        let found: Vec<(Option<usize>, String)> = check(&lines.join("\n")).faults.into_iter().map(|one| (one.line, one.says)).collect();
        assert_eq!(found.len(), 2, "{found:#?}");
        assert_eq!(found[0], (Some(opened.0), "`clauses`: The `[` opened here is never closed: write `]` where it ends.".to_owned()));
        assert_eq!(found[1].0, Some(usual.0));
    }

    #[test]
    fn what_is_nothing_like_a_pack_ends_with_a_sentence() {
        let prose = "Dear all, this is\nour policy (draft) [\n".repeat(200);
        let faults = check(&prose).faults;
        assert!(!faults.is_empty() && faults.iter().all(|fault| fault.says.ends_with('.')), "{faults:?}");
    }
}
