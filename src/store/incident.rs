//! Incidents: as they were logged, what was added beside them, and what was decided.

pub mod draft;
mod page;
pub mod together;

pub use page::{Incident, NoteLine, PersonLine, ToldLine, find};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, IncidentId, PolicyVersionId, StaffId};
use crate::rules::incident::{Outcome, Report};

/// Who logs an incident, with whom, when, under which policy.
#[derive(Clone, Copy, Debug)]
pub struct Logging {
    /// The customer.
    pub customer: CustomerId,
    /// The policy in force.
    pub policy: PolicyVersionId,
    /// Who logs it.
    pub by: StaffId,
    /// Now.
    pub at: DateTime<Utc>,
}

/// Adds an incident. False when this very one was added before.
pub async fn add(tx: &mut LandlordTx, new: &Report, logging: Logging) -> Result<bool> {
    let dangers: Vec<String> = new.dangers.iter().map(|danger| danger.key().to_owned()).collect();
    let done: Vec<String> = new.done.iter().map(|done| done.key().to_owned()).collect();
    let added = sqlx::query!(
        "insert into incident (id, customer_id, policy_version_id, happened_at, channel, about, behaviours, effects, what_happened,
                               harm, dangers, police_reference, warnings_given, fewer_because, reason_told, not_told_because,
                               contact_ended, done, adjustments_made, made_it_harder, customers_side, support, logged_at, logged_by, stage)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 'logged')
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        logging.customer.0,
        logging.policy.0,
        new.happened_at,
        new.channel.key(),
        new.about,
        &new.behaviours,
        &new.effects,
        new.what,
        new.harm.key(),
        &dangers,
        new.police_reference,
        i16::from(new.warnings),
        new.fewer_because,
        new.reason_told,
        new.not_told_because,
        new.ended,
        &done,
        new.adjusted.map(|adjusted| adjusted.key()),
        new.made_it_harder,
        new.customers_side,
        new.help.key(),
        logging.at,
        logging.by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// An incident that may be this one: saved by the same person from the same form, or with the same words since then.
#[derive(Clone, Copy, Debug)]
pub struct Alike {
    /// Its id.
    pub id: IncidentId,
    /// When it was logged.
    pub logged_at: DateTime<Utc>,
    /// Nothing that was typed differs.
    pub is_same: bool,
}

/// The incident most like this one among what `logging.by` logged from this very form, or with these words about this customer since.
pub async fn alike(tx: &mut LandlordTx, new: &Report, logging: Logging, since: DateTime<Utc>) -> Result<Option<Alike>> {
    let dangers: Vec<String> = new.dangers.iter().map(|danger| danger.key().to_owned()).collect();
    Ok(sqlx::query_as!(
        Alike,
        r#"select i.id as "id: IncidentId", i.logged_at, d.is_same as "is_same!"
             from incident i
            cross join lateral (
                  select i.customer_id = $3 and i.what_happened = $5 and i.happened_at = $6 and i.channel = $7 and i.about = $8
                     and i.behaviours = $9 and i.effects = $10 and i.harm = $11 and i.dangers = $12 and i.support = $13
                     and i.customers_side is not distinct from $14 and i.made_it_harder is not distinct from $15
                     and i.police_reference is not distinct from $16 as is_same) d
            where i.logged_by = $1 and (i.id = $2 or i.customer_id = $3 and i.logged_at >= $4 and i.what_happened = $5)
            order by d.is_same desc, i.id = $2 desc, i.logged_at desc
            limit 1"#,
        logging.by.0,
        new.id.0,
        logging.customer.0,
        since,
        new.what,
        new.happened_at,
        new.channel.key(),
        new.about,
        &new.behaviours,
        &new.effects,
        new.harm.key(),
        &dangers,
        new.help.key(),
        new.customers_side,
        new.made_it_harder,
        new.police_reference,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Adds who was affected, with an id for each.
pub async fn add_people(tx: &mut LandlordTx, incident: &Report, ids: &[Uuid]) -> Result<()> {
    let kinds: Vec<String> = incident.affected.iter().map(|person| person.kind.clone()).collect();
    let staff: Vec<Option<Uuid>> = incident.affected.iter().map(|person| person.staff.map(|id| id.0)).collect();
    let names: Vec<String> = incident.affected.iter().map(|person| person.name.clone()).collect();
    sqlx::query!(
        "insert into incident_person (id, incident_id, kind, staff_id, name)
         select p.id, $1, p.kind, p.staff_id, p.name
           from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[]) as p (id, kind, staff_id, name)",
        incident.id.0,
        ids,
        &kinds,
        &staff as &[Option<Uuid>],
        &names,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A warning spoken during the contact at hand, or the ending of it.
#[derive(Clone, Debug, Deserialize)]
pub struct StepLine {
    /// 1, 2, … for warnings; 0 for the ending.
    pub step: i16,
    /// When.
    pub at: DateTime<Utc>,
}

/// What somebody has done in a contact with a customer since an hour, and no incident has gathered yet.
pub async fn open_steps(tx: &mut LandlordTx, customer: CustomerId, staff: StaffId, since: DateTime<Utc>) -> Result<Vec<StepLine>> {
    Ok(sqlx::query_as!(
        StepLine,
        "select step, at
           from call_step
          where customer_id = $1 and staff_id = $2 and at >= $3 and undone_at is null and incident_id is null
          order by at, step",
        customer.0,
        staff.0,
        since,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Gathers these steps under an incident.
pub async fn gather_steps(tx: &mut LandlordTx, incident: IncidentId, logging: Logging, since: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update call_step
            set incident_id = $1
          where customer_id = $2 and staff_id = $3 and at >= $4 and undone_at is null and incident_id is null",
        incident.0,
        logging.customer.0,
        logging.by.0,
        since,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// One line of the list of incidents.
#[derive(Debug)]
pub struct IncidentLine {
    /// Its id.
    pub id: IncidentId,
    /// When it began.
    pub happened_at: DateTime<Utc>,
    /// A key of `Channel`.
    pub channel: String,
    /// Keys of the policy's categories.
    pub behaviours: Vec<String>,
    /// What was said and done.
    pub what_happened: String,
    /// The customer's name.
    pub customer: String,
    /// Who logged it.
    pub logged_by_name: String,
    /// `logged` or `decided`.
    pub stage: String,
    /// A key of `Outcome`.
    pub outcome: Option<String>,
}

/// What of the list is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Only those this person logged or was affected by.
    pub of: Option<StaffId>,
    /// Only this stage.
    pub stage: Option<&'a str>,
    /// Those logged before this one.
    pub before: Option<IncidentId>,
    /// At most so many.
    pub most: i64,
}

/// Incidents, the last one logged first.
pub async fn list(tx: &mut LandlordTx, wanted: Wanted<'_>) -> Result<Vec<IncidentLine>> {
    Ok(sqlx::query_as!(
        IncidentLine,
        r#"select i.id as "id: IncidentId",
                  i.happened_at, i.channel, i.behaviours, i.what_happened,
                  trim(concat_ws(' ', c.given, c.family)) as "customer!",
                  s.name as logged_by_name,
                  i.stage, i.outcome
             from incident i
             join customer c on c.id = i.customer_id
             join staff s on s.id = i.logged_by
            where ($1::uuid is null or i.logged_by = $1
                   or exists (select from incident_person p where p.incident_id = i.id and p.staff_id = $1))
              and ($2::text is null or i.stage = $2)
              and ($3::uuid is null or (i.logged_at, i.id) < (select b.logged_at, b.id from incident b where b.id = $3))
            order by i.logged_at desc, i.id desc
            limit $4"#,
        wanted.of.map(|id| id.0),
        wanted.stage,
        wanted.before.map(|id| id.0),
        wanted.most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Adds a note beside an incident. False when this very one was added before.
pub async fn add_note(tx: &mut LandlordTx, id: Uuid, incident: IncidentId, by: StaffId, note: &str, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into incident_note (id, incident_id, at, staff_id, note)
         values ($1, $2, $3, $4, $5)
         on conflict (landlord_id, id) do nothing",
        id,
        incident.0,
        now,
        by.0,
        note,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// What was decided on an incident, by whom and why.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// What follows.
    pub outcome: Outcome,
    /// Why.
    pub reasons: &'a str,
    /// What was learnt, where something was.
    pub lessons: Option<&'a str>,
    /// Who decided.
    pub by: StaffId,
}

/// Decides an incident as it was read. False when it is decided already or was changed since.
pub async fn decide(tx: &mut LandlordTx, id: IncidentId, version: i32, decided: Decided<'_>, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update incident
            set stage = 'decided', outcome = $3, outcome_reasons = $4, decided_by = $5, decided_at = $6, lessons = $7,
                version = version + 1
          where id = $1 and version = $2 and stage = 'logged'",
        id.0,
        version,
        decided.outcome.key(),
        decided.reasons,
        decided.by.0,
        now,
        decided.lessons,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What was learnt from one incident, with nothing of whose it was.
#[derive(Debug)]
pub struct Lesson {
    /// The incident.
    pub incident: IncidentId,
    /// In the words of whoever decided on it.
    pub lessons: String,
    /// Keys of its kinds of behaviour.
    pub behaviours: Vec<String>,
    /// The version of the policy that names them.
    pub policy: PolicyVersionId,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// By whom.
    pub decided_by: String,
}

/// What was learnt from incidents decided since, the newest first.
pub async fn lessons(tx: &mut LandlordTx, since: DateTime<Utc>, most: i64) -> Result<Vec<Lesson>> {
    Ok(sqlx::query_as!(
        Lesson,
        r#"select i.id as "incident: IncidentId", i.lessons as "lessons!", i.behaviours, i.policy_version_id as "policy: PolicyVersionId",
                  i.decided_at as "decided_at!", s.name as decided_by
             from incident i
             join staff s on s.id = i.decided_by
            where i.lessons is not null
              and i.decided_at >= $1
            order by i.decided_at desc, i.id
            limit $2"#,
        since,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// The policy and the kinds of behaviour of a customer's newest incident that something may still follow from.
pub async fn newest_open(tx: &mut LandlordTx, customer: CustomerId) -> Result<Option<(PolicyVersionId, Vec<String>)>> {
    let row = sqlx::query!(
        r#"select policy_version_id as "policy: PolicyVersionId", behaviours
             from incident
            where customer_id = $1 and outcome is distinct from 'no-action'
            order by happened_at desc, logged_at desc, id
            limit 1"#,
        customer.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| (row.policy, row.behaviours)))
}
