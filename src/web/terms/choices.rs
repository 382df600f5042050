//! What may be chosen beneath a tile: what the policy allows, and what stands there already. What its form begins with, and what its hints say.

use super::{Slot, key, usual_number};
use crate::http::form::{Choice, Form};
use crate::rules::measure::limits::Limits;
use crate::rules::measure::parameters::{Parameter, Parameters};
use crate::rules::measure::{Cadence, Channel, Chosen, Day, Period};
use crate::rules::policy::Policy;
use crate::rules::say;

impl Slot {
    /// The same with what may be chosen beneath it. A term that is there already keeps its values to choose from: a page that could not show
    /// them would lose them.
    pub(super) fn choosing(mut self, policy: &Policy, limits: Limits, there: Option<&Chosen>) -> Self {
        let there = there.map(|term| term.parameters());
        let choices = |parameter: Parameter, all: &mut dyn Iterator<Item = (&'static str, &'static str)>| {
            let allowed = limits.keys(parameter);
            let stands = there.as_ref().map(|there| there.values(parameter)).unwrap_or_default();
            let may = |key: &str| allowed.as_ref().is_none_or(|allowed| allowed.contains(key)) || stands.iter().any(|one| one == key);
            all.filter(|(key, _)| may(key)).map(|(key, title)| Choice::new(key, title)).collect::<Vec<_>>()
        };
        let fitting = self.kind.channels();
        // A measure that is about any channel is about those this landlord has.
        let channels: &[Channel] = if fitting.len() == Channel::ALL.len() { &policy.people.channels } else { fitting };
        self.channels = choices(Parameter::Channels, &mut channels.iter().map(|one| (one.key(), one.title())));
        self.days = choices(Parameter::Days, &mut Day::ALL.iter().map(|one| (one.key(), one.title())));
        self.periods = choices(Parameter::Per, &mut Period::ALL.iter().map(|one| (one.key(), one.title())));
        self.cadences = choices(Parameter::Every, &mut Cadence::ALL.iter().map(|one| (one.key(), one.title())));
        self.at_a_time = limits.per.is_none() || there.is_some_and(|there| there.per.is_none() && there.count.is_some());
        self.limits = limits;
        self
    }

    /// The channels it may be about.
    pub const fn channels(&self) -> &Vec<Choice> {
        &self.channels
    }

    /// Days of the week.
    pub const fn days(&self) -> &Vec<Choice> {
        &self.days
    }

    /// Day, week or month.
    pub const fn periods(&self) -> &Vec<Choice> {
        &self.periods
    }

    /// How often something is promised.
    pub const fn cadences(&self) -> &Vec<Choice> {
        &self.cadences
    }

    /// "1 to 3", "15 to 30 minutes", "10am or later": what the policy allows in a field, or nothing.
    pub fn bounds(&self, parameter: &str) -> String {
        let limits = &self.limits;
        let said = match Parameter::from_key(parameter) {
            Some(Parameter::Count) => limits.count.map(|between| between.in_words()),
            Some(Parameter::Minutes) => limits.minutes.map(|between| format!("{} minutes", between.in_words())),
            Some(Parameter::From) => limits.from.map(|hour| format!("{hour} or later")),
            Some(Parameter::Until) => limits.until.map(|hour| format!("{hour} or earlier")),
            _ => None,
        };
        said.map(|said| format!("{}.", say::sentence(&said))).unwrap_or_default()
    }
}

/// What the policy says is usual, beneath every tile that nothing was chosen of. A second tile of a kind is for another channel, so no channel
/// is usual there.
pub(super) fn begun(form: Form, policy: &Policy, there: &[(String, &Chosen)]) -> Form {
    let offers = policy.measures.offered.iter();
    let tiles = offers.flat_map(|offer| (1..=usual_number(offer.kind)).map(move |number| (offer, number)));
    tiles.fold(form, |form, (offer, number)| {
        let key = key(offer.kind, number, offer.key());
        if there.iter().any(|(one, _)| *one == key) {
            return form;
        }
        let first = offer.begins_with();
        let first = if number == 1 { first } else { Parameters { channels: None, ..first } };
        let slot = Slot::bare(offer.kind, key, offer.key());
        Parameter::ALL.iter().filter(|parameter| parameter.is_of(offer.kind)).fold(form, |form, parameter| {
            let field = slot.f(parameter.field(offer.kind));
            first.values(*parameter).iter().fold(form, |form, value| form.with(field, value))
        })
    })
}
