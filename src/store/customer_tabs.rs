//! The tabs of a customer's record: what each counts, and plain lists of what is on it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, IncidentId, LetterId, RestrictionId, WarningId};

/// What stands beside every tab.
#[derive(Debug)]
pub struct Side {
    /// Incidents logged.
    pub incidents: i64,
    /// Decisions that limit contact: proposed, in force or over.
    pub restrictions: i64,
    /// Letters made.
    pub letters: i64,
    /// Work still open, the first due first.
    pub tasks: Vec<Task>,
}

/// Something still to be done for this customer.
#[derive(Debug, Deserialize)]
pub struct Task {
    /// A key of `rules::task::TaskKind`.
    pub kind: String,
    /// The last day.
    pub due_on: NaiveDate,
    /// The one person it is for, if it is for one.
    pub who: Option<String>,
    /// The posts whose holders may do it.
    pub for_roles: Vec<String>,
}

/// The counts and the open work of a customer.
pub async fn side(tx: &mut LandlordTx, customer: CustomerId) -> Result<Side> {
    let row = sqlx::query!(
        r#"select (select count(*) from incident where customer_id = $1) as "incidents!",
                  (select count(*) from restriction where customer_id = $1) as "restrictions!",
                  (select count(*) from letter where customer_id = $1) as "letters!",
                  (select json_agg(json_build_object('kind', t.kind, 'due_on', t.due_on, 'who', t.name, 'for_roles', t.for_roles)
                                   order by t.due_on, t.id)
                     from (select k.id, k.kind, k.due_on, s.name, k.for_roles
                             from task k
                             left join staff s on s.id = k.staff_id
                            where k.customer_id = $1 and k.done_at is null
                            order by k.due_on, k.id
                            limit 20) t) as "tasks: Json<Vec<Task>>""#,
        customer.0,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(Side {
        incidents: row.incidents,
        restrictions: row.restrictions,
        letters: row.letters,
        tasks: row.tasks.map(|Json(tasks)| tasks).unwrap_or_default(),
    })
}

/// One incident of a list.
#[derive(Debug)]
pub struct IncidentLine {
    /// Its id.
    pub id: IncidentId,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// A key of `rules::measure::Channel`.
    pub channel: String,
    /// Keys of the policy's categories.
    pub behaviours: Vec<String>,
    /// `logged` or `decided`.
    pub stage: String,
    /// `no-action`, `warning` or `more`.
    pub outcome: Option<String>,
    /// Who logged it.
    pub logged_by: String,
}

/// The newest incidents with a customer.
pub async fn incidents(tx: &mut LandlordTx, customer: CustomerId, most: i64) -> Result<Vec<IncidentLine>> {
    Ok(sqlx::query_as!(
        IncidentLine,
        r#"select i.id as "id: IncidentId", i.happened_at, i.channel, i.behaviours, i.stage, i.outcome, s.name as logged_by
             from incident i
             join staff s on s.id = i.logged_by
            where i.customer_id = $1
            order by i.happened_at desc, i.id
            limit $2"#,
        customer.0,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// One restriction of a list, or its proposal.
#[derive(Debug)]
pub struct RestrictionLine {
    /// Its id.
    pub id: RestrictionId,
    /// A key of `rules::restriction::Stage`.
    pub stage: String,
    /// When its proposal was begun.
    pub opened_at: DateTime<Utc>,
    /// When it took effect.
    pub in_force_at: Option<DateTime<Utc>>,
    /// Its last day, as it stands today.
    pub last_day: Option<NaiveDate>,
    /// Whether it waits for an appeal.
    pub is_suspended: bool,
    /// When somebody ended it.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who proposed it.
    pub proposed_by: String,
    /// Who decided.
    pub decided_by: Option<String>,
}

/// The newest restrictions of a customer, past, present and proposed.
pub async fn restrictions(tx: &mut LandlordTx, customer: CustomerId, today: NaiveDate, most: i64) -> Result<Vec<RestrictionLine>> {
    Ok(sqlx::query_as!(
        RestrictionLine,
        r#"select r.id as "id: RestrictionId", r.stage, r.opened_at, r.in_force_at,
                  coalesce(f.last_day, r.ends_on) as last_day, coalesce(f.is_suspended, false) as "is_suspended!", r.ended_at,
                  p.name as proposed_by, coalesce(r.decided_as, d.name) as "decided_by?"
             from restriction r
             join staff p on p.id = coalesce((select h.to_id from proposal_handover h where h.restriction_id = r.id order by h.at desc, h.id desc limit 1), r.proposed_by)
             left join staff d on d.id = r.decided_by
             left join in_force_on($3) f on f.restriction_id = r.id
            where r.customer_id = $1
            order by r.opened_at desc, r.id
            limit $2"#,
        customer.0,
        most,
        today,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// One warning of a list.
#[derive(Debug)]
pub struct WarningLine {
    /// Its id.
    pub id: WarningId,
    /// The step of the ladder.
    pub step: String,
    /// Its title then.
    pub title: String,
    /// `spoken`, `written` or `within`.
    pub form: String,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// Who gave it.
    pub given_by: String,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
    /// When its case was reviewed and closed.
    pub case_closed_at: Option<DateTime<Utc>>,
    /// The last day on which it counts, as the customer was told.
    pub counts_until: Option<NaiveDate>,
}

/// The newest warnings given to a customer.
pub async fn warnings(tx: &mut LandlordTx, customer: CustomerId, most: i64) -> Result<Vec<WarningLine>> {
    Ok(sqlx::query_as!(
        WarningLine,
        r#"select w.id as "id: WarningId", w.step, w.step_title as title, w.form, w.given_at, s.name as given_by,
                  w.withdrawn_at is not null as "is_withdrawn!",
                  (select min(r.ended_at) from restriction r
                    where r.customer_id = w.customer_id and r.in_force_at >= w.given_at) as case_closed_at,
                  w.counts_until
             from warning w
             join staff s on s.id = w.given_by
            where w.customer_id = $1
            order by w.given_at desc, w.id
            limit $2"#,
        customer.0,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// One letter of a list.
#[derive(Debug)]
pub struct LetterLine {
    /// Its id.
    pub id: LetterId,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who made it.
    pub made_by: String,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// `post`, `email` or `by-hand`.
    pub sent_via: Option<String>,
}

/// The newest letters to a customer.
pub async fn letters(tx: &mut LandlordTx, customer: CustomerId, most: i64) -> Result<Vec<LetterLine>> {
    Ok(sqlx::query_as!(
        LetterLine,
        r#"select l.id as "id: LetterId", l.title, l.made_at, s.name as made_by, l.sent_at, l.sent_via
             from letter l
             join staff s on s.id = l.made_by
            where l.customer_id = $1
            order by l.made_at desc, l.id
            limit $2"#,
        customer.0,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}
