//! Every link that a page shows leads somewhere its reader may go: one landlord walked by every post, link by link.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::support::app::House;
use crate::support::visitor::Visitor;

/// So many pages of one shape are opened for one post: of a customer's letters the next is like the last.
const OF_A_SHAPE: usize = 3;

/// So many pages a post opens in all; far more than there are shapes.
const AT_MOST: usize = 150;

const POSTS: [&str; 9] = ["adviser", "officer", "manager", "manager2", "head", "director", "director2", "policy", "admin"];

/// An address without what tells one record from another: ids and numbers are stars.
fn shape(address: &str) -> String {
    let starred = |part: &str| if part.bytes().any(|byte| byte.is_ascii_digit()) { "*" } else { part }.to_owned();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path: Vec<String> = path.split('/').map(starred).collect();
    let query: Vec<String> = query.split('&').map(starred).collect();
    format!("{}?{}", path.join("/"), query.join("&"))
}

/// A page of ours that can be opened: no file, no other site, no place on the same page.
fn ours(href: &str) -> Option<String> {
    let address = href.split('#').next().unwrap_or_default();
    (address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/static/")).then(|| address.to_owned())
}

/// Where a page leads: its links, or where it sends its reader on to. The demonstration's mailbox is everybody's at once.
async fn open(visitor: &mut Visitor, address: &str) -> (u16, Vec<String>) {
    let page = visitor.get(address).await;
    let title = page.title();
    assert!(!title.starts_with(char::is_lowercase), "{address}: «{title}» begins like the middle of a sentence");
    assert!(!page.body().contains('⟦'), "{address}: a word is left that no landlord says");
    if address.starts_with("/demo/mail") {
        return (page.status(), Vec::new());
    }
    let on = page.location().map(str::to_owned).into_iter();
    let links = page.links().into_iter().map(|(_, href)| href);
    (page.status(), on.chain(links).filter_map(|href| ours(&href)).collect())
}

/// Walks from the first page on, each address once, and says which links led nowhere.
async fn walk(visitor: &mut Visitor, account: &str) -> (usize, Vec<String>) {
    let mut seen = BTreeSet::from(["/".to_owned()]);
    let mut of_shape: BTreeMap<String, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from([("/".to_owned(), "the address bar".to_owned())]);
    let (mut opened, mut broken) = (0, Vec::new());
    while let Some((address, from)) = waiting.pop_front() {
        let (status, links) = open(visitor, &address).await;
        opened += 1;
        if status >= 400 {
            broken.push(format!("{account}: {from} leads to {address}, which answers {status}"));
            continue;
        }
        for link in links {
            let many = of_shape.entry(shape(&link)).or_default();
            if *many < OF_A_SHAPE && opened + waiting.len() < AT_MOST && seen.insert(link.clone()) {
                *many += 1;
                waiting.push_back((link, address.clone()));
            }
        }
    }
    (opened, broken)
}

async fn every_post_walks(landlord: &str) {
    let house = House::open().await;
    let (mut opened, mut broken) = (0, Vec::new());
    for post in POSTS {
        let account = format!("{post}@{landlord}");
        let mut visitor = house.sign_in(&account).await;
        let (pages, found) = walk(&mut visitor, &account).await;
        assert!(pages > 4, "{account} gets about: {pages}");
        opened += pages;
        broken.extend(found);
    }
    assert!(opened > 400, "a landlord is more than {opened} pages");
    assert!(broken.is_empty(), "of {opened} links {} lead nowhere:\n{}", broken.len(), broken.join("\n"));
}

#[tokio::test]
async fn no_link_that_is_shown_is_refused_to_whoever_sees_it() {
    every_post_walks("west-kent").await;
}

#[tokio::test]
async fn nor_where_the_policy_has_other_measures_and_deciders() {
    every_post_walks("notting-hill-genesis").await;
}

#[test]
fn records_of_one_kind_are_of_one_shape() {
    let one = "/customers/432-559-6316/contact?channel=visit&page=2";
    assert_eq!(shape(one), "/customers/*/contact?channel=visit&*");
    assert_eq!(shape(one), shape("/customers/40-1/contact?channel=visit&page=9"));
    assert_ne!(shape(one), shape("/customers/40-1/contact?channel=phone&page=9"));
}
