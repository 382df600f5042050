//! A manager's decision on an incident, and what follows from it.

use super::together::named;
use super::{ask_to_tell, dangers, history, history_here, senior_roles};
use crate::casework::desk::Desk;
use crate::casework::{Error, Result, case, found, warning};
use crate::rules::authority::{History, Person, may_propose, may_take};
use crate::rules::event::Event;
use crate::rules::id::{IncidentId, StaffId};
use crate::rules::incident::{self as rules, Adjusted, Outcome};
use crate::rules::policy::{Policy, Relative, StepKind, Who, Work};
use crate::rules::task::TaskKind;
use crate::rules::together::{self, Named};
use crate::rules::{clock, ladder, routing, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::Incident;
use crate::store::incident::together::Of;
use crate::store::task::NewTask;

/// A manager's decision on an incident.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The incident as it was read.
    pub version: i32,
    /// What follows.
    pub outcome: Outcome,
    /// Why.
    pub reasons: String,
    /// How it was weighed that adjustments on record were not made; asked for only where they were not.
    pub weighed: String,
    /// What was learnt, for colleagues; without names.
    pub lessons: Option<String>,
    /// Keys of those to tell besides.
    pub tell: Vec<String>,
}

/// What came of deciding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is decided.
    Now,
    /// The same person had decided the same; nothing was done again.
    Before,
}

/// Whether an incident waits for the person at the desk. Asked before anything is said of a form that is not complete.
///
/// # Errors
/// `Forbidden` with who can, `Changed` where it is decided.
pub async fn waits_for_me(desk: &mut Desk, id: IncidentId) -> Result<()> {
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    let policy = desk.policy_of(incident.policy).await?;
    let me = desk.staff()?.clone();
    let person = Person { id: me.id, roles: me.roles.clone() };
    let history = history_here(desk, &policy, &incident).await?;
    if let Err(refusal) = rules::may_decide(&policy, &person, &history) {
        let whom = incident.waits_for.as_ref().map(|name| format!(" It waits for {name}.")).unwrap_or_default();
        return Err(Error::Forbidden(format!("{refusal}{whom}")));
    }
    match incident.outcome {
        None => Ok(()),
        Some(_) => Err(Error::Changed(decided_already(&incident, &me.name))),
    }
}

/// Decides what follows from an incident, gives the next task, and tells whoever logged it that something was decided.
pub async fn decide(desk: &mut Desk, id: IncidentId, decision: &Decision) -> Result<Decided> {
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    if was_decided_so(&incident, decision, desk.staff()?.id)? {
        return Ok(Decided::Before);
    }
    let policy = desk.policy_of(incident.policy).await?;
    let me = desk.staff()?.clone();
    let person = Person { id: me.id, roles: me.roles.clone() };
    let history = history_here(desk, &policy, &incident).await?;
    rules::may_decide(&policy, &person, &history).map_err(|refusal| case::forbidden(&refusal))?;
    let reasons = reasons(&incident, decision)?;
    let customer = found(store::customer::get(&mut desk.tx, incident.customer).await?)?;
    if names_anybody(desk, &customer, &incident, decision.lessons.as_deref()).await? {
        return Err(Error::refused("lessons", "Leave out who it was: every colleague can read this. Say what would help next time"));
    }
    allows(desk, &policy, &incident, decision.outcome).await?;
    let decided =
        store::incident::Decided { outcome: decision.outcome, reasons: &reasons, lessons: decision.lessons.as_deref(), by: me.id };
    if !store::incident::decide(&mut desk.tx, id, decision.version, decided, desk.now).await? {
        let now = found(store::incident::find(&mut desk.tx, id).await?)?;
        return match was_decided_so(&now, decision, me.id)? {
            true => Ok(Decided::Before),
            false => Err(Error::Changed(decided_already(&now, &me.name))),
        };
    }
    let event = Event::IncidentDecided { incident: id, outcome: decision.outcome.key().to_owned(), reasons };
    desk.record(incident.customer, event).await?;
    desk.finish(TaskKind::Incident, id.0).await?;
    ask_what_follows(desk, &policy, &incident, decision.outcome, &person, &history).await?;
    for telling in rules::might_tell(&policy, &dangers(&incident), &incident.behaviours, &customer.subject) {
        if decision.tell.contains(&telling.key) {
            ask_to_tell(desk, incident.customer, id, &telling, Some(me.id)).await?;
        }
    }
    tell_the_logger(desk, &incident, &me.name).await?;
    Ok(Decided::Now)
}

/// Whether what was learnt says who it was: the customer, or somebody else who took part.
async fn names_anybody(desk: &mut Desk, customer: &Head, incident: &Incident, lessons: Option<&str>) -> Result<bool> {
    let Some(lessons) = lessons else { return Ok(false) };
    let own = Named { title: customer.title.as_deref(), given: &customer.given, family: &customer.family, reference: &customer.reference };
    let others = store::incident::together::others(&mut desk.tx, Of::Incident(incident.id)).await?;
    Ok(together::is_named(lessons, &own) || others.iter().any(|one| together::is_named(lessons, &named(one))))
}

/// Whether this person decided this very thing before, as a second press of the button does.
fn was_decided_so(incident: &Incident, decision: &Decision, by: StaffId) -> Result<bool> {
    if incident.decided_by != Some(by) || incident.outcome.as_deref() != Some(decision.outcome.key()) {
        return Ok(false);
    }
    Ok(incident.outcome_reasons.as_deref() == Some(&reasons(incident, decision)?))
}

/// Whether adjustments on record were left out, all or some: then a decision has to say how that was weighed.
pub fn left_unmade(incident: &Incident) -> Option<Adjusted> {
    incident.adjustments_made.as_deref().and_then(Adjusted::from_key).filter(|made| *made != Adjusted::All)
}

/// The reasons as they are kept, with how it was weighed that adjustments were not made.
fn reasons(incident: &Incident, decision: &Decision) -> Result<String> {
    if left_unmade(incident).is_none() {
        return Ok(decision.reasons.clone());
    }
    match decision.weighed.trim() {
        "" => Err(Error::refused("weighed", "Enter how you weighed that adjustments were not made")),
        weighed => Ok(format!("{}\nAdjustments that were not made: {weighed}", decision.reasons.trim())),
    }
}

/// Whether it is for this policy at all, and whether the ladder lets this follow today.
async fn allows(desk: &mut Desk, policy: &Policy, incident: &Incident, outcome: Outcome) -> Result<()> {
    routing::of(policy, &incident.behaviours).may_follow(outcome).map_err(|sentence| Error::refused("outcome", sentence))?;
    if outcome != Outcome::More {
        return Ok(());
    }
    let past = past(desk, policy, incident).await?;
    match ladder::to_restrict(policy, &past, desk.today()) {
        Some(next) if !next.may && next.skip.is_none() => Err(Error::refused("outcome", next.because)),
        _ => Ok(()),
    }
}

async fn past(desk: &mut Desk, policy: &Policy, incident: &Incident) -> Result<ladder::Past> {
    let at_hand = warning::AtHand { dangers: &dangers(incident), behaviours: &incident.behaviours };
    warning::past(desk, policy, incident.customer, at_hand).await
}

async fn ask_what_follows(
    desk: &mut Desk,
    policy: &Policy,
    incident: &Incident,
    outcome: Outcome,
    person: &Person,
    history: &History,
) -> Result<()> {
    let (kind, who, can) = match outcome {
        Outcome::NoAction => return Ok(()),
        Outcome::Warning => {
            let past = past(desk, policy, incident).await?;
            let steps = ladder::next_steps(policy, &past, desk.today());
            let is_warning = |kind| matches!(kind, StepKind::Informal | StepKind::Warning);
            let open: Vec<_> = steps.iter().filter(|next| next.may && is_warning(next.step.kind)).map(|next| next.step).collect();
            let can = open.iter().any(|step| may_take(policy, step, person, history).is_ok());
            let Some(step) = open.first() else {
                return Ok(());
            };
            (TaskKind::Warning, &*step.taken_by, can)
        }
        Outcome::More => (TaskKind::Proposal, &*policy.authority.proposer, may_propose(policy, person, history).is_ok()),
    };
    let task = |staff, for_roles, due_on, note| NewTask {
        kind,
        customer: incident.customer,
        subject: incident.id.0,
        staff,
        for_roles,
        not_for: Vec::new(),
        due_on,
        note: Some(note),
        whom: None,
    };
    let due_on = clock::done_by(&desk.policy, Work::FollowUp, desk.today());
    let note = format!("Decided {}", say::day_and_month(desk.today()));
    let task = match can {
        true => task(Some(person.id), Vec::new(), due_on, note),
        false => match nearest_manager(desk, policy, incident, who).await? {
            Some(manager) => task(Some(manager), Vec::new(), due_on, note),
            None => task(None, roles_of(policy, who), due_on, note),
        },
    };
    desk.ask(task).await?;
    Ok(())
}

async fn tell_the_logger(desk: &mut Desk, incident: &Incident, decided_by: &str) -> Result<()> {
    if incident.logged_by == desk.staff()?.id {
        return Ok(());
    }
    let reference = found(store::customer::get(&mut desk.tx, incident.customer).await?)?.reference;
    let subject = format!("Decided: your incident with ⟦customer⟧ {reference}");
    let body = format!(
        "Dear {}\n\n{decided_by} has read the incident you logged with ⟦customer⟧ {reference}, and has decided what follows.\n\n/incidents/{}\n\n{}\n",
        incident.logged_by_name, incident.id, desk.landlord.name,
    );
    desk.write_to(&incident.logged_by_name, &incident.logged_by_email, &format!("incident-decided {}", incident.id), &subject, &body).await
}

/// Says what it is now, to somebody who read it before.
fn decided_already(incident: &Incident, reader: &str) -> String {
    let outcome = incident.outcome.as_deref().and_then(Outcome::from_key);
    match (outcome, &incident.decided_by_name) {
        (Some(outcome), Some(name)) if name == reader => format!("You decided this in another window: {}.", outcome.title().to_lowercase()),
        (Some(outcome), Some(name)) => format!("{name} has decided on this incident already: {}.", outcome.title().to_lowercase()),
        _ => "Somebody has decided on this incident already.".to_owned(),
    }
}

/// Whoever is meant by their place in the case, where the policy names no post.
async fn nearest_manager(desk: &mut Desk, policy: &Policy, incident: &Incident, who: &Who) -> Result<Option<StaffId>> {
    if !who.role_keys().is_empty() {
        return Ok(None);
    }
    if !who.in_case().contains(&Relative::RelevantManager) {
        return Ok(incident.people.iter().find_map(|person| person.manager));
    }
    let people = store::staff::list(&mut desk.tx).await?;
    let history = history(incident).among(&case::placed(&people));
    Ok(people.iter().find(|line| !line.has_left && history.holds(policy, who, &case::person(line))).map(|line| line.id))
}

fn roles_of(policy: &Policy, who: &Who) -> Vec<String> {
    let named: Vec<String> = who.role_keys().into_iter().map(str::to_owned).collect();
    if named.is_empty() { senior_roles(policy) } else { named }
}
