//! Logging an incident, and what follows from it at once.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{ask_to_tell, senior_roles, together};
use crate::casework::desk::Desk;
use crate::casework::{Error, Refusal, Result, case, reminder};
use crate::rules::authority::History;
use crate::rules::clock;
use crate::rules::days::{self, Unit};
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, IncidentId, StaffId};
use crate::rules::incident::{self as rules, Colleague, Harm, Help, Report, Telling};
use crate::rules::measure::Way;
use crate::rules::policy::{Part, Policy, Work};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::together::Place;
use crate::store::incident::{Alike, Logging};
use crate::store::staff::StaffLine;
use crate::store::task::NewTask;

/// How long after it began a contact is still the one at hand, so that its spoken warnings belong to the incident.
const ONE_CONTACT: TimeDelta = TimeDelta::hours(12);

/// What came of logging an incident.
#[derive(Debug)]
pub enum Logged {
    /// It is saved: who was told, and who outside must be.
    Now { manager: Option<String>, must_tell: Vec<Telling> },
    /// This very one was saved before, from this form or from the form opened again.
    Before(IncidentId),
    /// One was saved from this form with other answers, or with the same words a moment ago: it may be this one or another. Nothing was saved.
    Perhaps(Alike),
}

/// How soon the same words again may be the same incident.
const A_MOMENT: TimeDelta = TimeDelta::hours(1);

/// The warnings spoken in the contact at hand, and its ending, that no incident has gathered yet.
pub async fn open_steps(desk: &mut Desk, customer: CustomerId) -> Result<Vec<store::incident::StepLine>> {
    let (staff, since) = (desk.staff()?.id, desk.now - ONE_CONTACT);
    Ok(store::incident::open_steps(&mut desk.tx, customer, staff, since).await?)
}

/// Logs an incident: who decides is told, help asked for is passed on, and whoever outside must be told becomes a task. `is_another` where
/// somebody has looked at one that is like it; `beside` the first incident of an event, where others took part.
pub async fn log(desk: &mut Desk, customer: &Head, report: &Report, is_another: bool, beside: Option<&Place>) -> Result<Logged> {
    let me = desk.staff()?.clone();
    let (version, policy) = desk.policy_for(customer.id).await?;
    let logging = Logging { customer: customer.id, policy: version, by: me.id, at: desk.now };
    match store::incident::alike(&mut desk.tx, report, logging, desk.now - A_MOMENT).await? {
        Some(known) if known.is_same => return Ok(Logged::Before(known.id)),
        Some(known) if !is_another || known.id == report.id => return Ok(Logged::Perhaps(known)),
        _ => {}
    }
    let has_needs = !store::customer::needs(&mut desk.tx, customer.id).await?.is_empty();
    let wants = report.wants(&policy, desk.now, has_needs);
    if !wants.is_empty() {
        return Err(Error::Refused(wants.into_iter().map(|(field, sentence)| Refusal::at(field, sentence)).collect()));
    }
    if !store::incident::add(&mut desk.tx, report, logging).await? {
        return Ok(Logged::Before(report.id));
    }
    let ids: Vec<Uuid> = report.affected.iter().map(|_| desk.new_id()).collect();
    store::incident::add_people(&mut desk.tx, report, &ids).await?;
    store::incident::gather_steps(&mut desk.tx, report.id, logging, desk.now - ONE_CONTACT).await?;
    store::incident::draft::remove(&mut desk.tx, me.id, customer.id).await?;
    let event = Event::IncidentLogged {
        incident: report.id,
        behaviours: report.behaviours.iter().filter_map(|key| policy.behaviour.category(key)).map(|one| one.title.clone()).collect(),
        channel: report.channel.name().to_owned(),
        harm: report.harm != Harm::None,
    };
    desk.record_at(customer.id, event, report.happened_at).await?;
    if let Some(place) = beside {
        together::put(desk, place, report.id, customer.id).await?;
    }
    let people = store::staff::list(&mut desk.tx).await?;
    let decider = ask_to_decide(desk, &policy, customer, report, &people).await?;
    ask_for_help(desk, &policy, customer, report, &people, decider).await?;
    let must_tell = rules::must_tell(&policy, &report.dangers, &report.behaviours, &customer.subject);
    for telling in &must_tell {
        ask_to_tell(desk, customer.id, report.id, telling, decider).await?;
    }
    let manager = decider.and_then(|id| line(&people, id)).map(|line| line.name.clone());
    Ok(Logged::Now { manager, must_tell })
}

/// Gives the incident to whoever decides on it, and writes to them. Nobody of the right post: to everybody who holds one.
async fn ask_to_decide(
    desk: &mut Desk,
    policy: &Policy,
    customer: &Head,
    report: &Report,
    people: &[StaffLine],
) -> Result<Option<StaffId>> {
    let me = desk.staff()?.clone();
    let affected: Vec<StaffId> = report.affected.iter().filter_map(|person| person.staff).collect();
    let history = affected.iter().fold(History::default().with(me.id, Part::Logged), |history, id| {
        history.affecting(*id, line(people, *id).and_then(|line| line.manager_id))
    });
    let history = history.among(&case::placed(people));
    let colleagues: Vec<Colleague> = people.iter().filter(|line| !line.has_left).map(colleague).collect();
    let decider = rules::decider(policy, &colleagues, &affected, me.id, &history);
    let due_on = clock::done_by(policy, Work::Incident, desk.today());
    let task = NewTask {
        kind: TaskKind::Incident,
        customer: customer.id,
        subject: report.id.0,
        staff: decider,
        for_roles: if decider.is_none() { senior_roles(policy) } else { Vec::new() },
        not_for: if decider.is_none() { affected } else { Vec::new() },
        due_on,
        note: Some(format!("Logged by {}, {}", me.name, say::minute_this_year(report.happened_at, desk.today()))),
        whom: None,
    };
    desk.ask(task).await?;
    if let Some(line) = decider.and_then(|id| line(people, id)) {
        let subject = format!("An incident waits for you: ⟦customer⟧ {}", customer.reference);
        let urgent = if report.harm == Harm::None { "" } else { "Somebody was threatened or hurt.\n\n" };
        let body = format!(
            "Dear {}\n\n{urgent}{} has logged an incident with ⟦customer⟧ {}. Please read it and decide what follows by {}.\n\n/incidents/{}\n\n{}\n",
            line.name,
            me.name,
            customer.reference,
            say::weekday(due_on),
            report.id,
            desk.landlord.name,
        );
        desk.write_to(&line.name, &line.email, &format!("incident-waits {}", report.id), &subject, &body).await?;
    }
    Ok(decider)
}

/// Asks whoever the policy names to see how the person who logged it is, by when it says. The mail says no more than that.
async fn ask_for_help(
    desk: &mut Desk,
    policy: &Policy,
    customer: &Head,
    report: &Report,
    people: &[StaffLine],
    decider: Option<StaffId>,
) -> Result<()> {
    let me = desk.staff()?.clone();
    let (words, noted) = match report.help {
        Help::Fine => return Ok(()),
        Help::Today => ("asked for support today", format!("asked for support on {}", say::weekday_this_year(desk.today(), desk.today()))),
        Help::Now => ("needs a break now", format!("needed a break at once on {}", say::minute_this_year(desk.now, desk.today()))),
    };
    let here: Vec<Colleague> = people.iter().filter(|line| !line.has_left).map(colleague).collect();
    let supporter = rules::supporter(policy, &here, me.id, me.manager.or(decider));
    let Some(manager) = supporter.and_then(|id| line(people, id)) else {
        return Ok(());
    };
    let due_on = match report.help {
        Help::Now => desk.today(),
        _ => days::day_of(policy.support.within.over_at(desk.now, desk.calendar()) - TimeDelta::seconds(1)),
    };
    let task = NewTask {
        kind: TaskKind::Support,
        customer: customer.id,
        subject: report.id.0,
        staff: Some(manager.id),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on,
        note: Some(format!("{} {noted}, after {}{}", me.name, contact_of(desk, report), to_the_minute(desk, policy))),
        whom: None,
    };
    desk.ask(task).await?;
    reminder::of_support(desk, report.id, due_on).await?;
    let subject = format!("{} {words}", me.name);
    let body = format!(
        "Dear {}\n\n{subject}, after a contact with ⟦customer⟧ {}. Please see them by {}.\n\n/my-work\n\nOnly you and {} can see this.\n\n{}\n",
        manager.name,
        customer.reference,
        say::weekday(due_on),
        me.name,
        desk.landlord.name,
    );
    desk.write_to(&manager.name, &manager.email, &format!("support {}", report.id), &subject, &body).await
}

/// The contact in a few words, so that two that look alike are told apart: "the call of 20 November, 11:42am".
fn contact_of(desk: &Desk, report: &Report) -> String {
    let what = match Way::of(report.channel) {
        Way::Phone => "the call",
        Way::Visit => "the visit",
        Way::Person => "the meeting",
        Way::Chat => "the chat",
        Way::Writing | Way::Social => "the message",
    };
    format!("{what} of {}", say::minute_this_year(report.happened_at, desk.today()))
}

/// Where the policy counts support in hours: by when, to the minute.
fn to_the_minute(desk: &Desk, policy: &Policy) -> String {
    let within = *policy.support.within;
    match within.unit() {
        Unit::Hours => {
            format!(": by {}, {within} from now", say::minute_this_year(within.over_at(desk.now, desk.calendar()), desk.today()))
        }
        _ => String::new(),
    }
}

fn line(people: &[StaffLine], id: StaffId) -> Option<&StaffLine> {
    people.iter().find(|line| line.id == id)
}

fn colleague(line: &StaffLine) -> Colleague {
    Colleague { person: case::person(line), manager: line.manager_id }
}
