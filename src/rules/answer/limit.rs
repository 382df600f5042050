//! What each term means on the way that was asked about: a heading, what may and may not be done, what to say.

mod channel;
mod contact;
mod household;
mod person;
mod promise;
mod subject;

use super::scene::Scene;
use crate::rules::tone::Tone;

/// How far a limit reaches; the furthest gives the heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Closed,
    Represented,
    /// Whoever speaks for the customer has no consent on record.
    Unconsented,
    Spent,
    Named,
    Outside,
    Appointment,
    OnlyTopics,
    Replies,
    Filed,
    Topics,
    Matters,
    Places,
    PartlyClosed,
    Words,
    Inside,
    Yours,
    Left,
    Minutes,
    Danger,
    Pair,
    Blocked,
    Noted,
    SpeaksFor,
    Household,
}

/// One limit on this way.
pub struct Limit {
    pub rank: Rank,
    /// From the fullest to the one that always fits.
    pub headings: Vec<String>,
    pub may: Vec<String>,
    pub may_not: Vec<String>,
    /// After the greeting, from the fullest to the one that always fits.
    pub say: Vec<String>,
    /// A sentence for the line that says what time it is.
    pub line: Option<String>,
    /// Who has to be there, before anything else is said: "Two staff, always."
    pub company: Option<String>,
}

impl Rank {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Closed | Self::Represented => Tone::Stop,
            Self::Inside | Self::Yours | Self::SpeaksFor => Tone::Ok,
            Self::Left | Self::Minutes | Self::Pair | Self::Blocked | Self::Noted | Self::Household => Tone::Info,
            _ => Tone::Care,
        }
    }

    /// Whether only some things may be dealt with now.
    pub const fn narrows(self) -> bool {
        matches!(
            self,
            Self::Closed
                | Self::Represented
                | Self::Unconsented
                | Self::Spent
                | Self::Named
                | Self::Outside
                | Self::Appointment
                | Self::OnlyTopics
                | Self::Replies
        )
    }
}

impl Limit {
    pub fn new(rank: Rank, headings: Vec<String>) -> Self {
        Self { rank, headings, may: Vec::new(), may_not: Vec::new(), say: Vec::new(), line: None, company: None }
    }

    pub fn may(mut self, may: impl Into<String>) -> Self {
        self.may.push(may.into());
        self
    }

    pub fn may_not(mut self, may_not: impl Into<String>) -> Self {
        self.may_not.push(may_not.into());
        self
    }

    pub fn say(mut self, say: impl Into<String>) -> Self {
        self.say.push(say.into());
        self
    }

    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.line = Some(line.into());
        self
    }

    pub fn company(mut self, company: impl Into<String>) -> Self {
        self.company = Some(company.into());
        self
    }
}

/// Every limit on this way, the furthest-reaching first.
pub fn all(scene: &Scene<'_>) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    limits.extend(household::speaking(scene));
    limits.extend(person::represented(scene));
    limits.extend(subject::in_words(scene));
    limits.extend(contact::danger(scene));
    limits.extend(contact::pair(scene));
    limits.extend(contact::witness(scene));
    limits.extend(promise::calls(scene));
    limits.extend(promise::invited(scene));
    limits.extend(subject::complaints(scene));
    limits.extend(subject::withdrawn(scene));
    if let Some(closed) = channel::closed(scene) {
        limits.push(closed);
    } else {
        limits.extend(channel::partly_closed(scene));
        limits.extend(contact::quotas(scene));
        limits.extend(person::named(scene));
        limits.extend(contact::times(scene));
        limits.extend(contact::minutes(scene));
        limits.extend(contact::appointments(scene));
        limits.extend(contact::places(scene));
        limits.extend(subject::topics(scene));
        limits.extend(subject::filed(scene));
        limits.extend(subject::matters(scene));
        limits.extend(subject::documents(scene));
        limits.extend(promise::replies(scene));
        limits.extend(channel::blocks(scene));
    }
    limits.sort_by_key(|limit| limit.rank);
    limits
}
