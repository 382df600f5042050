//! Reviews as pages show them.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::rules::delegation;
use crate::rules::id::{CustomerId, RestrictionId, ReviewId};
use crate::store::Result;
use crate::store::task::NOBODY;
use crate::store::tx::LandlordTx;

/// One review, with the name of whoever held it.
#[derive(Debug)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// The restriction looked at.
    pub restriction: RestrictionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Its day.
    pub due_on: NaiveDate,
    /// When it was promised.
    pub made_at: DateTime<Utc>,
    /// `due`, `held` or `overtaken`.
    pub stage: String,
    /// When it was held.
    pub held_at: Option<DateTime<Utc>>,
    /// By whom: "the Case Panel, recorded by Ann Bell" where a body did.
    pub held_by: Option<String>,
    /// `continue`, `vary` or `lift`.
    pub outcome: Option<String>,
    /// `heard`, `no-answer` or `not-asked`.
    pub view_how: Option<String>,
    /// What the customer said, or how they were asked, or why not.
    pub customers_view: Option<String>,
    /// What had happened since, as the reviewer read it.
    pub since: Option<String>,
    /// Why it was decided so.
    pub reasons: Option<String>,
    /// What must be looked at, where the decision was sent back on appeal to be made again.
    pub look_at: Option<String>,
    /// For telling whether somebody else changed it.
    pub version: i32,
}

impl Review {
    /// Whether it waits still.
    pub fn is_due(&self) -> bool {
        self.stage == "due"
    }
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: ReviewId) -> Result<Option<Review>> {
    Ok(sqlx::query_as!(
        Review,
        r#"select v.id as "id: ReviewId", v.restriction_id as "restriction: RestrictionId", v.customer_id as "customer: CustomerId",
                  v.due_on, v.made_at, v.stage, v.held_at, coalesce('the ' || t.title || ', recorded by ' || s.name, s.name) as "held_by?", v.outcome, v.view_how, v.customers_view, v.since, v.reasons, a.look_at as "look_at?", v.version
             from review v
             left join appeal a on a.id = v.sent_back_by
             left join staff s on s.id = v.held_by
             left join sitting t on t.subject_kind = 'review' and t.subject_id = v.id
            where v.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// How often something happened since the decision or the last review, for both sides alike.
#[derive(Debug)]
pub struct Since {
    /// The decision, or the last review held before this one.
    pub from: DateTime<Utc>,
    /// Incidents since then.
    pub incidents: i64,
    /// Calm contacts since then.
    pub calm: i64,
}

/// What has happened since the decision or the last review held, up to now.
pub async fn since(tx: &mut LandlordTx, restriction: RestrictionId) -> Result<Option<Since>> {
    Ok(sqlx::query_as!(
        Since,
        r#"select f.at as "from!",
                  (select count(*) from incident i where i.customer_id = r.customer_id and i.happened_at > f.at) as "incidents!",
                  (select count(*) from contact c where c.customer_id = r.customer_id and c.at > f.at and c.manner = 'calm') as "calm!"
             from restriction r
             cross join lateral (select coalesce((select max(v.held_at) from review v where v.restriction_id = r.id), r.in_force_at) as at) f
            where r.id = $1
              and f.at is not null"#,
        restriction.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// An incident or a calm contact since the decision or the last review.
#[derive(Debug)]
pub struct Happening {
    /// Whether it is an incident.
    pub is_incident: bool,
    /// Its id.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The key of its channel.
    pub channel: String,
    /// The policy's keys of the behaviour, for an incident.
    pub behaviours: Vec<String>,
    /// What it was about.
    pub text: String,
}

/// The newest of them, incidents and calm contacts together, in order.
pub async fn happenings(tx: &mut LandlordTx, customer: CustomerId, from: DateTime<Utc>, most: i64) -> Result<Vec<Happening>> {
    Ok(sqlx::query_as!(
        Happening,
        r#"select true as "is_incident!", i.id as "id!", i.happened_at as "at!", i.channel as "channel!", i.behaviours as "behaviours!", i.about as "text!"
             from incident i
            where i.customer_id = $1 and i.happened_at > $2
           union all
           select false, c.id, c.at, c.channel, '{}', c.summary
             from contact c
            where c.customer_id = $1 and c.at > $2 and c.manner = 'calm'
            order by 3 desc, 2
            limit $3"#,
        customer.0,
        from,
        most,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// A review that waits, in the register.
#[derive(Debug)]
pub struct ReviewLine {
    /// Its id.
    pub id: ReviewId,
    /// The customer's given names.
    pub given: String,
    /// Their family name.
    pub family: String,
    /// Its day.
    pub due_on: NaiveDate,
    /// Since when the restriction is in force.
    pub in_force_at: Option<DateTime<Utc>>,
    /// The restriction's last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// Whether it waits: for an appeal, or to be decided again.
    pub is_suspended: bool,
    /// Whether the review is one at which it is decided again.
    pub is_sent_back: bool,
    /// Whether the reader may hold it.
    pub mine: bool,
    /// Whether nobody who works here may hold it: its task says so.
    pub nobody: bool,
}

/// The register: every restriction in force has one review that waits; one that has lapsed has none. Soonest first, after a line already
/// shown.
pub async fn due(
    tx: &mut LandlordTx,
    reader: crate::rules::id::StaffId,
    after: Option<(NaiveDate, ReviewId)>,
    today: NaiveDate,
    most: i64,
) -> Result<Vec<ReviewLine>> {
    Ok(sqlx::query_as!(
        ReviewLine,
        r#"select v.id as "id: ReviewId", c.given, c.family, v.due_on, r.in_force_at, f.last_day as ends_on, f.is_suspended as "is_suspended!",
                  v.sent_back_by is not null as "is_sent_back!",
                  exists (select from task t join staff s on s.id = $1
                           where t.subject_id = v.id and t.kind = 'review' and t.done_at is null and waits_for(t, s.id, s.roles, $5, $7)) as "mine!",
                  exists (select from task t
                           where t.subject_id = v.id and t.kind = 'review' and t.done_at is null and starts_with(t.note, $6)) as "nobody!"
             from review v
             join restriction r on r.id = v.restriction_id
             join customer c on c.id = v.customer_id
             join in_force_on($5) f on f.restriction_id = r.id and f.review_id = v.id
            where v.stage = 'due'
              and not f.has_lapsed
              and ($2::date is null or (v.due_on, v.id) > ($2, $3))
            order by v.due_on, v.id
            limit $4"#,
        reader.0,
        after.map(|(day, _)| day),
        after.map(|(_, id)| id.0),
        most,
        today,
        NOBODY,
        &delegation::goes_over(),
    )
    .fetch_all(tx.connection())
    .await?)
}
