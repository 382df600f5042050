//! A request to look again at a restriction, outside an appeal: taken by whoever hears of it, answered by whoever the policy names.

mod answer;

pub use answer::{Decision, Verdict, against_meeting, answer, may, unchanged};

use std::sync::Arc;

use chrono::NaiveDate;

use super::appeal::Via;
use super::case::{Case, Wanted};
use super::desk::Desk;
use super::reminder::{self, words};
use super::{Error, Refusal, Result, found, letter};
use crate::letters::{Letter, ReconsiderationReceived};
use crate::rules::authority::{self, Person};
use crate::rules::event::Event;
use crate::rules::id::{ReconsiderationId, RestrictionId};
use crate::rules::policy::{self, Body, Policy};
use crate::rules::restriction::Stage;
use crate::rules::task::TaskKind;
use crate::rules::{days, reconsideration as rule, say};
use crate::store;
use crate::store::reconsideration::{NewReconsideration, Overtaken, Reconsideration};
use crate::store::restriction::Restriction;

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its id, made when the form was opened: a second press finds it there.
    pub id: ReconsiderationId,
    /// What it is about.
    pub restriction: RestrictionId,
    /// The day it came.
    pub on: NaiveDate,
    /// By which way.
    pub via: Via,
    /// Which of the policy's grounds it rests on, in the policy's words; none where none fits.
    pub listed: Vec<String>,
    /// What the customer says, in their words.
    pub words: String,
}

/// A request that waits or was answered, with everything that says who may answer it.
#[derive(Debug)]
pub struct Request {
    /// The request.
    pub asked: Reconsideration,
    /// The policy it came under.
    pub policy: Arc<Policy>,
    /// The people of its case.
    pub case: Case,
}

impl Request {
    /// The request as it stands now.
    pub async fn of(desk: &mut Desk, id: ReconsiderationId) -> Result<Self> {
        let asked = found(store::reconsideration::find(&mut desk.tx, id).await?)?;
        let policy = desk.policy_of(asked.policy).await?;
        let case = Case::of(desk, asked.restriction).await?;
        let case = match &policy.challenge.reconsideration {
            Some(again) => case.deciding(desk, &policy, |person, history| rule::may_answer(&policy, again, person, history)).await?,
            None => case,
        };
        Ok(Self { asked, policy, case })
    }

    /// The chapter of the policy that it came under.
    pub fn chapter(&self) -> Result<&policy::Reconsideration> {
        found(self.policy.challenge.reconsideration.as_ref())
    }

    /// The body that answers it, where the person at the desk records that as its clerk.
    pub fn body(&self, desk: &Desk) -> Result<Option<&Body>> {
        let reader = self.case.reader(desk)?;
        let again = self.policy.challenge.reconsideration.as_ref().filter(|_| self.asked.is_open());
        Ok(again.and_then(|again| authority::acts_for(&self.policy, &again.decider, &reader, &self.case.history)))
    }

    /// Whether this person may sit where a body answers it.
    pub fn may_sit(&self, body: &Body, person: &Person) -> std::result::Result<(), authority::Refusal> {
        match &self.policy.challenge.reconsideration {
            Some(again) => rule::may_sit(&self.policy, again, body, person, &self.case.history),
            None => Err(authority::Refusal::Complete),
        }
    }

    /// Whether this person may answer it, or record that a body did.
    pub fn may_answer(&self, person: &Person) -> std::result::Result<(), authority::Refusal> {
        match &self.policy.challenge.reconsideration {
            Some(again) => rule::may_answer(&self.policy, again, person, &self.case.history),
            None => Err(authority::Refusal::Complete),
        }
    }
}

/// Why no request can come about this restriction now, as a sentence; nothing where one can.
pub async fn refused(desk: &mut Desk, policy: &Policy, restriction: &Restriction) -> Result<Option<String>> {
    let word = &policy.words.restriction.one;
    if policy.challenge.reconsideration.is_none() {
        return Ok(Some(
            "The policy has no way to ask us to look again. What the ⟦customer⟧ says can be logged as a contact, ⟦a complaint⟧ or an appeal."
                .to_owned(),
        ));
    }
    if restriction.stage != Stage::InForce || super::review::ended(desk, policy, restriction).is_some() {
        return Ok(Some(format!(
            "This {word} is not in force, so there is nothing to look at again. What the ⟦customer⟧ says can be logged as a contact or ⟦a complaint⟧."
        )));
    }
    let open = store::reconsideration::open(&mut desk.tx, restriction.id).await?;
    Ok(open.map(|_| {
        format!("The ⟦customer⟧ has asked us to look at this {word} again already, and waits for the answer. Log what is new as a contact, so that it reaches whoever answers.")
    }))
}

/// Logs a request: tells whoever may answer it, promises the customer an answer, and sets the reminders. False when it was logged before.
pub async fn receive(desk: &mut Desk, received: &Received) -> Result<bool> {
    let by = desk.staff()?.id;
    // Held until this is over: of two who log the same request at once, the second is told.
    store::restriction::lock(&mut desk.tx, received.restriction).await?;
    if store::reconsideration::find(&mut desk.tx, received.id).await?.is_some() {
        return Ok(false);
    }
    let restriction = found(store::restriction::find(&mut desk.tx, received.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    may_come(desk, &policy, &restriction, received).await?;
    let again = found(policy.challenge.reconsideration.as_ref())?;
    let due_on = rule::due(&policy, again, received.on).due;
    let new = NewReconsideration {
        id: received.id,
        restriction: restriction.id,
        received_on: received.on,
        received_via: received.via.key(),
        logged_by: by,
        listed: &received.listed,
        words: &received.words,
        due_on,
    };
    let now = desk.now;
    if !store::reconsideration::add(&mut desk.tx, &new, now).await? {
        return Ok(false);
    }
    let event = Event::ReconsiderationReceived {
        reconsideration: received.id,
        restriction: restriction.id,
        via: Via::words(received.via.key()),
        grounds: received.listed.clone(),
    };
    desk.record(restriction.customer, event).await?;
    let request = Request::of(desk, received.id).await?;
    ask_and_tell(desk, &request).await?;
    reminder::of_answer(desk, reminder::Answer::Reconsideration, received.id.0, due_on).await?;
    acknowledge(desk, &request).await?;
    Ok(true)
}

async fn may_come(desk: &mut Desk, policy: &Policy, restriction: &Restriction, received: &Received) -> Result<()> {
    let mut refusals: Vec<Refusal> =
        refused(desk, policy, restriction).await?.into_iter().map(|sentence| Refusal::at("", sentence)).collect();
    if received.on > desk.today() {
        refusals.push(Refusal::at("received_on", "Enter a day that is not in the future"));
    }
    if let Some(from) = restriction.in_force_at.map(days::day_of).filter(|from| received.on < *from) {
        refusals.push(Refusal::at("received_on", format!("Enter a day on or after {}, the day it began", say::day(from))));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// Asks whoever may answer it, and writes to each of them.
async fn ask_and_tell(desk: &mut Desk, request: &Request) -> Result<()> {
    let (asked, case) = (&request.asked, &request.case);
    let may = |one: &Person| request.may_answer(one);
    let wanted = Wanted { kind: TaskKind::Reconsideration, customer: asked.customer, subject: asked.id.0, due_on: asked.due_on };
    case.ask(desk, &wanted, &request.chapter()?.decider, None, may).await?;
    let words = words::asked_again(&request.policy, asked.id, &asked.reference, asked.due_on);
    let reader = desk.staff()?.id;
    for person in case.to_tell(may, false).into_iter().filter(|person| person.id != reader) {
        let body = words.body(&person.name, &desk.landlord.name);
        desk.write_to(&person.name, &person.email, &format!("{} came {}", asked.id, person.id), &words.subject, &body).await?;
    }
    Ok(())
}

/// The letter that says we have it, who answers, and by when.
async fn acknowledge(desk: &mut Desk, request: &Request) -> Result<()> {
    let asked = &request.asked;
    let customer = found(store::customer::get(&mut desk.tx, asked.customer).await?)?;
    let letter = Letter::ReconsiderationReceived(ReconsiderationReceived {
        shared: letter::shared(desk, &customer, request.policy.clone()).await?,
        received_on: asked.received_on,
        words: asked.words.clone(),
        answer_by: asked.due_on,
    });
    letter::make(desk, customer.id, asked.id.0, &letter).await?;
    Ok(())
}

/// Closes the open request about a restriction that ends first: nobody is to answer it any more, and nobody is reminded.
pub(super) async fn overtake(desk: &mut Desk, restriction: RestrictionId) -> Result<Option<Overtaken>> {
    let (by, now) = (desk.staff().ok().map(|staff| staff.id), desk.now);
    let overtaken = store::reconsideration::overtake(&mut desk.tx, restriction, by, now).await?;
    if let Some(request) = &overtaken {
        desk.finish(TaskKind::Reconsideration, request.id.0).await?;
        reminder::overtake(desk, request.id.0).await?;
    }
    Ok(overtaken)
}
