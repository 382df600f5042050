//! What the front line may decide by itself, where somebody above it usually does.

use super::Finding;
use crate::rules::policy::{Policy, Reach, Who};
use crate::rules::say;

/// A step left out, or a safety marker set, by a post of the front line.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for step in &policy.ladder.steps {
        let Some(skip) = &step.skip else { continue };
        if let Some(who) = of_the_front_line(policy, &skip.decided_by) {
            let says = format!("{who} may leave out “{}”, and nobody above the front line looks at that.", step.title);
            let at = format!("ladder.steps.{}.skip", step.key);
            findings.push(Finding::new(&at, says, "Say whether that is meant, or name a post that manages.").with_clause(&skip.source));
        }
    }
    for marker in &policy.markers {
        if let Some(who) = of_the_front_line(policy, &marker.set_by) {
            let says = format!("{who} may set the safety marker “{}”, and nobody above the front line looks at that.", marker.title);
            let at = format!("markers.{}.set-by", marker.key);
            findings.push(Finding::new(&at, says, "Say whether that is meant, or name a post that manages.").with_clause(&marker.source));
        }
    }
    if let Some(hold) = &policy.retention.legal_hold
        && let Some(who) = of_the_front_line(policy, hold)
    {
        let says = format!("{who} may hold records back from being deleted, and nobody above the front line looks at that.");
        let finding = Finding::new("retention.legal-hold", says, "Say whether that is meant, or name a post that manages.");
        findings.push(finding.with_clause(&hold.source));
    }
    findings
}

/// Those of the posts that are of the front line, as the beginning of a sentence.
fn of_the_front_line(policy: &Policy, who: &Who) -> Option<String> {
    let is_front = |key: &&str| policy.roles.get(key).is_some_and(|role| role.reach == Reach::Frontline);
    let posts: Vec<String> = who.role_keys().into_iter().filter(is_front).map(|key| policy.roles.a(key)).collect();
    (!posts.is_empty()).then(|| say::sentence(&say::either(&posts)))
}
