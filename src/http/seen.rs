//! Who looked at whose record, and that a sign-in was used: taken down after the answer has gone, a few at a time. A look that cannot
//! be written is kept and written later.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::casework::desk::Office;
use crate::rules::id::{CustomerId, LandlordId, StaffId};
use crate::store;

/// One look at a customer's record.
#[derive(Clone, Debug)]
pub struct Look {
    /// Its id, so that it is on record once however often it is written.
    pub id: Uuid,
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

/// The slip box that pages drop their notes into. No page waits for it: it holds a connection while it would wait, and the clerk may need
/// that one. Without the database there are no pages either, so the box does not grow without end.
#[derive(Clone)]
pub struct Seen(mpsc::UnboundedSender<Note>);

const AT_ONCE: usize = 200;
const SOON: Duration = Duration::from_millis(200);
const AT_LAST: Duration = Duration::from_secs(30);

impl Seen {
    /// Starts the clerk who empties the box.
    pub fn start(office: Office) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(Clerk::new(office).empty_the_box(receiver));
        Self(sender)
    }

    /// Notes a look.
    pub fn look(&self, look: Look) {
        let _ = self.0.send(Note::Look(look));
    }

    /// Notes that a sign-in was used.
    pub fn used(&self, token_hash: [u8; 32], at: DateTime<Utc>) {
        let _ = self.0.send(Note::Used(token_hash, at));
    }

    /// Waits until everything noted so far is written.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.0.send(Note::Flush(done)).is_ok() {
            let _ = written.await;
        }
    }
}

/// Writes the notes down, and keeps what could not be written yet.
struct Clerk {
    office: Office,
    looks: Vec<Look>,
    used: HashMap<[u8; 32], DateTime<Utc>>,
    waiting: Vec<oneshot::Sender<()>>,
    pause: Duration,
}

impl Clerk {
    fn new(office: Office) -> Self {
        Self { office, looks: Vec::new(), used: HashMap::new(), waiting: Vec::new(), pause: SOON }
    }

    async fn empty_the_box(mut self, mut receiver: mpsc::UnboundedReceiver<Note>) {
        let mut notes = Vec::with_capacity(AT_ONCE);
        while receiver.recv_many(&mut notes, AT_ONCE).await > 0 {
            self.sort(&mut notes);
            while !self.write().await {
                self.rest(&mut receiver).await;
            }
        }
    }

    fn sort(&mut self, notes: &mut Vec<Note>) {
        for note in notes.drain(..) {
            match note {
                Note::Look(look) => self.looks.push(look),
                Note::Used(hash, at) => {
                    let last = self.used.entry(hash).or_insert(at);
                    *last = at.max(*last);
                }
                Note::Flush(done) => self.waiting.push(done),
            }
        }
    }

    /// A growing pause, in which the box is emptied all the same.
    async fn rest(&mut self, receiver: &mut mpsc::UnboundedReceiver<Note>) {
        let pause = tokio::time::sleep(self.pause);
        tokio::pin!(pause);
        self.pause = (self.pause * 2).min(AT_LAST);
        loop {
            tokio::select! {
                () = &mut pause => return,
                Some(note) = receiver.recv() => self.sort(&mut vec![note]),
            }
        }
    }

    /// Whether everything is written. One landlord's looks do not wait for another's.
    async fn write(&mut self) -> bool {
        let mut kept = Vec::new();
        let mut looks = std::mem::take(&mut self.looks);
        looks.sort_by_key(|look| look.landlord);
        for of_one in looks.chunk_by(|a, b| a.landlord == b.landlord) {
            if let Err(error) = write_looks(&self.office, of_one).await {
                tracing::error!(%error, looks = of_one.len(), "looks at records could not be written yet");
                kept.extend_from_slice(of_one);
            }
        }
        self.looks = kept;
        match write_used(&self.office, &self.used).await {
            Ok(()) => self.used.clear(),
            Err(error) => tracing::error!(%error, "the use of a sign-in could not be written yet"),
        }
        let is_done = self.looks.is_empty() && self.used.is_empty();
        if is_done {
            self.pause = SOON;
            for done in self.waiting.drain(..) {
                let _ = done.send(());
            }
        }
        is_done
    }
}

async fn write_looks(office: &Office, looks: &[Look]) -> store::Result<()> {
    let Some(first) = looks.first() else { return Ok(()) };
    let mut tx = office.db.for_job(first.landlord).await?;
    let rows: Vec<_> = looks.iter().map(|look| (look.id, look.at, look.staff, look.customer, look.page)).collect();
    store::access::add(&mut tx, &rows).await?;
    tx.commit().await
}

async fn write_used(office: &Office, used: &HashMap<[u8; 32], DateTime<Utc>>) -> store::Result<()> {
    if used.is_empty() {
        return Ok(());
    }
    let mut tx = office.db.system().await?;
    for (hash, at) in used {
        store::session::touch(&mut tx, hash, *at).await?;
    }
    tx.commit().await
}
