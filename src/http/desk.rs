//! Sitting down: a signed-in person, their landlord, one transaction. For a page it is read-only; for an act the form is read first,
//! so that a slow sender never holds a connection.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};

use super::cookie::{Flash, Token};
use super::doors::Who;
use super::fault::Fault;
use super::form::Form;
use super::kit::Kit;
use super::seen::Look;
use crate::casework::desk::{Desk, NOTED_ANEW, Staff};
use crate::rules::id::CustomerId;
use crate::rules::policy::{Policy, Reach};
use crate::store::tx::Mode;

/// A desk for a page: nothing can be written at it, in Postgres itself.
pub struct Reading {
    /// The desk.
    pub desk: Desk,
    /// Who reads.
    pub staff: Staff,
    /// What the page needs besides.
    pub around: Around,
}

/// A desk for an act, and the form that asks for it.
pub struct Posted {
    /// The desk.
    pub desk: Desk,
    /// Who asks.
    pub staff: Staff,
    /// What was typed.
    pub form: Form,
    /// What the page needs besides.
    pub around: Around,
}

/// What stands around every page of this request.
#[derive(Clone)]
pub struct Around {
    /// The kit.
    pub kit: Kit,
    /// The address asked for.
    pub path: String,
    /// The message left by the act before.
    pub flash: Option<Flash>,
    /// Signed out, this is how one comes back.
    pub token_hash: [u8; 32],
    /// The policy in force: pages are in its words.
    pub policy: Arc<Policy>,
}

impl FromRequestParts<Kit> for Reading {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, kit: &Kit) -> Result<Self, Fault> {
        let (desk, staff, around) = sit(parts, kit, Mode::Read).await?;
        Ok(Self { desk, staff, around })
    }
}

impl FromRequest<Kit> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, kit: &Kit) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let form = read_form(&parts.headers, body).await?;
        let (desk, staff, around) = sit(&mut parts, kit, Mode::Write).await?;
        Ok(Self { desk, staff, form, around })
    }
}

/// A form alone, for the few acts of people who are not signed in.
pub struct Typed(pub Form);

impl FromRequest<Kit> for Typed {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &Kit) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        Ok(Self(read_form(&parts.headers, body).await?))
    }
}

pub(super) async fn sit(parts: &mut Parts, kit: &Kit, mode: Mode) -> Result<(Desk, Staff, Around), Fault> {
    let Some(who) = parts.extensions.get::<Who>().copied() else {
        return Err(Fault::Broken(format!("{} has no word on who may", parts.uri.path())));
    };
    let path = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0).clone();
    let sends = parts.method != Method::GET;
    let back = match sends {
        true => sent_from(&parts.headers, &kit.base_url),
        false => path.path_and_query().map(|path| path.as_str().to_owned()),
    };
    let Some(token) = Token::of(&parts.headers) else { return Err(Fault::SignedOut { back, lost: false }) };
    let token_hash = token.hash();
    let Some(desk) = kit.office.desk_for_session(&token_hash, mode).await? else { return Err(Fault::SignedOut { back, lost: sends }) };
    let staff = desk.staff()?.clone();
    if desk.now - staff.seen_at > NOTED_ANEW {
        kit.seen.used(token_hash, desk.now);
    }
    if !who.admits(staff.reach) {
        return Err(Fault::Forbidden(refusal(who, staff.reach)));
    }
    let flash = Flash::of(&parts.headers, &kit.key);
    let policy = desk.policy.clone();
    Ok((desk, staff, Around { kit: kit.clone(), path: path.path().to_owned(), flash, token_hash, policy }))
}

/// The page of ours that a form was sent from, as the browser says.
fn sent_from(headers: &HeaderMap, base_url: &str) -> Option<String> {
    let from = headers.get(header::REFERER)?.to_str().ok()?;
    let path = from.strip_prefix(base_url.trim_end_matches('/'))?;
    path.starts_with('/').then(|| path.to_owned())
}

fn refusal(who: Who, reach: Reach) -> String {
    let can = who.people();
    match reach {
        Reach::Administrator => {
            format!("Administrators look after people and settings, and see nothing about customers. This is for {can}.")
        }
        _ => format!("This is for {can}. Ask one of them, or your manager."),
    }
}

/// The most a form may weigh, in bytes. The longest honest one is a tenth of this.
const HEAVIEST: usize = 256 * 1024;

async fn read_form(headers: &HeaderMap, body: axum::body::Body) -> Result<Form, Fault> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(Fault::Bad(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send this as a form, as the page does."));
    }
    let bytes = super::body::read(headers, body, HEAVIEST).await.ok_or(Fault::Bad(
        StatusCode::PAYLOAD_TOO_LARGE,
        "That is more than a form can hold. Shorten the longest answer and send it again.",
    ))?;
    let pairs: Vec<(String, String)> = read_pairs(&bytes)?;
    if pairs.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(Fault::Bad(StatusCode::BAD_REQUEST, "There is a character in it that no keyboard makes. Type that answer again."));
    }
    Ok(Form::from_pairs(pairs))
}

/// Refuses broken UTF-8 instead of guessing what was meant.
pub(super) fn read_pairs(bytes: &[u8]) -> Result<Vec<(String, String)>, Fault> {
    let garbled = || Fault::Bad(StatusCode::BAD_REQUEST, "Some of what was sent is not readable text. Type it again.");
    let mut pairs = Vec::new();
    for part in bytes.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
        let (name, value) = part.iter().position(|byte| *byte == b'=').map_or((part, &[][..]), |at| (&part[..at], &part[at + 1..]));
        let read = |raw: &[u8]| -> Result<String, Fault> {
            let spaced: Vec<u8> = raw.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
            percent_encoding::percent_decode(&spaced).decode_utf8().map(|text| text.into_owned()).map_err(|_| garbled())
        };
        pairs.push((read(name)?, read(value)?));
    }
    Ok(pairs)
}

impl Around {
    /// Notes that this page showed a customer's record.
    pub fn saw(&self, desk: &Desk, staff: &Staff, customer: CustomerId, page: &'static str) {
        let look = Look { id: desk.new_id(), landlord: desk.landlord.id, staff: staff.id, customer, page, at: desk.now };
        self.kit.seen.look(look);
    }
}
