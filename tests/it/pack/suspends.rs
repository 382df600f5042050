//! An appeal that suspends: from the moment it comes until it is answered, contact is as normal.

use chrono::TimeDelta;

use super::deciding::restricted;
use crate::journey::case::Case;
use crate::support::page::Page;

pub(super) const SUSPENDS: (&str, &str) = ("suspends = { value = false", "suspends = { value = true");
pub(super) const WINDOW: (&str, &str) = ("window = { value = \"none\"", "window = { value = \"10 working days\"");
pub(super) const IMPOSED: (&str, &str) = ("window-from = { value = \"sent\"", "window-from = { value = \"imposed\"");

pub(super) async fn appealed(case: &Case, restriction: &str, more: &[(&str, &str)]) -> Page {
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let form = page.fill(&[&[("grounds", "I was provoked."), ("received_via", "letter")], more].concat());
    adviser.save(&form).await
}

async fn letter(case: &Case) -> String {
    case.person("manager").await.see(&case.letters().await[0]).await.text()
}

#[tokio::test]
async fn from_the_moment_the_appeal_comes_until_it_is_upheld_contact_is_as_normal() {
    let (case, restriction) = restricted(&[SUSPENDS]).await;
    assert!(letter(&case).await.contains("From the day it reaches us, the contact arrangement waits until we have answered."));
    let limited = case.answer().await;
    assert!(!limited.contains("as normal"));

    case.house.wait(TimeDelta::hours(1));
    let page = appealed(&case, &restriction, &[]).await;
    let at = page.address().to_owned();
    let answer = case.answer().await;
    assert_eq!(answer, "Talk as normal. The contact arrangement waits: an appeal is being heard.");
    assert!(letter(&case).await.contains("The contact arrangement waits from now until we have answered."));
    let page = case.person("head").await.see(&restriction).await;
    assert!(page.heading().contains("as normal while an appeal is being heard"), "{}", page.text());
    case.house.wait(TimeDelta::days(5));
    assert!(case.answer().await.contains("as normal"), "as long as it takes");

    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    let page = head.save(&page.fill(&[("outcome", "uphold"), ("reasons", "Both incidents are on record.")])).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    assert_eq!(case.answer().await, limited, "it is applied again from the same second");
    assert!(letter(&case).await.contains("It waited for this answer; from today it applies again."));
}

#[tokio::test]
async fn an_appeal_that_came_late_suspends_only_once_somebody_decides_to_hear_it() {
    let (case, restriction) = restricted(&[SUSPENDS, WINDOW, IMPOSED]).await;
    case.house.wait(TimeDelta::days(45));
    let page = appealed(&case, &restriction, &[("late_because", "In hospital.")]).await;
    let at = page.address().to_owned();
    assert!(!case.answer().await.contains("as normal"));
    assert!(letter(&case).await.contains("stays in place unless we decide to look at it"), "{}", letter(&case).await);
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    head.save(&page.fill(&[("admission", "hear"), ("reasons", "He could not write.")])).await;
    assert!(case.answer().await.contains("an appeal is being heard"));
}

#[tokio::test]
async fn an_appeal_that_suspends_nothing_leaves_the_answer_as_it_was() {
    let (case, restriction) = restricted(&[]).await;
    let limited = case.answer().await;
    appealed(&case, &restriction, &[]).await;
    assert_eq!(case.answer().await, limited);
}
