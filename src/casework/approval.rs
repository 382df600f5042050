//! Deciding on a proposal: a view, approval stage by stage until it is in force, questions back, or no.

mod effect;
mod meeting;
mod papers;

pub use meeting::met;
pub use papers::{Papers, standing};

use chrono::NaiveDate;

use super::case::forbidden;
use super::checklist::{keep, keep_as_given};
use super::desk::Desk;
use super::proposal::{Ask, ask_deciders};
use super::{Error, Refusal, Result, reminder};
use crate::rules::authority;
use crate::rules::authority::{Approval, Meeting, Person, Progress};
use crate::rules::checklist::{self, Answer};
use crate::rules::event::Event;
use crate::rules::id::{ApprovalId, LetterId, RestrictionId, TermId};
use crate::rules::policy::{self, StageAct, StageKind};
use crate::rules::restriction::Stage;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::approval::NewApproval;

/// What somebody decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A view, before somebody else decides.
    View,
    /// Yes, as it is or with changes.
    Approve(Option<Changes>),
    /// Not yet: the reasons are questions.
    SendBack,
    /// No: contact stays as it was.
    Decline,
}

/// What whoever approves changes: they may ask for less than was proposed, or for other days within the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The last day; none where the policy allows that.
    pub ends_on: Option<NaiveDate>,
    /// The review day.
    pub review_on: NaiveDate,
    /// Terms left out.
    pub without: Vec<TermId>,
}

/// A decision as it was sent, on what was read.
#[derive(Clone, Debug)]
pub struct Said {
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reasons: String,
    /// The stage the form was for.
    pub stage: usize,
    /// The version that was read.
    pub version: i32,
    /// Where a body decides: its meeting, as its clerk records it.
    pub meeting: Option<Meeting>,
    /// What is asked for when it is sent back: keys of the policy's list.
    pub asked_for: Vec<String>,
    /// What was answered to the policy's lists.
    pub checked: Vec<Answer>,
}

/// Where the people told about it can read on; casework knows no addresses.
#[derive(Clone, Debug)]
pub struct Links {
    /// The page to decide on.
    pub decide: String,
    /// The restriction.
    pub read: String,
    /// The proposal.
    pub write: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The view is noted.
    ViewGiven,
    /// Somebody else decides next; the sentence says who.
    PassedOn(String),
    /// In force from this second, with its letter.
    InForce(LetterId),
    /// Back with whoever proposed it.
    SentBack,
    /// Declined.
    Declined,
    /// This very decision was saved before.
    SavedAlready,
}

/// Whether a proposal waits for the person at the desk. Asked before anything is said of a form that is not complete.
///
/// # Errors
/// `Forbidden` with who can, `Changed` where it no longer waits.
pub async fn waits_for_me(desk: &mut Desk, id: RestrictionId) -> Result<()> {
    let papers = Papers::of(desk, id).await?;
    if papers.whole.proposal.stage != Stage::AwaitingApproval {
        return Err(Error::Changed(papers.who_was_first(desk)));
    }
    let reader = papers.reader(desk)?;
    papers.turn(&reader).map(|_| ()).map_err(|refusal| forbidden(&refusal))
}

/// Records what the person at the desk decides on a proposal, and all that follows from it.
///
/// # Errors
/// `Forbidden` with who can, `Changed` when somebody was here first, `Refused` while something stands in the way.
pub async fn decide(desk: &mut Desk, id: RestrictionId, said: &Said, links: &Links) -> Result<Outcome> {
    store::restriction::lock(&mut desk.tx, id).await?;
    let mut papers = Papers::of(desk, id).await?;
    let reader = papers.reader(desk)?;
    if papers.has_said(&reader, said.stage, &said.decision) {
        return Ok(Outcome::SavedAlready);
    }
    if papers.whole.proposal.stage != Stage::AwaitingApproval
        || (said.decision != Decision::View && papers.whole.proposal.version != said.version)
    {
        return Err(Error::Changed(papers.who_was_first(desk)));
    }
    let place = papers.turn(&reader).map_err(|refusal| forbidden(&refusal))?;
    fits(&papers, place, &said.decision)?;
    let who_approves = meeting::who_decides(desk, &papers, place, &reader, said)?;
    let changed = match &said.decision {
        Decision::Approve(Some(changes)) => papers.change(desk, place, changes)?,
        _ => String::new(),
    };
    if matches!(said.decision, Decision::Approve(_)) {
        papers.nothing_in_the_way(desk, &reader).await?;
    }
    write_down(desk, &papers, &reader, place, said).await?;
    let next: Vec<Approval> = who_approves.into_iter().map(|by| Approval { stage: place, by }).collect();
    match &said.decision {
        Decision::View => view(desk, papers, place, said, &next, links).await,
        Decision::Approve(changes) => {
            let now = desk.now;
            let without = changes.as_ref().map(|changes| changes.without.clone()).unwrap_or_default();
            store::term::end(&mut desk.tx, id, &without, now).await?;
            approve(desk, papers, place, said, &changed, &next, links).await
        }
        Decision::SendBack => send_back(desk, &papers, said, links).await,
        Decision::Decline => decline(desk, &papers, place, said, links).await,
    }
}

/// A view where a view is asked for; a decision where one is.
fn fits(papers: &Papers, place: usize, decision: &Decision) -> Result<()> {
    match (papers.stages.stages[place].kind, decision) {
        (StageKind::Consult, Decision::View) => Ok(()),
        (StageKind::Consult, _) => Err(Error::refused("decision", "You are asked for a view here. Somebody else decides after you.")),
        (StageKind::Authorise, Decision::View) => Err(Error::refused("decision", "Choose your decision")),
        (StageKind::Authorise, decision) => {
            let stage = &papers.stages.stages[place];
            match decision.act().is_none_or(|act| authority::may(stage, act)) {
                true => Ok(()),
                false => Err(Error::refused("decision", "The policy does not give this stage that choice. Choose another.")),
            }
        }
    }
}

async fn write_down(desk: &mut Desk, papers: &Papers, reader: &Person, place: usize, said: &Said) -> Result<()> {
    let id: ApprovalId = desk.new_id();
    let asked_for = papers.asked_for(&said.asked_for);
    let stood = papers.whole.stood(&papers.asked);
    let sent_back = said.decision == Decision::SendBack;
    let new = NewApproval {
        id,
        restriction: papers.whole.proposal.id,
        round: papers.whole.proposal.round,
        stage: i16::try_from(place).unwrap_or(i16::MAX),
        say: said.decision.key(),
        as_role: &papers.as_role(place, reader),
        as_post: &papers.as_post(place, reader),
        by: reader.id,
        reasons: &said.reasons,
        meeting: said.meeting.as_ref().map(|meeting| (meeting.on, meeting.minute.as_str())),
        votes: said.meeting.as_ref().and_then(|meeting| meeting.votes).map(|votes| (votes.in_favour.into(), votes.against.into())),
        asked_for: if sent_back { &asked_for } else { &[] },
        as_it_stood: sent_back.then_some(&stood),
    };
    let now = desk.now;
    if !store::approval::add(&mut desk.tx, &new, now).await? {
        return Err(Error::Changed(papers.who_was_first(desk)));
    }
    let lists = checklist::at(&papers.whole.policy, &[policy::Decision::Approval]);
    match &said.decision {
        Decision::Approve(_) => keep(desk, &lists, id.0, &said.checked).await?,
        _ => keep_as_given(desk, &lists, id.0, &said.checked).await?,
    }
    if let Some(meeting) = &said.meeting {
        store::approval::seat(&mut desk.tx, id, &meeting.sat).await?;
    }
    Ok(())
}

async fn view(desk: &mut Desk, papers: Papers, place: usize, said: &Said, next: &[Approval], links: &Links) -> Result<Outcome> {
    let reader = papers.reader(desk)?;
    let as_role = papers.as_role(place, &reader);
    let view = meeting::with_meeting(&papers, place, said, &said.reasons);
    let event = Event::ViewGiven { restriction: papers.whole.proposal.id, as_role, view };
    desk.record(papers.whole.customer.id, event).await?;
    go_on(desk, &papers, place, &reader, next, links).await?;
    Ok(Outcome::ViewGiven)
}

async fn approve(
    desk: &mut Desk,
    papers: Papers,
    place: usize,
    said: &Said,
    changed: &str,
    next: &[Approval],
    links: &Links,
) -> Result<Outcome> {
    let reader = papers.reader(desk)?;
    let mut approvals = papers.approvals();
    approvals.extend(next);
    let proposal = &papers.whole.proposal;
    let (id, draft) = (proposal.id, papers.whole.draft());
    let Progress::Waiting { says, .. } = papers.stages.progress(&papers.whole.policy, &approvals) else {
        papers.may_close_the_last_way(&reader)?;
        return effect::take(desk, &papers, place, said, changed, links).await.map(Outcome::InForce);
    };
    let review_on = draft.review_on.ok_or_else(|| Error::refused("review_on", "Enter the review day"))?;
    if !store::restriction::pass_on(&mut desk.tx, id, proposal.version, review_on, draft.ends_on).await? {
        return Err(Error::Changed(papers.who_was_first(desk)));
    }
    let reasons = meeting::with_meeting(&papers, place, said, &with_changes(changed, &said.reasons));
    let event = Event::StageApproved { restriction: id, as_role: papers.as_role(place, &reader), reasons };
    desk.record(papers.whole.customer.id, event).await?;
    go_on(desk, &papers, place, &reader, next, links).await?;
    Ok(Outcome::PassedOn(says))
}

async fn send_back(desk: &mut Desk, papers: &Papers, said: &Said, links: &Links) -> Result<Outcome> {
    let proposal = &papers.whole.proposal;
    if !store::restriction::send_back(&mut desk.tx, proposal.id, proposal.version).await? {
        return Err(Error::Changed(papers.who_was_first(desk)));
    }
    finish_asking(desk, proposal.id).await?;
    effect::ask_proposer(desk, papers).await?;
    let questions = say::sentences(&papers.asked_for(&said.asked_for), &said.reasons);
    let event = Event::ProposalSentBack { restriction: proposal.id, questions };
    desk.record(papers.whole.customer.id, event).await?;
    effect::tell_proposer(desk, papers, effect::Told::SentBack, &links.write).await?;
    Ok(Outcome::SentBack)
}

async fn decline(desk: &mut Desk, papers: &Papers, place: usize, said: &Said, links: &Links) -> Result<Outcome> {
    let proposal = &papers.whole.proposal;
    let by = desk.staff()?.id;
    let body = papers.body(place).map(|body| body.title.clone());
    if !store::restriction::decline(&mut desk.tx, proposal.id, proposal.version, (by, body.as_deref()), &said.reasons).await? {
        return Err(Error::Changed(papers.who_was_first(desk)));
    }
    finish_asking(desk, proposal.id).await?;
    let reasons = meeting::with_meeting(papers, place, said, &said.reasons);
    let event = Event::ProposalDeclined { restriction: proposal.id, reasons };
    desk.record(papers.whole.customer.id, event).await?;
    effect::tell_proposer(desk, papers, effect::Told::Declined, &links.read).await?;
    Ok(Outcome::Declined)
}

/// Asks whoever is next, or lets those who are asked already go on.
async fn go_on(desk: &mut Desk, papers: &Papers, place: usize, reader: &Person, next: &[Approval], links: &Links) -> Result<()> {
    let mut approvals = papers.approvals();
    let before = papers.stages.progress(&papers.whole.policy, &approvals);
    approvals.extend(next);
    let after = papers.stages.progress(&papers.whole.policy, &approvals);
    let proposal = &papers.whole.proposal;
    if let (Progress::Waiting { open: asked, .. }, Progress::Waiting { open, .. }) = (before, after)
        && open.iter().all(|one| asked.contains(one) && *one != place)
    {
        let by = Some(reader.id);
        let now = desk.now;
        store::task::finish_own(&mut desk.tx, TaskKind::View, proposal.id.0, by, &reader.roles, now).await?;
        return Ok(());
    }
    finish_asking(desk, proposal.id).await?;
    let ask = Ask {
        id: proposal.id,
        customer: papers.whole.customer.id,
        reference: &papers.whole.customer.reference,
        round: proposal.round,
        policy: &papers.whole.policy,
        stages: &papers.asked,
        approvals: &approvals,
        link: &links.decide,
    };
    ask_deciders(desk, &papers.case, &ask).await
}

async fn finish_asking(desk: &mut Desk, id: RestrictionId) -> Result<()> {
    for kind in [TaskKind::View, TaskKind::Approval, TaskKind::Stuck] {
        desk.finish(kind, id.0).await?;
    }
    reminder::overtake(desk, id.0).await
}

/// Reasons for the history, with what was changed in front.
fn with_changes(changed: &str, reasons: &str) -> String {
    format!("{changed} {reasons}").trim().to_owned()
}

impl Decision {
    /// The word kept in its row.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Approve(_) => "approve",
            Self::SendBack => "send-back",
            Self::Decline => "decline",
        }
    }

    /// The act of the policy it is; a view is none.
    pub const fn act(&self) -> Option<StageAct> {
        match self {
            Self::View => None,
            Self::Approve(None) => Some(StageAct::Approve),
            Self::Approve(Some(_)) => Some(StageAct::ApproveWithChanges),
            Self::SendBack => Some(StageAct::Return),
            Self::Decline => Some(StageAct::Decline),
        }
    }
}

/// Refusals of a whole form.
fn refused(sentences: Vec<String>) -> Error {
    Error::Refused(sentences.into_iter().map(|sentence| Refusal::at("", sentence)).collect())
}
