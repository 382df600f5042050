//! Bodies that could not meet as they are written: more seats than people, one member alone, a notice longer than they have.

use super::Finding;
use crate::rules::policy::check::most_who_may_sit;
use crate::rules::policy::{Body, Policy};
use crate::rules::say;

/// Everything a body contradicts.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    policy.bodies.iter().flat_map(|body| [seats(policy, body), alone(body), notice(policy, body)].into_iter().flatten()).collect()
}

fn find(body: &Body, key: &str, says: String, advice: &str) -> Finding {
    Finding::new(&format!("bodies.{}.{key}", body.key), says, advice).with_clause(&body.source)
}

fn seats(policy: &Policy, body: &Body) -> Option<Finding> {
    let most = most_who_may_sit(policy, &body.members).filter(|most| *most < usize::from(body.seats))?;
    let may = say::count_first(most as u64, "person", "people");
    let says = format!("“{}” has {} seats. {may} may sit, each the only holder of a post.", body.title, body.seats);
    Some(find(body, "seats", says, "Name further posts, or fewer seats."))
}

fn alone(body: &Body) -> Option<Finding> {
    let says = format!("With a quorum of 1 a single member decides for “{}”.", body.title);
    (body.quorum == 1).then(|| find(body, "quorum", says, "Say how many must sit together."))
}

/// A notice that leaves no meeting in time.
fn notice(policy: &Policy, body: &Body) -> Option<Finding> {
    let notice = body.notice?;
    if let Some(meets) = body.meets.filter(|meets| notice.is_longer_than(*meets)) {
        let says = format!(
            "“{}” meets every {}, and is given a case {notice} before: each waits for the meeting after the next.",
            body.title,
            meets.each()
        );
        return Some(find(body, "notice", says, "Shorten the notice."));
    }
    let within = policy.authority.decide_within.as_ref().filter(|within| notice.is_longer_than(within.value))?;
    let says = format!("A proposal is decided within {}, and “{}” is given it {notice} before it meets.", within.value, body.title);
    Some(find(body, "notice", says, "Shorten the notice, or decide later.").with_clause(&within.source))
}
