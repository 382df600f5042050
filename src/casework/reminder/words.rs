//! The words of reminders. An email names no customer and no behaviour: it says what is due and leads to the page.

use chrono::NaiveDate;

use crate::rules::appeal::Round;
use crate::rules::id::{AppealId, LetterId, ReconsiderationId, RestrictionId, ReviewId, WarningId};
use crate::rules::policy::Policy;
use crate::rules::say;

/// A reminder in words.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::casework) struct Words {
    pub subject: String,
    lines: Vec<String>,
    link: String,
}

impl Words {
    /// As an email to one person.
    pub(in crate::casework) fn body(&self, name: &str, landlord: &str) -> String {
        format!("Dear {name}\n\n{}\n\n{}\n\n{landlord}\nSent by the contact and behaviour service.", self.lines.join("\n\n"), self.link)
    }
}

/// A review ahead of its day, on it, or after it.
pub(in crate::casework) fn review(
    policy: &Policy,
    id: ReviewId,
    reference: &str,
    due: NaiveDate,
    today: NaiveDate,
    ends: Option<NaiveDate>,
) -> Words {
    let (review, restriction) = (&policy.words.review.one, &policy.words.restriction.one);
    let about = format!("the {restriction} of ⟦customer⟧ {reference}");
    let until = match ends {
        None => "It has no last day.".to_owned(),
        Some(day) if day < today => format!("It ended on {}, and colleagues are told not to apply it.", say::day(day)),
        Some(day) => format!("It runs until {}.", say::day(day)),
    };
    Words {
        subject: format!("{} {}", policy.words.review.heading(), when(due, today)),
        lines: vec![
            format!("The {review} of {about} {}. {until}", when(due, today)),
            "Read what has happened since, hear the ⟦customer⟧'s view, and decide whether it continues, changes or ends. It cannot be skipped.".to_owned(),
        ],
        link: format!("/reviews/{id}"),
    }
}

/// The customer asked for a review before its day.
pub(in crate::casework) fn early_review(policy: &Policy, id: ReviewId, reference: &str, look_by: NaiveDate) -> Words {
    let (review, restriction) = (&policy.words.review.one, &policy.words.restriction.one);
    Words {
        subject: format!("An early {review} was asked for"),
        lines: vec![
            format!("⟦Customer⟧ {reference} asked for an early {review} of their {restriction}. Look at it by {}.", say::weekday(look_by)),
            "Read why they ask, then hold it, or tell them why not.".to_owned(),
        ],
        link: format!("/reviews/{id}"),
    }
}

/// A meeting over the whole register asked for one restriction to be looked at before its day, or to be ended.
pub(in crate::casework) fn asked_at_a_meeting(policy: &Policy, id: ReviewId, reference: &str, meeting: &str, look_by: NaiveDate) -> Words {
    let restriction = &policy.words.restriction.one;
    Words {
        subject: format!("{meeting}: look at a {restriction} early"),
        lines: vec![
            format!(
                "The {meeting} asked for the {restriction} of ⟦customer⟧ {reference} to be looked at early: by {}.",
                say::weekday(look_by)
            ),
            "Read what it minuted, then decide whether it continues, changes or ends.".to_owned(),
        ],
        link: format!("/reviews/{id}"),
    }
}

/// A decision sent back on appeal, to be made again.
pub(in crate::casework) fn sent_back(policy: &Policy, id: ReviewId, reference: &str, due: NaiveDate) -> Words {
    let (appeal, restriction) = (&policy.words.appeal, &policy.words.restriction.one);
    Words {
        subject: format!("A decision to be made again by {}", say::weekday(due)),
        lines: vec![
            format!("The decision on the {restriction} of ⟦customer⟧ {reference} was sent back on {}. It is made again by {}.", appeal.one, say::weekday(due)),
            "By the policy you may make it. Read what must be looked at, hear the ⟦customer⟧'s view, and decide whether it continues, changes or ends.".to_owned(),
        ],
        link: format!("/reviews/{id}"),
    }
}

/// A restriction whose last day has gone by with no review held.
pub(in crate::casework) fn term_ended(policy: &Policy, id: ReviewId, reference: &str, ended: NaiveDate) -> Words {
    let restriction = &policy.words.restriction;
    Words {
        subject: format!("{} ended on {} and is not reviewed", restriction.heading(), say::day(ended)),
        lines: vec![
            format!("The {} of ⟦customer⟧ {reference} ended on {}. Colleagues are told not to apply it.", restriction.one, say::day(ended)),
            format!(
                "Its {} has not been held. Hold it now, so that the ⟦customer⟧ hears in writing that it is over.",
                policy.words.review.one
            ),
        ],
        link: format!("/reviews/{id}"),
    }
}

/// A restriction that ended by itself, because its review was missed and the policy says that it then lapses.
pub(in crate::casework) fn lapsed(policy: &Policy, letter: LetterId, reference: &str, due: NaiveDate) -> Words {
    let (review, restriction) = (&policy.words.review, &policy.words.restriction);
    Words {
        subject: format!("{} ended by itself: its {} was missed", restriction.heading(), review.one),
        lines: vec![
            format!(
                "The {} of the {} of ⟦customer⟧ {reference} was due on {} and was not held. By the policy it ended with that day.",
                review.one,
                restriction.one,
                say::weekday(due)
            ),
            "Colleagues are told not to apply it. The letter that tells the ⟦customer⟧ is ready to be sent.".to_owned(),
        ],
        link: format!("/letters/{letter}"),
    }
}

/// A colleague who was to be seen, and was not by the day for it.
pub(in crate::casework) fn support(due: NaiveDate) -> Words {
    Words {
        subject: "A colleague waits to be seen".to_owned(),
        lines: vec![
            format!(
                "A colleague asked for support and was to be seen by {}. Nobody has written down that this was done.",
                say::weekday(due)
            ),
            "Whoever was asked finds it under My work. Only they and the colleague can read what it is about.".to_owned(),
        ],
        link: "/my-work".to_owned(),
    }
}

/// A proposal ahead of the day by which it is decided, on it, or after it.
pub(in crate::casework) fn proposal(policy: &Policy, id: RestrictionId, reference: &str, due: NaiveDate, today: NaiveDate) -> Words {
    let word = &policy.words.restriction;
    Words {
        subject: format!("A decision on {} {}", word.a, when(due, today)),
        lines: vec![
            format!("The decision on the proposed {} for ⟦customer⟧ {reference} {}.", word.one, when(due, today)),
            "Nothing is restricted until it is decided, and it does not lapse. Whoever may decide next can open it here.".to_owned(),
        ],
        link: format!("/approvals/{id}"),
    }
}

/// An appeal ahead of its day, or after it.
pub(in crate::casework) fn appeal(
    policy: &Policy,
    (id, round): (AppealId, Round),
    reference: &str,
    due: NaiveDate,
    today: NaiveDate,
) -> Words {
    let appeal = round.named(policy);
    Words {
        subject: format!("{} {}", say::sentence(&appeal), when(due, today)),
        lines: vec![
            format!("The {appeal} of ⟦customer⟧ {reference} {}.", when(due, today)),
            "Someone who took no part decides it. Until then the ⟦customer⟧ waits for an answer.".to_owned(),
        ],
        link: format!("/appeals/{id}"),
    }
}

/// An appeal that has just come, or a late one that waits to be let in.
pub(in crate::casework) fn appeal_came(
    policy: &Policy,
    (id, round): (AppealId, Round),
    reference: &str,
    due: NaiveDate,
    late: bool,
) -> Words {
    let first = match (late, round) {
        (true, _) => "It came after the last day for it. Decide first whether it is heard.",
        (false, Round::First | Round::Length) => "You took no part in the decision it is against, so you may decide it.",
        (false, Round::Second) => "You took no part in the decision, nor in the answer it is against, so you may decide it.",
    };
    Words {
        subject: format!("{} to decide by {}", say::sentence(&round.named(policy)), say::weekday(due)),
        lines: vec![
            format!("⟦Customer⟧ {reference} has made {}. {first}", round.a(policy)),
            format!("The ⟦customer⟧ was promised an answer by {}.", say::weekday(due)),
        ],
        link: format!("/appeals/{id}"),
    }
}

/// An appeal against a warning that has just come.
pub(in crate::casework) fn warning_appeal_came(policy: &Policy, id: WarningId, reference: &str, due: NaiveDate) -> Words {
    let appeal = &policy.words.appeal;
    Words {
        subject: format!("{} to decide by {}", appeal.heading(), say::weekday(due)),
        lines: vec![
            format!(
                "⟦Customer⟧ {reference} has made {} against {}. You took no part in it, so you may decide it.",
                appeal.a, policy.words.warning.a
            ),
            format!("The ⟦customer⟧ was promised an answer by {}.", say::weekday(due)),
        ],
        link: format!("/warnings/{id}/appeal"),
    }
}

/// An appeal against a warning ahead of its day, on it, or after it.
pub(in crate::casework) fn warning_appeal(policy: &Policy, id: WarningId, reference: &str, due: NaiveDate, today: NaiveDate) -> Words {
    let appeal = &policy.words.appeal;
    Words {
        subject: format!("{} against {} {}", appeal.heading(), policy.words.warning.a, when(due, today)),
        lines: vec![
            format!("The {} of ⟦customer⟧ {reference} against {} {}.", appeal.one, policy.words.warning.a, when(due, today)),
            "Someone who took no part decides it. Until then the ⟦customer⟧ waits for an answer.".to_owned(),
        ],
        link: format!("/warnings/{id}/appeal"),
    }
}

/// A request to look again that has just come.
pub(in crate::casework) fn asked_again(policy: &Policy, id: ReconsiderationId, reference: &str, due: NaiveDate) -> Words {
    let word = &policy.words.restriction.one;
    Words {
        subject: format!("Request to look again, to answer by {}", say::weekday(due)),
        lines: vec![
            format!("⟦Customer⟧ {reference} asks us to look again at their {word}. By the policy you may answer."),
            format!("The ⟦customer⟧ was promised an answer by {}.", say::weekday(due)),
        ],
        link: format!("/reconsiderations/{id}"),
    }
}

/// A request to look again ahead of its day, on it, or after it.
pub(in crate::casework) fn look_again(policy: &Policy, id: ReconsiderationId, reference: &str, due: NaiveDate, today: NaiveDate) -> Words {
    let word = &policy.words.restriction.one;
    Words {
        subject: format!("Answer to a request to look again {}", when(due, today)),
        lines: vec![
            format!("The answer to ⟦customer⟧ {reference}, who asked us to look again at their {word}, {}.", when(due, today)),
            format!("Read what they say, and decide whether the {word} stays, changes or ends."),
        ],
        link: format!("/reconsiderations/{id}"),
    }
}

/// A promise of ours on its day, to its owner; or that it was missed, to whoever manages them, with the days missed since.
pub(in crate::casework) fn promise(id: RestrictionId, reference: &str, owner: &str, due: NaiveDate, missed: Option<&[NaiveDate]>) -> Words {
    let (subject, lines) = match missed {
        None => (
            format!("What we promised ⟦a customer⟧ is due today, {}", say::weekday(due)),
            vec![
                format!("You owe ⟦customer⟧ {reference} what their letter promises for today, {}.", say::weekday(due)),
                "Do it, and press Done on My work with a line of what came of it. If it is not noted by tonight, it counts as missed."
                    .to_owned(),
            ],
        ),
        Some(more) => (
            format!("What we promised ⟦a customer⟧ was missed on {}", say::weekday(due)),
            vec![
                format!(
                    "{owner} owed ⟦customer⟧ {reference} what their letter promises for {}. Nothing was noted.{}",
                    say::weekday(due),
                    as_well(more)
                ),
                "It stands as missed on the record, and whoever holds the review reads it. See that the ⟦customer⟧ hears from us."
                    .to_owned(),
            ],
        ),
    };
    let link = if missed.is_some() { format!("/restrictions/{id}") } else { "/my-work".to_owned() };
    Words { subject, lines, link }
}

/// The days that were missed as well, as a sentence after another; empty where there is none.
fn as_well(days: &[NaiveDate]) -> String {
    let each: Vec<String> = days.iter().map(|day| say::weekday(*day)).collect();
    if each.is_empty() { String::new() } else { format!(" It was missed on {} as well.", say::list(&each)) }
}

/// "is due on Friday 12 March 2027", "is due today, …", "was due on …".
fn when(due: NaiveDate, today: NaiveDate) -> String {
    match due.cmp(&today) {
        std::cmp::Ordering::Greater => format!("is due on {}", say::weekday(due)),
        std::cmp::Ordering::Equal => format!("is due today, {}", say::weekday(due)),
        std::cmp::Ordering::Less => format!("is late: it was due on {}", say::weekday(due)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_reminder_says_whether_the_day_is_to_come_is_here_or_has_gone() {
        let due = day("2027-03-12");
        assert_eq!(when(due, day("2027-03-10")).replace('\u{a0}', " "), "is due on Friday 12 March 2027");
        assert_eq!(when(due, due).replace('\u{a0}', " "), "is due today, Friday 12 March 2027");
        assert_eq!(when(due, day("2027-03-13")).replace('\u{a0}', " "), "is late: it was due on Friday 12 March 2027");
    }
}
