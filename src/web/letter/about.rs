//! The way from a decision to the letter that tells the customer of it.

use uuid::Uuid;

use crate::casework::desk::Desk;
use crate::http::fault::Fault;
use crate::http::paths;
use crate::store;

/// Where the last letter about a decision is, and what is to be done with it.
pub(in crate::web) async fn letter_about(desk: &mut Desk, subject: Uuid) -> Result<Option<(String, &'static str)>, Fault> {
    let last = store::letter::last_about(&mut desk.tx, subject).await?;
    Ok(last.map(|(id, is_sent)| {
        let text = if is_sent { "Read the letter" } else { "Read the letter, and send it" };
        (paths::Letter { id }.to_string(), text)
    }))
}
