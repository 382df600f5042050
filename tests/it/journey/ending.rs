//! What ends with a restriction, and what only begins with it.

use chrono::TimeDelta;

use super::case::Case;
use super::thread::{in_force, lifted};
use super::way::{ALLIANCE_HOMES, ONE_MANCHESTER};

const CLOSED: &str = "is closed without a decision, because what it was against has ended.";

/// An appeal against a restriction in force, logged by the adviser; where it is.
async fn appealed(case: &Case, restriction: &str) -> String {
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned()
}

/// Nobody is asked or reminded of it any more, and it says what became of it.
async fn is_closed(case: &Case, appeal: &str) {
    assert_eq!(case.count("task where kind = 'appeal' and done_at is null").await, 0);
    assert_eq!(case.count("reminder where kind like 'appeal%' and settled_at is null").await, 0);
    let mut director = case.person("director2").await;
    let page = director.see(appeal).await;
    assert!(page.says("it was against ended first") && !page.body().contains("name=\"outcome\""), "{}", page.text());
    let letter = case.letters().await[0].clone();
    let letter = director.see(&letter).await;
    assert!(letter.says(CLOSED) && letter.says("you can make a complaint to us"), "{}", letter.text());
    assert!(case.timeline().await.join("\n").contains("Appeal closed without a decision"));
}

#[tokio::test]
async fn an_appeal_is_closed_and_its_customer_told_when_what_it_was_against_is_ended_early() {
    let (case, restriction) = in_force(&ONE_MANCHESTER).await;
    case.house.wait(TimeDelta::days(3));
    let appeal = appealed(&case, &restriction).await;
    let mut director = case.person("director2").await;
    let old = director.see(&appeal).await.fill(&[("outcome", "uphold"), ("reasons", "It was right.")]);
    case.house.wait(TimeDelta::minutes(5));
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{restriction}/end")).await;
    manager.save(&page.fill(&[("reason", "He has moved away.")])).await;
    is_closed(&case, &appeal).await;
    let late = director.submit(&old).await;
    assert_eq!(late.status(), 409);
    assert!(late.says("It is no longer needed") && late.says("It was right."), "{}", late.text());
}

#[tokio::test]
async fn an_appeal_is_closed_when_the_review_ends_what_it_was_against() {
    let (case, restriction) = in_force(&ONE_MANCHESTER).await;
    case.house.wait(TimeDelta::days(3));
    let appeal = appealed(&case, &restriction).await;
    case.house.wait(TimeDelta::minutes(5));
    lifted(&case, &ONE_MANCHESTER).await;
    is_closed(&case, &appeal).await;
}

#[tokio::test]
async fn what_came_before_a_restriction_uses_up_nothing_of_it() {
    let case = Case::begun(ALLIANCE_HOMES.slug).await;
    case.warned_of(&ALLIANCE_HOMES).await;
    let emails = async |summary: &str| {
        let mut adviser = case.person("adviser").await;
        let page = adviser.see(&format!("/customers/{}/contacts/new?channel=email", case.reference)).await;
        adviser.save(&page.fill(&[("summary", summary), ("purpose", "other"), ("manner", "calm"), ("channel", "email")])).await;
    };
    emails("Wrote about the boiler.").await;
    let (at, _) = super::thread::proposed(&case, &ALLIANCE_HOMES).await;
    for account in ["manager2", "head"] {
        case.approved(&at.replace("/proposals/", "/approvals/"), account).await;
    }
    let answer = async || case.person("officer").await.see(&format!("/customers/{}/contact?channel=writing", case.reference)).await.text();
    let first = answer().await;
    assert!(first.contains("1 email left this week."), "{first}");
    case.house.wait(TimeDelta::minutes(5));
    emails("Wrote about the boiler again.").await;
    let used = answer().await;
    assert!(used.contains("The email for this week is used."), "{used}");
}
