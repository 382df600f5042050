//! People and their posts: an administrator puts a line manager right, gives a post, and settles what somebody who leaves was to do.

use crate::support::app::{House, staff};

const ADMIN: &str = "admin@west-kent";

fn page_of(account: &str) -> String {
    format!("/admin/people/{}", staff("west-kent", account).0)
}

#[tokio::test]
async fn an_administrator_puts_a_line_manager_right_and_the_change_stays_on_record() {
    let house = House::empty_cast().await;
    let mut admin = house.sign_in(ADMIN).await;
    let at = page_of("adviser");
    let page = admin.see(&at).await;
    let head = staff("west-kent", "head").0.to_string();
    let page = admin.save(&page.form(&at).with("manager", &head)).await;
    assert!(page.says("Saved."), "{}", page.text());
    assert_eq!(page.form(&at).value("manager"), head);
    assert!(page.says("reports to"), "what was changed stands below: {}", page.text());
    let again = admin.submit(&page.form(&at)).await;
    assert_eq!(again.status(), 422);
    assert!(again.says("Nothing differs from what is known already."));
}

#[tokio::test]
async fn a_post_given_holds_on_the_next_page_and_its_holder_is_told() {
    let house = House::empty_cast().await;
    let mut admin = house.sign_in(ADMIN).await;
    let mut adviser = house.sign_in("adviser@west-kent").await;
    assert_eq!(adviser.get("/approvals").await.status(), 403);
    let at = page_of("adviser");
    let form = admin.see(&at).await.form(&at).with("reach", "frontline").ticked("roles", &["manager"]);
    let refused = admin.submit(&form).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.says("needs the pages of “Manager” or further"), "{}", refused.text());
    assert!(refused.form(&at).pairs.contains(&("roles".to_owned(), "manager".to_owned())), "nothing typed is lost");
    admin.save(&form.with("reach", "manager")).await;
    assert_eq!(adviser.get("/approvals").await.status(), 200);
    let mail = house.drain_outbox().await;
    assert!(mail.iter().any(|(_, subject)| subject == "What you may do has changed"), "{mail:?}");
}

#[tokio::test]
async fn nobody_gives_themselves_a_post_and_the_house_keeps_its_last_administrator() {
    let house = House::empty_cast().await;
    let mut admin = house.sign_in(ADMIN).await;
    let at = page_of("admin");
    let page = admin.see(&at).await;
    let refused = admin.submit(&page.form(&at).with("reach", "director").ticked("roles", &["director"])).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.says("Nobody changes what they may do themselves.") && refused.says("They are the last administrator."));
    let refused = admin.submit(&page.form(&format!("{at}/left"))).await;
    assert_eq!(refused.status(), 422);
    assert_eq!(house.sign_in(ADMIN).await.get("/admin/people").await.status(), 200);
}

#[tokio::test]
async fn whoever_leaves_is_out_at_once_and_their_work_and_their_people_go_to_whoever_takes_over() {
    let house = House::open().await;
    let mut admin = house.sign_in(ADMIN).await;
    let mut manager = house.sign_in("manager@west-kent").await;
    let at = page_of("manager");
    let page = admin.see(&at).await;
    let refused = admin.submit(&page.form(&format!("{at}/left"))).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.says("Choose who takes over"), "{}", refused.text());
    assert_eq!(manager.get("/my-work").await.status(), 200, "nothing was half done");
    let heir = staff("west-kent", "manager2").0.to_string();
    let page = admin.save(&page.form(&format!("{at}/left")).with("successor", &heir)).await;
    assert!(page.says("has left"), "{}", page.text());
    assert_eq!(manager.get("/my-work").await.status(), 303, "signed out");
    let left = admin.see(&at).await;
    assert!(left.says("Has left.") && left.actions().iter().all(|action| !action.starts_with("/admin/people")), "{}", left.text());
    assert_eq!(admin.see(&page_of("adviser")).await.form(&page_of("adviser")).value("manager"), heir);
}

#[tokio::test]
async fn two_administrators_at_once_do_not_undo_each_other() {
    let house = House::empty_cast().await;
    let mut admin = house.sign_in(ADMIN).await;
    let at = page_of("officer");
    let before = admin.see(&at).await.form(&at);
    admin.save(&before.clone().with("job_title", "Senior Housing Officer")).await;
    let stale = admin.submit(&before.with("job_title", "Housing Officer, North")).await;
    assert_eq!(stale.status(), 409);
    assert!(stale.says("Somebody else changed") && stale.form(&at).value("job_title") == "Housing Officer, North", "{}", stale.text());
}
