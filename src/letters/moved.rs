//! The letter that says another version of the policy applies from now on, and what that changes.

use super::decided;
use super::facts::{Account, Decided, Shared};
use super::paper::Part;
use crate::rules::policy::LetterPart;

/// A case was moved to another version of the policy. What was promised before stays; the policy here is the new one.
#[derive(Clone, Debug)]
pub struct Moved {
    /// What every letter shares.
    pub shared: Shared,
    /// Why it was moved.
    pub reasons: String,
    /// Where the rules hold that apply now, as "in supported housing", where the customer's business area is what changed.
    pub area: Option<String>,
    /// What is different for the customer.
    pub changes: Vec<Different>,
    /// What holds from now on: the same terms and days as before.
    pub decided: Decided,
}

/// One thing that is different for the customer, each in the middle of a line.
#[derive(Clone, Debug)]
pub struct Different {
    /// What it is about.
    pub what: String,
    /// What held until now.
    pub before: String,
    /// What holds from now on.
    pub now: String,
}

impl Moved {
    pub(super) fn part(&self, part: LetterPart) -> Option<Part> {
        Some(match part {
            LetterPart::Decision => self.decision(),
            LetterPart::Reasons => Part::new("Why we do this").fact(&self.reasons),
            LetterPart::CustomersAccount => {
                decided::account(&Account::NotAsked("It puts no new limit on how you can contact us.".to_owned()))
            }
            _ => return decided::of(&self.shared, &self.decided, part),
        })
    }

    fn decision(&self) -> Part {
        let words = &self.shared.policy.words;
        let word = &words.restriction.one;
        let (heading, follow) = match &self.area {
            None => (format!("A newer policy applies to your {word}"), format!("the newer version of {}", words.our_policy)),
            Some(area) => (format!("Other rules apply to your {word}"), format!("{} as it holds {area}", words.our_policy)),
        };
        let part = Part::new(heading).say(format!(
            "From today we follow {follow} when we deal with your {word}. What it asks of you stays the same, and so does every day that an \
             earlier letter gave you."
        ));
        match self.changes.is_empty() {
            true => part.say("Nothing else is different for you."),
            false => part.say("This is what is different from now on:").list(
                self.changes.iter().map(|one| format!("{}: {}. Until now: {}.", one.what, small(&one.now), small(&one.before))).collect(),
            ),
        }
    }
}

/// The same after a colon.
fn small(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
