//! The letters a decision sends, and the parts each must have.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::label::labels;
use crate::rules::measure::Channel;
use crate::rules::say;

labels! {
    /// A letter to the customer.
    pub enum LetterKind {
        Warning "warning" "Warning letter",
        RestrictionNotice "restriction-notice" "Restriction letter",
        AppealReceived "appeal-received" "We have your appeal",
        AppealOutcome "appeal-outcome" "Appeal decision",
        ReviewOutcome "review-outcome" "Review decision",
        Lifted "lifted" "Restriction lifted",
    }
}

labels! {
    /// One part of a letter.
    pub enum LetterPart {
        /// What was decided.
        Decision "decision" "What we have decided",
        /// What happened, and why that is unacceptable.
        Reasons "reasons" "What happened, and why we cannot accept it",
        EarlierWarnings "earlier-warnings" "Earlier warnings",
        /// What the customer told us.
        CustomersAccount "customers-account" "What you told us",
        /// What we ask of the customer.
        WhatWeAsk "what-we-ask" "What we ask of you",
        /// What may come if it happens again.
        Consequences "consequences" "What may happen next",
        /// An invitation to talk, so that adjustments can be thought about.
        TalkToUs "talk-to-us" "Talk to us",
        Terms "terms" "How we will keep in touch",
        Length "length" "How long this lasts",
        AlwaysOpen "always-open" "What stays the same",
        Adjustments "adjustments" "Adjustments we make for you",
        ReviewDay "review-day" "When we look at this again",
        HowToAppeal "how-to-appeal" "If you disagree",
        Reconsideration "reconsideration" "Asking us to look again",
        Complaint "complaint" "Complaints",
        Ombudsman "ombudsman" "The Ombudsman",
        OtherFormats "other-formats" "Other formats and languages",
        /// What happens after an appeal or a review.
        WhatHappensNext "what-happens-next" "What happens next",
    }
}

/// The parts of each letter, in the order they are printed. A letter with a part missing cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Letters {
    /// The warning letter. Each letter has parts that no pack can leave out, because the customer has to be told; `policy check` names
    /// the one that is missing.
    #[schemars(extend("x-letter" = "warning"))]
    pub warning: Vec<Sourced<LetterPart>>,
    /// The letter that tells the customer of a restriction.
    #[schemars(extend("x-letter" = "restriction-notice"))]
    pub restriction_notice: Vec<Sourced<LetterPart>>,
    /// The letter that says an appeal has come.
    #[schemars(extend("x-letter" = "appeal-received"))]
    pub appeal_received: Vec<Sourced<LetterPart>>,
    /// The letter with the decision on an appeal.
    #[schemars(extend("x-letter" = "appeal-outcome"))]
    pub appeal_outcome: Vec<Sourced<LetterPart>>,
    /// The letter after a review.
    #[schemars(extend("x-letter" = "review-outcome"))]
    pub review_outcome: Vec<Sourced<LetterPart>>,
    /// The letter that says a restriction has ended.
    #[schemars(extend("x-letter" = "lifted"))]
    pub lifted: Vec<Sourced<LetterPart>>,
    /// Whether a notice is also told in person or by phone.
    pub told_as_well: Sourced<ToldAsWell>,
    /// What is told besides of some letters: by whom, within how long, and how that is recorded.
    #[serde(default)]
    pub told: Vec<Told>,
    /// How to ask for another format or language: the words after "You can have this letter …".
    pub other_formats: Sourced<String>,
    /// How letters are sent unless a recorded need asks for another way; by post where nothing is said.
    pub sent_by: Option<Sourced<Vec<Channel>>>,
    /// Who else is told, of which letter, and what lets the landlord do so.
    #[serde(default)]
    pub copies: Vec<Copy>,
    /// Letters of some steps that have parts of their own: a first warning may say less than a final one.
    #[serde(default)]
    pub steps: Vec<StepLetter>,
    /// The landlord's own sentences, printed in its letters as they stand.
    #[serde(default)]
    pub own: Vec<OwnWords>,
    /// Who signs which letter. One that is not named here is signed by whoever took the decision it tells of.
    #[serde(default)]
    pub signed_by: Vec<Signature>,
}

/// The letter of some steps, with parts of its own instead of those of every such letter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepLetter {
    /// Which letter: "warning" or "restriction-notice", for these are sent by a step.
    pub letter: LetterKind,
    /// The steps that send it.
    #[schemars(extend("x-names" = "ladder.steps"))]
    pub steps: Vec<String>,
    /// Its parts, in the order they are printed. The parts that no pack can leave out stay: where one is missing here, the letter has it all
    /// the same.
    pub parts: Vec<LetterPart>,
    pub source: Source,
}

/// What a letter says, told besides by phone or in person. Whoever tells it has a task until it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Told {
    /// Which letter.
    pub letter: LetterKind,
    /// Only where one of these steps sends it; wherever it is sent where none is named. Only for "warning" and "restriction-notice".
    #[serde(default)]
    #[schemars(extend("x-names" = "ladder.steps"))]
    pub steps: Vec<String>,
    /// Who tells it.
    pub by: Who,
    /// Within how long of the day the letter is made.
    pub within: Length,
    /// How it may be told.
    pub how: Vec<ToldHow>,
    /// Whether the letter counts as given only once that is recorded.
    pub recorded: ToldRecord,
    pub source: Source,
}

/// A sentence of the landlord's own in a letter: at the end of one of its parts, or under a heading of its own after that part.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnWords {
    /// Which letter.
    pub letter: LetterKind,
    /// Only where one of these steps sends it; wherever it is sent where none is named. Only for "warning" and "restriction-notice".
    #[serde(default)]
    #[schemars(extend("x-names" = "ladder.steps"))]
    pub steps: Vec<String>,
    /// In which part of the letter it stands, or after which, where it has a heading. Without it: after the last part.
    pub part: Option<LetterPart>,
    /// Its own heading. Needed where it stands in no part.
    pub heading: Option<String>,
    /// What it says, to "you". It is printed as it stands: nothing is filled in.
    pub say: String,
    pub source: Source,
}

/// Who signs a letter. The letter "review-outcome" is every letter by which something goes on, "appeal-received" every one that confirms
/// a request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signature {
    /// Which letter.
    pub letter: LetterKind,
    /// Who signs it.
    pub by: SignedBy,
    /// Where a post signs: which. Where one person here holds it, their name stands above it.
    #[schemars(extend("x-names" = "roles"))]
    pub post: Option<String>,
    /// Where a team signs: its name, as customers read it.
    pub team: Option<String>,
    pub source: Source,
}

/// Somebody besides the customer who is told of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// Which letter.
    pub letter: LetterKind,
    /// Only where one of these steps sends it; wherever it is sent where none is named. Only for "warning" and "restriction-notice".
    #[serde(default)]
    #[schemars(extend("x-names" = "ladder.steps"))]
    pub steps: Vec<String>,
    /// Who is told.
    pub to: Recipient,
    /// Only what they need to know, not the letter itself.
    #[serde(default)]
    pub summary: bool,
    /// What lets the landlord tell them: consent, a contract, a legal duty.
    pub basis: String,
    pub source: Source,
}

labels! {
    /// Somebody besides the customer who is told.
    pub enum Recipient {
        Representative "representative" "The customer's representative",
        Services "services" "Teams that deal with the customer",
        Contractors "contractors" "Contractors who visit the customer",
        ThirdParty "third-party" "Somebody outside the landlord",
    }
}

labels! {
    /// Whether a notice is told as well as written.
    pub enum ToldAsWell {
        IfNeeded "if-needed" "Told as well where needed",
        No "no" "Written only",
    }
}

labels! {
    /// How a letter is told besides.
    pub enum ToldHow {
        Phone "phone" "by phone",
        Person "person" "in person",
    }
}

labels! {
    /// What the record of the telling is for.
    pub enum ToldRecord {
        First "first" "The letter counts as given once that is recorded",
        Noted "noted" "It is noted, and the letter counts all the same",
    }
}

labels! {
    /// Who signs a letter.
    pub enum SignedBy {
        Decider "decider" "Whoever took the decision",
        Post "post" "A post",
        Team "team" "A team",
    }
}

impl LetterKind {
    /// Whether a step of the ladder sends it.
    pub const fn is_of_a_step(self) -> bool {
        matches!(self, Self::Warning | Self::RestrictionNotice)
    }

    /// Whether this letter can say anything in such a part: a pack that asks for more could never send it.
    pub const fn may_have(self, part: LetterPart) -> bool {
        use LetterPart as P;
        match part {
            P::Decision | P::AlwaysOpen | P::Adjustments | P::Reconsideration | P::Complaint => true,
            P::Ombudsman | P::OtherFormats => true,
            P::WhatWeAsk | P::Consequences | P::TalkToUs => matches!(self, Self::Warning),
            P::EarlierWarnings => matches!(self, Self::RestrictionNotice),
            P::Reasons => !matches!(self, Self::AppealReceived),
            P::CustomersAccount => !matches!(self, Self::AppealReceived | Self::Lifted),
            P::Terms | P::Length | P::ReviewDay | P::HowToAppeal => {
                matches!(self, Self::RestrictionNotice | Self::ReviewOutcome | Self::AppealOutcome)
            }
            P::WhatHappensNext => matches!(self, Self::AppealReceived | Self::AppealOutcome | Self::Lifted),
        }
    }
}

impl Letters {
    /// Who signs this letter, where the pack says so.
    pub fn signature(&self, kind: LetterKind) -> Option<&Signature> {
        self.signed_by.iter().find(|one| one.letter == kind)
    }

    /// The parts a letter must have, in order.
    pub fn parts(&self, kind: LetterKind) -> &[Sourced<LetterPart>] {
        match kind {
            LetterKind::Warning => &self.warning,
            LetterKind::RestrictionNotice => &self.restriction_notice,
            LetterKind::AppealReceived => &self.appeal_received,
            LetterKind::AppealOutcome => &self.appeal_outcome,
            LetterKind::ReviewOutcome => &self.review_outcome,
            LetterKind::Lifted => &self.lifted,
        }
    }

    /// The parts of a letter that one of these steps sends, in order: the steps' own list, or that of every such letter.
    pub fn parts_of(&self, kind: LetterKind, steps: &[String]) -> Vec<LetterPart> {
        let own = self.steps.iter().find(|one| one.letter == kind && one.steps.iter().any(|step| steps.contains(step)));
        own.map_or_else(|| self.parts(kind).iter().map(|part| part.value).collect(), |own| own.parts.clone())
    }

    /// How a letter that one of these steps sends is told besides: the first that fits.
    pub fn told_of(&self, kind: LetterKind, steps: &[String]) -> Option<&Told> {
        self.told.iter().find(|one| one.letter == kind && sends(&one.steps, steps))
    }

    /// The landlord's own sentences in a letter that one of these steps sends.
    pub fn own_of<'a>(&'a self, kind: LetterKind, steps: &'a [String]) -> impl Iterator<Item = &'a OwnWords> {
        self.own.iter().filter(move |one| one.letter == kind && sends(&one.steps, steps))
    }
}

impl Told {
    /// "by phone or in person".
    pub fn ways(&self) -> String {
        say::either(&self.how.iter().map(|how| how.title()).collect::<Vec<_>>())
    }
}

impl Copy {
    /// Whether it is of a letter that one of these steps sends.
    pub fn is_of(&self, steps: &[String]) -> bool {
        sends(&self.steps, steps)
    }
}

fn sends(only: &[String], steps: &[String]) -> bool {
    only.is_empty() || only.iter().any(|step| steps.contains(step))
}
