//! Appeals against a warning: what the customer says is wrong, and what came of it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{AppealId, CustomerId, PolicyVersionId, StaffId, WarningId};

/// An appeal to be logged.
#[derive(Debug)]
pub struct NewWarningAppeal<'a> {
    /// Its id.
    pub id: AppealId,
    /// The warning it is against.
    pub warning: WarningId,
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
    /// The last day of the window, where there is one.
    pub window_closed_on: Option<NaiveDate>,
    /// Why it came late, where it did.
    pub late_because: Option<&'a str>,
    /// The day it is decided by.
    pub due_on: NaiveDate,
}

/// One appeal against a warning.
#[derive(Clone, Debug)]
pub struct WarningAppeal {
    /// Its id.
    pub id: AppealId,
    /// The warning it is against.
    pub warning: WarningId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The policy it came under.
    pub policy: PolicyVersionId,
    /// The day it came.
    pub received_on: NaiveDate,
    /// By which way.
    pub received_via: String,
    /// Who wrote it down.
    pub logged_by: String,
    /// Which of the grounds the policy lists it rests on, in the policy's words.
    pub listed: Vec<String>,
    /// What is wrong, in the customer's words.
    pub grounds: String,
    /// The last day of the window, where there was one.
    pub window_closed_on: Option<NaiveDate>,
    /// Why it came late, where it did.
    pub late_because: Option<String>,
    /// The day it is decided by.
    pub due_on: NaiveDate,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub decided_by: Option<String>,
    /// `uphold` or `quash`; none where it came too late to be heard.
    pub outcome: Option<String>,
    /// Why.
    pub reasons: Option<String>,
    /// For telling whether somebody else decided it.
    pub version: i32,
}

impl WarningAppeal {
    /// Whether it waits for an answer.
    pub const fn is_open(&self) -> bool {
        self.decided_at.is_none()
    }

    /// Whether it came after the last day for it.
    pub const fn is_late(&self) -> bool {
        self.late_because.is_some()
    }
}

/// Logs an appeal. False when this very one was logged before.
pub async fn add(tx: &mut LandlordTx, new: &NewWarningAppeal<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into warning_appeal (id, warning_id, policy_version_id, customer_id, received_on, received_via, logged_at, logged_by, grounds,
                                     window_closed_on, late_because, stage, due_on, listed_grounds)
         select $1, w.id, w.policy_version_id, w.customer_id, $3, $4, $5, $6, $7, $8, $9, 'received', $10, $11 from warning w where w.id = $2
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.warning.0,
        new.received_on,
        new.received_via,
        now,
        new.logged_by.0,
        new.grounds,
        new.window_closed_on,
        new.late_because,
        new.due_on,
        new.listed,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The last appeal against a warning, open or answered.
pub async fn last(tx: &mut LandlordTx, warning: WarningId) -> Result<Option<WarningAppeal>> {
    Ok(sqlx::query_as!(
        WarningAppeal,
        r#"select a.id as "id: AppealId", a.warning_id as "warning: WarningId", a.customer_id as "customer: CustomerId",
                  a.policy_version_id as "policy: PolicyVersionId", a.received_on, a.received_via, l.name as logged_by, a.listed_grounds as listed, a.grounds,
                  a.window_closed_on, a.late_because, a.due_on, a.decided_at, coalesce('the ' || t.title || ', recorded by ' || d.name, d.name) as "decided_by?", a.outcome, a.reasons, a.version
             from warning_appeal a
             join staff l on l.id = a.logged_by
             left join staff d on d.id = a.decided_by
             left join sitting t on t.subject_kind = 'warning-appeal' and t.subject_id = a.id
            where a.warning_id = $1
            order by a.logged_at desc, a.id
            limit 1"#,
        warning.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The one with this id: the warning it is against.
pub async fn warning_of(tx: &mut LandlordTx, id: AppealId) -> Result<Option<WarningId>> {
    Ok(sqlx::query_scalar!(r#"select warning_id as "warning: WarningId" from warning_appeal where id = $1"#, id.0)
        .fetch_optional(tx.connection())
        .await?)
}

/// Decides an appeal: an outcome, or nothing when it is refused for coming late. False when it stands otherwise by now.
pub async fn decide(
    tx: &mut LandlordTx,
    id: AppealId,
    version: i32,
    outcome: Option<&str>,
    by: StaffId,
    reasons: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update warning_appeal
            set stage = case when $3::text is null then 'out-of-time' else 'decided' end,
                outcome = $3,
                decided_at = $4,
                decided_by = $5,
                reasons = $6,
                version = version + 1
          where id = $1
            and version = $2
            and stage = 'received'",
        id.0,
        version,
        outcome,
        now,
        by.0,
        reasons,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}
