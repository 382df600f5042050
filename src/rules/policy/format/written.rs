//! Values written as one word or phrase with a grammar of its own: how the format names them, and what is wrong with a bad one.

use chrono::NaiveDate;
use schemars::{Schema, json_schema};

use crate::rules::days::{Length, Monthly, Yearly};
use crate::rules::measure::Hour;
use crate::rules::policy::limit::Limit;
use crate::rules::policy::when::When;

/// A phrase with a grammar of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules::policy) enum Written {
    Length,
    Limit,
    When,
    Day,
    /// A time of the day.
    Hour,
    /// A day of every year, or several that follow each other.
    Yearly,
    /// A day that comes once in a month.
    Monthly,
    /// Who may: the key of a role, a word such as the line manager's, or a list of these.
    Who,
    /// The steps before a step.
    After,
}

impl Written {
    const ALL: [Self; 9] =
        [Self::Length, Self::Limit, Self::When, Self::Day, Self::Hour, Self::Yearly, Self::Monthly, Self::Who, Self::After];

    /// Its name in the schema.
    pub(in crate::rules::policy) const fn key(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Limit => "limit",
            Self::When => "when",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Yearly => "yearly",
            Self::Monthly => "monthly",
            Self::Who => "who",
            Self::After => "after",
        }
    }

    pub(super) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// How it is written, for the documentation and for a fault.
    pub(super) const fn how(self) -> &'static str {
        match self {
            Self::Length => "a number and a unit: hours, days, working days, weeks, months or years, such as \"20 working days\"",
            Self::Limit => "a number and a unit such as \"6 months\", or \"none\" where there is openly no limit",
            Self::When => "a day such as 2026-11-21, or a month such as \"October 2021\"",
            Self::Day => "a day such as 2026-11-21",
            Self::Hour => "a time of the day such as \"10:00\"",
            Self::Yearly => "a day and a month such as \"24 December\", or two of them such as \"27 December to 31 December\"",
            Self::Monthly => "which day of the month it is, such as \"first Tuesday\" or \"last working day\"",
            Self::Who => "the key of a role, \"affected-persons-line-manager\", or a list of these where any of them may",
            Self::After => "a list of step keys, all of them needed, or { any = [\"…\"] } where one is enough",
        }
    }

    /// An example that needs nothing else in the pack, as TOML.
    pub(super) const fn example(self) -> &'static str {
        match self {
            Self::Length => "\"6 months\"",
            Self::Limit => "\"20 working days\"",
            Self::When => "\"October 2026\"",
            Self::Day => "2026-11-21",
            Self::Hour => "\"10:00\"",
            Self::Yearly => "\"24 December\"",
            Self::Monthly => "\"first Tuesday\"",
            Self::Who => "\"manager\"",
            Self::After => "[]",
        }
    }

    /// What is wrong with these words; nothing where they can be read. Lists are not judged here.
    pub(super) fn fault(self, words: &str) -> Option<String> {
        match self {
            Self::Length => words.parse::<Length>().err().map(|fault| fault.to_string()),
            Self::Limit => Limit::try_from(words.to_owned()).err(),
            Self::When => When::parse(words).is_none().then(|| format!("\"{words}\" is not {}", self.how())),
            Self::Day => words.parse::<NaiveDate>().err().map(|_| format!("\"{words}\" is not {}", self.how())),
            Self::Hour => Hour::parse(words).is_none().then(|| format!("\"{words}\" is not {}", self.how())),
            Self::Yearly => words.parse::<Yearly>().err().map(|fault| format!("\"{words}\": {fault}")),
            Self::Monthly => words.parse::<Monthly>().err().map(|fault| format!("\"{words}\": {fault}")),
            Self::Who | Self::After => None,
        }
    }

    /// The schema of a type written so.
    pub(in crate::rules::policy) fn schema(self) -> Schema {
        let how = self.how();
        json_schema!({ "x-written": self.key(), "x-how": how })
    }
}

/// Implements the schema of a type that is written as a phrase.
macro_rules! written {
    ($type:ty, $written:expr) => {
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $written.schema()
            }
        }
    };
}

pub(in crate::rules::policy) use written;

written!(Length, Written::Length);
written!(Hour, Written::Hour);
written!(Yearly, Written::Yearly);
written!(Monthly, Written::Monthly);
