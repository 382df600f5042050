//! The outbox: what was decided is told, once it is decided for good. A message in doubt is sent again as the same message.

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::casework::Result;
use crate::casework::desk::Office;
use crate::mail::{Mailer, Message};
use crate::store;
use crate::store::outbox::Claimed;

/// How many are taken at a time.
const A_FEW: i64 = 5;
/// How long they are ours; after that, whoever finds them may send them.
const HELD: TimeDelta = TimeDelta::minutes(5);
/// How often a message is tried before it is given up.
const TRIES: usize = 8;
/// The pause after each failed try, in minutes.
const PAUSES: [i64; TRIES - 1] = [1, 5, 15, 60, 180, 480, 1440];

/// Sends everything that is due, and answers how many went.
///
/// # Errors
/// When the outbox cannot be read; what was claimed is then tried again later.
pub async fn once(office: &Office, mailer: &Mailer) -> Result<usize> {
    let (_never, stop) = watch::channel(false);
    until_stopped(office, mailer, &stop).await
}

/// The same, ending after the message in hand when told to stop.
///
/// # Errors
/// As for `once`.
pub async fn until_stopped(office: &Office, mailer: &Mailer, stop: &watch::Receiver<bool>) -> Result<usize> {
    let mut sent = 0;
    loop {
        let claimed = claim(office).await?;
        if claimed.is_empty() {
            return Ok(sent);
        }
        for (place, message) in claimed.iter().enumerate() {
            if *stop.borrow() {
                put_back(office, &claimed[place..]).await?;
                return Ok(sent);
            }
            sent += usize::from(send(office, mailer, message).await?);
        }
    }
}

async fn claim(office: &Office) -> Result<Vec<Claimed>> {
    let now = office.clock.now();
    let mut system = office.db.system().await?;
    let claimed = store::outbox::claim(&mut system, now, now + HELD, A_FEW).await?;
    system.commit().await?;
    Ok(claimed)
}

async fn put_back(office: &Office, claimed: &[Claimed]) -> Result<()> {
    let mut system = office.db.system().await?;
    for message in claimed {
        store::outbox::put_back(&mut system, message.landlord, message.id).await?;
    }
    Ok(system.commit().await?)
}

/// Sends one, outside any transaction, then notes what came of it.
async fn send(office: &Office, mailer: &Mailer, claimed: &Claimed) -> Result<bool> {
    let outcome = mailer.send(&message(claimed, office.clock.now())).await;
    let now = office.clock.now();
    let mut system = office.db.system().await?;
    match &outcome {
        Ok(()) => {
            store::outbox::sent(&mut system, claimed.landlord, claimed.id, now).await?;
            tracing::info!(message.id = %claimed.id, "a message went");
        }
        Err(fault) => {
            let again = again(claimed.tries, now);
            store::outbox::failed(&mut system, claimed.landlord, claimed.id, &fault.0, again, now).await?;
            told(claimed, &fault.0, again);
        }
    }
    system.commit().await?;
    Ok(outcome.is_ok())
}

fn message(claimed: &Claimed, at: DateTime<Utc>) -> Message {
    Message {
        id: claimed.id.0,
        to_name: claimed.to_name.clone(),
        to_address: claimed.to_address.clone(),
        subject: claimed.subject.clone(),
        body: claimed.body_text.clone(),
        at,
    }
}

/// When to try again after so many tries; `None` when it is given up.
fn again(tries: i16, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let failed = usize::try_from(tries).unwrap_or(TRIES).max(1);
    PAUSES.get(failed - 1).map(|minutes| now + TimeDelta::minutes(*minutes))
}

fn told(claimed: &Claimed, fault: &str, again: Option<DateTime<Utc>>) {
    match again {
        Some(again) => tracing::warn!(message.id = %claimed.id, tries = claimed.tries, %again, fault, "a message did not go"),
        None => tracing::error!(message.id = %claimed.id, tries = claimed.tries, fault, "a message was given up; it is kept in the outbox"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_and_the_eighth_failure_is_the_last() {
        let now = DateTime::UNIX_EPOCH;
        let pauses: Vec<_> = (1..=8).map(|tries| again(tries, now).map(|at| (at - now).num_minutes())).collect();
        assert_eq!(pauses, [Some(1), Some(5), Some(15), Some(60), Some(180), Some(480), Some(1440), None]);
    }
}
