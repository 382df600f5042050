//! Versions as pages show them, and the history of the policy.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::rules::event::Event;
use crate::rules::id::{PolicyVersionId, StaffId};
use crate::rules::policy_version::{Hands, Stage};
use crate::store::tx::LandlordTx;
use crate::store::{Error, Result};

/// One version, with the names of everybody who had a hand in it. Its words are read apart: they are long.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its id.
    pub id: PolicyVersionId,
    /// Its number, from 1.
    pub number: i32,
    /// The policy's own title.
    pub title: String,
    /// What changes and why.
    pub note: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// The day it takes effect, once asked for.
    pub starts_on: Option<NaiveDate>,
    /// When it was brought.
    pub added_at: DateTime<Utc>,
    /// Who brought it; nobody where a command did.
    pub added_by: Option<StaffId>,
    /// Their name.
    pub added_by_name: Option<String>,
    /// When it was asked for.
    pub checked_at: Option<DateTime<Utc>>,
    /// Who asked for it.
    pub checked_by: Option<StaffId>,
    /// Their name.
    pub checked_by_name: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Who confirmed it.
    pub published_by: Option<StaffId>,
    /// Their name.
    pub published_by_name: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Who withdrew it.
    pub withdrawn_by_name: Option<String>,
    /// Why.
    pub withdrawn_because: Option<String>,
    /// For telling whether somebody else changed it.
    pub version: i32,
}

impl Version {
    /// Who had a hand in it.
    pub const fn hands(&self) -> Hands {
        Hands { brought: self.added_by, asked: self.checked_by, published: self.published_by }
    }
}

/// Every version, the newest number first; a landlord has a few dozen in a lifetime.
pub async fn list(tx: &mut LandlordTx) -> Result<Vec<Version>> {
    read(tx, None, None).await
}

/// Those at one stage.
pub async fn list_of_stage(tx: &mut LandlordTx, stage: Stage) -> Result<Vec<Version>> {
    read(tx, None, Some(stage)).await
}

/// The one with this id; of an area's, the one it belongs to.
pub async fn find(tx: &mut LandlordTx, id: PolicyVersionId) -> Result<Option<Version>> {
    Ok(read(tx, Some(id), None).await?.pop())
}

async fn read(tx: &mut LandlordTx, id: Option<PolicyVersionId>, stage: Option<Stage>) -> Result<Vec<Version>> {
    Ok(sqlx::query_as!(
        Version,
        r#"select v.id as "id: PolicyVersionId", v.number, v.title, v.note, v.stage as "stage: Stage", v.starts_on,
                  v.added_at, v.added_by as "added_by: StaffId", a.name as "added_by_name?",
                  v.checked_at, v.checked_by as "checked_by: StaffId", c.name as "checked_by_name?",
                  v.published_at, v.published_by as "published_by: StaffId", p.name as "published_by_name?",
                  v.withdrawn_at, w.name as "withdrawn_by_name?", v.withdrawn_because, v.version
             from policy_version v
             left join staff a on a.id = v.added_by
             left join staff c on c.id = v.checked_by
             left join staff p on p.id = v.published_by
             left join staff w on w.id = v.withdrawn_by
            where v.base_id is null
              and ($1::uuid is null or v.id = $1 or v.id = (select a.base_id from policy_version a where a.id = $1))
              and ($2::text is null or v.stage = $2)
            order by v.number desc"#,
        id.map(|id| id.0),
        stage.map(Stage::key),
    )
    .fetch_all(tx.connection())
    .await?)
}

/// One thing that happened to the policy.
#[derive(Clone, Debug)]
pub struct Happened {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it; nothing when a command did.
    pub by: Option<String>,
    /// The version it happened to.
    pub version: PolicyVersionId,
    /// What.
    pub event: Event,
}

/// What happened to the policy's versions, newest first; to one of them where it is named.
pub async fn history(tx: &mut LandlordTx, version: Option<PolicyVersionId>) -> Result<Vec<Happened>> {
    let rows = sqlx::query!(
        r#"select e.id, e.at, s.name as "by?", e.subject_id as "version: PolicyVersionId", e.details
             from policy_version v
             join event e on e.subject_id = v.id
             left join staff s on s.id = e.actor_id
            where $1::uuid is null or v.id = $1
            order by e.at desc, e.id desc
            limit 200"#,
        version.map(|version| version.0),
    )
    .fetch_all(tx.connection())
    .await?;
    let inconsistent = |id: Uuid| Error::Inconsistent { table: "event", id };
    rows.into_iter()
        .map(|row| {
            let event = serde_json::from_value(row.details).map_err(|_| inconsistent(row.id))?;
            Ok(Happened { at: row.at, by: row.by, version: row.version, event })
        })
        .collect()
}
