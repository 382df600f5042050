//! Deciding handed to a colleague: from a day to a day, to a post the policy names, and never over somebody's own part in the case.

use chrono::TimeDelta;

use super::challenge::{WARNINGS, logged, warned};
use super::deciding::{restricted, waiting};
use crate::journey::case::Case;
use crate::support::app::staff;

const HANDED: (&str, &str) = (
    "[authority]\n",
    "[authority]\ndelegation = { value = { to = [\"head-of-service\", \"director\"], longest = \"1 month\" }, stated = \"9.4\" }\n",
);

/// The director hands it to the head until the end of the month.
async fn handed_over(case: &Case) {
    let mut director = case.person("director").await;
    let page = director.see("/me/settings").await;
    let page = director.click(&page, "Hand over deciding to a colleague").await;
    let head = staff("west-kent", "head").to_string();
    let form = page.fill(&[("to", head.as_str()), ("starts_on", "2027-03-12"), ("until_on", "2027-03-31")]);
    assert!(!form.offers("to").contains(&staff("west-kent", "manager").to_string()), "the policy names no manager");
    for (field, form, sentence) in [
        ("until_on", form.clone().with("until_on", "2027-04-12"), "The last day must be on or before"),
        ("until_on", form.clone().with("until_on", "2027-03-11"), "on or after the first"),
        ("starts_on", form.clone().with("starts_on", "2027-03-11"), "not in the past"),
        ("to", form.clone().forged("to", &staff("west-kent", "manager2").to_string()), "Only a Head of Service or a Director"),
    ] {
        let page = director.submit(&form).await;
        assert_eq!(page.status(), 422, "{sentence}: {}", page.text());
        assert!(page.error(field).is_some_and(|error| error.contains(sentence)), "{sentence}: {:?}", page.summary());
    }
    let page = director.save(&form).await;
    assert!(page.says("Handed over.") && page.says("decides for you from 12"), "{}", page.text());
}

#[tokio::test]
async fn a_colleague_decides_for_a_director_who_is_away_and_the_record_says_for_whom() {
    let (case, approval) = waiting(&[HANDED]).await;
    case.approved(&approval, "manager2").await;
    let mut head = case.person("head").await;
    assert!(head.see(&approval).await.says("Only a Director can authorise this."));
    case.house.drain_outbox().await;
    handed_over(&case).await;
    let told = case.house.drain_outbox().await;
    assert!(told.iter().any(|(to, subject)| to == "head@west-kent.example" && subject.starts_with("You decide for")), "{told:?}");
    assert_eq!(case.count("event where kind = 'deciding-handed-over'").await, 1);
    let page = case.approved(&approval, "head").await;
    assert!(page.says("Approved, and in force."), "{}", page.text());
    assert_eq!(case.count("approval where as_role like 'Director, for %'").await, 1);
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn what_is_taken_back_or_over_decides_nothing() {
    let (case, approval) = waiting(&[HANDED]).await;
    case.approved(&approval, "manager2").await;
    handed_over(&case).await;
    let mut head = case.person("head").await;
    assert!(!head.see(&approval).await.says("Only a Director can authorise this."));
    case.house.at("2027-04-01T09:00:00Z");
    let mut head = case.person("head").await;
    assert!(head.see(&approval).await.says("Only a Director can authorise this."), "the last day is over");
    case.house.at("2027-03-15T09:00:00Z");
    let mut director = case.person("director").await;
    let page = director.see("/me/delegation").await;
    let page = director.save(&page.form("/me/delegation/end")).await;
    assert!(page.says("Taken back."), "{}", page.text());
    let mut head = case.person("head").await;
    assert!(head.see(&approval).await.says("Only a Director can authorise this."));
    let sql = "select version::text from restriction";
    let version: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a proposal");
    let fields = [("decision", "approve"), ("reason", "For her."), ("stage", "1"), ("version", version.as_str())];
    assert_eq!(head.post(&approval, &fields).await.status(), 403);
    assert_eq!(case.count("approval").await, 1);
}

#[tokio::test]
async fn where_the_policy_is_silent_nobody_hands_anything_over() {
    let (case, _) = waiting(&[]).await;
    let mut director = case.person("director").await;
    let page = director.see("/me/delegation").await;
    assert!(page.says("The policy does not let anybody hand over deciding.") && !page.says("Who decides for you?"), "{}", page.text());
    let head = staff("west-kent", "head").to_string();
    let fields = [("to", head.as_str()), ("starts_on", "2027-03-12"), ("until_on", "2027-03-20")];
    let refused = director.post("/me/delegation", &fields).await;
    assert!(refused.status() == 403 && refused.says("does not let anybody hand over deciding"), "{}", refused.text());
    assert_eq!(case.count("delegation").await, 0);
}

/// Only a director hears an appeal, answers a request to look again, or holds a review.
const BY_DIRECTORS: [(&str, &str); 4] = [
    HANDED,
    ("decider = { value = [\"head-of-service\", \"director\"], interpretation", "decider = { value = \"director\", interpretation"),
    (
        "decider = { value = [\"head-of-service\", \"director\"], default = \"As for an appeal.\"",
        "decider = { value = \"director\", default = \"As for an appeal.\"",
    ),
    ("reviewer = { value = [\"manager\", \"head-of-service\"]", "reviewer = { value = \"director\""),
];

/// Somebody hands it to the head from today on.
pub(super) async fn handed(case: &Case, from: &str) {
    let mut person = case.person(from).await;
    let page = person.see("/me/delegation").await;
    let (head, today) = (staff("west-kent", "head").to_string(), case.house.clock.now().date_naive().to_string());
    let page = person.save(&page.fill(&[("to", head.as_str()), ("starts_on", &today), ("until_on", &today)])).await;
    assert!(page.says("Handed over."), "{}", page.text());
}

#[tokio::test]
async fn an_appeal_is_heard_in_the_place_of_a_director_who_took_no_part_and_never_of_one_who_did() {
    let (case, restriction) = restricted(&BY_DIRECTORS).await;
    case.house.wait(TimeDelta::minutes(5));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let at = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned();
    handed(&case, "director").await;
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    assert!(page.says("You cannot decide this.") && page.says("Only a Director"), "who authorised it lends nothing: {}", page.text());
    let fields = [("outcome", "uphold"), ("reasons", "For her."), ("version", "1"), ("restriction_version", "9")];
    assert_eq!(head.post(&format!("{at}/decision"), &fields).await.status(), 403);
    handed(&case, "director2").await;
    let page = head.see(&at).await;
    let page = head.save(&page.fill(&[("outcome", "uphold"), ("reasons", "Both incidents are on record.")])).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    assert_eq!(case.count("event where kind = 'decided-in-place-of'").await, 1);
    assert!(case.timeline().await.join("\n").contains("Decided in the place of"));
}

#[tokio::test]
async fn a_request_is_answered_and_a_review_held_in_the_place_of_a_director() {
    let (case, restriction) = restricted(&BY_DIRECTORS).await;
    case.house.wait(TimeDelta::minutes(5));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/reconsiderations/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let form = page.fill(&[("words", "I have been calm."), ("received_via", "phone")]).ticked("listed", &["1"]);
    let at = adviser.save(&form).await.address().to_owned();
    let sql = "select '/reviews/' || id::text from review where stage = 'due'";
    let review: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a review");
    let mut head = case.person("head").await;
    assert!(head.see(&at).await.says("You cannot answer this.") && head.see(&review).await.says("You cannot hold this."));
    handed(&case, "director").await;
    let page = head.see(&at).await;
    head.save(&page.fill(&[("outcome", "keep"), ("reasons", "Too soon to tell.")])).await;
    let page = head.see(&review).await;
    let said = [("outcome", "lift"), ("view_how", "heard"), ("customers_view", "Fine."), ("reasons", "He has moved away.")];
    let page = head.save(&page.fill(&said)).await;
    assert!(page.says("Review recorded."), "{}", page.text());
    assert_eq!(case.count("event where kind = 'decided-in-place-of'").await, 2);
}

#[tokio::test]
async fn an_appeal_against_a_warning_is_heard_in_the_place_of_a_director() {
    let by_director = WARNINGS.1.replace("decider = { value = [\"manager\", \"head-of-service\"]", "decider = { value = \"director\"");
    let (case, warning) = warned(&[HANDED, (WARNINGS.0, &by_director)]).await;
    assert_eq!(logged(&case, &warning, &[]).await.status(), 303);
    let at = format!("{warning}/appeal");
    let mut head = case.person("head").await;
    assert!(head.see(&at).await.says("You cannot decide this."));
    handed(&case, "director").await;
    let page = head.see(&at).await;
    let page = head.save(&page.fill(&[("outcome", "uphold"), ("reasons", "The recording bears it out.")])).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    assert_eq!(case.count("event where kind = 'decided-in-place-of'").await, 1);
}

#[tokio::test]
async fn what_waited_already_comes_to_whoever_takes_it_over_and_goes_with_the_day() {
    let (case, restriction) = restricted(&BY_DIRECTORS).await;
    case.house.wait(TimeDelta::minutes(5));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let at = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned();
    let mut head = case.person("head").await;
    let waits = async |head: &mut crate::support::visitor::Visitor| {
        let work = head.see("/my-work").await;
        let counted = work.links().iter().filter(|(_, href)| *href == at).count();
        assert!(counted < 2, "once: {}", work.text());
        counted == 1
    };
    assert!(!waits(&mut head).await, "not theirs yet");
    handed(&case, "director").await;
    assert!(!waits(&mut head).await, "who authorised it has nothing to hand over here");
    handed(&case, "director2").await;
    assert!(waits(&mut head).await);
    case.house.wait(TimeDelta::days(1));
    let mut head = case.person("head").await;
    assert!(!waits(&mut head).await, "the last day is over");
}

#[tokio::test]
async fn whoever_took_part_is_not_asked_because_a_post_is_lent_to_them() {
    let (case, restriction) = restricted(&BY_DIRECTORS).await;
    let sql = "update restriction set decided_by = (select id from staff where email = 'head@west-kent.example')";
    sqlx::query(sql).execute(&mut case.house.owner().await).await.expect("as if the head had decided it");
    case.house.wait(TimeDelta::minutes(5));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let at = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned();
    handed(&case, "director2").await;
    let mut head = case.person("head").await;
    assert!(head.see(&at).await.says("You cannot decide this."));
    assert!(!head.see("/my-work").await.links().iter().any(|(_, href)| *href == at));
}

#[tokio::test]
async fn a_restriction_is_ended_early_in_the_place_of_a_director() {
    let (case, restriction) = restricted(&BY_DIRECTORS).await;
    case.house.wait(TimeDelta::minutes(5));
    let end = format!("{restriction}/end");
    let mut head = case.person("head").await;
    let page = head.see(&restriction).await;
    assert!(!page.links().iter().any(|(_, href)| *href == end), "{}", page.text());
    let version: String =
        sqlx::query_scalar("select version::text from restriction").fetch_one(&mut case.house.owner().await).await.expect("one");
    assert_eq!(head.post(&end, &[("reason", "He has moved away."), ("version", &version)]).await.status(), 403);
    handed(&case, "director2").await;
    let page = head.see(&restriction).await;
    let page = head.click(&page, "End it early").await;
    head.save(&page.fill(&[("reason", "He has moved away.")])).await;
    assert!(case.answer().await.contains("as normal"));
    assert_eq!(case.count("event where kind = 'decided-in-place-of'").await, 1);
}

#[tokio::test]
async fn what_waited_before_it_was_handed_over_stands_in_every_list_as_ones_own_for_those_days() {
    let (case, restriction) = restricted(&BY_DIRECTORS).await;
    case.house.wait(TimeDelta::minutes(5));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await;
    let mut head = case.person("head").await;
    let lists = ["/appeals", "/reviews"];
    for at in lists {
        assert!(!head.see(at).await.says("You may"), "{at}: before");
    }
    handed(&case, "director2").await;
    for at in lists {
        let page = head.see(at).await;
        assert!(page.says("You may"), "{at}: {}", page.text());
    }
    case.house.wait(TimeDelta::days(1));
    let mut head = case.person("head").await;
    for at in lists {
        assert!(!head.see(at).await.says("You may"), "{at}: after the last day");
    }
}

#[tokio::test]
async fn a_proposal_that_waited_before_it_was_handed_over_is_in_the_list_for_one_to_decide() {
    let (case, approval) = waiting(&[HANDED]).await;
    case.approved(&approval, "manager2").await;
    let mut head = case.person("head").await;
    assert_eq!(head.see("/approvals").await.heading(), "Nothing waits for your decision");
    handed_over(&case).await;
    assert_eq!(head.see("/approvals").await.heading(), "One proposal waits for you");
}
