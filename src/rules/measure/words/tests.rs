use chrono::NaiveTime;

use super::*;
use crate::rules::measure::{Day, Period};

#[test]
fn a_letter_speaks_to_the_customer_and_a_card_to_staff() {
    let open = BTreeSet::from([Purpose::Emergency, Purpose::Repair]);
    let words = Words { restriction: "contact agreement", always_open: &open };
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let cases = [
        (
            Term::Channels { closed: [Channel::Phone, Channel::Social].into() },
            "Please do not contact us by phone or on social media, unless it is an emergency or a repair.",
            "Closed: phone and social media.",
        ),
        (
            Term::Times { channel: Channel::Phone, days: [Day::Tuesday, Day::Thursday].into(), from: at(14), until: at(16) },
            "Please ring us on Tuesdays and Thursdays, between 2pm and 4pm, unless it is an emergency or a repair.",
            "Phone: Tuesdays and Thursdays, 2pm to 4pm.",
        ),
        (
            Term::Quota { channel: Channel::Email, count: 1, per: Period::Week, exempt: BTreeSet::new(), answered_on: Some(Day::Friday) },
            "Please keep to one email a week. We answer on Fridays. Contact about emergencies and repairs does not count.",
            "Email: one email a week, answered on Fridays.",
        ),
        (
            Term::AppointmentOnly { with: "Tom Bell".into(), channels: [Channel::Person].into() },
            "Please make an appointment with Tom Bell before you visit our offices.",
            "In person: by appointment with Tom Bell only.",
        ),
        (
            Term::Premises { places: vec!["Fenwick House".into()], events: true },
            "Please do not come to Fenwick House or our events. You can still reach us in the other ways in this letter.",
            "Closed: Fenwick House and our events.",
        ),
        (
            Term::TechnicalBlock { what: Block::Number, detail: "ends 4471".into(), removed_with_restriction: true },
            "We have blocked a phone number (ends 4471). We will remove the block when the contact agreement ends.",
            "Blocked: a phone number (ends 4471). Unblock it when this ends.",
        ),
    ];
    let more = Purpose::always_open(&open);
    let longer = Words { restriction: "restriction", always_open: &more };
    assert_eq!(
        Term::RepresentativeOnly { name: "Grace Mensah".into() }.sentence_for_letter(&longer),
        "Please contact us through Grace Mensah, who speaks for you, unless it is an emergency, a repair or anything else that stays open."
    );
    for (term, letter, staff) in cases {
        assert_eq!(term.sentence_for_letter(&words), letter);
        assert_eq!(term.sentence_for_staff(), staff);
    }
}
