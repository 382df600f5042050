//! Who is on the other end, and which service asks.

use super::*;
use crate::rules::measure::{Scope, TopicMode};
use crate::rules::tone::Tone;

fn grace(consent_until: Option<&str>) -> RepresentativeLine {
    RepresentativeLine { name: "Grace Mensah".into(), relation: "sister".into(), consent_until: consent_until.map(date), note: None }
}

fn not_the_kitchen() -> Term {
    Term::Topics { mode: TopicMode::Excluded, topics: vec!["the 2024 kitchen".into()], purposes: [].into() }
}

fn from(speaker: Speaker, terms: Vec<Term>) -> Desk {
    Desk { speaker, representatives: vec![grace(None)], ..Desk::with(terms) }
}

#[test]
fn whoever_speaks_for_somebody_is_not_limited_and_brings_up_what_the_customer_may() {
    let desk = from(Speaker::Representative, vec![closed(&[Channel::Phone]), quota(Channel::Phone, 1, Period::Week), not_the_kitchen()]);
    let answer = desk.on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Care, "Talk as normal, but not about the 2024 kitchen."));
    assert!(answer.may.contains(&"Deal with Grace Mensah about his matters".to_owned()));
    assert_eq!(answer.may_not, ["Discuss the 2024 kitchen", "Deal with anybody else for him without consent"]);

    let only = from(Speaker::Representative, vec![closed(&[Channel::Phone])]).on(Way::Phone);
    assert_eq!((only.tone, only.heading.as_str()), (Tone::Ok, "Talk as normal with Grace Mensah, who may speak for him."));
}

#[test]
fn a_named_contact_stays_the_named_contact_for_a_representative() {
    let answer = from(Speaker::Representative, vec![samina()]).on(Way::Phone);
    assert_eq!(answer.heading, "Deal with repairs and urgent matters. Pass anything else to Samina Iqbal.");
}

#[test]
fn nobody_speaks_for_a_customer_without_consent() {
    let mut desk = from(Speaker::Representative, vec![not_the_kitchen()]);
    desk.representatives = vec![grace(Some("2027-03-09"))];
    let answer = desk.on(Way::Phone);
    assert_eq!(
        (answer.tone, answer.heading.as_str()),
        (Tone::Care, "Deal with repairs and urgent matters only. Nobody has consent to speak for him.")
    );
    assert!(answer.may_not.contains(&"Say anything about him or his record".to_owned()));
    assert!(!answer.may.contains(&"Deal with anything else as normal".to_owned()));

    desk.representatives = vec![grace(Some("2027-03-10"))];
    assert!(desk.on(Way::Phone).may.contains(&"Deal with Grace Mensah about his matters".to_owned()));
    let named = Desk { speaker: Speaker::Representative, ..Desk::with(vec![Term::RepresentativeOnly { name: "Ada Mensah".into() }]) };
    assert_eq!(named.on(Way::Phone).heading, "Talk as normal with Ada Mensah, who may speak for him.");
}

#[test]
fn the_household_is_not_limited_but_for_who_comes_to_the_door() {
    let pair = Term::TwoPersonVisits { why: "A dog bit a colleague on 3 May".into() };
    let desk = from(Speaker::Household, vec![closed(&[Channel::Phone, Channel::Visit]), not_the_kitchen(), pair]);
    let call = desk.on(Way::Phone);
    assert_eq!((call.tone, call.heading.as_str()), (Tone::Info, "Talk as normal. The limits are his, not theirs."));
    assert!(call.may_not.contains(&"Say anything about him or his record".to_owned()));
    assert!(!call.may_not.iter().any(|one| one.contains("kitchen")));
    let visit = desk.on(Way::Visit);
    assert_eq!(visit.heading, "Two staff for every visit, emergencies and repairs too.");
    assert!(visit.may_not.contains(&"Visit alone, for any reason".to_owned()));
}

#[test]
fn measures_for_one_team_hold_when_that_team_asks_and_where_nobody_said_who_asks() {
    let only = Term::Scope { reach: Scope::Team, names: vec!["the lettings team".into()] };
    let mut desk = Desk::with(vec![closed(&[Channel::Phone]), only]);
    let heading = "Do not continue this call, unless it is an emergency or a repair.";
    assert_eq!(desk.on(Way::Phone).heading, heading);
    assert_eq!(desk.on(Way::Phone).how[0], ("Only with".to_owned(), "the lettings team".to_owned()));
    desk.service = "The Lettings Team ";
    assert_eq!(desk.on(Way::Phone).heading, heading);
    desk.service = "Repairs";
    let other = desk.on(Way::Phone);
    assert_eq!((other.tone, other.heading.as_str()), (Tone::Info, "Talk as normal. The limits are about another service."));
    assert!(other.may_not.is_empty());
}

#[test]
fn measures_about_one_person_hold_when_that_person_asks() {
    let only = Term::Scope { reach: Scope::Person, names: vec!["Joe Wray".into()] };
    let mut desk = Desk::with(vec![closed(&[Channel::Phone]), only]);
    assert_eq!(desk.on(Way::Phone).tone, Tone::Stop);
    desk.reader = "Tom Bell";
    assert_eq!(desk.on(Way::Phone).tone, Tone::Info);
    desk.service = "Joe Wray";
    assert_eq!(desk.on(Way::Phone).tone, Tone::Stop);
}

#[test]
fn measures_that_hold_elsewhere_as_well_hold_here() {
    let also = Term::Scope { reach: Scope::SeveralOrganisations, names: vec!["Hollins Heating".into()] };
    let answer = Desk { service: "Repairs", ..Desk::with(vec![closed(&[Channel::Phone]), also]) }.on(Way::Phone);
    assert_eq!(answer.tone, Tone::Stop);
    assert_eq!(answer.how[0], ("Also with".to_owned(), "Hollins Heating".to_owned()));
}

#[test]
fn what_is_owed_to_one_kind_of_person_is_among_what_staff_may_do_and_cannot_be_left_out() {
    let payments = Term::Topics { mode: TopicMode::Excluded, topics: vec![], purposes: [Purpose::InformationRights].into() };
    let mut desk = Desk::with(vec![payments]);
    assert_eq!(desk.on(Way::Phone).may_not, ["Discuss information requests"]);
    desk.policy.duties = vec![Purpose::InformationRights];
    let answer = desk.on(Way::Phone);
    assert!(answer.always_worded().contains(&"Take a request for their own information"));
    assert!(answer.may_not.is_empty());
}

/// The customer's affairs are private: who lives with them is helped, and told nothing.
#[test]
fn somebody_at_home_hears_no_balance_and_nothing_of_the_customers_needs() {
    let mut desk = from(Speaker::Household, vec![closed(&[Channel::Phone])]);
    desk.needs = vec![NeedLine { kind: NeedKind::Hearing, title: "Hearing".into(), what_to_do: "Speak slowly".into() }];
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.needs, []);
    assert_eq!(
        answer.always_worded(),
        [
            "Take any repair or emergency",
            "Hear a safety or safeguarding concern",
            "Give or take a legal notice, or deal with a regulator, MP or councillor",
            "Take an appeal, or say how to make one",
        ]
    );
    desk.speaker = Speaker::Customer;
    assert_eq!(desk.on(Way::Phone).needs.len(), 1);
}
