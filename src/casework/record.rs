//! The one door to history, and to everything that follows from it: tasks and mail.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Result;
use super::desk::{Actor, Desk};
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, EventId, MessageId, StaffId, TaskId};
use crate::rules::own_words;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::outbox::NewMessage;
use crate::store::task::NewTask;

impl Desk {
    /// Appends to the history what just happened to a customer.
    pub async fn record(&mut self, customer: CustomerId, event: Event) -> Result<()> {
        self.record_at(customer, event, self.now).await
    }

    /// The same under an id that the form already had, so that a second press finds it there.
    pub async fn record_as(&mut self, id: EventId, customer: CustomerId, event: Event) -> Result<()> {
        let by = self.staff()?.id;
        Ok(store::event::add(&mut self.tx, id, self.now, Some(by), Some(customer), &event).await?)
    }

    /// The same for something that happened at another moment, such as a contact logged afterwards.
    pub async fn record_at(&mut self, customer: CustomerId, event: Event, at: DateTime<Utc>) -> Result<()> {
        let id: EventId = self.new_id();
        let actor = match &self.actor {
            Actor::Staff(staff) => Some(staff.id),
            Actor::System => None,
        };
        Ok(store::event::add(&mut self.tx, id, at, actor, Some(customer), &event).await?)
    }

    /// The same of something that is another's, although somebody else at the desk made it true: a warning that others agreed to.
    pub async fn record_for(&mut self, by: StaffId, customer: CustomerId, event: Event, at: DateTime<Utc>) -> Result<()> {
        let id: EventId = self.new_id();
        Ok(store::event::add(&mut self.tx, id, at, Some(by), Some(customer), &event).await?)
    }

    /// Appends to the history what happened to the house itself, and to no customer.
    pub async fn record_for_all(&mut self, event: Event) -> Result<()> {
        let id: EventId = self.new_id();
        let actor = match &self.actor {
            Actor::Staff(staff) => Some(staff.id),
            Actor::System => None,
        };
        Ok(store::event::add(&mut self.tx, id, self.now, actor, None, &event).await?)
    }

    /// Gives somebody something to do.
    pub async fn ask(&mut self, task: NewTask) -> Result<TaskId> {
        let id: TaskId = self.new_id();
        store::task::add(&mut self.tx, id, &task, self.now).await?;
        Ok(id)
    }

    /// Marks what was asked about a subject as done.
    pub async fn finish(&mut self, kind: TaskKind, subject: Uuid) -> Result<u64> {
        let by = match &self.actor {
            Actor::Staff(staff) => Some(staff.id),
            Actor::System => None,
        };
        Ok(store::task::finish(&mut self.tx, kind, subject, by, self.now).await?)
    }

    /// Writes an email to a colleague into the outbox; it leaves after commit, once for each key.
    /// It is in the landlord's own words. A line that is an address of ours and nothing else ("/reviews/…") arrives as a whole link. No customer's name belongs in one.
    pub async fn write_to(&mut self, name: &str, address: &str, key: &str, subject: &str, body_text: &str) -> Result<()> {
        let id: MessageId = self.new_id();
        let said = |text: &str| own_words::in_text(text.replace('\u{a0}', " "), &self.policy);
        let (subject, body_text) = (said(subject), said(body_text));
        let message = NewMessage { id, key, to_address: address, to_name: name, subject: &subject, body_text: &body_text };
        Ok(store::outbox::add(&mut self.tx, &message, self.now).await?)
    }
}
