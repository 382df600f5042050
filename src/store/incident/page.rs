//! One incident with everything beside it, in one question.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use super::StepLine;
use crate::rules::id::{CustomerId, IncidentId, PolicyVersionId, RestrictionId, StaffId, WarningId};
use crate::store::Result;
use crate::store::tx::LandlordTx;

/// Somebody who was affected.
#[derive(Clone, Debug, Deserialize)]
pub struct PersonLine {
    /// A key of the policy's kinds of people.
    pub kind: String,
    /// Who, where they work here.
    pub staff: Option<StaffId>,
    /// Their line manager.
    pub manager: Option<StaffId>,
    /// Their name.
    pub name: String,
}

/// Something added beside an incident afterwards.
#[derive(Clone, Debug, Deserialize)]
pub struct NoteLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub name: String,
    /// What.
    pub note: String,
}

/// Somebody outside who was told.
#[derive(Clone, Debug, Deserialize)]
pub struct ToldLine {
    /// "police report", "referral".
    pub what: String,
    /// Whether they were told; otherwise it was decided not to.
    pub done: bool,
    /// The reference, and what was passed on; or why not.
    pub note: String,
    /// By whom.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One incident with everything beside it.
#[derive(Debug)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// The customer.
    pub customer: CustomerId,
    /// The policy it was logged under, which judges it.
    pub policy: PolicyVersionId,
    /// When it began.
    pub happened_at: DateTime<Utc>,
    /// A key of `Channel`.
    pub channel: String,
    /// What the contact was about.
    pub about: String,
    /// Keys of the policy's categories.
    pub behaviours: Vec<String>,
    /// Keys of the policy's effects.
    pub effects: Vec<String>,
    /// What was said and done.
    pub what_happened: String,
    /// A key of `Harm`.
    pub harm: String,
    /// Keys of `Danger`.
    pub dangers: Vec<String>,
    /// The police's reference.
    pub police_reference: Option<String>,
    /// Warnings spoken.
    pub warnings_given: i16,
    /// Why fewer than asked.
    pub fewer_because: Option<String>,
    /// Whether the caller was told why it was ended.
    pub reason_told: Option<bool>,
    /// Why not.
    pub not_told_because: Option<String>,
    /// Whether staff ended the contact.
    pub contact_ended: bool,
    /// Keys of `Done`.
    pub done: Vec<String>,
    /// A key of `Adjusted`, where there were adjustments to make.
    pub adjustments_made: Option<String>,
    /// What made it harder.
    pub made_it_harder: Option<String>,
    /// The customer's side.
    pub customers_side: Option<String>,
    /// A key of `Help`: for the person who logged it and their manager alone.
    pub support: String,
    /// When it was logged.
    pub logged_at: DateTime<Utc>,
    /// Who logged it.
    pub logged_by: StaffId,
    /// Their name.
    pub logged_by_name: String,
    /// Their address.
    pub logged_by_email: String,
    /// Their line manager.
    pub logged_by_manager: Option<StaffId>,
    /// `logged` or `decided`.
    pub stage: String,
    /// A key of `Outcome`.
    pub outcome: Option<String>,
    /// Why.
    pub outcome_reasons: Option<String>,
    /// What was learnt.
    pub lessons: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub decided_by: Option<StaffId>,
    /// By whom.
    pub decided_by_name: Option<String>,
    /// Who was asked to decide, where it is one person.
    pub waits_for: Option<String>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// The warning that followed it.
    pub warning: Option<WarningId>,
    /// The proposal that rests on it.
    pub proposal: Option<RestrictionId>,
    /// For telling whether somebody else changed it.
    pub version: i32,
    /// Who was affected.
    pub people: Json<Vec<PersonLine>>,
    /// What was added afterwards, oldest first.
    pub notes: Json<Vec<NoteLine>>,
    /// The warnings spoken, with their times.
    pub steps: Json<Vec<StepLine>>,
    /// Who outside was told. How a colleague is doing is not among these.
    pub told: Json<Vec<ToldLine>>,
}

/// The incident with this id.
pub async fn find(tx: &mut LandlordTx, id: IncidentId) -> Result<Option<Incident>> {
    Ok(sqlx::query_as!(
        Incident,
        r#"select i.id as "id: IncidentId",
                  i.customer_id as "customer: CustomerId",
                  i.policy_version_id as "policy: PolicyVersionId",
                  i.happened_at, i.channel, i.about, i.behaviours, i.effects, i.what_happened, i.harm, i.dangers, i.police_reference,
                  i.warnings_given, i.fewer_because, i.reason_told, i.not_told_because, i.contact_ended, i.done, i.adjustments_made,
                  i.made_it_harder, i.customers_side, i.support, i.logged_at,
                  i.logged_by as "logged_by: StaffId",
                  l.name as logged_by_name,
                  l.email as logged_by_email,
                  l.manager_id as "logged_by_manager: StaffId",
                  i.stage, i.outcome, i.outcome_reasons, i.lessons, i.decided_at, i.decided_by as "decided_by: StaffId",
                  d.name as "decided_by_name?",
                  a.name as "waits_for?",
                  t.due_on as "due_on?",
                  (select w.id from warning w where w.incident_id = i.id order by w.given_at desc limit 1) as "warning: WarningId",
                  (select r.id
                     from restriction r
                     join restriction_incident ri on ri.restriction_id = r.id
                    where ri.incident_id = i.id
                    order by r.opened_at desc
                    limit 1) as "proposal: RestrictionId",
                  i.version,
                  (select coalesce(json_agg(json_build_object('kind', p.kind, 'staff', p.staff_id, 'manager', s.manager_id, 'name', p.name)
                                            order by p.id), '[]')
                     from incident_person p
                     left join staff s on s.id = p.staff_id
                    where p.incident_id = i.id) as "people!: Json<Vec<PersonLine>>",
                  (select coalesce(json_agg(json_build_object('at', n.at, 'name', s.name, 'note', n.note) order by n.at, n.id), '[]')
                     from incident_note n
                     join staff s on s.id = n.staff_id
                    where n.incident_id = i.id) as "notes!: Json<Vec<NoteLine>>",
                  (select coalesce(json_agg(json_build_object('step', c.step, 'at', c.at) order by c.at, c.step), '[]')
                     from call_step c
                    where c.incident_id = i.id) as "steps!: Json<Vec<StepLine>>",
                  (select coalesce(json_agg(json_build_object('what', e.details ->> 'what', 'done', e.kind = 'task-done',
                                                              'note', coalesce(e.details ->> 'note', e.details ->> 'because'),
                                                              'name', s.name, 'at', e.at) order by e.at, e.id), '[]')
                     from event e
                     join staff s on s.id = e.actor_id
                    where e.subject_id = i.id and e.kind in ('task-done', 'task-left') and e.customer_id is not null) as "told!: Json<Vec<ToldLine>>"
             from incident i
             join staff l on l.id = i.logged_by
             left join staff d on d.id = i.decided_by
             left join lateral (select k.staff_id, k.due_on
                                  from task k
                                 where k.subject_id = i.id and k.kind = 'incident' and k.done_at is null
                                 limit 1) t on true
             left join staff a on a.id = t.staff_id
            where i.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}
