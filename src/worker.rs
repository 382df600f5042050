//! The loops behind the pages: mail that waits, and what falls due. Woken by a commit that left mail, or by the minute.

pub mod deliver;
pub mod remind;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Notify, watch};

use crate::casework::desk::Office;
use crate::mail::Mailer;
use crate::store;
use crate::store::db::Bell;

/// The longest mail waits when nobody rings.
const ROUND: Duration = Duration::from_secs(30);

/// Works until told to stop; the message in hand goes first.
pub async fn run(office: Office, mailer: Mailer, post: Arc<Notify>, mut stop: watch::Receiver<bool>) {
    tracing::info!("the worker has begun");
    let mut bell = None;
    let mut rounds = Rounds::default();
    while !*stop.borrow() {
        rounds.remind(&office).await;
        rounds.tidy(&office).await;
        if let Err(error) = deliver::until_stopped(&office, &mailer, &stop).await {
            tracing::warn!(%error, "mail could not be read from the outbox");
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = post.notified() => {}
            () = rings(&mut bell, &office) => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
    tracing::info!("the worker has stopped");
}

/// Waits until some process has left mail. Where the database cannot be listened to, the next round tries again.
async fn rings(bell: &mut Option<Bell>, office: &Office) {
    if bell.is_none() {
        *bell = office.db.listener().await.ok();
    }
    let Some(listener) = bell else { return std::future::pending().await };
    if let Err(error) = listener.recv().await {
        tracing::debug!(%error, "the listener was lost");
        *bell = None;
        std::future::pending::<()>().await;
    }
}

/// When the rounds by the clock were last made.
#[derive(Default)]
struct Rounds {
    reminded: Option<DateTime<Utc>>,
    tidied: Option<DateTime<Utc>>,
}

impl Rounds {
    async fn remind(&mut self, office: &Office) {
        let now = office.clock.now();
        if self.reminded.is_some_and(|last| now - last < TimeDelta::minutes(1)) {
            return;
        }
        self.reminded = Some(now);
        if let Err(error) = remind::once(office).await {
            tracing::warn!(%error, "what is due could not be read");
        }
    }

    /// Once a day: sign-ins long over, and guesses long past, are forgotten.
    async fn tidy(&mut self, office: &Office) {
        let now = office.clock.now();
        if self.tidied.is_some_and(|last| now - last < TimeDelta::days(1)) {
            return;
        }
        match forget(office, now - TimeDelta::days(7)).await {
            Ok(()) => self.tidied = Some(now),
            Err(error) => tracing::warn!(%error, "old sign-ins could not be forgotten"),
        }
    }
}

async fn forget(office: &Office, before: DateTime<Utc>) -> store::Result<()> {
    let mut system = office.db.system().await?;
    store::session::forget_before(&mut system, before).await?;
    system.commit().await
}
