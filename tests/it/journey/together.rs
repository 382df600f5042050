//! Several people in one event: each is logged, decided for and written to alone, and whoever decides sees the others (WK-01).

use super::case::{Case, SAID};
use super::way::ONE_MANCHESTER;
use crate::support::page::Filled;
use crate::support::visitor::Visitor;

/// The adviser adds Leanne Silva; her reference.
async fn silva(adviser: &mut Visitor) -> String {
    let blank = adviser.see("/customers/new").await;
    let form = blank.fill(&[
        ("title", "Ms"),
        ("given", "Leanne"),
        ("family", "Silva"),
        ("pronoun", "she"),
        ("line1", "9 Larch Row"),
        ("postcode", "TN13 1DB"),
    ]);
    adviser.save(&form).await.address().trim_start_matches("/customers/").to_owned()
}

/// From an incident to the form for somebody else, found by name and without script.
async fn form_for(who: &mut Visitor, incident: &str, behaviour: &str) -> Filled {
    let page = who.see(incident).await;
    let page = who.click(&page, "Somebody else took part").await;
    let found = who.submit(&page.form(&format!("{incident}/together")).with("q", "Silva")).await;
    assert_eq!(found.status(), 200, "{}", found.text());
    let (_, href) = found.links().into_iter().find(|(text, _)| text.starts_with("Log what ")).unwrap_or_else(|| panic!("{}", found.text()));
    let page = who.see(&href).await;
    assert!(page.says("took part with somebody else"), "{}", page.text());
    let form = page.fill(&[("harm", "none"), ("support", "fine"), ("what", "She blocked the door of the office.")]);
    form.ticked("behaviours", &[behaviour])
}

#[tokio::test]
async fn wk_01_each_person_of_a_group_is_logged_once_and_decided_for_alone_beside_the_others() {
    let case = Case::begun("west-kent").await;
    let first = case.incident("abuse").await;
    let mut adviser = case.person("adviser").await;
    let reference = silva(&mut adviser).await;
    let form = form_for(&mut adviser, &first, "abuse").await;
    assert_eq!((form.value("about"), form.value("channel")), ("the boiler", "phone"), "what is the same for both is filled in");
    let hers = adviser.save(&form).await;
    assert!(hers.says("Incident saved.") && hers.says("Together with") && hers.says("Colin Ashworth"), "{}", hers.text());
    assert!(!hers.says(SAID), "what he said is not put into her record");
    let second = hers.address().to_owned();
    assert_eq!(adviser.save(&form).await.address(), second, "a second press");
    let new = format!("/customers/{reference}/incidents/new?incident={}", first.trim_start_matches("/incidents/"));
    let page = adviser.get(&new).await;
    assert_eq!(adviser.follow(&page).await.address(), second, "there is one for her already");
    let back = format!("/customers/{}/incidents/new?incident={}", case.reference, second.trim_start_matches("/incidents/"));
    let page = adviser.get(&back).await;
    assert_eq!(adviser.follow(&page).await.address(), first, "and his is the first");
    let again = form.clone().forged("id", &uuid::Uuid::from_u128(7).to_string());
    assert_eq!(adviser.save(&again).await.address(), second, "another window");
    assert_eq!((case.count("incident").await, case.count("incident_together").await), (2, 1));
    assert_eq!(case.count("event where kind = 'incident-together'").await, 2, "on the history of each");

    let mut manager = case.person("manager").await;
    let page = manager.see(&first).await;
    let named = page.fill(&[("outcome", "warning"), ("reasons", "He led it."), ("lessons", "Ring Ms SILVA’s sister first.")]);
    let refused = manager.submit(&named).await;
    assert!(refused.error("lessons").is_some_and(|error| error.starts_with("Leave out who it was")), "{}", refused.text());
    let page = case.decided(&first, "warning", "He led it.").await;
    assert!(page.says("Leanne Silva") && page.says("Waiting for a decision"), "hers still waits: {}", page.text());
    let page = case.person("manager").await.see(&second).await;
    let said = page.text().replace('\u{a0}', " ");
    assert!(said.contains("Ngozi Okoro, 10 March 2027: He led it."), "what was decided for him: {said}");
    assert!(page.forms().iter().any(|form| form.action.ends_with("/decision")), "she is decided for separately");
    for (customer, other) in [(&case.reference, "Leanne Silva"), (&reference, "Colin Ashworth")] {
        let page = case.person("manager").await.see(&format!("/customers/{customer}")).await;
        assert!(page.link(other).is_some_and(|href| href.starts_with("/incidents/")), "{}", page.text());
    }
}

#[tokio::test]
async fn wk_01_no_letter_names_another_of_the_group_and_the_restriction_says_together_with() {
    let case = Case::begun(ONE_MANCHESTER.slug).await;
    let first = case.incident(ONE_MANCHESTER.behaviour).await;
    let mut adviser = case.person("adviser").await;
    silva(&mut adviser).await;
    let form = form_for(&mut adviser, &first, ONE_MANCHESTER.behaviour).await;
    adviser.save(&form).await;
    case.decided(&first, "warning", "He is told what we ask.").await;
    let (step, how) = ONE_MANCHESTER.steps.iter().find(|(_, how)| *how == "written").expect("a step in writing");
    let id = first.trim_start_matches("/incidents/");
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("/warnings/new?customer={}&incident={id}&step={step}&form={how}", case.reference)).await;
    let named = page.fill(&[("what", "You and Leanne Silva shouted."), ("why", "She was afraid."), ("ask", "Please speak calmly.")]);
    let named = named.gone_through();
    let refused = manager.submit(&named).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());
    assert!(refused.summary().iter().any(|(_, said)| said.contains("It names Leanne Silva")), "{:?}", refused.summary());
    let past_the_preview = manager.submit(&named.forged("seen", "yes")).await;
    assert_eq!(past_the_preview.status(), 422, "nor behind its back");
    assert_eq!(case.count("letter").await, 0);
    case.steps(&ONE_MANCHESTER).await;
    let mut manager = case.person("manager").await;
    for letter in case.letters().await {
        assert!(!manager.see(&letter).await.says("Silva"), "{letter}");
    }

    let at = case.again(ONE_MANCHESTER.behaviour).await;
    let restriction = at.replace("/proposals/", "/restrictions/");
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("Together with") && page.link("Leanne Silva").is_some(), "{}", page.text());
}

#[tokio::test]
async fn wk_01_where_the_policy_deals_with_each_by_themselves_nobody_is_added() {
    let case = Case::under("west-kent", &[("groups = { value = true", "groups = { value = false")]).await;
    let first = case.incident("abuse").await;
    let mut adviser = case.person("adviser").await;
    let reference = silva(&mut adviser).await;
    assert!(!adviser.see(&first).await.says("Somebody else took part"));
    let refused = adviser.post(&format!("{first}/together"), &[("q", "Silva")]).await;
    assert!(refused.status() == 422 && refused.says("deals with each person by themselves"), "{}", refused.text());
    let new = format!("/customers/{reference}/incidents/new?incident={}", first.trim_start_matches("/incidents/"));
    assert_eq!(adviser.get(&new).await.status(), 422);
}
