//! What is the landlord’s own: sentences in its letters (`letters.own`), where whoever decides reads them first; and its words on pages.

use super::deciding::waiting;
use crate::journey::case::Case;

const OWN: (&str, &str) = (
    "\n[letters]\n",
    "\n[letters]\nown = [
  { letter = \"restriction-notice\", part = \"terms\", say = \"Our tenant friends can read this letter with you.\", source = { stated = \"6.2\" } },
  { letter = \"restriction-notice\", heading = \"A word from us\", say = \"We want this to work.\", source = { stated = \"6.2\" } },
]\n",
);

#[tokio::test]
async fn the_landlords_own_sentences_stand_in_the_letter_in_its_preview_and_in_the_policy() {
    let (case, approval) = waiting(&[OWN]).await;
    let all = ["Our tenant friends can read this letter with you.", "A word from us", "We want this to work."];
    let page = case.person("manager2").await.see(&format!("{}/letter", approval.replace("/approvals/", "/proposals/"))).await;
    assert!(all.iter().all(|words| page.says(words)), "whoever decides reads them first: {}", page.text());
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;
    let mut manager = case.person("manager").await;
    let letter = manager.see(&case.letters().await[0]).await;
    assert!(all.iter().all(|words| letter.says(words)), "{}", letter.text());
    let policy = case.person("policy").await.see("/policy/settings/letters").await;
    assert!(policy.says("Our own words in: restriction letter") && policy.says("Under “A word from us”"), "{}", policy.text());
}

const ALMSPEOPLE: (&str, &str) = (
    "\nour-policy = ",
    "\ncustomer = { value = { one = \"almsperson\", many = \"almspeople\", a = \"an almsperson\" }, stated = \"1.1\" }\nour-policy = ",
);

/// policy-pack.md 22: pages say what the landlord says, in their headings, their sentences and their refusals.
#[tokio::test]
async fn staffs_pages_call_customers_what_the_landlord_calls_them() {
    let case = Case::under("west-kent", &[ALMSPEOPLE]).await;
    let mut manager = case.person("manager").await;
    for (at, words) in
        [("/customers", "Add an almsperson"), ("/check", "Add an almsperson"), ("/appeals", "An almsperson’s challenge to a decision")]
    {
        let page = manager.see(at).await;
        assert!(page.says(words) && page.body().contains("Almspeople"), "{at}: {}", page.text());
        assert!(!page.text().to_lowercase().contains("customer "), "{at}: {}", page.text());
        assert!(!page.body().contains('⟦'), "{at}");
    }
    let policy = case.person("policy").await.see("/policy").await;
    assert!(policy.says("If the almsperson disagrees"), "{}", policy.text());
}

/// What is said on a record and in an email is in the same words.
#[tokio::test]
async fn the_timeline_and_emails_call_customers_what_the_landlord_calls_them() {
    let case = Case::under("west-kent", &[ALMSPEOPLE]).await;
    case.house.drain_outbox().await;
    case.incident(crate::journey::way::WEST_KENT.behaviour).await;
    let sent = case.house.drain_outbox().await;
    let subject = format!("An incident waits for you: almsperson {}", case.reference);
    assert!(sent.iter().any(|(_, said)| *said == subject), "{sent:?}");
    assert_eq!(case.count("outbox where body_text ~ '⟦' or subject ~ '⟦' or body_text like '% customer %'").await, 0);
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Almsperson added")));
}
