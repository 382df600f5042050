//! Proposals: beginning one, filling in its parts, and sending it for approval. Each part saves on its own; only sending asks for all.

mod open;
mod parts;
mod send;
mod taking;

pub use open::{Begun, Opening, Outlook, Skip, open, outlook};
pub use parts::{Evidence, Needs, TermsPart, save_account, save_evidence, save_needs, save_terms};
pub use send::{Ask, ask_deciders, send};
pub use taking::{may_take_over, take_over};

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::case::Case;
use super::desk::Desk;
use super::{Error, Result, found, warning};
use crate::rules::authority::{Asked, Stages};
use crate::rules::id::{RestrictionId, StaffId};
use crate::rules::ladder::Past;
use crate::rules::measure::Chosen;
use crate::rules::measure::bundle::{self, Severity};
use crate::rules::need::NeedKind;
use crate::rules::policy::{Danger, Policy};
use crate::rules::proposal::{Check, Draft, GoesOn, Missing, Seen, Stood, checks, missing};
use crate::rules::restriction::Stage;
use crate::rules::restriction_term::{Before, Runs};
use crate::rules::say;
use crate::store;
use crate::store::customer::Head;
use crate::store::proposal::{Beside, Proposal, Questions};

/// A proposal with its customer and the policy that judges it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The proposal.
    pub proposal: Proposal,
    /// Whose contact it is about.
    pub customer: Head,
    /// The policy it was begun under.
    pub policy: Arc<Policy>,
}

/// Reads a proposal whole: two questions to the database, and the policy if it is not known yet.
pub async fn read(desk: &mut Desk, id: RestrictionId) -> Result<Whole> {
    let weeks_back = (desk.now - TimeDelta::weeks(4), desk.now - TimeDelta::weeks(12));
    let today = desk.today();
    let mut proposal = found(store::proposal::find(&mut desk.tx, id, weeks_back, today).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, proposal.customer).await?)?;
    let policy = desk.policy_of(proposal.policy).await?;
    proposal.draft.duties = policy.duties_to(&customer.subject).to_vec();
    Ok(Whole { proposal, customer, policy })
}

fn goes_on(one: &Beside) -> GoesOn {
    GoesOn { until: one.until, says: one.terms.iter().map(Chosen::sentence_for_staff).collect() }
}

impl Whole {
    /// What was filled in so far.
    pub fn draft(&self) -> &Draft {
        &self.proposal.draft
    }

    /// The customer's recorded needs, as the rules know them.
    pub fn needs(&self) -> Vec<NeedKind> {
        self.proposal.needs.iter().filter_map(|need| NeedKind::from_key(&need.kind)).collect()
    }

    /// What is still missing.
    pub fn missing(&self) -> Vec<Missing> {
        missing(&self.policy, self.draft(), &self.needs())
    }

    /// The policy's checks, unmet first.
    pub fn checks(&self, past: &Past, today: NaiveDate) -> Vec<Check> {
        let skipped_because = self.proposal.skipped_because.as_deref().unwrap_or_default();
        let beside: Vec<GoesOn> = self.proposal.beside.iter().map(goes_on).collect();
        let (needs, before) = (self.needs(), &self.before(today));
        checks(&self.policy, self.draft(), &Seen { past, needs: &needs, today, before, skipped_because, beside: &beside })
    }

    /// What its days are held against, if it began today.
    pub fn before(&self, today: NaiveDate) -> Before {
        self.before_with(&self.draft().terms, today)
    }

    /// The same if these were its terms.
    pub fn before_with(&self, terms: &[Chosen], today: NaiveDate) -> Before {
        let runs = Runs::of(&self.policy, terms.iter().map(Chosen::measure), self.behaviours());
        Before::new(&self.policy, today, &self.proposal.others, runs)
    }

    /// What it asks for, as far as authority depends on it.
    pub fn asked(&self, today: NaiveDate) -> Asked {
        Asked {
            measures: self.draft().terms.iter().map(|term| term.measure().to_owned()).collect(),
            reach: self.draft().terms.iter().find_map(|term| term.scope()).map(|(reach, _)| reach),
            from: today,
            until: self.draft().ends_on,
            skipped: self.draft().skipped.iter().cloned().collect(),
            behaviours: self.behaviours().into_iter().collect(),
        }
    }

    /// Keys of the kinds of behaviour of the incidents it rests on.
    fn behaviours(&self) -> Vec<String> {
        self.proposal.incidents.iter().filter(|one| one.chosen).flat_map(|one| one.behaviours.clone()).collect()
    }

    /// As it stands, for whoever asks later what has changed.
    pub fn stood(&self, stages: &Stages) -> Stood {
        let recorded = self.proposal.needs.iter().map(|need| need.kind.clone()).collect();
        let incidents = self.proposal.incidents.iter().filter(|one| one.chosen).map(|one| one.id).collect();
        Stood::of(self.draft(), recorded, incidents, &stages.because)
    }

    /// The questions it came back with, while they wait for an answer.
    pub fn asked_last(&self) -> Option<&Questions> {
        self.proposal.questions.as_ref().filter(|_| self.proposal.stage == Stage::SentBack)
    }

    /// What nobody could approve of these terms together, as sentences; nothing where they may be kept, and where none is chosen yet.
    pub fn cannot_stand(&self, terms: &[Chosen]) -> Option<String> {
        let refused = if terms.is_empty() { Vec::new() } else { bundle::check(terms, &self.draft().bounds(&self.policy), &[]) };
        let never = refused.into_iter().filter(|one| one.severity == Severity::Never);
        Some(never.map(|one| one.sentence).collect::<Vec<_>>().join(" ")).filter(|sentences| !sentences.is_empty())
    }

    /// Whether it is still being written.
    pub fn is_being_written(&self) -> bool {
        matches!(self.proposal.stage, Stage::Draft | Stage::SentBack)
    }

    /// Whether this person may change it now: whoever proposes it, while it is being written.
    ///
    /// # Errors
    /// `Forbidden` for anybody else, and `Changed` when it was sent meanwhile.
    pub fn may_change(&self, who: StaffId) -> Result<()> {
        if self.proposal.proposed_by != who {
            let name = &self.proposal.proposer;
            return Err(Error::Forbidden(format!(
                "{name} is writing this proposal, so that whoever approves it took no part. Ask {name} to change it, or take it over while {name} is away."
            )));
        }
        if self.is_being_written() {
            return Ok(());
        }
        let sent = self.proposal.sent_at.map(|at| format!(" It was sent for approval on {}.", say::minute(at))).unwrap_or_default();
        Err(Error::Changed(format!("This proposal cannot be changed now.{sent}")))
    }

    /// Whether this person has sent it and nobody has decided it yet.
    pub fn was_sent_by(&self, who: StaffId) -> bool {
        self.proposal.proposed_by == who && self.proposal.stage == Stage::AwaitingApproval
    }

    /// The steps of the ladder taken with this customer, with the facts about safety and the kinds of behaviour of the incidents it rests on.
    pub async fn past(&self, desk: &mut Desk) -> Result<Past> {
        let chosen: Vec<_> = self.proposal.incidents.iter().filter(|incident| incident.chosen).map(|incident| incident.id.0).collect();
        let dangers = match chosen.is_empty() {
            true => Vec::new(),
            false => dangers(store::proposal::dangers(&mut desk.tx, self.customer.id, &chosen).await?),
        };
        let at_hand = warning::AtHand { dangers: &dangers, behaviours: &self.behaviours() };
        warning::past(desk, &self.policy, self.customer.id, at_hand).await
    }
}

fn dangers(keys: Vec<String>) -> Vec<Danger> {
    keys.iter().filter_map(|key| Danger::from_key(key)).collect()
}
