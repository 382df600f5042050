//! Every address, asked for by everybody who should not see what is there. A new page is tried the day it is added: the list of
//! addresses is the house's own.

mod asked_first;
mod forged;
mod rows;

use std::collections::BTreeSet;

use axum::http::Method;
use evenhand::http::doors::{Door, Who};
use evenhand::rules::policy::Reach;
use uuid::Uuid;

use crate::support::app::House;
use crate::support::page::Page;
use crate::support::records::{OURS, Records, THEIRS};
use crate::support::visitor::Visitor;

/// One person of each reach.
const PEOPLE: &[(&str, Reach)] = &[
    ("adviser", Reach::Frontline),
    ("manager", Reach::Manager),
    ("head", Reach::Head),
    ("director", Reach::Director),
    ("policy", Reach::PolicyOwner),
    ("admin", Reach::Administrator),
];

/// A house in which two landlords have a record of every kind.
async fn house() -> House {
    let house = House::empty_cast().await;
    OURS.write(&house).await;
    THEIRS.write(&house).await;
    house
}

fn doors() -> Vec<Door> {
    evenhand::web::doors().list()
}

async fn ask(visitor: &mut Visitor, method: &Method, address: &str) -> Page {
    if method == Method::GET { visitor.get(address).await } else { visitor.post(address, &[]).await }
}

/// The same, with the records it may need named beside the address as well.
async fn ask_about(visitor: &mut Visitor, door: &Door, whose: &Records) -> Page {
    let (restriction, incident) = (whose.id("restriction").to_string(), whose.id("incident").to_string());
    let new = evenhand::demo::named(&format!("asked for at {}", door.path)).to_string();
    let about = [
        ("customer", whose.reference),
        ("restriction", &restriction),
        ("incident", &incident),
        ("id", &new),
        ("version", "1"),
        ("restriction_version", "1"),
    ];
    let address = whose.fill(door.path);
    if door.method == Method::GET {
        visitor.get(&format!("{address}?{}", serde_html_form::to_string(about).expect("a query"))).await
    } else {
        visitor.post(&address, &about).await
    }
}

fn is_sign_in(page: &Page) -> bool {
    page.status() == 303 && page.location().is_some_and(|to| to == "/sign-in" || to.starts_with("/sign-in?"))
}

/// What a page shows of somebody's records, if anything.
fn leaks(page: &Page, whose: &Records) -> Option<String> {
    let shown = format!("{}{:?}{:?}", page.body(), page.location(), page.set_cookies());
    whose.secrets().into_iter().find(|secret| shown.contains(secret.as_str()))
}

/// Whether an address names a record. A landlord's short name and a chapter's key are nobody's secret.
fn names_a_record(door: &Door) -> bool {
    door.path.contains("{customer}") || door.path.contains("{id}")
}

/// Doors that end the visitor's own sign-in.
fn ends_the_sign_in(door: &Door) -> bool {
    door.method == Method::POST && door.path.starts_with("/sign-out")
}

#[tokio::test]
async fn signed_out_every_address_leads_to_the_sign_in_page_or_is_for_anyone() {
    let house = house().await;
    let mut faults = Vec::new();
    for door in doors() {
        let address = OURS.fill(door.path);
        let page = ask(&mut house.visitor(), &door.method, &address).await;
        let right = if door.who == Who::Anyone { page.status() < 500 && page.status() != 403 } else { is_sign_in(&page) };
        if !right {
            faults.push(format!("{} {}: {} {:?}", door.method, door.path, page.status(), page.location()));
        }
        if let Some(secret) = leaks(&page, &OURS) {
            faults.push(format!("{} {} shows «{secret}» to a stranger", door.method, door.path));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn a_sign_in_that_nobody_knows_is_no_sign_in() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.set_cookie("__Host-evenhand", &"0".repeat(64));
    for door in doors().iter().filter(|door| door.who != Who::Anyone) {
        let page = ask(&mut visitor, &door.method, &OURS.fill(door.path)).await;
        assert!(is_sign_in(&page), "{} {}: {}", door.method, door.path, page.status());
    }
}

#[tokio::test]
async fn every_reach_is_refused_exactly_where_the_house_says_so() {
    let house = house().await;
    let mut faults = Vec::new();
    for (account, reach) in PEOPLE {
        let mut visitor = house.sign_in(&format!("{account}@{}", OURS.slug)).await;
        for door in doors() {
            let page = ask_about(&mut visitor, &door, &OURS).await;
            let what = format!("{account}: {} {}: {}", door.method, door.path, page.status());
            match (door.who.admits(*reach), page.status()) {
                (_, 500..) => faults.push(format!("{what}: {}", page.text())),
                (true, 403) if !is_refused_by_policy(&page) => faults.push(format!("{what}, though the house lets them in")),
                (true, _) if is_sign_in(&page) && !ends_the_sign_in(&door) => faults.push(format!("{what}, and is signed out")),
                (true, 404) if is_somebody_elses_task(&door, account) => {}
                (true, 404 | 405 | 415) => faults.push(format!("{what}: {}", page.text())),
                (false, status) if status != 403 => faults.push(format!("{what}, and should be refused")),
                (false, _) if !page.says(&door.who.people()) => faults.push(format!("{what} does not say who can: {}", page.text())),
                _ => {}
            }
            if !door.who.admits(*reach)
                && let Some(secret) = leaks(&page, &OURS)
            {
                faults.push(format!("{what} shows «{secret}» all the same"));
            }
            if ends_the_sign_in(&door) {
                visitor = house.sign_in(&format!("{account}@{}", OURS.slug)).await;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A task is there for whoever it waits for, and for nobody else.
fn is_somebody_elses_task(door: &Door, account: &str) -> bool {
    door.path == "/my-work/{id}" && account != "adviser"
}

/// An act may still be refused to somebody whom the door lets in, because the policy gives it to somebody else; then it names them.
fn is_refused_by_policy(page: &Page) -> bool {
    !page.says("This is for ")
}

#[tokio::test]
async fn administrators_see_nothing_about_customers() {
    let house = house().await;
    let mut visitor = house.sign_in("admin@west-kent").await;
    let open: Vec<Door> = doors().into_iter().filter(|door| door.method == Method::GET && door.who.admits(Reach::Administrator)).collect();
    assert!(open.iter().any(|door| door.path == "/admin/people"));
    for door in open {
        let page = visitor.get(&OURS.fill(door.path)).await;
        // The demonstration's mailbox is open to anyone, and only there.
        if door.path != "/demo/mail" {
            assert_eq!(leaks(&page, &OURS), None, "{}", door.path);
        }
    }
}

#[tokio::test]
async fn another_landlords_record_is_not_there_the_same_as_one_that_never_was() {
    let house = house().await;
    let never = Never;
    let mut faults = Vec::new();
    let mut tried = BTreeSet::new();
    for (account, reach) in PEOPLE {
        let mut visitor = house.sign_in(&format!("{account}@{}", THEIRS.slug)).await;
        for door in doors().iter().filter(|door| names_a_record(door) && door.who.admits(*reach)) {
            tried.insert(door.path);
            let what = format!("{account}: {} {}", door.method, door.path);
            let theirs = ask(&mut visitor, &door.method, &OURS.fill(door.path)).await;
            let nobodys = ask(&mut visitor, &door.method, &never.fill(door.path)).await;
            if theirs.status() != 404 {
                faults.push(format!("{what}: {}", theirs.status()));
            }
            if (theirs.status(), theirs.body()) != (nobodys.status(), nobodys.body()) {
                faults.push(format!(
                    "{what} tells another landlord's record ({}) from one that never was ({})",
                    theirs.status(),
                    nobodys.status()
                ));
            }
            if let Some(secret) = leaks(&theirs, &OURS) {
                faults.push(format!("{what} shows «{secret}»"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let all: BTreeSet<&str> = doors().iter().filter(|door| names_a_record(door)).map(|door| door.path).collect();
    assert_eq!(tried, all, "every address with a record in it was tried");
}

#[tokio::test]
async fn ones_own_customer_leads_to_no_record_of_another_landlord() {
    let house = house().await;
    let mut visitor = house.sign_in(&format!("manager@{}", THEIRS.slug)).await;
    for door in doors().iter().filter(|door| door.path.contains("{customer}") && door.path.contains("{id}")) {
        let address = OURS.fill(door.path).replace(OURS.reference, THEIRS.reference);
        let theirs = ask(&mut visitor, &door.method, &address).await;
        let nobodys = ask(&mut visitor, &door.method, &Never.fill(door.path).replace("900-999-9999", THEIRS.reference)).await;
        assert_eq!(
            (theirs.status(), theirs.location(), theirs.body()),
            (nobodys.status(), nobodys.location(), nobodys.body()),
            "{}",
            door.path
        );
        assert_eq!(theirs.status(), 404, "{} {}", door.method, door.path);
        assert_eq!(leaks(&theirs, &OURS), None, "{}", door.path);
    }
}

#[tokio::test]
async fn no_page_of_one_landlord_shows_anything_of_another() {
    let house = house().await;
    for (account, _) in PEOPLE {
        let mut visitor = house.sign_in(&format!("{account}@{}", THEIRS.slug)).await;
        for door in doors().iter().filter(|door| door.method == Method::GET) {
            let address = THEIRS.fill(door.path);
            let queries = format!(
                "?customer={}&restriction={}&incident={}&id={}&page=1&q={}",
                OURS.reference,
                OURS.id("restriction"),
                OURS.id("incident"),
                OURS.id("letter"),
                OURS.reference
            );
            for address in [address.clone(), format!("{address}{queries}")] {
                let page = visitor.get(&address).await;
                assert!(page.status() < 500, "{account}: {}: {} {}", door.path, page.status(), page.text());
                if door.path != "/demo/mail" {
                    assert_eq!(leaks(&page, &OURS), None, "{account}: {address}");
                }
            }
        }
    }
}

#[tokio::test]
async fn looking_for_another_landlords_customer_finds_nobody() {
    let house = house().await;
    let mut visitor = house.sign_in(&format!("adviser@{}", THEIRS.slug)).await;
    let mut own = house.sign_in(&format!("adviser@{}", OURS.slug)).await;
    for typed in
        [OURS.family, "Zebedee", "07700 900461", OURS.reference, "zebedee@quillfeather.example", "TR/900461", "ZZ9 9ZZ 1 Quillfeather Yard"]
    {
        let mut found = own.post("/check", &[("q", typed)]).await;
        while found.status() == 303 {
            found = own.follow(&found).await;
        }
        assert!(found.body().contains(OURS.reference), "one's own customer is found by «{typed}»: {}", found.text());
        let mut page = visitor.post("/check", &[("q", typed)]).await;
        while page.status() == 303 {
            assert!(!page.location().unwrap_or_default().contains(OURS.reference), "{typed}");
            page = visitor.follow(&page).await;
        }
        let others = OURS.secrets().into_iter().filter(|secret| !typed.to_lowercase().contains(&secret.to_lowercase()));
        for secret in others.chain([format!("/customers/{}", OURS.reference)]) {
            assert!(!page.body().contains(&secret), "«{typed}» shows «{secret}»");
        }
    }
}

/// Records that never were.
struct Never;

impl Never {
    fn fill(&self, path: &str) -> String {
        let never = evenhand::demo::named("never");
        path.replace("{customer}", "900-999-9999").replace("{id}", &never.to_string())
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_no_page() {
    let house = house().await;
    let mut visitor = house.sign_in(&format!("manager@{}", THEIRS.slug)).await;
    for door in doors().iter().filter(|door| names_a_record(door) && door.who.admits(Reach::Manager)) {
        for odd in ["0", "%00", "%ff", "%27%20or%201=1--", &Uuid::nil().to_string(), "..%2f..%2fetc", "😀"] {
            let address = door.path.replace("{customer}", odd).replace("{id}", odd);
            if !address.is_ascii() {
                continue; // Not an address at all.
            }
            let page = ask(&mut visitor, &door.method, &address).await;
            assert!(matches!(page.status(), 400 | 404), "{} {address}: {}", door.method, page.status());
        }
    }
}

#[test]
#[should_panic(expected = "does not know what stands behind /orders/")]
fn an_address_with_an_unknown_place_is_noticed() {
    OURS.fill("/orders/{id}");
}

#[test]
#[should_panic(expected = "does not know what {order} stands for")]
fn an_address_with_a_place_of_an_unknown_name_is_noticed() {
    OURS.fill("/orders/{order}");
}
