//! What a restriction promises of ours: asked of whoever owes it, kept with a note or by a contact, and missed whether or not anybody looked.

use evenhand::worker::remind;

use crate::journey::case::{Case, USUAL_TERMS, terms_until};
use crate::journey::way::WEST_KENT;
use crate::support::visitor::Visitor;

async fn name(case: &Case, account: &str) -> String {
    let sql = "select name from staff where email = $1";
    let email = format!("{account}@west-kent.example");
    sqlx::query_scalar(sql).bind(email).fetch_one(&mut case.house.owner().await).await.expect("a colleague")
}

/// West Kent's manager proposes, beside the usual terms, that the adviser replies every Wednesday. In force since Friday 12 March 2027.
async fn restricted() -> (Case, String) {
    let case = Case::begun("west-kent").await;
    case.warned_of(&WEST_KENT).await;
    let at = case.again(WEST_KENT.behaviour).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    let form = terms_until(&page, &USUAL_TERMS).ticked("measure", &["channels", "quota", "replies"]);
    let form = form.with("replies-by", &name(&case, "adviser").await).with("replies-every", "week").with("replies-on", "wednesday");
    let page = manager.save(&form).await;
    assert!(!page.says("This cannot stand."), "{}", page.text());
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;
    (case, approval.replace("/approvals/", "/restrictions/"))
}

/// Where the adviser's promise is kept, from their own list.
async fn task(case: &Case, adviser: &mut Visitor) -> String {
    let sql = "select '/my-work/' || id::text from task where kind = 'promise' and done_at is null";
    let at: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("one promise waits");
    let work = adviser.see("/my-work").await;
    assert!(work.links().iter().any(|(_, href)| *href == at), "{}", work.text());
    at
}

async fn told(case: &Case) -> Vec<(String, String)> {
    case.house.drain_outbox().await.into_iter().filter(|(_, subject)| subject.starts_with("What we promised")).collect()
}

#[tokio::test]
async fn wk_20_a_promise_is_asked_of_its_owner_kept_with_a_note_and_missed_the_day_after_when_nobody_noted_it() {
    let (case, restriction) = restricted().await;
    let office = &case.house.kit.office;
    case.house.drain_outbox().await;
    case.house.at("2027-03-17T09:00:00Z");
    remind::once(office).await.expect("reminders are read");
    let mail = told(&case).await;
    assert!(mail.len() == 1 && mail[0].0 == "adviser@west-kent.example" && mail[0].1.contains("is due today"), "{mail:?}");
    let mut adviser = case.person("adviser").await;
    let at = task(&case, &mut adviser).await;
    let page = adviser.see(&at).await;
    assert!(page.says("replies every week"), "{}", page.text());
    let empty = adviser.submit(&page.form(&at)).await;
    assert_eq!(empty.error("note").as_deref(), Some("Enter what you did"), "{}", empty.text());
    assert_eq!(empty.body().matches(" autofocus").count(), 1, "without script what is wrong takes the focus, once");
    assert!(!page.body().contains(" autofocus"));
    let tried = adviser.save(&page.fill(&[("note", "The address bounced.")]).forged("came", "tried")).await;
    assert!(tried.says("It is owed still."), "{}", tried.text());
    let stands = case.person("manager").await.see(&restriction).await.text().replace('\u{a0}', " ");
    assert!(stands.contains("Tried once without reaching anybody, last on Wednesday 17 March 2027"), "{stands}");
    assert_eq!(case.count("event where kind = 'promise-tried'").await, 1);
    assert_eq!(case.count("task where kind = 'promise' and done_at is null and due_on = '2027-03-17'").await, 1, "it waits");
    let page = adviser.see(&at).await;
    let page = adviser.save(&page.fill(&[("note", "Wrote about the boiler.")])).await;
    assert!(page.says("Done."), "{}", page.text());
    assert_eq!(case.count("duty where stage = 'kept' and due_on = '2027-03-17' and kept_on = '2027-03-17'").await, 1);
    assert_eq!(case.count("task where kind = 'promise' and done_at is null and due_on = '2027-03-24'").await, 1, "the next Wednesday");

    case.house.at("2027-03-24T20:00:00Z");
    remind::once(office).await.expect("reminders are read");
    let mut manager = case.person("manager").await;
    assert!(manager.see(&restriction).await.says("Kept once, never missed."), "the day is not over");
    case.house.at("2027-03-25T09:00:00Z");
    let mut manager = case.person("manager").await;
    let page = manager.see(&restriction).await;
    assert!(page.says("What we promised") && page.says("Kept once, missed once."), "before the worker came: {}", page.text());
    told(&case).await;
    remind::once(office).await.expect("reminders are read");
    remind::once(office).await.expect("reminders are read");
    let mail = told(&case).await;
    assert!(mail.len() == 1 && mail[0].0 == "manager@west-kent.example" && mail[0].1.contains("was missed"), "{mail:?}");
    assert_eq!(case.count("event where kind = 'promise-missed'").await, 1);
    let timeline = case.timeline().await;
    assert!(timeline.iter().any(|entry| entry.contains("Promise kept") && entry.contains("Wrote about the boiler.")), "{timeline:?}");
    assert!(timeline.iter().any(|entry| entry.contains("What we promised was missed")), "{timeline:?}");
    assert_eq!(case.count("task where kind = 'promise' and done_at is null and due_on = '2027-03-31'").await, 1);
    let sql = "select '/reviews/' || id::text from review where stage = 'due'";
    let review: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a review");
    let page = manager.see(&review).await;
    assert!(page.says("Kept once, missed once.") && page.says("Wrote about the boiler."), "{}", page.text());
}

#[tokio::test]
async fn what_was_missed_while_nobody_looked_is_not_forgotten_and_written_down_once_each() {
    let (case, restriction) = restricted().await;
    case.house.at("2027-04-08T10:00:00Z");
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("Never kept, missed 4 times."), "{}", page.text());
    told(&case).await;
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    assert_eq!(told(&case).await.len(), 1, "one email says all of them");
    let waiting = "task where kind = 'promise' and done_at is null";
    assert_eq!(case.count(waiting).await, 1, "one call is owed");
    for _ in 0..3 {
        remind::once(&case.house.kit.office).await.expect("reminders are read");
    }
    assert_eq!(case.count(waiting).await, 1);
    assert_eq!(case.count("event where kind = 'promise-missed'").await, 4);
    assert_eq!(case.count("duty where stage = 'missed'").await, 4);
    assert_eq!(case.count("task where kind = 'promise' and done_at is null and due_on = '2027-04-14'").await, 1);
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("Never kept, missed 4 times."), "{}", page.text());
}

#[tokio::test]
async fn a_contact_of_that_kind_by_its_owner_in_its_turn_keeps_it_and_no_other_does() {
    let (case, restriction) = restricted().await;
    case.house.at("2027-03-16T10:00:00Z");
    let log = async |account: &str, channel: &str| {
        let mut person = case.person(account).await;
        let page = person.see(&format!("/customers/{}/contacts/new", case.reference)).await;
        let form = page.fill(&[("channel", channel), ("purpose", "other"), ("manner", "calm"), ("summary", "Answered his letters.")]);
        person.save(&form).await;
    };
    log("adviser", "phone").await;
    log("officer", "email").await;
    assert_eq!(case.count("duty where stage = 'kept'").await, 0, "by another channel, or by somebody else");
    log("adviser", "email").await;
    assert_eq!(case.count("duty where stage = 'kept' and due_on = '2027-03-17' and kept_on = '2027-03-16'").await, 1);
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("Kept once, never missed.") && page.says("Answered his letters."), "{}", page.text());
}

#[tokio::test]
async fn nothing_is_owed_once_it_has_ended() {
    let (case, restriction) = restricted().await;
    case.house.at("2027-03-16T10:00:00Z");
    let mut head = case.person("head").await;
    let page = head.see(&restriction).await;
    let page = head.click(&page, "End it early").await;
    head.save(&page.fill(&[("reason", "He has moved away.")])).await;
    assert_eq!(case.count("task where kind = 'promise' and done_at is null").await, 0);
    assert_eq!(case.count("duty where stage = 'ended'").await, 1);
    assert_eq!(case.count("reminder where kind like 'promise%' and settled_at is null").await, 0);
    case.house.at("2027-04-08T10:00:00Z");
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    assert_eq!(case.count("event where kind = 'promise-missed'").await, 0);
    let page = case.person("manager").await.see(&restriction).await;
    assert!(!page.says("Missed"), "{}", page.text());
}

#[tokio::test]
async fn what_somebody_owed_who_left_is_owed_by_whoever_takes_over_and_so_are_the_days_after_it() {
    let (case, restriction) = restricted().await;
    let mut admin = case.person("admin").await;
    let at = format!("/admin/people/{}", case.id_of("adviser"));
    let page = admin.see(&at).await;
    let left = page.form(&format!("{at}/left")).with("successor", &case.id_of("officer"));
    assert!(admin.save(&left).await.says("has left"));
    case.house.at("2027-03-17T09:00:00Z");
    let (mut officer, officers_name) = (case.person("officer").await, name(&case, "officer").await);
    let at = task(&case, &mut officer).await;
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says(&format!("{officers_name} keeps it next.")), "{}", page.text());
    let page = officer.see(&at).await;
    officer.save(&page.fill(&[("note", "Wrote about the boiler.")])).await;
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says(&format!("Kept by {officers_name}")), "{}", page.text());
    assert!(page.says(&format!("{officers_name} keeps it next.")), "the next Wednesday too: {}", page.text());
    assert_eq!(case.count("task where kind = 'promise' and done_at is null and due_on = '2027-03-24'").await, 1);
    task(&case, &mut officer).await;
}
