//! Giving a warning: said, in a letter of its own, or inside another.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Case, Way, kept};
use crate::casework::checklist::{against, keep_as_given};
use crate::casework::desk::Desk;
use crate::casework::{Error, Refusal, Result, case, incident, letter};
use crate::letters::{self, Happening, Letter, Signer};
use crate::rules::authority::Person;
use crate::rules::checklist::{self, Answer};
use crate::rules::event::Event;
use crate::rules::id::{LetterId, WarningId};
use crate::rules::ladder::{self, Count, Taken, next_steps};
use crate::rules::policy::plain::agreed_in_words;
use crate::rules::policy::{Checklist, Policy, Step, StepForm};
use crate::rules::task::TaskKind;
use crate::rules::{days, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::staff::StaffLine;
use crate::store::warning::NewWarning;

/// A warning, as somebody gives it.
#[derive(Clone, Debug)]
pub struct Giving {
    /// Its id, made with the form, so that it is given once.
    pub id: WarningId,
    /// The step's key.
    pub step: String,
    /// How.
    pub how: How,
    /// What was answered to the lists beside the step.
    pub checked: Vec<Answer>,
    /// Where steps before it are left out: a reason of the policy's, by key, and why it holds here.
    pub skip: Option<(String, String)>,
}

/// How a warning reaches the customer, with what each way needs.
#[derive(Clone, Debug)]
pub enum How {
    /// It was said: when, and the words.
    Spoken { at: DateTime<Utc>, words: String },
    /// In a letter of its own.
    Written(Box<Writing>),
    /// Inside a letter about something else: its day, its reference, and the passage.
    Within { on: NaiveDate, reference: String, passage: String },
}

/// What a warning letter says.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The day it happened.
    pub on: NaiveDate,
    /// What was done, to "you".
    pub what: String,
    /// Why that is not acceptable.
    pub why: String,
    /// What we ask.
    pub ask: String,
    /// What we put right; may be empty.
    pub putting_right: String,
    /// What the customer told us; may be empty.
    pub told_us: String,
}

impl How {
    /// The form of the policy.
    pub fn form(&self) -> StepForm {
        match self {
            Self::Spoken { .. } => StepForm::Spoken,
            Self::Written(_) => StepForm::Written,
            Self::Within { .. } => StepForm::WithinCorrespondence,
        }
    }

    fn given_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Spoken { at, .. } => *at,
            Self::Written(_) => now,
            Self::Within { on, .. } if *on == days::day_of(now) => now,
            Self::Within { on, .. } => days::start_of(*on),
        }
    }
}

/// Whose warning it is: whoever gives it, or wrote it for others to agree.
#[derive(Clone, Debug)]
pub(super) struct Giver {
    /// As the rules know them.
    pub person: Person,
    /// As they sign a letter.
    signer: Signer,
}

impl Giver {
    /// The person at the desk.
    pub fn at(desk: &Desk) -> Result<Self> {
        let staff = desk.staff()?;
        let signer = Signer { name: staff.name.clone(), job_title: staff.job_title.clone() };
        Ok(Self { person: Person { id: staff.id, roles: staff.roles.clone() }, signer })
    }

    /// A colleague.
    pub fn of(line: &StaffLine) -> Self {
        let signer = Signer { name: line.name.clone(), job_title: line.job_title.clone() };
        Self { person: case::person(line), signer }
    }
}

/// Gives a warning: its letter where it is written, its place in the history, and the task that asked for it.
/// False when this very one was given before.
///
/// # Errors
/// `Refused` where the ladder does not allow it today, or the policy asks that others agree first.
pub async fn give(desk: &mut Desk, customer: &Head, case: &Case, giving: &Giving) -> Result<bool> {
    if store::warning::exists(&mut desk.tx, giving.id).await? {
        return Ok(false);
    }
    let giver = Giver::at(desk)?;
    let way = way(desk, case, giving, &giver)?;
    if let Some(stages) = &way.step.agreed_by {
        return Err(Error::refused("", agreed_in_words(&case.policy, stages)));
    }
    check(desk, &way, giving, &checklist::of_step(&case.policy, &way.step))?;
    given(desk, customer, case, &way, (giving, &giver)).await
}

/// The same for one that others agreed to: it is the warning of whoever wrote it, and is judged by how things stand now. What was answered
/// to the lists beside the step was kept when it was written.
pub(super) async fn give_for(desk: &mut Desk, customer: &Head, case: &Case, giving: &Giving, giver: &Giver) -> Result<bool> {
    let way = way(desk, case, giving, giver)?;
    check(desk, &way, giving, &[])?;
    given(desk, customer, case, &way, (&Giving { checked: Vec::new(), ..giving.clone() }, giver)).await
}

async fn given(desk: &mut Desk, customer: &Head, case: &Case, way: &Way, (giving, giver): (&Giving, &Giver)) -> Result<bool> {
    let skipped = skipped(way, giving)?;
    let letter = match &giving.how {
        How::Written(writing) => Some(make_letter(desk, customer, case, &way.step, (giving.id, writing, giver)).await?),
        _ => None,
    };
    let given_at = giving.how.given_at(desk.now);
    let (words, reference, passage) = match &giving.how {
        How::Spoken { words, .. } => (words, None, None),
        How::Written(writing) => (&writing.ask, None, None),
        How::Within { reference, passage, .. } => (passage, Some(reference.as_str()), Some(passage.as_str())),
    };
    let by = giver.person.id;
    let new = NewWarning {
        id: giving.id,
        customer: customer.id,
        incident: case.incident.as_ref().map(|one| one.id),
        policy: case.version,
        step: &way.step.key,
        step_title: &way.step.title,
        form: kept(giving.how.form()),
        given_at,
        given_by: by,
        words,
        within_reference: reference,
        within_passage: passage,
        letter,
        counts_until: counts_until(&case.policy, &way.step, days::day_of(given_at), desk.today()),
        skipped: skipped.as_ref().map(|(keys, because)| (keys.as_str(), because.as_str())),
    };
    if !store::warning::add(&mut desk.tx, &new).await? {
        return Ok(false);
    }
    keep_as_given(desk, &checklist::of_step(&case.policy, &way.step), giving.id.0, &giving.checked).await?;
    let event = Event::WarningGiven { warning: giving.id, title: way.step.title.clone(), form: giving.how.form().title().to_lowercase() };
    desk.record_for(by, customer.id, event, given_at).await?;
    if let (Some((_, because)), Some(skip)) = (skipped, &way.skip) {
        let now = desk.now;
        desk.record_for(by, customer.id, Event::StepLeftOut { warning: giving.id, steps: skip.titles.clone(), because }, now).await?;
    }
    if let Some(one) = &case.incident {
        desk.finish(TaskKind::Warning, one.id.0).await?;
    }
    Ok(true)
}

/// The letter as it would be made, with everything that `give` looks at looked at; nothing is kept. `None` where it is not given in a
/// letter of its own, or was given before.
pub async fn preview(desk: &mut Desk, customer: &Head, case: &Case, giving: &Giving) -> Result<Option<Letter>> {
    let giver = Giver::at(desk)?;
    if !matches!(giving.how, How::Written(_)) {
        return Ok(None);
    }
    if !store::warning::exists(&mut desk.tx, giving.id).await? {
        may_be_given(desk, case, giving, &giver)?;
    }
    preview_for(desk, customer, case, giving, &giver).await
}

/// The same for one that was written by somebody else.
pub(super) async fn preview_for(desk: &mut Desk, customer: &Head, case: &Case, giving: &Giving, giver: &Giver) -> Result<Option<Letter>> {
    let How::Written(writing) = &giving.how else { return Ok(None) };
    if store::warning::exists(&mut desk.tx, giving.id).await? {
        return Ok(None);
    }
    let way = way(desk, case, giving, giver)?;
    check(desk, &way, giving, &[])?;
    skipped(&way, giving)?;
    let letter = Letter::Warning(words(desk, customer, case, &way.step, (writing, giver)).await?);
    incident::together::names_nobody_else(desk, customer.id, &letter).await?;
    Ok(Some(letter))
}

/// The way it takes, where the ladder allows it today and nothing keeps it from being given.
pub(super) fn may_be_given(desk: &Desk, case: &Case, giving: &Giving, giver: &Giver) -> Result<Way> {
    let way = way(desk, case, giving, giver)?;
    check(desk, &way, giving, &checklist::of_step(&case.policy, &way.step))?;
    skipped(&way, giving)?;
    Ok(way)
}

pub(super) fn way(desk: &Desk, case: &Case, giving: &Giving, giver: &Giver) -> Result<Way> {
    let mut ways = case.ways_of(&giver.person, desk.today()).into_iter();
    ways.find(|way| way.step.key == giving.step).ok_or_else(|| not_now(case, &giving.step, desk.today()))
}

/// Everything that keeps this warning from being given, at once.
fn check(desk: &Desk, way: &Way, giving: &Giving, lists: &[&Checklist]) -> Result<()> {
    if let Some(refused) = &way.refused {
        return Err(Error::Forbidden(refused.clone()));
    }
    let mut refusals = Vec::new();
    if !way.forms.contains(&giving.how.form()) {
        let forms: Vec<String> = way.forms.iter().map(|form| form.title().to_lowercase()).collect();
        let forms = say::either(&forms);
        refusals.push(Refusal::at("", format!("“{}” can be given {forms}.", way.step.title)));
    }
    if giving.how.given_at(desk.now) > desk.now {
        refusals.push(Refusal::at("date", "Enter a day that has been: it cannot have been given in the future"));
    }
    refusals.extend(against(lists, &giving.checked));
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// The keys of the steps left out and why, where something has to come first.
fn skipped(way: &Way, giving: &Giving) -> Result<Option<(String, String)>> {
    let Some(skip) = &way.skip else { return Ok(None) };
    let (reason, words) = giving.skip.clone().unwrap_or_default();
    let said = skip.reasons.iter().find(|(key, _)| *key == reason).map(|(_, said)| said);
    let mut refusals = Vec::new();
    if said.is_none() {
        refusals.push(Refusal::at("skip", "Choose the reason of the policy that holds here"));
    }
    if words.trim().is_empty() {
        refusals.push(Refusal::at("skip_because", "Enter why it holds here"));
    }
    match said {
        Some(said) if refusals.is_empty() => Ok(Some((skip.keys.join(","), format!("{said}. {}", words.trim())))),
        _ => Err(Error::Refused(refusals)),
    }
}

/// Why the ladder does not allow this step today.
fn not_now(case: &Case, step: &str, today: NaiveDate) -> Error {
    let steps = next_steps(&case.policy, &case.past, today);
    let because = steps.into_iter().find(|next| next.step.key == step).map(|next| next.because);
    Error::refused("", because.unwrap_or_else(|| "Choose a step that the policy has.".to_owned()))
}

async fn make_letter(
    desk: &mut Desk,
    customer: &Head,
    case: &Case,
    step: &Step,
    (id, writing, giver): (WarningId, &Writing, &Giver),
) -> Result<LetterId> {
    let warning = Letter::Warning(words(desk, customer, case, step, (writing, giver)).await?);
    incident::together::names_nobody_else(desk, customer.id, &warning).await?;
    letter::make_by(desk, giver.person.id, customer.id, id.0, &warning).await
}

async fn words(
    desk: &mut Desk,
    customer: &Head,
    case: &Case,
    step: &Step,
    (writing, giver): (&Writing, &Giver),
) -> Result<letters::Warning> {
    Ok(letters::Warning {
        shared: letter::shared_by(desk, customer, case.policy.clone(), giver.signer.clone()).await?,
        step: step.key.clone(),
        happened: vec![Happening { on: writing.on, what: writing.what.clone() }],
        why: writing.why.clone(),
        ask: writing.ask.clone(),
        putting_right: writing.putting_right.clone(),
        told_us: writing.told_us.clone(),
        counts_until: counts_until(&case.policy, step, desk.today(), desk.today()),
    })
}

/// The last day on which a step taken on a day counts, where that is known.
fn counts_until(policy: &Policy, step: &Step, on: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let taken = Taken { step: step.key.clone(), on, withdrawn: false, case_closed: None, promised: None, behaviours: Vec::new() };
    match ladder::count(policy, &taken, today) {
        Count::Counts { until } => until,
        Count::NoLonger { since, .. } => since.pred_opt(),
        Count::Withdrawn | Count::OtherBehaviour => None,
    }
}
