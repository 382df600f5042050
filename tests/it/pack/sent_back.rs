//! An appeal that sends the decision back: it is made again by a day, by somebody who took no part in it, and until then it stands as it stood.

use chrono::{NaiveDate, TimeDelta};

use super::deciding::restricted;
use super::suspends::{SUSPENDS, appealed};
use crate::journey::case::Case;

pub const REMIT: (&str, &str) =
    ("outcomes = { value = [\"uphold\", \"vary\", \"quash\"]", "outcomes = { value = [\"uphold\", \"vary\", \"quash\", \"remit\"]");
const NOT_FINAL: (&str, &str) = ("final = { value = true", "final = { value = false");
const LOOK_AT: &str = "What the recording of the second call says.";

/// An hour later he appeals, and the director who took no part sends the decision back.
pub async fn sent_back(case: &Case, restriction: &str) -> String {
    case.house.wait(TimeDelta::hours(1));
    let at = appealed(case, restriction, &[]).await.address().to_owned();
    case.house.wait(TimeDelta::minutes(5));
    let mut director = case.person("director2").await;
    let page = director.see(&at).await;
    let form = page.fill(&[("outcome", "remit"), ("reasons", "Nobody listened to the recording.")]);
    let refused = director.submit(&form).await;
    assert_eq!((refused.status(), refused.error("look_at").as_deref()), (422, Some("Enter what must be looked at")), "{}", refused.text());
    let page = director.save(&form.with("look_at", LOOK_AT)).await;
    assert!(page.says("Decision recorded.") && page.says("The decision is made again") && page.says(LOOK_AT), "{}", page.text());
    at
}

/// The review at which it is made again: where it is, and its day.
async fn again(case: &Case) -> (String, NaiveDate) {
    let sql = "select '/reviews/' || id::text, due_on from review where stage = 'due'";
    sqlx::query_as(sql).fetch_one(&mut case.house.owner().await).await.expect("one review waits")
}

#[tokio::test]
async fn a_decision_sent_back_is_made_again_by_somebody_who_took_no_part_and_stands_until_then() {
    let (case, restriction) = restricted(&[REMIT]).await;
    let limited = case.answer().await;
    let (before, _) = again(&case).await;
    case.house.drain_outbox().await;
    sent_back(&case, &restriction).await;
    assert_eq!(case.answer().await, limited, "it stands as it stood");

    // West Kent says nothing: ten working days from Monday 15 March, over Easter.
    let (review, due) = again(&case).await;
    assert_ne!(review, before, "the review that was promised has given way");
    let today = case.house.clock.now().date_naive();
    assert_eq!(due, case.policy.calendar().add_working_days(today, 10));
    let told: Vec<_> = case.house.drain_outbox().await.into_iter().filter(|(_, subject)| subject.contains("made again")).collect();
    let page = case.person("head").await.see(&restriction).await;
    assert!(page.says("Sent back on appeal on") && page.says(LOOK_AT) && !page.says("Log an appeal"), "{}", page.text());
    let letter = case.person("manager").await.see(&case.letters().await[0]).await;
    for words in [LOOK_AT, "the decision must be made again", "Somebody who took no part in it will make it by", "stays as it is"] {
        assert!(letter.says(words), "no «{words}» in {}", letter.text());
    }
    assert!(
        case.timeline().await.iter().any(|entry| entry.contains("Appeal decided: the decision is made again") && entry.contains(LOOK_AT))
    );

    // The manager proposed it, and manager2 authorised it: both could hold an ordinary review.
    for account in ["manager", "manager2"] {
        let mut person = case.person(account).await;
        let page = person.see(&review).await;
        assert!(page.says("You cannot hold this.") && page.says(LOOK_AT), "{account}: {}", page.text());
        let fields = [
            ("outcome", "lift"),
            ("view_how", "heard"),
            ("customers_view", "Fine."),
            ("reasons", "Mine."),
            ("version", "1"),
            ("restriction_version", "9"),
        ];
        assert_eq!(person.post(&review, &fields).await.status(), 403, "{account}");
        assert!(!told.iter().any(|(to, _)| to.starts_with(&format!("{account}@"))), "{told:?}");
        assert!(!person.see("/my-work").await.links().iter().any(|(_, href)| *href == review), "{account}");
    }
    assert_eq!(case.count("review where stage = 'held'").await, 0);
    assert!(told.iter().any(|(to, _)| to == "head@west-kent.example"), "{told:?}");
    let mut head = case.person("head").await;
    assert!(head.see("/my-work").await.links().iter().any(|(_, href)| *href == review));
    let page = head.see(&review).await;
    assert!(page.says(LOOK_AT), "{}", page.text());
    let said = [
        ("outcome", "lift"),
        ("view_how", "heard"),
        ("customers_view", "I never said it."),
        ("reasons", "The recording is another man's."),
    ];
    let page = head.save(&page.fill(&said)).await;
    assert!(page.says("Review recorded."), "{}", page.text());
    assert!(case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn where_everybody_who_may_took_part_they_make_it_again_themselves_and_the_letter_says_no_more() {
    let (case, restriction) =
        restricted(&[REMIT, ("reviewer = { value = [\"manager\", \"head-of-service\"]", "reviewer = { value = \"manager\"")]).await;
    let sql =
        "update staff set left_at = now() where roles && array['manager'] and email not like 'manager@%' and email not like 'manager2@%'";
    sqlx::query(sql).execute(&mut case.house.owner().await).await.expect("nobody else holds the post");
    sent_back(&case, &restriction).await;
    let letter = case.person("manager").await.see(&case.letters().await[0]).await;
    assert!(letter.says("We will make it by") && !letter.says("Somebody who took no part in it"), "{}", letter.text());
    let (review, _) = again(&case).await;
    let mut manager = case.person("manager2").await;
    assert!(manager.see("/my-work").await.links().iter().any(|(_, href)| *href == review));
    let page = manager.see(&review).await;
    let said = [
        ("outcome", "lift"),
        ("view_how", "heard"),
        ("customers_view", "I never said it."),
        ("reasons", "The recording is another man's."),
    ];
    let page = manager.save(&page.fill(&said)).await;
    assert!(page.says("Review recorded."), "{}", page.text());
    assert!(case.answer().await.contains("as normal"));
    assert_eq!(case.count("task where kind = 'review' and done_at is null").await, 0);
}

#[tokio::test]
async fn while_it_is_decided_again_nothing_more_is_appealed_and_what_waited_goes_on_waiting() {
    let (case, restriction) = restricted(&[REMIT, SUSPENDS, NOT_FINAL]).await;
    sent_back(&case, &restriction).await;
    assert!(case.answer().await.contains("as normal"), "{}", case.answer().await);
    let page = case.person("head").await.see(&restriction).await;
    assert!(page.heading().contains("as normal while it is being decided again"), "{}", page.text());
    let mut list = case.person("head").await;
    let list = list.see("/customers").await;
    assert!(!list.says("Contact limited"), "{}", list.text());
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    assert!(page.says("The decision was sent back on appeal, and is made again by"), "{}", page.text());
    assert!(!page.body().contains("name=\"grounds\""), "it is said before anything is typed");
}

#[tokio::test]
async fn where_an_appeal_suspends_it_waits_on_to_be_decided_again_and_nobody_is_told_of_an_appeal_any_more() {
    let (case, restriction) = restricted(&[REMIT, SUSPENDS]).await;
    sent_back(&case, &restriction).await;
    assert_eq!(case.answer().await, "Talk as normal. The contact arrangement waits: it is being decided again.");
    let letter = case.person("manager").await.see(&case.letters().await[0]).await;
    assert!(letter.says("you can contact us as before") && letter.says("none of this applies to you"), "{}", letter.text());
    assert!(!letter.says("The last day is"), "it says one thing: {}", letter.text());
    let mut head = case.person("head").await;
    let page = head.see(&format!("/customers/{}/contact?channel=phone", case.reference)).await;
    assert!(page.says("Being decided again") && !page.says("ppeal is being heard"), "{}", page.text());
    for at in ["/reviews", "/reviews/meetings"] {
        let page = head.see(at).await;
        assert!(page.says("it waits: it is being decided again") && !page.says("ppeal is being heard"), "{at}: {}", page.text());
    }
    let page = head.see(&restriction).await;
    assert!(page.heading().contains("as normal while it is being decided again"), "{}", page.text());
}
