//! Reviews: the promise to look again at a restriction, and what came of it.

mod shown;

pub use shown::{Happening, Review, ReviewLine, Since, due, find, happenings, since};

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{AppealId, CustomerId, PolicyVersionId, RestrictionId, ReviewId, StaffId};

/// A review to be promised.
#[derive(Debug)]
pub struct NewReview {
    /// Its id.
    pub id: ReviewId,
    /// The restriction looked at.
    pub restriction: RestrictionId,
    /// Whose restriction it is.
    pub customer: CustomerId,
    /// Its day.
    pub due_on: NaiveDate,
    /// The appeal that sent the decision back to be made again, where one did.
    pub sent_back_by: Option<AppealId>,
}

/// Makes the promise. There is one open at a time.
pub async fn add(tx: &mut LandlordTx, new: &NewReview, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into review (id, restriction_id, customer_id, policy_version_id, due_on, made_at, stage, sent_back_by)
         select $1, r.id, $3, r.policy_version_id, $4, $5, 'due', $6 from restriction r where r.id = $2",
        new.id.0,
        new.restriction.0,
        new.customer.0,
        new.due_on,
        now,
        new.sent_back_by.map(|id| id.0),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The appeal that sent the decision on a restriction back, where it is not made again yet.
pub async fn sent_back_by(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Option<AppealId>> {
    let open = sqlx::query_scalar!(
        r#"select sent_back_by as "appeal!: AppealId" from review where restriction_id = $1 and stage = 'due' and sent_back_by is not null"#,
        restriction.0,
    );
    Ok(open.fetch_optional(tx.connection()).await?)
}

/// What holding a review writes down.
#[derive(Debug)]
pub struct Holding<'a> {
    /// `continue`, `vary` or `lift`.
    pub outcome: &'a str,
    /// `heard`, `no-answer` or `not-asked`.
    pub view_how: &'a str,
    /// The customer's own words, or how they were asked, or why not.
    pub view: Option<&'a str>,
    /// What had happened since, as the reviewer read it.
    pub since: &'a str,
    /// Why it was decided so.
    pub reasons: &'a str,
    /// Who held it.
    pub by: StaffId,
}

/// Keeps the promise. False when it stands otherwise by now.
pub async fn hold(tx: &mut LandlordTx, id: ReviewId, version: i32, what: &Holding<'_>, now: DateTime<Utc>) -> Result<bool> {
    Ok(sqlx::query!(
        "update review
            set stage = 'held',
                held_at = $3,
                held_by = $4,
                outcome = $5,
                view_how = $6,
                customers_view = $7,
                since = $8,
                reasons = $9,
                policy_version_id = (select r.policy_version_id from restriction r where r.id = review.restriction_id),
                version = version + 1
          where id = $1
            and version = $2
            and stage = 'due'",
        id.0,
        version,
        now,
        what.by.0,
        what.outcome,
        what.view_how,
        what.view,
        what.since,
        what.reasons,
    )
    .execute(tx.connection())
    .await?
    .rows_affected()
        == 1)
}

/// Ends the open review of a restriction unheld, because the restriction ended. Its id, if there was one.
pub async fn overtake(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Option<ReviewId>> {
    Ok(sqlx::query_scalar!(
        r#"update review
              set stage = 'overtaken', version = version + 1
            where restriction_id = $1
              and stage = 'due'
        returning id as "id: ReviewId""#,
        restriction.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// What a reminder of a review needs to know.
#[derive(Debug)]
pub struct ReviewFacts {
    /// Whether it waits still.
    pub is_due: bool,
    /// Its day.
    pub due_on: NaiveDate,
    /// The restriction looked at.
    pub restriction: RestrictionId,
    /// Whether that is in force.
    pub in_force: bool,
    /// Its last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// The policy it was made under.
    pub policy: PolicyVersionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The customer's reference, which may stand in an email where a name may not.
    pub reference: String,
}

/// A review as a reminder sees it, with nothing of the case in it.
pub async fn facts(tx: &mut LandlordTx, id: ReviewId) -> Result<Option<ReviewFacts>> {
    Ok(sqlx::query_as!(
        ReviewFacts,
        r#"select v.stage = 'due' as "is_due!",
                  v.due_on,
                  v.restriction_id as "restriction: RestrictionId",
                  r.stage = 'in-force' as "in_force!",
                  r.ends_on,
                  r.policy_version_id as "policy: PolicyVersionId",
                  v.customer_id as "customer: CustomerId",
                  c.ref as reference
             from review v
             join restriction r on r.id = v.restriction_id
             join customer c on c.id = v.customer_id
            where v.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}
