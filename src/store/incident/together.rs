//! Several people in one event (WK-01): one incident for each of them, and these belong together.

use chrono::{DateTime, Utc};

use crate::rules::id::{CustomerId, IncidentId, RestrictionId, StaffId};
use crate::store::Result;
use crate::store::tx::LandlordTx;

/// Where somebody stands towards what several people did together.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The first incident logged of it.
    pub first: IncidentId,
    /// Whose that is.
    pub first_customer: CustomerId,
    /// The incident of the one who is asked about, where there is one.
    pub theirs: Option<IncidentId>,
}

/// Where this customer stands towards the event that this incident is of.
pub async fn place(tx: &mut LandlordTx, incident: IncidentId, customer: CustomerId) -> Result<Option<Place>> {
    Ok(sqlx::query_as!(
        Place,
        r#"select f.id as "first: IncidentId",
                  f.customer_id as "first_customer: CustomerId",
                  (select i.id
                     from incident i
                    where i.customer_id = $2
                      and (i.id = f.id or i.id in (select m.incident_id from incident_together m where m.first_id = f.id))
                    limit 1) as "theirs: IncidentId"
             from incident f
            where f.id = coalesce((select t.first_id from incident_together t where t.incident_id = $1), $1)"#,
        incident.0,
        customer.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// An incident of one more person of an event.
#[derive(Clone, Copy, Debug)]
pub struct OneMore {
    /// The first incident logged of the event.
    pub first: IncidentId,
    /// Theirs.
    pub incident: IncidentId,
    /// Who.
    pub customer: CustomerId,
    /// Who logged it.
    pub by: StaffId,
}

/// Puts an incident beside the first of its event. False where this customer has one there already.
pub async fn add(tx: &mut LandlordTx, new: OneMore, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into incident_together (incident_id, first_id, customer_id, linked_at, linked_by)
         values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        new.incident.0,
        new.first.0,
        new.customer.0,
        now,
        new.by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// What the others of an event are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// One incident.
    Incident(IncidentId),
    /// Every incident of a customer.
    Customer(CustomerId),
    /// The incidents that a restriction rests on.
    Restriction(RestrictionId),
}

/// Somebody else who took part, and what was decided for them.
#[derive(Clone, Debug)]
pub struct Other {
    /// Their incident.
    pub incident: IncidentId,
    /// Their reference.
    pub reference: String,
    /// Title, as in "Mr".
    pub title: Option<String>,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// A key of `Outcome`, once it is decided.
    pub outcome: Option<String>,
    /// Why.
    pub reasons: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// The others who took part, the first logged first; nobody where everybody acted alone.
pub async fn others(tx: &mut LandlordTx, of: Of) -> Result<Vec<Other>> {
    let (incident, customer, restriction) = match of {
        Of::Incident(id) => (Some(id.0), None, None),
        Of::Customer(id) => (None, Some(id.0), None),
        Of::Restriction(id) => (None, None, Some(id.0)),
    };
    Ok(sqlx::query_as!(
        Other,
        r#"with own (id, first_id, customer_id) as (
             select i.id, coalesce(t.first_id, i.id), i.customer_id
               from incident i
               left join incident_together t on t.incident_id = i.id
              where i.id in (select $1::uuid
                             union all select o.id from incident o where o.customer_id = $2
                             union all select r.incident_id from restriction_incident r where r.restriction_id = $3)),
           event (id, customer_id) as (
             select m.incident_id, w.customer_id from own w join incident_together m on m.first_id = w.first_id
             union
             select w.first_id, w.customer_id from own w where w.first_id <> w.id)
           select i.id as "incident: IncidentId", c.ref as reference, c.title, c.given, c.family,
                  i.outcome, i.outcome_reasons as reasons, s.name as "decided_by?", i.decided_at
             from event e
             join incident i on i.id = e.id
             join customer c on c.id = i.customer_id
             left join staff s on s.id = i.decided_by
            where i.customer_id <> e.customer_id
            order by i.logged_at, i.id"#,
        incident,
        customer,
        restriction,
    )
    .fetch_all(tx.connection())
    .await?)
}

impl Other {
    /// "Leanne Silva".
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}
