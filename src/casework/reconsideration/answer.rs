//! The answer to a request to look again: it stays, changes or ends, from the same second; or it is not looked at, for want of a ground.

use chrono::NaiveDate;

use super::Request;
use crate::casework::appeal;
use crate::casework::desk::Desk;
use crate::casework::restriction::{self, Variation};
use crate::casework::{Error, Refusal, Result, found, letter, reminder, review, sitting};
use crate::letters::{Appealing, Decided, Letter, Looked, ReconsiderationOutcome};
use crate::rules::appeal::LastDays;
use crate::rules::authority::Meeting;
use crate::rules::event::Event;
use crate::rules::id::ReconsiderationId;
use crate::rules::measure::Chosen;
use crate::rules::policy::Body;
use crate::rules::reconsideration::{self as rule, Answer};
use crate::rules::task::TaskKind;
use crate::rules::{self, days, say};
use crate::store;
use crate::store::reconsideration::Reconsideration;
use crate::store::restriction::Restriction;
use crate::store::sitting::Subject;

/// What a request comes to.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It stays as it is.
    Keep,
    /// It goes on with these terms and days.
    Vary {
        /// Every term that holds from now on.
        terms: Vec<Chosen>,
        /// The last day; none where the policy allows that.
        ends_on: Option<NaiveDate>,
        /// A new review day; none keeps the one promised.
        review_on: Option<NaiveDate>,
    },
    /// It ends.
    Lift,
    /// It is not looked at: it rests on none of the policy's grounds.
    Decline,
}

/// An answer with what was read and why.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The version of the request that was read.
    pub version: i32,
    /// The version of the restriction that was read.
    pub restriction_version: i32,
    /// What it comes to.
    pub decision: Decision,
    /// Why, in words the customer reads.
    pub reasons: String,
    /// Where a body answers: its meeting, as its clerk records it.
    pub meeting: Option<Meeting>,
}

impl Decision {
    /// As it is kept.
    pub const fn key(&self) -> Answer {
        match self {
            Self::Keep => Answer::Keep,
            Self::Vary { .. } => Answer::Vary,
            Self::Lift => Answer::Lift,
            Self::Decline => Answer::Decline,
        }
    }
}

/// Answers a request. What staff may do changes in the same transaction as the letter that tells the customer; the decision that was
/// looked at stays in the history as it was.
pub async fn answer(desk: &mut Desk, id: ReconsiderationId, verdict: &Verdict) -> Result<()> {
    let request = Request::of(desk, id).await?;
    unchanged(&request.asked, verdict.version)?;
    may(desk, &request)?;
    possible(desk, &request, &verdict.decision).await?;
    let wrong = against_meeting(desk, &request, verdict.meeting.as_ref())?;
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    let met = request.body(desk)?.zip(verdict.meeting.as_ref());
    // The appeal first, as whoever decides that does, so that neither waits for the other.
    store::appeal::lock_open(&mut desk.tx, request.asked.restriction).await?;
    close(desk, &request.asked, verdict).await?;
    sitting::keep(desk, Subject::Reconsideration(id), Some(request.asked.restriction), met).await?;
    let looked = carry_out(desk, &request, verdict).await?;
    let event = Event::ReconsiderationAnswered {
        reconsideration: id,
        restriction: request.asked.restriction,
        answer: verdict.decision.key().key().to_owned(),
        reasons: sitting::with_meeting(&request.case, met, &verdict.reasons),
    };
    desk.record(request.asked.customer, event).await?;
    request.case.note_in_place_of(desk, request.asked.customer, id.0, |one| request.may_answer(one)).await?;
    tell(desk, &request, (verdict, met), looked).await
}

/// What speaks against the meeting of a body that answers, each at its field. Asked where something else is missing yet, so that everything
/// is said at once.
pub fn against_meeting(desk: &Desk, request: &Request, meeting: Option<&Meeting>) -> Result<Vec<Refusal>> {
    let (policy, case) = (&*request.policy, &request.case);
    Ok(sitting::wrong(desk, (policy, case), request.body(desk)?, meeting, request.asked.received_on, |body, one| {
        request.may_sit(body, one)
    }))
}

/// Whether a request still waits as it was read.
pub fn unchanged(asked: &Reconsideration, version: i32) -> Result<()> {
    if asked.is_open() && asked.version == version { Ok(()) } else { Err(changed(asked)) }
}

/// Whether the person at the desk may answer a request. Asked before anything is said of a form.
///
/// # Errors
/// `Forbidden` with who can.
pub fn may(desk: &Desk, request: &Request) -> Result<()> {
    request.may_answer(&request.case.reader(desk)?).or_else(|refusal| {
        let who = request.case.who_can(&request.policy, &request.chapter()?.decider, |one| request.may_answer(one));
        Err(Error::Forbidden(format!("{refusal} Here that is {who}.")))
    })
}

/// What has ended stays ended, as the letter promised; and one that names a ground is looked at.
async fn possible(desk: &mut Desk, request: &Request, decision: &Decision) -> Result<()> {
    if !rule::answers(!request.asked.listed.is_empty()).contains(&decision.key()) {
        let sentence = "It rests on one of the policy’s grounds, so it is looked at again. Choose what comes of it.";
        return Err(Error::refused("outcome", sentence));
    }
    let restriction = found(store::restriction::find(&mut desk.tx, request.asked.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    match (review::ended(desk, &policy, &restriction), decision) {
        (Some(last), Decision::Keep | Decision::Vary { .. }) => {
            let word = &policy.words.restriction.one;
            let sentence = format!(
                "The {word} ended on {}, as the ⟦customer⟧ was told. It cannot be revived: a new one needs a new proposal.",
                say::day(last)
            );
            Err(Error::refused("outcome", sentence))
        }
        _ => Ok(()),
    }
}

/// Closes the request itself: one of two who answer at once wins here.
async fn close(desk: &mut Desk, asked: &Reconsideration, verdict: &Verdict) -> Result<()> {
    let (by, now, key) = (desk.staff()?.id, desk.now, verdict.decision.key().key());
    if !store::reconsideration::answer(&mut desk.tx, asked.id, verdict.version, key, by, &verdict.reasons, now).await? {
        let now = found(store::reconsideration::find(&mut desk.tx, asked.id).await?)?;
        return Err(changed(&now));
    }
    desk.finish(TaskKind::Reconsideration, asked.id.0).await?;
    reminder::overtake(desk, asked.id.0).await
}

async fn carry_out(desk: &mut Desk, request: &Request, verdict: &Verdict) -> Result<Looked> {
    let (id, version) = (request.asked.restriction, verdict.restriction_version);
    let before = found(store::restriction::find(&mut desk.tx, id).await?)?;
    match &verdict.decision {
        Decision::Keep | Decision::Decline if before.version != version => Err(restriction::changed(desk, id).await),
        Decision::Keep => Ok(Looked::Stays(decided(desk, &before).await?, appealing(desk, &before).await?)),
        Decision::Decline => Ok(Looked::NotAgain(decided(desk, &before).await?, appealing(desk, &before).await?)),
        Decision::Vary { terms, ends_on, review_on } => {
            let reasons = verdict.reasons.clone();
            let change = Variation { terms: terms.clone(), ends_on: *ends_on, review_on: *review_on, reasons, at_their_asking: true };
            restriction::vary(desk, id, version, &change).await?;
            let after = found(store::restriction::find(&mut desk.tx, id).await?)?;
            let (policy, today) = (desk.policy_of(after.policy).await?, desk.today());
            // A new decision: its window begins today.
            let appeal_by = LastDays::counted(&policy, today, today);
            Ok(Looked::Changes(Decided { appeal_by, ..decided(desk, &after).await? }))
        }
        Decision::Lift => {
            let terms = store::term::list(&mut desk.tx, id).await?.into_iter().map(|line| line.term).collect();
            let policy = desk.policy_of(before.policy).await?;
            let on = review::ended(desk, &policy, &before).unwrap_or_else(|| desk.today());
            let closed = restriction::lift(desk, id, version, &verdict.reasons).await?;
            Ok(Looked::Ends { terms, on, closed })
        }
    }
}

/// What holds now, for a letter.
async fn decided(desk: &mut Desk, restriction: &Restriction) -> Result<Decided> {
    let beside = store::restriction::surroundings(&mut desk.tx, restriction.id).await?;
    let terms = store::term::list(&mut desk.tx, restriction.id).await?.into_iter().map(|line| line.term).collect();
    let today = desk.today();
    let policy = desk.policy_of(restriction.policy).await?;
    let early = review::promised_early(desk, &policy, restriction.id).await?;
    Ok(Decided {
        terms,
        from: restriction.in_force_at.map_or(today, days::day_of),
        until: restriction.ends_on,
        review_on: beside.review_due.or(restriction.review_on).unwrap_or(today),
        appeal_by: LastDays::default(),
        early,
    })
}

/// How an appeal against the decision that stays stands today.
async fn appealing(desk: &mut Desk, restriction: &Restriction) -> Result<Appealing> {
    let against = found(store::appeal::against(&mut desk.tx, restriction.id).await?)?;
    let round = appeal::round(&against, false);
    if against.open.is_some() && !rules::appeal::takes_in(round, against.open_round) {
        return Ok(Appealing::Waiting);
    }
    let policy = desk.policy_of(appeal::policy(&against, round)).await?;
    if appeal::is_spent(&policy, &against, round) {
        return Ok(Appealing::Answered);
    }
    let today = desk.today();
    let whole = appeal::last_day(&policy, &against, round, today);
    Ok(match whole.filter(|day| *day < today) {
        Some(over) => Appealing::Over(over),
        None => Appealing::Until(LastDays { whole, length: appeal::length_last_day(&policy, &against, today) }),
    })
}

async fn tell(desk: &mut Desk, request: &Request, (verdict, met): (&Verdict, Option<(&Body, &Meeting)>), looked: Looked) -> Result<()> {
    let asked = &request.asked;
    let customer = found(store::customer::get(&mut desk.tx, asked.customer).await?)?;
    let shared = letter::shared(desk, &customer, request.policy.clone()).await?;
    let letter = Letter::ReconsiderationOutcome(ReconsiderationOutcome {
        shared: sitting::signed_for(letter::heard(desk, shared, asked.restriction).await?, met),
        received_on: asked.received_on,
        words: asked.words.clone(),
        reasons: verdict.reasons.clone(),
        answer: looked,
    });
    restriction::promise(desk, asked.restriction, &letter).await?;
    letter::make(desk, customer.id, asked.id.0, &letter).await?;
    Ok(())
}

/// What a request has become, for whoever wanted to answer it too.
fn changed(asked: &Reconsideration) -> Error {
    let by = say::sentence(asked.decided_by.as_deref().unwrap_or("Somebody else"));
    Error::Changed(match (asked.stage.as_str(), asked.answer.as_deref().and_then(Answer::from_key)) {
        ("answered", Some(Answer::Keep)) => format!("{by} answered it first: it stays as it is."),
        ("answered", Some(Answer::Vary)) => format!("{by} answered it first: it changes."),
        ("answered", Some(Answer::Lift)) => format!("{by} answered it first: it ends."),
        ("answered", _) => format!("{by} answered it first: it is not looked at again."),
        ("overtaken", _) => "It is no longer needed: what it was about has ended.".to_owned(),
        _ => "Somebody else saved a change while you were reading.".to_owned(),
    })
}
