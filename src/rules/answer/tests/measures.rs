//! Each measure of the catalogue, on the ways it touches and on those it does not.

use super::*;
use crate::rules::measure::{Block, TopicMode};
use crate::rules::tone::Tone;

#[test]
fn the_card_of_the_prototype_comes_out_word_for_word() {
    let mut desk = Desk::with(vec![
        samina(),
        afternoons(Channel::Phone),
        Term::Quota { channel: Channel::Email, count: 1, per: Period::Week, exempt: [].into(), answered_on: Some(Day::Friday) },
        Term::Topics { mode: TopicMode::Excluded, topics: vec!["complaint C-2093".into()], purposes: [].into() },
    ]);
    desk.needs = vec![need("Hearing loss, left side", "speak steadily, do not talk over him")];
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.tone, Tone::Care);
    assert_eq!(answer.eyebrow, "Limited contact until 2 June 2027");
    assert_eq!(answer.heading, "Deal with repairs and urgent matters. For anything else, book a call with Samina Iqbal.");
    assert_eq!(answer.line, "It is Wednesday 10 March 2027, 11:42am. His next call time is tomorrow, 2pm to 4pm.");
    assert_eq!(answer.may, ["Book a call for tomorrow, 2pm to 4pm, with Samina Iqbal, or Tom Bell as cover"]);
    assert_eq!(
        answer.may_not,
        [
            "Pass him to another team or manager",
            "Give out staff direct numbers",
            "Deal with anything else before 2pm tomorrow",
            "Discuss complaint C-2093",
        ]
    );
    let how: Vec<(&str, &str)> = answer.how.iter().map(|(way, when)| (way.as_str(), when.as_str())).collect();
    assert_eq!(
        how,
        [
            ("Phone, Samina Iqbal", "Tuesdays and Thursdays, 2pm to 4pm"),
            ("Email", "One a week, answered on Fridays"),
            ("Letter and in person", "Passed to Samina Iqbal"),
        ]
    );
    assert_eq!(
        answer.say.unwrap(),
        "“Hello Mr Ashworth. I can take a repair or anything urgent right now. For anything else, Samina Iqbal will ring you tomorrow, 2pm to 4pm. Shall I book that for you?”"
    );
    assert_eq!(answer.why.unwrap(), "There was shouting on three calls.");
}

#[test]
fn a_closed_way_says_so_with_what_stays_open() {
    let all = vec![closed(&[Channel::Phone, Channel::Email, Channel::Text, Channel::Person, Channel::Visit, Channel::Social])];
    let mut rest = all.clone();
    rest.push(Term::RepresentativeOnly { name: "Grace Mensah".into() });
    rest.push(closed(&[Channel::Letter]));
    let cases = [
        (Way::Phone, "Do not continue this call, unless it is an emergency or a repair."),
        (Way::Person, "Do not continue this meeting, unless it is an emergency or a repair."),
        (Way::Visit, "Do not make this visit, unless it is an emergency or a repair."),
        (Way::Social, "Do not reply on social media, unless it is an emergency or a repair."),
    ];
    for (way, heading) in cases {
        let answer = Desk::with(all.clone()).on(way);
        assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Stop, heading));
        assert!(answer.may.contains(&"Say how to reach us instead: by letter".to_owned()));
    }
    assert_eq!(Desk::with(rest).on(Way::Writing).heading, "Do not reply, unless it is an emergency or a repair.");
}

#[test]
fn where_repairs_are_not_always_open_the_heading_does_not_say_they_are() {
    let mut desk = Desk::with(vec![closed(&[Channel::Phone])]);
    desk.policy.always_open.clear();
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.heading, "Do not continue this call, unless it is an emergency or a safety concern.");
    assert_eq!(answer.always_worded()[0], "Take any emergency or hazard");
    assert_eq!(answer.always_named(), "emergencies, safeguarding, legal notices and appeals");
}

#[test]
fn ending_direct_contact_leaves_letters_and_email() {
    let desk =
        Desk::with(vec![Term::EndDirectContact { except: "a monthly call with his officer".into(), leaves: Term::letters_and_email() }]);
    let call = desk.on(Way::Phone);
    assert_eq!(call.tone, Tone::Stop);
    assert!(call.may.contains(&"Follow the exception that was agreed: a monthly call with his officer".to_owned()));
    assert_eq!(
        call.say.unwrap(),
        "“Hello Mr Ashworth. I can help with repairs and urgent matters right now. For anything else, please contact us by email or by letter.”"
    );
    let writing = desk.on(Way::Writing);
    assert_eq!((writing.tone, writing.heading.as_str()), (Tone::Care, "Write by email or letter only. Text messages are closed."));
    assert_eq!(writing.how[0], ("Email and letter".to_owned(), "As normal".to_owned()));
}

/// policy-pack.md 7: channels closed wholly. What a landlord has besides the usual seven is asked about, closed and left like the others.
#[test]
fn online_forms_and_chats_are_closed_left_and_told_of_where_a_landlord_has_them() {
    let leaves = [Channel::Letter, Channel::Online].into();
    let mut desk = Desk::with(vec![Term::EndDirectContact { except: String::new(), leaves }]);
    desk.policy.channels = Channel::ALL.iter().copied().collect();
    let writing = desk.on(Way::Writing);
    assert_eq!(
        (writing.tone, writing.heading.as_str()),
        (Tone::Care, "Write by letter or online form only. Emails and text messages are closed.")
    );
    assert_eq!(writing.may_not, ["Reply by email about anything else", "Reply by text message about anything else"]);
    assert_eq!(writing.how[0], ("Letter and online form".to_owned(), "As normal".to_owned()));
    let chat = desk.on(Way::Chat);
    assert_eq!((chat.tone, chat.heading.as_str()), (Tone::Stop, "Do not continue this chat, unless it is an emergency or a repair."));
    assert_eq!(
        chat.say.unwrap(),
        "“Hello Mr Ashworth. I can help with repairs and urgent matters right now. For anything else, please contact us by letter or by online form.”"
    );

    desk.restrictions = vec![line(vec![afternoons(Channel::Chat), quota(Channel::Online, 1, Period::Week)])];
    let chat = desk.on(Way::Chat);
    assert!(chat.heading.starts_with("Deal with repairs and urgent matters. His next chat time is tomorrow"), "{}", chat.heading);
    assert!(chat.may.iter().any(|one| one.starts_with("Book a chat for tomorrow")), "{:?}", chat.may);
    desk.counters.0.insert((Channel::Online, Period::Week), 1);
    assert_eq!(desk.on(Way::Writing).heading, "Deal with repairs and urgent matters. The online form for this week is used.");
    assert_eq!(desk.on(Way::Social).heading, "Reply as normal. The limits do not touch social media.");

    desk.restrictions = vec![line(vec![closed(&[Channel::Phone])])];
    assert_eq!(desk.on(Way::Chat).heading, "Reply as normal. The limits do not touch chats.");
}

/// Two channels of one landlord are no business of another.
#[test]
fn a_landlord_that_names_no_further_channel_reads_of_none() {
    let seven = Desk::with(vec![Term::EndDirectContact { except: String::new(), leaves: Term::letters_and_email() }]);
    for way in [Way::Phone, Way::Writing, Way::Person, Way::Visit, Way::Social] {
        let answer = format!("{:?}", seven.on(way)).to_lowercase();
        assert!(!answer.contains("online") && !answer.contains("chat"), "{way}: {answer}");
    }
    let letters = Desk { policy: Rulebook { channels: [Channel::Phone, Channel::Letter].into(), ..seven.policy.clone() }, ..seven };
    assert_eq!(letters.on(Way::Writing).heading, "Write as normal. The limits do not touch messages.");
    assert!(letters.on(Way::Visit).heading.starts_with("Do not make this visit"), "nobody goes to a door unknowing");
}

#[test]
fn through_a_representative_only() {
    let desk = Desk::with(vec![Term::RepresentativeOnly { name: "Grace Mensah".into() }]);
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.tone, Tone::Stop);
    assert_eq!(answer.heading, "Deal only with Grace Mensah, unless it is an emergency or a repair.");
    assert_eq!(answer.how, [("Through".to_owned(), "Grace Mensah".to_owned())]);
}

#[test]
fn a_quota_says_how_many_are_left_and_then_that_it_is_used() {
    let mut desk = Desk::with(vec![quota(Channel::Phone, 2, Period::Week)]);
    let fresh = desk.on(Way::Phone);
    assert_eq!((fresh.tone, fresh.heading.as_str()), (Tone::Info, "Talk as normal. 2 calls left this week."));

    desk.counters.0.insert((Channel::Phone, Period::Week), 1);
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. 1 call left this week.");

    desk.counters.0.insert((Channel::Phone, Period::Week), 3);
    let used = desk.on(Way::Phone);
    assert_eq!(used.tone, Tone::Care);
    assert_eq!(used.heading, "Deal with repairs and urgent matters. The 2 calls for this week are used.");
    assert!(used.may.iter().any(|one| plain(one) == "Say that the next call counts from Monday 15 March"));
    assert_eq!(used.may_not, ["Deal with another call this week about anything else"]);
    assert_eq!(desk.on(Way::Visit).heading, "Visit as normal. The limits do not touch home visits.");
}

#[test]
fn a_count_starts_again_with_its_period() {
    let again = |per, at: &str| {
        let mut desk = Desk::with(vec![quota(Channel::Phone, 1, per)]);
        desk.counters.0.insert((Channel::Phone, per), 1);
        plain(desk.at(Way::Phone, at).may.iter().find(|one| one.starts_with("Say that")).unwrap())
    };
    assert_eq!(again(Period::Day, "2027-03-10T11:42:00Z"), "Say that the next call counts from tomorrow");
    assert_eq!(again(Period::Month, "2027-03-10T11:42:00Z"), "Say that the next call counts from Thursday 1 April");
    assert_eq!(again(Period::Week, "2027-03-14T12:00:00Z"), "Say that the next call counts from tomorrow");
    // Half past midnight on Monday 29 March in London is still Sunday in UTC.
    assert_eq!(again(Period::Week, "2027-03-28T23:30:00Z"), "Say that the next call counts from Monday 5 April");
}

#[test]
fn appointments_are_for_meetings_and_visits() {
    let both = [Channel::Person, Channel::Visit].into();
    let desk = Desk::with(vec![Term::AppointmentOnly { with: "Tom Bell".into(), staff: None, channels: both }]);
    let answer = desk.on(Way::Person);
    assert_eq!(
        (answer.tone, answer.heading.as_str()),
        (Tone::Care, "Book an appointment with Tom Bell, unless it is an emergency or a repair.")
    );
    assert_eq!(answer.may_not, ["Go on without an appointment for anything else"]);
    assert_eq!(desk.on(Way::Visit).may_not, ["Visit without an appointment for anything else"]);
    assert_eq!(desk.on(Way::Phone).tone, Tone::Info);
}

#[test]
fn two_staff_for_home_visits_is_something_to_know() {
    let desk = Desk::with(vec![Term::TwoPersonVisits { why: "A dog bit a colleague on 3 May".into() }]);
    let answer = desk.on(Way::Visit);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Two staff for every visit, emergencies and repairs too."));
    assert_eq!(answer.may_not, ["Visit alone, for any reason"]);
    assert!(answer.why.unwrap().ends_with("Two staff: A dog bit a colleague on 3 May."));
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. The limits do not touch calls.");
}

#[test]
fn filed_messages_are_read_and_not_answered() {
    let desk = Desk::with(vec![Term::ReadAndFile { about: "the parking scheme".into(), reader: "Tom Bell".into() }]);
    let answer = desk.on(Way::Writing);
    assert_eq!(
        (answer.tone, answer.heading.as_str()),
        (Tone::Care, "Send messages about the parking scheme to Tom Bell, and do not reply.")
    );
    assert!(answer.may.contains(&"Read every message for anything new or urgent".to_owned()));
    assert!(answer.may.contains(&"Deal with anything else as normal".to_owned()));
}

#[test]
fn topics_left_out_and_topics_only() {
    let topics = |mode| Term::Topics { mode, topics: vec!["the parking scheme".into()], purposes: [].into() };
    let out = Desk::with(vec![topics(TopicMode::Excluded)]).on(Way::Phone);
    assert_eq!(out.heading, "Talk as normal, but not about the parking scheme.");
    assert_eq!(out.may_not, ["Discuss the parking scheme"]);
    let only = Desk::with(vec![topics(TopicMode::Only)]).on(Way::Phone);
    assert_eq!(only.heading, "Talk only about the parking scheme, unless it is an emergency or a repair.");
    assert_eq!((only.tone, only.may_not.as_slice()), (Tone::Care, ["Discuss anything else".to_owned()].as_slice()));
}

#[test]
fn a_topic_that_is_always_open_is_never_closed_by_what_is_stored() {
    let stored = Term::Topics { mode: TopicMode::Excluded, topics: vec!["repairs".into()], purposes: [Purpose::Appeal].into() };
    let answer = Desk::with(vec![stored]).on(Way::Phone);
    assert_eq!(answer.may_not.len(), 0);
    assert_eq!(answer.heading, "Talk as normal. The limits do not touch calls.");
}

#[test]
fn places_blocks_and_free_words() {
    let places = Term::Premises { places: vec!["Fenwick House".into()], events: true };
    let answer = Desk::with(vec![places]).on(Way::Person);
    assert_eq!(answer.heading, "Meet him anywhere but Fenwick House or our events, unless it is an emergency.");
    assert_eq!(answer.may_not, ["Meet him at Fenwick House", "Meet him at our events"]);

    let block = Term::TechnicalBlock { what: Block::Number, detail: "ends 4471".into(), removed_with_restriction: true };
    let answer = Desk::with(vec![block]).on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Talk as normal. A phone number is blocked: ends 4471."));

    let words = Term::Other { words: "Calls end after 15 minutes".into() };
    let answer = Desk::with(vec![words]).on(Way::Phone);
    assert_eq!(answer.heading, "Keep to this: Calls end after 15 minutes.");
    assert_eq!(answer.how[1], ("Also".to_owned(), "Calls end after 15 minutes".to_owned()));
}

#[test]
fn a_customer_who_has_not_told_us_is_they() {
    let mut desk = Desk::with(vec![samina(), afternoons(Channel::Phone)]);
    desk.pronoun = Pronoun::They;
    let answer = desk.on(Way::Phone);
    assert!(answer.line.ends_with("Their next call time is tomorrow, 2pm to 4pm."));
    assert!(answer.may_not.contains(&"Pass them to another team or manager".to_owned()));
}

/// Whoever goes to the door has to read it first, whatever else holds there.
#[test]
fn two_staff_stand_before_an_appointment_in_the_heading() {
    let pair = Term::TwoPersonVisits { why: "A dog bit a colleague on 3 May".into() };
    let booked = Term::AppointmentOnly { with: "Tom Bell".into(), staff: None, channels: [Channel::Visit].into() };
    let answer = Desk::with(vec![pair, booked.clone()]).on(Way::Visit);
    assert_eq!(answer.heading, "Two staff, always. Book an appointment first, unless it is an emergency or a repair.");
    assert_eq!(answer.tone, Tone::Care);
    // Tom Bell books no appointment with himself.
    let own = Desk { reader: "Tom Bell", ..Desk::with(vec![booked]) }.on(Way::Visit);
    assert_eq!(own.heading, "You see him by appointment. Book one, unless it is an emergency or a repair.");
}

/// Two people may be called the same, and a name may be typed as "Dev Chaudry": whom we mean is a member of staff.
#[test]
fn a_colleague_is_known_by_who_they_are_and_not_by_spelling() {
    let (samina_id, other) = (StaffId(uuid::Uuid::from_u128(7)), StaffId(uuid::Uuid::from_u128(8)));
    let mut contact = samina();
    if let Term::SinglePointOfContact { name, staff, cover_staff, .. } = &mut contact {
        (*name, *staff, *cover_staff) = ("Samina Iqball".into(), Some(samina_id), Some(other));
    }
    let booked = Term::AppointmentOnly { with: "Samina Iqball".into(), staff: Some(samina_id), channels: [Channel::Visit].into() };
    let mut desk = Desk { reader: "Samina Iqbal", reader_id: Some(samina_id), ..Desk::with(vec![contact, booked]) };
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. You are his named contact.");
    assert!(desk.on(Way::Visit).heading.starts_with("You see him by appointment."), "{}", desk.on(Way::Visit).heading);
    desk.reader_id = Some(other);
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. You cover for Samina Iqball.");
    (desk.reader, desk.reader_id) = ("Samina Iqball", Some(StaffId(uuid::Uuid::from_u128(9))));
    assert!(desk.on(Way::Phone).heading.starts_with("Deal with repairs"), "somebody of the same name is somebody else");
    assert!(desk.on(Way::Visit).heading.starts_with("Book an appointment"), "{}", desk.on(Way::Visit).heading);
}
