//! Who looked at whose record, and that a sign-in was used: taken down after the answer has gone, a few at a time.

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};

use crate::casework::desk::Office;
use crate::rules::id::{CustomerId, LandlordId, StaffId};
use crate::store;

/// One look at a customer's record.
#[derive(Clone, Debug)]
pub struct Look {
    /// Whose staff.
    pub landlord: LandlordId,
    /// Who looked.
    pub staff: StaffId,
    /// At whose record.
    pub customer: CustomerId,
    /// On which page.
    pub page: &'static str,
    /// When.
    pub at: DateTime<Utc>,
}

enum Note {
    Look(Look),
    Used([u8; 32], DateTime<Utc>),
    Flush(oneshot::Sender<()>),
}

/// The slip box that pages drop their notes into.
#[derive(Clone)]
pub struct Seen(mpsc::Sender<Note>);

const AT_ONCE: usize = 200;

impl Seen {
    /// Starts the clerk who empties the box.
    pub fn start(office: Office) -> Self {
        let (sender, receiver) = mpsc::channel(4096);
        tokio::spawn(empty_the_box(office, receiver));
        Self(sender)
    }

    /// Notes a look. Waits when the box is full: a look is never lost to save time.
    pub async fn look(&self, look: Look) {
        let _ = self.0.send(Note::Look(look)).await;
    }

    /// Notes that a sign-in was used.
    pub async fn used(&self, token_hash: [u8; 32], at: DateTime<Utc>) {
        let _ = self.0.send(Note::Used(token_hash, at)).await;
    }

    /// Waits until everything noted so far is written.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.0.send(Note::Flush(done)).await.is_ok() {
            let _ = written.await;
        }
    }
}

async fn empty_the_box(office: Office, mut receiver: mpsc::Receiver<Note>) {
    let mut notes = Vec::with_capacity(AT_ONCE);
    while receiver.recv_many(&mut notes, AT_ONCE).await > 0 {
        let mut looks = Vec::new();
        let mut used = Vec::new();
        let mut waiting = Vec::new();
        for note in notes.drain(..) {
            match note {
                Note::Look(look) => looks.push(look),
                Note::Used(hash, at) => used.push((hash, at)),
                Note::Flush(done) => waiting.push(done),
            }
        }
        if let Err(error) = write_looks(&office, looks).await {
            tracing::error!(%error, "looks at records could not be written");
        }
        if let Err(error) = write_used(&office, used).await {
            tracing::error!(%error, "the use of a sign-in could not be written");
        }
        for done in waiting {
            let _ = done.send(());
        }
    }
}

async fn write_looks(office: &Office, mut looks: Vec<Look>) -> store::Result<()> {
    looks.sort_by_key(|look| look.landlord);
    for of_one in looks.chunk_by(|a, b| a.landlord == b.landlord) {
        let mut tx = office.db.for_job(of_one[0].landlord).await?;
        let rows: Vec<_> = of_one.iter().map(|look| (office.ids.next(), look.at, look.staff, look.customer, look.page)).collect();
        store::access::add(&mut tx, &rows).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn write_used(office: &Office, used: Vec<([u8; 32], DateTime<Utc>)>) -> store::Result<()> {
    if used.is_empty() {
        return Ok(());
    }
    let mut tx = office.db.system().await?;
    for (hash, at) in used {
        store::session::touch(&mut tx, &hash, at).await?;
    }
    tx.commit().await
}
