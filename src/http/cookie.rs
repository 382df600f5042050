//! The three cookies: who is signed in, one message across a redirect, and what was last looked up.

use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, Key, PrivateCookieJar, SameSite};
use sha2::{Digest, Sha256};

const SESSION: &str = "__Host-evenhand";
const FLASH: &str = "__Host-evenhand-flash";
const LOOKUP: &str = "__Host-evenhand-lookup";

/// A sign-in's token: 256 bits, known to the browser alone.
pub struct Token(String);

impl Token {
    /// A new one, from the operating system's random numbers.
    pub fn new() -> Self {
        let bytes: [u8; 32] = rand::random();
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// What the database keeps of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The cookie that carries it.
    pub fn cookie(&self) -> Cookie<'static> {
        host_cookie(SESSION, self.0.clone())
    }

    /// The one this request carries, if it is of the right form.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let jar = CookieJar::from_headers(headers);
        let value = jar.get(SESSION)?.value();
        (value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| Self(value.to_owned()))
    }
}

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}

/// Removes the sign-in from the browser.
pub fn signed_out() -> Cookie<'static> {
    gone(SESSION)
}

/// One message across a redirect: a tone and two sentences, nothing more.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Flash {
    /// `ok`, `info`, `care` or `stop`.
    pub tone: String,
    /// What was done.
    pub strong: String,
    /// What follows from it.
    pub text: String,
}

impl Flash {
    /// Something was done.
    pub fn good(strong: impl Into<String>, text: impl Into<String>) -> Self {
        Self { tone: "ok".to_owned(), strong: strong.into(), text: text.into() }
    }

    /// Something to know.
    pub fn note(strong: impl Into<String>, text: impl Into<String>) -> Self {
        Self { tone: "info".to_owned(), strong: strong.into(), text: text.into() }
    }

    /// The cookie that carries it, sealed.
    pub fn cookie(&self, key: &Key) -> Option<Cookie<'static>> {
        seal(key, FLASH, serde_json::to_string(self).ok()?)
    }

    /// The one this request carries.
    pub fn of(headers: &HeaderMap, key: &Key) -> Option<Self> {
        serde_json::from_str(&unseal(headers, key, FLASH)?).ok()
    }

    /// Removes it once shown.
    pub fn shown() -> Cookie<'static> {
        gone(FLASH)
    }
}

/// What was typed into the lookup, sealed, so that a search is never in an address.
pub struct Lookup;

impl Lookup {
    /// The cookie that carries it.
    pub fn cookie(key: &Key, typed: &str) -> Option<Cookie<'static>> {
        seal(key, LOOKUP, typed.to_owned())
    }

    /// What was last looked up.
    pub fn of(headers: &HeaderMap, key: &Key) -> Option<String> {
        unseal(headers, key, LOOKUP)
    }
}

fn seal(key: &Key, name: &'static str, value: String) -> Option<Cookie<'static>> {
    let jar = PrivateCookieJar::new(key.clone()).add(host_cookie(name, value));
    let headers = axum::response::IntoResponse::into_response(jar);
    let header = headers.headers().get(axum::http::header::SET_COOKIE)?.to_str().ok()?.to_owned();
    Cookie::parse(header).ok()
}

fn unseal(headers: &HeaderMap, key: &Key, name: &str) -> Option<String> {
    let jar = PrivateCookieJar::from_headers(headers, key.clone());
    Some(jar.get(name)?.value().to_owned())
}

fn host_cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").secure(true).http_only(true).same_site(SameSite::Lax).build()
}

fn gone(name: &'static str) -> Cookie<'static> {
    let mut cookie = host_cookie(name, String::new());
    cookie.make_removal();
    cookie
}
