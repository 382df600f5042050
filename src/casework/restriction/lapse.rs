//! A restriction that ends by itself: its review was missed, and its policy says that it then lapses. Staff were told at once by rule;
//! this writes it down, once, and makes the letter that tells the customer.

use super::overtaken::Overtaken;
use crate::casework::desk::Desk;
use crate::casework::{Result, found, letter, promise, review};
use crate::letters::{Letter, Lifting, Signer};
use crate::rules::event::Event;
use crate::rules::id::{LetterId, ReviewId};
use crate::rules::restriction::Stage;
use crate::rules::{days, restriction_rest, say};
use crate::store;

/// Whether the restriction whose review this is has lapsed: that is late, and its policy says so. Held until this act is over.
/// Not where it stands otherwise: the review was held, the restriction ended, or the policy that judges it goes on and escalates.
pub async fn lapses(desk: &mut Desk, id: ReviewId) -> Result<bool> {
    let open = found(store::review::facts(&mut desk.tx, id).await?)?;
    store::restriction::lock(&mut desk.tx, open.restriction).await?;
    let restriction = found(store::restriction::find(&mut desk.tx, open.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let is_open = restriction.stage == Stage::InForce && restriction.next_review == Some(id);
    Ok(is_open && restriction_rest::lapsed_on(&policy, Some(open.due_on), desk.today()).is_some())
}

/// Ends a restriction that has lapsed, with its letter: signed by whoever was to hold the review, and theirs to send.
pub async fn lapse(desk: &mut Desk, id: ReviewId) -> Result<LetterId> {
    let open = found(store::review::facts(&mut desk.tx, id).await?)?;
    let restriction = found(store::restriction::find(&mut desk.tx, open.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let reasons =
        format!("We said that we would look at it again by {}, and we did not. It ends because of that.", say::weekday(open.due_on));
    let case = review::case_of(desk, &policy, restriction.id).await?;
    review::overtake(desk, restriction.id).await?;
    let overtaken = Overtaken::by_the_end_of(desk, restriction.id).await?;
    let (at, version) = (days::end_of(open.due_on), restriction.version);
    if !store::restriction::end(&mut desk.tx, restriction.id, version, Stage::Lifted, None, &reasons, at).await? {
        return Err(super::changed(desk, restriction.id).await);
    }
    promise::end(desk, restriction.id, true).await?;
    let word = policy.words.restriction.one.clone();
    desk.record(restriction.customer, Event::RestrictionLapsed { restriction: restriction.id, word: word.clone(), due: open.due_on })
        .await?;
    overtaken.record(desk, &restriction, &word).await?;

    let reviewer = case.to_tell(|person| review::may_hold(&policy, &case, person), false).into_iter().next();
    let decider = restriction.decided_by.and_then(|by| case.people.iter().find(|line| line.id == by));
    let by = found(reviewer.or(decider))?;
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    let signer = Signer { name: by.name.clone(), job_title: by.job_title.clone() };
    let lifting = Lifting {
        shared: letter::shared_by(desk, &customer, policy, signer).await?,
        from: restriction.in_force_at.map_or(open.due_on, days::day_of),
        ended_on: open.due_on,
        reasons,
        terms: store::term::list(&mut desk.tx, restriction.id).await?.into_iter().map(|line| line.term).collect(),
        closed: overtaken.closed(),
    };
    letter::make_by(desk, by.id, customer.id, restriction.id.0, &Letter::Lifting(lifting)).await
}
