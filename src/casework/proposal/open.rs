//! Beginning a proposal: may one begin now, may this person, and is one open already.

use super::{Case, Desk, Error, Result, found, store, warning};
use crate::casework::{case, incident};
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, IncidentId, RestrictionId};
use crate::rules::ladder;
use crate::rules::policy::Policy;
use crate::rules::task::TaskKind;
use crate::rules::{authority, say};
use crate::store::proposal::NewProposal;

/// What is asked for.
#[derive(Debug)]
pub struct Opening {
    /// Its id.
    pub id: RestrictionId,
    /// Whose contact it is about.
    pub customer: CustomerId,
    /// The incident it starts from.
    pub incident: Option<IncidentId>,
    /// A reason of the policy's for leaving earlier steps out, and why it holds here.
    pub skip: Option<(String, String)>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It is begun.
    Now(RestrictionId),
    /// There was one for this customer; nobody needs two.
    Before(RestrictionId),
}

/// Whether a restriction can be proposed now, as the ladder has it.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// Whether every earlier step stands.
    pub may: bool,
    /// Why, or why not.
    pub because: String,
    /// Where earlier steps are missing and may be left out.
    pub skip: Option<Skip>,
}

/// What leaving earlier steps out would take.
#[derive(Clone, Debug)]
pub struct Skip {
    /// Keys of the steps.
    pub keys: Vec<String>,
    /// Their titles, in a sentence.
    pub titles: String,
    /// The reasons that hold: key and words.
    pub reasons: Vec<(String, String)>,
    /// Whose decision it is.
    pub decided_by: String,
}

/// Whether a restriction can be proposed for a customer now.
pub async fn outlook(desk: &mut Desk, customer: CustomerId, incident: Option<IncidentId>) -> Result<Outlook> {
    let rests_on = match incident {
        Some(id) => store::incident::find(&mut desk.tx, id).await?.filter(|one| one.customer == customer),
        None => None,
    };
    let dangers = rests_on.as_ref().map(incident::dangers).unwrap_or_default();
    let behaviours = rests_on.map(|one| one.behaviours).unwrap_or_default();
    let (_, policy) = desk.policy_for(customer).await?;
    let past = warning::past(desk, &policy, customer, warning::AtHand { dangers: &dangers, behaviours: &behaviours }).await?;
    let next = found(ladder::to_restrict(&policy, &past, desk.today()))?;
    let skip = next.skip.map(|skip| Skip {
        keys: skip.steps.iter().map(|step| step.key.clone()).collect(),
        titles: say::list(&skip.steps.iter().map(|step| step.title.as_str()).collect::<Vec<_>>()),
        reasons: skip.reasons.iter().map(|reason| (reason.key.clone(), reason.say.clone())).collect(),
        decided_by: skip.decided_by.say(&policy.roles),
    });
    Ok(Outlook { may: next.may, because: next.because, skip })
}

/// Begins a proposal for a customer, or leads to the one there is.
pub async fn open(desk: &mut Desk, opening: &Opening) -> Result<Begun> {
    if let Some(there) = store::proposal::open_of(&mut desk.tx, opening.customer).await? {
        return Ok(Begun::Before(there));
    }
    let by = desk.staff()?.clone();
    let (version, policy) = desk.policy_for(opening.customer).await?;
    // Before anything is asked of whoever may not; with everybody of the case once there is one.
    let history = match opening.incident {
        Some(id) => {
            let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
            incident::history_here(desk, &policy, &incident).await?
        }
        None => authority::History::default(),
    };
    let person = authority::Person { id: by.id, roles: by.roles.clone() };
    authority::may_propose(&policy, &person, &history).map_err(|refusal| case::forbidden(&refusal))?;
    let outlook = outlook(desk, opening.customer, opening.incident).await?;
    let skipped = skipped(&outlook, opening)?;
    let new = NewProposal {
        id: opening.id,
        customer: opening.customer,
        policy: version,
        by: by.id,
        incident: opening.incident,
        skipped: skipped.as_ref().map(|(steps, because)| (steps.as_str(), because.as_str())),
    };
    if !store::proposal::add(&mut desk.tx, &new, desk.now).await? {
        return Ok(Begun::Before(opening.id));
    }
    may_propose(desk, opening.id, &policy).await?;
    if let Some(incident) = opening.incident {
        desk.finish(TaskKind::Proposal, incident.0).await?;
    }
    desk.record(opening.customer, Event::ProposalOpened { restriction: opening.id }).await?;
    Ok(Begun::Now(opening.id))
}

/// Whether whoever sits at the desk may propose this, by its policy and the people of the case.
pub(super) async fn may_propose(desk: &mut Desk, id: RestrictionId, policy: &Policy) -> Result<Case> {
    let people = Case::of(desk, id).await?;
    let me = desk.staff()?;
    let person = authority::Person { id: me.id, roles: me.roles.clone() };
    authority::may_propose(policy, &person, &people.history).map_err(|refusal| case::forbidden(&refusal))?;
    Ok(people)
}

fn skipped(outlook: &Outlook, opening: &Opening) -> Result<Option<(String, String)>> {
    if outlook.may {
        return Ok(None);
    }
    let Some(skip) = &outlook.skip else {
        return Err(Error::refused("", outlook.because.clone()));
    };
    let (reason, words) = opening.skip.clone().unwrap_or_default();
    let Some((_, said)) = skip.reasons.iter().find(|(key, _)| *key == reason) else {
        return Err(Error::refused("skip", "Choose the reason of the policy that holds here"));
    };
    if words.trim().is_empty() {
        return Err(Error::refused("because", "Say why it holds here"));
    }
    Ok(Some((skip.keys.join(","), format!("{said}. {}", words.trim()))))
}
