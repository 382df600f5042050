//! What is typed about an incident is not lost, whoever closes what.

use chrono::TimeDelta;

use super::case::{Case, SAID};
use super::thread::{in_force, proposed};
use crate::pack::challenge::{WARNINGS, warned};
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

/// What the script sends of a form every few seconds.
fn typed(form: &Filled, name: &str) -> Filled {
    let mut kept = form.clone();
    kept.action = "/me/drafts".to_owned();
    kept.pairs.extend([("quiet".to_owned(), "1".to_owned()), ("draft".to_owned(), name.to_owned())]);
    kept
}

#[tokio::test]
async fn a_half_typed_decision_is_there_after_the_sign_in_ended_for_its_writer_alone_and_gone_once_it_is_taken() {
    let case = Case::begun("west-kent").await;
    let incident = case.incident("abuse").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    assert!(page.body().contains(&format!("data-draft-of=\"{incident}/decision\"")) && !page.says("You began this on"), "{}", page.text());
    let form = page.fill(&[("outcome", "no-action"), ("reasons", "He was upset, and")]);
    let kept = manager.submit(&typed(&form, &format!("{incident}/decision"))).await;
    assert_eq!((kept.status(), kept.body()), (204, ""));
    case.house.wait(TimeDelta::hours(3));
    assert_eq!(manager.get(&incident).await.status(), 303, "the sign-in has ended");

    let mut head = case.person("head").await;
    assert!(!head.see(&incident).await.body().contains("He was upset, and"), "it is its writer's alone");
    let mut manager = case.person("manager").await;
    let work = manager.see("/my-work").await;
    assert!(work.link("Decision on an incident: Colin Ashworth").is_some_and(|href| href == incident), "{}", work.text());
    assert!(!head.see("/my-work").await.says("Begun, and not sent yet"), "nobody else’s");
    let page = manager.see(&incident).await;
    assert!(page.says("You began this on 10 March, 11:42am"), "{}", page.text());
    let again = page.form(&format!("{incident}/decision"));
    assert_eq!((again.value("reasons").trim(), again.value("outcome")), ("He was upset, and", "no-action"));
    manager.save(&again.with("reasons", "He was upset, and rang to say so.")).await;
    assert_eq!(case.count("form_draft").await, 0);
}

#[tokio::test]
async fn a_draft_is_laid_over_the_form_as_it_stands_now_and_can_be_thrown_away() {
    let case = Case::begun("west-kent").await;
    case.warned_of(&super::way::WEST_KENT).await;
    let at = case.again("threats").await;
    let mut manager = case.person("manager").await;
    let name = format!("{at}/account");
    let form = manager.see(&name).await.fill(&[("account_how", "heard"), ("account", "The boiler again.")]);
    manager.submit(&typed(&form, &name)).await;
    // Another part is saved meanwhile: the proposal has another version now.
    case.terms(&mut manager, &at).await;
    let page = manager.see(&name).await;
    let saved = manager.save(&page.form(&name)).await;
    assert!(saved.status() == 200 && manager.see(&name).await.says("The boiler again."), "{}", saved.text());
    assert_eq!(case.count("form_draft").await, 0);

    let form = manager.see(&name).await.fill(&[("account", "Something else.")]);
    manager.submit(&typed(&form, &name)).await;
    let mut thrown = manager.see(&name).await.form(&name);
    assert_eq!(thrown.value("account").trim(), "Something else.");
    thrown.action = "/me/drafts/end".to_owned();
    thrown.pairs.push(("draft".to_owned(), name.clone()));
    let page = manager.save(&thrown).await;
    assert!(page.address() == name && page.says("Draft thrown away.") && page.says("The boiler again."), "{}", page.text());
}

#[tokio::test]
async fn every_long_form_of_a_manager_is_kept_while_it_is_typed() {
    let case = Case::begun("west-kent").await;
    let incident = case.incident("threats").await;
    case.decided(&incident, "warning", "He is told what we ask.").await;
    let mut manager = case.person("manager").await;
    let id = incident.trim_start_matches("/incidents/");
    let warning = format!("/warnings/new?customer={}&incident={id}&step=management-action&form=written", case.reference);
    let form = manager.see(&warning).await.fill(&[("why", "She was afraid to")]);
    manager.submit(&typed(&form, &warning)).await;
    let page = manager.see(&warning).await;
    assert!(page.says("You began this on") && page.body().contains("She was afraid to"), "{}", page.text());
    case.warned(&incident, "management-action", "written").await;
    assert_eq!(case.count("form_draft").await, 0, "it was given");

    let at = case.again("threats").await;
    // Two days later, signed in anew.
    let mut manager = case.person("manager").await;
    for part in ["evidence", "account", "adjustments", "terms"] {
        let page = manager.see(&format!("{at}/{part}")).await;
        assert!(page.body().contains(&format!("data-draft-of=\"{at}/{part}\"")), "{part}");
    }
    for name in ["", "no address", "//elsewhere.example/reviews", "/nothing/of/ours"] {
        let answer = manager.submit(&typed(&form, name)).await;
        assert_eq!(answer.status(), 400, "{name}");
    }
    for nth in 0..25 {
        manager.submit(&typed(&form, &format!("/reviews?n={nth}"))).await;
    }
    assert_eq!(case.count("form_draft").await, 20, "no more than a person can have begun");
}

/// Somebody half types a decision, and finds it again when they come back; nobody else does. The form as it was kept.
async fn comes_back_to(case: &Case, who: &str, page_at: &str, form_at: &str, field: &str) -> Filled {
    const HALF: &str = "The recording bears out that";
    let mut person = case.person(who).await;
    let form = person.see(page_at).await.form(form_at).with(field, HALF);
    assert_eq!(person.submit(&typed(&form, form_at)).await.status(), 204, "{form_at}");
    assert!(!case.person("policy").await.get(page_at).await.body().contains(HALF), "{form_at}: it is its writer's alone");
    let page = case.person(who).await.see(page_at).await;
    assert!(page.body().contains(&format!("data-draft-of=\"{form_at}\"")) && page.says("You began this on"), "{form_at}: {}", page.text());
    let form = page.form(form_at);
    assert_eq!(form.value(field).trim(), HALF, "{form_at}");
    form
}

#[tokio::test]
async fn what_whoever_approves_has_typed_waits_for_them_and_is_gone_once_it_is_decided() {
    let case = Case::begun("west-kent").await;
    case.warned_of(&super::way::WEST_KENT).await;
    let (at, _) = proposed(&case, &super::way::WEST_KENT).await;
    let approval = at.replace("/proposals/", "/approvals/");
    let form = comes_back_to(&case, "manager2", &approval, &approval, "reason").await;
    let page = case.person("manager2").await.save(&form.with("decision", "approve").with("reason", "It is fair.")).await;
    assert!(page.says("Approved") && case.count("form_draft").await == 0, "{}", page.text());
}

#[tokio::test]
async fn a_half_typed_appeal_against_a_warning_and_the_answer_to_it_are_kept() {
    let (case, warning) = warned(&[WARNINGS]).await;
    let (at, decision) = (format!("{warning}/appeal"), format!("{warning}/appeal/decision"));
    let form = comes_back_to(&case, "adviser", &at, &at, "grounds").await;
    let page = case
        .person("adviser")
        .await
        .save(&form.with("grounds", "I never said that.").with("received_via", "phone").ticked("listed", &["1"]))
        .await;
    assert!(page.says("Appeal logged.") && case.count("form_draft").await == 0, "{}", page.text());
    let form = comes_back_to(&case, "head", &at, &decision, "reasons").await;
    let page = case.person("head").await.save(&form.with("outcome", "uphold")).await;
    assert!(page.says("Decision recorded.") && case.count("form_draft").await == 0, "{}", page.text());
}

#[tokio::test]
async fn a_half_typed_answer_to_a_request_to_look_again_is_kept() {
    let (case, restriction) = in_force(&super::way::ALLIANCE_HOMES).await;
    case.house.wait(TimeDelta::days(3));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&restriction).await;
    let page = adviser.click(&page, "The customer asks us to look again").await;
    let asked = page.fill(&[("words", "I am calm now."), ("received_via", "phone")]).ticked("listed", &["1"]);
    let at = adviser.save(&asked).await.address().to_owned();
    let form = comes_back_to(&case, "director2", &at, &format!("{at}/answer"), "reasons").await;
    let page = case.person("director2").await.save(&form.with("outcome", "keep")).await;
    assert!(page.says("Answer recorded.") && case.count("form_draft").await == 0, "{}", page.text());
}
