//! The same beneath the pages: what a transaction of the product can reach, table by table, as the product itself signs in.

use evenhand::mail::Mailer;
use evenhand::rules::id::CustomerId;
use evenhand::store;
use evenhand::store::session::Limits;
use evenhand::store::tx::Mode;
use evenhand::worker::{deliver, remind};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::house;
use crate::support::app::{self, House};
use crate::support::records::{OURS, THEIRS};

/// Every table that says whose its rows are.
pub async fn tables_with_a_landlord(owner: &mut PgConnection) -> Vec<String> {
    let sql = "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'landlord_id' and not a.attisdropped
                order by 1";
    sqlx::query_scalar(sql).fetch_all(owner).await.expect("the catalogue can be read")
}

/// Tables of which a landlord's transaction may read something.
async fn tables_of_a_landlord(house: &House) -> Vec<String> {
    let mut owner = house.owner().await;
    let mut readable = Vec::new();
    for table in tables_with_a_landlord(&mut owner).await {
        let may: bool = sqlx::query_scalar("select has_table_privilege('evenhand_landlord', $1::regclass, 'select')")
            .bind(&table)
            .fetch_one(&mut owner)
            .await
            .expect("the catalogue can be read");
        if may {
            readable.push(table);
        }
    }
    readable
}

/// A connection as the product has it, in one of its roles, perhaps with a landlord.
async fn as_role(house: &House, role: &str, landlord: Option<&str>) -> PgConnection {
    let mut connection = PgConnection::connect(&house.db.app_url).await.expect("the product can sign in");
    run(&mut connection, &format!("set role {role}")).await.expect("the product may take its roles");
    if let Some(slug) = landlord {
        run(&mut connection, &format!("set evenhand.landlord = '{}'", app::landlord(slug))).await.expect("a landlord can be set");
    }
    connection
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.map(|_| ()).map_err(|error| {
        error.as_database_error().map_or_else(|| error.to_string(), |e| format!("{} {}", e.code().unwrap_or_default(), e.message()))
    })
}

async fn count(connection: &mut PgConnection, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(connection).await.unwrap_or_else(|e| panic!("{sql}: {e}"))
}

#[tokio::test]
async fn the_records_of_these_tests_fill_every_table() {
    let house = house().await;
    let mut owner = house.owner().await;
    house.sign_in(&format!("adviser@{}", OURS.slug)).await;
    for table in tables_with_a_landlord(&mut owner).await {
        for records in [OURS, THEIRS] {
            let rows =
                count(&mut owner, &format!("select count(*) from {table} where landlord_id = '{}'", app::landlord(records.slug))).await;
            assert!(rows > 0 || table == "session", "support/records.sql puts nothing into {table}, so nothing is shown about it");
        }
    }
}

#[tokio::test]
async fn with_no_landlord_set_every_table_reads_as_empty_and_refuses_a_row() {
    let house = house().await;
    let tables = tables_of_a_landlord(&house).await;
    assert!(tables.len() > 25, "{tables:?}");
    let mut fresh = as_role(&house, "evenhand_landlord", None).await;
    let mut used = as_role(&house, "evenhand_landlord", Some(OURS.slug)).await;
    // Once it was set and unset, the setting reads as empty and not as null, for ever after.
    run(&mut used, "begin; set local evenhand.landlord = ''; set local evenhand.session = ''; commit; reset evenhand.landlord; set evenhand.landlord = ''").await.expect("settings");
    for connection in [&mut fresh, &mut used] {
        for table in &tables {
            assert_eq!(count(connection, &format!("select count(*) from {table}")).await, 0, "{table}");
            let refused = run(connection, &format!("insert into {table} default values")).await;
            assert!(refused.as_ref().is_err_and(|why| why.starts_with("42501")), "{table}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn a_landlords_transaction_reads_and_writes_its_own_rows_only() {
    let house = house().await;
    let mut theirs = as_role(&house, "evenhand_landlord", Some(THEIRS.slug)).await;
    let (our_id, their_id) = (app::landlord(OURS.slug), app::landlord(THEIRS.slug));
    for table in tables_of_a_landlord(&house).await {
        let others = count(&mut theirs, &format!("select count(*) from {table} where landlord_id <> '{their_id}'")).await;
        assert_eq!(others, 0, "{table}");
        if table != "session" {
            assert!(count(&mut theirs, &format!("select count(*) from {table}")).await > 0, "{table}");
        }
        let refused = run(&mut theirs, &format!("insert into {table} (landlord_id) values ('{our_id}')")).await;
        assert!(refused.as_ref().is_err_and(|why| why.starts_with("42501")), "{table}: {refused:?}");
        for change in [format!("update {table} set landlord_id = '{our_id}'"), format!("truncate {table}")] {
            let refused = run(&mut theirs, &change).await;
            assert!(refused.as_ref().is_err_and(|why| why.starts_with("42501")), "{change}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn what_another_landlord_deletes_or_changes_is_never_ours() {
    let house = house().await;
    let mut owner = house.owner().await;
    let mut theirs = as_role(&house, "evenhand_landlord", Some(THEIRS.slug)).await;
    for table in tables_of_a_landlord(&house).await {
        let ours = format!("select count(*) from {table} where landlord_id = '{}'", app::landlord(OURS.slug));
        let before = count(&mut owner, &ours).await;
        // Refused for want of a grant, or carried out on nothing of ours; undone either way.
        let _ = run(
            &mut theirs,
            &format!("begin; set constraints all deferred; delete from {table} where landlord_id = '{}'; commit", app::landlord(OURS.slug)),
        )
        .await;
        let _ = run(&mut theirs, "rollback").await;
        assert_eq!(count(&mut owner, &ours).await, before, "{table}");
    }
}

#[tokio::test]
async fn the_system_reads_no_customer() {
    let house = house().await;
    house.sign_in(&format!("adviser@{}", OURS.slug)).await;
    let mut system = as_role(&house, "evenhand_system", Some(OURS.slug)).await;
    let mut owner = house.owner().await;
    let open = ["landlord", "outbox", "reminder", "session", "sign_in"];
    for table in tables_with_a_landlord(&mut owner).await {
        let read = run(&mut system, &format!("select * from {table}")).await;
        if open.contains(&table.as_str()) {
            assert!(read.is_ok() || table == "reminder", "{table}: {read:?}");
        } else {
            assert!(read.as_ref().is_err_and(|why| why.starts_with("42501")), "the system can read {table}: {read:?}");
        }
    }
    let about = run(&mut system, "select subject_id from reminder").await;
    assert!(about.is_err(), "it learns whose reminder is due, and not what it is about");
}

#[tokio::test]
async fn the_products_login_is_nobody_until_it_takes_a_role() {
    let house = house().await;
    let mut login = PgConnection::connect(&house.db.app_url).await.expect("the product can sign in");
    let mut owner = house.owner().await;
    for table in tables_with_a_landlord(&mut owner).await {
        let read = run(&mut login, &format!("select from {table}")).await;
        // Without a role it may not even look into the schema, so there is no such table.
        assert!(read.as_ref().is_err_and(|why| why.starts_with("42P01") || why.starts_with("42501")), "{table}: {read:?}");
    }
}

#[tokio::test]
async fn a_row_cannot_point_into_another_landlords_data() {
    let house = house().await;
    let mut theirs = as_role(&house, "evenhand_landlord", Some(THEIRS.slug)).await;
    let contact = |customer: String, staff: String| {
        format!(
            "insert into contact (id, customer_id, at, channel, purpose, manner, summary, taken_by, logged_at)
             values ('{}', '{customer}', '2027-03-10', 'phone', 'other', 'calm', 'x', '{staff}', '2027-03-10')",
            evenhand::demo::named(&format!("{customer}{staff}"))
        )
    };
    let (own, own_staff) = (THEIRS.id("customer").to_string(), THEIRS.id("adviser").to_string());
    for (customer, staff) in [(OURS.id("customer").to_string(), own_staff.clone()), (own.clone(), OURS.id("adviser").to_string())] {
        let refused = run(&mut theirs, &contact(customer, staff)).await;
        assert!(refused.as_ref().is_err_and(|why| why.starts_with("23503")), "{refused:?}");
    }
    run(&mut theirs, &contact(own, own_staff)).await.expect("one's own are there");
}

#[tokio::test]
async fn history_cannot_be_rewritten_by_whoever_writes_it() {
    let house = house().await;
    let mut ours = as_role(&house, "evenhand_landlord", Some(OURS.slug)).await;
    for change in [
        "update event set at = at",
        "delete from event",
        "update access set at = at",
        "delete from access",
        "update letter set body_text = 'something else'",
        "delete from letter",
        "update letter_copy set body_text = 'something else'",
        "delete from letter_copy",
        "update policy_version set pack = ''",
        "delete from review",
        "delete from incident",
        "update approval set say = 'approve'",
        "update outbox set sent_at = made_at",
    ] {
        let refused = run(&mut ours, change).await;
        assert!(refused.as_ref().is_err_and(|why| why.starts_with("42501")), "{change}: {refused:?}");
    }
}

/// The hash of the token of somebody who signed in, and the limits of today.
async fn signed_in(house: &House) -> ([u8; 32], Limits) {
    let visitor = house.sign_in(&format!("adviser@{}", OURS.slug)).await;
    let hash = Sha256::digest(visitor.cookie("__Host-evenhand").expect("a token")).into();
    let now = house.clock.now();
    (hash, Limits { seen_after: now - chrono::TimeDelta::minutes(30), begun_after: now - chrono::TimeDelta::hours(12) })
}

#[tokio::test]
async fn a_page_cannot_write_even_by_mistake() {
    let house = house().await;
    let (hash, limits) = signed_in(&house).await;
    let (mut tx, open) = house.kit.office.db.for_session(&hash, Mode::Read, limits).await.expect("a database").expect("a sign-in");
    let refused = store::staff::set_looks(&mut tx, open.staff, Some("dark"), true).await.expect_err("it is read-only");
    assert!(refused.to_string().contains("read-only transaction"), "{refused}");
    drop(tx);
    let (mut tx, open) = house.kit.office.db.for_session(&hash, Mode::Write, limits).await.expect("a database").expect("a sign-in");
    store::staff::set_looks(&mut tx, open.staff, Some("dark"), true).await.expect("an act can");
    tx.commit().await.expect("and keep it");
}

/// What is set on the one connection of the product while nobody uses it: its role, whose landlord, which sign-in, and whether it may write.
async fn left_behind(house: &House) -> [String; 4] {
    // A listener is what the product lends of its pool: with one connection in it, that very one.
    let mut idle = house.kit.office.db.listener().await.expect("the one connection");
    let sql = "select array[current_user::text, coalesce(current_setting('evenhand.landlord', true), ''),
                            coalesce(current_setting('evenhand.session', true), ''), current_setting('default_transaction_read_only')]";
    let set: Vec<String> = sqlx::query_scalar(sql).fetch_one(&mut idle).await.expect("its settings can be read");
    let mut owner = house.owner().await;
    let open =
        count(&mut owner, "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'evenhand'");
    assert_eq!(open.await, 1, "there is no other connection to look at");
    set.try_into().expect("four settings")
}

#[tokio::test]
async fn a_transaction_leaves_no_landlord_behind_on_its_connection() {
    let house = house().await;
    let (hash, limits) = signed_in(&house).await;
    let house = house.with_connections(1).await;
    let db = &house.kit.office.db;
    let nothing = ["evenhand_app", "", "", "off"].map(str::to_owned);
    for mode in [Mode::Read, Mode::Write] {
        let (mut tx, _) = db.for_session(&hash, mode, limits).await.expect("a database").expect("a sign-in");
        assert!(store::customer::get(&mut tx, CustomerId(OURS.id("customer"))).await.expect("a query").is_some());
        tx.commit().await.expect("it ends");
        assert_eq!(left_behind(&house).await, nothing, "after a page or an act of somebody signed in: {mode:?}");
    }
    let mut tx = db.for_job(app::landlord(OURS.slug)).await.expect("a database");
    assert!(store::customer::get(&mut tx, CustomerId(OURS.id("customer"))).await.expect("a query").is_some());
    tx.commit().await.expect("it ends");
    assert_eq!(left_behind(&house).await, nothing, "after a job");
    let mut tx = db.for_reading(app::landlord(OURS.slug)).await.expect("a database");
    assert!(store::customer::get(&mut tx, CustomerId(OURS.id("customer"))).await.expect("a query").is_some());
    tx.commit().await.expect("it ends");
    assert_eq!(left_behind(&house).await, nothing, "after a page that anybody may read");
    let mut system = db.system().await.expect("a database");
    store::system::landlords(&mut system).await.expect("the landlords");
    system.commit().await.expect("it ends");
    assert_eq!(left_behind(&house).await, nothing, "after a question across landlords");
}

/// Whoever does anything, by any door: a page, an act with nothing in it, and each form of a page as it stands there.
#[tokio::test]
async fn whatever_is_asked_for_leaves_nothing_set_on_its_connection() {
    let house = house().await.with_connections(1).await;
    let nothing = ["evenhand_app", "", "", "off"].map(str::to_owned);
    for account in ["adviser", "head", "policy", "admin"] {
        let mut visitor = house.sign_in(&format!("{account}@{}", OURS.slug)).await;
        for door in super::doors() {
            let page = super::ask_about(&mut visitor, &door, &OURS).await;
            for form in page.forms().into_iter().filter(|form| !form.action.contains("/sign-out")) {
                visitor.submit(&form).await;
            }
            house.kit.seen.flush().await;
            if super::ends_the_sign_in(&door) {
                visitor = house.sign_in(&format!("{account}@{}", OURS.slug)).await;
            }
            assert_eq!(left_behind(&house).await, nothing, "after {} {} for {account}", door.method, door.path);
        }
    }
    let (mailer, _) = Mailer::memory(app::BASE_URL);
    remind::once(&house.kit.office).await.expect("reminders");
    deliver::once(&house.kit.office, &mailer).await.expect("mail");
    assert_eq!(left_behind(&house).await, nothing, "after the worker");
}

#[tokio::test]
async fn the_next_transaction_on_a_connection_is_another_landlords_or_nobodys() {
    let house = house().await.with_connections(1).await;
    let mut tx = house.kit.office.db.for_job(app::landlord(OURS.slug)).await.expect("a database");
    assert!(store::customer::get(&mut tx, CustomerId(OURS.id("customer"))).await.expect("a query").is_some());
    tx.commit().await.expect("it ends");
    let mut tx = house.kit.office.db.for_job(app::landlord(THEIRS.slug)).await.expect("a database");
    assert!(store::customer::get(&mut tx, CustomerId(OURS.id("customer"))).await.expect("a query").is_none());
    assert!(store::customer::get(&mut tx, CustomerId(THEIRS.id("customer"))).await.expect("a query").is_some());
    drop(tx);
    let now = house.clock.now();
    let limits = Limits { seen_after: now - chrono::TimeDelta::minutes(30), begun_after: now - chrono::TimeDelta::hours(12) };
    assert!(house.kit.office.db.for_session(&[7; 32], Mode::Write, limits).await.expect("a database").is_none());
    let mut system = house.kit.office.db.system().await.expect("a database");
    store::system::landlords(&mut system).await.expect("it is the system again");
}
