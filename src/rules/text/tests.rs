use proptest::prelude::*;

use super::*;

#[test]
fn a_name_is_trimmed_and_its_spaces_collapsed() {
    for (typed, kept) in [
        ("  Leanne   Whitfield ", "Leanne Whitfield"),
        ("Siân\u{a0}O’Brien-Łukasz", "Siân O’Brien-Łukasz"),
        ("\u{feff} Ann\u{202e}", "Ann"),
        ("Sia\u{302}n", "Siân"),
        ("李小龍", "李小龍"),
    ] {
        assert_eq!(PersonName::parse(typed).unwrap().as_str(), kept);
    }
}

#[test]
fn a_wrong_name_gets_a_sentence_that_says_what_is_right() {
    let said = |typed: &str| PersonName::parse(typed).unwrap_err().to_string();
    assert_eq!(said("  "), "Enter a name");
    assert_eq!(said("42"), "Enter a name with at least one letter");
    assert_eq!(said("Ann\0"), TextError::Unprintable.to_string());
    assert_eq!(said("Ann\nAshworth"), TextError::LineBreak.to_string());
    assert_eq!(said(&"a".repeat(1201)), "Use at most 200 characters: this has 1,201");
    assert!(PersonName::parse(&"é".repeat(200)).is_ok());
}

#[test]
fn an_email_address_is_kept_in_lower_case() {
    for typed in ["Ann.Ashworth@Example.ORG", " ann.ashworth@example.org "] {
        assert_eq!(Email::parse(typed).unwrap().as_str(), "ann.ashworth@example.org");
    }
    for typed in ["o'brien+home@mail.example.co.uk", "a@b.uk", "adviser@one-manchester.example"] {
        assert!(Email::parse(typed).is_ok(), "{typed}");
    }
    for typed in [
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "a b@example.org",
        "a@b@c.org",
        ".ann@example.org",
        "a..b@example.org",
        "ann@-example.org",
        "ann@example..org",
        "ann@exämple.org",
        "ann@example.org, bilal@example.org",
        "<ann@example.org>",
    ] {
        assert_eq!(Email::parse(typed), Err(TextError::NotAnEmail), "{typed}");
    }
}

#[test]
fn a_phone_number_is_the_same_however_it_is_written() {
    for typed in [
        "0161 496 0123",
        "01614960123",
        "(0161) 496 0123",
        "0161-496-0123",
        "0161.496.0123",
        "+44 161 496 0123",
        "+44 (0)161 496 0123",
        "+44(0) 161 4960123",
        "0044 161 496 0123",
        "00 44 161 496 0123",
        "0044 (0)161 496 0123",
        "44 161 496 0123",
        "(+44) 0161 496 0123",
        "(+44)(0)161 496 0123",
        "+44 0161 496 0123",
        "(0)161 496 0123",
        "161 496 0123",
        "\u{202d}0161 496 0123\u{202c}",
        "0161\u{a0}496\u{a0}0123",
        "0161–496–0123",
    ] {
        let phone = Phone::parse(typed).unwrap_or_else(|wrong| panic!("{typed}: {wrong}"));
        assert_eq!(phone.as_str(), "+441614960123", "{typed}");
        assert_eq!(phone.last_four(), "0123");
    }
}

#[test]
fn a_phone_number_is_shown_as_people_write_it() {
    for (typed, shown) in [
        ("+441614960123", "0161 496 0123"),
        ("07700900123", "07700 900123"),
        ("02079460958", "020 7946 0958"),
        ("08001111", "0800 1111"),
        ("0800 123 4567", "0800 123 4567"),
        ("+353 1 234 5678", "+353 1 234 5678"),
        ("0033 1 23 45 67 89", "+33 1 23 45 67 89"),
    ] {
        assert_eq!(Phone::parse(typed).unwrap().to_string(), shown);
    }
}

#[test]
fn what_cannot_be_dialled_is_no_phone_number() {
    for typed in ["12345", "0161", "call me", "0161 496 0123 x4", "00000000000", "+44", "999", "()"] {
        assert_eq!(Phone::parse(typed), Err(TextError::NotAPhone), "{typed}");
    }
}

#[test]
fn a_postcode_is_kept_in_capitals_with_one_space() {
    for (typed, kept) in [
        ("nm46qt", "NM4 6QT"),
        (" NM4  6QT ", "NM4 6QT"),
        ("m1 1aa", "M1 1AA"),
        ("M60 1NW", "M60 1NW"),
        ("cr2-6xh", "CR2 6XH"),
        ("DN551PT", "DN55 1PT"),
        ("w1a 1hq", "W1A 1HQ"),
        ("ec1a1bb", "EC1A 1BB"),
    ] {
        assert_eq!(Postcode::parse(typed).unwrap().as_str(), kept);
    }
    for typed in ["NM4", "6QT", "NM4 6Q", "NM4 QT6", "N 6QT", "NM444 6QT", "éM4 6QT", "postcode"] {
        assert_eq!(Postcode::parse(typed), Err(TextError::NotAPostcode), "{typed}");
    }
}

#[test]
fn a_narrative_keeps_its_line_breaks_and_makes_them_the_same() {
    let told = Narrative::parse("\r\nHe said: “no”.\r\n\r\nThen\rhe rang off.\t\n ").unwrap();
    assert_eq!(told.as_str(), "He said: “no”.\n\nThen\nhe rang off.");
    assert_eq!(Narrative::parse("a\0b"), Err(TextError::Unprintable));
    assert!(Narrative::parse(&"x".repeat(20_000)).is_ok());
    let long = Narrative::parse(&"x".repeat(20_001)).unwrap_err();
    assert_eq!(long, TextError::TooLong { most: 20_000, has: 20_001 });
}

#[test]
fn a_reference_is_compared_by_its_letters_and_digits() {
    assert_eq!(Reference::parse(" ten/0012-34 a").unwrap().key(), "TEN001234A");
    assert_eq!(Reference::parse("--"), Err(TextError::NotAReference));
}

#[test]
fn a_blank_optional_field_is_nothing_and_a_wrong_one_is_wrong() {
    assert_eq!(optional(" ", Postcode::parse), Ok(None));
    assert_eq!(optional("NM4", Postcode::parse), Err(TextError::NotAPostcode));
    assert!(optional("NM4 6QT", Postcode::parse).unwrap().is_some());
}

#[test]
fn text_from_outside_is_parsed_there_too() {
    assert!(serde_json::from_str::<Email>("\"not an email\"").is_err());
    let email: Email = serde_json::from_str("\"Ann@Example.org\"").unwrap();
    assert_eq!(serde_json::to_string(&email).unwrap(), "\"ann@example.org\"");
}

fn kept<T: AsRef<str>>(text: Result<T, TextError>) -> Option<String> {
    text.ok().map(|text| text.as_ref().to_owned())
}

proptest! {
    #[test]
    fn parsing_never_panics_and_what_it_keeps_parses_to_itself(typed in any::<String>()) {
        let all: [fn(&str) -> Option<String>; 7] = [
            |t| kept(PersonName::parse(t)), |t| kept(Line::parse(t)), |t| kept(Narrative::parse(t)),
            |t| kept(Reference::parse(t)), |t| kept(Email::parse(t)), |t| kept(Phone::parse(t)),
            |t| kept(Postcode::parse(t)),
        ];
        for parse in all {
            if let Some(once) = parse(&typed) {
                prop_assert_eq!(parse(&once), Some(once.clone()));
                prop_assert!(!once.contains('\0'));
            }
        }
    }

    #[test]
    fn numbers_never_panic_and_read_back_from_how_they_are_shown(typed in "[-+(). 0-9]{0,20}") {
        if let Ok(phone) = Phone::parse(&typed) {
            let shown = format!("{phone}");
            prop_assert_eq!(Phone::parse(&shown), Ok(phone), "{}", shown);
        }
    }
}
