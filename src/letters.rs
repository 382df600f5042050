//! Every letter to a customer: facts in; title, HTML and plain text out. Nothing here reads a row or decides anything.
//! Behaviour, never the person; short words, no contractions; nothing is said of a policy that it does not say.

mod appeal;
pub mod copy;
mod decided;
mod early_review;
mod facts;
mod moved;
mod order;
mod own;
mod paper;
mod reconsideration;
mod restriction;
mod review;
mod standing;
mod warning;
mod warning_appeal;

pub use appeal::{AppealOutcome, AppealReceived, Ruling};
pub use early_review::EarlyReviewReceived;
pub use facts::{
    Account, Addressee, Appealing, Closed, Decided, EarlierWarning, EarlierWarnings, Format, Happening, Sender, Shared, Signer, Via,
    WarningForm,
};
pub use moved::{Different, Moved};
pub use reconsideration::{Looked, ReconsiderationOutcome, ReconsiderationReceived};
pub use restriction::{Lifting, Notice, Variation};
pub use review::{Review, Reviewed};
pub use warning::Warning;
pub use warning_appeal::{WarningAppealOutcome, WarningAppealReceived, WarningRuling};

use paper::{Paper, Part};

use crate::rules::appeal::LastDays;
use crate::rules::challenge::{self, Challenged};
use crate::rules::label::labels;
use crate::rules::policy::{LetterKind, LetterPart, LetterTold, SignedBy};
use crate::rules::say;

/// One letter, with everything it says.
#[derive(Clone, Debug)]
pub enum Letter {
    /// A written warning.
    Warning(Warning),
    /// The notice of a restriction.
    Restriction(Notice),
    /// A restriction is changed.
    Variation(Variation),
    /// A restriction ends.
    Lifting(Lifting),
    /// Another version of the policy applies from now on.
    Moved(Moved),
    /// What came of a review.
    Review(Review),
    /// An appeal was received.
    AppealReceived(AppealReceived),
    /// What came of an appeal.
    AppealOutcome(AppealOutcome),
    /// An appeal against a warning was received.
    WarningAppealReceived(WarningAppealReceived),
    /// What came of it.
    WarningAppealOutcome(WarningAppealOutcome),
    /// A review was asked for before its day.
    EarlyReviewReceived(EarlyReviewReceived),
    /// A request to look again was received.
    ReconsiderationReceived(ReconsiderationReceived),
    /// How it was answered.
    ReconsiderationOutcome(ReconsiderationOutcome),
}

labels! {
    /// Which letter it is, as it is kept.
    pub enum Kind {
        Warning "warning" "Warning",
        Restriction "restriction" "Notice of a decision",
        Variation "variation" "Change",
        Lifting "lifting" "End",
        Moved "moved" "New policy",
        Review "review" "Review",
        AppealReceived "appeal-received" "Appeal received",
        AppealOutcome "appeal-outcome" "Appeal decision",
        WarningAppealReceived "warning-appeal-received" "Appeal against a warning received",
        WarningAppealOutcome "warning-appeal-outcome" "Decision on an appeal against a warning",
        EarlyReviewReceived "early-review-received" "Request for an early review received",
        ReconsiderationReceived "reconsideration-received" "Request to look again received",
        ReconsiderationOutcome "reconsideration-outcome" "Answer to a request to look again",
    }
}

/// How the letters a policy speaks of are kept.
pub const fn kept_as(kind: LetterKind) -> &'static [Kind] {
    match kind {
        LetterKind::Warning => &[Kind::Warning],
        LetterKind::RestrictionNotice => &[Kind::Restriction],
        LetterKind::AppealReceived => &[Kind::AppealReceived],
        LetterKind::AppealOutcome => &[Kind::AppealOutcome],
        LetterKind::ReviewOutcome => &[Kind::Review, Kind::Variation],
        LetterKind::Lifted => &[Kind::Lifting],
    }
}

/// The letter of a policy that this kept kind is. Several kinds may be one.
pub fn kept_of(kept: &str) -> Option<LetterKind> {
    LetterKind::ALL.iter().copied().find(|kind| kept_as(*kind).iter().any(|one| one.key() == kept))
}

impl Letter {
    /// Which letter it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Warning(_) => Kind::Warning,
            Self::Restriction(_) => Kind::Restriction,
            Self::Variation(_) => Kind::Variation,
            Self::Lifting(_) => Kind::Lifting,
            Self::Moved(_) => Kind::Moved,
            Self::Review(_) => Kind::Review,
            Self::AppealReceived(_) => Kind::AppealReceived,
            Self::AppealOutcome(_) => Kind::AppealOutcome,
            Self::WarningAppealReceived(_) => Kind::WarningAppealReceived,
            Self::WarningAppealOutcome(_) => Kind::WarningAppealOutcome,
            Self::EarlyReviewReceived(_) => Kind::EarlyReviewReceived,
            Self::ReconsiderationReceived(_) => Kind::ReconsiderationReceived,
            Self::ReconsiderationOutcome(_) => Kind::ReconsiderationOutcome,
        }
    }

    /// What staff see it called, in the landlord's own words: "Communication protocol letter".
    pub fn title(&self) -> String {
        let words = &self.shared().policy.words;
        let restriction = words.restriction.heading();
        match self {
            Self::Warning(warning) => say::in_a_letter(warning.step_title()),
            Self::Restriction(_) => format!("{restriction} letter"),
            Self::Variation(_) => format!("{restriction} change letter"),
            Self::Lifting(_) => format!("{restriction} end letter"),
            Self::Moved(_) => format!("{restriction} new policy letter"),
            Self::Review(_) => format!("{} letter", words.review.heading()),
            Self::AppealReceived(_) | Self::WarningAppealReceived(_) => format!("{} received letter", words.appeal.heading()),
            Self::AppealOutcome(_) | Self::WarningAppealOutcome(_) => format!("{} decision letter", words.appeal.heading()),
            Self::EarlyReviewReceived(_) => format!("Early {} asked for letter", words.review.one),
            Self::ReconsiderationReceived(_) => "Request to look again received letter".to_owned(),
            Self::ReconsiderationOutcome(_) => "Answer to a request to look again letter".to_owned(),
        }
    }

    /// What it is about, as its subject line: its first heading.
    pub fn subject(&self) -> String {
        self.parts().first().map_or_else(|| self.title(), |part| say::sentence(&part.heading))
    }

    /// The letter as HTML, everything in it escaped: what stands inside `<article class="letter">`.
    pub fn html(&self) -> String {
        Paper::new(self.shared(), self.parts()).signed(self.signer()).html()
    }

    /// The same words as plain text.
    pub fn text(&self) -> String {
        Paper::new(self.shared(), self.parts()).signed(self.signer()).text()
    }

    /// The parts it must have and has not: it cannot be issued until this is empty.
    pub fn missing_parts(&self) -> Vec<LetterPart> {
        let whole = |part: LetterPart| self.part(part).is_some_and(|part| part.whole && !part.blocks.is_empty());
        order::of(self).into_iter().filter(|part| !whole(*part)).collect()
    }

    /// What every letter shares.
    pub const fn shared(&self) -> &Shared {
        match self {
            Self::Warning(warning) => &warning.shared,
            Self::Restriction(notice) => &notice.shared,
            Self::Variation(variation) => &variation.shared,
            Self::Lifting(lifting) => &lifting.shared,
            Self::Moved(moved) => &moved.shared,
            Self::Review(review) => &review.shared,
            Self::AppealReceived(received) => &received.shared,
            Self::AppealOutcome(outcome) => &outcome.shared,
            Self::WarningAppealReceived(received) => &received.shared,
            Self::WarningAppealOutcome(outcome) => &outcome.shared,
            Self::EarlyReviewReceived(received) => &received.shared,
            Self::ReconsiderationReceived(received) => &received.shared,
            Self::ReconsiderationOutcome(outcome) => &outcome.shared,
        }
    }

    /// The last days for an appeal that it names, where it says how to appeal against a new decision.
    /// Nothing where the policy has no appeal.
    pub fn promises_appeal(&self) -> Option<LastDays> {
        let policy = &self.shared().policy;
        challenge::profile(policy, Challenged::Restriction).or(policy.challenge.of_length())?;
        match self {
            Self::Restriction(Notice { decided, .. }) | Self::Variation(Variation { decided, .. }) | Self::Moved(Moved { decided, .. }) => {
                Some(decided.appeal_by)
            }
            Self::Review(Review {
                outcome: Reviewed::Stays(decided) | Reviewed::Changes(decided) | Reviewed::OnUndertaking { decided, .. },
                ..
            }) => Some(decided.appeal_by),
            Self::ReconsiderationOutcome(ReconsiderationOutcome { answer: Looked::Changes(decided), .. }) => Some(decided.appeal_by),
            _ => None,
        }
    }

    /// Who signs it: whoever the policy names for this letter, or whoever took the decision.
    pub fn signer(&self) -> Signer {
        let shared = self.shared();
        let here = |name: &str| Signer { name: name.to_owned(), job_title: shared.landlord.name.clone() };
        let signature = shared.policy.letters.signature(order::kind(self));
        match signature.map(|one| (one.by, &one.post, &one.team)) {
            Some((SignedBy::Team, _, Some(team))) => here(team),
            Some((SignedBy::Post, Some(post), _)) => {
                let title = shared.policy.roles.title(post);
                let holder = shared.holders.get(post);
                holder.map_or_else(|| here(title), |one| Signer { name: one.name.clone(), job_title: title.to_owned() })
            }
            _ => shared.signed_by.clone(),
        }
    }

    /// How it is told besides, where the policy asks for it.
    pub fn told(&self) -> Option<&LetterTold> {
        self.shared().policy.letters.told_of(order::kind(self), &self.steps())
    }

    /// The steps of the ladder that send it, by key; none for a letter that no step sends.
    pub fn steps(&self) -> Vec<String> {
        match self {
            Self::Warning(warning) => vec![warning.step.clone()],
            Self::Restriction(notice) => {
                let measures = notice.decided.terms.iter().map(|term| term.measure().to_owned()).collect();
                notice.shared.policy.ladder.restrictions_of(&measures).into_iter().map(|step| step.key.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn parts(&self) -> Vec<Part> {
        own::printed(self)
    }

    fn part(&self, part: LetterPart) -> Option<Part> {
        match self {
            Self::Warning(warning) => warning.part(part),
            Self::Restriction(notice) => notice.part(part),
            Self::Variation(variation) => variation.part(part),
            Self::Lifting(lifting) => lifting.part(part),
            Self::Moved(moved) => moved.part(part),
            Self::Review(review) => review.part(part),
            Self::AppealReceived(received) => received.part(part),
            Self::AppealOutcome(outcome) => outcome.part(part),
            Self::WarningAppealReceived(received) => received.part(part),
            Self::WarningAppealOutcome(outcome) => outcome.part(part),
            Self::EarlyReviewReceived(received) => received.part(part),
            Self::ReconsiderationReceived(received) => received.part(part),
            Self::ReconsiderationOutcome(outcome) => outcome.part(part),
        }
    }
}

#[cfg(test)]
mod tests;
