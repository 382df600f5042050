//! How a sign-in ends: by time, by signing out, by leaving; and what a page promises about it.

use chrono::TimeDelta;
use evenhand::demo;

use super::{MANAGER, SESSION, attempt, is_turned_away, without_typed};
use crate::support::app::{House, staff};
use crate::support::visitor::{Visitor, form_request};

#[tokio::test]
async fn half_an_hour_without_a_sign_of_life_ends_it() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    for _ in 0..3 {
        house.wait(TimeDelta::minutes(29));
        visitor.see("/me/settings").await;
        house.kit.seen.flush().await;
    }
    house.wait(TimeDelta::minutes(31));
    let page = visitor.get("/me/settings").await;
    assert!(is_turned_away(&page));
    assert_eq!(page.location(), Some("/sign-in?back=%2Fme%2Fsettings"), "and leads back afterwards");
}

#[tokio::test]
async fn twelve_hours_end_it_however_busy_the_day() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    for _ in 0..35 {
        house.wait(TimeDelta::minutes(20));
        visitor.see("/me/settings").await;
        house.kit.seen.flush().await;
    }
    house.wait(TimeDelta::minutes(21));
    assert!(is_turned_away(&visitor.get("/me/settings").await));
}

#[tokio::test]
async fn every_page_says_when_its_sign_in_ends_and_whether_that_can_be_put_off() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    let foot = async |visitor: &mut Visitor| {
        let page = visitor.see("/my-work").await;
        (page.all(".foot > span").join(" "), page.all(".session-ends").join(" "), page.body().contains("data-left=\"1800\""))
    };
    let (says, reminder, in_half_an_hour) = foot(&mut visitor).await;
    assert!(says.contains("You are signed in until 12:12pm, or longer if you open another page."), "{says}");
    assert!(reminder.contains("You are signed out at 12:12pm.") && reminder.contains("stay signed in"), "{reminder}");
    assert!(in_half_an_hour);
    for _ in 0..28 {
        house.wait(TimeDelta::minutes(25));
        visitor.see("/me/settings").await;
        house.kit.seen.flush().await;
    }
    let (says, reminder, in_half_an_hour) = foot(&mut visitor).await;
    assert!(says.contains("You are signed in until 11:42pm.") && !says.contains("or longer"), "{says}");
    assert!(reminder.contains("Save what you have typed") && !in_half_an_hour, "{reminder}");
    house.wait(TimeDelta::minutes(20));
    assert!(is_turned_away(&visitor.get("/my-work").await));
}

#[tokio::test]
async fn what_a_page_promises_about_the_end_of_a_sign_in_is_kept() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    // Not noted anew within a minute, so this page puts nothing off, and says so.
    house.wait(TimeDelta::seconds(50));
    let page = visitor.see("/me/settings").await;
    house.kit.seen.flush().await;
    assert!(page.all(".foot > span").join(" ").contains("until 12:12pm"), "{:?}", page.all(".foot > span"));
    assert!(page.body().contains("data-left=\"1750\""));
    house.wait(TimeDelta::seconds(1749));
    visitor.clone().see("/me/settings").await;
}

#[tokio::test]
async fn a_form_sent_after_the_sign_in_ended_says_so_and_leads_back_to_its_page() {
    let house = House::empty_cast().await;
    let sent_from = async |referer: &str| {
        let mut visitor = house.sign_in("manager@west-kent").await;
        house.wait(TimeDelta::minutes(31));
        let mut request = form_request("/me/settings", "theme=dark");
        request.headers_mut().insert("referer", referer.parse().expect("a header"));
        let page = visitor.send(request).await;
        let to = page.location().expect("the sign-in").to_owned();
        (to.clone(), visitor.see(&to).await)
    };
    let base = &house.kit.base_url;
    let (to, page) = sent_from(&format!("{base}/customers?show=in-force")).await;
    assert_eq!(to, "/sign-in?back=%2Fcustomers%3Fshow%3Din-force&lost=1");
    assert!(page.says("You were signed out before this was saved."), "{}", page.text());
    assert_eq!(page.form("/sign-in").value("next"), "/customers?show=in-force");
    let (_, page) = sent_from(&format!("{base}/me/settings/nothing/here")).await;
    assert_eq!(page.form("/sign-in").value("next"), "/me/settings", "the page above it");
    for abroad in ["https://elsewhere.example/me/settings", "https://elsewhere.example", &format!("{base}.elsewhere.example/")] {
        let (to, page) = sent_from(abroad).await;
        assert_eq!(
            (to.as_str(), page.form("/sign-in").pairs.iter().any(|(name, _)| name == "next")),
            ("/sign-in?lost=1", false),
            "{abroad}"
        );
    }
    let mut stranger = house.visitor();
    assert!(!stranger.see("/sign-in?back=%2Fcustomers&lost=1").await.says("You were signed out"));
}

#[tokio::test]
async fn signing_out_bites_on_the_next_request_and_clears_the_browser() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    let token = visitor.cookie(SESSION).expect("a token").to_owned();
    let page = visitor.post("/sign-out", &[]).await;
    assert_eq!((page.status(), page.location()), (303, Some("/sign-in")));
    assert_eq!(page.header("clear-site-data"), Some("\"cache\", \"storage\""));
    assert_eq!(visitor.cookie(SESSION), None);
    visitor.set_cookie(SESSION, &token);
    assert!(is_turned_away(&visitor.get("/me/settings").await), "the token is spent");
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_sign_in_of_this_person_and_of_nobody_else() {
    let house = House::empty_cast().await;
    let (mut here, mut there) = (house.sign_in("manager@west-kent").await, house.sign_in("manager@west-kent").await);
    let mut colleague = house.sign_in("adviser@west-kent").await;
    assert_eq!(here.post("/sign-out/everywhere", &[]).await.status(), 303);
    assert!(is_turned_away(&here.get("/me/settings").await));
    assert!(is_turned_away(&there.get("/me/settings").await));
    assert_eq!(colleague.get("/me/settings").await.status(), 200);
}

#[tokio::test]
async fn many_can_sign_out_everywhere_at_once_on_one_connection() {
    let house = House::empty_cast().await.with_connections(1).await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    assert_eq!(visitor.post("/sign-out/everywhere", &[]).await.status(), 303, "it needs no second connection beside its own");
}

#[tokio::test]
async fn whoever_leaves_is_out_on_the_next_request_and_cannot_come_back() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    sqlx::query("update staff set left_at = joined_at where id = $1")
        .bind(staff("west-kent", "manager").0)
        .execute(&mut house.owner().await)
        .await
        .expect("they leave");
    assert!(is_turned_away(&visitor.get("/me/settings").await));
    let page = attempt(&mut house.visitor(), MANAGER, demo::PASSWORD).await;
    let unknown = attempt(&mut house.visitor(), "nobody@west-kent.example", demo::PASSWORD).await;
    assert_eq!(page.status(), 422, "no sign-in begins for somebody who has left");
    assert_eq!(without_typed(&page, MANAGER), without_typed(&unknown, "nobody@west-kent.example"));
}

#[tokio::test]
async fn a_change_of_reach_bites_on_the_next_request() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("admin@west-kent").await;
    visitor.see("/admin/people").await;
    sqlx::query("update staff set reach = 'frontline' where id = $1")
        .bind(staff("west-kent", "admin").0)
        .execute(&mut house.owner().await)
        .await
        .expect("they move");
    assert_eq!(visitor.get("/admin/people").await.status(), 403);
}
