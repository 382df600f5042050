//! What no measure closes, whoever writes the row: the database holds it beside the rules. And whom a measure binds, on the page.

use evenhand::demo;
use evenhand::rules::measure::{Channel, Purpose, Term};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::support::app::{House, landlord, staff};

const LEANNE: Uuid = Uuid::from_u128(0x40_0976_4001);
const REFERENCE: &str = "400-976-4001";

/// Ms Whitfield of West Kent, of whom nothing is known yet.
async fn with_leanne() -> House {
    let house = House::empty_cast().await;
    let sql = format!(
        "insert into customer (landlord_id, id, ref, title, given, family, pronoun, subject, line1, town, postcode, added_at)
         values ('{}', '{LEANNE}', '{REFERENCE}', 'Ms', 'Leanne', 'Whitfield', 'she', 'customer', '22 Larkfield Road', 'Sevenoaks', 'TN13 1DB', '2026-01-05')",
        landlord("west-kent")
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut house.owner().await).await.expect("a customer");
    house
}

/// A bundle written behind the product's back, in one transaction; the name of the rule of the database that refuses it.
async fn refused(house: &House, strength: &str, because: Option<&str>, terms: &[Term]) -> Option<String> {
    let (west_kent, policy, manager) = (landlord("west-kent"), demo::named("policy west-kent"), staff("west-kent", "manager"));
    let id = Uuid::from_u128(rand_of(strength, because, terms));
    let because = because.map_or_else(|| "null".to_owned(), |words| format!("'{words}'"));
    let mut sql = format!(
        "insert into restriction (landlord_id, id, customer_id, policy_version_id, stage, round, proposed_by, opened_at, sent_at, grounds, review_on,
                                  ends_on, one_open_channel, no_route_because)
         values ('{west_kent}', '{id}', '{LEANNE}', '{policy}', 'awaiting-approval', 1, '{manager}', '2027-03-10', '2027-03-10', 'Shouting.',
                 '2027-05-01', '2027-06-01', '{strength}', {because});"
    );
    for (place, term) in terms.iter().enumerate() {
        let words = |keys: Vec<&str>| keys.iter().map(|key| format!("'{key}'")).collect::<Vec<_>>().join(", ");
        let closes = words(term.closes().iter().map(|one| one.key()).collect());
        let purposes = words(term.purposes_named().iter().map(|one| one.key()).collect());
        let details = serde_json::to_string(term).expect("a term is plain data");
        let term_id = Uuid::from_u128(id.as_u128() + 1 + place as u128);
        sql += &format!(
            "insert into term (landlord_id, id, restriction_id, position, kind, details, closes, closes_purposes, leaves_route, since)
             values ('{west_kent}', '{term_id}', '{id}', {place}, '{}', '{details}', array[{closes}]::text[], array[{purposes}]::text[], {}, '2027-03-10');",
            term.kind().key(),
            term.leaves_route(),
        );
    }
    let done = sqlx::raw_sql(AssertSqlSafe(format!("begin; {sql} commit;"))).execute(&mut house.owner().await).await;
    done.err().map(|error| error.as_database_error().and_then(|error| error.constraint()).unwrap_or("another fault").to_owned())
}

/// An id of its own for each case.
fn rand_of(strength: &str, because: Option<&str>, terms: &[Term]) -> u128 {
    let words = format!("{strength}{because:?}{terms:?}");
    words.bytes().fold(7u128, |sum, byte| sum.wrapping_mul(1_099_511_628_211).wrapping_add(u128::from(byte) * 64)) & !0xff
}

fn nothing_open() -> Vec<Term> {
    vec![Term::EndAllContact { except: String::new() }]
}

fn left_out(purpose: Purpose) -> Vec<Term> {
    let purposes = [purpose].into();
    vec![Term::Topics { mode: evenhand::rules::measure::TopicMode::Excluded, topics: vec![], purposes }]
}

#[tokio::test]
async fn the_database_keeps_a_way_open_as_firmly_as_the_policy_had_it() {
    let house = with_leanne().await;
    let route = Some("restriction_leaves_a_route".to_owned());
    assert_eq!(refused(&house, "enforced", Some("Threats"), &nothing_open()).await, route);
    assert_eq!(refused(&house, "advisory", None, &nothing_open()).await, route);
    assert_eq!(refused(&house, "advisory", Some("Threats"), &nothing_open()).await, None);
    assert_eq!(refused(&house, "off", None, &nothing_open()).await, None);
    assert_eq!(refused(&house, "whatever", None, &nothing_open()).await, Some("restriction_one_open_channel_known".to_owned()));

    // A visit and social media are no way for a customer to begin.
    let all_but_visits = Term::Channels { closed: Channel::ALL.iter().copied().filter(|one| *one != Channel::Visit).collect() };
    assert_eq!(refused(&house, "enforced", None, std::slice::from_ref(&all_but_visits)).await, route);
    let represented = [all_but_visits, Term::RepresentativeOnly { name: "Grace Mensah".into() }];
    assert_eq!(refused(&house, "enforced", None, &represented).await, None);
}

#[tokio::test]
async fn the_database_closes_nothing_that_is_always_open_however_weak_the_rule() {
    let house = with_leanne().await;
    for strength in ["enforced", "advisory", "off"] {
        for purpose in Purpose::FLOOR {
            let found = refused(&house, strength, Some("Threats"), &left_out(purpose)).await;
            assert_eq!(found, Some("term_floor_stays_open".to_owned()), "{strength} {purpose}");
        }
        assert_eq!(refused(&house, strength, Some("Threats"), &left_out(Purpose::Complaint)).await, None, "{strength}");
    }
}

/// A restriction in force with these terms, since this morning.
async fn in_force(house: &House, terms: &[Term]) {
    assert_eq!(refused(house, "enforced", None, terms).await, None);
    let (west_kent, director) = (landlord("west-kent"), staff("west-kent", "director"));
    let sql = format!(
        "begin;
         insert into review (landlord_id, id, restriction_id, customer_id, policy_version_id, due_on, made_at, stage)
         select landlord_id, '{LEANNE}', id, customer_id, policy_version_id, '2027-05-01', '2027-03-10', 'due' from restriction where landlord_id = '{west_kent}';
         update restriction set stage = 'in-force', in_force_at = '2027-03-10 09:00+00', decided_by = '{director}', decision_reasons = 'Fair.',
                next_review_id = '{LEANNE}' where landlord_id = '{west_kent}';
         commit;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut house.owner().await).await.expect("it is in force");
}

#[tokio::test]
async fn the_page_asks_who_it_is_and_whom_they_want_only_where_that_matters() {
    let house = with_leanne().await;
    let mut adviser = house.sign_in("adviser@west-kent").await;
    let contact = |rest: &str| format!("/customers/{REFERENCE}/contact?channel=phone{rest}");
    let before = adviser.see(&contact("")).await;
    assert_eq!(before.all("nav[aria-label='Who is it?']").len(), 0);

    let lettings = Term::Scope { reach: evenhand::rules::measure::Scope::Team, names: vec!["the lettings team".into()] };
    in_force(&house, &[Term::Channels { closed: [Channel::Phone].into() }, lettings]).await;
    let page = adviser.see(&contact("")).await;
    assert_eq!(page.all(".answer h2"), ["Do not continue this call, unless it is an emergency or a repair."]);
    let choices: Vec<String> = page.links().into_iter().map(|(text, _)| text).collect();
    for choice in ["The customer", "Someone who speaks for them", "Someone else at home", "The lettings team", "Anybody else here"] {
        assert!(choices.iter().any(|one| one.trim() == choice), "{choice} is missing from {choices:?}");
    }
    let home = adviser.see(&page.link("Someone else at home").expect("a choice")).await;
    assert_eq!(home.all(".answer h2"), ["Talk as normal. The limits are hers, not theirs."]);
    let elsewhere = adviser.see(&page.link("Anybody else here").expect("a choice")).await;
    assert_eq!(elsewhere.all(".answer h2"), ["Talk as normal. The limits are about another service."]);
    let team = adviser.see(&contact("&service=1")).await;
    assert!(team.says("Do not continue this call"));
    let stranger = adviser.see(&contact("&by=representative")).await;
    assert!(stranger.says("Nobody has consent to speak for her."), "{}", stranger.text());
}
