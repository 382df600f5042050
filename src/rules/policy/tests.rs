mod alliance_homes;
mod areas;
mod faults;
mod housing_solutions;
mod notting_hill_genesis;
mod one_manchester;
mod signed;
mod west_kent;

use super::*;
use crate::rules::measure::{MeasureKind, Purpose};

/// The five packs in the repository, as their file names have them.
pub(crate) const PACKS: [(&str, &str); 5] = [
    ("one-manchester", include_str!("../../../policies/one-manchester.toml")),
    ("alliance-homes", include_str!("../../../policies/alliance-homes.toml")),
    ("housing-solutions", include_str!("../../../policies/housing-solutions.toml")),
    ("notting-hill-genesis", include_str!("../../../policies/notting-hill-genesis.toml")),
    ("west-kent", include_str!("../../../policies/west-kent.toml")),
];

/// One of the five, read; panics with its faults.
pub(crate) fn pack(slug: &str) -> Policy {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    Policy::read(text).unwrap_or_else(|faults| {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        panic!("{slug}:\n{}", lines.join("\n"))
    })
}

/// The landlord that does not exist, whose pack uses every key.
pub(crate) fn example() -> Policy {
    Policy::read(include_str!("format/example.toml")).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Whether this is stated in the policy, in a clause whose number begins so.
fn stated(source: &Source, clause: &str) -> bool {
    source.clause().is_some_and(|stated| stated.split([',', ' ']).any(|no| no.starts_with(clause)))
}

impl Policy {
    fn offer_stated(&self, kind: MeasureKind, clause: &str) -> bool {
        self.measures.offer(kind).is_some_and(|offer| stated(&offer.source, clause))
    }

    fn says(&self, kind: LetterKind, part: LetterPart) -> Option<&Source> {
        self.letters.parts(kind).iter().find(|one| one.value == part).map(|one| &one.source)
    }

    fn report(&self, key: &str) -> &Report {
        self.reports.iter().find(|report| report.key == key).unwrap()
    }

    fn hand_off(&self, key: &str) -> &HandOff {
        self.referrals.others.iter().find(|one| one.key == key).unwrap()
    }

    fn threshold(&self, key: &str) -> &Threshold {
        self.behaviour.thresholds.iter().find(|one| one.key == key).unwrap()
    }

    fn always_open(&self, purpose: Purpose) -> bool {
        self.measures.purposes_always_open().contains(&purpose)
    }

    fn reading(&self, key: &str) -> &Reading {
        self.readings.iter().find(|reading| reading.key == key).unwrap()
    }
}

#[test]
fn every_pack_in_the_repository_is_without_fault() {
    for (slug, _) in PACKS {
        pack(slug);
    }
}

#[test]
fn om_17_wk_14_hs_19_ah_07_how_many_warnings_before_a_call_is_ended() {
    let warnings = [("west-kent", 2), ("housing-solutions", 1), ("alliance-homes", 0), ("one-manchester", 1)];
    for (slug, count) in warnings {
        let calls = pack(slug).call_ending;
        assert_eq!(*calls.warnings, count, "{slug}");
    }
    assert_eq!(*pack("alliance-homes").call_ending.tell_why, TellWhy::WherePossible);
}

#[test]
fn hs_16_wk_12_om_25_violence_used_or_threatened_always_goes_to_the_police() {
    for (slug, _) in PACKS {
        let police = pack(slug).referrals.police;
        for danger in [Danger::PhysicalViolenceUsed, Danger::PhysicalViolenceThreatened] {
            assert_eq!(police.forced_by(&[Danger::VerbalAbuse, danger]), Some(danger), "{slug}");
        }
        assert_eq!(police.forced_by(&[Danger::VerbalAbuse]), None, "{slug}");
    }
    assert_eq!(pack("one-manchester").referrals.community_safety.forced_by(&[Danger::SeriousThreat]), Some(Danger::SeriousThreat));
    assert_eq!(pack("alliance-homes").referrals.community_safety.forced_by(&[Danger::VerbalAbuse]), Some(Danger::VerbalAbuse));
}

#[test]
fn om_07_illness_is_a_reason_to_look_at_needs_first() {
    let policy = pack("one-manchester");
    assert_eq!(policy.behaviour.groups().count(), 6);
    assert!(policy.behaviour.category("incapable").unwrap().needs_path_first);
}

#[test]
fn hs_10_demands_need_an_effect_and_abuse_needs_none() {
    let behaviour = pack("housing-solutions").behaviour;
    assert!(behaviour.category("verbal").unwrap().effects_needed.is_empty());
    assert_eq!(behaviour.category("demands").unwrap().effects_needed, ["substantial-impact", "others"]);
}

#[test]
fn nhg_04_any_of_three_effects_has_to_be_shown() {
    let behaviour = pack("notting-hill-genesis").behaviour;
    assert_eq!(behaviour.effects.len(), 3);
    assert!(behaviour.categories.iter().all(|category| !category.effects_needed.is_empty()));
}

#[test]
fn om_15_the_notice_states_what_the_policy_asks_for_and_what_the_ombudsman_expects() {
    let letters = pack("one-manchester").letters;
    let notice = letters.parts(LetterKind::RestrictionNotice);
    let stated: Vec<_> = notice.iter().filter(|part| part.source.clause().is_some()).map(|part| part.value).collect();
    assert_eq!(stated, [LetterPart::Decision, LetterPart::Reasons, LetterPart::EarlierWarnings, LetterPart::Terms, LetterPart::Length]);
    for (slug, _) in PACKS {
        let letters = pack(slug).letters;
        let parts: Vec<_> = letters.parts(LetterKind::RestrictionNotice).iter().map(|part| part.value).collect();
        for needed in [LetterPart::HowToAppeal, LetterPart::ReviewDay, LetterPart::Ombudsman, LetterPart::AlwaysOpen] {
            assert!(parts.contains(&needed), "{slug}: {needed}");
        }
    }
}

#[test]
fn om_19_hs_36_whether_the_complaints_procedure_is_open_after_an_appeal() {
    let route = |slug: &str| *pack(slug).challenge.appeal.complaint;
    assert_eq!(route("one-manchester"), ComplaintRoute::ClosedAfterAppeal);
    assert_eq!(route("housing-solutions"), ComplaintRoute::Alongside);
    assert_eq!(route("west-kent"), ComplaintRoute::Open);
}

#[test]
fn each_landlord_has_its_own_word_for_a_restriction() {
    let words: Vec<_> = PACKS.iter().map(|(slug, _)| pack(slug).words.restriction.a.clone()).collect();
    assert_eq!(
        words,
        ["a restriction", "a managed behaviour restriction", "a communication protocol", "a contact agreement", "a contact arrangement"]
    );
    assert_eq!(pack("west-kent").words.restriction.heading(), "Contact arrangement");
}

#[test]
fn hs_01_a_month_without_a_day_is_a_month() {
    let document = pack("housing-solutions").document;
    assert_eq!(document.next_review.unwrap().to_string(), "October 2021");
    assert_eq!(document.approved.unwrap().to_string(), "30\u{a0}October 2018");
}

#[test]
fn a_default_never_claims_that_the_policy_says_it() {
    let policy = pack("notting-hill-genesis");
    let source = &policy.challenge.appeal.window.source;
    assert_eq!(source.clause(), None);
    assert!(source.say().starts_with("The policy does not say."), "{}", source.say());
}

/// The six invented landlords, who were written from the printed format alone.
#[test]
fn every_invented_landlord_is_without_fault() {
    let packs = [
        include_str!("../../../tests/packs/saltmarsh.toml"),
        include_str!("../../../tests/packs/kirkbrae.toml"),
        include_str!("../../../tests/packs/almswell.toml"),
        include_str!("../../../tests/packs/toldervale.toml"),
        include_str!("../../../tests/packs/ballynoe.toml"),
        include_str!("../../../tests/packs/harbourlight.toml"),
    ];
    for pack in packs {
        let faults = check(pack).faults;
        assert!(faults.is_empty(), "{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
