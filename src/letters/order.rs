//! Which parts a letter must have, and in which order: the policy's own list, and what the Ombudsman expects of any landlord.

use super::{Letter, Looked, Reviewed, Ruling};
use crate::rules::challenge::{self, Challenged};
use crate::rules::policy::{LetterKind, LetterPart};

use LetterPart::{
    AlwaysOpen, Complaint, Consequences, CustomersAccount, Decision, EarlierWarnings, HowToAppeal, Length, Ombudsman, OtherFormats,
    Reasons, ReviewDay, Terms, WhatHappensNext, WhatWeAsk,
};

/// The parts of this letter, in the order they are printed. Every one of them is required.
pub(super) fn of(letter: &Letter) -> Vec<LetterPart> {
    let (kind, floor) = kind_and_floor(letter);
    let mut parts = letter.shared().policy.letters.parts_of(kind, &letter.steps());
    for part in floor {
        if !parts.contains(part) {
            let at = parts.iter().position(|other| other > part).unwrap_or(parts.len());
            parts.insert(at, *part);
        }
    }
    if matches!(letter, Letter::Warning(_)) && challenge::profile(&letter.shared().policy, Challenged::Warning).is_some() {
        let at = parts.iter().position(|other| *other > HowToAppeal).unwrap_or(parts.len());
        parts.insert(at, HowToAppeal);
    }
    parts.retain(|part| applies(letter, *part));
    parts
}

/// Which letter of the policy it is.
pub(super) const fn kind(letter: &Letter) -> LetterKind {
    kind_and_floor(letter).0
}

/// The Ombudsman's guidance: what was decided and why, how long, what is still possible, when it is looked at again, how to challenge it,
/// and the way to the Ombudsman. A landlord's policy may ask for more, never for less.
const fn kind_and_floor(letter: &Letter) -> (LetterKind, &'static [LetterPart]) {
    match letter {
        Letter::Warning(_) => {
            (LetterKind::Warning, &[Decision, Reasons, WhatWeAsk, Consequences, AlwaysOpen, Complaint, Ombudsman, OtherFormats])
        }
        Letter::Restriction(_) => (
            LetterKind::RestrictionNotice,
            &[
                Decision,
                Reasons,
                EarlierWarnings,
                CustomersAccount,
                Terms,
                Length,
                AlwaysOpen,
                ReviewDay,
                HowToAppeal,
                Ombudsman,
                OtherFormats,
            ],
        ),
        Letter::Variation(_) | Letter::Moved(_) => (LetterKind::ReviewOutcome, LASTING),
        Letter::Review(review) => match review.outcome {
            Reviewed::Stays(_) | Reviewed::Changes(_) | Reviewed::OnUndertaking { .. } => (LetterKind::ReviewOutcome, LASTING),
            Reviewed::Ends { .. } => (LetterKind::Lifted, ENDING),
        },
        Letter::Lifting(_) => (LetterKind::Lifted, ENDING),
        Letter::ReconsiderationOutcome(outcome) => match outcome.answer {
            Looked::Stays(..) | Looked::NotAgain(..) | Looked::Changes(_) => (LetterKind::ReviewOutcome, LOOKED_AGAIN),
            Looked::Ends { .. } => (LetterKind::Lifted, ENDING),
        },
        Letter::AppealReceived(_)
        | Letter::WarningAppealReceived(_)
        | Letter::ReconsiderationReceived(_)
        | Letter::EarlyReviewReceived(_) => (LetterKind::AppealReceived, &[Decision, AlwaysOpen, Ombudsman, OtherFormats, WhatHappensNext]),
        Letter::AppealOutcome(_) => (
            LetterKind::AppealOutcome,
            &[Decision, Reasons, CustomersAccount, Terms, Length, AlwaysOpen, ReviewDay, Ombudsman, OtherFormats, WhatHappensNext],
        ),
        Letter::WarningAppealOutcome(_) => {
            (LetterKind::AppealOutcome, &[Decision, Reasons, CustomersAccount, Ombudsman, OtherFormats, WhatHappensNext])
        }
    }
}

const LASTING: &[LetterPart] = &[Decision, Reasons, Terms, Length, AlwaysOpen, ReviewDay, HowToAppeal, Ombudsman, OtherFormats];
const LOOKED_AGAIN: &[LetterPart] =
    &[Decision, Reasons, CustomersAccount, Terms, Length, AlwaysOpen, ReviewDay, HowToAppeal, Ombudsman, OtherFormats];
const ENDING: &[LetterPart] = &[Decision, Reasons, Ombudsman, OtherFormats, WhatHappensNext];

/// A warning limits nothing that could last or be reviewed. An appeal that ended the restriction leaves nothing to last, to review or to keep
/// open; one that sent it back leaves the new decision to appeal against, and nothing to review where it waits.
pub(super) fn applies(letter: &Letter, part: LetterPart) -> bool {
    match letter {
        Letter::AppealOutcome(outcome) => match outcome.ruling {
            Ruling::Ends(_) => !matches!(part, Terms | Length | ReviewDay | HowToAppeal | AlwaysOpen),
            Ruling::SentBack { .. } => part != HowToAppeal && !(part == ReviewDay && outcome.waits()),
            _ => true,
        },
        Letter::WarningAppealReceived(_) | Letter::WarningAppealOutcome(_) => {
            !matches!(part, Terms | Length | ReviewDay | HowToAppeal | LetterPart::Reconsideration)
        }
        // They have asked already.
        Letter::ReconsiderationReceived(_) => !matches!(part, LetterPart::Reconsideration),
        _ => true,
    }
}
