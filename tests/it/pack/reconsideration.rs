//! The customer asks us to look again, outside an appeal: on the policy's grounds, answered by whoever the policy names, in time.

use chrono::TimeDelta;
use evenhand::worker::remind;

use super::deciding::restricted;
use crate::journey::case::Case;
use crate::journey::thread::in_force;
use crate::journey::way::ALLIANCE_HOMES;
use crate::support::page::Page;

const CALM: &str = "My daughter is well again. I have not rung for four weeks.";

/// The adviser writes down what he says, on the grounds with these places in the policy's list.
async fn asked(case: &Case, restriction: &str, grounds: &[&str]) -> Page {
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(restriction).await;
    let page = adviser.click(&page, "The customer asks us to look again").await;
    adviser.submit(&page.fill(&[("words", CALM), ("received_via", "phone")]).ticked("listed", grounds)).await
}

/// The same, saved; where it is.
async fn logged(case: &Case, restriction: &str, grounds: &[&str]) -> String {
    let page = asked(case, restriction, grounds).await;
    assert_eq!(page.status(), 303, "{}", page.text());
    page.location().expect("the request").to_owned()
}

async fn answered(case: &Case, who: &str, at: &str, answer: &str) -> Page {
    case.house.wait(TimeDelta::minutes(5));
    let mut person = case.person(who).await;
    let page = person.see(at).await;
    let form = page.fill(&[("outcome", answer), ("reasons", "Four calm weeks are a good beginning.")]);
    let form = if answer == "vary" { form.ticked("measure", &["channels"]) } else { form };
    person.save(&form).await
}

async fn letter(case: &Case) -> String {
    case.person("manager").await.see(&case.letters().await[0]).await.text().replace('\u{a0}', " ")
}

/// Nobody is asked for it or reminded of it any more.
async fn is_settled(case: &Case) {
    assert_eq!(case.count("task where kind = 'reconsideration' and done_at is null").await, 0);
    assert_eq!(case.count("reminder where kind like 'reconsideration%' and settled_at is null").await, 0);
}

#[tokio::test]
async fn ah_19_ah_20_a_request_on_a_ground_is_answered_by_the_service_director_within_ten_working_days_and_changes_it() {
    let (case, restriction) = in_force(&ALLIANCE_HOMES).await;
    let limited = case.answer().await;
    case.house.wait(TimeDelta::days(3));
    case.house.drain_outbox().await;
    let at = logged(&case, &restriction, &["1"]).await;
    let said = letter(&case).await;
    assert!(said.contains("The Service Director Customer Operations will look at it again."), "{said}");
    assert!(said.contains("with an answer by Wednesday 31 March 2027") && said.contains(CALM), "{said}");
    let told = case.house.drain_outbox().await;
    assert!(
        told.iter().any(|(to, subject)| to == "director2@alliance-homes.example" && subject.contains("Request to look again")),
        "{told:?}"
    );

    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    assert!(page.says("You cannot answer this.") && page.says("Only the Service Director Customer Operations"), "{}", page.text());
    let page = case.person("manager").await.see(&at).await;
    assert!(page.says("You made the proposal. It needs") && !page.says("their own request"), "it is the customer’s: {}", page.text());
    let fields = [("outcome", "keep"), ("reasons", "It was right."), ("version", "1"), ("restriction_version", "9")];
    let refused = head.post(&format!("{at}/answer"), &fields).await;
    assert!(refused.status() == 403 && refused.says("Here that is"), "{} {}", refused.status(), refused.text());

    let mut director = case.person("director2").await;
    assert!(director.see("/my-work").await.links().iter().any(|(_, href)| *href == at), "she is asked");
    let list = director.see("/appeals").await;
    assert!(list.links().iter().any(|(_, href)| *href == at) && list.says("Asked to look again"), "{}", list.text());
    let page = director.see(&at).await;
    assert!(page.says("It rests on: something has changed that makes the restriction no longer right."), "{}", page.text());
    let empty = director.submit(&page.fill(&[("outcome", "keep")])).await;
    assert_eq!((empty.status(), empty.error("reasons").as_deref()), (422, Some("Enter your reasons")));
    let page = answered(&case, "director2", &at, "vary").await;
    assert!(page.says("Answer recorded.") && page.heading().contains("was answered"), "{}", page.text());
    assert_eq!(case.answer().await, limited, "the phone is still closed");
    assert_eq!(case.count("term where until is not null").await, 1, "one email a week is over, and stays on the record");
    let said = letter(&case).await;
    assert!(said.contains("We have looked at it again, and changed it.") && said.contains("Four calm weeks"), "{said}");
    is_settled(&case).await;
    let timeline = case.timeline().await.join("\n");
    assert!(timeline.contains("The customer asked us to look again") && timeline.contains("Looked at again: it changes"), "{timeline}");
    assert_eq!(case.count("event where kind = 'restriction-varied'").await, 1);
}

#[tokio::test]
async fn ah_19_a_request_without_a_ground_is_recorded_and_can_be_declined_with_a_reason() {
    let (case, restriction) = in_force(&ALLIANCE_HOMES).await;
    let nothing = asked(&case, &restriction, &[]).await;
    assert_eq!(nothing.error("listed").as_deref(), Some("Choose what it rests on, or that none of these fits"));
    assert_eq!((nothing.status(), nothing.fill(&[("received_via", "phone")]).value("words")), (422, CALM), "nothing typed is lost");
    let at = logged(&case, &restriction, &["none"]).await;
    let page = case.person("director2").await.see(&at).await;
    assert_eq!(page.fill(&[("reasons", "x")]).offers("outcome"), ["keep", "vary", "lift", "decline"]);
    answered(&case, "director2", &at, "decline").await;
    let said = letter(&case).await;
    assert!(said.contains("We have decided not to look at it again") && said.contains("something has changed"), "{said}");
    assert!(case.timeline().await.join("\n").contains("Not looked at again: no ground was given"));

    let at = logged(&case, &restriction, &["2"]).await;
    let mut director = case.person("director2").await;
    let page = director.see(&at).await;
    let form = page.fill(&[("outcome", "keep"), ("reasons", "No.")]);
    assert_eq!(form.offers("outcome"), ["keep", "vary", "lift"]);
    let refused = director.submit(&form.forged("outcome", "decline")).await;
    assert!(
        refused.status() == 422 && refused.error("outcome").is_some_and(|said| said.contains("it is looked at again")),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn wk_21_when_behaviour_improves_whoever_decided_may_lift_it_and_whoever_asked_for_it_may_not() {
    let (case, restriction) = restricted(&[]).await;
    case.house.wait(TimeDelta::days(28));
    let at = logged(&case, &restriction, &["1"]).await;
    assert_eq!(case.person("manager").await.see(&at).await.all("form.deciding").len(), 0, "who asked for it");
    let page = answered(&case, "director", &at, "lift").await;
    assert!(page.says("It ends"), "{}", page.text());
    assert!(case.answer().await.contains("as normal"), "from the same second");
    let said = letter(&case).await;
    assert!(said.contains("We have looked at it again, and decided that it ends."), "{said}");
    is_settled(&case).await;
    assert_eq!(case.count("task where kind = 'review' and done_at is null").await, 0);
    let page = case.person("adviser").await.see(&restriction).await;
    assert!(page.link("The customer asks us to look again").is_none(), "{}", page.text());
    let old = case
        .person("adviser")
        .await
        .see(&format!("/reconsiderations/new?restriction={}", restriction.trim_start_matches("/restrictions/")))
        .await;
    assert!(old.says("is not in force, so there is nothing to look at again"), "{}", old.text());
}

#[tokio::test]
async fn asked_twice_it_is_kept_once_and_the_second_is_told_of_the_first() {
    let (case, restriction) = restricted(&[]).await;
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&restriction).await;
    let page = adviser.click(&page, "The customer asks us to look again").await;
    let form = page.fill(&[("words", CALM), ("received_via", "phone")]).ticked("listed", &["1"]);
    let (mut one, mut other) = (case.person("adviser").await, case.person("officer").await);
    let again = form.clone().forged("id", "018f0000-0000-7000-8000-000000000001");
    let (first, second) = tokio::join!(one.submit(&form), other.submit(&again));
    let mut both = [first.status(), second.status()];
    both.sort_unstable();
    assert_eq!(both, [303, 422]);
    let told = if first.status() == 422 { first } else { second };
    assert!(told.says("has asked us to look at this contact arrangement again already") && told.body().contains(CALM), "{}", told.text());
    let kept = adviser.submit(&form).await;
    assert!(matches!(kept.status(), 303 | 422), "{}", kept.text());
    assert_eq!(case.count("reconsideration").await, 1);
    let page = adviser.see(&restriction).await;
    assert!(page.link("Read the request to look again").is_some() && page.link("The customer asks us to look again").is_none());
}

#[tokio::test]
async fn a_request_closes_when_what_it_is_about_ends_first_and_the_letter_says_so() {
    let (case, restriction) = restricted(&[]).await;
    case.house.wait(TimeDelta::days(3));
    let at = logged(&case, &restriction, &["1"]).await;
    let mut head = case.person("head").await;
    let old = head.see(&at).await.fill(&[("outcome", "keep"), ("reasons", "Too soon to tell.")]);
    case.house.wait(TimeDelta::minutes(5));
    let mut director = case.person("director").await;
    let page = director.see(&format!("{restriction}/end")).await;
    director.save(&page.fill(&[("reason", "He has moved away.")])).await;
    is_settled(&case).await;
    let said = letter(&case).await;
    assert!(said.contains("On 15 March 2027 you asked us to look at it again. It has ended, so nothing is left to look at."), "{said}");
    let late = head.submit(&old).await;
    assert_eq!(late.status(), 409);
    assert!(late.says("what it was about has ended") && late.says("Too soon to tell."), "{}", late.text());
    assert!(case.timeline().await.join("\n").contains("Request to look again closed"));
}

#[tokio::test]
async fn of_two_who_answer_one_answers_and_the_other_is_told() {
    let (case, restriction) = restricted(&[]).await;
    let at = logged(&case, &restriction, &["1"]).await;
    let (mut head, mut director) = (case.person("head").await, case.person("director").await);
    let keep = head.see(&at).await.fill(&[("outcome", "keep"), ("reasons", "Too soon to tell.")]);
    let lift = director.see(&at).await.fill(&[("outcome", "lift"), ("reasons", "It has done its work.")]);
    let (keep, lift) = tokio::join!(head.submit(&keep), director.submit(&lift));
    let mut both = [keep.status(), lift.status()];
    both.sort_unstable();
    assert_eq!(both, [303, 409], "{} {}", keep.text(), lift.text());
    assert_eq!(case.count("event where kind = 'reconsideration-answered'").await, 1);
}

#[tokio::test]
async fn whoever_may_answer_is_reminded_ahead_of_the_day_on_it_and_after_it_once_each() {
    let (case, restriction) = restricted(&[]).await;
    logged(&case, &restriction, &["1"]).await;
    // Asked on Friday 12 March; ten working days with Easter between.
    let office = &case.house.kit.office;
    for (moment, says) in [
        ("2027-03-24T09:00:00Z", "is due on Tuesday 30 March 2027"),
        ("2027-03-30T09:00:00Z", "is due today"),
        ("2027-03-31T09:00:00Z", "is late"),
    ] {
        case.house.at(moment);
        case.house.drain_outbox().await;
        remind::once(office).await.expect("reminders are read");
        remind::once(office).await.expect("reminders are read");
        let told: Vec<_> = case.house.drain_outbox().await.into_iter().filter(|(_, subject)| subject.contains("look again")).collect();
        assert!(told.iter().all(|(_, subject)| subject.contains(says)), "{moment}: {told:?}");
        let to = |account: &str| told.iter().filter(|(to, _)| to.starts_with(account)).count();
        assert_eq!((to("head@"), to("director@")), (1, 1), "{moment}: {told:?}");
    }
}

#[tokio::test]
async fn where_the_policy_has_no_such_thing_it_is_not_offered() {
    let pack = include_str!("../../../policies/west-kent.toml");
    let from = pack.find("[challenge.reconsideration]").expect("the chapter");
    let chapter = &pack[from..from + pack[from..].find("[letters]").expect("the next chapter")];
    let parts: Vec<String> =
        pack.lines().filter(|line| line.contains("value = \"reconsideration\"")).map(|line| format!("{line}\n")).collect();
    let mut changes = vec![(chapter, "")];
    changes.extend(parts.iter().map(|part| (part.as_str(), "")));
    let (case, restriction) = restricted(&changes).await;
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&restriction).await;
    assert!(page.link("The customer asks us to look again").is_none(), "{}", page.text());
    let id = restriction.trim_start_matches("/restrictions/");
    let page = adviser.see(&format!("/reconsiderations/new?restriction={id}")).await;
    assert!(page.says("The policy has no way to ask us to look again."), "{}", page.text());
    let new = uuid::Uuid::from_u128(7).to_string();
    let fields = [("id", new.as_str()), ("restriction", id), ("words", CALM), ("received_on", "2027-03-12"), ("received_via", "phone")];
    let page = adviser.post("/reconsiderations", &fields).await;
    assert!(page.status() == 422 && page.says("The policy has no way to ask us to look again."), "{}", page.text());
    assert!(!letter(&case).await.contains("look again at any time"));
}

/// West Kent's pack, as if its own list of who hears no appeal did not name whoever looked again.
#[tokio::test]
async fn whoever_looked_again_does_not_hear_the_appeal_on_the_same_matter_whatever_the_policy_lists() {
    let (case, restriction) = restricted(&[]).await;
    assert!(!case.policy.challenge.appeal.never_decides.contains(&evenhand::rules::policy::Part::LookedAgain));
    case.house.wait(TimeDelta::days(3));
    let request = logged(&case, &restriction, &["1"]).await;
    answered(&case, "head", &request, "keep").await;
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let at = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned();
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    assert!(page.says("You answered a request to look again. It needs"), "{}", page.text());
    assert!(page.says("It is for"), "{}", page.text());
    assert!(!head.see("/my-work").await.links().iter().any(|(_, href)| *href == at), "nor is it on the head's list");
    let fields = [("outcome", "uphold"), ("reasons", "I was right."), ("version", "1"), ("restriction_version", "9")];
    let refused = head.post(&format!("{at}/decision"), &fields).await;
    assert!(refused.status() == 403 && refused.says("Here that is"), "{}: {}", refused.status(), refused.text());
    let mut director = case.person("director2").await;
    let page = director.see(&at).await;
    let page = director.save(&page.fill(&[("outcome", "uphold"), ("reasons", "Both incidents are on record.")])).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
}
