//! The customers of the demonstration: who they are, where they live, what helps them, who speaks for them.

pub mod leads;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use uuid::Uuid;

use super::cast::House;
use super::dice::Dice;
use super::{named, names};
use crate::rules::days;
use crate::rules::id::CustomerId;
use crate::rules::need::NeedKind;
use crate::store::customer_bulk::NewCustomer;
use leads::{STORIES, leads};

/// How many customers a landlord of the demonstration has.
const CUSTOMERS: usize = 60;

/// A customer with what is known about them.
#[derive(Clone, Debug)]
pub struct Life {
    /// Which story is theirs; empty for those who have none.
    pub story: &'static str,
    /// Who they are.
    pub customer: NewCustomer,
    /// What helps, as what to do.
    pub needs: Vec<(NeedKind, &'static str)>,
    /// Who speaks for them: name, relation, last day of consent, a note.
    pub speaks: Option<(String, &'static str, Option<NaiveDate>, Option<&'static str>)>,
}

impl Life {
    /// "Mr Ashworth".
    pub fn formal(&self) -> String {
        match &self.customer.title {
            Some(title) => format!("{title} {}", self.customer.family),
            None => format!("{} {}", self.customer.given, self.customer.family),
        }
    }
}

/// Where a landlord's homes are. The letters before the postcode belong to no real place.
struct Land {
    area: &'static str,
    towns: [&'static str; 3],
    landline: &'static str,
    /// Keys of the policy: the usual one, somebody who moved out, a relative, a visitor or the nearest there is, a representative.
    subjects: [&'static str; 5],
}

fn land(slug: &str) -> Land {
    let (area, towns, landline, subjects) = match slug {
        "one-manchester" => (
            "MW",
            ["Ardenshaw", "Millwick", "Eastbury"],
            "+44161496",
            ["tenancy-holder", "former-tenant", "friend-or-relative", "visitor", "representative"],
        ),
        "alliance-homes" => (
            "BV",
            ["Saltmouth", "Wraxbury", "Langport Cross"],
            "+44117496",
            ["customer", "former-customer", "household-member", "representative", "representative"],
        ),
        "housing-solutions" => (
            "MH",
            ["Alderham", "Cookstead", "Westbourne End"],
            "+441632960",
            ["customer", "former-customer", "household-member", "representative", "representative"],
        ),
        "notting-hill-genesis" => (
            "NX",
            ["London", "London", "London"],
            "+44207946",
            ["resident", "former-customer", "household-member", "customer", "representative"],
        ),
        _ => (
            "NM",
            ["Northmere", "Tunstead", "Larkbury"],
            "+441632960",
            ["resident", "public", "household-member", "visitor", "representative"],
        ),
    };
    Land { area, towns, landline, subjects }
}

/// Everybody at a landlord, on a day.
pub fn lives(house: &House, today: NaiveDate) -> Vec<Life> {
    let land = land(house.slug);
    let mut lives: Vec<Life> = (0..leads(house.slug).len()).map(|place| lead(house, &land, place, today)).collect();
    while lives.len() < CUSTOMERS {
        let next = crowd(house, &land, &lives, today);
        lives.push(next);
    }
    lives
}

fn lead(house: &House, land: &Land, place: usize, today: NaiveDate) -> Life {
    let (title, given, family, pronoun, line1) = leads(house.slug)[place];
    let story = STORIES[place];
    let mut customer = at_home(house, land, place, today);
    customer.title = Some(title.to_owned());
    customer.given = given.to_owned();
    customer.family = family.to_owned();
    customer.pronoun = pronoun.to_owned();
    customer.line1 = Some(line1.to_owned());
    customer.postcode = Some(postcode(land, line1));
    customer.emails = vec![names::email(given, family, 0)];
    if (house.slug, story) == ("west-kent", "limited") {
        customer.tenancy_ref = Some("40-118-27".to_owned());
        customer.postcode = Some("NM4 6QT".to_owned());
        customer.customer_since = NaiveDate::from_ymd_opt(today.year() - 12, 5, 12);
    }
    if (house.slug, story) == ("west-kent", "proposed") {
        customer.tenancy_ref = Some("40-097-63".to_owned());
        customer.postcode = Some("NM2 1DB".to_owned());
    }
    let mut life = Life { story, customer, needs: needs_of(story), speaks: None };
    life.speaks = speaks_for(house, &life, today);
    if life.needs.iter().any(|(kind, _)| *kind == NeedKind::LargePrint) {
        life.customer.letter_format = "large-print".to_owned();
    }
    if story == "appealed" {
        life.customer.language = match house.slug {
            "one-manchester" | "west-kent" => Some("Polish".to_owned()),
            "notting-hill-genesis" => Some("Vietnamese".to_owned()),
            _ => None,
        };
    }
    life
}

/// What helps the leads: what to do, never a diagnosis.
fn needs_of(story: &str) -> Vec<(NeedKind, &'static str)> {
    match story {
        "limited" => vec![
            (NeedKind::Hearing, "Speak steadily, do not talk over the customer"),
            (NeedKind::MentalHealth, "Say at the start how long you have, and what happens next"),
            (NeedKind::LargePrint, "Send every letter in 18 point"),
        ],
        "proposed" => vec![(NeedKind::MentalHealth, "Has a support worker: ask whether they should join a call that may be hard")],
        "pairs" => vec![(NeedKind::Mobility, "Slow to the door: wait three minutes after ringing")],
        "appealing" => vec![(NeedKind::Reading, "Ring to talk through any letter on the day it is sent")],
        "appealed" => vec![(NeedKind::Language, "Use an interpreter, never a child")],
        "review-late" => vec![(NeedKind::Memory, "Confirm what was agreed in writing, and ring the day before a visit")],
        "draft" => vec![(NeedKind::Autism, "Say exactly what will happen and when, and keep to it")],
        "no-action" => vec![(NeedKind::Phone, "Write first, and agree a time before any call")],
        "calm" => vec![(NeedKind::Sight, "Read letters aloud over the phone; large print is not enough")],
        _ => Vec::new(),
    }
}

fn speaks_for(house: &House, life: &Life, today: NaiveDate) -> Option<(String, &'static str, Option<NaiveDate>, Option<&'static str>)> {
    let family = &life.customer.family;
    let until = |months: u32| today.checked_add_months(chrono::Months::new(months));
    match life.story {
        "limited" if house.slug == "west-kent" => Some((format!("Margaret {family}"), "Sister", until(7), Some("Ask for the password."))),
        "limited" => Some((format!("Angela {family}"), "Daughter", until(9), Some("Ask for the password."))),
        "proposed" => Some(("Jo Farrant".to_owned(), "Support worker", until(11), None)),
        "appealing" => Some(("Helena Brandt, Citizens Advice".to_owned(), "Adviser for the appeal", until(3), None)),
        "calm" => Some((format!("Stephanie {family}"), "Niece", None, Some("May ask about repairs only."))),
        // A consent that has ended: nobody speaks for them today.
        "written" => Some((format!("Chris {family}"), "Brother", today.checked_sub_days(Days::new(40)), None)),
        _ => None,
    }
}

/// One more customer: most from chance, some on purpose.
fn crowd(house: &House, land: &Land, others: &[Life], today: NaiveDate) -> Life {
    let place = others.len();
    let mut dice = Dice::named(&format!("crowd {} {place}", house.slug));
    let mut customer = at_home(house, land, place, today);
    let name = names::name(&mut dice);
    customer.title = name.title.map(str::to_owned);
    customer.given = name.given;
    customer.family = name.family;
    customer.pronoun = name.pronoun.to_owned();
    let street = others[dice.below(20)].customer.line1.clone().unwrap_or_default();
    let street = street.rsplit(", ").next().unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned();
    let line1 = format!("{} {street}", 100 + place * 2 + dice.below(2));
    customer.postcode = Some(postcode(land, &line1));
    customer.line1 = Some(line1);
    on_purpose(&mut customer, land, others, place);
    let number =
        if others.iter().any(|other| other.customer.given == customer.given && other.customer.family == customer.family) { 2 } else { 0 };
    customer.emails = if dice.chance(80) { vec![names::email(&customer.given, &customer.family, number)] } else { Vec::new() };
    let needs = match place % 7 {
        3 => vec![(NeedKind::Hearing, "Face the customer and speak steadily; text before you ring")],
        5 => vec![(NeedKind::Mobility, "Offer a call or a visit instead of coming to the office")],
        _ => Vec::new(),
    };
    let story = match place {
        31 => "deciding",
        32 => "letter",
        _ => "",
    };
    Life { story, customer, needs, speaks: None }
}

/// Joint holders of one tenancy, two people of one name, relatives, a former customer, somebody without a tenancy, other formats.
fn on_purpose(customer: &mut NewCustomer, land: &Land, others: &[Life], place: usize) {
    let with = |story: &str| others.iter().find(|other| other.story == story).map(|other| other.customer.clone());
    let beside = |customer: &mut NewCustomer, other: NewCustomer| {
        customer.family = other.family;
        (customer.line1, customer.town, customer.postcode, customer.tenancy_ref) =
            (other.line1, other.town, other.postcode, other.tenancy_ref);
    };
    match place {
        // Joint tenants.
        20 | 21 => {
            if let Some(other) = with(if place == 20 { "review-soon" } else { "calm" }) {
                beside(customer, other);
            }
        }
        // Another person of the same name, somewhere else.
        22 => {
            if let Some(other) = with("upset") {
                (customer.title, customer.given, customer.family, customer.pronoun) =
                    (other.title, other.given, other.family, other.pronoun);
            }
        }
        // A relative in the same home, who holds no tenancy.
        23 => {
            if let Some(other) = with("limited") {
                beside(customer, other);
                customer.tenancy_ref = None;
                customer.subject = land.subjects[2].to_owned();
            }
        }
        24 => {
            customer.subject = land.subjects[1].to_owned();
            customer.tenancy_ref = None;
        }
        // Comes to see somebody, and lives elsewhere.
        25 => {
            customer.subject = land.subjects[3].to_owned();
            (customer.tenancy_ref, customer.customer_since) = (None, None);
            (customer.line1, customer.town, customer.postcode) = (None, None, None);
        }
        26 => {
            customer.subject = land.subjects[4].to_owned();
            (customer.tenancy_ref, customer.customer_since) = (None, None);
        }
        27 => customer.letter_format = "large-print".to_owned(),
        28 => customer.letter_format = "plain-text".to_owned(),
        29 => customer.language = Some("Arabic".to_owned()),
        30 => customer.language = Some("Portuguese".to_owned()),
        _ => {}
    }
}

/// Everything about a customer that follows from their place in the list.
fn at_home(house: &House, land: &Land, place: usize, today: NaiveDate) -> NewCustomer {
    let mut dice = Dice::named(&format!("home {} {place}", house.slug));
    let nth = super::CAST.iter().position(|(other, _)| other.slug == house.slug).unwrap_or_default();
    let mobile = format!("+447700900{:03}", nth * 100 + place);
    let landline = format!(
        "{}{}",
        land.landline,
        if land.landline.len() > 9 { format!("{:03}", 300 + nth * 100 + place) } else { format!("0{:03}", 100 + place) }
    );
    let phones = match place % 4 {
        0 => vec![mobile, landline],
        3 => vec![landline],
        _ => vec![mobile],
    };
    NewCustomer {
        id: customer_id(house.slug, place),
        reference: reference(dice.next()),
        title: None,
        given: String::new(),
        family: String::new(),
        pronoun: "they".to_owned(),
        subject: land.subjects[0].to_owned(),
        tenancy_ref: Some(format!("{}-{:03}-{:02}", 40 + nth, 100 + dice.below(900), 10 + dice.below(90))),
        line1: None,
        town: Some(land.towns[place % 3].to_owned()),
        postcode: None,
        letter_format: "standard".to_owned(),
        language: None,
        customer_since: today.checked_sub_days(Days::new(200 + u64::try_from(dice.below(7000)).unwrap_or(0))),
        phones,
        emails: Vec::new(),
    }
}

/// The same customer has the same id in every demonstration.
pub fn customer_id(slug: &str, place: usize) -> CustomerId {
    CustomerId(named(&format!("customer {slug} {place}")))
}

/// Ten digits in groups, from any number; neighbours look nothing alike, and no two numbers below ten thousand million meet.
pub fn reference(number: u64) -> String {
    let mixed = (u128::from(number) * 7_390_412_311 + 4_040_118_273) % 10_000_000_000;
    let digits = format!("{mixed:010}");
    format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..])
}

/// Those who live in one street share a postcode.
fn postcode(land: &Land, line1: &str) -> String {
    let street = line1.rsplit(", ").next().unwrap_or(line1).trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let mut dice = Dice::named(street);
    let mut letter = || char::from(b"ABDEFGHJLNPQRSTUWXYZ"[dice.below(20)]);
    let (one, two) = (letter(), letter());
    format!("{}{} {}{one}{two}", land.area, 1 + dice.below(9), 1 + dice.below(9))
}

/// An adjustment with its id, for the bulk of them.
pub fn need_id(customer: CustomerId, kind: NeedKind) -> Uuid {
    named(&format!("need {customer} {}", kind.key()))
}

/// When they were first written down: long before the stories.
pub fn long_ago(now: DateTime<Utc>) -> DateTime<Utc> {
    days::at(days::day_of(now) - chrono::TimeDelta::days(400), chrono::NaiveTime::from_hms_opt(9, 30, 0).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::demo::cast::CAST;
    use crate::rules::policy::Policy;
    use crate::rules::text::{Email, PersonName, Phone, Postcode};

    fn everybody() -> Vec<(&'static House, Vec<Life>)> {
        let today = NaiveDate::from_ymd_opt(2027, 3, 10).unwrap();
        CAST.iter().map(|(house, _)| (house, lives(house, today))).collect()
    }

    #[test]
    fn everybody_could_have_been_typed_in() {
        for (house, lives) in everybody() {
            let policy = Policy::read(house.pack).unwrap();
            for Life { customer, .. } in &lives {
                assert!(PersonName::parse(&customer.given).is_ok() && PersonName::parse(&customer.family).is_ok(), "{customer:?}");
                assert!(
                    customer.phones.iter().all(|phone| Phone::parse(phone).is_ok_and(|parsed| parsed.as_str() == phone)),
                    "{customer:?}"
                );
                assert!(
                    customer.emails.iter().all(|email| Email::parse(email).is_ok_and(|parsed| parsed.as_str() == email)),
                    "{customer:?}"
                );
                assert!(
                    customer.postcode.iter().all(|code| Postcode::parse(code).is_ok_and(|parsed| parsed.as_str() == code)),
                    "{customer:?}"
                );
                assert!(policy.people.subjects.iter().any(|subject| subject.key == customer.subject), "{} {customer:?}", house.slug);
            }
        }
    }

    #[test]
    fn sixty_people_with_their_own_numbers_and_references() {
        for (_, lives) in everybody() {
            assert_eq!(lives.len(), 60);
            let references: BTreeSet<_> = lives.iter().map(|life| &life.customer.reference).collect();
            let phones: Vec<_> = lives.iter().flat_map(|life| &life.customer.phones).collect();
            assert_eq!(references.len(), 60);
            assert_eq!(phones.iter().collect::<BTreeSet<_>>().len(), phones.len());
        }
    }

    #[test]
    fn two_share_a_name_and_two_a_tenancy() {
        for (_, lives) in everybody() {
            let same =
                |one: &Life, other: &Life| one.customer.given == other.customer.given && one.customer.family == other.customer.family;
            assert!(same(&lives[19], &lives[22]) && lives[19].customer.line1 != lives[22].customer.line1);
            assert_eq!(lives[6].customer.tenancy_ref, lives[20].customer.tenancy_ref);
            assert!(lives[25].customer.tenancy_ref.is_none());
        }
    }
}
