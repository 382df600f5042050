//! What each measure means for the customer, beside the landlord's own name for it.

use crate::rules::measure::MeasureKind;
use crate::rules::policy::Offer;
use crate::rules::say;

/// "Single point of contact: one person here deals with you." Nothing for what limits nothing by itself.
pub(super) fn means(offer: &Offer) -> Option<String> {
    if offer.key.is_some() {
        let about = say::finished(offer.about.trim());
        return Some(format!("{}: {}", offer.title.trim_end_matches('.'), say::inside(&about)));
    }
    let means = match offer.kind {
        MeasureKind::SinglePointOfContact => "one person here deals with you, and somebody covers when they are away",
        MeasureKind::NamedTeam => "one team here deals with you",
        MeasureKind::Channels => "some ways of reaching us are closed to you, and the letter says which stay open",
        MeasureKind::Times => "you ring or meet us on set days, at set times",
        MeasureKind::Duration => "a call or a meeting ends after a set time",
        MeasureKind::Quota => "we deal with a set number of calls, emails or letters from you in a week or a month",
        MeasureKind::Issues => "we deal with a set number of new matters from you in a week or a month",
        MeasureKind::Replies => "we reply on set days, and we keep to them",
        MeasureKind::RegularCall => "we ring you at an agreed time",
        MeasureKind::AppointmentOnly => "you book with us before you come",
        MeasureKind::RepresentativeOnly => "somebody you agree to speaks with us for you",
        MeasureKind::AdvocateInvited => "we ask whether somebody you trust could speak for you",
        MeasureKind::Premises => "you do not come to some of our places or events",
        MeasureKind::Topics => "we do not go over a settled matter again, unless there is something new",
        MeasureKind::Complaint => "a complaint is declined, held, closed or answered at once, and we say why",
        MeasureKind::Documents => "documents that say nothing new are sent back to you",
        MeasureKind::TwoPersonVisits => "two of us come to every visit",
        MeasureKind::Witness => "two of us are there when you speak with us",
        MeasureKind::ReadAndFile => "we read everything you send, and some of it gets no reply",
        MeasureKind::Withdrawn => "a service or an offer is taken back",
        MeasureKind::TechnicalBlock => "a number or an account is blocked, and the letter says how to reach us instead",
        MeasureKind::EndDirectContact => "no calls, visits or meetings; you can still write to us",
        MeasureKind::EndAllContact => "we deal only with what always stays open",
        MeasureKind::Other => return Some("Something else that fits. The letter says what it is, and why.".to_owned()),
        MeasureKind::Scope => return None,
    };
    Some(format!("{}: {means}.", offer.title.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::pack;

    #[test]
    fn every_measure_of_every_landlord_says_what_it_means_for_the_customer() {
        for slug in ["one-manchester", "alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"] {
            for offer in &pack(slug).measures.offered {
                let Some(means) = means(offer) else {
                    assert_eq!(offer.kind, MeasureKind::Scope, "{slug}");
                    continue;
                };
                let names_it = offer.kind == MeasureKind::Other || means.starts_with(&format!("{}: ", offer.title));
                assert!(names_it && means.ends_with('.') && !means.contains("the customer"), "{slug}: {means}");
            }
        }
    }

    #[test]
    fn a_measure_with_a_key_of_its_own_is_said_in_the_landlords_words() {
        let policy = crate::rules::policy::Policy::read(include_str!("../../../tests/packs/saltmarsh.toml")).unwrap();
        let said = |key: &str| means(policy.measures.offer(key).unwrap()).unwrap();
        assert_eq!(said("no-parcels"), "No parcels at the office: the office takes in nothing that is delivered for the member.");
        assert_eq!(said("garden-rota"), "The garden rota by letter: the rota for the shared garden comes by letter, not on the board.");
    }
}
