//! The letters of an appeal against a warning: that it came, and what was decided.

use chrono::NaiveDate;

use super::facts::Shared;
use super::paper::Part;
use super::standing;
use crate::rules::challenge::{self, Challenged};
use crate::rules::policy::{AppealMode, ComplaintRoute, LetterPart};
use crate::rules::say;

/// An appeal against a warning was received.
#[derive(Clone, Debug)]
pub struct WarningAppealReceived {
    /// What every letter shares.
    pub shared: Shared,
    /// The landlord's own title of the step, and the day it was taken.
    pub warning: (String, NaiveDate),
    /// The day the appeal came.
    pub received_on: NaiveDate,
    /// What the customer says is wrong, in their words.
    pub grounds: String,
    /// The day by which we answer.
    pub answer_by: NaiveDate,
    /// Where it came late, the last day it should have come by.
    pub late_after: Option<NaiveDate>,
}

/// An appeal against a warning was decided. The one who decided signs.
#[derive(Clone, Debug)]
pub struct WarningAppealOutcome {
    /// What every letter shares.
    pub shared: Shared,
    /// The landlord's own title of the step, and the day it was taken.
    pub warning: (String, NaiveDate),
    /// The day the appeal came.
    pub received_on: NaiveDate,
    /// What the customer said was wrong, in their words.
    pub grounds: String,
    /// Why it was decided so.
    pub reasons: String,
    /// What was decided.
    pub ruling: WarningRuling,
}

/// What was decided on an appeal against a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningRuling {
    /// It stays on the record, and counts as before.
    Stays,
    /// It is withdrawn: it is not counted.
    Withdrawn,
    /// It came too late and was not heard: the last day it should have come by.
    TooLate(NaiveDate),
}

impl WarningAppealReceived {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        let word = &self.shared.policy.words.appeal.one;
        let (title, on) = &self.warning;
        Some(match part {
            LetterPart::Decision => Part::new(format!("We have your {word}"))
                .say(format!("Your {word} about “{title}” of {} reached us on {}.", say::day(*on), say::day(self.received_on)))
                .quote(&self.grounds),
            LetterPart::WhatHappensNext => self.what_happens_next(),
            _ => return standing::of(&self.shared, part),
        })
    }

    fn what_happens_next(&self) -> Part {
        let policy = &self.shared.policy;
        let decider = challenge::profile(policy, Challenged::Warning).map(|profile| profile.decider.say(&policy.roles));
        let late = self.late_after.map_or_else(String::new, |last_day| {
            format!(
                "It came after {}, the last day for it. Whether we can still look at it is decided too. If there was a reason, tell us.",
                say::day(last_day)
            )
        });
        Part::new("What happens next")
            .say(late)
            .say(format!(
                "{} will decide. It will not be anybody who took part.",
                say::sentence(&decider.unwrap_or_else(|| "somebody".to_owned()))
            ))
            .say(format!("We will write to you with an answer by {}.", say::weekday(self.answer_by)))
            .say(format!("If you want to tell us more, {}.", standing::reach_us(&self.shared)))
    }
}

impl WarningAppealOutcome {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        Some(match part {
            LetterPart::Decision => self.decision(),
            LetterPart::Reasons => Part::new("Why we decided this").fact(&self.reasons),
            LetterPart::CustomersAccount => Part::new("What you told us").quote(&self.grounds),
            LetterPart::WhatHappensNext => self.what_happens_next(),
            LetterPart::Complaint => self.complaint(),
            _ => return standing::of(&self.shared, part),
        })
    }

    fn decision(&self) -> Part {
        let word = &self.shared.policy.words.appeal.one;
        let (title, on) = &self.warning;
        let (heading, decision) = match self.ruling {
            WarningRuling::Stays => (format!("Your {word}: it stays as it is"), "We have decided that it stays as it is.".to_owned()),
            WarningRuling::Withdrawn => {
                (format!("Your {word}: we take it back"), "We have decided to take it back. We do not count it.".to_owned())
            }
            WarningRuling::TooLate(last_day) => (
                format!("Your {word} came too late"),
                format!("The last day for it was {}. We have decided not to look at it. It stays as it is.", say::day(last_day)),
            ),
        };
        let about = format!("“{title}” of {}", say::day(*on));
        Part::new(heading)
            .say(format!("Your {word} about {about} reached us on {}. {decision}", say::day(self.received_on)))
            .say(standing::decided_by_body(&self.shared))
    }

    fn what_happens_next(&self) -> Part {
        let word = &self.shared.policy.words.appeal.one;
        let is_final = challenge::profile(&self.shared.policy, Challenged::Warning).is_none_or(|profile| *profile.is_final);
        let next = match (self.ruling, is_final) {
            (WarningRuling::Withdrawn, _) => format!("You do not have to do anything. Our records say that it was taken back on {word}."),
            (_, true) => format!("This is our final decision on your {word}. You can still ask the Ombudsman for help."),
            (_, false) => "If you do not agree with this decision, tell us. You can also ask the Ombudsman for help.".to_owned(),
        };
        Part::new("What happens next").say(next)
    }

    /// A lost appeal closes the complaint route only where the policy says so, and never one that was not heard.
    fn complaint(&self) -> Part {
        let closes = challenge::profile(&self.shared.policy, Challenged::Warning).is_some_and(|profile| {
            *profile.complaint == ComplaintRoute::ClosedAfterAppeal || challenge::mode(profile) == AppealMode::ComplaintBarred
        });
        match self.ruling {
            WarningRuling::Stays if closes => standing::complaint_closed(&self.shared),
            _ => standing::complaint_open(&self.shared),
        }
    }
}
