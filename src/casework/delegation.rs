//! Handing one's deciding to another for a time, and taking it back.

use uuid::Uuid;

use super::case::person;
use super::desk::Desk;
use super::{Error, Refusal, Result};
use crate::rules::delegation::{self, Delegation};
use crate::rules::event::Event;
use crate::rules::say;
use crate::store;

/// Hands the deciding of the person at the desk to a colleague, who is told.
///
/// # Errors
/// `Refused` beside the fields where the policy does not let it be so.
pub async fn hand_over(desk: &mut Desk, new: &Delegation) -> Result<()> {
    let me = desk.staff()?.clone();
    let people = store::staff::list(&mut desk.tx).await?;
    let to = people.iter().find(|line| line.id == new.to && !line.has_left);
    let to = to.ok_or_else(|| Error::refused("to", "Choose who decides for you"))?;
    let today = desk.today();
    let before: Vec<Delegation> = store::delegation::of(&mut desk.tx, me.id, today)
        .await?
        .into_iter()
        .filter(|line| line.from == me.id)
        .map(|line| Delegation { from: line.from, to: line.to, starts: line.starts, until: line.until })
        .collect();
    if let Err(wrong) = delegation::check(&desk.policy, new, &person(to), &before, today) {
        return Err(Error::Refused(wrong.iter().map(|one| Refusal::at(one.field(), one.to_string())).collect()));
    }
    let id: Uuid = desk.new_id();
    let (version, now) = (desk.policy_version, desk.now);
    store::delegation::add(&mut desk.tx, id, version, new, now).await?;
    let event = Event::DecidingHandedOver { delegation: id, to: to.name.clone(), starts: new.starts, until: new.until };
    desk.record_for_all(event).await?;
    let body = format!(
        "Dear {}\n\n{} has handed their deciding to you from {} until {}. You then decide where they would, if neither of you took part in the case.\n\n/approvals\n\n{}",
        to.name,
        me.name,
        say::weekday(new.starts),
        say::weekday(new.until),
        desk.landlord.name,
    );
    let subject = format!("You decide for {} from {}", me.name, say::day(new.starts));
    desk.write_to(&to.name, &to.email, &format!("delegation {id}"), &subject, &body).await
}

/// Takes it back, from this second.
///
/// # Errors
/// `Changed` where there is nothing to take back.
pub async fn take_back(desk: &mut Desk, id: Uuid) -> Result<()> {
    let (me, now) = (desk.staff()?.id, desk.now);
    if !store::delegation::end(&mut desk.tx, id, me, now).await? {
        return Err(Error::Changed("There is nothing to take back: it is over, or was taken back.".to_owned()));
    }
    desk.record_for_all(Event::DecidingTakenBack { delegation: id }).await
}
