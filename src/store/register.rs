//! The register as a meeting looks at it, and the meetings that did.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, EventId, PolicyVersionId, RestrictionId, ReviewId, StaffId};
use crate::rules::register::Minuted;

/// One restriction in force, as the meeting sees it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The restriction.
    pub restriction: RestrictionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The customer's given names.
    pub given: String,
    /// Their family name.
    pub family: String,
    /// Since when it is in force.
    pub since: Option<DateTime<Utc>>,
    /// Its last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// Whether it is applied today: not over, and not waiting for an appeal.
    pub is_applied: bool,
    /// Whether it waits: for an appeal, or to be decided again.
    pub is_suspended: bool,
    /// Whether an appeal sent the decision back, and it is to be made again.
    pub is_sent_back: bool,
    /// Its own next review.
    pub review: Option<ReviewId>,
    /// The day of that.
    pub review_on: Option<NaiveDate>,
    /// Whether an appeal waits for its answer.
    pub under_appeal: bool,
}

/// Every restriction in force, those whose own review is soonest first: also one that is over and not looked at yet, but none that lapsed.
pub async fn in_force(tx: &mut LandlordTx, today: NaiveDate) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select r.id as "restriction: RestrictionId", r.customer_id as "customer: CustomerId", c.given, c.family,
                  r.in_force_at as since, f.last_day as ends_on, f.is_applied as "is_applied!", f.is_suspended as "is_suspended!",
                  exists (select from review v where v.id = f.review_id and v.sent_back_by is not null) as "is_sent_back!",
                  f.review_id as "review: ReviewId", f.review_due as review_on,
                  exists (select from appeal a where a.restriction_id = r.id and a.stage = 'received') as "under_appeal!"
             from in_force_on($1) f
             join restriction r on r.id = f.restriction_id
             join customer c on c.id = r.customer_id
            where not f.has_lapsed
            order by f.review_due, r.id"#,
        today,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// A meeting that was held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The key of its tier.
    pub tier: String,
    /// What the landlord called it.
    pub title: String,
    /// The day it was due.
    pub due_on: NaiveDate,
    /// The day it was held.
    pub held_on: NaiveDate,
    /// The reference of its minute.
    pub minute: String,
    /// What was noted.
    pub noted: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// Who sat, by name.
    pub sat: Vec<String>,
    /// How many restrictions it looked at.
    pub looked_at: i64,
    /// Of these, how many are to be looked at early.
    pub early: i64,
    /// And how many it proposed to end.
    pub ending: i64,
}

/// The newest meetings, whichever tier they were of.
pub async fn held(tx: &mut LandlordTx, most: i64) -> Result<Vec<Held>> {
    Ok(sqlx::query_as!(
        Held,
        r#"select m.tier, m.title, m.due_on, m.held_on, m.minute, m.noted, s.name as recorded_by,
                  array(select p.name from register_meeting_seat t join staff p on p.id = t.staff_id
                         where t.meeting_id = m.id order by p.name, p.id) as "sat!",
                  k.looked_at as "looked_at!", k.early as "early!", k.ending as "ending!"
             from register_meeting m
             cross join lateral (select count(*) as looked_at, count(*) filter (where c.outcome = 'look-early') as early,
                                        count(*) filter (where c.outcome = 'end-proposed') as ending
                                   from register_meeting_case c where c.meeting_id = m.id) k
             join staff s on s.id = m.recorded_by
            order by m.held_on desc, m.recorded_at desc, m.id
            limit $1"#,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// The last day recorded for each tier, and the day since which this version of the policy is in force.
pub async fn last_of(tx: &mut LandlordTx) -> Result<Vec<(String, NaiveDate)>> {
    let last =
        sqlx::query!(r#"select tier, max(due_on) as "due_on!" from register_meeting group by tier"#).fetch_all(tx.connection()).await?;
    Ok(last.into_iter().map(|line| (line.tier, line.due_on)).collect())
}

/// A meeting to be recorded.
#[derive(Debug)]
pub struct NewMeeting<'a> {
    /// Its id.
    pub id: Uuid,
    /// The version of the policy that asks for it.
    pub policy: PolicyVersionId,
    /// The key of its tier.
    pub tier: &'a str,
    /// What the landlord calls it.
    pub title: &'a str,
    /// The day it was due.
    pub due_on: NaiveDate,
    /// The day it was held.
    pub held_on: NaiveDate,
    /// The reference of its minute.
    pub minute: &'a str,
    /// What was noted.
    pub noted: &'a str,
    /// Who recorded it.
    pub by: StaffId,
    /// Who sat.
    pub sat: &'a [StaffId],
    /// What it looked at, and what it minuted of each.
    pub cases: &'a [Minuted],
}

/// Records a meeting. False when this day of this tier was recorded before.
pub async fn add(tx: &mut LandlordTx, new: &NewMeeting<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into register_meeting (id, policy_version_id, tier, title, due_on, held_on, minute, noted, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (landlord_id, tier, due_on) do nothing",
        new.id,
        new.policy.0,
        new.tier,
        new.title,
        new.due_on,
        new.held_on,
        new.minute,
        new.noted,
        new.by.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    let sat: Vec<Uuid> = new.sat.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into register_meeting_seat (meeting_id, staff_id) select $1, s.id from unnest($2::uuid[]) as s (id)",
        new.id,
        &sat
    )
    .execute(tx.connection())
    .await?;
    let cases: Vec<Uuid> = new.cases.iter().map(|one| one.restriction.0).collect();
    let outcomes: Vec<Option<String>> = new.cases.iter().map(|one| one.outcome.map(|outcome| outcome.key().to_owned())).collect();
    let notes: Vec<Option<String>> = new.cases.iter().map(|one| one.note.clone()).collect();
    sqlx::query!(
        "insert into register_meeting_case (meeting_id, restriction_id, outcome, note)
         select $1, r.id, r.outcome, r.note from unnest($2::uuid[], $3::text[], $4::text[]) as r (id, outcome, note)",
        new.id,
        &cases,
        &outcomes as &[Option<String>],
        &notes as &[Option<String>],
    )
    .execute(tx.connection())
    .await?;
    Ok(true)
}

/// Appends the same happening to the history of many customers at once.
pub async fn tell(tx: &mut LandlordTx, actor: StaffId, events: &[(EventId, CustomerId, Event)], at: DateTime<Utc>) -> Result<()> {
    let ids: Vec<Uuid> = events.iter().map(|(id, _, _)| id.0).collect();
    let customers: Vec<Uuid> = events.iter().map(|(_, customer, _)| customer.0).collect();
    let subjects: Vec<Uuid> = events.iter().map(|(_, _, event)| event.subject()).collect();
    let kinds: Vec<String> = events.iter().map(|(_, _, event)| event.kind()).collect();
    let details: Vec<Value> = events.iter().map(|(_, _, event)| serde_json::to_value(event).unwrap_or_default()).collect();
    sqlx::query!(
        "insert into event (id, at, actor_id, customer_id, subject_id, kind, details)
         select e.id, $1, $2, e.customer_id, e.subject_id, e.kind, e.details
           from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::jsonb[]) as e (id, customer_id, subject_id, kind, details)",
        at,
        actor.0,
        &ids,
        &customers,
        &subjects,
        &kinds,
        &details,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
