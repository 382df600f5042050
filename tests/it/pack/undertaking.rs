//! A review that ends a restriction once the customer has signed an undertaking: asked for, signed, or not signed by the day.

use chrono::TimeDelta;

use super::deciding::restricted;
use crate::journey::case::Case;

const OFFERED: (&str, &str) = (
    "outcomes = { value = [\"continue\", \"vary\", \"lift\"]",
    "outcomes = { value = [\"continue\", \"vary\", \"lift\", \"lift-on-undertaking\"]",
);
const WORDS: &str = "I will speak to staff without shouting.";

/// Where the review that waits is.
async fn review(case: &Case) -> String {
    let sql = "select '/reviews/' || id::text from review where stage = 'due'";
    sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a review")
}

/// The manager holds the review and asks for it; where it is.
async fn asked(case: &Case) -> String {
    let at = review(case).await;
    let mut manager = case.person("manager2").await;
    let page = manager.see(&at).await;
    let form = page.fill(&[
        ("outcome", "lift-on-undertaking"),
        ("view_how", "heard"),
        ("customers_view", "He would sign that."),
        ("reasons", "Three calm weeks."),
    ]);
    let empty = manager.submit(&form).await;
    assert_eq!(empty.status(), 422);
    assert_eq!(empty.error("undertaking").as_deref(), Some("Write what the customer is asked to sign"));
    assert_eq!(empty.error("sign_by").as_deref(), Some("Enter the last day for it"));
    let past = manager.submit(&form.clone().with("sign_by", "2027-01-04")).await;
    assert_eq!(past.error("undertaking").as_deref(), Some("Write what the customer is asked to sign"), "all at once: {:?}", past.summary());
    let said = past.error("sign_by").unwrap_or_default();
    assert!(said.starts_with("The last day to sign it must be after "), "{said}");
    let far = manager.submit(&form.clone().with("undertaking", WORDS).with("sign_by", "2029-01-01")).await;
    assert!(far.status() == 422 && far.error("sign_by").is_some(), "{:?}", far.summary());
    assert_eq!(far.fill(&[("reasons", "x")]).value("undertaking"), WORDS, "nothing typed is lost");
    let page = manager.save(&form.with("undertaking", WORDS).with("sign_by", "2027-04-16")).await;
    assert!(page.says("It ends once an undertaking is signed"), "{}", page.text());
    let sql = "select '/undertakings/' || id::text from undertaking where stage = 'asked'";
    sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("an undertaking")
}

async fn letter(case: &Case) -> String {
    case.person("manager").await.see(&case.letters().await[0]).await.text().replace('\u{a0}', " ")
}

#[tokio::test]
async fn once_it_is_signed_it_ends_with_its_letter_and_until_then_it_stays() {
    let (case, restriction) = restricted(&[OFFERED]).await;
    case.house.wait(TimeDelta::days(20));
    let limited = case.answer().await;
    let at = asked(&case).await;
    assert_eq!(case.answer().await, limited, "nothing changes before it is signed");
    let said = letter(&case).await;
    assert!(said.contains("ends once you sign an undertaking") && said.contains(WORDS), "{said}");
    assert!(said.contains("send it back to us by Friday 16 April 2027."), "{said}");
    assert_eq!(
        case.count("task where kind = 'review' and done_at is null and due_on = '2027-04-16'").await,
        1,
        "it comes back on that day"
    );

    case.house.wait(TimeDelta::days(3));
    let page = case.person("adviser").await.see(&at).await;
    assert!(page.says("You cannot record this.") && page.says(WORDS), "{}", page.text());
    let mut manager = case.person("manager").await;
    let page = manager.see(&restriction).await;
    let page = manager.click(&page, "Read the undertaking, or record that it was signed").await;
    for (day, says) in [("2027-04-30", "not in the future"), ("2027-03-31", "on or after 1")] {
        let wrong = manager.submit(&page.fill(&[("signed_on", day)])).await;
        assert!(wrong.status() == 422 && wrong.error("signed_on").is_some_and(|said| said.contains(says)), "{day}: {:?}", wrong.summary());
    }
    let form = page.fill(&[("signed_on", "2027-04-03")]);
    let page = manager.save(&form).await;
    assert!(page.says("Signed, and ended."), "{}", page.text());
    assert!(case.answer().await.contains("as normal"), "from the same second");
    let said = page.text().replace('\u{a0}', " ");
    assert!(said.contains("You signed it on 3 April 2027. It ends because of that."), "{said}");
    assert_eq!(case.count("task where kind = 'review' and done_at is null").await, 0);
    assert_eq!(case.count("reminder where settled_at is null and kind like 'review%'").await, 0);
    let late = manager.submit(&form).await;
    assert!(late.status() == 409 && late.says("recorded first that it was signed"), "{}", late.text());
    let timeline = case.timeline().await.join("\n");
    assert!(timeline.contains("Undertaking signed") && timeline.contains("it ends once an undertaking is signed"), "{timeline}");
}

#[tokio::test]
async fn not_signed_by_the_day_it_goes_back_to_the_reviewer_and_stays_in_force() {
    let (case, _) = restricted(&[OFFERED]).await;
    case.house.wait(TimeDelta::days(20));
    let limited = case.answer().await;
    let at = asked(&case).await;
    case.house.at("2027-04-17T09:00:00Z");
    assert_eq!(case.answer().await, limited, "it stays in force");
    let next = review(&case).await;
    let mut manager = case.person("manager2").await;
    assert!(manager.see("/my-work").await.links().iter().any(|(_, href)| *href == next), "it is late, and theirs");
    let page = manager.see(&next).await;
    assert!(page.says("An undertaking waits to be signed by"), "{}", page.text());
    let form = page.fill(&[
        ("outcome", "continue"),
        ("view_how", "no-answer"),
        ("customers_view", "We rang on 15 April."),
        ("reasons", "It was not signed."),
        ("review_on", "3 months"),
    ]);
    let page = manager.save(&form).await;
    assert!(page.says("Review recorded."), "{}", page.text());
    assert_eq!(case.count("undertaking where stage = 'not-signed'").await, 1);
    let page = manager.see(&at).await;
    assert!(page.heading().contains("did not sign this in time") && page.actions().iter().all(|action| *action != at), "{}", page.text());
    let late = manager.post(&at, &[("signed_on", "2027-04-17")]).await;
    assert!(late.status() == 409 && late.says("what was decided then holds"), "{}", late.text());
    assert_eq!(case.answer().await, limited);
    assert!(case.timeline().await.join("\n").contains("Undertaking not signed"));
}

#[tokio::test]
async fn where_the_policy_does_not_offer_it_no_review_asks_for_it() {
    let (case, _) = restricted(&[]).await;
    let at = review(&case).await;
    let mut manager = case.person("manager2").await;
    let page = manager.see(&at).await;
    let form = page.fill(&[("outcome", "lift"), ("view_how", "heard"), ("customers_view", "Fine."), ("reasons", "Calm.")]);
    assert!(!form.offers("outcome").contains(&"lift-on-undertaking".to_owned()));
    let forged = manager.submit(&form.forged("outcome", "lift-on-undertaking")).await;
    assert_eq!(forged.status(), 422, "{}", forged.text());
    assert_eq!(case.count("undertaking").await, 0);
}
