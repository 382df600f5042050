//! Who signs a letter, where the policy says so.

use super::deciding::restricted;
use crate::journey::case::Case;

async fn last_letter(case: &Case) -> String {
    case.person("manager").await.see(&case.letters().await[0]).await.text().replace('\u{a0}', " ")
}

#[tokio::test]
async fn a_letter_is_signed_by_the_team_or_the_post_that_the_policy_names() {
    let by =
        |who: &str| format!("[letters]\nsigned-by = [{{ letter = \"restriction-notice\", {who}, source = {{ stated = \"6.2\" }} }}]\n");
    let (case, _) = restricted(&[]).await;
    let usual = last_letter(&case).await;
    let (case, _) = restricted(&[("[letters]\n", &by("by = \"team\", team = \"Customer Care Team\""))]).await;
    let team = last_letter(&case).await;
    assert!(!usual.contains("Customer Care Team") && team.contains("Customer Care Team West Kent"), "{team}");
    let (case, _) = restricted(&[("[letters]\n", &by("by = \"post\", post = \"head-of-service\""))]).await;
    let post = last_letter(&case).await;
    assert!(post.contains("Yours sincerely Patrick Byrne Head of Service"), "{post}");
}
