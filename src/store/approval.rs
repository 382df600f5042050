//! What people said on a proposal, and what they read before they said it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{ApprovalId, CustomerId, PolicyVersionId, RestrictionId, StaffId};

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
    /// Who proposed it: never the same person.
    pub proposed_by: StaffId,
    /// Who says it.
    pub by: StaffId,
    /// Why.
    pub reasons: &'a str,
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
}

/// Writes down what somebody said. False when they said something at this stage already.
pub async fn add(tx: &mut LandlordTx, new: &NewApproval<'_>, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "insert into approval (id, restriction_id, policy_version_id, round, stage, say, as_role, proposed_by, staff_id, reasons, at)
         select $1, r.id, r.policy_version_id, $3, $4, $5, $6, $7, $8, $9, $10 from restriction r where r.id = $2
         on conflict (landlord_id, restriction_id, round, stage, staff_id) do nothing",
        new.id.0,
        new.restriction.0,
        new.round,
        new.stage,
        new.say,
        new.as_role,
        new.proposed_by.0,
        new.by.0,
        new.reasons,
        now,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Everything said on a proposal, in order.
pub async fn list(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Vec<Said>> {
    Ok(sqlx::query_as!(
        Said,
        r#"select a.round, a.stage, a.say, a.as_role, a.staff_id as "by: StaffId", s.name, a.reasons, a.at
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
    /// A step was left out.
    pub skipped: bool,
    /// The last day asked for.
    pub ends_on: Option<NaiveDate>,
    /// The kinds of its terms.
    pub measures: Vec<String>,
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
pub async fn waiting(tx: &mut LandlordTx, staff: StaffId, roles: &[String]) -> Result<Vec<WaitingLine>> {
    Ok(sqlx::query_as!(
        WaitingLine,
        r#"select r.id as "id: RestrictionId",
                  r.policy_version_id as "policy: PolicyVersionId",
                  c.given || ' ' || c.family as "customer!",
                  c.ref as reference,
                  p.name as proposed_by,
                  r.sent_at as "sent_at!",
                  r.skipped_step is not null as "skipped!",
                  r.ends_on,
                  array(select distinct t.kind from term t where t.restriction_id = r.id and t.until is null) as "measures!",
                  array(select a.stage from approval a
                         where a.restriction_id = r.id and a.round = r.round and a.say in ('view', 'approve') order by a.at, a.id) as "said_stages!",
                  array(select a.staff_id from approval a
                         where a.restriction_id = r.id and a.round = r.round and a.say in ('view', 'approve') order by a.at, a.id) as "said_by!: Vec<StaffId>",
                  w.due_on,
                  coalesce(w.is_mine, false) as "is_mine!"
             from restriction r
             join customer c on c.id = r.customer_id
             join staff p on p.id = r.proposed_by
             left join lateral (
                  select min(t.due_on) as due_on,
                         bool_or((t.staff_id = $1 or t.for_roles && $2) and not $1 = any (t.not_for)) as is_mine
                    from task t
                   where t.subject_id = r.id and t.done_at is null and t.kind in ('approval', 'view')) w on true
            where r.stage = 'awaiting-approval'
            order by coalesce(w.is_mine, false) desc, w.due_on, r.sent_at, r.id"#,
        staff.0,
        roles,
    )
    .fetch_all(tx.connection())
    .await?)
}
