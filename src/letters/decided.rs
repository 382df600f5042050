//! The parts that say what holds from now on, the same in a notice, a change, a review and an appeal.

use super::facts::{Account, Closed, Decided, EarlierWarning, EarlierWarnings, Happening, Shared};
use super::paper::Part;
use super::standing;
use crate::rules::measure::{Chosen, Term, Words};
use crate::rules::policy::{LetterPart, Overdue};
use crate::rules::say;

/// The parts of anything that lasts. `None` for one that only a case can fill.
pub(super) fn of(shared: &Shared, decided: &Decided, part: LetterPart) -> Option<Part> {
    Some(match part {
        LetterPart::Terms => terms(shared, decided),
        LetterPart::Length => length(shared, decided),
        LetterPart::ReviewDay => review_day(shared, decided),
        LetterPart::HowToAppeal => standing::how_to_appeal(shared, decided.appeal_by),
        _ => return standing::of(shared, part),
    })
}

/// "until 2 June 2027", or "from now on" where there is openly no last day.
pub(super) fn until_words(decided: &Decided) -> String {
    decided.until.map_or_else(|| "from now on".to_owned(), |day| format!("until {}", say::day(day)))
}

/// The terms, said to "you".
pub(super) fn terms(shared: &Shared, decided: &Decided) -> Part {
    let from = say::day(decided.from);
    let lead = match decided.until {
        Some(until) => format!("From {from} until {}:", say::day(until)),
        None => format!("From {from}:"),
    };
    Part::new("What we have decided").say(lead).list(said(shared, decided))
}

/// Each term as a sentence to "you".
pub(super) fn said(shared: &Shared, decided: &Decided) -> Vec<String> {
    let open = shared.policy.measures.purposes_always_open();
    let words = Words { restriction: &shared.policy.words.restriction.one, always_open: &open };
    decided.terms.iter().map(|term| term.sentence_for_letter(&words)).collect()
}

/// How long it lasts.
pub(super) fn length(shared: &Shared, decided: &Decided) -> Part {
    let from = say::day(decided.from);
    let starts = if decided.from < shared.on { "started" } else { "starts" };
    let words = match decided.until {
        Some(until) => format!(
            "This {starts} on {from}. The last day is {}. After that day it ends by itself, unless we have written to you before.",
            say::day(until)
        ),
        None => format!(
            "This {starts} on {from}. It has no last day. We will keep looking at it again, and end it when it is no longer needed."
        ),
    };
    Part::new("How long this lasts").say(words)
}

/// When it is looked at again.
pub(super) fn review_day(shared: &Shared, decided: &Decided) -> Part {
    let mut words = format!("We will look at this again by {}.", say::weekday(decided.review_on));
    if *shared.policy.reviews.overdue == Overdue::Lapse {
        words += &format!(" If we do not, the {} ends by itself with that day.", shared.policy.words.restriction.one);
    }
    words += " Until then you can tell us what you think at any time.";
    if *shared.policy.reviews.letter_always {
        words += " We will write to tell you what we decide.";
    }
    Part::new("When we look at this again").say(words).say(early(shared, decided))
}

/// How, and from when, a review can be asked for before its day; nothing where none is promised, or not before that day.
fn early(shared: &Shared, decided: &Decided) -> String {
    let Some(early) = decided.early.filter(|early| early.from < decided.review_on) else { return String::new() };
    let review = &shared.policy.words.review.one;
    let from = if early.from > shared.on { format!("From {} you can", say::day(early.from)) } else { "You can".to_owned() };
    format!(
        "{from} ask us for an early {review}, before that day: {}. Tell us what has changed. We then look at it within {} of hearing from you.",
        standing::reach_us(shared),
        early.within
    )
}

/// What happened, each with its day.
pub(super) fn happened(part: Part, happened: &[Happening]) -> Part {
    part.list(happened.iter().map(|one| format!("{}: {}", say::day(one.on), say::finished(&one.what))).collect())
}

/// What the customer told us, or why nothing stands here.
pub(super) fn account(account: &Account) -> Part {
    let part = Part::new("What you told us");
    match account {
        Account::Heard(words) => part.quote(words),
        Account::NoAnswer(how) => part
            .say("We asked you for your side and have not had an answer yet.")
            .told(how)
            .say("You can still tell us. We will think about what you say."),
        Account::NotAsked(why) => part
            .say("We decided this without asking you for your side first.")
            .told(why)
            .say("We want to hear it now. Tell us, and we will think about what you say."),
    }
}

/// The warnings that came before, or why there were none.
pub(super) fn warnings(warnings: &EarlierWarnings) -> Part {
    let part = Part::new("Warnings we gave you");
    match warnings {
        EarlierWarnings::Given(given) => told_before(part, given),
        EarlierWarnings::LeftOut { because, given } if given.is_empty() => {
            part.because("This time we did not go through every step of warning you first. This is why:", because)
        }
        EarlierWarnings::LeftOut { because, given } => {
            told_before(part, given).because("After that we did not go through every step that comes first. This is why:", because)
        }
    }
}

/// What was said informally, and then what was a warning: a talk is none.
fn told_before(part: Part, given: &[EarlierWarning]) -> Part {
    let line = |one: &EarlierWarning| format!("On {}, {} (we call that step “{}”).", say::day(one.on), one.form.title(), one.title);
    let lines = |informal: bool| given.iter().filter(|one| one.informal == informal).map(line).collect::<Vec<_>>();
    let (talks, warnings) = (lines(true), lines(false));
    let part = if talks.is_empty() { part } else { part.say("We spoke or wrote to you about it first, without a warning:").list(talks) };
    match warnings.is_empty() {
        true => part,
        false => part.say("We told you before that we could not accept this:").list(warnings),
    }
}

/// What follows once nothing is limited any more.
pub(super) fn free_again(shared: &Shared, terms: &[Chosen]) -> Part {
    let Shared { landlord, .. } = shared;
    let blocked = terms.iter().any(|term| matches!(term.term, Term::TechnicalBlock { .. }));
    if let Some(until) = goes_on(shared) {
        let word = &shared.policy.words.restriction.one;
        let say = format!("Another {word} goes on {until}. What we wrote to you about it still holds.");
        return Part::new("What happens next").say(say);
    }
    let blocks = if blocked { "We take away every block that belonged to it." } else { "" };
    Part::new("What happens next")
        .say(format!(
            "You can contact us in all the usual ways again. Ring {}, email {} or write to us.",
            say::whole(&landlord.phone),
            landlord.email
        ))
        .say(blocks)
}

/// "until 18 April 2027": how long another restriction of this customer goes on, where one does.
pub(super) fn goes_on(shared: &Shared) -> Option<String> {
    let last = shared.goes_on.iter().copied().reduce(|one, other| one.and_then(|one| other.map(|other| one.max(other))))?;
    Some(last.map_or_else(|| "until we review it".to_owned(), |day| format!("until {}", say::day(day))))
}

/// The same part with what becomes of an appeal or a request that nobody answered, because what it was about has ended.
pub(super) fn closed(part: Part, shared: &Shared, closed: Closed) -> Part {
    let appeal = closed.appeal.map_or_else(String::new, |day| {
        format!(
            "Your {} of {} is closed without a decision, because what it was against has ended. If you still want an answer to what you said in it, you can make {} to us.",
            shared.policy.words.appeal.one,
            say::day(day),
            shared.policy.words.complaint().a
        )
    });
    let request = closed.request.map_or_else(String::new, |day| {
        format!("On {} you asked us to look at it again. It has ended, so nothing is left to look at.", say::day(day))
    });
    part.say(appeal).say(request)
}

/// The same words with one full stop.
pub(super) fn stopped(words: &str) -> String {
    let words = words.trim();
    match words.ends_with(['.', '!', '?']) || words.is_empty() {
        true => words.to_owned(),
        false => format!("{words}."),
    }
}
