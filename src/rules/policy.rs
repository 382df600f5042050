//! The landlord's policy: the pack by chapter, read once and checked, then held.

mod assessment;
mod authority;
mod behaviour;
mod call_ending;
mod challenge;
mod check;
mod danger;
mod document;
mod fault;
mod finding;
pub mod format;
mod ladder;
mod letters;
mod limit;
mod measures;
mod onward;
mod people;
pub mod plain;
mod referrals;
mod reviews;
mod roles;
mod source;
mod terms;
mod when;
mod who;
mod words;

pub use assessment::{Assessment, Checklist, Item, Question};
pub use authority::{Authority, Condition, Part, Rule, Stage, StageKind};
pub use behaviour::{Behaviour, Category, Effect, Route, Severity, Threshold, YesNo};
pub use call_ending::{CallEnding, FewerReason, TellWhy};
pub use challenge::{Against, AppealForm, AppealOutcome, AppealProfile, Challenge, ComplaintRoute, Reconsideration, WindowFrom};
pub use check::{Checked, check};
pub use danger::Danger;
pub use document::{Clause, Document};
pub use fault::Fault;
pub use finding::Finding;
pub use format::{Difference, Value, differences, schema, values};
pub use ladder::{After, Ladder, LookBack, LookBackFrom, Skip, SkipReason, Step, StepForm, StepKind};
pub use letters::{LetterKind, LetterPart, Letters, ToldAsWell};
pub use limit::Limit;
pub use measures::{AlwaysOpen, Measures, Offer, OneOpenChannel};
pub use onward::{Contact, Onward, Retention};
pub use people::{Kind, People};
pub use referrals::{Referral, Referrals, Support};
pub use reviews::{Overdue, Remind, ReviewOutcome, Reviews};
pub use roles::{Reach, Role, Roles};
pub use source::{Source, Sourced};
pub use terms::Terms;
pub use when::When;
pub use who::Who;
pub use words::{Word, Words};

use schemars::JsonSchema;
use serde::Deserialize;

use super::days::Calendar;

#[cfg(test)]
pub(crate) mod tests;

/// One landlord's policy. Cheap to share behind an `Arc`; never changed once read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Policy {
    pub document: Document,
    pub words: Words,
    pub roles: Roles,
    pub people: People,
    pub behaviour: Behaviour,
    pub call_ending: CallEnding,
    pub ladder: Ladder,
    pub assessment: Assessment,
    pub checklists: Vec<Checklist>,
    pub measures: Measures,
    pub authority: Authority,
    pub terms: Terms,
    pub reviews: Reviews,
    pub challenge: Challenge,
    pub letters: Letters,
    pub referrals: Referrals,
    pub support: Support,
    pub onward: Onward,
    pub retention: Retention,
}

impl Policy {
    /// Reads and checks a pack; every fault at once.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let Checked { policy, faults, .. } = check(text);
        policy.ok_or(faults)
    }

    /// The days this landlord works.
    pub fn calendar(&self) -> Calendar {
        Calendar::of(*self.onward.nation)
    }

    /// The checklist with this key.
    pub fn checklist(&self, key: &str) -> Option<&Checklist> {
        self.checklists.iter().find(|list| list.key == key)
    }
}
