//! The landlord's own sentences in its letters (`letters.own`): where whoever decides reads them first, in the letter, and in the policy.

use super::deciding::waiting;

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
    let page = case.person("manager2").await.see(&approval).await;
    assert!(all.iter().all(|words| page.says(words)), "whoever decides reads them first: {}", page.text());
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;
    let mut manager = case.person("manager").await;
    let letter = manager.see(&case.letters().await[0]).await;
    assert!(all.iter().all(|words| letter.says(words)), "{}", letter.text());
    let policy = case.person("policy").await.see("/policy/settings").await;
    assert!(policy.says("Our own words in: restriction letter") && policy.says("Under “A word from us”"), "{}", policy.text());
}
