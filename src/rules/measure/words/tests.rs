use chrono::NaiveTime;

use super::*;
use crate::rules::measure::{Cadence, Channel, ComplaintStep, Day, DocumentGuard, Fate, Period, Scope, Term};

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
            Term::Channels { closed: [Channel::Online, Channel::Chat, Channel::Letter].into() },
            "Please do not contact us by letter, by online form or by chat, unless it is an emergency or a repair.",
            "Closed: letter, online form and chat.",
        ),
        (
            Term::EndDirectContact { except: "the call on Fridays".into(), leaves: Term::letters_and_email() },
            "Please contact us only by letter or email, unless it is an emergency or a repair. We will not speak with you by phone, in person or on social media about anything else. One exception: the call on Fridays.",
            "Letters and email only. One exception: the call on Fridays.",
        ),
        (
            Term::EndDirectContact { except: String::new(), leaves: [Channel::Online, Channel::Letter].into() },
            "Please contact us only by letter or online form, unless it is an emergency or a repair. We will not speak with you by phone, in person or on social media about anything else.",
            "Letters and online forms only.",
        ),
        (
            Term::Times { channel: Channel::Chat, days: [Day::Monday].into(), from: at(9), until: at(11) },
            "Please chat with us on Mondays, between 9am and 11am, unless it is an emergency or a repair.",
            "Web chat or messages: Mondays, 9am to 11am.",
        ),
        (
            Term::Quota { channel: Channel::Online, count: 2, per: Period::Month, exempt: BTreeSet::new(), answered_on: None },
            "Please keep to 2 online forms a month. Contact about emergencies and repairs does not count.",
            "Online account or form: 2 online forms a month.",
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
            Term::AppointmentOnly { with: "Tom Bell".into(), staff: None, channels: [Channel::Person].into() },
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

#[test]
fn a_promise_an_offer_and_a_paper_read_as_one_would_say_them() {
    let open = BTreeSet::from([Purpose::Emergency, Purpose::Repair]);
    let words = Words { restriction: "restriction", always_open: &open };
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let cases = [
        (
            Term::Replies { every: Some(Cadence::Fortnight), on: Some(Day::Friday), by: "Ann Lee".into(), one_for_all: true },
            "Ann Lee will reply to you every two weeks, on a Friday. One reply answers everything you sent us before it. We answer sooner if it is an emergency or a repair.",
            "Ann Lee replies every two weeks, on a Friday. One reply answers everything that came before it.",
        ),
        (
            Term::RegularCall { by: "Ann Lee".into(), every: Cadence::Month, on: Day::Monday, at: at(10) },
            "Ann Lee will ring you every month, on the first Monday, at 10am. If a call does not come, please tell us.",
            "We promise a call: Ann Lee rings every month, on the first Monday, at 10am.",
        ),
        (
            Term::NamedTeam { team: "the Resolution team".into(), phone: String::new(), email: "resolution@example.org".into() },
            "Please contact the Resolution team, at resolution@example.org. Anybody there can help you. Anyone here can help you with emergencies and repairs.",
            "The Resolution team deals with everything that is not always open, at resolution@example.org.",
        ),
        (
            Term::Duration { channels: [Channel::Phone, Channel::Visit].into(), minutes: 15 },
            "We will keep each call and each home visit to 15 minutes, unless it is an emergency or a repair.",
            "Each call and each home visit: 15 minutes at most.",
        ),
        (
            Term::Issues { count: 1, per: None },
            "Please bring us no more than one matter at a time, unless it is an emergency or a repair.",
            "No more than one matter at a time.",
        ),
        (
            Term::AdvocateInvited { who: "a relative or a support worker".into() },
            "If you would like, somebody can speak for you, or be with you when we talk: a relative or a support worker. Tell us who it is. This is an offer, and you do not have to take it.",
            "An offer: somebody may speak for them (a relative or a support worker).",
        ),
        (
            Term::Complaint { step: ComplaintStep::Closed, which: "your complaint C-2093".into(), why: "We answered it twice".into() },
            "We are closing your complaint C-2093. The reason is this: We answered it twice. You can ask the Ombudsman to look at that.",
            "Closed: your complaint C-2093. We answered it twice.",
        ),
        (
            Term::Documents {
                fate: Fate::Destroyed,
                about: "copies of old letters".into(),
                checked_by: "Ann Lee".into(),
                guard: DocumentGuard::ALL.iter().copied().collect(),
            },
            "If you send us more of these, we will destroy them: copies of old letters. Ann Lee looks at each one first, and we keep a copy. We never destroy evidence or a legal paper.",
            "Destroyed: copies of old letters. Ann Lee looks at each one first.",
        ),
        (
            Term::Witness { channels: [Channel::Person].into(), who: "a second member of staff".into() },
            "A second member of staff will be present as well at meetings with you.",
            "A second member of staff is present at meetings.",
        ),
        (
            Term::Withdrawn { what: "the offer of 4 Mill Lane".into(), why: "A neighbour there was threatened.".into() },
            "We have withdrawn the offer of 4 Mill Lane. The reason is this: A neighbour there was threatened.",
            "Withdrawn: the offer of 4 Mill Lane. A neighbour there was threatened.",
        ),
        (
            Term::EndAllContact { except: String::new() },
            "We will not deal with contact from you any more, unless it is an emergency or a repair. For those you can still ring us, write to us or come to see us.",
            "All contact is ended.",
        ),
        (
            Term::Scope { reach: Scope::Team, names: vec!["the lettings team".into()] },
            "This is only about your contact with the lettings team. You can contact everybody else here as usual.",
            "Only for contact with the lettings team.",
        ),
    ];
    for (term, letter, staff) in cases {
        assert_eq!(term.sentence_for_letter(&words), letter);
        assert_eq!(term.sentence_for_staff(), staff);
    }
}
