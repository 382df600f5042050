//! What a desk needs to know before anything else: who sits at it, for which landlord, under which policy, and what waits.

use chrono::NaiveDate;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::delegation;
use crate::rules::id::{LandlordId, PolicyVersionId, StaffId};

/// Everything known of a desk in one question.
#[derive(Debug)]
pub struct Seat {
    /// The landlord.
    pub landlord_id: LandlordId,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub landlord: String,
    /// The number customers ring.
    pub phone: String,
    /// The address customers write to.
    pub email: String,
    /// Its postal address, lines apart.
    pub address: String,
    /// The version of the policy in force today.
    pub policy: PolicyVersionId,
    /// The person.
    pub staff_id: StaffId,
    /// Their name.
    pub name: String,
    /// Their own job title.
    pub job_title: String,
    /// Which pages they may open.
    pub reach: String,
    /// The posts of the landlord's policy they hold.
    pub roles: Vec<String>,
    /// Whom they report to.
    pub manager_id: Option<StaffId>,
    /// The look they chose.
    pub theme: Option<String>,
    /// Whether the key / goes to the lookup.
    pub shortcuts: bool,
    /// What waits for them, by kind of task.
    pub waiting: Vec<String>,
    /// How many of each.
    pub waiting_counts: Vec<i64>,
}

/// The landlord as a letter or a job sees it.
#[derive(Debug, Clone)]
pub struct LandlordFacts {
    /// Its id.
    pub id: LandlordId,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The number customers ring.
    pub phone: String,
    /// The address customers write to.
    pub email: String,
    /// Its postal address, lines apart.
    pub address: String,
}

/// The desk of a person still employed, on a day. `None` when they have left or no policy is in force.
pub async fn seat(tx: &mut LandlordTx, staff: StaffId, today: NaiveDate) -> Result<Option<Seat>> {
    Ok(sqlx::query_as!(
        Seat,
        r#"select l.landlord_id as "landlord_id: LandlordId",
                  l.slug,
                  l.name as landlord,
                  l.phone,
                  l.email,
                  l.address,
                  p.id as "policy: PolicyVersionId",
                  s.id as "staff_id: StaffId",
                  s.name,
                  s.job_title,
                  s.reach,
                  s.roles,
                  s.manager_id as "manager_id: StaffId",
                  s.theme,
                  s.shortcuts,
                  coalesce(w.kinds, '{}') as "waiting!",
                  coalesce(w.counts, '{}') as "waiting_counts!"
             from staff s
             cross join landlord l
             cross join lateral (select v.id
                                   from policy_version v
                                  where v.stage = 'published'
                                    and v.base_id is null
                                    and v.starts_on <= $2
                                  order by v.starts_on desc, v.published_at desc
                                  limit 1) p
             cross join lateral (select array_agg(k.kind) as kinds, array_agg(k.n) as counts
                                   from (select t.kind, count(*) as n
                                           from task t
                                          where t.done_at is null
                                            and (t.staff_id = s.id or t.for_roles && s.roles
                                                 or t.id in (select l.task_id from lent_tasks($1, $2, $3) l))
                                            and not s.id = any (t.not_for)
                                          group by t.kind) k) w
            where s.id = $1
              and s.left_at is null"#,
        staff.0,
        today,
        &delegation::goes_over(),
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The landlord of this transaction.
pub async fn landlord(tx: &mut LandlordTx) -> Result<LandlordFacts> {
    Ok(sqlx::query_as!(LandlordFacts, r#"select landlord_id as "id: LandlordId", slug, name, phone, email, address from landlord"#)
        .fetch_one(tx.connection())
        .await?)
}
