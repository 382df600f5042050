//! What is typed about an incident is not lost, whoever closes what.

use chrono::TimeDelta;

use super::case::{Case, SAID};
use crate::support::page::Filled;

/// The same form, sent to be kept.
fn to_keep(case: &Case, form: &Filled) -> Filled {
    let mut kept = form.clone();
    kept.action = format!("/customers/{}/incidents/draft", case.reference);
    kept
}

#[tokio::test]
async fn what_was_typed_is_there_after_the_sign_in_ended_and_gone_once_it_is_logged() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await.with("harder", "The line was bad.");
    let kept = adviser.save(&to_keep(&case, &form)).await;
    assert!(kept.says("Kept as a draft.") && kept.says("You began this on 10 March, 11:42am."), "{}", kept.text());
    case.house.wait(TimeDelta::hours(3));
    let page = adviser.get("/my-work").await;
    assert_eq!(page.status(), 303, "the sign-in has ended");

    let mut adviser = case.person("adviser").await;
    let work = adviser.see("/my-work").await;
    assert!(work.says("Begun, and not logged yet"), "{}", work.text());
    let page = adviser.click(&work, "Incident with Colin Ashworth").await;
    let again = page.fill(&[("harm", "none")]);
    assert_eq!(again.value("what").trim(), SAID);
    assert_eq!((again.value("harder").trim(), again.value("time")), ("The line was bad.", form.value("time")));
    assert_eq!(again.value("id"), form.value("id"), "it becomes the same incident");
    let logged = adviser.save(&again).await;
    assert!(logged.says(SAID) && logged.says("The line was bad."), "{}", logged.text());
    assert_eq!((case.count("incident_draft").await, case.count("incident").await), (0, 1));
    assert!(!adviser.see("/my-work").await.says("Begun, and not logged yet"));

    // What the browser still sends once it is logged begins nothing anew.
    let mut late = to_keep(&case, &again);
    late.pairs.push(("quiet".to_owned(), "1".to_owned()));
    assert_eq!(adviser.submit(&late).await.status(), 204);
    assert_eq!(case.count("incident_draft").await, 0);
}

#[tokio::test]
async fn a_draft_is_its_writers_alone_and_can_be_thrown_away() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await;
    let mut quiet = to_keep(&case, &form);
    quiet.pairs.push(("quiet".to_owned(), "1".to_owned()));
    let kept = adviser.submit(&quiet).await;
    assert_eq!((kept.status(), kept.body()), (204, ""));
    adviser.submit(&quiet).await;
    assert_eq!(case.count("incident_draft").await, 1, "it is kept in place of what was kept before");
    let at = format!("/customers/{}/incidents/new", case.reference);
    for other in ["officer", "manager"] {
        let mut other = case.person(other).await;
        assert!(!other.see(&at).await.says("You began this"));
        assert!(!other.see("/my-work").await.says("Begun, and not logged yet"));
    }
    let page = adviser.see(&at).await;
    assert_eq!(case.count("incident_draft where typed::text like '%quiet%'").await, 0, "only what was typed is kept");
    let gone = adviser.save(&page.form(&format!("/customers/{}/incidents/draft/end", case.reference))).await;
    assert!(gone.says("Draft thrown away.") && !gone.says("You began this"), "{}", gone.text());
    assert_eq!(case.count("incident_draft").await, 0);
}
