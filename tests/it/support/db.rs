//! A database of its own for each test, copied from one that has the schema already.
//!
//! The server stays up under the target folder when the tests end; the next run joins it.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use evenhand::local::{self, Durability, Local};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, migrate::Migrator, postgres::PgConnectOptions};
use tokio::runtime;

/// The role the program signs in as: it owns nothing, and row security binds it.
const APP_ROLE: &str = "evenhand_app";

/// What `evenhand migrate --app-role` grants, and a login to grant it to.
const SIGN_IN: &str = "
    do $$ begin
      if not exists (select from pg_roles where rolname = 'evenhand_app') then
        create role evenhand_app login noinherit;
      end if;
    end $$;
    grant evenhand_landlord, evenhand_system to evenhand_app;
    grant select on _sqlx_migrations to evenhand_system;
";

/// Held by whoever makes the template, so that two runs of the tests do not make it twice.
const MAKING_THE_TEMPLATE: i64 = 0x65_76_65_6e;

/// A database that only this test sees; gone when the test ends.
pub struct TestDb {
    /// As the superuser: for migrations, and for looking behind the product's back.
    pub owner_url: String,
    /// As the product signs in. As the superuser a missing policy would pass every test.
    pub app_url: String,
    pub name: String,
}

/// A new database with the schema and nothing in it.
pub async fn fresh() -> TestDb {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = tokio::task::spawn_blocking(server).await.expect("the database server starts");
    let mut admin = connect(&server.url("postgres", "postgres")).await;
    let template = template(server, &mut admin).await;
    let name = format!("test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    run(&mut admin, &format!("drop database if exists {name} with (force)")).await;
    run(&mut admin, &format!("create database {name} template {template}")).await;
    admin.close().await.expect("the connection closes");
    TestDb { owner_url: server.url("postgres", &name), app_url: server.url(APP_ROLE, &name), name }
}

impl Drop for TestDb {
    /// As good as can be had: what a killed test leaves behind is dropped when the next template is made.
    fn drop(&mut self) {
        let (url, name) = (server().url("postgres", "postgres"), self.name.clone());
        let dropped = thread::spawn(move || {
            let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                let Ok(mut admin) = PgConnection::connect(&url).await else {
                    return;
                };
                let drop = format!("drop database if exists {name} with (force)");
                let _ = sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut admin).await;
            });
        });
        let _ = dropped.join();
    }
}

fn server() -> &'static Local {
    static SERVER: OnceLock<Local> = OnceLock::new();
    SERVER.get_or_init(|| {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("test-database");
        local::start(&base, Durability::Fast).unwrap_or_else(|e| panic!("{e}"))
    })
}

/// The name of the database with today's schema. It appears only once it is whole, by a change of name.
async fn template(server: &Local, admin: &mut PgConnection) -> String {
    let name = format!("template_{}", schema_hash());
    if exists(admin, &name).await {
        return name;
    }
    lock(admin, "pg_advisory_lock").await;
    if !exists(admin, &name).await {
        drop_left_behind(admin).await;
        run(admin, "drop database if exists half_made with (force)").await;
        run(admin, "create database half_made").await;
        build(&server.url("postgres", "half_made")).await;
        run(admin, &format!("alter database half_made rename to {name}")).await;
    }
    lock(admin, "pg_advisory_unlock").await;
    name
}

async fn build(url: &str) {
    let mut schema = connect(url).await;
    let migrator = Migrator::new(migrations()).await.expect("the migrations can be read");
    migrator.run(&mut schema).await.expect("the migrations apply");
    run(&mut schema, SIGN_IN).await;
    schema.close().await.expect("the connection closes");
}

/// Templates of older schemas, and databases of tests that were killed. What is in use stays.
async fn drop_left_behind(admin: &mut PgConnection) {
    let query = "select datname from pg_database where datname like 'template\\_%' or datname like 'test\\_%'";
    let left: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut *admin).await.expect("databases can be listed");
    for name in left {
        let drop = format!("drop database if exists {name}");
        let _ = sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut *admin).await;
    }
}

/// The same for the same migrations; another for any change of a name, a byte or a grant.
fn schema_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let entries = fs::read_dir(migrations()).expect("the migrations can be listed");
        let mut files: Vec<PathBuf> = entries.map(|e| e.expect("a file can be listed").path()).collect();
        files.sort();
        let mut hash = Sha256::new_with_prefix(SIGN_IN);
        for file in files {
            hash.update(file.file_name().expect("a file has a name").as_encoded_bytes());
            hash.update(fs::read(&file).expect("a migration can be read"));
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    })
}

fn migrations() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
}

async fn connect(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().expect("the address can be read");
    options.disable_statement_logging().connect().await.expect("the database can be reached")
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    let query = "select exists (select from pg_database where datname = $1)";
    sqlx::query_scalar(query).bind(name).fetch_one(admin).await.expect("databases can be listed")
}

async fn lock(admin: &mut PgConnection, function: &str) {
    run(admin, &format!("select {function}({MAKING_THE_TEMPLATE})")).await;
}

async fn run(admin: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(admin).await;
    done.unwrap_or_else(|e| panic!("{sql}: {e}"));
}

#[tokio::test]
async fn each_test_has_a_database_of_its_own() {
    let (one, other) = tokio::join!(fresh(), fresh());
    run(&mut connect(&one.owner_url).await, "create table ours (id integer)").await;
    let there: bool = sqlx::query_scalar("select to_regclass('ours') is not null")
        .fetch_one(&mut connect(&other.owner_url).await)
        .await
        .expect("the catalogue can be read");
    assert!(!there);
}

#[tokio::test]
async fn the_product_signs_in_as_a_role_that_row_security_binds() {
    let db = fresh().await;
    let bound: bool = sqlx::query_scalar("select not rolsuper and not rolbypassrls from pg_roles where rolname = current_user")
        .fetch_one(&mut connect(&db.app_url).await)
        .await
        .expect("the catalogue can be read");
    assert!(bound);
}

#[tokio::test]
async fn a_database_goes_when_its_test_ends() {
    let db = fresh().await;
    let (name, admin) = (db.name.clone(), server().url("postgres", "postgres"));
    let held_open = connect(&db.owner_url).await;
    drop(db);
    assert!(!exists(&mut connect(&admin).await, &name).await);
    drop(held_open);
}
