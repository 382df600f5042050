//! A landlord's customers and their stories, all in one transaction: they are there whole, or not at all.

use anyhow::Result;

use super::cases;
use super::cast::{House, Post};
use super::people::{self, Life};
use super::teller::Teller;
use super::{landlord_id, named, staff_id};
use crate::casework::desk::{Desk, Office};
use crate::rules::id::StaffId;
use crate::rules::search::OnRecord;
use crate::store;
use crate::store::customer_bulk::{NewCustomer, NewNeed, NewRepresentative};
use crate::store::customer_search::Indexed;

/// Fills a landlord with customers and what happened to them, unless it has some.
pub async fn fill(office: &Office, house: &'static House, posts: &'static [Post]) -> Result<()> {
    let mut desk = office.desk_for_job(landlord_id(house)).await?;
    if store::customer_bulk::has_any(&mut desk.tx).await? {
        return Ok(());
    }
    let lives = people::lives(house, desk.today());
    let officer =
        posts.iter().find(|post| post.account == "officer").map(|post| staff_id(house, post)).unwrap_or(StaffId(uuid::Uuid::nil()));
    settle(&mut desk, &lives, officer).await?;
    let mut teller = Teller::new(desk, house, posts)?;
    cases::tell(&mut teller, &lives).await?;
    Ok(teller.desk.commit().await?)
}

/// The customers themselves, with what helps them and who speaks for them.
async fn settle(desk: &mut Desk, lives: &[Life], officer: StaffId) -> Result<()> {
    let long_ago = people::long_ago(desk.now);
    let customers: Vec<NewCustomer> = lives.iter().map(|life| life.customer.clone()).collect();
    store::customer_bulk::add_many(&mut desk.tx, &customers, long_ago).await?;
    let indexed: Vec<Indexed> = customers.iter().map(indexed).collect();
    store::customer_search::index_many(&mut desk.tx, &indexed).await?;
    let needs: Vec<NewNeed> = lives.iter().flat_map(needs).collect();
    store::customer_bulk::add_needs(&mut desk.tx, &needs, officer, long_ago).await?;
    let speak: Vec<NewRepresentative> = lives.iter().filter_map(representative).collect();
    store::customer_bulk::add_representatives(&mut desk.tx, &speak, officer, long_ago).await?;
    Ok(())
}

/// The words a customer is found by.
pub fn indexed(customer: &NewCustomer) -> Indexed {
    let on_record = OnRecord {
        given: &customer.given,
        family: &customer.family,
        line1: customer.line1.as_deref(),
        town: customer.town.as_deref(),
        postcode: customer.postcode.as_deref(),
        tenancy: customer.tenancy_ref.as_deref(),
        phones: customer.phones.iter().map(String::as_str).collect(),
    };
    Indexed { customer: customer.id, name_words: on_record.name_words(), other_words: on_record.other_words() }
}

fn needs(life: &Life) -> Vec<NewNeed> {
    let new = |(kind, to_do): &(crate::rules::need::NeedKind, &str)| NewNeed {
        id: people::need_id(life.customer.id, *kind),
        customer: life.customer.id,
        kind: kind.key(),
        to_do: (*to_do).to_owned(),
    };
    life.needs.iter().map(new).collect()
}

fn representative(life: &Life) -> Option<NewRepresentative> {
    let (name, relation, consent_until, note) = life.speaks.clone()?;
    Some(NewRepresentative {
        id: named(&format!("representative {}", life.customer.id)),
        customer: life.customer.id,
        name,
        relation: relation.to_owned(),
        consent_until,
        note: note.map(str::to_owned),
    })
}
