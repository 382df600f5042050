//! A form that may carry a file: the same desk as for any act, with room for one file of text. The file is read as the value of its
//! field, so that nothing chosen or typed is lost when the page is shown again.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};

use super::desk::{Around, read_pairs, sit};
use super::fault::Fault;
use super::form::Form;
use super::kit::Kit;
use crate::casework::desk::{Desk, Staff};
use crate::store::tx::Mode;

/// The most a file may weigh, in bytes.
pub const HEAVIEST_FILE: usize = 1024 * 1024;

/// The most a request with one may weigh: a file that is somewhat too heavy is still read, so that the page can say by how much.
const HEAVIEST: usize = 2_000_000;

/// The same where it was typed: each odd character then takes three bytes on the way.
const HEAVIEST_TYPED: usize = 4 * HEAVIEST_FILE;

/// A desk for an act, and the form with its file.
pub struct Uploaded {
    /// The desk.
    pub desk: Desk,
    /// Who asks.
    pub staff: Staff,
    /// What was typed, and what stands in the file.
    pub form: Form,
    /// What the page needs besides.
    pub around: Around,
}

impl FromRequest<Kit> for Uploaded {
    type Rejection = Fault;

    async fn from_request(request: Request, kit: &Kit) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let form = read_form(&parts.headers, body).await?;
        let (desk, staff, around) = sit(&mut parts, kit, Mode::Write).await?;
        Ok(Self { desk, staff, form, around })
    }
}

async fn read_form(headers: &HeaderMap, body: Body) -> Result<Form, Fault> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let is_multipart = kind.starts_with("multipart/form-data");
    if !is_multipart && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Fault::Bad(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send this as a form, as the page does."));
    }
    let heaviest = if is_multipart { HEAVIEST } else { HEAVIEST_TYPED };
    let bytes = super::body::read(headers, body, heaviest)
        .await
        .ok_or(Fault::Bad(StatusCode::PAYLOAD_TOO_LARGE, "That file is too large. The file of a policy is at most 1 MB."))?;
    if is_multipart { read_parts(headers, bytes).await } else { Ok(whole(read_pairs(&bytes)?)) }
}

async fn read_parts(headers: &HeaderMap, bytes: Bytes) -> Result<Form, Fault> {
    let garbled = || Fault::Bad(StatusCode::BAD_REQUEST, "What was sent broke off on the way. Choose the file and send it again.");
    let mut request = Request::new(Body::from(bytes));
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| garbled())?;
    let mut pairs = Vec::new();
    let mut not_text = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|_| garbled())? {
        let name = part.name().unwrap_or_default().to_owned();
        match String::from_utf8(part.bytes().await.map_err(|_| garbled())?.to_vec()) {
            Ok(value) => pairs.push((name, value.trim_start_matches('\u{feff}').to_owned())),
            Err(_) => not_text.push(name),
        }
    }
    let mut form = whole(pairs);
    for name in not_text {
        form.wrong(&name, "This file is not text. Save it as plain text in UTF-8 and choose it again");
    }
    Ok(form)
}

/// A character that no text has is a fault of its field, and is left out.
fn whole(pairs: Vec<(String, String)>) -> Form {
    let hidden: Vec<String> = pairs.iter().filter(|(_, value)| value.contains('\0')).map(|(name, _)| name.clone()).collect();
    let mut form = Form::from_pairs(pairs.into_iter().map(|(name, value)| (name.replace('\0', ""), value.replace('\0', ""))));
    for name in hidden {
        form.wrong(&name.replace('\0', ""), "Take out the hidden character, it cannot be saved");
    }
    form
}
