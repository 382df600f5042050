//! When a restriction is looked at again, who is reminded on which days, and who may hold the review.

use chrono::NaiveDate;

use super::authority::{self, History, Person, Refusal};
use super::days::Length;
use super::policy::{Body, Policy, Who};
use super::say;

/// One reminder to the reviewer: sent once, because its key is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The same for the same review day and moment, however often it is worked out.
    pub key: String,
    pub on: NaiveDate,
    pub moment: Moment,
}

/// When a reminder comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Before(Length),
    OnTheDay,
    After(Length),
}

/// Why a review interval or day is not possible, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("The review can come after {choices}, not after {asked}.")]
    NotAChoice { asked: Length, choices: String },
    #[error("The review must be on or before {}, {interval} after {}.", say::day(*.latest), say::day(*.from))]
    TooLate { latest: NaiveDate, interval: Length, from: NaiveDate },
    #[error("The review must be after {}.", say::day(*.from))]
    TooEarly { from: NaiveDate },
    #[error("The review must be on or before {}, the day the restriction ends.", say::day(*.end))]
    AfterEnd { end: NaiveDate },
}

/// The first review day, or the next after a review held on this day.
pub fn due(policy: &Policy, from: NaiveDate, interval: Length) -> Result<NaiveDate, Wrong> {
    let choices = &*policy.reviews.intervals;
    if !choices.contains(&interval) {
        let choices: Vec<_> = choices.iter().map(ToString::to_string).collect();
        return Err(Wrong::NotAChoice { asked: interval, choices: say::either(&choices) });
    }
    Ok(after(policy, from, interval, None))
}

/// The day an interval falls on, no later than the end. Where nobody works on that day it is the working day before: the customer was
/// promised no later, and nobody holds a review on a Sunday.
pub fn after(policy: &Policy, from: NaiveDate, interval: Length, end: Option<NaiveDate>) -> NaiveDate {
    let calendar = policy.calendar();
    let day = interval.after(from, calendar);
    let day = end.map_or(day, |end| day.min(end));
    let next = day.checked_add_days(chrono::Days::new(1)).unwrap_or(day);
    let worked = calendar.sub_working_days(next, 1);
    if worked > from { worked } else { day }
}

/// The review day to offer first: the usual interval, and never after the end.
pub fn usual_due(policy: &Policy, from: NaiveDate, end: Option<NaiveDate>) -> NaiveDate {
    after(policy, from, *policy.reviews.usual, end)
}

/// The review day where the one that was promised cannot stay: an earlier end leaves no time for it, or its day has come and it was not
/// held. Nothing where that one stays.
pub fn instead_of(policy: &Policy, promised: Option<NaiveDate>, from: NaiveDate, end: Option<NaiveDate>) -> Option<NaiveDate> {
    let outlived = promised.zip(end).is_some_and(|(promised, end)| end < promised);
    let is_missed = promised.is_some_and(|promised| promised <= from);
    (outlived || is_missed).then(|| usual_due(policy, from, end))
}

/// Whether the day is set in each letter, any day up to the longest interval, and not by an interval (`reviews.set-in-letter`).
pub fn is_set_in_letter(policy: &Policy) -> bool {
    policy.reviews.set_in_letter.as_ref().is_some_and(|set| **set)
}

/// The latest review day the policy allows.
pub fn latest_due(policy: &Policy, from: NaiveDate) -> NaiveDate {
    longest(policy).after(from, policy.calendar())
}

/// Whether a review day is possible: after the start, within the longest interval, not after the end.
pub fn check(policy: &Policy, from: NaiveDate, review: NaiveDate, end: Option<NaiveDate>) -> Result<(), Wrong> {
    let latest = latest_due(policy, from);
    match end {
        _ if review <= from => Err(Wrong::TooEarly { from }),
        _ if review > latest => Err(Wrong::TooLate { latest, interval: longest(policy), from }),
        Some(end) if review > end => Err(Wrong::AfterEnd { end }),
        _ => Ok(()),
    }
}

/// What has happened, for both sides alike: "One incident and 12 calm contacts since 2 February".
pub fn since_words(incidents: u32, calm: u32, since: NaiveDate, today: NaiveDate) -> String {
    let since = say::day_this_year(since, today);
    let counted = |n: u32, one: &str, many: &str| match n {
        0 => format!("no {many}"),
        n => say::count_first(n, one, many).to_lowercase(),
    };
    if incidents == 0 && calm == 0 {
        return format!("No incident and no contact logged since {since}");
    }
    let incidents = counted(incidents, "incident", "incidents");
    let calm = counted(calm, "calm contact", "calm contacts");
    say::sentence(&format!("{incidents} and {calm} since {since}"))
}

/// Every reminder for one review day: ahead of it, on it, and after it, in order and once each.
pub fn reminders(policy: &Policy, due: NaiveDate) -> Vec<Reminder> {
    let remind = &policy.reviews.remind;
    let calendar = policy.calendar();
    let before = remind.before.iter().map(|length| (length.before(due, calendar), Moment::Before(*length)));
    let on = remind.on_the_day.then_some((due, Moment::OnTheDay));
    let after = remind.after.iter().map(|length| (length.after(due, calendar), Moment::After(*length)));
    let mut all: Vec<_> =
        before.chain(on).chain(after).map(|(on, moment)| Reminder { key: format!("review {due} {}", moment.key()), on, moment }).collect();
    all.sort_by_key(|reminder| reminder.on);
    all
}

/// The reminders that should have gone by today and are not among those sent: none is left out, none goes twice.
pub fn to_send(policy: &Policy, due: NaiveDate, today: NaiveDate, sent: &[String]) -> Vec<Reminder> {
    reminders(policy, due).into_iter().filter(|reminder| reminder.on <= today && !sent.contains(&reminder.key)).collect()
}

/// Who reviews a restriction of these measures, by their keys: whoever one of them names, of several the most senior; else the policy's
/// usual reviewer. The same person may end it early, and makes it again where an appeal sends it back.
pub fn reviewer<'a, 'm>(policy: &'a Policy, measures: impl IntoIterator<Item = &'m str>) -> &'a Who {
    let named = measures.into_iter().filter_map(|key| policy.measures.offer(key)?.reviewer.as_ref());
    named.max_by_key(|who| who.reach(&policy.roles).rank()).unwrap_or(&policy.reviews.reviewer)
}

/// Whether this person may hold the review that is for `who` to hold.
pub fn may_review(policy: &Policy, who: &Who, person: &Person, history: &History) -> Result<(), Refusal> {
    if let Some(recorded) = authority::may_record_for(policy, who, person, history) {
        return recorded;
    }
    authority::independent(policy, who, person, history, &policy.reviews.never_reviews)?;
    authority::hold(policy, who, person, &history.free_of(&policy.reviews.never_reviews), "hold this review")
}

/// Whether this person may sit where a body holds the review: a member, with no part that keeps anybody else from holding it.
pub fn may_sit(policy: &Policy, body: &Body, person: &Person, history: &History) -> Result<(), Refusal> {
    may_review(policy, &body.members, person, history)
}

impl Moment {
    fn key(self) -> String {
        match self {
            Self::Before(length) => format!("{length} before"),
            Self::OnTheDay => "on the day".into(),
            Self::After(length) => format!("{length} after"),
        }
    }
}

/// The longest of the intervals to choose from.
fn longest(policy: &Policy) -> Length {
    let choices = &*policy.reviews.intervals;
    choices.iter().copied().fold(*policy.reviews.usual, |longest, one| if one.is_longer_than(longest) { one } else { longest })
}

#[cfg(test)]
mod tests;
