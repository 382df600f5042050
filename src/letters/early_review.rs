//! The letter that confirms a request for an early review, and says what happens next.

use chrono::NaiveDate;

use super::facts::Shared;
use super::paper::Part;
use super::standing;
use crate::rules::early_review::Asked;
use crate::rules::policy::LetterPart;
use crate::rules::say;

/// The customer asked for a review before its day.
#[derive(Clone, Debug)]
pub struct EarlyReviewReceived {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it came.
    pub received_on: NaiveDate,
    /// Why they ask, in their words.
    pub words: String,
    /// What it comes to by the policy.
    pub asked: Asked,
    /// The day by which somebody looks at the request.
    pub look_by: NaiveDate,
    /// The day of the review that was promised anyway.
    pub review_on: NaiveDate,
}

impl EarlyReviewReceived {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        let words = &self.shared.policy.words;
        Some(match part {
            LetterPart::Decision => Part::new(format!("You asked for an early {}", words.review.one))
                .say(format!(
                    "On {} you asked us to look at your {} before the day of its {}.",
                    say::day(self.received_on),
                    words.restriction.one,
                    words.review.one
                ))
                .quote(&self.words),
            LetterPart::WhatHappensNext => self.what_happens_next(),
            _ => return standing::of(&self.shared, part),
        })
    }

    fn what_happens_next(&self) -> Part {
        let word = &self.shared.policy.words.restriction.one;
        let part = Part::new("What happens next");
        let part = match self.asked {
            Asked::Within { hold_by } => {
                part.say(format!("We will look at it by {}, and write to tell you what we decide.", say::weekday(hold_by)))
            }
            Asked::TooSoon { from } => part
                .say(format!("You can count on an early look from {}. Your request came before that.", say::day(from)))
                .say(self.all_the_same()),
            Asked::NotPromised => part.say("Our policy does not promise an early look.").say(self.all_the_same()),
        };
        part.say(format!("The {word} stays in place until then."))
            .say(format!("If you want to tell us more, {}.", standing::reach_us(&self.shared)))
    }

    /// What is done with a request that the policy promises nothing for.
    fn all_the_same(&self) -> String {
        format!(
            "Whoever may look at it has your request all the same. By {} they look at it, or tell you why they do not. We look at it again by {} in any case.",
            say::weekday(self.look_by),
            say::weekday(self.review_on)
        )
    }
}
