//! What was learnt from an incident: written down with the decision, read by colleagues, naming nobody.

use crate::journey::case::Case;
use crate::journey::way::NOTTING_HILL_GENESIS;

const LESSON: &str = "Ring back the same day, even with no news.";

#[tokio::test]
async fn nhg_10_a_lesson_from_an_incident_is_kept_read_by_colleagues_and_counted() {
    let case = Case::begun("notting-hill-genesis").await;
    let incident = case.incident(NOTTING_HILL_GENESIS.behaviour).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    let form = page.fill(&[("outcome", "no-action"), ("reasons", "He was left waiting.")]);
    let named = format!("Customer {} was left waiting.", case.reference);
    let refused = manager.submit(&form.clone().with("lessons", &named)).await;
    assert!(refused.error("lessons").is_some_and(|error| error.starts_with("Leave out who it was")), "{}", refused.text());
    assert!(refused.body().contains(&named), "nothing typed is lost");
    assert_eq!(case.count("incident where stage = 'decided'").await, 0);
    let page = manager.save(&form.with("lessons", LESSON)).await;
    assert!(page.says("What we learnt") && page.says(LESSON), "{}", page.text());

    let mut adviser = case.person("adviser").await;
    let page = adviser.see("/incidents").await;
    let page = adviser.click(&page, "What we learnt").await;
    assert!(page.says(LESSON) && !page.says(&case.reference) && !page.says("Read the incident"), "{}", page.text());
    let page = manager.see("/incidents/lessons").await;
    assert!(page.links().iter().any(|(_, href)| *href == incident), "whoever may read any incident finds the way to it");
    case.house.at("2028-03-31T10:00:00Z");
    let page = case.person("manager").await.see("/incidents/lessons").await;
    assert!(!page.says(LESSON) && page.says("Nothing yet"), "{}", page.text());
    let counted = |report: &evenhand::rules::policy::Report| report.counts.contains(&evenhand::rules::policy::Counted::Lessons);
    assert!(case.policy.reports.iter().any(counted), "the yearly evaluation counts them");
}
