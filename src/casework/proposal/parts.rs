//! The parts of a proposal, each saved on its own, whole or half-finished.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Desk, Error, Result, Whole, read, store};
use crate::rules::event::Event;
use crate::rules::id::{IncidentId, RestrictionId, TermId};
use crate::rules::measure::Chosen;
use crate::rules::policy::YesNo;
use crate::rules::proposal::{AccountHow, left_out};
use crate::rules::restriction::Stage;

/// What it rests on.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The incidents chosen.
    pub incidents: Vec<IncidentId>,
    /// Answers to the threshold questions, by key.
    pub thresholds: BTreeMap<String, YesNo>,
    /// How often, how long, by which channels.
    pub level_of_contact: String,
    /// The language used.
    pub language: String,
    /// What was tried first.
    pub alternatives: String,
    /// What happened, in words for the letter.
    pub grounds: String,
    /// Answers to the policy's further questions, by key.
    pub answers: BTreeMap<String, String>,
}

/// Needs, circumstances and equality.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// Needs and circumstances of the customer.
    pub needs: String,
    /// What was happening at the time.
    pub circumstances: String,
    /// Needs and circumstances of the staff affected.
    pub staff_needs: String,
    /// Why this is fair.
    pub proportionality: String,
    /// How equality was thought about.
    pub equality: String,
    /// Everything else on that page, by key: questions, what less was considered, support, checklists.
    pub answers: BTreeMap<String, String>,
}

/// What is asked for, and for how long.
#[derive(Clone, Debug, Default)]
pub struct TermsPart {
    /// The terms, in order.
    pub terms: Vec<Chosen>,
    /// Reasons for one measure by itself, by key.
    pub own_reasons: BTreeMap<String, String>,
    /// Why they may stand although one clashes with a need.
    pub clash_because: String,
    /// The promise to look again.
    pub review_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// Asked for without a last day.
    pub permanent: bool,
}

/// Saves what it rests on. Incidents whose case was closed too long ago are left out, whatever was sent.
pub async fn save_evidence(desk: &mut Desk, id: RestrictionId, version: i32, evidence: Evidence) -> Result<()> {
    let mut whole = being_written(desk, id, version).await?;
    let (today, policy) = (desk.today(), whole.policy.clone());
    let may_count = |chosen: &IncidentId| {
        whole.proposal.incidents.iter().any(|one| one.id == *chosen && left_out(&policy, one.happened_at, one.closed_at, today).is_none())
    };
    let chosen: Vec<IncidentId> = evidence.incidents.into_iter().filter(may_count).collect();
    let draft = &mut whole.proposal.draft;
    draft.grounds = evidence.grounds;
    draft.assessment.thresholds = evidence.thresholds;
    draft.assessment.level_of_contact = evidence.level_of_contact;
    draft.assessment.language = evidence.language;
    draft.assessment.alternatives = evidence.alternatives;
    draft.assessment.answers.extend(evidence.answers);
    write(desk, &mut whole).await?;
    Ok(store::proposal::choose_incidents(&mut desk.tx, id, &chosen).await?)
}

/// Saves the customer's own account, and puts it on their timeline when it is new.
pub async fn save_account(desk: &mut Desk, id: RestrictionId, version: i32, how: Option<AccountHow>, account: String) -> Result<()> {
    let mut whole = being_written(desk, id, version).await?;
    let written = &mut whole.proposal.draft.assessment;
    let is_new = written.account_how != how || written.account != account;
    written.account_how = how;
    written.account.clone_from(&account);
    write(desk, &mut whole).await?;
    match how {
        Some(how) if is_new && !account.is_empty() => {
            let event = Event::AccountRecorded { restriction: id, how: how.key().to_owned(), account };
            desk.record(whole.customer.id, event).await
        }
        _ => Ok(()),
    }
}

/// Saves needs, circumstances and equality.
pub async fn save_needs(desk: &mut Desk, id: RestrictionId, version: i32, needs: Needs) -> Result<()> {
    let mut whole = being_written(desk, id, version).await?;
    let written = &mut whole.proposal.draft.assessment;
    written.needs = needs.needs;
    written.circumstances = needs.circumstances;
    written.staff_needs = needs.staff_needs;
    written.proportionality = needs.proportionality;
    written.equality = needs.equality;
    written.answers.extend(needs.answers);
    write(desk, &mut whole).await
}

/// Saves what is asked for, and for how long. The terms of a draft are replaced as a whole; a draft never holds what nobody could approve.
pub async fn save_terms(desk: &mut Desk, id: RestrictionId, version: i32, part: TermsPart) -> Result<()> {
    let mut whole = being_written(desk, id, version).await?;
    if let Some(sentences) = whole.cannot_stand(&part.terms) {
        return Err(Error::refused("measure", sentences));
    }
    let draft = &mut whole.proposal.draft;
    draft.assessment.clash_because = part.clash_because;
    draft.assessment.answers.extend(part.own_reasons);
    draft.review_on = part.review_on;
    draft.ends_on = part.ends_on;
    draft.permanent = part.permanent;
    draft.terms = part.terms;
    write(desk, &mut whole).await?;
    store::proposal::clear_terms(&mut desk.tx, id).await?;
    let terms: Vec<(TermId, Chosen)> = whole.proposal.draft.terms.into_iter().map(|term| (desk.new_id(), term)).collect();
    Ok(store::term::add(&mut desk.tx, id, &terms, desk.now).await?)
}

/// The proposal, if whoever sits at the desk may change it and it is what they read.
pub(super) async fn being_written(desk: &mut Desk, id: RestrictionId, version: i32) -> Result<Whole> {
    let whole = read(desk, id).await?;
    whole.may_change(desk.staff()?.id)?;
    if whole.proposal.version != version {
        return Err(changed());
    }
    Ok(whole)
}

/// What somebody with an old page is told.
pub(super) fn changed() -> Error {
    Error::Changed("This proposal was saved somewhere else since you opened this page.".to_owned())
}

async fn write(desk: &mut Desk, whole: &mut Whole) -> Result<()> {
    let (id, version) = (whole.proposal.id, whole.proposal.version);
    if whole.proposal.stage == Stage::SentBack {
        kept(whole)?;
    }
    let draft = &mut whole.proposal.draft;
    draft.assessment.answers.retain(|_, answer| !answer.is_empty());
    if !store::proposal::save(&mut desk.tx, id, version, draft).await? {
        return Err(changed());
    }
    let by = desk.staff()?.id;
    Ok(store::proposal::save_assessment(&mut desk.tx, id, &draft.assessment, by, desk.now).await?)
}

/// What was sent once is changed afterwards, not emptied.
fn kept(whole: &Whole) -> Result<()> {
    if whole.draft().grounds.is_empty() {
        return Err(Error::refused("grounds", "Say what happened, in words for the letter"));
    }
    if whole.draft().review_on.is_none() {
        return Err(Error::refused("review_on", "Choose when this is looked at again"));
    }
    Ok(())
}
