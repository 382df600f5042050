//! The letter of a warning, or of an informal step that is put in writing.

use chrono::NaiveDate;

use super::decided::happened;
use super::facts::{Happening, Shared};
use super::paper::Part;
use super::standing;
use crate::rules::challenge::{self, Challenged};
use crate::rules::policy::{After, LetterPart, LookBackFrom, Step, StepKind};
use crate::rules::say;

/// A written warning: what happened, what we ask, what may follow, and what stays the same.
#[derive(Clone, Debug)]
pub struct Warning {
    /// What every letter shares.
    pub shared: Shared,
    /// The key of the policy's step that this is.
    pub step: String,
    /// What happened, with dates.
    pub happened: Vec<Happening>,
    /// Why we cannot accept it: what it did to people or to the service.
    pub why: String,
    /// What we ask of the customer.
    pub ask: String,
    /// What we are putting right in the matter the customer came with; empty where nothing is open.
    pub putting_right: String,
    /// What the customer told us so far; empty where we have not spoken yet.
    pub told_us: String,
    /// The last day on which it counts, where it can be said today.
    pub counts_until: Option<NaiveDate>,
}

impl Warning {
    /// The landlord's own title of the step.
    pub(super) fn step_title(&self) -> &str {
        self.policy_step().map_or("Warning", |step| &step.title)
    }

    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        Some(match part {
            LetterPart::Decision => self.decision(),
            LetterPart::Reasons => happened(Part::new("What happened"), &self.happened).fact(&self.why),
            LetterPart::WhatWeAsk => Part::new("What we ask of you").fact(&self.ask),
            LetterPart::Consequences => self.consequences(),
            LetterPart::TalkToUs | LetterPart::CustomersAccount => self.talk_to_us(),
            LetterPart::AlwaysOpen => standing::always_open(&self.shared).first("This letter does not change how you can reach us."),
            LetterPart::Complaint => standing::complaint_open(&self.shared),
            LetterPart::HowToAppeal => self.how_to_appeal()?,
            _ => return standing::of(&self.shared, part),
        })
    }

    /// How to appeal against the warning itself, where the policy lets it be appealed.
    fn how_to_appeal(&self) -> Option<Part> {
        let policy = &self.shared.policy;
        let profile = challenge::profile(policy, Challenged::Warning)?;
        let last_day = challenge::window(policy, profile, self.shared.on, self.shared.on).map(|window| window.due);
        Some(standing::how_to_appeal_by(&self.shared, profile, last_day, String::new()))
    }

    fn policy_step(&self) -> Option<&Step> {
        self.shared.policy.ladder.step(&self.step)
    }

    fn decision(&self) -> Part {
        let mut days: Vec<NaiveDate> = self.happened.iter().map(|one| one.on).collect();
        days.sort_unstable();
        days.dedup();
        let about = match days[..] {
            [first, .., last] if days.len() > 3 => {
                format!("between {} and {}", say::day(first), say::day(last))
            }
            _ => format!("on {}", say::list(&days.iter().map(|day| say::day(*day)).collect::<Vec<_>>())),
        };
        Part::new(format!("About what happened {about}"))
            .told(&self.putting_right)
            .say(format!("This letter is about what happened {about}, and what we ask of you. We call this step “{}”.", self.step_title()))
    }

    /// What the ladder allows next, in words, and until when this counts. Nothing that the policy does not provide for.
    fn consequences(&self) -> Part {
        let policy = &self.shared.policy;
        let next = policy.ladder.steps.iter().filter(|step| follows(&step.after, &self.step));
        let next: Vec<String> = next.map(|step| self.in_words(step)).collect();
        let part = Part::new("If it happens again");
        let part = match next.is_empty() {
            true => part,
            false => part.say("We may then:").list(next),
        };
        part.say(self.counts())
    }

    fn in_words(&self, step: &Step) -> String {
        let words = &self.shared.policy.words;
        match step.kind {
            StepKind::Informal => "talk with you again".to_owned(),
            StepKind::Warning => format!("tell you once more that we cannot accept it (we call that step “{}”)", step.title),
            StepKind::Assessment => "look again at how we and you keep in touch".to_owned(),
            StepKind::Restriction => format!("decide on {}: limits on how you can contact us", words.restriction.a),
        }
    }

    fn counts(&self) -> String {
        let policy = &self.shared.policy;
        let look_back = &policy.ladder.look_back;
        match (self.counts_until, look_back.from) {
            (Some(day), _) => format!("This letter counts until {}. After that day it does not.", say::day(day)),
            (None, LookBackFrom::Taken) => {
                let day = look_back.length.after(self.shared.on, policy.calendar());
                format!("This letter counts until {}. After that day it does not.", say::day(day))
            }
            (None, LookBackFrom::CaseClosed) => {
                format!("This letter no longer counts {} after we have looked at the matter again and closed it.", look_back.length)
            }
        }
    }

    fn talk_to_us(&self) -> Part {
        let talk = Part::new("Talk to us");
        let talk = match self.told_us.trim() {
            "" => talk,
            words => talk.quote(words),
        };
        talk.say(format!("We want to hear your side. To tell us, {}.", standing::reach_us(&self.shared)))
            .say("If something is going on in your life, or something would make it easier for you to deal with us, tell us. We will think with you about what would help.")
    }
}

fn follows(after: &After, step: &str) -> bool {
    after.keys().iter().any(|key| key == step)
}
