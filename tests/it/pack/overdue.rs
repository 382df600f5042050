//! A review nobody held: where the policy lets a restriction lapse, it ends with that day, whether or not anybody has written it down.

use chrono::{NaiveDate, TimeDelta};
use evenhand::rules::days;
use evenhand::worker::remind;

use super::deciding::restricted;
use crate::journey::case::Case;

pub(super) const LAPSES: (&str, &str) = ("overdue = { value = \"continue-and-escalate\"", "overdue = { value = \"lapse\"");

/// The day of the review that waits, and where it is.
async fn review(case: &Case) -> (NaiveDate, String) {
    let sql = "select due_on, id::text from review where stage = 'due'";
    let (due, id): (NaiveDate, String) = sqlx::query_as(sql).fetch_one(&mut case.house.owner().await).await.expect("a review");
    (due, format!("/reviews/{id}"))
}

#[tokio::test]
async fn a_restriction_whose_review_was_missed_ends_with_that_day_and_it_is_written_down_once() {
    let (case, restriction) = restricted(&[LAPSES]).await;
    let notice = case.person("manager").await.see(&case.letters().await[0]).await;
    assert!(notice.says("If we do not, the contact arrangement ends by itself with that day."), "{}", notice.text());
    let (due, review) = review(&case).await;

    let over = days::end_of(due);
    case.house.clock.set(over - TimeDelta::seconds(1));
    assert!(!case.answer().await.contains("as normal"), "the day itself counts");
    case.house.clock.set(over);
    let answer = case.answer().await;
    assert!(answer.contains("as normal") && answer.contains("ended on"), "{answer}");
    assert_eq!(case.count("restriction where stage = 'in-force'").await, 1, "nobody has written it down yet");
    let mut manager = case.person("manager").await;
    let page = manager.see(&restriction).await;
    assert!(page.heading().contains("has ended") && page.says("Do not apply it."), "{}", page.text());
    let page = manager.see(&review).await;
    assert_eq!(page.fill(&[("reasons", "Too late.")]).offers("outcome"), ["lift"], "it cannot be revived");

    case.house.drain_outbox().await;
    let office = &case.house.kit.office;
    let (one, other) = tokio::join!(remind::once(office), remind::once(office));
    assert!(one.expect("reminders are read") + other.expect("reminders are read") > 0);
    remind::once(office).await.expect("reminders are read");
    assert_eq!(case.count("restriction where stage = 'lifted' and ended_by is null").await, 1);
    assert_eq!(case.count("event where kind = 'restriction-lapsed'").await, 1);
    assert_eq!(case.count("letter where kind = 'lifting'").await, 1);
    assert_eq!(case.count("task where kind = 'review' and done_at is null").await, 0);
    assert_eq!(case.count("reminder where settled_at is null and subject_id in (select id from review)").await, 0);
    let told: Vec<String> =
        case.house.drain_outbox().await.into_iter().filter(|(_, subject)| subject.contains("ended by itself")).map(|(to, _)| to).collect();
    assert!(told.contains(&"manager@west-kent.example".to_owned()), "{told:?}");
    assert!(told.contains(&"director@west-kent.example".to_owned()), "somebody more senior is told: {told:?}");

    let letter = manager.see(&case.letters().await[0]).await;
    let said = "We said that we would look at it again by";
    assert!(letter.says(said) && letter.says("and we did not."), "{}", letter.text());
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Contact arrangement ended by itself")));
    assert!(manager.see(&restriction).await.says("Ended by itself"));
    assert!(case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn whoever_a_measure_names_signs_for_the_review_that_was_missed() {
    let title = "title = \"A specific contact method\"\n";
    let named = format!("{title}reviewer = \"head-of-service\"\n");
    let usual = "reviewer = { value = [\"manager\", \"head-of-service\"], default = \"A manager or head of service.\" }";
    let manager_alone = "reviewer = { value = \"manager\", default = \"A manager.\" }";
    let (case, _) = restricted(&[LAPSES, (title, &named), (usual, manager_alone)]).await;
    let (due, _) = review(&case).await;
    case.house.clock.set(days::end_of(due));
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    let mut head = case.person("head").await;
    let work = head.see("/my-work").await;
    assert!(work.links().iter().any(|(words, _)| words == "Send the letter"), "the letter is theirs to send: {}", work.text());
    let letter = head.see(&case.letters().await[0]).await.all("article.letter").join(" ");
    assert!(letter.contains("Patrick Byrne"), "{letter}");
}

#[tokio::test]
async fn a_review_that_was_held_in_time_leaves_nothing_to_lapse() {
    let (case, _) = restricted(&[LAPSES]).await;
    let (due, at) = review(&case).await;
    case.house.clock.set(days::start_of(due) + TimeDelta::hours(9));
    let mut manager = case.person("manager").await;
    let page = manager.see(&at).await;
    let answers = [("outcome", "continue"), ("view_how", "heard"), ("customers_view", "He is calm."), ("reasons", "Two more calls.")];
    let form = page.fill(&answers);
    let page = manager.save(&form.with("review_on", "3 months").with("ends_on", "2027-09-12")).await;
    assert!(page.says("Review recorded."), "{}", page.text());
    case.house.clock.set(days::end_of(due) + TimeDelta::hours(9));
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    assert_eq!(case.count("restriction where stage = 'in-force'").await, 1);
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn where_the_policy_goes_on_it_goes_on_and_somebody_more_senior_is_told() {
    let (case, _) = restricted(&[]).await;
    let (due, _) = review(&case).await;
    case.house.clock.set(days::end_of(due) + TimeDelta::days(3));
    case.house.drain_outbox().await;
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    assert!(!case.answer().await.contains("as normal"));
    let told = case.house.drain_outbox().await;
    let late = |account: &str| told.iter().any(|(to, subject)| to.starts_with(&format!("{account}@")) && subject.contains("is late"));
    assert!(late("manager") && late("director"), "{told:?}");
    assert!(!late("adviser"), "{told:?}");
}
