//! A warning that others agree to before it is given: writing it down, asking whoever may agree, and taking it back.

use std::sync::Arc;

use super::give::{self, Giver, Giving, How, Writing};
use super::{Case, Way, kept, preview};
use crate::casework::case::{self, Wanted};
use crate::casework::checklist::keep;
use crate::casework::desk::Desk;
use crate::casework::{Error, Result, found, incident};
use crate::letters::Letter;
use crate::rules::authority::{self, Approval, Person, Refusal, Stages};
use crate::rules::event::Event;
use crate::rules::id::WarningId;
use crate::rules::policy::{Body, Part, Policy, StageKind, Step};
use crate::rules::task::TaskKind;
use crate::rules::warning_request::{self as rule, Ended, Wording};
use crate::rules::{checklist, clock, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::staff::StaffLine;
use crate::store::warning_request::{NewRequest, Said};

/// A warning that waits, or waited, with everything that is decided on it from.
#[derive(Debug)]
pub struct Request {
    /// As it was written.
    pub kept: store::warning_request::Request,
    /// Whose it would be.
    pub customer: Head,
    /// The policy that judges it.
    pub policy: Arc<Policy>,
    /// The step it would be.
    pub step: Step,
    /// Everything said to it.
    pub said: Vec<Said>,
    /// Who took which part, and who works here.
    pub people: case::Case,
    /// The stages the policy asks for.
    asked: Stages,
    /// The same as they stand here: a substitute in the place of whoever may not.
    pub stages: Stages,
}

impl Request {
    /// As it stands now.
    pub async fn of(desk: &mut Desk, id: WarningId) -> Result<Self> {
        let kept = found(store::warning_request::find(&mut desk.tx, id).await?)?;
        let customer = found(store::customer::get(&mut desk.tx, kept.customer).await?)?;
        let policy = desk.policy_of(kept.policy).await?;
        let inconsistent = || store::Error::Inconsistent { table: "warning_request", id: id.0 };
        let step = policy.ladder.step(&kept.step).cloned().ok_or_else(inconsistent)?;
        let asked = rule::stages(&policy, &step).unwrap_or_default();
        let said = store::warning_request::said(&mut desk.tx, id).await?;
        let people = people(desk, (&policy, &asked), &kept, &said).await?;
        let stages = asked.with_substitutes(&policy, &approvals(&said), &people.here(), &people.history);
        Ok(Self { kept, customer, policy, step, said, people, asked, stages })
    }

    /// The views and agreements so far; where a body decided, one for each who sat.
    pub fn approvals(&self) -> Vec<Approval> {
        approvals(&self.said)
    }

    /// Whether it waits for others to agree.
    pub const fn waits(&self) -> bool {
        self.kept.agreed_at.is_none() && self.kept.ended_at.is_none()
    }

    /// Whether it is agreed to, and has to be said or sent in another letter.
    pub const fn is_to_be_given(&self) -> bool {
        self.kept.agreed_at.is_some() && self.kept.ended_at.is_none()
    }

    /// Whom it waits for, in the middle of a sentence.
    pub fn waits_for(&self) -> Option<String> {
        rule::waits_for(&self.policy, &self.stages, &self.approvals())
    }

    /// The stage this person may act in now, or why not.
    pub fn turn(&self, person: &Person) -> std::result::Result<usize, Refusal> {
        rule::turn(&self.policy, &self.stages, &self.approvals(), person, &self.people.history)
    }

    /// Why nobody can go on with it, where nobody can.
    pub fn stuck(&self) -> Option<String> {
        self.stages.stuck(&self.policy, &self.approvals(), &self.people.here(), &self.people.history)
    }

    /// The names of those who may act now.
    pub fn who_can(&self) -> Vec<&str> {
        self.people.who_may(|one| self.turn(one).map(|_| ())).into_iter().map(|line| line.name.as_str()).collect()
    }

    /// The body that agrees at this stage, where one does.
    pub fn body(&self, place: usize) -> Option<&Body> {
        authority::body_of(&self.policy, self.stages.stages.get(place)?)
    }

    /// Whether this person may sit when the body of this stage decides.
    pub fn may_sit(&self, place: usize, person: &Person) -> std::result::Result<(), Refusal> {
        let may = authority::may_sit(&self.policy, &self.stages, place, &self.approvals(), person, &self.people.history);
        may.map_err(|refusal| match refusal {
            Refusal::OwnRequest { who } => Refusal::OwnWords { who },
            other => other,
        })
    }

    /// Whoever wrote it.
    pub fn writer(&self) -> Option<&StaffLine> {
        self.people.people.iter().find(|line| line.id == self.kept.asked_by)
    }

    /// Whether whoever wrote it works here still.
    pub fn writer_is_here(&self) -> bool {
        self.writer().is_some_and(|line| !line.has_left)
    }

    /// Who gives it once it is agreed to, for the beginning of a sentence.
    pub fn giver(&self) -> String {
        match self.writer_is_here() {
            true => self.people.name(self.kept.asked_by).to_owned(),
            false => say::sentence(&self.step.taken_by.say(&self.policy.roles)),
        }
    }

    /// Whether this is for the person at the desk who wrote it; or, once that person has left, for whoever may take the step.
    pub fn is_writers(&self, desk: &Desk) -> Result<bool> {
        let staff = desk.staff()?;
        let has_left = !self.writer_is_here();
        let person = Person { id: staff.id, roles: staff.roles.clone() };
        Ok(staff.id == self.kept.asked_by
            || (has_left && authority::may_take(&self.policy, &self.step, &person, &self.people.history).is_ok()))
    }

    /// The case it is given in, as it stands today.
    pub async fn case(&self, desk: &mut Desk) -> Result<Case> {
        let incident = match self.kept.incident {
            Some(id) => Some(found(store::incident::find(&mut desk.tx, id).await?)?),
            None => None,
        };
        Case::under(desk, (self.policy.clone(), self.kept.policy), self.kept.customer, incident).await
    }

    /// The letter as it would go today, where it is given in one of its own.
    ///
    /// # Errors
    /// `Refused` or `Forbidden` where it could not be given today.
    pub async fn letter(&self, desk: &mut Desk) -> Result<Option<Letter>> {
        let Some(writer) = self.writer() else { return Ok(None) };
        let case = self.case(desk).await?;
        give::preview_for(desk, &self.customer, &case, &self.giving(desk), &Giver::of(writer)).await
    }

    /// What is given once it is agreed to, for a letter of its own; for the others, without when it was said and where it stands.
    pub(super) fn giving(&self, desk: &Desk) -> Giving {
        let how = match self.kept.wording.0.clone() {
            Wording::Spoken { words } => How::Spoken { at: desk.now, words },
            Wording::Written { on, what, why, ask, putting_right, told_us } => {
                How::Written(Box::new(Writing { on, what, why, ask, putting_right, told_us }))
            }
            Wording::Within { passage } => How::Within { on: desk.today(), reference: String::new(), passage },
        };
        let skip = self.kept.skip_reason.clone().zip(self.kept.skip_because.clone());
        Giving { id: self.kept.id, step: self.step.key.clone(), how, checked: Vec::new(), skip }
    }
}

/// Who took which part: in the incident, in the customer's earlier warnings, and in this one so far.
async fn people(
    desk: &mut Desk,
    (policy, stages): (&Policy, &Stages),
    kept: &store::warning_request::Request,
    said: &[Said],
) -> Result<case::Case> {
    let mut history = match kept.incident {
        Some(id) => incident::history(&found(store::incident::find(&mut desk.tx, id).await?)?),
        None => authority::History::default(),
    };
    for one in store::warning_request::took_part(&mut desk.tx, kept.customer, kept.begun_as).await? {
        if let Some(part) = Part::from_key(&one.part) {
            history = history.with(one.staff, part);
        }
    }
    for view in said.iter().filter(|one| one.say == "view") {
        history = history.with(view.by, Part::Consulted);
    }
    for agreed in said.iter().filter(|one| one.say == "agree") {
        let by = if agreed.met { &agreed.sat[..] } else { std::slice::from_ref(&agreed.by) };
        history = by.iter().fold(history, |history, one| history.with(*one, Part::Authorised));
    }
    let people = store::staff::list(&mut desk.tx).await?;
    let history = history.with(kept.asked_by, Part::Proposed).among(&case::placed(&people));
    let took = vec![(kept.asked_by, Part::Proposed)];
    case::Case { history, people, took, lent: Vec::new(), is_sent_back: false, reviewer: None }.lending(desk, policy, stages).await
}

fn approvals(said: &[Said]) -> Vec<Approval> {
    let counts = said.iter().filter(|one| matches!(one.say.as_str(), "view" | "agree"));
    counts
        .flat_map(|one| {
            let stage = usize::try_from(one.stage).unwrap_or_default();
            let by = if one.met { &one.sat[..] } else { std::slice::from_ref(&one.by) };
            by.iter().map(move |by| Approval { stage, by: *by })
        })
        .collect()
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It waits from now on.
    Now,
    /// This very one was asked for before.
    Before,
}

/// The one of this step that waits for this customer already, where one does.
pub async fn waiting(desk: &mut Desk, customer: &Head, step: &str) -> Result<Option<WarningId>> {
    let all = store::warning_request::waiting(&mut desk.tx, customer.id).await?;
    Ok(all.into_iter().find(|one| one.step == step).map(|one| one.id))
}

/// Keeps a warning as it was written, and asks whoever the policy says agrees to it. `again` is the one it takes the place of.
///
/// # Errors
/// `Refused` where it could not be given today, or one waits already.
pub async fn ask(desk: &mut Desk, customer: &Head, case: &Case, giving: &Giving, again: Option<WarningId>) -> Result<Asked> {
    // One at a time for a customer: a second press finds the first, and whoever asks for the same step finds that it waits.
    store::customer::lock(&mut desk.tx, customer.id).await?;
    if store::warning_request::find(&mut desk.tx, giving.id).await?.is_some() {
        return Ok(Asked::Before);
    }
    let giver = Giver::at(desk)?;
    let way = give::may_be_given(desk, case, giving, &giver)?;
    preview(desk, customer, case, giving).await?;
    if waiting(desk, customer, &way.step.key).await?.is_some() {
        return Err(Error::refused("", format!("“{}” waits for others to agree already. Take that one back first.", way.step.title)));
    }
    let before = match again {
        Some(id) => {
            store::warning_request::find(&mut desk.tx, id).await?.filter(|one| one.customer == customer.id && one.ended_at.is_some())
        }
        None => None,
    };
    write_down(desk, customer, case, (&way, giving), before.as_ref().map_or(giving.id, |one| one.begun_as)).await?;
    keep(desk, &checklist::of_step(&case.policy, &way.step), giving.id.0, &giving.checked).await?;
    desk.record(customer.id, Event::WarningAsked { request: giving.id, title: way.step.title.clone() }).await?;
    if let Some(one) = &case.incident {
        desk.finish(TaskKind::Warning, one.id.0).await?;
    }
    for back in store::warning_request::sent_back(&mut desk.tx, giving.id).await? {
        desk.finish(TaskKind::WarningBack, back.0).await?;
    }
    let request = Request::of(desk, giving.id).await?;
    ask_who_may(desk, &request).await?;
    Ok(Asked::Now)
}

async fn write_down(desk: &mut Desk, customer: &Head, case: &Case, (way, giving): (&Way, &Giving), begun_as: WarningId) -> Result<()> {
    let new = NewRequest {
        id: giving.id,
        customer: customer.id,
        incident: case.incident.as_ref().map(|one| one.id),
        policy: case.version,
        step: (&way.step.key, &way.step.title),
        form: kept(giving.how.form()),
        wording: &wording(&giving.how),
        skip: giving.skip.as_ref().filter(|_| way.skip.is_some()).map(|(reason, because)| (reason.as_str(), because.as_str())),
        begun_as,
        by: desk.staff()?.id,
    };
    let now = desk.now;
    match store::warning_request::add(&mut desk.tx, &new, now).await {
        Ok(_) => Ok(()),
        Err(error) if error.constraint() == Some("warning_request_waits_once") => Err(Error::refused(
            "",
            format!("Somebody has just asked for “{}” too. Open the ⟦customer⟧’s record to read it.", way.step.title),
        )),
        Err(error) => Err(error.into()),
    }
}

fn wording(how: &How) -> Wording {
    match how {
        How::Spoken { words, .. } => Wording::Spoken { words: words.clone() },
        How::Written(writing) => {
            let Writing { on, what, why, ask, putting_right, told_us } = (**writing).clone();
            Wording::Written { on, what, why, ask, putting_right, told_us }
        }
        How::Within { passage, .. } => Wording::Within { passage: passage.clone() },
    }
}

/// Asks whoever may act next, with a task and an email each.
pub(super) async fn ask_who_may(desk: &mut Desk, request: &Request) -> Result<()> {
    let (policy, people, approvals) = (&request.policy, &request.people, request.approvals());
    let authority::Progress::Waiting { open, .. } = request.stages.progress(policy, &approvals) else { return Ok(()) };
    let due_on = clock::decide_by(policy, desk.today()).due;
    let note = request.stuck().unwrap_or_else(|| request.step.title.clone());
    for place in open {
        let stage = &request.stages.stages[place];
        let may = |one: &Person| request.stages.may_act_at(policy, place, &approvals, one, &people.history);
        let wanted = Wanted { kind: TaskKind::Agreement, customer: request.customer.id, subject: request.kept.id.0, due_on };
        let who = request.body(place).map_or(&stage.of, |body| &body.clerk);
        people.ask(desk, &wanted, who, Some(note.clone()), may).await?;
        for line in people.who_may(may) {
            let (subject, words) = email(request, stage.kind, &line.name, due_on);
            let key = format!("warning {} stage {place} to {}", request.kept.id, line.id);
            desk.write_to(&line.name, &line.email, &key, &subject, &words).await?;
        }
    }
    Ok(())
}

/// Nothing of the case goes into an email but the customer's reference.
fn email(request: &Request, kind: StageKind, name: &str, due_on: chrono::NaiveDate) -> (String, String) {
    let (word, reference) = (&request.policy.words.warning, &request.customer.reference);
    let (subject, act) = match kind {
        StageKind::Consult => (format!("Your view is asked for on {}", word.a), "give your view on"),
        StageKind::Authorise => (format!("{} waits for you to agree", say::sentence(&word.a)), "agree to"),
    };
    let words = format!(
        "Dear {name}\n\nPlease read and {act} the {} written for ⟦customer⟧ {reference} by {}, or send it back with a reason. It is not given before.\n\n/warning-requests/{}\n\nYou are asked because the policy lets you, and you did not write it.\n",
        word.one,
        say::weekday(due_on),
        request.kept.id,
    );
    (subject, words)
}

impl Request {
    /// How it ended, to somebody who read it before.
    pub(super) fn has_ended(&self) -> Error {
        let name = self.kept.ended_by.as_deref().unwrap_or("Somebody");
        Error::Changed(match self.kept.ended() {
            Some(Ended::Given) => "It is agreed to and was given already.".to_owned(),
            Some(Ended::SentBack) => format!("{name} has sent it back already."),
            Some(Ended::TakenBack) => format!("{name} has taken it back already."),
            None if self.kept.agreed_at.is_some() => "It is agreed to already.".to_owned(),
            None => "It was changed since you opened it.".to_owned(),
        })
    }

    /// The stages as the policy has them, with where they are read, for whoever wants to know.
    pub fn told(&self) -> Vec<String> {
        let more = self.stages.because.iter().skip(self.asked.because.len());
        self.asked.because.iter().chain(more).cloned().collect()
    }
}
