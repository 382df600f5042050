//! Appeals as pages show them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::rules::appeal::Round;
use crate::rules::id::{AppealId, CustomerId, PolicyVersionId, RestrictionId};
use crate::store::Result;
use crate::store::tx::LandlordTx;

/// One appeal, with the names of everybody who had a hand in it.
#[derive(Debug)]
pub struct Appeal {
    /// Its id.
    pub id: AppealId,
    /// The restriction it is against.
    pub restriction: RestrictionId,
    /// The version of the policy it came under, and by which it is decided.
    pub policy: PolicyVersionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The day it came.
    pub received_on: NaiveDate,
    /// By which way.
    pub received_via: String,
    /// Who wrote it down.
    pub logged_by: String,
    /// Which of the grounds the policy lists it rests on, in the policy's words.
    pub listed: Vec<String>,
    /// What is wrong, in the customer's words.
    pub grounds: String,
    /// Anything new.
    pub new_information: Option<String>,
    /// The last day of the window, where there is one.
    pub window_closed_on: Option<NaiveDate>,
    /// Whether it came after that.
    pub late: bool,
    /// Why, as far as the customer said.
    pub late_because: Option<String>,
    /// When it was decided to hear it after all.
    pub admitted_at: Option<DateTime<Utc>>,
    /// By whom.
    pub admitted_by: Option<String>,
    /// Why.
    pub admitted_because: Option<String>,
    /// `received`, `decided`, `out-of-time` or `overtaken`.
    pub stage: String,
    /// The day it is decided by.
    pub due_on: NaiveDate,
    /// When it was decided, or closed without a decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who decided it ("the Case Panel, recorded by Ann Bell" where a body did), or ended what it was against.
    pub decided_by: Option<String>,
    /// `uphold`, `vary`, `quash` or `remit`.
    pub outcome: Option<String>,
    /// Why.
    pub reasons: Option<String>,
    /// What must be looked at, where the decision is sent back to be made again.
    pub look_at: Option<String>,
    /// Which appeal it is.
    pub round: Round,
    /// The first appeal, where this is the second: against that answer.
    pub answers: Option<AppealId>,
    /// Whether its answer told the customer how to make a second.
    pub opens_another: bool,
    /// For telling whether somebody else changed it.
    pub version: i32,
}

impl Appeal {
    /// Whether it waits still.
    pub fn is_open(&self) -> bool {
        self.stage == "received"
    }

    /// Whether somebody must decide first that it is heard at all.
    pub fn waits_to_be_admitted(&self) -> bool {
        self.is_open() && self.late && self.admitted_at.is_none()
    }
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: AppealId) -> Result<Option<Appeal>> {
    Ok(sqlx::query_as!(
        Appeal,
        r#"select a.id as "id: AppealId", a.restriction_id as "restriction: RestrictionId", a.policy_version_id as "policy: PolicyVersionId",
                  a.customer_id as "customer: CustomerId", a.received_on, a.received_via, l.name as logged_by, a.listed_grounds as listed, a.grounds, a.new_information, a.window_closed_on, a.late, a.late_because,
                  a.admitted_at, coalesce('the ' || f.title || ', recorded by ' || m.name, m.name) as "admitted_by?", a.admitted_because, a.stage, a.due_on, a.decided_at, coalesce('the ' || t.title || ', recorded by ' || d.name, d.name) as "decided_by?",
                  a.outcome, a.reasons, a.look_at, a.round as "round: Round", a.answers as "answers: AppealId", a.opens_another, a.version
             from appeal a
             join staff l on l.id = a.logged_by
             left join staff m on m.id = a.admitted_by
             left join staff d on d.id = a.decided_by
             left join sitting t
               on t.subject_kind = case a.stage when 'out-of-time' then 'late-appeal' else 'appeal' end and t.subject_id = a.id
             left join sitting f on f.subject_kind = 'late-appeal' and f.subject_id = a.id
            where a.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}
