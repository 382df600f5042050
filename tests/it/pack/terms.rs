//! How long it may go on: as many renewals as the policy says, and all time without a gap together.

use super::deciding::restricted;
use crate::journey::case::{Case, usual_terms};
use crate::journey::thread::lifted;
use crate::journey::way::WEST_KENT;
use crate::support::page::{Filled, Page};
use crate::support::visitor::Visitor;

const ONE_RENEWAL: (&str, &str) = ("\n[terms]\n", "\n[terms]\nrenewals = { value = 1, stated = \"9.7\" }\n");
const HALF_A_YEAR: (&str, &str) = ("cap = { value = \"none\"", "cap = { value = \"6 months\"");

/// The review that waits, filled in to go on until a day.
async fn going_on(manager: &mut Visitor, until: &str) -> Filled {
    let list = manager.see("/reviews").await;
    let (_, at) = list.links().into_iter().find(|(_, href)| href.starts_with("/reviews/")).expect("the review");
    let answers = [("outcome", "continue"), ("view_how", "heard"), ("customers_view", "He is calm."), ("reasons", "Two more calls.")];
    let form = manager.see(&at).await.fill(&answers);
    form.with("review_on", "3 months").with("ends_on", until)
}

fn plain(page: &Page, field: &str) -> String {
    page.error(field).unwrap_or_default().replace('\u{a0}', " ")
}

async fn reviewed(case: &Case, when: &str, until: &str) -> Page {
    case.house.at(when);
    let mut manager = case.person("manager").await;
    let form = going_on(&mut manager, until).await;
    manager.submit(&form).await
}

#[tokio::test]
async fn a_review_gives_a_later_last_day_as_often_as_the_policy_says_and_no_oftener() {
    let (case, _) = restricted(&[ONE_RENEWAL]).await;
    assert_eq!(reviewed(&case, "2027-06-11T10:00:00Z", "2027-12-01").await.status(), 303);
    let page = reviewed(&case, "2027-09-10T10:00:00Z", "2028-02-01").await;
    assert_eq!(page.status(), 422);
    let sentence = "It was renewed once, and the policy allows no more. It can go on until 1 December 2027 and no longer, change, or end.";
    assert_eq!(plain(&page, "ends_on"), sentence);
    assert!(page.text().replace('\u{a0}', " ").contains("On or before 1 December 2027."), "{}", page.text());
    assert_eq!(reviewed(&case, "2027-09-10T10:01:00Z", "2027-12-01").await.status(), 303, "as long as was decided");
    assert_eq!(case.count("restriction where renewals = 1 and ends_on = '2027-12-01'").await, 1);
}

#[tokio::test]
async fn everything_wrong_with_a_review_is_said_at_once() {
    let (case, _) = restricted(&[]).await;
    case.house.at("2027-06-11T10:00:00Z");
    let mut manager = case.person("manager").await;
    let form = going_on(&mut manager, "2040-01-01").await.with("customers_view", "");
    let page = manager.submit(&form).await;
    assert_eq!(page.status(), 422);
    assert_eq!(plain(&page, "customers_view"), "Write down what the customer says");
    assert!(plain(&page, "ends_on").starts_with("The end date must be on or before"), "{:?}", page.summary());
    assert!(page.says("Two more calls."), "{}", page.text());
}

#[tokio::test]
async fn what_begins_on_the_day_after_another_ended_counts_with_it() {
    let (case, _) = restricted(&[HALF_A_YEAR]).await;
    case.house.at("2027-06-11T10:00:00Z");
    lifted(&case, &WEST_KENT).await;
    case.house.at("2027-06-12T10:00:00Z");
    let incident = case.incident("threats").await;
    case.decided(&incident, "more", "It began again at once.").await;
    let at = case.proposal(&incident).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    let said = "The latest is 12 September 2027: all terms together may run 6 months, counted from 12 March 2027.";
    assert!(page.text().replace('\u{a0}', " ").contains(said), "{}", page.text());
    let refused = manager.submit(&usual_terms(&page).with("ends_on", "2027-12-01")).await;
    assert_eq!(refused.status(), 422);
    let sentence =
        "The end date must be on or before 12 September 2027, because all terms together may run 6 months and began on 12 March 2027";
    assert_eq!(plain(&refused, "ends_on"), sentence);
    assert_eq!(manager.submit(&usual_terms(&page).with("ends_on", "2027-09-12")).await.status(), 303);
}

#[tokio::test]
async fn after_a_day_without_the_count_begins_anew() {
    let (case, _) = restricted(&[HALF_A_YEAR]).await;
    case.house.at("2027-06-11T10:00:00Z");
    lifted(&case, &WEST_KENT).await;
    case.house.at("2027-06-13T10:00:00Z");
    let incident = case.incident("threats").await;
    case.decided(&incident, "more", "It began again.").await;
    let at = case.proposal(&incident).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    assert_eq!(manager.submit(&usual_terms(&page).with("ends_on", "2027-12-01")).await.status(), 303);
}

/// A place may be closed for two years, and what is done to the phone for one.
const TWO_YEARS: (&str, &str) = (
    "about = \"The customer does not come to a named place or event.\"\n",
    "about = \"The customer does not come to a named place or event.\"\nlongest = \"24 months\"\n",
);
const EXTREME: (&str, &str) = (
    "\n[reviews]\n",
    "\n[[terms.for-severity]]\nfrom = \"extreme\"\nusual = \"9 months\"\nlongest = \"18 months\"\nreview = \"3 months\"\nsource = { stated = \"9.8\" }\n\n[reviews]\n",
);

/// The form of a proposal that closes a place, until a day.
fn place_closed(page: &Page, also: &[&str], until: &str) -> Filled {
    let form = usual_terms(page).with("premises-places", "The gate of Tull House").with("ends_on", until);
    form.ticked("measure", &[&["premises"], also].concat())
}

#[tokio::test]
async fn a_measure_may_run_longer_than_the_policys_longest_where_nothing_stricter_goes_with_it() {
    let case = Case::under("west-kent", &[TWO_YEARS]).await;
    case.warned_of(&WEST_KENT).await;
    let at = case.again("abuse").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    let said = page.text().replace('\u{a0}', " ");
    assert!(said.contains("12 months after today. By itself, “Places or events closed” 24 months at most."), "{said}");
    let refused = manager.submit(&place_closed(&page, &["quota"], "2028-12-01")).await;
    assert_eq!(refused.status(), 422);
    let sentence = "The end date must be on or before 12 March 2028, 12 months after 12 March 2027";
    assert_eq!(plain(&refused, "ends_on"), sentence, "the strictest of both");
    assert_eq!(manager.submit(&place_closed(&page, &[], "2028-12-01")).await.status(), 303, "by itself");
    let page = manager.see(&format!("{at}/terms")).await;
    let refused = manager.submit(&place_closed(&page, &[], "2029-12-01")).await;
    assert_eq!(
        plain(&refused, "ends_on"),
        "The end date must be on or before 12 March 2029, 24 months after 12 March 2027: “Places or events closed” may run no longer"
    );
    let policy = manager.see("/policy").await;
    assert!(policy.says("For 24 months at most."), "{}", policy.text());
}

#[tokio::test]
async fn graver_behaviour_may_have_a_longer_term_and_a_usual_length_of_its_own() {
    let case = Case::under("west-kent", &[EXTREME]).await;
    case.warned_of(&WEST_KENT).await;
    let at = case.again("threats").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    let said = page.text().replace('\u{a0}', " ");
    assert!(said.contains("9 months is usual.") && said.contains("18 months after today: so long is the limit"), "{said}");
    assert!(said.contains("as is usual for behaviour so grave"), "{said}");
    let form = usual_terms(&page);
    assert_eq!(page.form(&format!("{at}/terms")).value("ends_on"), "2027-12-12", "nine months from today");
    let refused = manager.submit(&form.with("ends_on", "2029-01-01")).await;
    assert!(plain(&refused, "ends_on").ends_with("so long is the limit where the behaviour is extreme (9.8)"), "{:?}", refused.summary());
    let form = usual_terms(&page);
    assert_eq!(manager.submit(&form.with("ends_on", "2028-09-01")).await.status(), 303);
}

/// What lasts longer than half a year is a director's to decide (9.8).
const LONGER: (&str, &str) = (
    "[[authority.rules]]\n",
    "[[authority.rules]]\nwhen = { longer-than = \"6 months\" }\nsource = { stated = \"9.8\" }\nstages = [{ kind = \"authorise\", of = \"manager\" }, { kind = \"authorise\", of = \"director\", count = 2 }]\n\n[[authority.rules]]\n",
);

#[tokio::test]
async fn a_review_gives_no_more_time_than_whoever_holds_it_could_have_been_given_to_decide() {
    let (case, _) = restricted(&[LONGER]).await;
    let page = reviewed(&case, "2027-06-11T10:00:00Z", "2027-12-01").await;
    assert_eq!(page.status(), 422);
    assert_eq!(
        plain(&page, "ends_on"),
        "That it goes on for so long is for 2 people, each a Director to decide. Propose it anew, on the ground of what has happened since, or \
         enter a day up to 12 September 2027."
    );
    assert!(page.says("Two more calls."), "nothing typed is lost");
    assert_eq!(case.count("review where stage = 'held'").await, 0);
    assert_eq!(reviewed(&case, "2027-06-11T10:01:00Z", "2027-09-12").await.status(), 303, "so long it may go on");
}
