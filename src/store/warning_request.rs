//! Warnings that were written and wait for others to agree, and what was said to them.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{ApprovalId, CustomerId, IncidentId, PolicyVersionId, StaffId, WarningId};
use crate::rules::warning_request::{Ended, Wording};

/// A warning to be kept until others have agreed.
#[derive(Debug)]
pub struct NewRequest<'a> {
    /// Its id, and that of the warning it may become.
    pub id: WarningId,
    /// Whose it would be.
    pub customer: CustomerId,
    /// The incident it follows.
    pub incident: Option<IncidentId>,
    /// The policy that judges it.
    pub policy: PolicyVersionId,
    /// The step's key, and its title then.
    pub step: (&'a str, &'a str),
    /// `spoken`, `written` or `within`.
    pub form: &'static str,
    /// What the customer would be told.
    pub wording: &'a Wording,
    /// Where steps are left out: the reason's key, and why it holds.
    pub skip: Option<(&'a str, &'a str)>,
    /// The first of those written one after another.
    pub begun_as: WarningId,
    /// Who wrote it.
    pub by: StaffId,
}

/// Keeps a warning that waits. False when this very one was kept before.
pub async fn add(tx: &mut LandlordTx, new: &NewRequest<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into warning_request (id, customer_id, incident_id, policy_version_id, step, step_title, form, wording, skip_reason,
                                      skip_because, begun_as, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.customer.0,
        new.incident.map(|id| id.0),
        new.policy.0,
        new.step.0,
        new.step.1,
        new.form,
        Json(new.wording) as _,
        new.skip.map(|(reason, _)| reason),
        new.skip.map(|(_, because)| because),
        new.begun_as.0,
        new.by.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// A warning that waits, or waited.
#[derive(Debug)]
pub struct Request {
    /// Its id, and that of the warning it may become.
    pub id: WarningId,
    /// Whose it would be.
    pub customer: CustomerId,
    /// The incident it follows.
    pub incident: Option<IncidentId>,
    /// The policy that judges it.
    pub policy: PolicyVersionId,
    /// The step's key.
    pub step: String,
    /// The step's title then.
    pub step_title: String,
    /// What the customer would be told.
    pub wording: Json<Wording>,
    /// Where steps are left out: the reason's key.
    pub skip_reason: Option<String>,
    /// Why it holds.
    pub skip_because: Option<String>,
    /// The first of those written one after another.
    pub begun_as: WarningId,
    /// Who wrote it.
    pub asked_by: StaffId,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When the last who had to agree did.
    pub agreed_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// How: a key of `rules::warning_request::Ended`.
    pub ended_how: Option<String>,
    /// Why it was sent back or taken back.
    pub ended_because: Option<String>,
}

impl Request {
    /// How it ended, where it did.
    pub fn ended(&self) -> Option<Ended> {
        self.ended_how.as_deref().and_then(Ended::from_key)
    }
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: WarningId) -> Result<Option<Request>> {
    Ok(sqlx::query_as!(
        Request,
        r#"select r.id as "id: WarningId", r.customer_id as "customer: CustomerId", r.incident_id as "incident: IncidentId",
                  r.policy_version_id as "policy: PolicyVersionId", r.step, r.step_title, r.wording as "wording: Json<Wording>",
                  r.skip_reason, r.skip_because, r.begun_as as "begun_as: WarningId", r.asked_by as "asked_by: StaffId", r.asked_at,
                  r.agreed_at, r.ended_at, e.name as "ended_by?", r.ended_how, r.ended_because
             from warning_request r
             left join staff e on e.id = r.ended_by
            where r.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Lets nobody else decide on it until this transaction ends.
pub async fn lock(tx: &mut LandlordTx, id: WarningId) -> Result<()> {
    sqlx::query!("select id from warning_request where id = $1 for update", id.0).fetch_optional(tx.connection()).await?;
    Ok(())
}

/// One that has not ended, as a list shows it.
#[derive(Debug)]
pub struct Waiting {
    /// Its id.
    pub id: WarningId,
    /// The incident it follows.
    pub incident: Option<IncidentId>,
    /// The step's key.
    pub step: String,
    /// The step's title.
    pub title: String,
    /// Who wrote it.
    pub asked_by: StaffId,
    /// Their name.
    pub name: String,
    /// Whether it is agreed to and only has to be given.
    pub is_agreed: bool,
}

/// Those about a customer that have not ended, the oldest first.
pub async fn waiting(tx: &mut LandlordTx, customer: CustomerId) -> Result<Vec<Waiting>> {
    Ok(sqlx::query_as!(
        Waiting,
        r#"select r.id as "id: WarningId", r.incident_id as "incident: IncidentId", r.step, r.step_title as title,
                  r.asked_by as "asked_by: StaffId", s.name, r.agreed_at is not null as "is_agreed!"
             from warning_request r
             join staff s on s.id = r.asked_by
            where r.customer_id = $1 and r.ended_at is null
            order by r.asked_at, r.id"#,
        customer.0,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Somebody's say to be added.
#[derive(Debug)]
pub struct NewSay<'a> {
    /// Its id.
    pub id: ApprovalId,
    /// To which warning.
    pub request: WarningId,
    /// The place of the stage, from 0.
    pub stage: i16,
    /// `view`, `agree` or `send-back`.
    pub say: &'a str,
    /// The post in which they say it, by its title.
    pub as_role: &'a str,
    /// The key of that post, or of the body that decided.
    pub as_post: &'a str,
    /// Who.
    pub by: StaffId,
    /// Why; may be empty where they agree.
    pub reasons: &'a str,
}

/// Writes down what somebody said. False when they said something at this stage already.
pub async fn say(tx: &mut LandlordTx, new: &NewSay<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into warning_agreement (id, request_id, stage, say, as_role, as_post, asked_by, staff_id, reasons, at)
         select $1, r.id, $3, $4, $5, $6, r.asked_by, $7, $8, $9 from warning_request r where r.id = $2
         on conflict (landlord_id, request_id, stage, staff_id) do nothing",
        new.id.0,
        new.request.0,
        new.stage,
        new.say,
        new.as_role,
        new.as_post,
        new.by.0,
        new.reasons,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// What somebody said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its id; the meeting of a body is kept under it.
    pub id: ApprovalId,
    /// The place of the stage, from 0.
    pub stage: i16,
    /// `view`, `agree` or `send-back`.
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
    /// Whether a body decided; who says it is then its clerk.
    pub met: bool,
    /// Who sat then.
    pub sat: Vec<StaffId>,
}

/// Everything said to a warning that waits, in order.
pub async fn said(tx: &mut LandlordTx, id: WarningId) -> Result<Vec<Said>> {
    Ok(sqlx::query_as!(
        Said,
        r#"select a.id as "id: ApprovalId", a.stage, a.say, a.as_role, a.staff_id as "by: StaffId", s.name, a.reasons, a.at,
                  exists (select from sitting m where m.subject_kind = 'warning-agreement' and m.subject_id = a.id) as "met!",
                  array(select p.staff_id
                          from sitting m
                          join sitting_seat p on p.sitting_id = m.id
                         where m.subject_kind = 'warning-agreement' and m.subject_id = a.id) as "sat!: Vec<StaffId>"
             from warning_agreement a
             join staff s on s.id = a.staff_id
            where a.request_id = $1
            order by a.at, a.id"#,
        id.0,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Notes that everybody has agreed. False when it ended, or was noted before.
pub async fn agreed(tx: &mut LandlordTx, id: WarningId, now: DateTime<Utc>) -> Result<bool> {
    let done =
        sqlx::query!("update warning_request set agreed_at = $2 where id = $1 and agreed_at is null and ended_at is null", id.0, now);
    Ok(done.execute(tx.connection()).await?.rows_affected() == 1)
}

/// Ends it. False when it had ended.
pub async fn end(
    tx: &mut LandlordTx,
    id: WarningId,
    (how, because): (Ended, Option<&str>),
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update warning_request
            set ended_at = $5, ended_by = $4, ended_how = $2, ended_because = $3
          where id = $1 and ended_at is null",
        id.0,
        how.key(),
        because,
        by.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A part somebody took in a warning, or in what came before it: `warned`, `skipped-step`, `authorised`, `consulted`, or `declined` where
/// they sent an earlier wording back.
#[derive(Clone, Debug)]
pub struct Took {
    /// Who.
    pub staff: StaffId,
    /// The key of the part.
    pub part: String,
}

/// Who gave or agreed to the customer's earlier warnings, left a step out, or sent back what was written before this one.
pub async fn took_part(tx: &mut LandlordTx, customer: CustomerId, begun_as: WarningId) -> Result<Vec<Took>> {
    let parts = sqlx::query!(
        r#"select t.staff_id as "staff!: Uuid", t.part as "part!"
             from (select w.given_by as staff_id, 'warned' as part from warning w where w.customer_id = $1
                   union
                   select w.given_by, 'skipped-step' from warning w where w.customer_id = $1 and w.skipped_step is not null
                   union
                   select coalesce(p.staff_id, a.staff_id), case a.say when 'agree' then 'warned' else 'declined' end
                     from warning_request r
                     join warning_agreement a on a.request_id = r.id
                     left join sitting m on m.subject_kind = 'warning-agreement' and m.subject_id = a.id
                     left join sitting_seat p on p.sitting_id = m.id
                    where r.customer_id = $1
                      and ((a.say = 'agree' and r.ended_how = 'given') or (a.say = 'send-back' and r.begun_as = $2))) t
            order by 1, 2"#,
        customer.0,
        begun_as.0,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(parts.into_iter().map(|row| Took { staff: StaffId(row.staff), part: row.part }).collect())
}

/// Who had which part in what was said to a warning before it was given, and to its earlier wordings; where a body did, whoever sat.
pub async fn said_to(tx: &mut LandlordTx, id: WarningId) -> Result<Vec<Took>> {
    let parts = sqlx::query!(
        r#"select distinct coalesce(p.staff_id, a.staff_id) as "staff!: Uuid",
                  case a.say when 'agree' then 'authorised' when 'view' then 'consulted' else 'declined' end as "part!"
             from warning_request given
             join warning_request r on r.begun_as = given.begun_as
             join warning_agreement a on a.request_id = r.id
             left join sitting m on m.subject_kind = 'warning-agreement' and m.subject_id = a.id
             left join sitting_seat p on p.sitting_id = m.id
            where given.id = $1
              and (r.id = given.id or a.say = 'send-back')
            order by 1, 2"#,
        id.0,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(parts.into_iter().map(|row| Took { staff: StaffId(row.staff), part: row.part }).collect())
}

/// What was sent back before of the same step for the same customer after the same incident: this one takes its place.
pub async fn sent_back(tx: &mut LandlordTx, id: WarningId) -> Result<Vec<WarningId>> {
    let ids = sqlx::query_scalar!(
        "select before.id
           from warning_request now
           join warning_request before on before.customer_id = now.customer_id
                                      and before.step = now.step
                                      and before.incident_id is not distinct from now.incident_id
          where now.id = $1
            and before.ended_how = 'sent-back'",
        id.0,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(ids.into_iter().map(WarningId).collect())
}
