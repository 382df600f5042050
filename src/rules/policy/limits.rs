//! What an offer says of the parameters of its measure: what they may be, and what its form begins with.

use std::collections::BTreeSet;

use super::measures::Offer;
use crate::rules::measure::limits::Limits;
use crate::rules::measure::parameters::{Parameter, Parameters};

impl Offer {
    /// What its form begins with when it is first chosen: what is usual, and what the limits leave no choice about.
    pub fn begins_with(&self) -> Parameters {
        let mut first = self.usually.clone().unwrap_or_default();
        let Some(limits) = &self.limits else { return first };
        let is_single = |parameter: Parameter| parameter.is_of(self.kind) && parameter.is_single(self.kind);
        first.channels = first.channels.or_else(|| only(limits.channels.as_ref().filter(|_| is_single(Parameter::Channels))));
        // A day on which we answer may be left open, so it is never chosen for anybody.
        first.per = first.per.or_else(|| alone(limits.per.as_ref()));
        first.every = first.every.or_else(|| alone(limits.every.as_ref()));
        first.count = first.count.or_else(|| limits.count.and_then(|between| between.only()));
        first.minutes = first.minutes.or_else(|| limits.minutes.and_then(|between| between.only()));
        first
    }

    /// "Within these limits: 1 to 3 calls a week."
    pub fn limits_said(&self) -> Option<String> {
        let said = self.limits.as_ref().and_then(|limits| limits.in_words(self.kind))?;
        Some(format!("Within these limits: {said}."))
    }

    /// "The form begins with: 2 calls a week."
    pub fn usually_said(&self) -> Option<String> {
        let said = self.usually.as_ref().and_then(Parameters::in_words)?;
        Some(format!("The form begins with: {said}."))
    }

    /// What its parameters may be; nothing is bound where the policy says nothing.
    pub fn bounded(&self) -> Limits {
        self.limits.clone().unwrap_or_default()
    }
}

fn only<T: Ord + Copy>(all: Option<&BTreeSet<T>>) -> Option<BTreeSet<T>> {
    alone(all).map(|one| [one].into())
}

fn alone<T: Ord + Copy>(all: Option<&BTreeSet<T>>) -> Option<T> {
    all.filter(|all| all.len() == 1).and_then(|all| all.first().copied())
}
