//! A proposal is decided by people who took no part, stage by stage, once; what follows is true in the same second, or not at all.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use evenhand::casework::approval::{self, Decision, Links, Outcome, Said};
use evenhand::casework::proposal::{self, Evidence, Needs, Opening, TermsPart};
use evenhand::casework::restriction::{self, Variation};
use evenhand::casework::{Error, Result};
use evenhand::demo;
use evenhand::rules::id::{CustomerId, IncidentId, RestrictionId};
use evenhand::rules::measure::{Channel, Period, Term};
use evenhand::rules::proposal::{AccountHow, LESS, LINKED, SUPPORT, Section, checklists, further, own_key};
use evenhand::rules::restriction::Stage;
use evenhand::store;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::support::app::{House, landlord, staff};

const LEANNE: CustomerId = CustomerId(Uuid::from_u128(0x40_0976_3001));
const SHOUTING: IncidentId = IncidentId(Uuid::from_u128(0x40_0976_3002));
const PROPOSAL: RestrictionId = RestrictionId(Uuid::from_u128(0x40_0976_3003));

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).expect("a day")
}

/// Ms Whitfield of West Kent: warned in February, and one incident in March, logged by the adviser it was aimed at.
async fn with_leanne() -> House {
    let house = House::empty_cast().await;
    let (west_kent, policy) = (landlord("west-kent"), demo::named("policy west-kent"));
    let (adviser, manager) = (staff("west-kent", "adviser"), staff("west-kent", "manager"));
    let sql = format!(
        "insert into customer (landlord_id, id, ref, title, given, family, pronoun, subject, line1, town, postcode, added_at)
         values ('{west_kent}', '{LEANNE}', '400-976-3001', 'Ms', 'Leanne', 'Whitfield', 'she', 'customer', '22 Larkfield Road', 'Sevenoaks', 'TN13 1DB', '2026-01-05');
         insert into incident (landlord_id, id, customer_id, policy_version_id, happened_at, channel, about, behaviours, effects, what_happened, harm,
                               warnings_given, contact_ended, done, support, logged_at, logged_by, stage)
         values ('{west_kent}', '{SHOUTING}', '{LEANNE}', '{policy}', '2027-03-04 14:00+00', 'phone', 'the service charge', array['abuse'], array['fear'],
                 'She shouted for ten minutes.', 'none', 2, true, array[]::text[], 'fine', '2027-03-04 15:00+00', '{adviser}', 'logged');
         insert into warning (landlord_id, id, customer_id, policy_version_id, step, step_title, form, given_at, given_by, words)
         values ('{west_kent}', '{}', '{LEANNE}', '{policy}', 'management-action', 'Management action', 'spoken', '2027-02-12 10:00+00', '{manager}', 'Please stop.');",
        demo::named("warning of Leanne"),
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut house.owner().await).await.expect("a customer with a past");
    house
}

fn one_email_a_week() -> Term {
    Term::Quota { channel: Channel::Email, count: 1, per: Period::Week, exempt: [].into(), answered_on: None }
}

fn no_calls() -> Term {
    Term::Channels { closed: [Channel::Phone].into() }
}

/// The manager fills in every part and sends it.
async fn sent(house: &House) {
    let mut desk = house.desk_of("west-kent", "manager").await;
    let opening = Opening { id: PROPOSAL, customer: LEANNE, incident: Some(SHOUTING), skip: None };
    proposal::open(&mut desk, &opening).await.expect("a proposal is begun");
    let policy = desk.policy.clone();
    let answers =
        |section: Section| further(&policy, section).iter().map(|question| (own_key(question), "Yes, we did.".to_owned())).collect();
    let evidence = Evidence {
        incidents: vec![SHOUTING],
        thresholds: policy.behaviour.thresholds.iter().map(|one| (one.key.clone(), other(one.clears))).collect(),
        level_of_contact: "Nine calls a week".into(),
        language: "Liar, twice".into(),
        alternatives: "A meeting, not attended".into(),
        grounds: "You shouted at a member of staff on 4 March.".into(),
        answers: answers(Section::Evidence),
    };
    proposal::save_evidence(&mut desk, PROPOSAL, 1, evidence).await.expect("the evidence is saved");
    proposal::save_account(&mut desk, PROPOSAL, 2, Some(AccountHow::Heard), "The sum is wrong.".into()).await.expect("her side is saved");
    let mut given: BTreeMap<String, String> = answers(Section::Needs);
    given.extend([(LINKED.into(), "no".into()), (LESS.into(), "A named contact".into()), (SUPPORT.into(), "Her sister".into())]);
    given.extend(evenhand::rules::checklist::lines(&checklists(&policy)).into_iter().map(|(key, ..)| (key, "yes".to_owned())));
    let words = || "Thought about".to_owned();
    let needs =
        Needs { needs: words(), circumstances: words(), staff_needs: words(), proportionality: words(), equality: words(), answers: given };
    proposal::save_needs(&mut desk, PROPOSAL, 3, needs).await.expect("her needs are saved");
    let terms = TermsPart {
        terms: vec![one_email_a_week().into(), no_calls().into()],
        review_on: Some(day(6, 1)),
        ends_on: Some(day(6, 15)),
        ..TermsPart::default()
    };
    proposal::save_terms(&mut desk, PROPOSAL, 4, terms).await.expect("the terms are saved");
    proposal::send(&mut desk, PROPOSAL, 5, None, "a link").await.expect("it is sent");
    desk.commit().await.expect("it is true");
}

fn other(answer: evenhand::rules::policy::YesNo) -> evenhand::rules::policy::YesNo {
    use evenhand::rules::policy::YesNo::{No, Yes};
    match answer {
        Yes => No,
        No => Yes,
    }
}

/// What one of them decides, as the page would send it.
async fn says(house: &House, account: &str, decision: Decision, stage: usize, version: i32) -> Result<Outcome> {
    let mut desk = house.desk_of("west-kent", account).await;
    let said = Said {
        decision,
        reasons: "Fair, and no more than is needed.".into(),
        stage,
        version,
        meeting: None,
        asked_for: Vec::new(),
        checked: Vec::new(),
    };
    let links = Links { decide: "a".into(), read: "b".into(), write: "c".into() };
    let outcome = approval::decide(&mut desk, PROPOSAL, &said, &links).await?;
    desk.commit().await?;
    Ok(outcome)
}

async fn in_force(house: &House) {
    sent(house).await;
    says(house, "manager2", Decision::Approve(None), 0, 6).await.expect("the first stage approves");
    says(house, "director", Decision::Approve(None), 1, 7).await.expect("the second stage approves");
}

async fn stands(house: &House) -> store::restriction::Restriction {
    let mut desk = house.desk_of("west-kent", "head").await;
    store::restriction::find(&mut desk.tx, PROPOSAL).await.expect("an answer").expect("a restriction")
}

#[tokio::test]
async fn nobody_decides_on_what_they_asked_for_or_reported() {
    let house = with_leanne().await;
    sent(&house).await;
    let refused = says(&house, "manager", Decision::Approve(None), 0, 6).await;
    assert!(matches!(&refused, Err(Error::Forbidden(why)) if why.starts_with("Nobody decides on their own request.")), "{refused:?}");
    let early = says(&house, "director", Decision::Approve(None), 1, 6).await;
    assert!(matches!(&early, Err(Error::Forbidden(why)) if why.starts_with("This waits for")), "{early:?}");
    assert_eq!(stands(&house).await.stage, Stage::AwaitingApproval);
}

#[tokio::test]
async fn the_last_stage_puts_it_in_force_with_its_review_reminders_and_letter() {
    let house = with_leanne().await;
    in_force(&house).await;
    let restriction = stands(&house).await;
    assert_eq!((restriction.stage, restriction.in_force_at), (Stage::InForce, Some(house.clock.now())));
    let mut owner = house.owner().await;
    let counted = "select (select count(*) from review where stage = 'due' and due_on = '2027-06-01'),
                          (select count(*) from reminder where settled_at is null),
                          (select count(*) from letter where kind = 'restriction'),
                          (select count(*) from task where done_at is null and kind in ('approval', 'view'))";
    let counted: (i64, i64, i64, i64) = sqlx::query_as(counted).fetch_one(&mut owner).await.expect("counts");
    assert_eq!(counted, (1, 6, 1, 0));
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_wins_and_the_other_is_told() {
    let house = with_leanne().await;
    sent(&house).await;
    says(&house, "manager2", Decision::Approve(None), 0, 6).await.expect("the first stage approves");
    let (one, two) =
        tokio::join!(says(&house, "director", Decision::Approve(None), 1, 7), says(&house, "director2", Decision::Decline, 1, 7));
    let told: Vec<String> = [one, two]
        .into_iter()
        .filter_map(|outcome| match outcome {
            Err(Error::Changed(sentence)) => Some(sentence),
            Err(other) => panic!("{other}"),
            Ok(_) => None,
        })
        .collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with(" this at 11:42am."), "{told:?}");
}

#[tokio::test]
async fn pressing_twice_decides_once() {
    let house = with_leanne().await;
    sent(&house).await;
    says(&house, "manager2", Decision::Approve(None), 0, 6).await.expect("saved");
    let again = says(&house, "manager2", Decision::Approve(None), 0, 6).await;
    assert!(matches!(again, Ok(Outcome::SavedAlready)), "{again:?}");
}

#[tokio::test]
async fn a_proposal_sent_back_waits_for_its_proposer_and_starts_a_new_round() {
    let house = with_leanne().await;
    sent(&house).await;
    assert!(matches!(says(&house, "manager2", Decision::SendBack, 0, 6).await, Ok(Outcome::SentBack)));
    assert_eq!(stands(&house).await.stage, Stage::SentBack);
    let mut desk = house.desk_of("west-kent", "manager").await;
    proposal::send(&mut desk, PROPOSAL, 7, Some("We asked him on 2 March."), "a link").await.expect("it is sent again");
    desk.commit().await.expect("it is true");
    assert!(matches!(says(&house, "manager2", Decision::Approve(None), 0, 8).await, Ok(Outcome::PassedOn(_))));
}

#[tokio::test]
async fn changed_terms_hold_from_the_same_second_and_the_old_ones_are_kept() {
    let house = with_leanne().await;
    in_force(&house).await;
    let mut desk = house.desk_of("west-kent", "head").await;
    let version = stands(&house).await.version;
    let only_email = Variation {
        terms: vec![one_email_a_week().into()],
        ends_on: Some(day(5, 15)),
        review_on: Some(day(5, 1)),
        reasons: "It is calmer.".into(),
        at_their_asking: false,
    };
    restriction::vary(&mut desk, PROPOSAL, version, &only_email).await.expect("it is changed");
    desk.commit().await.expect("it is true");
    let mut owner = house.owner().await;
    let terms: Vec<(String, bool)> =
        sqlx::query_as("select kind, until is null from term order by position").fetch_all(&mut owner).await.expect("terms");
    assert_eq!(terms, [("quota".to_owned(), true), ("channels".to_owned(), false)]);
    let reviews: Vec<(NaiveDate, String)> =
        sqlx::query_as("select due_on, stage from review order by due_on").fetch_all(&mut owner).await.expect("reviews");
    assert_eq!(reviews, [(day(5, 1), "due".to_owned()), (day(6, 1), "overtaken".to_owned())]);
}

#[tokio::test]
async fn nothing_is_changed_into_what_leaves_no_way_to_reach_us() {
    let house = with_leanne().await;
    in_force(&house).await;
    let mut desk = house.desk_of("west-kent", "head").await;
    let version = stands(&house).await.version;
    let all = Term::Channels { closed: Channel::ALL.iter().copied().collect() };
    let closed = Variation {
        terms: vec![all.into()],
        ends_on: Some(day(6, 15)),
        review_on: None,
        reasons: "Because.".into(),
        at_their_asking: false,
    };
    let refused = restriction::vary(&mut desk, PROPOSAL, version, &closed).await;
    assert!(matches!(&refused, Err(Error::Refused(why)) if why[0].field == "terms"), "{refused:?}");
}

#[tokio::test]
async fn a_restriction_ended_early_ends_its_review_and_its_reminders_with_a_letter() {
    let house = with_leanne().await;
    in_force(&house).await;
    let version = stands(&house).await.version;
    let mut officer = house.desk_of("west-kent", "officer").await;
    let refused = restriction::end_early(&mut officer, PROPOSAL, version, "It is calm.", &[]).await;
    assert!(matches!(&refused, Err(Error::Forbidden(why)) if why.contains("can end this early")), "{refused:?}");
    drop(officer);
    let mut head = house.desk_of("west-kent", "head").await;
    restriction::end_early(&mut head, PROPOSAL, version, "It is calm.", &[]).await.expect("it ends");
    head.commit().await.expect("it is true");
    assert_eq!(stands(&house).await.stage, Stage::Lifted);
    let mut owner = house.owner().await;
    let counted = "select (select count(*) from review where stage = 'due'),
                          (select count(*) from reminder where settled_at is null),
                          (select count(*) from letter where kind = 'lifting')";
    let counted: (i64, i64, i64) = sqlx::query_as(counted).fetch_one(&mut owner).await.expect("counts");
    assert_eq!(counted, (0, 0, 1));
}
