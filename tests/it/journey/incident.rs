//! Logging an incident and deciding on it: what is missing is said once, and what we failed to do is weighed.

use super::case::{Case, SAID};

/// A customer whose adjustments are on record.
async fn with_adjustments() -> Case {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let at = format!("/customers/{}/adjustments", case.reference);
    let page = adviser.see(&at).await;
    adviser.save(&page.form(&at).with("kind", "sight").with("to_do", "Read letters aloud.")).await;
    case
}

#[tokio::test]
async fn everything_missing_is_said_at_once_and_in_the_order_of_the_page() {
    let case = with_adjustments().await;
    let mut adviser = case.person("adviser").await;
    let at = format!("/customers/{}/incidents/new", case.reference);
    let page = adviser.see(&format!("{at}?channel=phone")).await;
    let fields = |page: &crate::support::page::Page| page.summary().into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    let empty = adviser.submit(&page.form(&at)).await;
    let everything = ["about", "behaviours", "what", "effects", "harm", "adjusted", "support"];
    assert_eq!((empty.status(), fields(&empty)), (422, everything.map(|field| format!("#{field}")).to_vec()));

    let half = page.fill(&[("about", "the boiler"), ("harm", "threatened"), ("support", "fine"), ("adjusted", "all")]);
    let half = adviser.submit(&half.ticked("behaviours", &["abuse"]).ticked("done", &["ended"])).await;
    assert_eq!(fields(&half), ["#what", "#effects", "#threats", "#fewer", "#told"]);

    let form = half.fill(&[("what", SAID), ("harm", "none")]).ticked("effects", &["fear"]);
    let form = form.ticked("warned", &["1", "2"]).with("fewer", "another").with("told", "yes");
    let saved = adviser.save(&form).await;
    assert!(saved.says("Incident saved."), "{}", saved.text());
    assert!(!saved.says("Another reason"), "an answer about fewer warnings is left out where all were given: {}", saved.text());
}

#[tokio::test]
async fn who_decides_weighs_that_adjustments_were_not_made() {
    let case = with_adjustments().await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await.with("adjusted", "none");
    let incident = adviser.save(&form).await.address().to_owned();
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    assert!(page.says("His adjustments were not made.") && page.says("On record: Read letters aloud."), "{}", page.text());
    let form = page.fill(&[("outcome", "no-action"), ("reasons", "The line was bad.")]);
    let bare = manager.submit(&form).await;
    assert_eq!(bare.status(), 422);
    assert_eq!(bare.error("weighed").as_deref(), Some("Enter how you weighed that adjustments were not made"));
    assert_eq!(case.count("event where kind = 'incident-decided'").await, 0);
    let decided = manager.save(&bare.fill(&[("weighed", "He could not read the letter he was angry about.")])).await;
    assert!(decided.says("He could not read the letter he was angry about."), "{}", decided.text());

    let calm = case.incident_form(&mut adviser, "abuse").await.with("what", "The same again.").with("adjusted", "all");
    let made = adviser.save(&calm).await.address().to_owned();
    let page = manager.see(&made).await;
    assert!(!page.body().contains("name=\"weighed\""), "nothing is asked where they were made");
}

#[tokio::test]
async fn whoever_is_written_to_finds_a_link_and_the_day_in_it_and_on_the_list() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await.with("support", "today");
    let incident = adviser.save(&form).await.address().to_owned();
    case.decided(&incident, "no-action", "The line was bad.").await;
    for (subject, link) in [
        ("An incident waits for you%", incident.as_str()),
        ("%asked for support today", "/my-work"),
        ("Decided: your incident%", incident.as_str()),
    ] {
        let sql = "select body_text from outbox where subject like $1";
        let body: String = sqlx::query_scalar(sql).bind(subject).fetch_one(&mut case.house.owner().await).await.expect("one email");
        assert!(body.lines().any(|line| line == link), "{subject}: {body}");
    }
    case.house.wait(chrono::TimeDelta::days(3));
    let work = case.person("manager").await.see("/my-work").await.text().replace('\u{a0}', " ");
    assert!(work.contains("asked for support on Wednesday 10 March") && !work.contains("today, after"), "{work}");
}
