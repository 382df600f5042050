//! What a letter told a customer of an early review, once the policy changes.

use super::deciding::restricted;
use crate::journey::change_the_policy::{pack, published};

const EARLY: (&str, &str) =
    ("[challenge]\n", "[challenge]\nearly-review = { value = { after = \"1 month\", within = \"10 working days\" }, stated = \"9.9\" }\n");

#[tokio::test]
async fn the_day_a_letter_named_for_an_early_review_stays_when_the_case_is_moved_to_a_policy_without_one() {
    let (case, restriction) = restricted(&[EARLY]).await;
    let today = case.house.clock.now().date_naive().to_string();
    let at = published(&case.house, "west-kent", pack("west-kent"), &today).await;
    let cases = case.person("director").await.see(&format!("{at}/cases")).await;
    assert!(cases.says("Asking for an early review") && cases.says("The policy promises none"), "{}", cases.text());
    let mut manager = case.person("manager2").await;
    let page = manager.see(&format!("{restriction}/policy")).await;
    let letter = manager.save(&page.fill(&[("reason", "All cases are under one policy.")])).await;
    let words = letter.text().replace('\u{a0}', " ");
    assert!(words.contains("Asking for an early review: the policy promises none. Until now: from 1 month after it began"), "{words}");
    assert!(words.contains("From 12 April 2027 you can ask us for an early review"), "what was promised stays: {words}");

    case.house.at("2027-04-12T10:00:00Z");
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&restriction).await;
    let page = adviser.click(&page, "Log a request for an early review").await;
    assert!(page.text().replace('\u{a0}', " ").contains("the policy promises it by Monday 26 April 2027"), "{}", page.text());
    let saved = adviser.save(&page.fill(&[("why", "A month of calm.")])).await;
    assert!(saved.text().replace('\u{a0}', " ").contains("The policy promises it by 26 April 2027."), "{}", saved.text());
}
