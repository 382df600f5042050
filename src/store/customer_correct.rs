//! Correcting what is known of a customer, as it was read.

use super::Result;
use super::customer_add::NewCustomer;
use super::tx::LandlordTx;
use crate::rules::id::CustomerId;

/// How a customer is reached.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// Phone numbers in E.164.
    pub phones: Vec<String>,
    /// Email addresses in lower case.
    pub emails: Vec<String>,
}

/// The numbers and addresses of a customer.
pub async fn ways(tx: &mut LandlordTx, customer: CustomerId) -> Result<Ways> {
    Ok(sqlx::query_as!(
        Ways,
        r#"select array(select number from customer_phone where customer_id = $1 order by number) as "phones!",
                  array(select address from customer_email where customer_id = $1 order by address) as "emails!""#,
        customer.0,
    )
    .fetch_one(tx.connection())
    .await?)
}

/// Puts what is known now in place of what was known at a version. False when somebody else was faster.
pub async fn save(tx: &mut LandlordTx, new: &NewCustomer<'_>, version: i32) -> Result<bool> {
    let saved = sqlx::query!(
        "update customer
            set title = $3, given = $4, family = $5, pronoun = $6, subject = $7, tenancy_ref = $8, tenancy_key = $9, line1 = $10, town = $11,
                postcode = $12, postcode_key = $13, letter_format = $14, language = $15, area = $16,
                version = version + 1
          where id = $1 and version = $2",
        new.id.0,
        version,
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
        new.area,
    )
    .execute(tx.connection())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Puts these numbers and addresses in place of those on record.
pub async fn save_ways(tx: &mut LandlordTx, customer: CustomerId, ways: &Ways) -> Result<()> {
    sqlx::query!("delete from customer_phone where customer_id = $1 and not number = any ($2)", customer.0, &ways.phones)
        .execute(tx.connection())
        .await?;
    sqlx::query!(
        "insert into customer_phone (customer_id, number) select $1, unnest($2::text[]) on conflict do nothing",
        customer.0,
        &ways.phones,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!("delete from customer_email where customer_id = $1 and not address = any ($2)", customer.0, &ways.emails)
        .execute(tx.connection())
        .await?;
    sqlx::query!(
        "insert into customer_email (customer_id, address) select $1, unnest($2::text[]) on conflict do nothing",
        customer.0,
        &ways.emails,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
