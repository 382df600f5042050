//! When an appeal may come, who may hear it, and by when it is decided.

use chrono::{DateTime, NaiveDate, Utc};

use super::authority::{self, History, Person, Refusal};
use super::challenge::{self, Challenged};
use super::days;
use super::deadline::Deadline;
use super::label::labels;
use super::policy::{AppealForm, AppealOutcome, AppealProfile, Body, Part, Policy, Who};

labels! {
    /// Which appeal against a restriction.
    pub enum Round {
        First "first" "The whole decision",
        /// Against the answer to the first.
        Second "second" "The answer to the first",
        /// Against only how long it runs, where that has rules of its own.
        Length "length" "Only how long it runs",
    }
}

impl Round {
    /// What it is called: "appeal", "second appeal", "appeal about the length".
    pub fn named(self, policy: &Policy) -> String {
        let word = &policy.words.appeal.one;
        match self {
            Self::First => word.clone(),
            Self::Second => format!("second {word}"),
            Self::Length => format!("{word} about the length"),
        }
    }

    /// The same with its article.
    pub fn a(self, policy: &Policy) -> String {
        match self {
            Self::First => policy.words.appeal.a.clone(),
            Self::Second => format!("a {}", self.named(policy)),
            Self::Length => format!("{} about the length", policy.words.appeal.a),
        }
    }
}

/// The profile by which an appeal is heard. Where a policy that once had one for a second stage, or for the length, has none by now, it goes by
/// the profile of the first.
pub fn profile(policy: &Policy, round: Round) -> &AppealProfile {
    match round {
        Round::First => &policy.challenge.appeal,
        Round::Second => policy.challenge.second().unwrap_or(&policy.challenge.appeal),
        Round::Length => policy.challenge.of_length().unwrap_or(&policy.challenge.appeal),
    }
}

/// The answers there are to such an appeal. About the length nothing is decided but the last day: also where a letter promised one, and the
/// policy by which it is heard has no rules of its own for it any more.
pub fn outcomes(policy: &Policy, round: Round) -> Vec<AppealOutcome> {
    match (round, policy.challenge.of_length()) {
        (Round::First | Round::Second, _) => profile(policy, round).outcomes.to_vec(),
        (Round::Length, Some(length)) => challenge::outcomes(length, Challenged::Length),
        (Round::Length, None) => vec![AppealOutcome::Uphold, AppealOutcome::Vary],
    }
}

/// Whether the answer to an appeal opens a second: the policy has two stages, this was the first, and the restriction goes on without a new
/// decision.
pub fn opens_another(policy: &Policy, round: Round, outcome: AppealOutcome) -> bool {
    let goes_on = matches!(outcome, AppealOutcome::Uphold | AppealOutcome::Vary);
    round == Round::First && goes_on && policy.challenge.second().is_some()
}

/// The last day for a second appeal, counted from the day the first was answered and the day that letter was sent.
pub fn second_window(policy: &Policy, answered: NaiveDate, sent: NaiveDate) -> Option<Deadline> {
    challenge::window(policy, profile(policy, Round::Second), answered, sent)
}

/// The last day for an appeal against a restriction; `None` where the policy sets none.
pub fn window(policy: &Policy, imposed: NaiveDate, sent: NaiveDate) -> Option<Deadline> {
    challenge::window(policy, &policy.challenge.appeal, imposed, sent)
}

/// The last days for an appeal that one letter names; none is "at any time while it lasts".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastDays {
    /// For the decision as a whole.
    pub whole: Option<NaiveDate>,
    /// For its length alone; nothing where that has no rules of its own.
    pub length: Option<Option<NaiveDate>>,
}

impl LastDays {
    /// As the policy counts them for a decision and its letter.
    pub fn counted(policy: &Policy, imposed: NaiveDate, sent: NaiveDate) -> Self {
        let due = |profile| challenge::window(policy, profile, imposed, sent).map(|deadline| deadline.due);
        Self { whole: due(&policy.challenge.appeal), length: policy.challenge.of_length().map(due) }
    }

    /// The same, and never earlier than what letters promised before. An appeal about the length that was promised stays promised where the
    /// policy has no rules of its own for it any more.
    pub fn or_later(self, whole: Option<Promised>, length: Option<Promised>) -> Self {
        let later = |counted| last_day(length, counted);
        Self { whole: last_day(whole, self.whole), length: self.length.map(later).or_else(|| length.map(|promised| promised.by)) }
    }
}

/// What a letter promised about an appeal: the last day it named; none is "at any time while it lasts".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The last day it named.
    pub by: Option<NaiveDate>,
}

impl Promised {
    /// The promise as it is kept: the day of the letter says that there is one.
    pub fn of(written_on: Option<NaiveDate>, by: Option<NaiveDate>) -> Option<Self> {
        written_on.map(|_| Self { by })
    }
}

/// The last day for an appeal: what the letter promised, or a later one where the policy gives more. A policy never takes back what a
/// letter gave.
pub fn last_day(promised: Option<Promised>, counted: Option<NaiveDate>) -> Option<NaiveDate> {
    match promised {
        None => counted,
        Some(Promised { by }) => by.zip(counted).map(|(by, counted)| by.max(counted)),
    }
}

/// When the last decision that can be appealed was taken: at this moment, or with a later letter that promised an appeal anew.
pub fn last_word(decided: DateTime<Utc>, promised_on: Option<NaiveDate>) -> DateTime<Utc> {
    let anew = promised_on.filter(|promised| *promised > days::day_of(decided));
    anew.map_or(decided, days::end_of)
}

/// Whether an appeal received on this day came too late. The last day itself is in time.
pub fn is_late(last_day: Option<NaiveDate>, received: NaiveDate) -> bool {
    last_day.is_some_and(|last_day| received > last_day)
}

/// The day by which an appeal received on this day is answered.
pub fn answer_by(policy: &Policy, round: Round, received: NaiveDate) -> Deadline {
    challenge::answer_by(policy, profile(policy, round), received)
}

/// Whether an appeal that was decided on this day was the last word on a decision taken on that one: the same decision is heard once
/// where the policy says the answer is final. A new decision, such as a review's, can be appealed again.
pub fn is_spent(policy: &Policy, round: Round, decision: DateTime<Utc>, answered: Option<DateTime<Utc>>) -> bool {
    *profile(policy, round).is_final && answered.is_some_and(|answered| answered > decision)
}

/// Whether an appeal that comes takes in the one that is open: whoever hears one against the whole decides about the length as well, so one
/// about the length alone keeps nobody from it.
pub fn takes_in(comes: Round, open: Option<Round>) -> bool {
    comes != Round::Length && open == Some(Round::Length)
}

/// Whether this is an earlier last day than the one that holds: all that an appeal about the length can bring.
pub fn is_sooner(ends_on: NaiveDate, holds: Option<NaiveDate>) -> bool {
    holds.is_none_or(|holds| ends_on < holds)
}

/// Who hears the appeal: whoever the policy names for what was authorised by such a post (`challenge.deciders`), the first that fits; else
/// `challenge.appeal.decider`. The second stage and the length are heard by whoever their own profile names.
pub fn decider<'a>(policy: &'a Policy, round: Round, history: &History) -> &'a Who {
    let challenge = &policy.challenge;
    if round != Round::First {
        return &profile(policy, round).decider;
    }
    let named = challenge.deciders.iter().find(|one| history.was_authorised_by(&one.approved_by));
    named.map_or(&*challenge.appeal.decider, |one| &one.decider)
}

/// Whether this person may hear the appeal: the right post, and no part in the case. Whoever asked for the decision, made it or decided the
/// first appeal never hears the second, whatever the policy says.
pub fn may_hear(policy: &Policy, round: Round, person: &Person, history: &History) -> Result<(), Refusal> {
    let decider = decider(policy, round, history);
    if let Some(recorded) = authority::may_record_for(policy, decider, person, history) {
        return recorded;
    }
    fresh_eyes(policy, round, decider, person, history)?;
    challenge::may_decide_as(policy, decider, profile(policy, round), person, history)
}

/// Whether this person may sit where a body hears the appeal: a member, with no part that keeps anybody else from hearing it.
pub fn may_sit(policy: &Policy, round: Round, body: &Body, person: &Person, history: &History) -> Result<(), Refusal> {
    fresh_eyes(policy, round, &body.members, person, history)?;
    challenge::may_decide_as(policy, &body.members, profile(policy, round), person, history)
}

/// Whether this person may decide that a late appeal is heard after all, or record that a body did.
pub fn may_admit_late(policy: &Policy, round: Round, person: &Person, history: &History) -> Result<(), Refusal> {
    let profile = profile(policy, round);
    if authority::may_record_for(policy, &profile.late_decided_by, person, history).is_none() {
        fresh_eyes(policy, round, &profile.late_decided_by, person, history)?;
    }
    challenge::may_admit_late(policy, profile, person, history)
}

/// Whether this person may sit where a body decides that.
pub fn may_sit_late(policy: &Policy, round: Round, body: &Body, person: &Person, history: &History) -> Result<(), Refusal> {
    fresh_eyes(policy, round, &body.members, person, history)?;
    challenge::may_sit_late(policy, profile(policy, round), body, person, history)
}

/// What nobody has had part in who meets a second appeal.
const BEFORE_THE_SECOND: [Part; 3] = [Part::Proposed, Part::Authorised, Part::HeardAppeal];

fn fresh_eyes(policy: &Policy, round: Round, decider: &Who, person: &Person, history: &History) -> Result<(), Refusal> {
    match round {
        Round::First | Round::Length => Ok(()),
        Round::Second => authority::independent(policy, decider, person, history, &BEFORE_THE_SECOND),
    }
}

/// The people who may hear the appeal.
pub fn who_may_hear<'a>(policy: &Policy, round: Round, people: impl IntoIterator<Item = &'a Person>, history: &History) -> Vec<&'a Person> {
    people.into_iter().filter(|person| may_hear(policy, round, person, history).is_ok()).collect()
}

/// Whether the policy asks for an appeal in writing; another way is taken too where a need asks for it.
pub fn asks_for_writing(policy: &Policy, round: Round) -> bool {
    *profile(policy, round).forms == [AppealForm::Writing]
}

/// How a letter says when to appeal: "by 1 April 2027", or "at any time while it lasts".
pub fn when_words(last_day: Option<NaiveDate>) -> String {
    last_day.map_or_else(|| "at any time while it lasts".into(), |day| format!("by {}", super::say::weekday(day)))
}

#[cfg(test)]
mod tests;
