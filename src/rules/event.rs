//! Everything that can happen. A variant's meaning never changes; a new meaning is a new variant. Its sentence is in `event/sentence.rs`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::id::{
    AppealId, ContactId, IncidentId, LetterId, NeedId, PolicyVersionId, ReconsiderationId, RepresentativeId, RestrictionId, ReviewId,
    StaffId, TaskId, UndertakingId, WarningId,
};

mod group;
mod sentence;

pub use group::Group;
pub use sentence::{Line, Link};

/// One thing that happened. Kept as JSON under its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// A customer was added.
    CustomerAdded { customer: Uuid },
    /// What is known of a customer was corrected.
    CustomerCorrected { customer: Uuid },
    /// A contact was logged, calm or not.
    ContactLogged { contact: ContactId, channel: String, manner: String, summary: String },
    /// A warning was spoken during a contact, before an incident was logged.
    CallWarned { customer: Uuid, step: i16 },
    /// The warning just spoken was taken back: it was pressed by mistake.
    CallWarningUndone { customer: Uuid, step: i16 },
    /// A contact was ended by staff.
    CallEnded { customer: Uuid },
    /// An incident was logged.
    IncidentLogged { incident: IncidentId, behaviours: Vec<String>, channel: String, harm: bool },
    /// Something was added beside an incident.
    IncidentNoted { incident: IncidentId },
    /// Somebody else took part: each has an incident of their own.
    IncidentTogether { incident: IncidentId },
    /// A manager decided what follows from an incident.
    IncidentDecided { incident: IncidentId, outcome: String, reasons: String },
    /// A warning was given.
    WarningGiven { warning: WarningId, title: String, form: String },
    /// Steps before a warning were left out, by decision.
    StepLeftOut { warning: WarningId, steps: String, because: String },
    /// A warning was written, and waits for others to agree to it.
    WarningAsked { request: WarningId, title: String },
    /// Somebody asked gave a view on a warning that waits.
    WarningView { request: WarningId, as_role: String, view: String },
    /// Somebody agreed to a warning that waits; whether others still have to.
    WarningAgreed { request: WarningId, title: String, as_role: String, reasons: String, more: bool },
    /// A warning that waited was sent back to whoever wrote it.
    WarningSentBack { request: WarningId, title: String, reasons: String },
    /// A warning was taken back before it was given.
    WarningTakenBack { request: WarningId, title: String, because: String },
    /// A warning was withdrawn.
    WarningWithdrawn { warning: WarningId, title: String, because: String },
    /// A proposal was begun.
    ProposalOpened { restriction: RestrictionId },
    /// The customer's own account was recorded.
    AccountRecorded { restriction: RestrictionId, how: String, account: String },
    /// Somebody else goes on with a proposal.
    ProposalTakenOver { restriction: RestrictionId, from: String, because: String },
    /// A proposal was sent for approval.
    ProposalSent { restriction: RestrictionId },
    /// Questions on a proposal were answered: it went back to whoever asked, and what was approved before them stands.
    ProposalSentOn { restriction: RestrictionId },
    /// Somebody consulted gave a view.
    ViewGiven { restriction: RestrictionId, as_role: String, view: String },
    /// One stage approved, and another is still to come.
    StageApproved { restriction: RestrictionId, as_role: String, reasons: String },
    /// A proposal went back with questions.
    ProposalSentBack { restriction: RestrictionId, questions: String },
    /// A proposal was declined: contact stays as it was.
    ProposalDeclined { restriction: RestrictionId, reasons: String },
    /// A restriction took effect.
    RestrictionApproved { restriction: RestrictionId, word: String, until: Option<NaiveDate>, reasons: String },
    /// The terms of a restriction were changed.
    RestrictionVaried { restriction: RestrictionId, word: String, reasons: String },
    /// A restriction was moved to a later version of the policy; what its letters promised stays.
    RestrictionMoved { restriction: RestrictionId, word: String, to: i32, reasons: String },
    /// A restriction was lifted.
    RestrictionLifted { restriction: RestrictionId, word: String, reasons: String },
    /// A restriction ended by itself: its review was missed, and its policy lets it lapse.
    RestrictionLapsed { restriction: RestrictionId, word: String, due: NaiveDate },
    /// A restriction was quashed on appeal: it should not have been.
    RestrictionQuashed { restriction: RestrictionId, word: String, reasons: String },
    /// A review was held.
    ReviewHeld { review: ReviewId, restriction: RestrictionId, outcome: String, reasons: String, next: Option<NaiveDate> },
    /// The customer signed the undertaking after which a restriction ends.
    UndertakingSigned { undertaking: UndertakingId, restriction: RestrictionId, on: NaiveDate },
    /// An undertaking was not signed before somebody decided anew.
    UndertakingNotSigned { restriction: RestrictionId },
    /// An appeal was received.
    AppealReceived {
        appeal: AppealId,
        restriction: RestrictionId,
        via: String,
        late: bool,
        /// It is only about how long the restriction runs.
        #[serde(default)]
        of_length: bool,
    },
    /// An appeal that came late is heard after all.
    AppealAdmitted { appeal: AppealId, restriction: RestrictionId, reasons: String },
    /// An appeal that came late was refused for that alone.
    AppealOutOfTime { appeal: AppealId, restriction: RestrictionId, reasons: String },
    /// An appeal was closed without a decision, because what it was against ended first.
    AppealOvertaken { appeal: AppealId, restriction: RestrictionId, word: String },
    /// An appeal about the length alone was closed, because one against the whole came.
    AppealTakenIn { appeal: AppealId, restriction: RestrictionId },
    /// An appeal was decided.
    AppealDecided { appeal: AppealId, restriction: RestrictionId, outcome: String, reasons: String },
    /// An appeal against a warning was received.
    WarningAppealReceived { warning: WarningId, title: String, via: String, late: bool },
    /// An appeal against a warning was decided, or not heard because it came late.
    WarningAppealDecided { warning: WarningId, title: String, outcome: String, reasons: String },
    /// The customer asked us to look again at a restriction, on these of the policy's grounds.
    ReconsiderationReceived { reconsideration: ReconsiderationId, restriction: RestrictionId, via: String, grounds: Vec<String> },
    /// A request to look again was answered.
    ReconsiderationAnswered { reconsideration: ReconsiderationId, restriction: RestrictionId, answer: String, reasons: String },
    /// A request to look again was closed without an answer, because what it was about ended first.
    ReconsiderationOvertaken { reconsideration: ReconsiderationId, restriction: RestrictionId, word: String },
    /// What a term promises of ours was kept.
    PromiseKept { restriction: RestrictionId, what: String, due: NaiveDate, note: String },
    /// The day of what a term promises of ours went by without it.
    PromiseMissed { restriction: RestrictionId, what: String, due: NaiveDate },
    /// It was tried on its day, and nobody was reached: it is owed still.
    PromiseTried { restriction: RestrictionId, what: String, due: NaiveDate, note: String },
    /// The customer asked for a review before its day.
    EarlyReviewAsked { review: ReviewId, promised: bool, why: String },
    /// A meeting looked at the whole register, this restriction among it.
    RegisterLookedAt { restriction: RestrictionId, meeting: String, held_on: NaiveDate, minute: String },
    /// The same, with what the meeting minuted of it.
    RegisterMinuted { restriction: RestrictionId, meeting: String, held_on: NaiveDate, minute: String, outcome: String, note: String },
    /// A letter was made.
    LetterMade { letter: LetterId, title: String },
    /// A letter was sent.
    LetterSent { letter: LetterId, title: String, via: String },
    /// Somebody besides the customer is to be told of a letter.
    CopyMade { letter: LetterId, title: String, to: String, basis: String },
    /// Somebody the policy would have told of a letter is not told.
    CopyNotMade { letter: LetterId, title: String, to: String, why: String },
    /// Somebody besides the customer was told of a letter.
    CopySent { letter: LetterId, title: String, to: String, via: String, on: NaiveDate, basis: String },
    /// An adjustment was noted.
    NeedNoted { need: NeedId, title: String, to_do: String },
    /// An adjustment was ended.
    NeedEnded { need: NeedId, title: String, because: String },
    /// Somebody may speak for the customer.
    RepresentativeAdded { representative: RepresentativeId, name: String, relation: String },
    /// Somebody may no longer speak for the customer.
    RepresentativeEnded { representative: RepresentativeId, name: String, because: String },
    /// A task was done: a colleague seen, the police told.
    TaskDone { task: TaskId, about: Uuid, what: String, note: String },
    /// A task was looked at and left, with the reason: the police not told, where the policy only asks to think of it.
    TaskLeft { task: TaskId, about: Uuid, what: String, because: String },
    /// A reminder went out.
    Reminded { subject: Uuid, what: String, to: String },
    /// Somebody handed their deciding to a colleague for a time.
    DecidingHandedOver { delegation: Uuid, to: String, starts: NaiveDate, until: NaiveDate },
    /// Somebody decided because another had handed their deciding to them.
    DecidedInPlaceOf { subject: Uuid, whose: String },
    /// They took it back.
    DecidingTakenBack { delegation: Uuid },
    /// Something about a colleague was changed.
    ColleagueChanged { staff: StaffId, name: String, what: String },
    /// A colleague left; whoever took over, where there was anything to take over.
    ColleagueLeft { staff: StaffId, name: String, successor: Option<String> },
    /// A version of the policy was brought.
    PolicyBrought { policy: PolicyVersionId, number: i32, note: String },
    /// A version was checked, and asked for from a day.
    PolicyAskedFor { policy: PolicyVersionId, number: i32, from: NaiveDate },
    /// A version was published by a second person.
    PolicyPublished { policy: PolicyVersionId, number: i32, from: NaiveDate },
    /// A version was withdrawn before it took effect.
    PolicyWithdrawn { policy: PolicyVersionId, number: i32, because: String },
}

impl Event {
    /// The kind, as the database keeps it.
    pub fn kind(&self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value["kind"].as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What it happened to.
    pub fn subject(&self) -> Uuid {
        match self {
            Self::ContactLogged { contact, .. } => contact.0,
            Self::CustomerAdded { customer } | Self::CustomerCorrected { customer } => *customer,
            Self::CallWarned { customer, .. } | Self::CallWarningUndone { customer, .. } | Self::CallEnded { customer } => *customer,
            Self::IncidentLogged { incident, .. }
            | Self::IncidentNoted { incident }
            | Self::IncidentTogether { incident }
            | Self::IncidentDecided { incident, .. } => incident.0,
            Self::WarningGiven { warning, .. }
            | Self::StepLeftOut { warning, .. }
            | Self::WarningWithdrawn { warning, .. }
            | Self::WarningAppealReceived { warning, .. }
            | Self::WarningAppealDecided { warning, .. } => warning.0,
            Self::WarningAsked { request, .. }
            | Self::WarningView { request, .. }
            | Self::WarningAgreed { request, .. }
            | Self::WarningSentBack { request, .. }
            | Self::WarningTakenBack { request, .. } => request.0,
            Self::ProposalOpened { restriction }
            | Self::AccountRecorded { restriction, .. }
            | Self::ProposalTakenOver { restriction, .. }
            | Self::ProposalSent { restriction }
            | Self::ProposalSentOn { restriction }
            | Self::ViewGiven { restriction, .. }
            | Self::StageApproved { restriction, .. }
            | Self::ProposalSentBack { restriction, .. }
            | Self::ProposalDeclined { restriction, .. }
            | Self::RestrictionApproved { restriction, .. }
            | Self::RestrictionVaried { restriction, .. }
            | Self::PromiseKept { restriction, .. }
            | Self::PromiseMissed { restriction, .. }
            | Self::PromiseTried { restriction, .. }
            | Self::RestrictionMoved { restriction, .. }
            | Self::RestrictionLifted { restriction, .. }
            | Self::RestrictionLapsed { restriction, .. }
            | Self::RegisterLookedAt { restriction, .. }
            | Self::RegisterMinuted { restriction, .. }
            | Self::UndertakingSigned { restriction, .. }
            | Self::UndertakingNotSigned { restriction }
            | Self::RestrictionQuashed { restriction, .. } => restriction.0,
            Self::ReviewHeld { review, .. } | Self::EarlyReviewAsked { review, .. } => review.0,
            Self::AppealReceived { appeal, .. }
            | Self::AppealAdmitted { appeal, .. }
            | Self::AppealOutOfTime { appeal, .. }
            | Self::AppealOvertaken { appeal, .. }
            | Self::AppealTakenIn { appeal, .. }
            | Self::AppealDecided { appeal, .. } => appeal.0,
            Self::ReconsiderationReceived { reconsideration, .. }
            | Self::ReconsiderationAnswered { reconsideration, .. }
            | Self::ReconsiderationOvertaken { reconsideration, .. } => reconsideration.0,
            Self::LetterMade { letter, .. }
            | Self::LetterSent { letter, .. }
            | Self::CopyMade { letter, .. }
            | Self::CopyNotMade { letter, .. }
            | Self::CopySent { letter, .. } => letter.0,
            Self::NeedNoted { need, .. } | Self::NeedEnded { need, .. } => need.0,
            Self::RepresentativeAdded { representative, .. } | Self::RepresentativeEnded { representative, .. } => representative.0,
            Self::TaskDone { about, .. } | Self::TaskLeft { about, .. } => *about,
            Self::Reminded { subject, .. } | Self::DecidedInPlaceOf { subject, .. } => *subject,
            Self::DecidingHandedOver { delegation, .. } | Self::DecidingTakenBack { delegation } => *delegation,
            Self::ColleagueChanged { staff, .. } | Self::ColleagueLeft { staff, .. } => staff.0,
            Self::PolicyBrought { policy, .. }
            | Self::PolicyAskedFor { policy, .. }
            | Self::PolicyPublished { policy, .. }
            | Self::PolicyWithdrawn { policy, .. } => policy.0,
        }
    }
}
