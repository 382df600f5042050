//! Incidents: logging one, adding a note, deciding what follows.

use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::case;
use super::desk::Desk;
use super::{Error, Refusal, Result, found, warning};
use crate::rules::authority::{History, Person, may_propose, may_take};
use crate::rules::days::{Length, Unit};
use crate::rules::deadline::Deadline;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, IncidentId, StaffId};
use crate::rules::incident::{self as rules, Colleague, Harm, Help, Outcome, Report, Telling};
use crate::rules::policy::{Danger, Part, Policy, StepKind, Who};
use crate::rules::task::TaskKind;
use crate::rules::{ladder, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::{Incident, Logging};
use crate::store::staff::StaffLine;
use crate::store::task::NewTask;

/// How long after it began a contact is still the one at hand, so that its spoken warnings belong to the incident.
const ONE_CONTACT: TimeDelta = TimeDelta::hours(12);
/// How long a manager has to read an incident, where no policy says.
const TO_READ: u16 = 2;
/// How long a manager has to do what they decided.
const TO_ACT: u16 = 5;

/// What came of logging an incident.
#[derive(Debug)]
pub enum Logged {
    /// It is saved: who was told, and who outside must be.
    Now {
        manager: Option<String>,
        must_tell: Vec<Telling>,
    },
    /// This very one was saved before.
    Before,
}

/// The warnings spoken in the contact at hand, and its ending, that no incident has gathered yet.
pub async fn open_steps(
    desk: &mut Desk,
    customer: CustomerId,
) -> Result<Vec<store::incident::StepLine>> {
    let (staff, since) = (desk.staff()?.id, desk.now - ONE_CONTACT);
    Ok(store::incident::open_steps(&mut desk.tx, customer, staff, since).await?)
}

/// Logs an incident: who decides is told, help asked for is passed on, and whoever outside must be told becomes a task.
pub async fn log(desk: &mut Desk, customer: &Head, report: &Report) -> Result<Logged> {
    let me = desk.staff()?.clone();
    let policy = desk.policy.clone();
    let has_needs = !store::customer::needs(&mut desk.tx, customer.id)
        .await?
        .is_empty();
    let wants = report.wants(&policy, desk.now, has_needs);
    if !wants.is_empty() {
        return Err(Error::Refused(
            wants
                .into_iter()
                .map(|(field, sentence)| Refusal::at(field, sentence))
                .collect(),
        ));
    }
    let logging = Logging {
        customer: customer.id,
        policy: desk.policy_version,
        by: me.id,
        at: desk.now,
    };
    if !store::incident::add(&mut desk.tx, report, logging).await? {
        return Ok(Logged::Before);
    }
    let ids: Vec<Uuid> = report.affected.iter().map(|_| desk.new_id()).collect();
    store::incident::add_people(&mut desk.tx, report, &ids).await?;
    store::incident::gather_steps(&mut desk.tx, report.id, logging, desk.now - ONE_CONTACT).await?;
    let event = Event::IncidentLogged {
        incident: report.id,
        behaviours: report
            .behaviours
            .iter()
            .filter_map(|key| policy.behaviour.category(key))
            .map(|one| one.title.clone())
            .collect(),
        channel: report.channel.title().to_lowercase(),
        harm: report.harm != Harm::None,
    };
    desk.record_at(customer.id, event, report.happened_at)
        .await?;
    let people = store::staff::list(&mut desk.tx).await?;
    let decider = ask_to_decide(desk, customer, report, &people).await?;
    ask_for_help(desk, customer, report, &people, decider).await?;
    let must_tell = rules::must_tell(&policy, &report.dangers, &report.behaviours);
    for telling in &must_tell {
        ask_to_tell(desk, customer.id, report.id, telling, decider).await?;
    }
    let manager = decider
        .and_then(|id| line(&people, id))
        .map(|line| line.name.clone());
    Ok(Logged::Now { manager, must_tell })
}

/// Gives the incident to whoever decides on it, and writes to them. Nobody of the right post: to everybody who holds one.
async fn ask_to_decide(
    desk: &mut Desk,
    customer: &Head,
    report: &Report,
    people: &[StaffLine],
) -> Result<Option<StaffId>> {
    let me = desk.staff()?.clone();
    let affected: Vec<StaffId> = report
        .affected
        .iter()
        .filter_map(|person| person.staff)
        .collect();
    let history = affected.iter().fold(
        History::default().with(me.id, Part::Logged),
        |history, id| history.affecting(*id, line(people, *id).and_then(|line| line.manager_id)),
    );
    let colleagues: Vec<Colleague> = people
        .iter()
        .filter(|line| !line.has_left)
        .map(colleague)
        .collect();
    let decider = rules::decider(&desk.policy, &colleagues, &affected, me.id, &history);
    let due_on = in_working_days(desk, TO_READ);
    let task = NewTask {
        kind: TaskKind::Incident,
        customer: customer.id,
        subject: report.id.0,
        staff: decider,
        for_roles: if decider.is_none() {
            senior_roles(&desk.policy)
        } else {
            Vec::new()
        },
        not_for: if decider.is_none() {
            affected
        } else {
            Vec::new()
        },
        due_on,
        note: Some(format!(
            "Logged by {}, {}",
            me.name,
            say::minute_this_year(report.happened_at, desk.today())
        )),
    };
    desk.ask(task).await?;
    if let Some(line) = decider.and_then(|id| line(people, id)) {
        let subject = format!("An incident waits for you: customer {}", customer.reference);
        let urgent = if report.harm == Harm::None {
            ""
        } else {
            "Somebody was threatened or hurt.\n\n"
        };
        let body = format!(
            "Dear {}\n\n{urgent}{} has logged an incident with customer {}. Please read it and decide what follows by {}.\n\nYou will find it under My work.\n",
            line.name,
            me.name,
            customer.reference,
            say::weekday(due_on),
        );
        desk.write_to(
            &line.name,
            &line.email,
            &format!("incident-waits {}", report.id),
            &subject,
            &body,
        )
        .await?;
    }
    Ok(decider)
}

/// Asks the manager of the person who logged it to see how they are, today. The mail says no more than that.
async fn ask_for_help(
    desk: &mut Desk,
    customer: &Head,
    report: &Report,
    people: &[StaffLine],
    decider: Option<StaffId>,
) -> Result<()> {
    let me = desk.staff()?.clone();
    let words = match report.help {
        Help::Fine => return Ok(()),
        Help::Today => "asked for support today",
        Help::Now => "needs a break now",
    };
    let manager = me
        .manager
        .or(decider)
        .and_then(|id| line(people, id))
        .filter(|line| !line.has_left && line.id != me.id);
    let Some(manager) = manager else {
        return Ok(());
    };
    let task = NewTask {
        kind: TaskKind::Support,
        customer: customer.id,
        subject: report.id.0,
        staff: Some(manager.id),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on: desk.today(),
        note: Some(format!("{} {words}", me.name)),
    };
    desk.ask(task).await?;
    let subject = format!("{} {words}", me.name);
    let body = format!(
        "Dear {}\n\n{subject}, after a contact with customer {}. Please see them today.\n\nOnly you and {} can see this.\n",
        manager.name, customer.reference, me.name,
    );
    desk.write_to(
        &manager.name,
        &manager.email,
        &format!("support {}", report.id),
        &subject,
        &body,
    )
    .await
}

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
        for_roles: if decider.is_none() {
            senior_roles(&desk.policy)
        } else {
            Vec::new()
        },
        not_for: Vec::new(),
        due_on: desk.today(),
        note: Some(telling.because.clone()),
    };
    desk.ask(task).await?;
    Ok(())
}

/// Adds a note beside an incident. False when this very one was added before.
pub async fn note(desk: &mut Desk, id: IncidentId, note: Uuid, words: &str) -> Result<bool> {
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    let me = desk.staff()?.id;
    if !store::incident::add_note(&mut desk.tx, note, id, me, words, desk.now).await? {
        return Ok(false);
    }
    desk.record(incident.customer, Event::IncidentNoted { incident: id })
        .await?;
    Ok(true)
}

/// A manager's decision on an incident.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The incident as it was read.
    pub version: i32,
    /// What follows.
    pub outcome: Outcome,
    /// Why.
    pub reasons: String,
    /// Whom to tell besides.
    pub tell: Vec<TaskKind>,
}

/// Decides what follows from an incident, gives the next task, and tells whoever logged it that something was decided.
pub async fn decide(desk: &mut Desk, id: IncidentId, decision: &Decision) -> Result<()> {
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    let policy = desk.policy_of(incident.policy).await?;
    let me = desk.staff()?.clone();
    let person = Person {
        id: me.id,
        roles: me.roles.clone(),
    };
    let history = history(&incident);
    rules::may_decide(&policy, &person, &history).map_err(|refusal| case::forbidden(&refusal))?;
    allows(desk, &policy, &incident, decision.outcome).await?;
    let decided = store::incident::Decided {
        outcome: decision.outcome,
        reasons: &decision.reasons,
        by: me.id,
    };
    if !store::incident::decide(&mut desk.tx, id, decision.version, decided, desk.now).await? {
        let now = found(store::incident::find(&mut desk.tx, id).await?)?;
        return Err(Error::Changed(decided_already(&now)));
    }
    let event = Event::IncidentDecided {
        incident: id,
        outcome: decision.outcome.key().to_owned(),
        reasons: decision.reasons.clone(),
    };
    desk.record(incident.customer, event).await?;
    desk.finish(TaskKind::Incident, id.0).await?;
    ask_what_follows(
        desk,
        &policy,
        &incident,
        decision.outcome,
        &person,
        &history,
    )
    .await?;
    for telling in rules::might_tell(&policy, &dangers(&incident), &incident.behaviours) {
        if decision.tell.contains(&telling.kind) {
            ask_to_tell(desk, incident.customer, id, &telling, Some(me.id)).await?;
        }
    }
    tell_the_logger(desk, &incident, &me.name).await
}

/// Whether the ladder lets this follow today.
async fn allows(
    desk: &mut Desk,
    policy: &Policy,
    incident: &Incident,
    outcome: Outcome,
) -> Result<()> {
    if outcome != Outcome::More {
        return Ok(());
    }
    let past = warning::past(desk, incident.customer, &dangers(incident)).await?;
    match ladder::to_restrict(policy, &past, desk.today()) {
        Some(next) if !next.may && next.skip.is_none() => {
            Err(Error::refused("outcome", next.because))
        }
        _ => Ok(()),
    }
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
            let past = warning::past(desk, incident.customer, &dangers(incident)).await?;
            let steps = ladder::next_steps(policy, &past, desk.today());
            let is_warning = |kind| matches!(kind, StepKind::Informal | StepKind::Warning);
            let open: Vec<_> = steps
                .iter()
                .filter(|next| next.may && is_warning(next.step.kind))
                .map(|next| next.step)
                .collect();
            let can = open
                .iter()
                .any(|step| may_take(policy, step, person, history).is_ok());
            let Some(step) = open.first() else {
                return Ok(());
            };
            (TaskKind::Warning, &*step.taken_by, can)
        }
        Outcome::More => (
            TaskKind::Proposal,
            &*policy.authority.proposer,
            may_propose(policy, person, history).is_ok(),
        ),
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
    };
    let due_on = in_working_days(desk, TO_ACT);
    let note = format!("Decided {}", say::day_and_month(desk.today()));
    let task = match can {
        true => task(Some(person.id), Vec::new(), due_on, note),
        false => match nearest_manager(incident, who) {
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
    let subject = format!("Decided: your incident with customer {reference}");
    let body = format!(
        "Dear {}\n\n{decided_by} has read the incident you logged with customer {reference}, and has decided what follows. You will find it under Incidents.\n",
        incident.logged_by_name,
    );
    desk.write_to(
        &incident.logged_by_name,
        &incident.logged_by_email,
        &format!("incident-decided {}", incident.id),
        &subject,
        &body,
    )
    .await
}

/// Who took which part so far: enough to say who may decide, warn or propose.
pub fn history(incident: &Incident) -> History {
    let logged = History::default().with(incident.logged_by, Part::Logged);
    incident
        .people
        .iter()
        .filter_map(|person| Some((person.staff?, person.manager)))
        .fold(logged, |history, (id, manager)| {
            history.affecting(id, manager)
        })
}

/// The facts about safety that were ticked.
pub fn dangers(incident: &Incident) -> Vec<Danger> {
    incident
        .dangers
        .iter()
        .filter_map(|key| Danger::from_key(key))
        .collect()
}

/// Says what it is now, to somebody who read it before.
fn decided_already(incident: &Incident) -> String {
    let outcome = incident.outcome.as_deref().and_then(Outcome::from_key);
    match (outcome, &incident.decided_by_name) {
        (Some(outcome), Some(name)) => format!(
            "{name} has decided on this incident already: {}.",
            outcome.title().to_lowercase()
        ),
        _ => "Somebody has decided on this incident already.".to_owned(),
    }
}

/// The line manager of somebody affected, where the policy names them and no post.
fn nearest_manager(incident: &Incident, who: &Who) -> Option<StaffId> {
    match who.role_keys().is_empty() {
        true => incident.people.iter().find_map(|person| person.manager),
        false => None,
    }
}

fn roles_of(policy: &Policy, who: &Who) -> Vec<String> {
    let named: Vec<String> = who.role_keys().into_iter().map(str::to_owned).collect();
    if named.is_empty() {
        senior_roles(policy)
    } else {
        named
    }
}

fn senior_roles(policy: &Policy) -> Vec<String> {
    use crate::rules::policy::Reach::{Head, Manager};
    policy
        .roles
        .iter()
        .filter(|(_, role)| matches!(role.reach, Manager | Head))
        .map(|(key, _)| key.to_owned())
        .collect()
}

fn in_working_days(desk: &Desk, days: u16) -> NaiveDate {
    let length =
        Length::new(days, Unit::WorkingDays).expect("a small number of working days is a length");
    Deadline::after(desk.today(), length, desk.calendar()).due
}

fn line(people: &[StaffLine], id: StaffId) -> Option<&StaffLine> {
    people.iter().find(|line| line.id == id)
}

fn colleague(line: &StaffLine) -> Colleague {
    Colleague {
        person: case::person(line),
        manager: line.manager_id,
    }
}
