//! The answer to an appeal: the decision stands, changes or ends, from the same second; or it came too late to be heard.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{ask_and_tell, case_of, changed, may, open};
use crate::casework::case::Case;
use crate::casework::checklist::keep;
use crate::casework::desk::Desk;
use crate::casework::reminder::words;
use crate::casework::restriction::{self, Variation};
use crate::casework::{Error, Refusal, Result, found, letter, reminder, review, sitting};
use crate::letters::{AppealOutcome, Decided, Letter, Ruling};
use crate::rules::appeal::{self, LastDays, Round};
use crate::rules::authority::{self, Meeting};
use crate::rules::checklist::{self, Answer};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{AppealId, RestrictionId};
use crate::rules::measure::Chosen;
use crate::rules::policy::{AppealOutcome as Outcome, Body, Decision as Before, Policy, Who};
use crate::rules::remit;
use crate::rules::review as review_days;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::appeal::{Appeal, CameTo};
use crate::store::sitting::Subject;

/// What an appeal comes to.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It stays as it is.
    Uphold,
    /// It goes on with these terms and days. On an appeal about the length alone only the last day counts.
    Vary {
        /// Every term that holds from now on.
        terms: Vec<Chosen>,
        /// The last day; none where the policy allows that.
        ends_on: Option<NaiveDate>,
        /// A new review day; none keeps the one promised.
        review_on: Option<NaiveDate>,
    },
    /// It ends: it should not have been.
    Quash,
    /// The decision is made again, by somebody who took no part in it where there is one; until then it stands.
    Remit {
        /// What must be looked at.
        look_at: String,
    },
}

/// A decision with what was read and why.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The version of the appeal that was read.
    pub version: i32,
    /// The version of the restriction that was read.
    pub restriction_version: i32,
    /// What it comes to.
    pub decision: Decision,
    /// Why, in words the customer reads.
    pub reasons: String,
    /// What was answered to the policy's lists.
    pub checked: Vec<Answer>,
    /// Where a body decides: its meeting, as its clerk records it.
    pub meeting: Option<Meeting>,
}

impl Decision {
    const fn outcome(&self) -> Outcome {
        match self {
            Self::Uphold => Outcome::Uphold,
            Self::Vary { .. } => Outcome::Vary,
            Self::Quash => Outcome::Quash,
            Self::Remit { .. } => Outcome::Remit,
        }
    }

    fn look_at(&self) -> Option<&str> {
        match self {
            Self::Remit { look_at } => Some(look_at),
            Self::Uphold | Self::Vary { .. } | Self::Quash => None,
        }
    }
}

/// Who takes the next step: decides whether a late appeal is heard, or decides it.
pub fn next<'a>(policy: &'a Policy, case: &Case, appeal: &Appeal) -> &'a Who {
    match appeal.waits_to_be_admitted() {
        true => &appeal::profile(policy, appeal.round).late_decided_by,
        false => appeal::decider(policy, appeal.round, &case.history),
    }
}

/// The body that takes the next step, where the person at the desk records it as its clerk.
pub fn body<'a>(desk: &Desk, policy: &'a Policy, case: &Case, appeal: &Appeal) -> Result<Option<&'a Body>> {
    let body = authority::acts_for(policy, next(policy, case, appeal), &case.reader(desk)?, &case.history);
    Ok(body.filter(|_| appeal.is_open()))
}

/// Whether this person may sit where a body takes the next step.
pub fn may_sit(
    policy: &Policy,
    case: &Case,
    appeal: &Appeal,
    body: &Body,
    one: &authority::Person,
) -> std::result::Result<(), authority::Refusal> {
    match appeal.waits_to_be_admitted() {
        true => appeal::may_sit_late(policy, appeal.round, body, one, &case.history),
        false => appeal::may_sit(policy, appeal.round, body, one, &case.history),
    }
}

/// What speaks against the meeting of a body that takes the next step, each at its field. Asked where something else is missing yet, so that
/// everything is said at once.
pub fn against_meeting(desk: &Desk, policy: &Policy, case: &Case, appeal: &Appeal, meeting: Option<&Meeting>) -> Result<Vec<Refusal>> {
    let body = body(desk, policy, case, appeal)?;
    let may_sit = |body: &Body, one: &authority::Person| may_sit(policy, case, appeal, body, one);
    Ok(sitting::wrong(desk, (policy, case), body, meeting, appeal.received_on, may_sit))
}

/// The body that took this step in a meeting, and the meeting; none where one person took it.
fn met<'a>(
    desk: &Desk,
    (policy, case): (&'a Policy, &Case),
    appeal: &Appeal,
    meeting: Option<&'a Meeting>,
) -> Result<Option<(&'a Body, &'a Meeting)>> {
    let wrong = against_meeting(desk, policy, case, appeal, meeting)?;
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    Ok(body(desk, policy, case, appeal)?.zip(meeting))
}

/// Decides an appeal. What staff may do changes in the same transaction as the letter that tells the customer.
pub async fn decide(desk: &mut Desk, id: AppealId, verdict: &Verdict) -> Result<()> {
    let (appeal, policy) = open(desk, id, verdict.version).await?;
    if appeal.waits_to_be_admitted() {
        return Err(Error::refused("", "It came late. Decide first whether it is heard."));
    }
    let case = case_of(desk, &policy, &appeal).await?;
    may(desk, &case, &policy, appeal::decider(&policy, appeal.round, &case.history), |one| {
        appeal::may_hear(&policy, appeal.round, one, &case.history)
    })?;
    let outcome = verdict.decision.outcome();
    sooner(desk, &appeal, &verdict.decision).await?;
    if !appeal::outcomes(&policy, appeal.round).contains(&outcome) {
        return Err(Error::refused("outcome", "The policy does not allow this outcome. Choose another."));
    }
    keep(desk, &checklist::at(&policy, &[Before::Appeal]), id.0, &verdict.checked).await?;
    let met = met(desk, (&policy, &case), &appeal, verdict.meeting.as_ref())?;
    let look_at = verdict.decision.look_at();
    let today = desk.today();
    let another = appeal::opens_another(&policy, appeal.round, outcome)
        .then(|| appeal::second_window(&policy, today, today).map(|deadline| deadline.due));
    close(desk, &appeal, verdict.version, Some(CameTo { outcome: outcome.key(), look_at, another }), &verdict.reasons).await?;
    sitting::keep(desk, Subject::Appeal(id), Some(appeal.restriction), met).await?;
    let ruling = carry_out(desk, &policy, &appeal, verdict).await?;
    let event = Event::AppealDecided {
        appeal: id,
        restriction: appeal.restriction,
        outcome: match (appeal.round, outcome) {
            (Round::Length, Outcome::Uphold) => "as-long",
            (Round::Length, _) => "sooner",
            _ => outcome.key(),
        }
        .to_owned(),
        reasons: sitting::with_meeting(
            &case,
            met,
            &look_at.map_or_else(|| verdict.reasons.clone(), |what| format!("{} To be looked at: {what}", verdict.reasons)),
        ),
    };
    desk.record(appeal.customer, event).await?;
    case.note_in_place_of(desk, appeal.customer, id.0, |one| appeal::may_hear(&policy, appeal.round, one, &case.history)).await?;
    answer(desk, &policy, &appeal, (&verdict.reasons, met), ruling, another).await
}

/// Refuses anything but an earlier last day where the appeal is about the length alone.
async fn sooner(desk: &mut Desk, appeal: &Appeal, decision: &Decision) -> Result<()> {
    let (Round::Length, Decision::Vary { ends_on, .. }) = (appeal.round, decision) else { return Ok(()) };
    let holds = found(store::restriction::find(&mut desk.tx, appeal.restriction).await?)?.ends_on;
    match (ends_on, holds) {
        (Some(ends_on), holds) if appeal::is_sooner(*ends_on, holds) => Ok(()),
        (_, Some(holds)) => Err(Error::refused("ends_on", format!("Enter a day before {}, the last day that holds now", say::day(holds)))),
        (_, None) => Err(Error::refused("ends_on", "Enter the last day")),
    }
}

/// Decides that a late appeal is heard after all.
pub async fn admit(desk: &mut Desk, id: AppealId, version: i32, (because, meeting): (&str, Option<&Meeting>)) -> Result<()> {
    let (appeal, policy, case) = late(desk, id, version).await?;
    let met = met(desk, (&policy, &case), &appeal, meeting)?;
    let (by, now) = (desk.staff()?.id, desk.now);
    if !store::appeal::admit(&mut desk.tx, id, version, by, because, now).await? {
        return Err(changed(&appeal));
    }
    sitting::keep(desk, Subject::LateAppeal(id), Some(appeal.restriction), met).await?;
    desk.finish(TaskKind::Appeal, id.0).await?;
    let reasons = sitting::with_meeting(&case, met, because);
    desk.record(appeal.customer, Event::AppealAdmitted { appeal: id, restriction: appeal.restriction, reasons }).await?;
    case.note_in_place_of(desk, appeal.customer, id.0, |one| appeal::may_admit_late(&policy, appeal.round, one, &case.history)).await?;
    let heard = found(store::appeal::find(&mut desk.tx, id).await?)?;
    ask_and_tell(desk, &policy, &heard).await
}

/// Refuses a late appeal for coming late, with reasons and a letter. The decision it was against stays as it is.
pub async fn refuse_late(desk: &mut Desk, id: AppealId, version: i32, (reasons, meeting): (&str, Option<&Meeting>)) -> Result<()> {
    let (appeal, policy, case) = late(desk, id, version).await?;
    let last_day = found(appeal.window_closed_on)?;
    let met = met(desk, (&policy, &case), &appeal, meeting)?;
    close(desk, &appeal, version, None, reasons).await?;
    sitting::keep(desk, Subject::LateAppeal(id), Some(appeal.restriction), met).await?;
    let event = Event::AppealOutOfTime { appeal: id, restriction: appeal.restriction, reasons: sitting::with_meeting(&case, met, reasons) };
    desk.record(appeal.customer, event).await?;
    case.note_in_place_of(desk, appeal.customer, id.0, |one| appeal::may_admit_late(&policy, appeal.round, one, &case.history)).await?;
    let decided = decided(desk, appeal.restriction).await?;
    answer(desk, &policy, &appeal, (reasons, met), Ruling::TooLate { last_day, decided }, None).await
}

/// A late appeal nobody has admitted or refused yet, for somebody who may.
async fn late(desk: &mut Desk, id: AppealId, version: i32) -> Result<(Appeal, Arc<Policy>, Case)> {
    let (appeal, policy) = open(desk, id, version).await?;
    if !appeal.waits_to_be_admitted() {
        return Err(changed(&appeal));
    }
    let case = case_of(desk, &policy, &appeal).await?;
    may(desk, &case, &policy, next(&policy, &case, &appeal), |one| appeal::may_admit_late(&policy, appeal.round, one, &case.history))?;
    Ok((appeal, policy, case))
}

/// Closes the appeal itself: one of two who decide at once wins here.
async fn close(desk: &mut Desk, appeal: &Appeal, version: i32, came_to: Option<CameTo<'_>>, reasons: &str) -> Result<()> {
    let (by, now) = (desk.staff()?.id, desk.now);
    if !store::appeal::decide(&mut desk.tx, appeal.id, version, came_to, by, reasons, now).await? {
        let now = found(store::appeal::find(&mut desk.tx, appeal.id).await?)?;
        return Err(changed(&now));
    }
    desk.finish(TaskKind::Appeal, appeal.id.0).await?;
    reminder::overtake(desk, appeal.id.0).await
}

async fn carry_out(desk: &mut Desk, policy: &Policy, appeal: &Appeal, verdict: &Verdict) -> Result<Ruling> {
    let (id, version) = (appeal.restriction, verdict.restriction_version);
    match &verdict.decision {
        Decision::Uphold => {
            let stands = found(store::restriction::find(&mut desk.tx, id).await?)?;
            match stands.version == version {
                true => Ok(Ruling::Stays(decided(desk, id).await?)),
                false => Err(restriction::changed(desk, id).await),
            }
        }
        Decision::Vary { terms, ends_on, review_on } => {
            let reasons = verdict.reasons.clone();
            let (terms, review_on) = match appeal.round {
                Round::Length => {
                    let terms = store::term::list(&mut desk.tx, id).await?.into_iter().map(|line| line.term).collect();
                    let promised = store::restriction::surroundings(&mut desk.tx, id).await?.review_due;
                    (terms, review_days::instead_of(policy, promised, desk.today(), *ends_on))
                }
                Round::First | Round::Second => (terms.clone(), *review_on),
            };
            let change = Variation { terms, ends_on: *ends_on, review_on, reasons, at_their_asking: true };
            restriction::vary(desk, id, version, &change).await?;
            Ok(Ruling::Changes(decided(desk, id).await?))
        }
        Decision::Quash => {
            let terms = store::term::list(&mut desk.tx, id).await?.into_iter().map(|line| line.term).collect();
            restriction::quash(desk, id, version, &verdict.reasons).await?;
            Ok(Ruling::Ends(terms))
        }
        Decision::Remit { look_at } => send_back(desk, policy, appeal, version, look_at).await,
    }
}

/// Has the decision made again, and tells at once whoever may make it.
async fn send_back(desk: &mut Desk, policy: &Policy, appeal: &Appeal, version: i32, look_at: &str) -> Result<Ruling> {
    let id = appeal.restriction;
    let stands = found(store::restriction::find(&mut desk.tx, id).await?)?;
    let review = store::restriction::surroundings(&mut desk.tx, id).await?.review_due;
    let by = remit::due(policy, desk.today(), review, stands.ends_on);
    restriction::send_back(desk, id, version, appeal.id, by).await?;
    let own = desk.policy_of(stands.policy).await?;
    let case = review::case_of(desk, &own, id).await?;
    let promised = found(store::restriction::find(&mut desk.tx, id).await?)?.next_review;
    let customer = found(store::customer::get(&mut desk.tx, appeal.customer).await?)?;
    let words = words::sent_back(&own, found(promised)?, &customer.reference, by);
    for person in case.to_tell(|person| review::may_hold(&own, &case, person), false) {
        let body = words.body(&person.name, &desk.landlord.name);
        desk.write_to(&person.name, &person.email, &format!("{} sent back {}", appeal.id, person.id), &words.subject, &body).await?;
    }
    let by_somebody_new = remit::may_be_somebody_new(&own, case.reviewer(&own), &case.history, &case.here());
    Ok(Ruling::SentBack { decided: decided(desk, id).await?, look_at: look_at.to_owned(), by, by_somebody_new })
}

/// What holds now, for a letter.
async fn decided(desk: &mut Desk, id: RestrictionId) -> Result<Decided> {
    let restriction = found(store::restriction::find(&mut desk.tx, id).await?)?;
    let beside = store::restriction::surroundings(&mut desk.tx, id).await?;
    let terms = store::term::list(&mut desk.tx, id).await?.into_iter().map(|line| line.term).collect();
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

/// The letter, with the last day for a second appeal where there may be one.
async fn answer(
    desk: &mut Desk,
    policy: &Arc<Policy>,
    appeal: &Appeal,
    (reasons, met): (&str, Option<(&Body, &Meeting)>),
    ruling: Ruling,
    another: Option<Option<NaiveDate>>,
) -> Result<()> {
    let customer = found(store::customer::get(&mut desk.tx, appeal.customer).await?)?;
    let whole = whole_still(desk, policy, appeal).await?;
    let letter = Letter::AppealOutcome(AppealOutcome {
        shared: sitting::signed_for(letter::shared(desk, &customer, policy.clone()).await?, met),
        received_on: appeal.received_on,
        grounds: appeal.grounds.clone(),
        reasons: reasons.to_owned(),
        ruling,
        round: appeal.round,
        another,
        whole,
    });
    letter::make(desk, appeal.customer, appeal.id.0, &letter).await?;
    Ok(())
}

/// After an answer about the length alone, the last day for an appeal against the whole, where none was heard and one can still come in time: inside, none is
/// "at any time while it lasts".
async fn whole_still(desk: &mut Desk, policy: &Policy, appeal: &Appeal) -> Result<Option<Option<NaiveDate>>> {
    if appeal.round != Round::Length {
        return Ok(None);
    }
    let against = found(store::appeal::against(&mut desk.tx, appeal.restriction).await?)?;
    let today = desk.today();
    let last_day = super::last_day(policy, &against, Round::First, today);
    let unheard = super::closed(policy, &against, Round::First).is_empty() && !super::is_answered(&against);
    let can = unheard && !appeal::is_late(last_day, today);
    Ok(can.then_some(last_day))
}
