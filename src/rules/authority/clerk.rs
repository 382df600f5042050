//! Where a body is meant, its members decide in a meeting and its clerk records that: for whom somebody acts.

use super::{History, Person, Refusal, may_record};
use crate::rules::policy::{Body, Policy, Who};

/// The body for which this person records what it decided; none where they hold another of the posts meant, and decide themselves.
pub fn acts_for<'a>(policy: &'a Policy, who: &Who, person: &Person, history: &History) -> Option<&'a Body> {
    let acts = |one: &Who| acts_for(policy, one, person, history);
    match who {
        Who::Role(key) => policy.body(key).filter(|body| history.holds(policy, &body.clerk, person)),
        Who::AnyOf(any) if any.iter().any(|one| history.holds(policy, one, person) && acts(one).is_none()) => None,
        Who::AnyOf(any) => any.iter().find_map(acts),
        Who::InCase(_) => None,
    }
}

/// Whether this person may record what a body decided, as its clerk. `None` where no body acts through them: then it is asked of
/// themselves whether they may decide.
pub fn may_record_for(policy: &Policy, who: &Who, person: &Person, history: &History) -> Option<Result<(), Refusal>> {
    let named = match who {
        Who::Role(key) => policy.body(key),
        _ => acts_for(policy, who, person, history),
    };
    named.map(|body| may_record(policy, body, person, history))
}
