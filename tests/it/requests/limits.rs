//! Bodies that are too large, garbled or too slow.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use evenhand::app;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::app::House;
use crate::support::visitor::form_request;

#[tokio::test]
async fn a_body_that_cannot_be_read_gets_a_clear_answer() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    let many = (0..20_000).map(|n| format!("a{n}=1")).collect::<Vec<_>>().join("&");
    for (body, status) in [
        (format!("theme=dark&more={}", "a".repeat(300_000)), 413),
        ("theme=da%00rk".to_owned(), 400),
        ("the%00me=dark".to_owned(), 400),
        ("theme=%ff%fe".to_owned(), 400),
        ("theme=%c3%28".to_owned(), 400),
        ("theme=%ed%a0%80".to_owned(), 400),
        ("theme=%zz".to_owned(), 422),
        ("theme=%".to_owned(), 422),
        ("&&&===&".to_owned(), 422),
        (String::new(), 422),
        (many, 422),
    ] {
        let page = visitor.send(form_request("/me/settings", body.clone())).await;
        assert_eq!(page.status(), status, "{:.40}", body);
        assert!(!page.heading().is_empty());
    }
    let raw = form_request("/me/settings", Body::from(&b"theme=\xff\xfe"[..]));
    assert_eq!(visitor.send(raw).await.status(), 400);
}

#[tokio::test]
async fn only_a_form_is_read_as_one() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
        let request = Request::post("/me/settings").header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, kind);
        let page = visitor.send(request.body(Body::from("theme=dark")).expect("a request")).await;
        assert_eq!(page.status(), 415, "{kind}");
    }
    let request = Request::post("/me/settings").header("sec-fetch-site", "same-origin");
    assert_eq!(visitor.send(request.body(Body::from("theme=dark")).expect("a request")).await.status(), 415);
    let kind = "application/x-www-form-urlencoded; charset=UTF-8";
    let request = Request::post("/me/settings").header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, kind);
    assert_eq!(visitor.send(request.body(Body::from("theme=dark")).expect("a request")).await.status(), 303);
}

#[tokio::test]
async fn a_day_that_does_not_exist_and_numbers_beyond_reason_are_no_fault_of_ours() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    for query in [
        "?after=9999999999999999999999&day=2027-02-30",
        "?page=-1",
        "?customer=%00",
        "?restriction=x",
        "?day=2027-02-30",
        "?%ff=%ff",
        "?a=1&a=2",
    ] {
        for address in ["/incidents", "/letters", "/check/results", "/incidents/new", "/sign-in", "/my-work"] {
            let page = visitor.get(&format!("{address}{query}")).await;
            assert!(page.status() < 500, "{address}{query}: {}", page.status());
        }
    }
}

/// How long the server keeps a connection on which this arrives, a piece every 50 ms.
async fn kept_open(head: Duration, pieces: &[&str]) -> Duration {
    let house = House::empty_cast().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let at = listener.local_addr().expect("it has an address");
    let serving = tokio::spawn(app::serve_within(head, listener, house.router.clone(), std::future::pending()));
    let mut stream = TcpStream::connect(at).await.expect("the server takes connections");
    let began = Instant::now();
    let (mut reading, mut writing) = stream.split();
    let dribble = async {
        for piece in pieces {
            if writing.write_all(piece.as_bytes()).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        std::future::pending::<()>().await;
    };
    let mut answer = Vec::new();
    tokio::select! {
        () = dribble => {}
        _ = reading.read_to_end(&mut answer) => {}
        () = tokio::time::sleep(Duration::from_secs(8)) => {}
    }
    serving.abort();
    began.elapsed()
}

#[tokio::test]
async fn a_head_that_dribbles_in_is_cut_off() {
    let mut pieces = vec!["GET /help HTTP/1.1\r\n"];
    pieces.extend(std::iter::repeat_n("x-more: and more\r\n", 200));
    let open = kept_open(Duration::from_millis(500), &pieces).await;
    assert!((400..3000).contains(&open.as_millis()), "{open:?}");
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let open = kept_open(Duration::from_millis(500), &[]).await;
    assert!((400..3000).contains(&open.as_millis()), "{open:?}");
}

#[tokio::test]
async fn a_connection_that_falls_silent_after_its_answer_is_closed() {
    let open = kept_open(Duration::from_millis(500), &["GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n"]).await;
    assert!((400..3000).contains(&open.as_millis()), "{open:?}");
}

#[tokio::test]
async fn whoever_sends_far_too_much_still_hears_why_it_was_refused() {
    let house = House::empty_cast().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let at = listener.local_addr().expect("it has an address");
    let serving = tokio::spawn(app::serve(listener, house.router.clone(), std::future::pending()));
    let mut stream = TcpStream::connect(at).await.expect("the server takes connections");
    let body = vec![b'a'; 10_000_000];
    let head = "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\nconnection: close\r\n";
    let head = format!("{head}content-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await.expect("the head is taken");
    // As a browser does: everything first, and only then the answer.
    stream.write_all(&body).await.expect("all of it is taken");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("there is an answer");
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("more than a form can hold"), "{answer:.200}");
    serving.abort();
}

#[tokio::test]
async fn lengths_that_contradict_each_other_are_refused() {
    let house = House::empty_cast().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let at = listener.local_addr().expect("it has an address");
    let serving = tokio::spawn(app::serve(listener, house.router.clone(), std::future::pending()));
    for head in [
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: +5\r\n",
        "content-length: 5, 6\r\n",
        "transfer-encoding: chunked, identity\r\n",
        "transfer-encoding: gzip\r\n",
    ] {
        let mut stream = TcpStream::connect(at).await.expect("the server takes connections");
        let request = format!("POST /sign-in HTTP/1.1\r\nhost: x\r\n{head}connection: close\r\n\r\nemail");
        stream.write_all(request.as_bytes()).await.expect("the request is sent");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{head}: {:.60}", answer);
    }
    serving.abort();
}
