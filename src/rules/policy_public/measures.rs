//! What each measure means for the customer, in the landlord's own words.

use crate::rules::measure::MeasureKind;
use crate::rules::policy::Offer;
use crate::rules::say;

/// "Single point of contact: one person here deals with you." Nothing for what limits nothing by itself.
pub(super) fn means(offer: &Offer) -> Option<String> {
    if offer.kind == MeasureKind::Scope && offer.tell.is_none() {
        return None;
    }
    let means = say::finished(offer.tell.as_deref().unwrap_or(&offer.about).trim());
    let limits = offer.limits_said().map_or_else(String::new, |limits| format!(" {limits}"));
    Some(format!("{}: {}{limits}", offer.title.trim_end_matches('.'), say::inside(&means)))
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
                assert!(
                    means.starts_with(&format!("{}: ", offer.title)) && means.ends_with('.') && !means.contains("the customer"),
                    "{slug}: {means}"
                );
            }
        }
    }

    /// policy-pack.md 22: the meaning is the landlord's, whether or not the measure has a key of its own.
    #[test]
    fn every_measure_is_said_in_the_landlords_words() {
        let policy = crate::rules::policy::Policy::read(include_str!("../../../tests/packs/saltmarsh.toml")).unwrap();
        let said = |key: &str| means(policy.measures.offer(key).unwrap()).unwrap();
        assert_eq!(said("no-parcels"), "No parcels at the office: the office takes in nothing that is delivered for the member.");
        assert_eq!(
            said("single-point-of-contact"),
            "A contact friend: one officer deals with the member, with a second when they are away."
        );
        let harbourlight = crate::rules::policy::Policy::read(include_str!("../../../tests/packs/harbourlight.toml")).unwrap();
        let witness = means(harbourlight.measures.offer("witness").unwrap()).unwrap();
        assert_eq!(witness, "Somebody else in the room: a second worker sits beside you and writes down what is said.");
        assert_eq!(said("garden-rota"), "The garden rota by letter: the rota for the shared garden comes by letter, not on the board.");
    }
}
