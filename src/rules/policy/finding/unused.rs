//! What stands in a pack and leads nowhere: a list nobody goes through, a post or body nothing names, a clause that is not in the contents.

use super::Finding;
use crate::rules::policy::format::place;
use crate::rules::policy::{Policy, StepForm};
use crate::rules::say;

/// Everything unused, and every clause a value is said to come from that the document does not list.
pub(super) fn all(policy: &Policy, pack: &toml::Table) -> Vec<Finding> {
    let mut findings = checklists(policy);
    findings.extend(letterless(policy));
    findings.extend(posts(policy, pack));
    findings.extend(clauses(policy, pack));
    findings
}

/// Steps that may be taken in a letter, and have none: only their other forms are offered.
fn letterless(policy: &Policy) -> Vec<Finding> {
    let steps = policy.ladder.warnings().filter(|step| step.letter.is_none() && step.forms.contains(&StepForm::Written));
    let found = steps.filter(|step| step.forms.len() > 1).map(|step| {
        let says = format!("“{}” may be given in a letter, and no letter is named: that form is never offered.", step.title);
        let advice = "Write letter = \"warning\", or leave \"written\" out of its forms.";
        Finding::new(&format!("ladder.steps.{}.forms", step.key), says, advice).with_clause(&step.source)
    });
    found.collect()
}

fn checklists(policy: &Policy) -> Vec<Finding> {
    let of_a_step = |key: &String| policy.ladder.steps.iter().any(|step| step.checklists.contains(key));
    let of_a_measure = |key: &String| policy.measures.offered.iter().any(|offer| offer.guard.as_ref() == Some(key));
    let unused = policy.checklists.iter().filter(|list| list.at.is_empty() && !of_a_step(&list.key) && !of_a_measure(&list.key));
    let found = unused.map(|list| {
        let says = format!("No step, no decision and no measure asks for “{}”, so nobody is ever shown it.", list.title);
        Finding::new(
            &format!("checklists.{}", list.key),
            says,
            "Name the decisions under its `at`, or name it under `checklists` of a step or as the guard of a measure.",
        )
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

/// The clauses that values are stated in and the contents of the document do not have: one finding, with a place for each.
fn clauses(policy: &Policy, pack: &toml::Table) -> Vec<Finding> {
    let contents: Vec<&str> = policy.document.clauses.iter().map(|clause| clause.no.trim()).filter(|no| !no.is_empty()).collect();
    let mut stated: Vec<(&str, String)> = Vec::new();
    for (key, value) in pack {
        stated_in(value, key, &mut stated);
    }
    for reading in &policy.readings {
        let numbered = reading.clauses.iter().filter(|clause| clause.contains(|one: char| one.is_ascii_digit()));
        stated.extend(numbered.map(|clause| (clause.as_str(), format!("readings.{}.clauses", reading.key))));
    }
    let mut missing: Vec<(&str, String)> = Vec::new();
    for (clause, at) in stated.into_iter().filter(|(clause, _)| !contents.iter().any(|no| names(clause, no))) {
        if missing.iter().all(|(one, _)| *one != clause) {
            missing.push((clause, at));
        }
    }
    if missing.is_empty() {
        return Vec::new();
    }
    let count = say::count(missing.len() as u64, "clause is", "clauses are");
    let each: Vec<String> = missing.into_iter().map(|(clause, at)| format!("“{clause}” ({at})")).collect();
    let says = format!("{} named in this pack and not in the contents list: {}.", count, each.join(", "));
    vec![Finding::new("document.clauses", says, "Add them there, or put the numbers right.")]
}

fn stated_in<'a>(value: &'a toml::Value, at: &str, found: &mut Vec<(&'a str, String)>) {
    match value {
        toml::Value::Table(table) => {
            found.extend(
                table.get("stated").and_then(toml::Value::as_str).map(|clause| (clause, at.trim_end_matches(".source").to_owned())),
            );
            for (key, one) in table {
                let within = if key == "value" { at.to_owned() } else { format!("{at}.{key}") };
                stated_in(one, &within, found);
            }
        }
        toml::Value::Array(items) => {
            for (index, one) in items.iter().enumerate() {
                let name = place::item(at, |word| one.get(word)?.as_str(), index);
                stated_in(one, &format!("{at}.{name}"), found);
            }
        }
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
