//! Several people in one event (WK-01): one more of them is logged as an incident of their own, which stands beside the first.

use crate::casework::desk::Desk;
use crate::casework::{Error, Result, found};
use crate::letters::Letter;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, IncidentId};
use crate::rules::together::{self as rule, Named};
use crate::store;
use crate::store::incident::Incident;
use crate::store::incident::together::{Of, OneMore, Other, Place};

/// What somebody else's incident is to be logged beside.
#[derive(Debug)]
pub enum Beside {
    /// This one; what is known of it is filled in.
    One(Box<Incident>, Place),
    /// Nothing: there is one for them already.
    Theirs(IncidentId),
}

/// The incident beside which another person's is to be logged.
///
/// # Errors
/// `Refused` where the policy deals with each person by themselves.
pub async fn beside(desk: &mut Desk, incident: IncidentId, customer: CustomerId) -> Result<Beside> {
    let known = found(store::incident::find(&mut desk.tx, incident).await?)?;
    may(desk)?;
    let place = found(store::incident::together::place(&mut desk.tx, incident, customer).await?)?;
    Ok(match place.theirs {
        Some(theirs) => Beside::Theirs(theirs),
        None => Beside::One(Box::new(known), place),
    })
}

/// Whether the policy lets several people be dealt with together.
///
/// # Errors
/// `Refused` where it does not.
pub fn may(desk: &Desk) -> Result<()> {
    match rule::refused(&desk.policy) {
        None => Ok(()),
        Some(sentence) => Err(Error::refused("", sentence)),
    }
}

/// Puts the incident just logged beside the first of its event, once for each person. It stands on the history of both, without a name.
pub(super) async fn put(desk: &mut Desk, place: &Place, incident: IncidentId, customer: CustomerId) -> Result<()> {
    let (by, now) = (desk.staff()?.id, desk.now);
    let new = OneMore { first: place.first, incident, customer, by };
    if !store::incident::together::add(&mut desk.tx, new, now).await? {
        return Err(Error::Changed("Somebody else logged it for this ⟦customer⟧ first.".to_owned()));
    }
    desk.record(customer, Event::IncidentTogether { incident }).await?;
    desk.record(place.first_customer, Event::IncidentTogether { incident: place.first }).await
}

/// Refuses a letter that names another customer of an event: each gets a letter of their own.
///
/// # Errors
/// `Refused` with whose name is to be taken out.
pub(in crate::casework) async fn names_nobody_else(desk: &mut Desk, to: CustomerId, letter: &Letter) -> Result<()> {
    match named_by(desk, to, letter).await? {
        None => Ok(()),
        Some(sentence) => Err(Error::refused("", sentence)),
    }
}

/// Whom a letter names who took part too, as a sentence; nothing where it names nobody.
pub(in crate::casework) async fn named_by(desk: &mut Desk, to: CustomerId, letter: &Letter) -> Result<Option<String>> {
    let others = store::incident::together::others(&mut desk.tx, Of::Customer(to)).await?;
    if others.is_empty() {
        return Ok(None);
    }
    let to = found(store::customer::get(&mut desk.tx, to).await?)?;
    let named: Vec<Named> = others.iter().map(named).collect();
    let own = Named { title: to.title.as_deref(), given: &to.given, family: &to.family, reference: &to.reference };
    Ok(rule::named_in(&letter.text(), &own, &named).map(|other| {
        let name = format!("{} {}", other.given, other.family);
        format!("It names {name}, who took part too and is written to separately. Take the name out.")
    }))
}

pub(super) fn named(other: &Other) -> Named<'_> {
    Named { title: other.title.as_deref(), given: &other.given, family: &other.family, reference: &other.reference }
}
