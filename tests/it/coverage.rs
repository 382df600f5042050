//! Which clause of the five policies is held by which test: a table in the repository, made from the names of the tests.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The five policies: how their clauses are numbered in names of tests, their name, and how many clauses there are.
const POLICIES: [(&str, &str, u8); 5] = [
    ("om", "One Manchester", 29),
    ("ah", "Alliance Homes", 30),
    ("hs", "Housing Solutions", 42),
    ("nhg", "Notting Hill Genesis", 19),
    ("wk", "West Kent", 28),
];

/// What no pack and no rule carries yet, and what is there instead.
const NOT_YET: &[(&str, &str)] = &[];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the project").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => rust_files(&path, found),
            false if path.extension().is_some_and(|kind| kind == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The clauses that the name of a test names: `om_17_wk_14_how_many_warnings` names OM-17 and WK-14.
fn clauses(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split('_').collect();
    let named = words.windows(2).filter_map(|pair| {
        let known = POLICIES.iter().any(|(short, _, _)| *short == pair[0]);
        let number = pair[1].len() == 2 && pair[1].bytes().all(|byte| byte.is_ascii_digit());
        (known && number).then(|| format!("{}-{}", pair[0].to_uppercase(), pair[1]))
    });
    named.collect()
}

/// Every test that names a clause, with the file it stands in.
fn tests_by_clause() -> BTreeMap<String, Vec<(String, String)>> {
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        rust_files(&root().join(folder), &mut files);
    }
    files.sort();
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("a file of the project");
        let place = path.strip_prefix(root()).expect("it is in the project").display().to_string();
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            is_test |= line == "#[test]" || line.starts_with("#[tokio::test");
            let name = line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            if let Some(name) = name {
                for clause in clauses(name).into_iter().filter(|_| is_test) {
                    found.entry(clause).or_default().push((name.replace('_', " "), place.clone()));
                }
                is_test = false;
            }
        }
    }
    found
}

fn table(tests: &BTreeMap<String, Vec<(String, String)>>) -> String {
    let all: usize = POLICIES.iter().map(|(_, _, count)| usize::from(*count)).sum();
    let mut page = format!(
        "# Which clause is held by which test\n\nMade by `bin/coverage` from the names of the tests; do not write in it. The ids are those of the \
         policy matrix. Each test runs the landlord's real pack under `policies/`.\n\n{} of {all} clauses have a test.\n",
        tests.len()
    );
    for (short, landlord, count) in POLICIES {
        let _ = write!(page, "\n## {landlord}\n\n| Clause | Test | Where |\n|---|---|---|\n");
        for number in 1..=count {
            let id = format!("{}-{number:02}", short.to_uppercase());
            match tests.get(&id) {
                Some(held) => {
                    for (name, place) in held {
                        let _ = writeln!(page, "| {id} | {name} | `{place}` |");
                    }
                }
                None => {
                    let why = NOT_YET.iter().find(|(clause, _)| *clause == id).map_or("", |(_, why)| why);
                    let _ = writeln!(page, "| {id} | **not yet** | {why} |");
                }
            }
        }
    }
    page
}

/// Written anew with `bin/coverage`.
#[test]
fn the_table_of_clauses_is_what_the_tests_say() {
    let tests = tests_by_clause();
    for (short, _, count) in POLICIES {
        for id in (1..=count).map(|number| format!("{}-{number:02}", short.to_uppercase())) {
            let excused = NOT_YET.iter().any(|(clause, _)| *clause == id);
            assert!(tests.contains_key(&id) != excused, "{id} has a test, or a sentence that says why not, and not both");
        }
    }
    let (page, kept) = (table(&tests), root().join("docs/clauses.md"));
    if env::var_os("EVENHAND_WRITE_COVERAGE").is_some() {
        fs::write(&kept, &page).expect("the table can be written");
    }
    assert!(fs::read_to_string(&kept).is_ok_and(|text| text == page), "docs/clauses.md is stale: bin/coverage writes it anew");
}

#[test]
fn the_name_of_a_test_names_its_clauses() {
    assert_eq!(clauses("om_17_wk_14_how_many_warnings"), ["OM-17", "WK-14"]);
    assert_eq!(clauses("a_room_17_steps_long"), Vec::<String>::new());
}
