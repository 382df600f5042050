//! My work: what waits is counted and named, and what is passed on outside is passed on with its facts.

use super::case::Case;

#[tokio::test]
async fn what_is_begun_and_not_logged_counts_as_work() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    assert_eq!(adviser.see("/my-work").await.heading(), "Nothing waiting for you");
    let mut draft = case.incident_form(&mut adviser, "abuse").await;
    draft.action = format!("/customers/{}/incidents/draft", case.reference);
    adviser.save(&draft).await;
    let page = adviser.see("/my-work").await;
    assert_eq!(page.heading(), "One incident is not logged yet");
    assert!(page.says("Nothing else waiting"), "{}", page.text());
}

/// The adviser logs an incident with this danger; where it is.
async fn logged(case: &Case, danger: &str) -> String {
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await;
    adviser.save(&form.with("harm", "threatened").ticked("dangers", &[danger])).await.address().to_owned()
}

#[tokio::test]
async fn the_police_are_told_with_the_facts_at_hand_and_always_where_the_policy_says_so() {
    let case = Case::begun("west-kent").await;
    logged(&case, "physical-violence-threatened").await;
    let mut manager = case.person("manager").await;
    let work = manager.see("/my-work").await;
    assert!(work.says("Hand it over: Tenancy enforcement") && work.says("by Friday 12 March"), "{}", work.text());
    let page = manager.click(&work, "Tell the police").await;
    assert!(page.says("Ring 999.") && page.says("ring 101"), "{}", page.text());
    assert!(page.says(super::case::SAID) && page.says("Physical violence was threatened."), "{}", page.text());
    let form = page.fill(&[("reference", "")]);
    assert!(form.offers("came").is_empty(), "the policy leaves no choice");
    let left = manager.submit(&form.clone().forged("came", "not").forged("because", "I would rather not.")).await;
    assert_eq!((left.status(), left.error("reference").as_deref()), (422, Some("Enter the police reference")));
    let page = manager.save(&form.with("reference", "46/12345/27")).await;
    assert!(page.says("Done."), "{}", page.text());
}

#[tokio::test]
async fn where_the_policy_asks_to_think_of_the_police_a_manager_may_decide_not_to_and_says_why() {
    let case = Case::begun("west-kent").await;
    let incident = logged(&case, "harassment").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    let decision = page.fill(&[("outcome", "no-action"), ("reasons", "He was told.")]).ticked("tell", &["police"]);
    manager.save(&decision).await;
    let work = manager.see("/my-work").await;
    let page = manager.click(&work, "Tell the police").await;
    let form = page.fill(&[("came", "not")]);
    let empty = manager.submit(&form).await;
    assert_eq!((empty.status(), empty.error("because").as_deref()), (422, Some("Enter why you decided not to")));
    manager.save(&form.with("because", "She asks us not to.")).await;
    assert_eq!(case.count("task where kind = 'police' and done_at is null").await, 0);
    let page = manager.see(&incident).await;
    assert!(page.says("Police report: decided not to. She asks us not to."), "{}", page.text());
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Police report: decided not to")));
}
