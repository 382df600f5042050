//! Whom a restriction binds: the customer in everything, somebody who speaks for them in what is talked about, the household in nothing but
//! who comes to the door. And which service or team it is about.

use super::scene::{Line, Scene};
use super::situation::{RestrictionLine, Situation, Speaker};
use crate::rules::measure::{Scope, Term};

/// What a restriction says to whoever is on the other end, asked by this service; nothing where it is about another.
pub fn line<'a>(facts: &Situation<'_>, one: &'a RestrictionLine) -> Option<Line<'a>> {
    let elsewhere = one.terms.iter().filter_map(|term| term.scope()).any(|(reach, names)| !is_about(facts, reach, names));
    let terms = || one.terms.iter().filter(|term| binds(facts.speaker, term)).collect();
    (!elsewhere).then(|| Line { whole: one, terms: terms() })
}

/// A narrow scope holds where it is named; where nobody said which service asks, it may be the one.
fn is_about(facts: &Situation<'_>, reach: Scope, names: &[String]) -> bool {
    let named = |who: &str| names.iter().any(|name| name.trim().to_lowercase() == who.trim().to_lowercase());
    match reach {
        Scope::Organisation | Scope::SeveralOrganisations => true,
        Scope::Service | Scope::Team => facts.service.trim().is_empty() || named(facts.service),
        Scope::Person if facts.service.trim().is_empty() => facts.reader.trim().is_empty() || named(facts.reader),
        Scope::Person => named(facts.service) || named(facts.reader),
    }
}

/// Joint tenants are separate people, and whoever speaks for somebody is not limited themselves: they bring up what the customer may.
const fn binds(speaker: Speaker, term: &Term) -> bool {
    match speaker {
        Speaker::Customer => true,
        Speaker::Household => matches!(term, Term::TwoPersonVisits { .. } | Term::Witness { .. } | Term::Scope { .. }),
        Speaker::Representative => !matches!(
            term,
            Term::Channels { .. }
                | Term::Times { .. }
                | Term::Duration { .. }
                | Term::Quota { .. }
                | Term::RegularCall { .. }
                | Term::AppointmentOnly { .. }
                | Term::RepresentativeOnly { .. }
                | Term::AdvocateInvited { .. }
                | Term::Premises { .. }
                | Term::TechnicalBlock { .. }
                | Term::EndDirectContact { .. }
                | Term::EndAllContact { .. }
        ),
    }
}

/// Everybody who may speak for the customer today: with consent on record, or named in a measure.
pub fn speakers<'a>(scene: &Scene<'a>) -> Vec<&'a str> {
    let holds = |until: Option<chrono::NaiveDate>| until.is_none_or(|last| scene.today() <= last);
    let consented = scene.facts.representatives.iter().filter(|one| holds(one.consent_until)).map(|one| one.name.trim());
    let named = scene.in_force.iter().flat_map(|one| &one.terms).filter_map(|chosen| match &chosen.term {
        Term::RepresentativeOnly { name } => Some(name.trim()),
        _ => None,
    });
    let mut all: Vec<&str> = Vec::new();
    for name in named.chain(consented) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}
