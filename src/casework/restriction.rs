//! What becomes of a restriction in force: its terms change, it is lifted, or it is quashed. The letter is made by whoever asks.

mod lapse;
mod overtaken;

pub use lapse::{lapse, lapses};

use std::collections::BTreeSet;

use chrono::NaiveDate;

use self::overtaken::Overtaken;
use super::case::Case;
use super::checklist::keep;
use super::desk::Desk;
use super::review::Promise;
use super::{Error, Refusal, Result, found, letter, review};
use crate::letters::{Closed, Letter, Lifting};
use crate::rules;
use crate::rules::authority::{self, Asked, History, Person, Stages};
use crate::rules::checklist::{self, Answer};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{AppealId, LetterId, RestrictionId, TermId};
use crate::rules::measure::bundle::{self, Severity};
use crate::rules::measure::{Channel, Chosen, asks_more};
use crate::rules::policy::{Decision, Policy};
use crate::rules::proposal::left_out_steps;
use crate::rules::restriction::Stage;
use crate::rules::restriction_term::{self, Before, Dates, Running, Runs};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::restriction::Restriction;
use crate::store::term::TermLine;

/// What a restriction is changed to: all its terms from now on, and its days.
#[derive(Clone, Debug)]
pub struct Variation {
    /// Every term that holds from now on, changed or not.
    pub terms: Vec<Chosen>,
    /// The last day; none where the policy allows that.
    pub ends_on: Option<NaiveDate>,
    /// A new review day; none keeps the one that is promised.
    pub review_on: Option<NaiveDate>,
    /// Why.
    pub reasons: String,
    /// Whether the customer asked for it: then it cannot become longer. A review may renew it, as far as the policy lets it.
    pub at_their_asking: bool,
}

/// Changes the terms or the days of a restriction in force, from this second. Terms that stay, stay as they are.
pub async fn vary(desk: &mut Desk, id: RestrictionId, version: i32, change: &Variation) -> Result<()> {
    let restriction = in_force(desk, id, version).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    let keeps_days = change.ends_on == restriction.ends_on && change.review_on.is_none_or(|day| Some(day) == restriction.review_on);
    if keeps_days && keeps_terms(desk, id, &change.terms).await? {
        let word = &policy.words.restriction.one;
        let says = format!("Nothing differs from now. Change a term or a day, or choose that the {word} stays as it is");
        return Err(Error::refused("outcome", says));
    }
    let review = next_review(desk, &policy, &restriction, change).await?;
    may_stand(desk, &policy, &restriction, change, review.1).await?;
    let held = store::term::list(&mut desk.tx, id).await?;
    replace_terms(desk, id, &change.terms).await?;
    let promised = match (review.0, restriction.next_review) {
        (false, Some(open)) => {
            let before = rules::review::reviewer(&policy, held.iter().map(|line| line.term.measure()));
            if before != rules::review::reviewer(&policy, change.terms.iter().map(Chosen::measure)) {
                let (customer, due_on, ends_on) = (restriction.customer, review.1, change.ends_on);
                review::ask_anew(desk, &policy, open, Promise { restriction: id, customer, due_on, ends_on, sent_back_by: None }).await?;
            }
            open
        }
        _ => promise_review(desk, &policy, &restriction, review.1, change.ends_on).await?,
    };
    if !store::restriction::vary(&mut desk.tx, id, version, change.ends_on, (promised, review.1)).await? {
        return Err(changed(desk, id).await);
    }
    super::promise::end(desk, id, false).await?;
    super::promise::go_on(desk, id).await?;
    let word = policy.words.restriction.one.clone();
    desk.record(restriction.customer, Event::RestrictionVaried { restriction: id, word, reasons: change.reasons.clone() }).await
}

/// Whether these are the very terms that hold now, in any order: a customer is never told of a change that changes nothing.
pub async fn keeps_terms(desk: &mut Desk, id: RestrictionId, terms: &[Chosen]) -> Result<bool> {
    let held = store::term::list(&mut desk.tx, id).await?;
    Ok(held.len() == terms.len() && held.iter().all(|line| terms.contains(&line.term)))
}

/// Sends the decision on a restriction back, to be made again by a day at a review of its own. Its terms and its last day stand meanwhile.
pub async fn send_back(desk: &mut Desk, id: RestrictionId, version: i32, appeal: AppealId, due_on: NaiveDate) -> Result<()> {
    let restriction = in_force(desk, id, version).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    review::overtake(desk, id).await?;
    let ends_on = restriction.ends_on;
    let promise = Promise { restriction: id, customer: restriction.customer, due_on, ends_on, sent_back_by: Some(appeal) };
    let promised = review::promise(desk, &policy, promise).await?;
    match store::restriction::vary(&mut desk.tx, id, version, ends_on, (promised, due_on)).await? {
        true => Ok(()),
        false => Err(changed(desk, id).await),
    }
}

/// Lifts a restriction: contact is as it was before. Its blocks are to be removed with it. What is closed with it, where something was open.
pub async fn lift(desk: &mut Desk, id: RestrictionId, version: i32, reasons: &str) -> Result<Closed> {
    end(desk, id, version, Stage::Lifted, reasons).await
}

/// Quashes a restriction on appeal: it should not have been.
pub async fn quash(desk: &mut Desk, id: RestrictionId, version: i32, reasons: &str) -> Result<Closed> {
    end(desk, id, version, Stage::Quashed, reasons).await
}

/// Ends a restriction before its last day, with its letter. Who may is whoever may hold its review or could have authorised it.
///
/// # Errors
/// `Forbidden` with who can, `Changed` when it stands otherwise by now.
pub async fn end_early(desk: &mut Desk, id: RestrictionId, version: i32, reasons: &str, checked: &[Answer]) -> Result<LetterId> {
    let restriction = in_force(desk, id, version).await?;
    may_end_alone(desk, &restriction).await?.map_err(Error::Forbidden)?;
    note_in_place_of(desk, &restriction).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    keep(desk, &checklist::at(&policy, &[Decision::Lift]), id.0, checked).await?;
    let closed = lift(desk, id, version, reasons).await?;
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    let terms = store::term::list(&mut desk.tx, id).await?;
    let shared = letter::shared(desk, &customer, policy).await?;
    let lifting = Lifting {
        shared,
        from: restriction.in_force_at.map_or(desk.today(), days::day_of),
        ended_on: desk.today(),
        reasons: reasons.to_owned(),
        terms: terms.into_iter().map(|line| line.term).collect(),
        closed,
    };
    letter::make(desk, customer.id, id.0, &Letter::Lifting(lifting)).await
}

/// Keeps what a letter promises about an appeal, where it promises anything: a later policy may give more, never less.
pub async fn promise(desk: &mut Desk, id: RestrictionId, letter: &Letter) -> Result<()> {
    let today = desk.today();
    match letter.promises_appeal() {
        Some(by) => Ok(store::restriction::promise_appeal(&mut desk.tx, id, today, by).await?),
        None => Ok(()),
    }
}

/// The stages a restriction went through, or would go through, to be decided.
pub fn stages(policy: &Policy, restriction: &Restriction, terms: &[TermLine]) -> Stages {
    let from = days::day_of(restriction.sent_at.unwrap_or(restriction.opened_at));
    Stages::of(policy, &asked(restriction, from, terms.iter().map(|line| &line.term)))
}

/// What a restriction asks for with these terms, from a day until its last, as far as authority depends on it.
fn asked<'a>(restriction: &Restriction, from: NaiveDate, terms: impl Iterator<Item = &'a Chosen> + Clone) -> Asked {
    Asked {
        measures: terms.clone().map(|term| term.measure().to_owned()).collect(),
        reach: terms.clone().find_map(|term| term.scope()).map(|(reach, _)| reach),
        from,
        until: restriction.ends_on,
        skipped: left_out_steps(restriction.skipped_step.as_deref()),
        behaviours: restriction.behaviours.iter().cloned().collect(),
    }
}

/// What keeps somebody who looks at a restriction again from letting it go on with these terms until a day, or without end.
pub(super) fn too_long(
    policy: &Policy,
    restriction: &Restriction,
    (terms, until): (&[Chosen], Option<NaiveDate>),
    today: NaiveDate,
    (person, history): (&Person, &History),
) -> Option<Refusal> {
    let held = asked(restriction, restriction.in_force_at.map_or(today, days::day_of), terms.iter());
    let longer = authority::may_run_until(policy, &held, until, today, person, history).err()?;
    Some(Refusal::at("ends_on", longer.to_string()))
}

/// Whether the person at the desk may end this restriction early, by their own post or in the place of whoever handed theirs over; the
/// sentence says who can.
pub async fn may_end(desk: &mut Desk, restriction: &Restriction) -> Result<std::result::Result<(), String>> {
    let policy = desk.policy_of(restriction.policy).await?;
    let (case, steps) = ending(desk, &policy, restriction).await?;
    let may = |one: &_| rules::restriction::may_end(&policy, case.reviewer(&policy), &steps, one, &case.history);
    Ok(may(&case.reader(desk)?).map_err(|refusal| {
        let names: Vec<&str> = case.who_may(may).into_iter().map(|line| line.name.as_str()).collect();
        match names.len() {
            0 => refusal.to_string(),
            1..=4 => format!("{refusal} Here that is {}.", say::either(&names)),
            _ => refusal.to_string(),
        }
    }))
}

/// The same for ending it by their own decision: what a meeting decides its clerk records at the review, with the meeting.
pub async fn may_end_alone(desk: &mut Desk, restriction: &Restriction) -> Result<std::result::Result<(), String>> {
    if let Err(who_can) = may_end(desk, restriction).await? {
        return Ok(Err(who_can));
    }
    let policy = desk.policy_of(restriction.policy).await?;
    let (case, steps) = ending(desk, &policy, restriction).await?;
    let alone = rules::restriction::may_end_alone(&policy, case.reviewer(&policy), &steps, &case.reader(desk)?, &case.history);
    Ok(alone.then_some(()).ok_or_else(|| {
        "This is decided together, in a meeting, and you record that. Record it at the review, which can be held before its day.".to_owned()
    }))
}

/// Writes down in whose place the person at the desk ends or moves it, where they may only because it was handed to them.
pub async fn note_in_place_of(desk: &mut Desk, restriction: &Restriction) -> Result<()> {
    let policy = desk.policy_of(restriction.policy).await?;
    let (case, steps) = ending(desk, &policy, restriction).await?;
    let may = |one: &_| rules::restriction::may_end(&policy, case.reviewer(&policy), &steps, one, &case.history);
    case.note_in_place_of(desk, restriction.customer, restriction.id.0, may).await
}

/// The case of a restriction for ending it early, with the posts that are lent today by whoever could; and the stages that decided it.
async fn ending(desk: &mut Desk, policy: &Policy, restriction: &Restriction) -> Result<(Case, Vec<rules::policy::Stage>)> {
    let terms = store::term::list(&mut desk.tx, restriction.id).await?;
    let steps = stages(policy, restriction, &terms).stages;
    let case = Case::of(desk, restriction.id).await?.reviewed_by(policy, &terms);
    let who = case.reviewer(policy).clone();
    let case = case.deciding(desk, policy, |one, history| rules::restriction::may_end(policy, &who, &steps, one, history)).await?;
    Ok((case, steps))
}

/// What a restriction in force has become meanwhile, for whoever wanted to change it too.
pub async fn changed(desk: &mut Desk, id: RestrictionId) -> Error {
    let last = store::restriction::history(&mut desk.tx, id).await.ok().and_then(|history| {
        let said = |one: &store::restriction::Happened| {
            !matches!(
                one.event,
                Event::LetterMade { .. }
                    | Event::LetterSent { .. }
                    | Event::CopyMade { .. }
                    | Event::CopyNotMade { .. }
                    | Event::CopySent { .. }
                    | Event::Reminded { .. }
            )
        };
        history.into_iter().find(said)
    });
    let today = desk.today();
    Error::Changed(last.map_or_else(
        || "Somebody else saved a change while you were reading.".to_owned(),
        |last| {
            let by = last.by.as_deref().unwrap_or("The clock");
            format!("{by} was here first, {}: {}.", say::minute_this_year(last.at, today), last.event.line().title)
        },
    ))
}

/// The restriction, held until this act is over, if it stands as it was read.
async fn in_force(desk: &mut Desk, id: RestrictionId, version: i32) -> Result<Restriction> {
    store::restriction::lock(&mut desk.tx, id).await?;
    let restriction = found(store::restriction::find(&mut desk.tx, id).await?)?;
    if restriction.stage != Stage::InForce || restriction.version != version {
        return Err(changed(desk, id).await);
    }
    Ok(restriction)
}

/// Whether a new review is promised, and the day of the next.
async fn next_review(desk: &mut Desk, policy: &Policy, restriction: &Restriction, change: &Variation) -> Result<(bool, NaiveDate)> {
    let open = store::restriction::surroundings(&mut desk.tx, restriction.id).await?.review_due;
    let usual = rules::review::after(policy, desk.today(), runs(policy, restriction, &change.terms).review, change.ends_on);
    Ok(match (change.review_on, open) {
        (Some(day), Some(open)) => (day != open, day),
        (Some(day), None) => (true, day),
        (None, Some(open)) => (false, open),
        (None, None) => (true, usual),
    })
}

async fn may_stand(desk: &mut Desk, policy: &Policy, restriction: &Restriction, change: &Variation, review: NaiveDate) -> Result<()> {
    let mut refusals = against(desk, policy, restriction, &change.terms).await?;
    refusals.extend(is_longer(policy, restriction, change));
    if change.review_on.is_some() || change.ends_on != restriction.ends_on {
        let before = before(desk, policy, restriction, &change.terms).await?;
        let dates = Dates { from: desk.today(), until: change.ends_on, review };
        for wrong in restriction_term::check(policy, dates, &before).err().unwrap_or_default() {
            refusals.push(Refusal::at(if wrong.is_about_review() { "review_on" } else { "ends_on" }, wrong.to_string()));
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// What a decision about the days of a restriction in force is held against: all time that counts with it, how often it was renewed, and how
/// long these terms may run.
pub async fn before(desk: &mut Desk, policy: &Policy, restriction: &Restriction, terms: &[Chosen]) -> Result<Before> {
    let started = restriction.in_force_at.map_or(desk.today(), days::day_of);
    let today = desk.today();
    let others = store::restriction::others(&mut desk.tx, restriction.customer, restriction.id, today).await?;
    let running = Running { until: restriction.ends_on, renewals: u16::try_from(restriction.renewals).unwrap_or_default() };
    Ok(Before::running(policy, started, &others, running, runs(policy, restriction, terms)))
}

fn runs(policy: &Policy, restriction: &Restriction, terms: &[Chosen]) -> Runs {
    Runs::of(policy, terms.iter().map(Chosen::measure), &restriction.behaviours)
}

/// What speaks against these terms for good. A change leaves no customer without a way to us who had one: that is decided as a proposal.
pub(super) async fn against(desk: &mut Desk, policy: &Policy, restriction: &Restriction, terms: &[Chosen]) -> Result<Vec<Refusal>> {
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    let held: Vec<Chosen> = store::term::list(&mut desk.tx, restriction.id).await?.into_iter().map(|line| line.term).collect();
    let bounds = policy.bounds().owing(policy.duties_to(&customer.subject)).holding(&held);
    let had: BTreeSet<Channel> = policy.people.channels.iter().copied().collect();
    let more: Vec<String> = asks_more(&held, terms, &had).into_iter().map(|term| format!("“{}”", term.title())).collect();
    if !more.is_empty() {
        return Ok(vec![Refusal::at("terms", asks_for_more(policy, &more))]);
    }
    let stays = |one: &bundle::Refusal| match one.severity {
        Severity::Never => true,
        Severity::Senior => !bundle::leaves_nothing(&held, &bounds.ways),
        Severity::Reason | Severity::Warning => false,
    };
    let refused = bundle::check(terms, &bounds, &[]);
    Ok(refused.into_iter().filter(stays).map(|one| Refusal::at("terms", one.sentence)).collect())
}

/// To ask for more is a new decision: nobody who looks at one again takes it alone.
fn asks_for_more(policy: &Policy, more: &[String]) -> String {
    let word = &policy.words.restriction;
    format!(
        "{} would ask more of the customer than the {} does now. Here it can only stay, ask for less, or end. To ask for more, propose {} on the \
         ground of what has happened since: whoever the policy names for that decides.",
        say::list(more),
        word.one,
        word.a,
    )
}

/// Nobody comes off worse for having asked: what answers the customer does not end later than they were told.
fn is_longer(policy: &Policy, restriction: &Restriction, change: &Variation) -> Option<Refusal> {
    let told = restriction.ends_on.filter(|_| change.at_their_asking)?;
    let is_later = change.ends_on.is_none_or(|asked| asked > told);
    is_later.then(|| {
        let word = &policy.words.restriction.one;
        let sentence = format!(
            "An answer to the ⟦customer⟧ cannot make the {word} longer. Enter {}, its last day now, or a day before.",
            say::day(told)
        );
        Refusal::at("ends_on", sentence)
    })
}

/// Ends the terms that go and begins those that come; a term that is in both is left alone.
async fn replace_terms(desk: &mut Desk, id: RestrictionId, wanted: &[Chosen]) -> Result<()> {
    let now = desk.now;
    let held = store::term::list(&mut desk.tx, id).await?;
    let gone: Vec<TermId> = held.iter().filter(|line| !wanted.contains(&line.term)).map(|line| line.id).collect();
    let new: Vec<(TermId, Chosen)> =
        wanted.iter().filter(|term| !held.iter().any(|line| line.term == **term)).map(|term| (desk.new_id(), term.clone())).collect();
    store::term::end(&mut desk.tx, id, &gone, now).await?;
    Ok(store::term::add(&mut desk.tx, id, &new, now).await?)
}

async fn promise_review(
    desk: &mut Desk,
    policy: &Policy,
    restriction: &Restriction,
    due_on: NaiveDate,
    ends_on: Option<NaiveDate>,
) -> Result<rules::id::ReviewId> {
    // A decision that was sent back and is not made again yet is still to be made again, whatever day it is moved to.
    let sent_back_by = store::review::sent_back_by(&mut desk.tx, restriction.id).await?;
    review::overtake(desk, restriction.id).await?;
    let promise = Promise { restriction: restriction.id, customer: restriction.customer, due_on, ends_on, sent_back_by };
    review::promise(desk, policy, promise).await
}

async fn end(desk: &mut Desk, id: RestrictionId, version: i32, stage: Stage, reasons: &str) -> Result<Closed> {
    let overtaken = Overtaken::by_the_end_of(desk, id).await?;
    let restriction = in_force(desk, id, version).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    let (by, now) = (desk.staff()?.id, desk.now);
    review::overtake(desk, id).await?;
    if !store::restriction::end(&mut desk.tx, id, version, stage, Some(by), reasons, now).await? {
        return Err(changed(desk, id).await);
    }
    super::promise::end(desk, id, true).await?;
    for kind in [TaskKind::Approval, TaskKind::View, TaskKind::SentBack, TaskKind::Stuck] {
        desk.finish(kind, id.0).await?;
    }
    let (word, reasons) = (policy.words.restriction.one.clone(), reasons.to_owned());
    let event = match stage {
        Stage::Quashed => Event::RestrictionQuashed { restriction: id, word: word.clone(), reasons },
        _ => Event::RestrictionLifted { restriction: id, word: word.clone(), reasons },
    };
    desk.record(restriction.customer, event).await?;
    overtaken.record(desk, &restriction, &word).await?;
    Ok(overtaken.closed())
}
