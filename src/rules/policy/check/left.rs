//! What a measure that ends direct contact leaves.

use super::Fault;
use crate::rules::measure::{Channel, MeasureKind};
use crate::rules::policy::{Offer, Policy};

/// What to do about a channel that cannot be left.
const LEFT: &str = "Write here which of \"letter\", \"email\", \"online\", \"text\" and \"chat\" are left.";

/// What ending direct contact leaves has to be there, and written: its letter names it to the customer.
pub(super) fn faults(policy: &Policy, offer: &Offer, faults: &mut Vec<Fault>) {
    let mut wrong = |says: String| faults.push(Fault::at(format!("measures.offered.{}.leaves", offer.key()), says));
    if offer.kind != MeasureKind::EndDirectContact {
        if offer.leaves.is_some() {
            wrong("Only \"end-direct-contact\" says what it leaves. Take it out.".to_owned());
        }
        return;
    }
    if offer.left().is_empty() {
        wrong(format!("It leaves nothing. {LEFT} To close everything, offer \"end-all-contact\"."));
    }
    // Where no customer can begin a contact at all, that is said at the list of channels.
    for channel in offer.left().iter().filter(|_| !policy.ways().is_empty()) {
        let key = channel.key();
        if !Channel::WRITTEN.contains(channel) {
            wrong(format!("It leaves \"{key}\", in which somebody is met or spoken with, or nobody is answered. {LEFT}"));
        } else if !policy.people.channels.contains(channel) {
            let start = if offer.leaves.is_some() { "It leaves" } else { "Where nothing is said it leaves" };
            wrong(format!("{start} \"{key}\", which `people.channels` does not name. {LEFT}"));
        }
    }
}
