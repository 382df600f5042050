//! The Unacceptable customer behaviour Policy of Housing Solutions, clause by clause: what its pack carries, and what the rules make of it.
//! A clause with a rule of its own is tested beside that rule.

use super::*;
use crate::rules::authority::{History, Person, may_propose, may_take};
use crate::rules::id::StaffId;
use crate::rules::incident;
use crate::rules::ladder::{self, Past, Taken};
use crate::rules::measure::bundle;
use crate::rules::measure::{Cadence, Channel, Day, OneOpenChannel, Term, TopicMode};
use crate::rules::policy::plain;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;

fn policy() -> Policy {
    pack("housing-solutions")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn taken(step: &str) -> Taken {
    Taken {
        step: step.into(),
        on: day("2027-02-01"),
        withdrawn: false,
        case_closed: None,
        promised: None,
        behaviours: vec!["demands".into()],
    }
}

fn person(role: &str) -> Person {
    Person { id: StaffId(Uuid::from_u128(7)), roles: vec![role.into()] }
}

#[test]
fn hs_02_an_advocate_with_permission_may_be_the_subject() {
    assert!(stated(&policy().people.subject("representative").unwrap().source, "1.1"));
}

#[test]
fn hs_03_contractors_and_agents_are_kept_safe() {
    let policy = policy();
    assert!(stated(&policy.people.affected("contractor").unwrap().source, "2.1"));
    assert!(policy.people.affected("agent").is_some());
}

#[test]
fn hs_04_a_concern_comes_before_any_warning_and_an_adviser_may_raise_it() {
    let policy = policy();
    let concern = policy.ladder.step("concern").unwrap();
    assert!(concern.kind == StepKind::Informal && stated(&concern.source, "2.2"));
    assert_eq!(may_take(&policy, concern, &person("adviser"), &History::default()), Ok(()));
}

#[test]
fn hs_05_a_manager_decides_on_what_is_reported() {
    let policy = policy();
    assert!(incident::may_decide(&policy, &person("manager"), &History::default()).is_ok());
    assert!(incident::may_decide(&policy, &person("adviser"), &History::default()).is_err());
}

#[test]
fn hs_06_a_head_of_service_reaches_further_than_a_manager() {
    let policy = policy();
    let reach = |key: &str| policy.roles.get(key).unwrap().reach.rank();
    assert!(reach("head-of-service") > reach("manager") && reach("manager") > reach("adviser"));
}

#[test]
fn hs_07_directors_hear_appeals() {
    let policy = policy();
    assert_eq!(policy.challenge.appeal.decider.say(&policy.roles), "a Director");
    assert!(stated(&policy.challenge.appeal.decider.source, "2.2"));
}

#[test]
fn hs_08_forceful_or_out_of_character_is_not_yet_unacceptable() {
    let policy = policy();
    for key in ["forceful", "out-of-character"] {
        assert!(policy.threshold(key).clears == YesNo::Yes && stated(&policy.threshold(key).source, "3.1"), "{key}");
    }
}

#[test]
fn hs_09_abuse_has_kinds_of_its_own() {
    let policy = policy();
    let (_, within) = policy.behaviour.groups().find(|(top, _)| top.key == "abuse").unwrap();
    let keys: Vec<&str> = within.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["physical", "verbal", "intimidation"]);
    let examples = |key: &str| policy.behaviour.category(key).unwrap().examples.join(" ");
    assert!(examples("verbal").contains("protected characteristics"));
    assert!(examples("intimidation").contains("professional boundaries"));
}

#[test]
fn hs_11_asking_for_somebody_to_be_disciplined_again_and_again_is_a_demand() {
    let demands = policy().behaviour.category("demands").unwrap().clone();
    assert!(demands.examples.iter().any(|example| example.contains("disciplined")) && stated(&demands.source, "3.3"));
}

#[test]
fn hs_12_vexation_is_a_category_with_its_own_test() {
    let policy = policy();
    let vexation = policy.behaviour.category("vexation").unwrap();
    assert!(stated(&vexation.source, "3.5") && !vexation.effects_needed.is_empty());
    assert_eq!(incident::effects_lacking(&policy, &["vexation".into()], &[]).len(), 1);
}

#[test]
fn hs_13_social_media_is_judged_like_speech() {
    let policy = policy();
    assert!(stated(&policy.behaviour.category("online").unwrap().source, "3.6"));
    assert!(policy.people.channels.contains(&Channel::Social));
}

#[test]
fn hs_14_an_alert_is_no_warning_and_no_restriction() {
    let policy = policy();
    let alert = policy.markers.iter().find(|marker| marker.key == "alert").unwrap();
    assert!(alert.rests_on == RestsOn::Person && policy.ladder.step("alert").is_none());
}

#[test]
fn hs_15_what_can_be_done_depends_on_the_relationship() {
    let policy = policy();
    let offered = |subject: &str| {
        let might = incident::might_tell(&policy, &[Danger::SeriousThreat], &[], subject);
        might.iter().any(|one| one.key == "tenancy-enforcement")
    };
    assert!(offered("customer") && !offered("representative"), "a representative has no tenancy to act on");
}

#[test]
fn hs_17_a_third_party_may_be_the_way_for_somebody_vulnerable() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::RepresentativeOnly, "6.3.2"));
    let tenancy = policy.checklist("drafting").unwrap().items.iter().find(|item| item.key == "tenancy").unwrap();
    assert!(tenancy.source.clause().unwrap().contains("6.3.2"));
}

#[test]
fn hs_18_abusive_letters_are_read_and_filed_after_the_customer_was_told() {
    assert!(policy().offer_stated(MeasureKind::ReadAndFile, "6.3.3"));
}

#[test]
fn hs_20_abuse_always_goes_into_the_customer_risk_process() {
    let policy = policy();
    let told = incident::must_tell(&policy, &[Danger::VerbalAbuse], &["verbal".into()], "customer");
    assert_eq!(told.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["customer-risk"]);
    let risk = policy.hand_off("customer-risk").clone();
    assert!(risk.always.contains(&Danger::VerbalAbuse) && risk.always.contains(&Danger::PhysicalViolenceUsed));
    assert!(stated(&risk.source, "6.3.5"));
}

#[test]
fn hs_21_a_notice_or_an_injunction_is_another_process() {
    assert!(stated(&policy().hand_off("tenancy-enforcement").source, "6.3.6"));
}

#[test]
fn hs_22_equal_access_is_written_down() {
    assert!(stated(&policy().assessment.question("equal-access").unwrap().source, "6.4.1"));
}

#[test]
fn hs_23_any_combination_of_ways_and_documents_sent_back() {
    use MeasureKind::{AppointmentOnly, Channels, Documents, Other, SinglePointOfContact, Times};
    let policy = policy();
    for kind in [Channels, Times, SinglePointOfContact, AppointmentOnly, Documents, Other] {
        assert!(policy.offer_stated(kind, "6.4.2"), "{kind:?}");
    }
    assert!(policy.measures.offer(Documents).unwrap().own_reason && policy.measures.offer(Other).unwrap().own_reason);
}

#[test]
fn hs_24_only_so_many_matters_in_a_time() {
    assert!(policy().offer_stated(MeasureKind::Issues, "6.4.3"));
}

#[test]
fn hs_25_only_health_and_safety_for_a_time() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::Topics, "6.4.4"));
    let only = Term::Topics { mode: TopicMode::Only, topics: vec!["health and safety".into()], purposes: BTreeSet::new() };
    let refusals = bundle::check(&[only.into()], &policy.bounds(), &[]);
    assert!(bundle::may_go_on(&refusals), "{refusals:?}");
    assert!(policy.always_open(Purpose::Emergency));
}

#[test]
fn hs_26_one_way_of_contact_stays_open() {
    let policy = policy();
    assert_eq!(*policy.measures.one_open_channel, OneOpenChannel::Enforced);
    let closed: BTreeSet<Channel> = Channel::ALL.iter().copied().collect();
    assert!(!bundle::may_go_on(&bundle::check(&[Term::Channels { closed }.into()], &policy.bounds(), &[])));
}

#[test]
fn hs_29_a_formal_warning_is_written_and_behaviour_of_any_type_counts() {
    let policy = policy();
    let formal = policy.ladder.step("formal-warning").unwrap();
    assert!(!formal.forms.contains(&StepForm::Spoken));
    assert!(*policy.ladder.counts_across_categories && stated(&policy.ladder.counts_across_categories.source, "6.5.2"));
    let past = Past { taken: vec![taken("initial-warning")], behaviours: vec!["verbal".into()], ..Past::default() };
    assert!(ladder::next(&policy, &past, day("2027-03-12"), formal).may, "a warning about demands counts towards one about abuse");
    assert!(stated(policy.says(LetterKind::Warning, LetterPart::Consequences).unwrap(), "5.2"));
}

#[test]
fn hs_33_a_protocol_says_how_often_when_and_with_whom_and_binds_the_landlord() {
    use MeasureKind::{AppointmentOnly, Quota, Replies, SinglePointOfContact, Times, Topics};
    let policy = policy();
    for kind in [SinglePointOfContact, Times, Quota, Replies, AppointmentOnly, Topics] {
        assert!(policy.measures.offer(kind).unwrap().source.clause().unwrap().contains("6.5.4"), "{kind:?}");
    }
    let replies = Term::Replies { every: Some(Cadence::Fortnight), on: Some(Day::Friday), by: "Ngozi Okoro".into(), one_for_all: false };
    assert!(replies.duty().is_some(), "a reply every two weeks is the landlord's own duty");
}

#[test]
fn hs_34_support_and_circumstances_before_it_is_drafted() {
    let items = &policy().checklist("drafting").unwrap().items.clone();
    for key in ["circumstances", "support"] {
        let item = items.iter().find(|item| item.key == key).unwrap();
        assert!(item.blocking && stated(&item.source, "6.5.4"), "{key}");
    }
}

#[test]
fn hs_35_an_open_complaint_may_be_closed_with_its_own_reason_and_the_ombudsman_named() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::Complaint, "6.5.4"));
    assert!(policy.measures.offer(MeasureKind::Complaint).unwrap().own_reason);
    assert!(policy.says(LetterKind::RestrictionNotice, LetterPart::Ombudsman).is_some());
}

#[test]
fn hs_38_ethnicity_vulnerability_and_disability_are_reported() {
    let policy = policy();
    assert!(policy.report("diversity").counts.contains(&Counted::Equality) && stated(&policy.report("diversity").source, "7.1"));
}

#[test]
fn hs_39_small_numbers_are_not_printed() {
    assert!(policy().reports.iter().all(|report| report.grain == Grain::Aggregate && report.hide_below >= 5));
}

#[test]
fn hs_40_the_policy_is_reviewed_every_three_years() {
    let document = policy().document;
    assert_eq!(document.review_every.to_string(), "36 months");
    assert!(stated(&document.review_every.source, "9.1"));
}

#[test]
fn hs_41_four_audiences_read_the_report() {
    let audience = policy().report("performance").audience.clone();
    for who in ["Senior Management Team", "Executive Team", "Board", "committees"] {
        assert!(audience.contains(who), "{who}");
    }
}

#[test]
fn hs_42_the_process_is_told_from_the_ladder() {
    let policy = policy();
    let chapters = format!("{:?}", plain::chapters(&policy));
    for step in &policy.ladder.steps {
        assert!(chapters.contains(&step.title), "{}", step.title);
    }
}

#[test]
fn hs_05_a_manager_may_act_on_their_own_experience_by_proposing() {
    assert!(may_propose(&policy(), &person("manager"), &History::default()).is_ok());
}
