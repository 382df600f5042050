//! The same reads as raw SQL: the very statements the product sends, taken from its prepared queries, through pgbench. One transaction
//! a request, as the product opens it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use chrono::Datelike;
use evenhand::rules::search::Query;
use evenhand::store::customer_search::Wanted;
use sha2::{Digest, Sha256};

use super::sample::{Landlord, Sample};

/// How many different requests stand for all; pgbench takes one file for each.
const DIFFERENT: usize = 96;

/// The contact answer of some customers.
pub fn contact(sample: &Sample, sessions: &[String]) -> Vec<String> {
    let read = statement("as \"restrictions: Json<Vec<Restriction>>\"");
    let today = today();
    let monday = today - chrono::TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let first = today.with_day(1).unwrap();
    let dangers = today - chrono::Months::new(12);
    scripts(sample, sessions, |landlord, customer| {
        let since = [today, monday, first, dangers].map(|day| format!("'{day} 00:00:00+00'::timestamptz"));
        let whose = [text(&customer.reference), format!("'{}'::uuid", landlord.staff)];
        filled(&read, &[&whose[..], &since[..]].concat())
    })
}

/// A search for some customers.
pub fn search(sample: &Sample, sessions: &[String]) -> Vec<String> {
    let (find, show) = (statement("as word_bit, s.slips"), statement("as found (id, place)"));
    let today = today();
    scripts(sample, sessions, |_, customer| {
        let words: Vec<Wanted> = Query::read(&customer.typed.join(" ")).words.iter().map(|word| Wanted::beginning(word)).collect();
        let list = |one: fn(&Wanted) -> &str| {
            format!("array[{}]::text[]", words.iter().map(|word| text(one(word))).collect::<Vec<_>>().join(", "))
        };
        let found = filled(&find, &[list(|word| &word.from), list(|word| &word.to), list(|_| ""), "21::int8".to_owned()]);
        let column = |name: &str| format!("array(select found.\"{name}\" from ({found}) found)");
        filled(&show, &[column("id!"), column("place!"), format!("'{today}'::date")])
    })
}

fn scripts(sample: &Sample, sessions: &[String], read: impl Fn(&Landlord, &super::sample::Customer) -> String) -> Vec<String> {
    let (session, seat) = (statement("set_config('evenhand.landlord'"), statement("as \"waiting_counts!\""));
    let mut scripts = Vec::new();
    for turn in 0.. {
        let row =
            sample.landlords.iter().zip(sessions).filter_map(|(landlord, cookie)| Some((landlord, cookie, landlord.customers.get(turn)?)));
        let before = scripts.len();
        for (landlord, cookie, customer) in row {
            let token = cookie.split_once('=').unwrap().1;
            let hash: String = Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            let long_ago = "'2000-01-01 00:00:00+00'::timestamptz".to_owned();
            scripts.push(format!(
                "\\startpipeline\nbegin read only;\nset local role evenhand_landlord;\nset local evenhand.session = '{hash}';\n\\endpipeline\n\
                 {};\n{};\n{};\ncommit;\n",
                filled(&session, &[long_ago.clone(), long_ago]),
                filled(&seat, &[format!("'{}'::uuid", landlord.staff), format!("'{}'::date", today())]),
                read(landlord, customer),
            ));
        }
        if scripts.len() >= DIFFERENT || scripts.len() == before {
            break;
        }
    }
    scripts.truncate(DIFFERENT);
    scripts
}

/// Runs them for so long. Transactions a second; `None` where there is no pgbench.
pub fn run(scripts: &[String], url: &str, connections: usize, for_how_long: Duration) -> Option<f64> {
    let program = pgbench()?;
    let folder = std::env::temp_dir().join(format!("evenhand-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut command = Command::new(program);
    command.args(["-n", "-M", "prepared", "-j", "2", "-c", &connections.to_string(), "-T", &for_how_long.as_secs().to_string()]);
    command.env("PGOPTIONS", "-c jit=off");
    for (number, script) in scripts.iter().enumerate() {
        let path = folder.join(format!("{number}.sql"));
        std::fs::write(&path, script).unwrap();
        command.arg("-f").arg(path);
    }
    let output = command.arg(url).output().unwrap();
    let _ = std::fs::remove_dir_all(&folder);
    let text = String::from_utf8_lossy(&output.stdout);
    let per_second = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split_whitespace().next()?.parse().ok());
    if per_second.is_none() {
        eprintln!("pgbench: {}{}", text, String::from_utf8_lossy(&output.stderr));
    }
    per_second
}

fn pgbench() -> Option<PathBuf> {
    let asked =
        Command::new("pg_config").arg("--bindir").output().ok().map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    asked
        .into_iter()
        .chain(std::env::split_paths(&path))
        .chain(versions)
        .map(|folder| folder.join("pgbench"))
        .find(|program| program.is_file())
}

/// The prepared query with these words in it, as one line.
fn statement(marker: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let queries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| std::fs::read_to_string(entry.path()).unwrap());
    let found = queries.filter_map(|text| Some(serde_json::from_str::<serde_json::Value>(&text).ok()?["query"].as_str()?.to_owned()));
    let query = found.into_iter().find(|query| query.contains(marker)).unwrap_or_else(|| panic!("no prepared query has {marker}"));
    query.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The statement with its values written in, the highest number first so that $1 does not eat $10. pgbench reads `:name` as a variable
/// of its own; `::` it leaves alone.
fn filled(statement: &str, values: &[String]) -> String {
    let mut filled = statement.to_owned();
    for (at, value) in values.iter().enumerate().rev() {
        filled = filled.replace(&format!("${}", at + 1), &format!("({value})"));
    }
    assert!(!filled.contains('$'), "the prepared query has grown a value: {filled}");
    filled
}

fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn today() -> chrono::NaiveDate {
    evenhand::rules::days::day_of(chrono::Utc::now())
}
