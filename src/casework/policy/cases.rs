//! The open cases a version touches, and what it would change for each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::casework::Result;
use crate::casework::case::Case;
use crate::casework::desk::Desk;
use crate::casework::warning;
use crate::letters;
use crate::rules::appeal::Promised;
use crate::rules::authority::{Asked, History, Person, Stages};
use crate::rules::id::{PolicyVersionId, RestrictionId};
use crate::rules::ladder::{Past, Taken};
use crate::rules::measure::Scope;
use crate::rules::policy::Policy;
use crate::rules::policy_change::{self, Change, OpenCase, State, Versions};
use crate::rules::proposal::left_out_steps;
use crate::rules::{days, restriction, review};
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
    let today = desk.today();
    let lines = store::policy_case::list(&mut desk.tx, version, after, None, today, most).await?;
    let beside = beside(desk, lines.iter().map(|line| (line.policy, line.target)).collect()).await?;
    Ok(lines.into_iter().filter_map(|line| Some(compare(beside.get(&(line.policy, line.target))?, line, today))).collect())
}

/// What a case has, and what it is set beside: each as it holds in one business area.
pub(super) type Pair = (PolicyVersionId, PolicyVersionId);

/// Versions beside each other. All of them are read at once, and each pair is compared once.
pub(super) async fn beside(desk: &mut Desk, pairs: BTreeSet<Pair>) -> Result<BTreeMap<Pair, Versions>> {
    let wanted: Vec<PolicyVersionId> = pairs.iter().flat_map(|(own, to)| [*own, *to]).collect();
    let packs: BTreeMap<PolicyVersionId, String> = store::policy::packs(&mut desk.tx, &wanted).await?.into_iter().collect();
    let text = |id: PolicyVersionId| packs.get(&id).map_or("", String::as_str);
    let mut beside = BTreeMap::new();
    for (own, to) in pairs {
        let (before, after) = (desk.policy_of(own).await?, desk.policy_of(to).await?);
        beside.insert((own, to), Versions::new((before, text(own)), (after, text(to))));
    }
    Ok(beside)
}

pub(super) fn compare(versions: &Versions, line: CaseLine, today: NaiveDate) -> Touched {
    let case = as_known(&versions.before, &line);
    let changes = policy_change::changes(versions, &case, today);
    Touched { line, case, changes }
}

/// What a version that is not in force would change for somebody who was reported, or warned, and has no case yet.
pub async fn without_a_case(desk: &mut Desk, version: PolicyVersionId) -> Result<Vec<(State, Vec<Change>)>> {
    if version == desk.policy_version {
        return Ok(Vec::new());
    }
    let beside = beside(desk, [(desk.policy_version, version)].into()).await?;
    let of = |versions: &Versions| [State::Reported, State::Warned].map(|state| (state, policy_change::changes_for(versions, state)));
    Ok(beside.values().flat_map(of).collect())
}

/// Those of these cases that the person at the desk may move: whoever may end a case before its last day by their own decision may.
pub async fn movable(desk: &mut Desk, touched: &[Touched]) -> Result<BTreeSet<RestrictionId>> {
    let in_force: Vec<&Touched> = touched.iter().filter(|one| one.case.is_in_force()).collect();
    let ids: Vec<RestrictionId> = in_force.iter().map(|one| one.line.id).collect();
    let today = desk.today();
    let parts = store::history::parts_of(&mut desk.tx, &ids).await?;
    let people = store::staff::list(&mut desk.tx).await?;
    let delegations = store::delegation::in_force(&mut desk.tx, today).await?;
    let mut mine = BTreeSet::new();
    for Touched { line, case, .. } in in_force {
        let policy = desk.policy_of(line.policy).await?;
        let asked = Asked { from: days::day_of(line.sent_at.unwrap_or(line.opened_at)), ..case.asked() };
        let steps = Stages::of(&policy, &asked).stages;
        let who = review::reviewer(&policy, case.measures.iter().map(String::as_str));
        let may = |one: &Person, history: &History| restriction::may_end_alone(&policy, who, &steps, one, history);
        let took = parts.iter().filter(|part| part.restriction == line.id).cloned().collect();
        let lending = if policy.authority.delegation.is_some() { &policy } else { &desk.policy };
        let case = Case::made_of(people.clone(), took)?.lent_by(lending, &delegations, today, may);
        if may(&case.reader(desk)?, &case.history) {
            mine.insert(line.id);
        }
    }
    Ok(mine)
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
        under_appeal: line.under_appeal,
        measures: line.measures.iter().cloned().collect(),
        reach: line.reach.as_deref().and_then(Scope::from_key),
        behaviours: line.behaviours.iter().cloned().collect(),
        began: days::day_of(began),
        ends_on: line.ends_on,
        skipped: left_out_steps(line.skipped_step.as_deref()),
        review_on: line.review_on,
        appeal: Promised::of(line.appeal_promised_on, line.appeal_by),
        length_appeal: Promised::of(line.length_promised_on, line.length_appeal_by),
        past: Past {
            taken: taken.collect(),
            letters: line.letters.iter().filter_map(|one| Some((letters::kept_of(&one.kind)?, one.on))).collect(),
            behaviours: line.behaviours.clone(),
            dangers: Vec::new(),
        },
    }
}
