//! What a pack allows the parameters of a measure to be, and what is usual: what contradicts itself, the measure, or the landlord's channels.

use std::collections::BTreeSet;

use super::Fault;
use crate::rules::measure::limits::Between;
use crate::rules::measure::parameters::Parameter;
use crate::rules::measure::{Channel, Hour, LONGEST_MINUTES, MOST_CONTACTS, MOST_MATTERS, MeasureKind};
use crate::rules::policy::{Offer, Policy};
use crate::rules::say;

pub(super) fn faults(policy: &Policy, faults: &mut Vec<Fault>) {
    for offer in &policy.measures.offered {
        let at = format!("measures.offered.{}", offer.key());
        limits(policy, offer, &format!("{at}.limits"), faults);
        usually(policy, offer, &format!("{at}.usually"), faults);
    }
}

fn limits(policy: &Policy, offer: &Offer, at: &str, faults: &mut Vec<Fault>) {
    let Some(limits) = &offer.limits else { return };
    if Parameter::ALL.iter().all(|parameter| !limits.has(*parameter)) {
        faults.push(Fault::at(at, "It says nothing. Name a limit, or leave it out."));
    }
    faults.extend(not_of_it(offer, at, |parameter| limits.has(parameter)));
    for parameter in Parameter::ALL.iter().filter(|one| limits.keys(**one).is_some_and(|keys| keys.is_empty())) {
        let says = "The list is empty, so nothing could be chosen. Name at least one, or leave it out.";
        faults.push(Fault::at(format!("{at}.{}", parameter.key()), says));
    }
    channels(policy, offer, limits.channels.as_ref(), at, faults);
    hours(limits.from.zip(limits.until), at, faults);
    for (key, between) in [("count", limits.count), ("minutes", limits.minutes)] {
        faults.extend(between.and_then(|between| numbers(offer.kind, between)).map(|says| Fault::at(format!("{at}.{key}"), says)));
    }
}

fn usually(policy: &Policy, offer: &Offer, at: &str, faults: &mut Vec<Fault>) {
    let Some(usual) = &offer.usually else { return };
    if Parameter::ALL.iter().all(|parameter| !usual.has(*parameter)) {
        faults.push(Fault::at(at, "It says nothing. Name a value, or leave it out."));
    }
    faults.extend(not_of_it(offer, at, |parameter| usual.has(parameter)));
    for parameter in [Parameter::Channels, Parameter::Days].into_iter().filter(|one| usual.has(*one) && one.is_of(offer.kind)) {
        let place = format!("{at}.{}", parameter.key());
        match usual.values(parameter).len() {
            0 => faults.push(Fault::at(place, "The list is empty. Name at least one, or leave it out.")),
            2.. if parameter.is_single(offer.kind) => {
                faults.push(Fault::at(place, "This measure takes one of them, and more stand here. Keep one."));
            }
            _ => {}
        }
    }
    channels(policy, offer, usual.channels.as_ref(), at, faults);
    hours(usual.from.zip(usual.until), at, faults);
    let outer = outermost(offer.kind);
    if let Some(count) = usual.count.filter(|count| *count > outer) {
        faults.push(Fault::at(format!("{at}.count"), format!("{count} is more than any policy may say here, {outer}.")));
    }
    if let Some(limits) = &offer.limits {
        // What is not said is not usual: a number without a period may be of any.
        let wrong = limits.wrong(offer.kind, usual, &[]).into_iter().filter(|(parameter, _)| usual.has(*parameter));
        faults.extend(wrong.map(|(parameter, says)| {
            Fault::at(format!("{at}.{}", parameter.key()), format!("The form would begin with what the limits do not allow. {says}."))
        }));
    }
}

/// What is said of a parameter that measures of this kind do not have.
fn not_of_it<'a>(offer: &'a Offer, at: &'a str, has: impl Fn(Parameter) -> bool + 'a) -> impl Iterator<Item = Fault> + 'a {
    let odd = Parameter::ALL.iter().filter(move |parameter| has(**parameter) && !parameter.is_of(offer.kind));
    odd.map(move |parameter| {
        let have: Vec<String> =
            MeasureKind::ALL.iter().filter(|kind| parameter.is_of(**kind)).map(|kind| format!("\"{}\"", kind.key())).collect();
        let says = format!(
            "A measure of the kind \"{}\" has no {}. Take `{}` out: it is for {}.",
            offer.kind.key(),
            parameter.title(),
            parameter.key(),
            say::list(&have)
        );
        Fault::at(format!("{at}.{}", parameter.key()), says)
    })
}

/// Channels this landlord does not have, and those on which such a measure means nothing.
fn channels(policy: &Policy, offer: &Offer, said: Option<&BTreeSet<Channel>>, at: &str, faults: &mut Vec<Fault>) {
    let Some(said) = said.filter(|_| Parameter::Channels.is_of(offer.kind)) else { return };
    let fitting = offer.kind.channels();
    for channel in said {
        let says = match () {
            () if !fitting.contains(channel) => {
                let fitting: Vec<String> = fitting.iter().map(|one| format!("\"{}\"", one.key())).collect();
                format!(
                    "A measure of the kind \"{}\" is never about \"{}\". It may be about {}.",
                    offer.kind.key(),
                    channel.key(),
                    say::list(&fitting)
                )
            }
            () if !policy.people.channels.contains(channel) => {
                format!("\"{}\" is not among the channels of this policy. Take it out, or add it to `channels` in [people].", channel.key())
            }
            () => continue,
        };
        faults.push(Fault::at(format!("{at}.channels"), says));
    }
}

fn hours(both: Option<(Hour, Hour)>, at: &str, faults: &mut Vec<Fault>) {
    if let Some((from, until)) = both.filter(|(from, until)| from >= until) {
        let says = format!("{} is not later than {}. `until` comes after `from`.", until.written(), from.written());
        faults.push(Fault::at(format!("{at}.until"), says));
    }
}

fn numbers(kind: MeasureKind, between: Between) -> Option<String> {
    let outer = outermost(kind);
    match (between.least, between.most) {
        (None, None) => Some("It says nothing. Give `least`, `most` or both.".to_owned()),
        (Some(least), Some(most)) if least > most => Some(format!("The least, {least}, is more than the most, {most}.")),
        (least, most) => {
            let beyond = least.into_iter().chain(most).find(|number| *number > outer)?;
            Some(format!("{beyond} is more than any policy may say here, {outer}."))
        }
    }
}

/// The largest number of such a measure, whatever the policy.
const fn outermost(kind: MeasureKind) -> u16 {
    match kind {
        MeasureKind::Duration => LONGEST_MINUTES,
        MeasureKind::Issues => MOST_MATTERS,
        _ => MOST_CONTACTS,
    }
}

#[cfg(test)]
mod tests;
