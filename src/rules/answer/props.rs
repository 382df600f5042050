//! Whatever is asked for, on any way, at any minute: the answer holds, and an accepted bundle leaves a door open.

mod any;
mod oracle;

use std::collections::BTreeSet;

use chrono::DateTime;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::rules::days::{Calendar, Nation};
use crate::rules::measure::bundle::Bounds;
use crate::rules::measure::{Channel, OneOpenChannel, Period, Purpose, bundle};
use any::{had, one, purposes, term, words};

fn restriction(terms: Vec<Term>, ends: bool) -> RestrictionLine {
    RestrictionLine {
        from: DateTime::UNIX_EPOCH,
        until: ends.then(|| chrono::NaiveDate::from_ymd_opt(2027, 6, 2).expect("a day")),
        decided_by: "Helen Marsh, Head of Customer Services".into(),
        decided_on: chrono::NaiveDate::from_ymd_opt(2027, 3, 2).expect("a day"),
        why: "There was shouting on three calls.".into(),
        terms: terms.into_iter().map(Into::into).collect(),
        under_appeal: false,
        waits: None,
        is_told: true,
        review_due: None,
    }
}

const SAID: &[(Purpose, &str)] = &[
    (Purpose::Repair, "Take any repair"),
    (Purpose::Payment, "Take a payment or give a balance"),
    (Purpose::Emergency, "Take any emergency"),
];

/// One question put to the rules.
struct Question<'a> {
    restrictions: &'a [RestrictionLine],
    way: Way,
    minute: i64,
    used: u16,
    family: &'a str,
    open: usize,
    speaker: Speaker,
    service: &'a str,
    representatives: &'a [RepresentativeLine],
    /// The channels the landlord names.
    had: &'a BTreeSet<Channel>,
}

fn ask(question: &Question<'_>) -> Answer {
    let Question { restrictions, way, minute, used, family, open, speaker, service, representatives, had } = *question;
    let counters = Counters(Channel::ALL.iter().flat_map(|channel| Period::ALL.iter().map(move |per| ((*channel, *per), used))).collect());
    let policy = Rulebook {
        restriction: "restriction",
        limited: "Limited contact".into(),
        always_open: SAID[..open].to_vec(),
        duties: Vec::new(),
        channels: had.clone(),
        calendar: Calendar::of(Nation::EnglandAndWales),
    };
    now(&Situation {
        customer: Caller { title: "Mr", given: "Colin", family, pronoun: Pronoun::They },
        restrictions,
        needs: &[],
        representatives,
        warnings: &[],
        dangers: &[],
        open_matters: &[],
        way,
        speaker,
        service,
        now: DateTime::from_timestamp(minute * 60, 0).expect("a minute of this century"),
        policy: &policy,
        counters: &counters,
        reader: "Joe Wray",
        reader_id: None,
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
        speaker in one(Speaker::ALL),
        had in had(),
    ) {
        let lines: Vec<RestrictionLine> = bundles.into_iter().map(|terms| restriction(terms, ends)).collect();
        let (family, service, representatives) = (family.as_str(), "Repairs", &[][..]);
        let question =
            Question { restrictions: &lines, way, minute, used, family, open, speaker, service, representatives, had: &had };
        let answer = ask(&question);

        prop_assert!(!answer.always.is_empty());
        for (purpose, _) in &answer.always {
            prop_assert!(answer.always_named().contains(purpose.many()), "{} is not named", purpose.many());
        }
        // Nobody but the customer hears of a balance.
        let is_told = |say: &str| speaker == Speaker::Customer || say != "Take a payment or give a balance";
        for (_, say) in SAID[..open].iter().filter(|(_, say)| is_told(say)) {
            prop_assert!(answer.always_worded().contains(say), "{say} is missing");
        }
        for floor in Purpose::FLOOR {
            let said = SAID[..open].iter().find(|(purpose, _)| *purpose == floor).map_or(floor.may(), |(_, say)| say);
            prop_assert!(answer.always_worded().contains(&said), "{said} is missing");
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
        one_open in one(OneOpenChannel::ALL),
        duties in purposes(),
    ) {
        let duties: Vec<Purpose> = duties.into_iter().collect();
        let bounds = Bounds { one_open, ..Bounds::strict(open) }.owing(&duties);
        let refusals = bundle::check(&terms.iter().cloned().map(Into::into).collect::<Vec<_>>(), &bounds, &[]);
        if bundle::may_go_on(&refusals) {
            let closed: BTreeSet<Channel> = terms.iter().flat_map(Term::closes).collect();
            let speaks = |term: &Term| matches!(term, Term::RepresentativeOnly { .. });
            let reaches = |term: &Term| speaks(term) || term.scope().is_some_and(|(reach, _)| reach != crate::rules::measure::Scope::SeveralOrganisations);
            let has_route = terms.iter().any(reaches) || bundle::ROUTES.iter().any(|route| !closed.contains(route));
            // Without one, nobody is let through in silence: it is refused, decided by somebody senior, or warned of.
            let said = |severity| refusals.iter().any(|one| one.severity == severity);
            let severity = match one_open {
                OneOpenChannel::Enforced => bundle::Severity::Never,
                OneOpenChannel::Advisory => bundle::Severity::Senior,
                OneOpenChannel::Off => bundle::Severity::Warning,
            };
            prop_assert!(has_route || said(severity));
            prop_assert!(has_route || one_open != OneOpenChannel::Enforced);
            for purpose in Purpose::FLOOR.into_iter().chain(bounds.always_open.clone()) {
                prop_assert!(terms.iter().all(|term| !term.purposes_named().contains(&purpose)), "{purpose}");
                prop_assert!(terms.iter().all(|term| term.exempts(purpose, &bounds.open())));
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
