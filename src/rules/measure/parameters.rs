//! The parameters of a measure that a policy may set bounds and usual values for: on which channels, when, how many, how long, how often.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::hour::Hour;
use super::phrase::{channels, days, minutes_said, number, so_many};
use super::{Cadence, Channel, Day, MeasureKind, Period, Term};
use crate::rules::label::labels;
use crate::rules::say;

labels! {
    /// One parameter that a policy may bound, by its key in a pack.
    pub enum Parameter {
        Channels "channels" "channels",
        Days "days" "days",
        From "from" "first hour",
        Until "until" "last hour",
        Count "count" "number",
        Per "per" "period",
        Minutes "minutes" "minutes",
        Every "every" "rhythm",
    }
}

/// Values of these parameters, as far as there are any: what a term says, or what its form begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Parameters {
    /// The channels it is about; one where the measure is about one channel.
    pub channels: Option<BTreeSet<Channel>>,
    /// The days; one for a reply, a regular call, or the day on which we answer.
    pub days: Option<BTreeSet<Day>>,
    /// When set times begin.
    pub from: Option<Hour>,
    /// When set times end.
    pub until: Option<Hour>,
    /// How many.
    #[schemars(range(min = 1, max = 1000))]
    pub count: Option<u16>,
    /// In which period they are counted.
    pub per: Option<Period>,
    /// How many minutes a contact may last.
    #[schemars(range(min = 1, max = 240))]
    pub minutes: Option<u16>,
    /// How often we reply or ring.
    pub every: Option<Cadence>,
}

impl Parameter {
    /// Whether measures of this kind have it.
    pub const fn is_of(self, kind: MeasureKind) -> bool {
        use MeasureKind as K;
        match self {
            Self::Channels => matches!(kind, K::Channels | K::Times | K::Duration | K::Quota | K::AppointmentOnly | K::Witness),
            Self::Days => matches!(kind, K::Times | K::Quota | K::Replies | K::RegularCall),
            Self::From | Self::Until => matches!(kind, K::Times),
            Self::Count | Self::Per => matches!(kind, K::Quota | K::Issues),
            Self::Minutes => matches!(kind, K::Duration),
            Self::Every => matches!(kind, K::Replies | K::RegularCall),
        }
    }

    /// Whether a measure of this kind takes one channel, or one day, of all there are.
    pub const fn is_single(self, kind: MeasureKind) -> bool {
        use MeasureKind as K;
        match self {
            Self::Channels => matches!(kind, K::Times | K::Quota),
            Self::Days => matches!(kind, K::Quota | K::Replies | K::RegularCall),
            _ => true,
        }
    }

    /// The field in which a term of this kind says it.
    pub const fn field(self, kind: MeasureKind) -> &'static str {
        use MeasureKind as K;
        match (self, kind) {
            (Self::Channels, K::Channels) => "closed",
            (Self::Channels, K::Times | K::Quota) => "channel",
            (Self::Days, K::Quota) => "answered_on",
            (Self::Days, K::Replies | K::RegularCall) => "on",
            _ => self.key(),
        }
    }
}

impl MeasureKind {
    /// The channels a measure of this kind can be about, where it is about any.
    pub const fn channels(self) -> &'static [Channel] {
        match self {
            Self::Duration | Self::Witness => &[Channel::Phone, Channel::Person, Channel::Visit],
            Self::AppointmentOnly => &[Channel::Person, Channel::Visit],
            _ => Channel::ALL,
        }
    }
}

impl Term {
    /// What of it a policy may bound.
    pub fn parameters(&self) -> Parameters {
        let none = Parameters::default();
        match self {
            Self::Channels { closed } => Parameters { channels: Some(closed.clone()), ..none },
            Self::Times { channel, days, from, until } => Parameters {
                channels: Some([*channel].into()),
                days: Some(days.clone()),
                from: Some((*from).into()),
                until: Some((*until).into()),
                ..none
            },
            Self::Duration { channels, minutes } => Parameters { channels: Some(channels.clone()), minutes: Some(*minutes), ..none },
            Self::Quota { channel, count, per, answered_on, .. } => Parameters {
                channels: Some([*channel].into()),
                days: answered_on.map(|day| [day].into()),
                count: Some(*count),
                per: Some(*per),
                ..none
            },
            Self::Issues { count, per } => Parameters { count: Some(*count), per: *per, ..none },
            Self::Replies { every, on, .. } => Parameters { days: on.map(|day| [day].into()), every: *every, ..none },
            Self::RegularCall { every, on, .. } => Parameters { days: Some([*on].into()), every: Some(*every), ..none },
            Self::AppointmentOnly { channels, .. } | Self::Witness { channels, .. } => {
                Parameters { channels: Some(channels.clone()), ..none }
            }
            _ => none,
        }
    }
}

impl Parameters {
    /// The values of one parameter, as fields of a form have them.
    pub fn values(&self, parameter: Parameter) -> Vec<String> {
        fn keys<T: Copy>(all: Option<&BTreeSet<T>>, key: impl Fn(T) -> &'static str) -> Vec<String> {
            all.into_iter().flatten().map(|one| key(*one).to_owned()).collect()
        }
        let number = |one: Option<u16>| one.map(|one| one.to_string());
        let one = match parameter {
            Parameter::Channels => return keys(self.channels.as_ref(), Channel::key),
            Parameter::Days => return keys(self.days.as_ref(), Day::key),
            Parameter::From => self.from.map(Hour::written),
            Parameter::Until => self.until.map(Hour::written),
            Parameter::Count => number(self.count),
            Parameter::Per => self.per.map(|per| per.key().to_owned()),
            Parameter::Minutes => number(self.minutes),
            Parameter::Every => self.every.map(|every| every.key().to_owned()),
        };
        one.into_iter().collect()
    }

    /// Whether a value of this parameter is there, or an empty list in its place.
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

    /// "phone; 2 a week; on Fridays". Nothing where there is nothing to say.
    pub fn in_words(&self) -> Option<String> {
        let only = self.channels.as_ref().filter(|all| all.len() == 1).and_then(|all| all.first());
        let counted = match (self.count, self.per, only) {
            (Some(count), Some(per), Some(channel)) => Some(so_many(*channel, count, per)),
            (Some(count), Some(per), None) => Some(format!("{} a {}", number(count), per.title())),
            (Some(count), None, _) => Some(number(count)),
            (None, Some(per), _) => Some(format!("by the {}", per.title())),
            (None, None, _) => None,
        };
        // A number of calls says that it is about the phone.
        let names_channel = only.is_some() && self.count.is_some() && self.per.is_some();
        let on = self.channels.as_ref().filter(|_| !names_channel).map(|all| channels(all, say::list));
        let hours = match (self.from, self.until) {
            (Some(from), Some(until)) => Some(format!("{from} to {until}")),
            (Some(from), None) => Some(format!("from {from}")),
            (None, until) => until.map(|until| format!("until {until}")),
        };
        let said: Vec<String> = [
            on,
            counted,
            self.minutes.map(minutes_said),
            self.every.map(|every| every.title().to_lowercase()),
            self.days.as_ref().map(days),
            hours,
        ]
        .into_iter()
        .flatten()
        .collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_begins_with_is_said_in_words() {
        let none = Parameters::default();
        let calls = Parameters { channels: Some([Channel::Phone].into()), count: Some(2), per: Some(Period::Week), ..none.clone() };
        let times = Parameters {
            channels: Some([Channel::Phone].into()),
            days: Some(Day::ALL[..5].iter().copied().collect()),
            from: Hour::parse("10:00"),
            until: Hour::parse("12:00"),
            ..none.clone()
        };
        let table = [
            (calls, Some("2 calls a week")),
            (times, Some("phone; Mondays to Fridays; 10am to midday")),
            (Parameters { count: Some(1), per: Some(Period::Month), ..none.clone() }, Some("one a month")),
            (Parameters { minutes: Some(15), ..none.clone() }, Some("15 minutes")),
            (
                Parameters { every: Some(Cadence::Fortnight), days: Some([Day::Friday].into()), ..none.clone() },
                Some("every two weeks; Fridays"),
            ),
            (none, None),
        ];
        for (parameters, said) in table {
            assert_eq!(parameters.in_words().as_deref(), said);
        }
    }
}
