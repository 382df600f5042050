//! Proposals before they are decided: the restriction's row while it is a draft or sent back, its assessment, and what it rests on.

mod write;

pub use write::{
    Doors, Handover, NewProposal, add, choose_incidents, clear_terms, dangers, hand_over, open_of, save, save_assessment, send,
};

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use super::tx::LandlordTx;
use super::{Error, Result};
use crate::rules::id::{CustomerId, IncidentId, PolicyVersionId, RestrictionId, StaffId};
use crate::rules::measure::Chosen;
use crate::rules::policy::YesNo;
use crate::rules::proposal::{AccountHow, Assessment, Draft, skipped_keys};
use crate::rules::restriction::Stage;
use crate::rules::restriction_time::Span;

/// A proposal with everything its pages show of it.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id; the restriction has the same.
    pub id: RestrictionId,
    /// Whose contact it is about.
    pub customer: CustomerId,
    /// The policy it is made under.
    pub policy: PolicyVersionId,
    /// Where it stands.
    pub stage: Stage,
    /// How often it was sent.
    pub round: i16,
    /// Who proposes: whoever took it over last, or else began it.
    pub proposed_by: StaffId,
    /// Their name.
    pub proposer: String,
    /// Their own job title.
    pub proposer_job: String,
    /// When it was begun.
    pub opened_at: DateTime<Utc>,
    /// When it was last sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// The steps left out, as kept.
    pub skipped_step: Option<String>,
    /// Why they were left out.
    pub skipped_because: Option<String>,
    /// What was filled in so far.
    pub draft: Draft,
    /// The customer's incidents, newest first.
    pub incidents: Vec<IncidentLine>,
    /// The customer's warnings, newest first.
    pub warnings: Vec<WarningLine>,
    /// The customer's recorded needs: kind and what to do.
    pub needs: Vec<NeedLine>,
    /// Who may speak for the customer: name and relation.
    pub representatives: Vec<RepresentativeLine>,
    /// Contacts of the last twelve weeks, by channel.
    pub contacts: Vec<ContactCount>,
    /// The questions it was last sent back with, and who asked.
    pub questions: Option<Questions>,
    /// The time this customer was under other restrictions, those quashed left out.
    pub others: Vec<Span>,
    /// The customer's other restrictions that hold today.
    pub beside: Vec<Beside>,
    /// For telling whether somebody else changed it.
    pub version: i32,
}

/// Another restriction of the same customer that holds today.
#[derive(Clone, Debug, Deserialize)]
pub struct Beside {
    /// Its id.
    pub id: RestrictionId,
    /// The second it took effect.
    pub from: DateTime<Utc>,
    /// Its last day.
    pub until: Option<NaiveDate>,
    /// What happened and why, in words the customer has read.
    pub grounds: String,
    /// Name and job of whoever decided.
    pub decided_by: String,
    /// What holds.
    pub terms: Vec<Chosen>,
}

/// An incident a proposal can rest on.
#[derive(Clone, Debug, Deserialize)]
pub struct IncidentLine {
    /// Its id.
    pub id: IncidentId,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// How.
    pub channel: String,
    /// Keys of the policy's categories.
    pub behaviours: Vec<String>,
    /// What it was about.
    pub about: String,
    /// Who logged it.
    pub logged_by: String,
    /// When its case was reviewed and closed, where it was.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether this proposal rests on it.
    pub chosen: bool,
}

/// A warning given before.
#[derive(Clone, Debug, Deserialize)]
pub struct WarningLine {
    /// The key of the step.
    pub step: String,
    /// The landlord's title of the step.
    pub title: String,
    /// How it was given.
    pub form: String,
    /// When.
    pub given_at: DateTime<Utc>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

/// A recorded need.
#[derive(Clone, Debug, Deserialize)]
pub struct NeedLine {
    /// A key of `rules::need::NeedKind`.
    pub kind: String,
    /// What to do.
    pub to_do: String,
}

/// Somebody who may speak for the customer.
#[derive(Clone, Debug, Deserialize)]
pub struct RepresentativeLine {
    /// Their name.
    pub name: String,
    /// Who they are to the customer.
    pub relation: String,
}

/// How many contacts on a channel.
#[derive(Clone, Debug, Deserialize)]
pub struct ContactCount {
    /// The channel's key.
    pub channel: String,
    /// In the last four weeks.
    pub lately: u32,
    /// In the last twelve.
    pub all: u32,
    /// Of those, in an unacceptable manner.
    pub unacceptable: u32,
}

/// What a proposal came back with.
#[derive(Clone, Debug, Deserialize)]
pub struct Questions {
    /// Who asked.
    pub name: String,
    /// What.
    pub reasons: String,
    /// What was ticked of the policy's list, in its words.
    pub asked_for: Vec<String>,
}

/// The proposal with this id. `weeks_back` are the starts of the last four and twelve weeks.
pub async fn find(
    tx: &mut LandlordTx,
    id: RestrictionId,
    weeks_back: (DateTime<Utc>, DateTime<Utc>),
    today: NaiveDate,
) -> Result<Option<Proposal>> {
    let Some(row) = sqlx::query!(
        r#"select r.customer_id as "customer: CustomerId",
                  r.policy_version_id as "policy: PolicyVersionId",
                  r.stage, r.round,
                  s.id as "proposed_by: StaffId",
                  s.name as proposer,
                  s.job_title as proposer_job,
                  r.opened_at, r.sent_at, r.skipped_step, r.skipped_because, r.grounds, r.review_on, r.ends_on, r.permanent, r.version,
                  a.thresholds as "thresholds?: Json<BTreeMap<String, YesNo>>",
                  a.answers as "answers?: Json<BTreeMap<String, String>>",
                  a.level_of_contact as "level_of_contact?", a.language as "language?", a.alternatives as "alternatives?",
                  a.account_how as "account_how?", a.account as "account?", a.needs as "needs?", a.circumstances as "circumstances?",
                  a.staff_needs as "staff_needs?", a.proportionality as "proportionality?", a.equality as "equality?",
                  a.clash_because as "clash_because?",
                  coalesce((select jsonb_agg(t.details order by t.position, t.id)
                              from term t
                             where t.restriction_id = r.id and t.until is null), '[]') as "terms!: Json<Vec<Chosen>>",
                  coalesce((select jsonb_agg(jsonb_build_object(
                                     'id', i.id, 'happened_at', i.happened_at, 'channel', i.channel, 'behaviours', i.behaviours,
                                     'about', i.about, 'logged_by', l.name, 'closed_at', coalesce(c.ended_at, i.no_action_at),
                                     'chosen', c.chosen) order by i.happened_at desc, i.id)
                              from (select n.id, n.happened_at, n.channel, n.behaviours, n.about, n.logged_by, n.customer_id,
                                           case when n.outcome = 'no-action' then n.decided_at end as no_action_at
                                      from incident n) i
                              join staff l on l.id = i.logged_by
                             cross join lateral (select coalesce(bool_or(ri.restriction_id = r.id), false) as chosen, max(o.ended_at) as ended_at
                                                   from restriction_incident ri
                                                   join restriction o on o.id = ri.restriction_id
                                                  where ri.incident_id = i.id) c
                             where i.customer_id = r.customer_id), '[]') as "incidents!: Json<Vec<IncidentLine>>",
                  coalesce((select jsonb_agg(jsonb_build_object(
                                     'step', w.step, 'title', w.step_title, 'form', w.form, 'given_at', w.given_at,
                                     'withdrawn', w.withdrawn_at is not null) order by w.given_at desc, w.id)
                              from warning w
                             where w.customer_id = r.customer_id), '[]') as "warnings!: Json<Vec<WarningLine>>",
                  coalesce((select jsonb_agg(jsonb_build_object('kind', n.kind, 'to_do', n.to_do) order by n.noted_at, n.id)
                              from need n
                             where n.customer_id = r.customer_id and n.ended_at is null), '[]') as "recorded!: Json<Vec<NeedLine>>",
                  coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'relation', p.relation) order by p.added_at, p.id)
                              from representative p
                             where p.customer_id = r.customer_id and p.ended_at is null), '[]') as "speak!: Json<Vec<RepresentativeLine>>",
                  coalesce((select jsonb_agg(jsonb_build_object('channel', k.channel, 'lately', k.lately, 'all', k.all_of_them,
                                                                'unacceptable', k.unacceptable) order by k.all_of_them desc, k.channel)
                              from (select c.channel,
                                           count(*) filter (where c.at >= $2) as lately,
                                           count(*) as all_of_them,
                                           count(*) filter (where c.manner = 'unacceptable') as unacceptable
                                      from (select channel, at, manner from contact where customer_id = r.customer_id and at >= $3
                                            union all
                                            select channel, happened_at, 'unacceptable' from incident
                                             where customer_id = r.customer_id and happened_at >= $3) c
                                     group by c.channel) k), '[]') as "contacts!: Json<Vec<ContactCount>>",
                  coalesce((select jsonb_agg(jsonb_build_object(
                                     'from', (o.in_force_at at time zone 'Europe/London')::date,
                                     'until', coalesce((o.ended_at at time zone 'Europe/London')::date, f.last_day, o.ends_on)))
                              from restriction o
                              left join in_force_on($4) f on f.restriction_id = o.id
                             where o.customer_id = r.customer_id and o.id <> r.id and o.stage in ('in-force', 'lifted')), '[]')
                    as "others!: Json<Vec<Span>>",
                  coalesce((select jsonb_agg(jsonb_build_object(
                                     'id', o.id, 'from', o.in_force_at, 'until', f.last_day, 'grounds', o.grounds,
                                     'decided_by', coalesce(o.decided_as, d.name || ', ' || d.job_title),
                                     'terms', (select coalesce(jsonb_agg(t.details order by t.position, t.id), '[]')
                                                 from term t where t.restriction_id = o.id and t.until is null))
                                   order by o.in_force_at, o.id)
                              from restriction o
                              join in_force_on($4) f on f.restriction_id = o.id
                              join staff d on d.id = o.decided_by
                             where o.customer_id = r.customer_id and o.id <> r.id and f.is_applied), '[]') as "beside!: Json<Vec<Beside>>",
                  (select jsonb_build_object('name', b.name, 'reasons', v.reasons, 'asked_for', to_jsonb(v.asked_for))
                     from approval v
                     join staff b on b.id = v.staff_id
                    where v.restriction_id = r.id and v.say = 'send-back'
                    order by v.at desc
                    limit 1) as "questions?: Json<Questions>"
             from restriction r
             join staff s on s.id = coalesce((select h.to_id from proposal_handover h where h.restriction_id = r.id order by h.at desc, h.id desc limit 1), r.proposed_by)
             left join assessment a on a.restriction_id = r.id
            where r.id = $1"#,
        id.0,
        weeks_back.0,
        weeks_back.1,
        today,
    )
    .fetch_optional(tx.connection())
    .await?
    else {
        return Ok(None);
    };
    let assessment = Assessment {
        thresholds: row.thresholds.map(|kept| kept.0).unwrap_or_default(),
        level_of_contact: row.level_of_contact.unwrap_or_default(),
        language: row.language.unwrap_or_default(),
        alternatives: row.alternatives.unwrap_or_default(),
        account_how: row.account_how.as_deref().and_then(AccountHow::from_key),
        account: row.account.unwrap_or_default(),
        needs: row.needs.unwrap_or_default(),
        circumstances: row.circumstances.unwrap_or_default(),
        staff_needs: row.staff_needs.unwrap_or_default(),
        proportionality: row.proportionality.unwrap_or_default(),
        equality: row.equality.unwrap_or_default(),
        clash_because: row.clash_because.unwrap_or_default(),
        answers: row.answers.map(|kept| kept.0).unwrap_or_default(),
    };
    let draft = Draft {
        grounds: row.grounds.unwrap_or_default(),
        incidents: row.incidents.iter().filter(|incident| incident.chosen).count(),
        assessment,
        terms: row.terms.0,
        review_on: row.review_on,
        ends_on: row.ends_on,
        permanent: row.permanent,
        duties: Vec::new(),
        skipped: skipped_keys(row.skipped_step.as_deref().unwrap_or_default()).into_iter().map(str::to_owned).collect(),
    };
    Ok(Some(Proposal {
        id,
        customer: row.customer,
        policy: row.policy,
        stage: Stage::from_key(&row.stage).ok_or(Error::Inconsistent { table: "restriction", id: id.0 })?,
        round: row.round,
        proposed_by: row.proposed_by,
        proposer: row.proposer,
        proposer_job: row.proposer_job,
        opened_at: row.opened_at,
        sent_at: row.sent_at,
        skipped_step: row.skipped_step,
        skipped_because: row.skipped_because,
        draft,
        incidents: row.incidents.0,
        warnings: row.warnings.0,
        needs: row.recorded.0,
        representatives: row.speak.0,
        contacts: row.contacts.0,
        questions: row.questions.map(|kept| kept.0),
        others: row.others.0,
        beside: row.beside.0,
        version: row.version,
    }))
}
