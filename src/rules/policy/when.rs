//! Days and months as a pack writes them: `2021-10-30`, or `"October 2021"` where the policy names only a month.

use std::fmt;

use chrono::{Datelike, Month, NaiveDate};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};

use super::format::written::{Written, written};
use crate::rules::say;

/// A day, or a month where the policy names no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Day(NaiveDate),
    /// Any day of the month of this, its first day.
    Month(NaiveDate),
}

written!(When, Written::When);

impl When {
    /// The day or month these words name.
    pub(super) fn parse(text: &str) -> Option<Self> {
        month(text).or_else(|| text.parse().ok().map(Self::Day))
    }

    /// The first day it can mean.
    pub const fn starts(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Month(day) => day,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => f.write_str(&say::day(*day)),
            Self::Month(first) => write!(f, "{}", first.format("%B %Y")),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// A field that must be a whole day, or absent.
pub(super) fn maybe_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    day(deserializer).map(Some)
}

/// A field that must be a whole day.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    match When::deserialize(deserializer)? {
        When::Day(day) => Ok(day),
        When::Month(_) => Err(D::Error::custom("this needs a day, such as 2026-11-21, not only a month")),
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = When;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day such as 2026-11-21, or a month such as \"October 2021\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<When, E> {
        When::parse(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<When, A::Error> {
        let written = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
        written
            .date
            .and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()))
            .map(When::Day)
            .ok_or_else(|| A::Error::custom("this day does not exist"))
    }
}

fn month(text: &str) -> Option<When> {
    let (name, year) = text.split_once(' ')?;
    let month: Month = name.parse().ok()?;
    let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.number_from_month(), 1)?;
    (first.year() > 1900).then_some(When::Month(first))
}
