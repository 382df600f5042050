//! What people said on a proposal, and what they read before they said it.

use chrono::{DateTime, NaiveDate, Utc};

use sqlx::types::Json;
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::delegation;
use crate::rules::id::{ApprovalId, CustomerId, PolicyVersionId, RestrictionId, StaffId};
use crate::rules::proposal::Stood;

/// One person's say to be added.
#[derive(Debug)]
pub struct NewApproval<'a> {
    /// Its id.
    pub id: ApprovalId,
    /// The proposal.
    pub restriction: RestrictionId,
    /// The round it was sent in.
    pub round: i16,
    /// The place of the stage, from 0.
    pub stage: i16,
    /// `view`, `approve`, `send-back` or `decline`.
    pub say: &'a str,
    /// The post in which they said it, by its title.
    pub as_role: &'a str,
    /// The key of the post in which they act, or of the body that decided.
    pub as_post: &'a str,
    /// Who says it.
    pub by: StaffId,
    /// Why.
    pub reasons: &'a str,
    /// Where a body decided: the day it met and its minute. Who says it is then the clerk.
    pub meeting: Option<(NaiveDate, &'a str)>,
    /// How the body voted, for and against, where votes were counted.
    pub votes: Option<(i16, i16)>,
    /// What was asked for when it was sent back.
    pub asked_for: &'a [String],
    /// The proposal as it stood when it was sent back.
    pub as_it_stood: Option<&'a Stood>,
}

/// What somebody said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The round it was sent in.
    pub round: i16,
    /// The place of the stage, from 0.
    pub stage: i16,
    /// `view`, `approve`, `send-back` or `decline`.
    pub say: String,
    /// The post in which they said it.
    pub as_role: String,
    /// Who.
    pub by: StaffId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reasons: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The last round in which it stands.
    pub stands_in: i16,
    /// The day a body met, where one decided.
    pub meeting_on: Option<NaiveDate>,
    /// The reference of its minute.
    pub minute: Option<String>,
    /// How many were for it, where votes were counted.
    pub votes_for: Option<i16>,
    /// How many were against it.
    pub votes_against: Option<i16>,
    /// Who sat then.
    pub sat: Vec<StaffId>,
    /// Their names, in the same order.
    pub sat_names: Vec<String>,
    /// What was asked for when it was sent back.
    pub asked_for: Vec<String>,
}

/// Writes down what somebody said. False when they said something at this stage already.
pub async fn add(tx: &mut LandlordTx, new: &NewApproval<'_>, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "insert into approval (id, restriction_id, policy_version_id, round, stage, say, as_role, proposed_by, staff_id, reasons, at,
                               meeting_on, minute, asked_for, as_it_stood, as_post, votes_for, votes_against)
         select $1, r.id, r.policy_version_id, $3, $4, $5, $6, r.proposed_by, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
           from restriction r where r.id = $2
         on conflict (landlord_id, restriction_id, round, stage, staff_id) do nothing",
        new.id.0,
        new.restriction.0,
        new.round,
        new.stage,
        new.say,
        new.as_role,
        new.by.0,
        new.reasons,
        now,
        new.meeting.map(|(on, _)| on),
        new.meeting.map(|(_, minute)| minute),
        new.asked_for,
        new.as_it_stood.map(Json) as _,
        new.as_post,
        new.votes.map(|(in_favour, _)| in_favour),
        new.votes.map(|(_, against)| against),
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Writes down who sat when a body decided.
pub async fn seat(tx: &mut LandlordTx, approval: ApprovalId, sat: &[StaffId]) -> Result<()> {
    let sat: Vec<Uuid> = sat.iter().map(|one| one.0).collect();
    sqlx::query!(
        "insert into approval_seat (approval_id, proposed_by, staff_id)
         select a.id, a.proposed_by, s.id from approval a cross join unnest($2::uuid[]) as s (id) where a.id = $1",
        approval.0,
        &sat,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// How a proposal stood when it was last sent back, in this round.
pub async fn last_sent_back(tx: &mut LandlordTx, restriction: RestrictionId, round: i16) -> Result<Option<Stood>> {
    let kept = sqlx::query_scalar!(
        r#"select as_it_stood as "stood!: Json<Stood>"
             from approval
            where restriction_id = $1 and round = $2 and say = 'send-back'
            order by at desc
            limit 1"#,
        restriction.0,
        round,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(kept.map(|Json(stood)| stood))
}

/// Lets the views and approvals of one round stand in the next.
pub async fn carry_over(tx: &mut LandlordTx, restriction: RestrictionId, round: i16) -> Result<()> {
    sqlx::query!(
        "insert into approval_carried (approval_id, round)
         select a.id, $2::smallint + 1::smallint
           from approval a
          where a.restriction_id = $1
            and a.say in ('view', 'approve')
            and (a.round = $2 or exists (select from approval_carried k where k.approval_id = a.id and k.round = $2))",
        restriction.0,
        round,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Everything said on a proposal, in order.
pub async fn list(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Vec<Said>> {
    Ok(sqlx::query_as!(
        Said,
        r#"select a.round, a.stage, a.say, a.as_role, a.staff_id as "by: StaffId", s.name, a.reasons, a.at,
                  coalesce((select max(k.round) from approval_carried k where k.approval_id = a.id), a.round) as "stands_in!",
                  a.meeting_on, a.minute, a.votes_for, a.votes_against, a.asked_for,
                  array(select m.staff_id from approval_seat m join staff p on p.id = m.staff_id
                         where m.approval_id = a.id order by p.name, p.id) as "sat!: Vec<StaffId>",
                  array(select p.name from approval_seat m join staff p on p.id = m.staff_id
                         where m.approval_id = a.id order by p.name, p.id) as "sat_names!"
             from approval a
             join staff s on s.id = a.staff_id
            where a.restriction_id = $1
            order by a.at, a.id"#,
        restriction.0,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// How many contacts each week brought, from a day on; a week is named by its Monday in London. Quiet weeks are left out.
pub async fn contacts_by_week(tx: &mut LandlordTx, customer: CustomerId, from: DateTime<Utc>) -> Result<Vec<(NaiveDate, i64)>> {
    let rows = sqlx::query!(
        r#"select date_trunc('week', at at time zone 'Europe/London')::date as "week!", count(*) as "contacts!"
             from contact
            where customer_id = $1 and at >= $2
            group by 1
            order by 1"#,
        customer.0,
        from,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.week, row.contacts)).collect())
}

/// A proposal that waits for a decision.
#[derive(Clone, Debug)]
pub struct WaitingLine {
    /// Its id.
    pub id: RestrictionId,
    /// The version of the policy that judges it.
    pub policy: PolicyVersionId,
    /// Whom it is about.
    pub customer: String,
    /// Their reference.
    pub reference: String,
    /// Who asked for it.
    pub proposed_by: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// The steps that were left out, as they are kept.
    pub skipped_step: Option<String>,
    /// The last day asked for.
    pub ends_on: Option<NaiveDate>,
    /// The kinds of its terms.
    pub measures: Vec<String>,
    /// How far its terms say that it reaches, as a key.
    pub reach: Option<String>,
    /// The kinds of behaviour it answers.
    pub behaviours: Vec<String>,
    /// The stages at which somebody gave a view or approved, one for each who did.
    pub said_stages: Vec<i16>,
    /// Who did, in the same order.
    pub said_by: Vec<StaffId>,
    /// The nearest day of its open tasks.
    pub due_on: Option<NaiveDate>,
    /// Whether one of them is this person's.
    pub is_mine: bool,
}

/// Proposals that wait for a decision: this person's first, then by their day.
pub async fn waiting(tx: &mut LandlordTx, staff: StaffId, today: NaiveDate) -> Result<Vec<WaitingLine>> {
    Ok(sqlx::query_as!(
        WaitingLine,
        r#"select r.id as "id: RestrictionId",
                  r.policy_version_id as "policy: PolicyVersionId",
                  c.given || ' ' || c.family as "customer!",
                  c.ref as reference,
                  p.name as proposed_by,
                  r.sent_at as "sent_at!",
                  r.skipped_step,
                  r.ends_on,
                  array(select distinct t.measure from term t where t.restriction_id = r.id and t.until is null) as "measures!",
                  (select t.details ->> 'reach' from term t where t.restriction_id = r.id and t.until is null and t.kind = 'scope') as reach,
                  array(select distinct b.key
                          from restriction_incident ri
                          join incident i on i.id = ri.incident_id
                         cross join lateral unnest(i.behaviours) as b (key)
                         where ri.restriction_id = r.id) as "behaviours!",
                  said.stages as "said_stages!",
                  said.by as "said_by!: Vec<StaffId>",
                  w.due_on,
                  coalesce(w.is_mine, false) as "is_mine!"
             from restriction r
             join customer c on c.id = r.customer_id
             join staff p on p.id = coalesce((select h.to_id from proposal_handover h where h.restriction_id = r.id order by h.at desc, h.id desc limit 1), r.proposed_by)
            cross join lateral (
                  select coalesce(array_agg(a.stage order by a.at, a.id), '{}') as stages, coalesce(array_agg(a.staff_id order by a.at, a.id), '{}') as by
                    from approval a
                   where a.restriction_id = r.id
                     and a.say in ('view', 'approve')
                     and (a.round = r.round or exists (select from approval_carried k where k.approval_id = a.id and k.round = r.round))) said
             left join lateral (
                  select min(t.due_on) as due_on,
                         bool_or(waits_for(t, s.id, s.roles, $2, $3)) as is_mine
                    from task t
                    join staff s on s.id = $1
                   where t.subject_id = r.id and t.done_at is null and t.kind in ('approval', 'view')) w on true
            where r.stage = 'awaiting-approval'
            order by coalesce(w.is_mine, false) desc, w.due_on, r.sent_at, r.id"#,
        staff.0,
        today,
        &delegation::goes_over(),
    )
    .fetch_all(tx.connection())
    .await?)
}
