//! Everything that can happen, and its sentence. A variant's meaning never changes; a new meaning is a new variant.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::id::{
    AppealId, ContactId, IncidentId, LetterId, NeedId, PolicyVersionId, ReconsiderationId, RepresentativeId, RestrictionId, ReviewId,
    TaskId, UndertakingId, WarningId,
};
use super::say;
use super::tone::Tone;

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
    /// A manager decided what follows from an incident.
    IncidentDecided { incident: IncidentId, outcome: String, reasons: String },
    /// A warning was given.
    WarningGiven { warning: WarningId, title: String, form: String },
    /// Steps before a warning were left out, by decision.
    StepLeftOut { warning: WarningId, steps: String, because: String },
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
    AppealReceived { appeal: AppealId, restriction: RestrictionId, via: String, late: bool },
    /// An appeal that came late is heard after all.
    AppealAdmitted { appeal: AppealId, restriction: RestrictionId, reasons: String },
    /// An appeal that came late was refused for that alone.
    AppealOutOfTime { appeal: AppealId, restriction: RestrictionId, reasons: String },
    /// An appeal was closed without a decision, because what it was against ended first.
    AppealOvertaken { appeal: AppealId, restriction: RestrictionId, word: String },
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
    /// A version of the policy was brought.
    PolicyBrought { policy: PolicyVersionId, number: i32, note: String },
    /// A version was checked, and asked for from a day.
    PolicyAskedFor { policy: PolicyVersionId, number: i32, from: NaiveDate },
    /// A version was published by a second person.
    PolicyPublished { policy: PolicyVersionId, number: i32, from: NaiveDate },
    /// A version was withdrawn before it took effect.
    PolicyWithdrawn { policy: PolicyVersionId, number: i32, because: String },
}

/// How an event reads on the customer's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its heading.
    pub title: String,
    /// One or two sentences more; may be empty.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
    /// Its icon's name.
    pub icon: &'static str,
    /// Where it can be read in full.
    pub link: Option<Link>,
}

/// The record an event leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// An incident.
    Incident(IncidentId),
    /// A letter.
    Letter(LetterId),
    /// A restriction.
    Restriction(RestrictionId),
    /// An appeal.
    Appeal(AppealId),
    /// A request to look again.
    Reconsideration(ReconsiderationId),
    /// A review.
    Review(ReviewId),
    /// An undertaking.
    Undertaking(UndertakingId),
    /// A warning.
    Warning(WarningId),
}

/// The groups a timeline can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Incidents and warnings during contacts.
    Incidents,
    /// Contacts.
    Contacts,
    /// Decisions.
    Decisions,
    /// Letters.
    Letters,
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
            Self::IncidentLogged { incident, .. } | Self::IncidentNoted { incident } | Self::IncidentDecided { incident, .. } => incident.0,
            Self::WarningGiven { warning, .. }
            | Self::StepLeftOut { warning, .. }
            | Self::WarningWithdrawn { warning, .. }
            | Self::WarningAppealReceived { warning, .. }
            | Self::WarningAppealDecided { warning, .. } => warning.0,
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
            Self::PolicyBrought { policy, .. }
            | Self::PolicyAskedFor { policy, .. }
            | Self::PolicyPublished { policy, .. }
            | Self::PolicyWithdrawn { policy, .. } => policy.0,
        }
    }

    /// How it reads on a timeline.
    pub fn line(&self) -> Line {
        match self {
            Self::ContactLogged { channel, manner, summary, .. } => {
                let tone = if manner == "calm" { Tone::Ok } else { Tone::Quiet };
                line(format!("{channel}, {manner}"), summary, tone, "chat")
            }
            Self::CustomerAdded { .. } => line("Customer added", "", Tone::Quiet, "user"),
            Self::CustomerCorrected { .. } => line("Details corrected", "", Tone::Quiet, "pen"),
            Self::CallWarned { step, .. } => line(format!("Warning {step} spoken during a contact"), "", Tone::Care, "care"),
            Self::CallWarningUndone { step: 0, .. } => line("Ending of a contact taken back", "Marked by mistake.", Tone::Quiet, "phone"),
            Self::CallWarningUndone { step, .. } => line(format!("Warning {step} taken back"), "Marked by mistake.", Tone::Quiet, "care"),
            Self::CallEnded { .. } => line("Contact ended by staff", "", Tone::Stop, "phone"),
            Self::IncidentLogged { incident, behaviours, channel, harm } => {
                let more = if *harm { " Somebody was threatened or hurt." } else { "" };
                let text = format!("{}.{more}", say::list(behaviours));
                line(format!("Incident: {channel}"), &text, Tone::Stop, "flag").to(Link::Incident(*incident))
            }
            Self::IncidentNoted { incident } => line("Note added to an incident", "", Tone::Quiet, "pen").to(Link::Incident(*incident)),
            Self::IncidentDecided { incident, outcome, reasons } => {
                let title = match outcome.as_str() {
                    "no-action" => "Incident read: no action",
                    "warning" => "Incident read: a warning follows",
                    _ => "Incident read: an assessment follows",
                };
                line(title, reasons, Tone::Info, "decide").to(Link::Incident(*incident))
            }
            Self::WarningGiven { warning, title, form } => {
                line(format!("{title} given, {form}"), "", Tone::Care, "care").to(Link::Warning(*warning))
            }
            Self::StepLeftOut { warning, steps, because } => {
                line(format!("{} left out", say::sentence(steps)), because, Tone::Care, "decide").to(Link::Warning(*warning))
            }
            Self::WarningWithdrawn { warning, title, because } => {
                line(format!("{title} withdrawn"), because, Tone::Quiet, "care").to(Link::Warning(*warning))
            }
            Self::ProposalOpened { restriction } => line("Assessment begun", "", Tone::Quiet, "pen").to(Link::Restriction(*restriction)),
            Self::AccountRecorded { how, account, .. } => {
                let title = match how.as_str() {
                    "heard" => "The customer told us their side",
                    "no-answer" => "The customer was asked for their side",
                    _ => "The customer was not asked for their side",
                };
                line(title, account, Tone::Info, "chat")
            }
            Self::ProposalTakenOver { restriction, from, because } => {
                line(format!("Proposal taken over from {from}"), because, Tone::Info, "pen").to(Link::Restriction(*restriction))
            }
            Self::ProposalSent { restriction } => {
                line("Proposal sent for approval", "", Tone::Info, "clock").to(Link::Restriction(*restriction))
            }
            Self::ProposalSentOn { restriction } => {
                let text = "It goes to whoever asked. What was approved before them stands, because what is asked for is the same.";
                line("Questions answered", text, Tone::Info, "clock").to(Link::Restriction(*restriction))
            }
            Self::ViewGiven { as_role, view, .. } => line(format!("View given by the {as_role}"), view, Tone::Info, "chat"),
            Self::StageApproved { as_role, reasons, .. } => {
                line(format!("Approved by the {as_role}, one more to come"), reasons, Tone::Info, "decide")
            }
            Self::ProposalSentBack { restriction, questions } => {
                line("Proposal sent back with questions", questions, Tone::Care, "pen").to(Link::Restriction(*restriction))
            }
            Self::ProposalDeclined { restriction, reasons } => {
                line("Proposal declined: contact stays as it was", reasons, Tone::Ok, "decide").to(Link::Restriction(*restriction))
            }
            Self::RestrictionApproved { restriction, word, until, reasons } => {
                let until = until.map_or_else(|| "with no last day".to_owned(), |day| format!("until {}", say::day(day)));
                line(format!("{} approved, {until}", say::sentence(word)), reasons, Tone::Care, "decide")
                    .to(Link::Restriction(*restriction))
            }
            Self::RestrictionVaried { restriction, word, reasons } => {
                line(format!("{} changed", say::sentence(word)), reasons, Tone::Care, "decide").to(Link::Restriction(*restriction))
            }
            Self::RestrictionMoved { restriction, word, to, reasons } => {
                line(format!("{} moved to version {to} of the policy", say::sentence(word)), reasons, Tone::Info, "book")
                    .to(Link::Restriction(*restriction))
            }
            Self::RestrictionLifted { restriction, word, reasons } => {
                line(format!("{} ended", say::sentence(word)), reasons, Tone::Ok, "decide").to(Link::Restriction(*restriction))
            }
            Self::RestrictionLapsed { restriction, word, due } => {
                let text = format!("Its review was due on {} and was not held.", say::day(*due));
                line(format!("{} ended by itself", say::sentence(word)), &text, Tone::Ok, "clock").to(Link::Restriction(*restriction))
            }
            Self::RestrictionQuashed { restriction, word, reasons } => {
                line(format!("{} quashed on appeal", say::sentence(word)), reasons, Tone::Ok, "scale").to(Link::Restriction(*restriction))
            }
            Self::ReviewHeld { review, outcome, reasons, next, .. } => {
                let title = match outcome.as_str() {
                    "continue" => "Review held: it continues",
                    "vary" => "Review held: it is changed",
                    "lift-on-undertaking" => "Review held: it ends once an undertaking is signed",
                    _ => "Review held: it ends",
                };
                let next = next.map(|day| format!(" Next review {}.", say::day(day))).unwrap_or_default();
                line(title, &format!("{reasons}{next}"), Tone::Info, "clock").to(Link::Review(*review))
            }
            Self::UndertakingSigned { undertaking, on, .. } => {
                line("Undertaking signed", &format!("On {}.", say::day(*on)), Tone::Ok, "pen").to(Link::Undertaking(*undertaking))
            }
            Self::UndertakingNotSigned { restriction } => {
                line("Undertaking not signed", "It was looked at again without it.", Tone::Quiet, "pen").to(Link::Restriction(*restriction))
            }
            Self::AppealReceived { appeal, via, late, .. } => {
                let late = if *late { " It came after the last day." } else { "" };
                line("Appeal received", &format!("{}.{late}", say::sentence(via)), Tone::Info, "scale").to(Link::Appeal(*appeal))
            }
            Self::AppealAdmitted { appeal, reasons, .. } => {
                line("Late appeal heard after all", reasons, Tone::Info, "scale").to(Link::Appeal(*appeal))
            }
            Self::AppealOutOfTime { appeal, reasons, .. } => {
                line("Appeal not heard: it came late", reasons, Tone::Quiet, "scale").to(Link::Appeal(*appeal))
            }
            Self::AppealOvertaken { appeal, word, .. } => {
                let text = format!("The {word} it was against ended before anybody decided it. The letter about the end says so.");
                line("Appeal closed without a decision", &text, Tone::Quiet, "scale").to(Link::Appeal(*appeal))
            }
            Self::AppealDecided { appeal, outcome, reasons, .. } => {
                let title = match outcome.as_str() {
                    "uphold" => "Appeal decided: the decision stands",
                    "vary" => "Appeal decided: the terms are changed",
                    _ => "Appeal decided: the decision is quashed",
                };
                line(title, reasons, Tone::Info, "scale").to(Link::Appeal(*appeal))
            }
            Self::WarningAppealReceived { warning, title, via, late } => {
                let late = if *late { " It came after the last day." } else { "" };
                line(format!("Appeal against “{title}” received"), &format!("{}.{late}", say::sentence(via)), Tone::Info, "scale")
                    .to(Link::Warning(*warning))
            }
            Self::WarningAppealDecided { warning, title, outcome, reasons } => {
                let what = match outcome.as_str() {
                    "uphold" => "it stays",
                    "quash" => "it is withdrawn",
                    _ => "it came too late",
                };
                line(format!("Appeal against “{title}” decided: {what}"), reasons, Tone::Info, "scale").to(Link::Warning(*warning))
            }
            Self::ReconsiderationReceived { reconsideration, via, grounds, .. } => {
                let on = if grounds.is_empty() { "None of the policy’s grounds".to_owned() } else { say::sentence(&say::list(grounds)) };
                line("The customer asked us to look again", &format!("{}. {on}.", say::sentence(via)), Tone::Info, "scale")
                    .to(Link::Reconsideration(*reconsideration))
            }
            Self::ReconsiderationAnswered { reconsideration, answer, reasons, .. } => {
                let title = match answer.as_str() {
                    "keep" => "Looked at again: it stays as it is",
                    "vary" => "Looked at again: it changes",
                    "lift" => "Looked at again: it ends",
                    _ => "Not looked at again: no ground was given",
                };
                line(title, reasons, Tone::Info, "scale").to(Link::Reconsideration(*reconsideration))
            }
            Self::ReconsiderationOvertaken { reconsideration, word, .. } => {
                let text = format!("The {word} it was about ended before anybody answered it. The letter about the end says so.");
                line("Request to look again closed", &text, Tone::Quiet, "scale").to(Link::Reconsideration(*reconsideration))
            }
            Self::EarlyReviewAsked { review, promised, why } => {
                let title = match promised {
                    true => "Early review asked for, as the policy promises",
                    false => "Early review asked for, sooner than the policy promises one",
                };
                line(title, why, Tone::Info, "clock").to(Link::Review(*review))
            }
            Self::RegisterLookedAt { restriction, meeting, held_on, minute } => {
                let text = format!("Held on {}; minute {minute}. Every one in force was looked at.", say::day(*held_on));
                line(format!("Looked at in the {meeting}"), &text, Tone::Quiet, "clock").to(Link::Restriction(*restriction))
            }
            Self::RegisterMinuted { restriction, meeting, held_on, minute, outcome, note } => {
                let title = match outcome.as_str() {
                    "" => format!("Looked at in the {meeting}"),
                    outcome => format!("{}: {outcome}", say::sentence(meeting)),
                };
                let text = format!("Held on {}; minute {minute}. {note}", say::day(*held_on));
                line(title, text.trim(), Tone::Info, "clock").to(Link::Restriction(*restriction))
            }
            Self::LetterMade { letter, title } => {
                line(format!("Letter made: {title}"), "", Tone::Quiet, "letter").to(Link::Letter(*letter))
            }
            Self::LetterSent { letter, title, via } => {
                line(format!("Letter sent: {title}"), &format!("By {via}."), Tone::Quiet, "letter").to(Link::Letter(*letter))
            }
            Self::CopyMade { letter, title, to, basis } => {
                line(format!("{title} made for {to}"), &format!("Why they are told: {basis}."), Tone::Quiet, "share")
                    .to(Link::Letter(*letter))
            }
            Self::CopyNotMade { letter, title, to, why } => {
                line(format!("{to} not told: {title}"), why, Tone::Care, "share").to(Link::Letter(*letter))
            }
            Self::CopySent { letter, title, to, via, on, basis } => {
                let text = format!("By {via}, {}. Why they are told: {basis}.", say::day(*on));
                line(format!("{title} sent to {to}"), &text, Tone::Quiet, "share").to(Link::Letter(*letter))
            }
            Self::NeedNoted { title, to_do, .. } => line(format!("Adjustment noted: {title}"), to_do, Tone::Info, "ear"),
            Self::NeedEnded { title, because, .. } => line(format!("Adjustment ended: {title}"), because, Tone::Quiet, "ear"),
            Self::RepresentativeAdded { name, relation, .. } => {
                line(format!("{name} may speak for the customer"), relation, Tone::Info, "user")
            }
            Self::RepresentativeEnded { name, because, .. } => {
                line(format!("{name} no longer speaks for the customer"), because, Tone::Quiet, "user")
            }
            Self::TaskDone { what, note, .. } => line(format!("{} done", say::sentence(what)), note, Tone::Ok, "tick"),
            Self::TaskLeft { what, because, .. } => line(format!("{}: decided not to", say::sentence(what)), because, Tone::Quiet, "cross"),
            Self::Reminded { what, to, .. } => line(format!("Reminder sent: {what}"), &format!("To {to}."), Tone::Quiet, "clock"),
            Self::DecidingHandedOver { to, starts, until, .. } => {
                let days = format!("From {} until {}.", say::day(*starts), say::day(*until));
                line(format!("Deciding handed to {to}"), &days, Tone::Info, "decide")
            }
            Self::DecidedInPlaceOf { whose, .. } => {
                line(format!("Decided in the place of {whose}"), "They had handed over their deciding.", Tone::Quiet, "decide")
            }
            Self::DecidingTakenBack { .. } => line("Deciding taken back", "", Tone::Quiet, "decide"),
            Self::PolicyBrought { number, note, .. } => line(format!("Version {number} brought as a draft"), note, Tone::Quiet, "file"),
            Self::PolicyAskedFor { number, from, .. } => {
                line(format!("Version {number} checked, and asked for from {}", say::day(*from)), "", Tone::Info, "clock")
            }
            Self::PolicyPublished { number, from, .. } => {
                line(format!("Version {number} published, in force from {}", say::day(*from)), "", Tone::Ok, "decide")
            }
            Self::PolicyWithdrawn { number, because, .. } => line(format!("Version {number} withdrawn"), because, Tone::Quiet, "cross"),
        }
    }

    /// The kinds of a group, for a filter.
    pub fn kinds_of(group: Group) -> &'static [&'static str] {
        match group {
            Group::Incidents => &["incident-logged", "incident-noted", "call-warned", "call-warning-undone", "call-ended"],
            Group::Contacts => &["contact-logged", "account-recorded"],
            Group::Decisions => &[
                "incident-decided",
                "warning-given",
                "step-left-out",
                "warning-withdrawn",
                "proposal-taken-over",
                "proposal-sent",
                "view-given",
                "stage-approved",
                "proposal-sent-back",
                "proposal-declined",
                "restriction-approved",
                "restriction-varied",
                "restriction-moved",
                "restriction-lifted",
                "restriction-lapsed",
                "restriction-quashed",
                "review-held",
                "decided-in-place-of",
                "undertaking-signed",
                "undertaking-not-signed",
                "appeal-received",
                "appeal-admitted",
                "appeal-out-of-time",
                "appeal-overtaken",
                "appeal-decided",
                "warning-appeal-received",
                "warning-appeal-decided",
                "reconsideration-received",
                "reconsideration-answered",
                "reconsideration-overtaken",
                "early-review-asked",
                "register-looked-at",
                "register-minuted",
            ],
            Group::Letters => &["letter-made", "letter-sent", "copy-made", "copy-not-made", "copy-sent"],
        }
    }
}

impl Line {
    fn to(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }
}

fn line(title: impl Into<String>, text: &str, tone: Tone, icon: &'static str) -> Line {
    Line { title: title.into(), text: text.to_owned(), tone, icon, link: None }
}
