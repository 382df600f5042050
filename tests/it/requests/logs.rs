//! What is written to the log: what was asked and how it went, and never whom it was about.

use std::io;
use std::sync::{Arc, Mutex};

use axum::http::Method;
use evenhand::demo;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::app::House;
use crate::support::page::Page;
use crate::support::records::OURS;
use crate::support::visitor::Visitor;

/// Everything logged while it is held.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("nobody panicked")).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// As the product logs, and more of it: everything that our own code says.
fn listen() -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_env_filter("info,evenhand=trace,sqlx=debug").with_writer(log.clone()).finish();
    (log, tracing::subscriber::set_default(subscriber))
}

/// Every form of a page, filled in with this wherever something can be typed.
async fn fill_every_form(visitor: &mut Visitor, page: &Page, typed: &str) {
    for mut form in page.forms() {
        if form.method == Method::POST && !form.action.starts_with("/sign-out") {
            form.type_everywhere(typed);
            visitor.submit(&form).await;
        }
    }
}

#[tokio::test]
async fn no_line_of_the_log_says_whom_it_was_about() {
    let house = House::empty_cast().await;
    OURS.write(&house).await;
    let (log, _listening) = listen();
    let typed = "Quillfeather swore at Ann\nforged=line";
    let mut visitor = house.sign_in("manager@west-kent").await;
    visitor.post("/sign-in", &[("email", "quillfeather@west-kent.example"), ("password", "a wrong password")]).await;
    for q in ["Quillfeather", "07700 900461", "zebedee@quillfeather.example", "TR/900461", "ZZ9 9ZZ"] {
        let mut page = visitor.post("/check", &[("q", q)]).await;
        while page.status() == 303 {
            assert!(!page.location().unwrap_or_default().to_lowercase().contains("quill"), "{:?}", page.location());
            page = visitor.follow(&page).await;
        }
    }
    for door in evenhand::web::doors().list().iter().filter(|door| door.method == Method::GET) {
        let page = visitor.get(&OURS.fill(door.path)).await;
        fill_every_form(&mut visitor, &page, typed).await;
    }
    house.kit.seen.flush().await;
    let log = log.text();
    assert!(log.lines().filter(|line| line.contains("answered")).count() > 50, "something was logged: {log}");
    assert!(log.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "a line is a line, whatever was typed");
    let token = visitor.cookie("__Host-evenhand").expect("a token");
    for secret in [
        "uillfeather",
        "UILLFEATHER",
        "900461",
        "ebedee",
        "ZZ9",
        "swore",
        "forged",
        OURS.reference,
        demo::PASSWORD,
        "wrong password",
        "@west-kent",
        token,
    ] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "«{secret}» is in the log");
    }
}

#[tokio::test]
async fn a_fault_is_logged_once_with_the_reference_that_its_page_shows() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    sqlx::raw_sql("alter table task rename to work").execute(&mut house.owner().await).await.expect("the table goes");
    let (log, _listening) = listen();
    let page = visitor.get("/me/settings").await;
    assert_eq!(page.status(), 500);
    let reference = page.all("b.nowrap").pop().expect("a reference");
    let log = log.text();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains(&reference)).collect();
    assert_eq!(lines.len(), 1, "{log}");
    assert!(lines[0].contains("task"), "it says what broke: {}", lines[0]);
    assert!(!page.body().contains("relation"), "and the page does not");
}
