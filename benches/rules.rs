//! How long the rules take to think: `cargo bench --bench rules`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::hint::black_box;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use evenhand::rules::answer::{self, Caller, Counters, Pronoun, RestrictionLine, Rulebook, Situation, Speaker};
use evenhand::rules::authority::{Asked, History, Person, Stages};
use evenhand::rules::id::StaffId;
use evenhand::rules::measure::bundle;
use evenhand::rules::measure::{
    Block, Cadence, Channel, Chosen, ComplaintStep, Day, DocumentGuard, Fate, Period, Purpose, Term, TopicMode, Way,
};
use evenhand::rules::policy::{Part, Policy, check};
use uuid::Uuid;

/// The longest list of rules among the invented landlords.
const TOLDERVALE: &str = include_str!("../tests/packs/toldervale.toml");

/// Twenty terms of twenty kinds: more than anybody should be asked to keep to.
fn twenty() -> Vec<Chosen> {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let times = |channel, hour| Term::Times { channel, days: [Day::Tuesday, Day::Thursday].into(), from: at(hour), until: at(hour + 2) };
    let quota =
        |channel| Term::Quota { channel, count: 1, per: Period::Week, exempt: [Purpose::Complaint].into(), answered_on: Some(Day::Friday) };
    let terms = vec![
        Term::SinglePointOfContact {
            name: "Samina Iqbal".into(),
            job: "Customer Resolution Lead".into(),
            phone: "01632 960 118".into(),
            email: String::new(),
            cover: "Tom Bell".into(),
            staff: None,
            cover_staff: None,
        },
        Term::Channels { closed: [Channel::Social, Channel::Text].into() },
        times(Channel::Phone, 14),
        times(Channel::Visit, 9),
        Term::Duration { channels: [Channel::Phone].into(), minutes: 15 },
        quota(Channel::Email),
        quota(Channel::Phone),
        Term::Issues { count: 1, per: Some(Period::Week) },
        Term::Replies { every: Some(Cadence::Fortnight), on: Some(Day::Friday), by: "Ann Lee".into(), one_for_all: true },
        Term::RegularCall { by: "Samina Iqbal".into(), every: Cadence::Week, on: Day::Monday, at: at(10) },
        Term::AppointmentOnly { with: "Tom Bell".into(), staff: None, channels: [Channel::Person, Channel::Visit].into() },
        Term::AdvocateInvited { who: "a relative, a friend or a support worker".into() },
        Term::Premises { places: vec!["Fenwick House".into(), "the hub".into()], events: true },
        Term::Topics { mode: TopicMode::Excluded, topics: vec!["the 2024 kitchen".into()], purposes: [Purpose::Complaint].into() },
        Term::Complaint { step: ComplaintStep::Closed, which: "complaint C-2093".into(), why: "It was answered twice.".into() },
        Term::Documents {
            fate: Fate::Returned,
            about: "copies of old letters".into(),
            checked_by: "Ann Lee".into(),
            guard: DocumentGuard::ALL.iter().copied().collect(),
        },
        Term::TwoPersonVisits { why: "A dog bit a colleague.".into() },
        Term::ReadAndFile { about: "the parking scheme".into(), reader: "Ann Lee".into() },
        Term::TechnicalBlock { what: Block::OwnPhone, detail: "Ann Lee's mobile".into(), removed_with_restriction: true },
        Term::Other { words: "Calls are returned the next working day".into() },
    ];
    assert_eq!(terms.len(), 20);
    terms.into_iter().map(Chosen::from).collect()
}

fn answer_of_twenty_terms(criterion: &mut Criterion) {
    let policy = Policy::read(include_str!("../policies/west-kent.toml")).unwrap();
    let now: DateTime<Utc> = "2027-03-10T11:42:00Z".parse().unwrap();
    let lines = [RestrictionLine {
        from: "2026-09-02T09:30:00Z".parse().unwrap(),
        until: Some("2027-06-02".parse().unwrap()),
        decided_by: "Helen Marsh, Head of Customer Services".into(),
        decided_on: "2026-09-02".parse().unwrap(),
        why: "There was shouting on three calls.".into(),
        terms: twenty(),
        under_appeal: false,
        waits: None,
        is_told: true,
        review_due: Some("2027-06-02".parse().unwrap()),
    }];
    let counters = Counters([((Channel::Phone, Period::Week), 1)].into());
    let rulebook = Rulebook::of(&policy);
    for way in Way::ALL {
        criterion.bench_function(&format!("answer, 20 terms, {}", way.key()), |bencher| {
            bencher.iter(|| {
                answer::now(black_box(&Situation {
                    customer: Caller { title: "Mr", given: "Colin", family: "Ashworth", pronoun: Pronoun::He },
                    restrictions: &lines,
                    needs: &[],
                    representatives: &[],
                    warnings: &[],
                    dangers: &[],
                    open_matters: &[],
                    way: *way,
                    speaker: Speaker::Customer,
                    service: "",
                    now,
                    policy: &rulebook,
                    counters: &counters,
                    reader: "Joe Wray",
                    reader_id: None,
                }))
            });
        });
    }
}

fn check_of_twenty_terms(criterion: &mut Criterion) {
    let policy = Policy::read(include_str!("../policies/west-kent.toml")).unwrap();
    let (terms, bounds) = (twenty(), policy.bounds());
    criterion.bench_function("a bundle of 20 terms checked", |bencher| {
        bencher.iter(|| bundle::check(black_box(&terms), &bounds, &[]));
    });
    let open = BTreeSet::from([Purpose::Repair]);
    let words = evenhand::rules::measure::Words { restriction: "restriction", always_open: &open };
    criterion.bench_function("20 terms said to the customer", |bencher| {
        bencher.iter(|| terms.iter().map(|term| term.sentence_for_letter(&words).len()).sum::<usize>());
    });
}

/// Who decides, from the strictest rule to the person at the desk, in a case in which everybody took some part.
fn authority_of_a_decision(criterion: &mut Criterion) {
    let policy = Policy::read(TOLDERVALE).unwrap();
    let person = |number: u128, role: &str| Person { id: StaffId(Uuid::from_u128(number)), roles: vec![role.to_owned()] };
    let keys: Vec<String> = policy.roles.iter().map(|(key, _)| key.to_owned()).collect();
    let people: Vec<Person> = (1..).zip(keys.iter().cycle().take(200)).map(|(number, role)| person(number, role)).collect();
    let history =
        people.iter().take(60).zip(Part::ALL.iter().cycle()).fold(History::default(), |history, (one, part)| history.with(one.id, *part));
    let asked = Asked {
        measures: policy.measures.offered.iter().map(|offer| offer.key().to_owned()).collect(),
        reach: None,
        from: NaiveDate::from_ymd_opt(2027, 3, 12).unwrap(),
        until: NaiveDate::from_ymd_opt(2027, 12, 1),
        skipped: policy.ladder.steps.iter().map(|step| step.key.clone()).collect(),
        behaviours: policy.behaviour.categories.iter().map(|one| one.key.clone()).collect(),
    };
    criterion.bench_function("a decision's authority among 200 people", |bencher| {
        bencher.iter(|| {
            let stages = Stages::of(&policy, black_box(&asked));
            people.iter().filter(|person| stages.turn(&policy, &[], person, &history).is_ok()).count()
        });
    });
}

fn pack_checked(criterion: &mut Criterion) {
    criterion.bench_function("a pack checked", |bencher| bencher.iter(|| check(black_box(TOLDERVALE))));
}

criterion_group!(benches, answer_of_twenty_terms, check_of_twenty_terms, authority_of_a_decision, pack_checked);
criterion_main!(benches);
