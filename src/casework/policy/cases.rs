//! The open cases a version touches, and what it would change for each.

use std::sync::Arc;

use crate::casework::Result;
use crate::casework::desk::Desk;
use crate::casework::warning;
use crate::letters;
use crate::rules::appeal::Promised;
use crate::rules::days;
use crate::rules::id::{PolicyVersionId, RestrictionId};
use crate::rules::ladder::{Past, Taken};
use crate::rules::measure::Scope;
use crate::rules::policy::Policy;
use crate::rules::policy_change::{self, Change, OpenCase};
use crate::store;
use crate::store::policy_case::CaseLine;

/// One open case beside another version.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The case.
    pub line: CaseLine,
    /// The same as the rules know it.
    pub case: OpenCase,
    /// What would differ for it; nothing where the versions agree.
    pub changes: Vec<Change>,
}

/// At most so many open cases that were made under another version, after one of them, each with what this version would change.
pub async fn touched(desk: &mut Desk, version: PolicyVersionId, after: Option<RestrictionId>, most: i64) -> Result<Vec<Touched>> {
    let policy = desk.policy_of(version).await?;
    let today = desk.today();
    let lines = store::policy_case::list(&mut desk.tx, version, after, None, today, most).await?;
    let mut touched = Vec::with_capacity(lines.len());
    for line in lines {
        touched.push(compare(desk, &policy, line).await?);
    }
    Ok(touched)
}

/// One case beside a policy. Each version is read once and kept, so this asks the database nothing that it has asked before.
pub(super) async fn compare(desk: &mut Desk, to: &Arc<Policy>, line: CaseLine) -> Result<Touched> {
    let own = desk.policy_of(line.policy).await?;
    let case = as_known(&own, &line);
    let changes = policy_change::changes(&own, to, &case, desk.today());
    Ok(Touched { line, case, changes })
}

fn as_known(own: &Policy, line: &CaseLine) -> OpenCase {
    let began = line.in_force_at.or(line.sent_at).unwrap_or(line.opened_at);
    let taken = line.taken.iter().map(|one| Taken {
        step: one.step.clone().unwrap_or_else(|| warning::restriction_step(own, &one.measures)),
        on: one.on,
        withdrawn: one.withdrawn,
        case_closed: one.case_closed,
        promised: one.counts_until,
        behaviours: one.behaviours.clone(),
    });
    OpenCase {
        stage: line.stage,
        measures: line.measures.iter().cloned().collect(),
        reach: line.reach.as_deref().and_then(Scope::from_key),
        behaviours: line.behaviours.iter().cloned().collect(),
        began: days::day_of(began),
        ends_on: line.ends_on,
        skipped: line.skipped,
        review_on: line.review_on,
        appeal: Promised::of(line.appeal_promised_on, line.appeal_by),
        past: Past {
            taken: taken.collect(),
            letters: line.letters.iter().filter_map(|one| Some((letters::kept_of(&one.kind)?, one.on))).collect(),
            behaviours: line.behaviours.clone(),
            dangers: Vec::new(),
        },
    }
}
