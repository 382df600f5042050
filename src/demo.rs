//! The demonstration: five landlords, the people who work there, and customers with invented lives. Never in production.
//!
//! A load that was cut off goes on where it stopped. Each landlord is filled in one transaction, and its accounts come last: a landlord
//! that can be signed in to is whole.

pub mod cases;
pub mod cast;
pub mod customers;
pub mod dice;
pub mod generated;
pub mod matters;
pub mod names;
pub mod next_policy;
pub mod people;
pub mod teller;

use anyhow::{Context, Result, bail};

use crate::casework;
use crate::casework::desk::Office;
use crate::rules::days;
use crate::rules::id::{LandlordId, PolicyVersionId, StaffId};
use crate::rules::policy::Policy;
use crate::rules::restriction_rest::Rests;
use crate::store;

use cast::{CAST, House, Post};

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "evenhand demo account";
/// One of them, to begin with.
pub const SOMEBODY: &str = "adviser@west-kent.example";

/// Loads the demonstration into an empty database, or what is missing of it; does nothing where it is whole.
///
/// # Errors
/// Refuses a database that holds anything else.
pub async fn load(office: &Office) -> Result<bool> {
    fill(office, true).await
}

/// The landlords, their policies and the people who work there; no customer. Does nothing where it is loaded already.
///
/// # Errors
/// Refuses a database that holds anything else.
pub async fn load_cast(office: &Office) -> Result<bool> {
    fill(office, false).await
}

async fn fill(office: &Office, with_customers: bool) -> Result<bool> {
    if !begin(office).await? {
        return Ok(false);
    }
    let mut system = office.db.system().await?;
    let whole = store::system::landlords_with_accounts(&mut system).await?;
    system.commit().await?;
    let missing: Vec<_> = CAST.iter().filter(|(house, _)| !whole.contains(&landlord_id(house))).collect();
    if missing.is_empty() {
        return Ok(false);
    }
    let password = crate::passwords::hash_apart(PASSWORD.into()).await.context("hashing the demonstration password")?;
    for (house, people) in missing {
        open_house(office, house, people).await?;
        if with_customers {
            customers::fill(office, house, people).await?;
            next_policy::bring(office, house, people).await?;
        }
        accounts(office, house, people, &password).await?;
    }
    Ok(true)
}

/// Settles that this database is for the demonstration, with its landlords, all at once. False where it holds generated data.
async fn begin(office: &Office) -> Result<bool> {
    let now = office.clock.now();
    let mut system = office.db.system().await?;
    match store::system::kind_of_house(&mut system).await?.as_deref() {
        Some("demo") => return Ok(true),
        Some("generated") => return Ok(false),
        Some(_) => bail!("This database holds real records. Demonstration data never goes beside them."),
        None => {}
    }
    if !store::system::landlords(&mut system).await?.is_empty() {
        bail!("This database holds something already. Demonstration data needs an empty one.");
    }
    store::system::settle_house(&mut system, "demo", None, now).await?;
    for (house, _) in CAST {
        store::system::add_landlord(&mut system, &house.landlord(landlord_id(house)), now).await?;
    }
    system.commit().await?;
    Ok(true)
}

/// The same landlord has the same id in every demonstration.
pub fn landlord_id(house: &House) -> LandlordId {
    LandlordId(named(&format!("landlord {}", house.slug)))
}

/// The same person has the same id in every demonstration.
pub fn staff_id(house: &House, post: &Post) -> StaffId {
    StaffId(named(&format!("staff {} {}", house.slug, post.account)))
}

/// An id that follows from a name, so that a demonstration is the same each time.
pub fn named(name: &str) -> uuid::Uuid {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The landlord's policy and the people who work there, unless they are there.
async fn open_house(office: &Office, house: &House, people: &[Post]) -> Result<()> {
    let now = people::long_ago(office.clock.now());
    let mut tx = office.db.for_job(landlord_id(house)).await?;
    if !store::staff::list(&mut tx).await?.is_empty() {
        return Ok(());
    }
    let policy = Policy::read(house.pack).map_err(|faults| anyhow::anyhow!("{}: {faults:?}", house.slug))?;
    let areas = casework::policy::in_areas(house.pack, |area| PolicyVersionId(named(&format!("policy {} {area}", house.slug))));
    let version = store::policy::NewVersion {
        id: PolicyVersionId(named(&format!("policy {}", house.slug))),
        title: &policy.document.title,
        starts_on: days::day_of(now) - chrono::TimeDelta::days(365 * 2),
        pack: house.pack,
        rests: Rests::of(&policy),
        areas: &areas,
    };
    store::policy::add(&mut tx, &version, now).await?;
    for team in ["Customer services", "Housing", "Leadership"] {
        let mailbox = format!("{}@{}.example", team.to_lowercase().replace(' ', "-"), house.slug);
        store::staff::add_team(&mut tx, named(&format!("team {} {team}", house.slug)), team, Some(&mailbox)).await?;
    }
    for post in people {
        let roles: Vec<String> = post.roles.iter().map(|role| (*role).to_owned()).collect();
        let manager =
            post.manager.and_then(|account| people.iter().find(|other| other.account == account)).map(|other| staff_id(house, other));
        let line = store::staff::NewStaff {
            id: staff_id(house, post),
            name: post.name,
            job_title: post.job_title,
            email: &house.address_of(post),
            reach: post.reach,
            roles: &roles,
            team: Some(named(&format!("team {} {}", house.slug, post.team))),
            manager,
        };
        store::staff::add(&mut tx, &line, now).await?;
    }
    Ok(tx.commit().await?)
}

/// How everybody signs in. With these, a landlord is whole.
async fn accounts(office: &Office, house: &House, people: &[Post], password: &str) -> Result<()> {
    let mut system = office.db.system().await?;
    for post in people {
        store::session::add_account(&mut system, &house.address_of(post), landlord_id(house), staff_id(house, post), password).await?;
    }
    store::outbox::take_as_sent(&mut system, office.clock.now() - chrono::TimeDelta::hours(3)).await?;
    Ok(system.commit().await?)
}
