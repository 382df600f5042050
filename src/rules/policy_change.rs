//! What another version of the policy would change for one open case: every value it can still meet, before and after, in words.
//! What a letter promised is no rule, and no version changes it.

mod apart;
mod own;
mod reach;
mod told;

pub use apart::Versions;
pub use reach::State;
pub use told::told;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::appeal::{self, Promised};
use super::authority::Asked;
use super::ladder::Past;
use super::measure::Scope;
use super::policy::Policy;
use super::restriction::Stage;
use super::say;
use reach::{Whom, reaches};

#[cfg(test)]
mod tests;

/// An open case, as far as a policy decides anything about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// Where it stands.
    pub stage: Stage,
    /// Whether an appeal against it waits for its decision.
    pub under_appeal: bool,
    /// What it is made of, or asks for.
    pub measures: BTreeSet<String>,
    /// How far its terms say that it reaches.
    pub reach: Option<Scope>,
    /// Keys of the kinds of behaviour it answers.
    pub behaviours: BTreeSet<String>,
    /// The day it took effect; before that, the day it was last sent for approval or begun.
    pub began: NaiveDate,
    /// The last day, where it has one.
    pub ends_on: Option<NaiveDate>,
    /// Keys of the steps of the ladder that were left out.
    pub skipped: BTreeSet<String>,
    /// The day of the review that was promised or asked for.
    pub review_on: Option<NaiveDate>,
    /// What the last letter promised about an appeal.
    pub appeal: Option<Promised>,
    /// The same of an appeal about the length alone.
    pub length_appeal: Option<Promised>,
    /// What has been done with the customer so far.
    pub past: Past,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub what: String,
    /// What holds under the version the case has.
    pub before: String,
    /// What would hold under the other.
    pub after: String,
}

impl Change {
    const fn between(what: String, before: String, after: String) -> Self {
        Self { what, before, after }
    }
}

impl OpenCase {
    /// Whether it is in force, so that moving it is a decision about the customer.
    pub const fn is_in_force(&self) -> bool {
        matches!(self.stage, Stage::InForce)
    }

    /// What it asks for, or says, as far as it matters to who decides.
    pub fn asked(&self) -> Asked {
        Asked {
            measures: self.measures.clone(),
            reach: self.reach,
            from: self.began,
            until: self.ends_on,
            skipped: self.skipped.clone(),
            behaviours: self.behaviours.clone(),
        }
    }
}

/// Everything that would differ for this case: what is worked out for it first, then what its policy promises, then every other value it can
/// still meet. None at all means that the versions agree about it.
pub fn changes(versions: &Versions, case: &OpenCase, today: NaiveDate) -> Vec<Change> {
    let mut found = own::changes(&versions.before, &versions.after, case, today);
    found.extend(met_by(versions, Whom::Case(case)));
    found
}

/// Everything that would differ for anybody in a state of whom no more is known: somebody who is reported or warned, and has no case yet.
pub fn changes_for(versions: &Versions, state: State) -> Vec<Change> {
    met_by(versions, Whom::Anybody(state))
}

fn met_by(versions: &Versions, whom: Whom<'_>) -> Vec<Change> {
    // Of a case it is worked out what the longest term means for its own last day.
    let is_said = |place: &str| told::says(place) || (place == "terms.longest" && matches!(whom, Whom::Case(_)));
    let mut found = told::for_staff(versions, |place| reaches(place, whom));
    found.extend(versions.reaching(whom, is_said));
    found
}

/// What stays whatever version the case has, because a letter says so.
pub fn promises(case: &OpenCase) -> Vec<String> {
    if !case.is_in_force() {
        return Vec::new();
    }
    let review = case.review_on.map(|day| format!("We look at it again by {}.", say::weekday(day)));
    let end = case.ends_on.map(|day| format!("The last day is {}.", say::day(day)));
    let appeal = case.appeal.map(|promised| format!("An appeal can be made {}.", appeal::when_words(promised.by)));
    let length = case.length_appeal.map(|promised| format!("An appeal about the length can be made {}.", appeal::when_words(promised.by)));
    [review, end, appeal, length].into_iter().flatten().collect()
}

/// Why a case in force cannot be moved to another version as it stands: measures that version does not offer.
pub fn cannot_move(before: &Policy, after: &Policy, case: &OpenCase) -> Vec<String> {
    let missing = case.measures.iter().filter(|key| after.measures.offer(key).is_none());
    missing
        .map(|key| {
            format!(
                "The other version does not offer “{}”. Change the terms at a review first, then move the case.",
                own::measure_words(before, key)
            )
        })
        .collect()
}
