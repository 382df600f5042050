//! The way out: a mail server of our own takes the message; the worker wakes by itself and stops when asked.

use std::sync::Arc;
use std::time::Duration;

use evenhand::casework::desk::Office;
use evenhand::clock::Clock;
use evenhand::mail::{Mailer, Message};
use evenhand::rules::id::LandlordId;
use evenhand::store;
use evenhand::store::db::Db;
use evenhand::worker;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::support::app::House;
use crate::support::db::fresh;

#[tokio::test]
async fn the_mailbox_of_the_demonstration_is_turned_page_by_page() {
    let house = House::open().await;
    house.drain_outbox().await;
    let mut anybody = house.visitor();
    let page = anybody.see("/demo/mail").await;
    assert_eq!(page.all("article h2").len(), 25);
    assert!(page.body().len() < 60_000, "{} bytes", page.body().len());
    let older = anybody.click(&page, "Older").await;
    assert!(older.status() == 200 && !older.all("article h2").is_empty());
    assert_eq!(older.link("Newer").as_deref(), Some("/demo/mail?page=1"));
    assert_eq!(anybody.see("/demo/mail?page=none").await.all("article h2").len(), 25, "what is no page is the first");
}

/// A mail server for one message: what it was told, line by line. It says the last word given to each recipient.
async fn mail_server(to_recipient: &'static str) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let told = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a caller");
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut told = Vec::new();
        let mut in_data = false;
        writer.write_all(b"220 here\r\n").await.expect("an answer");
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match line.split(' ').next().unwrap_or_default() {
                "." if in_data => "250 taken\r\n",
                _ if in_data => "",
                "EHLO" | "HELO" => "250 here\r\n",
                "DATA" => "354 go on\r\n",
                "RCPT" => to_recipient,
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            in_data = line == "DATA" || (in_data && line != ".");
            told.push(line);
            writer.write_all(answer.as_bytes()).await.expect("an answer");
            if answer.starts_with("221") || answer.starts_with("250 taken") || answer.starts_with('5') {
                break;
            }
        }
        told
    });
    (format!("smtp://{address}"), told)
}

fn message() -> Message {
    Message {
        id: uuid::Uuid::from_u128(7),
        to_name: "Priya Nair".to_owned(),
        to_address: "priya@west-kent.example".to_owned(),
        subject: "Review is due today".to_owned(),
        body: "Dear Priya Nair\n\n/reviews/7".to_owned(),
        at: chrono::DateTime::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn a_message_leaves_by_smtp_to_one_person_with_its_own_name() {
    let (url, told) = mail_server("250 ok\r\n").await;
    let mailer = Mailer::smtp(&url, "Contact <contact@west-kent.example>", "https://contact.west-kent.example").expect("a mailer");
    mailer.send(&message()).await.expect("it goes");
    let told = told.await.expect("a server").join("\n");
    assert!(told.contains("MAIL FROM:<contact@west-kent.example>"), "{told}");
    assert_eq!(told.matches("RCPT TO:").count(), 1);
    assert!(told.contains("Message-ID: <00000000-0000-0000-0000-000000000007@contact.west-kent.example>"), "{told}");
    assert!(told.contains("https://contact.west-kent.example/reviews/7"), "{told}");
}

#[tokio::test]
async fn a_refusal_is_told_by_its_number_and_never_with_the_address() {
    let (url, _told) = mail_server("550 no priya@west-kent.example here\r\n").await;
    let mailer = Mailer::smtp(&url, "contact@west-kent.example", "https://contact.west-kent.example").expect("a mailer");
    let fault = mailer.send(&message()).await.expect_err("it is refused").to_string();
    assert!(fault.contains("550") && !fault.contains("priya"), "{fault}");
}

#[tokio::test]
async fn the_worker_sends_what_another_process_committed_and_stops_when_asked() {
    let db = fresh().await;
    let office = Office::new(Db::connect(&db.app_url, 4).await.expect("the database answers"), Clock::of_the_machine());
    let landlord = LandlordId(office.ids.next());
    let new = store::system::NewLandlord {
        id: landlord,
        slug: "west-kent",
        name: "West Kent",
        phone: "01732 960 500",
        email: "hello@west-kent.example",
        address: "101 London Road",
    };
    let mut system = office.db.system().await.expect("a transaction");
    store::system::add_landlord(&mut system, &new, office.clock.now()).await.expect("a landlord");
    system.commit().await.expect("a commit");
    let (mailer, memory) = Mailer::memory("https://contact.west-kent.example");
    let (stop, stopping) = watch::channel(false);
    let work = tokio::spawn(worker::run(office.clone(), mailer, Arc::new(Notify::new()), stopping));
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut tx = office.db.for_job(landlord).await.expect("a transaction");
    let id = evenhand::rules::id::MessageId(office.ids.next());
    let new = store::outbox::NewMessage {
        id,
        key: "one",
        to_address: "ann@west-kent.example",
        to_name: "Ann",
        subject: "Hello",
        body_text: "Hello",
    };
    store::outbox::add(&mut tx, &new, office.clock.now()).await.expect("a message");
    tx.commit().await.expect("a commit");
    let gone = async {
        while memory.sent().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone).await.expect("it goes long before the next round");
    stop.send(true).expect("somebody listens");
    tokio::time::timeout(Duration::from_secs(10), work).await.expect("it stops").expect("it stops in peace");
}
