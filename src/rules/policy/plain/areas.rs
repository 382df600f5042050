//! What differs in a business area, in the words of the policy page.

use super::{Chapter, Line, chapters};
use crate::rules::policy::Policy;
use crate::rules::say;

/// A business area, and what is otherwise there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InArea {
    /// "In supported housing it differs"
    pub heading: String,
    /// Each thing that differs.
    pub lines: Vec<Differs>,
}

/// One thing that differs in a business area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// What it is about: "How long: longest".
    pub what: String,
    /// What holds there; empty where nothing does.
    pub here: String,
    /// What everybody else has; empty where nobody else has anything of the kind.
    pub elsewhere: String,
}

/// What differs in an area from what everybody has; nothing where its words are all the same, or the policy is that of no area.
pub fn in_area(everybody: &Policy, own: &Policy) -> Option<InArea> {
    let area = own.area.as_deref().and_then(|area| own.area(area))?;
    let lines: Vec<Differs> =
        chapters(everybody).iter().zip(&chapters(own)).flat_map(|(everywhere, here)| apart(everywhere, here)).collect();
    (!lines.is_empty()).then(|| InArea { heading: format!("In {} it differs", say::inside(&area.title)), lines })
}

fn apart(everywhere: &Chapter, here: &Chapter) -> Vec<Differs> {
    let is_in = |line: &Line, chapter: &Chapter| chapter.lines.iter().any(|one| words(one) == words(line) && one.what == line.what);
    let mut gone: Vec<&Line> = everywhere.lines.iter().filter(|line| !is_in(line, here)).collect();
    let mut differs: Vec<Differs> = Vec::new();
    for line in here.lines.iter().filter(|line| !is_in(line, everywhere)) {
        let before = gone.iter().position(|one| one.what == line.what).map(|at| gone.remove(at));
        differs.push(Differs { what: titled(here, line), here: words(line), elsewhere: before.map(words).unwrap_or_default() });
    }
    differs.extend(gone.into_iter().map(|line| Differs { what: titled(here, line), here: String::new(), elsewhere: words(line) }));
    differs
}

fn titled(chapter: &Chapter, line: &Line) -> String {
    format!("{}: {}", chapter.title, say::inside(&line.what))
}

fn words(line: &Line) -> String {
    if line.list.is_empty() { line.says.clone() } else { say::sentences(&line.list, "") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../format/example.toml");

    #[test]
    fn an_area_says_what_is_otherwise_there_beside_what_everybody_has() {
        let (everybody, own) = (Policy::read_for(EXAMPLE, None).unwrap(), Policy::read_for(EXAMPLE, Some("supported")).unwrap());
        let told = in_area(&everybody, &own).expect("something differs");
        assert_eq!(told.heading, "In supported housing it differs");
        let longest = told.lines.iter().find(|line| line.here.contains("3 months")).expect("the longest term");
        assert!(longest.elsewhere.contains("12 months"), "{longest:?}");
        assert!(told.lines.iter().any(|line| line.here.contains("support plan")), "{told:?}");
        assert!(told.lines.iter().all(|line| line.here != line.elsewhere), "{told:?}");
        assert_eq!(in_area(&everybody, &everybody), None);
    }
}
