use chrono::NaiveTime;

use super::*;
use crate::rules::id::StaffId;
use crate::rules::measure::{Cadence, Channel, Day, Period, Term};
use crate::rules::policy::tests::pack;
use crate::rules::restriction_term::Runs;

fn every_kind() -> Vec<Chosen> {
    terms().into_iter().map(Chosen::from).collect()
}

fn terms() -> Vec<Term> {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let times = |channel, hour| Term::Times { channel, days: [Day::Tuesday, Day::Friday].into(), from: at(hour), until: at(hour + 2) };
    vec![
        Term::SinglePointOfContact {
            name: "Ann Lee".into(),
            job: "Housing Officer".into(),
            phone: "01732 960 501".into(),
            email: String::new(),
            cover: "Dev Chaudhary".into(),
            staff: Some(StaffId(uuid::Uuid::from_u128(5))),
            cover_staff: None,
        },
        Term::Channels { closed: [Channel::Social].into() },
        times(Channel::Phone, 14),
        times(Channel::Visit, 9),
        Term::Quota {
            channel: Channel::Email,
            count: 1,
            per: Period::Week,
            exempt: [Purpose::Complaint].into(),
            answered_on: Some(Day::Friday),
        },
        Term::AppointmentOnly {
            with: "Ann Lee".into(),
            staff: Some(StaffId(uuid::Uuid::from_u128(5))),
            channels: [Channel::Person].into(),
        },
        Term::RepresentativeOnly { name: "Jo Farrant".into() },
        Term::ReadAndFile { about: "the 2025 service charge".into(), reader: "Ann Lee".into() },
        Term::TwoPersonVisits { why: "There was shouting at the door".into() },
        Term::TechnicalBlock { what: Block::Number, detail: "ends 4471".into(), removed_with_restriction: true },
        Term::EndDirectContact { except: "The call on Fridays".into(), leaves: Term::letters_and_email() },
        Term::Premises { places: vec!["The office in Sevenoaks".into(), "The hub".into()], events: true },
        Term::Topics { mode: TopicMode::Excluded, topics: vec!["The 2024 kitchen".into()], purposes: [Purpose::Complaint].into() },
        Term::NamedTeam { team: "the Resolution team".into(), phone: String::new(), email: "resolution@example.org".into() },
        Term::Duration { channels: [Channel::Phone, Channel::Visit].into(), minutes: 15 },
        Term::Issues { count: 2, per: Some(Period::Month) },
        Term::Replies { every: Some(Cadence::Fortnight), on: Some(Day::Friday), by: "Ann Lee".into(), one_for_all: true },
        Term::RegularCall { by: "Ann Lee".into(), every: Cadence::Week, on: Day::Monday, at: at(10) },
        Term::AdvocateInvited { who: "a relative or a support worker".into() },
        Term::Complaint { step: ComplaintStep::Held, which: "your complaint C-2093".into(), why: "The court decides first".into() },
        Term::Documents {
            fate: Fate::Destroyed,
            about: "copies of letters we have answered".into(),
            checked_by: "Ann Lee".into(),
            guard: DocumentGuard::ALL.iter().copied().collect(),
        },
        Term::Witness { channels: [Channel::Person].into(), who: "Dev Chaudhary".into() },
        Term::Withdrawn { what: "the offer of 4 Mill Lane".into(), why: "A neighbour there was threatened".into() },
        Term::EndAllContact { except: String::new() },
        Term::Scope { reach: Scope::Team, names: vec!["the lettings team".into(), "the repairs team".into()] },
        Term::Other { words: "Calls are returned the next working day".into() },
    ]
}

#[test]
fn what_is_filled_in_reads_back_the_same() {
    let policy = pack("west-kent");
    let terms = every_kind();
    let kinds: std::collections::BTreeSet<MeasureKind> = terms.iter().map(|term| term.kind()).collect();
    assert_eq!(kinds.len(), MeasureKind::ALL.len(), "a kind is missing from this test");
    let mut form = TermsForm::fill(Form::blank(), &policy, &terms);
    let mut read = TermsForm::read(&mut form, &policy, &terms).unwrap();
    assert!(form.is_clean());
    let in_order = |terms: &mut Vec<Chosen>| terms.sort_by_key(|term| term.kind());
    let mut terms = terms;
    in_order(&mut terms);
    in_order(&mut read);
    assert_eq!(read, terms);
}

/// What ending direct contact leaves is no choice on the page: nothing that is posted changes it, and a change of terms keeps what was chosen.
#[test]
fn ending_direct_contact_leaves_what_was_chosen_or_else_what_the_policy_offers() {
    let ending = |leaves: &[Channel]| Term::EndDirectContact { except: String::new(), leaves: leaves.iter().copied().collect() };
    let offer = "kind = \"end-direct-contact\"\n";
    let (_, text) = crate::rules::policy::tests::PACKS.iter().find(|(slug, _)| *slug == "west-kent").unwrap();
    let texts = Policy::read(&text.replacen(offer, &format!("{offer}leaves = [\"letter\", \"text\"]\n"), 1)).unwrap();
    let gone = Policy::read(&text.replacen(offer, "kind = \"end-all-contact\"\n", 1)).unwrap();
    let by_default = ending(&[Channel::Letter, Channel::Email]);
    let as_offered = ending(&[Channel::Letter, Channel::Text]);
    let held = ending(&[Channel::Email]);
    let cases = [
        (&pack("west-kent"), None, by_default),
        (&texts, None, as_offered),
        (&texts, Some(held.clone()), held.clone()),
        (&gone, Some(held.clone()), held),
    ];
    for (policy, there, expected) in cases {
        let there: Vec<Chosen> = there.into_iter().map(Chosen::from).collect();
        let forged = Form::blank().with("measure", "end-direct-contact").with("end-direct-contact-leaves", "phone");
        let read = TermsForm::read(&mut forged.clone(), policy, &there).unwrap();
        assert_eq!(read, [Chosen::from(expected.clone())]);
        let form = TermsForm::of(policy, &there);
        let slot = form.slots.iter().find(|slot| slot.kind == MeasureKind::EndDirectContact).expect("its tile");
        let Term::EndDirectContact { leaves, .. } = &expected else { unreachable!() };
        assert_eq!(&slot.leaves, leaves);
    }
    let form = TermsForm::of(&texts, &[]);
    let slot = form.slots.iter().find(|slot| slot.kind == MeasureKind::EndDirectContact).unwrap();
    let said = "Letters and text messages stay open. Phone, email, meetings, home visits and social media close";
    assert_eq!(slot.stays_open, said);
}

#[test]
fn each_tile_left_empty_says_what_it_needs_at_its_own_field() {
    let policy = pack("west-kent");
    let mut form = Form::blank().with("measure", "times-2").with("measure", "single-point-of-contact");
    assert_eq!(TermsForm::read(&mut form, &policy, &[]), None);
    assert_eq!(form.error("times-2-from"), Some("Enter the time it starts, such as 2pm"));
    assert_eq!(form.error("single-point-of-contact-name"), Some("Enter the name of the person to contact"));
    assert_eq!(form.error("times-from"), None);
}

#[test]
fn fields_beneath_a_tile_that_is_off_are_ignored() {
    let policy = pack("west-kent");
    let mut form = Form::blank().with("other-words", "Something").with("measure", "made-up");
    assert_eq!(TermsForm::read(&mut form, &policy, &[]), Some(vec![]));
}

#[test]
fn what_the_policy_does_not_offer_is_not_read_where_nothing_holds_it() {
    let (_, text) = crate::rules::policy::tests::PACKS.iter().find(|(slug, _)| *slug == "west-kent").unwrap();
    let policy = Policy::read(&text.replacen("kind = \"end-direct-contact\"\n", "kind = \"end-all-contact\"\n", 1)).unwrap();
    let mut forged = Form::blank().with("measure", "end-direct-contact");
    assert_eq!(TermsForm::read(&mut forged, &policy, &[]), Some(vec![]));
    let held = [Chosen::from(Term::EndDirectContact { except: String::new(), leaves: Term::letters_and_email() })];
    assert_eq!(TermsForm::read(&mut forged, &policy, &held), Some(held.to_vec()));
}

#[test]
fn a_measure_no_longer_offered_keeps_its_tile() {
    let policy = pack("housing-solutions");
    let missing = MeasureKind::ALL.iter().find(|kind| policy.measures.offer(**kind).is_none());
    let terms: Vec<Chosen> = every_kind().into_iter().filter(|term| Some(&term.kind()) == missing).collect();
    let form = TermsForm::of(&policy, &terms);
    assert!(terms.iter().all(|term| form.slots.iter().any(|slot| slot.kind == term.kind())));
}

const TWO_MORE: &str = "\n[[measures.offered]]\nkind = \"other\"\nkey = \"no-parcels\"\ntitle = \"No parcels\"\nabout = \"The office takes none.\"\nown-reason = true\nlongest = \"2 months\"\nguard = \"Nothing ordered is lost\"\nsource = { stated = \"5.4\" }\n\n[[measures.offered]]\nkind = \"times\"\nkey = \"rent-line\"\ntitle = \"The rent line\"\nabout = \"At set times.\"\nsource = { stated = \"5.4\" }\n\n[authority]\n";

/// A measure with a key of its own beside another of its kind: a tile, a reason and a confirmation of its own.
#[test]
fn measures_of_one_kind_stay_apart_from_the_tile_to_the_term_and_back() {
    let (_, text) = crate::rules::policy::tests::PACKS.iter().find(|(slug, _)| *slug == "west-kent").unwrap();
    let policy = Policy::read(&text.replacen("\n[authority]\n", TWO_MORE, 1)).unwrap_or_else(|faults| panic!("{faults:?}"));
    let words = |words: &str| Term::Other { words: words.into() };
    let times = || terms().into_iter().find(|term| matches!(term, Term::Times { .. })).unwrap();
    let chosen: Vec<Chosen> = vec![
        words("Calls are returned the next day").into(),
        Chosen::named(words("Please send us no parcels"), "no-parcels", "No parcels"),
        times().into(),
        Chosen::named(times(), "rent-line", "The rent line"),
        Chosen::named(times(), "rent-line", "The rent line"),
    ];
    let slots = TermsForm::of(&policy, &chosen).slots;
    let tiles: Vec<(&str, &str)> = slots.iter().map(|slot| (slot.key.as_str(), slot.title.as_str())).collect();
    assert!(tiles.contains(&("other_no-parcels", "No parcels")) && tiles.contains(&("times_rent-line", "The rent line")), "{tiles:?}");
    assert!(tiles.contains(&("times-2_rent-line", "The rent line, for another channel")), "{tiles:?}");
    let parcels = slots.iter().find(|slot| slot.key == "other_no-parcels").unwrap();
    assert_eq!(parcels.guards, [("guard:no-parcels".to_owned(), "Nothing ordered is lost".to_owned())]);
    assert_eq!((parcels.own_reason, parcels.f("own_reason")), (true, "why:no-parcels"));

    let mut form = TermsForm::fill(Form::blank(), &policy, &chosen);
    let mut read = TermsForm::read(&mut form, &policy, &[]).unwrap();
    let by_key = |one: &Chosen| (one.kind(), one.measure().to_owned());
    let (mut read, mut chosen) = (std::mem::take(&mut read), chosen);
    read.sort_by_key(by_key);
    chosen.sort_by_key(by_key);
    assert_eq!(read, chosen);
    assert_eq!(Runs::of(&policy, chosen.iter().map(Chosen::measure), [""; 0]).longest.to_string(), "2 months");

    // A restriction that was moved to a policy without it keeps what it is.
    let mut form = TermsForm::fill(Form::blank(), &policy, &chosen);
    let mut kept = TermsForm::read(&mut form.clone(), &pack("west-kent"), &chosen).unwrap();
    kept.sort_by_key(by_key);
    assert_eq!(kept, chosen);
    // Nobody is given what their policy does not offer, whatever is posted.
    let given = TermsForm::read(&mut form, &pack("west-kent"), &[]).unwrap();
    assert!(given.iter().all(|term| pack("west-kent").measures.offer(term.measure()).is_some()), "{given:?}");
    assert!(given.len() < chosen.len());
    assert!(TermsForm::read(&mut Form::blank().with("measure", "other_Robert'); --"), &policy, &[]).unwrap().is_empty());
}

#[test]
fn everything_missing_of_a_measure_is_said_at_once() {
    let policy = pack("west-kent");
    let mut form = Form::blank().with("measure", "times").with("measure", "quota").with("quota-count", "many");
    assert_eq!(TermsForm::read(&mut form, &policy, &[]), None);
    let said: Vec<&str> = form.errors().iter().map(|(field, _)| field.as_str()).collect();
    let all = ["times-channel", "times-from", "times-until", "times-days", "quota-channel", "quota-count", "quota-per"];
    assert_eq!(said, all);
}

/// West Kent's policy where the measure of this kind has these lines as well.
fn bounded(kind: &str, lines: &str) -> Policy {
    let (_, text) = crate::rules::policy::tests::PACKS.iter().find(|(slug, _)| *slug == "west-kent").unwrap();
    let kind = format!("[[measures.offered]]\nkind = \"{kind}\"\n");
    assert!(text.contains(&kind));
    Policy::read(&text.replacen(&kind, &format!("{kind}{lines}\n"), 1)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

const TWO_CALLS: &str = "limits = { channels = [\"phone\", \"email\"], count = { least = 1, most = 3 }, per = [\"week\"] }\nusually = { channels = [\"phone\"], count = 2 }";

fn offered(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|one| one.value.as_str()).collect()
}

#[test]
fn a_tile_offers_what_the_policy_allows_and_begins_with_what_is_usual() {
    let policy = bounded("quota", TWO_CALLS);
    let slots = TermsForm::of(&policy, &[]).slots;
    let slot = |key: &str| slots.iter().find(|slot| slot.key == key).unwrap();
    let quota = slot("quota");
    assert_eq!((offered(&quota.channels), offered(&quota.periods)), (vec!["phone", "email"], vec!["week"]));
    assert_eq!((quota.bounds("count"), quota.bounds("minutes")), ("1 to 3.".to_owned(), String::new()));
    assert_eq!(offered(&slot("times").channels).len(), 7, "another measure is not bound");
    let form = TermsForm::fill(Form::blank(), &policy, &[]);
    let value = |field: &str| form.value(field).to_owned();
    assert_eq!([value("quota-channel"), value("quota-count"), value("quota-per")], ["phone", "2", "week"]);
    assert_eq!([value("quota-2-channel"), value("quota-2-count"), value("quota-2-per")], ["", "2", "week"], "for another channel");
    assert_eq!(value("measure"), "", "nothing is chosen for anybody");
    let mut form = form.with("measure", "quota");
    let two = Term::Quota { channel: Channel::Phone, count: 2, per: Period::Week, exempt: [].into(), answered_on: None };
    assert_eq!(TermsForm::read(&mut form, &policy, &[]), Some(vec![policy.measures.offer("quota").unwrap().chosen(two)]));
}

#[test]
fn a_term_that_is_there_keeps_its_own_values_to_choose_from() {
    let policy = bounded("quota", TWO_CALLS);
    let held = Term::Quota { channel: Channel::Letter, count: 5, per: Period::Month, exempt: [].into(), answered_on: None };
    let held = vec![policy.measures.offer("quota").unwrap().chosen(held)];
    let slots = TermsForm::of(&policy, &held).slots;
    let quota = slots.iter().find(|slot| slot.key == "quota").unwrap();
    assert_eq!((offered(&quota.channels), offered(&quota.periods)), (vec!["phone", "email", "letter"], vec!["week", "month"]));
    let filled = TermsForm::fill(Form::blank(), &policy, &held);
    assert_eq!(filled.value("quota-count"), "5");
    assert_eq!(TermsForm::read(&mut filled.clone(), &policy, &held), Some(held.clone()), "it may stay");
    let mut anew = filled;
    assert_eq!(TermsForm::read(&mut anew, &policy, &[]), None);
    assert_eq!(anew.error("quota-count"), Some("The policy allows at most 3 letters a month. Enter 3 or fewer"));
    assert_eq!(anew.error("quota-per"), Some("The policy counts these by the week only. Choose a week"));
    assert!(anew.error("quota-channel").is_some() && anew.value("quota-count") == "5", "what was typed stays");
}

/// An hour that cannot be read has its own sentence, and no other hour is blamed for it.
#[test]
fn what_could_not_be_read_breaks_no_limit() {
    let policy = bounded("times", "limits = { from = \"10:00\", until = \"16:00\" }");
    let typed =
        [("measure", "times"), ("times-channel", "phone"), ("times-days", "monday"), ("times-from", "11am"), ("times-until", "late")];
    let mut form = typed.iter().fold(Form::blank(), |form, (field, value)| form.with(field, value));
    assert_eq!(TermsForm::read(&mut form, &policy, &[]), None);
    assert_eq!(form.errors(), [("times-until".to_owned(), "Enter the time it ends, such as 4pm".to_owned())]);
    let mut early = Form::from_pairs(form.pairs().iter().filter(|(field, _)| field != "times-from" && field != "times-until").cloned());
    early = early.with("times-from", "9am").with("times-until", "5pm");
    assert_eq!(TermsForm::read(&mut early, &policy, &[]), None);
    assert_eq!(early.error("times-from"), Some("The policy allows nothing before 10am. Enter 10am or later"));
    assert_eq!(early.error("times-until"), Some("The policy allows nothing after 4pm. Enter 4pm or earlier"));
}
