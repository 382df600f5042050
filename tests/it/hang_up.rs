//! Visitors who hang up. A request that is dropped at any moment leaves no open transaction behind, and nothing that was
//! acknowledged is lost.

use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use evenhand::app;
use evenhand::demo::{self, cast::CAST};
use evenhand::rules::id::StaffId;
use evenhand::store;
use evenhand::store::session::Limits;
use evenhand::store::tx::Mode;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use crate::support::app::{House, landlord, staff};

const THEMES: [&str; 2] = ["dark", "light"];

/// The product on a port of its own.
struct Served {
    at: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

async fn serve(house: &House) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let at = listener.local_addr().expect("it has an address");
    let (stop, stopped) = oneshot::channel();
    let router = house.router.clone();
    let running = tokio::spawn(async move {
        let stopped = async { stopped.await.unwrap_or_default() };
        app::serve(listener, router, stopped).await.expect("it serves until it is stopped");
    });
    Served { at, stop, running }
}

/// Sends a choice of theme, whole, and does not wait for the answer.
async fn send_theme(at: SocketAddr, cookie: &str, theme: &str) -> TcpStream {
    let body = format!("theme={theme}");
    let request = format!(
        "POST /me/settings HTTP/1.1\r\nhost: {at}\r\nsec-fetch-site: same-origin\r\ncookie: __Host-evenhand={cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    send(at, &request).await
}

async fn send_page(at: SocketAddr, cookie: &str) -> TcpStream {
    send(at, &format!("GET /me/settings HTTP/1.1\r\nhost: {at}\r\ncookie: __Host-evenhand={cookie}\r\nconnection: close\r\n\r\n")).await
}

async fn send(at: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.expect("the server takes connections");
    stream.write_all(request.as_bytes()).await.expect("the request is sent");
    stream
}

/// The status line of the answer.
async fn answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

async fn theme_of(owner: &mut PgConnection, id: StaffId) -> Option<String> {
    sqlx::query_scalar("select theme from staff where id = $1").bind(id.0).fetch_one(owner).await.expect("the row can be read")
}

/// Connections of the product that sit inside a transaction while nobody asks for anything.
async fn left_open(owner: &mut PgConnection) -> Vec<String> {
    let sql = "select state || ': ' || query from pg_stat_activity
                where datname = current_database() and application_name = 'evenhand' and state like 'idle in transaction%'";
    sqlx::query_scalar(sql).fetch_all(owner).await.expect("the activity can be read")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hundreds_hang_up_and_every_acknowledged_save_is_there() {
    let house = House::empty_cast().await.with_connections(3).await;
    let served = serve(&house).await;
    let at = served.at;
    let rude = house.sign_in("officer@west-kent").await.cookie("__Host-evenhand").expect("a token").to_owned();
    let mut saving = Vec::new();
    for (cast, people) in CAST.iter().take(3) {
        let visitor = house.sign_in(&format!("{}@{}", people[0].account, cast.slug)).await;
        saving.push((demo::staff_id(cast, &people[0]), visitor.cookie("__Host-evenhand").expect("a token").to_owned()));
    }
    let until = Instant::now() + Duration::from_secs(4);

    let hangers_up: Vec<_> = (0..4_u64)
        .map(|nth| {
            let rude = rude.clone();
            tokio::spawn(async move {
                let mut hung_up = 0;
                while Instant::now() < until {
                    let stream = if (hung_up + nth) % 3 == 0 { send_theme(at, &rude, THEMES[0]).await } else { send_page(at, &rude).await };
                    sleep(Duration::from_micros(500 + (hung_up * 397 + nth * 131) % 12_000)).await;
                    drop(stream);
                    hung_up += 1;
                }
                hung_up
            })
        })
        .collect();

    let mut savers = Vec::new();
    for (person, cookie) in saving {
        let mut owner = house.owner().await;
        savers.push(tokio::spawn(async move {
            let (mut saved, mut faults) = (0, Vec::new());
            while Instant::now() < until {
                let theme = THEMES[saved % 2];
                let status = answer(send_theme(at, &cookie, theme).await).await;
                let kept = theme_of(&mut owner, person).await;
                if !status.contains(" 303 ") {
                    faults.push(format!("save {saved} was answered with «{status}»"));
                } else if kept.as_deref() != Some(theme) {
                    faults.push(format!("save {saved} was acknowledged and is not there"));
                }
                saved += 1;
            }
            (saved, faults)
        }));
    }

    let mut hung_up = 0;
    for hanger_up in hangers_up {
        hung_up += hanger_up.await.expect("nobody panics");
    }
    let (mut saved, mut faults) = (0, Vec::new());
    for saver in savers {
        let (of_one, wrong) = saver.await.expect("nobody panics");
        saved += of_one;
        faults.extend(wrong);
    }
    faults.extend(left_open_soon(&mut house.owner().await).await);
    assert!(
        faults.is_empty(),
        "{} of {saved} saves beside {hung_up} that hung up:\n{}",
        faults.len(),
        faults[..faults.len().min(10)].join("\n")
    );
    assert!(hung_up >= 200 && saved >= 10, "only {hung_up} hung up beside {saved} saves");
    let _ = served.stop.send(());
    served.running.await.expect("it stops");
}

/// Polls a future so many times and then drops it, as a server does with a visitor's request when they hang up.
async fn dropped_after<T>(polls: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test]
async fn a_transaction_dropped_while_it_opens_is_never_handed_to_the_next() {
    let house = House::empty_cast().await.with_connections(1).await;
    let token = house.sign_in("officer@west-kent").await.cookie("__Host-evenhand").expect("a token").to_owned();
    let hash: [u8; 32] = Sha256::digest(&token).into();
    let now = house.clock.now();
    let limits = Limits { seen_after: now - chrono::TimeDelta::minutes(30), begun_after: now - chrono::TimeDelta::hours(12) };
    let (db, person, mut owner) = (&house.kit.office.db, staff("west-kent", "adviser"), house.owner().await);
    let mut finished = 0;
    for round in 0..200 {
        let mode = if round % 2 == 0 { Mode::Read } else { Mode::Write };
        finished += usize::from(dropped_after(round % 10, db.for_session(&hash, mode, limits)).await.is_some());
        assert_eq!(left_open_soon(&mut owner).await, Vec::<String>::new(), "round {round}");
        let mut tx = db.for_job(landlord("west-kent")).await.expect("the next one gets a connection");
        let theme = THEMES[round % 2];
        store::staff::set_looks(&mut tx, person, Some(theme), true).await.unwrap_or_else(|e| panic!("round {round}: {e}"));
        tx.commit().await.expect("it is acknowledged");
        assert_eq!(theme_of(&mut owner, person).await.as_deref(), Some(theme), "round {round}");
    }
    assert!((1..200).contains(&finished), "some are dropped in the middle and some are not: {finished} finished");
}

/// What is still open once those who are still at work had time to finish. What is left behind stays for half a minute.
async fn left_open_soon(owner: &mut PgConnection) -> Vec<String> {
    let until = Instant::now() + Duration::from_secs(5);
    loop {
        let left = left_open(owner).await;
        if left.is_empty() || Instant::now() > until {
            return left;
        }
        sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_connection_that_died_while_it_lay_idle_is_handed_to_nobody() {
    let house = House::empty_cast().await.with_connections(1).await;
    let mut officer = house.sign_in("officer@west-kent").await;
    let sql = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'evenhand'";
    let ended: i64 = sqlx::query_scalar(sql).fetch_one(&mut house.owner().await).await.expect("the owner may end them");
    assert!(ended > 0, "there was one to end");
    // As long as a connection is taken at its word.
    sleep(Duration::from_millis(2100)).await;
    assert_eq!(officer.get("/my-work").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_that_began_is_finished_though_its_visitor_hung_up() {
    let house = House::empty_cast().await;
    let served = serve(&house).await;
    let cookie = house.sign_in("adviser@west-kent").await.cookie("__Host-evenhand").expect("a token").to_owned();
    let person = staff("west-kent", "adviser");
    // The row is held, so that the act waits in the middle.
    let mut holder = house.owner().await;
    sqlx::raw_sql("begin; update staff set version = version").execute(&mut holder).await.expect("the rows are held");
    let stream = send_theme(served.at, &cookie, "dark").await;
    wait_for_a_lock(&mut house.owner().await).await;
    drop(stream);
    sleep(Duration::from_millis(100)).await;
    sqlx::raw_sql("rollback").execute(&mut holder).await.expect("the rows are let go");
    let mut owner = house.owner().await;
    let saved = timeout(Duration::from_secs(3), async {
        while theme_of(&mut owner, person).await.as_deref() != Some("dark") {
            sleep(Duration::from_millis(10)).await;
        }
    });
    saved.await.expect("it was carried through");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_lets_requests_in_flight_finish_and_takes_no_new_ones() {
    let house = House::empty_cast().await;
    let Served { at, stop, running } = serve(&house).await;
    let cookie = house.sign_in("adviser@west-kent").await.cookie("__Host-evenhand").expect("a token").to_owned();
    let mut holder = house.owner().await;
    sqlx::raw_sql("begin; update staff set version = version").execute(&mut holder).await.expect("the rows are held");
    let stream = send_theme(at, &cookie, "dark").await;
    wait_for_a_lock(&mut house.owner().await).await;
    stop.send(()).expect("it is told to stop");
    sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(at).await.is_err(), "nobody new is let in");
    assert!(!running.is_finished(), "it waits for the one who is in");
    sqlx::raw_sql("rollback").execute(&mut holder).await.expect("the rows are let go");
    assert!(answer(stream).await.contains(" 303 "));
    timeout(Duration::from_secs(3), running).await.expect("then it stops").expect("without a fault");
    assert_eq!(theme_of(&mut house.owner().await, staff("west-kent", "adviser")).await.as_deref(), Some("dark"));
}

async fn wait_for_a_lock(owner: &mut PgConnection) {
    let sql = "select exists (select from pg_stat_activity where datname = current_database() and application_name = 'evenhand' and wait_event_type = 'Lock')";
    for _ in 0..300 {
        if sqlx::query_scalar(sql).fetch_one(&mut *owner).await.expect("the activity can be read") {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("the act never got as far as the row");
}
