use super::*;
use crate::rules::id::StaffId;
use crate::rules::policy::Part;
use crate::rules::policy::tests::{PACKS, pack};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn person(number: u128, roles: &[&str]) -> Person {
    Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: roles.iter().map(ToString::to_string).collect() }
}

fn length(words: &str) -> Length {
    words.parse().unwrap()
}

#[test]
fn ah_15_a_review_comes_after_three_or_six_months_and_nothing_between() {
    let policy = pack("alliance-homes");
    let from = day(2027, 3, 15);
    assert_eq!(due(&policy, from, length("3 months")), Ok(day(2027, 6, 15)));
    assert_eq!(due(&policy, from, length("6 months")), Ok(day(2027, 9, 15)));
    let wrong = due(&policy, from, length("4 months")).unwrap_err();
    assert_eq!(wrong.to_string(), "The review can come after 3 months or 6 months, not after 4 months.");
}

#[test]
fn hs_37_wk_26_a_review_comes_after_six_months() {
    for slug in ["housing-solutions", "west-kent"] {
        assert_eq!(usual_due(&pack(slug), day(2027, 3, 15), None), day(2027, 9, 15), "{slug}");
    }
}

#[test]
fn a_month_that_is_too_short_gives_its_last_day() {
    assert_eq!(due(&pack("housing-solutions"), day(2027, 8, 31), length("6 months")), Ok(day(2028, 2, 29)));
}

#[test]
fn a_review_that_would_fall_on_a_day_nobody_works_comes_on_the_working_day_before() {
    let policy = pack("alliance-homes");
    for (from, to) in [
        // Saturday 12 June, Sunday 13 June, and the Monday after, which is a working day.
        (day(2027, 3, 12), day(2027, 6, 11)),
        (day(2027, 3, 13), day(2027, 6, 11)),
        (day(2027, 3, 14), day(2027, 6, 14)),
        // The August bank holiday is Monday 30: the Friday before.
        (day(2027, 5, 30), day(2027, 8, 27)),
    ] {
        assert_eq!(due(&policy, from, length("3 months")), Ok(to), "{from}");
    }
    let one = pack("one-manchester");
    assert_eq!(usual_due(&one, day(2027, 3, 15), Some(day(2027, 6, 13))), day(2027, 6, 11), "before an end on a Sunday");
    assert_eq!(usual_due(&one, day(2027, 6, 11), Some(day(2027, 6, 13))), day(2027, 6, 13), "and never on the day it starts");
}

#[test]
fn an_earlier_end_takes_the_promised_review_with_it_only_where_it_comes_first() {
    let policy = pack("one-manchester");
    let (today, promised) = (day(2027, 3, 15), Some(day(2027, 6, 14)));
    for (end, instead) in [
        (Some(day(2027, 4, 9)), Some(day(2027, 4, 9))),
        (Some(day(2027, 6, 13)), Some(day(2027, 6, 11))),
        (Some(day(2027, 6, 14)), None),
        (None, None),
    ] {
        assert_eq!(instead_of(&policy, promised, today, end), instead, "{end:?}");
    }
    assert_eq!(instead_of(&policy, None, today, Some(day(2027, 4, 9))), None, "nothing was promised");
}

#[test]
fn a_review_is_never_later_than_the_end_or_the_longest_interval() {
    let policy = pack("one-manchester");
    let from = day(2027, 3, 15);
    assert_eq!(usual_due(&policy, from, Some(day(2027, 6, 15))), day(2027, 6, 15));
    assert_eq!(check(&policy, from, day(2027, 6, 15), Some(day(2027, 6, 15))), Ok(()));
    let too_late = check(&policy, from, day(2027, 9, 16), None).unwrap_err();
    assert_eq!(too_late.to_string(), "The review must be on or before 15\u{a0}September 2027, 6 months after 15\u{a0}March 2027.");
    let after_end = check(&policy, from, day(2027, 6, 16), Some(day(2027, 6, 15))).unwrap_err();
    assert_eq!(after_end, Wrong::AfterEnd { end: day(2027, 6, 15) });
    assert_eq!(check(&policy, from, from, None), Err(Wrong::TooEarly { from }));
}

#[test]
fn every_landlord_is_reminded_ahead_of_the_day_on_it_and_after_it() {
    for (slug, _) in PACKS {
        let on: Vec<_> = reminders(&pack(slug), day(2027, 9, 15)).iter().map(|reminder| reminder.on).collect();
        let days = [day(2027, 9, 1), day(2027, 9, 13), day(2027, 9, 15), day(2027, 9, 16), day(2027, 9, 22)];
        assert_eq!(on, days, "{slug}");
    }
}

#[test]
fn each_reminder_goes_once_and_none_is_left_out_after_a_quiet_week() {
    let policy = pack("west-kent");
    let review = day(2027, 9, 15);
    let first = to_send(&policy, review, day(2027, 9, 1), &[]);
    assert_eq!(first.len(), 1);
    let sent = vec![first[0].key.clone()];
    assert_eq!(to_send(&policy, review, day(2027, 9, 1), &sent), []);
    let caught_up: Vec<_> = to_send(&policy, review, day(2027, 9, 16), &sent).iter().map(|one| one.moment).collect();
    assert_eq!(caught_up, [Moment::Before(length("2 working days")), Moment::OnTheDay, Moment::After(length("1 working day"))]);
}

#[test]
fn a_reminder_for_a_moved_review_is_another_reminder() {
    let policy = pack("west-kent");
    let (one, other) = (reminders(&policy, day(2027, 9, 15)), reminders(&policy, day(2027, 9, 16)));
    assert!(one.iter().all(|reminder| other.iter().all(|moved| moved.key != reminder.key)));
}

#[test]
fn ah_15_the_service_delivery_manager_customer_experience_reviews() {
    let policy = pack("alliance-homes");
    let reviewer = person(1, &["service-delivery-manager-customer-experience"]);
    assert_eq!(may_review(&policy, &policy.reviews.reviewer, &reviewer, &History::default()), Ok(()));
    let refusal = may_review(&policy, &policy.reviews.reviewer, &person(2, &["manager"]), &History::default()).unwrap_err();
    assert_eq!(refusal.to_string(), "Only the Service Delivery Manager – Customer Experience can hold this review.");
}

#[test]
fn whoever_reported_the_behaviour_does_not_review_the_restriction_at_any_landlord() {
    for (slug, _) in PACKS {
        let policy = pack(slug);
        // Whoever is meant by their place in the case, and not by a post, is a manager.
        let posts = Some(policy.reviews.reviewer.role_keys()).filter(|posts| !posts.is_empty()).unwrap_or_else(|| vec!["manager"]);
        let reviewer = person(1, &posts);
        assert_eq!(may_review(&policy, &policy.reviews.reviewer, &reviewer, &History::default()), Ok(()), "{slug}");
        for part in [Part::Logged, Part::Affected] {
            let history = History::default().with(reviewer.id, part);
            assert!(may_review(&policy, &policy.reviews.reviewer, &reviewer, &history).is_err(), "{slug}");
        }
    }
}

#[test]
fn hs_37_the_manager_who_proposed_may_review() {
    let policy = pack("housing-solutions");
    let people = [person(1, &["manager"]), person(2, &["head-of-service"])];
    let history = History::default().with(people[0].id, Part::Proposed);
    let may: Vec<_> = people.iter().filter(|one| may_review(&policy, &policy.reviews.reviewer, one, &history).is_ok()).collect();
    assert_eq!(may, [&people[0]]);
}

#[test]
fn what_happened_is_said_for_both_sides_alike() {
    let (since, today) = (day(2027, 2, 2), day(2027, 5, 2));
    let said = |incidents, calm| since_words(incidents, calm, since, today).replace('\u{a0}', " ");
    assert_eq!(said(1, 12), "One incident and 12 calm contacts since 2 February");
    assert_eq!(said(0, 1), "No incidents and one calm contact since 2 February");
    assert_eq!(said(0, 0), "No incident and no contact logged since 2 February");
}

#[test]
fn a_measure_may_name_who_reviews_it_and_of_several_the_most_senior_does() {
    let mut policy = pack("west-kent");
    let keys: Vec<String> = policy.measures.offered.iter().map(|offer| offer.key().to_owned()).take(3).collect();
    let of = |policy: &Policy, which: &[usize]| reviewer(policy, which.iter().map(|n| keys[*n].as_str())).clone();
    let usual = policy.reviews.reviewer.value.clone();
    assert_eq!(of(&policy, &[0, 1, 2]), usual);
    let (head, director) = (Who::Role("head-of-service".into()), Who::Role("director".into()));
    policy.measures.offered[0].reviewer = Some(head.clone());
    policy.measures.offered[1].reviewer = Some(director.clone());
    assert_eq!(of(&policy, &[0, 1, 2]), director);
    assert_eq!(of(&policy, &[0, 2]), head);
    assert_eq!(of(&policy, &[2]), usual);
}
