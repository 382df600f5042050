//! The letters of a request to look again: that it came, and how it was answered.

use chrono::NaiveDate;

use super::decided::{self, until_words};
use super::facts::{Appealing, Closed, Decided, Shared};
use super::paper::Part;
use super::standing;
use crate::rules::measure::Chosen;
use crate::rules::policy::LetterPart;
use crate::rules::say;

/// A request to look again was received.
#[derive(Clone, Debug)]
pub struct ReconsiderationReceived {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it came.
    pub received_on: NaiveDate,
    /// What the customer says.
    pub words: String,
    /// The day by which we answer.
    pub answer_by: NaiveDate,
}

/// A request to look again was answered. The one who answered signs.
#[derive(Clone, Debug)]
pub struct ReconsiderationOutcome {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it came.
    pub received_on: NaiveDate,
    /// What the customer said.
    pub words: String,
    /// Why it was answered so.
    pub reasons: String,
    /// The answer.
    pub answer: Looked,
}

/// What came of a request to look again.
#[derive(Clone, Debug)]
pub enum Looked {
    /// Looked at again, and it stays.
    Stays(Decided, Appealing),
    /// Not looked at again, because none of the policy's grounds was given; it stays.
    NotAgain(Decided, Appealing),
    /// It goes on with other terms or days: a new decision, and it can be appealed.
    Changes(Decided),
    /// It ends on this day, or ended on it.
    Ends { terms: Vec<Chosen>, on: NaiveDate, closed: Closed },
}

impl ReconsiderationReceived {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        let word = &self.shared.policy.words.restriction.one;
        Some(match part {
            LetterPart::Decision => Part::new("You asked us to look again")
                .say(format!("Your request to look again at your {word} reached us on {}.", say::day(self.received_on)))
                .quote(&self.words),
            LetterPart::WhatHappensNext => self.what_happens_next(word),
            _ => return standing::of(&self.shared, part),
        })
    }

    fn what_happens_next(&self, word: &str) -> Part {
        let policy = &self.shared.policy;
        let decider = policy.challenge.reconsideration.as_ref().map(|again| again.decider.say(&policy.roles));
        Part::new("What happens next")
            .say(format!("{} will look at it again.", say::sentence(&decider.unwrap_or_else(|| "somebody".to_owned()))))
            .say(format!("We will write to you with an answer by {}.", say::weekday(self.answer_by)))
            .say(format!("The {word} stays in place until we have answered."))
            .say(format!("If you want to tell us more, {}.", standing::reach_us(&self.shared)))
    }
}

impl ReconsiderationOutcome {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        match part {
            LetterPart::Decision => return Some(self.decision()),
            LetterPart::Reasons => return Some(Part::new("Why we decided this").fact(&self.reasons)),
            LetterPart::CustomersAccount => return Some(Part::new("What you told us").quote(&self.words)),
            _ => {}
        }
        match (&self.answer, part) {
            (Looked::Stays(_, appealing) | Looked::NotAgain(_, appealing), LetterPart::HowToAppeal) => Some(self.how_to_appeal(*appealing)),
            (Looked::Stays(decided, _) | Looked::NotAgain(decided, _) | Looked::Changes(decided), _) => {
                decided::of(&self.shared, decided, part)
            }
            (Looked::Ends { terms, closed, .. }, LetterPart::WhatHappensNext) => {
                Some(decided::closed(decided::free_again(&self.shared, terms), &self.shared, *closed))
            }
            (Looked::Ends { .. }, _) => standing::of(&self.shared, part),
        }
    }

    fn decision(&self) -> Part {
        let word = &self.shared.policy.words.restriction.one;
        let (heading, decision) = match &self.answer {
            Looked::Stays(decided, _) => {
                let until = until_words(decided);
                (format!("We looked again: your {word} stays {until}"), format!("We have looked at it again. It stays {until}."))
            }
            Looked::NotAgain(decided, _) => (
                format!("Your {word} stays {}", until_words(decided)),
                "We have decided not to look at it again, for the reasons in this letter. It stays as it is.".to_owned(),
            ),
            Looked::Changes(decided) => (
                format!("How we will keep in touch {}", until_words(decided)),
                "We have looked at it again, and changed it. What stands in this letter takes the place of what we wrote before."
                    .to_owned(),
            ),
            Looked::Ends { on, .. } if *on < self.shared.on => (
                format!("Your {word} ended on {}", say::day(*on)),
                format!("It ended on {}. Nothing in it applies to you any more.", say::day(*on)),
            ),
            Looked::Ends { on, .. } => (
                format!("Your {word} ended on {}", say::day(*on)),
                "We have looked at it again, and decided that it ends. Nothing in it applies to you any more.".to_owned(),
            ),
        };
        Part::new(heading)
            .say(format!("On {} you asked us to look again at your {word}. {decision}", say::day(self.received_on)))
            .say(standing::decided_by_body(&self.shared))
    }

    /// The decision that stays was appealed, can still be, or can no longer.
    fn how_to_appeal(&self, appealing: Appealing) -> Part {
        let appeal = &self.shared.policy.words.appeal;
        let words = match appealing {
            Appealing::Until(last_day) => return standing::how_to_appeal(&self.shared, last_day),
            Appealing::Over(last_day) => format!(
                "The last day for {} was {}. If you still want to make one, tell us why it comes later. {} decides whether we can look at it.",
                appeal.a,
                say::day(last_day),
                say::sentence(&self.shared.policy.challenge.appeal.late_decided_by.say(&self.shared.policy.roles)),
            ),
            Appealing::Waiting => {
                format!("We are still looking at your {}. You will have an answer to that in another letter.", appeal.one)
            }
            Appealing::Answered => format!("You have had our final answer to your {}.", appeal.one),
        };
        Part::new("If you disagree").say(words).say("You can also ask the Ombudsman for help. This letter says how.")
    }
}
