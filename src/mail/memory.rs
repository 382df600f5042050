//! A mailbox in memory, for tests; it can be told to fail.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Fault, Message};

/// What was sent and what was tried, shared by everybody who holds it.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    sent: Vec<Message>,
    tried: Vec<String>,
    failing: bool,
}

impl Memory {
    /// Every message that went, oldest first, with whole links.
    pub fn sent(&self) -> Vec<Message> {
        self.kept().sent.clone()
    }

    /// The Message-ID of every try, oldest first, those that failed too.
    pub fn tried(&self) -> Vec<String> {
        self.kept().tried.clone()
    }

    /// From now on every message fails, or none does.
    pub fn fail(&self, failing: bool) {
        self.kept().failing = failing;
    }

    pub(super) fn take(&self, message_id: String, message: &Message, body: String) -> Result<(), Fault> {
        let mut kept = self.kept();
        kept.tried.push(message_id);
        if kept.failing {
            return Err(Fault("The mail server could not be reached.".to_owned()));
        }
        kept.sent.push(Message { body, ..message.clone() });
        Ok(())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
