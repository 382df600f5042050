//! What waits for a person, for the people they manage, or for everybody: the open tasks, and where things stand.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use super::Result;
use super::incident::draft::DraftLine;
use super::tx::LandlordTx;
use crate::rules::delegation;
use crate::rules::id::{CustomerId, StaffId, TaskId};

/// Whose work is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// One's own.
    Mine,
    /// That of the people one manages, and of those they manage.
    Team,
    /// Everybody's.
    All,
}

impl View {
    /// The word in the address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Team => "team",
            Self::All => "all",
        }
    }
}

/// What of the list is wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Whose work.
    pub view: View,
    /// Who asks.
    pub me: StaffId,
    /// The posts they hold.
    pub roles: &'a [String],
    /// Only this kind.
    pub kind: Option<&'a str>,
    /// Due on or after this day.
    pub from: Option<NaiveDate>,
    /// Due on or before this day.
    pub until: Option<NaiveDate>,
    /// How many to leave out first.
    pub skip: i64,
    /// At most so many.
    pub most: i64,
    /// Today: what has ended by itself by then asks nothing of anybody.
    pub today: NaiveDate,
}

/// One line of the worklist.
#[derive(Debug)]
pub struct TaskLine {
    /// Its id.
    pub id: TaskId,
    /// A key of `TaskKind`.
    pub kind: String,
    /// What it is about.
    pub subject: Uuid,
    /// The customer's reference.
    pub reference: String,
    /// The customer's name.
    pub customer: String,
    /// The one person it is for.
    pub whose: Option<String>,
    /// The posts it is for.
    pub for_roles: Vec<String>,
    /// Whether the reader is that person, or holds one of those posts, and is not left out.
    pub is_theirs: bool,
    /// The last day.
    pub due_on: NaiveDate,
    /// A sentence more.
    pub note: Option<String>,
    /// Who outside is told.
    pub whom: Option<String>,
    /// For a review: since when it looks, the decision or the last review.
    pub since: Option<DateTime<Utc>>,
    /// Incidents since then.
    pub incidents: Option<i64>,
    /// Calm contacts since then.
    pub calm: Option<i64>,
    /// How many there are with this filter.
    pub total: i64,
}

/// The open tasks of a view, soonest first. One's own are also those of a colleague who handed their deciding over, on the days they did,
/// whether the task was there before or came later; who may really decide is asked again where it is decided. How a colleague is doing is shown to the person asked, and to nobody else.
pub async fn list(tx: &mut LandlordTx, wanted: &Wanted<'_>) -> Result<Vec<TaskLine>> {
    Ok(sqlx::query_as!(
        TaskLine,
        r#"with recursive team (id, roles) as (
             select s.id, s.roles from staff s where s.manager_id = $2
             union
             select s.id, s.roles from staff s join team on team.id = s.manager_id)
           select t.id as "id: TaskId",
                  t.kind,
                  t.subject_id as subject,
                  c.ref as reference,
                  trim(concat_ws(' ', c.given, c.family)) as "customer!",
                  s.name as "whose?",
                  t.for_roles,
                  (coalesce(t.staff_id = $2, false) or t.for_roles && $3) and not $2 = any (t.not_for) as "is_theirs!",
                  t.due_on, t.note, t.whom,
                  f.at as "since?",
                  case when f.at is not null
                    then (select count(*) from incident i where i.customer_id = t.customer_id and i.happened_at > f.at) end as incidents,
                  case when f.at is not null
                    then (select count(*) from contact o where o.customer_id = t.customer_id and o.at > f.at and o.manner = 'calm') end as calm,
                  count(*) over () as "total!"
             from task t
             join customer c on c.id = t.customer_id
             left join staff s on s.id = t.staff_id
             left join lateral (select coalesce((select max(h.held_at) from review h where h.restriction_id = r.id), r.in_force_at) as at
                                  from review v
                                  join restriction r on r.id = v.restriction_id
                                 where v.id = t.subject_id and t.kind = 'review') f on true
            where t.done_at is null
              and (t.kind <> 'support' or t.staff_id = $2)
              and not (t.kind = 'review' and exists (select from in_force_on($9) f where f.review_id = t.subject_id and f.has_lapsed))
              and case $1
                    when 'mine' then (t.staff_id = $2 or t.for_roles && $3 or t.id in (select l.task_id from lent_tasks($2, $9, $10) l))
                                     and not $2 = any (t.not_for)
                    when 'team' then exists (select from team m where (t.staff_id = m.id or t.for_roles && m.roles) and not m.id = any (t.not_for))
                    else true
                  end
              and ($4::text is null or t.kind = $4)
              and ($5::date is null or t.due_on >= $5)
              and ($6::date is null or t.due_on <= $6)
            order by t.due_on, t.id
           offset $7
            limit $8"#,
        wanted.view.key(),
        wanted.me.0,
        wanted.roles,
        wanted.kind,
        wanted.from,
        wanted.until,
        wanted.skip,
        wanted.most,
        wanted.today,
        &delegation::goes_over(),
    )
    .fetch_all(tx.connection())
    .await?)
}

/// How much waits in each view, and where things stand.
#[derive(Debug)]
pub struct Standing {
    /// Open tasks of one's own.
    pub mine: i64,
    /// Of these, due soon or late.
    pub mine_pressing: i64,
    /// Open tasks of one's team.
    pub team: i64,
    /// Of these, due soon or late.
    pub team_pressing: i64,
    /// All open tasks.
    pub all: i64,
    /// Of these, due soon or late.
    pub all_pressing: i64,
    /// Restrictions that are applied today.
    pub in_force: i64,
    /// Reviews due in the month ahead.
    pub reviews_ahead: i64,
    /// Reviews held in a year.
    pub reviews_held: i64,
    /// Of these, on or before the day.
    pub reviews_on_time: i64,
    /// Reviews that are late.
    pub reviews_late: i64,
    /// Appeals open.
    pub appeals_open: i64,
    /// When the oldest of them was received.
    pub oldest_appeal: Option<NaiveDate>,
    /// Incidents since the month began.
    pub incidents: i64,
    /// Of these, decided with no action.
    pub no_action: i64,
    /// Incidents one has begun to write about, the newest first.
    pub drafts: Option<Json<Vec<DraftLine>>>,
}

/// The days the figures are counted from and to.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Today.
    pub today: NaiveDate,
    /// The last day that presses.
    pub soon: NaiveDate,
    /// A month ahead.
    pub month_ahead: NaiveDate,
    /// A year ago.
    pub year_ago: DateTime<Utc>,
    /// When this month began.
    pub month_began: DateTime<Utc>,
}

/// How much waits in each view, and where things stand.
pub async fn standing(tx: &mut LandlordTx, me: StaffId, roles: &[String], span: Span) -> Result<Standing> {
    Ok(sqlx::query_as!(
        Standing,
        r#"with recursive team (id, roles) as (
             select s.id, s.roles from staff s where s.manager_id = $1
             union
             select s.id, s.roles from staff s join team on team.id = s.manager_id),
           waiting as (
             select t.due_on <= $3 as presses,
                    (t.staff_id = $1 or t.for_roles && $2 or t.id in (select l.task_id from lent_tasks($1, $4, $8) l))
                      and not $1 = any (t.not_for) as is_mine,
                    exists (select from team m where (t.staff_id = m.id or t.for_roles && m.roles) and not m.id = any (t.not_for)) as is_teams
               from task t
              where t.done_at is null
                and (t.kind <> 'support' or t.staff_id = $1)
                and not (t.kind = 'review' and exists (select from in_force_on($4) f where f.review_id = t.subject_id and f.has_lapsed)))
           select count(*) filter (where w.is_mine) as "mine!",
                  count(*) filter (where w.is_mine and w.presses) as "mine_pressing!",
                  count(*) filter (where w.is_teams) as "team!",
                  count(*) filter (where w.is_teams and w.presses) as "team_pressing!",
                  count(*) as "all!",
                  count(*) filter (where w.presses) as "all_pressing!",
                  (select count(*) from in_force_on($4) f where f.is_applied) as "in_force!",
                  (select count(*) from review v where v.stage = 'due' and v.due_on between $4 and $5) as "reviews_ahead!",
                  (select count(*) from review v where v.stage = 'held' and v.held_at >= $6) as "reviews_held!",
                  (select count(*) from review v
                    where v.stage = 'held' and v.held_at >= $6 and (v.held_at at time zone 'Europe/London')::date <= v.due_on) as "reviews_on_time!",
                  (select count(*) from in_force_on($4) f where f.review_due < $4 and not f.has_lapsed) as "reviews_late!",
                  (select count(*) from appeal a where a.stage = 'received') as "appeals_open!",
                  (select min(a.received_on) from appeal a where a.stage = 'received') as oldest_appeal,
                  (select count(*) from incident i where i.logged_at >= $7) as "incidents!",
                  (select count(*) from incident i where i.logged_at >= $7 and i.outcome = 'no-action') as "no_action!",
                  (select json_agg(json_build_object('reference', c.ref, 'customer', trim(concat_ws(' ', c.given, c.family)), 'saved_at', d.saved_at)
                                   order by d.saved_at desc, c.id)
                     from incident_draft d
                     join customer c on c.id = d.customer_id
                    where d.staff_id = $1) as "drafts: Json<Vec<DraftLine>>"
             from waiting w"#,
        me.0,
        roles,
        span.soon,
        span.today,
        span.month_ahead,
        span.year_ago,
        span.month_began,
        &delegation::goes_over(),
    )
    .fetch_one(tx.connection())
    .await?)
}

/// One task.
#[derive(Debug)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// A key of `TaskKind`.
    pub kind: String,
    /// What it is about.
    pub subject: Uuid,
    /// The customer.
    pub customer: CustomerId,
    /// The one person it is for.
    pub staff: Option<StaffId>,
    /// Their name.
    pub whose: Option<String>,
    /// The posts it is for.
    pub for_roles: Vec<String>,
    /// People who may not.
    pub not_for: Vec<Uuid>,
    /// The last day.
    pub due_on: NaiveDate,
    /// A sentence more.
    pub note: Option<String>,
    /// Who outside is told.
    pub whom: Option<String>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// By whom.
    pub done_by_name: Option<String>,
}

/// The task with this id.
pub async fn find(tx: &mut LandlordTx, id: TaskId) -> Result<Option<Task>> {
    Ok(sqlx::query_as!(
        Task,
        r#"select t.id as "id: TaskId",
                  t.kind,
                  t.subject_id as subject,
                  t.customer_id as "customer: CustomerId",
                  t.staff_id as "staff: StaffId",
                  s.name as "whose?",
                  t.for_roles, t.not_for, t.due_on, t.note, t.whom, t.done_at,
                  d.name as "done_by_name?"
             from task t
             left join staff s on s.id = t.staff_id
             left join staff d on d.id = t.done_by
            where t.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Marks one task as done. False when it is done already.
pub async fn finish(tx: &mut LandlordTx, id: TaskId, by: StaffId, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update task
            set done_at = $3, done_by = $2, version = version + 1
          where id = $1 and done_at is null",
        id.0,
        by.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}
