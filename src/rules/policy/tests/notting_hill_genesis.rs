//! The policy of Notting Hill Genesis, clause by clause: what its pack carries, and the safe defaults where it is silent.
//! A clause with a rule of its own is tested beside that rule.

use super::*;
use crate::rules::agreement::{self, Answer};
use crate::rules::marker;
use crate::rules::policy::check;
use crate::rules::{incident, retention, review};
use chrono::NaiveDate;

fn policy() -> Policy {
    pack("notting-hill-genesis")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn nhg_01_what_staff_need_not_accept_is_said_in_words() {
    let words = policy().behaviour.threshold_words;
    assert!(stated(&words.source, "1.0") && words.len() > 80);
}

#[test]
fn nhg_02_distress_about_the_home_clears_it_and_is_asked_about() {
    let policy = policy();
    assert!(policy.threshold("distress").clears == YesNo::Yes && stated(&policy.threshold("distress").source, "1.0"));
    assert!(stated(&policy.assessment.question("what-was-happening").unwrap().source, "1.0"));
}

#[test]
fn nhg_03_whoever_the_customer_complains_about_decides_nothing() {
    let policy = policy();
    for never in [&policy.authority.never_authorises, &policy.challenge.appeal.never_decides, &policy.reviews.never_reviews] {
        assert!(never.contains(&Part::ComplainedAbout));
    }
    assert!(policy.document.related.contains(&"Code of conduct".to_owned()));
}

#[test]
fn nhg_05_pets_the_same_issue_by_other_routes_and_one_member_of_staff_refused() {
    let policy = policy();
    assert!(stated(&policy.behaviour.category("pets").unwrap().source, "2.0"));
    let examples = |key: &str| policy.behaviour.category(key).unwrap().examples.join(" ");
    assert!(examples("persistence").contains("different routes") && examples("demands").contains("one is refused"));
    let animal = policy.markers.iter().find(|marker| marker.key == "animal").unwrap();
    assert_eq!(animal.rests_on, RestsOn::Property, "the hazard is the address's");
}

#[test]
fn nhg_06_an_occupancy_agreement_is_what_a_resident_has() {
    let policy = policy();
    assert!(stated(&policy.people.subject("resident").unwrap().source, "3.0"));
    assert!(policy.document.related.iter().any(|one| one.contains("Licence")));
}

#[test]
fn nhg_07_a_risk_to_staff_is_a_marker_that_is_looked_at_again() {
    let policy = policy();
    assert_eq!(*policy.assessment.title, "Customer risk assessment");
    let pairs = policy.markers.iter().find(|marker| marker.key == "visit-in-pairs").unwrap();
    let set = marker::Set { on: day("2027-03-12"), confirmed_on: Some(day("2027-03-15")), removed_on: None };
    let stands = marker::stands(&policy, pairs, set, day("2027-09-16"));
    assert_eq!(stands, marker::Stands::Overdue { since: day("2027-09-15") });
}

#[test]
fn nhg_08_an_agreement_of_two_sides_restricts_nobody() {
    let policy = policy();
    let signed = &policy.agreements[0];
    let accepted = agreement::stands(&policy, signed, day("2027-03-12"), Answer::Accepted(day("2027-03-15")), day("2027-03-16"));
    assert!(agreement::means(signed, accepted).ends_with("It is not a restriction."));
    assert!(!policy.reading("nhg-a").reading.is_empty());
}

#[test]
fn nhg_09_staff_and_the_customer_are_offered_support() {
    let support = policy().support;
    assert!(support.offers.iter().any(|offer| offer.contains("customer")));
    assert!(stated(&support.offered_by.source, "4.0"));
}

#[test]
fn nhg_13_everything_is_recorded_whatever_follows() {
    let policy = policy();
    assert!(!incident::effects_lacking(&policy, &["verbal".into()], &[]).is_empty(), "an effect is asked for");
    assert!(policy.report("evaluation").counts.contains(&Counted::Incidents));
}

#[test]
fn nhg_14_needs_and_proportion_stand_in_the_way() {
    let items = policy().checklist("before-agreement").unwrap().items.clone();
    for key in ["proportionate", "needs"] {
        let item = items.iter().find(|item| item.key == key).unwrap();
        assert!(item.blocking && stated(&item.source, "5.0"), "{key}");
    }
}

#[test]
fn nhg_16_calls_may_be_listened_to_and_are_kept_no_longer_than_needed() {
    let policy = policy();
    let kept = retention::keep(&policy, RecordKind::Recording, Severity::Serious, day("2027-03-12"));
    assert_eq!((kept.stays_until, kept.gone_by), (day("2027-06-12"), Some(day("2028-03-12"))));
}

#[test]
fn nhg_17_nine_documents_stand_beside_it() {
    let policy = policy();
    assert_eq!(policy.document.related.len(), 9);
    assert!(stated(&policy.hand_off("safeguarding").source, "6.0"));
}

#[test]
fn nhg_18_both_assessments_are_given_on_request() {
    assert!(stated(&policy().document.equality_assessment.source, "7.0"));
    assert!(policy().document.equality_assessment.contains("on request"));
    let privacy = policy().document.privacy_assessment.expect("a privacy assessment");
    assert!(stated(&privacy.source, "7.0"));
}

#[test]
fn nhg_19_the_day_of_approval_is_not_the_day_it_took_effect() {
    let document = policy().document;
    assert_eq!(document.approved, Some(When::Day(day("2019-02-05"))));
    assert_eq!(document.effective, Some(When::Day(day("2019-04-08"))));
    assert_eq!(*document.accountable, "Director of Business Improvement");
}

#[test]
fn nhg_15_an_injunction_and_an_eviction_are_another_process() {
    assert!(stated(&policy().hand_off("occupancy-action").source, "5.0"));
}

/// The Ombudsman found against this landlord twice for contact arrangements nobody reviewed.
#[test]
fn silence_where_the_policy_is_silent_a_review_is_held_all_the_same_and_the_silence_is_found() {
    let policy = policy();
    assert_eq!(review::usual_due(&policy, day("2027-03-12"), None), day("2027-09-10"));
    let found = check(PACKS[3].1).findings;
    assert!(found.iter().any(|finding| finding.place == "reviews.usual" && finding.says.contains("5.14")), "{found:?}");
}

/// The policy says that details may differ and not which, so its pack has no area; where an area says what differs, the rest stays NHG's.
#[test]
fn nhg_12_details_may_differ_by_business_area_and_the_rest_stays_as_it_is() {
    let reading = policy().reading("areas").clone();
    assert!(reading.clauses == ["4.0"] && reading.says.contains("may differ by business area"));
    assert!(policy().areas.is_empty());
    let (_, text) = PACKS.iter().find(|(slug, _)| *slug == "notting-hill-genesis").unwrap();
    let area = "\n[[areas]]\nkey = \"supported\"\ntitle = \"Supported housing\"\nsource = { stated = \"4.0\" }\n\n\
                [areas.instead.support]\nwithin = { value = \"2 hours\", stated = \"4.0\" }\n";
    let with = format!("{text}{area}");
    let own = Policy::read_for(&with, Some("supported")).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!((own.support.within.to_string(), own.area.as_deref()), ("2 hours".to_owned(), Some("supported")));
    assert_ne!(policy().support.within.to_string(), "2 hours");
    let support = policy().support;
    assert_eq!(Policy { support, areas: Vec::new(), area: None, ..own }, policy(), "the rest is the landlord's own");
    let everybody = Policy::read_for(&with, None).unwrap();
    assert_eq!(Policy { areas: Vec::new(), ..everybody }, policy());
}
