//! Requests to look again at a restriction: what the customer says, and how it was answered.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, PolicyVersionId, ReconsiderationId, RestrictionId, StaffId};

/// A request to be logged.
#[derive(Debug)]
pub struct NewReconsideration<'a> {
    /// Its id.
    pub id: ReconsiderationId,
    /// The restriction it is about.
    pub restriction: RestrictionId,
    /// The day it came.
    pub received_on: NaiveDate,
    /// By which way.
    pub received_via: &'a str,
    /// Who wrote it down.
    pub logged_by: StaffId,
    /// Which of the policy's grounds it rests on, in the policy's words.
    pub listed: &'a [String],
    /// What the customer says.
    pub words: &'a str,
    /// The day it is answered by.
    pub due_on: NaiveDate,
}

/// One request, with the names of those who had a hand in it.
#[derive(Clone, Debug)]
pub struct Reconsideration {
    /// Its id.
    pub id: ReconsiderationId,
    /// The restriction it is about.
    pub restriction: RestrictionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The customer's reference, which may stand in an email where a name may not.
    pub reference: String,
    /// The version of the policy it came under, and by which it is answered.
    pub policy: PolicyVersionId,
    /// The day it came.
    pub received_on: NaiveDate,
    /// By which way.
    pub received_via: String,
    /// Who wrote it down.
    pub logged_by: String,
    /// Which of the policy's grounds it rests on, in the policy's words.
    pub listed: Vec<String>,
    /// What the customer says.
    pub words: String,
    /// `received`, `answered` or `overtaken`.
    pub stage: String,
    /// The day it is answered by.
    pub due_on: NaiveDate,
    /// When it was answered, or closed without an answer.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who answered it, or ended what it was about.
    pub decided_by: Option<String>,
    /// A key of `rules::reconsideration::Answer`.
    pub answer: Option<String>,
    /// Why.
    pub reasons: Option<String>,
    /// For telling whether somebody else answered it.
    pub version: i32,
}

impl Reconsideration {
    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        self.stage == "received"
    }
}

/// Logs a request. False when this very one was logged before.
pub async fn add(tx: &mut LandlordTx, new: &NewReconsideration<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into reconsideration (id, restriction_id, policy_version_id, customer_id, received_on, received_via, logged_at, logged_by,
                                      listed_grounds, words, stage, due_on)
         select $1, r.id, r.policy_version_id, r.customer_id, $3, $4, $5, $6, $7, $8, 'received', $9 from restriction r where r.id = $2
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.restriction.0,
        new.received_on,
        new.received_via,
        now,
        new.logged_by.0,
        new.listed,
        new.words,
        new.due_on,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: ReconsiderationId) -> Result<Option<Reconsideration>> {
    Ok(sqlx::query_as!(
        Reconsideration,
        r#"select g.id as "id: ReconsiderationId", g.restriction_id as "restriction: RestrictionId", g.customer_id as "customer: CustomerId",
                  c.ref as reference, g.policy_version_id as "policy: PolicyVersionId", g.received_on, g.received_via, l.name as logged_by,
                  g.listed_grounds as listed, g.words, g.stage, g.due_on, g.decided_at, coalesce('the ' || t.title || ', recorded by ' || d.name, d.name) as "decided_by?", g.answer, g.reasons, g.version
             from reconsideration g
             join customer c on c.id = g.customer_id
             join staff l on l.id = g.logged_by
             left join staff d on d.id = g.decided_by
             left join sitting t on t.subject_kind = 'reconsideration' and t.subject_id = g.id
            where g.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The open request about a restriction.
pub async fn open(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Option<ReconsiderationId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ReconsiderationId" from reconsideration where restriction_id = $1 and stage = 'received'"#,
        restriction.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Answers a request. False when it stands otherwise by now.
pub async fn answer(
    tx: &mut LandlordTx,
    id: ReconsiderationId,
    version: i32,
    answer: &str,
    by: StaffId,
    reasons: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update reconsideration
            set stage = 'answered', answer = $3, decided_at = $4, decided_by = $5, reasons = $6, version = version + 1
          where id = $1
            and version = $2
            and stage = 'received'",
        id.0,
        version,
        answer,
        now,
        by.0,
        reasons,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// A request closed without an answer.
#[derive(Clone, Copy, Debug)]
pub struct Overtaken {
    /// Its id.
    pub id: ReconsiderationId,
    /// The day it came.
    pub received_on: NaiveDate,
}

/// Closes the open request about a restriction without an answer, because what it is about ends.
pub async fn overtake(
    tx: &mut LandlordTx,
    restriction: RestrictionId,
    by: Option<StaffId>,
    now: DateTime<Utc>,
) -> Result<Option<Overtaken>> {
    Ok(sqlx::query_as!(
        Overtaken,
        r#"update reconsideration
              set stage = 'overtaken', decided_at = $2, decided_by = $3, version = version + 1
            where restriction_id = $1
              and stage = 'received'
        returning id as "id: ReconsiderationId", received_on"#,
        restriction.0,
        now,
        by.map(|id| id.0),
    )
    .fetch_optional(tx.connection())
    .await?)
}
