//! Warnings: what counts today, giving one in the form the policy allows, and withdrawing it.

use super::Result;
use super::desk::Desk;
use crate::rules::id::CustomerId;
use crate::rules::ladder::{Past, Taken};
use crate::rules::policy::Danger;
use crate::store;

/// What has been done with a customer so far, for the ladder; with the facts about safety of the incident at hand.
pub async fn past(desk: &mut Desk, customer: CustomerId, dangers: &[Danger]) -> Result<Past> {
    let restriction = desk.policy.ladder.restriction().map(|step| step.key.clone()).unwrap_or_default();
    let taken = store::warning::taken(&mut desk.tx, customer).await?;
    let taken = taken.into_iter().map(|line| Taken {
        step: line.step.unwrap_or_else(|| restriction.clone()),
        on: line.on,
        withdrawn: line.withdrawn,
        case_closed: line.case_closed,
    });
    Ok(Past { taken: taken.collect(), dangers: dangers.to_vec() })
}
