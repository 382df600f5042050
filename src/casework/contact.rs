//! Contacts: taking one down, and the steps before one is ended.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::desk::Desk;
use super::{Error, Result, promise};
use crate::rules::answer::Booking;
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{CallStepId, ContactId};
use crate::rules::measure::{Channel, Purpose};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::contact::NewContact;
use crate::store::customer::Head;
use crate::store::task::NewTask;

/// How far back a contact can still be taken down: what is older is a slip of the finger.
const FURTHEST_BACK: Months = Months::new(24);

/// A contact as it was typed.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// When it was.
    pub at: DateTime<Utc>,
    /// How it was made.
    pub channel: Channel,
    /// What it was about.
    pub purpose: Purpose,
    /// How it went.
    pub manner: Manner,
    /// What it came to, in a line.
    pub summary: String,
}

/// How a contact went. Anger about a problem is not abuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As most are.
    Calm,
    /// Angry, worried or in tears, and nothing more than that.
    Upset,
}

impl Manner {
    /// The word kept in the database and said on the timeline.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Upset => "upset",
        }
    }
}

/// What one presses while a contact is in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// This warning was spoken just now.
    Warned(i16),
    /// It was not: pressed by mistake. 0 takes back the ending.
    Undo(i16),
    /// The contact was ended.
    Ended,
}

/// Takes a contact down. False when it was taken down before.
pub async fn log(desk: &mut Desk, customer: &Head, contact: &Contact) -> Result<bool> {
    if contact.at > desk.now {
        return Err(Error::refused("time", "The contact cannot be later than now"));
    }
    let earliest = desk.today().checked_sub_months(FURTHEST_BACK).unwrap_or(NaiveDate::MIN);
    if days::day_of(contact.at) < earliest {
        return Err(Error::refused("day", format!("The day must be {} or later: two years back at most", say::day(earliest))));
    }
    let new = NewContact {
        id: contact.id,
        customer: customer.id,
        at: contact.at,
        channel: contact.channel.key(),
        purpose: contact.purpose.key(),
        manner: contact.manner.key(),
        summary: &contact.summary,
        taken_by: desk.staff()?.id,
    };
    let is_new = store::contact::add(&mut desk.tx, &new, desk.now).await?;
    if is_new {
        let event = Event::ContactLogged {
            contact: contact.id,
            channel: contact.channel.title().to_owned(),
            manner: contact.manner.key().to_owned(),
            summary: contact.summary.clone(),
        };
        desk.record_at(customer.id, event, contact.at).await?;
        promise::contacted(desk, customer.id, contact.channel, days::day_of(contact.at), &contact.summary).await?;
    }
    Ok(is_new)
}

/// What came of booking a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booked {
    /// The contact is taken down, and the call waits for whoever makes it.
    Now,
    /// That call waits already.
    Before,
}

/// Takes down that the customer was promised a call, and gives it to whoever makes it, once.
pub async fn book(desk: &mut Desk, customer: &Head, id: ContactId, booking: &Booking) -> Result<Booked> {
    let Booking { staff, with, when, on } = booking;
    let contact = Contact {
        id,
        at: desk.now,
        channel: Channel::Phone,
        purpose: Purpose::Other,
        manner: Manner::Calm,
        summary: format!("A call was booked: {with} rings {when}."),
    };
    if !log(desk, customer, &contact).await? {
        return Ok(Booked::Before);
    }
    let waits = store::task::open_about(&mut desk.tx, customer.id.0).await?;
    if waits.iter().any(|(_, kind, _)| kind == TaskKind::Call.key())
        && store::task::nearest(&mut desk.tx, customer.id.0).await? == Some(*on)
    {
        return Ok(Booked::Before);
    }
    desk.ask(NewTask {
        kind: TaskKind::Call,
        customer: customer.id,
        subject: customer.id.0,
        staff: Some(*staff),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on: *on,
        note: Some(format!("Booked by {} on {}.", desk.staff()?.name, say::day_and_month(desk.today()))),
        whom: Some(format!("{}, {when}", customer.formal_name())),
    })
    .await?;
    Ok(Booked::Now)
}

/// Takes down a step of the contact in hand, at this moment. False when nothing changed.
pub async fn press(desk: &mut Desk, customer: &Head, id: CallStepId, press: Press) -> Result<bool> {
    let staff = desk.staff()?.id;
    let since = days::start_of(desk.today());
    let open = store::contact::steps(&mut desk.tx, customer.id, staff, since).await?;
    let whose = customer.id.0;
    let event = match press {
        Press::Undo(step) => {
            if !store::contact::undo_step(&mut desk.tx, customer.id, staff, step, since, desk.now).await? {
                return Ok(false);
            }
            Event::CallWarningUndone { customer: whose, step }
        }
        Press::Warned(step) if open.contains(&step) => return Ok(false),
        Press::Ended if open.contains(&0) => return Ok(false),
        Press::Warned(step) => {
            in_order(step, &open, *desk.policy.call_ending.warnings)?;
            if !store::contact::add_step(&mut desk.tx, of_button(id, step), customer.id, staff, step, desk.now).await? {
                return Ok(false);
            }
            Event::CallWarned { customer: whose, step }
        }
        Press::Ended => {
            if !store::contact::add_step(&mut desk.tx, of_button(id, 0), customer.id, staff, 0, desk.now).await? {
                return Ok(false);
            }
            Event::CallEnded { customer: whose }
        }
    };
    desk.record(customer.id, event).await?;
    Ok(true)
}

/// One id came with the page, and every button of it makes its own.
fn of_button(id: CallStepId, step: i16) -> CallStepId {
    CallStepId::from(uuid::Uuid::from_u128(id.0.as_u128() ^ (u128::from(step.unsigned_abs()) + 1)))
}

fn in_order(step: i16, open: &[i16], needed: u8) -> Result<()> {
    if step < 1 || step > i16::from(needed) {
        return Err(Error::refused("", "The policy has no such warning. Go back and use the buttons on the page."));
    }
    match step > 1 && !open.contains(&(step - 1)) {
        true => Err(Error::refused("", "Mark the warning before this one first.")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_come_in_order_and_only_as_many_as_the_policy_has() {
        assert!(in_order(1, &[], 2).is_ok());
        assert!(in_order(2, &[1], 2).is_ok());
        assert!(in_order(2, &[], 2).is_err());
        assert!(in_order(3, &[1, 2], 2).is_err());
        assert!(in_order(1, &[], 0).is_err());
        assert!(in_order(0, &[], 2).is_err());
    }
}
