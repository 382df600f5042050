//! Forms sent with another landlord's ids in them: nothing of theirs changes, and nothing of theirs is shown.

use axum::http::Method;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{PEOPLE, doors, ends_the_sign_in, house, leaks};
use crate::support::app::{self, House};
use crate::support::records::{OURS, THEIRS};

/// Everything a landlord has, in one number for each table: what they changed themselves aside.
async fn everything_of(house: &House, slug: &str) -> Vec<(String, i64, Option<String>)> {
    let mut owner = house.owner().await;
    let mut all = Vec::new();
    for table in super::rows::tables_with_a_landlord(&mut owner).await {
        if ["session", "access"].contains(&table.as_str()) {
            continue;
        }
        all.push(fingerprint(&mut owner, &table, slug).await);
    }
    all
}

async fn fingerprint(owner: &mut PgConnection, table: &str, slug: &str) -> (String, i64, Option<String>) {
    let sql = format!(
        "select '{table}', count(*), md5(string_agg(t::text, '|' order by t::text)) from {table} t where landlord_id = '{}'",
        app::landlord(slug)
    );
    sqlx::query_as(AssertSqlSafe(sql)).fetch_one(owner).await.expect("the rows can be read")
}

/// What a stranger's program would send to every form: each name a form of ours might read, with another landlord's ids.
fn everything() -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut say = |name: &str, value: String| fields.push((name.to_owned(), value));
    for name in ["landlord", "landlord_id", "tenant_id"] {
        say(name, app::landlord(OURS.slug).to_string());
    }
    for name in ["customer", "ref", "reference"] {
        say(name, OURS.reference.to_owned());
    }
    for kind in ["incident", "warning", "restriction", "appeal", "review", "letter", "copy", "task", "need", "representative", "contact"] {
        say(kind, OURS.id(kind).to_string());
        say(&format!("{kind}_id"), OURS.id(kind).to_string());
    }
    for name in ["staff", "staff_id", "decider", "reviewer", "approved_by", "decided_by", "manager", "actor"] {
        say(name, OURS.id("manager").to_string());
    }
    for (name, value) in [("role", "director"), ("reach", "administrator"), ("stage", "in-force"), ("status", "decided"), ("version", "1")]
    {
        say(name, value.to_owned());
    }
    fields
}

#[tokio::test]
async fn ids_of_another_landlord_in_any_form_change_nothing_of_theirs() {
    let house = house().await;
    let before = everything_of(&house, OURS.slug).await;
    let everything = everything();
    for (account, reach) in PEOPLE {
        let mut visitor = house.sign_in(&format!("{account}@{}", THEIRS.slug)).await;
        for door in doors().iter().filter(|door| door.method == Method::POST && door.who.admits(*reach) && !ends_the_sign_in(door)) {
            for (address, id) in [(THEIRS.fill(door.path), OURS.id("incident")), (OURS.fill(door.path), OURS.id("incident"))] {
                let mut fields: Vec<(&str, &str)> = everything.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let id = id.to_string();
                fields.push(("id", &id));
                let page = visitor.post(&address, &fields).await;
                assert!(page.status() < 500, "{account}: {address}: {} {}", page.status(), page.text());
                assert_eq!(leaks(&page, &OURS), None, "{account}: {address}");
            }
        }
    }
    assert_eq!(everything_of(&house, OURS.slug).await, before);
}

/// Every form of every page, as it stands, with each id in it changed into the other landlord's of the same kind.
#[tokio::test]
async fn a_form_of_ones_own_with_anothers_ids_in_it_changes_nothing_of_theirs() {
    let house = house().await;
    let before = everything_of(&house, OURS.slug).await;
    let mut forged = 0;
    for account in ["adviser", "manager", "head", "director", "admin"] {
        let mut visitor = house.sign_in(&format!("{account}@{}", THEIRS.slug)).await;
        let reach = PEOPLE.iter().find(|(known, _)| *known == account).expect("one of the people").1;
        for door in doors().iter().filter(|door| door.method == Method::GET && door.who.admits(reach)) {
            let page = visitor.get(&THEIRS.fill(door.path)).await;
            for mut form in page.forms() {
                if form.action.starts_with("/sign-") || form.method != Method::POST {
                    continue;
                }
                for (_, value) in &mut form.pairs {
                    *value = in_others_words(value);
                }
                forged += 1;
                let answer = visitor.submit(&form).await;
                assert!(answer.status() < 500, "{account}: {} from {}: {} {}", form.action, door.path, answer.status(), answer.text());
                assert_eq!(leaks(&answer, &OURS), None, "{account}: {} from {}", form.action, door.path);
            }
        }
    }
    assert!(forged > 10, "only {forged} forms were found");
    assert_eq!(everything_of(&house, OURS.slug).await, before);
}

/// The same value of the other landlord, where it is an id or a reference of one's own.
fn in_others_words(value: &str) -> String {
    if value == THEIRS.reference {
        return OURS.reference.to_owned();
    }
    let kinds = [
        "customer",
        "incident",
        "decided",
        "warning",
        "draft",
        "waiting",
        "restriction",
        "appeal",
        "review",
        "letter",
        "copy",
        "task",
        "need",
        "representative",
        "adviser",
        "officer",
        "manager",
        "head",
    ];
    let same = kinds.iter().find(|kind| THEIRS.id(kind).to_string() == value);
    same.map_or_else(|| value.to_owned(), |kind| OURS.id(kind).to_string())
}
