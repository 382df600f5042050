//! Appeals: taken by whoever hears of one, decided by somebody who took no part, answered in a letter.

mod answer;
mod via;

pub use answer::{Decision, Verdict, admit, against_meeting, body, decide, may_sit, next, refuse_late};
pub use via::Via;

use chrono::NaiveDate;

use super::case::{Case, Wanted};
use super::desk::Desk;
use super::reminder::{self, words};
use super::{Error, Refusal, Result, found, letter};
use crate::letters::{AppealReceived, Letter};
use crate::rules::appeal::{self, Round};
use crate::rules::authority::{self, Person};
use crate::rules::challenge::{self, Challenged};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{AppealId, PolicyVersionId, RestrictionId};
use crate::rules::policy::{Policy, Who};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::appeal::{Against, Appeal, NewAppeal, Overtaken};

/// An appeal as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its id, made when the form was opened: a second press finds it there.
    pub id: AppealId,
    /// What it is against.
    pub restriction: RestrictionId,
    /// Whether it is only about how long that runs.
    pub of_length: bool,
    /// The day it came.
    pub on: NaiveDate,
    /// By which way.
    pub via: Via,
    /// What is wrong, in the customer's words.
    pub grounds: String,
    /// Which of the grounds the policy lists it rests on, in the policy's words.
    pub listed: Vec<String>,
    /// Anything new.
    pub new_information: Option<String>,
    /// Why it came late, as far as the customer said; asked for only where it did.
    pub late_because: Option<String>,
}

/// Logs an appeal: tells whoever may decide it, promises the customer an answer, and sets the reminders. False when it was logged before.
pub async fn receive(desk: &mut Desk, received: &Received) -> Result<bool> {
    let by = desk.staff()?.id;
    // One at a time: a second press finds the first, and of two who log at once the second reads that one is open.
    store::restriction::lock(&mut desk.tx, received.restriction).await?;
    if store::appeal::find(&mut desk.tx, received.id).await?.is_some() {
        return Ok(false);
    }
    let against = found(store::appeal::against(&mut desk.tx, received.restriction).await?)?;
    let round = round(&against, received.of_length);
    let policy = desk.policy_of(policy(&against, round)).await?;
    let last_day = last_day(&policy, &against, round, received.on);
    may_come(desk, &policy, (&against, round), received, last_day)?;
    let late_because = received.late_because.as_deref().filter(|_| appeal::is_late(last_day, received.on));
    let due_on = appeal::answer_by(&policy, round, received.on).due;
    let new = NewAppeal {
        id: received.id,
        restriction: received.restriction,
        customer: against.customer,
        received_on: received.on,
        received_via: received.via.key(),
        logged_by: by,
        listed: &received.listed,
        grounds: &received.grounds,
        new_information: received.new_information.as_deref(),
        window_closed_on: last_day,
        late_because,
        due_on,
        round,
        answers: against.answered.filter(|_| round == Round::Second),
    };
    let now = desk.now;
    let taken_in = take_in(desk, &against, round).await?;
    if !store::appeal::add(&mut desk.tx, &new, now).await? {
        return Ok(false);
    }
    let (appeal, restriction, late) = (received.id, received.restriction, late_because.is_some());
    let via = Via::words(received.via.key());
    desk.record(against.customer, Event::AppealReceived { appeal, restriction, via, late, of_length: received.of_length }).await?;
    let logged = found(store::appeal::find(&mut desk.tx, appeal).await?)?;
    ask_and_tell(desk, &policy, &logged).await?;
    reminder::of_answer(desk, reminder::Answer::Appeal, appeal.0, due_on).await?;
    acknowledge(desk, &policy, &logged, taken_in).await?;
    Ok(true)
}

/// The last day for an appeal against the last decision: what its letter promised, and more where the restriction's policy gives more.
pub fn last_day(policy: &Policy, against: &Against, round: Round, received: NaiveDate) -> Option<NaiveDate> {
    if round == Round::Second {
        let answered = against.answered_at.map_or(received, days::day_of);
        let sent = against.answer_sent_at.map_or(received, days::day_of);
        let promised = appeal::Promised { by: against.another_by };
        return appeal::last_day(Some(promised), appeal::second_window(policy, answered, sent).map(|deadline| deadline.due));
    }
    let imposed = against.reviewed_at.or(against.in_force_at).map_or(received, days::day_of);
    let sent = against.told_at.map_or(received, days::day_of);
    let promised = match round {
        Round::Length => appeal::Promised::of(against.length_promised_on, against.length_appeal_by),
        Round::First | Round::Second => appeal::Promised::of(against.appeal_promised_on, against.appeal_by),
    };
    let counted = challenge::window(policy, appeal::profile(policy, round), imposed, sent);
    appeal::last_day(promised, counted.map(|deadline| deadline.due))
}

/// The last day for an appeal about the length alone, where one can come: inside, none is "at any time while it lasts".
pub fn length_last_day(policy: &Policy, against: &Against, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let may = has(policy, against, Round::Length) && !is_spent(policy, against, Round::Length);
    may.then(|| last_day(policy, against, Round::Length, today))
}

/// Which appeal it is that comes now: about the length alone; or the second, where the last decision was answered and that answer said how
/// to make a second; or the first.
pub fn round(against: &Against, of_length: bool) -> Round {
    match () {
        () if of_length => Round::Length,
        () if is_answered(against) && against.opens_another == Some(true) => Round::Second,
        () => Round::First,
    }
}

/// Whether an appeal against the whole of the last decision was answered.
fn is_answered(against: &Against) -> bool {
    last_word(against).zip(against.answered_at).is_some_and(|(decided, answered)| answered > decided)
}

/// The policy by which an appeal that comes now is heard: the restriction's, or for a second that of the first.
pub fn policy(against: &Against, round: Round) -> PolicyVersionId {
    against.answered_by_policy.filter(|_| round == Round::Second).unwrap_or(against.policy)
}

/// Whether there is such an appeal at all: the policy has it, or a letter promised it.
pub fn has(policy: &Policy, against: &Against, round: Round) -> bool {
    match round {
        Round::First | Round::Second => {
            challenge::profile(policy, Challenged::Restriction).is_some() || against.appeal_promised_on.is_some()
        }
        Round::Length => challenge::profile(policy, Challenged::Length).is_some() || against.length_promised_on.is_some(),
    }
}

/// Whether the last decision was answered on such an appeal already, and that answer is final. The answer to a second appeal always is; a
/// final answer about the whole is one about the length, too.
pub fn is_spent(policy: &Policy, against: &Against, round: Round) -> bool {
    let Some(decided) = last_word(against) else { return false };
    let whole = match against.answered_twice {
        Some(true) => is_answered(against),
        _ => appeal::is_spent(policy, Round::First, decided, against.answered_at),
    };
    match round {
        Round::Second => false,
        Round::First => whole,
        Round::Length => whole || appeal::is_spent(policy, Round::Length, decided, against.length_answered_at),
    }
}

/// When the last decision that can be appealed was taken: the review or the start, or a later letter that promised an appeal anew.
fn last_word(against: &Against) -> Option<chrono::DateTime<chrono::Utc>> {
    let decided = against.reviewed_at.or(against.in_force_at)?;
    Some(appeal::last_word(decided, against.appeal_promised_on))
}

/// Why no appeal can come against a decision as it stands, whatever is written in it; nothing where one can.
pub fn closed(policy: &Policy, against: &Against, round: Round) -> Vec<String> {
    let words = &policy.words;
    let (word, appeal_word) = (&words.restriction.one, &words.appeal);
    let mut why = Vec::new();
    if !has(policy, against, round) {
        let this = if round == Round::Length { "the length alone" } else { "this" };
        why.push(format!("The policy has no appeal against {this}. What the ⟦customer⟧ says can be logged as a contact or ⟦a complaint⟧."));
    }
    if !against.in_force {
        why.push(format!(
            "This {word} is not in force, so there is nothing to appeal. What the ⟦customer⟧ says can be logged as a contact or ⟦a complaint⟧."
        ));
    }
    if against.open.is_some() && !appeal::takes_in(round, against.open_round) {
        why.push(format!(
            "{} against this {word} is open already. Add what is new to a contact, so that it reaches whoever decides.",
            say::sentence(&appeal_word.a)
        ));
    }
    if let Some(until) = against.sent_back_until {
        why.push(format!(
            "The decision was sent back on {}, and is made again by {}. Add what is new to a contact, so that it reaches whoever makes it.",
            appeal_word.one,
            say::weekday(until)
        ));
    } else if is_spent(policy, against, round) {
        why.push(format!(
            "This decision was answered on {} already, and that answer is final here. The ⟦customer⟧ can still ask us to look again, or go to the Ombudsman.",
            appeal_word.one
        ));
    }
    why
}

fn may_come(
    desk: &Desk,
    policy: &Policy,
    (against, round): (&Against, Round),
    received: &Received,
    last_day: Option<NaiveDate>,
) -> Result<()> {
    let decided = against.reviewed_at.or(against.in_force_at);
    let mut refusals: Vec<Refusal> = closed(policy, against, round).into_iter().map(|why| Refusal::at("", why)).collect();
    if received.on > desk.today() {
        refusals.push(Refusal::at("received_on", "Enter a day that is not in the future"));
    }
    if let Some(from) = decided.map(days::day_of).filter(|from| received.on < *from) {
        refusals.push(Refusal::at("received_on", format!("Enter a day on or after {}, the day of the decision", say::day(from))));
    }
    if let Some(last_day) = last_day.filter(|last_day| received.on > *last_day && received.late_because.is_none()) {
        refusals.push(Refusal::at(
            "late_because",
            format!("The last day for it was {}. Write down why it came later, as far as the ⟦customer⟧ said", say::day(last_day)),
        ));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// Asks whoever may take the next step, and writes to each of them.
async fn ask_and_tell(desk: &mut Desk, policy: &Policy, appeal: &Appeal) -> Result<()> {
    let case = case_of(desk, policy, appeal).await?;
    let first = appeal.waits_to_be_admitted();
    let who = next(policy, &case, appeal);
    let may = |one: &Person| match first {
        true => appeal::may_admit_late(policy, appeal.round, one, &case.history),
        false => appeal::may_hear(policy, appeal.round, one, &case.history),
    };
    let wanted = Wanted { kind: TaskKind::Appeal, customer: appeal.customer, subject: appeal.id.0, due_on: appeal.due_on };
    case.ask(desk, &wanted, who, None, may).await?;
    let customer = found(store::customer::get(&mut desk.tx, appeal.customer).await?)?;
    let words = words::appeal_came(policy, (appeal.id, appeal.round), &customer.reference, appeal.due_on, first);
    let reader = desk.staff()?.id;
    let step = if first { "came late" } else { "came" };
    for person in case.to_tell(may, false).into_iter().filter(|person| person.id != reader) {
        let body = words.body(&person.name, &desk.landlord.name);
        desk.write_to(&person.name, &person.email, &format!("{} {step} {}", appeal.id, person.id), &words.subject, &body).await?;
    }
    Ok(())
}

/// The letter that says we have it, who decides, and by when.
async fn acknowledge(desk: &mut Desk, policy: &std::sync::Arc<Policy>, appeal: &Appeal, takes_in_length: bool) -> Result<()> {
    let case = Case::of(desk, appeal.restriction).await?;
    let able = case.who_may(|one| appeal::may_hear(policy, appeal.round, one, &case.history));
    let decided_by = match able[..] {
        [only]
            if authority::acts_for(policy, appeal::decider(policy, appeal.round, &case.history), &case.person(only), &case.history)
                .is_none() =>
        {
            format!("{}, {}", only.name, only.job_title)
        }
        _ => say::sentence(&appeal::decider(policy, appeal.round, &case.history).say(&policy.roles)),
    };
    let customer = found(store::customer::get(&mut desk.tx, appeal.customer).await?)?;
    let letter = Letter::AppealReceived(AppealReceived {
        shared: letter::shared(desk, &customer, policy.clone()).await?,
        received_on: appeal.received_on,
        grounds: appeal.grounds.clone(),
        decided_by,
        answer_by: appeal.due_on,
        late_after: appeal.window_closed_on.filter(|_| appeal.late),
        round: appeal.round,
        takes_in_length,
    });
    letter::make(desk, appeal.customer, appeal.id.0, &letter).await?;
    Ok(())
}

/// Closes the open appeal about the length where one against the whole comes: the one answer is the other's, too. Whether there was one.
async fn take_in(desk: &mut Desk, against: &Against, round: Round) -> Result<bool> {
    let Some(open) = against.open.filter(|_| appeal::takes_in(round, against.open_round)) else { return Ok(false) };
    let (by, now) = (desk.staff()?.id, desk.now);
    if store::appeal::take_in(&mut desk.tx, against.restriction, by, now).await? != Some(open) {
        return Ok(false);
    }
    desk.finish(TaskKind::Appeal, open.0).await?;
    reminder::overtake(desk, open.0).await?;
    desk.record(against.customer, Event::AppealTakenIn { appeal: open, restriction: against.restriction }).await?;
    Ok(true)
}

/// Closes the open appeal against a restriction that ends first: nobody is to decide it any more, and nobody is reminded.
pub(super) async fn overtake(desk: &mut Desk, restriction: RestrictionId) -> Result<Option<Overtaken>> {
    let (by, now) = (desk.staff().ok().map(|staff| staff.id), desk.now);
    let overtaken = store::appeal::overtake(&mut desk.tx, restriction, by, now).await?;
    if let Some(appeal) = &overtaken {
        desk.finish(TaskKind::Appeal, appeal.id.0).await?;
        reminder::overtake(desk, appeal.id.0).await?;
    }
    Ok(overtaken)
}

/// Whether the person at the desk may take the next step of an open appeal. Asked before anything is said of a form.
///
/// # Errors
/// `Forbidden` with who can.
pub async fn may_act(desk: &mut Desk, appeal: &Appeal) -> Result<()> {
    let policy = desk.policy_of(appeal.policy).await?;
    let case = case_of(desk, &policy, appeal).await?;
    let may_take_it = |one: &Person| match appeal.waits_to_be_admitted() {
        true => appeal::may_admit_late(&policy, appeal.round, one, &case.history),
        false => appeal::may_hear(&policy, appeal.round, one, &case.history),
    };
    may(desk, &case, &policy, next(&policy, &case, appeal), may_take_it)
}

/// Whether an appeal still waits as it was read.
pub fn unchanged(appeal: &Appeal, version: i32) -> Result<()> {
    if appeal.is_open() && appeal.version == version { Ok(()) } else { Err(changed(appeal)) }
}

/// An appeal that waits, as it was read, and the policy that judges it.
async fn open(desk: &mut Desk, id: AppealId, version: i32) -> Result<(Appeal, std::sync::Arc<Policy>)> {
    let appeal = found(store::appeal::find(&mut desk.tx, id).await?)?;
    unchanged(&appeal, version)?;
    let policy = desk.policy_of(appeal.policy).await?;
    Ok((appeal, policy))
}

/// What an appeal has become, for whoever wanted to decide it too.
fn changed(appeal: &Appeal) -> Error {
    let by = say::sentence(appeal.decided_by.as_deref().or(appeal.admitted_by.as_deref()).unwrap_or("Somebody else"));
    Error::Changed(match (appeal.stage.as_str(), appeal.outcome.as_deref()) {
        ("decided", Some("uphold")) => format!("{by} decided it first: it stays as it is."),
        ("decided", Some("remit")) => format!("{by} decided it first: the decision is made again."),
        ("decided", Some("vary")) => format!("{by} decided it first: it changes."),
        ("decided", _) => format!("{by} decided it first: it ends."),
        ("overtaken", _) => "It is no longer needed: what it was against has ended.".to_owned(),
        ("taken-in", _) => "One against the whole decision came since, and is answered for both.".to_owned(),
        ("out-of-time", _) => format!("{by} decided first that it came too late."),
        _ if appeal.admitted_at.is_some() => format!("{by} decided first that it is heard."),
        _ => "Somebody else saved a change while you were reading.".to_owned(),
    })
}

/// Refuses whoever may not, and says who can.
fn may(
    desk: &Desk,
    case: &Case,
    policy: &Policy,
    who: &Who,
    may: impl Fn(&Person) -> std::result::Result<(), authority::Refusal>,
) -> Result<()> {
    let reader = case.reader(desk)?;
    may(&reader).map_err(|refusal| Error::Forbidden(format!("{refusal} Here that is {}.", case.who_can(policy, who, &may))))
}

/// The case of an appeal for its next step: with the posts that are lent today by whoever could take it.
pub async fn case_of(desk: &mut Desk, policy: &Policy, appeal: &Appeal) -> Result<Case> {
    let first = appeal.waits_to_be_admitted();
    let case = Case::of(desk, appeal.restriction).await?;
    case.deciding(desk, policy, |person, history| match first {
        true => appeal::may_admit_late(policy, appeal.round, person, history),
        false => appeal::may_hear(policy, appeal.round, person, history),
    })
    .await
}
