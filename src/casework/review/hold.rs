//! Holding a review: it goes on for reasons and for so long, it changes, or it ends.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Promise, against_meeting, body, promise};
use crate::casework::case::Case;
use crate::casework::checklist::keep;
use crate::casework::desk::Desk;
use crate::casework::restriction::{self, Variation};
use crate::casework::{Error, Refusal, Result, found, letter, reminder, sitting, undertaking};
use crate::letters::{self, Account, Decided, Letter, Lifting, Reviewed};
use crate::rules;
use crate::rules::appeal::LastDays;
use crate::rules::authority::{Meeting, Person};
use crate::rules::checklist::{self, Answer};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{RestrictionId, ReviewId};
use crate::rules::measure::Chosen;
use crate::rules::policy::{Body, Checklist, Decision, Policy, ReviewOutcome};
use crate::rules::restriction_rest;
use crate::rules::restriction_term::{self, Before, Dates};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::restriction::Restriction;
use crate::store::review::{Holding, Review};
use crate::store::sitting::Subject;

/// What comes of a review.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It goes on as it is.
    Continue {
        /// The last day; none where the policy allows that.
        ends_on: Option<NaiveDate>,
        /// The day of the next review: there is always one.
        review_on: NaiveDate,
    },
    /// It goes on with these terms.
    Vary {
        /// Every term that holds from now on.
        terms: Vec<Chosen>,
        /// The last day; none where the policy allows that.
        ends_on: Option<NaiveDate>,
        /// The day of the next review.
        review_on: NaiveDate,
    },
    /// It ends.
    Lift,
    /// It ends once the customer has signed this; until then it stays, and is looked at again on the day it is to be signed by.
    Undertaking {
        /// What is to be signed.
        words: String,
        /// The last day for it.
        sign_by: NaiveDate,
    },
}

impl Outcome {
    /// As the policy lists it.
    pub const fn key(&self) -> ReviewOutcome {
        match self {
            Self::Continue { .. } => ReviewOutcome::Continue,
            Self::Vary { .. } => ReviewOutcome::Vary,
            Self::Lift => ReviewOutcome::Lift,
            Self::Undertaking { .. } => ReviewOutcome::Undertaking,
        }
    }

    /// The lists gone through before it is decided so.
    pub fn lists<'a>(&self, policy: &'a Policy) -> Vec<&'a Checklist> {
        match self {
            Self::Lift => checklist::at(policy, &[Decision::Review, Decision::Lift]),
            Self::Continue { .. } | Self::Vary { .. } | Self::Undertaking { .. } => checklist::at(policy, &[Decision::Review]),
        }
    }

    const fn next(&self) -> Option<NaiveDate> {
        match self {
            Self::Continue { review_on, .. } | Self::Vary { review_on, .. } => Some(*review_on),
            Self::Undertaking { sign_by, .. } => Some(*sign_by),
            Self::Lift => None,
        }
    }
}

/// A review as it was held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The version of the review that was read.
    pub version: i32,
    /// The version of the restriction that was read.
    pub restriction_version: i32,
    /// What the customer says about it.
    pub view: Account,
    /// Why it was decided so, and for how long; the customer reads it.
    pub reasons: String,
    /// What comes of it.
    pub outcome: Outcome,
    /// What was answered to the policy's lists.
    pub checked: Vec<Answer>,
    /// Where a body holds it: its meeting, as its clerk records it.
    pub meeting: Option<Meeting>,
}

/// Whether a review waits for the person at the desk. Asked before anything is said of a form that is not complete.
///
/// # Errors
/// `Forbidden` with who can, `Changed` where it no longer waits.
pub async fn waits_for_me(desk: &mut Desk, id: ReviewId) -> Result<()> {
    let review = found(store::review::find(&mut desk.tx, id).await?)?;
    if !review.is_due() {
        return Err(changed(&review));
    }
    let restriction = found(store::restriction::find(&mut desk.tx, review.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    may_hold(desk, &policy, &restriction).await.map(|_| ())
}

/// Holds a review. What staff may do changes in the same transaction as the letter that tells the customer; where it goes on,
/// so does the promise to look again.
pub async fn hold(desk: &mut Desk, id: ReviewId, held: &Held) -> Result<()> {
    let review = found(store::review::find(&mut desk.tx, id).await?)?;
    if !review.is_due() || review.version != held.version {
        return Err(changed(&review));
    }
    let restriction = found(store::restriction::find(&mut desk.tx, review.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let case = may_hold(desk, &policy, &restriction).await?;
    possible(desk, &policy, &restriction, &held.outcome)?;
    may_go_on(desk, &policy, &restriction, &held.outcome, &case).await?;
    keep(desk, &held.outcome.lists(&policy), id.0, &held.checked).await?;
    let wrong = against_meeting(desk, &policy, &case, &review, held.meeting.as_ref())?;
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    let met = body(desk, &policy, &case, &review)?.zip(held.meeting.as_ref());
    let since = since(desk, review.restriction).await?;
    write_down(desk, &review, held, &since).await?;
    sitting::keep(desk, Subject::Review(id), Some(restriction.id), met).await?;
    undertaking::decided_anew(desk, &restriction, &held.outcome).await?;
    let outcome = carry_out(desk, &policy, &restriction, &review, held).await?;
    let event = Event::ReviewHeld {
        review: id,
        restriction: restriction.id,
        outcome: held.outcome.key().key().to_owned(),
        reasons: sitting::with_meeting(&case, met, &held.reasons),
        next: held.outcome.next(),
    };
    desk.record(review.customer, event).await?;
    let may = |person: &Person| super::may_hold(&policy, &case, person);
    case.note_in_place_of(desk, review.customer, id.0, may).await?;
    tell(desk, &policy, (&restriction, met), &review, held, since, outcome).await
}

/// The letter: what came of it and why; or, where the last day had gone by, that it ended then.
async fn tell(
    desk: &mut Desk,
    policy: &Arc<Policy>,
    (restriction, met): (&Restriction, Option<(&Body, &Meeting)>),
    review: &Review,
    held: &Held,
    since: String,
    outcome: Reviewed,
) -> Result<()> {
    let customer = found(store::customer::get(&mut desk.tx, review.customer).await?)?;
    let shared = sitting::signed_for(letter::shared(desk, &customer, policy.clone()).await?, met);
    let shared = letter::heard(desk, shared, review.restriction).await?;
    let reasons = held.reasons.clone();
    let letter = match (ended(desk, &shared.policy, restriction), outcome) {
        (Some(ended_on), Reviewed::Ends { terms, closed }) => {
            let from = restriction.in_force_at.map_or(ended_on, days::day_of);
            Letter::Lifting(Lifting { shared, from, ended_on, reasons, terms, closed })
        }
        (_, outcome) => {
            let account = held.view.clone();
            Letter::Review(letters::Review { shared, held_on: desk.today(), since: format!("{since}."), account, reasons, outcome })
        }
    };
    restriction::promise(desk, review.restriction, &letter).await?;
    letter::make(desk, review.customer, review.id.0, &letter).await?;
    Ok(())
}

/// The last day, once it has gone by: the one decided, or the one on which it lapsed.
pub fn ended(desk: &Desk, policy: &Policy, restriction: &Restriction) -> Option<NaiveDate> {
    let today = desk.today();
    let last = restriction_rest::last_day(policy, restriction.ends_on, restriction.review_on, today);
    last.filter(|_| rules::restriction::is_over(last, today))
}

/// What has happened since the decision or the last review, in one sentence without its full stop.
pub async fn since(desk: &mut Desk, restriction: RestrictionId) -> Result<String> {
    let since = found(store::review::since(&mut desk.tx, restriction).await?)?;
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(rules::review::since_words(count(since.incidents), count(since.calm), days::day_of(since.from), desk.today()))
}

/// Refuses whoever may not hold it, and says who can.
async fn may_hold(desk: &mut Desk, policy: &Policy, restriction: &Restriction) -> Result<Case> {
    let case = super::case_of(desk, policy, restriction.id).await?;
    let may = |person: &Person| super::may_hold(policy, &case, person);
    match may(&case.reader(desk)?) {
        Ok(()) => Ok(case),
        Err(refusal) => {
            let who = case.who_can(policy, case.reviewer(policy), may);
            Err(Error::Forbidden(format!("{refusal} Here that is {who}.")))
        }
    }
}

/// What speaks against an outcome, whoever records it: that it is not possible, its terms and its days. Asked where something else is
/// missing yet, so that everything is said at once.
pub async fn against(desk: &mut Desk, id: ReviewId, outcome: &Outcome) -> Result<Vec<Refusal>> {
    let review = found(store::review::find(&mut desk.tx, id).await?)?;
    let restriction = found(store::restriction::find(&mut desk.tx, review.restriction).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    if let Err(Error::Refused(refusals)) = possible(desk, &policy, &restriction, outcome) {
        return Ok(refusals);
    }
    let mut refusals = match outcome {
        Outcome::Vary { terms, .. } => restriction::against(desk, &policy, &restriction, terms).await?,
        _ => Vec::new(),
    };
    let days = match outcome {
        Outcome::Continue { ends_on, review_on } | Outcome::Vary { ends_on, review_on, .. } => Some((*ends_on, *review_on)),
        Outcome::Undertaking { sign_by, .. } => Some((restriction.ends_on, *sign_by)),
        Outcome::Lift => None,
    };
    if let Some((ends_on, review_on)) = days {
        let terms = match outcome {
            Outcome::Vary { terms, .. } => terms.clone(),
            _ => held_terms(desk, &restriction).await?,
        };
        let before = restriction::before(desk, &policy, &restriction, &terms).await?;
        let wrong = wrong_days(desk, &policy, &before, ends_on, review_on);
        let signs = matches!(outcome, Outcome::Undertaking { .. });
        refusals.extend(wrong.into_iter().map(|one| if signs { to_sign(one.sentence) } else { one }));
        let case = super::case_of(desk, &policy, restriction.id).await?;
        refusals.extend(too_long(desk, &policy, &restriction, (&terms, ends_on), &case)?);
    }
    Ok(refusals)
}

/// What keeps whoever sits at the desk from letting it go on until then: that the policy gives so long to others to decide.
fn too_long(
    desk: &Desk,
    policy: &Policy,
    restriction: &Restriction,
    asked: (&[Chosen], Option<NaiveDate>),
    case: &Case,
) -> Result<Option<Refusal>> {
    let reader = case.reader(desk)?;
    Ok(restriction::too_long(policy, restriction, asked, desk.today(), (&reader, &case.history)))
}

async fn held_terms(desk: &mut Desk, restriction: &Restriction) -> Result<Vec<Chosen>> {
    Ok(store::term::list(&mut desk.tx, restriction.id).await?.into_iter().map(|line| line.term).collect())
}

/// What is wrong with the days it would go on for, each at its field.
fn wrong_days(desk: &Desk, policy: &Policy, before: &Before, ends_on: Option<NaiveDate>, review_on: NaiveDate) -> Vec<Refusal> {
    let dates = Dates { from: desk.today(), until: ends_on, review: review_on };
    let at = |wrong: &restriction_term::Wrong| if wrong.is_about_review() { "review_on" } else { "ends_on" };
    let wrong = restriction_term::check(policy, dates, before).err().unwrap_or_default();
    wrong.iter().map(|wrong| Refusal::at(at(wrong), wrong.to_string())).collect()
}

/// Refuses what would go on for longer than whoever holds the review may let it.
async fn may_go_on(desk: &mut Desk, policy: &Policy, restriction: &Restriction, outcome: &Outcome, case: &Case) -> Result<()> {
    let refused = match outcome {
        Outcome::Continue { ends_on, .. } => {
            let terms = held_terms(desk, restriction).await?;
            too_long(desk, policy, restriction, (&terms, *ends_on), case)?
        }
        Outcome::Vary { terms, ends_on, .. } => too_long(desk, policy, restriction, (terms, *ends_on), case)?,
        Outcome::Undertaking { .. } | Outcome::Lift => None,
    };
    refused.map_or(Ok(()), |refusal| Err(Error::Refused(vec![refusal])))
}

/// What has ended stays ended, as the letter promised; and the policy says what may come of a review.
fn possible(desk: &Desk, policy: &Policy, restriction: &Restriction, outcome: &Outcome) -> Result<()> {
    if !policy.reviews.outcomes.contains(&outcome.key()) {
        return Err(Error::refused("outcome", "The policy does not allow this outcome. Choose another."));
    }
    match (ended(desk, policy, restriction), outcome) {
        (Some(last), Outcome::Continue { .. } | Outcome::Vary { .. } | Outcome::Undertaking { .. }) => {
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

/// Keeps the review itself: one of two who hold it at once wins here.
async fn write_down(desk: &mut Desk, review: &Review, held: &Held, since: &str) -> Result<()> {
    let (how, view) = match &held.view {
        Account::Heard(words) => ("heard", words),
        Account::NoAnswer(how) => ("no-answer", how),
        Account::NotAsked(why) => ("not-asked", why),
    };
    let by = desk.staff()?.id;
    let view = Some(view.as_str()).filter(|view| !view.is_empty());
    let holding = Holding { outcome: held.outcome.key().key(), view_how: how, view, since, reasons: &held.reasons, by };
    let now = desk.now;
    if !store::review::hold(&mut desk.tx, review.id, held.version, &holding, now).await? {
        let now = found(store::review::find(&mut desk.tx, review.id).await?)?;
        return Err(changed(&now));
    }
    desk.finish(TaskKind::Review, review.id.0).await?;
    reminder::overtake(desk, review.id.0).await
}

async fn carry_out(desk: &mut Desk, policy: &Policy, restriction: &Restriction, review: &Review, held: &Held) -> Result<Reviewed> {
    let (id, version) = (restriction.id, held.restriction_version);
    let from = restriction.in_force_at.map_or(desk.today(), days::day_of);
    match &held.outcome {
        Outcome::Continue { ends_on, review_on } => {
            go_on(desk, policy, restriction, version, *ends_on, *review_on).await?;
            let terms = standing(desk, id).await?;
            Ok(Reviewed::Stays(decided(desk, policy, terms, from, *ends_on, *review_on)))
        }
        Outcome::Vary { terms, ends_on, review_on } => {
            if *ends_on == restriction.ends_on && restriction::keeps_terms(desk, id, terms).await? {
                return Err(Error::refused("outcome", "No term differs from now. Change one, or choose that it continues"));
            }
            let reasons = held.reasons.clone();
            let change =
                Variation { terms: terms.clone(), ends_on: *ends_on, review_on: Some(*review_on), reasons, at_their_asking: false };
            restriction::vary(desk, id, version, &change).await?;
            Ok(Reviewed::Changes(decided(desk, policy, terms.clone(), from, *ends_on, *review_on)))
        }
        Outcome::Undertaking { words, sign_by } => {
            let ends_on = restriction.ends_on;
            go_on(desk, policy, restriction, version, ends_on, *sign_by).await.map_err(at_the_day_to_sign)?;
            undertaking::ask(desk, restriction, review.id, words, *sign_by).await?;
            let terms = standing(desk, id).await?;
            let decided = decided(desk, policy, terms, from, ends_on, *sign_by);
            Ok(Reviewed::OnUndertaking { decided, words: words.clone(), sign_by: *sign_by })
        }
        Outcome::Lift => {
            let terms = standing(desk, id).await?;
            let closed = restriction::lift(desk, id, version, &held.reasons).await?;
            Ok(Reviewed::Ends { terms, closed })
        }
    }
}

/// The same terms go on, for so long, with the next review promised.
async fn go_on(
    desk: &mut Desk,
    policy: &Policy,
    restriction: &Restriction,
    version: i32,
    ends_on: Option<NaiveDate>,
    review_on: NaiveDate,
) -> Result<()> {
    store::restriction::lock(&mut desk.tx, restriction.id).await?;
    let terms = held_terms(desk, restriction).await?;
    let before = restriction::before(desk, policy, restriction, &terms).await?;
    let wrong = wrong_days(desk, policy, &before, ends_on, review_on);
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    let promised = Promise { restriction: restriction.id, customer: restriction.customer, due_on: review_on, ends_on, sent_back_by: None };
    let next = promise(desk, policy, promised).await?;
    match store::restriction::vary(&mut desk.tx, restriction.id, version, ends_on, (next, review_on)).await? {
        // What a term promises of ours may have had no day left until now.
        true => crate::casework::promise::go_on(desk, restriction.id).await,
        false => Err(restriction::changed(desk, restriction.id).await),
    }
}

/// What speaks against a day of review, said of the day to sign by.
fn to_sign(sentence: String) -> Refusal {
    match sentence.strip_prefix("The review must be ") {
        Some(rest) => Refusal::at("sign_by", format!("The last day to sign it must be {rest}")),
        None => Refusal::at("sign_by", sentence),
    }
}

/// The day to sign by is the day of the next review: what speaks against that is said there.
fn at_the_day_to_sign(error: Error) -> Error {
    match error {
        Error::Refused(all) => Error::Refused(all.into_iter().map(|one| to_sign(one.sentence)).collect()),
        other => other,
    }
}

async fn standing(desk: &mut Desk, id: RestrictionId) -> Result<Vec<Chosen>> {
    Ok(store::term::list(&mut desk.tx, id).await?.into_iter().map(|line| line.term).collect())
}

/// What holds from now on. The appeal is against this decision, so its window begins today.
fn decided(desk: &Desk, policy: &Policy, terms: Vec<Chosen>, from: NaiveDate, until: Option<NaiveDate>, review_on: NaiveDate) -> Decided {
    let today = desk.today();
    let appeal_by = LastDays::counted(policy, today, today);
    Decided { terms, from, until, review_on, appeal_by, early: rules::early_review::promised(policy, today) }
}

/// What a review has become, for whoever wanted to hold it too.
fn changed(review: &Review) -> Error {
    let by = say::sentence(review.held_by.as_deref().unwrap_or("Somebody else"));
    Error::Changed(match (review.stage.as_str(), review.outcome.as_deref()) {
        ("held", Some("continue")) => format!("{by} held it first: it goes on as it is."),
        ("held", Some("vary")) => format!("{by} held it first: it is changed."),
        ("held", Some("lift-on-undertaking")) => format!("{by} held it first: it ends once an undertaking is signed."),
        ("held", _) => format!("{by} held it first: it ends."),
        ("overtaken", _) => "It is no longer needed: what it was to look at has ended.".to_owned(),
        _ => "Somebody else saved a change while you were reading.".to_owned(),
    })
}
