//! A case is moved to a newer version of the policy: by whoever decides, with a reason and a letter; what was promised stays.

use chrono::TimeDelta;

use super::change_the_policy::{ask, changed, pack, published};
use super::thread::in_force;
use super::way::ONE_MANCHESTER;
use crate::support::page::Page;

#[tokio::test]
async fn a_day_that_a_letter_promised_outranks_every_later_policy_also_once_the_case_is_moved() {
    let (case, restriction) = in_force(&ONE_MANCHESTER).await;
    let id = restriction.trim_start_matches("/restrictions/").to_owned();
    let promised = |column: &str| format!("select {column}::text from restriction where id = '{id}'");
    let appeal_by: String = ask(&case.house, &promised("appeal_by")).await;
    let review: String = ask(&case.house, &promised("review_on")).await;
    let letter = case.person("manager").await.see(case.letters().await.first().expect("a letter")).await;
    let day: chrono::NaiveDate = appeal_by.parse().expect("a day");
    assert!(letter.text().replace('\u{a0}', " ").contains(&day.format("%-d %B %Y").to_string()), "the letter names {day}");

    let shorter = changed("one-manchester", "window = { value = \"20 working days\"", "window = { value = \"5 working days\"");
    let today = case.house.clock.now().date_naive().to_string();
    let at = published(&case.house, "one-manchester", &shorter, &today).await;
    let mut director = case.person("director").await;
    let cases = director.see(&format!("{at}/cases")).await;
    assert!(cases.says("When an appeal may come") && cases.says("Within 5 working days of"), "{}", cases.text());
    assert!(cases.says("Now: Within 20 working days of"), "{}", cases.text());
    assert!(
        cases.says("Colin Ashworth") && cases.text().replace('\u{a0}', " ").contains(&format!("by {}", day.format("%A %-d %B %Y"))),
        "{}",
        cases.text()
    );

    // Whoever may move it finds it there and nothing of the version besides; whoever only keeps the policy moves nothing.
    let theirs = case.person("manager").await.see(&format!("{at}/cases")).await;
    assert!(theirs.says("Cases you may move to version 2") && theirs.says("Colin Ashworth"), "{}", theirs.text());
    assert!(theirs.links().iter().all(|(_, href)| *href != at), "a page that is closed to them is not linked");
    assert!(theirs.links().iter().any(|(_, href)| *href == format!("{restriction}/policy")));
    assert!(case.person("manager").await.see("/policy").await.links().iter().any(|(_, href)| *href == format!("{at}/cases")));
    let owners = case.person("policy").await.see(&format!("{at}/cases")).await;
    assert!(owners.says("Colin Ashworth") && owners.links().iter().all(|(_, href)| !href.ends_with("/policy") || href == "/policy"));
    assert_eq!(case.person("adviser").await.get(&format!("{at}/cases")).await.status(), 403);

    // It is not moved yet, and the last day stays as it is.
    assert_eq!(ask::<String>(&case.house, &promised("appeal_by")).await, appeal_by);
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{restriction}/policy")).await;
    assert!(page.says("Within 5 working days of"), "{}", page.text());
    let missing = manager.submit(&page.form(&format!("{restriction}/policy"))).await;
    assert!(missing.status() == 422 && missing.error("reason").is_some(), "{:?}", missing.summary());
    let form = page.fill(&[("reason", "The newer policy answers him sooner.")]);
    let letter = manager.save(&form).await;
    let again = manager.save(&form).await;
    assert!(again.says("Moved already.") && !again.says("Nothing you sent was saved"), "a second press: {}", again.text());
    let mut other = case.person("manager2").await;
    assert_eq!(other.submit(&form).await.status(), 409, "somebody else is told that it changed");
    assert_eq!(case.count("event where kind = 'restriction-moved'").await, 1);
    let words = letter.text().replace('\u{a0}', " ");
    assert!(words.contains("A newer policy applies") && words.contains("The newer policy answers him sooner."), "{words}");
    assert!(words.contains(&day.format("%-d %B %Y").to_string()), "the old last day is in it: {words}");
    assert!(
        words.contains("When an appeal may come: within 5 working days of") && words.contains("Until now: within 20 working days of"),
        "{words}"
    );
    assert_eq!(ask::<String>(&case.house, &promised("appeal_by")).await, appeal_by);
    assert_eq!(ask::<String>(&case.house, &promised("review_on")).await, review);
    let number = format!("select v.number from restriction r join policy_version v on v.id = r.policy_version_id where r.id = '{id}'");
    assert_eq!(ask::<i32>(&case.house, &number).await, 2);
    assert!(case.timeline().await.join("\n").contains("moved to version 2 of the policy"));
    assert_eq!(
        case.count("task where kind = 'review' and done_at is null").await,
        case.count("(select distinct subject_id from task where kind = 'review' and done_at is null) one").await
    );

    // Six working days later the shorter window would be over; what was promised is not.
    case.house.wait(TimeDelta::days(9));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={id}")).await;
    assert!(page.text().replace('\u{a0}', " ").contains(&format!("The last day for it is {}", day.format("%-d %B %Y"))), "{}", page.text());
    let page = adviser.save(&page.fill(&[("grounds", "It is not fair."), ("received_via", "letter")])).await;
    assert!(!page.says("It came late."), "{}", page.text());
    assert_eq!(case.count("appeal a join policy_version v on v.id = a.policy_version_id where v.number = 2").await, 1);
}

#[tokio::test]
async fn a_case_is_moved_by_whoever_decides_and_not_to_a_policy_that_does_not_offer_its_measures() {
    let (case, restriction) = in_force(&ONE_MANCHESTER).await;
    let mut policy = case.person("policy").await;
    assert_eq!(policy.get(&format!("{restriction}/policy")).await.status(), 403);
    let mut manager = case.person("manager").await;
    let same = manager.get(&format!("{restriction}/policy")).await;
    assert!(same.status() == 409 && same.says("Only what is in force under another version"), "{}", same.text());
    let text = pack("one-manchester");
    let start = text.find("[[measures.offered]]\nkind = \"quota\"").expect("the measure");
    let end = start + 2 + text[start + 2..].find("[[measures.offered]]").expect("the next one");
    let without = format!("{}{}", &text[..start], &text[end..]);
    let longer = without.replacen("window = { value = \"20 working days\"", "window = { value = \"30 working days\"", 1);
    assert_ne!(longer, without);
    let without = longer;
    let record = format!("/customers/{}", case.reference);
    let until =
        |page: &Page| page.all("aside dl.facts-stack div").into_iter().filter(|one| one.contains("appeal until")).collect::<Vec<_>>();
    let before = until(&manager.see(&record).await);
    assert!(!before.is_empty(), "{}", manager.see(&record).await.text());
    let today = case.house.clock.now().date_naive().to_string();
    let at = published(&case.house, "one-manchester", &without, &today).await;
    assert_eq!(until(&manager.see(&record).await), before, "the case keeps the window it was begun with");
    assert!(case.person("policy").await.see(&format!("{at}/cases")).await.says("Not offered any more"));
    let page = manager.see(&format!("{restriction}/policy")).await;
    assert!(page.says("It cannot be moved yet.") && page.actions().iter().all(|action| !action.ends_with("/policy")), "{}", page.text());
    let forged = manager.post(&format!("{restriction}/policy"), &[("version", "3"), ("reason", "All the same.")]).await;
    assert!(forged.status() == 422 || forged.status() == 409, "{}", forged.status());
    assert_eq!(case.count("event where kind = 'restriction-moved'").await, 0);
}
