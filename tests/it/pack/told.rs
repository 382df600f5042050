//! What a letter says, told besides as the policy asks (`letters.told`): a task for the post named, until it is recorded.

use super::deciding::restricted;
use crate::journey::case::Case;
use crate::support::page::Page;

const ALSO: (&str, &str) = ("told-as-well = { value = \"no\"", "told-as-well = { value = \"if-needed\"");

fn told(recorded: &str) -> String {
    format!(
        "\n[letters]\ntold = [{{ letter = \"restriction-notice\", by = \"officer\", within = \"2 working days\", how = [\"phone\", \"person\"], recorded = \"{recorded}\", source = {{ stated = \"6.2\" }} }}]\n"
    )
}

async fn marked(case: &Case, letter: &str) -> Page {
    let mut manager = case.person("manager").await;
    let page = manager.see(letter).await;
    let form = page.form(&format!("{letter}/sent")).with("via", "post");
    manager.submit(&form).await
}

#[tokio::test]
async fn the_post_named_tells_what_the_letter_says_and_until_that_is_recorded_it_does_not_count_as_given() {
    let (case, _) = restricted(&[ALSO, ("\n[letters]\n", &told("first"))]).await;
    let letter = case.letters().await[0].clone();
    let refused = marked(&case, &letter).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());
    assert!(refused.says("The policy asks that it is told first."), "{}", refused.text());
    let page = case.person("manager").await.see(&letter).await;
    assert!(page.says("tells Mr Ashworth what it says by") && page.says("By phone or in person."), "{}", page.text());
    assert!(page.link("Record that it was told").is_none(), "it is the officer's to tell");

    let mut officer = case.person("officer").await;
    let work = officer.see("/my-work").await;
    let page = officer.click(&work, "Tell Mr Ashworth what the letter says").await;
    let form = page.fill(&[("note", "At ten, on the second try. He understood.")]);
    let refused = officer.submit(&form).await;
    assert_eq!((refused.status(), refused.error("how").as_deref()), (422, Some("Choose how you told them")), "{}", refused.text());
    officer.save(&form.with("how", "phone")).await;
    assert!(!officer.see("/my-work").await.says("what the letter says"));
    let page = case.person("manager").await.see(&letter).await;
    assert!(page.says("It was told as well.") && page.says("told Mr Ashworth what it says. Recorded on"), "{}", page.text());
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Told by phone. At ten, on the second try.")));
    assert!(marked(&case, &letter).await.location().is_some(), "now it counts");
}

#[tokio::test]
async fn where_it_is_only_noted_the_letter_counts_all_the_same() {
    let (case, _) = restricted(&[ALSO, ("\n[letters]\n", &told("noted"))]).await;
    let letter = case.letters().await[0].clone();
    assert!(marked(&case, &letter).await.location().is_some());
    let work = case.person("officer").await.see("/my-work").await;
    assert!(work.link("Tell Mr Ashworth what the letter says").is_some(), "{}", work.text());
}
