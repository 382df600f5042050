//! A letter is made once, kept word for word, shown in the customer's own format, printed alone and marked as sent.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use evenhand::casework::desk::Desk;
use evenhand::casework::{self, Error};
use evenhand::letters::{Happening, Letter, Warning};
use evenhand::rules::id::{CustomerId, LetterId};
use evenhand::store;
use uuid::Uuid;

use crate::support::app::{House, landlord, staff};

const COLIN: CustomerId = CustomerId(Uuid::from_u128(0x40_1182_7003));

/// Mr Ashworth of West Kent, who reads large print.
async fn with_colin() -> House {
    let house = House::empty_cast().await;
    let sql = "insert into customer (landlord_id, id, ref, title, given, family, pronoun, subject, line1, town, postcode, letter_format, added_at)
               values ($1, $2, '401-182-7003', 'Mr', 'Colin', 'Ashworth', 'he', 'customer', '14 Fernbank Close', 'Sevenoaks', 'TN13 6QT', 'large-print', $3)";
    let insert = sqlx::query(sql).bind(landlord("west-kent").0).bind(COLIN.0).bind(house.clock.now());
    insert.execute(&mut house.owner().await).await.expect("a customer");
    house
}

async fn warning(desk: &mut Desk, ask: &str) -> Letter {
    let colin = store::customer::get(&mut desk.tx, COLIN).await.expect("an answer").expect("a customer");
    let policy = Arc::clone(&desk.policy);
    Letter::Warning(Warning {
        shared: casework::letter::shared(desk, &colin, policy).await.expect("the facts"),
        step: "management-action".into(),
        happened: vec![Happening { on: desk.today(), what: "you shouted <b>at</b> a member of staff".into() }],
        why: "Shouting frightens people.".into(),
        ask: ask.into(),
        putting_right: String::new(),
        told_us: String::new(),
        counts_until: None,
    })
}

/// A letter the manager made.
async fn made(house: &House) -> LetterId {
    let mut desk = house.desk_of("west-kent", "manager").await;
    let letter = warning(&mut desk, "Please speak to us without shouting.").await;
    let id = casework::letter::make(&mut desk, COLIN, Uuid::from_u128(7), &letter).await.expect("a letter");
    desk.commit().await.expect("kept");
    id
}

#[tokio::test]
async fn a_letter_opens_in_large_print_where_the_record_says_so_and_in_the_other_formats_when_asked() {
    let house = with_colin().await;
    let id = made(&house).await;
    let mut manager = house.sign_in("manager@west-kent").await;
    let page = manager.see(&format!("/letters/{id}")).await;
    assert_eq!(page.heading(), "Management action letter");
    assert!(page.says("Large print is the format on his record."));
    assert!(page.body().contains("data-size=\"large\""));
    assert!(page.says("You shouted <b>at</b> a member of staff"), "it is escaped once");
    assert!(!page.body().contains("<b>at</b>"));
    assert!(page.says("Read it, send it by Friday 12 March 2027, then mark it as sent."));
    let standard = manager.see(&format!("/letters/{id}?size=12")).await;
    assert!(!standard.body().contains("data-size=\"large\""));
    let plain = manager.see(&format!("/letters/{id}?size=text")).await;
    assert!(plain.all(".letter pre")[0].contains("Dear Mr Ashworth"));
}

#[tokio::test]
async fn the_sheet_for_the_printer_holds_the_letter_and_no_navigation() {
    let house = with_colin().await;
    let id = made(&house).await;
    let mut manager = house.sign_in("manager@west-kent").await;
    let sheet = manager.see(&format!("/letters/{id}/print")).await;
    assert!(sheet.body().contains("data-size=\"large\""));
    assert!(sheet.all("nav").is_empty() && sheet.all("header").is_empty());
    assert_eq!(sheet.all("h1"), ["Print this letter"]);
    assert_eq!(sheet.all("article.letter").len(), 1);
    let standard = manager.see(&format!("/letters/{id}/print?size=12")).await;
    assert!(!standard.body().contains("data-size=\"large\""));
}

#[tokio::test]
async fn a_letter_waits_until_it_is_marked_as_sent_and_a_second_press_changes_nothing() {
    let house = with_colin().await;
    let id = made(&house).await;
    let mut manager = house.sign_in("manager@west-kent").await;
    let list = manager.see("/letters").await;
    assert_eq!(list.heading(), "One letter waits to be sent");
    assert!(list.says("Colin Ashworth"));

    let page = manager.see(&format!("/letters/{id}")).await;
    let wrong = manager.submit(&page.form(&format!("/letters/{id}/sent"))).await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.error("via").as_deref(), Some("Choose how the letter went"));

    assert_eq!(page.form(&format!("/letters/{id}/sent")).value("sent_on"), "2027-03-10", "today is filled in");
    for (day, sentence) in [
        ("2027-03-11", "Enter a day that is not in the future"),
        ("2027-03-09", "Enter a day on or after 10 March 2027, the day it was made"),
        ("soon", "Enter the day it went, such as 10 March 2027"),
    ] {
        let wrong = manager.submit(&page.fill(&[("via", "post")]).forged("sent_on", day)).await;
        assert_eq!((wrong.status(), wrong.error("sent_on").as_deref()), (422, Some(sentence)), "{day}");
    }
    let sent = manager.save(&page.fill(&[("via", "post")])).await;
    assert!(sent.flash().expect("a message").contains("Marked as sent."));
    assert!(sent.says("by post"));
    let again = manager.save(&page.fill(&[("via", "email")])).await;
    assert!(again.flash().expect("a message").contains("Marked already."));
    assert!(again.says("by post"), "the first word on it stands");

    assert_eq!(manager.see("/letters").await.heading(), "No letter waits to be sent");
    assert!(manager.see("/letters?show=sent").await.says("by post"));
    let open: i64 =
        sqlx::query_scalar("select count(*) from task where done_at is null").fetch_one(&mut house.owner().await).await.expect("a count");
    assert_eq!(open, 0);
    let kinds: Vec<String> =
        sqlx::query_scalar("select kind from event order by at, id").fetch_all(&mut house.owner().await).await.expect("events");
    assert_eq!(kinds, ["letter-made", "letter-sent"]);
}

#[tokio::test]
async fn two_people_mark_a_letter_at_once_and_it_went_once() {
    let house = with_colin().await;
    let id = made(&house).await;
    let (mut one, mut other) = (house.sign_in("manager@west-kent").await, house.sign_in("officer@west-kent").await);
    let path = format!("/letters/{id}/sent");
    let today = ("sent_on", "2027-03-10");
    let (by_post, by_hand) = ([("via", "post"), today], [("via", "by-hand"), today]);
    let (first, second) = tokio::join!(one.post(&path, &by_post), other.post(&path, &by_hand));
    assert_eq!((first.status(), second.status()), (303, 303));
    let sent: i64 = sqlx::query_scalar("select count(*) from event where kind = 'letter-sent'")
        .fetch_one(&mut house.owner().await)
        .await
        .expect("a count");
    assert_eq!(sent, 1);
}

#[tokio::test]
async fn a_letter_with_a_part_missing_is_not_made_and_nothing_is_kept() {
    let house = with_colin().await;
    let mut desk = house.desk_of("west-kent", "manager").await;
    let letter = warning(&mut desk, " ").await;
    let refused = casework::letter::make(&mut desk, COLIN, Uuid::from_u128(7), &letter).await;
    let Err(Error::Refused(reasons)) = refused else { panic!("{refused:?}") };
    assert_eq!(reasons[0].sentence, "The letter cannot be made yet. It has nothing to say under “What we ask of you”.");
    desk.commit().await.expect("nothing to keep");
    let kept: i64 = sqlx::query_scalar("select count(*) from letter").fetch_one(&mut house.owner().await).await.expect("a count");
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn the_words_of_a_letter_cannot_be_changed_by_the_product_at_all() {
    let house = with_colin().await;
    let id = made(&house).await;
    let mut owner = house.owner().await;
    for step in ["begin", "set local role evenhand_landlord"] {
        sqlx::query(step).execute(&mut owner).await.expect("a landlord's transaction");
    }
    sqlx::query("select set_config('evenhand.landlord', $1, true)")
        .bind(landlord("west-kent").0.to_string())
        .execute(&mut owner)
        .await
        .expect("set");
    let refused = sqlx::query("update letter set body_text = 'other words' where id = $1").bind(id.0).execute(&mut owner).await;
    assert!(refused.expect_err("no grant").to_string().contains("permission denied"));
}

#[tokio::test]
async fn another_landlords_letter_is_not_found_and_an_administrator_sees_none() {
    let house = with_colin().await;
    let id = made(&house).await;
    let mut stranger = house.sign_in("manager@one-manchester").await;
    for address in [format!("/letters/{id}"), format!("/letters/{id}/print")] {
        assert_eq!(stranger.get(&address).await.status(), 404);
    }
    assert_eq!(stranger.post(&format!("/letters/{id}/sent"), &[("via", "post")]).await.status(), 404);
    let mut admin = house.sign_in("admin@west-kent").await;
    assert_eq!(admin.get("/letters").await.status(), 403);
    assert_eq!(admin.get(&format!("/letters/{id}")).await.status(), 403);
}

#[tokio::test]
async fn a_list_longer_than_a_page_is_read_to_its_end_without_a_gap() {
    let house = with_colin().await;
    let now: DateTime<Utc> = house.clock.now();
    let sql = "insert into letter (landlord_id, id, customer_id, kind, subject_id, title, body_html, body_text, format, made_at, made_by)
               select $1, gen_random_uuid(), $2, 'warning', gen_random_uuid(), 'Letter ' || n, '', '', 'standard', $3 - (n / 3) * interval '1 hour', $4
                 from generate_series(1, 45) n";
    let insert = sqlx::query(sql).bind(landlord("west-kent").0).bind(COLIN.0).bind(now).bind(staff("west-kent", "manager").0);
    insert.execute(&mut house.owner().await).await.expect("letters");
    let mut manager = house.sign_in("manager@west-kent").await;
    let mut page = manager.see("/letters").await;
    let mut seen = page.all("tbody th");
    while page.link("Next").is_some() {
        page = manager.click(&page, "Next").await;
        seen.extend(page.all("tbody th"));
    }
    assert_eq!(seen.len(), 45);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
    assert_eq!(manager.click(&page, "First page").await.all("tbody th").len(), 20);
}
