//! A measure that names its own reviewer: that post holds the review, ends the restriction early, and makes the decision again where an
//! appeal sends it back. The policy's usual reviewer does none of these.

use super::deciding::restricted;
use super::sent_back::{REMIT, sent_back};

const OWN: (&str, &str) =
    ("title = \"A specific contact method\"\n", "title = \"A specific contact method\"\nreviewer = \"head-of-service\"\n");
const USUAL: (&str, &str) = (
    "reviewer = { value = [\"manager\", \"head-of-service\"], default = \"A manager or head of service.\" }",
    "reviewer = { value = \"manager\", default = \"A manager.\" }",
);

#[tokio::test]
async fn whoever_a_measure_names_ends_it_early_and_the_usual_reviewer_does_not() {
    let (case, restriction) = restricted(&[USUAL]).await;
    let end = format!("{restriction}/end");
    assert_eq!(case.person("manager").await.get(&end).await.status(), 200, "the policy's reviewer may");
    assert_eq!(case.person("head").await.get(&end).await.status(), 403);

    let (case, restriction) = restricted(&[OWN, USUAL]).await;
    let end = format!("{restriction}/end");
    assert_eq!(case.person("manager").await.get(&end).await.status(), 403, "the measure names somebody else");
    let mut head = case.person("head").await;
    let page = head.see(&end).await;
    let page = head.save(&page.fill(&[("reason", "He has been calm for a month.")])).await;
    assert!(page.status() == 200 && case.answer().await.contains("as normal"), "{}", page.text());
}

#[tokio::test]
async fn whoever_a_measure_names_makes_it_again_where_an_appeal_sends_it_back() {
    let (case, restriction) = restricted(&[OWN, USUAL, REMIT]).await;
    case.house.drain_outbox().await;
    sent_back(&case, &restriction).await;
    let told = case.house.drain_outbox().await;
    let told: Vec<_> = told.into_iter().filter(|(_, subject)| subject.contains("made again")).map(|(to, _)| to).collect();
    assert_eq!(told, ["head@west-kent.example"]);
    let sql = "select '/reviews/' || id::text from review where stage = 'due'";
    let review: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("one review waits");
    let page = case.person("manager").await.see(&review).await;
    assert!(page.says("You cannot hold this.") && page.says("Patrick Byrne"), "{}", page.text());
    assert!(case.person("head").await.see("/my-work").await.links().iter().any(|(_, href)| *href == review));
}
