//! Mail and reminders: once each, whoever works beside whom, whatever fails, on the right London day.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use evenhand::casework::{desk::Office, reminder, review};
use evenhand::clock::Clock;
use evenhand::mail::{Mailer, Memory};
use evenhand::rules::id::{LandlordId, MessageId, PolicyVersionId, RestrictionId, ReviewId, StaffId};
use evenhand::rules::policy::Policy;
use evenhand::rules::restriction_rest::Rests;
use evenhand::store;
use evenhand::store::db::Db;
use evenhand::worker::{deliver, remind};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::support::db::{TestDb, fresh};

const WEST_KENT: &str = include_str!("../../policies/west-kent.toml");

/// A landlord with a head, two managers under her, an adviser, and one restriction in force whose review is due.
struct House {
    db: TestDb,
    office: Office,
    landlord: LandlordId,
    review: ReviewId,
    restriction: RestrictionId,
    mailer: Mailer,
    memory: Memory,
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("an instant").to_utc()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

impl House {
    /// Promised on 1 October 2026 at noon.
    async fn with_review(due: &str, ends: Option<&str>) -> Self {
        let db = fresh().await;
        let clock = Clock::standing_at(at("2026-10-01T11:00:00Z"));
        let office = Office::new(Db::connect(&db.app_url, 8).await.expect("the database answers"), clock);
        let landlord = LandlordId(office.ids.next());
        let version = open_house(&office, landlord).await;
        let helen = hire(&office, landlord, "Helen Marsh", "head", "head-of-service", None).await;
        let priya = hire(&office, landlord, "Priya Nair", "manager", "manager", Some(helen)).await;
        hire(&office, landlord, "Tom Birch", "manager", "manager", Some(helen)).await;
        let amira = hire(&office, landlord, "Amira Cole", "frontline", "adviser", Some(priya)).await;
        let (restriction, review) = restrict(&db, landlord, version, [amira, priya, helen], due, ends).await;
        let (mailer, memory) = Mailer::memory("https://contact.west-kent.example");
        let house = Self { db, office, landlord, review, restriction, mailer, memory };
        house.promise(day(due), ends.map(day)).await;
        house
    }

    async fn promise(&self, due: NaiveDate, ends: Option<NaiveDate>) {
        let mut desk = self.office.desk_for_job(self.landlord).await.expect("a desk");
        let policy = desk.policy.clone();
        reminder::of_review(&mut desk, &policy, self.review, due, ends).await.expect("reminders");
        desk.commit().await.expect("a commit");
    }

    fn set(&self, instant: &str) {
        self.office.clock.set(at(instant));
    }

    async fn remind(&self) -> usize {
        remind::once(&self.office).await.expect("reminders are read")
    }

    async fn deliver(&self) -> usize {
        deliver::once(&self.office, &self.mailer).await.expect("the outbox is read")
    }

    /// To whom each subject went, by name.
    fn sent(&self) -> Vec<(String, String)> {
        let mut sent: Vec<_> = self.memory.sent().into_iter().map(|message| (message.subject, message.to_name)).collect();
        sent.sort();
        sent
    }
}

async fn open_house(office: &Office, id: LandlordId) -> PolicyVersionId {
    let now = office.clock.now();
    let mut system = office.db.system().await.expect("a transaction");
    let new = store::system::NewLandlord {
        id,
        slug: "west-kent",
        name: "West Kent",
        phone: "01732 960 500",
        email: "hello@west-kent.example",
        address: "101 London Road",
    };
    store::system::add_landlord(&mut system, &new, now).await.expect("a landlord");
    system.commit().await.expect("a commit");
    let version = PolicyVersionId(office.ids.next());
    let mut tx = office.db.for_job(id).await.expect("a transaction");
    let rests = Rests::of(&Policy::read(WEST_KENT).expect("a pack without faults"));
    let new =
        store::policy::NewVersion { id: version, title: "The policy", starts_on: day("2026-01-01"), pack: WEST_KENT, rests, areas: &[] };
    store::policy::add(&mut tx, &new, now).await.expect("a policy");
    tx.commit().await.expect("a commit");
    version
}

async fn hire(office: &Office, landlord: LandlordId, name: &str, reach: &str, role: &str, manager: Option<StaffId>) -> StaffId {
    let id = StaffId(office.ids.next());
    let email = format!("{}@west-kent.example", name.split(' ').next().unwrap_or_default().to_lowercase());
    let roles = [role.to_owned()];
    let new = store::staff::NewStaff { id, name, job_title: role, email: &email, reach, roles: &roles, team: None, manager };
    let mut tx = office.db.for_job(landlord).await.expect("a transaction");
    store::staff::add(&mut tx, &new, office.clock.now()).await.expect("a colleague");
    tx.commit().await.expect("a commit");
    id
}

/// A restriction in force, behind the product's back: proposing and approving one has its own tests.
async fn restrict(
    db: &TestDb,
    landlord: LandlordId,
    version: PolicyVersionId,
    [logged, proposed, decided]: [StaffId; 3],
    due: &str,
    ends: Option<&str>,
) -> (RestrictionId, ReviewId) {
    let (customer, restriction, review) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    let ends = ends.map_or_else(|| "null, true".to_owned(), |day| format!("'{day}', false"));
    let sql = format!(
        "begin;
         select set_config('evenhand.landlord', '{landlord}', true);
         insert into customer (id, ref, given, family, subject, added_at) values ('{customer}', '123-456-7890', 'Colin', 'Ashworth', 'tenant', '2026-09-01Z');
         insert into incident (id, customer_id, policy_version_id, happened_at, channel, about, behaviours, effects, what_happened, harm, warnings_given,
                               contact_ended, done, support, logged_at, logged_by, stage)
         values ('{restriction}', '{customer}', '{version}', '2026-09-01Z', 'phone', '', '{{}}', '{{}}', 'Shouted.', 'none', 0, false, '{{}}', 'fine', '2026-09-01Z', '{logged}', 'logged');
         insert into restriction (id, customer_id, policy_version_id, stage, proposed_by, opened_at, sent_at, grounds, review_on, ends_on, permanent,
                                  in_force_at, decided_by, decision_reasons, next_review_id)
         values ('{restriction}', '{customer}', '{version}', 'in-force', '{proposed}', '2026-09-02Z', '2026-09-03Z', 'Shouting.', '{due}', {ends},
                 '2026-09-04Z', '{decided}', 'Fair.', '{review}');
         insert into restriction_incident (restriction_id, incident_id) values ('{restriction}', '{restriction}');
         insert into term (id, restriction_id, position, kind, details, closes, closes_purposes, since)
         values ('{restriction}', '{restriction}', 1, 'two-person-visits', '{{\"kind\": \"two-person-visits\", \"why\": \"Shouting at the door.\"}}', '{{}}', '{{}}', '2026-09-04Z');
         insert into review (id, restriction_id, customer_id, policy_version_id, due_on, made_at, stage) values ('{review}', '{restriction}', '{customer}', '{version}', '{due}', '2026-09-04Z', 'due');
         commit;"
    );
    let mut owner = PgConnection::connect(&db.owner_url).await.expect("the owner signs in");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut owner).await.expect("a restriction");
    (RestrictionId(restriction), ReviewId(review))
}

#[tokio::test]
async fn each_reminder_goes_once_to_each_person_with_two_workers_beside_each_other() {
    let house = House::with_review("2026-11-25", Some("2026-11-25")).await;
    house.set("2026-11-25T08:00:00Z");
    let (one, other) = tokio::join!(house.remind(), house.remind());
    assert_eq!(one + other, 1, "the day's own, and none of those ahead of it");
    let (one, other) = tokio::join!(house.deliver(), house.deliver());
    assert_eq!(one + other, 3);
    let today = "Review is due today, Wednesday 25 November 2026";
    let told = ["Helen Marsh", "Priya Nair", "Tom Birch"];
    assert_eq!(house.sent(), told.map(|name| (today.to_owned(), name.to_owned())));
    assert_eq!(house.remind().await + house.deliver().await, 0);
}

#[tokio::test]
async fn a_message_that_fails_is_kept_and_tried_again_as_the_same_message() {
    let house = House::with_review("2026-12-16", None).await;
    house.set("2026-12-02T08:00:00Z");
    assert_eq!(house.remind().await, 1);
    house.memory.fail(true);
    assert_eq!(house.deliver().await, 0);
    assert_eq!(house.deliver().await, 0, "it is not tried again at once");
    house.memory.fail(false);
    house.set("2026-12-02T08:01:00Z");
    assert_eq!(house.deliver().await, 3);
    let tried = house.memory.tried();
    let (mut first, mut second) = (tried[..3].to_vec(), tried[3..].to_vec());
    first.sort();
    second.sort();
    assert_eq!(first, second);
    assert!(first[0].ends_with("@contact.west-kent.example>"), "{first:?}");
}

#[tokio::test]
async fn a_message_is_given_up_after_eight_tries_and_kept() {
    let house = House::with_review("2026-12-16", None).await;
    house.set("2026-12-02T08:00:00Z");
    house.remind().await;
    house.memory.fail(true);
    for days in 0..12 {
        house.office.clock.set(at("2026-12-02T08:00:00Z") + TimeDelta::days(days));
        house.deliver().await;
    }
    assert_eq!(house.memory.tried().len(), 24);
    let mut owner = PgConnection::connect(&house.db.owner_url).await.expect("the owner signs in");
    let kept: i64 =
        sqlx::query_scalar("select count(*) from outbox where given_up_at is not null and sent_at is null and last_fault is not null")
            .fetch_one(&mut owner)
            .await
            .expect("the outbox can be read");
    assert_eq!(kept, 3);
}

#[tokio::test]
async fn a_message_in_the_hands_of_a_worker_that_was_killed_goes_with_another() {
    let house = House::with_review("2026-12-16", None).await;
    house.set("2026-12-02T08:00:00Z");
    house.remind().await;
    let now = house.office.clock.now();
    let mut system = house.office.db.system().await.expect("a transaction");
    let held = store::outbox::claim(&mut system, now, now + TimeDelta::minutes(5), 5).await.expect("claimed");
    system.commit().await.expect("a commit");
    assert_eq!(held.len(), 3);
    assert_eq!(house.deliver().await, 0, "it is in somebody's hands");
    house.set("2026-12-02T08:05:01Z");
    assert_eq!(house.deliver().await, 3);
    let name = |id: MessageId| format!("<{id}@contact.west-kent.example>");
    let mut names: Vec<_> = held.iter().map(|message| name(message.id)).collect();
    let mut tried = house.memory.tried();
    names.sort();
    tried.sort();
    assert_eq!(tried, names);
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_done() {
    let house = House::with_review("2026-12-16", Some("2026-12-16")).await;
    let mut desk = house.office.desk_for_job(house.landlord).await.expect("a desk");
    // Behind the reminders' back, as if the worker had listed them already.
    store::review::overtake(&mut desk.tx, house.restriction).await.expect("overtaken");
    desk.commit().await.expect("a commit");
    house.set("2027-02-01T09:00:00Z");
    assert_eq!(house.remind().await, 0);
    let mut owner = PgConnection::connect(&house.db.owner_url).await.expect("the owner signs in");
    let open: i64 = sqlx::query_scalar("select count(*) from reminder where settled_how is distinct from 'overtaken'")
        .fetch_one(&mut owner)
        .await
        .expect("reminders can be read");
    assert_eq!(open, 0);
    assert_eq!(house.deliver().await, 0);
}

#[tokio::test]
async fn a_restriction_that_ends_takes_its_review_and_reminders_with_it() {
    let house = House::with_review("2026-12-16", None).await;
    let mut desk = house.office.desk_for_job(house.landlord).await.expect("a desk");
    review::overtake(&mut desk, house.restriction).await.expect("overtaken");
    desk.commit().await.expect("a commit");
    house.set("2026-12-16T08:00:00Z");
    assert_eq!(house.remind().await, 0);
}

#[tokio::test]
async fn reminders_leave_at_eight_by_the_london_clock_before_and_after_it_changes() {
    // The clocks go forward on 28 March 2027; Good Friday is the 26th and Easter Monday the 29th.
    let house = House::with_review("2027-03-31", None).await;
    let goes = [
        ("2027-03-17T08:00:00Z", "14 days before"),
        ("2027-03-25T08:00:00Z", "2 working days before"),
        ("2027-03-31T07:00:00Z", "on the day"),
    ];
    for (instant, moment) in goes {
        house.office.clock.set(at(instant) - TimeDelta::seconds(1));
        assert_eq!(house.remind().await, 0, "{moment}, a second early");
        house.set(instant);
        assert_eq!(house.remind().await, 1, "{moment}");
    }
    house.deliver().await;
    assert!(house.sent().iter().any(|(subject, _)| subject == "Review is due today, Wednesday 31 March 2027"), "{:?}", house.sent());
}

#[tokio::test]
async fn a_late_review_is_told_to_those_above_as_well() {
    let house = House::with_review("2026-12-16", None).await;
    let patrick = hire(&house.office, house.landlord, "Patrick Byrne", "director", "director", None).await;
    let mut owner = PgConnection::connect(&house.db.owner_url).await.expect("the owner signs in");
    sqlx::query("update staff set manager_id = $1 where name = 'Helen Marsh'")
        .bind(patrick.0)
        .execute(&mut owner)
        .await
        .expect("a new manager");
    house.set("2026-12-17T08:00:00Z");
    house.remind().await;
    house.deliver().await;
    let late: Vec<_> = house.sent().into_iter().filter(|(_, name)| name == "Patrick Byrne").map(|(subject, _)| subject).collect();
    assert_eq!(late, ["Review is late: it was due on Wednesday 16 December 2026"]);
}

#[tokio::test]
async fn the_day_after_the_last_the_reviewer_hears_that_it_ended_unreviewed() {
    let house = House::with_review("2026-12-16", Some("2026-12-16")).await;
    house.set("2026-12-17T08:00:00Z");
    house.remind().await;
    house.deliver().await;
    let ended: Vec<_> = house.memory.sent().into_iter().filter(|message| message.subject.contains("ended on")).collect();
    assert_eq!(ended.len(), 3);
    assert!(ended[0].subject.ends_with("ended on 16 December 2026 and is not reviewed"), "{}", ended[0].subject);
    assert!(ended[0].body.contains(&format!("https://contact.west-kent.example/reviews/{}", house.review)));
    assert!(!ended[0].body.contains("Ashworth"), "an email names no customer");
}

#[tokio::test]
async fn where_nobody_may_act_the_heads_are_told() {
    let house = House::with_review("2026-12-16", None).await;
    let mut owner = PgConnection::connect(&house.db.owner_url).await.expect("the owner signs in");
    sqlx::query("update staff set roles = '{}' where reach in ('manager', 'head')")
        .execute(&mut owner)
        .await
        .expect("nobody holds the post");
    house.set("2026-12-02T08:00:00Z");
    assert_eq!(house.remind().await, 1);
    house.deliver().await;
    let told: Vec<_> = house.sent().into_iter().map(|(_, name)| name).collect();
    assert_eq!(told, ["Helen Marsh"]);
}
