//! Turns a case can take: two at once, too late, a step left out, badly typed, not ours.

use chrono::TimeDelta;

use super::case::{Case, SAID};
use super::thread::{in_force, lifted, proposed};
use super::way::{ALLIANCE_HOMES, HOUSING_SOLUTIONS, ONE_MANCHESTER};

#[tokio::test]
async fn of_two_who_decide_at_once_one_decides_and_the_other_is_told() {
    let case = Case::begun(ALLIANCE_HOMES.slug).await;
    case.warned_of(&ALLIANCE_HOMES).await;
    let (at, _) = proposed(&case, &ALLIANCE_HOMES).await;
    let approval = at.replace("/proposals/", "/approvals/");
    case.approved(&approval, "manager2").await;
    let (mut head, mut director) = (case.person("head").await, case.person("director").await);
    let (one, other) = (head.see(&approval).await, director.see(&approval).await);
    let yes = one.fill(&[("decision", "approve"), ("reason", "It leaves him email.")]);
    let no = other.fill(&[("decision", "decline"), ("reason", "He is owed a visit first.")]);
    let (yes, no) = tokio::join!(head.submit(&yes), director.submit(&no));
    let mut both = [yes.status(), no.status()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    let late = if yes.status() == 409 { yes } else { no };
    assert!(late.says("It leaves him email.") || late.says("He is owed a visit first."), "what was typed is not lost: {}", late.text());
    assert_eq!(case.count("event where kind in ('restriction-approved', 'proposal-declined')").await, 1);
}

#[tokio::test]
async fn a_form_opened_before_somebody_else_decided_changes_nothing() {
    let case = Case::begun("west-kent").await;
    let incident = case.incident("abuse").await;
    let mut head = case.person("head").await;
    let old = head.see(&incident).await.fill(&[("outcome", "no-action"), ("reasons", "He was upset.")]);
    case.decided(&incident, "warning", "He is told what we ask.").await;
    let page = head.submit(&old).await;
    assert_eq!(page.status(), 409);
    assert!(page.says("He was upset."), "what was typed is not lost: {}", page.text());
    assert!(head.see(&incident).await.says("He is told what we ask."));
}

#[tokio::test]
async fn an_appeal_after_the_last_day_is_heard_only_when_somebody_decides_so() {
    let (case, restriction) = in_force(&ONE_MANCHESTER).await;
    case.house.wait(TimeDelta::days(45));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let page =
        adviser.save(&page.fill(&[("grounds", "I was in hospital."), ("received_via", "letter"), ("late_because", "In hospital.")])).await;
    assert!(page.says("It came late."), "{}", page.text());
    let at = page.address().to_owned();
    let second = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    assert!(second.says("is open already") && !second.body().contains("name=\"grounds\""), "before anything is typed: {}", second.text());
    assert_eq!(second.link("Read the appeal that is open").as_deref(), Some(at.as_str()));
    let mut director = case.person("director2").await;
    let page = director.see(&at).await;
    assert!(page.says("Hear it anyway") && !page.body().contains("name=\"outcome\""), "{}", page.text());
    let page = director.save(&page.fill(&[("admission", "hear"), ("reasons", "He could not write.")])).await;
    assert!(page.says("It is heard."), "{}", page.text());
    let page = director.save(&page.fill(&[("outcome", "uphold"), ("reasons", "Both incidents are on record.")])).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    let told = case.timeline().await.join("\n");
    assert!(told.contains("Late appeal heard after all") && told.contains("Appeal decided: the decision stands"), "{told}");
}

#[tokio::test]
async fn an_appeal_within_the_window_is_decided_without_asking_whether_it_is_heard() {
    let (case, restriction) = in_force(&ONE_MANCHESTER).await;
    case.house.wait(TimeDelta::days(6));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let page = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await;
    let page = case.person("director2").await.see(page.address()).await;
    assert!(!page.says("Hear it anyway") && page.body().contains("name=\"outcome\""), "{}", page.text());
}

#[tokio::test]
async fn a_case_closed_a_year_ago_no_longer_counts() {
    let (case, _) = in_force(&HOUSING_SOLUTIONS).await;
    case.house.at("2027-06-14T10:00:00Z");
    lifted(&case, &HOUSING_SOLUTIONS).await;
    case.house.at("2028-06-12T10:00:00Z");
    let incident = case.incident("verbal").await;
    let counts = case.person("manager").await.see(&incident).await;
    assert!(counts.says("Still counts"), "{}", counts.text());
    case.house.at("2028-06-15T10:00:00Z");
    let gone = case.person("manager").await.see(&incident).await;
    assert!(!gone.says("Still counts"), "{}", gone.text());
    case.decided(&incident, "more", "It has begun again.").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    let page = manager.submit(&page.form("/proposals")).await;
    assert_eq!(page.status(), 200);
    assert!(page.says("Initial warning"), "{}", page.text());
}

#[tokio::test]
async fn after_violence_the_warnings_are_left_out_and_a_director_decides() {
    let case = Case::begun("housing-solutions").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "physical").await;
    let form = form.with("harm", "hurt").ticked("threats", &["physical-violence-used"]);
    let incident = adviser.save(&form).await.address().to_owned();
    case.decided(&incident, "more", "He pushed her.").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    let asked = manager.submit(&page.form("/proposals")).await;
    assert_eq!((asked.status(), asked.summary().len()), (200, 0), "a question, and nothing wrong yet: {}", asked.text());
    let unanswered = manager.submit(&asked.form("/proposals")).await;
    assert_eq!(unanswered.status(), 422);
    assert!(unanswered.error("skip").is_some(), "{}", unanswered.text());
    assert!(
        !case.person("director").await.see(&incident).await.actions().contains(&"/proposals".to_owned()),
        "who may not is offered nothing"
    );
    let begun = manager.save(&asked.fill(&[("skip", "violence"), ("because", "He pushed a member of staff.")])).await;
    let at = begun.address().to_owned();
    case.fill_sections(&mut manager, &at).await;
    case.terms(&mut manager, &at).await;
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    let mut head = case.person("head").await;
    let page = head.see(&approval).await;
    assert!(page.says("Somebody else decides") && page.says("Director"), "{}", page.text());
    case.approved(&approval, "director").await;
    assert!(!case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn what_cannot_be_read_is_said_beside_its_field_and_nothing_typed_is_lost() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await;
    let long = "He shouted. ".repeat(5_000);
    let form = form.with("date", "2027-02-30").with("about", "").with("what", &long).forged("channel", "pigeon");
    let page = adviser.submit(&form).await;
    assert_eq!(page.status(), 422);
    let summary = page.summary();
    for field in ["channel", "date", "about", "what"] {
        assert!(page.error(field).is_some(), "{field} says nothing; {summary:?}");
        assert!(summary.iter().any(|(to, _)| *to == format!("#{field}")), "{field} is not in {summary:?}");
        assert!(page.body().contains(&format!("id=\"{field}\"")), "the link to {field} leads nowhere");
    }
    let kept = page.fill(&[("harm", "none")]);
    assert_eq!(kept.value("date"), "2027-02-30");
    assert_eq!(kept.value("what").trim(), long.trim());
    assert_eq!(case.count("incident").await, 0);

    let right = kept.with("date", "2027-03-10").with("about", "the boiler").with("what", SAID).with("channel", "phone");
    let page = adviser.save(&right).await;
    assert!(page.says(SAID), "{}", page.text());
}

#[tokio::test]
async fn another_landlords_incident_is_not_there() {
    let case = Case::begun("west-kent").await;
    let incident = case.incident("abuse").await;
    let mut stranger = case.house.sign_in("manager@one-manchester").await;
    assert_eq!(stranger.get(&incident).await.status(), 404);
    let decision = [("outcome", "no-action"), ("reasons", "Not mine."), ("version", "1")];
    assert_eq!(stranger.post(&format!("{incident}/decision"), &decision).await.status(), 404);
    assert_eq!(case.count("incident where stage = 'logged'").await, 1);
}

#[tokio::test]
async fn a_manager_warns_from_the_record_without_an_incident_and_an_adviser_is_not_offered_it() {
    let case = Case::begun("west-kent").await;
    let record = format!("/customers/{}", case.reference);
    assert_eq!(case.person("adviser").await.see(&record).await.link("Give a warning"), None);
    let mut manager = case.person("manager").await;
    let page = manager.see(&record).await;
    let choice = manager.click(&page, "Give a warning").await;
    let form = manager.see(&format!("{}&step=management-action&form=spoken", choice.address())).await;
    let filled = form.fill(&[("words", "Please speak to our staff without shouting.")]);
    let page = manager.save(&filled.gone_through()).await;
    assert!(page.says("Saved."), "{}", page.text());
    assert_eq!(case.answer().await, "Talk as normal. A management action was recorded on 10 March 2027.");
}

#[tokio::test]
async fn a_month_that_goes_on_over_the_page_says_so() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    for _ in 0..22 {
        case.house.wait(TimeDelta::minutes(5));
        let page = adviser.see(&format!("/customers/{}/contacts/new?channel=phone", case.reference)).await;
        adviser.save(&page.fill(&[("summary", "Asked about the boiler."), ("purpose", "other"), ("manner", "calm")])).await;
        case.house.kit.seen.flush().await;
    }
    let first = adviser.see(&format!("/customers/{}", case.reference)).await;
    assert_eq!(first.all("li.timeline-mark"), ["March 2027"]);
    let second = adviser.click(&first, "Show what happened before").await;
    assert_eq!(second.all("li.timeline-mark"), ["March 2027, continued"]);
}

#[tokio::test]
async fn what_never_was_cannot_be_ended_and_what_ended_is_said_to_have() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let at = format!("/customers/{}/adjustments", case.reference);
    let page = adviser.see(&at).await;
    adviser.save(&page.form(&at).with("kind", "hearing").with("to_do", "Speak slowly.")).await;
    let speaker = page.form(&format!("/customers/{}/representatives", case.reference));
    adviser.save(&speaker.with("name", "Ida Ashworth").with("relation", "his sister")).await;
    let page = adviser.see(&at).await;
    let never = evenhand::demo::named("never");
    for noun in ["adjustments", "representatives"] {
        let (_, end) = page.links().into_iter().find(|(_, at)| at.contains(noun) && at.ends_with("/end")).expect("a way to end it");
        let id = end.trim_end_matches("/end").rsplit('/').next().expect("its id").to_owned();
        let never = end.replace(&id, &never.to_string());
        assert_eq!(adviser.get(&never).await.status(), 404, "{noun}");
        assert_eq!(adviser.post(&never, &[("because", "He asked.")]).await.status(), 404, "{noun}");
        let form = adviser.see(&end).await.form(&end);
        let empty = adviser.submit(&form).await;
        assert_eq!((empty.status(), empty.error("because").as_deref()), (422, Some("Enter why it ends")), "{noun}");
        let form = form.with("because", "He says he no longer needs it.");
        assert!(!adviser.save(&form).await.says("Ended already."), "{noun}");
        assert!(adviser.save(&form).await.says("Ended already."), "{noun}");
        let page = adviser.get(&end).await;
        assert!(adviser.follow(&page).await.says("Ended already."), "{noun}");
    }
    let record = adviser.see(&format!("/customers/{}", case.reference)).await;
    assert!(record.says("Adjustment ended: Hearing") && record.says("He says he no longer needs it."), "{}", record.text());
    assert_eq!(case.count("event where kind in ('need-ended', 'representative-ended')").await, 2);
}

#[tokio::test]
async fn a_contact_says_what_it_was_about_and_is_of_the_last_two_years() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/customers/{}/contacts/new?channel=phone", case.reference)).await;
    let form = page.fill(&[("summary", "Asked about the boiler."), ("manner", "calm")]);
    let unsaid = adviser.submit(&form).await;
    assert_eq!((unsaid.status(), unsaid.error("purpose").as_deref()), (422, Some("Choose what it was about")));
    let form = form.with("purpose", "repair");
    let old = adviser.submit(&form.clone().forged("day", "1 January 1926")).await;
    assert_eq!((old.status(), old.error("day").as_deref()), (422, Some("The day must be 10 March 2025 or later: two years back at most")));
    assert!(adviser.save(&form.forged("day", "10 March 2025")).await.says("Contact saved."));
}

#[tokio::test]
async fn the_list_of_incidents_leads_with_the_customer_and_what_happened() {
    let case = Case::begun("west-kent").await;
    case.incident("abuse").await;
    let own = case.person("adviser").await.see("/incidents").await;
    assert_eq!(own.all("tbody .main-link"), ["Colin Ashworth"]);
    assert!(own.says(super::case::SAID), "{}", own.text());
    assert!(!own.all("thead th").contains(&"Logged by".to_owned()), "they are all one's own");
    assert!(case.person("manager").await.see("/incidents").await.all("thead th").contains(&"Logged by".to_owned()));
}
