//! The notice of a restriction, and the letters that change it or end it.

use chrono::NaiveDate;

use super::decided::{self, happened, until_words};
use super::facts::{Account, Closed, Decided, EarlierWarnings, Happening, Shared};
use super::paper::Part;
use super::standing;
use crate::rules::measure::{Chosen, Term};
use crate::rules::policy::LetterPart;
use crate::rules::say;

/// The notice: what was decided, why, for how long, what stays open, and how to challenge it.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What every letter shares. The policy is the one the restriction was made under.
    pub shared: Shared,
    /// What we are putting right in the matter the customer came with; empty where nothing is open.
    pub putting_right: String,
    /// What happened, with dates, from the incidents it rests on.
    pub happened: Vec<Happening>,
    /// What happened and why contact is limited, as the proposal says it to the customer.
    pub grounds: String,
    /// The reasons of whoever decided: why this is fair and no more than is needed.
    pub reasons: String,
    /// The warnings that came before, from the record.
    pub warnings: EarlierWarnings,
    /// What the customer told us.
    pub account: Account,
    /// What holds from now on.
    pub decided: Decided,
}

/// A change of a restriction outside a review or an appeal.
#[derive(Clone, Debug)]
pub struct Variation {
    /// What every letter shares.
    pub shared: Shared,
    /// Why it changes.
    pub reasons: String,
    /// What the customer told us about it.
    pub account: Account,
    /// What holds from now on, all of it, changed or not.
    pub decided: Decided,
}

/// The end of a restriction, early or on its day.
#[derive(Clone, Debug)]
pub struct Lifting {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it started.
    pub from: NaiveDate,
    /// The day it ends, or ended.
    pub ended_on: NaiveDate,
    /// Why it ends.
    pub reasons: String,
    /// The terms that end.
    pub terms: Vec<Chosen>,
    /// What is closed with it, because nothing it was about holds any more.
    pub closed: Closed,
}

impl Notice {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        Some(match part {
            LetterPart::Decision => self.decision(),
            LetterPart::Reasons => happened(Part::new("What happened"), &self.happened).fact(&self.grounds),
            LetterPart::EarlierWarnings => decided::warnings(&self.warnings),
            LetterPart::CustomersAccount => decided::account(&self.account),
            LetterPart::Terms => decided::terms(&self.shared, &self.decided).because("These are our reasons:", &self.reasons),
            _ => return decided::of(&self.shared, &self.decided, part),
        })
    }

    fn decision(&self) -> Part {
        let words = &self.shared.policy.words;
        let until = until_words(&self.decided);
        // Two people at a visit is our own doing: it takes nothing from the customer. Nor does an offer, or a promise of ours.
        let visits = |one: &Chosen| matches!(one.term, Term::TwoPersonVisits { .. });
        let what = match (self.decided.terms.iter().any(|one| one.limits()), self.decided.terms.iter().all(visits)) {
            (true, _) => "to limit how you can contact us",
            (false, true) => "how we will visit you",
            (false, false) => "how we will keep in touch with you",
        };
        Part::new(format!("How we will keep in touch {until}"))
            .told(&self.putting_right)
            .say(format!(
                "We have decided {what} {until}. This letter tells you what happened, what we have decided, what stays the same, and what you can do if you disagree."
            ))
            .say(standing::decided_by_body(&self.shared))
            .say(format!("We call this {}. We decided it under {}.", words.restriction.a, words.our_policy))
            .say(decided::goes_on(&self.shared).map_or_else(String::new, |until| {
                format!("The {} we wrote to you about before goes on as well, {until}.", words.restriction.one)
            }))
    }
}

impl Variation {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        let word = &self.shared.policy.words.restriction.one;
        Some(match part {
            LetterPart::Decision => Part::new(format!("How we will keep in touch {}", until_words(&self.decided)))
                .say(format!("We have changed your {word}. What stands in this letter takes the place of what we wrote before.")),
            LetterPart::Reasons => Part::new("Why it changes").fact(&self.reasons),
            LetterPart::CustomersAccount => decided::account(&self.account),
            _ => return decided::of(&self.shared, &self.decided, part),
        })
    }
}

impl Lifting {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        let word = &self.shared.policy.words.restriction.one;
        let over = self.ended_on <= self.shared.on;
        let ends = if over { "ended" } else { "ends" };
        Some(match part {
            LetterPart::Decision => Part::new(format!("Your {word} {ends} on {}", say::day(self.ended_on)))
                .say(format!(
                    "The {word} that started on {} {ends} on {}. Nothing in it applies to you any more.",
                    say::day(self.from),
                    say::day(self.ended_on)
                ))
                .say(standing::decided_by_body(&self.shared)),
            LetterPart::Reasons => Part::new("Why it ends").fact(&self.reasons),
            LetterPart::WhatHappensNext => decided::closed(decided::free_again(&self.shared, &self.terms), &self.shared, self.closed),
            _ => return standing::of(&self.shared, part),
        })
    }
}
