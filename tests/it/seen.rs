//! Who has looked: every look at a record is taken down, once, whatever happens meanwhile.

use std::time::Duration;

use evenhand::http::seen::Look;
use evenhand::rules::id::CustomerId;
use sqlx::AssertSqlSafe;
use tokio::time::timeout;

use crate::support::app::{self, House};
use crate::support::records::OURS;

async fn house() -> House {
    let house = House::empty_cast().await;
    OURS.write(&house).await;
    house
}

async fn as_owner(house: &House, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut house.owner().await).await.expect("the owner may");
}

async fn looks_at(house: &House, page: &str) -> i64 {
    let sql = "select count(*) from access where page = $1";
    sqlx::query_scalar(sql).bind(page).fetch_one(&mut house.owner().await).await.expect("the rows can be read")
}

async fn look_at_the_answer(house: &House) {
    let mut adviser = house.sign_in(&format!("adviser@{}", OURS.slug)).await;
    adviser.see(&format!("/customers/{}/contact", OURS.reference)).await;
}

#[tokio::test]
async fn a_look_that_cannot_be_written_now_is_written_later() {
    let house = house().await;
    let before = looks_at(&house, "contact").await;
    as_owner(&house, "revoke insert on access from evenhand_landlord").await;
    look_at_the_answer(&house).await;
    assert!(timeout(Duration::from_secs(1), house.kit.seen.flush()).await.is_err(), "it cannot be written yet");
    as_owner(&house, "grant insert on access to evenhand_landlord").await;
    timeout(Duration::from_secs(10), house.kit.seen.flush()).await.expect("it is written in the end");
    assert_eq!(looks_at(&house, "contact").await, before + 1);
}

#[tokio::test]
async fn pages_do_not_wait_while_looks_cannot_be_written() {
    let house = house().await.with_connections(2).await;
    let before = looks_at(&house, "many").await;
    let mut holder = house.owner().await;
    sqlx::raw_sql("begin; lock table access in share mode").execute(&mut holder).await.expect("the table is held");
    let (staff, customer) = (app::staff(OURS.slug, "adviser"), CustomerId(OURS.id("customer")));
    for _ in 0..5_000 {
        let id = house.kit.office.ids.next();
        house.kit.seen.look(Look { id, landlord: app::landlord(OURS.slug), staff, customer, page: "many", at: house.clock.now() });
    }
    timeout(Duration::from_secs(3), look_at_the_answer(&house)).await.expect("a page is there at once");
    sqlx::raw_sql("rollback").execute(&mut holder).await.expect("the table is let go");
    timeout(Duration::from_secs(10), house.kit.seen.flush()).await.expect("everything is written");
    assert_eq!(looks_at(&house, "many").await, before + 5_000);
}
