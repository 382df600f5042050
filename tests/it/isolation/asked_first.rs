//! Who may is asked first, always: whoever is offered no form and posts one with nothing in it is told who can, and never what is missing.

use sqlx::{AssertSqlSafe, PgConnection};

use crate::support::app::{House, landlord};
use crate::support::visitor::Visitor;

const ACCOUNTS: [&str; 7] = ["adviser", "manager", "manager2", "head", "director", "director2", "policy"];

/// What waits for somebody's decision: where it is kept, its page, and where the form of that page goes.
const WAITING: [(&str, &str, &str); 6] = [
    ("restriction where stage = 'awaiting-approval'", "/approvals/{id}", "/approvals/{id}"),
    ("review where stage = 'due'", "/reviews/{id}", "/reviews/{id}"),
    ("appeal where stage = 'received'", "/appeals/{id}", "/appeals/{id}/decision"),
    ("reconsideration where stage = 'received'", "/reconsiderations/{id}", "/reconsiderations/{id}/answer"),
    ("incident where stage = 'logged'", "/incidents/{id}", "/incidents/{id}/decision"),
    ("restriction where stage = 'in-force'", "/restrictions/{id}/end", "/restrictions/{id}/end"),
];

/// How a refusal says who can.
const WHO_CAN: [&str; 7] = ["Only ", "only ", "It needs ", "Here that is ", "waits for ", "This is for ", "This is open to "];

async fn some(owner: &mut PgConnection, from: &str) -> Vec<String> {
    let sql = format!("select id::text from {from} and landlord_id = '{}' order by id limit 3", landlord("west-kent"));
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(owner).await.expect("what waits")
}

/// Whether the page offers the form; and what is wrong with the answer to one with nothing in it, if anything.
async fn asked(visitor: &mut Visitor, page: &str, form: &str) -> (bool, Option<String>) {
    let offered = visitor.get(page).await.forms().iter().any(|one| one.action == form);
    let answer = visitor.post(form, &[]).await;
    let fault = match (offered, answer.status()) {
        (true, 403) => Some(format!("{form} is offered and refused: {}", answer.text())),
        (false, 403) if !WHO_CAN.iter().any(|words| answer.says(words)) => Some(format!("{form} does not say who can: {}", answer.text())),
        (false, status) if status != 403 => Some(format!("{form} is not offered, and answers {status}: {}", answer.text())),
        _ => None,
    };
    (offered, fault)
}

#[tokio::test]
async fn whoever_may_not_is_told_who_can_before_what_is_missing() {
    let house = House::open().await;
    let mut owner = house.owner().await;
    let (mut offers, mut refusals, mut faults) = (0, 0, Vec::new());
    for account in ACCOUNTS {
        let mut visitor = house.sign_in(&format!("{account}@west-kent")).await;
        for (from, page, form) in WAITING {
            for id in some(&mut owner, from).await {
                let (offered, fault) = asked(&mut visitor, &page.replace("{id}", &id), &form.replace("{id}", &id)).await;
                if offered {
                    offers += 1
                } else {
                    refusals += 1
                }
                faults.extend(fault.map(|fault| format!("{account}: {fault}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(offers > 8 && refusals > 30, "{offers} offered, {refusals} refused");
}

#[tokio::test]
async fn nor_is_anybody_asked_for_the_days_of_what_the_policy_does_not_allow() {
    let house = House::empty_cast().await;
    let mut manager = house.sign_in("manager@one-manchester").await;
    let offered = manager.get("/me/delegation").await.forms().iter().any(|one| one.action == "/me/delegation");
    let answer = manager.post("/me/delegation", &[]).await;
    assert_eq!(answer.status(), if offered { 422 } else { 403 }, "{}", answer.text());
    let answer = manager.post("/reviews/meetings", &[]).await;
    assert!(matches!(answer.status(), 403 | 404), "{}", answer.text());
}
