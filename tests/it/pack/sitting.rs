//! A body decides an appeal, answers a request or holds a review in a meeting: its clerk records the day, who sat and the minute, and decides
//! nothing alone.

use chrono::TimeDelta;

use super::challenge::{WARNINGS, warned};
use super::deciding::restricted;
use super::meeting::{PANEL, id};
use super::suspends::{IMPOSED, WINDOW, appealed};
use crate::journey::case::Case;
use crate::journey::change_the_policy::{pack, published};

const HEARS: (&str, &str) =
    ("decider = { value = [\"head-of-service\", \"director\"], interpretation", "decider = { value = \"case-panel\", interpretation");
const REVIEWS: (&str, &str) = ("reviewer = { value = [\"manager\", \"head-of-service\"],", "reviewer = { value = \"case-panel\",");

fn today(case: &Case) -> String {
    case.house.clock.now().date_naive().to_string()
}

async fn last_letter(case: &Case) -> String {
    case.person("manager").await.see(&case.letters().await[0]).await.text().replace('\u{a0}', " ")
}

#[tokio::test]
async fn an_appeal_that_a_panel_decides_is_recorded_by_its_clerk_with_who_sat() {
    let (case, restriction) = restricted(&[PANEL, HEARS]).await;
    case.house.wait(TimeDelta::hours(1));
    let at = appealed(&case, &restriction, &[]).await.address().to_owned();
    case.house.wait(TimeDelta::minutes(5));
    assert!(last_letter(&case).await.contains("The Case Panel will decide."), "{}", last_letter(&case).await);
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    assert!(page.says("The Case Panel decides this together, in a meeting; a Policy Lead records"), "{}", page.text());
    assert!(page.says("It is for Bethan Price to record."), "{}", page.text());
    let alone = [("outcome", "uphold"), ("reasons", "Mine alone."), ("version", "1"), ("restriction_version", "9")];
    assert_eq!(head.post(&format!("{at}/decision"), &alone).await.status(), 403);

    let mut clerk = case.person("policy").await;
    let page = clerk.post(&format!("{at}/decision"), &alone).await;
    assert_eq!((page.status(), page.error("sat").as_deref()), (422, Some("Choose who sat")), "the clerk alone: {}", page.text());
    assert!(clerk.see("/my-work").await.links().iter().any(|(_, href)| *href == at), "the clerk is asked");
    let page = clerk.see(&at).await;
    assert!(page.says("You record what the Case Panel decided.") && !page.says("You may decide this."), "{}", page.text());
    assert!(page.says("Wendy Tull: You"), "whoever took part may not sit, and it says why: {}", page.text());
    let (head, other, proposer) = (id("head"), id("director2"), id("manager"));
    let form = page.fill(&[("outcome", "uphold"), ("reasons", "The recording bears it out."), ("minute", "CP/27/9")]);
    let form = form.with("meeting_on", &today(&case));
    assert_eq!(form.offers("sat").len(), 2, "a head and a director are left");
    let page = clerk.submit(&form.clone().with("reasons", "").ticked("sat", &[&head])).await;
    assert!(page.error("sat").is_some_and(|error| error.contains("2 of its members must have sat")), "{:?}", page.summary());
    assert_eq!((page.status(), page.error("reasons").as_deref()), (422, Some("Enter your reasons")), "everything at once");
    let page = clerk.submit(&form.clone().forged("sat", &proposer)).await;
    assert!(page.error("sat").is_some_and(|error| error.contains("may not sit on this")), "{:?}", page.summary());
    let page = clerk.submit(&form.clone().with("meeting_on", "2027-01-04").ticked("sat", &[&head, &other])).await;
    assert!(page.error("meeting_on").is_some_and(|error| error.contains("It has waited since")), "{:?}", page.summary());
    assert_eq!(case.count("sitting").await, 0);

    let page = clerk.save(&form.ticked("sat", &[&head, &other])).await;
    assert!(page.says("Decision recorded.") && page.says("Decided by the Case Panel, recorded by Bethan Price"), "{}", page.text());
    assert!(page.says("Hassan Malik and Patrick Byrne sat; minute CP/27/9"), "{}", page.text());
    assert!(page.says("decided an appeal"), "whoever sat took the part: {}", page.text());
    assert_eq!((case.count("sitting").await, case.count("sitting_seat").await), (1, 2));
    let said = last_letter(&case).await;
    assert!(said.contains("The Case Panel decided this when it met on") && said.contains("for the Case Panel"), "{said}");
    let told = case.timeline().await;
    assert!(told.iter().any(|entry| entry.contains("Appeal decided") && entry.contains("The Case Panel met on")), "{told:?}");
}

#[tokio::test]
async fn a_review_that_a_panel_holds_is_recorded_by_its_clerk_who_ends_nothing_alone() {
    let (case, restriction) = restricted(&[PANEL, REVIEWS]).await;
    case.house.wait(TimeDelta::minutes(5));
    let sql = "select '/reviews/' || id::text from review where stage = 'due'";
    let review: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("one review waits");
    let mut clerk = case.person("policy").await;
    assert_eq!(clerk.get(&format!("{restriction}/end")).await.status(), 403, "the clerk ends nothing alone");
    let page = case.person("head").await.see(&review).await;
    assert!(page.says("The Case Panel decides this together, in a meeting") && page.says("Bethan Price to record"), "{}", page.text());

    let page = clerk.see(&review).await;
    assert!(page.says("You record what the Case Panel decided.") && !page.says("You may hold this."), "{}", page.text());
    let answers = [
        ("outcome", "lift"),
        ("view_how", "heard"),
        ("customers_view", "He has his boiler back."),
        ("reasons", "Three calm months."),
        ("minute", "CP/27/10"),
    ];
    let form = page.fill(&answers).with("meeting_on", &today(&case));
    let page = clerk.submit(&form).await;
    assert_eq!((page.status(), page.error("sat").as_deref()), (422, Some("Choose who sat")), "{}", page.text());
    assert!(!case.answer().await.contains("as normal"));
    let page = clerk.save(&form.ticked("sat", &[&id("head"), &id("director2")])).await;
    assert!(page.says("Review recorded.") && page.says("Held by the Case Panel, recorded by Bethan Price"), "{}", page.text());
    assert!(page.says("sat; minute CP/27/10"), "{}", page.text());
    assert!(case.answer().await.contains("as normal"));
    assert_eq!(case.count("sitting where subject_kind = 'review'").await, 1);
    let said = last_letter(&case).await;
    assert!(said.contains("The Case Panel decided this when it met on") && said.contains("for the Case Panel"), "{said}");
}

const LOOKS_AGAIN: &str = "[challenge.reconsideration]\n";

#[tokio::test]
async fn a_request_to_look_again_that_a_panel_answers_is_recorded_by_its_clerk() {
    let policy = include_str!("../../../policies/west-kent.toml");
    let was = &policy[policy.find(LOOKS_AGAIN).expect("the chapter")..];
    let was = was.lines().find(|line| line.starts_with("decider = ")).expect("who answers");
    let (case, restriction) = restricted(&[PANEL, (was, "decider = { value = \"case-panel\", stated = \"9.9\" }")]).await;
    case.house.wait(TimeDelta::hours(1));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&restriction).await;
    let page = adviser.click(&page, "The customer asks us to look again").await;
    let page = adviser.submit(&page.fill(&[("words", "I am well again."), ("received_via", "phone")]).ticked("listed", &["1"])).await;
    let at = page.location().expect("the request").to_owned();
    case.house.wait(TimeDelta::minutes(5));
    let page = case.person("head").await.see(&at).await;
    assert!(page.says("The Case Panel decides this together, in a meeting") && page.says("Bethan Price to record"), "{}", page.text());

    let mut clerk = case.person("policy").await;
    let page = clerk.see(&at).await;
    assert!(page.says("You record what the Case Panel decided.") && !page.says("You may answer this."), "{}", page.text());
    let form = page.fill(&[("outcome", "lift"), ("reasons", "He is well."), ("minute", "CP/27/11")]).with("meeting_on", &today(&case));
    let page = clerk.submit(&form).await;
    assert_eq!((page.status(), page.error("sat").as_deref()), (422, Some("Choose who sat")), "{}", page.text());
    let page = clerk.submit(&form.clone().forged("sat", &id("manager"))).await;
    assert!(page.error("sat").is_some_and(|error| error.contains("may not sit on this")), "{:?}", page.summary());
    assert!(!case.answer().await.contains("as normal"));
    let page = clerk.save(&form.ticked("sat", &[&id("head"), &id("director2")])).await;
    assert!(page.says("Answered by the Case Panel, recorded by Bethan Price") && page.says("sat; minute CP/27/11"), "{}", page.text());
    assert!(page.says("answered a request to look again"), "whoever sat took the part: {}", page.text());
    assert!(case.answer().await.contains("as normal"));
    let said = last_letter(&case).await;
    assert!(said.contains("The Case Panel decided this when it met on") && said.contains("for the Case Panel"), "{said}");
    let list = clerk.see("/appeals").await;
    assert!(list.says("the Case Panel, recorded by Bethan Price"), "{}", list.text());
}

#[tokio::test]
async fn a_panel_that_decides_about_late_appeals_hears_one_after_all_and_it_is_told_who_sat() {
    let policy = include_str!("../../../policies/west-kent.toml");
    let late = policy.lines().find(|line| line.starts_with("late-decided-by = ")).expect("who decides about late ones");
    let panel = "late-decided-by = { value = \"case-panel\", stated = \"9.9\" }";
    let (case, restriction) = restricted(&[PANEL, WINDOW, IMPOSED, (late, panel)]).await;
    case.house.wait(TimeDelta::days(45));
    let at = appealed(&case, &restriction, &[("late_because", "He was in hospital.")]).await.address().to_owned();
    case.house.wait(TimeDelta::minutes(5));
    let mut clerk = case.person("policy").await;
    let page = clerk.see(&at).await;
    assert!(page.says("What the Case Panel decided") && page.says("Hear it anyway"), "{}", page.text());
    let form = page.fill(&[("admission", "hear"), ("reasons", "He could not write."), ("minute", "CP/27/12")]);
    let form = form.with("meeting_on", &today(&case));
    let page = clerk.submit(&form).await;
    assert_eq!((page.status(), page.error("sat").as_deref()), (422, Some("Choose who sat")), "{}", page.text());
    let page = clerk.save(&form.ticked("sat", &[&id("head"), &id("director2")])).await;
    assert!(page.says("The Case Panel, recorded by Bethan Price decided on"), "{}", page.text());
    assert_eq!(case.count("sitting where subject_kind = 'late-appeal'").await, 1);
    let told = case.timeline().await;
    assert!(told.iter().any(|entry| entry.contains("The Case Panel met on") && entry.contains("CP/27/12")), "{told:?}");
}

#[tokio::test]
async fn an_appeal_against_a_warning_that_a_panel_decides_is_recorded_by_its_clerk() {
    let by_panel =
        WARNINGS.1.replace("[\"manager\", \"head-of-service\"]", "\"case-panel\"").replace("\"head-of-service\"", "\"case-panel\"");
    let (case, warning) = warned(&[PANEL, (WARNINGS.0, &by_panel)]).await;
    case.house.wait(TimeDelta::hours(1));
    assert_eq!(super::challenge::logged(&case, &warning, &[]).await.status(), 303);
    case.house.wait(TimeDelta::minutes(5));
    let at = format!("{warning}/appeal");
    let page = case.person("head").await.see(&at).await;
    assert!(page.says("The Case Panel decides this together, in a meeting") && page.says("Bethan Price to record"), "{}", page.text());
    let mut clerk = case.person("policy").await;
    let page = clerk.see(&at).await;
    let form = page.fill(&[("outcome", "withdraw"), ("reasons", "The recording says otherwise."), ("minute", "CP/27/13")]);
    let form = form.with("meeting_on", &today(&case));
    let page = clerk.submit(&form).await;
    assert_eq!((page.status(), page.error("sat").as_deref()), (422, Some("Choose who sat")), "{}", page.text());
    assert!(case.person("adviser").await.see(&warning).await.says("Counts"), "nothing is decided yet");
    let page = clerk.save(&form.ticked("sat", &[&id("head"), &id("director2")])).await;
    assert!(page.says("It is withdrawn, and no longer counts: the Case Panel, recorded by Bethan Price"), "{}", page.text());
    assert!(page.says("sat; minute CP/27/13"), "{}", page.text());
    assert_eq!(case.count("sitting where subject_kind = 'warning-appeal' and restriction_id is null").await, 1);
    let said = last_letter(&case).await;
    assert!(said.contains("The Case Panel decided this when it met on"), "{said}");
    assert!(said.contains("for the Case Panel"), "{said}");
}

#[tokio::test]
async fn a_clerk_moves_no_case_to_another_version_alone() {
    let clerk = PANEL.1.replace("clerk = \"policy-owner\"", "clerk = \"manager\"");
    let (case, restriction) = restricted(&[(PANEL.0, clerk.as_str()), REVIEWS]).await;
    let today = today(&case);
    let at = published(&case.house, "west-kent", pack("west-kent"), &today).await;
    // The manager proposed it, so may not authorise it, and records what the panel decides of its review.
    let mut manager = case.person("manager").await;
    assert!(!manager.see(&restriction).await.body().contains(&format!("{restriction}/policy")), "no way there");
    assert_eq!(manager.get(&format!("{restriction}/policy")).await.status(), 403);
    let fields = [("version", "9"), ("reason", "All under one.")];
    assert_eq!(manager.post(&format!("{restriction}/policy"), &fields).await.status(), 403);
    assert!(manager.see(&format!("{at}/cases")).await.says("Nothing to move"));
    let mut director = case.person("director").await;
    let page = director.see(&format!("{restriction}/policy")).await;
    director.save(&page.fill(&[("reason", "All cases are under one policy.")])).await;
    assert_eq!(case.count("event where kind = 'restriction-moved'").await, 1);
}
