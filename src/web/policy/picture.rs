//! The ladder as a drawing: one box a step from the first to the last, an arrow for each way on. It stands beside the same in words.
//! It is 320 wide in its own units, so that its words stay readable on the narrowest screen.

use crate::rules::policy::{After, Ladder, Step};
use crate::rules::say;

/// The drawing, ready to be printed as SVG.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// Its height, where its width is 320.
    pub height: u32,
    /// One box a step, from the top.
    pub boxes: Vec<Box>,
    /// The arrows between them.
    pub arrows: Vec<Arrow>,
    /// What it is, for whoever does not see it.
    pub title: String,
    /// What it shows, in one paragraph.
    pub says: String,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Box {
    /// Its top.
    pub y: u32,
    /// Its height.
    pub height: u32,
    /// Its words, each with its place and whether it is the title.
    pub lines: Vec<Line>,
}

/// One line of words.
#[derive(Clone, Debug)]
pub struct Line {
    /// The foot of its letters.
    pub y: u32,
    /// The words.
    pub text: String,
    /// Whether it is part of the title.
    pub title: bool,
}

/// One way from a step to another.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// The line, as a path.
    pub line: String,
    /// The head, as a path.
    pub head: String,
    /// One of several ways, each of them enough.
    pub one_of: bool,
}

const LEFT: u32 = 44;
const LINE: u32 = 21;
const AROUND: u32 = 12;
const GAP: u32 = 34;
/// As many letters as a line surely holds: 16 units high, on average nine wide.
const LETTERS: usize = 27;

impl Picture {
    /// Whether some step has several ways to it, each of them enough.
    pub fn has_choice(&self) -> bool {
        self.arrows.iter().any(|arrow| arrow.one_of)
    }
}

/// The drawing of a ladder.
pub fn of(ladder: &Ladder) -> Picture {
    let steps = from_the_first(ladder);
    let mut boxes: Vec<Box> = Vec::with_capacity(steps.len());
    let mut y = 2;
    for step in &steps {
        let one = a_box(step, y);
        y += one.height + GAP;
        boxes.push(one);
    }
    Picture {
        height: y - GAP + 2,
        arrows: arrows(&steps, &boxes),
        boxes,
        title: "The steps, from the first to the last".to_owned(),
        says: steps.iter().map(|step| in_words(ladder, step)).collect::<Vec<_>>().join(" "),
    }
}

/// Every step below those it comes after; a circle, which no checked pack has, is drawn as it stands.
fn from_the_first(ladder: &Ladder) -> Vec<&Step> {
    let mut left: Vec<&Step> = ladder.steps.iter().collect();
    let mut placed: Vec<&Step> = Vec::new();
    while !left.is_empty() {
        let is_ready = |step: &&Step| step.after.keys().iter().all(|key| !left.iter().any(|one| one.key == *key && one.key != step.key));
        let at = left.iter().position(is_ready).unwrap_or(0);
        placed.push(left.remove(at));
    }
    placed
}

fn a_box(step: &Step, y: u32) -> Box {
    let titles = wrapped(&step.title).into_iter().map(|text| (text, true));
    let forms: Vec<String> = step.forms.iter().map(|form| form.title().to_lowercase()).collect();
    let forms = (!forms.is_empty()).then(|| say::sentence(&say::either(&forms)));
    let skip = step.skip.is_some().then(|| "May be left out, with a reason".to_owned());
    let agreed = step.agreed_by.is_some().then(|| "Agreed to before it is given".to_owned());
    let more = forms.into_iter().chain(agreed).chain(skip).flat_map(|text| wrapped(&text)).map(|text| (text, false));
    let mut foot = y + AROUND + 4;
    let lines: Vec<Line> = titles
        .chain(more)
        .map(|(text, title)| {
            foot += LINE;
            Line { y: foot - 8, text, title }
        })
        .collect();
    Box { y, height: foot + AROUND - 4 - y, lines }
}

/// Words on lines that fit into a box.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LETTERS => *line = format!("{line} {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn arrows(steps: &[&Step], boxes: &[Box]) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    let mut around = 0;
    for (to, step) in steps.iter().enumerate() {
        let one_of = matches!(&step.after, After::Any(keys) if keys.len() > 1);
        let before = step.after.keys().iter().filter_map(|key| steps.iter().position(|one| one.key == *key));
        for from in before.filter(|from| *from < to) {
            arrows.push(match to - from {
                1 => straight(&boxes[from], &boxes[to], one_of),
                _ => {
                    around += 1;
                    past_others(&boxes[from], &boxes[to], around, one_of)
                }
            });
        }
    }
    arrows
}

fn straight(from: &Box, to: &Box, one_of: bool) -> Arrow {
    let (x, start, end) = (LEFT + 134, from.y + from.height, to.y);
    Arrow { line: format!("M{x} {start}V{}", end - 8), head: format!("M{} {}L{x} {end}L{} {}Z", x - 6, end - 9, x + 6, end - 9), one_of }
}

/// Round the left of the boxes between, each such arrow in a lane of its own as long as there are lanes.
fn past_others(from: &Box, to: &Box, nth: u32, one_of: bool) -> Arrow {
    let lane = LEFT - 6 - 10 * nth.min(3);
    let (start, end) = (from.y + from.height / 2, to.y + to.height / 2);
    let (tip, back) = (LEFT, LEFT - 9);
    Arrow {
        line: format!("M{LEFT} {start}H{lane}V{end}H{}", tip - 8),
        head: format!("M{back} {}L{tip} {end}L{back} {}Z", end - 6, end + 6),
        one_of,
    }
}

fn in_words(ladder: &Ladder, step: &Step) -> String {
    let titles: Vec<&str> = step.after.keys().iter().filter_map(|key| ladder.step(key)).map(|one| one.title.as_str()).collect();
    match (&step.after, titles.len()) {
        (_, 0) => format!("{}: a way in.", step.title),
        (After::Any(_), 2..) => format!("{}: after {}.", step.title, say::either(&titles)),
        _ => format!("{}: after {}.", step.title, say::list(&titles)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::Policy;

    const PACKS: [&str; 5] = [
        include_str!("../../../policies/one-manchester.toml"),
        include_str!("../../../policies/alliance-homes.toml"),
        include_str!("../../../policies/housing-solutions.toml"),
        include_str!("../../../policies/notting-hill-genesis.toml"),
        include_str!("../../../policies/west-kent.toml"),
    ];

    #[test]
    fn every_step_has_a_box_that_holds_its_words_and_none_lies_on_another() {
        for pack in PACKS {
            let ladder = Policy::read(pack).unwrap().ladder;
            let picture = of(&ladder);
            assert_eq!(picture.boxes.len(), ladder.steps.len());
            for pair in picture.boxes.windows(2) {
                assert!(pair[0].y + pair[0].height < pair[1].y, "{pair:?}");
            }
            for one in &picture.boxes {
                assert!(one.lines.iter().all(|line| line.y > one.y && line.y < one.y + one.height), "{one:?}");
                assert!(one.lines.iter().all(|line| line.text.chars().count() <= LETTERS || !line.text.contains(' ')), "{one:?}");
            }
            let last = picture.boxes.last().unwrap();
            assert!(last.y + last.height <= picture.height);
        }
    }

    #[test]
    fn every_way_on_has_an_arrow_and_is_said_in_words() {
        for pack in PACKS {
            let ladder = Policy::read(pack).unwrap().ladder;
            let picture = of(&ladder);
            let ways: usize = ladder.steps.iter().map(|step| step.after.keys().len()).sum();
            assert_eq!(picture.arrows.len(), ways);
            assert!(ladder.steps.iter().all(|step| picture.says.contains(&step.title)), "{}", picture.says);
        }
    }
}
