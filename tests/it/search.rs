//! Finding somebody: by the end of a number, by half a postcode, beside a tenancy; and where a word is on every second record.

use chrono::NaiveDate;
use evenhand::demo;
use evenhand::rules::id::CustomerId;
use evenhand::rules::search::OnRecord;
use evenhand::store::customer_bulk::{NewCustomer, add_many};
use evenhand::store::customer_search::{Indexed, index_many};

use crate::support::app::{House, landlord};
use crate::support::visitor::Visitor;

fn customer(nth: u32, given: &str, family: &str) -> NewCustomer {
    NewCustomer {
        id: CustomerId(demo::named(&format!("estate {nth}"))),
        reference: format!("700-{:03}-{:04}", nth / 1000, nth),
        title: None,
        given: given.to_owned(),
        family: family.to_owned(),
        pronoun: "they".to_owned(),
        subject: "customer".to_owned(),
        tenancy_ref: Some(format!("70-{nth:05}")),
        line1: Some(format!("{nth} Harbour Road")),
        town: Some("Saltwick".to_owned()),
        postcode: Some("SW9 4TT".to_owned()),
        letter_format: "standard".to_owned(),
        language: None,
        customer_since: NaiveDate::from_ymd_opt(2020, 1, 1),
        phones: vec![format!("+4477009{:05}", 10_000 + nth)],
        emails: Vec::new(),
    }
}

/// An estate of one long road at West Kent: everybody is called Fell, but for Zofia Brandt and Ana de Souza.
async fn estate(homes: u32) -> House {
    let house = House::empty_cast().await;
    let mut desk = house.kit.office.desk_for_job(landlord("west-kent")).await.expect("a desk");
    let customers: Vec<NewCustomer> = (1..=homes)
        .map(|nth| match nth {
            7 => customer(nth, "Zofia", "Brandt"),
            9 => customer(nth, "Ana", "de Souza"),
            _ => customer(nth, "Robin", "Fell"),
        })
        .collect();
    add_many(&mut desk.tx, &customers, desk.now).await.expect("they are added");
    let words: Vec<Indexed> = customers.iter().map(indexed).collect();
    index_many(&mut desk.tx, &words).await.expect("they can be found");
    desk.commit().await.expect("it is true");
    house
}

fn indexed(one: &NewCustomer) -> Indexed {
    let on_record = OnRecord {
        given: &one.given,
        family: &one.family,
        line1: one.line1.as_deref(),
        town: one.town.as_deref(),
        postcode: one.postcode.as_deref(),
        tenancy: one.tenancy_ref.as_deref(),
        phones: one.phones.iter().map(String::as_str).collect(),
    };
    Indexed { customer: one.id, name_words: on_record.name_words(), other_words: on_record.other_words() }
}

/// Where the search leads: the one who is meant, or the list.
async fn looked_for(adviser: &mut Visitor, typed: &str) -> String {
    let check = adviser.see("/check").await;
    adviser.save(&check.fill(&[("q", typed)])).await.address().to_owned()
}

#[tokio::test]
async fn what_callers_say_of_themselves_leads_to_them() {
    let house = estate(30).await;
    let mut adviser = house.sign_in("adviser@west-kent").await;
    let zofia = "/customers/700-000-0007/contact";
    for typed in ["0007", "brandt 0007", "910007", "zofia 910007", "brandt 70-00007", "zofia sw9", "brandt 7 harbour rd", "7000007"] {
        assert_eq!(looked_for(&mut adviser, typed).await, zofia, "{typed}");
    }
    assert_eq!(looked_for(&mut adviser, "desouza").await, "/customers/700-000-0009/contact");
    assert_eq!(looked_for(&mut adviser, "fell 0007").await, "/check/results", "the end of somebody else's number");
}

#[tokio::test]
async fn a_word_on_a_thousand_records_hides_nobody() {
    let house = estate(1_100).await;
    let mut adviser = house.sign_in("adviser@west-kent").await;
    for typed in ["zofia saltwick", "brandt harbour road saltwick sw9", "zofia s", "z h s"] {
        assert_eq!(looked_for(&mut adviser, typed).await, "/customers/700-000-0007/contact", "{typed}");
    }
    assert_eq!(looked_for(&mut adviser, "saltwick harbour").await, "/check/results");
    let list = adviser.see("/check/results").await;
    let found = list.links().iter().filter(|(_, href)| href.starts_with("/customers/700-")).count();
    assert_eq!(found, 20, "{}", list.text());
    assert!(list.says("Robin Fell"), "{}", list.text());
}
