//! What follows from a decision: the restriction in force with its review, reminders and letter; and the proposer told.

use super::{Links, Papers, Said, finish_asking, meeting, with_changes};
use crate::casework::desk::Desk;
use crate::casework::review::{self, Promise};
use crate::casework::{Error, Result, letter, notice, promise, restriction};
use crate::rules::event::Event;
use crate::rules::id::LetterId;
use crate::rules::policy::Work;
use crate::rules::task::TaskKind;
use crate::rules::{clock, say};
use crate::store;
use crate::store::restriction::TakingEffect;
use crate::store::task::NewTask;

/// What the proposer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is in force.
    InForce,
    /// It came back.
    SentBack,
    /// It was declined.
    Declined,
}

/// Puts a proposal in force from this second: the review promised, the letter made, everybody told.
pub async fn take(desk: &mut Desk, papers: &Papers, place: usize, said: &Said, changed: &str, links: &Links) -> Result<LetterId> {
    let (whole, draft) = (&papers.whole, papers.whole.draft());
    let (id, customer) = (whole.proposal.id, whole.customer.id);
    let due_on = draft.review_on.ok_or_else(|| Error::refused("review_on", "Enter the review day"))?;
    let (by, now) = (desk.staff()?.id, desk.now);
    let promised = Promise { restriction: id, customer, due_on, ends_on: draft.ends_on, sent_back_by: None };
    let review = review::promise(desk, &whole.policy, promised).await?;
    let body = papers.body(place).map(|body| body.title.clone());
    let what = TakingEffect { by, decided_as: body.as_deref(), reasons: &said.reasons, review, review_on: due_on, ends_on: draft.ends_on };
    if !store::restriction::take_effect(&mut desk.tx, id, whole.proposal.version, &what, now).await? {
        return Err(Error::Changed(papers.who_was_first(desk)));
    }
    store::term::begin(&mut desk.tx, id, now).await?;
    finish_asking(desk, id).await?;
    promise::go_on(desk, id).await?;
    let event = Event::RestrictionApproved {
        restriction: id,
        word: whole.policy.words.restriction.one.clone(),
        until: draft.ends_on,
        reasons: meeting::with_meeting(papers, place, said, &with_changes(changed, &said.reasons)),
    };
    desk.record(customer, event).await?;
    let met = papers.body(place).zip(said.meeting.as_ref());
    let notice = notice::decided_by(desk, whole, &said.reasons, met).await?;
    restriction::promise(desk, id, &notice).await?;
    let letter = letter::make(desk, customer, id.0, &notice).await?;
    tell_proposer(desk, papers, Told::InForce, &links.read).await?;
    Ok(letter)
}

/// Gives the proposal back to whoever made it, as a task.
pub async fn ask_proposer(desk: &mut Desk, papers: &Papers) -> Result<()> {
    let proposal = &papers.whole.proposal;
    desk.ask(NewTask {
        kind: TaskKind::SentBack,
        customer: papers.whole.customer.id,
        subject: proposal.id.0,
        staff: Some(proposal.proposed_by),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on: clock::done_by(&papers.whole.policy, Work::Questions, desk.today()),
        note: None,
        whom: None,
    })
    .await?;
    Ok(())
}

/// Writes to whoever proposed it. Nothing of the case goes into an email but the customer's reference.
pub async fn tell_proposer(desk: &mut Desk, papers: &Papers, what: Told, link: &str) -> Result<()> {
    let proposal = &papers.whole.proposal;
    let Some(to) = papers.case.people.iter().find(|line| line.id == proposal.proposed_by && !line.has_left) else { return Ok(()) };
    let (by, word, reference) = (&desk.staff()?.name, &papers.whole.policy.words.restriction.one, &papers.whole.customer.reference);
    let (subject, sentence) = match what {
        Told::InForce => (
            format!("{} you proposed is in force", say::sentence(&format!("the {word}"))),
            format!(
                "{by} approved the {word} you proposed for ⟦customer⟧ {reference}. Staff see it from this minute, and the letter is ready."
            ),
        ),
        Told::SentBack => (
            "Your proposal came back with questions".to_owned(),
            format!(
                "{by} has questions about the {word} you proposed for ⟦customer⟧ {reference}. Answer them in the proposal and send it again."
            ),
        ),
        Told::Declined => (
            "Your proposal was declined".to_owned(),
            format!(
                "{by} declined the {word} you proposed for ⟦customer⟧ {reference}. Contact stays as it was; the reasons are on the record."
            ),
        ),
    };
    let words = format!("Dear {}\n\n{sentence}\n\n{link}\n", to.name);
    let key = format!("proposal {} round {} {what:?} to {}", proposal.id, proposal.round, to.id);
    desk.write_to(&to.name, &to.email, &key, &subject, &words).await
}
