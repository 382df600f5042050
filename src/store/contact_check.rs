//! Everything an answer is made from, and what stands beside it, in one question.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use super::Result;
use super::customer::Head;
use super::tx::LandlordTx;
use crate::rules::appeal::Round;
use crate::rules::id::{CustomerId, PolicyVersionId, RestrictionId, StaffId};
use crate::rules::measure::Chosen;
use crate::rules::restriction_rest::Waits;

/// What is on record about a customer at one minute.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who it is.
    pub head: Head,
    /// Restrictions decided and not ended by anybody, their last day passed or not.
    pub restrictions: Vec<Restriction>,
    /// Adjustments in force.
    pub needs: Vec<Need>,
    /// Those who may speak for the customer.
    pub representatives: Vec<Representative>,
    /// Warnings not withdrawn, whether they still count or not.
    pub warnings: Vec<Warning>,
    /// Warnings this member of staff spoke today, and the ending of the contact, not gathered by an incident yet.
    pub steps: Vec<Step>,
    /// Contacts of this month and this week under each restriction, by channel and purpose.
    pub counts: Vec<Count>,
    /// What put somebody in danger since the day that was asked for, where nobody decided that nothing follows from it.
    pub dangers: Vec<Dangerous>,
    /// The last three contacts, incidents among them.
    pub contacts: Vec<Contact>,
}

/// A restriction as an answer needs it.
#[derive(Clone, Debug, Deserialize)]
pub struct Restriction {
    /// Its id.
    pub id: RestrictionId,
    /// The second it took effect.
    pub from: DateTime<Utc>,
    /// Its last day.
    pub until: Option<NaiveDate>,
    /// Name and job of whoever decided.
    pub decided_by: String,
    /// What happened and why, in words the customer has read.
    pub grounds: String,
    /// What holds now.
    pub terms: Vec<Chosen>,
    /// Which appeal waits for its decision, where one does.
    pub appeal: Option<Round>,
    /// Whether it came late, and nobody has decided yet that it is heard.
    pub appeal_waits_to_be_admitted: bool,
    /// Whether the decision was sent back on appeal, and is not made again yet.
    pub is_sent_back: bool,
    /// The version of the policy that judges it.
    pub policy: PolicyVersionId,
    /// What it waits for where it is not applied meanwhile: the rules say so, once the facts are read.
    #[serde(skip)]
    pub waits: Option<Waits>,
    /// When it is looked at again.
    pub review_due: Option<NaiveDate>,
    /// The day of the last letter that promised something about an appeal.
    pub appeal_promised_on: Option<NaiveDate>,
    /// The last day for one that it named.
    pub appeal_by: Option<NaiveDate>,
    /// The same of an appeal about its length alone.
    pub length_promised_on: Option<NaiveDate>,
    /// The last day for that.
    pub length_appeal_by: Option<NaiveDate>,
    /// The day its letter was sent.
    pub letter_sent_at: Option<DateTime<Utc>>,
    /// What the last appeal against it came to.
    pub appeal_answered: Option<AppealAnswered>,
}

/// When an appeal was decided, and whether a second may follow.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct AppealAnswered {
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// Whether it was a second one, whose answer is final.
    pub was_second: bool,
    /// Whether its answer told the customer how to make a second.
    pub opens_another: bool,
    /// The last day for that, where it named one.
    pub another_by: Option<NaiveDate>,
}

/// An adjustment.
#[derive(Clone, Debug, Deserialize)]
pub struct Need {
    /// A key of `rules::need::NeedKind`.
    pub kind: String,
    /// What to do.
    pub to_do: String,
}

/// Somebody who may speak for the customer.
#[derive(Clone, Debug, Deserialize)]
pub struct Representative {
    /// Their name.
    pub name: String,
    /// Who they are to the customer.
    pub relation: String,
    /// The last day of the consent.
    pub consent_until: Option<NaiveDate>,
    /// For example "ask for the password".
    pub note: Option<String>,
}

/// A warning that was given.
#[derive(Clone, Debug, Deserialize)]
pub struct Warning {
    /// The step of the ladder.
    pub step: String,
    /// Its title.
    pub title: String,
    /// `spoken`, `written` or `within`.
    pub form: String,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// When its case was reviewed and closed.
    pub case_closed_at: Option<DateTime<Utc>>,
    /// The last day on which it counts, as the customer was told.
    pub counts_until: Option<NaiveDate>,
    /// When its own letter went, where it has one.
    pub letter_sent_at: Option<DateTime<Utc>>,
}

/// A step of the call in hand: a warning, or 0 for its ending.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Step {
    /// 1, 2, …; 0 for the ending.
    pub step: i16,
    /// When its button was pressed.
    pub at: DateTime<Utc>,
}

/// How many contacts there were on one channel about one purpose since a restriction took effect.
#[derive(Clone, Debug, Deserialize)]
pub struct Count {
    /// The restriction.
    pub restriction: RestrictionId,
    /// A key of `rules::measure::Channel`.
    pub channel: String,
    /// A key of `rules::measure::Purpose`.
    pub purpose: String,
    /// Since midnight.
    pub day: u16,
    /// Since Monday.
    pub week: u16,
    /// Since the first.
    pub month: u16,
}

/// An incident that put somebody in danger.
#[derive(Clone, Debug, Deserialize)]
pub struct Dangerous {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// `none`, `threatened` or `hurt`.
    pub harm: String,
    /// Keys of `rules::policy::Danger`.
    pub dangers: Vec<String>,
}

/// A contact, calm or not.
#[derive(Clone, Debug, Deserialize)]
pub struct Contact {
    /// When.
    pub at: DateTime<Utc>,
    /// A key of `rules::measure::Channel`.
    pub channel: String,
    /// `calm`, `upset` or `unacceptable`.
    pub manner: String,
    /// What it came to.
    pub summary: String,
    /// Who took it.
    pub taken_by: String,
}

/// When the day, the week and the month began in London.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// Midnight.
    pub day: DateTime<Utc>,
    /// Midnight before Monday.
    pub week: DateTime<Utc>,
    /// Midnight before the first.
    pub month: DateTime<Utc>,
    /// The first moment of a danger that is still said.
    pub dangers: DateTime<Utc>,
}

/// The facts about the customer with this reference, as one member of staff needs them.
pub async fn read(tx: &mut LandlordTx, reference: &str, staff: StaffId, since: Since) -> Result<Option<Facts>> {
    let row = sqlx::query!(
        r#"select c.id as "id: CustomerId", c.ref as reference, c.title, c.given, c.family, c.pronoun, c.subject, c.area, c.tenancy_ref,
                  c.line1, c.town, c.postcode, c.letter_format, c.language, c.customer_since, c.version,
                  (select right(p.number, 4) from customer_phone p where p.customer_id = c.id order by p.number limit 1) as phone_ends,
                  (select json_agg(json_build_object(
                            'id', r.id, 'from', r.in_force_at, 'until', r.ends_on, 'decided_by', coalesce(r.decided_as, s.name || ', ' || s.job_title),
                            'grounds', r.grounds, 'review_due', v.due_on,
                            'appeal_promised_on', r.appeal_promised_on, 'appeal_by', r.appeal_by,
                            'length_promised_on', r.length_promised_on, 'length_appeal_by', r.length_appeal_by,
                            'appeal', (select a.round from appeal a where a.restriction_id = r.id and a.stage = 'received'),
                            'appeal_waits_to_be_admitted', exists (select from appeal a where a.restriction_id = r.id and a.stage = 'received'
                                                                      and a.late and a.admitted_at is null),
                            'is_sent_back', v.sent_back_by is not null,
                            'policy', r.policy_version_id,
                            'letter_sent_at', (select min(l.sent_at) from letter l
                                                where l.customer_id = r.customer_id and l.subject_id = r.id and l.kind = 'restriction'),
                            'appeal_answered', (select json_build_object('at', a.decided_at, 'was_second', a.round = 'second', 'opens_another', a.opens_another,
                                                                         'another_by', a.another_by)
                                                  from appeal a
                                                 where a.restriction_id = r.id and a.stage = 'decided' and a.round <> 'length'
                                                 order by a.decided_at desc limit 1),
                            'terms', (select coalesce(json_agg(t.details order by t.position, t.id), '[]')
                                        from term t where t.restriction_id = r.id and t.until is null))
                            order by r.in_force_at, r.id)
                     from restriction r
                     join staff s on s.id = r.decided_by
                     left join review v on v.id = r.next_review_id
                    where r.customer_id = c.id and r.stage = 'in-force') as "restrictions: Json<Vec<Restriction>>",
                  (select json_agg(json_build_object('kind', n.kind, 'to_do', n.to_do) order by n.noted_at, n.id)
                     from need n
                    where n.customer_id = c.id and n.ended_at is null) as "needs: Json<Vec<Need>>",
                  (select json_agg(json_build_object('name', e.name, 'relation', e.relation, 'consent_until', e.consent_until, 'note', e.note)
                                   order by e.added_at, e.id)
                     from representative e
                    where e.customer_id = c.id and e.ended_at is null) as "representatives: Json<Vec<Representative>>",
                  (select json_agg(json_build_object(
                            'step', w.step, 'title', w.step_title, 'form', w.form, 'given_at', w.given_at, 'counts_until', w.counts_until,
                            'letter_sent_at', (select min(l.sent_at) from letter l
                                                where l.customer_id = w.customer_id and l.subject_id = w.id and l.kind = 'warning'),
                            'case_closed_at', (select min(d.ended_at) from restriction d
                                                where d.customer_id = w.customer_id and d.in_force_at >= w.given_at))
                            order by w.given_at)
                     from warning w
                    where w.customer_id = c.id and w.withdrawn_at is null) as "warnings: Json<Vec<Warning>>",
                  (select json_agg(json_build_object('step', k.step, 'at', k.at) order by k.at, k.id)
                     from call_step k
                    where k.customer_id = c.id and k.staff_id = $2 and k.at >= $3
                      and k.undone_at is null and k.incident_id is null) as "steps: Json<Vec<Step>>",
                  (select json_agg(json_build_object('restriction', q.id, 'channel', q.channel, 'purpose', q.purpose,
                                                   'day', q.day, 'week', q.week, 'month', q.month))
                     from (select f.id, o.channel, o.purpose,
                                  count(*) filter (where o.at >= $3) as day,
                                  count(*) filter (where o.at >= $4) as week,
                                  count(*) filter (where o.at >= $5) as month
                             from restriction f
                             join contact o on o.customer_id = f.customer_id and o.at >= f.in_force_at
                            where f.customer_id = c.id and f.stage = 'in-force' and o.at >= least($4::timestamptz, $5::timestamptz)
                            group by f.id, o.channel, o.purpose) q) as "counts: Json<Vec<Count>>",
                  (select json_agg(json_build_object(
                            'at', l.at, 'channel', l.channel, 'manner', l.manner, 'summary', l.summary, 'taken_by', l.name) order by l.at desc, l.id)
                     from (select u.id, u.at, u.channel, u.manner, u.summary, b.name
                             from ((select t.id, t.at, t.channel, t.manner, t.summary, t.taken_by
                                      from contact t
                                     where t.customer_id = c.id
                                     order by t.at desc, t.id
                                     limit 3)
                                   union all
                                   (select i.id, i.happened_at, i.channel, 'unacceptable', i.about, i.logged_by
                                      from incident i
                                     where i.customer_id = c.id
                                     order by i.happened_at desc, i.id
                                     limit 3)) u
                             join staff b on b.id = u.taken_by
                            order by u.at desc, u.id
                            limit 3) l) as "contacts: Json<Vec<Contact>>",
                  (select json_agg(json_build_object('at', i.happened_at, 'harm', i.harm, 'dangers', i.dangers) order by i.happened_at, i.id)
                     from incident i
                    where i.customer_id = c.id and i.happened_at >= $6 and (i.harm <> 'none' or i.dangers <> '{}')
                      and i.outcome is distinct from 'no-action') as "dangers: Json<Vec<Dangerous>>"
             from customer c
            where c.ref = $1"#,
        reference,
        staff.0,
        since.day,
        since.week,
        since.month,
        since.dangers,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| Facts {
        head: Head {
            id: row.id,
            reference: row.reference,
            title: row.title,
            given: row.given,
            family: row.family,
            pronoun: row.pronoun,
            subject: row.subject,
            area: row.area,
            tenancy_ref: row.tenancy_ref,
            line1: row.line1,
            town: row.town,
            postcode: row.postcode,
            letter_format: row.letter_format,
            language: row.language,
            phone_ends: row.phone_ends,
            customer_since: row.customer_since,
            version: row.version,
        },
        restrictions: list(row.restrictions),
        needs: list(row.needs),
        representatives: list(row.representatives),
        warnings: list(row.warnings),
        steps: list(row.steps),
        counts: list(row.counts),
        contacts: list(row.contacts),
        dangers: list(row.dangers),
    }))
}

/// Nothing aggregated is an empty list.
fn list<T>(found: Option<Json<Vec<T>>>) -> Vec<T> {
    found.map(|Json(list)| list).unwrap_or_default()
}
