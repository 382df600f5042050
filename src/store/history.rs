//! Who took which part in a case, read from its rows: what independence is computed from.

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{RestrictionId, StaffId};

/// One part somebody took, by its key, and their line manager.
#[derive(Clone, Debug)]
pub struct PartLine {
    /// In whose case.
    pub restriction: RestrictionId,
    /// Who.
    pub staff: StaffId,
    /// The key of the part.
    pub part: String,
    /// The key of the post in which they authorised it, or of the body; for that part alone.
    pub post: Option<String>,
    /// Whom they report to.
    pub manager: Option<StaffId>,
}

/// Every part anybody took in the case of a restriction, from the first incident to the last appeal.
pub async fn parts(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Vec<PartLine>> {
    parts_of(tx, &[restriction]).await
}

/// The same of several restrictions at once.
pub async fn parts_of(tx: &mut LandlordTx, restrictions: &[RestrictionId]) -> Result<Vec<PartLine>> {
    let ids: Vec<uuid::Uuid> = restrictions.iter().map(|id| id.0).collect();
    Ok(sqlx::query_as!(
        PartLine,
        r#"select c.id as "restriction!: RestrictionId",
                  t.staff_id as "staff!: StaffId",
                  t.part as "part!",
                  t.post,
                  s.manager_id as "manager: StaffId"
             from unnest($1::uuid[]) as c (id)
            cross join lateral (
           with behind as (
             select i.id, i.logged_by
               from restriction_incident ri
               join incident i on i.id = ri.incident_id
              where ri.restriction_id = c.id),
           took (staff_id, part, post) as (
             select b.logged_by, 'logged', null::text from behind b
             union
             select p.staff_id, 'affected', null from incident_person p join behind b on b.id = p.incident_id where p.staff_id is not null
             union
             select w.given_by, 'warned', null from warning w join restriction r on r.customer_id = w.customer_id where r.id = c.id
             union
             select coalesce(m.staff_id, g.staff_id), 'warned', null
               from warning w
               join restriction r on r.customer_id = w.customer_id
               join warning_agreement g on g.request_id = w.id and g.say = 'agree'
               left join sitting s on s.subject_kind = 'warning-agreement' and s.subject_id = g.id
               left join sitting_seat m on m.sitting_id = s.id
              where r.id = c.id
             union
             select w.given_by, 'skipped-step', null
               from warning w
               join restriction r on r.customer_id = w.customer_id
              where r.id = c.id and w.skipped_step is not null
             union
             select a.changed_by, 'assessed', null from assessment a where a.restriction_id = c.id
             union
             select r.proposed_by, 'proposed', null from restriction r where r.id = c.id
             union
             select h.to_id, 'proposed', null from proposal_handover h where h.restriction_id = c.id
             union
             select coalesce(m.staff_id, a.staff_id),
                    case a.say when 'view' then 'consulted' when 'approve' then 'authorised' else 'declined' end,
                    case when a.say = 'approve' then a.as_post end
               from approval a
               left join approval_seat m on m.approval_id = a.id
              where a.restriction_id = c.id
             union
             select r.decided_by, 'authorised', null
               from restriction r
              where r.id = c.id and r.in_force_at is not null and r.decided_by is not null and r.decided_as is null
             union
             select coalesce(m.staff_id, v.held_by), 'reviewed', null
               from review v
               left join sitting s on s.subject_kind = 'review' and s.subject_id = v.id
               left join sitting_seat m on m.sitting_id = s.id
              where v.restriction_id = c.id and v.held_by is not null
             union
             select coalesce(m.staff_id, a.decided_by), 'heard-appeal', null
               from appeal a
               left join sitting s on s.subject_kind = 'appeal' and s.subject_id = a.id
               left join sitting_seat m on m.sitting_id = s.id
              where a.restriction_id = c.id and a.stage = 'decided'
             union
             select coalesce(m.staff_id, g.decided_by), 'looked-again', null
               from reconsideration g
               left join sitting s on s.subject_kind = 'reconsideration' and s.subject_id = g.id
               left join sitting_seat m on m.sitting_id = s.id
              where g.restriction_id = c.id and g.stage = 'answered')
             select staff_id, part, post from took) t
             join staff s on s.id = t.staff_id
            order by s.name, s.id, t.part"#,
        &ids,
    )
    .fetch_all(tx.connection())
    .await?)
}
