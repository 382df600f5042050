//! Many customers at once, each column as one array: for imports, demonstrations and generated data.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, StaffId};

/// A customer to add.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// Their id.
    pub id: CustomerId,
    /// Their reference, as it is spoken.
    pub reference: String,
    /// Mr, Ms …, where they gave one.
    pub title: Option<String>,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// `he`, `she` or `they`.
    pub pronoun: String,
    /// A key of the policy's list of subjects.
    pub subject: String,
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
    /// Since when they have been a customer.
    pub customer_since: Option<NaiveDate>,
    /// Phone numbers in E.164.
    pub phones: Vec<String>,
    /// Email addresses in lower case.
    pub emails: Vec<String>,
}

/// Whether the landlord has any customer yet.
pub async fn has_any(tx: &mut LandlordTx) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from customer) as "any!""#).fetch_one(tx.connection()).await?)
}

/// Adds customers with their numbers and addresses. Their words are for `customer_search::index_many`.
pub async fn add_many(tx: &mut LandlordTx, new: &[NewCustomer], now: DateTime<Utc>) -> Result<()> {
    add_rows(tx, new, now).await?;
    let phones: (Vec<Uuid>, Vec<String>) = new.iter().flat_map(|one| one.phones.iter().map(|number| (one.id.0, number.clone()))).unzip();
    sqlx::query!("insert into customer_phone (customer_id, number) select * from unnest($1::uuid[], $2::text[])", &phones.0, &phones.1)
        .execute(tx.connection())
        .await?;
    let emails: (Vec<Uuid>, Vec<String>) = new.iter().flat_map(|one| one.emails.iter().map(|address| (one.id.0, address.clone()))).unzip();
    sqlx::query!("insert into customer_email (customer_id, address) select * from unnest($1::uuid[], $2::text[])", &emails.0, &emails.1)
        .execute(tx.connection())
        .await?;
    Ok(())
}

async fn add_rows(tx: &mut LandlordTx, new: &[NewCustomer], now: DateTime<Utc>) -> Result<()> {
    let text = |of: fn(&NewCustomer) -> &String| new.iter().map(|one| of(one).clone()).collect::<Vec<String>>();
    let maybe = |of: fn(&NewCustomer) -> &Option<String>| new.iter().map(|one| of(one).clone()).collect::<Vec<Option<String>>>();
    let ids: Vec<Uuid> = new.iter().map(|one| one.id.0).collect();
    let since: Vec<Option<NaiveDate>> = new.iter().map(|one| one.customer_since).collect();
    let (titles, tenancies, lines) = (maybe(|one| &one.title), maybe(|one| &one.tenancy_ref), maybe(|one| &one.line1));
    let (towns, postcodes, languages) = (maybe(|one| &one.town), maybe(|one| &one.postcode), maybe(|one| &one.language));
    sqlx::query!(
        "insert into customer (id, ref, title, given, family, pronoun, subject, tenancy_ref, tenancy_key, line1, town, postcode, postcode_key,
                               letter_format, language, customer_since, added_at)
         select n.id, n.ref, n.title, n.given, n.family, n.pronoun, n.subject,
                n.tenancy, upper(regexp_replace(n.tenancy, '[^[:alnum:]]', '', 'g')),
                n.line1, n.town, n.postcode, replace(n.postcode, ' ', ''), n.format, n.language, n.since, $15
           from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                       $11::text[], $12::text[], $13::text[], $14::date[])
             as n (id, ref, title, given, family, pronoun, subject, tenancy, line1, town, postcode, format, language, since)",
        &ids,
        &text(|one| &one.reference),
        &titles as &[Option<String>],
        &text(|one| &one.given),
        &text(|one| &one.family),
        &text(|one| &one.pronoun),
        &text(|one| &one.subject),
        &tenancies as &[Option<String>],
        &lines as &[Option<String>],
        &towns as &[Option<String>],
        &postcodes as &[Option<String>],
        &text(|one| &one.letter_format),
        &languages as &[Option<String>],
        &since as &[Option<NaiveDate>],
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// An adjustment to note.
#[derive(Clone, Debug)]
pub struct NewNeed {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub customer: CustomerId,
    /// A key of `rules::need::NeedKind`.
    pub kind: &'static str,
    /// What to do.
    pub to_do: String,
}

/// Notes adjustments.
pub async fn add_needs(tx: &mut LandlordTx, new: &[NewNeed], by: StaffId, now: DateTime<Utc>) -> Result<()> {
    let ids: Vec<Uuid> = new.iter().map(|one| one.id).collect();
    let whose: Vec<Uuid> = new.iter().map(|one| one.customer.0).collect();
    let kinds: Vec<String> = new.iter().map(|one| one.kind.to_owned()).collect();
    let to_do: Vec<String> = new.iter().map(|one| one.to_do.clone()).collect();
    sqlx::query!(
        "insert into need (id, customer_id, kind, to_do, noted_at, noted_by)
         select n.id, n.customer_id, n.kind, n.to_do, $5, $6
           from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as n (id, customer_id, kind, to_do)",
        &ids,
        &whose,
        &kinds,
        &to_do,
        now,
        by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Somebody who may speak for a customer.
#[derive(Clone, Debug)]
pub struct NewRepresentative {
    /// Their id.
    pub id: Uuid,
    /// For whom.
    pub customer: CustomerId,
    /// Their name.
    pub name: String,
    /// Who they are to the customer.
    pub relation: String,
    /// The last day of the consent, where it has one.
    pub consent_until: Option<NaiveDate>,
    /// For example "ask for the password".
    pub note: Option<String>,
}

/// Notes who may speak for customers.
pub async fn add_representatives(tx: &mut LandlordTx, new: &[NewRepresentative], by: StaffId, now: DateTime<Utc>) -> Result<()> {
    let ids: Vec<Uuid> = new.iter().map(|one| one.id).collect();
    let whom: Vec<Uuid> = new.iter().map(|one| one.customer.0).collect();
    let names: Vec<String> = new.iter().map(|one| one.name.clone()).collect();
    let relations: Vec<String> = new.iter().map(|one| one.relation.clone()).collect();
    let until: Vec<Option<NaiveDate>> = new.iter().map(|one| one.consent_until).collect();
    let notes: Vec<Option<String>> = new.iter().map(|one| one.note.clone()).collect();
    sqlx::query!(
        "insert into representative (id, customer_id, name, relation, consent_until, note, added_at, added_by)
         select n.id, n.customer_id, n.name, n.relation, n.until, n.note, $7, $8
           from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::text[])
             as n (id, customer_id, name, relation, until, note)",
        &ids,
        &whom,
        &names,
        &relations,
        &until as &[Option<NaiveDate>],
        &notes as &[Option<String>],
        now,
        by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
