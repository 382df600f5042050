//! Visitors: each keeps one connection, and asks one thing after another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// One request, and what its answer must be.
#[derive(Clone, Debug)]
pub struct Ask {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Where.
    pub path: String,
    /// The form, already encoded.
    pub form: String,
    /// The cookie of whoever asks.
    pub cookie: String,
    /// The status of the right answer.
    pub expect: StatusCode,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Measured {
    /// Requests answered as they should be.
    pub answered: usize,
    /// Requests that were not.
    pub failed: usize,
    took: Duration,
    each: Vec<Duration>,
}

impl Measured {
    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        self.answered as f64 / self.took.as_secs_f64()
    }

    /// The slowest of this part of all answers.
    pub fn slowest_of(&self, part: f64) -> Duration {
        let mut each = self.each.clone();
        each.sort_unstable();
        let at = ((each.len() as f64 * part).ceil() as usize).clamp(1, each.len().max(1)) - 1;
        each.get(at).copied().unwrap_or_default()
    }
}

/// As fast as it goes, over so many connections.
pub async fn full_speed(address: &str, asks: &[Ask], connections: usize, for_how_long: Duration) -> Measured {
    run(address, asks, connections, for_how_long, None).await
}

/// So many a second, over so many connections; an answer's time counts from when it was due to be asked.
pub async fn at_rate(address: &str, asks: &[Ask], connections: usize, rate: u32, for_how_long: Duration) -> Measured {
    run(address, asks, connections, for_how_long, Some(rate)).await
}

async fn run(address: &str, asks: &[Ask], connections: usize, for_how_long: Duration, rate: Option<u32>) -> Measured {
    let asks: Arc<[Ask]> = asks.into();
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let mut visitors = Vec::new();
    for _ in 0..connections {
        let (address, asks, next) = (address.to_owned(), asks.clone(), next.clone());
        visitors.push(tokio::spawn(async move { visit(&address, &asks, &next, began, for_how_long, rate).await }));
    }
    let mut all = Measured::default();
    for visitor in visitors {
        let one = visitor.await.unwrap();
        all.answered += one.answered;
        all.failed += one.failed;
        all.each.extend(one.each);
    }
    all.took = began.elapsed();
    all
}

async fn visit(address: &str, asks: &[Ask], next: &AtomicUsize, began: Instant, for_how_long: Duration, rate: Option<u32>) -> Measured {
    let mut line = connect(address).await;
    let mut measured = Measured::default();
    loop {
        let turn = next.fetch_add(1, Ordering::Relaxed);
        let due = rate.map_or_else(Instant::now, |rate| began + Duration::from_secs_f64(turn as f64 / f64::from(rate)));
        if due.duration_since(began) >= for_how_long {
            return measured;
        }
        tokio::time::sleep_until(due.into()).await;
        let ask = &asks[turn % asks.len()];
        match answer(&mut line, address, ask).await {
            Some((status, _)) if status == ask.expect => {
                measured.answered += 1;
                measured.each.push(due.elapsed());
            }
            Some(_) => measured.failed += 1,
            None => {
                measured.failed += 1;
                line = connect(address).await;
            }
        }
    }
}

async fn connect(address: &str) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (line, connection) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    line
}

async fn answer(line: &mut SendRequest<Full<Bytes>>, address: &str, ask: &Ask) -> Option<(StatusCode, Option<String>)> {
    line.ready().await.ok()?;
    let request = Request::builder()
        .method(ask.method)
        .uri(&ask.path)
        .header("host", address)
        .header("cookie", &ask.cookie)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Full::from(ask.form.clone()))
        .ok()?;
    let response = line.send_request(request).await.ok()?;
    let status = response.status();
    let cookie = response.headers().get("set-cookie").and_then(|value| value.to_str().ok()?.split(';').next().map(str::to_owned));
    response.into_body().collect().await.ok()?;
    Some((status, cookie))
}

/// Signs everybody in, one after another; each gets the cookie that says so.
pub async fn sign_in(address: &str, accounts: &[String]) -> Vec<String> {
    let mut line = connect(address).await;
    let mut cookies = Vec::new();
    for account in accounts {
        let form = format!("email={account}&password={}", evenhand::demo::PASSWORD.replace(' ', "+"));
        let ask = Ask { method: "POST", path: "/sign-in".to_owned(), form, cookie: String::new(), expect: StatusCode::SEE_OTHER };
        let (status, cookie) = answer(&mut line, address, &ask).await.unwrap();
        assert_eq!(status, StatusCode::SEE_OTHER, "{account} could not sign in");
        cookies.push(cookie.unwrap());
    }
    cookies
}
