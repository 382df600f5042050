//! Databases with the demonstration in them, copied from one where it was loaded once.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use chrono::{DateTime, Utc};
use evenhand::casework::desk::Office;
use evenhand::clock::Clock;
use evenhand::store::db::Db;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::Mutex;

use super::db::{self, TestDb};

/// What stands in a database before the story begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The five landlords and the people who work there.
    Cast,
    /// The same with customers and cases in every state.
    Demo,
}

/// Held by whoever loads the demonstration, so that two runs of the tests do not load it twice.
const LOADING: i64 = 0x64_65_6d_6f;

/// A database of its own with this scene in it.
pub async fn set(scene: Scene, now: DateTime<Utc>) -> TestDb {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let template = format!("template_{}_{}", format!("{scene:?}").to_lowercase(), what_it_is_made_of());
    let empty = db::fresh().await;
    let mut admin = PgConnection::connect(&empty.owner_url.replace(&empty.name, "postgres")).await.expect("the server answers");
    if !exists(&mut admin, &template).await {
        let _alone = ONE_AT_A_TIME.lock().await;
        run(&mut admin, &format!("select pg_advisory_lock({LOADING})")).await;
        if !exists(&mut admin, &template).await {
            load(scene, &empty, now).await;
            run(&mut admin, "drop database if exists half_set with (force)").await;
            run(&mut admin, &format!("create database half_set template {}", empty.name)).await;
            run(&mut admin, &format!("alter database half_set rename to {template}")).await;
        }
        run(&mut admin, &format!("select pg_advisory_unlock({LOADING})")).await;
    }
    let name = format!("test_{}_set_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    run(&mut admin, &format!("drop database if exists {name} with (force)")).await;
    run(&mut admin, &format!("create database {name} template {template}")).await;
    admin.close().await.expect("the connection closes");
    TestDb { owner_url: empty.owner_url.replace(&empty.name, &name), app_url: empty.app_url.replace(&empty.name, &name), name }
}

async fn load(scene: Scene, into: &TestDb, now: DateTime<Utc>) {
    let db = Db::connect(&into.app_url, 2).await.expect("the database answers");
    let office = Office::new(db.clone(), Clock::standing_at(now));
    let loaded = match scene {
        Scene::Cast => evenhand::demo::load_cast(&office).await,
        Scene::Demo => evenhand::demo::load(&office).await,
    };
    assert!(loaded.expect("the demonstration loads"), "an empty database takes it");
    db.close().await;
}

/// The same for the same code below the pages, policies and schema.
fn what_it_is_made_of() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in ["migrations", "policies", "src/rules", "src/store", "src/casework", "src/letters", "src/demo", "templates/post"] {
            gather(&root.join(folder), &mut files);
        }
        files.extend(["src/demo.rs", "src/letters.rs", "src/passwords.rs"].map(|file| root.join(file)));
        files.sort();
        let mut hash = Sha256::new();
        for file in files.iter().filter(|file| file.exists()) {
            hash.update(file.as_os_str().as_encoded_bytes());
            hash.update(fs::read(file).expect("a file can be read"));
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    })
}

/// Every file below a folder.
pub fn gather(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a file can be listed").path();
        if path.is_dir() { gather(&path, into) } else { into.push(path) }
    }
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    let query = "select exists (select from pg_database where datname = $1)";
    sqlx::query_scalar(query).bind(name).fetch_one(admin).await.expect("databases can be listed")
}

async fn run(admin: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(admin).await;
    done.unwrap_or_else(|e| panic!("{sql}: {e}"));
}
