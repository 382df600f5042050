//! My work: what waits is counted and named, and what is passed on outside is passed on with its facts.

use super::case::{Case, usual_terms};
use super::way::WEST_KENT;

#[tokio::test]
async fn what_is_begun_and_not_logged_counts_as_work() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    assert_eq!(adviser.see("/my-work").await.heading(), "Nothing waiting for you");
    let mut draft = case.incident_form(&mut adviser, "abuse").await;
    draft.action = format!("/customers/{}/incidents/draft", case.reference);
    adviser.save(&draft).await;
    let page = adviser.see("/my-work").await;
    assert_eq!(page.heading(), "One incident is not logged yet");
    assert!(page.says("Nothing else waiting"), "{}", page.text());
}

#[tokio::test]
async fn no_two_kinds_of_work_have_one_name() {
    let case = Case::begun("west-kent").await;
    let names = case.person("manager").await.see("/my-work").await.all("select[name='kind'] option");
    assert!(names.contains(&"Appeal against a management action".to_owned()), "{names:?}");
    let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
}

#[tokio::test]
async fn nobody_who_sees_nothing_of_customers_is_named_as_their_contact() {
    let case = Case::begun("west-kent").await;
    case.warned_of(&WEST_KENT).await;
    let at = case.again(WEST_KENT.behaviour).await;
    let mut manager = case.person("manager").await;
    let form = manager.see(&format!("{at}/terms")).await.fill(&[("ends_on", "2027-09-01")]);
    let (admin, officer) = (case.id_of("admin"), case.id_of("officer"));
    for field in ["staff", "cover_staff"] {
        let offered = form.offers(&format!("single-point-of-contact-{field}"));
        assert!(offered.contains(&officer) && !offered.contains(&admin), "{field}: {offered:?}");
    }
    let forced = form.with("ends_on", "2027-09-01").ticked("measure", &["single-point-of-contact"]);
    let forced = forced.forged("single-point-of-contact-staff", &admin).with("single-point-of-contact-phone", "01732 960 118");
    let page = manager.submit(&forced).await;
    assert_eq!(page.status(), 422, "{}", page.text());
    assert!(page.error("single-point-of-contact-name").is_some(), "{:?}", page.summary());
}

/// The adviser logs an incident with this danger; where it is.
async fn logged(case: &Case, danger: &str) -> String {
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "abuse").await;
    adviser
        .save(&form.with("harm", "threatened").ticked(if danger == "harassment" { "dangers" } else { "threats" }, &[danger]))
        .await
        .address()
        .to_owned()
}

#[tokio::test]
async fn the_police_are_told_with_the_facts_at_hand_and_always_where_the_policy_says_so() {
    let case = Case::begun("west-kent").await;
    logged(&case, "physical-violence-threatened").await;
    let mut manager = case.person("manager").await;
    let work = manager.see("/my-work").await;
    assert!(work.says("Hand it over: Tenancy enforcement") && work.says("by Friday 12 March"), "{}", work.text());
    let page = manager.click(&work, "Tell the police").await;
    assert!(page.says("Ring 999.") && page.says("ring 101"), "{}", page.text());
    assert!(page.says(super::case::SAID) && page.says("Physical violence was threatened."), "{}", page.text());
    let form = page.fill(&[("reference", "")]);
    assert!(form.offers("came").is_empty(), "the policy leaves no choice");
    let left = manager.submit(&form.clone().forged("came", "not").forged("because", "I would rather not.")).await;
    assert_eq!((left.status(), left.error("reference").as_deref()), (422, Some("Enter the police reference")));
    let page = manager.save(&form.with("reference", "46/12345/27")).await;
    assert!(page.says("Done."), "{}", page.text());
}

#[tokio::test]
async fn where_the_policy_asks_to_think_of_the_police_a_manager_may_decide_not_to_and_says_why() {
    let case = Case::begun("west-kent").await;
    let incident = logged(&case, "harassment").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    let decision = page.fill(&[("outcome", "no-action"), ("reasons", "He was told.")]).ticked("tell", &["police"]);
    manager.save(&decision).await;
    let work = manager.see("/my-work").await;
    let page = manager.click(&work, "Tell the police").await;
    let form = page.fill(&[("came", "not")]);
    let empty = manager.submit(&form).await;
    assert_eq!((empty.status(), empty.error("because").as_deref()), (422, Some("Enter why you decided not to")));
    manager.save(&form.with("because", "She asks us not to.")).await;
    assert_eq!(case.count("task where kind = 'police' and done_at is null").await, 0);
    let page = manager.see(&incident).await;
    assert!(page.says("Police report: decided not to. She asks us not to."), "{}", page.text());
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Police report: decided not to")));
}

const CONTACT: &str = "single-point-of-contact";

/// The promise made aloud is on somebody's list: chosen from colleagues, so that whoever it is knows them.
#[tokio::test]
async fn a_call_that_is_promised_waits_for_the_colleague_who_was_chosen() {
    let case = Case::begun("west-kent").await;
    case.warned_of(&WEST_KENT).await;
    let at = case.again(WEST_KENT.behaviour).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    let field = |name: &str| format!("{CONTACT}-{name}");
    let form = usual_terms(&page).without("channels-closed").ticked("measure", &[CONTACT, "times", "quota"]);
    let form = form.with(&field("staff"), &case.id_of("officer")).with(&field("cover_staff"), &case.id_of("manager2"));
    let form =
        form.with("times-channel", "phone").ticked("times-days", &["thursday"]).with("times-from", "14:00").with("times-until", "16:00");
    let bad = manager.submit(&form.clone().with(&field("phone"), "banana")).await;
    assert_eq!((bad.status(), bad.error(&field("phone")).is_some()), (422, true), "{}", bad.text());
    let page = manager.save(&form.with(&field("phone"), "01632 960 118")).await;
    assert!(!page.says("This cannot stand."), "{}", page.text());
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;

    let (mut adviser, mut officer) = (case.person("adviser").await, case.person("officer").await);
    let check = format!("/customers/{}/contact?channel=phone", case.reference);
    let own = officer.see(&check).await;
    assert!(own.says("Thursday 18 March") && !own.body().contains("name=\"booked\""), "it is her own to make: {}", own.text());
    let page = adviser.see(&check).await;
    assert!(page.says("Shall I book that for you?"), "{}", page.text());
    let press = page.fill(&[("booked", "yes")]);
    let booked = adviser.save(&press).await;
    assert!(booked.says("Call booked."), "{}", booked.text());
    assert!(adviser.save(&press).await.says("Booked already."), "a second press promises nothing twice");
    let again = booked.fill(&[("booked", "yes")]);
    assert!(adviser.save(&again).await.says("Booked already."), "nor does a second caller");
    assert_eq!(case.count("task where kind = 'call'").await, 1);
    assert_eq!(case.count("contact where summary like 'A call was booked: %'").await, 2);

    let work = officer.see("/my-work").await;
    let ring = "Ring Mr Ashworth, Thursday 18 March, 2pm to 4pm";
    let task = officer.click(&work, ring).await;
    assert!(task.heading().starts_with("Ring Mr Ashworth") && task.says("Booked by"), "{}", task.text());
    assert_eq!(adviser.get(task.address()).await.status(), 403, "it is not the adviser's");
    let empty = officer.submit(&task.fill(&[("note", "")])).await;
    assert_eq!(empty.error("note").as_deref(), Some("Enter what came of the call"));
    assert!(officer.save(&task.fill(&[("note", "We agreed a day for the boiler.")])).await.says("Done."));
    assert!(case.timeline().await.iter().any(|entry| entry.contains("We agreed a day for the boiler.")));
}
