//! Customers: who they are, what helps them, who may speak for them.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, NeedId, RepresentativeId, StaffId};

/// Enough of a customer to name them, write to them and be sure who they are.
#[derive(Clone, Debug)]
pub struct Head {
    /// Their id.
    pub id: CustomerId,
    /// Their reference, as it is spoken.
    pub reference: String,
    /// Mr, Ms, Dr …, where they gave one.
    pub title: Option<String>,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// `he`, `she` or `they`.
    pub pronoun: String,
    /// A key of the policy's list of subjects.
    pub subject: String,
    /// A key of the policy's business areas, where one is named.
    pub area: Option<String>,
    /// Their tenancy, if they have one.
    pub tenancy_ref: Option<String>,
    /// First line of the address.
    pub line1: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// `standard`, `large-print` or `plain-text`.
    pub letter_format: String,
    /// The language they want, where it is not English.
    pub language: Option<String>,
    /// Last four digits of a phone number of theirs.
    pub phone_ends: Option<String>,
    /// Since when they have been a customer.
    pub customer_since: Option<NaiveDate>,
    /// For telling whether somebody else changed it.
    pub version: i32,
}

impl Head {
    /// First use: "Colin Ashworth".
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    /// After that: "Mr Ashworth"; without a title, the full name.
    pub fn formal_name(&self) -> String {
        match &self.title {
            Some(title) => format!("{title} {}", self.family),
            None => self.full_name(),
        }
    }

    /// "14 Fernbank Close, Northmere NM4 6QT", as far as it is known.
    pub fn address_line(&self) -> String {
        let place = [&self.town, &self.postcode].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        [self.line1.as_deref().unwrap_or_default(), &place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// An adjustment in force.
#[derive(Clone, Debug)]
pub struct NeedLine {
    /// Its id.
    pub id: NeedId,
    /// A key of `rules::need::NeedKind`.
    pub kind: String,
    /// What to do.
    pub to_do: String,
    /// When it was noted.
    pub noted_at: DateTime<Utc>,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
}

/// Somebody who may speak for the customer.
#[derive(Clone, Debug)]
pub struct RepresentativeLine {
    /// Its id.
    pub id: RepresentativeId,
    /// Their name.
    pub name: String,
    /// Who they are to the customer.
    pub relation: String,
    /// The last day of the consent, where it has one.
    pub consent_until: Option<NaiveDate>,
    /// For example "ask for the password".
    pub note: Option<String>,
}

/// The customer with this reference.
pub async fn find(tx: &mut LandlordTx, reference: &str) -> Result<Option<Head>> {
    Ok(sqlx::query_as!(
        Head,
        r#"select c.id as "id: CustomerId", c.ref as reference, c.title, c.given, c.family, c.pronoun, c.subject, c.area, c.tenancy_ref,
                  c.line1, c.town, c.postcode, c.letter_format, c.language, c.customer_since, c.version,
                  (select right(p.number, 4) from customer_phone p where p.customer_id = c.id order by p.number limit 1) as phone_ends
             from customer c
            where c.ref = $1"#,
        reference,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Holds a customer until this transaction ends, so that two who begin the same for them do so one after the other.
pub async fn lock(tx: &mut LandlordTx, id: CustomerId) -> Result<()> {
    sqlx::query!("select id from customer where id = $1 for update", id.0).fetch_optional(tx.connection()).await?;
    Ok(())
}

/// The customer with this id.
pub async fn get(tx: &mut LandlordTx, id: CustomerId) -> Result<Option<Head>> {
    Ok(sqlx::query_as!(
        Head,
        r#"select c.id as "id: CustomerId", c.ref as reference, c.title, c.given, c.family, c.pronoun, c.subject, c.area, c.tenancy_ref,
                  c.line1, c.town, c.postcode, c.letter_format, c.language, c.customer_since, c.version,
                  (select right(p.number, 4) from customer_phone p where p.customer_id = c.id order by p.number limit 1) as phone_ends
             from customer c
            where c.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Adjustments in force, oldest first.
pub async fn needs(tx: &mut LandlordTx, customer: CustomerId) -> Result<Vec<NeedLine>> {
    Ok(sqlx::query_as!(
        NeedLine,
        r#"select id as "id: NeedId", kind, to_do, noted_at, review_on
             from need
            where customer_id = $1 and ended_at is null
            order by noted_at, id"#,
        customer.0,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Who may speak for the customer on a day.
pub async fn representatives(tx: &mut LandlordTx, customer: CustomerId, day: NaiveDate) -> Result<Vec<RepresentativeLine>> {
    Ok(sqlx::query_as!(
        RepresentativeLine,
        r#"select id as "id: RepresentativeId", name, relation, consent_until, note
             from representative
            where customer_id = $1 and ended_at is null and (consent_until is null or consent_until >= $2)
            order by added_at, id"#,
        customer.0,
        day,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// An adjustment to note.
#[derive(Clone, Debug)]
pub struct NewNeed<'a> {
    /// Its id.
    pub id: NeedId,
    /// Whose it is.
    pub customer: CustomerId,
    /// A key of `rules::need::NeedKind`.
    pub kind: &'a str,
    /// What to do.
    pub to_do: &'a str,
    /// Who noted it.
    pub by: StaffId,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
}

/// Notes an adjustment. False when this very one was noted before.
pub async fn add_need(tx: &mut LandlordTx, new: &NewNeed<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into need (id, customer_id, kind, to_do, noted_at, noted_by, review_on)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.customer.0,
        new.kind,
        new.to_do,
        now,
        new.by.0,
        new.review_on,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Whether this adjustment was ever noted for this customer.
pub async fn has_need(tx: &mut LandlordTx, customer: CustomerId, id: NeedId) -> Result<bool> {
    let known =
        sqlx::query_scalar!(r#"select exists (select from need where id = $2 and customer_id = $1) as "is_known!""#, customer.0, id.0);
    Ok(known.fetch_one(tx.connection()).await?)
}

/// Ends an adjustment of a customer; its kind, or nothing when there was none to end.
pub async fn end_need(tx: &mut LandlordTx, customer: CustomerId, id: NeedId, now: DateTime<Utc>) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "update need set ended_at = $3 where id = $2 and customer_id = $1 and ended_at is null returning kind",
        customer.0,
        id.0,
        now,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Somebody to add who may speak for a customer.
#[derive(Clone, Debug)]
pub struct NewRepresentative<'a> {
    /// Its id.
    pub id: RepresentativeId,
    /// For whom.
    pub customer: CustomerId,
    /// Their name.
    pub name: &'a str,
    /// Who they are to the customer.
    pub relation: &'a str,
    /// The last day of the consent.
    pub consent_until: Option<NaiveDate>,
    /// For example "ask for the password".
    pub note: Option<&'a str>,
    /// Who added them.
    pub by: StaffId,
}

/// Adds somebody who may speak for a customer. False when this very one was added before.
pub async fn add_representative(tx: &mut LandlordTx, new: &NewRepresentative<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into representative (id, customer_id, name, relation, consent_until, note, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (landlord_id, id) do nothing",
        new.id.0,
        new.customer.0,
        new.name,
        new.relation,
        new.consent_until,
        new.note,
        now,
        new.by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Whether this person was ever added for this customer.
pub async fn has_representative(tx: &mut LandlordTx, customer: CustomerId, id: RepresentativeId) -> Result<bool> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from representative where id = $2 and customer_id = $1) as "is_known!""#,
        customer.0,
        id.0
    );
    Ok(known.fetch_one(tx.connection()).await?)
}

/// Ends that; their name, or nothing when there was nobody to end.
pub async fn end_representative(
    tx: &mut LandlordTx,
    customer: CustomerId,
    id: RepresentativeId,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "update representative set ended_at = $3 where id = $2 and customer_id = $1 and ended_at is null returning name",
        customer.0,
        id.0,
        now,
    )
    .fetch_optional(tx.connection())
    .await?)
}
