//! How typed text is tidied before it is judged.

use unicode_normalization::UnicodeNormalization;

use super::TextError;

/// One line: spaces collapsed, invisible marks dropped, letters in their usual form.
pub fn line(typed: &str, wanted: &'static str, most: usize) -> Result<String, TextError> {
    let typed = visible(typed);
    let typed = typed.trim();
    if typed.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        return Err(TextError::LineBreak);
    }
    let words: Vec<&str> = typed.split_whitespace().collect();
    finish(&words.join(" "), wanted, most)
}

/// Several lines: line breaks kept and made the same, blank space at both ends dropped.
pub fn block(typed: &str, wanted: &'static str, most: usize) -> Result<String, TextError> {
    let lines = visible(typed).replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    finish(lines.trim(), wanted, most)
}

fn finish(text: &str, wanted: &'static str, most: usize) -> Result<String, TextError> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(TextError::Unprintable);
    }
    let has = text.chars().count();
    match has {
        0 => Err(TextError::Missing(wanted)),
        _ if has > most => Err(TextError::TooLong { most, has }),
        _ => Ok(text.nfc().collect()),
    }
}

fn visible(typed: &str) -> String {
    typed.chars().filter(|&c| !is_invisible(c)).collect()
}

/// Marks that turn or hide what stands around them. The joiners stay: names in Persian need them.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
