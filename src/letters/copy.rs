//! What somebody besides the customer is told of a letter: the letter itself under a covering line, or a short notice of what they need.

use super::decided::stopped;
use super::facts::{Decided, Shared};
use super::paper::{Paper, Part};
use super::{Letter, Looked, Review, Reviewed, Ruling, order};
use crate::rules::measure::Purpose;
use crate::rules::notice;
use crate::rules::policy::{LetterKind, Recipient};
use crate::rules::restriction_rest::Waits;
use crate::rules::say;

/// Who is told, and on what basis.
#[derive(Clone, Debug)]
pub struct Told {
    /// Which kind of recipient.
    pub to: Recipient,
    /// Their name: a person, a team, or the policy's words for them.
    pub name: String,
    /// A short notice rather than the letter itself.
    pub is_notice: bool,
    /// What lets the landlord tell them, in the policy's words.
    pub basis: String,
    /// Whether the policy tells them of an earlier end as well.
    pub hears_of_the_end: bool,
}

/// What they get, word for word.
#[derive(Clone, Debug)]
pub struct Words {
    /// What staff see it called.
    pub title: String,
    /// Its words as HTML, everything in it escaped.
    pub html: String,
    /// The same as plain text.
    pub text: String,
}

/// What a letter changes for those who are told of it.
enum What<'a> {
    /// This holds from now on.
    Holds(&'a Decided),
    /// Nothing does any more, from this day.
    Ended(chrono::NaiveDate),
    /// Nothing changes by it; or nothing is applied while an appeal is heard.
    Same { waits: Option<Waits> },
}

/// The letters of a policy that this one is for those who are told of it: an appeal that ends or changes a restriction is told of like the
/// end or the change.
pub fn told_as(letter: &Letter) -> Vec<LetterKind> {
    let own = order::kind(letter);
    match letter {
        Letter::AppealOutcome(outcome) => match outcome.ruling {
            Ruling::Ends(_) => vec![own, LetterKind::Lifted],
            Ruling::Changes(_) => vec![own, LetterKind::ReviewOutcome],
            Ruling::Stays(..) | Ruling::SentBack { .. } | Ruling::TooLate { .. } => vec![own],
        },
        _ => vec![own],
    }
}

/// Whether this letter says that a restriction is over.
pub fn ends(letter: &Letter) -> bool {
    matches!(what(letter), What::Ended(_))
}

/// What somebody is told of a letter; nothing where it holds nothing that concerns them.
pub fn of(letter: &Letter, told: &Told) -> Option<Words> {
    if !told.is_notice {
        return Some(covered(letter, told));
    }
    let shared = letter.shared();
    let what = what(letter);
    if matches!((&what, letter), (What::Holds(decided), Letter::Restriction(_)) if terms(decided, told.to).is_empty()) {
        return None;
    }
    let mut parts = vec![match &what {
        What::Holds(decided) => holds(shared, decided, told),
        What::Ended(on) => ended(shared, *on),
        What::Same { waits } => same(letter, *waits),
    }];
    if matches!(what, What::Holds(_)) {
        parts.push(stays_open(shared));
    }
    parts.extend(adjustments(shared));
    parts.push(who_to_ask(shared));
    parts.push(why(shared, told));
    let paper = Paper::to(shared, vec![told.name.clone()], greeting(shared, told), parts);
    Some(Words { title: format!("{} notice", shared.policy.words.restriction.heading()), html: paper.html(), text: paper.text() })
}

fn what(letter: &Letter) -> What<'_> {
    match letter {
        Letter::Restriction(notice) => What::Holds(&notice.decided),
        Letter::Variation(variation) => What::Holds(&variation.decided),
        Letter::Moved(moved) => What::Holds(&moved.decided),
        Letter::Review(Review { outcome: Reviewed::Stays(decided) | Reviewed::Changes(decided), .. }) => What::Holds(decided),
        Letter::Review(review) => What::Ended(review.shared.on),
        Letter::Lifting(lifting) => What::Ended(lifting.ended_on),
        Letter::AppealOutcome(outcome) => match &outcome.ruling {
            Ruling::SentBack { .. } => What::Same { waits: outcome.shared.policy.challenge.appeal.suspends.then_some(Waits::Again) },
            Ruling::Stays(decided) | Ruling::Changes(decided) | Ruling::TooLate { decided, .. } => What::Holds(decided),
            Ruling::Ends(_) => What::Ended(outcome.shared.on),
        },
        Letter::AppealReceived(received) => {
            let waits = *received.shared.policy.challenge.appeal.suspends && received.late_after.is_none();
            What::Same { waits: waits.then_some(Waits::Appeal) }
        }
        Letter::ReconsiderationOutcome(outcome) => match &outcome.answer {
            Looked::Stays(decided, _) | Looked::NotAgain(decided, _) | Looked::Changes(decided) => What::Holds(decided),
            Looked::Ends { on, .. } => What::Ended(*on),
        },
        Letter::ReconsiderationReceived(_)
        | Letter::EarlyReviewReceived(_)
        | Letter::Warning(_)
        | Letter::WarningAppealReceived(_)
        | Letter::WarningAppealOutcome(_) => What::Same { waits: None },
    }
}

fn covered(letter: &Letter, told: &Told) -> Words {
    let name = &letter.shared().customer.full_name;
    let cover = [
        format!("Copy for {}", told.name),
        format!("This is a copy of our letter to {name}. You may speak for {name}, and we send it to you for that alone."),
        format!("Why we may: {}", stopped(&told.basis)),
    ];
    let paper = Paper::new(letter.shared(), letter.parts()).signed(letter.signer()).under(cover.to_vec());
    Words { title: format!("{}, a copy", letter.title()), html: paper.html(), text: paper.text() }
}

fn terms(decided: &Decided, to: Recipient) -> Vec<String> {
    decided.terms.iter().filter_map(|term| notice::said(term, to)).collect()
}

fn holds(shared: &Shared, decided: &Decided, told: &Told) -> Part {
    let name = &shared.customer.full_name;
    let from = say::day(decided.from);
    let part = Part::new(format!("How contact with {name} works now"));
    let part = match terms(decided, told.to) {
        terms if terms.is_empty() => part.say(format!("Since {from} nothing is limited that concerns you.")),
        terms => part.say(format!("From {from}:")).list(terms),
    };
    let part = match notice::visits(told.to) && !shared.customer.address.is_empty() {
        true => part.say(format!("The address: {}.", shared.customer.address.join(", "))),
        false => part,
    };
    let until = match decided.until {
        Some(last) => format!("The last day is {}. Do not apply it after that day.", say::day(last)),
        None => "It has no last day. Ask us whether it still holds before you rely on it.".to_owned(),
    };
    part.say(until).say(if told.hears_of_the_end { "We will tell you if it ends before." } else { "" })
}

fn ended(shared: &Shared, on: chrono::NaiveDate) -> Part {
    let (name, word) = (&shared.customer.full_name, &shared.policy.words.restriction.one);
    Part::new(format!("Contact with {name} is as normal"))
        .say(format!("The {word} we told you of ended on {}. Do not apply it any more.", say::day(on)))
        .say("Destroy what you kept of our earlier notices.")
}

fn same(letter: &Letter, waits: Option<Waits>) -> Part {
    let shared = letter.shared();
    let (name, word) = (&shared.customer.full_name, &shared.policy.words.restriction.one);
    let part = Part::new(format!("We wrote to {name}"));
    match waits {
        Some(waits) => {
            let because = say::sentence(waits.because());
            part.say(format!("{because}. The {word} is not applied {}: contact is as normal.", waits.until()))
        }
        None => part.say(format!(
            "We wrote to {name} on {} ({}). Nothing changes in how you contact them.",
            say::day(shared.on),
            letter.title()
        )),
    }
}

/// What is always open, as staff are told of it.
fn stays_open(shared: &Shared) -> Part {
    let open = &shared.policy.measures.always_open;
    let mut say: Vec<String> = open.iter().map(|one| one.say.clone()).collect();
    let floor = Purpose::FLOOR.into_iter().filter(|purpose| open.iter().all(|one| one.purpose != *purpose));
    say.extend(floor.map(|purpose| purpose.may().to_owned()));
    Part::new("What is always possible").say("Whatever stands above:").list(say)
}

/// What is to be done, never why.
fn adjustments(shared: &Shared) -> Option<Part> {
    let to_do = shared.adjustments.clone();
    (!to_do.is_empty()).then(|| Part::new("Adjustments to make").list(to_do))
}

fn who_to_ask(shared: &Shared) -> Part {
    let (signer, landlord) = (&shared.signed_by, &shared.landlord);
    Part::new("Who to ask").say(format!(
        "{}, {}: ring {} or email {}. Our reference is {}.",
        signer.name,
        signer.job_title,
        say::whole(&landlord.phone),
        landlord.email,
        shared.customer.reference
    ))
}

fn why(shared: &Shared, told: &Told) -> Part {
    Part::new("Why we tell you").say(stopped(&told.basis)).say(format!(
        "Use it for that alone. Keep it safe, show it only to those who deal with {}, and destroy it when it has ended.",
        shared.customer.full_name
    ))
}

/// A person by name, our own teams as colleagues, a firm as what it is to us; nobody by a name we cannot know.
fn greeting(shared: &Shared, told: &Told) -> String {
    let greeting = &shared.policy.words.greeting;
    match told.to {
        Recipient::Representative => format!("{greeting} {}", told.name),
        Recipient::Services => format!("{greeting} colleagues"),
        Recipient::Contractors => format!("{greeting} contractor"),
        Recipient::ThirdParty => "To whom it may concern".to_owned(),
    }
}
