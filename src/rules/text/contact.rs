//! How a person is reached: an email address, a phone number, a postcode.

use std::fmt;

use phonenumber::{Mode, PhoneNumber, country};

use super::tidy::line;
use super::{TextError, key, shown_as_kept, text};

text! {
    /// An email address, in lower case.
    Email
}
text! {
    /// A phone number, kept as +441614960123 and shown as 0161 496 0123.
    Phone
}
text! {
    /// A postcode, kept as "NM4 6QT".
    Postcode
}
shown_as_kept!(Email, Postcode);

impl Email {
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let address = line(typed, "an email address", 254)?.to_ascii_lowercase();
        let (mailbox, domain) = address.rsplit_once('@').ok_or(TextError::NotAnEmail)?;
        match is_mailbox(mailbox) && is_domain(domain) {
            true => Ok(Self(address)),
            false => Err(TextError::NotAnEmail),
        }
    }
}

fn is_mailbox(name: &str) -> bool {
    let is_atom = |atom: &str| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
        !atom.is_empty() && atom.chars().all(is_allowed)
    };
    name.len() <= 64 && name.split('.').all(is_atom)
}

fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let is_edged = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && !is_edged && label.chars().all(is_allowed)
    };
    name.contains('.') && name.split('.').all(is_label)
}

impl Phone {
    /// Any way people write a UK number, and foreign numbers that start with + or 00.
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let number = line(typed, "a phone number", 40)?;
        if !number.chars().all(|c| c.is_ascii_digit() || " +()-–./".contains(c)) {
            return Err(TextError::NotAPhone);
        }
        let number = read(&dialled(&number)).ok_or(TextError::NotAPhone)?;
        Ok(Self(number.format().mode(Mode::E164).to_string()))
    }

    /// The last four digits: enough to be sure who it is, and no more.
    pub fn last_four(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or(&self.0)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(number) = read(&self.0) else {
            return f.write_str(&self.0);
        };
        let mode = match number.code().value() {
            44 => Mode::National,
            _ => Mode::International,
        };
        number.format().mode(mode).fmt(f)
    }
}

/// The digits as they would be dialled: (0) is for reading only, and a bare 44 has lost its plus.
fn dialled(typed: &str) -> String {
    let typed = match typed.starts_with("(0)") {
        true => typed.to_owned(),
        false => typed.replace("(0)", ""),
    };
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if let Some(abroad) = digits.strip_prefix("00") {
        return format!("+{abroad}");
    }
    match typed.trim_start_matches('(').starts_with('+') || is_bare_44(&digits) {
        true => format!("+{digits}"),
        false => digits,
    }
}

fn is_bare_44(digits: &str) -> bool {
    digits.starts_with("44") && (11..=13).contains(&digits.len())
}

fn read(dialled: &str) -> Option<PhoneNumber> {
    let number = phonenumber::parse(Some(country::GB), dialled).ok()?;
    let is_real = match number.code().value() {
        44 => is_british(&number.national().value().to_string()),
        _ => number.is_valid(),
    };
    is_real.then_some(number)
}

/// By shape alone: the numbers set aside for examples and drama are numbers too.
fn is_british(national: &str) -> bool {
    match national.len() {
        10 => !national.starts_with(['4', '6']),
        9 => national.starts_with(['1', '5', '8']),
        7 => national.starts_with("800"),
        _ => false,
    }
}

impl Postcode {
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let whole = key(&line(typed, "a postcode", 20)?);
        let split = whole.len().saturating_sub(3);
        let (area, street) = match whole.is_ascii() {
            true => whole.split_at(split),
            false => return Err(TextError::NotAPostcode),
        };
        match is_area(area) && is_street(street) {
            true => Ok(Self(format!("{area} {street}"))),
            false => Err(TextError::NotAPostcode),
        }
    }

    /// Without its space: how postcodes are compared.
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// M4, NM4, M40, NM40, W1A, EC1A.
fn is_area(area: &str) -> bool {
    matches!(shape(area).as_str(), "A9" | "AA9" | "A99" | "AA99" | "A9A" | "AA9A")
}

fn is_street(street: &str) -> bool {
    shape(street) == "9AA"
}

fn shape(text: &str) -> String {
    let kind = |c: char| if c.is_ascii_digit() { '9' } else { 'A' };
    text.chars().map(kind).collect()
}
