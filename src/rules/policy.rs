//! The landlord's policy: the pack by chapter, read once and checked, then held.

mod areas;
mod assessment;
mod authority;
mod behaviour;
mod bodies;
mod call_ending;
mod challenge;
mod check;
mod clocks;
mod danger;
mod document;
mod fault;
mod finding;
pub mod format;
mod ladder;
mod letters;
mod limit;
mod limits;
mod markers;
mod measures;
mod onward;
mod people;
pub mod plain;
mod readings;
mod referrals;
mod reports;
mod reviews;
mod roles;
mod source;
mod spoken;
mod standing;
mod terms;
mod vacant;
mod when;
mod who;
mod words;

pub use areas::{Area, Overlay};
pub use assessment::{Assessment, Checklist, Decision, Item, Question};
pub use authority::{Authority, Condition, Delegation, Part, ReturnedFor, Rule, Stage, StageAct, StageKind, Substitute};
pub use behaviour::{Behaviour, Category, Effect, Route, Severity, Threshold, YesNo};
pub use bodies::{Body, MakeUp, Share};
pub use call_ending::{CallEnding, FewerReason, TellWhy};
pub use challenge::{
    Against, AppealForm, AppealMode, AppealOutcome, AppealProfile, Challenge, ComplaintRoute, DeciderFor, EarlyReview, Reconsideration,
    WindowFrom,
};
pub use check::{Checked, check, check_on};
pub use clocks::{Clock, ClockDoes, Clocks, Within, Work};
pub use danger::Danger;
pub use document::{Clause, Document, same_landlord};
pub use fault::Fault;
pub use finding::Finding;
pub(super) use format::place::is_within;
pub use format::{Difference, Value, differences, schema, values, values_for};
pub use ladder::{After, Ladder, LookBack, LookBackFrom, ReEntry, Skip, SkipReason, Step, StepForm, StepKind};
pub use letters::{
    Copy as LetterCopy, LetterKind, LetterPart, Letters, OwnWords, Recipient, Signature, SignedBy, StepLetter, Told as LetterTold,
    ToldAsWell, ToldHow, ToldRecord,
};
pub use limit::Limit;
pub use markers::{Audience, Marker, RestsOn, Told, View};
pub use measures::{AlwaysOpen, Conflict, Measures, Offer, OneOpenChannel};
pub use onward::{Contact, LandlordType, Onward, OnwardRoute, RecordKind, Retention, RetentionRange};
pub use people::{Kind, People, Subject};
pub use readings::Reading;
pub use referrals::{HandOff, Referral, Referrals, Support, Trigger};
pub use reports::{Counted, Grain, InEach, Population, Report};
pub use reviews::{Overdue, Remind, ReviewOutcome, Reviews, Tier};
pub use roles::{Reach, Role, Roles};
pub use source::{Source, Sourced};
pub use standing::{Agreement, RefusalMeans, Status};
pub use terms::{SeverityTerms, Terms};
pub use vacant::vacant;
pub use when::When;
pub use who::{LINE_MANAGER, Relative, Who};
pub use words::{Word, Words};

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::days::Calendar;
use super::measure::bundle::{self, Bounds};
use super::measure::{Channel, Way};

#[cfg(test)]
pub(crate) mod tests;

/// One landlord's policy. Cheap to share behind an `Arc`; never changed once read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Policy {
    /// The policy document: its name on paper, its days, and who answers for it.
    pub document: Document,
    /// What the policy leaves unclear or says in two ways, with the reading this pack follows.
    #[serde(default)]
    pub readings: Vec<Reading>,
    /// The landlord's own words for what the product does.
    pub words: Words,
    /// Every post of the landlord, by a short name of your choice. The title is the landlord's own.
    pub roles: Roles,
    /// Panels and committees that decide together in a meeting.
    #[serde(default)]
    pub bodies: Vec<Body>,
    /// Whose behaviour the policy is about, and who is to be kept safe.
    pub people: People,
    /// What the policy calls unacceptable, the harm that must be shown, and the questions asked first.
    pub behaviour: Behaviour,
    /// Before a call is ended: who may, after how many warnings, in which words.
    pub call_ending: CallEnding,
    /// The steps from a first talk to a restriction, what counts towards each, and which may be left out.
    pub ladder: Ladder,
    /// What is weighed in writing before anybody is restricted.
    pub assessment: Assessment,
    /// Lists of things to have done before a step or a decision.
    #[serde(default)]
    pub checklists: Vec<Checklist>,
    /// What a restriction may be made of, and what always stays open.
    pub measures: Measures,
    /// Who proposes, who is asked, who decides, and who may not because they took part.
    pub authority: Authority,
    /// When a letter counts as received, and what happens on the day a clock runs out.
    #[serde(default)]
    pub clocks: Clocks,
    /// How long a restriction may run.
    pub terms: Terms,
    /// When a restriction is looked at again, by whom, and what may come of it.
    pub reviews: Reviews,
    /// How a customer challenges a decision.
    pub challenge: Challenge,
    /// The parts each letter must have, in the order they are printed. A letter with a part missing cannot be sent.
    pub letters: Letters,
    /// Safety markers: what staff must know before they visit or meet.
    #[serde(default)]
    pub markers: Vec<Marker>,
    /// Statuses on a register without a restriction: cards, classifications.
    #[serde(default)]
    pub statuses: Vec<Status>,
    /// Agreements that the landlord and the customer both sign.
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// Police, community safety, and other places a case is handed to.
    pub referrals: Referrals,
    /// Help for the person affected.
    pub support: Support,
    /// Where a customer can go next.
    pub onward: Onward,
    /// Reports on how the policy is used.
    #[serde(default)]
    pub reports: Vec<Report>,
    /// How long records are kept after their case is closed.
    pub retention: Retention,
    /// Business areas in which details differ. Whatever an area does not say is as it is for everybody.
    #[serde(default)]
    pub areas: Vec<Area>,
    /// The area for which this is the whole policy; nothing where it is that of everybody whose area is not named.
    #[serde(skip)]
    pub area: Option<String>,
}

impl Policy {
    /// Reads and checks a pack; every fault at once.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let Checked { policy, faults, .. } = check(text);
        policy.ok_or(faults)
    }

    /// The whole policy as it holds in one of its business areas. An area the pack does not have is everybody.
    pub fn read_for(text: &str, area: Option<&str>) -> Result<Self, Vec<Fault>> {
        let Checked { policy, faults, areas, .. } = check(text);
        let own = area.and_then(|area| areas.into_iter().find(|one| one.area.as_deref() == Some(area)));
        policy.map(|policy| own.unwrap_or(policy)).ok_or(faults)
    }

    /// The business area with this key.
    pub fn area(&self, key: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.key == key)
    }

    /// The days this landlord works.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar::of(*self.onward.nation).closed_on(self.clocks.closed.as_ref().map_or(&[], |closed| closed.as_slice()))
    }

    /// What a bundle of measures is held against here.
    pub fn bounds(&self) -> Bounds {
        Bounds { ways: self.ways(), ..self.measures.bounds() }
    }

    /// The ways staff may ask about before a contact: those with a channel that the policy names, and home visits in any case, since nobody
    /// goes to a door without knowing who waits there.
    pub fn ways_asked(&self) -> impl Iterator<Item = Way> + '_ {
        let named = |way: &Way| *way == Way::Visit || way.channels().iter().any(|one| self.people.channels.contains(one));
        Way::ALL.iter().copied().filter(named)
    }

    /// The channels on which a customer of this landlord can begin a contact and be answered.
    pub fn ways(&self) -> BTreeSet<Channel> {
        bundle::ROUTES.into_iter().filter(|way| self.people.channels.contains(way)).collect()
    }

    /// The body with this key.
    pub fn body(&self, key: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.key == key)
    }

    /// The checklist with this key.
    pub fn checklist(&self, key: &str) -> Option<&Checklist> {
        self.checklists.iter().find(|list| list.key == key)
    }
}
