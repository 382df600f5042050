//! The words of a name or an address, without the ways their spelling differs from day to day.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most letters of one word that count.
const LONGEST: usize = 40;

/// What people shorten in addresses.
const SHORT: &[(&str, &str)] = &[
    ("apt", "apartment"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("bldg", "building"),
    ("cl", "close"),
    ("cres", "crescent"),
    ("ct", "court"),
    ("dr", "drive"),
    ("gdns", "gardens"),
    ("ho", "house"),
    ("hse", "house"),
    ("ln", "lane"),
    ("pl", "place"),
    ("rd", "road"),
    ("sq", "square"),
    ("st", "street"),
    ("tce", "terrace"),
    ("ter", "terrace"),
];

/// Every form to keep of a text's words: joined and apart, short and long. Give a name whole,
/// given and family name together.
pub fn words(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for token in &tokens {
        found.extend(token.bits.iter().flatten().cloned());
        found.extend(token.pieces());
        found.extend(token.joined());
    }
    found.extend(tokens.windows(2).filter_map(|two| pair(&two[0], &two[1])));
    let long: Vec<&str> = found.iter().filter_map(|word| long_form(word)).collect();
    found.extend(long.into_iter().map(str::to_owned));
    tidy(found)
}

/// One form of each word to look for; each is a beginning of some form that `words` keeps.
pub(super) fn words_to_find(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut left = &tokens[..];
    while let [first, rest @ ..] = left {
        left = rest;
        match rest.first().and_then(|next| pair(first, next)) {
            // An initial stands alone: "D Smith" may be David.
            Some(joined) if !first.plain().is_some_and(is_letter) => {
                found.push(joined);
                found.extend(rest[0].pieces().skip(1));
                left = &rest[1..];
            }
            _ => found.extend(first.pieces()),
        }
    }
    let spelt_out = found.into_iter().map(|word| match long_form(&word) {
        Some(long) if !long.starts_with(&word) => long.to_owned(),
        _ => word,
    });
    tidy(spelt_out.collect())
}

/// A run of letters and digits; hyphens cut it into pieces, apostrophes a piece into bits.
struct Token {
    bits: Vec<Vec<String>>,
}

impl Token {
    fn read(token: &str) -> Self {
        let pieces = token.split('-').map(|piece| {
            let bits = piece.split('\'').filter(|bit| !bit.is_empty());
            bits.map(str::to_owned).collect::<Vec<_>>()
        });
        Self { bits: pieces.filter(|bits| !bits.is_empty()).collect() }
    }

    fn pieces(&self) -> impl Iterator<Item = String> {
        self.bits.iter().map(|bits| bits.concat())
    }

    /// "smithjones" for Smith-Jones; nothing for 12-14.
    fn joined(&self) -> Option<String> {
        let whole: String = self.pieces().collect();
        (self.bits.len() > 1 && !whole.contains(char::is_numeric)).then_some(whole)
    }

    /// The word, when it is one plain word.
    fn plain(&self) -> Option<&str> {
        match &self.bits[..] {
            [bits] => match &bits[..] {
                [word] => Some(word),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Neighbours some people write as one word: "O Brien", "Mc Donald", "14 A".
fn pair(first: &Token, second: &Token) -> Option<String> {
    let (word, next) = (first.plain()?, second.pieces().next()?);
    let is_pair = match word.chars().all(|c| c.is_ascii_digit()) {
        true => is_letter(&next),
        false => matches!(word, "mc" | "mac") || is_letter(word),
    };
    is_pair.then(|| format!("{word}{next}"))
}

fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

fn tokens(text: &str) -> Vec<Token> {
    fold(text)
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-')))
        .map(Token::read)
        .filter(|token| !token.bits.is_empty())
        .collect()
}

/// Lower case without accents, with one kind of apostrophe and one of hyphen.
fn fold(text: &str) -> String {
    let marks = text.chars().map(|c| match c {
        '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′' | '＇' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        other => other,
    });
    let letters = marks.nfkd().filter(|&c| !is_combining_mark(c) && !is_joiner(c));
    letters.flat_map(char::to_lowercase).filter(|&c| !is_combining_mark(c)).fold(String::new(), |mut folded, letter| {
        match plain_letters(letter) {
            "" => folded.push(letter),
            plain => folded.push_str(plain),
        }
        folded
    })
}

/// Letters that are no plain letter with a mark, as people without them type them.
const fn plain_letters(letter: char) -> &'static str {
    match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => "",
    }
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn long_form(word: &str) -> Option<&'static str> {
    let found = SHORT.iter().find(|(short, _)| *short == word);
    found.map(|(_, long)| *long)
}

/// Each word once, in the order it came, cut to a length that can be kept.
fn tidy(found: Vec<String>) -> Vec<String> {
    let mut tidied: Vec<String> = Vec::new();
    for word in found {
        let word: String = word.chars().take(LONGEST).collect();
        if !tidied.contains(&word) {
            tidied.push(word);
        }
    }
    tidied
}
