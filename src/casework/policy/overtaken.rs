//! A version that waits while another comes into force: what confirming it would take back.

use std::collections::BTreeMap;

use crate::casework::Result;
use crate::casework::desk::Desk;
use crate::rules::days;
use crate::rules::policy::{Difference, differences};
use crate::rules::policy_version::Stage;
use crate::store;
use crate::store::policy::Version;

/// What came between a version and its day.
#[derive(Clone, Debug)]
pub struct Overtaken {
    /// The version in force now, which was published after the other was brought.
    pub by: Version,
    /// What that version changed and this one would change back, from what holds now to what held before.
    pub takes_back: Vec<Difference>,
}

/// What a version that is not published yet would take back; nothing where no other came into force since it was brought.
pub async fn overtaken(desk: &mut Desk, version: &Version) -> Result<Option<Overtaken>> {
    if !matches!(version.stage, Stage::Draft | Stage::Checked) {
        return Ok(None);
    }
    let today = desk.today();
    let began = |one: &Version| one.starts_on.filter(|from| one.stage == Stage::Published && *from <= today);
    let versions = store::policy::list(&mut desk.tx).await?;
    let Some(now) = versions.iter().find(|one| one.id == desk.policy_version) else { return Ok(None) };
    let brought = days::day_of(version.added_at);
    let is_later = now.published_at.is_some_and(|at| at > version.added_at) || began(now).is_some_and(|from| from > brought);
    if !is_later {
        return Ok(None);
    }
    let was_there = |one: &&Version| {
        one.id != now.id && one.published_at.is_some_and(|at| at <= version.added_at) && began(one).is_some_and(|from| from <= brought)
    };
    let then = versions.iter().filter(was_there).max_by_key(|one| (one.starts_on, one.published_at));
    let wanted: Vec<_> = [Some(now), Some(version), then].into_iter().flatten().map(|one| one.id).collect();
    let packs: BTreeMap<_, _> = store::policy::packs(&mut desk.tx, &wanted).await?.into_iter().collect();
    let text = |one: &Version| packs.get(&one.id).map_or("", String::as_str);
    let brings = differences(text(now), text(version));
    let takes_back = match then {
        None => brings,
        Some(then) => {
            let changed = differences(text(then), text(now));
            let is_undone = |one: &Difference| changed.iter().any(|other| other.place == one.place && other.before == one.after);
            brings.into_iter().filter(is_undone).collect()
        }
    };
    Ok(Some(Overtaken { by: now.clone(), takes_back }))
}
