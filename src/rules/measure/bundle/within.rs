//! What one term of a bundle has wrong by itself: what it lacks, and what the policy does not allow it to say.

use super::Bounds;
use crate::rules::measure::parameters::Parameters;
use crate::rules::measure::{Chosen, TermFault};

impl Bounds {
    /// The same where these terms hold already. A limit that came later leaves alone what they say: a change of something else is not
    /// refused for it.
    pub fn holding(mut self, held: &[Chosen]) -> Self {
        self.held = held.to_vec();
        self
    }

    /// Everything that is wrong with a term by itself, each at its field.
    pub fn wrong_with(&self, term: &Chosen) -> Vec<TermFault> {
        let faults = term.check().err().unwrap_or_default();
        let Some(limits) = self.limits.get(term.measure()) else { return faults };
        let kind = term.kind();
        let held: Vec<Parameters> = self.held.iter().filter(|one| one.measure() == term.measure()).map(|one| one.parameters()).collect();
        let wrong = limits.wrong(kind, &term.parameters(), &held).into_iter();
        let mut beyond: Vec<TermFault> = wrong.map(|(parameter, sentence)| TermFault { field: parameter.field(kind), sentence }).collect();
        // Where the policy bounds a field, its sentence is the one that helps.
        let others: Vec<TermFault> = faults.into_iter().filter(|fault| beyond.iter().all(|one| one.field != fault.field)).collect();
        beyond.extend(others);
        beyond
    }
}
