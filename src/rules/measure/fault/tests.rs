use chrono::NaiveTime;

use super::*;
use crate::rules::measure::{Block, Cadence, ComplaintStep, Day, Fate, Period};

fn fields(term: &Term) -> Vec<&'static str> {
    term.check().err().unwrap_or_default().iter().map(|fault| fault.field).collect()
}

fn reached(name: &str, phone: &str, cover: &str) -> Term {
    let (staff, cover_staff) = (None, None);
    Term::SinglePointOfContact {
        name: name.into(),
        job: "Lead".into(),
        phone: phone.into(),
        email: String::new(),
        cover: cover.into(),
        staff,
        cover_staff,
    }
}

#[test]
fn each_measure_says_what_is_missing_at_its_field() {
    let two = NaiveTime::from_hms_opt(14, 0, 0).unwrap();
    let empty = String::new;
    let cases: Vec<(Term, &[&str])> = vec![
        (
            Term::SinglePointOfContact {
                name: empty(),
                job: empty(),
                phone: empty(),
                email: empty(),
                cover: empty(),
                staff: None,
                cover_staff: None,
            },
            &["name", "job", "cover", "phone"],
        ),
        (reached("Samina Iqbal", "banana", "Tom Bell"), &["phone"]),
        (reached("Samina Iqbal", "01632 960 118, extension 4", "Tom Bell"), &[]),
        (reached("Samina Iqbal", "01632 960 118", "nobody"), &["cover"]),
        (reached("Samina Iqbal", "01632 960 118", "samina iqbal"), &["cover"]),
        (Term::NamedTeam { team: "the Resolution team".into(), phone: "ask".into(), email: empty() }, &["phone"]),
        (Term::Channels { closed: BTreeSet::new() }, &["closed"]),
        (Term::Times { channel: Channel::Phone, days: BTreeSet::new(), from: two, until: two }, &["days", "until"]),
        (Term::Quota { channel: Channel::Phone, count: 0, per: Period::Week, exempt: BTreeSet::new(), answered_on: None }, &["count"]),
        (Term::AppointmentOnly { with: "Ann Lee".into(), staff: None, channels: [Channel::Phone].into() }, &["channels"]),
        (Term::RepresentativeOnly { name: " ".into() }, &["name"]),
        (Term::Premises { places: vec![], events: false }, &["places"]),
        (Term::Premises { places: vec![], events: true }, &[]),
        (Term::TwoPersonVisits { why: empty() }, &["why"]),
        (Term::ReadAndFile { about: empty(), reader: "Ann Lee".into() }, &["about"]),
        (Term::EndDirectContact { except: empty(), leaves: [Channel::Letter, Channel::Chat].into() }, &[]),
        (Term::EndDirectContact { except: empty(), leaves: BTreeSet::new() }, &["leaves"]),
        (Term::EndDirectContact { except: empty(), leaves: [Channel::Letter, Channel::Phone].into() }, &["leaves"]),
        (
            Term::TechnicalBlock { what: Block::Number, detail: "ends 4471".into(), removed_with_restriction: false },
            &["removed_with_restriction"],
        ),
        (Term::Other { words: "x".repeat(601) }, &["words"]),
        (Term::NamedTeam { team: empty(), phone: empty(), email: empty() }, &["team", "phone"]),
        (Term::Duration { channels: [Channel::Email].into(), minutes: 0 }, &["channels", "minutes"]),
        (Term::Duration { channels: [Channel::Phone].into(), minutes: 241 }, &["minutes"]),
        (Term::Issues { count: 0, per: None }, &["count"]),
        (Term::Replies { every: None, on: None, by: empty(), one_for_all: false }, &["by", "every"]),
        (Term::Replies { every: Some(Cadence::Week), on: None, by: "Ann Lee".into(), one_for_all: false }, &["on"]),
        (Term::Replies { every: None, on: None, by: "Ann Lee".into(), one_for_all: true }, &[]),
        (Term::RegularCall { by: empty(), every: Cadence::Week, on: Day::Friday, at: two }, &["by"]),
        (Term::AdvocateInvited { who: empty() }, &["who"]),
        (Term::Complaint { step: ComplaintStep::Held, which: empty(), why: empty() }, &["which", "why"]),
        (
            Term::Documents {
                fate: Fate::Destroyed,
                about: "leaflets".into(),
                checked_by: empty(),
                guard: [DocumentGuard::CopyKept].into(),
            },
            &["checked_by", "guard"],
        ),
        (Term::Witness { channels: BTreeSet::new(), who: empty() }, &["channels", "who"]),
        (Term::Withdrawn { what: empty(), why: empty() }, &["what", "why"]),
        (Term::Scope { reach: Scope::Organisation, names: vec!["Repairs".into()] }, &["reach"]),
        (Term::Scope { reach: Scope::Team, names: vec![] }, &["names"]),
        (Term::Scope { reach: Scope::Service, names: vec!["All services".into()] }, &["names"]),
        (Term::Scope { reach: Scope::Service, names: vec!["Allotments".into()] }, &[]),
    ];
    for (term, expected) in cases {
        assert_eq!(fields(&term), expected, "{term:?}");
    }
}

#[test]
fn a_complete_term_has_no_fault() {
    let term = Term::Times {
        channel: Channel::Phone,
        days: [Day::Tuesday].into(),
        from: NaiveTime::from_hms_opt(14, 0, 0).unwrap(),
        until: NaiveTime::from_hms_opt(16, 0, 0).unwrap(),
    };
    assert_eq!(term.check(), Ok(()));
}
