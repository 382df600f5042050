use proptest::prelude::*;

use super::words::words_to_find;
use super::*;

/// Would a record with this name or address be found by these words, each by its beginning?
fn finds(typed: &str, kept: &str) -> bool {
    let kept = words(kept);
    let typed = Query::read(typed).words;
    !typed.is_empty() && typed.iter().all(|word| kept.iter().any(|known| known.starts_with(word)))
}

#[test]
fn words_are_kept_joined_and_apart() {
    for (text, kept) in [
        ("Leanne Whitfield", vec!["leanne", "whitfield"]),
        ("Siân O’Brien", vec!["sian", "o", "brien", "obrien"]),
        ("SMITH-JONES", vec!["smith", "jones", "smithjones"]),
        ("Łukasz Weiß", vec!["lukasz", "weiss"]),
        ("Søren Ærø", vec!["soren", "aero"]),
        ("12-14 Larch Rd", vec!["12", "14", "larch", "rd", "road"]),
        ("Flat 2, 14 A Elm Ct.", vec!["flat", "2", "14", "a", "elm", "ct", "14a", "aelm", "court"]),
        (" -- ' ", vec![]),
    ] {
        assert_eq!(words(text), kept, "{text}");
    }
}

#[test]
fn a_name_is_found_in_any_order_and_spelling() {
    for (typed, kept) in [
        ("whitfield leanne", "Leanne Whitfield"),
        ("Whit Lea", "Leanne Whitfield"),
        ("Mrs. Whitfield", "Leanne Whitfield"),
        ("obrien", "Siân O'Brien"),
        ("O'BRIEN sian", "Siân O’Brien"),
        ("o brien", "Siân O'Brien"),
        ("O`Brien", "Siân O Brien"),
        ("obrien", "Siân O Brien"),
        ("smith jones", "Kay Smith-Jones"),
        ("smithjones", "Kay Smith–Jones"),
        ("Smith-Jones", "Kay Smith Jones"),
        ("jones", "Kay Smith-Jones"),
        ("mc donald", "Fiona McDonald"),
        ("McDonald", "Fiona Mc Donald"),
        ("macdonald", "Fiona Mac Donald"),
        ("Dsouza", "Maria D'Souza"),
        ("d souza", "Maria D'Souza"),
        ("D Ashworth", "David Ashworth"),
        ("Lukasz", "Łukasz Nowak"),
        ("łukasz", "Lukasz Nowak"),
        ("strasse", "Straße"),
        ("SOREN", "Søren Lund"),
        ("Zoë", "Zoe Adeyemi"),
        ("zoe\u{308}", "Zoë Adeyemi"),
        ("Nguyễn", "Nguyen Thi Lan"),
        ("İrem", "Irem Yildiz"),
        ("yıldız", "Irem Yildiz"),
    ] {
        assert!(finds(typed, kept), "{typed} should find {kept}: {:?}", Query::read(typed));
    }
    assert!(!finds("Whitfield Ann", "Leanne Whitfield"));
    assert!(!finds("souza", "Maria Souter"));
}

#[test]
fn an_address_is_found_with_its_usual_short_forms() {
    for (typed, kept) in [
        ("14 larch rd", "14 Larch Road"),
        ("14 Larch Road", "14 Larch Rd"),
        ("larch ave", "3 Larch Avenue"),
        ("larch avenue", "3 Larch Av."),
        ("14a larch", "14 A Larch Road"),
        ("14 a larch", "14A Larch Road"),
        ("14 high street", "14 High St"),
        ("flat 2 elm gdns", "Flat 2, Elm Gardens"),
    ] {
        assert!(finds(typed, kept), "{typed} should find {kept}: {:?}", Query::read(typed));
    }
}

#[test]
fn a_phone_number_is_seen_in_any_format_alone_or_beside_a_name() {
    for typed in ["07700 900123", "+44 7700 900123", "+44 (0)7700 900 123", "0044 7700900123", "07700-900-123", "(07700) 900123"] {
        let query = Query::read(typed);
        assert_eq!(query.phone.unwrap().as_str(), "+447700900123", "{typed}");
        assert_eq!(query.words, Vec::<String>::new());
    }
    let both = Query::read("Leanne 07700 900123");
    assert_eq!(both.phone.unwrap().last_four(), "0123");
    assert_eq!(both.words, ["leanne"]);
}

#[test]
fn an_email_address_is_seen_alone_or_in_its_brackets() {
    let query = Query::read("Ann Ashworth <Ann@Example.org>");
    assert_eq!(query.email.unwrap().as_str(), "ann@example.org");
    assert_eq!(query.words, ["ann", "ashworth"]);
    assert_eq!(Query::read(" ann@example.org").words, Vec::<String>::new());
}

#[test]
fn a_postcode_is_seen_alone_and_within_an_address() {
    for (typed, words) in
        [("nm46qt", vec![]), ("NM4 6QT", vec![]), ("14 Larch Road, NM4 6QT", vec!["14", "larch", "road"]), ("14 nm4 6qt", vec!["14"])]
    {
        let query = Query::read(typed);
        assert_eq!(query.postcode.as_ref().unwrap().as_str(), "NM4 6QT", "{typed}");
        assert_eq!(query.words, words, "{typed}");
        assert_eq!(query.house(), words.first().copied());
    }
    assert_eq!(Query::read("NM4").postcode, None);
    assert_eq!(Query::read("NM4").words, ["nm4"]);
}

#[test]
fn a_reference_is_read_by_its_letters_and_digits() {
    for (typed, key) in [("0012 3456", "00123456"), ("ten/004711", "TEN004711"), ("T-1234-A", "T1234A"), ("TEN 0012 34", "TEN001234")] {
        assert_eq!(Query::read(typed).reference.as_deref(), Some(key), "{typed}");
    }
    for typed in ["Whitfield", "14 Larch Road", "NM4 6QT", "ann1234@example.org", "14a"] {
        assert_eq!(Query::read(typed).reference, None, "{typed}");
    }
}

#[test]
fn ten_digits_may_be_a_customer_reference_however_they_are_grouped() {
    for typed in ["123-456-7890", "1234567890", "123 456 7890"] {
        assert_eq!(Query::read(typed).customer_ref().unwrap(), "123-456-7890");
    }
    assert_eq!(Query::read("123-456-789").customer_ref(), None);
}

#[test]
fn nothing_typed_is_nothing_to_look_for() {
    for typed in ["", "  ", "\0", "-", "?!", "'"] {
        assert!(Query::read(typed).is_empty(), "{typed:?}");
    }
    assert_eq!(Query::read("Miss").words, ["miss"]);
}

#[test]
fn a_query_is_bounded() {
    let long = "word ".repeat(5_000) + "end";
    assert_eq!(Query::read(&long).words, ["word"]);
    let many: Vec<String> = ('a'..='z').map(|c| format!("{c}{c}")).collect();
    assert_eq!(Query::read(&many.join(" ")).words.len(), 8);
    assert_eq!(Query::read(&"x".repeat(500)).words[0].len(), 40);
}

#[test]
fn a_word_is_known_with_any_one_letter_left_out() {
    assert_eq!(deletions("anna"), ["ana", "ann", "anna", "nna"]);
    assert_eq!(deletions("ann"), ["ann"]);
    assert_eq!(deletions("14a"), Vec::<String>::new());
    assert_eq!(deletions("żółć").len(), 5);
}

#[test]
fn one_slip_is_forgiven_and_two_in_a_long_word() {
    for (typed, known) in
        [("whitfeild", "whitfield"), ("whitfild", "whitfield"), ("ashwirth", "ashworth"), ("okorro", "okoro"), ("bilall", "bilal")]
    {
        assert!(is_slip(typed, known), "{typed} {known}");
        assert!(deletions(typed).iter().any(|form| deletions(known).contains(form)));
    }
    assert!(!is_slip("brown", "bowen") && is_slip("whietfeld", "whitfield"));
    assert_eq!(edit_distance("brown", "bowen"), 2);
}

proptest! {
    #[test]
    fn what_was_kept_is_found_by_what_was_kept(text in "[A-Za-zéØłß'’ \\-0-9.,]{0,60}") {
        let kept = words(&text);
        for word in words_to_find(&text) {
            prop_assert!(kept.iter().any(|known| known.starts_with(&word)), "{} in {:?}", word, kept);
        }
    }

    #[test]
    fn anything_typed_is_read_without_a_panic(typed in any::<String>()) {
        let query = Query::read(&typed);
        prop_assert!(query.words.len() <= 8);
        for word in words(&typed).iter().chain(&query.words) {
            prop_assert!(!word.is_empty() && word.chars().count() <= 40);
            prop_assert!(word.chars().all(char::is_alphanumeric), "{:?}", word);
            deletions(word);
        }
    }

    #[test]
    fn a_word_with_one_slip_shares_a_form_with_the_word_meant(
        word in "[a-z]{4,12}", at in 0usize..12, letter in "[a-z]", how in 0..4,
    ) {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at % (letters.len() - 1);
        let letter = letter.chars().next().unwrap();
        match how {
            0 => { letters.remove(at); }
            1 => letters.insert(at, letter),
            2 => letters[at] = letter,
            _ => letters.swap(at, at + 1),
        }
        let typed: String = letters.into_iter().collect();
        prop_assert!(is_slip(&typed, &word));
        prop_assert!(deletions(&typed).iter().any(|form| deletions(&word).contains(form)));
    }
}
