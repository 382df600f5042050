//! The whole product in one test: a database of its own, a clock that moves when told, and the router called directly.

use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use evenhand::app;
use evenhand::casework::desk::{Desk, Office, SignedInUntil, Staff};
use evenhand::casework::policy::in_areas;
use evenhand::clock::Clock;
use evenhand::config::{Config, Needs};
use evenhand::demo;
use evenhand::http::kit::Kit;
use evenhand::rules::id::{LandlordId, PolicyVersionId, StaffId};
use evenhand::rules::policy::{Policy, Reach};
use evenhand::rules::restriction_rest::Rests;
use evenhand::store;
use evenhand::store::db::Db;
use sqlx::{Connection, PgConnection};

use super::db::TestDb;
use super::stage::{self, Scene};
use super::visitor::Visitor;

/// The instant at which every story begins: a Wednesday, late in the morning.
pub const BEGINS: &str = "2027-03-10T11:42:00Z";

/// Where the product thinks it is reached.
pub const BASE_URL: &str = "http://127.0.0.1:3000";

/// The product, ready to be visited.
pub struct House {
    /// What time it is.
    pub clock: Clock,
    /// What every request finds to hand.
    pub kit: Kit,
    /// Every door, with everything that stands around them.
    pub router: Router,
    /// Its database. Gone when the test ends.
    pub db: TestDb,
}

impl House {
    /// With the whole demonstration in it: landlords, staff, customers and cases.
    pub async fn open() -> Self {
        Self::with(Scene::Demo).await
    }

    /// With the landlords and their staff, and no customer yet.
    pub async fn empty_cast() -> Self {
        Self::with(Scene::Cast).await
    }

    /// A desk at one landlord with one of its people at it: for acts whose pages are told elsewhere.
    pub async fn desk_of(&self, slug: &str, account: &str) -> Desk {
        let mut desk = self.kit.office.desk_for_job(landlord(slug)).await.expect("a desk");
        let line = store::staff::find(&mut desk.tx, staff(slug, account)).await.expect("an answer").expect("a person");
        let reach = Reach::from_key(&line.reach).expect("a reach");
        desk.seat(Staff {
            id: line.id,
            name: line.name,
            job_title: line.job_title,
            reach,
            roles: line.roles,
            manager: line.manager_id,
            theme: None,
            shortcuts: true,
            waiting: Vec::new(),
            seen_at: desk.now,
            signed_in_until: SignedInUntil { at: desk.now, can_go_on: true },
        });
        desk
    }

    async fn with(scene: Scene) -> Self {
        let begins = begins();
        let db = stage::set(scene, begins).await;
        Self::over(db, 4, begins).await
    }

    /// Over a database that is there already, with so many connections.
    pub async fn over(db: TestDb, connections: u32, now: DateTime<Utc>) -> Self {
        let clock = Clock::standing_at(now);
        let office = Office::new(Db::connect(&db.app_url, connections).await.expect("the database answers"), clock.clone());
        let kit = app::kit(&config(), office).expect("the kit is complete");
        let router = evenhand::web::router(kit.clone());
        Self { clock, kit, router, db }
    }

    /// The same house with another number of connections.
    pub async fn with_connections(self, connections: u32) -> Self {
        let now = self.clock.now();
        self.kit.office.db.close().await;
        Self::over(self.db, connections, now).await
    }

    /// The same house behind proxies, as the setting names them.
    pub fn behind_proxies(mut self, trusted: &str) -> Self {
        let settings = Config::from(Needs::Everything, |name| (name == "EVENHAND_TRUSTED_PROXIES").then(|| trusted.to_owned()));
        self.kit.trusted_proxies = settings.expect("the setting can be read").trusted_proxies.into();
        self.router = evenhand::web::router(self.kit.clone());
        self
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone())
    }

    /// Somebody who signed in as they do at work, such as `manager@west-kent`.
    pub async fn sign_in(&self, account: &str) -> Visitor {
        let mut visitor = self.visitor();
        let page = visitor.post("/sign-in", &[("email", &format!("{account}.example")), ("password", demo::PASSWORD)]).await;
        assert_eq!(page.status(), 303, "{account} signs in: {}", page.text());
        visitor
    }

    /// Lets time pass.
    pub fn wait(&self, time: TimeDelta) {
        self.clock.set(self.clock.now() + time);
    }

    /// Moves the clock to an instant, such as `2027-03-28T00:59:50Z`.
    pub fn at(&self, instant: &str) {
        self.clock.set(instant.parse().expect("an instant"));
    }

    /// A look behind the product's back, as the owner of the database.
    pub async fn owner(&self) -> PgConnection {
        PgConnection::connect(&self.db.owner_url).await.expect("the database answers")
    }

    /// Puts another pack in the place of a landlord's, before anybody has read it. No person can: the words of a version stay.
    pub async fn rewrite_policy(&self, landlord: LandlordId, pack: &str) {
        let mut owner = self.owner().await;
        let unguarded = "alter table policy_version disable trigger policy_version_stays";
        sqlx::query(unguarded).execute(&mut owner).await.expect("the owner of the table may");
        let rests = Rests::of(&Policy::read(pack).unwrap_or_else(|faults| panic!("{faults:?}")));
        let sql = "update policy_version set pack = $1, lapses = $3, suspends = $4 where landlord_id = $2";
        let changed = sqlx::query(sql).bind(pack).bind(landlord.0).bind(rests.lapses).bind(rests.suspends);
        changed.execute(&mut owner).await.expect("a policy can be made up");
        for area in in_areas(pack, |area| PolicyVersionId(demo::named(&format!("policy {} {area}", landlord.0)))) {
            let sql = "insert into policy_version (landlord_id, id, number, title, pack, lapses, suspends, added_at, stage, starts_on,
                                                   checked_at, published_at, area, base_id)
                       select landlord_id, $3, number, title, pack, $4, $5, added_at, stage, starts_on, checked_at, published_at, $1, id
                         from policy_version where landlord_id = $2 and base_id is null";
            let added = sqlx::query(sql).bind(&area.area).bind(landlord.0).bind(area.id.0);
            let added = added.bind(area.rests.lapses).bind(area.rests.suspends);
            added.execute(&mut owner).await.expect("an area can be made up");
        }
        let guarded = "alter table policy_version enable trigger policy_version_stays";
        sqlx::query(guarded).execute(&mut owner).await.expect("the owner of the table may");
    }

    /// Gives a landlord another name, and its people other posts: account, reach, keys of posts.
    pub async fn rename(&self, landlord: LandlordId, name: &str, posts: &[(&str, &str, &[&str])]) {
        let mut owner = self.owner().await;
        let renamed = sqlx::query("update landlord set name = $1 where landlord_id = $2").bind(name).bind(landlord.0);
        renamed.execute(&mut owner).await.expect("a landlord can be renamed");
        for (account, reach, roles) in posts {
            let sql = "update staff set reach = $1, roles = $2 where landlord_id = $3 and email like $4 || '@%'";
            let asked = sqlx::query(sql).bind(reach).bind(roles).bind(landlord.0).bind(account);
            let changed = asked.execute(&mut owner).await.expect("posts can be given").rows_affected();
            assert_eq!(changed, 1, "{account} works there");
        }
    }

    /// The mail waiting to go, to whom and about what; afterwards there is none.
    pub async fn drain_outbox(&self) -> Vec<(String, String)> {
        let sql = "with gone as (update outbox set sent_at = made_at where sent_at is null and given_up_at is null \
                   returning made_at, id, to_address, subject) select to_address, subject from gone order by made_at, id";
        sqlx::query_as(sql).fetch_all(&mut self.owner().await).await.expect("the outbox can be read")
    }
}

/// The instant at which every story begins.
pub fn begins() -> DateTime<Utc> {
    BEGINS.parse().expect("an instant")
}

/// A landlord of the demonstration, by short name.
pub fn landlord(slug: &str) -> LandlordId {
    let (house, _) = demo::cast::CAST.iter().find(|(house, _)| house.slug == slug).expect("a landlord of the demonstration");
    demo::landlord_id(house)
}

/// A person of the demonstration: `staff("west-kent", "manager")`.
pub fn staff(slug: &str, account: &str) -> StaffId {
    let (house, posts) = demo::cast::CAST.iter().find(|(house, _)| house.slug == slug).expect("a landlord of the demonstration");
    demo::staff_id(house, posts.iter().find(|post| post.account == account).expect("a person of the demonstration"))
}

/// The demonstration's settings, with a secret that needs no file.
pub fn config() -> Config {
    Config::from(Needs::Everything, |name| match name {
        "EVENHAND_SECRET" => Some("a secret of the tests, and of nobody else at all".to_owned()),
        "EVENHAND_BASE_URL" => Some(BASE_URL.to_owned()),
        _ => None,
    })
    .expect("the settings are complete")
}
