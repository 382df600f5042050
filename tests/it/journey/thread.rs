//! The thread: from the first call to the day on which contact is as normal again, at every landlord by its own policy.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use evenhand::mail::Mailer;
use evenhand::worker::{deliver, remind};

use super::case::{Case, SAID, SIDE, usual_terms};
use crate::support::app::BASE_URL;

/// Who does what at one landlord.
pub struct Way {
    pub slug: &'static str,
    behaviour: &'static str,
    /// The policy asks for warnings during a call.
    warns_in_calls: bool,
    /// The steps before a restriction, with the form each is taken in.
    steps: &'static [(&'static str, &'static str)],
    views: &'static [&'static str],
    approvers: &'static [&'static str],
    /// Took part, and so cannot hear the appeal.
    barred: &'static str,
    appeal: &'static str,
    outcome: &'static str,
    reviewer: &'static str,
}

pub const ONE_MANCHESTER: Way = Way {
    slug: "one-manchester",
    behaviour: "insults",
    warns_in_calls: true,
    steps: &[("opportunity", "written")],
    views: &["head", "director"],
    approvers: &["director"],
    barred: "director",
    appeal: "director2",
    outcome: "uphold",
    reviewer: "manager",
};

pub const ALLIANCE_HOMES: Way = Way {
    slug: "alliance-homes",
    behaviour: "offence",
    warns_in_calls: false,
    steps: &[("informal-conversation", "spoken")],
    views: &[],
    approvers: &["manager2", "head"],
    barred: "head",
    appeal: "director2",
    outcome: "vary",
    reviewer: "manager2",
};

pub const HOUSING_SOLUTIONS: Way = Way {
    slug: "housing-solutions",
    behaviour: "verbal",
    warns_in_calls: true,
    steps: &[("initial-warning", "spoken"), ("formal-warning", "written")],
    views: &[],
    approvers: &["head"],
    barred: "head",
    appeal: "director2",
    outcome: "vary",
    reviewer: "manager",
};

const NOTTING_HILL_GENESIS: Way = Way {
    slug: "notting-hill-genesis",
    behaviour: "verbal",
    warns_in_calls: true,
    steps: &[("conversation", "spoken"), ("verbal-warning", "spoken"), ("written-warning", "written")],
    views: &[],
    approvers: &["manager2", "director"],
    barred: "director",
    appeal: "director2",
    outcome: "uphold",
    reviewer: "manager",
};

pub const WEST_KENT: Way = Way {
    slug: "west-kent",
    behaviour: "threats",
    warns_in_calls: true,
    steps: &[("management-action", "within-correspondence")],
    views: &[],
    approvers: &["manager2", "director"],
    barred: "director",
    appeal: "head",
    outcome: "vary",
    reviewer: "manager",
};

#[tokio::test]
async fn one_manchester_from_the_first_call_to_the_end() {
    whole(&ONE_MANCHESTER).await;
}

#[tokio::test]
async fn alliance_homes_from_the_first_call_to_the_end() {
    whole(&ALLIANCE_HOMES).await;
}

#[tokio::test]
async fn housing_solutions_from_the_first_call_to_the_end() {
    whole(&HOUSING_SOLUTIONS).await;
}

#[tokio::test]
async fn notting_hill_genesis_from_the_first_call_to_the_end() {
    whole(&NOTTING_HILL_GENESIS).await;
}

#[tokio::test]
async fn west_kent_from_the_first_call_to_the_end() {
    whole(&WEST_KENT).await;
}

async fn whole(way: &Way) {
    let case = Case::begun(way.slug).await;
    let normal = looked_up(&case, way).await;
    warned(&case, way).await;
    let (at, review) = proposed(&case, way).await;
    let restriction = decided(&case, way, &at, &normal).await;
    noticed(&case, &review).await;
    appealed(&case, way, &restriction).await;
    reminded(&case, &review).await;
    reviewed(&case, way, &normal).await;
    told(&case, way).await;
}

/// As far as a restriction in force, without looking left or right; where it is.
pub async fn in_force(way: &Way) -> (Case, String) {
    let case = Case::begun(way.slug).await;
    let normal = case.answer().await;
    warned_of(&case, way).await;
    let (at, _) = proposed(&case, way).await;
    let restriction = decided(&case, way, &at, &normal).await;
    (case, restriction)
}

/// A first incident, and each step before a restriction.
pub async fn warned_of(case: &Case, way: &Way) {
    let incident = case.incident(way.behaviour).await;
    case.decided(&incident, "warning", "He is told what we ask.").await;
    warned(case, way).await;
}

/// The adviser finds him, warns him during the call, and logs what happened once, however often it is pressed.
async fn looked_up(case: &Case, way: &Way) -> String {
    let mut adviser = case.person("adviser").await;
    let check = adviser.see("/check").await;
    let found = adviser.save(&check.fill(&[("q", "ashworth")])).await;
    assert_eq!(found.address(), format!("/customers/{}/contact", case.reference));
    let normal = found.all("h2#answer")[0].clone();
    assert!(normal.contains("as normal"), "{normal}");
    if way.warns_in_calls {
        let page = adviser.save(&found.fill(&[("warning", "1")])).await;
        assert_eq!(page.status(), 200);
    }

    let form = case.incident_form(&mut adviser, way.behaviour).await;
    let form = form.with("harm", "threatened").ticked("dangers", &["physical-violence-threatened"]);
    if way.warns_in_calls {
        assert_eq!(form.value("warned"), "1", "what was pressed during the call is filled in");
    }
    let page = adviser.save(&form).await;
    let incident = page.address().to_owned();
    assert!(page.flash().expect("a message").contains("police"), "{:?}", page.flash());
    assert!(page.says(SAID), "{}", page.text());
    let again = adviser.save(&form).await;
    assert_eq!((again.address(), again.flash().expect("a message").contains("Saved already.")), (incident.as_str(), true));
    assert_eq!(case.count("incident").await, 1);
    assert_eq!(case.count("task where kind = 'police'").await, 1);
    assert!(!page.says("Record decision"), "whoever logged it does not decide");

    let mut manager = case.person("manager").await;
    let work = manager.see("/my-work").await;
    assert!(work.links().iter().any(|(_, href)| *href == incident), "the manager is asked to read it: {}", work.text());
    case.decided(&incident, "warning", "He is told what we ask.").await;
    normal
}

/// Each step before a restriction, on its own ground.
async fn warned(case: &Case, way: &Way) {
    let page = case.person("manager").await.see(&format!("/customers/{}/incidents", case.reference)).await;
    let (_, incident) =
        page.links().into_iter().find(|(_, href)| href.starts_with("/incidents/") && !href.ends_with("new")).expect("the incident");
    for (step, form) in way.steps {
        case.warned(&incident, step, form).await;
    }
}

/// Two days later it happens again, and the manager writes a proposal.
pub async fn proposed(case: &Case, way: &Way) -> (String, String) {
    case.house.wait(TimeDelta::days(2));
    let incident = case.incident(way.behaviour).await;
    case.decided(&incident, "more", "It has not stopped.").await;
    let at = case.proposal(&incident).await;
    let mut manager = case.person("manager").await;

    let page = manager.see(&format!("{at}/terms")).await;
    let form = usual_terms(&page);
    let every = form.offers("channels-closed");
    let every: Vec<&str> = every.iter().map(String::as_str).collect();
    let shut = manager.save(&form.ticked("measure", &["channels"]).ticked("channels-closed", &every)).await;
    assert!(shut.says("These measures leave no way to reach us."), "{}", shut.text());
    let check = manager.see(&format!("{at}/check")).await;
    assert!(!check.actions().contains(&format!("{at}/check")), "it cannot be sent");
    let forced = manager.post(&format!("{at}/check"), &[("version", manager_version(&page).as_str())]).await;
    assert!(matches!(forced.status(), 409 | 422), "{}", forced.status());

    let review = case.terms(&mut manager, &at).await;
    case.sent(&mut manager, &at).await;
    (at, review)
}

fn manager_version(page: &crate::support::page::Page) -> String {
    page.fill(&[("ends_on", "2027-09-01")]).value("version").to_owned()
}

/// Nobody approves their own; those who may, do, and the answer changes in that second.
async fn decided(case: &Case, way: &Way, at: &str, normal: &str) -> String {
    let approval = at.replace("/proposals/", "/approvals/");
    let mut manager = case.person("manager").await;
    let page = manager.see(&approval).await;
    assert!(page.says("Somebody else decides"), "{}", page.text());
    let refused = manager.post(&approval, &[("decision", "approve"), ("reason", "Mine."), ("version", "7"), ("stage", "0")]).await;
    assert_eq!(refused.status(), 403, "{}", refused.text());
    for account in way.views {
        case.viewed(&approval, account).await;
        assert!(case.answer().await.starts_with(normal), "a view changes nothing");
    }
    for account in way.approvers {
        assert!(case.answer().await.starts_with(normal), "not before {account}");
        case.approved(&approval, account).await;
    }
    let limited = case.answer().await;
    assert!(!limited.contains("as normal"), "{limited}");
    approval.replace("/approvals/", "/restrictions/")
}

/// The letter says all it must, and goes out once.
async fn noticed(case: &Case, review: &str) {
    let letters = case.letters().await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&letters[0]).await;
    let letter = page.all("article.letter").join(" ");
    let day: NaiveDate = review.parse().expect("a day");
    for part in [&case.policy.words.appeal.one, "Ombudsman", &day.format("%-d %B %Y").to_string(), SIDE] {
        assert!(letter.to_lowercase().contains(&part.to_lowercase()), "no «{part}» in {letter}");
    }
    let sent = manager.save(&page.fill(&[("via", "post")])).await;
    assert!(sent.flash().expect("a message").contains("Marked as sent."));
}

/// He appeals; whoever took part cannot hear it, and somebody else does.
async fn appealed(case: &Case, way: &Way, restriction: &str) {
    case.house.wait(TimeDelta::days(6));
    let before = case.letters().await.len();
    let mut adviser = case.person("adviser").await;
    let id = restriction.trim_start_matches("/restrictions/");
    let page = adviser.see(&format!("/appeals/new?restriction={id}")).await;
    let page = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await;
    let at = page.address().to_owned();
    let mut barred = case.person(way.barred).await;
    let page = barred.see(&at).await;
    assert!(page.says("You cannot decide this."), "{}", page.text());
    let fields = [("outcome", "uphold"), ("reasons", "I was right."), ("version", "1"), ("restriction_version", "1")];
    assert_eq!(barred.post(&format!("{at}/decision"), &fields).await.status(), 403);

    let mut decider = case.person(way.appeal).await;
    let page = decider.see(&at).await;
    let mut form = page.fill(&[("outcome", way.outcome), ("reasons", "One call a week does no harm.")]);
    if way.outcome == "vary" {
        form = form.ticked("measure", &["channels"]);
    }
    let page = decider.save(&form).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    assert_eq!(case.letters().await.len(), before + 2, "that we have it, and what came of it");
}

/// Two weeks before the review, those who may hold it are reminded, each once.
async fn reminded(case: &Case, review: &str) {
    let day: NaiveDate = review.parse().expect("a day");
    let morning: DateTime<Utc> = (day - TimeDelta::days(14)).and_hms_opt(9, 30, 0).expect("a time").and_utc();
    case.house.clock.set(morning);
    let office = &case.house.kit.office;
    let (mailer, memory) = Mailer::memory(BASE_URL);
    deliver::once(office, &mailer).await.expect("the outbox is read");
    let before = memory.sent().len();
    assert!(remind::once(office).await.expect("reminders are read") > 0);
    remind::once(office).await.expect("reminders are read");
    deliver::once(office, &mailer).await.expect("the outbox is read");
    let mut sent: Vec<_> = memory.sent().into_iter().skip(before).map(|message| (message.subject, message.to_name)).collect();
    assert!(!sent.is_empty());
    let all = sent.len();
    sent.sort();
    sent.dedup();
    assert_eq!(sent.len(), all, "{sent:?}");
    deliver::once(office, &mailer).await.expect("the outbox is read");
    assert_eq!(memory.sent().len(), before + all, "nothing goes twice");
    case.house.clock.set(morning + TimeDelta::days(14));
}

/// The review ends it, and the answer is what it was.
async fn reviewed(case: &Case, way: &Way, normal: &str) {
    let before = case.letters().await.len();
    lifted(case, way).await;
    assert_eq!(case.letters().await.len(), before + 1);
    let answer = case.answer().await;
    assert!(answer.starts_with(normal), "{answer}");
}

/// Held by whoever holds reviews here, with that outcome.
pub async fn lifted(case: &Case, way: &Way) {
    let mut reviewer = case.person(way.reviewer).await;
    let list = reviewer.see("/reviews").await;
    let (_, at) = list.links().into_iter().find(|(_, href)| href.starts_with("/reviews/")).expect("the review");
    let page = reviewer.see(&at).await;
    let answers =
        [("outcome", "lift"), ("view_how", "heard"), ("customers_view", "He has his boiler back."), ("reasons", "Three calm months.")];
    let page = reviewer.save(&page.fill(&answers)).await;
    assert!(page.says("Review recorded."), "{}", page.text());
}

/// His record tells all of it.
async fn told(case: &Case, way: &Way) {
    let told = case.timeline().await;
    let count = |words: &str| told.iter().filter(|entry| entry.contains(words)).count();
    assert_eq!(count("Warning 1 spoken during a contact"), usize::from(way.warns_in_calls));
    assert_eq!(count("Somebody was threatened or hurt."), 1);
    assert_eq!(count("Incident:"), 2, "{told:#?}");
    for (step, _) in way.steps {
        let title = &case.policy.ladder.step(step).expect("a step").title;
        assert_eq!(count(&format!("{title} given")), 1, "{title}: {told:#?}");
    }
    assert_eq!(count("View given by"), way.views.len());
    assert_eq!(count("one more to come"), way.approvers.len() - 1);
    let appeal = if way.outcome == "vary" { "Appeal decided: the terms are changed" } else { "Appeal decided: the decision stands" };
    for sentence in [
        "Customer added",
        "Incident read: a warning follows",
        "Incident read: an assessment follows",
        "Assessment begun",
        "The customer told us their side",
        "Proposal sent for approval",
        "approved, until 1 September 2027",
        "By letter.",
        appeal,
        "Review held: it ends",
    ] {
        assert_eq!(count(sentence), 1, "«{sentence}» in {told:#?}");
    }
    assert!(count("Letter made:") >= 4, "{told:#?}");
    assert!(count("Letter sent:") >= 1, "{told:#?}");
}
