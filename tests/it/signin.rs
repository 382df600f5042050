//! Signing in and out: who gets in, for how long, and what a stranger learns from trying.

use std::time::{Duration, Instant};

use axum::extract::ConnectInfo;
use chrono::TimeDelta;
use evenhand::demo;
use sha2::{Digest, Sha256};

use crate::support::app::House;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, form_request};

mod ending;

const SESSION: &str = "__Host-evenhand";
const MANAGER: &str = "manager@west-kent.example";

async fn attempt(visitor: &mut Visitor, email: &str, password: &str) -> Page {
    visitor.post("/sign-in", &[("email", email), ("password", password)]).await
}

/// The same from another place in the network.
async fn attempt_from(visitor: &mut Visitor, source: [u8; 4], email: &str, password: &str) -> Page {
    let body = serde_html_form::to_string([("email", email), ("password", password)]).expect("a form");
    let mut request = form_request("/sign-in", body);
    request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from((source, 40_000))));
    visitor.send(request).await
}

/// The same through a proxy, which says whom it was asked by.
async fn attempt_through(visitor: &mut Visitor, proxy: [u8; 4], forwarded: &str, email: &str, password: &str) -> Page {
    let body = serde_html_form::to_string([("email", email), ("password", password)]).expect("a form");
    let mut request = form_request("/sign-in", body);
    request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from((proxy, 40_000))));
    request.headers_mut().insert("x-forwarded-for", forwarded.parse().expect("a header"));
    visitor.send(request).await
}

/// What was sent, but for the address in the field, which is the visitor's own.
fn without_typed(page: &Page, email: &str) -> String {
    page.body().replacen(&format!("value=\"{email}\""), "", 1)
}

fn is_turned_away(page: &Page) -> bool {
    page.status() == 303 && page.location().is_some_and(|to| to.starts_with("/sign-in"))
}

#[tokio::test]
async fn the_form_of_the_page_lets_its_people_in() {
    let house = House::empty_cast().await;
    let mut visitor = house.visitor();
    let page = visitor.see("/sign-in").await;
    assert_eq!(page.heading(), "Sign in");
    let form = page.fill(&[("email", "  Manager@West-Kent.Example "), ("password", demo::PASSWORD)]);
    let answer = visitor.submit(&form).await;
    assert_eq!((answer.status(), answer.location()), (303, Some("/my-work")));
    let settings = visitor.see("/me/settings").await;
    assert!(settings.body().contains("West Kent"), "it is the landlord's own house");
}

#[tokio::test]
async fn known_and_unknown_people_get_the_same_words() {
    let house = House::empty_cast().await;
    let mut visitor = house.visitor();
    let known = attempt(&mut visitor, MANAGER, "not this one").await;
    let unknown = attempt(&mut visitor, "nobody@west-kent.example", "not this one").await;
    assert_eq!(known.status(), 422);
    assert_eq!(known.error("email").as_deref(), Some("The email address or the password is not right"));
    assert_eq!(known.status(), unknown.status());
    assert_eq!(without_typed(&known, MANAGER), without_typed(&unknown, "nobody@west-kent.example"));
    assert_eq!(known.set_cookies(), unknown.set_cookies());
    assert_eq!(known.fill(&[("password", "")]).value("email"), MANAGER, "what was typed stays, except the password");
}

#[tokio::test]
async fn known_and_unknown_people_wait_as_long() {
    let house = House::empty_cast().await;
    let mut fastest = [Duration::MAX; 2];
    for turn in 0..5_u8 {
        for (email, fastest) in [MANAGER, "nobody@west-kent.example"].into_iter().zip(&mut fastest) {
            let began = Instant::now();
            let page = attempt_from(&mut house.visitor(), [10, 0, 0, turn], email, "not this one").await;
            *fastest = began.elapsed().min(*fastest);
            assert_eq!(page.status(), 422);
        }
    }
    let [known, unknown] = fastest;
    assert!(unknown > known / 2 && known > unknown / 2, "known {known:?}, unknown {unknown:?}");
}

#[tokio::test]
async fn an_empty_form_says_what_is_missing() {
    let house = House::empty_cast().await;
    let page = attempt(&mut house.visitor(), "", "").await;
    assert_eq!(page.status(), 422);
    assert_eq!(
        page.summary(),
        [("#email".to_owned(), "Enter your email address".to_owned()), ("#password".to_owned(), "Enter your password".to_owned())]
    );
    assert!(page.title().starts_with("Error: "), "{}", page.title());
}

#[tokio::test]
async fn guessing_from_one_place_has_to_wait_and_the_owner_elsewhere_does_not() {
    let house = House::empty_cast().await;
    let mut stranger = house.visitor();
    for _ in 0..6 {
        assert_eq!(attempt_from(&mut stranger, [10, 0, 0, 1], MANAGER, "a guess").await.status(), 422);
    }
    let refused = attempt_from(&mut stranger, [10, 0, 0, 1], MANAGER, demo::PASSWORD).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.says("Wait 15 minutes"), "{}", refused.text());
    assert!(refused.set_cookies().is_empty());

    let owner = attempt_from(&mut house.visitor(), [10, 0, 0, 2], MANAGER, demo::PASSWORD).await;
    assert_eq!(owner.status(), 303, "a stranger's guesses lock nobody out");
    let colleague = attempt_from(&mut stranger, [10, 0, 0, 1], "adviser@west-kent.example", demo::PASSWORD).await;
    assert_eq!(colleague.status(), 303, "nor a colleague beside the stranger");

    house.wait(TimeDelta::minutes(16));
    assert_eq!(attempt_from(&mut stranger, [10, 0, 0, 1], MANAGER, demo::PASSWORD).await.status(), 303);
}

const PROXY: [u8; 4] = [10, 9, 0, 1];

#[tokio::test]
async fn behind_our_own_proxy_each_visitor_counts_alone() {
    let house = House::empty_cast().await.behind_proxies("10.9.0.0/24");
    let mut stranger = house.visitor();
    for typed in 0..6 {
        let forwarded = format!("192.0.2.{typed}, 203.0.113.7");
        assert_eq!(attempt_through(&mut stranger, PROXY, &forwarded, MANAGER, "a guess").await.status(), 422);
    }
    let refused = attempt_through(&mut stranger, PROXY, "192.0.2.200, 203.0.113.7", MANAGER, demo::PASSWORD).await;
    assert_eq!(refused.status(), 429, "what the stranger typed before the proxy's own word changes nothing");
    let owner = attempt_through(&mut house.visitor(), PROXY, "203.0.113.8", MANAGER, demo::PASSWORD).await;
    assert_eq!(owner.status(), 303, "behind the same proxy its owner still gets in");
}

#[tokio::test]
async fn a_stranger_cannot_say_to_have_been_somewhere_else() {
    let house = House::empty_cast().await.behind_proxies("10.9.0.0/24");
    let mut stranger = house.visitor();
    for typed in 0..6 {
        let forwarded = format!("203.0.113.{typed}");
        assert_eq!(attempt_through(&mut stranger, [198, 51, 100, 1], &forwarded, MANAGER, "a guess").await.status(), 422);
    }
    let refused = attempt_through(&mut stranger, [198, 51, 100, 1], "203.0.113.200", MANAGER, demo::PASSWORD).await;
    assert_eq!(refused.status(), 429, "nobody of ours wrote that header");
}

#[tokio::test]
async fn many_guesses_at_once_do_not_all_slip_through() {
    let house = House::empty_cast().await;
    let guesses: Vec<_> = (0..30)
        .map(|_| {
            let mut stranger = house.visitor();
            tokio::spawn(async move { attempt_from(&mut stranger, [10, 0, 0, 1], MANAGER, "a guess").await.status() })
        })
        .collect();
    let mut tried = 0;
    for guess in guesses {
        tried += usize::from(guess.await.expect("an answer") == 422);
    }
    assert!((6..=12).contains(&tried), "{tried} of 30 were tried");
}

#[tokio::test]
async fn guesses_from_many_places_are_slowed_and_the_owner_still_gets_in() {
    let house = House::empty_cast().await;
    let mut stranger = house.visitor();
    for source in 0..20 {
        assert_eq!(attempt_from(&mut stranger, [10, 0, 1, source], MANAGER, "a guess").await.status(), 422);
    }
    let began = Instant::now();
    let owner = attempt_from(&mut house.visitor(), [10, 0, 2, 1], MANAGER, demo::PASSWORD).await;
    assert_eq!(owner.status(), 303);
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
}

#[tokio::test]
async fn an_address_is_not_kept_with_its_guesses() {
    let house = House::empty_cast().await;
    attempt(&mut house.visitor(), MANAGER, "a guess").await;
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("select what from sign_in_attempt").fetch_all(&mut house.owner().await).await.expect("the rows");
    assert_eq!(kept.len(), 3);
    assert!(kept.iter().all(|what| what.len() == 32));
    let plain: [u8; 32] = Sha256::digest(format!("all {MANAGER}")).into();
    assert!(!kept.contains(&plain.to_vec()), "a hash without a key could be guessed");
}

#[tokio::test]
async fn the_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts() {
    let house = House::empty_cast().await;
    let page = attempt(&mut house.visitor(), MANAGER, demo::PASSWORD).await;
    let [cookie] = page.set_cookies()[..] else { panic!("{:?}", page.set_cookies()) };
    let parts: Vec<&str> = cookie.split("; ").collect();
    assert!(parts[0].starts_with("__Host-evenhand="));
    for wanted in ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"] {
        assert!(parts.contains(&wanted), "{wanted} in {parts:?}");
    }
    assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
    assert!(parts[0].len() >= "__Host-evenhand=".len() + 32, "128 bits or more");
}

#[tokio::test]
async fn every_sign_in_has_a_token_of_its_own_and_only_its_hash_is_kept() {
    let house = House::empty_cast().await;
    let (one, other) = (house.sign_in("manager@west-kent").await, house.sign_in("manager@west-kent").await);
    let (one, other) = (one.cookie(SESSION).expect("a token"), other.cookie(SESSION).expect("a token"));
    assert_ne!(one, other);
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("select token_hash from session").fetch_all(&mut house.owner().await).await.expect("the rows");
    let hash: [u8; 32] = Sha256::digest(one).into();
    assert!(kept.contains(&hash.to_vec()));
    for token in [one, other] {
        assert!(kept.iter().all(|kept| kept != token.as_bytes() && hex(kept) != token));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_token_that_somebody_planted_is_worth_nothing() {
    let house = House::empty_cast().await;
    let planted = "0".repeat(64);
    let mut victim = house.visitor();
    victim.set_cookie(SESSION, &planted);
    assert!(is_turned_away(&victim.get("/me/settings").await));
    assert_eq!(attempt(&mut victim, MANAGER, demo::PASSWORD).await.status(), 303);
    assert_ne!(victim.cookie(SESSION), Some(planted.as_str()));
    let mut stranger = house.visitor();
    stranger.set_cookie(SESSION, &planted);
    assert!(is_turned_away(&stranger.get("/me/settings").await));
}

#[tokio::test]
async fn tokens_of_a_wrong_form_are_no_tokens() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    let token = visitor.cookie(SESSION).expect("a token").to_owned();
    for wrong in
        ["", "x", &token[..63], &format!("{token}0"), &"é".repeat(32), &"g".repeat(64), &token.replace(|c: char| c.is_ascii_digit(), "'")]
    {
        visitor.set_cookie(SESSION, wrong);
        assert!(is_turned_away(&visitor.get("/me/settings").await), "«{wrong}»");
    }
}

#[tokio::test]
async fn coming_back_after_signing_in_leads_nowhere_but_here() {
    let house = House::empty_cast().await;
    let mut visitor = house.visitor();
    let asked = visitor.get("/me/settings?tab=look").await;
    let page = visitor.follow(&asked).await;
    let answer = visitor.submit(&page.fill(&[("email", MANAGER), ("password", demo::PASSWORD)])).await;
    assert_eq!(answer.location(), Some("/me/settings?tab=look"));

    for abroad in [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        "/\r\nset-cookie: x=y",
    ] {
        let mut visitor = house.visitor();
        let shown = visitor.get(&format!("/sign-in?{}", serde_html_form::to_string([("back", abroad)]).expect("a query"))).await;
        assert_eq!(shown.status(), 200);
        assert!(!shown.text().contains("elsewhere"), "{abroad}");
        let answer = visitor.post("/sign-in", &[("email", MANAGER), ("password", demo::PASSWORD), ("next", abroad)]).await;
        assert_eq!((answer.status(), answer.location()), (303, Some("/my-work")), "{abroad:?}");
        assert_eq!(answer.set_cookies().len(), 1);
    }
}

#[tokio::test]
async fn a_wrong_try_does_not_forget_where_one_was_going() {
    let house = House::empty_cast().await;
    let page = house.visitor().post("/sign-in", &[("email", MANAGER), ("password", "a guess"), ("next", "/help")]).await;
    assert_eq!(page.fill(&[("email", MANAGER)]).value("next"), "/help");
}

#[tokio::test]
async fn asking_for_the_form_with_a_longer_address_is_no_fault() {
    let house = House::empty_cast().await;
    for query in ["?back=", "?back=%ff", "?other=1", "?back=/a&back=/b"] {
        let page = house.visitor().get(&format!("/sign-in{query}")).await;
        assert!(page.status() == 200 || page.status() == 400, "{query}: {}", page.status());
    }
}

#[tokio::test]
async fn the_key_that_goes_to_the_lookup_can_be_switched_off() {
    let house = House::empty_cast().await;
    let mut visitor = house.sign_in("manager@west-kent").await;
    let page = visitor.see("/me/settings").await;
    assert!(page.body().contains("<body data-shortcuts>"));
    let page = visitor.save(&page.form("/me/settings").without("shortcuts")).await;
    assert!(!page.body().contains("data-shortcuts"));
    let page = visitor.save(&page.form("/me/settings").with("shortcuts", "yes")).await;
    assert!(page.body().contains("<body data-shortcuts>"));
}

#[tokio::test]
async fn a_page_that_is_not_there_offers_the_lookup_to_whoever_may_look() {
    let house = House::empty_cast().await;
    let offers =
        |page: &Page| (page.status(), page.actions().contains(&"/check".to_owned()) && page.says("Check before contact still works."));
    assert_eq!(offers(&house.sign_in("adviser@west-kent").await.get("/nothing").await), (404, true));
    assert_eq!(offers(&house.sign_in("admin@west-kent").await.get("/nothing").await), (404, false));
    assert_eq!(offers(&house.visitor().get("/nothing").await), (404, false));
}
