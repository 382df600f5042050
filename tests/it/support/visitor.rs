//! Somebody with a browser: keeps cookies, says where a form was sent from, follows when asked.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::page::{Filled, Page};

/// A browser with one person in front of it.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    /// Nobody yet, with no cookie.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new() }
    }

    /// Asks for a page.
    pub async fn get(&mut self, address: &str) -> Page {
        let request = Request::get(address).header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Asks for a page and expects to see it.
    pub async fn see(&mut self, address: &str) -> Page {
        let page = self.get(address).await;
        assert_eq!(page.status(), 200, "{address}: {}", page.text());
        page
    }

    /// Sends a form of one's own making.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Page {
        let body = serde_html_form::to_string(fields).expect("a form");
        self.send(form_request(address, body)).await
    }

    /// Sends a form as it was filled in.
    pub async fn submit(&mut self, form: &Filled) -> Page {
        let body = serde_html_form::to_string(&form.pairs).expect("a form");
        if form.method == Method::GET {
            return self.get(&format!("{}?{body}", form.action)).await;
        }
        self.send(form_request(&form.action, body)).await
    }

    /// Sends a form as it was filled in, expects it to be saved, and sees what it leads to.
    pub async fn save(&mut self, form: &Filled) -> Page {
        let page = self.submit(form).await;
        assert_eq!(page.status(), 303, "{}: {:?}\n{}", form.action, page.summary(), page.text());
        self.follow(&page).await
    }

    /// Goes where a page leads.
    pub async fn follow(&mut self, page: &Page) -> Page {
        let to = page.location().unwrap_or_else(|| panic!("{} leads nowhere: {}", page.address(), page.text())).to_owned();
        self.get(&to).await
    }

    /// Presses the link with these words.
    pub async fn click(&mut self, page: &Page, words: &str) -> Page {
        let to = page.link(words).unwrap_or_else(|| panic!("no link «{words}» among {:?}", page.links()));
        self.get(&to).await
    }

    /// Sends any request at all; cookies go with it, and new ones are kept.
    pub async fn send(&mut self, mut request: Request<Body>) -> Page {
        let address = request.uri().to_string();
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().expect("cookies"));
        }
        request.headers_mut().entry(header::HOST).or_insert_with(|| "127.0.0.1:3000".parse().expect("a host"));
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().expect("a readable cookie"));
        }
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        Page::new(address, parts, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The value of one of the cookies.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie there that nobody sent.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').expect("a name and a value");
        if rest.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// A form as a browser sends it from a page of ours.
pub fn form_request(address: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::ORIGIN, super::app::BASE_URL)
        .body(body.into())
        .expect("a request")
}
