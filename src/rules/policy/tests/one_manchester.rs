//! The Unacceptable Behaviour Policy of One Manchester, clause by clause: what its pack carries, and what the rules make of it.
//! A clause with a rule of its own is tested beside that rule.

use super::*;
use crate::rules::incident;
use crate::rules::ladder;
use crate::rules::measure::bundle;
use crate::rules::measure::{Channel, OneOpenChannel, Term};
use crate::rules::onward;
use crate::rules::policy::plain;
use std::collections::BTreeSet;

fn policy() -> Policy {
    pack("one-manchester")
}

fn keys(kinds: &[Kind]) -> Vec<&str> {
    kinds.iter().map(|kind| kind.key.as_str()).collect()
}

#[test]
fn om_01_volunteers_and_placements_are_kept_safe_as_staff_are() {
    let affected = &policy().people.affected;
    assert_eq!(keys(affected), ["staff", "volunteer", "placement", "contractor", "partner", "resident"]);
    assert!(affected[..3].iter().all(|kind| stated(&kind.source, "1.0")));
}

#[test]
fn om_02_harm_to_staff_and_harm_to_the_service_are_both_effects() {
    let policy = policy();
    for key in ["staff-harm", "service"] {
        assert!(stated(&policy.behaviour.effect(key).unwrap().source, "1.0"), "{key}");
    }
    let lacking = incident::effects_lacking(&policy, &["abuse".into()], &[]);
    assert_eq!(lacking.len(), 1, "one of the two has to be shown: {lacking:?}");
    assert!(incident::effects_lacking(&policy, &["abuse".into()], &["service".into()]).is_empty());
}

#[test]
fn om_03_a_customer_need_not_have_a_tenancy() {
    let policy = policy();
    for key in ["leaseholder", "owner-occupier", "former-tenant", "visitor", "friend-or-relative", "representative"] {
        assert!(policy.people.subject(key).is_some(), "{key}");
    }
    assert!(policy.reading("om-c").reading.contains("or"), "a drafting slip is read out loud");
}

#[test]
fn om_04_contractors_are_kept_safe_and_told_what_they_need() {
    let policy = policy();
    assert!(stated(&policy.people.affected("contractor").unwrap().source, "3.0"));
    let copy = policy.letters.copies.iter().find(|copy| copy.to == Recipient::Contractors).unwrap();
    assert!(copy.summary && copy.letter == LetterKind::RestrictionNotice && stated(&copy.source, "3.0"));
}

#[test]
fn om_05_needs_of_both_sides_come_before_a_decision() {
    let policy = policy();
    for key in ["needs-and-circumstances", "staff-circumstances"] {
        assert!(stated(&policy.assessment.question(key).unwrap().source, "4.0"), "{key}");
    }
    let both = &policy.checklist("before-restricting").unwrap().items[0];
    assert!(both.key == "both-sides" && both.blocking, "{both:?}");
}

#[test]
fn om_06_out_of_character_difficult_or_forceful_is_not_yet_unacceptable() {
    let policy = policy();
    for key in ["out-of-character", "personally-difficult", "forceful"] {
        let threshold = policy.threshold(key);
        assert!(threshold.clears == YesNo::Yes && stated(&threshold.source, "4.0"), "{key}");
    }
}

#[test]
fn om_09_a_restriction_has_to_be_proportionate_and_that_stands_in_the_way() {
    let policy = policy();
    assert!(stated(&policy.assessment.question("proportionality").unwrap().source, "4.0"));
    let items = &policy.checklist("before-restricting").unwrap().items;
    assert!(items.iter().any(|item| item.key == "proportionate" && item.blocking && stated(&item.source, "4.0")));
    assert!(policy.ladder.restriction().unwrap().checklists.contains(&"before-restricting".to_owned()));
}

#[test]
fn om_10_the_director_of_communities_is_consulted_first() {
    let policy = policy();
    let stages = &policy.authority.rules[0].stages;
    let consulted: Vec<String> =
        stages.iter().filter(|stage| stage.kind == StageKind::Consult).map(|stage| stage.of.say(&policy.roles)).collect();
    assert_eq!(consulted, ["a Head of Service", "the Director of Communities"]);
    assert_eq!(policy.reading("om-a").clauses, ["4.0", "7.0"]);
}

#[test]
fn om_11_nine_measures_and_two_that_are_no_restriction() {
    use MeasureKind::{
        Channels, EndAllContact, Quota, ReadAndFile, RepresentativeOnly, SinglePointOfContact, TechnicalBlock, Times, Withdrawn,
    };
    let policy = policy();
    for kind in [Withdrawn, TechnicalBlock, SinglePointOfContact, RepresentativeOnly, Channels, Times, Quota, ReadAndFile, EndAllContact] {
        assert!(policy.offer_stated(kind, "4.0"), "{kind:?}");
    }
    assert_eq!(policy.referrals.police.suggested_by(&[Danger::CriminalOffence]), Some(Danger::CriminalOffence));
    assert!(stated(&policy.hand_off("legal-action").source, "4.0"), "legal action is a hand-off");
}

#[test]
fn om_12_a_withdrawn_offer_is_also_handed_to_allocations() {
    assert!(stated(&policy().hand_off("allocations").source, "4.0"));
}

#[test]
fn om_13_read_and_file_is_offered_and_closes_no_way_in() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::ReadAndFile, "4.0"));
    let term = Term::ReadAndFile { about: "the boundary of 2024".into(), reader: "the complaints team".into() };
    assert!(bundle::closed(&[term.into()]).is_empty(), "somebody still reads it");
}

#[test]
fn om_14_the_last_way_in_may_be_closed_by_a_director_and_nobody_else() {
    let policy = policy();
    assert_eq!(*policy.measures.one_open_channel, OneOpenChannel::Advisory);
    let by = policy.measures.override_by.as_ref().unwrap();
    assert_eq!(by.say(&policy.roles), "a Director");
    let closed: BTreeSet<Channel> = Channel::ALL.iter().copied().collect();
    let refusals = bundle::check(&[Term::Channels { closed }.into()], &policy.bounds(), &[]);
    assert!(!refusals.is_empty(), "it is at least warned of");
}

#[test]
fn om_16_everybody_who_deals_with_the_customer_is_told() {
    let policy = policy();
    let copy = policy.letters.copies.iter().find(|copy| copy.to == Recipient::Services).unwrap();
    assert!(stated(&copy.source, "4.0") && copy.summary);
}

#[test]
fn om_20_equality_is_written_down_in_every_decision_and_reported() {
    let policy = policy();
    assert!(stated(&policy.assessment.question("equality").unwrap().source, "6.0"));
    let adjustments = policy.checklist("before-restricting").unwrap().items.iter().find(|item| item.key == "adjustments").unwrap();
    assert!(adjustments.blocking && stated(&adjustments.source, "6.0"));
    assert!(policy.report("equality").counts.contains(&Counted::Equality));
}

#[test]
fn om_21_the_equality_assessment_is_on_record() {
    assert!(stated(&policy().document.equality_assessment.source, "6.0"));
}

#[test]
fn om_22_the_director_of_communities_answers_for_it() {
    let document = policy().document;
    assert_eq!(*document.accountable, "Director of Communities");
    assert!(stated(&document.accountable.source, "7.0"));
}

#[test]
fn om_25_serious_violence_goes_past_the_warning_to_two_services() {
    let policy = policy();
    let told: Vec<String> =
        incident::must_tell(&policy, &[Danger::SeriousThreat], &["threats".into()], "").into_iter().map(|one| one.whom).collect();
    assert!(told.contains(&"Police".to_owned()) && told.contains(&"Community Safety Team".to_owned()), "{told:?}");
    let past = ladder::Past { dangers: vec![Danger::SeriousThreat], ..ladder::Past::default() };
    let next = ladder::to_restrict(&policy, &past, "2027-03-12".parse().unwrap()).unwrap();
    assert!(next.skip.is_some(), "the opportunity may be left out: {next:?}");
}

#[test]
fn om_27_the_operations_committee_sees_how_it_is_used_without_names() {
    let policy = policy();
    let report = policy.report("use");
    assert_eq!((report.audience.as_str(), report.grain, report.hide_below), ("Operations Committee", Grain::Aggregate, 5));
}

#[test]
fn om_28_the_law_is_checked_every_year_and_the_policy_every_three() {
    let document = policy().document;
    assert_eq!(document.review_every.to_string(), "36 months");
    let legal = document.legal_check_every.expect("a legal check");
    assert_eq!(legal.to_string(), "12 months");
    assert!(stated(&legal.source, "8.0"));
}

#[test]
fn om_29_the_policies_beside_it_are_named() {
    let related = policy().document.related;
    for name in ["Complaints", "Health and Safety", "Allocations", "ASB and Hate Crime", "Equality"] {
        assert!(related.iter().any(|one| one.contains(name)), "{name}");
    }
}

#[test]
fn om_19_the_ombudsman_stays_open_after_a_lost_appeal() {
    let policy = policy();
    assert_eq!(*policy.challenge.appeal.complaint, ComplaintRoute::ClosedAfterAppeal);
    assert!(policy.says(LetterKind::AppealOutcome, LetterPart::Ombudsman).is_some());
    assert_eq!(onward::ways(&policy, None)[0].to.name, "Housing Ombudsman Service");
}

#[test]
fn om_07_the_policy_in_plain_words_shows_every_category() {
    let policy = policy();
    let words = format!("{:?}", plain::chapters(&policy));
    for category in &policy.behaviour.categories {
        assert!(words.contains(&category.title), "{}", category.title);
    }
}
