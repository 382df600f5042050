//! A policy that says how many, when and on which channels: whoever asks for a measure is held to that, and so is whoever changes it later.

use super::deciding::restricted;
use crate::journey::case::{Case, usual_terms};
use crate::journey::change_the_policy::{changed, published};
use crate::journey::invented::KIRKBRAE;
use crate::support::page::{Filled, Page};
use crate::support::visitor::Visitor;

/// Kirkbrae allows one to three contacts a week by phone, email or letter, and two are usual.
async fn kirkbrae() -> (Case, String) {
    let case = Case::invented(KIRKBRAE.invented.expect("an invented landlord")).await;
    case.warned_of(&KIRKBRAE).await;
    let at = case.again(KIRKBRAE.behaviour).await;
    (case, at)
}

const TOO_MANY: &str = "The policy allows at most 3 emails a week. Enter 3 or fewer";

#[tokio::test]
async fn a_manager_who_proposes_five_emails_a_week_is_told_how_many_the_policy_allows_and_proposes_two() {
    let (case, at) = kirkbrae().await;
    let terms = format!("{at}/terms");
    let mut manager = case.person("manager").await;
    let page = manager.see(&terms).await;
    let blank = page.form(&terms);
    assert_eq!([blank.value("quota-count"), blank.value("quota-per"), blank.value("quota-channel")], ["2", "week", ""]);
    assert_eq!(blank.offers("quota-channel"), ["", "phone", "email", "letter"]);
    assert_eq!(blank.offers("quota-per"), ["", "week"]);
    assert_eq!(page.all("[id='quota-count-h']"), ["1 to 3."]);

    let form = usual_terms(&page);
    let five = manager.submit(&form.clone().with("quota-count", "5").forged("quota-per", "month")).await;
    assert_eq!(five.status(), 422);
    assert_eq!(five.error("quota-count").as_deref(), Some("The policy allows at most 3 emails a month. Enter 3 or fewer"));
    assert_eq!(five.error("quota-per").as_deref(), Some("The policy counts these by the week only. Choose a week"));
    let five = manager.submit(&form.clone().with("quota-count", "5")).await;
    assert_eq!(five.error("quota-count").as_deref(), Some(TOO_MANY));
    let typed = five.form(&terms);
    assert_eq!([typed.value("quota-count"), typed.value("quota-channel"), typed.value("ends_on")], ["5", "email", "2027-09-01"]);
    assert_eq!(manager.see(&terms).await.form(&terms).value("measure"), "", "nothing of it is kept");
    let visits = manager.submit(&form.clone().forged("quota-channel", "visit")).await;
    assert_eq!(
        visits.error("quota-channel").as_deref(),
        Some("The policy allows this for phone, email or letter only. Choose one of these")
    );

    manager.save(&form.with("quota-count", "2")).await;
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    let page = case.person("director").await.see(&approval).await;
    assert!(page.says("Email 2 a week"), "{}", page.text());
}

/// The review that waits, filled in to change the terms.
async fn changing(reviewer: &mut Visitor) -> Filled {
    let list = reviewer.see("/reviews").await;
    let (_, at) = list.links().into_iter().find(|(_, href)| href.starts_with("/reviews/")).expect("the review");
    let answers = [("outcome", "vary"), ("view_how", "heard"), ("customers_view", "He is calm."), ("reasons", "It has gone well.")];
    let form = reviewer.see(&at).await.fill(&answers).gone_through();
    let interval = form.offers("review_on").into_iter().find(|one| !one.is_empty());
    interval.map_or(form.clone(), |interval| form.with("review_on", &interval))
}

const NARROW: &str =
    "title = \"A number of contacts\"\nlimits = { channels = [\"email\", \"letter\"], count = { most = 3 }, per = [\"week\"] }\n";

#[tokio::test]
async fn whoever_changes_it_at_a_review_is_held_to_the_same() {
    let (case, _) = restricted(&[("title = \"A number of contacts\"\n", NARROW)]).await;
    case.house.at("2027-06-11T10:00:00Z");
    let mut manager = case.person("manager").await;
    let form = changing(&mut manager).await;
    assert_eq!(form.value("quota-count"), "1", "what holds, not what is usual");
    let five = manager.submit(&form.clone().with("quota-count", "5")).await;
    assert_eq!((five.status(), five.error("quota-count").as_deref()), (422, Some(TOO_MANY)));
    assert!(five.says("It has gone well."), "what was typed stays: {}", five.text());
    assert_eq!(five.fill(&[("quota-count", "5")]).value("quota-count"), "5");
    let three = manager.save(&form.with("quota-count", "3")).await;
    assert!(three.says("Review recorded."), "{}", three.text());
}

/// At most two letters a month: nothing that Mr Ashworth was told a while ago.
const NEWER: &str =
    "title = \"A number of contacts\"\nlimits = { channels = [\"letter\"], count = { least = 2, most = 2 }, per = [\"month\"] }\n";

#[tokio::test]
async fn what_holds_under_an_older_version_stays_when_the_newer_one_allows_less() {
    let (case, restriction) = restricted(&[]).await;
    let newer = changed("west-kent", "title = \"A number of contacts\"\n", NEWER);
    let today = case.house.clock.now().date_naive().to_string();
    let at = published(&case.house, "west-kent", &newer, &today).await;
    let cases = case.person("director").await.see(&format!("{at}/cases")).await;
    assert!(cases.says("Within these limits: 2 letters a month; for letter only"), "{}", cases.text());
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{restriction}/policy")).await;
    manager.save(&page.fill(&[("reason", "The newer policy answers him sooner.")])).await;
    assert_eq!(case.count("event where kind = 'restriction-moved'").await, 1);

    // One email a week is none of this; it may stay, and be answered on a day of its own. What is new is held to the newer version.
    case.house.at("2027-06-11T10:00:00Z");
    let mut manager = case.person("manager").await;
    let form = changing(&mut manager).await;
    assert_eq!([form.value("quota-channel"), form.value("quota-count"), form.value("quota-per")], ["email", "1", "week"]);
    let more = manager.submit(&form.clone().with("quota-count", "4")).await;
    assert_eq!(more.error("quota-count").as_deref(), Some("The policy allows at most 2 emails a week. Enter 2"));
    let page = manager.save(&form.with("quota-answered_on", "friday")).await;
    assert!(page.says("Review recorded."), "{}", page.text());
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("one email a week, answered on Fridays"), "{}", page.text());

    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{restriction}/end")).await;
    let page = manager.save(&page.fill(&[("reason", "He has been calm.")]).gone_through()).await;
    assert!(page.status() == 200 && case.answer().await.contains("as normal"), "{}", page.text());
}

fn plain(page: &Page) -> String {
    page.text().replace('\u{a0}', " ")
}

#[tokio::test]
async fn the_limits_are_said_to_staff_to_the_owner_and_to_the_public() {
    let case = Case::invented(KIRKBRAE.invented.expect("an invented landlord")).await;
    let said = "Within these limits: 1 to 3 contacts a week; for phone, email or letter only.";
    let page = case.person("adviser").await.see("/policy").await;
    assert!(plain(&page).contains(said), "{}", page.text());
    let page = case.person("policy").await.see("/policy/settings/measures").await;
    assert!(plain(&page).contains(&format!("{said} The form begins with: 2.")), "{}", page.text());
    let page = case.house.visitor().see("/policies/west-kent").await;
    assert!(plain(&page).contains(said), "{}", page.text());
}
