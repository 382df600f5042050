//! What is on the record, from nothing to several restrictions at once.

use super::*;
use crate::rules::measure::Block;
use crate::rules::policy::Danger;
use crate::rules::restriction_rest::Waits;
use crate::rules::tone::Tone;

#[test]
fn with_nothing_on_record_one_talks_as_normal() {
    let answer = Desk::clear().on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Ok, "Talk as normal."));
    assert_eq!(answer.eyebrow, "No limit on contact");
    assert_eq!(answer.line, "It is Wednesday 10 March 2027, 11:42am.");
    assert_eq!(answer.may, ["Deal with anything as normal"]);
    assert_eq!(answer.always_named(), "emergencies, repairs, payments, safeguarding, legal notices and appeals");
    assert_eq!(
        answer.always_worded(),
        [
            "Take any repair or emergency",
            "Take a payment or give a balance",
            "Hear a safety or safeguarding concern",
            "Give or take a legal notice, or deal with a regulator, MP or councillor",
            "Take an appeal, or say how to make one",
        ]
    );
    assert_eq!((answer.may_not.len(), answer.how.len(), answer.say), (0, 0, None));
    assert_eq!(answer.one_line, "Talk as normal.");
    assert_eq!(Desk::clear().on(Way::Writing).heading, "Write as normal.");
}

#[test]
fn a_need_is_something_to_know() {
    let desk = Desk { needs: vec![need("Hearing loss, left side", "speak steadily")], ..Desk::clear() };
    let answer = desk.on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Talk as normal, with one adjustment."));
    assert_eq!(answer.needs, [("Hearing loss, left side".to_owned(), "speak steadily".to_owned())]);
}

#[test]
fn a_warning_in_force_is_said_with_its_date() {
    let warning = |on, given| WarningLine { title: "Formal warning".into(), given_on: date(on), given };
    let desk = Desk { warnings: vec![warning("2027-02-08", Given::LetterSent), warning("2027-01-04", Given::Recorded)], ..Desk::clear() };
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.tone, Tone::Info);
    assert_eq!(answer.heading, "Talk as normal. A formal warning letter was sent on 8 February 2027.");
    assert_eq!(answer.eyebrow, "Warning in force");
}

#[test]
fn a_warning_whose_letter_waits_is_not_said_to_have_been_sent() {
    let warning = WarningLine { title: "Formal warning".into(), given_on: date("2027-02-08"), given: Given::LetterWaits };
    let desk = Desk { warnings: vec![warning], ..Desk::clear() };
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. A formal warning letter has not gone out yet.");
}

#[test]
fn a_step_with_a_title_of_the_landlords_own_is_said_as_english() {
    let opportunity = WarningLine { title: "Opportunity to change".into(), given_on: date("2027-02-08"), given: Given::Recorded };
    let desk = Desk { warnings: vec![opportunity], ..Desk::clear() };
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. An opportunity to change was recorded on 8 February 2027.");
}

#[test]
fn a_decision_counts_from_its_second() {
    let desk = Desk::with(vec![closed(&[Channel::Phone])]);
    assert_eq!(desk.at(Way::Phone, "2027-03-02T09:29:59Z").tone, Tone::Ok);
    assert_eq!(desk.at(Way::Phone, "2027-03-02T09:30:00Z").tone, Tone::Stop);
}

#[test]
fn the_last_day_counts_to_its_end_in_london() {
    let desk = Desk::with(vec![closed(&[Channel::Phone])]);
    // British Summer Time: midnight in London is 11pm UTC.
    assert_eq!(desk.at(Way::Phone, "2027-06-02T22:59:59Z").tone, Tone::Stop);
    let after = desk.at(Way::Phone, "2027-06-02T23:00:00Z");
    assert_eq!(after.tone, Tone::Ok);
    assert_eq!(after.heading, "Talk as normal. The restriction ended on 2 June 2027. Do not apply it.");
    assert_eq!(after.eyebrow, "Ended on 2 June 2027");
    assert_eq!((after.why, after.decided, after.how.len()), (None, None, 0));
}

#[test]
fn the_landlords_own_word_is_used() {
    let mut desk = Desk::with(vec![samina()]);
    desk.policy.restriction = "communication protocol";
    desk.policy.limited = "Communication protocol".into();
    assert_eq!(desk.on(Way::Phone).eyebrow, "Communication protocol until 2 June 2027");
    assert!(desk.at(Way::Phone, "2027-07-01T09:00:00Z").heading.contains("The communication protocol ended"));
}

#[test]
fn an_appeal_and_a_missing_end_date_show_in_the_eyebrow() {
    let mut desk = Desk::with(vec![samina()]);
    desk.restrictions[0].under_appeal = true;
    assert_eq!(desk.on(Way::Phone).eyebrow, "Limited contact until 2 June 2027, under appeal");
    desk.restrictions[0].until = None;
    assert_eq!(desk.on(Way::Phone).eyebrow, "Limited contact, no end date, under appeal");
}

#[test]
fn while_an_appeal_that_suspends_is_heard_contact_is_as_normal_and_blocks_come_off() {
    let block = Term::TechnicalBlock { what: Block::Number, detail: "07700 900461".into(), removed_with_restriction: true };
    let mut desk = Desk::with(vec![closed(&[Channel::Email]), block]);
    desk.restrictions[0].under_appeal = true;
    desk.restrictions[0].waits = Some(Waits::Appeal);
    let answer = desk.on(Way::Writing);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Write as normal. The restriction waits: an appeal is being heard."));
    assert_eq!((answer.eyebrow.as_str(), answer.may_not.len()), ("Appeal being heard", 0));
    assert_eq!((answer.why, answer.decided), (None, None));
    let lift = ("Block to take off".to_owned(), "A phone number, 07700 900461, until the appeal is answered".to_owned());
    assert_eq!(answer.how, std::slice::from_ref(&lift));

    desk.restrictions[0].waits = Some(Waits::Again);
    let answer = desk.on(Way::Writing);
    assert_eq!(answer.heading, "Write as normal. The restriction waits: it is being decided again.");
    assert_eq!(
        (answer.eyebrow.as_str(), &*answer.how[0].1),
        ("Being decided again", "A phone number, 07700 900461, until it is decided again")
    );

    desk.restrictions[0].waits = Some(Waits::Appeal);
    desk.restrictions.push(line(vec![closed(&[Channel::Phone])]));
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.tone, Tone::Stop, "another one still binds");
    assert!(answer.line.contains("Another restriction waits: an appeal is being heard. Do not apply it."), "{}", answer.line);
    assert_eq!(answer.how.last(), Some(&lift));
    assert_eq!(desk.on(Way::Writing).heading, "Write as normal. The limits do not touch messages.");
}

#[test]
fn several_restrictions_bind_together_and_the_furthest_reaching_leads() {
    let mut desk = Desk::with(vec![samina()]);
    desk.restrictions.push(RestrictionLine { until: Some(date("2027-09-01")), ..line(vec![closed(&[Channel::Phone])]) });
    let answer = desk.on(Way::Phone);
    assert_eq!(answer.tone, Tone::Stop);
    assert_eq!(answer.eyebrow, "Limited contact until 1 September 2027");
    assert_eq!(answer.decided.unwrap().matches("Decided by").count(), 2);

    let june = desk.at(Way::Phone, "2027-07-01T09:00:00Z");
    assert!(june.line.contains("Another restriction ended on 2 June 2027. Do not apply it."));
}

#[test]
fn a_late_review_is_said_and_consent_that_ran_out_is_not() {
    let mut desk = Desk::with(vec![samina()]);
    desk.restrictions[0].review_due = Some(date("2027-03-09"));
    let sister = |until| RepresentativeLine {
        name: "Margaret Ashworth".into(),
        relation: "sister".into(),
        consent_until: Some(date(until)),
        note: Some("Ask for the password".into()),
    };
    desk.representatives = vec![sister("2027-03-10"), sister("2027-03-09")];
    let answer = desk.on(Way::Phone);
    assert_eq!(
        plain(&answer.decided.unwrap()),
        "Decided by Helen Marsh, Head of Customer Services, 2 March 2027. Review was due on 9 March 2027 and is late"
    );
    assert_eq!(answer.speak_for.len(), 1);
    assert_eq!(plain(&answer.speak_for[0]), "Margaret Ashworth, sister. Consent on file until 10 March 2027. Ask for the password.");
}

#[test]
fn an_open_repair_is_among_what_staff_may_do() {
    let matter = |purpose, title: &str| OpenMatter { purpose, title: title.into() };
    let mut desk = Desk::with(vec![closed(&[Channel::Phone])]);
    desk.open_matters = vec![matter(Purpose::Repair, "the bathroom fan"), matter(Purpose::Complaint, "complaint C-2093")];
    let may = desk.on(Way::Phone).may;
    assert!(may.contains(&"Deal with the bathroom fan".to_owned()));
    assert!(!may.iter().any(|one| one.contains("C-2093")));
}

#[test]
fn each_of_the_five_packs_gives_its_own_words_and_what_it_never_closes() {
    use crate::rules::policy::tests::{PACKS, pack};
    for (slug, _) in PACKS {
        let policy = pack(slug);
        let book = Rulebook::of(&policy);
        assert!(Purpose::FLOOR.iter().all(|purpose| book.open().contains(purpose)), "{slug}");
        let plain = book.restriction == "restriction";
        assert_eq!(plain, book.limited == "Limited contact", "{slug}");
    }
    assert_eq!(Rulebook::of(&pack("housing-solutions")).limited, "Communication protocol");
    assert_eq!(Rulebook::of(&pack("one-manchester")).limited, "Limited contact");
}

/// The HSE asks that whoever visits alone knows of a threat. No decision is waited for.
#[test]
fn after_a_threat_nobody_visits_alone_and_every_other_contact_says_it() {
    let threat = |day: &str, what| DangerLine { on: date(day), what: Some(what) };
    let dangers = vec![
        threat("2027-01-08", Danger::PhysicalViolenceUsed),
        threat("2027-03-08", Danger::VerbalAbuse),
        threat("2027-03-08", Danger::SeriousThreat),
        threat("2027-03-08", Danger::PhysicalViolenceThreatened),
    ];
    let desk = Desk { dangers, ..Desk::clear() };
    let visit = desk.on(Way::Visit);
    assert_eq!((visit.tone, visit.heading.as_str()), (Tone::Care, "Do not visit alone. Violence was threatened on 8 March 2027."));
    assert_eq!(visit.eyebrow, "A danger on record");
    assert!(visit.may_not.contains(&"Visit alone".to_owned()));
    let call = desk.on(Way::Phone);
    assert_eq!((call.tone, call.heading.as_str()), (Tone::Care, "Talk as normal. Violence was threatened on 8 March 2027."));
    assert_eq!(call.may, ["Deal with anything as normal"]);

    let limited = Desk { dangers: desk.dangers.clone(), ..Desk::with(vec![closed(&[Channel::Phone])]) };
    assert!(limited.on(Way::Visit).heading.starts_with("Do not visit alone."));
    assert!(limited.on(Way::Phone).line.contains("Violence was threatened on 8 March 2027."));
    let unsaid = Desk { dangers: vec![DangerLine { on: date("2027-03-08"), what: None }], ..Desk::clear() };
    assert_eq!(unsaid.on(Way::Visit).heading, "Do not visit alone. Somebody was threatened or hurt on 8 March 2027.");
    let abuse = Desk { dangers: vec![threat("2027-03-08", Danger::VerbalAbuse)], ..Desk::clear() };
    assert_eq!(abuse.on(Way::Visit).heading, "Visit as normal.");
}

#[test]
fn until_the_letter_has_gone_out_staff_are_told_to_say_what_changed() {
    let mut desk = Desk::with(vec![closed(&[Channel::Phone])]);
    assert!(!desk.on(Way::Phone).line.contains("letter"));
    desk.restrictions[0].is_told = false;
    assert!(desk.on(Way::Phone).line.contains("His letter has not gone out yet: say what has changed before you apply it."));
}
