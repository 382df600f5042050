//! What somebody typed into the search box: a number, an address, a reference or a name.

use super::words::words_to_find;
use crate::rules::text::{Email, Phone, Postcode, key};

const MOST_LETTERS: usize = 200;
const MOST_WORDS: usize = 8;
/// As many figures as the end of a phone number can have; more are a number that was mistyped.
const LONGEST_END: usize = 8;
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev", "prof", "lady", "lord"];

/// Everything that was typed may be. Ten digits can be a phone number and a reference at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub postcode: Option<Postcode>,
    /// Only the letters and digits of what may be a reference, in capitals.
    pub reference: Option<String>,
    /// Words of a name or an address, a house number among them, each to be found by its beginning.
    pub words: Vec<String>,
}

impl Query {
    /// Reads the first 200 characters, and at most eight words of a name or an address.
    pub fn read(typed: &str) -> Self {
        let typed: String = typed.chars().take(MOST_LETTERS).collect();
        let mut tokens: Vec<&str> = typed
            .split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';'))
            .filter(|token| !token.is_empty())
            .collect();
        let reference = reference(&tokens);
        let email = take(&mut tokens, 1, |text| Email::parse(text.trim_matches(|c| matches!(c, '<' | '>' | '"'))).ok());
        let postcode = take(&mut tokens, 2, whole_postcode).or_else(|| take(&mut tokens, 1, whole_postcode));
        let phone = take_phone(&mut tokens);
        Self { phone, email, postcode, reference, words: words_of(&tokens) }
    }

    /// The customer reference these digits would be, grouped as it is kept.
    pub fn customer_ref(&self) -> Option<String> {
        let digits = self.reference.as_deref()?;
        let is_whole = digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_whole.then(|| format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]))
    }

    /// The house number, where one was typed among the words.
    pub fn house(&self) -> Option<&str> {
        let is_house = |word: &&String| word.starts_with(|c: char| c.is_ascii_digit());
        self.words.iter().find(is_house).map(String::as_str)
    }

    /// Nothing to look for: nothing typed, or only marks.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes out the first run of so many tokens that can be read.
fn take<T>(tokens: &mut Vec<&str>, run: usize, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut runs = tokens.windows(run).enumerate();
    let (at, found) = runs.find_map(|(at, run)| Some((at, read(&run.join(" "))?)))?;
    tokens.drain(at..at + run);
    Some(found)
}

/// A postcode and no more: one with marks inside would be something else.
fn whole_postcode(text: &str) -> Option<Postcode> {
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.'));
    is_plain.then(|| Postcode::parse(text).ok()).flatten()
}

/// Takes out the first run of figures that is a whole phone number.
fn take_phone(tokens: &mut Vec<&str>) -> Option<Phone> {
    let runs = tokens.chunk_by(|a, b| is_figures(a) && is_figures(b));
    let mut at = 0;
    let mut found = None;
    for run in runs {
        let figures = run.join(" ");
        let is_long = figures.chars().filter(char::is_ascii_digit).count() >= 7;
        if let Some(phone) = Phone::parse(&figures).ok().filter(|_| is_long) {
            found = Some((at, run.len(), phone));
            break;
        }
        at += run.len();
    }
    let (at, length, phone) = found?;
    tokens.drain(at..at + length);
    Some(phone)
}

fn is_figures(token: &str) -> bool {
    token.chars().all(|c| c.is_ascii_digit() || "+()-–./".contains(c))
}

/// Four digits or more, and otherwise a few letters: "0012 3456", "TEN/004711", "T-1234-A".
fn reference(tokens: &[&str]) -> Option<String> {
    let has_digit = |token: &&str| token.contains(|c: char| c.is_ascii_digit());
    let is_like_one = |token: &&str| has_digit(token) || token.chars().count() <= 4;
    let is_mark = |c: char| c.is_alphanumeric() || "-/._+()#–".contains(c);
    if !tokens.iter().all(|token| is_like_one(token) && token.chars().all(is_mark)) {
        return None;
    }
    let key = key(&tokens.concat());
    (digits(&key) >= 4 && key.chars().count() <= 40).then_some(key)
}

/// Titles are left out beside a name, and figures too long to be the end of a number always. A reference beside a name is one word.
fn words_of(tokens: &[&str]) -> Vec<String> {
    let (references, plain): (Vec<&str>, Vec<&str>) = tokens.iter().partition(|token| digits(token) >= 5);
    let mut words = words_to_find(&plain.join(" "));
    let is_title = |word: &String| TITLES.contains(&word.as_str());
    if !words.iter().all(is_title) {
        words.retain(|word| !is_title(word));
    }
    words.extend(references.iter().map(|token| key(token).to_lowercase()));
    words.retain(|word| digits(word) <= LONGEST_END);
    words.truncate(MOST_WORDS);
    words
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}
