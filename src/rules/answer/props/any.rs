//! Terms of every kind with any parameters a form lets through: what the property tests are tried on.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

use crate::rules::measure::{Block, Cadence, Channel, ComplaintStep, Day, DocumentGuard, Fate, Period, Purpose, Scope, Term, TopicMode};

pub fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z][a-z]{1,12}( [A-Z][a-z]{1,12}){0,2}", "[A-Za-z][a-z ]{0,78}[a-z]", "([a-z] ){0,39}[a-z]"]
}

pub fn one<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

pub fn channels() -> impl Strategy<Value = BTreeSet<Channel>> {
    btree_set(one(Channel::ALL), 1..4)
}

/// What a landlord names: now and then everything, and now and then hardly anything.
pub fn had() -> impl Strategy<Value = BTreeSet<Channel>> {
    prop_oneof![Just(Channel::ALL.iter().copied().collect()), btree_set(one(Channel::ALL), 1..6)]
}

pub fn purposes() -> impl Strategy<Value = BTreeSet<Purpose>> {
    btree_set(one(Purpose::ALL), 0..4)
}

fn times() -> impl Strategy<Value = Term> {
    (one(Channel::ALL), btree_set(one(Day::ALL), 1..7), 0u32..1439, 1u32..600).prop_map(|(channel, days, from, long)| {
        let at = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a minute of the day");
        Term::Times { channel, days, from: at(from), until: at((from + long).min(1439)) }
    })
}

fn quota() -> impl Strategy<Value = Term> {
    (one(Channel::ALL), 1u16..1001, one(Period::ALL), purposes(), prop::option::of(one(Day::ALL)))
        .prop_map(|(channel, count, per, exempt, answered_on)| Term::Quota { channel, count, per, exempt, answered_on })
}

pub fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        (words(), words(), words(), any::<bool>()).prop_map(|(name, job, cover, rings)| {
            Term::SinglePointOfContact {
                name,
                job,
                phone: if rings { "01632 960 118".into() } else { String::new() },
                email: if rings { String::new() } else { "team@example.org".into() },
                cover,
                staff: None,
                cover_staff: None,
            }
        }),
        channels().prop_map(|closed| Term::Channels { closed }),
        times(),
        times(),
        quota(),
        (words(), btree_set(one(&[Channel::Person, Channel::Visit]), 1..3)).prop_map(|(with, channels)| Term::AppointmentOnly {
            with,
            staff: None,
            channels
        }),
        words().prop_map(|name| Term::RepresentativeOnly { name }),
        (vec(words(), 1..4), any::<bool>()).prop_map(|(places, events)| Term::Premises { places, events }),
        (one(TopicMode::ALL), vec(topic(), 1..4), purposes()).prop_map(|(mode, topics, purposes)| Term::Topics { mode, topics, purposes }),
        words().prop_map(|why| Term::TwoPersonVisits { why }),
        (words(), words()).prop_map(|(about, reader)| Term::ReadAndFile { about, reader }),
        (words(), btree_set(one(&Channel::WRITTEN), 1..4)).prop_map(|(except, leaves)| Term::EndDirectContact { except, leaves }),
        (one(Block::ALL), words()).prop_map(|(what, detail)| Term::TechnicalBlock { what, detail, removed_with_restriction: true }),
        "[A-Za-z .,]{1,300}".prop_map(|words| Term::Other { words }),
        promise_or_offer(),
        narrower(),
    ]
}

/// What we promise, offer, or do with papers and complaints.
fn promise_or_offer() -> impl Strategy<Value = Term> {
    prop_oneof![
        (one(Cadence::ALL), one(Day::ALL), words(), any::<bool>(), any::<bool>()).prop_map(|(every, on, by, set, all)| Term::Replies {
            every: set.then_some(every),
            on: set.then_some(on),
            by,
            one_for_all: all || !set,
        }),
        (words(), one(Cadence::ALL), one(Day::ALL)).prop_map(|(by, every, on)| Term::RegularCall { by, every, on, at: NaiveTime::MIN }),
        words().prop_map(|who| Term::AdvocateInvited { who }),
        (one(ComplaintStep::ALL), topic(), words()).prop_map(|(step, which, why)| Term::Complaint { step, which, why }),
        (one(Fate::ALL), words(), words()).prop_map(|(fate, about, checked_by)| Term::Documents {
            fate,
            about,
            checked_by,
            guard: DocumentGuard::ALL.iter().copied().collect(),
        }),
        (topic(), words()).prop_map(|(what, why)| Term::Withdrawn { what, why }),
    ]
}

fn narrower() -> impl Strategy<Value = Term> {
    let spoken: &[Channel] = &[Channel::Phone, Channel::Person, Channel::Visit];
    prop_oneof![
        (words(), any::<bool>()).prop_map(|(team, rings)| Term::NamedTeam {
            team,
            phone: if rings { "01632 960 118".into() } else { String::new() },
            email: if rings { String::new() } else { "team@example.org".into() },
        }),
        (btree_set(one(spoken), 1..3), 1u16..241).prop_map(|(channels, minutes)| Term::Duration { channels, minutes }),
        (btree_set(one(spoken), 1..3), words()).prop_map(|(channels, who)| Term::Witness { channels, who }),
        (1u16..5, prop::option::of(one(Period::ALL))).prop_map(|(count, per)| Term::Issues { count, per }),
        words().prop_map(|except| Term::EndAllContact { except }),
        (one(&[Scope::Person, Scope::Service, Scope::Team, Scope::SeveralOrganisations]), select(&["the lettings team", "Repairs"][..]))
            .prop_map(|(reach, name)| Term::Scope { reach, names: vec![name.to_owned()] }),
    ]
}

/// Words that now and then name a purpose outright.
fn topic() -> impl Strategy<Value = String> {
    prop_oneof![4 => words(), 1 => select(&["repairs", "all complaints", "appeals", "the rent"][..]).prop_map(str::to_owned)]
}
