//! Mail that was given up: an administrator sees it, without its words, and sends it again.

use evenhand::mail::Mailer;
use evenhand::worker::deliver;

use crate::journey::case::Case;
use crate::support::app::BASE_URL;

#[tokio::test]
async fn an_administrator_sees_what_was_given_up_and_sends_it_again_as_the_same_message() {
    let case = Case::begun("west-kent").await;
    case.incident("abuse").await;
    let give_up = "update outbox set given_up_at = made_at, tries = 8, last_fault = 'the server said 550'";
    sqlx::raw_sql(give_up).execute(&mut case.house.owner().await).await.expect("they are given up");
    let waiting = case.count("outbox").await;
    let (mailer, memory) = Mailer::memory(BASE_URL);
    deliver::once(&case.house.kit.office, &mailer).await.expect("the outbox is read");
    assert_eq!(memory.sent().len(), 0, "what was given up stays so");

    let mut admin = case.person("admin").await;
    let page = admin.see("/admin/mail").await;
    assert!(page.says("did not arrive") && page.says("manager@west-kent.example") && page.says("the server said 550"), "{}", page.text());
    assert!(!page.says("Ashworth") && !page.says("Dear "), "its words are not an administrator's: {}", page.text());
    let again = page.forms().into_iter().find(|form| form.action.ends_with("/again")).expect("a way to send it again");
    assert!(admin.save(&again).await.says("It is tried again."));
    assert!(admin.save(&again).await.says("Nothing to send again."), "a second press changes nothing");
    deliver::once(&case.house.kit.office, &mailer).await.expect("the outbox is read");
    let sent = memory.sent();
    assert_eq!(sent.len(), 1);
    assert!(again.action.contains(&sent[0].id.to_string()), "it is the same message");
    assert_eq!(case.count("outbox where given_up_at is not null").await, waiting - 1);
    let page = admin.see("/admin/mail").await;
    assert!(!page.body().contains(&sent[0].id.to_string()), "{}", page.text());
}

#[tokio::test]
async fn where_every_email_went_the_page_says_so() {
    let case = Case::begun("west-kent").await;
    assert!(case.person("admin").await.see("/admin/mail").await.says("Nothing was given up"));
}
