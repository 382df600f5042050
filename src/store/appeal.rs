//! Appeals: what the customer says is wrong, who may hear it, and what came of it.

use chrono::NaiveDate;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{AppealId, PolicyVersionId, RestrictionId};

/// What a reminder of an appeal needs to know.
#[derive(Debug)]
pub struct AppealFacts {
    /// Whether it waits still.
    pub is_open: bool,
    /// The day it is to be decided by.
    pub due_on: NaiveDate,
    /// The restriction it is against.
    pub restriction: RestrictionId,
    /// The policy that was made under.
    pub policy: PolicyVersionId,
    /// Whose it is.
    pub customer: crate::rules::id::CustomerId,
    /// The customer's reference, which may stand in an email where a name may not.
    pub reference: String,
}

/// An appeal as a reminder sees it, with nothing of the case in it.
pub async fn facts(tx: &mut LandlordTx, id: AppealId) -> Result<Option<AppealFacts>> {
    Ok(sqlx::query_as!(
        AppealFacts,
        r#"select a.stage = 'received' as "is_open!",
                  a.due_on,
                  a.restriction_id as "restriction: RestrictionId",
                  r.policy_version_id as "policy: PolicyVersionId",
                  a.customer_id as "customer: crate::rules::id::CustomerId",
                  c.ref as reference
             from appeal a
             join restriction r on r.id = a.restriction_id
             join customer c on c.id = a.customer_id
            where a.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}
