//! A letter on paper: parts under headings. HTML and plain text are printed from the same parts, so that no wording exists twice.

use askama::Template;

use super::facts::{Shared, Signer};
use crate::rules::say;

/// One part of a letter, under its own heading.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub heading: String,
    pub blocks: Vec<Block>,
    /// No fact it needs is blank.
    pub whole: bool,
}

/// One block of a part.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A paragraph.
    Say(String),
    /// Somebody's own words.
    Quote(String),
    /// A list.
    List(Vec<String>),
}

/// The whole letter, ready to print.
#[derive(Template)]
#[template(path = "post/letter/letter.html")]
pub(super) struct Paper {
    /// Lines above a copy; none above the letter itself.
    cover: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    on: String,
    reference: String,
    greeting: String,
    parts: Vec<Part>,
    close: String,
    signer: String,
    post: String,
}

impl Part {
    /// A part without words yet.
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), blocks: Vec::new(), whole: true }
    }

    /// A paragraph of ours. Nothing is printed for an empty one.
    pub fn say(mut self, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.trim().is_empty() {
            self.blocks.push(Block::Say(words));
        }
        self
    }

    /// A paragraph before all others.
    pub fn first(mut self, words: impl Into<String>) -> Self {
        self.blocks.insert(0, Block::Say(words.into()));
        self
    }

    /// A fact somebody wrote, each line a paragraph with a capital and a full stop, where it may be blank.
    pub fn told(self, fact: &str) -> Self {
        fact.lines().fold(self, |part, line| part.say(say::finished(line)))
    }

    /// A fact the part cannot do without.
    pub fn fact(mut self, fact: &str) -> Self {
        self.whole &= !fact.trim().is_empty();
        self.told(fact)
    }

    /// A fact the part cannot do without, led in by words of ours that never stand alone.
    pub fn because(self, lead: &str, fact: &str) -> Self {
        match fact.trim() {
            "" => self.fact(""),
            fact => self.say(lead).fact(fact),
        }
    }

    /// The customer's own words, which the part cannot do without.
    pub fn quote(mut self, words: &str) -> Self {
        match words.trim() {
            "" => self.whole = false,
            words => {
                self.blocks.push(Block::Say("This is what you told us, as we wrote it down:".to_owned()));
                self.blocks.push(Block::Quote(words.to_owned()));
            }
        }
        self
    }

    /// Words set apart after a paragraph of ours, which the part cannot do without.
    pub fn apart(mut self, lead: &str, words: &str) -> Self {
        match words.trim() {
            "" => self.whole = false,
            words => {
                self.blocks.push(Block::Say(lead.to_owned()));
                self.blocks.push(Block::Quote(words.to_owned()));
            }
        }
        self
    }

    /// A list the part cannot do without.
    pub fn list(mut self, items: Vec<String>) -> Self {
        if items.is_empty() {
            self.whole = false;
        } else {
            self.blocks.push(Block::List(items));
        }
        self
    }
}

impl Part {
    /// The same, where no number that somebody typed parts at the end of a line.
    fn held_together(mut self) -> Self {
        for block in &mut self.blocks {
            match block {
                Block::Say(words) | Block::Quote(words) => *words = figures_together(words),
                Block::List(items) => items.iter_mut().for_each(|item| *item = figures_together(item)),
            }
        }
        self
    }
}

impl Paper {
    /// The parts between the letterhead and the signature.
    pub fn new(shared: &Shared, parts: Vec<Part>) -> Self {
        let words = &shared.policy.words;
        let mut from = vec![shared.landlord.name.clone()];
        from.extend(shared.landlord.address.iter().cloned());
        from.push(say::whole(&shared.landlord.phone));
        let mut to = vec![shared.customer.full_name.clone()];
        to.extend(shared.customer.address.iter().cloned());
        Self {
            cover: Vec::new(),
            from,
            to,
            on: say::day(shared.on),
            reference: shared.customer.reference.clone(),
            greeting: format!("{} {}", words.greeting, shared.customer.formal_name),
            parts: parts.into_iter().filter(|part| !part.blocks.is_empty()).map(Part::held_together).collect(),
            close: words.close.clone(),
            signer: shared.signed_by.name.clone(),
            post: shared.signed_by.job_title.clone(),
        }
    }

    /// The same with this signature.
    pub fn signed(self, by: Signer) -> Self {
        Self { signer: by.name, post: by.job_title, ..self }
    }

    /// The same under these lines: a copy for somebody else.
    pub fn under(self, cover: Vec<String>) -> Self {
        Self { cover, ..self }
    }

    /// The same to somebody else: a notice.
    pub fn to(shared: &Shared, to: Vec<String>, greeting: String, parts: Vec<Part>) -> Self {
        Self { to, greeting, ..Self::new(shared, parts) }
    }

    /// The letter as HTML, everything in it escaped.
    pub fn html(&self) -> String {
        addresses_whole(&self.render().expect("a letter's template only prints strings into a string"))
    }

    /// The same as plain text: for email, for a screen reader, for reading aloud.
    pub fn text(&self) -> String {
        let mut text = self.cover.clone();
        text.extend([
            self.from.join("\n"),
            self.to.join("\n"),
            format!("{}\nOur reference: {}", self.on, self.reference),
            self.greeting.clone(),
        ]);
        for part in &self.parts {
            text.push(part.heading.clone());
            text.extend(part.blocks.iter().map(Block::text));
        }
        text.push(self.close.clone());
        text.push(format!("{}\n{}", self.signer, self.post));
        text.join("\n\n").replace('\u{a0}', " ").replace('\u{2011}', "-") + "\n"
    }
}

impl Block {
    fn text(&self) -> String {
        match self {
            Self::Say(words) => words.clone(),
            Self::Quote(words) => words.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"),
            Self::List(items) => items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// A space or a hyphen between two figures never ends a line: "01632 960 511", "859-264-9563".
fn figures_together(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let is_figure = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let held = |(at, letter): (usize, &char)| match letter {
        ' ' if is_figure(at.checked_sub(1)) && is_figure(Some(at + 1)) => '\u{a0}',
        '-' if is_figure(at.checked_sub(1)) && is_figure(Some(at + 1)) => '\u{2011}',
        other => *other,
    };
    letters.iter().enumerate().map(held).collect()
}

/// Mail and web addresses in words already escaped, each held together with the full stop after it: it goes to a line of its own before
/// it parts.
fn addresses_whole(html: &str) -> String {
    let is_edge = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>');
    let held = |piece: &str| {
        let word = piece.trim_end_matches(is_edge);
        let is_address = word.starts_with("https://") || word.starts_with("http://") || word.contains('@');
        if is_address { format!("<span class=\"whole\">{word}</span>{}", &piece[word.len()..]) } else { piece.to_owned() }
    };
    html.split_inclusive(is_edge).map(held).collect()
}
