//! The Managed Behaviour Policy of Alliance Homes, clause by clause: what its pack carries, and what the rules make of it.
//! A clause with a rule of its own is tested beside that rule.

use super::*;
use crate::rules::incident;
use crate::rules::ladder;
use crate::rules::policy::plain;
use crate::rules::{onward, reconsideration, report, restriction_term, review};
use chrono::NaiveDate;

fn policy() -> Policy {
    pack("alliance-homes")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn category(key: &str) -> Category {
    policy().behaviour.category(key).unwrap().clone()
}

#[test]
fn ah_01_abuse_of_a_process_is_an_effect_of_its_own() {
    assert!(stated(&policy().behaviour.effect("process").unwrap().source, "1.2"));
}

#[test]
fn ah_02_every_customer_it_serves_may_be_the_subject() {
    assert!(stated(&policy().people.subject("customer").unwrap().source, "1.4"));
}

#[test]
fn ah_03_two_names_for_one_post_are_read_as_one() {
    let policy = policy();
    let role = policy.roles.get("service-delivery-manager-customer-experience").unwrap();
    assert_eq!(role.title, "Service Delivery Manager – Customer Experience");
    assert!(policy.reading("ah-e").clauses.contains(&"5.2".to_owned()));
    assert!(stated(&policy.document.owner.source, "1.6"));
}

#[test]
fn ah_04_a_customer_can_read_how_behaviour_is_assessed_and_when_to_ask_again() {
    let chapters = format!("{:?}", plain::chapters(&policy()));
    for words in ["appeal", "factual error", "informal resolution"] {
        assert!(chapters.to_lowercase().contains(words), "{words}");
    }
}

#[test]
fn ah_05_being_assertive_clears_it_and_an_impact_has_to_be_shown() {
    let policy = policy();
    assert_eq!((policy.threshold("assertive").clears, policy.threshold("impact").clears), (YesNo::Yes, YesNo::No));
    assert!(stated(&policy.threshold("impact").source, "3.1"));
}

#[test]
fn ah_06_eight_groups_of_examples_with_refused_access_and_overload() {
    let policy = policy();
    let groups: Vec<&str> = policy.behaviour.groups().map(|(top, _)| top.key.as_str()).collect();
    assert_eq!(groups, ["demands", "persistence", "refusing-resolution", "offence", "abuse", "overload", "harassment", "breach"]);
    assert_eq!(category("refusing-resolution").examples, ["Not allowing access for a repair"]);
    assert!(category("overload").examples.iter().any(|example| example.contains("social media")));
}

#[test]
fn ah_09_an_advocate_is_invited_and_a_limit_is_by_the_week_or_month() {
    use MeasureKind::{AdvocateInvited, Channels, Complaint, Premises, Quota, SinglePointOfContact, Times, Topics};
    for kind in [SinglePointOfContact, AdvocateInvited, Channels, Times, Quota, Topics, Complaint, Premises] {
        assert!(policy().offer_stated(kind, "3.2"), "{kind:?}");
    }
}

#[test]
fn ah_10_abuse_and_violence_go_to_community_safety() {
    let policy = policy();
    for key in ["abuse", "harassment"] {
        assert_eq!(category(key).route, Route::Both, "{key}");
        assert!(category(key).process.unwrap().starts_with("Community Safety Team"), "{key}");
    }
    let told = incident::must_tell(&policy, &[Danger::VerbalAbuse], &["abuse".into()], "");
    assert_eq!(told.iter().map(|one| one.whom.as_str()).collect::<Vec<_>>(), ["Community Safety Team"]);
}

#[test]
fn ah_11_nothing_starts_without_an_end_a_review_and_a_letter() {
    let policy = policy();
    assert!(*policy.terms.end_date_required && stated(&policy.terms.end_date_required.source, "3.2"));
    assert!(!*policy.terms.permanent);
    for part in [LetterPart::Decision, LetterPart::Length, LetterPart::ReviewDay] {
        assert!(stated(policy.says(LetterKind::RestrictionNotice, part).unwrap(), "3.2"), "{part:?}");
    }
    let dates = restriction_term::Dates { from: day("2027-03-12"), until: None, review: day("2027-06-12") };
    let before = restriction_term::Before::new(&policy, day("2027-03-12"), &[], restriction_term::Runs::of(&policy, [], [""; 0]));
    let wrong = restriction_term::check(&policy, dates, &before);
    assert!(wrong.is_err(), "no end is refused");
}

#[test]
fn ah_12_a_referral_for_support_needs_the_customers_consent() {
    let agency = policy().hand_off("support-agency").clone();
    assert!(agency.with_consent && stated(&agency.source, "3.3"));
    let offered = incident::might_tell(&policy(), &[Danger::Harassment], &[], "customer");
    let agency = offered.iter().find(|one| one.key == "support-agency").unwrap();
    assert!(agency.because.ends_with("Ask for the ⟦customer⟧'s consent first."), "{}", agency.because);
}

#[test]
fn ah_13_only_direct_contact_is_ended_and_the_tenancy_may_be_acted_on() {
    let policy = policy();
    assert!(policy.offer_stated(MeasureKind::EndDirectContact, "3.3"));
    assert!(policy.measures.offer(MeasureKind::EndAllContact).is_none());
    assert!(stated(&policy.hand_off("tenancy-action").source, "3.3"));
    assert!(stated(&policy.referrals.police.consider.source, "3.3"));
}

#[test]
fn ah_14_the_restriction_its_length_and_a_refused_complaint_can_be_appealed() {
    let policy = policy();
    assert_eq!(*policy.challenge.against, [Against::Restriction, Against::Length, Against::ComplaintRefusal]);
    assert!(stated(&policy.challenge.against.source, "3.4"));
}

#[test]
fn ah_16_a_review_that_keeps_it_says_why_and_for_how_long() {
    let policy = policy();
    for part in [LetterPart::Reasons, LetterPart::Length] {
        assert!(stated(policy.says(LetterKind::ReviewOutcome, part).unwrap(), "3.4"), "{part:?}");
    }
    assert!(*policy.reviews.letter_always);
}

#[test]
fn ah_17_the_ombudsman_is_in_every_letter_with_all_its_details() {
    let policy = policy();
    for kind in LetterKind::ALL {
        assert!(stated(policy.says(*kind, LetterPart::Ombudsman).unwrap(), "3.4"), "{kind:?}");
    }
    let to = onward::ways(&policy, None)[0].to;
    assert!(to.phone.is_some() && to.email.is_some() && to.web.is_some() && to.post.is_some());
}

#[test]
fn ah_19_reconsideration_is_on_two_grounds_and_is_no_appeal() {
    let policy = policy();
    let again = policy.challenge.reconsideration.as_ref().unwrap();
    let grounds = &again.grounds;
    assert_eq!(grounds.len(), 2);
    assert!(stated(&grounds.source, "4") && policy.challenge.appeal.grounds.is_none());
    assert_eq!(reconsideration::due(&policy, again, day("2027-03-24")).due, day("2027-04-09"), "ten working days, past Easter");
}

#[test]
fn ah_21_the_leadership_team_gets_a_yearly_number_of_cases() {
    let policy = policy();
    let annual = policy.report("annual");
    assert!(annual.audience == "Leadership team" && stated(&annual.source, "5.1"));
    assert_eq!(report::covers(&policy, annual, day("2027-04-01")), (day("2026-01-01"), day("2026-12-31")));
}

#[test]
fn ah_22_feedback_on_the_policy_has_a_place_to_go() {
    let feedback = policy().document.feedback.expect("where feedback goes");
    assert!(stated(&feedback.source, "5.3"));
}

#[test]
fn ah_23_the_day_written_for_the_next_review_wins_over_two_years() {
    let document = policy().document;
    assert_eq!(document.review_every.to_string(), "24 months");
    assert_eq!(document.approved, Some(When::Day(day("2025-09-15"))));
    assert_eq!(document.next_review, Some(When::Day(day("2027-09-30"))));
}

#[test]
fn ah_24_it_is_tailored_to_the_needs_of_the_customer() {
    let policy = policy();
    for key in ["needs-and-circumstances", "representative"] {
        assert!(stated(&policy.assessment.question(key).unwrap().source, "6.1"), "{key}");
    }
    let tailored = policy.checklist("before-restricting").unwrap().items.iter().find(|item| item.key == "tailored").unwrap();
    assert!(tailored.blocking && stated(&tailored.source, "6.1"));
}

#[test]
fn ah_25_other_bodies_that_support_the_customer_are_thought_of() {
    let policy = policy();
    assert!(stated(&policy.assessment.question("multi-agency").unwrap().source, "6.2"));
    let item = policy.checklist("before-restricting").unwrap().items.iter().find(|item| item.key == "multi-agency").unwrap();
    assert!(!item.blocking, "it advises");
}

#[test]
fn ah_26_the_equality_assessment_has_its_days_and_outcomes_are_looked_at() {
    let policy = policy();
    assert_eq!(*policy.document.equality_assessment, "Completed 23 June 2025, reviewed 21 August 2025");
    assert!(stated(&policy.report("equality").source, "6.2"));
}

#[test]
fn ah_27_every_letter_can_be_had_in_another_format() {
    let policy = policy();
    for kind in LetterKind::ALL {
        assert!(stated(policy.says(*kind, LetterPart::OtherFormats).unwrap(), "6.5"), "{kind:?}");
    }
    assert!(policy.letters.other_formats.contains("large print"));
}

#[test]
fn ah_28_a_complaint_about_the_policy_is_another_route_than_an_appeal() {
    let policy = policy();
    assert_eq!(*policy.challenge.appeal.complaint, ComplaintRoute::Open);
    assert!(policy.onward.complaints.phone.is_some() && policy.onward.complaints.email.is_some());
}

#[test]
fn ah_29_informal_avenues_first_and_never_more_than_six_months_without_a_review() {
    let policy = policy();
    let next = ladder::to_restrict(&policy, &ladder::Past::default(), day("2027-03-12")).unwrap();
    assert!(!next.may, "{next:?}");
    assert!(review::check(&policy, day("2027-03-12"), day("2027-09-13"), None).is_err());
    assert_eq!(review::latest_due(&policy, day("2027-03-12")), day("2027-09-12"));
}

#[test]
fn ah_30_another_language_or_somebody_to_read_it_is_offered() {
    let formats = policy().letters.other_formats.value;
    assert!(formats.contains("another language") && formats.contains("read to you"), "{formats}");
}
