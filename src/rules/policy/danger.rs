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
