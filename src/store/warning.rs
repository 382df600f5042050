//! Warnings given, and what of a customer's past counts towards the next step.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, IncidentId, LetterId, PolicyVersionId, StaffId, WarningId};

/// A step of the ladder that was taken with a customer. `step` is nothing for the restriction itself.
#[derive(Debug)]
pub struct TakenLine {
    /// The step's key.
    pub step: Option<String>,
    /// The day it was taken, in London.
    pub on: NaiveDate,
    /// Whether it was withdrawn, or quashed on appeal.
    pub withdrawn: bool,
    /// The day its case was reviewed and closed, where it was.
    pub case_closed: Option<NaiveDate>,
    /// The last day on which it counts, as the customer was told when it was given.
    pub promised: Option<NaiveDate>,
    /// Keys of the kinds of behaviour it answered.
    pub behaviours: Vec<String>,
    /// The measures it is made of, where it is a restriction.
    pub measures: Vec<String>,
    /// The kind of letter, where this is a letter that may count as a step.
    pub letter: Option<String>,
}

/// Every step taken with a customer, oldest first, and every letter of these kinds. A warning's case is closed with the first restriction after it that ended.
pub async fn taken(tx: &mut LandlordTx, customer: CustomerId, letters: &[String]) -> Result<Vec<TakenLine>> {
    Ok(sqlx::query_as!(
        TakenLine,
        r#"select w.step,
                  (w.given_at at time zone 'Europe/London')::date as "on!",
                  w.withdrawn_at is not null as "withdrawn!",
                  (select min((r.ended_at at time zone 'Europe/London')::date)
                     from restriction r
                    where r.customer_id = w.customer_id and r.ended_at is not null and r.in_force_at >= w.given_at) as case_closed,
                  w.counts_until as promised,
                  coalesce(i.behaviours, '{}') as "behaviours!",
                  array[]::text[] as "measures!",
                  null as letter
             from warning w
             left join incident i on i.id = w.incident_id
            where w.customer_id = $1
           union all
           select null,
                  (r.in_force_at at time zone 'Europe/London')::date,
                  r.stage = 'quashed',
                  (r.ended_at at time zone 'Europe/London')::date,
                  null::date,
                  '{}',
                  array(select distinct t.measure from term t where t.restriction_id = r.id),
                  null
             from restriction r
            where r.customer_id = $1 and r.in_force_at is not null
           union all
           select null, (l.made_at at time zone 'Europe/London')::date, false, null, null, '{}', '{}', l.kind
             from letter l
            where l.customer_id = $1 and l.kind = any($2)
            order by 2"#,
        customer.0,
        letters,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// A warning to add.
#[derive(Debug)]
pub struct NewWarning<'a> {
    /// Its id.
    pub id: WarningId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The incident it follows.
    pub incident: Option<IncidentId>,
    /// The policy it is given under.
    pub policy: PolicyVersionId,
    /// The step's key.
    pub step: &'a str,
    /// The step's title then.
    pub step_title: &'a str,
    /// `spoken`, `written` or `within`.
    pub form: &'static str,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// Who gave it.
    pub given_by: StaffId,
    /// What was said, or what the letter asks.
    pub words: &'a str,
    /// The letter it stands in, where that is about something else.
    pub within_reference: Option<&'a str>,
    /// The passage in it.
    pub within_passage: Option<&'a str>,
    /// The letter of its own.
    pub letter: Option<LetterId>,
    /// The last day on which it counts, where that is known.
    pub counts_until: Option<NaiveDate>,
    /// Keys of the steps left out, and why.
    pub skipped: Option<(&'a str, &'a str)>,
}

/// Adds a warning. False when this very one was added before.
pub async fn add(tx: &mut LandlordTx, new: &NewWarning<'_>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into warning (id, customer_id, incident_id, policy_version_id, step, step_title, form, given_at, given_by, words,
                              within_reference, within_passage, letter_id, counts_until, skipped_step, skipped_because)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.customer.0,
        new.incident.map(|id| id.0),
        new.policy.0,
        new.step,
        new.step_title,
        new.form,
        new.given_at,
        new.given_by.0,
        new.words,
        new.within_reference,
        new.within_passage,
        new.letter.map(|id| id.0),
        new.counts_until,
        new.skipped.map(|(steps, _)| steps),
        new.skipped.map(|(_, because)| because),
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Whether a warning with this id is there.
pub async fn exists(tx: &mut LandlordTx, id: WarningId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from warning where id = $1) as "exists!""#, id.0).fetch_one(tx.connection()).await?)
}

/// One warning, as its page shows it.
#[derive(Debug)]
pub struct Warning {
    /// Its id.
    pub id: WarningId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The incident it followed.
    pub incident: Option<IncidentId>,
    /// The policy it was given under.
    pub policy: PolicyVersionId,
    /// The step's key.
    pub step: String,
    /// The step's title then.
    pub step_title: String,
    /// `spoken`, `written` or `within`.
    pub form: String,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// Who gave it.
    pub given_by: StaffId,
    /// Their name.
    pub given_by_name: String,
    /// What was said, or what the letter asks.
    pub words: String,
    /// The letter it stands in, where that is about something else.
    pub within_reference: Option<String>,
    /// The passage in it.
    pub within_passage: Option<String>,
    /// The letter of its own.
    pub letter: Option<LetterId>,
    /// When that letter was sent.
    pub letter_sent_at: Option<DateTime<Utc>>,
    /// The day its case was reviewed and closed.
    pub case_closed: Option<NaiveDate>,
    /// The last day on which it counts, as the customer was told when it was given.
    pub counts_until: Option<NaiveDate>,
    /// Keys of the steps left out.
    pub skipped_step: Option<String>,
    /// Why.
    pub skipped_because: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Who withdrew it.
    pub withdrawn_by_name: Option<String>,
    /// Why.
    pub withdrawn_because: Option<String>,
    /// For telling whether somebody else changed it.
    pub version: i32,
}

/// The warning with this id.
pub async fn find(tx: &mut LandlordTx, id: WarningId) -> Result<Option<Warning>> {
    Ok(sqlx::query_as!(
        Warning,
        r#"select w.id as "id: WarningId",
                  w.customer_id as "customer: CustomerId",
                  w.incident_id as "incident: IncidentId",
                  w.policy_version_id as "policy: PolicyVersionId",
                  w.step, w.step_title, w.form, w.given_at,
                  w.given_by as "given_by: StaffId",
                  g.name as given_by_name,
                  w.words, w.within_reference, w.within_passage,
                  w.letter_id as "letter: LetterId",
                  l.sent_at as "letter_sent_at?",
                  (select min((r.ended_at at time zone 'Europe/London')::date)
                     from restriction r
                    where r.customer_id = w.customer_id and r.ended_at is not null and r.in_force_at >= w.given_at) as case_closed,
                  w.counts_until,
                  w.skipped_step, w.skipped_because,
                  w.withdrawn_at,
                  b.name as "withdrawn_by_name?",
                  w.withdrawn_because, w.version
             from warning w
             join staff g on g.id = w.given_by
             left join staff b on b.id = w.withdrawn_by
             left join letter l on l.id = w.letter_id
            where w.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Holds a warning until this transaction ends, so that it is not withdrawn while an appeal against it is logged.
pub async fn lock(tx: &mut LandlordTx, id: WarningId) -> Result<()> {
    sqlx::query!("select id from warning where id = $1 for update", id.0).fetch_optional(tx.connection()).await?;
    Ok(())
}

/// Withdraws a warning as it was read. False when it is withdrawn already or was changed since.
pub async fn withdraw(tx: &mut LandlordTx, id: WarningId, version: i32, by: StaffId, because: &str, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update warning
            set withdrawn_at = $4, withdrawn_by = $3, withdrawn_because = $5, version = version + 1
          where id = $1 and version = $2 and withdrawn_at is null",
        id.0,
        version,
        by.0,
        now,
        because,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}
