//! What the page of one restriction shows beside the restriction itself.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::rules::appeal::Round;
use crate::rules::event::Event;
use crate::rules::id::{AppealId, LetterId, ReconsiderationId, RestrictionId, ReviewId, UndertakingId};
use crate::store::tx::LandlordTx;
use crate::store::{Error, Result};

/// Who had a hand in it, and what is open about it.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Who asked for it.
    pub proposed_by: String,
    /// Who took the last decision: a person, or a body.
    pub decided_by: Option<String>,
    /// Their job; for a body, who recorded it.
    pub decided_by_job: Option<String>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// The open review.
    pub review: Option<ReviewId>,
    /// Its day.
    pub review_due: Option<NaiveDate>,
    /// Where the decision was sent back on appeal and is not made again yet: when, and what must be looked at.
    pub sent_back_at: Option<DateTime<Utc>>,
    /// What must be looked at.
    pub look_at: Option<String>,
    /// The open appeal.
    pub appeal: Option<AppealId>,
    /// Which it is.
    pub appeal_round: Option<Round>,
    /// Whether it came late, and nobody has decided yet that it is heard.
    pub appeal_waits_to_be_admitted: bool,
    /// The open request to look again.
    pub reconsideration: Option<ReconsiderationId>,
    /// The undertaking that waits to be signed.
    pub undertaking: Option<UndertakingId>,
    /// The notice letter.
    pub notice: Option<LetterId>,
}

/// Who had a hand in a restriction, and what is open about it.
pub async fn surroundings(tx: &mut LandlordTx, id: RestrictionId) -> Result<Surroundings> {
    Ok(sqlx::query_as!(
        Surroundings,
        r#"select p.name as proposed_by,
                  coalesce(r.decided_as, d.name) as "decided_by?",
                  case when r.decided_as is null then d.job_title else 'recorded by ' || d.name end as "decided_by_job?",
                  e.name as "ended_by?",
                  v.id as "review?: ReviewId",
                  v.due_on as "review_due?",
                  b.decided_at as "sent_back_at?",
                  b.look_at as "look_at?",
                  a.id as "appeal?: AppealId",
                  a.round as "appeal_round?: Round",
                  coalesce(a.late and a.admitted_at is null, false) as "appeal_waits_to_be_admitted!",
                  g.id as "reconsideration?: ReconsiderationId",
                  u.id as "undertaking?: UndertakingId",
                  l.id as "notice?: LetterId"
             from restriction r
             join staff p on p.id = coalesce((select h.to_id from proposal_handover h where h.restriction_id = r.id order by h.at desc, h.id desc limit 1), r.proposed_by)
             left join staff d on d.id = r.decided_by
             left join staff e on e.id = r.ended_by
             left join review v on v.restriction_id = r.id and v.stage = 'due'
             left join appeal b on b.id = v.sent_back_by
             left join appeal a on a.restriction_id = r.id and a.stage = 'received'
             left join reconsideration g on g.restriction_id = r.id and g.stage = 'received'
             left join undertaking u on u.restriction_id = r.id and u.stage = 'asked'
             left join lateral (
                  select id from letter where subject_id = r.id and kind = 'restriction' order by made_at limit 1) l on true
            where r.id = $1"#,
        id.0,
    )
    .fetch_one(tx.connection())
    .await?)
}

/// One thing that happened to a restriction.
#[derive(Clone, Debug)]
pub struct Happened {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it; nothing when the clock did.
    pub by: Option<String>,
    /// What.
    pub event: Event,
}

/// The history of a restriction with its reviews, appeals and letters, newest first.
pub async fn history(tx: &mut LandlordTx, id: RestrictionId) -> Result<Vec<Happened>> {
    let rows = sqlx::query!(
        r#"with about (id) as (
             select $1::uuid
             union
             select id from review where restriction_id = $1
             union
             select id from appeal where restriction_id = $1
             union
             select id from reconsideration where restriction_id = $1)
           select e.id, e.at, s.name as "by?", e.details
             from event e
             left join staff s on s.id = e.actor_id
            where e.subject_id in (select id from about)
               or e.subject_id in (select l.id from letter l join about a on a.id = l.subject_id)
            order by e.at desc, e.id desc
            limit 100"#,
        id.0,
    )
    .fetch_all(tx.connection())
    .await?;
    let inconsistent = |id: Uuid| Error::Inconsistent { table: "event", id };
    rows.into_iter()
        .map(|row| {
            let event = serde_json::from_value(row.details).map_err(|_| inconsistent(row.id))?;
            Ok(Happened { at: row.at, by: row.by, event })
        })
        .collect()
}
