//! How long one term may run: as its measures say, as the policy says of behaviour so grave, or else as it says in general.

use std::fmt;

use crate::rules::days::Length;
use crate::rules::policy::{Policy, Severity, Source};

/// The lengths one term is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runs {
    /// The length offered first.
    pub usual: Length,
    /// The longest it may run.
    pub longest: Length,
    /// What sets the longest.
    pub because: Because,
    /// How long until it is usually looked at again.
    pub review: Length,
    /// The measure that cannot go without a last day, because it has a longest term of its own: its title.
    pub must_end: Option<String>,
}

/// What sets how long a term may run, after a day in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// The policy, for every restriction.
    General,
    /// A measure with a longest term of its own.
    Measure { title: String, clause: Option<String> },
    /// How grave the behaviour was.
    Severity { from: Severity, clause: Option<String> },
}

impl Runs {
    /// For a restriction of these measures, by their keys, that answers these kinds of behaviour. Of several measures the strictest counts;
    /// one without a longest term of its own runs as long as the policy lets behaviour so grave run, or any at all.
    pub fn of<'m>(
        policy: &Policy,
        measures: impl IntoIterator<Item = &'m str>,
        behaviours: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        let terms = &policy.terms;
        let grave = policy.behaviour.gravest(behaviours).and_then(|severity| terms.for_severity(severity));
        let general = match grave.and_then(|one| Some((one, one.longest?))) {
            Some((one, longest)) => (longest, Because::Severity { from: one.from, clause: clause(&one.source) }),
            None => (*terms.longest, Because::General),
        };
        let offers: Vec<_> = measures.into_iter().map(|key| policy.measures.offer(key)).collect();
        let is_general = offers.is_empty() || offers.iter().any(|offer| offer.is_none_or(|offer| offer.longest.is_none()));
        let own = offers.into_iter().flatten().filter_map(|offer| Some((offer, offer.longest?)));
        let own = own.reduce(|one, other| if one.1.is_longer_than(other.1) { other } else { one });
        let (longest, because) = match own {
            Some((offer, longest)) if !is_general || general.0.is_longer_than(longest) => {
                (longest, Because::Measure { title: offer.title.clone(), clause: clause(&offer.source) })
            }
            _ => general,
        };
        Self {
            usual: grave.and_then(|one| one.usual).unwrap_or(*terms.usual),
            longest,
            because,
            review: grave.and_then(|one| one.review).unwrap_or(*policy.reviews.usual),
            must_end: own.map(|(offer, _)| offer.title.clone()),
        }
    }
}

/// What may run for longer than the rest, each for the middle of a sentence: "“Not at the gate” for 24 months", "24 months where the behaviour
/// is extreme".
pub fn longer(policy: &Policy) -> Vec<String> {
    let terms = &policy.terms;
    let is_longer = |length: &Length| length.is_longer_than(*terms.longest);
    let measures = policy.measures.offered.iter().filter_map(|offer| Some((offer, offer.longest.filter(is_longer)?)));
    let grave = terms.for_severity.iter().filter_map(|one| Some((one.from, one.longest.filter(is_longer)?)));
    measures
        .map(|(offer, longest)| format!("“{}” for {longest}", offer.title))
        .chain(grave.map(|(from, longest)| format!("{longest} where the behaviour is {}", from.at_least())))
        .collect()
}

fn clause(source: &Source) -> Option<String> {
    source.clause().map(ToOwned::to_owned)
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (why, clause) = match self {
            Self::General => return Ok(()),
            Self::Measure { title, clause } => (format!("“{title}” may run no longer"), clause),
            Self::Severity { from, clause } => (format!("so long is the limit where the behaviour is {}", from.at_least()), clause),
        };
        match clause {
            Some(clause) => write!(f, ": {why} ({clause})"),
            None => write!(f, ": {why}"),
        }
    }
}
