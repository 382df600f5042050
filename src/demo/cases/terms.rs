//! What is asked for in each story.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use crate::demo::teller::Teller;
use crate::rules::measure::{Channel, Chosen, Day, Period, Purpose, Term, TopicMode};

/// The terms of a story.
pub fn of(teller: &Teller, story: &str) -> Vec<Chosen> {
    told(teller, story).into_iter().map(Chosen::from).collect()
}

fn told(teller: &Teller, story: &str) -> Vec<Term> {
    let officer = teller.staff("officer");
    match story {
        "limited" => vec![contact_person(teller), times(), emails(1), booked(teller)],
        "proposed" | "deciding" => vec![contact_person(teller), emails(1), without()],
        "letters-only" => vec![Term::Channels {
            closed: [Channel::Phone, Channel::Email, Channel::Text, Channel::Person, Channel::Visit, Channel::Social].into(),
        }],
        "pairs" => vec![
            Term::TwoPersonVisits {
                why: "A fist was raised at a visit on the doorstep. Two people feel safer, and a visit is never left out for it."
                    .to_owned(),
            },
            Term::AppointmentOnly { with: officer.name.clone(), staff: Some(officer.id), channels: [Channel::Visit].into() },
        ],
        "appealing" => vec![emails(2), without()],
        "appealed" => vec![Term::Channels { closed: [Channel::Phone, Channel::Social].into() }, emails(1)],
        "review-soon" => vec![contact_person(teller), calls(2)],
        "review-late" => vec![times(), contact_person(teller)],
        "lifted" => vec![calls(3), emails(2)],
        "ran-out" => {
            vec![Term::Premises { places: vec!["the reception desk at the town office".to_owned()], events: false }, booked(teller)]
        }
        "sent-back" => vec![Term::RepresentativeOnly { name: "a relative or an adviser of the customer’s choice".to_owned() }],
        "declined" => vec![Term::EndDirectContact { except: String::new(), leaves: Term::letters_and_email() }],
        _ => vec![emails(2)],
    }
}

fn contact_person(teller: &Teller) -> Term {
    let (officer, cover) = (teller.staff("officer"), teller.staff("manager2"));
    Term::SinglePointOfContact {
        name: officer.name.clone(),
        job: officer.job_title.clone(),
        phone: teller.desk.landlord.phone.clone(),
        email: format!("officer@{}.example", teller.house),
        cover: cover.name.clone(),
        staff: Some(officer.id),
        cover_staff: Some(cover.id),
    }
}

fn times() -> Term {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    Term::Times { channel: Channel::Phone, days: [Day::Tuesday, Day::Thursday].into(), from: hour(14), until: hour(16) }
}

fn emails(count: u16) -> Term {
    Term::Quota { channel: Channel::Email, count, per: Period::Week, exempt: open(), answered_on: Some(Day::Friday) }
}

fn calls(count: u16) -> Term {
    Term::Quota { channel: Channel::Phone, count, per: Period::Week, exempt: open(), answered_on: None }
}

fn booked(teller: &Teller) -> Term {
    let officer = teller.staff("officer");
    Term::AppointmentOnly { with: officer.name.clone(), staff: Some(officer.id), channels: [Channel::Person].into() }
}

fn without() -> Term {
    Term::Topics { mode: TopicMode::Excluded, topics: vec!["the private lives of members of staff".to_owned()], purposes: BTreeSet::new() }
}

fn open() -> BTreeSet<Purpose> {
    [Purpose::Repair, Purpose::Emergency].into()
}
