//! Going on with a proposal whose proposer is away: from then on it is the new one's own, and the earlier one has taken part.

use super::{Case, Desk, Error, Result, Whole, read, store};
use crate::casework::case::forbidden;
use crate::rules::authority::{self, Person};
use crate::rules::event::Event;
use crate::rules::id::RestrictionId;
use crate::rules::policy::Part;
use crate::store::proposal::Handover;

/// What somebody may have said on a proposal that keeps them from making it theirs.
const SAID: [Part; 3] = [Part::Consulted, Part::Authorised, Part::Declined];

/// Whether the person at the desk may take this proposal over; the sentence says why not.
pub async fn may_take_over(desk: &mut Desk, whole: &Whole) -> Result<()> {
    let staff = desk.staff()?.clone();
    let id = whole.proposal.id;
    if !whole.is_being_written() {
        return Err(Error::Changed("This proposal cannot be taken over now: it is not being written.".to_owned()));
    }
    if whole.proposal.proposed_by == staff.id {
        return Err(Error::Changed("This proposal is yours already.".to_owned()));
    }
    let case = Case::of(desk, id).await?;
    let person = Person { id: staff.id, roles: staff.roles };
    authority::may_propose(&whole.policy, &person, &case.history).map_err(|refusal| forbidden(&refusal))?;
    match SAID.iter().find(|part| case.history.took(person.id, **part)) {
        Some(part) => Err(Error::Forbidden(format!("You {} in this case, so the proposal cannot be yours as well.", part.title()))),
        None => Ok(()),
    }
}

/// Takes it over, as it was read. Its earlier proposer is told, and stays in the history as having proposed it.
pub async fn take_over(desk: &mut Desk, id: RestrictionId, version: i32, because: &str, link: &str) -> Result<()> {
    let whole = read(desk, id).await?;
    may_take_over(desk, &whole).await?;
    let (me, now) = (desk.staff()?.clone(), desk.now);
    let (from, name) = (whole.proposal.proposed_by, whole.proposal.proposer.clone());
    let handover = Handover { id: desk.new_id(), restriction: id, version, from, to: me.id, because };
    if !store::proposal::hand_over(&mut desk.tx, &handover, now).await? {
        return Err(Error::Changed("Somebody changed this proposal while you were reading.".to_owned()));
    }
    let event = Event::ProposalTakenOver { restriction: id, from: name.clone(), because: because.to_owned() };
    desk.record(whole.customer.id, event).await?;
    let people = store::staff::list(&mut desk.tx).await?;
    if let Some(line) = people.iter().find(|line| line.id == from && !line.has_left) {
        let reference = &whole.customer.reference;
        let words = format!(
            "Dear {name}\n\n{} goes on with your proposal for ⟦customer⟧ {reference}. You have nothing more to do.\n\n{link}\n",
            me.name
        );
        let key = format!("proposal {id} taken over by {} at {}", me.id, now.timestamp());
        desk.write_to(&name, &line.email, &key, "Somebody goes on with your proposal", &words).await?;
    }
    Ok(())
}
