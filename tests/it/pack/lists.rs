//! Lists, search results and figures say at every minute what the answer says. That a restriction has ended by itself, or waits for an
//! appeal, is true before the worker or anybody else has written it down.

use chrono::{NaiveDate, TimeDelta};
use evenhand::rules::days;
use evenhand::worker::remind;

use super::deciding::restricted;
use super::overdue::LAPSES;
use super::suspends::{SUSPENDS, appealed};
use crate::journey::case::Case;
use crate::support::page::Page;

/// What the pages say about Mr Ashworth and his one restriction at this minute.
#[derive(Debug, PartialEq)]
struct Told {
    /// Beside his name among all customers, and in a search for his name and for his postcode.
    contact: [&'static str; 3],
    /// Whether he stands among those with limits, and among those whose review is late.
    picked: (bool, bool),
    /// How many are in force, and how many reviews are late.
    figures: [String; 2],
    /// Beside it on his record.
    on_record: String,
    /// His line among the reviews.
    review: Option<String>,
    /// What the page of all of them together says first, and his line there.
    register: (String, Option<String>),
    /// Whether somebody is asked to hold the review.
    is_asked: bool,
}

async fn told(case: &Case) -> Told {
    let mut manager = case.person("manager").await;
    let list = manager.see("/customers").await;
    let mut contact = vec![beside(&list)];
    for typed in ["ashworth", "TN13 1DB"] {
        let lookup = manager.see("/check").await;
        contact.push(beside(&manager.save(&lookup.fill(&[("q", typed)])).await));
    }
    let picked =
        (line(&manager.see("/customers?show=in-force").await).is_some(), line(&manager.see("/customers?show=review-late").await).is_some());
    let work = manager.see("/my-work").await;
    let figures: Vec<String> = work.all(".figures dd");
    let record = manager.see(&format!("/customers/{}/restriction", case.reference)).await;
    let meetings = manager.see("/reviews/meetings").await;
    Told {
        contact: [contact[0], contact[1], contact[2]],
        picked,
        figures: [figures[0].clone(), figures[3].clone()],
        on_record: record.all("main td .tag").first().cloned().unwrap_or_default(),
        review: line(&manager.see("/reviews").await),
        register: (meetings.all("main .page-head p").concat(), line(&meetings)),
        is_asked: work.all("main tbody tr").iter().any(|row| row.contains("Hold the review")),
    }
}

/// His line of a table.
fn line(page: &Page) -> Option<String> {
    page.all("main tbody tr").into_iter().find(|row| row.contains("Colin Ashworth")).map(|row| row.replace('\u{a0}', " "))
}

/// What stands in his line about contact with him.
fn beside(page: &Page) -> &'static str {
    let line = line(page).unwrap_or_else(|| panic!("{}: {}", page.address(), page.text()));
    let words = ["Limited contact", "Contact arrangement", "Not applied now", "As normal"];
    words.into_iter().find(|word| line.contains(word)).unwrap_or_else(|| panic!("{line}"))
}

/// His sister lives with him, so that a search finds two.
async fn with_his_sister(case: &Case) {
    let mut adviser = case.person("adviser").await;
    let blank = adviser.see("/customers/new").await;
    let hers = [("given", "Maureen"), ("family", "Ashworth"), ("pronoun", "she"), ("line1", "4 Larch Row"), ("postcode", "TN13 1DB")];
    let page = adviser.save(&blank.fill(&hers)).await;
    assert!(page.says("Customer added"), "{}", page.text());
}

#[tokio::test]
async fn a_restriction_that_lapsed_is_limited_nowhere_from_that_minute_on() {
    let (case, restriction) = restricted(&[LAPSES]).await;
    with_his_sister(&case).await;
    let sql = "select due_on from review where stage = 'due'";
    let due: NaiveDate = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a review");

    case.house.clock.set(days::end_of(due) - TimeDelta::seconds(1));
    let before = told(&case).await;
    assert_eq!((before.contact, before.picked), (["Contact arrangement"; 3], (true, false)), "the day itself counts");
    assert_eq!((before.figures[0].as_str(), before.on_record.as_str()), ("1", "Contact arrangement"));
    assert!(before.review.is_some() && before.register.0.starts_with("One contact arrangement is in force.") && before.is_asked);

    case.house.clock.set(days::end_of(due));
    let after = told(&case).await;
    assert_eq!(case.count("restriction where stage = 'in-force'").await, 1, "nobody has written it down yet");
    assert_eq!((after.contact, after.picked), (["As normal"; 3], (false, false)));
    assert_eq!(after.figures, ["0", "In the last year. None is late now."]);
    assert_eq!((after.on_record.as_str(), after.review.as_deref(), after.is_asked), ("Ended", None, false));
    assert!(after.register.0.starts_with("No contact arrangement is in force."), "{:?}", after.register);
    assert_eq!(after.register.1, None);
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("ended by itself, because its review was missed") && page.all("main .tag").iter().any(|tag| tag == "Ended"));
    assert!(!page.says("Log an appeal") && !page.says(", late"), "{}", page.text());

    remind::once(&case.house.kit.office).await.expect("reminders are read");
    assert_eq!(case.count("restriction where stage = 'lifted'").await, 1);
    assert_eq!(told(&case).await, after, "written down, it reads the same");
}

#[tokio::test]
async fn a_restriction_past_its_last_day_is_limited_nowhere_and_still_to_be_reviewed() {
    let (case, _) = restricted(&[]).await;
    with_his_sister(&case).await;
    case.house.clock.set(days::end_of("2027-09-01".parse().expect("a day")));
    let told = told(&case).await;
    assert_eq!((told.contact, told.picked), (["As normal"; 3], (false, true)));
    assert_eq!(told.figures, ["0", "In the last year. One is late now."]);
    assert_eq!((told.on_record.as_str(), told.is_asked), ("Ended", true));
    assert!(told.review.is_some_and(|line| line.contains("ended 1 September, not reviewed")));
    let (first, line) = told.register;
    assert!(first.starts_with("No contact arrangement is in force. One is ended and still to be reviewed."), "{first}");
    assert!(line.is_some_and(|line| line.contains("ended 1 September, not reviewed")));
}

#[tokio::test]
async fn a_restriction_that_waits_for_an_appeal_is_limited_nowhere_until_the_answer() {
    let (case, restriction) = restricted(&[SUSPENDS]).await;
    with_his_sister(&case).await;
    let before = told(&case).await;
    case.house.wait(TimeDelta::hours(1));
    let at = appealed(&case, &restriction, &[]).await.address().to_owned();
    let meanwhile = told(&case).await;
    assert_eq!((meanwhile.contact, meanwhile.picked), (["Not applied now"; 3], (false, false)));
    assert_eq!((meanwhile.figures[0].as_str(), meanwhile.on_record.as_str()), ("0", "Not applied now"));
    assert!(
        meanwhile.review.is_some_and(|line| line.contains("it waits: an appeal is being heard")),
        "its review is promised all the same"
    );
    let (first, line) = meanwhile.register;
    assert!(first.starts_with("No contact arrangement is in force. One waits because of an appeal."), "{first}");
    assert!(line.is_some_and(|line| line.contains("it waits: an appeal is being heard")));

    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    let page = head.save(&page.fill(&[("outcome", "uphold"), ("reasons", "Both incidents are on record.")])).await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    let after = told(&case).await;
    assert_eq!((after.contact, after.picked, &after.figures), (before.contact, before.picked, &before.figures));
    assert_eq!((after.review, after.register, after.on_record), (before.review, before.register, before.on_record));
}
