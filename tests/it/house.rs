//! The order of the house: imports run downwards only, each kind of work stands on its own floor, and what may not be said is not.

use std::fs;
use std::path::Path;

use crate::support::stage::gather;

/// Who stands on whom, from the ground up. What shares a line does not know of each other.
const FLOORS: &[&[&str]] = &[
    &["rules"],
    &["clock", "config", "passwords", "local", "mail", "files"],
    &["store", "letters"],
    &["casework"],
    &["demo"],
    &["http"],
    &["web", "worker"],
    &["app"],
    &["commands"],
];

/// Words that a floor must not know, and where they may stand all the same, with the reason.
const RULES_KNOW_NOTHING_OF: &[&str] =
    &["async ", ".await", "sqlx::query", "std::fs", "fs::read", "Utc::now", "tokio", "axum", "askama", "tracing"];
const SQL: &[&str] = &["sqlx::query", "query!(", "query_as!(", "query_scalar!(", "raw_sql", "PgConnection", "PgPool"];
const SQL_ELSEWHERE: &[(&str, &str)] = &[("app.rs", "makes and migrates the database as its owner, before there is a landlord or a role")];
/// The time and new ids come from one place each.
const CLOCK_AND_IDS: &[&str] = &["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "Uuid::now_v7", "Uuid::new_v4"];
const CLOCK_AND_IDS_ELSEWHERE: &[(&str, &str)] = &[
    ("clock.rs", "is that place"),
    ("web/layers.rs", "measures how long an answer took, which decides nothing"),
    ("local.rs", "waits for a server to start, which decides nothing"),
    ("local/server.rs", "waits for a server to start, which decides nothing"),
];
/// What SQL must not ask for, because time is handed in.
const TIME_IN_SQL: &[&str] = &["now()", "current_date", "current_timestamp", "localtimestamp", "clock_timestamp", "statement_timestamp"];
/// What would outlive its transaction, and be there for whoever has the connection next: `set local` says the same until it ends.
const SETTINGS_THAT_STAY: &[&str] =
    &["set role ", "set session ", "set evenhand.", "set time zone", "set timezone", "set search_path", "set row_security", "set_config("];
/// Templates that print markup as it is.
const MARKUP_AS_IT_IS: &[(&str, &str)] =
    &[("part/letter.html", "a letter is kept word for word as the markup it was made: from templates that print what was typed as text")];
/// Words for a person, or for a landlord, that the product does not use.
const NEVER_SAID: &[&str] = &["vexatious", "perpetrator"];

/// Something that breaks the order.
fn fault(file: &str, says: &str) -> String {
    format!("src/{file}: {says}")
}

/// The modules of this house that a file names: `crate::store::staff` is `store`, and so is `super::staff` in `store/desk.rs`.
fn imports(file: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let code = without_comments(text);
    for (at, _) in code.match_indices("crate::") {
        if !is_part_of_a_word(&code, at) {
            found.extend(heads(&code[at + "crate::".len()..]));
        }
    }
    let module: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    for (at, _) in code.match_indices("super::") {
        if is_part_of_a_word(&code, at) || code[..at].ends_with("super::") {
            continue;
        }
        let rest = code[at..].trim_start_matches("super::");
        let up = (code.len() - at - rest.len()) / "super::".len();
        if up >= module.len() {
            found.extend(heads(rest));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The first names after a path's beginning, of which there are several in braces.
fn heads(rest: &str) -> Vec<String> {
    let Some(inside) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let (mut depth, mut parts, mut part) = (0, Vec::new(), String::new());
    for c in inside.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(std::mem::take(&mut part)),
            '{' | '}' => {
                depth += if c == '{' { 1 } else { -1 };
                part.push(c);
            }
            _ => part.push(c),
        }
    }
    parts.push(part);
    parts.iter().map(|part| word(part.trim())).collect()
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn is_part_of_a_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// The code without what is only said about it.
fn without_comments(text: &str) -> String {
    let code = text.lines().map(|line| {
        let comment = line.match_indices("//").map(|(at, _)| at).find(|at| *at == 0 || line[..*at].ends_with(char::is_whitespace));
        &line[..comment.unwrap_or(line.len())]
    });
    code.collect::<Vec<_>>().join("\n")
}

/// The code that is part of the product, without its tests.
fn without_tests(file: &str, text: &str) -> String {
    if file.ends_with("/tests.rs") || file.contains("/tests/") {
        return String::new();
    }
    without_comments(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text))
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// Imports that run upwards, or sideways.
fn wrong_imports(file: &str, text: &str) -> Vec<String> {
    let own = module_of(file);
    if ["lib", "main"].contains(&own) {
        return Vec::new();
    }
    let Some(at) = floor(own) else { return vec![fault(file, "stands on no floor: give it one in tests/it/house.rs")] };
    let wrong = imports(file, text).into_iter().filter(|other| other != own && floor(other).is_some_and(|other| other >= at));
    wrong.map(|other| fault(file, &format!("imports crate::{other}, which does not stand below it"))).collect()
}

/// Words that stand where they must not.
fn wrong_words(file: &str, text: &str) -> Vec<String> {
    let code = without_tests(file, text);
    let mut wrong = Vec::new();
    let mut none_of = |words: &[&str], unless: bool, why: &str| {
        let found = words.iter().filter(|word| !unless && code.contains(**word));
        wrong.extend(found.map(|word| fault(file, &format!("says «{}»: {why}", word.trim()))));
    };
    let excepted = |list: &[(&str, &str)]| list.iter().any(|(known, _)| *known == file);
    none_of(RULES_KNOW_NOTHING_OF, module_of(file) != "rules", "rules are plain functions");
    none_of(SQL, module_of(file) == "store" || excepted(SQL_ELSEWHERE), "SQL stands in store/ alone");
    none_of(CLOCK_AND_IDS, excepted(CLOCK_AND_IDS_ELSEWHERE), "the time and new ids are handed in");
    none_of(TIME_IN_SQL, module_of(file) != "store", "the time is handed in to SQL too");
    none_of(NEVER_SAID, false, "behaviour is described, never the person");
    if module_of(file) != "rules" {
        wrong.extend(settings_that_stay(&code).map(|word| fault(file, &format!("says «{word}», which outlives its transaction"))));
    }
    wrong
}

/// Settings of a connection that do not end with its transaction: all but `set local` and `set_config(…, true)`.
fn settings_that_stay(code: &str) -> impl Iterator<Item = &'static str> {
    let sql = code.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let stays = move |word: &str| match word.strip_suffix('(') {
        Some(_) => sql.split(word).skip(1).any(|rest| !rest.split(')').next().is_some_and(|inside| inside.ends_with(", true"))),
        None => sql.contains(word),
    };
    SETTINGS_THAT_STAY.iter().copied().filter(move |word| stays(word))
}

/// Names of the demonstration's landlords in what is meant for every landlord.
fn names_of_landlords(file: &str, text: &str) -> Vec<String> {
    let code = without_tests(file, text).to_lowercase();
    let names = evenhand::demo::cast::CAST.iter().flat_map(|(house, _)| [house.slug.to_owned(), house.name.to_lowercase()]);
    names
        .filter(|name| module_of(file) != "demo" && code.contains(name.as_str()))
        .map(|name| fault(file, &format!("names the landlord {name}")))
        .collect()
}

/// Every file below a folder, with its path from there.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths = Vec::new();
    gather(&root, &mut paths);
    paths.sort();
    let named = paths.into_iter().filter_map(|path| {
        let name = path.strip_prefix(&root).ok()?.to_str()?.to_owned();
        let is_read = [".rs", ".html", ".sql"].iter().any(|kind| name.ends_with(kind));
        is_read.then(|| fs::read_to_string(&path).ok()).flatten().map(|text| (name, text))
    });
    named.collect()
}

#[test]
fn imports_run_downwards_only() {
    let files = files("src");
    assert!(files.len() > 100, "only {} files were found", files.len());
    let faults: Vec<String> = files.iter().flat_map(|(file, text)| wrong_imports(file, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_kind_of_work_stands_on_its_own_floor() {
    let faults: Vec<String> = files("src").iter().flat_map(|(file, text)| wrong_words(file, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_landlord_is_named_in_what_is_meant_for_all() {
    let code = files("src").into_iter().flat_map(|(file, text)| names_of_landlords(&file, &text));
    let pages = files("templates").into_iter().flat_map(|(file, text)| names_of_landlords(&format!("templates/{file}"), &text));
    let faults: Vec<String> = code.chain(pages).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_template_prints_markup_that_somebody_typed() {
    let raw = files("templates").into_iter().filter(|(file, text)| {
        let unescaped = ["|safe", "| safe", "escape(\"none\")"].iter().any(|filter| text.contains(filter));
        unescaped && !MARKUP_AS_IT_IS.iter().any(|(known, _)| known == file)
    });
    let raw: Vec<String> = raw.map(|(file, _)| file).collect();
    assert!(raw.is_empty(), "without a written reason: {raw:?}");
}

#[test]
fn the_schema_asks_for_no_time_either() {
    for (file, text) in files("migrations") {
        let code: Vec<&str> = text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
        let code = code.join("\n").to_lowercase();
        let found: Vec<_> = TIME_IN_SQL.iter().filter(|word| code.contains(**word)).collect();
        assert!(found.is_empty(), "{file}: {found:?}");
    }
}

mod the_checks_themselves {
    use super::*;

    #[test]
    fn paths_are_read_however_they_are_written() {
        let text = "use crate::store::staff;\nuse crate::{casework::{self, desk}, rules};\nfn f() { crate::web::doors() }";
        assert_eq!(imports("http/x.rs", text), ["casework", "rules", "store", "web"]);
        assert_eq!(imports("store/desk.rs", "use super::tx;\nuse super::super::web;"), ["web"]);
        assert_eq!(imports("web/letter/list.rs", "use super::super::menu; use super::super::super::app;"), ["app"]);
        assert_eq!(imports("store.rs", "use super::web;"), ["web"]);
        assert_eq!(imports("store/desk.rs", "// use crate::web\nlet x = mycrate::web; /// crate::web"), Vec::<String>::new());
    }

    #[test]
    fn an_import_upwards_or_sideways_is_found() {
        for (file, text) in [
            ("rules/ladder.rs", "use crate::store::staff;"),
            ("store/staff.rs", "use crate::casework::desk::Desk;"),
            ("store/staff.rs", "use crate::letters::Letter;"),
            ("letters.rs", "use super::store;"),
            ("casework/incident.rs", "use crate::http::form::Form;"),
            ("http/fault.rs", "fn page() { crate::web::menu::frame() }"),
            ("web/menu.rs", "use crate::worker;"),
            ("worker/deliver.rs", "use crate::web::doors;"),
            ("demo/cases.rs", "use crate::web;"),
            ("app.rs", "use crate::commands;"),
            ("attic.rs", ""),
        ] {
            assert_eq!(wrong_imports(file, text).len(), 1, "{file}: {text}");
        }
    }

    #[test]
    fn an_import_downwards_or_at_home_is_fine() {
        for (file, text) in [
            ("store/staff.rs", "use crate::rules::id; use super::tx; use crate::store::desk;"),
            ("web/menu.rs", "use crate::http::paths; use super::frame::Frame; use crate::demo::PASSWORD;"),
            ("commands.rs", "use crate::{app, config::Config, store};"),
            ("main.rs", "use evenhand::commands;"),
        ] {
            assert_eq!(wrong_imports(file, text), Vec::<String>::new());
        }
    }

    #[test]
    fn work_on_the_wrong_floor_is_found() {
        for (file, text) in [
            ("rules/ladder.rs", "pub async fn next() {}"),
            ("rules/ladder.rs", "let now = Utc::now();"),
            ("rules/id.rs", "sqlx::query(\"select 1\")"),
            ("casework/incident.rs", "sqlx::query!(\"select 1\")"),
            ("web/menu.rs", "let id = Uuid::now_v7();"),
            ("store/task.rs", "\"select * from task where due_on < current_date\""),
            ("web/menu.rs", "\"a vexatious person\""),
            ("store/tx.rs", "\"begin; set role evenhand_landlord\""),
            ("store/tx.rs", "\"SET\n  evenhand.landlord = 'x'\""),
            ("store/session.rs", "\"select set_config('evenhand.landlord', $1, false)\""),
        ] {
            assert!(!wrong_words(file, text).is_empty(), "{file}: {text}");
        }
        assert!(wrong_words("rules/id.rs", "#[derive(sqlx::Type)] // never async here").is_empty());
        assert!(wrong_words("rules/id.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n    let now = Utc::now();").is_empty());
        assert!(wrong_words("app.rs", "sqlx::query(\"create database\")").is_empty());
    }

    #[test]
    fn a_landlords_name_is_found() {
        assert_eq!(names_of_landlords("rules/ladder.rs", "if slug == \"west-kent\" {}").len(), 1);
        assert_eq!(names_of_landlords("web/menu.rs", "\"Welcome to West Kent\"").len(), 1);
        assert!(names_of_landlords("demo/cast.rs", "\"West Kent\"").is_empty());
        assert!(names_of_landlords("rules/ladder/tests.rs", "\"West Kent\"").is_empty());
    }
}
