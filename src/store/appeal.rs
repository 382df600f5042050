//! Appeals: what the customer says is wrong, who may hear it, and what came of it.

mod listed;
mod shown;

pub use listed::{Line, decided, open};
pub use shown::{Appeal, find};

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::appeal::Round;
use crate::rules::id::{AppealId, CustomerId, PolicyVersionId, RestrictionId, ReviewId, StaffId};

/// What an appeal would be against: the restriction, and the last decision on it.
#[derive(Debug)]
pub struct Against {
    /// What it would be against.
    pub restriction: RestrictionId,
    /// The policy the restriction was made under.
    pub policy: PolicyVersionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Whether it is in force.
    pub in_force: bool,
    /// Its last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// When it took effect.
    pub in_force_at: Option<DateTime<Utc>>,
    /// The last review that let it go on, and when it was held.
    pub review: Option<ReviewId>,
    /// When that was held.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// When the letter about the last decision was sent.
    pub told_at: Option<DateTime<Utc>>,
    /// The day of the last letter that promised something about an appeal.
    pub appeal_promised_on: Option<NaiveDate>,
    /// The last day for one that it named.
    pub appeal_by: Option<NaiveDate>,
    /// The day of the last letter that promised something about an appeal against the length alone.
    pub length_promised_on: Option<NaiveDate>,
    /// The last day for that which it named.
    pub length_appeal_by: Option<NaiveDate>,
    /// The open appeal, if there is one.
    pub open: Option<AppealId>,
    /// Which that is.
    pub open_round: Option<Round>,
    /// When an appeal about its length alone was last decided.
    pub length_answered_at: Option<DateTime<Utc>>,
    /// When an appeal against the whole was last decided.
    pub answered_at: Option<DateTime<Utc>>,
    /// That appeal.
    pub answered: Option<AppealId>,
    /// The policy it was decided by.
    pub answered_by_policy: Option<PolicyVersionId>,
    /// Whether it was a second one.
    pub answered_twice: Option<bool>,
    /// Whether its answer told the customer how to make a second.
    pub opens_another: Option<bool>,
    /// The last day for a second that it named.
    pub another_by: Option<NaiveDate>,
    /// When that letter was sent.
    pub answer_sent_at: Option<DateTime<Utc>>,
    /// Where one sent the decision back: the day by which it is made again.
    pub sent_back_until: Option<NaiveDate>,
}

/// An appeal to be logged.
#[derive(Debug)]
pub struct NewAppeal<'a> {
    /// Its id.
    pub id: AppealId,
    /// The restriction it is against.
    pub restriction: RestrictionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The day it came.
    pub received_on: NaiveDate,
    /// By which way.
    pub received_via: &'a str,
    /// Who wrote it down.
    pub logged_by: StaffId,
    /// Which of the grounds the policy lists it rests on, in the policy's words.
    pub listed: &'a [String],
    /// What is wrong, in the customer's words.
    pub grounds: &'a str,
    /// Anything new.
    pub new_information: Option<&'a str>,
    /// The last day of the window, where there is one.
    pub window_closed_on: Option<NaiveDate>,
    /// Why it came late, where it did.
    pub late_because: Option<&'a str>,
    /// The day it is decided by.
    pub due_on: NaiveDate,
    /// Which appeal it is.
    pub round: Round,
    /// The first appeal, where this is the second: it is decided by the same policy.
    pub answers: Option<AppealId>,
}

/// What an appeal against this restriction would be against. `None` where there is no such restriction.
pub async fn against(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Option<Against>> {
    Ok(sqlx::query_as!(
        Against,
        r#"select r.id as "restriction: RestrictionId",
                  r.policy_version_id as "policy: PolicyVersionId",
                  r.customer_id as "customer: CustomerId",
                  r.stage = 'in-force' as "in_force!",
                  r.ends_on,
                  r.in_force_at,
                  v.id as "review?: ReviewId",
                  v.held_at as "reviewed_at?",
                  l.sent_at as "told_at?",
                  r.appeal_promised_on,
                  r.appeal_by,
                  r.length_promised_on,
                  r.length_appeal_by,
                  (select max(decided_at) from appeal
                    where restriction_id = r.id and stage = 'decided' and round = 'length') as length_answered_at,
                  o.id as "open?: AppealId",
                  o.round as "open_round?: Round",
                  d.decided_at as "answered_at?",
                  d.id as "answered?: AppealId",
                  d.policy_version_id as "answered_by_policy?: PolicyVersionId",
                  d.round = 'second' as "answered_twice?",
                  d.opens_another as "opens_another?",
                  d.another_by as "another_by?",
                  (select sent_at from letter where subject_id = d.id and kind = 'appeal-outcome' order by made_at limit 1) as answer_sent_at,
                  b.due_on as "sent_back_until?"
             from restriction r
             left join lateral (select id, held_at from review
                                 where restriction_id = r.id and stage = 'held' order by held_at desc limit 1) v on true
             left join lateral (select sent_at from letter
                                 where subject_id = coalesce(v.id, r.id) and kind <> 'early-review-received' order by made_at limit 1) l on true
             left join appeal o on o.restriction_id = r.id and o.stage = 'received'
             left join review b on b.restriction_id = r.id and b.stage = 'due' and b.sent_back_by is not null
             left join lateral (select id, decided_at, policy_version_id, round, opens_another, another_by from appeal
                                 where restriction_id = r.id and stage = 'decided' and round <> 'length' order by decided_at desc limit 1) d on true
            where r.id = $1"#,
        restriction.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Logs an appeal. False when this very one was logged before.
pub async fn add(tx: &mut LandlordTx, new: &NewAppeal<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into appeal (id, restriction_id, policy_version_id, customer_id, received_on, received_via, logged_at, logged_by, grounds,
                             new_information, window_closed_on, late, late_because, stage, due_on, listed_grounds, answers, round)
         select $1, r.id, coalesce((select policy_version_id from appeal where id = $15), r.policy_version_id), $3, $4, $5, $6, $7, $8, $9, $10,
                $11, $12, 'received', $13, $14, $15, $16
           from restriction r where r.id = $2
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.restriction.0,
        new.customer.0,
        new.received_on,
        new.received_via,
        now,
        new.logged_by.0,
        new.grounds,
        new.new_information,
        new.window_closed_on,
        new.late_because.is_some(),
        new.late_because,
        new.due_on,
        new.listed,
        new.answers.map(|id| id.0),
        new.round.key(),
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Notes that a late appeal is heard after all. False when it stands otherwise by now.
pub async fn admit(tx: &mut LandlordTx, id: AppealId, version: i32, by: StaffId, because: &str, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update appeal
            set admitted_at = $3, admitted_by = $4, admitted_because = $5, version = version + 1
          where id = $1
            and version = $2
            and stage = 'received'
            and late
            and admitted_at is null",
        id.0,
        version,
        now,
        by.0,
        because,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// What an appeal came to.
#[derive(Clone, Copy, Debug)]
pub struct CameTo<'a> {
    /// `uphold`, `vary`, `quash` or `remit`.
    pub outcome: &'a str,
    /// What must be looked at where it is sent back.
    pub look_at: Option<&'a str>,
    /// Where a second appeal may follow: the last day for it that the letter names, if there is one.
    pub another: Option<Option<NaiveDate>>,
}

/// Decides an appeal: what it came to, or nothing when it is refused for coming late. False when it stands otherwise by now.
pub async fn decide(
    tx: &mut LandlordTx,
    id: AppealId,
    version: i32,
    came_to: Option<CameTo<'_>>,
    by: StaffId,
    reasons: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update appeal
            set stage = case when $3::text is null then 'out-of-time' else 'decided' end,
                outcome = $3,
                decided_at = $4,
                decided_by = $5,
                reasons = $6,
                look_at = $7,
                opens_another = $8,
                another_by = $9,
                version = version + 1
          where id = $1
            and version = $2
            and stage = 'received'",
        id.0,
        version,
        came_to.map(|came_to| came_to.outcome),
        now,
        by.0,
        reasons,
        came_to.and_then(|came_to| came_to.look_at),
        came_to.is_some_and(|came_to| came_to.another.is_some()),
        came_to.and_then(|came_to| came_to.another.flatten()),
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Holds the open appeal against a restriction until this transaction ends: whoever decides something beside it takes it first, as whoever
/// decides it does.
pub async fn lock_open(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<()> {
    sqlx::query!("select id from appeal where restriction_id = $1 and stage = 'received' for update", restriction.0)
        .fetch_optional(tx.connection())
        .await?;
    Ok(())
}

/// An appeal closed without a decision.
#[derive(Clone, Copy, Debug)]
pub struct Overtaken {
    /// Its id.
    pub id: AppealId,
    /// The day it came.
    pub received_on: NaiveDate,
}

/// Closes the open appeal against a restriction without a decision, because what it is against ends.
pub async fn overtake(
    tx: &mut LandlordTx,
    restriction: RestrictionId,
    by: Option<StaffId>,
    now: DateTime<Utc>,
) -> Result<Option<Overtaken>> {
    Ok(sqlx::query_as!(
        Overtaken,
        r#"update appeal
              set stage = 'overtaken', decided_at = $2, decided_by = $3, version = version + 1
            where restriction_id = $1
              and stage = 'received'
        returning id as "id: AppealId", received_on"#,
        restriction.0,
        now,
        by.map(|id| id.0),
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Closes the open appeal about the length of a restriction without a decision, because one against the whole comes: whoever decides that
/// decides the length as well.
pub async fn take_in(tx: &mut LandlordTx, restriction: RestrictionId, by: StaffId, now: DateTime<Utc>) -> Result<Option<AppealId>> {
    let id = sqlx::query_scalar!(
        "update appeal
            set stage = 'taken-in', decided_at = $2, decided_by = $3, version = version + 1
          where restriction_id = $1
            and stage = 'received'
            and round = 'length'
      returning id",
        restriction.0,
        now,
        by.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(id.map(AppealId))
}

/// What a reminder of an appeal needs to know.
#[derive(Debug)]
pub struct AppealFacts {
    /// Whether it waits still.
    pub is_open: bool,
    /// The day it is to be decided by.
    pub due_on: NaiveDate,
    /// The restriction it is against.
    pub restriction: RestrictionId,
    /// The policy it came under.
    pub policy: PolicyVersionId,
    /// Which appeal it is.
    pub round: Round,
    /// Whose it is.
    pub customer: CustomerId,
    /// The customer's reference, which may stand in an email where a name may not.
    pub reference: String,
}

/// An appeal as a reminder sees it, with nothing of the case in it.
pub async fn facts(tx: &mut LandlordTx, id: AppealId) -> Result<Option<AppealFacts>> {
    Ok(sqlx::query_as!(
        AppealFacts,
        r#"select a.stage = 'received' as "is_open!",
                  a.due_on,
                  a.round as "round: Round",
                  a.restriction_id as "restriction: RestrictionId",
                  a.policy_version_id as "policy: PolicyVersionId",
                  a.customer_id as "customer: CustomerId",
                  c.ref as reference
             from appeal a
             join restriction r on r.id = a.restriction_id
             join customer c on c.id = a.customer_id
            where a.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}
