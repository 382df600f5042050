//! Every address as a type: the route, the link and the redirect from one line. No name, phone number or reason is ever in one.

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use super::fault::Fault;
use crate::rules::id::{
    AppealId, IncidentId, LetterCopyId, LetterId, MessageId, NeedId, PolicyVersionId, ReconsiderationId, RepresentativeId, RestrictionId,
    ReviewId, TaskId, UndertakingId, WarningId,
};

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident = $path:literal { $($field:ident: $kind:ty),* };)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, TypedPath, Deserialize)]
        #[typed_path($path, rejection(Fault))]
        pub struct $name { $(#[allow(missing_docs)] pub $field: $kind),* }
    )+};
}

/// A short name in an address: lower-case letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Word(pub String);

impl TryFrom<String> for Word {
    type Error = &'static str;

    /// Anything else names nothing, and never reaches the database.
    fn try_from(typed: String) -> Result<Self, Self::Error> {
        let fits =
            (1..=60).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(typed)) } else { Err("a short name is lower-case letters, digits and hyphens") }
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A customer's reference, as it is spoken: ten digits in groups.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Ref(pub String);

impl TryFrom<String> for Ref {
    type Error = &'static str;

    /// Anything but digits in groups names nobody, and never reaches the database.
    fn try_from(typed: String) -> Result<Self, Self::Error> {
        let fits = (1..=20).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(typed)) } else { Err("a reference is ten digits in groups") }
    }
}

impl std::fmt::Display for Ref {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

paths! {
    /// Mail that was given up.
    AdminMail = "/admin/mail" {};
    /// Sends one of them again.
    AdminMailAgain = "/admin/mail/{id}/again" { id: MessageId };
    /// Leads to my work.
    Home = "/" {};
    /// The form to sign in, and its answer.
    SignIn = "/sign-in" {};
    /// Who helps when one cannot sign in.
    SignInHelp = "/sign-in/help" {};
    /// Ends this sign-in.
    SignOut = "/sign-out" {};
    /// Ends every sign-in of this person.
    SignOutEverywhere = "/sign-out/everywhere" {};
    /// What waits for me.
    MyWork = "/my-work" {};
    /// One task, marked as done with what came of it.
    TaskDone = "/my-work/{id}" { id: TaskId };
    /// The lookup.
    Check = "/check" {};
    /// Several matches, or none.
    CheckResults = "/check/results" {};
    /// Everybody on record.
    Customers = "/customers" {};
    /// Add a customer.
    CustomerNew = "/customers/new" {};
    /// A customer's record.
    Customer = "/customers/{customer}" { customer: Ref };
    /// Correct what is known of a customer.
    CustomerDetails = "/customers/{customer}/details" { customer: Ref };
    /// What may I do now.
    Contact = "/customers/{customer}/contact" { customer: Ref };
    /// Log a contact.
    ContactNew = "/customers/{customer}/contacts/new" { customer: Ref };
    /// A warning spoken during a contact, at this moment; or the ending of it.
    CallSteps = "/customers/{customer}/warnings" { customer: Ref };
    /// The customer's incidents.
    CustomerIncidents = "/customers/{customer}/incidents" { customer: Ref };
    /// Log an incident with this customer.
    IncidentNewFor = "/customers/{customer}/incidents/new" { customer: Ref };
    /// Keeps what was typed about an incident until it is logged.
    IncidentDraft = "/customers/{customer}/incidents/draft" { customer: Ref };
    /// Throws that away.
    IncidentDraftEnd = "/customers/{customer}/incidents/draft/end" { customer: Ref };
    /// The customer's restrictions, past and present.
    CustomerRestriction = "/customers/{customer}/restriction" { customer: Ref };
    /// The customer's letters.
    CustomerLetters = "/customers/{customer}/letters" { customer: Ref };
    /// The customer's adjustments, and who may speak for them.
    CustomerAdjustments = "/customers/{customer}/adjustments" { customer: Ref };
    /// Ends an adjustment.
    AdjustmentEnd = "/customers/{customer}/adjustments/{id}/end" { customer: Ref, id: NeedId };
    /// Adds somebody who may speak for the customer.
    Representatives = "/customers/{customer}/representatives" { customer: Ref };
    /// Ends that.
    RepresentativeEnd = "/customers/{customer}/representatives/{id}/end" { customer: Ref, id: RepresentativeId };
    /// Who has looked at this record.
    CustomerAccess = "/customers/{customer}/access" { customer: Ref };
    /// All incidents; an adviser's own.
    Incidents = "/incidents" {};
    /// What was learnt from incidents in the last twelve months.
    IncidentLessons = "/incidents/lessons" {};
    /// Log an incident, finding the customer first.
    IncidentNew = "/incidents/new" {};
    /// One incident.
    Incident = "/incidents/{id}" { id: IncidentId };
    /// Adds a note beside it.
    IncidentNotes = "/incidents/{id}/notes" { id: IncidentId };
    /// Somebody else took part in it: find them.
    IncidentTogether = "/incidents/{id}/together" { id: IncidentId };
    /// A manager's decision on it.
    IncidentDecision = "/incidents/{id}/decision" { id: IncidentId };
    /// Give a formal warning; the customer by reference in the query.
    WarningNew = "/warnings/new" {};
    /// One warning.
    Warning = "/warnings/{id}" { id: WarningId };
    /// Withdraws it.
    WarningWithdrawal = "/warnings/{id}/withdrawal" { id: WarningId };
    /// An appeal against it: logged and read here.
    WarningAppeal = "/warnings/{id}/appeal" { id: WarningId };
    /// Decides that.
    WarningAppealDecision = "/warnings/{id}/appeal/decision" { id: WarningId };
    /// A warning that waits for others to agree: read, agreed to or sent back here.
    WarningRequest = "/warning-requests/{id}" { id: WarningId };
    /// Whoever wrote it takes it back.
    WarningRequestEnd = "/warning-requests/{id}/end" { id: WarningId };
    /// Whoever wrote it notes that it was said, or went in another letter, once it is agreed to.
    WarningRequestGiving = "/warning-requests/{id}/giving" { id: WarningId };
    /// Begin a proposal; the customer by reference in the form.
    Proposals = "/proposals" {};
    /// A proposal's list of what is done and what is left.
    Proposal = "/proposals/{id}" { id: RestrictionId };
    /// Takes it over from somebody who is away.
    ProposalTaking = "/proposals/{id}/proposer" { id: RestrictionId };
    /// What it rests on.
    ProposalEvidence = "/proposals/{id}/evidence" { id: RestrictionId };
    /// The customer's own account.
    ProposalAccount = "/proposals/{id}/account" { id: RestrictionId };
    /// Needs, circumstances and equality.
    ProposalAdjustments = "/proposals/{id}/adjustments" { id: RestrictionId };
    /// The terms.
    ProposalTerms = "/proposals/{id}/terms" { id: RestrictionId };
    /// The letter as it would be.
    ProposalLetter = "/proposals/{id}/letter" { id: RestrictionId };
    /// Check everything and send it for approval.
    ProposalCheck = "/proposals/{id}/check" { id: RestrictionId };
    /// Proposals waiting for a decision.
    Approvals = "/approvals" {};
    /// Decide on one.
    Approval = "/approvals/{id}" { id: RestrictionId };
    /// One restriction.
    Restriction = "/restrictions/{id}" { id: RestrictionId };
    /// Ends it early.
    RestrictionEnd = "/restrictions/{id}/end" { id: RestrictionId };
    /// Reviews due.
    Reviews = "/reviews" {};
    /// The whole register together, and the meetings over it.
    ReviewMeetings = "/reviews/meetings" {};
    /// Hold one.
    Review = "/reviews/{id}" { id: ReviewId };
    /// The customer asks for one before its day.
    ReviewRequest = "/reviews/{id}/request" { id: ReviewId };
    /// What a customer is asked to sign before a restriction ends; and that they signed it.
    Undertaking = "/undertakings/{id}" { id: UndertakingId };
    /// Appeals open and decided.
    Appeals = "/appeals" {};
    /// Log an appeal; the restriction by id in the query.
    AppealNew = "/appeals/new" {};
    /// One appeal.
    Appeal = "/appeals/{id}" { id: AppealId };
    /// Decide it.
    AppealDecision = "/appeals/{id}/decision" { id: AppealId };
    /// The customer asks us to look again; the restriction by id in the query.
    ReconsiderationNew = "/reconsiderations/new" {};
    /// Keeps such a request.
    Reconsiderations = "/reconsiderations" {};
    /// One request to look again.
    Reconsideration = "/reconsiderations/{id}" { id: ReconsiderationId };
    /// Answers it.
    ReconsiderationAnswer = "/reconsiderations/{id}/answer" { id: ReconsiderationId };
    /// Letters made.
    Letters = "/letters" {};
    /// One letter, word for word.
    Letter = "/letters/{id}" { id: LetterId };
    /// The same for the printer.
    LetterPrint = "/letters/{id}/print" { id: LetterId };
    /// What somebody else is told of a letter, word for word.
    LetterCopy = "/copies/{id}" { id: LetterCopyId };
    /// The same for the printer.
    LetterCopyPrint = "/copies/{id}/print" { id: LetterCopyId };
    /// Notes that it was sent, and to whom.
    LetterCopySent = "/copies/{id}/sent" { id: LetterCopyId };
    /// Notes that it was sent.
    LetterSent = "/letters/{id}/sent" { id: LetterId };
    /// Reports.
    Reports = "/reports" {};
    /// The policy in plain words.
    PolicyPage = "/policy" {};
    /// Every value of the policy and where it comes from.
    PolicySettings = "/policy/settings" {};
    /// One chapter of them.
    PolicySection = "/policy/settings/{section}" { section: Word };
    /// Versions of the policy, and what happened to them.
    PolicyHistory = "/policy/history" {};
    /// Bring a version: a file, or its text.
    PolicyVersionNew = "/policy/versions/new" {};
    /// One version: what differs, what the check found, what it is waiting for.
    PolicyVersion = "/policy/versions/{id}" { id: PolicyVersionId };
    /// The open cases it touches.
    PolicyCases = "/policy/versions/{id}/cases" { id: PolicyVersionId };
    /// Ask for it from a day.
    PolicyRequest = "/policy/versions/{id}/request" { id: PolicyVersionId };
    /// Publish it, as the second person.
    PolicyPublication = "/policy/versions/{id}/publication" { id: PolicyVersionId };
    /// Withdraw it before its day.
    PolicyWithdrawal = "/policy/versions/{id}/withdrawal" { id: PolicyVersionId };
    /// Move a case to the version in force.
    RestrictionPolicy = "/restrictions/{id}/policy" { id: RestrictionId };
    /// A landlord's policy as its customers read it.
    PublicPolicy = "/policies/{slug}" { slug: Word };
    /// People and their posts.
    AdminPeople = "/admin/people" {};
    /// One of them.
    AdminPerson = "/admin/people/{id}" { id: crate::rules::id::StaffId };
    /// One of them has left.
    AdminPersonLeft = "/admin/people/{id}/left" { id: crate::rules::id::StaffId };
    /// Ends every sign-in of one of them.
    AdminSignOut = "/admin/people/{id}/sign-out" { id: crate::rules::id::StaffId };
    /// One's own settings.
    MySettings = "/me/settings" {};
    /// Handing one's deciding to a colleague.
    MyDelegation = "/me/delegation" {};
    /// Keeps what is typed in a long form.
    Draft = "/me/drafts" {};
    /// Throws it away.
    DraftEnd = "/me/drafts/end" {};
    /// Takes that back.
    MyDelegationEnd = "/me/delegation/end" {};
    /// How to do things.
    Help = "/help" {};
    /// How accessible this is.
    Accessibility = "/accessibility" {};
    /// What is kept, and why.
    Privacy = "/privacy" {};
    /// The demonstration's mailbox.
    DemoMail = "/demo/mail" {};
    /// Whether the process lives.
    Live = "/health/live" {};
    /// Whether it can serve.
    Ready = "/health/ready" {};
}
