//! What a customer is asked to sign before a restriction ends: asked for at a review, recorded when it is signed, and then it ends.

use chrono::NaiveDate;

use super::desk::Desk;
use super::review::{self, Outcome};
use super::{Error, Result, found, letter, restriction};
use crate::letters::{Letter, Lifting};
use crate::rules::event::Event;
use crate::rules::id::{LetterId, ReviewId, UndertakingId};
use crate::rules::{days, undertaking as rule};
use crate::store;
use crate::store::restriction::Restriction;
use crate::store::undertaking::{NewUndertaking, Undertaking};

/// Asks for one, in the reviewer's words.
pub(super) async fn ask(desk: &mut Desk, restriction: &Restriction, review: ReviewId, words: &str, sign_by: NaiveDate) -> Result<()> {
    let (id, by, now) = (desk.new_id(), desk.staff()?.id, desk.now);
    let new = NewUndertaking { id, restriction: restriction.id, customer: restriction.customer, review, words, sign_by, by };
    Ok(store::undertaking::ask(&mut desk.tx, &new, now).await?)
}

/// Closes the open one because a review decided anew: it was not signed by then. Where the review ends the restriction, the end closes it.
pub(super) async fn decided_anew(desk: &mut Desk, restriction: &Restriction, outcome: &Outcome) -> Result<()> {
    let now = desk.now;
    if matches!(outcome, Outcome::Lift) || !store::undertaking::close(&mut desk.tx, restriction.id, "not-signed", now).await? {
        return Ok(());
    }
    desk.record(restriction.customer, Event::UndertakingNotSigned { restriction: restriction.id }).await
}

/// Records that it was signed: the restriction ends from the same second, with its letter, as the reviewer decided.
///
/// # Errors
/// `Refused` where it cannot have been signed on that day; `Changed` where it no longer waits.
pub async fn signed(desk: &mut Desk, id: UndertakingId, on: NaiveDate) -> Result<LetterId> {
    let undertaking = found(store::undertaking::find(&mut desk.tx, id).await?)?;
    if !undertaking.is_open() {
        return Err(changed(&undertaking));
    }
    let asked = days::day_of(undertaking.asked_at);
    rule::signed(asked, on, desk.today()).map_err(|wrong| Error::refused("signed_on", wrong.to_string()))?;
    let restriction = found(store::restriction::find(&mut desk.tx, undertaking.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    if review::ended(desk, &policy, &restriction).is_some() {
        return Err(Error::refused("", "It has ended already. Hold its review, so that the ⟦customer⟧ hears in writing that it is over."));
    }
    // As at any end, what else waits for an answer is taken first.
    store::appeal::lock_open(&mut desk.tx, restriction.id).await?;
    let (by, now) = (desk.staff()?.id, desk.now);
    if !store::undertaking::sign(&mut desk.tx, id, on, by, now).await? {
        return Err(changed(&found(store::undertaking::find(&mut desk.tx, id).await?)?));
    }
    let event = Event::UndertakingSigned { undertaking: id, restriction: restriction.id, on };
    desk.record(restriction.customer, event).await?;
    let reasons = rule::reasons(asked, on);
    let terms = store::term::list(&mut desk.tx, restriction.id).await?;
    let closed = restriction::lift(desk, restriction.id, restriction.version, &reasons).await?;
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    let lifting = Lifting {
        shared: letter::shared(desk, &customer, policy).await?,
        from: restriction.in_force_at.map_or(desk.today(), days::day_of),
        ended_on: desk.today(),
        reasons,
        terms: terms.into_iter().map(|line| line.term).collect(),
        closed,
    };
    letter::make(desk, customer.id, restriction.id.0, &Letter::Lifting(lifting)).await
}

fn changed(undertaking: &Undertaking) -> Error {
    let by = undertaking.recorded_by.as_deref().unwrap_or("Somebody else");
    Error::Changed(match undertaking.stage.as_str() {
        "signed" => format!("{by} recorded first that it was signed."),
        "not-signed" => "It was looked at again without it: what was decided then holds.".to_owned(),
        _ => "What it was about has ended.".to_owned(),
    })
}
