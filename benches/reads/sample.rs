//! Who asks about whom: a few advisers, and customers of their own landlords picked over the whole table.

use evenhand::rules::search::Query;
use hyper::StatusCode;
use sqlx::{Connection, PgConnection};

use super::load::Ask;

/// How many advisers ask, each of another landlord.
const ADVISERS: i64 = 16;
/// About how many customers each of them asks about.
const CUSTOMERS: i64 = 64;

/// An adviser's landlord, and some of its customers.
#[derive(Debug)]
pub struct Landlord {
    /// The landlord's id.
    pub id: uuid::Uuid,
    /// The adviser's id.
    pub staff: uuid::Uuid,
    /// Its customers.
    pub customers: Vec<Customer>,
}

/// A customer to ask about.
#[derive(Debug)]
pub struct Customer {
    /// The reference in addresses.
    pub reference: String,
    /// What is typed to find them: the beginning of the family name, and the given name.
    pub typed: [String; 2],
}

/// Everything picked.
#[derive(Debug)]
pub struct Sample {
    /// The advisers' addresses, one for each landlord below.
    pub accounts: Vec<String>,
    /// Their landlords.
    pub landlords: Vec<Landlord>,
}

impl Sample {
    /// Picks, as the owner of the database, who may see every landlord.
    pub async fn take(owner: &str) -> Self {
        let mut connection = PgConnection::connect(owner).await.unwrap();
        let advisers: Vec<(uuid::Uuid, uuid::Uuid, String)> = sqlx::query_as(
            "select distinct on (s.landlord_id) s.landlord_id, s.id, s.email from staff s where s.email like 'adviser@%' order by s.landlord_id limit $1",
        )
        .bind(ADVISERS)
        .fetch_all(&mut connection)
        .await
        .unwrap();
        let mut sample = Self { accounts: Vec::new(), landlords: Vec::new() };
        for (id, staff, email) in advisers {
            let rows: Vec<(String, String, String)> =
                sqlx::query_as("select c.ref, c.family, c.given from customer c where c.landlord_id = $1 order by md5(c.ref) limit $2")
                    .bind(id)
                    .bind(CUSTOMERS)
                    .fetch_all(&mut connection)
                    .await
                    .unwrap();
            let customers =
                rows.into_iter().map(|(reference, family, given)| Customer { reference, typed: [beginning(&family), given] }).collect();
            sample.accounts.push(email);
            sample.landlords.push(Landlord { id, staff, customers });
        }
        sample
    }

    /// The contact answer of each customer, the advisers taking turns.
    pub fn contacts(&self, sessions: &[String]) -> Vec<Ask> {
        self.each(sessions, |customer, cookie| Ask {
            method: "GET",
            path: format!("/customers/{}/contact?channel=phone", customer.reference),
            form: String::new(),
            cookie: cookie.to_owned(),
            expect: StatusCode::OK,
        })
    }

    /// A search for each customer: it ends in a redirect, to the one found or to the list.
    pub fn searches(&self, sessions: &[String]) -> Vec<Ask> {
        self.each(sessions, |customer, cookie| Ask {
            method: "POST",
            path: "/check".to_owned(),
            form: serde_html_form::to_string([("q", customer.typed.join(" "))]).unwrap(),
            cookie: cookie.to_owned(),
            expect: StatusCode::SEE_OTHER,
        })
    }

    /// How many words on record a search reads, and how many people it finds, on average: what grows with a landlord, whatever is slow or quick.
    pub async fn breadth(&self, owner: &str) -> (f64, f64) {
        let mut connection = PgConnection::connect(owner).await.unwrap();
        let (mut searches, mut words, mut people) = (0_u32, 0_i64, 0_i64);
        for landlord in &self.landlords {
            for customer in &landlord.customers {
                let typed: Vec<String> = Query::read(&customer.typed.join(" ")).words;
                let (read, found): (i64, i64) = sqlx::query_as(
                    "with hit as (
                       select s.nth, w.customer_id
                         from unnest($2::text[]) with ordinality as s (low, nth)
                         join customer_word w on w.landlord_id = $1 and w.word >= s.low and w.word < s.low || chr(1114111))
                     select count(*),
                            (select count(*)
                               from (select from hit group by customer_id having count(distinct nth) = cardinality($2::text[])) every)
                       from hit",
                )
                .bind(landlord.id)
                .bind(&typed)
                .fetch_one(&mut connection)
                .await
                .unwrap();
                (searches, words, people) = (searches + 1, words + read, people + found);
            }
        }
        (words as f64 / f64::from(searches), people as f64 / f64::from(searches))
    }

    fn each(&self, sessions: &[String], ask: impl Fn(&Customer, &str) -> Ask) -> Vec<Ask> {
        let most = self.landlords.iter().map(|landlord| landlord.customers.len()).max().unwrap_or(0);
        (0..most)
            .flat_map(|turn| {
                self.landlords.iter().zip(sessions).filter_map(move |(landlord, cookie)| Some((landlord.customers.get(turn)?, cookie)))
            })
            .map(|(customer, cookie)| ask(customer, cookie))
            .collect()
    }
}

fn beginning(name: &str) -> String {
    name.chars().take(4).collect()
}
