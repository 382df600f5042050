//! An appeal about how long a restriction runs, and nothing else of it, where the policy has rules of its own for that.

use chrono::TimeDelta;

use super::deciding::restricted;
use super::suspends::SUSPENDS;
use crate::journey::case::Case;
use crate::support::page::Filled;
use crate::support::visitor::Visitor;

/// Ten working days from the letter, to a director who took no part; a shorter time or none.
const LENGTH: (&str, &str) = (
    "\n[letters]\n",
    r#"
[challenge.length]
grounds = { value = ["a shorter time would do"], stated = "6.3" }
window = { value = "10 working days", stated = "6.3" }
window-from = { value = "imposed", stated = "6.3" }
forms = { value = ["any"], stated = "6.3" }
decider = { value = "director", stated = "6.3" }
never-decides = { value = ["proposed", "authorised", "heard-appeal"], stated = "6.3" }
late-decided-by = { value = "director", stated = "6.3" }
decide-within = { value = "5 working days", stated = "6.3" }
outcomes = { value = ["uphold", "vary"], stated = "6.3" }
suspends = { value = false, stated = "6.3" }
final = { value = true, stated = "6.3" }
complaint = { value = "open", stated = "6.3" }

[letters]
"#,
);

async fn letter(case: &Case) -> String {
    case.person("manager").await.see(&case.letters().await[0]).await.text()
}

/// The adviser with the form filled in.
async fn asking(case: &Case, restriction: &str) -> (Visitor, Filled) {
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?about=length&restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    (adviser, page.fill(&[("grounds", "Four weeks would do."), ("received_via", "phone"), ("listed", "1")]))
}

async fn ends_on(case: &Case) -> chrono::NaiveDate {
    sqlx::query_scalar("select ends_on from restriction").fetch_one(&mut case.house.owner().await).await.expect("a last day")
}

#[tokio::test]
async fn dawn_appeals_only_about_the_length_and_the_last_day_comes_sooner() {
    let (case, restriction) = restricted(&[SUSPENDS, LENGTH]).await;
    // Friday 12 March; ten working days over Easter.
    let notice = letter(&case).await;
    for words in ["You can make an appeal at any time while it lasts.", "You can make an appeal about the length by Tuesday 30 March 2027."]
    {
        assert!(notice.contains(words), "no «{words}» in {notice}");
    }
    assert!(notice.contains("the last day can come sooner, and never later") && notice.contains("We will answer within 5 working days"));
    let mut head = case.person("head").await;
    let page = head.see(&restriction).await;
    assert!(page.says("At any time while it lasts. About the length alone: by Tuesday 30 March 2027"), "{}", page.text());

    case.house.wait(TimeDelta::hours(1));
    let limited = case.answer().await;
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let page = adviser.click(&page, "Log an appeal about the length instead").await;
    assert!(page.says("The last day for it is 30 March 2027."), "{}", page.text());
    let (mut adviser, form) = asking(&case, &restriction).await;
    let page = adviser.save(&form).await;
    let at = page.address().to_owned();
    assert!(page.says("Appeal logged."), "{}", page.text());
    assert_eq!(case.answer().await, limited, "only the length is in question, so nothing waits");
    assert!(letter(&case).await.contains("Your appeal about the length of your contact arrangement reached us on"));
    assert!(!letter(&case).await.contains("waits from now"));

    // Whoever may hear an appeal against the whole does not hear this one, and who authorised it never does.
    for account in ["head", "director"] {
        let mut person = case.person(account).await;
        let page = person.see(&at).await;
        assert!(page.says("You cannot decide this."), "{account}: {}", page.text());
        let fields =
            [("outcome", "vary"), ("ends_on", "2027-04-09"), ("reasons", "Enough."), ("version", "1"), ("restriction_version", "1")];
        assert_eq!(person.post(&format!("{at}/decision"), &fields).await.status(), 403, "{account}");
    }

    case.house.wait(TimeDelta::minutes(5));
    let (before, mut director) = (ends_on(&case).await, case.person("director2").await);
    let page = director.see(&at).await;
    assert!(page.says("This is only about how long the contact arrangement lasts."), "{}", page.text());
    assert!(!page.body().contains("name=\"measure\"") && !page.body().contains("name=\"review_on\""), "only the last day is asked");
    let later = (before + TimeDelta::days(30)).to_string();
    let form = page.fill(&[("outcome", "vary"), ("reasons", "Four weeks are enough."), ("ends_on", &later)]);
    let refused = director.submit(&form).await;
    assert!(refused.error("ends_on").is_some_and(|error| error.starts_with("Enter a day before ")), "{}", refused.text());
    assert_eq!(ends_on(&case).await, before);
    let page = director.save(&form.with("ends_on", "2027-04-09")).await;
    assert!(page.says("Decision recorded.") && page.says("The contact arrangement ends sooner"), "{}", page.text());
    assert_eq!(ends_on(&case).await.to_string(), "2027-04-09");
    assert_eq!(case.answer().await.split(" until ").next(), limited.split(" until ").next(), "the terms are what they were");
    let told = letter(&case).await;
    assert!(told.contains("Your appeal about the length: the contact arrangement ends sooner"), "{told}");
    assert!(told.contains("Its last day is now 9 April 2027.") && told.contains("Four weeks are enough."), "{told}");
    let still = "You can still make an appeal against the contact arrangement as a whole, at any time while it lasts.";
    assert!(told.contains(still), "{told}");
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Appeal about the length decided: it ends sooner")));

    // That answer is final about the length; the whole can still be appealed.
    case.house.wait(TimeDelta::hours(1));
    let address = format!("/appeals/new?about=length&restriction={}", restriction.trim_start_matches("/restrictions/"));
    let refused = case.person("adviser").await.see(&address).await;
    assert!(refused.says("that answer is final here") && !refused.body().contains("name=\"grounds\""), "{}", refused.text());
    let page = super::suspends::appealed(&case, &restriction, &[]).await;
    assert!(page.says("Appeal logged."), "{}", page.text());
    assert!(case.answer().await.contains("an appeal is being heard"), "against the whole, it waits");
}

#[tokio::test]
async fn one_that_comes_after_its_own_last_day_is_let_in_first_and_a_policy_without_rules_for_it_has_none() {
    let (case, restriction) = restricted(&[LENGTH]).await;
    case.house.wait(TimeDelta::days(30));
    let (mut adviser, form) = asking(&case, &restriction).await;
    let refused = adviser.submit(&form).await;
    assert!(refused.error("late_because").is_some_and(|error| error.contains("30 March 2027")), "{}", refused.text());
    let page = adviser.save(&form.with("late_because", "He was in hospital.")).await;
    let at = page.address().to_owned();
    let mut director = case.person("director2").await;
    let page = director.see(&at).await;
    let page = director.save(&page.fill(&[("admission", "hear"), ("reasons", "He could not write.")])).await;
    case.house.wait(TimeDelta::minutes(5));
    let page = director.save(&page.fill(&[("outcome", "uphold"), ("reasons", "Six months are usual.")])).await;
    assert!(page.says("The contact arrangement lasts as long as it does"), "{}", page.text());
    assert!(letter(&case).await.contains("We have decided that the contact arrangement lasts as long as we wrote before."));

    let (case, restriction) = restricted(&[]).await;
    assert!(!letter(&case).await.contains("about the length"));
    let address = format!("/appeals/new?about=length&restriction={}", restriction.trim_start_matches("/restrictions/"));
    let refused = case.person("adviser").await.see(&address).await;
    assert!(refused.says("The policy has no appeal against the length alone."), "{}", refused.text());
    assert_eq!(case.count("appeal").await, 0);
}

#[tokio::test]
async fn its_last_day_comes_sooner_also_while_the_review_is_late() {
    let (case, restriction) = restricted(&[LENGTH]).await;
    let due: chrono::NaiveDate =
        sqlx::query_scalar("select review_on from restriction").fetch_one(&mut case.house.owner().await).await.expect("a review");
    case.house.clock.set(evenhand::rules::days::end_of(due) + TimeDelta::hours(10));
    let (mut adviser, form) = asking(&case, &restriction).await;
    let page = adviser.save(&form.with("late_because", "He was in hospital.")).await;
    let at = page.address().to_owned();
    let mut director = case.person("director2").await;
    let page = director.see(&at).await;
    let page = director.save(&page.fill(&[("admission", "hear"), ("reasons", "He could not write.")])).await;
    case.house.wait(TimeDelta::minutes(5));
    let soon = case.house.clock.now().date_naive() + TimeDelta::days(20);
    let form = page.fill(&[("outcome", "vary"), ("reasons", "Enough."), ("ends_on", &soon.to_string())]);
    let page = director.save(&form).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    assert_eq!(ends_on(&case).await, soon);
    let review: chrono::NaiveDate = sqlx::query_scalar("select due_on from review where stage = 'due'")
        .fetch_one(&mut case.house.owner().await)
        .await
        .expect("a review that waits");
    assert!(review > case.house.clock.now().date_naive() && review <= soon, "{review}: the missed one is promised anew");
}

#[tokio::test]
async fn one_against_the_whole_takes_in_the_one_about_the_length_that_is_open() {
    let (case, restriction) = restricted(&[SUSPENDS, LENGTH]).await;
    case.house.wait(TimeDelta::hours(1));
    let (mut adviser, form) = asking(&case, &restriction).await;
    let at = adviser.save(&form).await.address().to_owned();
    case.house.wait(TimeDelta::days(2));
    let mut head = case.person("head").await;
    let page = head.see(&restriction).await;
    assert!(page.links().iter().any(|(text, _)| text == "Log an appeal"), "{:?}", page.links());
    let page = super::suspends::appealed(&case, &restriction, &[]).await;
    assert!(page.says("Appeal logged."), "{}", page.text());
    assert!(case.answer().await.contains("an appeal is being heard"), "against the whole, it waits");
    let told = letter(&case).await;
    assert!(told.contains("You sent us an appeal about the length before. We will answer both at once."), "{told}");
    let page = case.person("director2").await.see(&at).await;
    assert!(page.says("One against the whole decision came, and is answered for both"), "{}", page.text());
    assert_eq!(
        case.count("task where kind = 'appeal' and done_at is null and subject_id = (select id from appeal where round = 'length')").await,
        0
    );
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Appeal about the length taken into another")));
    let (mut adviser, again) = (
        case.person("adviser").await,
        format!("/appeals/new?about=length&restriction={}", restriction.trim_start_matches("/restrictions/")),
    );
    assert!(adviser.see(&again).await.says("is open already"), "the other way round it is not taken in");
}
