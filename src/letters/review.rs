//! The letter that says what came of a review.

use chrono::NaiveDate;

use super::decided::{self, until_words};
use super::facts::{Account, Closed, Decided, Shared};
use super::paper::Part;
use super::standing;
use crate::rules::measure::Chosen;
use crate::rules::policy::LetterPart;
use crate::rules::say;

/// What came of a review: why it stays and for how long, what changes, or that it ends.
#[derive(Clone, Debug)]
pub struct Review {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it was held.
    pub held_on: NaiveDate,
    /// What has happened since the decision or the last review, calm contact too.
    pub since: String,
    /// What the customer told us.
    pub account: Account,
    /// Why.
    pub reasons: String,
    /// What was decided.
    pub outcome: Reviewed,
}

/// What was decided at a review.
#[derive(Clone, Debug)]
pub enum Reviewed {
    /// It goes on; the days may be new.
    Stays(Decided),
    /// It goes on with other terms.
    Changes(Decided),
    /// It ends once the customer has signed these words; until then it stays.
    OnUndertaking {
        /// What holds until then.
        decided: Decided,
        /// What is to be signed.
        words: String,
        /// The last day for it.
        sign_by: NaiveDate,
    },
    /// It ends.
    Ends {
        /// The terms that end.
        terms: Vec<Chosen>,
        /// What is closed with it.
        closed: Closed,
    },
}

impl Review {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        match part {
            LetterPart::Decision => return Some(self.decision()),
            LetterPart::Reasons => return Some(self.reasons()),
            LetterPart::CustomersAccount => return Some(decided::account(&self.account)),
            _ => {}
        }
        match (&self.outcome, part) {
            (Reviewed::Stays(decided) | Reviewed::Changes(decided) | Reviewed::OnUndertaking { decided, .. }, _) => {
                decided::of(&self.shared, decided, part)
            }
            (Reviewed::Ends { terms, closed }, LetterPart::WhatHappensNext) => {
                Some(decided::closed(decided::free_again(&self.shared, terms), &self.shared, *closed))
            }
            (Reviewed::Ends { .. }, _) => standing::of(&self.shared, part),
        }
    }

    fn decision(&self) -> Part {
        let word = &self.shared.policy.words.restriction.one;
        let held = say::day(self.held_on);
        if let Reviewed::OnUndertaking { words, sign_by, .. } = &self.outcome {
            return Part::new(format!("Your {word} ends once you sign an undertaking"))
                .say(format!("On {held} we looked at your {word} again. We have decided that it ends once you have signed an undertaking."))
                .say(standing::decided_by_body(&self.shared))
                .apart("This is the undertaking:", words)
                .say(format!("Sign it and send it back to us by {}.", say::weekday(*sign_by)))
                .say(format!("We end the {word} when we have it. Until then it stays as it is."))
                .say("If you do not want to sign it, or it is hard for you, tell us. We look at this again on that day.");
        }
        let (heading, words) = match &self.outcome {
            Reviewed::Stays(decided) => {
                let until = until_words(decided);
                (format!("How we will keep in touch {until}"), format!("We have decided that it stays {until}."))
            }
            Reviewed::Changes(decided) => (
                format!("How we will keep in touch {}", until_words(decided)),
                "We have decided to change it. What stands in this letter takes the place of what we wrote before.".to_owned(),
            ),
            Reviewed::OnUndertaking { .. } | Reviewed::Ends { .. } => {
                (format!("Your {word} ended on {held}"), "We have decided that it ends. Nothing in it applies to you any more.".to_owned())
            }
        };
        Part::new(heading).say(format!("On {held} we looked at your {word} again. {words}")).say(standing::decided_by_body(&self.shared))
    }

    fn reasons(&self) -> Part {
        let heading = match self.outcome {
            Reviewed::Stays(_) => "Why it stays",
            Reviewed::Changes(_) => "Why it changes",
            Reviewed::OnUndertaking { .. } => "Why we ask for this",
            Reviewed::Ends { .. } => "Why it ends",
        };
        let part = Part::new(heading);
        let part = match self.since.trim() {
            "" => part,
            since => part.say("This is what has happened since we last wrote to you about it:").told(since),
        };
        part.because("These are our reasons:", &self.reasons)
    }
}
