//! What falls due today: each reminder once, and only if it is still true.

use crate::casework::desk::Office;
use crate::casework::reminder;
use crate::casework::{Error, Result};
use crate::store;
use crate::store::reminder::Due;

/// How many are listed at a time.
const A_PAGE: i64 = 100;

/// Sends every reminder that is due, and answers how many went. One that cannot be sent is logged and holds up nobody.
///
/// # Errors
/// When what is due cannot be listed.
pub async fn once(office: &Office) -> Result<usize> {
    let mut sent = 0;
    let mut after = None;
    loop {
        let due = list(office, after).await?;
        let Some(last) = due.last() else { return Ok(sent) };
        after = Some(*last);
        for one in due {
            match send(office, one).await {
                Ok(went) => sent += usize::from(went),
                Err(error) => tracing::error!(reminder.id = %one.id, error = %kind(&error), "a reminder could not be sent"),
            }
        }
    }
}

async fn list(office: &Office, after: Option<Due>) -> Result<Vec<Due>> {
    let mut system = office.db.system().await?;
    let due = store::reminder::due(&mut system, office.clock.now(), after, A_PAGE).await?;
    system.commit().await?;
    Ok(due)
}

async fn send(office: &Office, due: Due) -> Result<bool> {
    let mut desk = office.desk_for_job(due.landlord).await?;
    let went = reminder::send(&mut desk, due.id).await?;
    desk.commit().await?;
    Ok(went)
}

/// A fault for the log: a refusal's sentence could name somebody.
fn kind(error: &Error) -> String {
    match error {
        Error::Store(error) => error.to_string(),
        Error::NotFound => "something it speaks of is not there".to_owned(),
        _ => "it was refused".to_owned(),
    }
}
