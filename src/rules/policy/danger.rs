//! What made a contact dangerous: facts of an incident that force a task or open a shorter way.

use crate::rules::label::labels;

labels! {
    /// A fact about safety, ticked on an incident.
    pub enum Danger {
        PhysicalViolenceUsed "physical-violence-used" "Physical violence was used",
        PhysicalViolenceThreatened "physical-violence-threatened" "Physical violence was threatened",
        SeriousThreat "serious-threat" "There was another serious threat",
        CriminalOffence "criminal-offence" "A crime was threatened or committed",
        VerbalAbuse "verbal-abuse" "There was verbal abuse",
        Harassment "harassment" "There was harassment or stalking",
        HateIncident "hate-incident" "It was aimed at who somebody is",
        Animal "animal" "An animal was out of control",
    }
}

impl Danger {
    /// Whether whoever meets the customer next has to know of it first.
    pub const fn endangers(self) -> bool {
        matches!(self, Self::PhysicalViolenceUsed | Self::PhysicalViolenceThreatened | Self::SeriousThreat | Self::Animal)
    }

    /// As the start of a sentence that a day ends: "Violence was threatened".
    pub const fn said(self) -> &'static str {
        match self {
            Self::PhysicalViolenceUsed => "Violence was used",
            Self::PhysicalViolenceThreatened => "Violence was threatened",
            Self::SeriousThreat => "A serious threat was made",
            Self::CriminalOffence => "A crime was threatened or committed",
            Self::VerbalAbuse => "There was verbal abuse",
            Self::Harassment => "There was harassment",
            Self::HateIncident => "There was abuse aimed at who somebody is",
            Self::Animal => "An animal was out of control",
        }
    }
}
