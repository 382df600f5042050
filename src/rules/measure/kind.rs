//! The measures of the catalogue, one kind for each shape of term, and the words their parameters are chosen from.

use crate::rules::label::labels;

labels! {
    /// The measures of the catalogue: one kind for each shape of term.
    pub enum MeasureKind {
        SinglePointOfContact "single-point-of-contact" "Single point of contact",
        NamedTeam "named-team" "A named team",
        Channels "channels" "Channels closed",
        Times "times" "Set days and times",
        Duration "duration" "Limit on how long",
        Quota "quota" "Limit on how often",
        Issues "issues" "Limit on new matters",
        Replies "replies" "How often we reply",
        RegularCall "regular-call" "A regular call we promise",
        AppointmentOnly "appointment-only" "By appointment only",
        RepresentativeOnly "representative-only" "Through a representative only",
        AdvocateInvited "advocate-invited" "An advocate invited",
        Premises "premises" "Places and events closed",
        Topics "topics" "Topics left out, or only some topics",
        Complaint "complaint" "A complaint declined, held, closed or accelerated",
        Documents "documents" "Documents returned or destroyed",
        TwoPersonVisits "two-person-visits" "Two staff for visits",
        Witness "witness" "A witness present",
        ReadAndFile "read-and-file" "Read and file without a reply",
        Withdrawn "withdrawn" "A service or offer withdrawn",
        TechnicalBlock "technical-block" "Technical block",
        EndDirectContact "end-direct-contact" "End direct contact",
        EndAllContact "end-all-contact" "End all contact",
        /// Narrows or widens the measures beside it; it limits nothing by itself.
        Scope "scope" "Where it applies",
        Other "other" "Another measure, in words",
    }
}

labels! {
    /// How far a measure reaches.
    pub enum Scope {
        Person "person" "One member of staff",
        Service "service" "One service",
        Team "team" "One team",
        Organisation "organisation" "The whole organisation",
        SeveralOrganisations "several-organisations" "Other organisations as well",
    }
}

labels! {
    /// How often something is promised.
    pub enum Cadence {
        Week "week" "Every week",
        Fortnight "fortnight" "Every two weeks",
        Month "month" "Every month",
    }
}

labels! {
    /// What becomes of one complaint.
    pub enum ComplaintStep {
        /// It is not looked into.
        Declined "declined" "Declined",
        /// It waits for something else.
        Held "held" "Put on hold",
        /// What was begun goes no further.
        Closed "closed" "Closed",
        /// Its final answer comes without the earlier stages.
        Accelerated "accelerated" "Straight to the final answer",
    }
}

labels! {
    /// What becomes of documents that say nothing new.
    pub enum Fate {
        Returned "returned" "Sent back",
        Destroyed "destroyed" "Destroyed",
    }
}

labels! {
    /// What is confirmed before a document leaves us or is destroyed.
    pub enum DocumentGuard {
        CopyKept "copy-kept" "A copy is kept",
        NotEvidence "not-evidence" "Nothing that is evidence is touched",
        NotLegal "not-legal" "No legal paper is touched",
    }
}

/// A kind is the key of a measure that has none of its own.
impl AsRef<str> for MeasureKind {
    fn as_ref(&self) -> &str {
        self.key()
    }
}

impl MeasureKind {
    /// Whether it is a promise of ours as well, with a day it falls due.
    pub const fn binds_landlord(self) -> bool {
        matches!(self, Self::Replies | Self::RegularCall)
    }

    /// Whether a bundle has room for one of these only.
    pub const fn once(self) -> bool {
        matches!(self, Self::NamedTeam | Self::Issues | Self::Replies | Self::EndAllContact | Self::Scope)
    }
}

impl Scope {
    /// Whether it leaves the rest of the organisation as it was.
    pub const fn narrows(self) -> bool {
        matches!(self, Self::Person | Self::Service | Self::Team)
    }
}
