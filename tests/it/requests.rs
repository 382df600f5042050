//! Requests that no page of ours sends: from other sites, too large, garbled, too slow; and what every answer carries.

mod limits;
mod logs;

use axum::body::Body;
use axum::http::{Method, Request, header};
use evenhand::http::desk::Posted;
use evenhand::http::doors::{Doors, Who};
use evenhand::http::fault::Answered;
use evenhand::http::paths;
use evenhand::store;
use evenhand::web::layers;

use crate::support::app::{BASE_URL, House, staff};
use crate::support::page::Page;
use crate::support::records::{OURS, Records};
use crate::support::visitor::{Visitor, form_request};

const NOT_FROM_HERE: &str = "This was not sent from a page of ours";

fn request(method: &Method, address: &str) -> Request<Body> {
    Request::builder().method(method).uri(address).header("sec-fetch-site", "same-origin").body(Body::empty()).expect("a request")
}

/// A form sent with these headers, and none that a browser adds by itself.
async fn post_with(visitor: &mut Visitor, address: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    visitor.send(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_form_sent_from_another_site_is_refused_at_every_address() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    let foreign: &[&[(&str, &str)]] = &[
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", BASE_URL)],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "anything else")],
        &[("origin", "https://elsewhere.example")],
        // What a stranger writes into Host proves nothing.
        &[("origin", "https://elsewhere.example"), ("host", "elsewhere.example")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:3000.elsewhere.example")],
        &[],
    ];
    for door in evenhand::web::doors().list().iter().filter(|door| door.method == Method::POST) {
        for headers in foreign {
            let page = post_with(&mut visitor, &OURS.fill(door.path), headers).await;
            assert!(page.status() == 403 && page.says(NOT_FROM_HERE), "{} with {headers:?}: {}", door.path, page.status());
        }
    }
    visitor.see("/me/settings").await;
}

#[tokio::test]
async fn a_form_sent_from_a_page_of_ours_is_let_in() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    for headers in [
        &[("sec-fetch-site", "same-origin")][..],
        &[("sec-fetch-site", "none")],
        // A browser of before 2023 says only where it was sent from.
        &[("origin", BASE_URL)],
    ] {
        let page = post_with(&mut visitor, "/me/settings", headers).await;
        assert_eq!(page.status(), 422, "{headers:?}");
    }
    let nobody = post_with(&mut house.visitor(), "/sign-in", &[]).await;
    assert_eq!(nobody.status(), 422, "a program without a browser may sign in");
}

/// What every answer carries, whatever it is.
fn assert_careful(page: &Page, what: &str) {
    let is = |name: &str, wanted: &str| assert_eq!(page.header(name), Some(wanted), "{what}: {name}");
    is("x-content-type-options", "nosniff");
    is("referrer-policy", "same-origin");
    is("cross-origin-opener-policy", "same-origin");
    is("cross-origin-resource-policy", "same-origin");
    let csp = page.header("content-security-policy").unwrap_or_else(|| panic!("{what} has no policy of its content"));
    for wanted in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(csp.contains(wanted), "{what}: {csp}");
    }
    assert!(!csp.contains("unsafe") && !csp.contains('*') && !csp.contains("http"), "{what}: {csp}");
    let hsts = page.header("strict-transport-security").unwrap_or_default();
    let age: u64 = hsts.split(['=', ';']).nth(1).and_then(|age| age.parse().ok()).unwrap_or_default();
    assert!(age >= 31_536_000 && hsts.contains("includeSubDomains"), "{what}: {hsts}");
    assert_eq!(page.header("access-control-allow-origin"), None, "{what}");
    assert!(page.header("x-request-id").is_some(), "{what}");
    if page.body().contains('<') && !page.address().starts_with("/static/") {
        is("content-type", "text/html; charset=utf-8");
        // A landlord's policy is for anybody to read; everything else is somebody's.
        let is_open = page.address().starts_with("/policies/") && page.status() == 200;
        is("cache-control", if is_open { "public, max-age=300" } else { "no-store" });
    }
}

#[tokio::test]
async fn every_answer_tells_the_browser_how_careful_to_be() {
    let house = House::empty_cast().await;
    OURS.write(&house).await;
    for account in [None, Some("manager@west-kent"), Some("policy@west-kent"), Some("admin@west-kent")] {
        let mut visitor = match account {
            Some(account) => house.sign_in(account).await,
            None => house.visitor(),
        };
        for door in evenhand::web::doors().list().iter().filter(|door| !door.path.starts_with("/sign-out")) {
            let page = visitor.send(request(&door.method, &OURS.fill(door.path))).await;
            assert_careful(&page, &format!("{account:?} {} {}", door.method, door.path));
        }
    }
    let mut visitor = house.visitor();
    for (page, status) in [
        (visitor.get("/nowhere").await, 404),
        (visitor.get("/static/nothing.css").await, 404),
        (visitor.send(request(&Method::PUT, "/help")).await, 405),
        (visitor.send(request(&Method::TRACE, "/help")).await, 405),
        (post_with(&mut house.sign_in("manager@west-kent").await, "/me/settings", &[("sec-fetch-site", "cross-site")]).await, 403),
        (visitor.send(form_request("/sign-in", "a".repeat(300_000))).await, 413),
    ] {
        assert_eq!(page.status(), status, "{}", page.address());
        assert_careful(&page, page.address());
    }
}

#[tokio::test]
async fn files_of_ours_are_kept_for_ever_and_pages_never() {
    let house = House::empty_cast().await;
    let mut visitor = house.visitor();
    let page = visitor.see("/sign-in").await;
    let css = page
        .body()
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.ends_with(".css"))
        .expect("a stylesheet")
        .to_owned();
    let file = visitor.see(&css).await;
    assert!(file.header("cache-control").is_some_and(|kept| kept.contains("immutable")), "{:?}", file.header("cache-control"));
    assert!(file.header("content-type").is_some_and(|kind| kind.starts_with("text/css")));
    assert_careful(&file, &css);
}

#[tokio::test]
async fn a_page_loads_nothing_from_elsewhere_and_carries_no_script_of_its_own() {
    let house = House::empty_cast().await;
    OURS.write(&house).await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    for door in evenhand::web::doors().list().iter().filter(|door| door.method == Method::GET) {
        let page = visitor.get(&OURS.fill(door.path)).await;
        let body = page.body();
        for inline in [" style=\"", "<style", " onclick=", " onload=", " onsubmit=", "javascript:"] {
            assert!(!body.contains(inline), "{}: {inline}", door.path);
        }
        assert_eq!(body.matches("<script").count(), body.matches("<script src=\"/static/").count(), "{}", door.path);
        for elsewhere in ["src=\"http", "src=\"//", "href=\"//", "url("] {
            assert!(!body.contains(elsewhere), "{}: {elsewhere}", door.path);
        }
    }
}

#[tokio::test]
async fn what_was_typed_shows_as_those_characters_wherever_it_shows() {
    let house = House::empty_cast().await;
    let records = Records { family: "\"><img src=x onerror=alert(1)>", ..OURS };
    records.write(&house).await;
    let mut shown = 0;
    for account in ["adviser@west-kent", "manager@west-kent", "director@west-kent"] {
        let mut visitor = house.sign_in(account).await;
        for door in evenhand::web::doors().list().iter().filter(|door| door.method == Method::GET) {
            let queries =
                format!("?customer={}&restriction={}&incident={}", records.reference, records.id("restriction"), records.id("incident"));
            let page = visitor.get(&format!("{}{queries}", records.fill(door.path))).await;
            assert!(!page.body().contains("<img"), "{}", door.path);
            shown += usize::from(page.body().contains("img src=x"));
        }
    }
    assert!(shown >= 10, "it was shown on {shown} pages only");
    let mut visitor = house.sign_in("adviser@west-kent").await;
    let mut page = visitor.post("/check", &[("q", records.family)]).await;
    while page.status() == 303 {
        page = visitor.follow(&page).await;
    }
    assert!(!page.body().contains("<img"));
    let page = house.visitor().post("/sign-in", &[("email", records.family), ("password", "x"), ("next", records.family)]).await;
    assert!(page.status() == 422 && !page.body().contains("<img"));
}

#[tokio::test]
async fn a_wrong_way_of_asking_is_told_so() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    for (method, address) in [
        (Method::DELETE, "/me/settings"),
        (Method::PUT, "/help"),
        (Method::POST, "/help"),
        (Method::GET, "/sign-out"),
        (Method::TRACE, "/help"),
    ] {
        let page = visitor.send(request(&method, address)).await;
        assert_eq!(page.status(), 405, "{method} {address}");
        assert!(page.says("another way of asking"));
    }
    visitor.see("/me/settings").await;
    let head = visitor.send(request(&Method::HEAD, "/me/settings")).await;
    assert_eq!((head.status(), head.body()), (200, ""));
}

#[tokio::test]
async fn headers_that_anybody_can_write_change_no_address() {
    let house = House::empty_cast().await;
    let mut visitor = house.visitor();
    let asked = Request::get("/me/settings")
        .header(header::HOST, "elsewhere.example")
        .header("x-forwarded-host", "elsewhere.example")
        .header("x-forwarded-proto", "gopher")
        .header("x-original-url", "/admin/people")
        .header("x-http-method-override", "POST");
    let page = visitor.send(asked.body(Body::empty()).expect("a request")).await;
    assert_eq!(page.location(), Some("/sign-in?back=%2Fme%2Fsettings"));
    let page = visitor.follow(&page).await;
    assert!(!page.body().contains("elsewhere"));
}

async fn panics(_: paths::MySettings, Posted { mut desk, staff, .. }: Posted) -> Answered {
    store::staff::set_looks(&mut desk.tx, staff.id, Some("dark"), true).await?;
    panic!("a bug with the name Quillfeather in it")
}

#[tokio::test]
async fn a_panic_is_told_with_a_reference_undoes_its_act_and_stops_nobody_else() {
    let house = House::empty_cast().await.with_connections(1).await;
    let signed_in = house.sign_in("adviser@west-kent").await;
    let doors = Doors::new().act::<paths::MySettings, _>(Who::SignedIn, panics);
    let mut visitor = Visitor::new(layers::around(doors.router(), house.kit.clone()));
    visitor.set_cookie("__Host-evenhand", signed_in.cookie("__Host-evenhand").expect("a token"));
    for _ in 0..3 {
        let page = visitor.post("/me/settings", &[]).await;
        assert_eq!(page.status(), 500);
        assert_careful(&page, "a panic");
        assert_eq!(page.heading(), "Something went wrong");
        assert!(page.says("say this reference") && !page.body().contains("Quillfeather"), "{}", page.text());
    }
    let theme: Option<String> = sqlx::query_scalar("select theme from staff where id = $1")
        .bind(staff("west-kent", "adviser").0)
        .fetch_one(&mut house.owner().await)
        .await
        .expect("the row can be read");
    assert_eq!(theme, None, "nothing was half-saved");
    let mut others = house.sign_in("manager@west-kent").await;
    others.see("/me/settings").await;
}

#[tokio::test]
async fn an_outage_of_the_database_says_what_to_do_and_shows_nothing_of_it() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    house.kit.office.db.close().await;
    let page = visitor.get("/me/settings").await;
    assert_eq!(page.status(), 503);
    assert_eq!(page.heading(), "The records cannot be reached just now");
    assert!(page.says("Take every emergency, repair and safety concern, from everyone."), "what to do without it: {}", page.text());
    for inside in ["pool", "sqlx", "Pool", "postgres"] {
        assert!(!page.body().contains(inside), "{inside}");
    }
    assert_eq!(visitor.get("/health/live").await.status(), 200);
    assert_eq!(visitor.get("/health/ready").await.status(), 503);
}
