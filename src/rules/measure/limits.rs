//! What a policy allows the parameters of a measure to be: no more than so many calls a week, no longer than so many minutes.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::hour::Hour;
use super::parameters::{Parameter, Parameters};
use super::phrase::{channels, contacts, days, matters, number, so_many};
use super::{Cadence, Channel, Day, MeasureKind, Period};
use crate::rules::say;

/// The bounds of a measure. Whatever is not named may be anything the product can keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limits {
    /// The channels it may be chosen for; of the measure that closes channels, those it may close.
    pub channels: Option<BTreeSet<Channel>>,
    /// The days that may be chosen: of set times, of a reply or a regular call, or on which we answer.
    pub days: Option<BTreeSet<Day>>,
    /// Set times begin no earlier.
    pub from: Option<Hour>,
    /// Set times end no later.
    pub until: Option<Hour>,
    /// How many there may be in the period.
    pub count: Option<Between>,
    /// The periods in which they may be counted. New matters are then never counted "at a time".
    pub per: Option<BTreeSet<Period>>,
    /// How many minutes a contact may be limited to.
    pub minutes: Option<Between>,
    /// How often we may reply or ring.
    pub every: Option<BTreeSet<Cadence>>,
}

/// A number with an end, or two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Between {
    /// No fewer than this.
    #[schemars(range(min = 1, max = 1000))]
    pub least: Option<u16>,
    /// No more than this.
    #[schemars(range(min = 1, max = 1000))]
    pub most: Option<u16>,
}

impl Between {
    /// "1 to 3", "at most 3", "at least 2"; "3" where it can be nothing else.
    pub fn in_words(self) -> String {
        match (self.least, self.most) {
            (Some(least), Some(most)) if least == most => number(most),
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("at least {}", number(least)),
            (None, Some(most)) => format!("at most {}", number(most)),
            (None, None) => "any number".to_owned(),
        }
    }

    /// The number it can only be, where there is one.
    pub fn only(self) -> Option<u16> {
        self.least.filter(|_| self.least == self.most)
    }

    /// What is wrong with a number, where something is: `many` says so many of them.
    fn wrong(self, wanted: u16, many: impl Fn(u16) -> String) -> Option<String> {
        let (least, most) = (self.least.unwrap_or(1), self.most.unwrap_or(u16::MAX));
        let only = least == most;
        if wanted > most {
            let enter = if only || most == 1 { most.to_string() } else { format!("{most} or fewer") };
            return Some(format!("The policy allows at most {}. Enter {enter}", many(most)));
        }
        // Of none at all it is said elsewhere what to choose instead.
        if wanted < least && wanted > 0 {
            let enter = if only { least.to_string() } else { format!("{least} or more") };
            return Some(format!("The policy allows no fewer than {}. Enter {enter}", many(least)));
        }
        None
    }
}

impl Limits {
    /// Whether it bounds this parameter.
    pub const fn has(&self, parameter: Parameter) -> bool {
        match parameter {
            Parameter::Channels => self.channels.is_some(),
            Parameter::Days => self.days.is_some(),
            Parameter::From => self.from.is_some(),
            Parameter::Until => self.until.is_some(),
            Parameter::Count => self.count.is_some(),
            Parameter::Per => self.per.is_some(),
            Parameter::Minutes => self.minutes.is_some(),
            Parameter::Every => self.every.is_some(),
        }
    }

    /// The keys of a choice that are allowed; nothing where any is, and for what is no choice.
    pub fn keys(&self, parameter: Parameter) -> Option<BTreeSet<&'static str>> {
        fn keys<T: Copy>(all: Option<&BTreeSet<T>>, key: impl Fn(T) -> &'static str) -> Option<BTreeSet<&'static str>> {
            all.map(|all| all.iter().map(|one| key(*one)).collect())
        }
        match parameter {
            Parameter::Channels => keys(self.channels.as_ref(), Channel::key),
            Parameter::Days => keys(self.days.as_ref(), Day::key),
            Parameter::Per => keys(self.per.as_ref(), Period::key),
            Parameter::Every => keys(self.every.as_ref(), Cadence::key),
            Parameter::From | Parameter::Until | Parameter::Count | Parameter::Minutes => None,
        }
    }

    /// Everything these values are not allowed to be, each as a sentence without its full stop. What holds already may stay.
    pub fn wrong(&self, kind: MeasureKind, wanted: &Parameters, held: &[Parameters]) -> Vec<(Parameter, String)> {
        let said = |parameter: &Parameter| Some((*parameter, self.wrong_with(*parameter, kind, wanted, held)?));
        Parameter::ALL.iter().filter(|parameter| parameter.is_of(kind)).filter_map(said).collect()
    }

    fn wrong_with(&self, parameter: Parameter, kind: MeasureKind, wanted: &Parameters, held: &[Parameters]) -> Option<String> {
        let stays = |is: &dyn Fn(&Parameters) -> bool| held.iter().any(is);
        let is_single = parameter.is_single(kind);
        match parameter {
            Parameter::Channels => {
                let (allowed, odd) = outside(&self.channels, &wanted.channels, held.iter().map(|one| &one.channels))?;
                Some(wrong_channels(kind, is_single, allowed, &odd))
            }
            Parameter::Days => {
                let (allowed, odd) = outside(&self.days, &wanted.days, held.iter().map(|one| &one.days))?;
                Some(match is_single {
                    true => format!(
                        "The policy allows {} only. Choose {}",
                        days(allowed),
                        one_of(allowed.len(), "that day", "one of these days")
                    ),
                    false => format!("The policy allows {} only. Take out {}", days(allowed), days(&odd)),
                })
            }
            Parameter::From => {
                let (bound, hour) = self.from.zip(wanted.from).filter(|(bound, hour)| hour < bound)?;
                (!stays(&|one| one.from == Some(hour))).then(|| format!("The policy allows nothing before {bound}. Enter {bound} or later"))
            }
            Parameter::Until => {
                let (bound, hour) = self.until.zip(wanted.until).filter(|(bound, hour)| hour > bound)?;
                (!stays(&|one| one.until == Some(hour)))
                    .then(|| format!("The policy allows nothing after {bound}. Enter {bound} or earlier"))
            }
            Parameter::Count => {
                let (bound, count) = self.count.zip(wanted.count)?;
                bound.wrong(count, |many| counted(kind, many, wanted)).filter(|_| !stays(&|one| one.count == Some(count)))
            }
            Parameter::Per => {
                let allowed = self.per.as_ref().filter(|_| wanted.count.is_some())?;
                let is_fine = wanted.per.is_some_and(|per| allowed.contains(&per)) || stays(&|one| one.per == wanted.per);
                (!is_fine).then(|| format!("The policy counts these {} only. Choose {}", by_the(allowed), one_of_periods(allowed)))
            }
            Parameter::Minutes => {
                let (bound, minutes) = self.minutes.zip(wanted.minutes)?;
                let many = |many| say::count(many, "minute", "minutes");
                bound.wrong(minutes, many).filter(|_| !stays(&|one| one.minutes == Some(minutes)))
            }
            Parameter::Every => {
                let (allowed, every) = self.every.as_ref().zip(wanted.every).filter(|(allowed, every)| !allowed.contains(every))?;
                let choose = one_of(allowed.len(), "that", "one of these");
                (!stays(&|one| one.every == Some(every))).then(|| format!("The policy allows {} only. Choose {choose}", rhythms(allowed)))
            }
        }
    }

    /// "1 to 3 calls a week; for phone only". Nothing where nothing is bound.
    pub fn in_words(&self, kind: MeasureKind) -> Option<String> {
        let on = self.channels.as_ref().map(|all| match kind {
            MeasureKind::Channels => format!("{} only", channels(all, say::list)),
            _ => format!("for {} only", channels(all, say::either)),
        });
        let on_days = self.days.as_ref().map(|all| match kind {
            MeasureKind::Quota => format!("answered on {} only", days(all)),
            _ => format!("on {} only", days(all)),
        });
        let hours = match (self.from, self.until) {
            (Some(from), Some(until)) => Some(format!("between {from} and {until}")),
            (Some(from), None) => Some(format!("not before {from}")),
            (None, until) => until.map(|until| format!("not after {until}")),
        };
        let minutes = self.minutes.map(|between| {
            let unit = if between.most.or(between.least) == Some(1) { "minute" } else { "minutes" };
            format!("{} {unit}", between.in_words())
        });
        let said: Vec<String> =
            [self.counted_in_words(kind), minutes, self.every.as_ref().map(rhythms), on, on_days, hours].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    fn counted_in_words(&self, kind: MeasureKind) -> Option<String> {
        let per = self.per.as_ref().map(|all| all.iter().map(|one| format!("a {}", one.title())).collect::<Vec<_>>());
        let Some(between) = self.count else { return self.per.as_ref().map(|all| format!("counted {}", by_the(all))) };
        let governs = between.most.or(between.least).unwrap_or(2);
        let only = self.channels.as_ref().filter(|all| all.len() == 1).and_then(|all| all.first());
        let what = match (kind, only, governs) {
            (MeasureKind::Issues, _, 1) => "new matter",
            (MeasureKind::Issues, ..) => "new matters",
            (_, Some(channel), governs) => contacts(*channel, governs),
            (_, None, 1) => "contact",
            (_, None, _) => "contacts",
        };
        let per = per.map_or_else(String::new, |all| format!(" {}", say::either(&all)));
        Some(format!("{} {what}{per}", between.in_words()))
    }
}

/// What is allowed, and what of a choice is neither allowed nor held already; nothing where all of it is.
fn outside<'a, T: Ord + Copy + 'a>(
    allowed: &'a Option<BTreeSet<T>>,
    wanted: &Option<BTreeSet<T>>,
    held: impl Iterator<Item = &'a Option<BTreeSet<T>>>,
) -> Option<(&'a BTreeSet<T>, BTreeSet<T>)> {
    let allowed = allowed.as_ref()?;
    let held: BTreeSet<T> = held.flatten().flatten().copied().collect();
    let odd: BTreeSet<T> = wanted.iter().flatten().copied().filter(|one| !allowed.contains(one) && !held.contains(one)).collect();
    (!odd.is_empty()).then_some((allowed, odd))
}

fn wrong_channels(kind: MeasureKind, is_single: bool, allowed: &BTreeSet<Channel>, odd: &BTreeSet<Channel>) -> String {
    let out = channels(odd, say::list);
    match (kind, is_single) {
        (MeasureKind::Channels, _) => format!("The policy lets only {} be closed. Leave {out} open", channels(allowed, say::list)),
        (_, true) => {
            let choose = if allowed.len() == 1 { channels(allowed, say::either) } else { "one of these".to_owned() };
            format!("The policy allows this for {} only. Choose {choose}", channels(allowed, say::either))
        }
        (_, false) => format!("The policy allows this for {} only. Take out {out}", channels(allowed, say::list)),
    }
}

/// "3 calls a week", "2 new matters a month".
fn counted(kind: MeasureKind, count: u16, wanted: &Parameters) -> String {
    let channel = wanted.channels.as_ref().and_then(|all| all.first());
    match (kind, channel, wanted.per) {
        (MeasureKind::Issues, _, per) => matters(count, per),
        (_, Some(channel), Some(per)) => so_many(*channel, count, per),
        _ => number(count),
    }
}

/// "by the day or the week".
fn by_the(periods: &BTreeSet<Period>) -> String {
    format!("by {}", say::either(&periods.iter().map(|one| format!("the {}", one.title())).collect::<Vec<_>>()))
}

fn one_of_periods(periods: &BTreeSet<Period>) -> String {
    match periods.first() {
        Some(only) if periods.len() == 1 => format!("a {}", only.title()),
        _ => "one of these".to_owned(),
    }
}

/// "every week or every two weeks".
fn rhythms(all: &BTreeSet<Cadence>) -> String {
    say::either(&all.iter().map(|one| one.title().to_lowercase()).collect::<Vec<_>>())
}

const fn one_of(many: usize, one: &'static str, several: &'static str) -> &'static str {
    if many == 1 { one } else { several }
}

#[cfg(test)]
mod tests;
