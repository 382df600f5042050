//! Warnings: what counts today, giving one in the form the policy allows, and withdrawing it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::desk::Desk;
use super::{Error, Refusal, Result, found, incident, letter};
use crate::letters::{self, Happening, Letter};
use crate::rules::authority::{History, Person, may_take};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, WarningId};
use crate::rules::ladder::{self, Count, Past, Taken, next_steps};
use crate::rules::policy::{Danger, Policy, Step, StepForm, StepKind};
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::Incident;
use crate::store::warning::NewWarning;

/// What has been done with a customer so far, for the ladder; with the facts about safety of the incident at hand.
pub async fn past(desk: &mut Desk, customer: CustomerId, dangers: &[Danger]) -> Result<Past> {
    let restriction = desk
        .policy
        .ladder
        .restriction()
        .map(|step| step.key.clone())
        .unwrap_or_default();
    let taken = store::warning::taken(&mut desk.tx, customer).await?;
    let taken = taken.into_iter().map(|line| Taken {
        step: line.step.unwrap_or_else(|| restriction.clone()),
        on: line.on,
        withdrawn: line.withdrawn,
        case_closed: line.case_closed,
    });
    Ok(Past {
        taken: taken.collect(),
        dangers: dangers.to_vec(),
    })
}

/// The case a warning is given in: the policy that judges it, what came before, and who took part.
#[derive(Debug)]
pub struct Case {
    /// The policy of the incident, or today's.
    pub policy: Arc<Policy>,
    /// What counts.
    pub past: Past,
    /// Who took which part.
    pub history: History,
    /// The incident it follows, where it follows one.
    pub incident: Option<Incident>,
}

/// One way to warn that the ladder allows today.
#[derive(Clone, Debug)]
pub struct Way {
    /// The step.
    pub step: Step,
    /// The forms it may take.
    pub forms: Vec<StepForm>,
    /// Why the person at the desk may not take it, where they may not.
    pub refused: Option<String>,
}

impl Case {
    /// The case of a customer, or of one incident with them.
    pub async fn of(
        desk: &mut Desk,
        customer: CustomerId,
        incident: Option<Incident>,
    ) -> Result<Self> {
        let (policy, dangers, history) = match &incident {
            Some(one) if one.customer != customer => return Err(Error::NotFound),
            Some(one) => (
                desk.policy_of(one.policy).await?,
                incident::dangers(one),
                incident::history(one),
            ),
            None => (desk.policy.clone(), Vec::new(), History::default()),
        };
        let past = past(desk, customer, &dangers).await?;
        Ok(Self {
            policy,
            past,
            history,
            incident,
        })
    }

    /// Every step that warns and may come next.
    pub fn ways(&self, desk: &Desk) -> Result<Vec<Way>> {
        let staff = desk.staff()?;
        let person = Person {
            id: staff.id,
            roles: staff.roles.clone(),
        };
        let steps = next_steps(&self.policy, &self.past, desk.today());
        let open = steps.into_iter().filter(|next| {
            next.may && matches!(next.step.kind, StepKind::Informal | StepKind::Warning)
        });
        Ok(open
            .map(|next| Way {
                step: next.step.clone(),
                forms: forms(next.step),
                refused: may_take(&self.policy, next.step, &person, &self.history)
                    .err()
                    .map(|refusal| refusal.to_string()),
            })
            .filter(|way| !way.forms.is_empty())
            .collect())
    }
}

/// The forms a step may take. In a letter only where the policy has a letter for it.
fn forms(step: &Step) -> Vec<StepForm> {
    step.forms
        .iter()
        .copied()
        .filter(|form| *form != StepForm::Written || step.letter.is_some())
        .collect()
}

/// A warning, as somebody gives it.
#[derive(Clone, Debug)]
pub struct Giving {
    /// Its id, made with the form, so that it is given once.
    pub id: WarningId,
    /// The step's key.
    pub step: String,
    /// How.
    pub how: How,
    /// Whether everything the policy asks for first is ticked, by key.
    pub ticked: Vec<String>,
}

/// How a warning reaches the customer, with what each way needs.
#[derive(Clone, Debug)]
pub enum How {
    /// It was said: when, and the words.
    Spoken { at: DateTime<Utc>, words: String },
    /// In a letter of its own.
    Written(Box<Writing>),
    /// Inside a letter about something else: its day, its reference, and the passage.
    Within {
        on: NaiveDate,
        reference: String,
        passage: String,
    },
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

/// Gives a warning: its letter where it is written, its place in the history, and the task that asked for it.
/// False when this very one was given before.
pub async fn give(desk: &mut Desk, customer: &Head, case: &Case, giving: &Giving) -> Result<bool> {
    if store::warning::exists(&mut desk.tx, giving.id).await? {
        return Ok(false);
    }
    let way = case
        .ways(desk)?
        .into_iter()
        .find(|way| way.step.key == giving.step)
        .ok_or_else(|| not_now(case, &giving.step, desk.today()))?;
    check(desk, &case.policy, &way, giving)?;
    let letter = match &giving.how {
        How::Written(writing) => {
            Some(make_letter(desk, customer, case, &way.step, giving.id, writing).await?)
        }
        _ => None,
    };
    let given_at = giving.how.given_at(desk.now);
    let (words, reference, passage) = match &giving.how {
        How::Spoken { words, .. } => (words, None, None),
        How::Written(writing) => (&writing.ask, None, None),
        How::Within {
            reference, passage, ..
        } => (passage, Some(reference.as_str()), Some(passage.as_str())),
    };
    let new = NewWarning {
        id: giving.id,
        customer: customer.id,
        incident: case.incident.as_ref().map(|one| one.id),
        policy: case
            .incident
            .as_ref()
            .map_or(desk.policy_version, |one| one.policy),
        step: &way.step.key,
        step_title: &way.step.title,
        form: kept(giving.how.form()),
        given_at,
        given_by: desk.staff()?.id,
        words,
        within_reference: reference,
        within_passage: passage,
        letter,
        counts_until: counts_until(
            &case.policy,
            &way.step,
            days::day_of(given_at),
            desk.today(),
        ),
    };
    if !store::warning::add(&mut desk.tx, &new).await? {
        return Ok(false);
    }
    let event = Event::WarningGiven {
        warning: giving.id,
        title: way.step.title.clone(),
        form: giving.how.form().title().to_lowercase(),
    };
    desk.record_at(customer.id, event, given_at).await?;
    if let Some(one) = &case.incident {
        desk.finish(TaskKind::Warning, one.id.0).await?;
    }
    Ok(true)
}

/// Everything that keeps this warning from being given, at once.
fn check(desk: &Desk, policy: &Policy, way: &Way, giving: &Giving) -> Result<()> {
    if let Some(refused) = &way.refused {
        return Err(Error::Forbidden(refused.clone()));
    }
    let mut refusals = Vec::new();
    if !way.forms.contains(&giving.how.form()) {
        let forms: Vec<String> = way
            .forms
            .iter()
            .map(|form| form.title().to_lowercase())
            .collect();
        let forms = crate::rules::say::either(&forms);
        refusals.push(Refusal::at(
            "",
            format!("“{}” can be given {forms}.", way.step.title),
        ));
    }
    if giving.how.given_at(desk.now) > desk.now {
        refusals.push(Refusal::at(
            "date",
            "Enter a day that has been: it cannot have been given in the future",
        ));
    }
    let blocking = way
        .step
        .checklists
        .iter()
        .filter_map(|key| policy.checklist(key))
        .flat_map(|list| &list.items)
        .filter(|item| item.blocking);
    if blocking
        .clone()
        .any(|item| !giving.ticked.contains(&item.key))
    {
        let sentence = format!(
            "The policy asks for these first: {}",
            blocking
                .map(|item| item.ask.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        );
        refusals.push(Refusal::at("ticked", sentence));
    }
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(refusals))
    }
}

/// Why the ladder does not allow this step today.
fn not_now(case: &Case, step: &str, today: NaiveDate) -> Error {
    let steps = next_steps(&case.policy, &case.past, today);
    let because = steps
        .into_iter()
        .find(|next| next.step.key == step)
        .map(|next| next.because);
    Error::refused(
        "",
        because.unwrap_or_else(|| "Choose a step that the policy has.".to_owned()),
    )
}

async fn make_letter(
    desk: &mut Desk,
    customer: &Head,
    case: &Case,
    step: &Step,
    id: WarningId,
    writing: &Writing,
) -> Result<crate::rules::id::LetterId> {
    let warning = letters::Warning {
        shared: letter::shared(desk, customer, case.policy.clone()).await?,
        step: step.key.clone(),
        happened: vec![Happening {
            on: writing.on,
            what: writing.what.clone(),
        }],
        why: writing.why.clone(),
        ask: writing.ask.clone(),
        putting_right: writing.putting_right.clone(),
        told_us: writing.told_us.clone(),
        counts_until: counts_until(&case.policy, step, desk.today(), desk.today()),
    };
    letter::make(desk, customer.id, id.0, &Letter::Warning(warning)).await
}

/// The last day on which a step taken on a day counts, where that is known.
fn counts_until(
    policy: &Policy,
    step: &Step,
    on: NaiveDate,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let taken = Taken {
        step: step.key.clone(),
        on,
        withdrawn: false,
        case_closed: None,
    };
    match ladder::count(policy, &taken, today) {
        Count::Counts { until } => until,
        Count::NoLonger { since, .. } => since.pred_opt(),
        Count::Withdrawn => None,
    }
}

/// The word the database keeps for a form.
fn kept(form: StepForm) -> &'static str {
    match form {
        StepForm::Spoken => "spoken",
        StepForm::Written => "written",
        StepForm::WithinCorrespondence => "within",
    }
}

/// The form behind the word the database keeps.
pub fn form_of(kept: &str) -> Option<StepForm> {
    [
        StepForm::Spoken,
        StepForm::Written,
        StepForm::WithinCorrespondence,
    ]
    .into_iter()
    .find(|form| self::kept(*form) == kept)
}

/// Withdraws a warning, with the reason: it no longer counts from then on.
pub async fn withdraw(desk: &mut Desk, id: WarningId, version: i32, because: &str) -> Result<()> {
    let warning = found(store::warning::find(&mut desk.tx, id).await?)?;
    let by = desk.staff()?.id;
    if !store::warning::withdraw(&mut desk.tx, id, version, by, because, desk.now).await? {
        let now = found(store::warning::find(&mut desk.tx, id).await?)?;
        let who = now
            .withdrawn_by_name
            .unwrap_or_else(|| "Somebody".to_owned());
        return Err(Error::Changed(format!("{who} has withdrawn this already.")));
    }
    let event = Event::WarningWithdrawn {
        warning: id,
        title: warning.step_title,
        because: because.to_owned(),
    };
    desk.record(warning.customer, event).await
}

/// Whether a warning counts today, as the end of a sentence that begins with it.
pub fn counts(policy: &Policy, warning: &store::warning::Warning, today: NaiveDate) -> Count {
    let taken = Taken {
        step: warning.step.clone(),
        on: days::day_of(warning.given_at),
        withdrawn: warning.withdrawn_at.is_some(),
        case_closed: warning.case_closed,
    };
    ladder::count(policy, &taken, today)
}
