//! What the customer had asked for and nobody has answered when a restriction ends: an appeal against it, a request to look again.

use crate::casework::desk::Desk;
use crate::casework::{Result, appeal, reconsideration};
use crate::letters::Closed;
use crate::rules::event::Event;
use crate::store;
use crate::store::restriction::Restriction;

/// What is closed because a restriction ends.
pub(super) struct Overtaken {
    appeal: Option<store::appeal::Overtaken>,
    request: Option<store::reconsideration::Overtaken>,
}

impl Overtaken {
    /// Closes it. Taken before the restriction itself and the appeal first, as whoever decides one of them does, so that nobody who acts
    /// at the same moment waits for somebody who waits for them.
    pub async fn by_the_end_of(desk: &mut Desk, restriction: crate::rules::id::RestrictionId) -> Result<Self> {
        let appeal = appeal::overtake(desk, restriction).await?;
        let request = reconsideration::overtake(desk, restriction).await?;
        let now = desk.now;
        store::undertaking::close(&mut desk.tx, restriction, "overtaken", now).await?;
        Ok(Self { appeal, request })
    }

    /// Writes it into the history.
    pub async fn record(&self, desk: &mut Desk, restriction: &Restriction, word: &str) -> Result<()> {
        let (customer, restriction, word) = (restriction.customer, restriction.id, word.to_owned());
        if let Some(appeal) = &self.appeal {
            desk.record(customer, Event::AppealOvertaken { appeal: appeal.id, restriction, word: word.clone() }).await?;
        }
        if let Some(request) = &self.request {
            desk.record(customer, Event::ReconsiderationOvertaken { reconsideration: request.id, restriction, word }).await?;
        }
        Ok(())
    }

    /// As the letter about the end tells it.
    pub fn closed(&self) -> Closed {
        Closed { appeal: self.appeal.map(|appeal| appeal.received_on), request: self.request.map(|request| request.received_on) }
    }
}
