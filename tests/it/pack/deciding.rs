//! Who decides: by the kind of behaviour, two different people, what a stage may do, and the way back to whoever asked.

use evenhand::worker::remind;

use crate::journey::case::Case;
use crate::journey::thread::proposed;
use crate::journey::way::WEST_KENT;

/// The stages of West Kent's own policy, to be replaced.
pub const STAGES: &str = "  { kind = \"authorise\", of = \"manager\" },\n  { kind = \"authorise\", of = \"director\" },\n";

/// A proposal of West Kent's manager, sent, under the policy with these changes; where it is decided on.
pub async fn waiting(changes: &[(&str, &str)]) -> (Case, String) {
    let case = Case::under("west-kent", changes).await;
    case.warned_of(&WEST_KENT).await;
    let (at, _) = proposed(&case, &WEST_KENT).await;
    (case, at.replace("/proposals/", "/approvals/"))
}

/// The same, decided by West Kent's own people and in force; where it is.
pub async fn restricted(changes: &[(&str, &str)]) -> (Case, String) {
    let (case, approval) = waiting(changes).await;
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;
    (case, approval.replace("/approvals/", "/restrictions/"))
}

#[tokio::test]
async fn what_somebody_did_decides_who_decides() {
    let graver = "\n[[authority.rules]]\nwhen = { from-severity = \"extreme\" }\nsource = { stated = \"9.1\" }\nstages = [{ kind = \"authorise\", of = \"director\" }]\n\n[terms]\n";
    let simple = "  { kind = \"authorise\", of = \"manager\" },\n";
    let (case, approval) = waiting(&[(STAGES, simple), ("\n[terms]\n", graver)]).await;
    let list = case.person("manager2").await.see("/approvals").await;
    assert!(list.says("A Director to authorise"), "{}", list.text());
    let page = case.person("manager2").await.see(&approval).await;
    assert!(page.says("Only a Director can authorise this."), "{}", page.text());
    case.approved(&approval, "director").await;
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn everybody_who_signed_is_named_where_the_decision_is() {
    let (case, restriction) = restricted(&[]).await;
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("Agreed by Wendy Tull; decided by Judith Salter, "), "{}", page.text());
    assert!(page.title().starts_with("Contact arrangement: "), "{}", page.title());
}

#[tokio::test]
async fn a_proposal_waits_as_long_as_the_policy_says() {
    let within = "[authority]\ndecide-within = { value = \"2 working days\", stated = \"9.2\" }\n";
    let (case, approval) = waiting(&[("[authority]\n", within)]).await;
    let page = case.person("manager2").await.see(&approval).await;
    // Sent on Friday 12 March.
    assert!(page.says("16 March"), "{}", page.text());
}

#[tokio::test]
async fn months_before_the_known_bank_holidays_end_the_owner_of_the_policy_is_told() {
    let case = Case::begun("west-kent").await;
    let quiet = case.person("policy").await.see("/my-work").await;
    assert!(!quiet.says("The calendar runs out."), "{}", quiet.text());
    case.house.at("2028-07-03T09:00:00Z");
    for (account, address) in [("policy", "/my-work"), ("admin", "/admin/people")] {
        let page = case.person(account).await.see(address).await;
        assert!(page.says("The calendar runs out."), "{}", page.text());
    }
}

#[tokio::test]
async fn where_two_must_sign_one_cannot_sign_twice() {
    let two = "  { kind = \"authorise\", of = \"director\", count = 2 },\n";
    let (case, approval) = waiting(&[(STAGES, two)]).await;
    let page = case.approved(&approval, "director").await;
    assert!(page.says("2 people, each a Director"), "{}", page.text());
    assert!(case.answer().await.contains("as normal"), "one yes of two changes nothing");
    let mut director = case.person("director").await;
    let page = director.see(&approval).await;
    assert!(page.says("You have already authorised this."), "{}", page.text());
    let fields = [("decision", "approve"), ("reason", "Again."), ("stage", "0"), ("version", "99")];
    assert!(matches!(director.post(&approval, &fields).await.status(), 303 | 403 | 409));
    assert_eq!(case.count("approval").await, 1);
    case.approved(&approval, "director2").await;
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn a_stage_may_do_what_the_policy_lets_it_and_nothing_else() {
    let narrow = "  { kind = \"authorise\", of = \"director\", may = [\"approve\", \"return\"] },\n";
    let (case, approval) = waiting(&[(STAGES, narrow)]).await;
    let mut director = case.person("director").await;
    let page = director.see(&approval).await;
    let form = page.fill(&[("decision", "approve"), ("reason", "No.")]);
    assert_eq!(form.offers("decision"), ["approve", "back"]);
    let refused = director.submit(&form.forged("decision", "decline")).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());
    assert_eq!(refused.error("decision").as_deref(), Some("The policy does not give this stage that choice. Choose another."));
}

const LISTED: (&str, &str) = (
    "[[authority.rules]]\n",
    "[[authority.returned-for]]\nkey = \"harm\"\nask = \"More evidence of the harm\"\n\n[[authority.returned-for]]\nkey = \"need\"\nask = \"The view of a doctor\"\n\n[[authority.rules]]\n",
);

/// The director sends it back for one thing of the list.
async fn sent_back(case: &Case, approval: &str) -> String {
    case.approved(approval, "manager2").await;
    let mut director = case.person("director").await;
    let page = director.see(approval).await;
    let form = page.fill(&[("decision", "back"), ("reason", "What did she hear?")]).ticked("asked_for", &["harm"]);
    let page = director.save(&form).await;
    assert!(page.says("Sent back."), "{}", page.text());
    approval.replace("/approvals/", "/proposals/")
}

#[tokio::test]
async fn answers_go_to_whoever_asked_while_what_was_approved_stays_the_same() {
    let (case, approval) = waiting(&[LISTED]).await;
    let proposal = sent_back(&case, &approval).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&proposal).await;
    assert!(page.says("More evidence of the harm. What did she hear?"), "{}", page.text());
    assert!(!page.says("The view of a doctor"), "{}", page.text());
    let page = manager.see(&format!("{proposal}/evidence")).await;
    manager.save(&page.fill(&[("language", "She heard: “I know where you park.”")])).await;
    let check = manager.see(&format!("{proposal}/check")).await;
    let unanswered = manager.submit(&check.form(&format!("{proposal}/check"))).await;
    assert_eq!(unanswered.status(), 422);
    assert!(unanswered.error("answer").is_some_and(|sentence| sentence.starts_with("Answer what ")), "{}", unanswered.text());
    case.sent(&mut manager, &proposal).await;
    let page = case.person("manager2").await.see(&approval).await;
    assert!(page.says("Somebody else decides"), "the first yes still stands: {}", page.text());
    let page = case.person("director").await.see(&approval).await;
    assert_eq!(page.all("h2").first().map(String::as_str), Some("It came back with an answer"));
    assert!(page.says("What did she hear?") && page.says("She heard it all."), "{}", page.text());
    case.approved(&approval, "director").await;
    assert!(!case.answer().await.contains("as normal"));
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Questions answered")));
}

#[tokio::test]
async fn another_proposal_begins_again_with_the_first_stage() {
    let (case, approval) = waiting(&[LISTED]).await;
    let proposal = sent_back(&case, &approval).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{proposal}/terms")).await;
    manager.save(&page.fill(&[("ends_on", "2027-09-08")])).await;
    case.sent(&mut manager, &proposal).await;
    let page = case.person("director").await.see(&approval).await;
    assert!(page.says("Somebody else decides"), "{}", page.text());
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;
}

/// Whoever gave a view does not decide at the stage that says so.
#[tokio::test]
async fn somebody_involved_decides_at_no_stage_that_keeps_them_out() {
    let stages = "  { kind = \"consult\", of = \"manager\" },\n  { kind = \"authorise\", of = [\"manager\", \"director\"], never = [\"consulted\"] },\n";
    let (case, approval) = waiting(&[(STAGES, stages)]).await;
    let mut manager = case.person("manager2").await;
    let page = manager.see(&approval).await;
    assert!(page.says("nobody who was consulted"), "{}", page.text());
    let page = manager.save(&page.fill(&[("decision", "view"), ("reason", "It is fair.")])).await;
    let page = manager.see(page.address()).await;
    assert!(!page.actions().contains(&approval), "who gave a view decides nothing: {}", page.text());
    case.approved(&approval, "director").await;
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn a_decision_that_is_late_is_told_to_whoever_may_take_it_and_to_somebody_more_senior_where_it_escalates() {
    const ESCALATES: (&str, &str) = (
        "\n[terms]\n",
        "\n[clocks]\non-the-day = [{ clock = \"approval\", does = \"escalate\", source = { stated = \"9.2\" } }]\n\n[terms]\n",
    );
    let (case, approval) =
        waiting(&[("[authority]\n", "[authority]\ndecide-within = { value = \"2 working days\", stated = \"9.2\" }\n"), ESCALATES]).await;
    case.house.drain_outbox().await;
    let mut told = Vec::new();
    // Sent on Friday 12 March, to be decided by Tuesday.
    for morning in ["2027-03-15T09:00:00Z", "2027-03-16T09:00:00Z", "2027-03-17T09:00:00Z"] {
        case.house.at(morning);
        remind::once(&case.house.kit.office).await.expect("reminders are read");
        told.push(case.house.drain_outbox().await);
    }
    let to = |sent: &[(String, String)], account: &str| {
        sent.iter().any(|(to, subject)| to.starts_with(&format!("{account}@")) && subject.contains("A decision on"))
    };
    assert!(to(&told[1], "manager2") && to(&told[2], "manager2"), "{told:?}");
    assert!(told[2].iter().any(|(_, subject)| subject.contains("is late")), "{told:?}");
    assert!(to(&told[1], "head") || to(&told[1], "director"), "somebody above on the day: {told:?}");
    assert!(!to(&told[2], "manager"), "nobody who proposed it: {told:?}");

    // Approved at the first stage, the director has days of their own, and is reminded of those.
    case.approved(&approval, "manager2").await;
    case.house.drain_outbox().await;
    case.house.at("2027-03-18T09:00:00Z");
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    let next = case.house.drain_outbox().await;
    assert!(!next.iter().any(|(_, subject)| subject.contains("is late")), "{next:?}");
    case.approved(&approval, "director").await;
    case.house.drain_outbox().await;
    case.house.at("2027-04-01T09:00:00Z");
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    let after = case.house.drain_outbox().await;
    assert!(!after.iter().any(|(_, subject)| subject.contains("A decision on")), "it is decided: {after:?}");
}
