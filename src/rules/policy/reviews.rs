//! When a restriction is looked at again, by whom, and what may come of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::authority::Part;
use super::source::{Source, Sourced};
use super::when::When;
use super::who::Who;
use crate::rules::days::{Length, Monthly};
use crate::rules::label::labels;
use crate::rules::say;

/// Reviews of a restriction in force.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reviews {
    /// The intervals to choose from. Where `set-in-letter` is true they may be left out; the usual interval is then the longest.
    pub intervals: Sourced<Vec<Length>>,
    /// The interval offered first.
    pub usual: Sourced<Length>,
    /// Who holds a review.
    pub reviewer: Sourced<Who>,
    /// Whoever took one of these parts cannot hold the review.
    pub never_reviews: Sourced<Vec<Part>>,
    /// When the reviewer is reminded.
    pub remind: Sourced<Remind>,
    /// What may come of a review.
    pub outcomes: Sourced<Vec<ReviewOutcome>>,
    /// What happens to a restriction whose review is late.
    pub overdue: Sourced<Overdue>,
    /// The outcome always goes to the customer in a letter.
    pub letter_always: Sourced<bool>,
    /// The whole register is looked at together as well as case by case.
    pub whole_register: Sourced<bool>,
    /// The review day is set in each letter, not by an interval; it may then be any day up to the longest interval, or up to the usual one
    /// where no intervals are written.
    pub set_in_letter: Option<Sourced<bool>>,
    /// Reviews of the whole register, each with its own rhythm: an operational look each quarter, a strategic one each year.
    #[serde(default)]
    pub tiers: Vec<Tier>,
}

impl Reviews {
    /// How often: "every 3 months or 6 months", "every month", "on the day its letter names, within 6 months".
    pub fn rhythm(&self) -> String {
        if self.set_in_letter.as_ref().is_some_and(|set| **set) {
            let longest = self.intervals.iter().copied().reduce(|one, other| if other.is_longer_than(one) { other } else { one });
            return longest
                .map_or_else(|| "on the day its letter names".to_owned(), |most| format!("on the day its letter names, within {most}"));
        }
        let each: Vec<String> = self.intervals.iter().map(|length| length.each()).collect();
        format!("every {}", say::either(&each))
    }
}

/// A review of every restriction together.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tier {
    /// Its short name.
    pub key: String,
    /// What the landlord calls it: "Quarterly case meeting".
    pub title: String,
    /// How often it is held.
    pub every: Length,
    /// Which day of its month it is held on, where that is not the same number each time: "first Tuesday", "last working day". Only where
    /// it is held every so many months or years.
    pub on: Option<Monthly>,
    /// Any day on which it was or will be held; the others are counted from it. Its month is enough where `on` says the day.
    pub first: When,
    /// Who holds it: a role, or a body.
    pub held_by: Who,
    pub source: Source,
}

/// When the reviewer is reminded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Remind {
    /// How long before the day.
    pub before: Vec<Length>,
    /// And on the day itself.
    pub on_the_day: bool,
    /// How long after it, while it is not held.
    pub after: Vec<Length>,
}

impl Tier {
    /// How often it is held, for the middle of a sentence: "every 3 months", "every month on the first Tuesday".
    pub fn rhythm(&self) -> String {
        let every = self.every.each();
        self.on.map_or_else(|| format!("every {every}"), |on| format!("every {every} on the {on}"))
    }
}

labels! {
    /// What may come of a review.
    pub enum ReviewOutcome {
        Continue "continue" "Continue",
        Vary "vary" "Change",
        Lift "lift" "Lift",
        /// It ends once the customer has signed an undertaking that the reviewer words. Until then it stays, and the day it is to be signed by
        /// is the day of the next review.
        Undertaking "lift-on-undertaking" "Lift on a signed undertaking",
    }
}

labels! {
    /// What an overdue review does.
    pub enum Overdue {
        Lapse "lapse" "It lapses",
        ContinueAndEscalate "continue-and-escalate" "It continues, and a more senior person is told",
    }
}
