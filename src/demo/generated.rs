//! Generated landlords at any size, for measuring: the same for the same numbers, whatever the day.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, TimeDelta, Utc};

use super::cast::{CAST, House, Post};
use super::customers::indexed;
use super::dice::Dice;
use super::{PASSWORD, names, people};
use crate::casework;
use crate::casework::desk::Office;
use crate::rules::days;
use crate::rules::id::{CustomerId, LandlordId, PolicyVersionId, StaffId};
use crate::rules::measure::{Channel, Day, Period, Term};
use crate::rules::policy::Policy;
use crate::rules::restriction_rest::Rests;
use crate::store;
use crate::store::customer_bulk::NewCustomer;
use crate::store::generated::{Hands, MadeContact, MadeRestriction};

/// Customers added in one go.
const AT_ONCE: u32 = 2_000;

/// Generates so many customers over so many landlords into an empty database. False where the same was generated before.
///
/// # Errors
/// Refuses a database that holds anything else, or other numbers.
pub async fn load(office: &Office, customers: u32, landlords: u32, told: impl Fn(u32)) -> Result<bool> {
    if landlords == 0 || customers < landlords || landlords > 999 {
        bail!("Give 1 to 999 landlords, and at least one customer for each.");
    }
    let wanted = format!("{customers} customers over {landlords} landlords");
    let now = office.clock.now();
    let mut system = office.db.system().await?;
    match (store::system::kind_of_house(&mut system).await?.as_deref(), store::system::generated(&mut system).await?) {
        (None, _) if store::system::landlords(&mut system).await?.is_empty() => {
            store::system::settle_house(&mut system, "generated", Some(&wanted), now).await?;
        }
        (Some("generated"), Some(there)) if there == wanted => {}
        (Some("generated"), Some(there)) => bail!("This database holds {there}. Give another folder with EVENHAND_DATA."),
        _ => {
            bail!("This database holds something else already. Generated data needs an empty one: give another folder with EVENHAND_DATA.")
        }
    }
    let whole = store::system::landlords_with_accounts(&mut system).await?;
    let known: BTreeSet<LandlordId> = store::system::landlords(&mut system).await?.into_iter().map(|one| one.id).collect();
    system.commit().await?;
    let password = crate::passwords::hash_apart(PASSWORD.into()).await.context("hashing the demonstration password")?;
    let mut any = false;
    for number in 1..=landlords {
        let one = Made::landlord(number);
        if whole.contains(&one.id) {
            continue;
        }
        if !known.contains(&one.id) {
            one.add(office).await?;
        }
        let share = customers / landlords + u32::from(number <= customers % landlords);
        one.fill(office, share).await?;
        one.accounts(office, &password).await?;
        any = true;
        told(number);
    }
    Ok(any)
}

/// A landlord that was made up after one of the five: its policy, its posts, another name.
struct Made {
    id: LandlordId,
    number: u32,
    slug: String,
    name: String,
    house: &'static House,
    posts: &'static [Post],
    /// Whom the policy is about, first of all.
    subject: String,
}

impl Made {
    fn landlord(number: u32) -> Self {
        let (house, posts) = &CAST[number as usize % CAST.len()];
        let slug = format!("landlord-{number:03}");
        let subject = Policy::read(house.pack)
            .ok()
            .and_then(|policy| policy.people.subjects.into_iter().next())
            .map_or_else(String::new, |kind| kind.key);
        Self {
            id: LandlordId(super::named(&format!("landlord {slug}"))),
            number,
            name: format!("Landlord {number:03}"),
            slug,
            house,
            posts,
            subject,
        }
    }

    fn staff(&self, account: &str) -> StaffId {
        StaffId(super::named(&format!("staff {} {account}", self.slug)))
    }

    fn address(&self, account: &str) -> String {
        format!("{account}@{}.example", self.slug)
    }

    fn policy(&self) -> PolicyVersionId {
        PolicyVersionId(super::named(&format!("policy {}", self.slug)))
    }

    async fn add(&self, office: &Office) -> Result<()> {
        let mut system = office.db.system().await?;
        let new = store::system::NewLandlord {
            id: self.id,
            slug: &self.slug,
            name: &self.name,
            phone: "01632 960000",
            email: "hello@landlord.example",
            address: "1 Quay Street\nNorthmere NM1 1AA",
        };
        store::system::add_landlord(&mut system, &new, office.clock.now()).await?;
        Ok(system.commit().await?)
    }

    /// Staff, customers and what happened to them, in one transaction: whole, or not there.
    async fn fill(&self, office: &Office, customers: u32) -> Result<()> {
        let now = office.clock.now();
        let mut tx = office.db.for_job(self.id).await?;
        if store::customer_bulk::has_any(&mut tx).await? {
            return Ok(());
        }
        let policy = Policy::read(self.house.pack).map_err(|faults| anyhow::anyhow!("{}: {faults:?}", self.house.slug))?;
        let areas = casework::policy::in_areas(self.house.pack, |_| PolicyVersionId(office.ids.next()));
        let version = store::policy::NewVersion {
            id: self.policy(),
            title: "Unacceptable Behaviour Policy",
            starts_on: days::day_of(now) - TimeDelta::days(730),
            pack: self.house.pack,
            rests: Rests::of(&policy),
            areas: &areas,
        };
        store::policy::add(&mut tx, &version, now).await?;
        for post in self.posts {
            let roles: Vec<String> = post.roles.iter().map(|role| (*role).to_owned()).collect();
            let line = store::staff::NewStaff {
                id: self.staff(post.account),
                name: post.name,
                job_title: post.job_title,
                email: &self.address(post.account),
                reach: post.reach,
                roles: &roles,
                team: None,
                manager: post.manager.map(|account| self.staff(account)),
            };
            store::staff::add(&mut tx, &line, now).await?;
        }
        let mut from = 0;
        while from < customers {
            let until = customers.min(from + AT_ONCE);
            self.fill_some(&mut tx, from..until, now).await?;
            from = until;
        }
        Ok(tx.commit().await?)
    }

    async fn fill_some(&self, tx: &mut store::tx::LandlordTx, places: std::ops::Range<u32>, now: DateTime<Utc>) -> Result<()> {
        let made: Vec<(Dice, NewCustomer)> = places.map(|place| self.customer(place)).collect();
        let customers: Vec<NewCustomer> = made.iter().map(|(_, customer)| customer.clone()).collect();
        store::customer_bulk::add_many(tx, &customers, people::long_ago(now)).await?;
        let words: Vec<_> = customers.iter().map(indexed).collect();
        store::customer_search::index_many(tx, &words).await?;
        let (mut needs, mut contacts, mut restrictions) = (Vec::new(), Vec::new(), Vec::new());
        for (mut dice, customer) in made {
            if dice.chance(10) {
                needs.push(store::customer_bulk::NewNeed {
                    id: dice.id(),
                    customer: customer.id,
                    kind: "hearing",
                    to_do: "Speak steadily".to_owned(),
                });
            }
            if dice.chance(5) {
                contacts.extend((0..10).map(|_| contact(&mut dice, customer.id, now)));
            }
            if dice.chance(2) {
                restrictions.push(restriction(&mut dice, customer.id, now));
            }
        }
        store::customer_bulk::add_needs(tx, &needs, self.staff("officer"), people::long_ago(now)).await?;
        store::generated::add_contacts(tx, &contacts, self.staff("adviser")).await?;
        let hands = Hands { policy: self.policy(), proposer: self.staff("manager"), decider: self.staff("head") };
        Ok(store::generated::add_restrictions(tx, &restrictions, hands).await?)
    }

    fn customer(&self, place: u32) -> (Dice, NewCustomer) {
        let number = u64::from(self.number) * 10_000_000 + u64::from(place);
        let mut dice = Dice::of(number);
        let name = names::name(&mut dice);
        let house = 1 + dice.below(180);
        let letter = |dice: &mut Dice| char::from(b"ABDEFGHJLNPQRSTUWXYZ"[dice.below(20)]);
        let (one, two) = (letter(&mut dice), letter(&mut dice));
        let customer = NewCustomer {
            id: CustomerId(dice.id()),
            reference: people::reference(number),
            title: name.title.map(str::to_owned),
            pronoun: name.pronoun.to_owned(),
            subject: self.subject.clone(),
            tenancy_ref: Some(format!("{:03}-{:03}-{:02}", place / 100_000, place / 100 % 1000, place % 100)),
            line1: Some(format!("{house} {}", names::street(&mut dice))),
            town: Some(names::town(&mut dice)),
            postcode: Some(format!("NM{} {}{one}{two}", 1 + dice.below(40), 1 + dice.below(9))),
            letter_format: "standard".to_owned(),
            language: None,
            customer_since: None,
            phones: vec![format!("+447700{:06}", 900_000 + place % 1000 + (place / 1000) * 1000 % 99_000)],
            emails: vec![names::email(&name.given, &name.family, place as usize)],
            given: name.given,
            family: name.family,
        };
        (dice, customer)
    }

    async fn accounts(&self, office: &Office, password: &str) -> Result<()> {
        let mut system = office.db.system().await?;
        for post in self.posts {
            store::session::add_account(&mut system, &self.address(post.account), self.id, self.staff(post.account), password).await?;
        }
        Ok(system.commit().await?)
    }
}

fn contact(dice: &mut Dice, customer: CustomerId, now: DateTime<Utc>) -> MadeContact {
    let minutes = i64::try_from(dice.below(60 * 24 * 90)).unwrap_or(0);
    MadeContact { id: dice.id(), customer, at: now - TimeDelta::minutes(minutes + 1), channel: ["phone", "email", "person"][dice.below(3)] }
}

fn restriction(dice: &mut Dice, customer: CustomerId, now: DateTime<Utc>) -> MadeRestriction {
    let begun = now - TimeDelta::days(1 + i64::try_from(dice.below(60)).unwrap_or(0));
    let day = days::day_of(begun);
    let calls = Term::Times {
        channel: Channel::Phone,
        days: BTreeSet::from([Day::Tuesday, Day::Thursday]),
        from: chrono::NaiveTime::from_hms_opt(14, 0, 0).unwrap_or_default(),
        until: chrono::NaiveTime::from_hms_opt(16, 0, 0).unwrap_or_default(),
    };
    let emails =
        Term::Quota { channel: Channel::Email, count: 1, per: Period::Week, exempt: BTreeSet::new(), answered_on: Some(Day::Friday) };
    MadeRestriction {
        id: dice.id(),
        review: dice.id(),
        customer,
        from: begun,
        review_on: day + TimeDelta::days(90),
        ends_on: day + TimeDelta::days(180),
        terms: vec![(dice.id(), calls), (dice.id(), emails)],
    }
}
