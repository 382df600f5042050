//! Whatever is asked for, on any way, at any minute: the answer holds, and an accepted bundle leaves a door open.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveTime};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::rules::measure::{Block, Channel, Day, Period, Purpose, TopicMode, bundle};

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z][a-z]{1,12}( [A-Z][a-z]{1,12}){0,2}", "[A-Za-z][a-z ]{0,78}[a-z]", "([a-z] ){0,39}[a-z]"]
}

fn one<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn channels() -> impl Strategy<Value = BTreeSet<Channel>> {
    btree_set(one(Channel::ALL), 1..4)
}

fn purposes() -> impl Strategy<Value = BTreeSet<Purpose>> {
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

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        (words(), words(), words(), any::<bool>()).prop_map(|(name, job, cover, rings)| {
            Term::SinglePointOfContact {
                name,
                job,
                phone: if rings { "01632 960 118".into() } else { String::new() },
                email: if rings { String::new() } else { "team@example.org".into() },
                cover,
            }
        }),
        channels().prop_map(|closed| Term::Channels { closed }),
        times(),
        times(),
        quota(),
        (words(), btree_set(one(&[Channel::Person, Channel::Visit]), 1..3))
            .prop_map(|(with, channels)| Term::AppointmentOnly { with, channels }),
        words().prop_map(|name| Term::RepresentativeOnly { name }),
        (vec(words(), 1..4), any::<bool>()).prop_map(|(places, events)| Term::Premises { places, events }),
        (one(TopicMode::ALL), vec(words(), 1..4), purposes()).prop_map(|(mode, topics, purposes)| Term::Topics { mode, topics, purposes }),
        words().prop_map(|why| Term::TwoPersonVisits { why }),
        (words(), words()).prop_map(|(about, reader)| Term::ReadAndFile { about, reader }),
        words().prop_map(|except| Term::EndDirectContact { except }),
        (one(Block::ALL), words()).prop_map(|(what, detail)| Term::TechnicalBlock { what, detail, removed_with_restriction: true }),
        "[A-Za-z .,]{1,300}".prop_map(|words| Term::Other { words }),
    ]
}

fn restriction(terms: Vec<Term>, ends: bool) -> RestrictionLine {
    RestrictionLine {
        from: DateTime::UNIX_EPOCH,
        until: ends.then(|| chrono::NaiveDate::from_ymd_opt(2027, 6, 2).expect("a day")),
        decided_by: "Helen Marsh, Head of Customer Services".into(),
        decided_on: chrono::NaiveDate::from_ymd_opt(2027, 3, 2).expect("a day"),
        why: "There was shouting on three calls.".into(),
        terms,
        under_appeal: false,
        review_due: None,
    }
}

const SAID: &[(Purpose, &str)] = &[
    (Purpose::Repair, "Take any repair"),
    (Purpose::Payment, "Take a payment or give a balance"),
    (Purpose::Emergency, "Take any emergency"),
];

fn ask(restrictions: &[RestrictionLine], way: Way, minute: i64, used: u16, family: &str, open: usize) -> Answer {
    let counters = Counters(Channel::ALL.iter().flat_map(|channel| Period::ALL.iter().map(move |per| ((*channel, *per), used))).collect());
    let policy = Rulebook { restriction: "restriction", limited: "Limited contact".into(), always_open: SAID[..open].to_vec() };
    now(&Situation {
        customer: Caller { title: "Mr", given: "Colin", family, pronoun: Pronoun::They },
        restrictions,
        needs: &[],
        representatives: &[],
        warnings: &[],
        open_matters: &[],
        way,
        now: DateTime::from_timestamp(minute * 60, 0).expect("a minute of this century"),
        policy: &policy,
        counters: &counters,
        reader: "Joe Wray",
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_terms_at_any_minute_get_an_instruction_with_what_is_always_open(
        bundles in vec(vec(term(), 1..5), 0..3),
        ends: bool,
        way in one(Way::ALL),
        // 2026 to 2028, every minute.
        minute in 29_453_760i64..31_032_000,
        used in 0u16..4,
        family in words(),
        open in 0usize..4,
    ) {
        let lines: Vec<RestrictionLine> = bundles.into_iter().map(|terms| restriction(terms, ends)).collect();
        let answer = ask(&lines, way, minute, used, &family, open);

        prop_assert!(!answer.may.is_empty());
        for (_, say) in &SAID[..open] {
            prop_assert!(answer.may.iter().any(|may| may == say), "{say} is missing");
        }
        for floor in Purpose::FLOOR {
            let said = SAID[..open].iter().find(|(purpose, _)| *purpose == floor).map_or(floor.may(), |(_, say)| say);
            prop_assert!(answer.may.iter().any(|may| may == said), "{said} is missing");
        }
        prop_assert!(!answer.heading.trim().is_empty() && answer.heading.chars().count() <= LONGEST_HEADING, "{}", answer.heading);
        prop_assert!(answer.line.starts_with("It is "));
        if let Some(say) = &answer.say {
            prop_assert!(say.split_whitespace().count() < WORDS_TO_SAY, "{say}");
            prop_assert!(say.starts_with('“') && say.ends_with('”'));
        }
        for open in SAID[..open].iter().map(|(purpose, _)| *purpose).chain(Purpose::FLOOR) {
            let closed = format!("Discuss {}", open.many());
            prop_assert!(!answer.may_not.contains(&closed), "{closed}");
        }
    }

    #[test]
    fn a_bundle_that_is_accepted_leaves_a_route_and_closes_nothing_that_is_always_open(
        terms in vec(term(), 1..5),
        open in purposes(),
    ) {
        let accepted = bundle::may_go_on(&bundle::check(&terms, &open, &[]));
        if accepted {
            let represented = terms.iter().any(Term::leaves_route);
            let closed: BTreeSet<Channel> = terms.iter().flat_map(Term::closes).collect();
            prop_assert!(represented || bundle::ROUTES.iter().any(|route| !closed.contains(route)));
            for purpose in Purpose::always_open(&open) {
                prop_assert!(terms.iter().all(|term| !term.purposes_named().contains(&purpose)));
                prop_assert!(terms.iter().all(|term| term.exempts(purpose, &open)));
            }
            for term in &terms {
                prop_assert!(term.relies_on().is_disjoint(&closed));
            }
        }
    }

    #[test]
    fn a_term_survives_being_stored(term in term()) {
        let stored = serde_json::to_string(&term).expect("a term is plain data");
        prop_assert_eq!(serde_json::from_str::<Term>(&stored).expect("what was stored reads back"), term);
    }
}
