//! Contacts and restrictions at any size, for measuring: each column as one array.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{CustomerId, PolicyVersionId, StaffId};
use crate::rules::measure::Term;

/// A contact that was made up.
#[derive(Clone, Debug)]
pub struct MadeContact {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub customer: CustomerId,
    /// When.
    pub at: DateTime<Utc>,
    /// A key of `rules::measure::Channel`.
    pub channel: &'static str,
}

/// A restriction that was made up, with its terms and the review it promises.
#[derive(Clone, Debug)]
pub struct MadeRestriction {
    /// Its id.
    pub id: Uuid,
    /// Its review's id.
    pub review: Uuid,
    /// Whose it is.
    pub customer: CustomerId,
    /// The second it took effect.
    pub from: DateTime<Utc>,
    /// When it is looked at again.
    pub review_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// What it says.
    pub terms: Vec<(Uuid, Term)>,
}

/// Adds contacts, all taken by one person.
pub async fn add_contacts(tx: &mut LandlordTx, made: &[MadeContact], by: StaffId) -> Result<()> {
    let ids: Vec<Uuid> = made.iter().map(|one| one.id).collect();
    let whose: Vec<Uuid> = made.iter().map(|one| one.customer.0).collect();
    let at: Vec<DateTime<Utc>> = made.iter().map(|one| one.at).collect();
    let channels: Vec<String> = made.iter().map(|one| one.channel.to_owned()).collect();
    sqlx::query!(
        "insert into contact (id, customer_id, at, channel, purpose, manner, summary, taken_by, logged_at)
         select n.id, n.customer_id, n.at, n.channel, 'other', 'calm', 'Asked how far a matter was.', $5, n.at
           from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) as n (id, customer_id, at, channel)",
        &ids,
        &whose,
        &at,
        &channels,
        by.0,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Who had a hand in every restriction that was made up.
#[derive(Clone, Copy, Debug)]
pub struct Hands {
    /// The version of the policy.
    pub policy: PolicyVersionId,
    /// Who proposed.
    pub proposer: StaffId,
    /// Who decided.
    pub decider: StaffId,
}

/// Adds restrictions in force, each with its terms and its open review.
pub async fn add_restrictions(tx: &mut LandlordTx, made: &[MadeRestriction], hands: Hands) -> Result<()> {
    let ids: Vec<Uuid> = made.iter().map(|one| one.id).collect();
    let reviews: Vec<Uuid> = made.iter().map(|one| one.review).collect();
    let whose: Vec<Uuid> = made.iter().map(|one| one.customer.0).collect();
    let from: Vec<DateTime<Utc>> = made.iter().map(|one| one.from).collect();
    let review_on: Vec<NaiveDate> = made.iter().map(|one| one.review_on).collect();
    let ends_on: Vec<NaiveDate> = made.iter().map(|one| one.ends_on).collect();
    sqlx::query!(
        "insert into restriction (id, customer_id, policy_version_id, stage, round, proposed_by, opened_at, sent_at, grounds, review_on, ends_on,
                                  in_force_at, decided_by, decision_reasons, next_review_id)
         select n.id, n.customer_id, $7, 'in-force', 1, $8, n.at, n.at, 'There were more calls in a week than could be answered.',
                n.review_on, n.ends_on, n.at, $9, 'Repairs and urgent matters stay open.', n.review_id
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::date[], $6::date[])
             as n (id, review_id, customer_id, at, review_on, ends_on)",
        &ids,
        &reviews,
        &whose,
        &from,
        &review_on,
        &ends_on,
        hands.policy.0,
        hands.proposer.0,
        hands.decider.0,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        "insert into review (id, restriction_id, customer_id, policy_version_id, due_on, made_at, stage)
         select n.review_id, n.id, n.customer_id, $6, n.review_on, n.at, 'due'
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::date[]) as n (id, review_id, customer_id, at, review_on)",
        &ids,
        &reviews,
        &whose,
        &from,
        &review_on,
        hands.policy.0,
    )
    .execute(tx.connection())
    .await?;
    add_terms(tx, made).await
}

async fn add_terms(tx: &mut LandlordTx, made: &[MadeRestriction]) -> Result<()> {
    let all = || made.iter().flat_map(|one| one.terms.iter().enumerate().map(move |(place, (id, term))| (one, place, *id, term)));
    let ids: Vec<Uuid> = all().map(|(_, _, id, _)| id).collect();
    let restrictions: Vec<Uuid> = all().map(|(one, ..)| one.id).collect();
    let places: Vec<i16> = all().map(|(_, place, ..)| i16::try_from(place + 1).unwrap_or(i16::MAX)).collect();
    let since: Vec<DateTime<Utc>> = all().map(|(one, ..)| one.from).collect();
    let rows: Vec<Value> = all().map(|(.., term)| super::term::row(&term.clone().into())).collect();
    sqlx::query!(
        "insert into term (id, restriction_id, position, kind, details, closes, closes_purposes, leaves_route, since)
         select new.id, new.restriction_id, new.place, new.row ->> 'kind', new.row -> 'details',
                array(select jsonb_array_elements_text(new.row -> 'closes')),
                array(select jsonb_array_elements_text(new.row -> 'closes_purposes')),
                (new.row ->> 'leaves_route')::boolean,
                new.since
           from unnest($1::uuid[], $2::uuid[], $3::int2[], $4::timestamptz[], $5::jsonb[]) as new (id, restriction_id, place, since, row)",
        &ids,
        &restrictions,
        &places,
        &since,
        &rows,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
