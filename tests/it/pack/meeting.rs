//! A body decides in a meeting, and its clerk records it: the day, who sat, the minute. Nobody decides alone, nor on a case of their own.

use chrono::TimeDelta;

use super::deciding::{STAGES, waiting};
use crate::support::app::staff;

/// A panel of three seats that needs two, recorded by the owner of the policy.
pub const PANEL: (&str, &str) = (
    "[people]\n",
    "[[bodies]]\nkey = \"case-panel\"\ntitle = \"Case Panel\"\nmembers = [\"manager\", \"head-of-service\", \"director\"]\nseats = 3\nquorum = 2\nclerk = \"policy-owner\"\nsource = { stated = \"9.3\" }\n\n[people]\n",
);
const DECIDES: (&str, &str) = (STAGES, "  { kind = \"authorise\", of = \"manager\" },\n  { kind = \"authorise\", of = \"case-panel\" },\n");

pub fn id(account: &str) -> String {
    staff("west-kent", account).to_string()
}

#[tokio::test]
async fn a_panel_decides_together_and_its_clerk_records_it() {
    let (case, approval) = waiting(&[PANEL, DECIDES]).await;
    let mut clerk = case.person("policy").await;
    case.approved(&approval, "manager2").await;

    let mut head = case.person("head").await;
    let page = head.see(&approval).await;
    assert!(page.says("The Case Panel decides this together, in a meeting; a Policy Lead records"), "{}", page.text());
    let fields = [("decision", "approve"), ("reason", "Mine alone."), ("stage", "1"), ("version", "7")];
    assert_eq!(head.post(&approval, &fields).await.status(), 403);

    let work = clerk.see("/my-work").await;
    assert!(work.links().iter().any(|(_, href)| *href == approval), "the clerk is asked: {}", work.text());
    let page = clerk.see(&approval).await;
    assert!(page.says("What the Case Panel decided"), "{}", page.text());
    assert!(page.says("Ngozi Okoro: Nobody decides on their own request."), "whoever proposed it may not sit: {}", page.text());
    assert!(page.says("Wendy Tull: You have already authorised this."), "nor whoever approved before: {}", page.text());
    let form = page.fill(&[("decision", "approve"), ("reason", "It leaves him email and letters."), ("minute", "CP/27/3")]);
    assert_eq!(form.offers("sat").len(), 3, "a head and two directors are left");

    let (head, director, proposer) = (id("head"), id("director"), id("manager"));
    let wrong = [
        ("meeting_on", form.clone().with("meeting_on", "2027-03-20").ticked("sat", &[&head, &director]), "not in the future"),
        ("meeting_on", form.clone().with("meeting_on", "2027-03-01").ticked("sat", &[&head, &director]), "It was sent on"),
        ("sat", form.clone().with("meeting_on", "2027-03-12").ticked("sat", &[&head]), "2 of its members must have sat"),
        ("sat", form.clone().with("meeting_on", "2027-03-12").forged("sat", &proposer), "may not sit on this"),
        (
            "minute",
            form.clone().with("meeting_on", "2027-03-12").with("minute", "").ticked("sat", &[&head, &director]),
            "Enter the reference",
        ),
    ];
    for (field, form, sentence) in wrong {
        let page = clerk.submit(&form).await;
        assert_eq!(page.status(), 422, "{sentence}: {}", page.text());
        assert!(page.error(field).is_some_and(|error| error.contains(sentence)), "{sentence}: {:?}", page.summary());
    }
    assert!(case.answer().await.contains("as normal"));

    let page = clerk.save(&form.with("meeting_on", "2027-03-12").ticked("sat", &[&head, &director])).await;
    assert!(page.says("Approved, and in force."), "{}", page.text());
    assert!(page.says("Agreed by Wendy Tull; decided by Case Panel, recorded by Bethan Price"), "{}", page.text());
    let told = case.timeline().await;
    let met = "The Case Panel met on 12 March 2027 (Judith Salter and Patrick Byrne sat; minute CP/27/3).";
    assert!(told.iter().any(|entry| entry.replace('\u{a0}', " ").contains(met)), "{told:?}");
    assert_eq!(case.count("approval_seat").await, 2);
    let mut adviser = case.person("adviser").await;
    let answer = adviser.see(&format!("/customers/{}/contact?channel=phone", case.reference)).await;
    assert!(answer.says("Case Panel"), "{}", answer.text());

    let restriction = approval.trim_start_matches("/approvals/");
    let page = adviser.see(&format!("/appeals/new?restriction={restriction}")).await;
    let appeal = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await;
    let page = case.person("head").await.see(appeal.address()).await;
    assert!(page.says("You cannot decide this."), "whoever sat took part: {}", page.text());
    let page = case.person("director2").await.see(appeal.address()).await;
    assert!(page.says("You may decide this."), "{}", page.text());
}

#[tokio::test]
async fn a_panel_can_send_it_back() {
    let (case, approval) = waiting(&[PANEL, (STAGES, "  { kind = \"authorise\", of = \"case-panel\" },\n")]).await;
    let mut clerk = case.person("policy").await;
    let page = clerk.see(&approval).await;
    let form = page.fill(&[("decision", "back"), ("reason", "What did she hear?"), ("minute", "CP/27/4"), ("meeting_on", "2027-03-12")]);
    let page = clerk.save(&form.ticked("sat", &[&id("head"), &id("director2")])).await;
    assert!(page.says("Sent back."), "{}", page.text());
    let mut adviser = case.person("adviser").await;
    assert_eq!(adviser.get(&approval).await.status(), 403, "an adviser who records nothing does not read it");
}

/// The same panel, which approves by more than half of those present and has a case two working days before it meets.
fn counting() -> (String, String) {
    (PANEL.0.to_owned(), PANEL.1.replace("quorum = 2\n", "quorum = 2\napproves-by = \"majority\"\nnotice = \"2 working days\"\n"))
}

#[tokio::test]
async fn a_panel_that_counts_votes_approves_with_its_share_and_after_its_notice() {
    let (was, is) = counting();
    let (case, approval) = waiting(&[(&was, &is), (STAGES, "  { kind = \"authorise\", of = \"case-panel\" },\n")]).await;
    case.house.wait(TimeDelta::days(4));
    let mut clerk = case.person("policy").await;
    let page = clerk.see(&approval).await;
    assert!(page.says("To approve it takes more than half of those present."), "{}", page.text());
    assert!(page.says("Its members were given it 2 working days before."), "{}", page.text());
    let all = [id("head"), id("director"), id("director2")];
    let said =
        [("decision", "approve"), ("reason", "It leaves him email and letters."), ("minute", "CP/27/5"), ("meeting_on", "2027-03-16")];
    let form = page.fill(&said).ticked("sat", &all.each_ref().map(String::as_str));
    let voted = |in_favour: &str, against: &str| form.clone().with("votes_for", in_favour).with("votes_against", against);
    let wrong = [
        ("meeting_on", voted("2", "1").with("meeting_on", "2027-03-15"), "given a case 2 working days before"),
        ("votes_for", form.clone(), "Enter how many were for it"),
        ("votes_for", voted("3", "1"), "3 sat."),
        ("votes_for", voted("4", "0"), "Enter a number from 0 to 3"),
        ("votes_for", voted("1", "1"), "2 of the 3 who sat must be for it"),
        ("votes_for", voted("2", "1").with("decision", "decline"), "Record it as approved."),
    ];
    for (field, form, sentence) in wrong {
        let page = clerk.submit(&form).await;
        assert_eq!(page.status(), 422, "{sentence}: {}", page.text());
        assert!(page.error(field).is_some_and(|error| error.contains(sentence)), "{sentence}: {:?}", page.summary());
    }
    assert!(case.answer().await.contains("as normal"), "below the share nothing is approved");
    let page = clerk.save(&voted("2", "1")).await;
    assert!(page.says("Approved, and in force."), "{}", page.text());
    let told = case.timeline().await;
    let met = "(Hassan Malik, Judith Salter and Patrick Byrne sat; 2 for, 1 against; minute CP/27/5).";
    assert!(told.iter().any(|entry| entry.replace('\u{a0}', " ").contains(met)), "{told:?}");
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn a_panel_declines_below_its_share_and_sends_back_without_a_vote() {
    let (was, is) = counting();
    for (decision, votes, says) in
        [("decline", &[("votes_for", "1"), ("votes_against", "2")][..], "Declined."), ("back", &[][..], "Sent back.")]
    {
        let (case, approval) = waiting(&[(&was, &is), (STAGES, "  { kind = \"authorise\", of = \"case-panel\" },\n")]).await;
        case.house.wait(TimeDelta::days(4));
        let mut clerk = case.person("policy").await;
        let page = clerk.see(&approval).await;
        let said = [("decision", decision), ("reason", "Is less enough?"), ("minute", "CP/27/6"), ("meeting_on", "2027-03-16")];
        let form = page.fill(&[&said[..], votes].concat());
        let page = clerk.save(&form.ticked("sat", &[&id("head"), &id("director"), &id("director2")])).await;
        assert!(page.says(says), "{}", page.text());
        assert!(case.answer().await.contains("as normal"));
    }
}

#[tokio::test]
async fn a_meeting_without_those_who_must_be_among_it_does_not_count() {
    let made_up = PANEL.1.replace("quorum = 2\n", "quorum = 2\nmake-up = [{ of = \"head-of-service\", least = 1 }]\n");
    let (case, approval) = waiting(&[(PANEL.0, made_up.as_str()), DECIDES]).await;
    case.approved(&approval, "manager2").await;
    let mut clerk = case.person("policy").await;
    let page = clerk.see(&approval).await;
    assert!(page.says("Among them at least one Head of Service."), "{}", page.text());
    let form = page.fill(&[("decision", "approve"), ("reason", "It leaves him email and letters."), ("minute", "CP/27/3")]);
    let form = form.with("meeting_on", "2027-03-12");
    let (head, one, other) = (id("head"), id("director"), id("director2"));
    let page = clerk.submit(&form.clone().ticked("sat", &[&one, &other])).await;
    assert_eq!(page.status(), 422, "{}", page.text());
    assert_eq!(
        page.error("sat"),
        Some("At least one Head of Service must be among those who sat: 0 did.".to_owned()),
        "{:?}",
        page.summary()
    );
    assert!(case.answer().await.contains("as normal"), "nothing is in force");
    let page = clerk.save(&form.ticked("sat", &[&head, &one])).await;
    assert!(page.says("Approved, and in force."), "{}", page.text());
}
