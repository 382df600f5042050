//! How an event reads on a customer's timeline: a heading, a sentence or two, and where the whole of it can be read.

use super::Event;
use crate::rules::id::{AppealId, IncidentId, LetterId, ReconsiderationId, RestrictionId, ReviewId, UndertakingId, WarningId};
use crate::rules::say;
use crate::rules::tone::Tone;

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
    /// A warning that waits for others to agree, or waited.
    WarningRequest(WarningId),
}

impl Event {
    /// How it reads on a timeline.
    pub fn line(&self) -> Line {
        match self {
            Self::ContactLogged { channel, manner, summary, .. } => {
                let tone = if manner == "calm" { Tone::Ok } else { Tone::Quiet };
                line(format!("{channel}, {manner}"), summary, tone, "chat")
            }
            Self::CustomerAdded { .. } => line("⟦Customer⟧ added", "", Tone::Quiet, "user"),
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
            Self::IncidentTogether { incident } => {
                line("Somebody else took part in an incident", "Each of them is decided for alone.", Tone::Quiet, "flag")
                    .to(Link::Incident(*incident))
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
            Self::WarningAsked { request, title } => {
                line(format!("{title} written: it waits for others to agree"), "", Tone::Info, "clock").to(Link::WarningRequest(*request))
            }
            Self::WarningView { request, as_role, view } => {
                line(format!("View given by the {as_role}"), view, Tone::Info, "chat").to(Link::WarningRequest(*request))
            }
            Self::WarningAgreed { request, title, as_role, reasons, more } => {
                let more = if *more { ", more to come" } else { "" };
                line(format!("{title} agreed to by the {as_role}{more}"), reasons, Tone::Info, "decide").to(Link::WarningRequest(*request))
            }
            Self::WarningSentBack { request, title, reasons } => {
                line(format!("{title} sent back before it was given"), reasons, Tone::Quiet, "pen").to(Link::WarningRequest(*request))
            }
            Self::WarningTakenBack { request, title, because } => {
                line(format!("{title} taken back before it was given"), because, Tone::Quiet, "cross").to(Link::WarningRequest(*request))
            }
            Self::WarningWithdrawn { warning, title, because } => {
                line(format!("{title} withdrawn"), because, Tone::Quiet, "care").to(Link::Warning(*warning))
            }
            Self::ProposalOpened { restriction } => line("Assessment begun", "", Tone::Quiet, "pen").to(Link::Restriction(*restriction)),
            Self::AccountRecorded { how, account, .. } => {
                let title = match how.as_str() {
                    "heard" => "The ⟦customer⟧ told us their side",
                    "no-answer" => "The ⟦customer⟧ was asked for their side",
                    _ => "The ⟦customer⟧ was not asked for their side",
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
                line(format!("Approved by the {as_role}, more to come"), reasons, Tone::Info, "decide")
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
            Self::AppealReceived { appeal, via, late, of_length, .. } => {
                let late = if *late { " It came after the last day." } else { "" };
                let title = if *of_length { "Appeal about the length received" } else { "Appeal received" };
                line(title, &format!("{}.{late}", say::sentence(via)), Tone::Info, "scale").to(Link::Appeal(*appeal))
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
            Self::AppealTakenIn { appeal, .. } => {
                let text = "One against the whole decision came. Whoever hears that decides about the length, too.";
                line("Appeal about the length taken into another", text, Tone::Quiet, "scale").to(Link::Appeal(*appeal))
            }
            Self::AppealDecided { appeal, outcome, reasons, .. } => {
                let title = match outcome.as_str() {
                    "uphold" => "Appeal decided: the decision stands",
                    "vary" => "Appeal decided: the terms are changed",
                    "remit" => "Appeal decided: the decision is made again",
                    "as-long" => "Appeal about the length decided: it lasts as long as it did",
                    "sooner" => "Appeal about the length decided: it ends sooner",
                    _ => "Appeal decided: the decision is quashed",
                };
                line(title, reasons, Tone::Info, "scale").to(Link::Appeal(*appeal))
            }
            Self::PromiseKept { restriction, what, due, note } => {
                let text = format!("Due on {}. {what} {note}", say::weekday(*due));
                line("Promise kept", &text, Tone::Ok, "tick").to(Link::Restriction(*restriction))
            }
            Self::PromiseMissed { restriction, what, due } => {
                let title = format!("What we promised was missed on {}", say::weekday(*due));
                line(title, what, Tone::Stop, "stop").to(Link::Restriction(*restriction))
            }
            Self::PromiseTried { restriction, what, due, note } => {
                let text = format!("Due on {}. {what} {note}", say::weekday(*due));
                line("Tried what we promised, and reached nobody", &text, Tone::Care, "clock").to(Link::Restriction(*restriction))
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
                line("The ⟦customer⟧ asked us to look again", &format!("{}. {on}.", say::sentence(via)), Tone::Info, "scale")
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
                line(format!("{name} may speak for the ⟦customer⟧"), relation, Tone::Info, "user")
            }
            Self::RepresentativeEnded { name, because, .. } => {
                line(format!("{name} no longer speaks for the ⟦customer⟧"), because, Tone::Quiet, "user")
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
            Self::ColleagueChanged { name, what, .. } => line(format!("{name}: {what}"), "", Tone::Quiet, "admin"),
            Self::ColleagueLeft { name, successor, .. } => {
                let text = successor.as_ref().map(|to| format!("{to} took over.")).unwrap_or_default();
                line(format!("{name} left"), &text, Tone::Quiet, "admin")
            }
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
