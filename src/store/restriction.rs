//! Restrictions, from the first draft of a proposal to the end.

mod shown;

pub use shown::{Happened, Surroundings, history, surroundings};

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::appeal::LastDays;
use crate::rules::id::{CustomerId, PolicyVersionId, RestrictionId, ReviewId, StaffId};
use crate::rules::restriction::Stage;
use crate::rules::restriction_time::Span;

/// A restriction as it stands.
#[derive(Clone, Debug)]
pub struct Restriction {
    /// Its id, and that of its proposal.
    pub id: RestrictionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The version of the policy that judges it.
    pub policy: PolicyVersionId,
    /// Where it stands.
    pub stage: Stage,
    /// How often it was sent for approval.
    pub round: i16,
    /// Who asked for it.
    pub proposed_by: StaffId,
    /// When its proposal was begun.
    pub opened_at: DateTime<Utc>,
    /// When it was last sent for approval.
    pub sent_at: Option<DateTime<Utc>>,
    /// The step of the ladder left out.
    pub skipped_step: Option<String>,
    /// Why.
    pub skipped_because: Option<String>,
    /// What happened and why, in words the customer reads.
    pub grounds: Option<String>,
    /// The day of the review that was asked for.
    pub review_on: Option<NaiveDate>,
    /// The last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// Whether it was asked for without a last day.
    pub permanent: bool,
    /// The day of the last letter that promised something about an appeal.
    pub appeal_promised_on: Option<NaiveDate>,
    /// The last day for one that it named; none is at any time while it lasts.
    pub appeal_by: Option<NaiveDate>,
    /// The second it took effect.
    pub in_force_at: Option<DateTime<Utc>>,
    /// Who took the decision.
    pub decided_by: Option<StaffId>,
    /// Why.
    pub decision_reasons: Option<String>,
    /// The kinds of behaviour it answers.
    pub behaviours: Vec<String>,
    /// The open review.
    pub next_review: Option<ReviewId>,
    /// How often a decision has given it a later last day.
    pub renewals: i16,
    /// When it was ended before its last day.
    pub ended_at: Option<DateTime<Utc>>,
    /// By whom.
    pub ended_by: Option<StaffId>,
    /// Why.
    pub end_reasons: Option<String>,
    /// For telling whether somebody else changed it.
    pub version: i32,
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: RestrictionId) -> Result<Option<Restriction>> {
    Ok(sqlx::query_as!(
        Restriction,
        r#"select id as "id: RestrictionId", customer_id as "customer: CustomerId", policy_version_id as "policy: PolicyVersionId",
                  stage as "stage: Stage", round, proposed_by as "proposed_by: StaffId", opened_at, sent_at, skipped_step, skipped_because, grounds,
                  review_on, ends_on, permanent, appeal_promised_on, appeal_by, in_force_at, decided_by as "decided_by: StaffId", decision_reasons,
                  array(select distinct b.key
                          from restriction_incident ri
                          join incident i on i.id = ri.incident_id
                         cross join lateral unnest(i.behaviours) as b (key)
                         where ri.restriction_id = restriction.id) as "behaviours!",
                  next_review_id as "next_review: ReviewId", renewals, ended_at, ended_by as "ended_by: StaffId", end_reasons, version
             from restriction
            where id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The time a customer was under other restrictions than this, those quashed left out.
pub async fn others(tx: &mut LandlordTx, customer: CustomerId, but: RestrictionId, today: NaiveDate) -> Result<Vec<Span>> {
    Ok(sqlx::query_as!(
        Span,
        r#"select (r.in_force_at at time zone 'Europe/London')::date as "from!",
                  coalesce((r.ended_at at time zone 'Europe/London')::date, f.last_day, r.ends_on) as until
             from restriction r
             left join in_force_on($3) f on f.restriction_id = r.id
            where r.customer_id = $1
              and r.id <> $2
              and r.stage in ('in-force', 'lifted')"#,
        customer.0,
        but.0,
        today,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Holds a restriction until this transaction ends, so that two who decide at once decide one after the other.
pub async fn lock(tx: &mut LandlordTx, id: RestrictionId) -> Result<()> {
    sqlx::query!("select id from restriction where id = $1 for update", id.0).fetch_optional(tx.connection()).await?;
    Ok(())
}

/// Keeps what a letter promises about appeals: written on a day, naming a last day for each or none.
pub async fn promise_appeal(tx: &mut LandlordTx, id: RestrictionId, written_on: NaiveDate, by: LastDays) -> Result<()> {
    sqlx::query!(
        "update restriction
            set appeal_promised_on = $2, appeal_by = $3, length_promised_on = $4, length_appeal_by = $5
          where id = $1",
        id.0,
        written_on,
        by.whole,
        by.length.map(|_| written_on),
        by.length.flatten(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What a letter promised of an early review before it was moved to its version of the policy: the day, and how soon it is held.
pub async fn early_told(tx: &mut LandlordTx, id: RestrictionId) -> Result<Option<(NaiveDate, String)>> {
    let row = sqlx::query!("select early_from, early_within from restriction where id = $1", id.0).fetch_optional(tx.connection()).await?;
    Ok(row.and_then(|row| row.early_from.zip(row.early_within)))
}

/// Keeps what a letter promised of an early review.
pub async fn keep_early(tx: &mut LandlordTx, id: RestrictionId, from: NaiveDate, within: &str) -> Result<()> {
    sqlx::query!("update restriction set early_from = $2, early_within = $3 where id = $1", id.0, from, within)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Moves a restriction in force to another version of the policy. Its days and its terms stay. False when it stands otherwise by now.
pub async fn move_to(tx: &mut LandlordTx, id: RestrictionId, version: i32, policy: PolicyVersionId) -> Result<bool> {
    Ok(sqlx::query!(
        "update restriction
            set policy_version_id = $3, version = version + 1
          where id = $1
            and version = $2
            and stage = 'in-force'",
        id.0,
        version,
        policy.0,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// What taking effect writes down.
#[derive(Debug)]
pub struct TakingEffect<'a> {
    /// Who took the last decision.
    pub by: StaffId,
    /// The body that took it in a meeting, by its title; then the one before is its clerk.
    pub decided_as: Option<&'a str>,
    /// Why, in words the customer reads.
    pub reasons: &'a str,
    /// The review that was promised.
    pub review: ReviewId,
    /// Its day.
    pub review_on: NaiveDate,
    /// The last day, where it has one.
    pub ends_on: Option<NaiveDate>,
}

/// Puts a proposal in force, from this second. False when it stands otherwise by now.
pub async fn take_effect(
    tx: &mut LandlordTx,
    id: RestrictionId,
    version: i32,
    what: &TakingEffect<'_>,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update restriction
            set stage = 'in-force',
                in_force_at = $3,
                decided_by = $4,
                decision_reasons = $5,
                next_review_id = $6,
                review_on = $7,
                ends_on = $8,
                decided_as = $9,
                version = version + 1
          where id = $1
            and version = $2
            and stage = 'awaiting-approval'",
        id.0,
        version,
        now,
        what.by.0,
        what.reasons,
        what.review.0,
        what.review_on,
        what.ends_on,
        what.decided_as,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Notes that one stage approved, with the dates as they were left. False when it stands otherwise by now.
pub async fn pass_on(
    tx: &mut LandlordTx,
    id: RestrictionId,
    version: i32,
    review_on: NaiveDate,
    ends_on: Option<NaiveDate>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update restriction
            set review_on = $3, ends_on = $4, version = version + 1
          where id = $1
            and version = $2
            and stage = 'awaiting-approval'",
        id.0,
        version,
        review_on,
        ends_on,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Sends a proposal back to whoever made it. False when it stands otherwise by now.
pub async fn send_back(tx: &mut LandlordTx, id: RestrictionId, version: i32) -> Result<bool> {
    Ok(sqlx::query!(
        "update restriction
            set stage = 'sent-back', version = version + 1
          where id = $1
            and version = $2
            and stage = 'awaiting-approval'",
        id.0,
        version,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Declines a proposal: contact stays as it was. False when it stands otherwise by now.
pub async fn decline(
    tx: &mut LandlordTx,
    id: RestrictionId,
    version: i32,
    (by, decided_as): (StaffId, Option<&str>),
    reasons: &str,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update restriction
            set stage = 'declined', decided_by = $3, decision_reasons = $4, decided_as = $5, version = version + 1
          where id = $1
            and version = $2
            and stage = 'awaiting-approval'",
        id.0,
        version,
        by.0,
        reasons,
        decided_as,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// New days for a restriction in force, with the review that comes next. False when it stands otherwise by now.
pub async fn vary(
    tx: &mut LandlordTx,
    id: RestrictionId,
    version: i32,
    ends_on: Option<NaiveDate>,
    review: (ReviewId, NaiveDate),
) -> Result<bool> {
    Ok(sqlx::query!(
        "update restriction
            set renewals = renewals + coalesce((ends_on < coalesce($3::date, 'infinity'))::int::smallint, 0::smallint),
                ends_on = $3,
                permanent = $3::date is null,
                next_review_id = $4,
                review_on = $5,
                version = version + 1
          where id = $1
            and version = $2
            and stage = 'in-force'",
        id.0,
        version,
        ends_on,
        review.0.0,
        review.1,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Ends a restriction in force: lifted, or quashed; by nobody where it lapsed. False when it stands otherwise by now.
pub async fn end(
    tx: &mut LandlordTx,
    id: RestrictionId,
    version: i32,
    stage: Stage,
    by: Option<StaffId>,
    reasons: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update restriction
            set stage = $3, ended_at = $4, ended_by = $5, end_reasons = $6, next_review_id = null, version = version + 1
          where id = $1
            and version = $2
            and stage = 'in-force'",
        id.0,
        version,
        stage.key(),
        at,
        by.map(|by| by.0),
        reasons,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// The last days of every restriction of this customer that is applied on this day; none means no last day.
pub async fn last_days(tx: &mut LandlordTx, customer: CustomerId, today: NaiveDate) -> Result<Vec<Option<NaiveDate>>> {
    Ok(sqlx::query_scalar!(
        r#"select f.last_day from in_force_on($2) f where f.customer_id = $1 and f.is_applied order by f.last_day nulls last"#,
        customer.0,
        today,
    )
    .fetch_all(tx.connection())
    .await?)
}
