//! What stands in a pack and leads nowhere: a list nobody goes through, a post or body nothing names, a clause that is not in the contents.

use super::Finding;
use crate::rules::policy::Policy;

/// Everything unused, and every clause a value is said to come from that the document does not list.
pub(super) fn all(policy: &Policy, pack: &toml::Table) -> Vec<Finding> {
    let mut findings = checklists(policy);
    findings.extend(posts(policy, pack));
    findings.extend(clauses(policy, pack));
    findings
}

fn checklists(policy: &Policy) -> Vec<Finding> {
    let of_a_step = |key: &String| policy.ladder.steps.iter().any(|step| step.checklists.contains(key));
    let of_a_measure = |key: &String| policy.measures.offered.iter().any(|offer| offer.guard.as_ref() == Some(key));
    let unused = policy.checklists.iter().filter(|list| !of_a_step(&list.key) && !of_a_measure(&list.key));
    let found = unused.map(|list| {
        let says = format!("No step and no measure asks for “{}”, so nobody is ever shown it.", list.title);
        Finding::new(&format!("checklists.{}", list.key), says, "Name it under `checklists` of a step, or as the guard of a measure.")
    });
    found.collect()
}

/// Bodies that decide nothing, and managing posts that nothing names. A post of the front line, of the policy or of the accounts does its work
/// without being named.
fn posts(policy: &Policy, pack: &toml::Table) -> Vec<Finding> {
    use crate::rules::policy::Reach::{Director, Head, Manager};
    let named = words(pack);
    let is_named = |key: &str| named.contains(&key);
    let bodies = policy.bodies.iter().filter(|body| !is_named(&body.key)).map(|body| {
        let says = format!("Nothing is ever put before “{}”.", body.title);
        Finding::new(&format!("bodies.{}", body.key), says, "Name it where it decides, or leave it out.").with_clause(&body.source)
    });
    let managing = |key: &str| policy.roles.get(key).is_some_and(|role| matches!(role.reach, Manager | Head | Director));
    let roles = policy.roles.iter().filter(|(key, _)| managing(key) && !is_named(key)).map(|(key, role)| {
        let says = format!("“{}” is named nowhere else, so decides nothing and is told nothing.", role.title);
        Finding::new(&format!("roles.{key}"), says, "Name it where it takes part, or leave it out.").with_clause(&role.source)
    });
    bodies.chain(roles).collect()
}

/// Every word that stands as a value somewhere, but for keys and titles: what a role or body is named by.
fn words(pack: &toml::Table) -> Vec<&str> {
    let mut found = Vec::new();
    for (key, value) in pack {
        gather(key, value, &mut found);
    }
    found
}

fn gather<'a>(key: &str, value: &'a toml::Value, found: &mut Vec<&'a str>) {
    match value {
        toml::Value::String(word) if !matches!(key, "key" | "title") => found.push(word),
        toml::Value::Array(items) => items.iter().for_each(|one| gather(key, one, found)),
        toml::Value::Table(table) => table.iter().for_each(|(key, one)| gather(key, one, found)),
        _ => {}
    }
}

/// Clauses that values are stated in, and the contents of the document do not have.
fn clauses(policy: &Policy, pack: &toml::Table) -> Vec<Finding> {
    let contents: Vec<&str> = policy.document.clauses.iter().map(|clause| clause.no.trim()).filter(|no| !no.is_empty()).collect();
    let mut stated: Vec<&str> = Vec::new();
    for value in pack.values() {
        stated_in(value, &mut stated);
    }
    let mut findings: Vec<Finding> = Vec::new();
    for clause in stated.into_iter().filter(|clause| !contents.iter().any(|no| names(clause, no))) {
        let says = format!("Something is stated in “{clause}”, and the contents list has no such clause.");
        if findings.iter().all(|one| one.says != says) {
            findings.push(Finding::new("document.clauses", says, "Add the clause there, or put the number right."));
        }
    }
    findings
}

fn stated_in<'a>(value: &'a toml::Value, found: &mut Vec<&'a str>) {
    match value {
        toml::Value::Table(table) => {
            found.extend(table.get("stated").and_then(toml::Value::as_str));
            table.values().for_each(|one| stated_in(one, found));
        }
        toml::Value::Array(items) => items.iter().for_each(|one| stated_in(one, found)),
        _ => {}
    }
}

/// Whether a reference names this number or something within it: "4.2, second line" and "4.2.1" both name 4.2; "14.2" and "4.25" do not.
fn names(reference: &str, no: &str) -> bool {
    let no = no.trim_end_matches(".0");
    reference.match_indices(no).any(|(at, _)| {
        let before = reference[..at].chars().next_back();
        let after = reference[at + no.len()..].chars().next();
        !before.is_some_and(|one| one.is_alphanumeric() || one == '.') && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_a_clause_and_what_is_within_it_and_no_other() {
        let table = [
            ("4.2", "4.2", true),
            ("4.2, second line", "4.2", true),
            ("4.2.1", "4.2", true),
            ("3.1 and 4.2", "4.2", true),
            ("Rule 9(b)", "Rule 9", true),
            ("4.0, Restrictions (1)", "4.0", true),
            ("4.1", "4.0", true),
            ("14.2", "4.2", false),
            ("4.25", "4.2", false),
            ("1.4.2", "4.2", false),
            ("", "4.2", false),
        ];
        for (reference, no, expected) in table {
            assert_eq!(names(reference, no), expected, "{reference} {no}");
        }
    }
}
