//! Incidents: logging one, adding a note, deciding what follows.

mod decide;
mod log;
pub mod together;

pub use decide::{Decided, Decision, decide, left_unmade, waits_for_me};
pub use log::{Logged, log, open_steps};

use uuid::Uuid;

use super::desk::Desk;
use super::{Result, case, found};
use crate::rules::authority::History;
use crate::rules::clock;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, IncidentId, StaffId};
use crate::rules::incident::Telling;
use crate::rules::policy::{Danger, Part, Policy, Reach, Relative, Work};
use crate::store;
use crate::store::incident::Incident;
use crate::store::task::NewTask;

/// Adds a note beside an incident. False when this very one was added before.
pub async fn note(desk: &mut Desk, id: IncidentId, note: Uuid, words: &str) -> Result<bool> {
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    let me = desk.staff()?.id;
    if !store::incident::add_note(&mut desk.tx, note, id, me, words, desk.now).await? {
        return Ok(false);
    }
    desk.record(incident.customer, Event::IncidentNoted { incident: id }).await?;
    Ok(true)
}

/// Who took which part so far: enough to say who may decide, warn or propose.
pub fn history(incident: &Incident) -> History {
    let logged = History::default().with(incident.logged_by, Part::Logged);
    incident
        .people
        .iter()
        .filter_map(|person| Some((person.staff?, person.manager)))
        .fold(logged, |history, (id, manager)| history.affecting(id, manager))
}

/// The same among everybody who works here, where the policy means somebody by their team.
pub async fn history_here(desk: &mut Desk, policy: &Policy, incident: &Incident) -> Result<History> {
    let known = history(incident);
    let takers = policy.ladder.steps.iter().map(|step| &step.taken_by.value).chain([&policy.authority.proposer.value]);
    let skips = policy.ladder.steps.iter().filter_map(|step| Some(&step.skip.as_ref()?.decided_by));
    let appeals = policy.challenge.warning.iter().flat_map(|one| [&one.decider.value, &one.late_decided_by.value]);
    if !takers.chain(skips).chain(appeals).any(|who| who.in_case().contains(&Relative::RelevantManager)) {
        return Ok(known);
    }
    let people = store::staff::list(&mut desk.tx).await?;
    Ok(known.among(&case::placed(&people)))
}

/// The facts about safety that were ticked.
pub fn dangers(incident: &Incident) -> Vec<Danger> {
    incident.dangers.iter().filter_map(|key| Danger::from_key(key)).collect()
}

/// Makes telling somebody outside a task, for today where the policy gives no more time.
async fn ask_to_tell(
    desk: &mut Desk,
    customer: CustomerId,
    incident: IncidentId,
    telling: &Telling,
    decider: Option<StaffId>,
) -> Result<()> {
    let task = NewTask {
        kind: telling.kind,
        customer,
        subject: incident.0,
        staff: decider,
        for_roles: if decider.is_none() { senior_roles(&desk.policy) } else { Vec::new() },
        not_for: Vec::new(),
        due_on: clock::done_by(&desk.policy, Work::Telling, desk.today()),
        note: Some(telling.because.clone()),
        whom: Some(telling.whom.clone()),
    };
    desk.ask(task).await?;
    Ok(())
}

fn senior_roles(policy: &Policy) -> Vec<String> {
    policy.roles.iter().filter(|(_, role)| matches!(role.reach, Reach::Manager | Reach::Head)).map(|(key, _)| key.to_owned()).collect()
}
