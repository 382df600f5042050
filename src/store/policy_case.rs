//! Open cases beside a version of the policy: those it touches because they were made under another.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{PolicyVersionId, RestrictionId};
use crate::rules::restriction::Stage;

/// One open case.
#[derive(Clone, Debug)]
pub struct CaseLine {
    /// The restriction, or its proposal.
    pub id: RestrictionId,
    /// Whom it is about.
    pub customer: String,
    /// Their reference.
    pub reference: String,
    /// The version that judges it.
    pub policy: PolicyVersionId,
    /// Its number.
    pub number: i32,
    /// The version it is set beside, as that holds in the business area of its customer.
    pub target: PolicyVersionId,
    /// Where it stands.
    pub stage: Stage,
    /// When it was begun; pages go on from here.
    pub opened_at: DateTime<Utc>,
    /// When it was last sent for approval.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it took effect.
    pub in_force_at: Option<DateTime<Utc>>,
    /// The last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// Whether it waits for an appeal.
    pub is_suspended: bool,
    /// The steps of the ladder that were left out, as they are kept.
    pub skipped_step: Option<String>,
    /// The day of the open review; before that, the day asked for.
    pub review_on: Option<NaiveDate>,
    /// The day of the last letter that promised something about an appeal.
    pub appeal_promised_on: Option<NaiveDate>,
    /// The last day for one that it named.
    pub appeal_by: Option<NaiveDate>,
    /// The day of the last letter that promised something about an appeal against the length alone.
    pub length_promised_on: Option<NaiveDate>,
    /// The last day for that which it named.
    pub length_appeal_by: Option<NaiveDate>,
    /// Whether an appeal waits for its decision.
    pub under_appeal: bool,
    /// The kinds of its terms.
    pub measures: Vec<String>,
    /// How far its terms say that it reaches, as a key.
    pub reach: Option<String>,
    /// The kinds of behaviour it answers.
    pub behaviours: Vec<String>,
    /// The steps of the ladder taken with the customer.
    pub taken: Json<Vec<TakenStep>>,
    /// The letters the customer had; some policies count some of them as a step.
    pub letters: Json<Vec<KeptLetter>>,
}

/// A letter the customer had.
#[derive(Debug, Clone, Deserialize)]
pub struct KeptLetter {
    /// Its kind, as it is kept.
    pub kind: String,
    /// The day it was made, in London.
    pub on: NaiveDate,
}

/// A step that was taken.
#[derive(Clone, Debug, Deserialize)]
pub struct TakenStep {
    /// Its key; `None` for a restriction, whose step is found from its measures.
    pub step: Option<String>,
    /// The measures of a restriction.
    pub measures: Vec<String>,
    /// The day.
    pub on: NaiveDate,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// The day its case was reviewed and closed.
    pub case_closed: Option<NaiveDate>,
    /// The last day on which it counts, as the customer was told.
    pub counts_until: Option<NaiveDate>,
    /// Keys of the kinds of behaviour it answered.
    pub behaviours: Vec<String>,
}

/// How many open cases were made under another version, or have a customer whose business area is another by now. What has ended by itself by today is open no longer.
pub async fn count(tx: &mut LandlordTx, other_than: PolicyVersionId, today: NaiveDate) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!"
             from restriction r
             join customer c on c.id = r.customer_id
             left join policy_version t on t.base_id = $1 and t.area = c.area
            where r.stage in ('draft', 'awaiting-approval', 'sent-back', 'in-force')
              and r.policy_version_id <> coalesce(t.id, $1)
              and not exists (select from in_force_on($2) f where f.restriction_id = r.id and f.has_lapsed)"#,
        other_than.0,
        today,
    )
    .fetch_one(tx.connection())
    .await?)
}

/// At most so many open cases made under another version, oldest first, after one of them; or one of them alone.
pub async fn list(
    tx: &mut LandlordTx,
    other_than: PolicyVersionId,
    after: Option<RestrictionId>,
    only: Option<RestrictionId>,
    today: NaiveDate,
    most: i64,
) -> Result<Vec<CaseLine>> {
    Ok(sqlx::query_as!(
        CaseLine,
        r#"select r.id as "id: RestrictionId", c.given || ' ' || c.family as "customer!", c.ref as reference,
                  r.policy_version_id as "policy: PolicyVersionId", p.number, coalesce(t.id, $1) as "target!: PolicyVersionId", r.stage as "stage: Stage", r.opened_at, r.sent_at, r.in_force_at,
                  r.ends_on, coalesce(f.is_suspended, false) as "is_suspended!", r.skipped_step,
                  coalesce((select v.due_on from review v where v.restriction_id = r.id and v.stage = 'due'), r.review_on) as review_on,
                  r.appeal_promised_on, r.appeal_by, r.length_promised_on, r.length_appeal_by,
                  exists (select from appeal a where a.restriction_id = r.id and a.stage = 'received') as "under_appeal!",
                  array(select distinct t.measure from term t where t.restriction_id = r.id and t.until is null) as "measures!",
                  (select t.details ->> 'reach' from term t where t.restriction_id = r.id and t.until is null and t.kind = 'scope') as reach,
                  array(select distinct unnest(i.behaviours) from restriction_incident ri join incident i on i.id = ri.incident_id
                         where ri.restriction_id = r.id) as "behaviours!",
                  coalesce((select jsonb_agg(jsonb_build_object(
                                     'step', w.step, 'measures', '[]'::jsonb, 'on', (w.given_at at time zone 'Europe/London')::date,
                                     'withdrawn', w.withdrawn_at is not null, 'counts_until', w.counts_until,
                                     'behaviours', coalesce((select to_jsonb(i.behaviours) from incident i where i.id = w.incident_id), '[]'),
                                     'case_closed', (select min((d.ended_at at time zone 'Europe/London')::date) from restriction d
                                                      where d.customer_id = w.customer_id and d.ended_at is not null and d.in_force_at >= w.given_at))
                                   order by w.given_at)
                              from warning w where w.customer_id = r.customer_id), '[]')
                  || coalesce((select jsonb_agg(jsonb_build_object(
                                     'step', null, 'on', (e.in_force_at at time zone 'Europe/London')::date,
                                     'measures', array(select distinct t.measure from term t where t.restriction_id = e.id),
                                     'withdrawn', e.stage = 'quashed', 'counts_until', null, 'behaviours', '[]'::jsonb,
                                     'case_closed', (e.ended_at at time zone 'Europe/London')::date)
                                   order by e.in_force_at)
                              from restriction e
                             where e.customer_id = r.customer_id and e.in_force_at is not null), '[]') as "taken!: Json<Vec<TakenStep>>",
                  coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'on', (l.made_at at time zone 'Europe/London')::date)
                                   order by l.made_at)
                              from letter l where l.customer_id = r.customer_id), '[]') as "letters!: Json<Vec<KeptLetter>>"
             from restriction r
             join customer c on c.id = r.customer_id
             join policy_version p on p.id = r.policy_version_id
             left join policy_version t on t.base_id = $1 and t.area = c.area
             left join in_force_on($5) f on f.restriction_id = r.id
            where r.stage in ('draft', 'awaiting-approval', 'sent-back', 'in-force')
              and r.policy_version_id <> coalesce(t.id, $1)
              and f.has_lapsed is not true
              and ($2::uuid is null
                   or (r.opened_at, r.id) > (coalesce((select b.opened_at from restriction b where b.id = $2), '-infinity'), $2))
              and ($3::uuid is null or r.id = $3)
            order by r.opened_at, r.id
            limit $4"#,
        other_than.0,
        after.map(|id| id.0),
        only.map(|id| id.0),
        most,
        today,
    )
    .fetch_all(tx.connection())
    .await?)
}
