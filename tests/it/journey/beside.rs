//! What must not be missed: a danger before any decision, a second restriction beside the first, the same incident typed twice.

use chrono::TimeDelta;

use super::case::Case;
use super::thread::in_force;
use super::way::WEST_KENT;

#[tokio::test]
async fn from_the_minute_a_threat_is_logged_nobody_visits_alone_until_it_is_decided_that_nothing_follows() {
    let case = Case::begun("west-kent").await;
    let at = format!("/customers/{}/contact?channel=visit", case.reference);
    let mut officer = case.person("officer").await;
    assert!(officer.see(&at).await.says("Visit as normal."));
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "threats").await;
    let form = form.with("harm", "threatened").ticked("threats", &["physical-violence-threatened"]);
    let incident = adviser.save(&form).await.address().to_owned();

    let page = officer.see(&at).await;
    assert!(page.says("Do not visit alone. Violence was threatened on 10 March 2027."), "{}", page.text());
    assert!(page.says("the boiler"), "the incident is among the last contacts: {}", page.text());
    assert!(case.answer().await.contains("Violence was threatened"), "a call says it too");
    case.decided(&incident, "no-action", "It was said to somebody else on the street.").await;
    assert!(officer.see(&at).await.says("Visit as normal."));
}

#[tokio::test]
async fn the_same_words_from_a_form_opened_again_are_the_same_incident() {
    let case = Case::begun("west-kent").await;
    let first = case.incident("abuse").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await;
    let again = adviser.save(&form).await;
    assert_eq!(again.address(), first);
    assert!(again.says("Saved already."), "{}", again.text());
    assert_eq!((case.count("incident").await, case.count("task where kind = 'incident'").await), (1, 1));
    case.house.wait(TimeDelta::minutes(61));
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await;
    adviser.save(&form).await;
    assert_eq!(case.count("incident").await, 2, "an hour later it has happened again");
}

#[tokio::test]
async fn the_same_words_about_another_call_are_asked_about_and_never_thrown_away() {
    let case = Case::begun("west-kent").await;
    let first = case.incident("abuse").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "threats").await.with("harm", "threatened");
    let asked = adviser.submit(&form.ticked("threats", &["physical-violence-threatened"])).await;
    assert_eq!(asked.status(), 422);
    assert!(asked.says("Is it this one?") && asked.links().iter().any(|(_, href)| *href == first), "{}", asked.text());
    assert_eq!(case.count("incident").await, 1, "nothing is saved before it is answered");
    let form = asked.form(&format!("/customers/{}/incidents/new", case.reference));
    assert!(form.pairs.contains(&("threats".to_owned(), "physical-violence-threatened".to_owned())), "nothing typed is lost");
    let second = adviser.save(&form.ticked("another", &["yes"])).await;
    assert_ne!(second.address(), first);
    assert_eq!((case.count("incident").await, case.count("task where kind = 'police'").await), (2, 1));
}

#[tokio::test]
async fn a_correction_from_a_form_that_was_saved_is_not_taken_for_a_second_press() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await;
    let first = adviser.save(&form).await.address().to_owned();
    let asked = adviser.submit(&form.with("what", "He swore twice and then hung up.")).await;
    assert_eq!(asked.status(), 422);
    assert!(asked.says("It stays as it was saved.") && asked.says("He swore twice and then hung up."), "{}", asked.text());
    let form = asked.form(&format!("/customers/{}/incidents/new", case.reference));
    let second = adviser.save(&form.ticked("another", &["yes"])).await;
    assert_ne!(second.address(), first);
    assert_eq!(case.count("incident").await, 2);
}

#[tokio::test]
async fn pressing_a_decision_or_send_twice_says_that_it_was_saved() {
    let case = Case::begun("west-kent").await;
    let incident = case.incident("abuse").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    let decision = |reasons: &str| page.form(&format!("{incident}/decision")).with("outcome", "warning").with("reasons", reasons);
    manager.save(&decision("He swore at her.")).await;
    let again = manager.save(&decision("He swore at her.")).await;
    assert!(again.says("Saved already."), "{}", again.text());
    let other = manager.submit(&decision("Something else.")).await;
    assert_eq!(other.status(), 409, "another decision is not a second press");
    assert_eq!(case.count("task where kind = 'warning'").await, 1);
}

#[tokio::test]
async fn sending_a_proposal_twice_sends_it_once() {
    let case = Case::begun("west-kent").await;
    case.warned_of(&WEST_KENT).await;
    let at = case.again("abuse").await;
    let mut manager = case.person("manager").await;
    case.terms(&mut manager, &at).await;
    let check = manager.see(&format!("{at}/check")).await;
    let form = check.form(&format!("{at}/check")).wordy("She heard it all.");
    assert!(manager.save(&form).await.says("Sent for approval."));
    let again = manager.save(&form).await;
    assert!(again.says("Sent already."), "{}", again.text());
    assert_eq!(case.count("task where kind = 'approval'").await, 1);
}

#[tokio::test]
async fn whoever_proposes_approves_or_reads_a_second_restriction_learns_of_the_first() {
    let (case, first) = in_force(&WEST_KENT).await;
    case.house.wait(TimeDelta::days(2));
    let incident = case.incident("abuse").await;
    case.decided(&incident, "more", "It has not stopped.").await;
    let at = case.proposal(&incident).await;
    let mut manager = case.person("manager").await;
    let index = manager.see(&at).await;
    assert!(index.says("Mr Ashworth has a contact arrangement already until"), "{}", index.text());
    assert!(index.links().iter().any(|(_, href)| *href == first));
    case.terms(&mut manager, &at).await;
    let check = manager.see(&format!("{at}/check")).await;
    assert!(check.says("Another contact arrangement goes on until") && check.says("Both will hold:"), "{}", check.text());
    let letter = manager.see(&format!("{at}/letter")).await;
    assert!(letter.says("The contact arrangement we wrote to you about before goes on as well, until"), "{}", letter.text());
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;

    case.house.wait(TimeDelta::minutes(5));
    let second = approval.replace("/approvals/", "/restrictions/");
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{second}/end")).await;
    manager.save(&page.fill(&[("reason", "One of them is enough.")])).await;
    let newest = case.letters().await[0].clone();
    let letter = manager.see(&newest).await;
    assert!(letter.says("Another contact arrangement goes on until"), "{}", letter.text());
    assert!(!letter.says("in all the usual ways again"), "{}", letter.text());
    assert!(manager.see(&second).await.says("has ended"));
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_not_decided_and_nobody_is_told_of_it() {
    let (case, restriction) = in_force(&WEST_KENT).await;
    case.house.wait(TimeDelta::days(3));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let appeal = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned();
    let mut director = case.person("director2").await;
    let page = director.see(&appeal).await;
    let again = director.submit(&page.fill(&[("outcome", "vary"), ("reasons", "It is too hard on him.")])).await;
    assert_eq!(again.status(), 422, "{}", again.text());
    assert!(again.says("Nothing differs from now.") && again.says("It is too hard on him."), "{}", again.text());
    assert_eq!(case.count("letter where kind = 'appeal-outcome'").await, 0);
}

#[tokio::test]
async fn whoever_looks_again_asks_for_less_and_never_for_more() {
    let (case, restriction) = in_force(&WEST_KENT).await;
    let limited = case.answer().await;
    case.house.wait(TimeDelta::days(3));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let appeal = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned();
    let mut director = case.person("director2").await;
    let form = director.see(&appeal).await.fill(&[("outcome", "vary"), ("reasons", "It is too little.")]);
    let refused = director.submit(&form.clone().ticked("channels-closed", &["phone", "text"])).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());
    let said = refused.error("measure").unwrap_or_default();
    assert!(said.contains("would ask more of the customer") && said.contains("propose a contact arrangement"), "{said}");
    assert!(refused.says("It is too little."), "nothing typed is lost");
    let longer = director.submit(&form.clone().ticked("measure", &["channels"]).with("ends_on", "2027-11-01")).await;
    let said = longer.error("ends_on").unwrap_or_default();
    assert!(said.contains("cannot make the contact arrangement longer"), "{} {said}", longer.text());
    let decided = director.save(&form.ticked("measure", &["channels"])).await;
    assert!(decided.says("Decision recorded."), "less is decided at once: {}", decided.text());

    let mut manager = case.person("manager").await;
    let review: String = sqlx::query_scalar("select '/reviews/' || id::text from review where stage = 'due'")
        .fetch_one(&mut case.house.owner().await)
        .await
        .expect("a review");
    let answers = [("outcome", "vary"), ("view_how", "heard"), ("customers_view", "He is sorry."), ("reasons", "Worse is needed.")];
    let form = manager.see(&review).await.fill(&answers).ticked("channels-closed", &["phone", "visit"]);
    let soonest = form.offers("review_on").into_iter().find(|day| !day.is_empty()).expect("a day");
    let refused = manager.submit(&form.with("review_on", &soonest)).await;
    let said = refused.error("measure").unwrap_or_default();
    assert!(refused.status() == 422 && said.contains("would ask more of the customer"), "{} {said}", refused.text());
    assert_eq!(case.answer().await, limited, "nothing was changed by whoever proposed it");
}
