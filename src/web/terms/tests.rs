use chrono::NaiveTime;

use super::*;
use crate::rules::policy::tests::pack;

fn every_kind() -> Vec<Term> {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let times = |channel, hour| Term::Times { channel, days: [Day::Tuesday, Day::Friday].into(), from: at(hour), until: at(hour + 2) };
    vec![
        Term::SinglePointOfContact {
            name: "Ann Lee".into(),
            job: "Housing Officer".into(),
            phone: "01732 960 501".into(),
            email: String::new(),
            cover: "Dev Chaudhary".into(),
        },
        Term::Channels { closed: [Channel::Social].into() },
        times(Channel::Phone, 14),
        times(Channel::Visit, 9),
        Term::Quota {
            channel: Channel::Email,
            count: 1,
            per: Period::Week,
            exempt: [Purpose::Complaint].into(),
            answered_on: Some(Day::Friday),
        },
        Term::AppointmentOnly { with: "Ann Lee".into(), channels: [Channel::Person].into() },
        Term::RepresentativeOnly { name: "Jo Farrant".into() },
        Term::ReadAndFile { about: "the 2025 service charge".into(), reader: "Ann Lee".into() },
        Term::TwoPersonVisits { why: "There was shouting at the door".into() },
        Term::TechnicalBlock { what: Block::Number, detail: "ends 4471".into(), removed_with_restriction: true },
        Term::EndDirectContact { except: "The call on Fridays".into() },
        Term::Premises { places: vec!["The office in Sevenoaks".into(), "The hub".into()], events: true },
        Term::Topics { mode: TopicMode::Excluded, topics: vec!["The 2024 kitchen".into()], purposes: [Purpose::Complaint].into() },
        Term::Other { words: "Calls are returned the next working day".into() },
    ]
}

#[test]
fn what_is_filled_in_reads_back_the_same() {
    let policy = pack("west-kent");
    let terms = every_kind();
    let mut form = TermsForm::fill(Form::blank(), &terms);
    assert_eq!(TermsForm::read(&mut form, &policy), Some(terms));
    assert!(form.is_clean());
}

#[test]
fn each_tile_left_empty_says_what_it_needs_at_its_own_field() {
    let policy = pack("west-kent");
    let mut form = Form::blank().with("measure", "times-2").with("measure", "single-point-of-contact");
    assert_eq!(TermsForm::read(&mut form, &policy), None);
    assert_eq!(form.error("times-2-from"), Some("Enter the time it starts, such as 2pm"));
    assert_eq!(form.error("single-point-of-contact-name"), Some("Enter the name of the person to contact"));
    assert_eq!(form.error("times-from"), None);
}

#[test]
fn fields_beneath_a_tile_that_is_off_are_ignored() {
    let policy = pack("west-kent");
    let mut form = Form::blank().with("other-words", "Something").with("measure", "made-up");
    assert_eq!(TermsForm::read(&mut form, &policy), Some(vec![]));
}

#[test]
fn a_measure_no_longer_offered_keeps_its_tile() {
    let policy = pack("housing-solutions");
    let missing = MeasureKind::ALL.iter().find(|kind| policy.measures.offer(**kind).is_none());
    let terms: Vec<Term> = every_kind().into_iter().filter(|term| Some(&term.kind()) == missing).collect();
    let form = TermsForm::of(&policy, &terms);
    assert!(terms.iter().all(|term| form.slots.iter().any(|slot| slot.kind == term.kind())));
}
