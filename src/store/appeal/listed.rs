//! Everything a customer challenges, in one list: appeals against restrictions and warnings, and requests to look again.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::rules::appeal::Round;
use crate::rules::delegation;
use crate::rules::id::StaffId;
use crate::store::Result;
use crate::store::task::NOBODY;
use crate::store::tx::LandlordTx;

/// One of them in a list.
#[derive(Debug)]
pub struct Line {
    /// The kind of its task: `appeal`, `warning-appeal` or `reconsideration`.
    pub kind: String,
    /// What its task is about: the appeal, the warning or the request.
    pub subject: Uuid,
    /// Which appeal against a restriction it is; nothing where it is none.
    pub round: Option<Round>,
    /// The landlord's own title of the warning it is against.
    pub warning: Option<String>,
    /// The customer's given names.
    pub given: String,
    /// Their family name.
    pub family: String,
    /// The day it came.
    pub received_on: NaiveDate,
    /// Whether it came late.
    pub late: bool,
    /// `received`; else what it came to.
    pub stage: String,
    /// The outcome or the answer.
    pub outcome: Option<String>,
    /// The day it is answered by.
    pub due_on: NaiveDate,
    /// When it was answered, or closed.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub decided_by: Option<String>,
    /// Whether the task to answer it is one the reader may do.
    pub mine: bool,
    /// Whether nobody who works here may do it: its task says so.
    pub nobody: bool,
}

/// Everything that waits for an answer, soonest first, and whether the reader may give it.
pub async fn open(tx: &mut LandlordTx, reader: StaffId, today: NaiveDate) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"with waiting as (
             select 'appeal' as kind, a.id as subject, null::text as warning, a.customer_id, a.received_on, a.late, a.due_on,
                    a.round
               from appeal a where a.stage = 'received'
             union all
             select 'warning-appeal', a.warning_id, w.step_title, a.customer_id, a.received_on, a.late_because is not null, a.due_on, null
               from warning_appeal a join warning w on w.id = a.warning_id where a.stage = 'received'
             union all
             select 'reconsideration', g.id, null, g.customer_id, g.received_on, false, g.due_on, null
               from reconsideration g where g.stage = 'received')
           select x.kind as "kind!", x.subject as "subject!", x.round as "round: Round", x.warning, c.given, c.family, x.received_on as "received_on!", x.late as "late!",
                  'received' as "stage!", null::text as outcome, x.due_on as "due_on!", null::timestamptz as decided_at, null::text as decided_by,
                  exists (select from task t join staff s on s.id = $1
                           where t.subject_id = x.subject and t.kind = x.kind and t.done_at is null
                             and waits_for(t, s.id, s.roles, $3, $4)) as "mine!",
                  exists (select from task t
                           where t.subject_id = x.subject and t.kind = x.kind and t.done_at is null and starts_with(t.note, $2)) as "nobody!"
             from waiting x
             join customer c on c.id = x.customer_id
            order by x.due_on, x.subject"#,
        reader.0,
        NOBODY,
        today,
        &delegation::goes_over(),
    )
    .fetch_all(tx.connection())
    .await?)
}

/// What was answered last, newest first.
pub async fn decided(tx: &mut LandlordTx, most: i64) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"with done as (
             (select 'appeal' as kind, a.id as subject, null::text as warning, a.customer_id, a.received_on, a.late, a.stage, a.outcome, a.due_on,
                     a.decided_at, a.decided_by, a.round,
                     case a.stage when 'out-of-time' then 'late-appeal' else 'appeal' end as met_as, a.id as met_on
                from appeal a where a.stage <> 'received' order by a.decided_at desc, a.id limit $1)
             union all
             (select 'warning-appeal', a.warning_id, w.step_title, a.customer_id, a.received_on, a.late_because is not null, a.stage, a.outcome, a.due_on,
                     a.decided_at, a.decided_by, null, 'warning-appeal', a.id
                from warning_appeal a join warning w on w.id = a.warning_id where a.stage <> 'received' order by a.decided_at desc, a.id limit $1)
             union all
             (select 'reconsideration', g.id, null, g.customer_id, g.received_on, false, g.stage, g.answer, g.due_on,
                     g.decided_at, g.decided_by, null, 'reconsideration', g.id
                from reconsideration g where g.stage <> 'received' order by g.decided_at desc, g.id limit $1))
           select x.kind as "kind!", x.subject as "subject!", x.round as "round: Round", x.warning, c.given, c.family, x.received_on as "received_on!", x.late as "late!",
                  x.stage as "stage!", x.outcome, x.due_on as "due_on!", x.decided_at,
                  coalesce('the ' || t.title || ', recorded by ' || d.name, d.name) as "decided_by?",
                  false as "mine!",
                  false as "nobody!"
             from done x
             join customer c on c.id = x.customer_id
             left join staff d on d.id = x.decided_by
             left join sitting t on t.subject_kind = x.met_as and t.subject_id = x.met_on
            order by x.decided_at desc, x.subject
            limit $1"#,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}
