//! The thread: from the first call to the day on which contact is as normal again, at every landlord by its own policy.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use evenhand::mail::Mailer;
use evenhand::rules::measure::OneOpenChannel;
use evenhand::rules::say;
use evenhand::worker::{deliver, remind};

use super::case::{Case, SAID, SIDE, terms_until};
use super::way::{ALLIANCE_HOMES, HOUSING_SOLUTIONS, NOTTING_HILL_GENESIS, ONE_MANCHESTER, WEST_KENT, Way};
use crate::support::app::BASE_URL;
use crate::support::visitor::Visitor;

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

/// The whole thread at one landlord.
pub async fn whole(way: &Way) {
    let case = match way.invented {
        Some(invented) => Case::invented(invented).await,
        None => Case::begun(way.slug).await,
    };
    let normal = looked_up(&case, way).await;
    case.steps(way).await;
    let (at, review) = proposed(&case, way).await;
    let restriction = decided(&case, way, &at, &normal).await;
    noticed(&case, &review).await;
    appealed(&case, way, &restriction).await;
    if let Some(hears) = way.second {
        appealed_again(&case, way, hears, &restriction).await;
    }
    let review = if way.outcome == "remit" { sent_back(&case, &review).await } else { review };
    reminded(&case, &review).await;
    reviewed(&case, way, &normal).await;
    told(&case, way).await;
}

/// As far as a restriction in force, without looking left or right; where it is.
pub async fn in_force(way: &Way) -> (Case, String) {
    let case = Case::begun(way.slug).await;
    let normal = case.answer().await;
    case.warned_of(way).await;
    let (at, _) = proposed(&case, way).await;
    let restriction = decided(&case, way, &at, &normal).await;
    (case, restriction)
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
    let form = form.with("harm", "threatened").ticked("threats", &[way.danger]);
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

/// Two days later it happens again, and the manager writes a proposal.
pub async fn proposed(case: &Case, way: &Way) -> (String, String) {
    let at = case.again(way.behaviour).await;
    let mut manager = case.person("manager").await;

    if way.keeps_a_way_open {
        cannot_shut_every_way(case, &mut manager, &at, way).await;
    }
    let review = case.terms_until(&mut manager, &at, &way.asked).await;
    case.sent(&mut manager, &at).await;
    (at, review)
}

/// Terms that leave no way to reach the landlord are not even kept, and nothing typed is lost; nor are they sent, however one tries. Where
/// the policy lets somebody senior decide that they stand all the same, they are kept, and that is said first.
async fn cannot_shut_every_way(case: &Case, manager: &mut Visitor, at: &str, way: &Way) {
    let terms = format!("{at}/terms");
    let page = manager.see(&terms).await;
    let form = terms_until(&page, &way.asked);
    let every = form.offers("channels-closed");
    let every: Vec<&str> = every.iter().map(String::as_str).collect();
    let shut = manager.submit(&form.ticked("measure", &["channels"]).ticked("channels-closed", &every)).await;
    if *case.policy.measures.one_open_channel == OneOpenChannel::Enforced {
        assert_eq!(shut.status(), 422, "{}", shut.text());
        let said = shut.error("measure").unwrap_or_default();
        assert!(said.starts_with("These measures leave no way to reach us."), "{said}");
        let typed = shut.form(&terms);
        assert!(every.iter().all(|one| typed.pairs.contains(&("channels-closed".to_owned(), (*one).to_owned()))), "what was ticked stays");
        let kept = manager.see(&terms).await.form(&terms);
        assert_eq!(kept.value("measure"), "", "the draft holds none of it");
    } else {
        let page = manager.follow(&shut).await;
        assert!(page.says("These measures leave no way to reach us.") && page.says("Something stands against them"), "{}", page.text());
    }
    let check = manager.see(&format!("{at}/check")).await;
    assert!(!check.actions().contains(&format!("{at}/check")), "it cannot be sent");
    let forced = manager.post(&format!("{at}/check"), &[("version", manager_version(&page).as_str())]).await;
    assert!(matches!(forced.status(), 409 | 422), "{}", forced.status());
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
    // Where it may stand with a reason, what leaves no way open was saved, and counts.
    let saved = way.keeps_a_way_open && *case.policy.measures.one_open_channel != OneOpenChannel::Enforced;
    let version = if saved { "7" } else { "6" };
    let refused = manager.post(&approval, &[("decision", "approve"), ("reason", "Mine."), ("version", version), ("stage", "0")]).await;
    assert_eq!(refused.status(), 403, "{}", refused.text());
    for account in way.views {
        case.viewed(&approval, account).await;
        assert!(case.answer().await.starts_with(normal), "a view changes nothing");
    }
    for account in way.approvers {
        assert!(case.answer().await.starts_with(normal), "not before {account}");
        case.approved(&approval, account).await;
    }
    if let Some((clerk, sat)) = way.meeting {
        assert!(case.answer().await.starts_with(normal), "not before the meeting");
        met(case, &approval, clerk, sat).await;
    }
    let limited = case.answer().await;
    assert!(!limited.contains("as normal"), "{limited}");
    approval.replace("/approvals/", "/restrictions/")
}

/// A body met today, and its clerk records what it decided.
async fn met(case: &Case, approval: &str, clerk: &str, sat: &[&str]) {
    let mut clerk = case.person(clerk).await;
    let page = clerk.see(approval).await;
    let today = case.house.clock.now().date_naive().to_string();
    let said =
        [("decision", "approve"), ("reason", "It leaves him email and letters."), ("minute", "M/27/3"), ("meeting_on", today.as_str())];
    let all_for = sat.len().to_string();
    let counts = case.policy.bodies.iter().any(|body| body.approves_by.is_some());
    let votes = [("votes_for", all_for.as_str()), ("votes_against", "0")];
    let votes = if counts { &votes[..] } else { &[] };
    let sat: Vec<String> = sat.iter().map(|account| case.id_of(account)).collect();
    let form = page.fill(&[&said[..], votes].concat()).ticked("sat", &sat.iter().map(String::as_str).collect::<Vec<_>>());
    let page = clerk.save(&form.gone_through()).await;
    assert!(page.says("Approved, and in force."), "{}", page.text());
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
    let form = page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")]);
    let listed: Vec<String> = form.offers("listed").into_iter().take(1).collect();
    let page = adviser.save(&form.ticked_where_asked("listed", &listed.iter().map(String::as_str).collect::<Vec<_>>())).await;
    let at = page.address().to_owned();
    let mut barred = case.person(way.barred).await;
    let page = barred.see(&at).await;
    assert!(page.says("You cannot decide this."), "{}", page.text());
    let fields = [("outcome", "uphold"), ("reasons", "I was right."), ("version", "1"), ("restriction_version", "1")];
    assert_eq!(barred.post(&format!("{at}/decision"), &fields).await.status(), 403);

    // The letters are listed by their time: the answer is later than the one that says we have it.
    case.house.wait(TimeDelta::hours(1));
    let mut decider = case.person(way.appeal).await;
    let page = decider.see(&at).await;
    let mut form = page.fill(&[("outcome", way.outcome), ("reasons", "One call a week does no harm.")]);
    if way.outcome == "vary" {
        form = form.ticked("measure", &["channels"]);
    }
    if way.outcome == "remit" {
        form = form.with("look_at", "What the recording of the second call says.");
    }
    let page = decider.save(&form.gone_through()).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    assert_eq!(case.letters().await.len(), before + 2, "that we have it, and what came of it");
    let letter = page.link("Read the letter, and send it").expect("the way to the letter");
    let letter = decider.see(&letter).await;
    assert!(letter.says("One call a week does no harm."), "it is the one with the reasons: {}", letter.text());
}

/// The answer said how to make a second appeal, and he does. Whoever gave it cannot hear that; somebody else does, and the answer is final.
async fn appealed_again(case: &Case, way: &Way, hears: &str, restriction: &str) {
    let word = &case.policy.words.appeal.one;
    let letter = |at: String| async move { case.person("manager").await.see(&at).await.text().replace('\u{a0}', " ") };
    let first = letter(case.letters().await[0].clone()).await;
    assert!(first.contains(&format!("You can make a second {word} by ")) && !first.contains("our final decision"), "{first}");
    case.house.wait(TimeDelta::days(3));
    let mut adviser = case.person("adviser").await;
    let new = format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"));
    let page = adviser.see(&new).await;
    assert!(page.says(&format!("Log a second {word}")) && page.says("The last day for it is"), "{}", page.text());
    let shown = adviser.see(restriction).await;
    assert!(shown.says(&format!("Second {word} by ")), "the stage that is open now: {}", shown.text());
    let record = adviser.see(&format!("/customers/{}", case.reference)).await;
    assert!(record.says("can appeal again until"), "{}", record.text());
    let form = page.fill(&[("grounds", "Nobody asked my sister."), ("received_via", "phone")]);
    let listed: Vec<String> = form.offers("listed").into_iter().take(1).collect();
    let page = adviser.save(&form.ticked_where_asked("listed", &listed.iter().map(String::as_str).collect::<Vec<_>>())).await;
    let at = page.address().to_owned();
    let told = case.house.drain_outbox().await;
    let asked = |account: &str| {
        let came = |(to, subject): &(String, String)| {
            to.starts_with(&format!("{account}@")) && subject.starts_with(&format!("Second {word} to decide by"))
        };
        told.iter().any(came)
    };
    assert!(asked(hears) && !asked(way.appeal), "{told:?}");
    let received = letter(case.letters().await[0].clone()).await;
    assert!(received.contains(&format!("We have your second {word}")) && received.contains("in the answer to your first"), "{received}");

    let mut first = case.person(way.appeal).await;
    let page = first.see(&at).await;
    assert!(page.says("You cannot decide this.") && page.says("The answer to the first"), "{}", page.text());
    let fields = [("outcome", "uphold"), ("reasons", "I was right."), ("version", "1"), ("restriction_version", "1")];
    assert_eq!(first.post(&format!("{at}/decision"), &fields).await.status(), 403, "whoever decided the first");
    case.house.wait(TimeDelta::hours(1));
    let mut decider = case.person(hears).await;
    let list = decider.see("/appeals").await;
    assert!(list.says(&format!("Second {word} against the")), "{}", list.text());
    let page = decider.see(&at).await;
    let page = decider.save(&page.fill(&[("outcome", "uphold"), ("reasons", "His sister was asked, on 12 March.")])).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    let last = letter(case.letters().await[0].clone()).await;
    assert!(last.contains(&format!("This is our final decision on your second {word}.")), "{last}");
    let mut adviser = case.person("adviser").await;
    let shown = adviser.see(restriction).await;
    assert!(shown.says("Answered, and that answer is final here"), "{}", shown.text());
    let record = adviser.see(&format!("/customers/{}", case.reference)).await;
    assert!(!record.says("can appeal"), "{}", record.text());
    let page = adviser.see(&new).await;
    assert!(page.says("It cannot be logged now.") && page.says("that answer is final here"), "there is no third: {}", page.text());
}

/// The decision is made again by a day of its own, sooner than the review that was promised.
async fn sent_back(case: &Case, review: &str) -> String {
    let sql = "select due_on::text from review where stage = 'due' and sent_back_by is not null";
    let due: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a decision to be made again");
    assert!(*due < *review, "{due} is sooner than {review}");
    due
}

/// Two weeks before the review, those who may hold it are reminded, each once.
async fn reminded(case: &Case, review: &str) {
    let day: NaiveDate = review.parse().expect("a day");
    let before = case.policy.reviews.remind.before.iter().map(|length| length.before(day, case.policy.calendar()));
    let first = before.min().expect("somebody is reminded");
    let morning: DateTime<Utc> = first.and_hms_opt(9, 30, 0).expect("a time").and_utc();
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
    case.house.clock.set(morning + (day - first));
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
    let page = reviewer.save(&page.fill(&answers).gone_through()).await;
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
        let times = way.steps.iter().filter(|(other, _)| other == step).count();
        assert_eq!(count(&format!("{title} given")), times, "{title}: {told:#?}");
    }
    assert_eq!(count("View given by"), way.views.len());
    assert_eq!(count(", more to come"), way.approvers.len() + usize::from(way.meeting.is_some()) - 1);
    let appeal = match way.outcome {
        "vary" => "Appeal decided: the terms are changed",
        "remit" => "Appeal decided: the decision is made again",
        _ => "Appeal decided: the decision stands",
    };
    // Each in the landlord's own words.
    let customer = case.policy.words.customer().one;
    for sentence in [
        &format!("{} added", say::sentence(&customer)),
        "Incident read: a warning follows",
        "Incident read: an assessment follows",
        "Assessment begun",
        &format!("The {customer} told us their side"),
        "Proposal sent for approval",
        &format!("approved, until {}", way.asked.ends_on.parse::<NaiveDate>().expect("a day").format("%-d %B %Y")),
        "By letter.",
        appeal,
        "Review held: it ends",
    ] {
        let times = if sentence == appeal && way.second.is_some() { 2 } else { 1 };
        assert_eq!(count(sentence), times, "«{sentence}» in {told:#?}");
    }
    assert!(count("Letter made:") + count("Letter sent:") >= 4, "{told:#?}");
    assert!(count("Letter sent:") >= 1, "{told:#?}");
}
