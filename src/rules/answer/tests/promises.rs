//! What we promise and offer, and the measures about papers, complaints, services and how long a contact lasts.

use super::*;
use crate::rules::measure::{Block, Cadence, ComplaintStep, DocumentGuard, Fate};
use crate::rules::tone::Tone;

fn weekly_reply(one_for_all: bool) -> Term {
    Term::Replies { every: Some(Cadence::Week), on: Some(Day::Friday), by: "Ann Lee".into(), one_for_all }
}

#[test]
fn messages_wait_for_the_day_of_the_reply_and_its_writer_is_told_on_that_day() {
    let mut desk = Desk::with(vec![weekly_reply(true)]);
    let answer = desk.on(Way::Writing);
    assert_eq!(
        (answer.tone, answer.heading.as_str()),
        (Tone::Care, "Deal with repairs and urgent matters. Ann Lee replies Friday 12 March.")
    );
    assert!(answer.may.contains(&"Pass anything else to Ann Lee, who replies every week, on Fridays".to_owned()));
    assert!(answer.may.contains(&"Answer everything that came before it in one reply".to_owned()));
    assert_eq!(answer.may_not, ["Reply in between about anything that can wait"]);
    assert!(answer.how.contains(&("We reply".to_owned(), "Every week, on Fridays, Ann Lee".to_owned())));
    assert_eq!(desk.on(Way::Phone).heading, "Talk as normal. The limits do not touch calls.");

    desk.reader = "Ann Lee";
    let today = desk.at(Way::Writing, "2027-03-12T09:00:00Z");
    assert_eq!((today.tone, today.heading.as_str()), (Tone::Ok, "Write today’s reply. It is the day we promised."));
    assert_eq!(desk.at(Way::Writing, "2027-03-11T09:00:00Z").heading, "Deal with repairs and urgent matters. Ann Lee replies tomorrow.");
}

#[test]
fn a_reply_day_that_is_a_bank_holiday_is_said_as_the_day_it_moves_to() {
    // Good Friday is 26 March 2027.
    let answer = Desk::with(vec![weekly_reply(false)]).at(Way::Writing, "2027-03-24T09:00:00Z");
    assert_eq!(answer.heading, "Deal with repairs and urgent matters. Ann Lee replies Tuesday 30 March.");
}

#[test]
fn one_reply_for_everything_limits_nothing_else() {
    let once = Term::Replies { every: None, on: None, by: "Ann Lee".into(), one_for_all: true };
    let answer = Desk::with(vec![once]).on(Way::Writing);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Write one reply to everything that came. Ann Lee writes it."));
    assert!(answer.may.contains(&"Deal with anything else as normal".to_owned()));
    assert_eq!(answer.may_not, ["Answer each message by itself"]);
}

#[test]
fn a_call_we_promised_is_said_with_its_next_day_even_where_calls_are_closed() {
    let call = Term::RegularCall { by: "Ann Lee".into(), every: Cadence::Fortnight, on: Day::Monday, at: hour(10) };
    let answer = Desk::with(vec![call.clone()]).on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Talk as normal. A regular call is promised."));
    // It began on Tuesday 2 March: the first Monday after is the 8th, and the next is two weeks on.
    assert!(answer.line.ends_with("Ann Lee rings him Monday 22 March, at 10am."), "{}", answer.line);
    let shut = Desk::with(vec![closed(&[Channel::Phone]), call]).on(Way::Phone);
    assert_eq!(shut.tone, Tone::Stop);
    assert!(shut.may.contains(&"Say when we ring: Ann Lee, every two weeks, on a Monday, at 10am".to_owned()));
}

#[test]
fn an_advocate_is_offered_and_nothing_is_limited() {
    let answer = Desk::with(vec![Term::AdvocateInvited { who: "a relative or a support worker".into() }]).on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Talk as normal. Offer him someone to speak for him."));
    assert!(answer.may.contains(&"Deal with anything else as normal".to_owned()));
    assert!(answer.may_not.is_empty());
}

#[test]
fn ending_all_contact_closes_every_way_and_nothing_that_is_always_open() {
    let desk = Desk::with(vec![Term::EndAllContact { except: String::new() }]);
    for way in Way::ALL {
        let answer = desk.on(*way);
        assert_eq!(answer.tone, Tone::Stop, "{way}");
        assert!(answer.heading.ends_with("unless it is an emergency or a repair."), "{way}");
        for open in ["Take any repair or emergency", "Take an appeal, or say how to make one"] {
            assert!(answer.always_worded().contains(&open), "{way}: {open}");
        }
        assert!(!answer.may.iter().any(|one| one.starts_with("Say how to reach us")), "{way}");
    }
}

#[test]
fn how_long_how_many_and_with_whom() {
    let fifteen = Term::Duration { channels: [Channel::Phone].into(), minutes: 15 };
    let answer = Desk::with(vec![fifteen]).on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Talk as normal, for 15 minutes at most."));
    assert_eq!(answer.may_not, ["Go on after 15 minutes about anything that can wait"]);
    assert!(answer.how.contains(&("Phone".to_owned(), "15 minutes at most".to_owned())));

    let answer = Desk::with(vec![Term::Issues { count: 1, per: None }]).on(Way::Phone);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Care, "Talk as normal, about one matter at a time."));
    let answer = Desk::with(vec![Term::Issues { count: 2, per: Some(Period::Week) }]).on(Way::Writing);
    assert_eq!(answer.heading, "Write as normal, about 2 new matters a week.");

    let witness = Desk::with(vec![Term::Witness { channels: [Channel::Visit].into(), who: "a second member of staff".into() }]);
    assert_eq!(witness.on(Way::Visit).heading, "Have a second member of staff present at this home visit.");
    assert_eq!(witness.on(Way::Person).heading, "Talk as normal. The limits do not touch meetings.");
}

#[test]
fn a_team_is_a_named_contact_that_covers_for_itself() {
    let team = Term::NamedTeam { team: "the Resolution team".into(), phone: "01632 960 118".into(), email: String::new() };
    let answer = Desk::with(vec![team]).on(Way::Phone);
    assert_eq!(answer.heading, "Deal with repairs and urgent matters. Pass anything else to the Resolution team.");
    assert!(answer.may.contains(&"Put the call through to the Resolution team".to_owned()));
    assert_eq!(answer.how[0].0, "Phone, the Resolution team");
}

#[test]
fn what_became_of_one_complaint() {
    let about = |step| Term::Complaint { step, which: "complaint C-2093".into(), why: "It was answered twice.".into() };
    let on = |step| Desk::with(vec![about(step)]).on(Way::Phone);
    let closed = on(ComplaintStep::Closed);
    assert_eq!((closed.tone, closed.heading.as_str()), (Tone::Care, "Talk as normal, but not about complaint C-2093."));
    assert!(closed.may.contains(&"Say that complaint C-2093 is closed, and that the Ombudsman can look at that".to_owned()));
    assert_eq!(closed.may_not, ["Discuss complaint C-2093"]);
    assert_eq!(on(ComplaintStep::Held).heading, "Talk as normal. Complaint C-2093 is on hold.");
    assert_eq!(on(ComplaintStep::Accelerated).tone, Tone::Info);

    let mut desk = Desk::with(vec![Term::Complaint { step: ComplaintStep::Closed, which: "complaints".into(), why: "x".into() }]);
    assert_eq!(desk.on(Way::Phone).may_not, ["Discuss complaints"]);
    desk.policy.always_open.push((Purpose::Complaint, "Take a new complaint"));
    assert!(desk.on(Way::Phone).may_not.is_empty());
}

#[test]
fn papers_services_and_staff_phones() {
    let guard = DocumentGuard::ALL.iter().copied().collect();
    let papers = Term::Documents { fate: Fate::Destroyed, about: "copies of old letters".into(), checked_by: "Ann Lee".into(), guard };
    let answer = Desk::with(vec![papers]).on(Way::Writing);
    assert_eq!((answer.tone, answer.heading.as_str()), (Tone::Info, "Write as normal. Pass copies of old letters to Ann Lee."));
    assert_eq!(answer.may_not, ["Let anything be destroyed that is evidence, a legal paper or not copied"]);

    let withdrawn = Term::Withdrawn { what: "the offer of 4 Mill Lane".into(), why: "A neighbour there was threatened".into() };
    let answer = Desk::with(vec![withdrawn]).on(Way::Person);
    assert_eq!(answer.heading, "Talk as normal. Withdrawn: the offer of 4 Mill Lane.");
    assert_eq!(answer.may_not, ["Promise or arrange the offer of 4 Mill Lane"]);

    let own = Term::TechnicalBlock { what: Block::OwnPhone, detail: "Ann Lee’s mobile".into(), removed_with_restriction: true };
    let answer = Desk::with(vec![own]).on(Way::Phone);
    assert_eq!(answer.heading, "Talk as normal. A staff member’s own phone is blocked: Ann Lee’s mobile.");
    assert_eq!(answer.may_not, ["Give out another staff phone to get round the block"]);
}
