use chrono::NaiveTime;

use super::*;
use crate::rules::measure::{Day, Period, Scope};

fn closed(channels: &[Channel]) -> Term {
    Term::Channels { closed: channels.iter().copied().collect() }
}

fn samina(phone: &str, email: &str) -> Term {
    Term::SinglePointOfContact {
        name: "Samina Iqbal".into(),
        job: "Customer Resolution Lead".into(),
        phone: phone.into(),
        email: email.into(),
        cover: "Tom Bell".into(),
        staff: None,
        cover_staff: None,
    }
}

fn afternoon(channel: Channel) -> Term {
    Term::Times {
        channel,
        days: [Day::Tuesday, Day::Thursday].into(),
        from: NaiveTime::from_hms_opt(14, 0, 0).unwrap(),
        until: NaiveTime::from_hms_opt(16, 0, 0).unwrap(),
    }
}

fn weekly(channel: Channel) -> Term {
    Term::Quota { channel, count: 1, per: Period::Week, exempt: BTreeSet::new(), answered_on: None }
}

fn direct() -> Term {
    Term::EndDirectContact { except: String::new(), leaves: Term::letters_and_email() }
}

fn excluded(topic: &str) -> Term {
    Term::Topics { mode: TopicMode::Excluded, topics: vec![topic.into()], purposes: BTreeSet::new() }
}

fn strict() -> Bounds {
    Bounds::strict(BTreeSet::new())
}

fn check(terms: &[Term], bounds: &Bounds, needs: &[NeedKind]) -> Vec<Refusal> {
    super::check(&terms.iter().cloned().map(Chosen::from).collect::<Vec<_>>(), bounds, needs)
}

fn nowhere() -> Vec<Term> {
    vec![Term::EndAllContact { except: String::new() }]
}

fn sentences(terms: &[Term], needs: &[NeedKind]) -> Vec<(Severity, String)> {
    check(terms, &Bounds::strict([Purpose::Repair].into()), needs).into_iter().map(|refusal| (refusal.severity, refusal.sentence)).collect()
}

#[test]
fn a_sensible_bundle_has_nothing_against_it() {
    let terms = [samina("01632 960 118", ""), afternoon(Channel::Phone), weekly(Channel::Email)];
    assert_eq!(sentences(&terms, &[NeedKind::LargePrint]), vec![]);
}

#[test]
fn a_bundle_that_leaves_no_way_to_reach_us_is_refused() {
    let no_way = closed(&ROUTES);
    let refused = sentences(std::slice::from_ref(&no_way), &[]);
    assert_eq!(refused.len(), 1);
    let all = "phone, email, text messages, letters, online forms, chats or meetings";
    assert_eq!(refused[0].1, format!("These measures leave no way to reach us. Leave {all} open, or name a representative."));
    let few = Bounds { ways: [Channel::Phone, Channel::Letter].into(), ..strict() };
    let refused = check(&[closed(&[Channel::Phone, Channel::Letter])], &few, &[]);
    assert!(refused[0].sentence.contains("Leave phone or letters open"), "the ways that there are: {}", refused[0].sentence);

    let represented = Term::RepresentativeOnly { name: "Grace Mensah".into() };
    assert_eq!(sentences(&[no_way, represented], &[]), vec![]);
    assert_eq!(sentences(&[direct()], &[]), vec![]);
}

#[test]
fn a_blocked_mailbox_is_not_the_last_route() {
    let block = Term::TechnicalBlock {
        what: crate::rules::measure::Block::Mailbox,
        detail: "the shared mailbox".into(),
        removed_with_restriction: true,
    };
    let terms = [direct(), closed(&[Channel::Letter]), block];
    assert!(!may_go_on(&check(&terms, &strict(), &[])));
}

#[test]
fn what_is_always_open_cannot_be_a_topic_left_out() {
    assert_eq!(
        sentences(&[excluded("repairs")], &[]),
        vec![(Severity::Never, "Repairs are always open, so no measure can leave them out. Take them off the list of topics.".to_owned())]
    );
    assert_eq!(sentences(&[excluded("Complaint C-2093")], &[]), vec![]);
    assert!(!sentences(&[excluded("appeals")], &[]).is_empty());
}

#[test]
fn terms_that_contradict_each_other_are_refused() {
    let no_phone = closed(&[Channel::Phone]);
    let cases = [
        (
            vec![samina("01632 960 118", ""), no_phone.clone()],
            "Samina Iqbal is to be reached by phone, and another measure closes phone. Open phone, or take this out.",
        ),
        (
            vec![no_phone.clone(), afternoon(Channel::Phone)],
            "There are set times for phone, and another measure closes phone. Open phone, or take this out.",
        ),
        (vec![weekly(Channel::Email), weekly(Channel::Email)], "There are two limits on how often for email. Keep one."),
        (vec![no_phone.clone(), no_phone], "Channels closed is chosen twice. Keep one."),
    ];
    for (terms, expected) in cases {
        assert_eq!(sentences(&terms, &[]), vec![(Severity::Never, expected.to_owned())]);
    }
}

#[test]
fn a_channel_that_one_measure_closes_and_another_names_as_left_is_refused_with_both() {
    let refused = sentences(&[closed(&[Channel::Email, Channel::Person]), direct()], &[]);
    let expected = "End direct contact leaves contact by email and by letter, and another measure closes email. \
                    Open email there, or take this out and close each channel there.";
    assert_eq!(refused, vec![(Severity::Never, expected.to_owned())]);
    assert_eq!(sentences(&[closed(&[Channel::Phone, Channel::Visit]), direct()], &[]), vec![], "closed by both");
    let form = Term::EndDirectContact { except: String::new(), leaves: [Channel::Letter, Channel::Online].into() };
    assert_eq!(sentences(&[closed(&[Channel::Email]), form.clone()], &[]), vec![], "closed by both");
    let refused = sentences(&[form.clone(), closed(&[Channel::Online])], &[]);
    assert!(refused[0].1.starts_with("End direct contact leaves contact by letter and by online form, and another"), "{refused:?}");
    let weekly_mail = sentences(&[form, weekly(Channel::Email)], &[]);
    assert_eq!(weekly_mail.len(), 1, "there is no email to count: {weekly_mail:?}");
}

#[test]
fn the_same_topic_cannot_be_allowed_and_left_out() {
    let only = Term::Topics { mode: TopicMode::Only, topics: vec!["the Kitchen".into()], purposes: BTreeSet::new() };
    assert_eq!(sentences(&[only, excluded("The kitchen")], &[]).len(), 1);
}

#[test]
fn writing_only_for_someone_who_finds_writing_hard_needs_a_senior_reason() {
    let refused = sentences(&[direct()], &[NeedKind::Writing]);
    assert!(refused.iter().all(|(severity, _)| *severity == Severity::Reason));
    assert_eq!(
        refused[0].1,
        "This leaves only contact by email or by letter for someone who finds writing hard. Leave another way open, or ask someone senior for a reason."
    );
    assert!(may_go_on(&check(&[direct()], &strict(), &[NeedKind::Writing])));
}

#[test]
fn a_named_person_by_phone_only_is_held_against_hearing_loss() {
    let refused = sentences(&[samina("01632 960 118", "")], &[NeedKind::Hearing]);
    assert_eq!(refused.len(), 1);
    assert!(refused[0].1.contains("reached by phone only, which may not work for someone with hearing loss"));
    assert_eq!(sentences(&[samina("01632 960 118", "samina@example.org")], &[NeedKind::Hearing]), vec![]);
}

#[test]
fn an_incomplete_term_is_named_in_the_bundle() {
    let refused = check(&[Term::Other { words: String::new() }], &strict(), &[]);
    assert_eq!(refused[0].term, Some(0));
    assert_eq!(refused[0].sentence, "Another measure, in words: Enter the measure in words.");
}

#[test]
fn without_a_route_each_strength_of_the_rule_says_something_else() {
    let at = |one_open| {
        let found = check(&nowhere(), &Bounds { one_open, ..strict() }, &[]);
        assert_eq!(found.len(), 1, "{one_open}");
        (found[0].severity, may_go_on(&found))
    };
    assert_eq!(at(OneOpenChannel::Enforced), (Severity::Never, false));
    assert_eq!(at(OneOpenChannel::Advisory), (Severity::Senior, true));
    assert_eq!(at(OneOpenChannel::Off), (Severity::Warning, true));
    let with_a_way = [direct()];
    for one_open in OneOpenChannel::ALL {
        assert_eq!(check(&with_a_way, &Bounds { one_open: *one_open, ..strict() }, &[]), vec![]);
    }
}

#[test]
fn what_is_always_open_stays_open_whatever_the_strength_and_whoever_it_is() {
    let appeals = [excluded("appeals")];
    let payments = [excluded("payments")];
    for one_open in OneOpenChannel::ALL {
        let bounds = Bounds { one_open: *one_open, ..strict() };
        assert!(!may_go_on(&check(&appeals, &bounds, &[])), "{one_open}");
        assert!(may_go_on(&check(&payments, &bounds, &[])), "{one_open}");
        assert!(!may_go_on(&check(&payments, &bounds.owing(&[Purpose::Payment]), &[])), "{one_open}");
    }
}

#[test]
fn letters_alone_need_no_measure_of_their_own() {
    let all_but_letters = Channel::ALL.iter().copied().filter(|one| *one != Channel::Letter).collect();
    assert_eq!(sentences(&[Term::Channels { closed: all_but_letters }], &[]), vec![]);
}

#[test]
fn measures_for_one_team_leave_everybody_else_and_those_that_hold_elsewhere_too_leave_nobody() {
    let about = |reach, name: &str| Term::Scope { reach, names: vec![name.into()] };
    let with = |scope| [nowhere(), vec![scope]].concat();
    assert_eq!(sentences(&with(about(Scope::Team, "the lettings team")), &[]), vec![]);
    assert!(!sentences(&with(about(Scope::SeveralOrganisations, "Hollins Heating")), &[]).is_empty());
    assert!(!sentences(&with(about(Scope::Service, "every service")), &[]).is_empty());
}

#[test]
fn what_a_bundle_has_room_for_once_is_refused_twice() {
    let issues = |count| Term::Issues { count, per: None };
    assert_eq!(
        sentences(&[issues(1), issues(2)], &[]),
        vec![(Severity::Never, "Limit on new matters is chosen twice. Keep one.".to_owned())]
    );
    let team = Term::NamedTeam { team: "the Resolution team".into(), phone: String::new(), email: "resolution@example.org".into() };
    let both = sentences(&[samina("01632 960 118", ""), team], &[]);
    assert_eq!(both[0].1, "A person and a team are both named as the point of contact. Name one of them.");
}

#[test]
fn a_landlord_may_hold_a_measure_against_a_need_of_its_own_choice() {
    let by_appointment = [Term::AppointmentOnly { with: "Tom Bell".into(), staff: None, channels: [Channel::Person].into() }];
    let bounds = Bounds { clashes: [("appointment-only".to_owned(), NeedKind::Language)].into(), ..strict() };
    assert_eq!(check(&by_appointment, &strict(), &[NeedKind::Language]), vec![]);
    assert_eq!(check(&by_appointment, &bounds, &[NeedKind::Language])[0].severity, Severity::Reason);
}
