//! Warnings: what counts today, giving one in the form the policy allows, and withdrawing it.

mod agree;
pub mod appeal;
pub mod back;
mod give;
pub mod request;

pub use agree::{Followed, Gave, Say, against_meeting, give_agreed, say};
use give::Giver;
pub use give::{Giving, How, Writing, give, preview};

use std::sync::Arc;

use chrono::NaiveDate;

use super::desk::Desk;
use super::{Error, Result, found, incident};
use crate::letters;
use crate::rules::authority::{History, Person, Refusal, may_skip, may_take};
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, PolicyVersionId, WarningId};
use crate::rules::incident::Outcome;
use crate::rules::ladder::{self, Count, Next, Past, Taken, next_steps};
use crate::rules::policy::{Danger, LetterKind, Policy, Step, StepForm, StepKind};
use crate::rules::routing;
use crate::rules::say;
use crate::store;
use crate::store::incident::Incident;

/// What is known of the incident at hand, as far as the ladder depends on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AtHand<'a> {
    /// Facts about safety.
    pub dangers: &'a [Danger],
    /// Keys of its kinds of behaviour.
    pub behaviours: &'a [String],
}

/// What has been done with a customer so far, for the ladder of this policy; with what is known of the incident at hand.
pub async fn past(desk: &mut Desk, policy: &Policy, customer: CustomerId, at_hand: AtHand<'_>) -> Result<Past> {
    let by_letter: Vec<LetterKind> = policy.ladder.steps.iter().flat_map(|step| step.given_by.iter().copied()).collect();
    let kinds: Vec<String> = by_letter.iter().flat_map(|kind| letters::kept_as(*kind)).map(|kind| kind.key().to_owned()).collect();
    let (letters, taken): (Vec<_>, Vec<_>) =
        store::warning::taken(&mut desk.tx, customer, &kinds).await?.into_iter().partition(|line| line.letter.is_some());
    let taken = taken.into_iter().map(|line| Taken {
        step: line.step.unwrap_or_else(|| restriction_step(policy, &line.measures)),
        on: line.on,
        withdrawn: line.withdrawn,
        case_closed: line.case_closed,
        promised: line.promised,
        behaviours: line.behaviours,
    });
    Ok(Past {
        taken: taken.collect(),
        letters: letters.iter().filter_map(|line| Some((letters::kept_of(line.letter.as_deref()?)?, line.on))).collect(),
        dangers: at_hand.dangers.to_vec(),
        behaviours: at_hand.behaviours.to_vec(),
    })
}

/// The step of the ladder a restriction of these measures was.
pub(super) fn restriction_step(policy: &Policy, measures: &[String]) -> String {
    let measures = measures.iter().cloned().collect();
    policy.ladder.restrictions_of(&measures).first().map(|step| step.key.clone()).unwrap_or_default()
}

/// The case a warning is given in: the policy that judges it, what came before, and who took part.
#[derive(Debug)]
pub struct Case {
    /// The policy of the incident, or today's as it holds for the customer.
    pub policy: Arc<Policy>,
    /// Its version.
    pub version: PolicyVersionId,
    /// What counts.
    pub past: Past,
    /// Who took which part.
    pub history: History,
    /// The incident it follows, where it follows one.
    pub incident: Option<Incident>,
    /// Why no warning follows from what happened, where the policy says so.
    pub held_up: Option<String>,
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
    /// What comes before it and would be left out, where something does.
    pub skip: Option<Skip>,
}

/// Leaving out the steps before a warning: possible where the policy names reasons, and for whoever it names to decide.
#[derive(Clone, Debug)]
pub struct Skip {
    /// Keys of the steps.
    pub keys: Vec<String>,
    /// Their titles, in a sentence.
    pub titles: String,
    /// The reasons that hold: key and words.
    pub reasons: Vec<(String, String)>,
    /// What has to come first, and who may leave it out.
    pub because: String,
}

impl Skip {
    fn of(next: &Next<'_>) -> Option<Self> {
        let skip = next.skip.as_ref()?;
        let titles: Vec<&str> = skip.steps.iter().map(|step| step.title.as_str()).collect();
        Some(Self {
            keys: skip.steps.iter().map(|step| step.key.clone()).collect(),
            titles: say::list(&titles),
            reasons: skip.reasons.iter().map(|reason| (reason.key.clone(), reason.say.clone())).collect(),
            because: next.because.clone(),
        })
    }
}

impl Case {
    /// The case of a customer, or of one incident with them.
    pub async fn of(desk: &mut Desk, customer: CustomerId, incident: Option<Incident>) -> Result<Self> {
        let (version, policy) = desk.policy_for(customer).await?;
        Self::under(desk, (policy, version), customer, incident).await
    }

    /// The same where no incident says which policy judges it, but something that was begun earlier does.
    pub async fn under(
        desk: &mut Desk,
        (policy, version): (Arc<Policy>, PolicyVersionId),
        customer: CustomerId,
        incident: Option<Incident>,
    ) -> Result<Self> {
        let (policy, dangers, history) = match &incident {
            Some(one) if one.customer != customer => return Err(Error::NotFound),
            Some(one) => {
                let policy = desk.policy_of(one.policy).await?;
                let history = incident::history_here(desk, &policy, one).await?;
                (policy, incident::dangers(one), history)
            }
            None => (policy, Vec::new(), History::default()),
        };
        let version = incident.as_ref().map_or(version, |one| one.policy);
        let behaviours = incident.as_ref().map(|one| one.behaviours.clone()).unwrap_or_default();
        let past = past(desk, &policy, customer, AtHand { dangers: &dangers, behaviours: &behaviours }).await?;
        let held_up = match &incident {
            Some(one) => routing::of(&policy, &one.behaviours).may_follow(Outcome::Warning).err(),
            None => held_up(desk, customer).await?,
        };
        Ok(Self { policy, version, past, history, incident, held_up })
    }

    /// Every step that warns and may come next, at once or with what comes before it left out.
    pub fn ways(&self, desk: &Desk) -> Result<Vec<Way>> {
        Ok(self.ways_of(&Giver::at(desk)?.person, desk.today()))
    }

    /// The same for somebody else.
    fn ways_of(&self, person: &Person, today: NaiveDate) -> Vec<Way> {
        let steps = next_steps(&self.policy, &self.past, today);
        let open = steps
            .into_iter()
            .filter(|next| (next.may || next.skip.is_some()) && matches!(next.step.kind, StepKind::Informal | StepKind::Warning));
        open.map(|next| Way {
            step: next.step.clone(),
            forms: forms(next.step),
            refused: self.held_up.clone().or_else(|| self.may(&next, person).err().map(|refusal| refusal.to_string())),
            skip: Skip::of(&next),
        })
        .filter(|way| !way.forms.is_empty())
        .collect()
    }
}

impl Case {
    /// Whether somebody may take a step. Where what comes before it is left out, that is the decision, and giving it is part of it.
    fn may(&self, next: &Next<'_>, person: &Person) -> std::result::Result<(), Refusal> {
        match &next.skip {
            Some(skip) => may_skip(&self.policy, skip.decided_by, person, &self.history),
            None => may_take(&self.policy, next.step, person, &self.history),
        }
    }
}

/// Why no warning is given to a customer without an incident it follows: the newest that is not closed asks for something else first.
pub async fn held_up(desk: &mut Desk, customer: CustomerId) -> Result<Option<String>> {
    let Some((policy, behaviours)) = store::incident::newest_open(&mut desk.tx, customer).await? else { return Ok(None) };
    let policy = desk.policy_of(policy).await?;
    Ok(routing::of(&policy, &behaviours).may_follow(Outcome::Warning).err())
}

/// The forms a step may take. In a letter only where the policy has a letter for it.
fn forms(step: &Step) -> Vec<StepForm> {
    step.forms.iter().copied().filter(|form| *form != StepForm::Written || step.letter.is_some()).collect()
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
    [StepForm::Spoken, StepForm::Written, StepForm::WithinCorrespondence].into_iter().find(|form| self::kept(*form) == kept)
}

/// Withdraws a warning, with the reason: it no longer counts from then on.
pub async fn withdraw(desk: &mut Desk, id: WarningId, version: i32, because: &str) -> Result<()> {
    store::warning::lock(&mut desk.tx, id).await?;
    let warning = found(store::warning::find(&mut desk.tx, id).await?)?;
    let open = store::warning_appeal::last(&mut desk.tx, id).await?.is_some_and(|appeal| appeal.is_open());
    if open {
        return Err(Error::Changed(
            "An appeal against it is open. Whoever decides that can withdraw it: the ⟦customer⟧ is owed an answer.".to_owned(),
        ));
    }
    let by = desk.staff()?.id;
    if !store::warning::withdraw(&mut desk.tx, id, version, by, because, desk.now).await? {
        let now = found(store::warning::find(&mut desk.tx, id).await?)?;
        let who = now.withdrawn_by_name.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Error::Changed(format!("{who} has withdrawn this already.")));
    }
    let event = Event::WarningWithdrawn { warning: id, title: warning.step_title, because: because.to_owned() };
    desk.record(warning.customer, event).await
}

/// Whether a warning counts today, as the end of a sentence that begins with it.
pub fn counts(policy: &Policy, warning: &store::warning::Warning, today: NaiveDate) -> Count {
    let taken = Taken {
        step: warning.step.clone(),
        on: days::day_of(warning.given_at),
        withdrawn: warning.withdrawn_at.is_some(),
        case_closed: warning.case_closed,
        promised: warning.counts_until,
        behaviours: Vec::new(),
    };
    ladder::count(policy, &taken, today)
}
