//! The desk: who sits at it, for which landlord, under which policy, at what time, in one transaction.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::clock::{Clock, Ids};
use crate::rules::days;
use crate::rules::id::{CustomerId, LandlordId, PolicyVersionId, StaffId};
use crate::rules::policy::Policy;
use crate::rules::policy::Reach;
use crate::store;
use crate::store::db::Db;
use crate::store::desk::LandlordFacts;
use crate::store::session::Limits;
use crate::store::tx::{LandlordTx, Mode};

use super::{Error, Result};

/// What every desk is made from: the database, the clock, the ids, and the policies read so far.
#[derive(Clone)]
pub struct Office {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Where ids come from.
    pub ids: Ids,
    /// How long a sign-in stays good.
    pub patience: Patience,
    policies: Arc<RwLock<HashMap<PolicyVersionId, Arc<Policy>>>>,
}

/// How long a sign-in may sit idle, and how long it may last at all.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Idle limit.
    pub idle: chrono::TimeDelta,
    /// Absolute limit.
    pub absolute: chrono::TimeDelta,
}

impl Default for Patience {
    fn default() -> Self {
        Self { idle: chrono::TimeDelta::minutes(30), absolute: chrono::TimeDelta::hours(12) }
    }
}

/// How long after it was noted that somebody was there it is noted anew.
pub const NOTED_ANEW: chrono::TimeDelta = chrono::TimeDelta::minutes(1);

impl Patience {
    /// When a sign-in ends that began, was last noted as used, and is used now.
    fn ends(&self, started_at: DateTime<Utc>, seen_at: DateTime<Utc>, now: DateTime<Utc>) -> SignedInUntil {
        let noted = if now - seen_at > NOTED_ANEW { now } else { seen_at };
        let (idle, last) = (noted + self.idle, started_at + self.absolute);
        SignedInUntil { at: idle.min(last), can_go_on: last - now > self.idle }
    }
}

/// A member of staff, as the desk knows them.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Their id.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// Their own job title.
    pub job_title: String,
    /// Which pages they may open.
    pub reach: Reach,
    /// The posts of the landlord's policy they hold.
    pub roles: Vec<String>,
    /// Whom they report to.
    pub manager: Option<StaffId>,
    /// The look they chose.
    pub theme: Option<String>,
    /// Whether the key / goes to the lookup.
    pub shortcuts: bool,
    /// What waits for them: kind of task and how many.
    pub waiting: Vec<(String, u32)>,
    /// When they were last seen before this.
    pub seen_at: DateTime<Utc>,
    /// When their sign-in ends, if they open nothing more.
    pub signed_in_until: SignedInUntil,
}

/// When a sign-in ends if nothing more is opened, and whether opening something puts that off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedInUntil {
    /// The instant.
    pub at: DateTime<Utc>,
    /// False once the whole day of it is nearly over.
    pub can_go_on: bool,
}

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A person.
    Staff(Staff),
    /// The clock, or a command.
    System,
}

/// A landlord's policy in force, for anybody to read.
#[derive(Clone, Debug)]
pub struct OpenPolicy {
    /// The landlord's name and addresses.
    pub landlord: LandlordFacts,
    /// The policy.
    pub policy: Arc<Policy>,
    /// The same for each business area in which details differ, in the order of the pack.
    pub areas: Vec<Arc<Policy>>,
    /// The day since which it has been in force.
    pub since: Option<NaiveDate>,
}

/// One person, or the clock, at work for one landlord.
pub struct Desk {
    /// The transaction; it is the landlord.
    pub tx: LandlordTx,
    /// Who acts.
    pub actor: Actor,
    /// The landlord's name and addresses.
    pub landlord: LandlordFacts,
    /// The policy in force today, as everybody has it whose business area is not named: the words of staff's pages.
    pub policy: Arc<Policy>,
    /// Its version.
    pub policy_version: PolicyVersionId,
    /// The instant of this request.
    pub now: DateTime<Utc>,
    office: Office,
}

impl Office {
    /// An office over a database.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, ids: Ids, patience: Patience::default(), policies: Arc::default() }
    }

    /// The desk of whoever holds this sign-in. `None` when it has ended or the person has left.
    pub async fn desk_for_session(&self, token_hash: &[u8; 32], mode: Mode) -> Result<Option<Desk>> {
        let now = self.clock.now();
        let limits = Limits { seen_after: now - self.patience.idle, begun_after: now - self.patience.absolute };
        let Some((mut tx, open)) = self.db.for_session(token_hash, mode, limits).await? else { return Ok(None) };
        let Some(seat) = store::desk::seat(&mut tx, open.staff, days::day_of(now)).await? else { return Ok(None) };
        let policy = self.policy(&mut tx, seat.policy).await?;
        let inconsistent = store::Error::Inconsistent { table: "staff", id: seat.staff_id.0 };
        let staff = Staff {
            id: seat.staff_id,
            name: seat.name,
            job_title: seat.job_title,
            reach: Reach::from_key(&seat.reach).ok_or(inconsistent)?,
            roles: seat.roles,
            manager: seat.manager_id,
            theme: seat.theme,
            shortcuts: seat.shortcuts,
            waiting: seat.waiting.into_iter().zip(seat.waiting_counts.into_iter().map(|n| u32::try_from(n).unwrap_or(u32::MAX))).collect(),
            seen_at: open.seen_at,
            signed_in_until: self.patience.ends(open.started_at, open.seen_at, now),
        };
        let landlord = LandlordFacts {
            id: seat.landlord_id,
            slug: seat.slug,
            name: seat.landlord,
            phone: seat.phone,
            email: seat.email,
            address: seat.address,
        };
        Ok(Some(Desk { tx, actor: Actor::Staff(staff), landlord, policy, policy_version: seat.policy, now, office: self.clone() }))
    }

    /// A desk for the clock, or for a command, at one landlord.
    pub async fn desk_for_job(&self, landlord: LandlordId) -> Result<Desk> {
        let now = self.clock.now();
        let mut tx = self.db.for_job(landlord).await?;
        let facts = store::desk::landlord(&mut tx).await?;
        let version = store::policy::in_force(&mut tx, days::day_of(now)).await?.ok_or(Error::NotFound)?;
        let policy = self.policy(&mut tx, version).await?;
        Ok(Desk { tx, actor: Actor::System, landlord: facts, policy, policy_version: version, now, office: self.clone() })
    }

    /// The policy of the landlord with this short name, for anybody to read. `None` where there is no such landlord, or no policy yet.
    pub async fn open_policy(&self, slug: &str) -> Result<Option<OpenPolicy>> {
        let mut system = self.db.system().await?;
        let landlord = store::system::landlord_called(&mut system, slug).await?;
        system.commit().await?;
        let Some(landlord) = landlord else { return Ok(None) };
        let mut tx = self.db.for_reading(landlord).await?;
        let facts = store::desk::landlord(&mut tx).await?;
        let today = days::day_of(self.clock.now());
        let Some(version) = store::policy::in_force(&mut tx, today).await? else { return Ok(None) };
        let policy = self.policy(&mut tx, version).await?;
        let since = store::policy::find(&mut tx, version).await?.and_then(|version| version.starts_on);
        let areas = self.areas(&mut tx, version, &policy).await?;
        Ok(Some(OpenPolicy { landlord: facts, policy, areas, since }))
    }

    /// A version as it holds in each of its business areas, in the order of the pack.
    async fn areas(&self, tx: &mut LandlordTx, version: PolicyVersionId, policy: &Policy) -> Result<Vec<Arc<Policy>>> {
        if policy.areas.is_empty() {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for one in store::policy::areas_of(tx, version).await? {
            all.push(self.policy(tx, one).await?);
        }
        all.sort_by_key(|own| policy.areas.iter().position(|area| Some(&area.key) == own.area.as_ref()));
        Ok(all)
    }

    /// A version of a policy, read once and kept: versions never change.
    async fn policy(&self, tx: &mut LandlordTx, version: PolicyVersionId) -> Result<Arc<Policy>> {
        if let Some(known) = self.policies.read().unwrap_or_else(PoisonError::into_inner).get(&version) {
            return Ok(known.clone());
        }
        let words = store::policy::words(tx, version).await?.ok_or(Error::NotFound)?;
        let inconsistent = store::Error::Inconsistent { table: "policy_version", id: version.0 };
        let policy = Arc::new(Policy::read_for(&words.pack, words.area.as_deref()).map_err(|_| inconsistent)?);
        self.policies.write().unwrap_or_else(PoisonError::into_inner).insert(version, policy.clone());
        Ok(policy)
    }
}

impl Desk {
    /// Today, in London.
    pub fn today(&self) -> NaiveDate {
        days::day_of(self.now)
    }

    /// An id nobody has had before.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(self.office.ids.next())
    }

    /// The person at the desk.
    ///
    /// # Errors
    /// `Forbidden` when the clock sits at it: a decision is a person's.
    pub fn staff(&self) -> Result<&Staff> {
        match &self.actor {
            Actor::Staff(staff) => Ok(staff),
            Actor::System => Err(Error::Forbidden("Only a person can do this.".to_owned())),
        }
    }

    /// The policy a record was made under, which judges it from then on.
    pub async fn policy_of(&mut self, version: PolicyVersionId) -> Result<Arc<Policy>> {
        if version == self.policy_version {
            return Ok(self.policy.clone());
        }
        let office = self.office.clone();
        office.policy(&mut self.tx, version).await
    }

    /// The policy in force today as it holds for a customer, and its version: where their business area has details of its own, with those.
    /// What begins with them now is begun under it, and keeps it.
    pub async fn policy_for(&mut self, customer: CustomerId) -> Result<(PolicyVersionId, Arc<Policy>)> {
        if self.policy.areas.is_empty() {
            return Ok((self.policy_version, self.policy.clone()));
        }
        let version = store::policy::for_customer(&mut self.tx, self.policy_version, customer).await?;
        Ok((version, self.policy_of(version).await?))
    }

    /// The policy in force today as it holds in each of its business areas, in the order of the pack.
    pub async fn areas(&mut self) -> Result<Vec<Arc<Policy>>> {
        let (office, policy) = (self.office.clone(), self.policy.clone());
        office.areas(&mut self.tx, self.policy_version, &policy).await
    }

    /// The landlord's working days: the policy in force says whose bank holidays count, and nothing else does.
    pub fn calendar(&self) -> days::Calendar<'_> {
        self.policy.calendar()
    }

    /// Seats somebody else: used where a story is told by several people in one go.
    pub fn seat(&mut self, staff: Staff) {
        self.actor = Actor::Staff(staff);
    }

    /// Makes everything done at this desk true at once.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
