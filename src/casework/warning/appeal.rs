//! An appeal against a warning: logged by whoever hears of it, decided by somebody who took no part, answered in a letter.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::casework::appeal::Via;
use crate::casework::case::{Case, Wanted};
use crate::casework::desk::Desk;
use crate::casework::reminder::{self, words};
use crate::casework::{Error, Refusal, Result, found, incident, letter, sitting};
use crate::letters::{Letter, WarningAppealOutcome, WarningAppealReceived, WarningRuling};
use crate::rules::authority::{self, History, Meeting, Person};
use crate::rules::challenge::{self, Challenged};
use crate::rules::event::Event;
use crate::rules::id::{AppealId, WarningId};
use crate::rules::policy::{AppealOutcome, AppealProfile, Body, Part, Policy, Who};
use crate::rules::task::TaskKind;
use crate::rules::{appeal, days, say};
use crate::store;
use crate::store::sitting::Subject;
use crate::store::warning::Warning;
use crate::store::warning_appeal::{NewWarningAppeal, WarningAppeal};

/// An appeal as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its id, made when the form was opened: a second press finds it there.
    pub id: AppealId,
    /// What it is against.
    pub warning: WarningId,
    /// The day it came.
    pub on: NaiveDate,
    /// By which way.
    pub via: Via,
    /// Which of the grounds the policy lists it rests on, in the policy's words.
    pub listed: Vec<String>,
    /// What is wrong, in the customer's words.
    pub grounds: String,
    /// Why it came late, as far as the customer said; asked for only where it did.
    pub late_because: Option<String>,
}

/// What an appeal against a warning comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The warning stays, and counts as before.
    Uphold,
    /// It is withdrawn, and no longer counts.
    Withdraw,
    /// It came too late and is not heard.
    TooLate,
}

/// A decision with why, and in which meeting where a body took it.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What it comes to.
    pub decision: Decision,
    /// Why, in words the customer reads.
    pub reasons: String,
    /// Where a body decides: its meeting, as its clerk records it.
    pub meeting: Option<Meeting>,
}

/// A warning with its case: who gave it and what it followed, the policy that judges it, and the last appeal against it.
#[derive(Debug)]
pub struct Challenge {
    /// The warning.
    pub warning: Warning,
    /// The policy it was given under.
    pub policy: Arc<Policy>,
    /// The people of its case.
    pub case: Case,
    /// The last appeal against it, open or answered.
    pub last: Option<WarningAppeal>,
}

impl Challenge {
    /// The case as it stands now.
    pub async fn of(desk: &mut Desk, id: WarningId) -> Result<Self> {
        let warning = found(store::warning::find(&mut desk.tx, id).await?)?;
        let policy = desk.policy_of(warning.policy).await?;
        let history = match warning.incident {
            Some(id) => {
                let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
                incident::history_here(desk, &policy, &incident).await?
            }
            None => History::default(),
        };
        let mut took = vec![Part::Warned];
        took.extend(warning.skipped_step.is_some().then_some(Part::SkippedStep));
        let history = took.iter().fold(history, |history, part| history.with(warning.given_by, *part));
        // Whoever agreed to it gave it too; and whoever gave a view, or sent an earlier wording back, had a part in it.
        let said = store::warning_request::said_to(&mut desk.tx, id).await?;
        let history = said.iter().filter_map(|one| Some((one.staff, Part::from_key(&one.part)?))).fold(history, |history, (who, part)| {
            let history = if part == Part::Authorised { history.with(who, Part::Warned) } else { history };
            history.with(who, part)
        });
        let people = store::staff::list(&mut desk.tx).await?;
        let took = took.into_iter().map(|part| (warning.given_by, part)).collect();
        let case = Case { history, people, took, lent: Vec::new(), is_sent_back: false, reviewer: None };
        let case = match challenge::profile(&policy, Challenged::Warning) {
            Some(profile) => case.deciding(desk, &policy, |one, history| challenge::may_decide(&policy, profile, one, history)).await?,
            None => case,
        };
        let last = store::warning_appeal::last(&mut desk.tx, id).await?;
        Ok(Self { warning, policy, case, last })
    }

    /// The profile of the policy, where it lets a warning be appealed.
    pub fn profile(&self) -> Option<&AppealProfile> {
        challenge::profile(&self.policy, Challenged::Warning)
    }

    /// The grounds the policy lists for it; any reason where it lists none.
    pub fn grounds(&self) -> &[String] {
        self.profile().and_then(|profile| profile.grounds.as_ref()).map_or(&[], |grounds| &grounds[..])
    }

    /// The appeal that waits for an answer.
    pub fn open(&self) -> Option<&WarningAppeal> {
        self.last.as_ref().filter(|appeal| appeal.is_open())
    }

    /// The last day for an appeal that came on this day; none where the policy sets none. Where it counts from the sending of a letter
    /// that lies unsent, none of it has gone by.
    pub fn last_day(&self, received: NaiveDate) -> Option<NaiveDate> {
        let given = days::day_of(self.warning.given_at);
        let sent = match self.warning.letter {
            Some(_) => self.warning.letter_sent_at.map_or(received.max(given), days::day_of),
            None => given,
        };
        challenge::window(&self.policy, self.profile()?, given, sent).map(|window| window.due)
    }

    /// Why nothing can be appealed now, as a sentence; nothing where something can.
    pub fn refused(&self) -> Option<String> {
        let word = &self.policy.words.appeal;
        let Some(profile) = self.profile() else {
            return Some(
                "The policy has no appeal against this. What the ⟦customer⟧ says can be logged as a contact or ⟦a complaint⟧.".to_owned(),
            );
        };
        if self.warning.withdrawn_at.is_some() {
            return Some("It was withdrawn, so there is nothing to appeal.".to_owned());
        }
        if self.open().is_some() {
            return Some(format!("{} against this is open already.", say::sentence(&word.a)));
        }
        let heard = self.last.as_ref().is_some_and(|last| last.outcome.is_some());
        (heard && *profile.is_final).then(|| {
            format!(
                "This was answered on {} already, and that answer is final here. The ⟦customer⟧ can still go to the Ombudsman.",
                word.one
            )
        })
    }

    /// Who decides, and whether this person may: somebody of the right post who took no part. A late one can be refused for that alone only
    /// by whoever decides about late ones.
    pub fn may_decide(&self, person: &Person) -> std::result::Result<(), authority::Refusal> {
        match self.profile() {
            Some(profile) => challenge::may_decide(&self.policy, profile, person, &self.case.history),
            None => Err(authority::Refusal::Complete),
        }
    }

    /// The post that decides.
    pub fn who(&self) -> Option<&Who> {
        self.profile().map(|profile| &*profile.decider)
    }

    /// The body that decides it, where the person at the desk records that as its clerk.
    pub fn body(&self, desk: &Desk) -> Result<Option<&Body>> {
        let reader = self.case.reader(desk)?;
        let profile = self.profile().filter(|_| self.open().is_some());
        Ok(profile.and_then(|profile| authority::acts_for(&self.policy, &profile.decider, &reader, &self.case.history)))
    }

    /// Whether this person may sit where a body decides it.
    pub fn may_sit(&self, body: &Body, person: &Person) -> std::result::Result<(), authority::Refusal> {
        match self.profile() {
            Some(profile) => challenge::may_sit(&self.policy, profile, body, person, &self.case.history),
            None => Err(authority::Refusal::Complete),
        }
    }

    /// What may come of it, in the order people read it.
    pub fn decisions(&self, person: &Person) -> Vec<Decision> {
        let (Some(profile), Some(open)) = (self.profile(), self.open()) else { return Vec::new() };
        let of = |outcome: AppealOutcome| match outcome {
            AppealOutcome::Quash => Decision::Withdraw,
            AppealOutcome::Uphold | AppealOutcome::Vary | AppealOutcome::Remit => Decision::Uphold,
        };
        let mut all: Vec<Decision> = challenge::outcomes(profile, Challenged::Warning).into_iter().map(of).collect();
        if open.is_late() && challenge::may_admit_late(&self.policy, profile, person, &self.case.history).is_ok() {
            all.push(Decision::TooLate);
        }
        all
    }
}

/// Logs an appeal against a warning: tells whoever may decide it, and promises the customer an answer. False when it was logged before.
pub async fn receive(desk: &mut Desk, received: &Received) -> Result<bool> {
    // One at a time: a second press finds the first, and nobody withdraws it meanwhile.
    store::warning::lock(&mut desk.tx, received.warning).await?;
    if store::warning_appeal::warning_of(&mut desk.tx, received.id).await?.is_some() {
        return Ok(false);
    }
    let by = desk.staff()?.id;
    let challenge = Challenge::of(desk, received.warning).await?;
    let last_day = challenge.last_day(received.on);
    may_come(desk, &challenge, received, last_day)?;
    let Some(profile) = challenge.profile() else { return Err(Error::NotFound) };
    let late_because = received.late_because.as_deref().filter(|_| appeal::is_late(last_day, received.on));
    let due_on = challenge::answer_by(&challenge.policy, profile, received.on).due;
    let new = NewWarningAppeal {
        id: received.id,
        warning: received.warning,
        received_on: received.on,
        received_via: received.via.key(),
        logged_by: by,
        listed: &received.listed,
        grounds: &received.grounds,
        window_closed_on: last_day,
        late_because,
        due_on,
    };
    let now = desk.now;
    if !store::warning_appeal::add(&mut desk.tx, &new, now).await? {
        return Ok(false);
    }
    let warning = &challenge.warning;
    let via = Via::words(received.via.key());
    let event = Event::WarningAppealReceived { warning: warning.id, title: warning.step_title.clone(), via, late: late_because.is_some() };
    desk.record(warning.customer, event).await?;
    ask(desk, &challenge, profile, received.id, due_on).await?;
    reminder::of_answer(desk, reminder::Answer::WarningAppeal, received.id.0, due_on).await?;
    let customer = found(store::customer::get(&mut desk.tx, warning.customer).await?)?;
    let letter = Letter::WarningAppealReceived(WarningAppealReceived {
        shared: letter::shared(desk, &customer, challenge.policy.clone()).await?,
        warning: named(warning),
        received_on: received.on,
        grounds: received.grounds.clone(),
        answer_by: due_on,
        late_after: last_day.filter(|_| late_because.is_some()),
    });
    letter::make(desk, customer.id, warning.id.0, &letter).await?;
    Ok(true)
}

fn named(warning: &Warning) -> (String, NaiveDate) {
    (warning.step_title.clone(), days::day_of(warning.given_at))
}

fn may_come(desk: &Desk, challenge: &Challenge, received: &Received, last_day: Option<NaiveDate>) -> Result<()> {
    let mut refusals: Vec<Refusal> = challenge.refused().into_iter().map(|sentence| Refusal::at("", sentence)).collect();
    let given = days::day_of(challenge.warning.given_at);
    if received.on > desk.today() {
        refusals.push(Refusal::at("received_on", "Enter a day that is not in the future"));
    }
    if received.on < given {
        refusals.push(Refusal::at("received_on", format!("Enter a day on or after {}, the day it was given", say::day(given))));
    }
    if let Some(last_day) = last_day.filter(|last_day| received.on > *last_day && received.late_because.is_none()) {
        let sentence =
            format!("The last day for it was {}. Write down why it came later, as far as the ⟦customer⟧ said", say::day(last_day));
        refusals.push(Refusal::at("late_because", sentence));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

async fn ask(desk: &mut Desk, challenge: &Challenge, profile: &AppealProfile, id: AppealId, due_on: NaiveDate) -> Result<()> {
    let (case, warning) = (&challenge.case, &challenge.warning);
    let may = |one: &Person| challenge.may_decide(one);
    let wanted = Wanted { kind: TaskKind::WarningAppeal, customer: warning.customer, subject: warning.id.0, due_on };
    case.ask(desk, &wanted, &profile.decider, None, may).await?;
    let customer = found(store::customer::get(&mut desk.tx, warning.customer).await?)?;
    let words = words::warning_appeal_came(&challenge.policy, warning.id, &customer.reference, due_on);
    let reader = desk.staff()?.id;
    for person in case.to_tell(may, false).into_iter().filter(|person| person.id != reader) {
        let body = words.body(&person.name, &desk.landlord.name);
        desk.write_to(&person.name, &person.email, &format!("{id} came {}", person.id), &words.subject, &body).await?;
    }
    Ok(())
}

/// Decides an appeal against a warning: it stays, or it is withdrawn and no longer counts from this second.
pub async fn decide(desk: &mut Desk, id: WarningId, version: i32, verdict: &Verdict) -> Result<()> {
    let Verdict { decision, reasons, meeting } = verdict;
    let challenge = Challenge::of(desk, id).await?;
    let appeal = challenge.open().filter(|open| open.version == version).cloned();
    let Some(appeal) = appeal else { return Err(changed(challenge.last.as_ref())) };
    let (by, reader) = (desk.staff()?.id, challenge.case.reader(desk)?);
    if let Err(refusal) = challenge.may_decide(&reader) {
        let who = challenge.who().map(|who| challenge.case.who_can(&challenge.policy, who, |one| challenge.may_decide(one)));
        return Err(Error::Forbidden(format!("{refusal} Here that is {}.", who.unwrap_or_default())));
    }
    if !challenge.decisions(&reader).contains(decision) {
        return Err(Error::refused("outcome", "The policy does not allow this outcome. Choose another."));
    }
    let wrong = against_meeting(desk, &challenge, meeting.as_ref())?;
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    let met = challenge.body(desk)?.zip(meeting.as_ref());
    let outcome = match decision {
        Decision::Uphold => Some(AppealOutcome::Uphold.key()),
        Decision::Withdraw => Some(AppealOutcome::Quash.key()),
        Decision::TooLate => None,
    };
    let now = desk.now;
    if !store::warning_appeal::decide(&mut desk.tx, appeal.id, version, outcome, by, reasons, now).await? {
        return Err(changed(store::warning_appeal::last(&mut desk.tx, id).await?.as_ref()));
    }
    sitting::keep(desk, Subject::WarningAppeal(appeal.id), None, met).await?;
    desk.finish(TaskKind::WarningAppeal, id.0).await?;
    reminder::overtake(desk, appeal.id.0).await?;
    let outcome = outcome.unwrap_or("out-of-time").to_owned();
    let (warning, title) = (&challenge.warning, challenge.warning.step_title.clone());
    let event = Event::WarningAppealDecided { warning: id, title, outcome, reasons: sitting::with_meeting(&challenge.case, met, reasons) };
    desk.record(warning.customer, event).await?;
    challenge.case.note_in_place_of(desk, warning.customer, id.0, |one| challenge.may_decide(one)).await?;
    if *decision == Decision::Withdraw {
        super::withdraw(desk, id, warning.version, reasons).await?;
    }
    answer(desk, &challenge, &appeal, (verdict, met)).await
}

/// What speaks against the meeting of a body that decides it, each at its field. Asked where something else is missing yet, so that
/// everything is said at once.
pub fn against_meeting(desk: &Desk, challenge: &Challenge, meeting: Option<&Meeting>) -> Result<Vec<Refusal>> {
    let (policy, case) = (&*challenge.policy, &challenge.case);
    let since = challenge.open().map_or(desk.today(), |open| open.received_on);
    Ok(sitting::wrong(desk, (policy, case), challenge.body(desk)?, meeting, since, |body, one| challenge.may_sit(body, one)))
}

async fn answer(
    desk: &mut Desk,
    challenge: &Challenge,
    appeal: &WarningAppeal,
    (verdict, met): (&Verdict, Option<(&Body, &Meeting)>),
) -> Result<()> {
    let customer = found(store::customer::get(&mut desk.tx, appeal.customer).await?)?;
    let letter = Letter::WarningAppealOutcome(WarningAppealOutcome {
        shared: sitting::signed_for(letter::shared(desk, &customer, challenge.policy.clone()).await?, met),
        warning: named(&challenge.warning),
        received_on: appeal.received_on,
        grounds: appeal.grounds.clone(),
        reasons: verdict.reasons.clone(),
        ruling: match verdict.decision {
            Decision::Uphold => WarningRuling::Stays,
            Decision::Withdraw => WarningRuling::Withdrawn,
            Decision::TooLate => WarningRuling::TooLate(appeal.window_closed_on.unwrap_or(appeal.received_on)),
        },
    });
    letter::make(desk, customer.id, challenge.warning.id.0, &letter).await?;
    Ok(())
}

fn changed(last: Option<&WarningAppeal>) -> Error {
    let by = say::sentence(last.and_then(|last| last.decided_by.as_deref()).unwrap_or("Somebody else"));
    Error::Changed(match last.and_then(|last| last.outcome.as_deref()) {
        Some("uphold") => format!("{by} decided it first: it stays as it is."),
        Some(_) => format!("{by} decided it first: it is withdrawn."),
        None => "Somebody else saved a change while you were reading.".to_owned(),
    })
}
