//! What somebody besides the customer is told of a restriction: what they need to keep to it and no more. Never why, never what happened.

use super::measure::{Chosen, Term};
use super::policy::Recipient;

/// A term as this recipient is told of it; nothing where it does not concern them. What staff wrote as a reason stays with us.
pub fn said(chosen: &Chosen, to: Recipient) -> Option<String> {
    let concerns = match &chosen.term {
        Term::SinglePointOfContact { .. }
        | Term::NamedTeam { .. }
        | Term::Channels { .. }
        | Term::Times { .. }
        | Term::AppointmentOnly { .. }
        | Term::RepresentativeOnly { .. }
        | Term::Premises { .. }
        | Term::TwoPersonVisits { .. }
        | Term::EndDirectContact { .. }
        | Term::EndAllContact { .. }
        | Term::Scope { .. } => true,
        // Those who meet the customer for us.
        Term::Duration { .. } | Term::Witness { .. } | Term::Other { .. } => {
            matches!(to, Recipient::Representative | Recipient::Services | Recipient::Contractors)
        }
        // How the landlord itself answers.
        Term::Quota { .. }
        | Term::Issues { .. }
        | Term::Replies { .. }
        | Term::RegularCall { .. }
        | Term::Topics { .. }
        | Term::ReadAndFile { .. }
        | Term::Withdrawn { .. } => matches!(to, Recipient::Representative | Recipient::Services),
        // Between the customer, the landlord and its technicians.
        Term::AdvocateInvited { .. } | Term::Complaint { .. } | Term::Documents { .. } | Term::TechnicalBlock { .. } => false,
    };
    concerns.then(|| match &chosen.term {
        Term::TwoPersonVisits { .. } => "Two people for every home visit.".to_owned(),
        Term::Withdrawn { what, .. } => format!("Withdrawn: {}.", what.trim().trim_end_matches('.')),
        _ => chosen.sentence_for_staff(),
    })
}

/// Whether this recipient comes to the customer's home, and so needs to know where it is.
pub const fn visits(to: Recipient) -> bool {
    matches!(to, Recipient::Contractors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::measure::{Block, Channel, ComplaintStep, Period};
    use std::collections::BTreeSet;

    fn everybody() -> impl Iterator<Item = Recipient> {
        Recipient::ALL.iter().copied()
    }

    #[test]
    fn what_staff_wrote_as_a_reason_is_told_to_nobody() {
        let why = || "He threw a cup on 3 February.".to_owned();
        let terms = [
            Term::TwoPersonVisits { why: why() },
            Term::Withdrawn { what: "the garden scheme".into(), why: why() },
            Term::Complaint { step: ComplaintStep::ALL[0], which: "the cup".into(), why: why() },
            Term::TechnicalBlock { what: Block::Number, detail: "07700 900 118".into(), removed_with_restriction: true },
        ];
        for term in &terms {
            for told in everybody().filter_map(|to| said(&term.clone().into(), to)) {
                assert!(!told.contains("cup") && !told.contains("07700"), "{told}");
            }
        }
        assert_eq!(said(&terms[0].clone().into(), Recipient::Contractors).as_deref(), Some("Two people for every home visit."));
        assert_eq!(said(&terms[1].clone().into(), Recipient::Services).as_deref(), Some("Withdrawn: the garden scheme."));
    }

    #[test]
    fn each_is_told_only_what_concerns_them() {
        let closed = Term::Channels { closed: BTreeSet::from([Channel::Phone]) };
        let quota = Term::Quota { channel: Channel::Email, count: 1, per: Period::Week, exempt: BTreeSet::new(), answered_on: None };
        assert!(everybody().all(|to| said(&closed.clone().into(), to).is_some()));
        let told: Vec<Recipient> = everybody().filter(|to| said(&quota.clone().into(), *to).is_some()).collect();
        assert_eq!(told, [Recipient::Representative, Recipient::Services], "how many emails we answer concerns no contractor");
        assert!(visits(Recipient::Contractors) && !visits(Recipient::Services) && !visits(Recipient::ThirdParty));
    }
}
