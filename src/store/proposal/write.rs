//! Beginning a proposal, keeping what is filled in, and sending it.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::rules::id::{CustomerId, IncidentId, PolicyVersionId, RestrictionId, StaffId};
use crate::rules::measure::OneOpenChannel;
use crate::rules::proposal::{AccountHow, Assessment, Draft};
use crate::store::Result;
use crate::store::tx::LandlordTx;

/// A proposal to begin.
#[derive(Debug)]
pub struct NewProposal<'a> {
    /// Its id.
    pub id: RestrictionId,
    /// Whose contact it is about.
    pub customer: CustomerId,
    /// The policy it is made under.
    pub policy: PolicyVersionId,
    /// Who proposes.
    pub by: StaffId,
    /// The incident it starts from.
    pub incident: Option<IncidentId>,
    /// The steps left out, and why.
    pub skipped: Option<(&'a str, &'a str)>,
}

/// Begins a proposal with its assessment. False when this very one was begun before.
pub async fn add(tx: &mut LandlordTx, new: &NewProposal<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query_scalar!(
        r#"with begun as (
             insert into restriction (id, customer_id, policy_version_id, stage, proposed_by, opened_at, skipped_step, skipped_because)
             values ($1, $2, $3, 'draft', $4, $5, $6, $7)
             on conflict (landlord_id, id) do nothing
             returning id),
           assessed as (
             insert into assessment (restriction_id, changed_at, changed_by) select b.id, $5, $4 from begun b),
           rested as (
             insert into restriction_incident (restriction_id, incident_id)
             select b.id, i.id from begun b join incident i on i.id = $8 and i.customer_id = $2)
           select count(*) as "count!" from begun"#,
        new.id.0,
        new.customer.0,
        new.policy.0,
        new.by.0,
        now,
        new.skipped.map(|(step, _)| step),
        new.skipped.map(|(_, because)| because),
        new.incident.map(|incident| incident.0),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(added == 1)
}

/// Somebody who goes on with a proposal in place of another.
#[derive(Debug)]
pub struct Handover<'a> {
    /// Its id.
    pub id: Uuid,
    /// The proposal.
    pub restriction: RestrictionId,
    /// The version that was read.
    pub version: i32,
    /// Who proposed it until now.
    pub from: StaffId,
    /// Who proposes it from now on.
    pub to: StaffId,
    /// Why.
    pub because: &'a str,
}

/// Writes down that somebody goes on with a proposal that is being written, and passes on its task. False when it stands otherwise by now.
pub async fn hand_over(tx: &mut LandlordTx, new: &Handover<'_>, now: DateTime<Utc>) -> Result<bool> {
    let taken = sqlx::query!(
        "update restriction set version = version + 1 where id = $1 and version = $2 and stage in ('draft', 'sent-back')",
        new.restriction.0,
        new.version,
    )
    .execute(tx.connection())
    .await?;
    if taken.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "insert into proposal_handover (id, restriction_id, from_id, to_id, because, at) values ($1, $2, $3, $4, $5, $6)",
        new.id,
        new.restriction.0,
        new.from.0,
        new.to.0,
        new.because,
        now,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "update task set staff_id = $2, version = version + 1 where subject_id = $1 and kind = 'sent-back' and done_at is null",
        new.restriction.0,
        new.to.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(true)
}

/// The proposal about a customer that is being written, waits or came back. The customer's row is held, so that two cannot begin at once.
pub async fn open_of(tx: &mut LandlordTx, customer: CustomerId) -> Result<Option<RestrictionId>> {
    sqlx::query!("select id from customer where id = $1 for update", customer.0).fetch_optional(tx.connection()).await?;
    Ok(sqlx::query_scalar!(
        r#"select id as "id: RestrictionId"
             from restriction
            where customer_id = $1 and stage in ('draft', 'awaiting-approval', 'sent-back')
            order by opened_at desc
            limit 1"#,
        customer.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Facts about safety in some incidents of a customer; in all of them where none is named.
pub async fn dangers(tx: &mut LandlordTx, customer: CustomerId, incidents: &[Uuid]) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        r#"select distinct d.danger as "danger!"
             from incident i
            cross join lateral unnest(i.dangers) as d (danger)
            where i.customer_id = $1 and (cardinality($2::uuid[]) = 0 or i.id = any ($2))
            order by 1"#,
        customer.0,
        incidents,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Saves what was filled in. False when it was changed since it was read, or is no longer being written.
pub async fn save(tx: &mut LandlordTx, id: RestrictionId, version: i32, draft: &Draft) -> Result<bool> {
    let saved = sqlx::query!(
        "update restriction
            set grounds = nullif($3, ''), review_on = $4, ends_on = $5, permanent = $6, version = version + 1
          where id = $1 and version = $2 and stage in ('draft', 'sent-back')",
        id.0,
        version,
        draft.grounds,
        draft.review_on,
        draft.ends_on,
        draft.permanent,
    )
    .execute(tx.connection())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Saves the assessment as it stands.
pub async fn save_assessment(tx: &mut LandlordTx, id: RestrictionId, written: &Assessment, by: StaffId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update assessment
            set thresholds = $2, answers = $3,
                level_of_contact = nullif($4, ''), language = nullif($5, ''), alternatives = nullif($6, ''),
                account_how = $7, account = nullif($8, ''),
                needs = nullif($9, ''), circumstances = nullif($10, ''), staff_needs = nullif($11, ''),
                proportionality = nullif($12, ''), equality = nullif($13, ''), clash_because = nullif($14, ''),
                changed_at = $15, changed_by = $16
          where restriction_id = $1",
        id.0,
        Json(&written.thresholds) as _,
        Json(&written.answers) as _,
        written.level_of_contact,
        written.language,
        written.alternatives,
        written.account_how.map(AccountHow::key),
        written.account,
        written.needs,
        written.circumstances,
        written.staff_needs,
        written.proportionality,
        written.equality,
        written.clash_because,
        now,
        by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Chooses the incidents it rests on, among the customer's own.
pub async fn choose_incidents(tx: &mut LandlordTx, id: RestrictionId, incidents: &[IncidentId]) -> Result<()> {
    let chosen: Vec<Uuid> = incidents.iter().map(|incident| incident.0).collect();
    sqlx::query!("delete from restriction_incident where restriction_id = $1 and not incident_id = any ($2)", id.0, &chosen)
        .execute(tx.connection())
        .await?;
    sqlx::query!(
        "insert into restriction_incident (restriction_id, incident_id)
         select r.id, i.id
           from restriction r
           join incident i on i.customer_id = r.customer_id
          where r.id = $1 and i.id = any ($2)
         on conflict do nothing",
        id.0,
        &chosen,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes away every term of a draft. The database refuses it once the proposal is sent.
pub async fn clear_terms(tx: &mut LandlordTx, id: RestrictionId) -> Result<()> {
    sqlx::query!("delete from term where restriction_id = $1", id.0).execute(tx.connection()).await?;
    Ok(())
}

/// What the database holds a bundle against, from the moment it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Doors<'a> {
    /// Purposes that no term may close.
    pub always_open: &'a [String],
    /// The channels a customer can begin a contact on, here.
    pub ways: &'a [String],
    /// How firmly a way to us is kept.
    pub one_open: OneOpenChannel,
    /// Why none is, where somebody senior may decide that; empty otherwise.
    pub no_route_because: &'a str,
}

/// Sends it for approval, one round further. False when it was changed since it was read, or is no longer being written.
pub async fn send(tx: &mut LandlordTx, id: RestrictionId, version: i32, doors: &Doors<'_>, now: DateTime<Utc>) -> Result<bool> {
    let sent = sqlx::query!(
        "update restriction
            set stage = 'awaiting-approval', round = round + 1, sent_at = $4, always_open = $3, one_open_channel = $5,
                no_route_because = nullif($6, ''), ways = $7, version = version + 1
          where id = $1 and version = $2 and stage in ('draft', 'sent-back')",
        id.0,
        version,
        doors.always_open,
        now,
        doors.one_open.key(),
        doors.no_route_because,
        doors.ways,
    )
    .execute(tx.connection())
    .await?;
    // Asked now and not at commit, so that a refusal can be said beside the form; what follows in this transaction is asked at commit.
    sqlx::query!("set constraints restriction_keeps_a_door_open, term_keeps_a_door_open immediate").execute(tx.connection()).await?;
    sqlx::query!("set constraints restriction_keeps_a_door_open, term_keeps_a_door_open deferred").execute(tx.connection()).await?;
    Ok(sent.rows_affected() == 1)
}
