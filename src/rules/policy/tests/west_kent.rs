//! The Unacceptable Behaviour Policy of West Kent, clause by clause: what its pack carries, and what the rules make of it.
//! A clause with a rule of its own is tested beside that rule.

use super::*;
use crate::rules::authority::Asked;
use crate::rules::authority::Stages;
use crate::rules::incident;
use crate::rules::ladder::{self, Past};
use crate::rules::measure::bundle;
use crate::rules::measure::{Cadence, Channel, Day, Term};
use chrono::NaiveDate;
use std::collections::BTreeSet;

fn policy() -> Policy {
    pack("west-kent")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn wk_01_board_members_are_kept_safe_and_a_group_may_be_met() {
    let policy = policy();
    assert!(stated(&policy.people.affected("board-member").unwrap().source, "1.1"));
    assert!(*policy.people.groups && stated(&policy.people.groups.source, "1.1"));
}

#[test]
fn wk_02_anybody_living_in_or_visiting_a_home_may_be_the_subject() {
    let policy = policy();
    for key in ["resident", "household-member", "visitor", "community-client", "public"] {
        assert!(stated(&policy.people.subject(key).unwrap().source, "1.2"), "{key}");
    }
}

#[test]
fn wk_03_fair_use_can_be_seen_in_the_report() {
    let policy = policy();
    assert!(policy.report("all-incidents").counts.contains(&Counted::Equality));
}

#[test]
fn wk_04_recording_and_personal_social_media_are_among_the_examples() {
    let policy = policy();
    for key in ["discrimination", "harassment", "social-media", "recording"] {
        assert!(stated(&policy.behaviour.category(key).unwrap().source, "1.4"), "{key}");
    }
}

#[test]
fn wk_05_every_decision_says_how_to_complain_about_us() {
    let policy = policy();
    assert!(stated(policy.says(LetterKind::RestrictionNotice, LetterPart::Complaint).unwrap(), "1.6"));
    assert!(policy.says(LetterKind::Warning, LetterPart::Complaint).is_some());
    assert_eq!(*policy.challenge.appeal.complaint, ComplaintRoute::Open);
}

#[test]
fn wk_06_anger_about_the_subject_is_not_aggression_at_a_person() {
    let policy = policy();
    assert!(stated(&policy.threshold("angry").source, "1.7"));
    assert!(policy.threshold("about-the-subject").clears == YesNo::Yes && stated(&policy.threshold("about-the-subject").source, "2.3"));
}

#[test]
fn wk_07_work_related_violence_needs_no_physical_harm() {
    let policy = policy();
    assert!(policy.behaviour.category("threats").unwrap().examples.join(" ").contains("verbal threats"));
    assert!(stated(&policy.behaviour.effect("fear").unwrap().source, "2.1"));
}

#[test]
fn wk_08_demands_are_judged_by_impact_and_persistence_by_time() {
    let policy = policy();
    assert!(incident::effects_lacking(&policy, &["demands".into()], &["fear".into()]).len() == 1, "fear is no impact on the service");
    assert!(incident::effects_lacking(&policy, &["persistence".into()], &["disproportionate".into()]).is_empty());
    assert!(stated(&policy.assessment.question("level-of-contact").unwrap().source, "3.3"));
}

#[test]
fn wk_09_a_burden_on_one_member_of_staff_is_seen_and_support_is_offered() {
    let policy = policy();
    let report = policy.report("who-it-falls-on");
    assert!(report.counts.contains(&Counted::Affected) && report.counts.contains(&Counted::Support));
    assert!(!policy.support.offers.is_empty());
}

#[test]
fn wk_10_a_repair_can_always_be_reported_and_the_letter_says_so() {
    let policy = policy();
    assert!(policy.always_open(Purpose::Repair));
    let repair = policy.measures.always_open.iter().find(|open| open.purpose == Purpose::Repair).unwrap();
    assert!(stated(&repair.source, "5.1"));
    assert!(stated(policy.says(LetterKind::RestrictionNotice, LetterPart::AlwaysOpen).unwrap(), "5.1"));
}

#[test]
fn wk_11_any_combination_of_ways_but_never_none() {
    let policy = policy();
    let all_but = |left: &[Channel]| {
        let closed: BTreeSet<Channel> = Channel::ALL.iter().copied().filter(|channel| !left.contains(channel)).collect();
        bundle::may_go_on(&bundle::check(&[Term::Channels { closed }.into()], &policy.bounds(), &[]))
    };
    assert!(all_but(&[Channel::Letter]));
    assert!(!all_but(&[]));
}

#[test]
fn wk_12_violence_always_goes_to_tenancy_enforcement() {
    let policy = policy();
    let told = incident::must_tell(&policy, &[Danger::PhysicalViolenceThreatened], &["threats".into()], "resident");
    assert!(told.iter().any(|one| one.key == "tenancy-enforcement" && one.whom == "Tenancy enforcement"), "{told:?}");
    let enforcement = policy.hand_off("tenancy-enforcement");
    assert_eq!(enforcement.always, [Danger::PhysicalViolenceUsed, Danger::PhysicalViolenceThreatened]);
    assert!(stated(&enforcement.source, "5.3"));
}

#[test]
fn wk_13_a_third_party_may_be_asked_for_and_refusing_one_never_closes_everything() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::RepresentativeOnly, "5.4") && policy.offer_stated(MeasureKind::ReadAndFile, "5.4"));
    assert!(policy.measures.offer(MeasureKind::EndAllContact).is_none(), "no longer dealt with is read with 5.2");
    assert!(policy.reading("wk-b").clauses.contains(&"5.4".to_owned()));
}

#[test]
fn wk_15_whatever_else_is_done_says_what_and_why() {
    use MeasureKind::{AppointmentOnly, Other, SinglePointOfContact, TechnicalBlock, Times};
    let policy = policy();
    for kind in [Times, SinglePointOfContact, AppointmentOnly, TechnicalBlock, Other] {
        assert!(policy.offer_stated(kind, "5.6"), "{kind:?}");
    }
    assert!(policy.measures.offer(Other).unwrap().own_reason);
}

#[test]
fn wk_16_two_staff_may_visit_and_leave_if_threatened() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::TwoPersonVisits, "5.7"));
    let pairs = policy.markers.iter().find(|marker| marker.key == "visit-in-pairs").unwrap();
    assert!(stated(&pairs.source, "5.7") && pairs.instruction.contains("Leave"));
}

#[test]
fn wk_17_so_many_matters_in_a_time_and_answers_on_a_set_day() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::Issues, "5.8") && policy.offer_stated(MeasureKind::Replies, "5.8"));
}

#[test]
fn wk_18_a_block_on_a_personal_account_has_its_own_reason() {
    let policy = policy();
    let block = policy.measures.offer(MeasureKind::TechnicalBlock).unwrap();
    assert!(block.own_reason && block.source.clause().unwrap().contains("5.9"));
    assert!(!policy.reading("wk-f").reading.is_empty());
}

#[test]
fn wk_19_a_talk_is_offered_at_the_first_stage_and_formal_action_needs_it() {
    let policy = policy();
    let talk = policy.checklist("management-action").unwrap().items.iter().find(|item| item.key == "talk").unwrap();
    assert!(talk.blocking && stated(&talk.source, "6.1"));
    assert!(stated(policy.says(LetterKind::Warning, LetterPart::TalkToUs).unwrap(), "6.1"));
    let next = ladder::to_restrict(&policy, &Past::default(), day("2027-03-12")).unwrap();
    assert!(!next.may, "{next:?}");
}

#[test]
fn wk_20_answers_come_every_week_or_two_and_we_owe_them() {
    let policy = policy();
    assert!(policy.measures.offer(MeasureKind::Replies).unwrap().source.clause().unwrap().contains("6.1"));
    let replies = Term::Replies { every: Some(Cadence::Fortnight), on: Some(Day::Friday), by: "Ngozi Okoro".into(), one_for_all: false };
    let days = replies.duty().unwrap().due_days(policy.calendar(), day("2027-03-12"), day("2027-04-30"));
    assert!(days.len() >= 3, "{days:?}");
}

#[test]
fn wk_21_the_notice_says_what_why_how_and_how_long_and_improvement_is_a_ground() {
    let policy = policy();
    for part in [LetterPart::Decision, LetterPart::Reasons, LetterPart::Terms, LetterPart::Length] {
        assert!(stated(policy.says(LetterKind::RestrictionNotice, part).unwrap(), "6.2"), "{part:?}");
    }
    assert_eq!(policy.challenge.reconsideration.as_ref().unwrap().grounds[0], "things have gone better since");
}

#[test]
fn wk_23_adjustments_are_asked_about_and_other_formats_offered() {
    let policy = policy();
    let adjustments = policy.checklist("before-formal-action").unwrap().items.iter().find(|item| item.key == "adjustments").unwrap();
    assert!(adjustments.blocking && stated(&adjustments.source, "7.1"));
    assert!(stated(&policy.letters.other_formats.source, "7.1"));
}

#[test]
fn wk_24_what_was_tried_before_is_part_of_the_assessment() {
    assert!(policy().assessment.question("adjustments-tried").unwrap().source.clause().unwrap().contains("7.3"));
}

#[test]
fn wk_25_all_incidents_are_reported_with_how_they_were_managed() {
    let policy = policy();
    let counts = &policy.report("all-incidents").counts;
    for counted in [Counted::Incidents, Counted::Warnings, Counted::Restrictions] {
        assert!(counts.contains(&counted), "{counted:?}");
    }
}

#[test]
fn wk_26_the_whole_register_is_looked_at() {
    let reviews = policy().reviews;
    assert!(*reviews.whole_register && stated(&reviews.whole_register.source, "8.1"));
    let [tier] = &reviews.tiers[..] else { panic!("one meeting over all: {:?}", reviews.tiers) };
    assert_eq!((tier.every.to_string().as_str(), &tier.held_by), ("6 months", &Who::Role("head-of-service".into())));
    assert!(matches!(tier.source, Source::Interpretation { .. }), "8.1 names neither who nor the first day");
}

#[test]
fn wk_27_reviewed_as_required_is_read_as_at_least_every_three_years() {
    let every = policy().document.review_every;
    assert!(matches!(every.source, Source::Interpretation { .. }));
    assert_eq!(every.to_string(), "36 months");
}

#[test]
fn wk_28_two_policies_stand_beside_it() {
    assert_eq!(policy().document.related, ["Community Safety Policy", "Complaints Policy"]);
}

#[test]
fn wk_22_who_authorises_is_by_default_never_the_head_who_hears_the_appeal() {
    let policy = policy();
    let asked = Asked {
        measures: BTreeSet::from([MeasureKind::Channels.key().to_owned()]),
        reach: None,
        from: day("2027-03-12"),
        until: Some(day("2027-09-01")),
        skipped: [].into(),
        behaviours: BTreeSet::new(),
    };
    let stages = Stages::of(&policy, &asked);
    assert!(stages.stages.iter().all(|stage| stage.of.say(&policy.roles) != "a Head of Service"));
    assert!(stages.because.iter().any(|line| line.contains("The policy does not say")));
}
