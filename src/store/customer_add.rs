//! Adding a customer, with the numbers and addresses they are found by.

use chrono::{DateTime, NaiveDate, Utc};

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::CustomerId;

/// A customer to add.
#[derive(Clone, Debug)]
pub struct NewCustomer<'a> {
    /// Their id.
    pub id: CustomerId,
    /// Their reference: three digits, three and four.
    pub reference: &'a str,
    /// Mr, Ms, Dr …
    pub title: Option<&'a str>,
    /// Given names.
    pub given: &'a str,
    /// Family name.
    pub family: &'a str,
    /// `he`, `she` or `they`.
    pub pronoun: &'a str,
    /// A key of the policy's list of subjects.
    pub subject: &'a str,
    /// A key of the policy's business areas.
    pub area: Option<&'a str>,
    /// Their tenancy as it is written.
    pub tenancy_ref: Option<&'a str>,
    /// Its letters and digits alone.
    pub tenancy_key: Option<&'a str>,
    /// First line of the address.
    pub line1: Option<&'a str>,
    /// Town.
    pub town: Option<&'a str>,
    /// Postcode.
    pub postcode: Option<&'a str>,
    /// The same without its space.
    pub postcode_key: Option<&'a str>,
    /// `standard`, `large-print` or `plain-text`.
    pub letter_format: &'a str,
    /// The language they want, where it is not English.
    pub language: Option<&'a str>,
    /// Since when they have been a customer.
    pub customer_since: Option<NaiveDate>,
}

/// Adds a customer. False when this very one, or this reference, is there already.
pub async fn add(tx: &mut LandlordTx, new: &NewCustomer<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = sqlx::query!(
        "insert into customer (id, ref, title, given, family, pronoun, subject, tenancy_ref, tenancy_key, line1, town, postcode, postcode_key,
                               letter_format, language, customer_since, added_at, area)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         on conflict do nothing",
        new.id.0,
        new.reference,
        new.title,
        new.given,
        new.family,
        new.pronoun,
        new.subject,
        new.tenancy_ref,
        new.tenancy_key,
        new.line1,
        new.town,
        new.postcode,
        new.postcode_key,
        new.letter_format,
        new.language,
        new.customer_since,
        now,
        new.area,
    )
    .execute(tx.connection())
    .await?;
    Ok(added.rows_affected() == 1)
}
