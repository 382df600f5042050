//! Saying something to a warning that waits: a view, yes, or back to whoever wrote it. The last yes gives it, by the same rules as any other.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

use super::give::{Giver, How, give_for};
use super::request::{Request, ask_who_may};
use crate::casework::case::{forbidden, person};
use crate::casework::desk::Desk;
use crate::casework::{Error, Refusal, Result, sitting};
use crate::rules::authority::{self, Came, Meeting, Person, Progress, Wrong};
use crate::rules::event::Event;
use crate::rules::id::{ApprovalId, WarningId};
use crate::rules::policy::{Body, StageAct, StageKind, Work};
use crate::rules::task::TaskKind;
use crate::rules::warning_request::{Ended, Wording};
use crate::rules::{clock, days};
use crate::store;
use crate::store::sitting::Subject;
use crate::store::task::NewTask;
use crate::store::warning_request::NewSay;

/// What somebody says to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// A view, before others agree.
    View,
    /// Yes, as it is.
    Agree,
    /// Not like this: the reasons say what is to change.
    SendBack,
}

impl Say {
    /// The word kept in its row.
    const fn key(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Agree => "agree",
            Self::SendBack => "send-back",
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// The view is noted.
    ViewGiven,
    /// Others agree next; the words say who.
    PassedOn(String),
    /// The warning is given, with its letter.
    Given,
    /// It is agreed to, and whoever wrote it has it to give.
    ToBeGiven,
    /// It is back with whoever wrote it.
    SentBack,
    /// This very thing was said before.
    SaidAlready,
}

/// Records what the person at the desk says to a warning that waits, and all that follows.
///
/// # Errors
/// `Forbidden` with who can, `Changed` where it has gone on, `Refused` where it cannot be given today or the meeting does not stand.
pub async fn say(desk: &mut Desk, id: WarningId, said: Say, reasons: &str, stage: usize, meeting: Option<&Meeting>) -> Result<Followed> {
    store::warning_request::lock(&mut desk.tx, id).await?;
    let request = Request::of(desk, id).await?;
    let reader = request.people.reader(desk)?;
    if request.said.iter().any(|one| one.by == reader.id && usize::try_from(one.stage) == Ok(stage) && one.say == said.key()) {
        return Ok(Followed::SaidAlready);
    }
    if !request.waits() {
        return Err(request.has_ended());
    }
    let place = request.turn(&reader).map_err(|refusal| forbidden(&refusal))?;
    if place != stage {
        return Err(Error::Changed("Somebody else has said something to it since you opened this page.".to_owned()));
    }
    fits(&request, place, said)?;
    let met = met(desk, &request, place, said, meeting)?;
    write_down(desk, &request, &reader, place, (said, reasons), met).await?;
    request.people.note_in_place_of(desk, request.customer.id, id.0, |one| request.turn(one).map(|_| ())).await?;
    let told = sitting::with_meeting(&request.people, met, reasons);
    match said {
        Say::View => {
            let as_role = request.people.as_role(&request.policy, &request.stages.stages[place], &reader);
            desk.record(request.customer.id, Event::WarningView { request: id, as_role, view: told }).await?;
            go_on(desk, &request, place, &reader).await?;
            Ok(Followed::ViewGiven)
        }
        Say::Agree => agree(desk, &request, place, &reader, told).await,
        Say::SendBack => send_back(desk, &request, reasons, told).await,
    }
}

/// A view where a view is asked for; a yes, or back, where that is.
fn fits(request: &Request, place: usize, said: Say) -> Result<()> {
    let stage = &request.stages.stages[place];
    let act = match said {
        Say::View => None,
        Say::Agree => Some(StageAct::Approve),
        Say::SendBack => Some(StageAct::Return),
    };
    match (stage.kind, act) {
        (StageKind::Consult, None) => Ok(()),
        (StageKind::Consult, Some(_)) => Err(Error::refused("say", "You are asked for a view here. Somebody else agrees after you.")),
        (StageKind::Authorise, None) => Err(Error::refused("say", "Choose whether you agree")),
        (StageKind::Authorise, Some(act)) if authority::may(stage, act) => Ok(()),
        (StageKind::Authorise, Some(_)) => Err(Error::refused("say", "The policy does not give this stage that choice. Choose another.")),
    }
}

/// The body that met, where one decides here, once its meeting stands.
fn met<'a>(
    desk: &Desk,
    request: &'a Request,
    place: usize,
    said: Say,
    meeting: Option<&'a Meeting>,
) -> Result<Option<(&'a Body, &'a Meeting)>> {
    let wrong = against_meeting(desk, request, place, said, meeting);
    if wrong.is_empty() { Ok(request.body(place).zip(meeting)) } else { Err(Error::Refused(wrong)) }
}

/// What speaks against the meeting as it was recorded, each at its field.
pub fn against_meeting(desk: &Desk, request: &Request, place: usize, said: Say, meeting: Option<&Meeting>) -> Vec<Refusal> {
    let (body, meeting) = match (request.body(place), meeting) {
        (None, None) => return Vec::new(),
        (None, Some(_)) => return vec![Refusal::at("", "This is for one person to decide, not for a meeting.")],
        (Some(_), None) => return vec![Refusal::at("meeting_on", "Enter the day of the meeting")],
        (Some(body), Some(meeting)) => (body, meeting),
    };
    let people = &request.people.people;
    let known: Vec<Person> = people.iter().filter(|line| meeting.sat.contains(&line.id)).map(person).collect();
    if known.len() != meeting.sat.len() {
        return vec![Refusal::at("sat", "Choose who sat from this list")];
    }
    let came = if said == Say::Agree { Came::Approved } else { Came::Neither };
    let days = (days::day_of(request.kept.asked_at), desk.today());
    let checked = authority::check_meeting(&request.policy, body, (meeting, came), days, &known, |one| request.may_sit(place, one));
    let sentence = |wrong: &Wrong| match wrong {
        Wrong::Sitter { who, why } => format!("{} may not sit on this. {why}", request.people.name(*who)),
        other => other.to_string(),
    };
    checked.err().unwrap_or_default().iter().map(|one| Refusal::at(one.field(), sentence(one))).collect()
}

async fn write_down(
    desk: &mut Desk,
    request: &Request,
    reader: &Person,
    place: usize,
    (said, reasons): (Say, &str),
    met: Option<(&Body, &Meeting)>,
) -> Result<()> {
    let id: ApprovalId = desk.new_id();
    let (stage, people) = (&request.stages.stages[place], &request.people);
    let new = NewSay {
        id,
        request: request.kept.id,
        stage: i16::try_from(place).unwrap_or(i16::MAX),
        say: said.key(),
        as_role: &people.as_role(&request.policy, stage, reader),
        as_post: &people.as_post(&request.policy, stage, reader),
        by: reader.id,
        reasons,
    };
    let now = desk.now;
    if !store::warning_request::say(&mut desk.tx, &new, now).await? {
        return Err(Error::Changed("You have said something to this already.".to_owned()));
    }
    sitting::keep(desk, Subject::WarningAgreement(id), None, met).await
}

async fn agree(desk: &mut Desk, request: &Request, place: usize, reader: &Person, reasons: String) -> Result<Followed> {
    let (id, now) = (request.kept.id, desk.now);
    let as_role = request.people.as_role(&request.policy, &request.stages.stages[place], reader);
    let after = Request::of(desk, id).await?;
    let more = matches!(after.stages.progress(&after.policy, &after.approvals()), Progress::Waiting { .. });
    let title = request.kept.step_title.clone();
    desk.record(request.customer.id, Event::WarningAgreed { request: id, title, as_role, reasons, more }).await?;
    if more {
        go_on(desk, request, place, reader).await?;
        return Ok(Followed::PassedOn(after.waits_for().unwrap_or_default()));
    }
    if !store::warning_request::agreed(&mut desk.tx, id, now).await? {
        return Err(request.has_ended());
    }
    desk.finish(TaskKind::Agreement, id.0).await?;
    let came = match request.kept.wording.0 {
        Wording::Written { .. } if request.writer_is_here() => {
            let giving = request.giving(desk);
            give_now(desk, request, &giving).await?;
            Followed::Given
        }
        // Nobody sends a letter for somebody who has left: whoever takes such a step gives it in their own name.
        Wording::Spoken { .. } | Wording::Within { .. } | Wording::Written { .. } => {
            could_be_given(desk, request).await?;
            ask_writer(desk, request, TaskKind::WarningAgreed).await?;
            Followed::ToBeGiven
        }
    };
    tell_writer(desk, request, if came == Followed::Given { Told::Given } else { Told::Agreed }).await?;
    Ok(came)
}

/// Gives it in the name of whoever wrote it.
async fn give_now(desk: &mut Desk, request: &Request, giving: &super::Giving) -> Result<()> {
    let writer = request.writer().ok_or(Error::NotFound)?;
    let case = request.case(desk).await?;
    let given = give_for(desk, &request.customer, &case, giving, &Giver::of(writer)).await;
    if !given.map_err(|error| no_longer(request, error))? {
        return Err(Error::Changed("It was given already.".to_owned()));
    }
    let (by, now) = (desk.staff()?.id, desk.now);
    if !store::warning_request::end(&mut desk.tx, request.kept.id, (Ended::Given, None), by, now).await? {
        return Err(request.has_ended());
    }
    Ok(())
}

/// Whether what is to be said could be said today: nobody agrees to what the ladder no longer allows.
async fn could_be_given(desk: &mut Desk, request: &Request) -> Result<()> {
    let writer = request.writer().ok_or(Error::NotFound)?;
    let case = request.case(desk).await?;
    let way = super::give::way(desk, &case, &request.giving(desk), &Giver::of(writer)).map_err(|error| no_longer(request, error))?;
    match way.refused {
        Some(why) => Err(no_longer(request, Error::Forbidden(why))),
        None => Ok(()),
    }
}

/// Why it cannot be given any more although it was written when it could.
fn no_longer(request: &Request, error: Error) -> Error {
    let name = request.people.name(request.kept.asked_by);
    let leave = format!("Send it back, or let {name} take it back.");
    match error {
        Error::Forbidden(why) => Error::refused("", format!("{name} cannot give it any more. {why} {leave}")),
        Error::Refused(all) => {
            let why: Vec<String> = all.into_iter().map(|one| one.sentence).collect();
            Error::refused("", format!("It cannot be given any more. {} {leave}", why.join(" ")))
        }
        other => other,
    }
}

async fn send_back(desk: &mut Desk, request: &Request, reasons: &str, told: String) -> Result<Followed> {
    let (id, by, now) = (request.kept.id, desk.staff()?.id, desk.now);
    if !store::warning_request::end(&mut desk.tx, id, (Ended::SentBack, Some(reasons)), by, now).await? {
        return Err(request.has_ended());
    }
    desk.finish(TaskKind::Agreement, id.0).await?;
    let event = Event::WarningSentBack { request: id, title: request.kept.step_title.clone(), reasons: told };
    desk.record(request.customer.id, event).await?;
    ask_writer(desk, request, TaskKind::WarningBack).await?;
    tell_writer(desk, request, Told::SentBack).await?;
    Ok(Followed::SentBack)
}

/// Asks whoever is next, or lets those who are asked already go on.
async fn go_on(desk: &mut Desk, request: &Request, place: usize, reader: &Person) -> Result<()> {
    let after = Request::of(desk, request.kept.id).await?;
    let same_stage =
        matches!(after.stages.progress(&after.policy, &after.approvals()), Progress::Waiting { open, .. } if open.contains(&place));
    let (id, now) = (request.kept.id.0, desk.now);
    if same_stage {
        // Whoever said it holds the post still, but has nothing more to do: the others are asked anew, without them.
        store::task::finish(&mut desk.tx, TaskKind::Agreement, id, Some(reader.id), now).await?;
    } else {
        desk.finish(TaskKind::Agreement, id).await?;
    }
    ask_who_may(desk, &after).await
}

/// Gives it back to whoever wrote it; where they have left, to the posts that take such a step.
async fn ask_writer(desk: &mut Desk, request: &Request, kind: TaskKind) -> Result<()> {
    let here = request.writer_is_here().then_some(request.kept.asked_by);
    let roles = request.step.taken_by.role_keys().into_iter().map(str::to_owned).collect();
    let work = if kind == TaskKind::WarningBack { Work::Questions } else { Work::FollowUp };
    let task = NewTask {
        kind,
        customer: request.customer.id,
        subject: request.kept.id.0,
        staff: here.or_else(|| desk.staff().ok().filter(|_| request.step.taken_by.role_keys().is_empty()).map(|staff| staff.id)),
        for_roles: if here.is_some() { Vec::new() } else { roles },
        not_for: Vec::new(),
        due_on: clock::done_by(&request.policy, work, desk.today()),
        note: Some(request.step.title.clone()),
        whom: None,
    };
    desk.ask(task).await?;
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Given,
    Agreed,
    SentBack,
}

/// Writes to whoever wrote it. Nothing of the case goes into an email but the customer's reference.
async fn tell_writer(desk: &mut Desk, request: &Request, what: Told) -> Result<()> {
    let Some(to) = request.writer().filter(|line| !line.has_left).cloned() else { return Ok(()) };
    let (by, word, reference) = (desk.staff()?.name.clone(), &request.policy.words.warning.one, &request.customer.reference);
    let (subject, sentence) = match what {
        Told::Given => (
            format!("The {word} you wrote is agreed to"),
            format!(
                "The {word} you wrote for ⟦customer⟧ {reference} is agreed to and given from this minute. Its letter waits for you to send."
            ),
        ),
        Told::Agreed => (
            format!("The {word} you wrote is agreed to"),
            format!("The {word} you wrote for ⟦customer⟧ {reference} is agreed to. Give it as you wrote it, then record when."),
        ),
        Told::SentBack => (
            format!("The {word} you wrote was sent back"),
            format!("{by} has sent back the {word} you wrote for ⟦customer⟧ {reference}, and says why. Write it again, or leave it."),
        ),
    };
    let words = format!("Dear {}\n\n{sentence}\n\n/warning-requests/{}\n", to.name, request.kept.id);
    desk.write_to(&to.name, &to.email, &format!("warning {} {what:?} to {}", request.kept.id, to.id), &subject, &words).await
}

/// When a warning that was agreed to reached the customer.
#[derive(Clone, Debug)]
pub enum Gave {
    /// It was said: when, and the words, as near as can be.
    Said { at: DateTime<Utc>, words: String },
    /// It went in a letter about something else: its day and its reference. The passage is the one that was agreed to.
    Within { on: chrono::NaiveDate, reference: String },
    /// It goes now, in a letter of its own, as it was agreed to: whoever wrote it has left.
    Written,
}

/// Records that what was agreed to was said, or went in another letter. False when that was recorded before.
///
/// # Errors
/// `Forbidden` with who can, `Changed` where it is not agreed to, `Refused` where the ladder no longer allows it.
pub async fn give_agreed(desk: &mut Desk, id: WarningId, gave: &Gave) -> Result<bool> {
    store::warning_request::lock(&mut desk.tx, id).await?;
    let request = Request::of(desk, id).await?;
    if !request.is_writers(desk)? {
        return Err(Error::Forbidden(format!("Only {}, who wrote it, can record this.", request.people.name(request.kept.asked_by))));
    }
    if request.kept.ended() == Some(Ended::Given) {
        return Ok(false);
    }
    if !request.is_to_be_given() {
        return Err(request.has_ended());
    }
    let mut giving = request.giving(desk);
    giving.how = match (giving.how, gave.clone()) {
        (How::Spoken { .. }, Gave::Said { at, words }) => How::Spoken { at, words },
        (How::Within { passage, .. }, Gave::Within { on, reference }) => How::Within { on, reference, passage },
        (How::Written(writing), Gave::Written) => How::Written(writing),
        _ => return Err(Error::refused("", "It was agreed to in another form.")),
    };
    let since = request.kept.agreed_at.unwrap_or(request.kept.asked_at);
    let too_early = match gave {
        // It is typed to the minute.
        Gave::Said { at, .. } => *at < since.duration_trunc(TimeDelta::minutes(1)).unwrap_or(since),
        Gave::Within { on, .. } => *on < days::day_of(since),
        Gave::Written => false,
    };
    if too_early {
        let sentence = format!("It was agreed to on {}. Enter when it was given after that", crate::rules::say::minute(since));
        return Err(Error::refused("date", sentence));
    }
    let giver = Giver::at(desk)?;
    let case = request.case(desk).await?;
    if !give_for(desk, &request.customer, &case, &giving, &giver).await? {
        return Ok(false);
    }
    let (by, now) = (desk.staff()?.id, desk.now);
    if !store::warning_request::end(&mut desk.tx, id, (Ended::Given, None), by, now).await? {
        return Err(request.has_ended());
    }
    desk.finish(TaskKind::WarningAgreed, id.0).await?;
    Ok(true)
}
