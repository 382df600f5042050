//! The letters of an appeal: that it came, and what was decided.

use chrono::NaiveDate;

use super::decided;
use super::facts::{Decided, Shared};
use super::paper::Part;
use super::standing;
use crate::rules::appeal::Round;
use crate::rules::challenge;
use crate::rules::measure::Chosen;
use crate::rules::policy::{AppealMode, ComplaintRoute, LetterPart};
use crate::rules::{self, say};

/// An appeal was received: what we have, who looks at it, and by when we answer.
#[derive(Clone, Debug)]
pub struct AppealReceived {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it came.
    pub received_on: NaiveDate,
    /// What the customer says is wrong, in their words.
    pub grounds: String,
    /// Who decides, by name and post: "Robert Kinsella, Director of Assets". Empty where nobody is named yet: the post is said.
    pub decided_by: String,
    /// The day by which we answer.
    pub answer_by: NaiveDate,
    /// Where it came late, the last day it should have come by.
    pub late_after: Option<NaiveDate>,
    /// Which stage it is.
    pub round: Round,
    /// Whether it takes in one about the length alone, which was open.
    pub takes_in_length: bool,
}

/// An appeal was decided. The one who decided signs.
#[derive(Clone, Debug)]
pub struct AppealOutcome {
    /// What every letter shares.
    pub shared: Shared,
    /// The day it came.
    pub received_on: NaiveDate,
    /// What the customer said was wrong, in their words.
    pub grounds: String,
    /// Why it was decided so.
    pub reasons: String,
    /// What was decided.
    pub ruling: Ruling,
    /// Which stage it was.
    pub round: Round,
    /// Where a second may follow: the last day for it; inside, none is "at any time while it lasts".
    pub another: Option<Option<NaiveDate>>,
    /// Where it was about the length alone and the whole can still be appealed: the last day for that, in the same way.
    pub whole: Option<Option<NaiveDate>>,
}

/// What was decided on an appeal.
#[derive(Clone, Debug)]
pub enum Ruling {
    /// The restriction stays as it is.
    Stays(Decided),
    /// It goes on with other terms or days.
    Changes(Decided),
    /// It ends: it should not have been. The terms that end.
    Ends(Vec<Chosen>),
    /// The decision is made again by a day; until then the restriction stands as it stood. What must be looked at, and whether somebody
    /// makes it who took no part in it.
    SentBack { decided: Decided, look_at: String, by: NaiveDate, by_somebody_new: bool },
    /// It came too late and was not heard; the restriction stays as it is. The last day it should have come by.
    TooLate { last_day: NaiveDate, decided: Decided },
}

impl AppealReceived {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        let policy = &self.shared.policy;
        let appeal = self.round.named(policy);
        Some(match part {
            LetterPart::Decision => Part::new(format!("We have your {appeal}"))
                .say(match self.round {
                    Round::First | Round::Second => {
                        format!("Your {appeal} about your {} reached us on {}.", policy.words.restriction.one, say::day(self.received_on))
                    }
                    Round::Length => {
                        format!("Your {appeal} of your {} reached us on {}.", policy.words.restriction.one, say::day(self.received_on))
                    }
                })
                .quote(&self.grounds),
            LetterPart::WhatHappensNext => self.what_happens_next(),
            _ => return standing::of(&self.shared, part),
        })
    }

    fn what_happens_next(&self) -> Part {
        let policy = &self.shared.policy;
        let appeal = rules::appeal::profile(policy, self.round);
        let decider = match self.decided_by.trim() {
            "" => say::sentence(&appeal.decider.say(&policy.roles)),
            name if name.contains(',') => format!("{name},"),
            name => name.to_owned(),
        };
        let first = if self.round == Round::Second {
            format!(", or in the answer to your first {},", policy.words.appeal.one)
        } else {
            String::new()
        };
        let late = self.late_after.map_or_else(String::new, |last_day| {
            format!(
                "It came after {}, the last day for it. First, {} will decide whether we can still look at it. If there was a reason, tell us.",
                say::day(last_day),
                appeal.late_decided_by.say(&policy.roles)
            )
        });
        let both = match self.takes_in_length {
            true => format!("You sent us {} before. We will answer both at once.", Round::Length.a(policy)),
            false => String::new(),
        };
        Part::new("What happens next")
            .say(both)
            .say(late)
            .say(format!("{decider} will decide. It will not be anybody who took part in the decision{first} you disagree with."))
            .say(format!("We will write to you with an answer by {}.", say::weekday(self.answer_by)))
            .say(self.meanwhile())
            .say(format!("If you want to tell us more, {}.", standing::reach_us(&self.shared)))
    }

    /// Whether the restriction is applied until the answer: a late appeal suspends nothing before somebody decides to hear it.
    fn meanwhile(&self) -> String {
        let policy = &self.shared.policy;
        let word = &policy.words.restriction.one;
        if self.round == Round::Length {
            return format!("The {word} stays in place until we have answered.");
        }
        match (*policy.challenge.appeal.suspends, self.late_after) {
            (false, _) => standing::meanwhile(&self.shared),
            (true, None) => format!("The {word} waits from now until we have answered. Until then you can contact us as before."),
            (true, Some(_)) => {
                format!("The {word} stays in place unless we decide to look at it. If we do, it waits until we have answered.")
            }
        }
    }
}

impl AppealOutcome {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        match part {
            LetterPart::Decision => return Some(self.decision()),
            LetterPart::Reasons => {
                let part = Part::new("Why we decided this").fact(&self.reasons);
                return Some(match &self.ruling {
                    Ruling::SentBack { look_at, .. } => part.say("This is looked at when it is decided again:").fact(look_at),
                    _ => part,
                });
            }
            LetterPart::CustomersAccount => {
                let part = Part::new("What you told us");
                return Some(part.quote(&self.grounds));
            }
            LetterPart::WhatHappensNext => return Some(self.what_happens_next()),
            LetterPart::Complaint => return Some(self.complaint()),
            _ => {}
        }
        match (&self.ruling, part) {
            (Ruling::SentBack { decided, .. }, LetterPart::Terms) if self.waits() => return Some(self.waiting_terms(decided)),
            (Ruling::SentBack { by, .. }, LetterPart::Length) if self.waits() => return Some(self.how_long_it_waits(*by)),
            _ => {}
        }
        match &self.ruling {
            Ruling::Stays(decided) | Ruling::Changes(decided) | Ruling::SentBack { decided, .. } | Ruling::TooLate { decided, .. } => {
                decided::of(&self.shared, decided, part)
            }
            Ruling::Ends(_) => standing::of(&self.shared, part),
        }
    }

    fn decision(&self) -> Part {
        let policy = &self.shared.policy;
        let (appeal, word) = (self.round.named(policy), &policy.words.restriction.one);
        let again = match *self.shared.policy.challenge.appeal.suspends && self.round != Round::Length {
            true => " It waited for this answer; from today it applies again.",
            false => "",
        };
        let (heading, decision) = match &self.ruling {
            Ruling::Stays(_) if self.round == Round::Length => {
                (format!("Your {appeal}: it stays as it is"), format!("We have decided that the {word} lasts as long as we wrote before."))
            }
            Ruling::Changes(decided) if self.round == Round::Length => {
                let until = decided.until.map_or_else(String::new, |day| format!(" Its last day is now {}.", say::day(day)));
                (format!("Your {appeal}: the {word} ends sooner"), format!("We have decided that the {word} lasts less long.{until}"))
            }
            Ruling::Stays(_) => {
                (format!("Your {appeal}: the {word} stays as it is"), format!("We have decided that the {word} stays as it is.{again}"))
            }
            Ruling::Changes(_) => (
                format!("Your {appeal}: the {word} changes"),
                format!("We have decided to change the {word}. What stands in this letter takes the place of what we wrote before."),
            ),
            Ruling::Ends(_) => (format!("Your {appeal}: the {word} ends"), format!("We have decided that the {word} ends today.")),
            Ruling::SentBack { by, by_somebody_new, .. } => {
                (format!("Your {appeal}: we decide again"), format!("{} {}", made_again(*by, *by_somebody_new), self.until_then()))
            }
            Ruling::TooLate { last_day, .. } => (
                format!("Your {appeal} came too late"),
                format!("The last day for it was {}. We have decided not to look at it. The {word} stays as it is.", say::day(*last_day)),
            ),
        };
        Part::new(heading)
            .say(format!("Your {appeal} reached us on {}. {decision}", say::day(self.received_on)))
            .say(standing::decided_by_body(&self.shared))
    }

    fn what_happens_next(&self) -> Part {
        let policy = &self.shared.policy;
        let (appeal, word) = (self.round.named(policy), &policy.words.restriction.one);
        let last = match *rules::appeal::profile(policy, self.round).is_final {
            true => format!("This is our final decision on your {appeal}. You can still ask the Ombudsman for help."),
            false => {
                format!("If you do not agree with this decision, tell us. You can also ask the Ombudsman for help about your {appeal}.")
            }
        };
        match &self.ruling {
            Ruling::Ends(terms) => {
                decided::free_again(&self.shared, terms).say(format!("Our records now say that the {word} was ended on {appeal}."))
            }
            Ruling::SentBack { by, .. } => Part::new("What happens next")
                .say(format!(
                    "We will write to you with the new decision by {}. If you do not agree with it, you can tell us then.",
                    say::weekday(*by)
                ))
                .say(format!("If you want to tell us more before that, {}.", standing::reach_us(&self.shared))),
            Ruling::Stays(_) | Ruling::Changes(_) if self.another.is_some() => self.how_to_make_a_second(self.another.flatten()),
            _ => Part::new("What happens next").say(last).say(self.whole_still()),
        }
    }

    /// That the whole can be appealed as before, where it can: this answer was about its length alone.
    fn whole_still(&self) -> String {
        let policy = &self.shared.policy;
        let (a, word) = (&policy.words.appeal.a, &policy.words.restriction.one);
        let still = |last_day| {
            let when = rules::appeal::when_words(last_day);
            format!("You can still make {a} against the {word} as a whole, {when}. Our letter about that decision says how.")
        };
        self.whole.map_or_else(String::new, still)
    }

    /// How to go on to the second stage: by when, to whom, on which grounds.
    fn how_to_make_a_second(&self, last_day: Option<NaiveDate>) -> Part {
        let profile = rules::appeal::profile(&self.shared.policy, Round::Second);
        standing::how_to_appeal_as(&self.shared, Round::Second, profile, last_day, standing::meanwhile(&self.shared))
    }

    /// Whether it is applied until it is decided again.
    fn until_then(&self) -> String {
        let word = &self.shared.policy.words.restriction.one;
        match *self.shared.policy.challenge.appeal.suspends {
            true => format!("The {word} goes on waiting until then: you can contact us as before."),
            false => format!("Until then the {word} stays as it is."),
        }
    }

    /// Whether it goes on waiting after this letter: it was sent back, and the policy lets it wait for the answer.
    pub(super) fn waits(&self) -> bool {
        matches!(self.ruling, Ruling::SentBack { .. }) && *self.shared.policy.challenge.appeal.suspends
    }

    /// What had been decided, as what does not apply now.
    fn waiting_terms(&self, decided: &Decided) -> Part {
        Part::new("What does not apply until then")
            .say("Until we have decided again, none of this applies to you:")
            .list(decided::said(&self.shared, decided))
    }

    fn how_long_it_waits(&self, by: NaiveDate) -> Part {
        Part::new("How long this lasts").say(format!(
            "The {} waits until we have decided again, by {}. The new decision says whether it goes on, and how long.",
            self.shared.policy.words.restriction.one,
            say::weekday(by)
        ))
    }

    /// A lost appeal closes the complaint route only where the policy says so, and never one that was not heard, nor before the last stage.
    fn complaint(&self) -> Part {
        let profile = rules::appeal::profile(&self.shared.policy, self.round);
        let closes = *profile.complaint == ComplaintRoute::ClosedAfterAppeal || challenge::mode(profile) == AppealMode::ComplaintBarred;
        match self.ruling {
            Ruling::Stays(_) if closes && self.another.is_none() && self.whole.is_none() => standing::complaint_closed(&self.shared),
            _ => standing::complaint_open(&self.shared),
        }
    }
}

fn made_again(by: NaiveDate, by_somebody_new: bool) -> String {
    let who = if by_somebody_new { "Somebody who took no part in it" } else { "We" };
    format!("We have decided that the decision must be made again. {who} will make it by {}.", say::weekday(by))
}
