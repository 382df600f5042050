//! The stages a proposal goes through, and how far it has come.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{History, Person, Refusal, body_of, may_decide};
use crate::rules::id::StaffId;
use crate::rules::measure::Scope;
use crate::rules::policy::{Condition, Policy, Rule, Severity, Stage, StageKind, Who};
use crate::rules::say;

/// What a proposal asks for, as far as authority depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Keys of the measures it asks for.
    pub measures: BTreeSet<String>,
    /// How far its terms say that it reaches; `None` where they say nothing, which is the whole organisation.
    pub reach: Option<Scope>,
    pub from: NaiveDate,
    /// `None` where it has no end date.
    pub until: Option<NaiveDate>,
    /// Keys of the steps of the ladder that were left out.
    pub skipped: BTreeSet<String>,
    /// Keys of the kinds of behaviour it answers.
    pub behaviours: BTreeSet<String>,
}

/// The stages a proposal goes through, in order, with the reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stages {
    pub stages: Vec<Stage>,
    pub because: Vec<String>,
}

/// One act that counts towards a stage: a view given, an authorisation, or a seat taken when a body decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Its place in the list of stages, from 0.
    pub stage: usize,
    pub by: StaffId,
}

/// How far a decision has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    Waiting {
        /// The stages open now: one that authorises, or several that give views together.
        open: Vec<usize>,
        /// "Waiting for a Head of Service to give a view."
        says: String,
    },
    Complete,
}

impl Stages {
    /// The stages this policy asks for: the strictest rule that matches decides, every consultation is kept, whoever decides that a step is
    /// left out comes before those who authorise, and a measure's own approver comes last. The strictest is the one whose most senior
    /// authoriser reaches furthest; of equals, the one with more people.
    pub fn of(policy: &Policy, asked: &Asked) -> Self {
        let matching: Vec<_> = policy.authority.rules.iter().filter(|rule| asked.matches(policy, &rule.when)).collect();
        let Some(strictest) = matching.iter().max_by_key(|rule| strictness(policy, rule)) else {
            return Self { stages: Vec::new(), because: vec!["No rule of the policy matches this.".into()] };
        };
        let mut stages: Vec<Stage> = Vec::new();
        let skipping = skip_decider(policy, &asked.skipped).filter(|who| !strictest.stages.iter().any(|stage| covers(policy, stage, who)));
        let consulted = matching.iter().flat_map(|rule| &rule.stages).filter(|s| s.kind == StageKind::Consult);
        let authorised = strictest.stages.iter().filter(|s| s.kind == StageKind::Authorise);
        let deciding = skipping.map(|who| one(who.clone()));
        for stage in consulted.chain(&deciding).chain(authorised) {
            if stage.kind == StageKind::Authorise || !stages.contains(stage) {
                stages.push(stage.clone());
            }
        }
        let mut because: Vec<String> = vec![strictest.source.say()];
        if let Some(who) = skipping {
            because.push(format!("Whether a step is left out is for {} to decide.", who.say(&policy.roles)));
        }
        for offer in asked.measures.iter().filter_map(|key| policy.measures.offer(key)) {
            let Some(who) = &offer.approver else { continue };
            if !stages.iter().any(|stage| stage.kind == StageKind::Authorise && stage.of == *who) {
                stages.push(one(who.clone()));
                because.extend([format!("“{}” has an approver of its own.", offer.title), offer.source.say()]);
            }
        }
        let told: Vec<String> = stages.iter().map(|stage| told(policy, stage)).collect();
        Self { stages, because: told.into_iter().chain(because).collect() }
    }

    /// How far it has come with these approvals.
    pub fn progress(&self, policy: &Policy, approvals: &[Approval]) -> Progress {
        match self.open(policy, approvals) {
            Some(open) => Progress::Waiting { says: format!("Waiting for {}.", self.wants(policy, &open)), open },
            None if self.stages.is_empty() => self.nobody(),
            None => Progress::Complete,
        }
    }

    /// The stage this person may act in now, or the reason they may not.
    pub fn turn(&self, policy: &Policy, approvals: &[Approval], person: &Person, history: &History) -> Result<usize, Refusal> {
        let Some(open) = self.open(policy, approvals) else {
            return Err(if self.stages.is_empty() { Refusal::Unruled } else { Refusal::Complete });
        };
        let not_yet = || Refusal::NotYet { who: self.wants(policy, &open) };
        let mut refusal = None;
        for place in open.iter().copied() {
            match self.may_act_at(policy, place, approvals, person, history) {
                Ok(()) => return Ok(place),
                Err(Refusal::WrongPost { .. }) if self.comes_later(policy, place, person, history) => refusal = Some(not_yet()),
                Err(reason) => refusal = Some(reason),
            }
        }
        Err(refusal.unwrap_or_else(not_yet))
    }

    /// Whether this person may act at this very stage, which is open. Nobody authorises twice, nor gives a view twice where one is asked for.
    pub fn may_act_at(
        &self,
        policy: &Policy,
        place: usize,
        approvals: &[Approval],
        person: &Person,
        history: &History,
    ) -> Result<(), Refusal> {
        let stage = &self.stages[place];
        may_decide(policy, stage, person, history)?;
        // A clerk decides nothing, so may have authorised before; each who sits may not.
        match body_of(policy, stage).is_none() && self.authorised_before(place, approvals, person) {
            true => Err(Refusal::AlreadyAuthorised { who: stage.of.say(&policy.roles) }),
            false => Ok(()),
        }
    }

    /// The stages open now: one that authorises, or several that give views together. None once every stage is met.
    fn open(&self, policy: &Policy, approvals: &[Approval]) -> Option<Vec<usize>> {
        let waiting = |place: &usize| !self.is_met(policy, *place, approvals);
        let first = (0..self.stages.len()).find(waiting)?;
        if self.stages[first].kind == StageKind::Authorise {
            return Some(vec![first]);
        }
        let views = (first..self.stages.len()).take_while(|place| self.stages[*place].kind == StageKind::Consult);
        Some(views.filter(waiting).collect())
    }

    /// Enough different people said yes; a body that met counts as one, however many sat.
    fn is_met(&self, policy: &Policy, place: usize, approvals: &[Approval]) -> bool {
        let people: BTreeSet<_> = approvals.iter().filter(|one| one.stage == place).map(|one| one.by).collect();
        match body_of(policy, &self.stages[place]) {
            Some(_) => !people.is_empty(),
            None => people.len() >= usize::from(self.stages[place].count),
        }
    }

    /// The same person never authorises twice, in one stage or in two.
    pub(super) fn authorised_before(&self, place: usize, approvals: &[Approval], person: &Person) -> bool {
        let same_kind = |one: &&Approval| match self.stages[place].kind {
            StageKind::Consult => one.stage == place,
            StageKind::Authorise => self.stages.get(one.stage).is_some_and(|s| s.kind == StageKind::Authorise),
        };
        approvals.iter().filter(same_kind).any(|one| one.by == person.id)
    }

    fn comes_later(&self, policy: &Policy, place: usize, person: &Person, history: &History) -> bool {
        self.stages[place + 1..].iter().any(|stage| may_decide(policy, stage, person, history).is_ok())
    }

    fn wants(&self, policy: &Policy, open: &[usize]) -> String {
        let wants: Vec<_> = open.iter().map(|place| want(policy, &self.stages[*place])).collect();
        say::list(&wants)
    }

    fn nobody(&self) -> Progress {
        Progress::Waiting { open: Vec::new(), says: self.because.join(" ") }
    }
}

impl Asked {
    /// The gravest of the kinds of behaviour it answers.
    fn severity(&self, policy: &Policy) -> Option<Severity> {
        policy.behaviour.gravest(&self.behaviours)
    }

    fn matches(&self, policy: &Policy, when: &Condition) -> bool {
        (!when.skipped || !self.skipped.is_empty())
            && (!when.permanent || self.until.is_none())
            && (when.measures.is_empty() || when.measures.iter().any(|key| self.measures.contains(key)))
            && (when.steps.is_empty() || policy.ladder.restrictions_of(&self.measures).iter().any(|step| when.steps.contains(&step.key)))
            && (when.reaches.is_empty() || when.reaches.contains(&self.reach.unwrap_or(Scope::Organisation)))
            && when.from_severity.is_none_or(|least| self.severity(policy).is_some_and(|severity| severity >= least))
            && policy.behaviour.any_of(&self.behaviours, &when.categories)
            && when.longer_than.is_none_or(|length| self.until.is_none_or(|until| until > length.after(self.from, policy.calendar())))
    }
}

/// One person who authorises, and may do everything a stage may.
const fn one(who: Who) -> Stage {
    Stage { kind: StageKind::Authorise, of: who, count: 1, may: Vec::new(), never: Vec::new() }
}

/// Whose decision it is that these steps are left out: the most senior named for any of them.
fn skip_decider<'a>(policy: &'a Policy, skipped: &BTreeSet<String>) -> Option<&'a Who> {
    let skips = skipped.iter().filter_map(|key| policy.ladder.step(key)?.skip.as_ref());
    skips.map(|skip| &skip.decided_by).max_by_key(|who| who.reach(&policy.roles).rank())
}

/// Whether whoever authorises in this stage is somebody meant, or somebody more senior. A body is only itself: one of its members may stay away.
fn covers(policy: &Policy, stage: &Stage, who: &Who) -> bool {
    let is_meant = || match (&stage.of, who) {
        (stage, who) if stage == who => true,
        (Who::Role(key), Who::AnyOf(any)) => any.contains(&Who::Role(key.clone())),
        (Who::AnyOf(some), Who::AnyOf(any)) => some.iter().all(|one| any.contains(one)),
        _ => false,
    };
    let further = || body_of(policy, stage).is_none() && stage.of.reach(&policy.roles).rank() > who.reach(&policy.roles).rank();
    stage.kind == StageKind::Authorise && (is_meant() || further())
}

/// How strict a rule is: how far its most senior authoriser reaches, then how many must authorise.
fn strictness(policy: &Policy, rule: &Rule) -> (u8, u32) {
    let authorising = || rule.stages.iter().filter(|stage| stage.kind == StageKind::Authorise);
    let reach = authorising().map(|stage| stage.of.reach(&policy.roles).rank()).max().unwrap_or(0);
    let people = |stage: &Stage| body_of(policy, stage).map_or(stage.count, |body| body.quorum);
    (reach, authorising().map(|stage| u32::from(people(stage))).sum())
}

/// "a Head of Service to give a view", "two of: a Director to authorise"
fn want(policy: &Policy, stage: &Stage) -> String {
    let who = stage.of.say(&policy.roles);
    let act = match stage.kind {
        StageKind::Consult => "give a view",
        StageKind::Authorise => "authorise",
    };
    match stage.count {
        _ if body_of(policy, stage).is_some() => format!("{who} to {act} in a meeting"),
        1 => format!("{who} to {act}"),
        count => format!("{count} people, each {who}, to {act}"),
    }
}

fn told(policy: &Policy, stage: &Stage) -> String {
    let who = stage.of.say(&policy.roles);
    let start = say::sentence(&who);
    if let Some(body) = body_of(policy, stage) {
        let share = body.approves_by.filter(|_| stage.kind == StageKind::Authorise);
        return format!(
            "{start} {} in a meeting, with at least {} who took no part{}{}{}.",
            together(stage.kind),
            say::number(u32::from(body.quorum)),
            body.made_up(&policy.roles).map(|among| format!(", among them {among}")).unwrap_or_default(),
            stage.keeps_out().map(|whom| format!(", and nobody {whom}")).unwrap_or_default(),
            share.map(|share| format!(", and approves by {}", share.title())).unwrap_or_default()
        );
    }
    let but = stage.keeps_out().map(|whom| format!(", nobody {whom}")).unwrap_or_default();
    match (stage.kind, stage.count) {
        (StageKind::Consult, _) => format!("{start} is asked for a view{but}."),
        (StageKind::Authorise, 1) => format!("{start} authorises{but}."),
        (StageKind::Authorise, count) => format!("{count} people authorise, each {who}{but}."),
    }
}

const fn together(kind: StageKind) -> &'static str {
    match kind {
        StageKind::Consult => "gives its view",
        StageKind::Authorise => "decides",
    }
}
