use super::*;
use crate::rules::measure::Channel;
use crate::rules::policy::tests::{PACKS, pack};
use crate::rules::policy::{Fault, Policy};
use crate::rules::restriction_term::Runs;

/// One of the five packs with one piece of text exchanged.
fn changed(slug: &str, was: &str, is: &str) -> Result<Policy, Vec<Fault>> {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    assert!(text.contains(was), "{was} is not in the pack of {slug}");
    Policy::read(&text.replacen(was, is, 1))
}

fn only_fault(slug: &str, was: &str, is: &str) -> Fault {
    let faults = changed(slug, was, is).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.into_iter().next().unwrap()
}

fn nothing_open() -> Vec<Chosen> {
    vec![Term::EndAllContact { except: String::new() }.into()]
}

const QUOTA_OF_ALLIANCE: &str = "kind = \"quota\"\ntitle = \"A limited number of times\"";

#[test]
fn a_rule_that_only_advises_needs_somebody_who_may_go_over_it() {
    let was = "one-open-channel = { value = \"enforced\"";
    let fault = only_fault("west-kent", was, "one-open-channel = { value = \"advisory\"");
    assert_eq!(fault.place, "measures.override-by");
    let policy =
        changed("west-kent", was, "override-by = { value = \"director\", stated = \"5.4\" }\none-open-channel = { value = \"advisory\"")
            .unwrap();
    assert_eq!(
        policy.measures.over_the_rule(&nothing_open(), &policy.ways()).map(|who| who.say(&policy.roles)),
        Some("a Director".to_owned())
    );
    assert_eq!(
        policy
            .measures
            .over_the_rule(&[Term::EndDirectContact { except: String::new(), leaves: Term::letters_and_email() }.into()], &policy.ways()),
        None
    );
}

#[test]
fn om_14_ending_all_contact_is_for_a_director_and_elsewhere_for_nobody() {
    let policy = pack("one-manchester");
    assert_eq!(*policy.measures.one_open_channel, OneOpenChannel::Advisory);
    let by = policy.measures.over_the_rule(&nothing_open(), &policy.ways()).map(|who| who.say(&policy.roles));
    assert_eq!(by.as_deref(), Some("a Director"));
    assert_eq!(pack("west-kent").measures.over_the_rule(&nothing_open(), &policy.ways()), None);
    let refused = bundle::check(&nothing_open(), &pack("west-kent").measures.bounds(), &[]);
    assert!(!bundle::may_go_on(&refused));
}

#[test]
fn the_measures_the_policies_name_are_offered_with_their_clause() {
    let named = [
        ("om_11", "one-manchester", MeasureKind::Withdrawn, "4.0, Restrictions (1)"),
        ("om_13", "one-manchester", MeasureKind::ReadAndFile, "4.0, Restrictions (6)"),
        ("om_14", "one-manchester", MeasureKind::EndAllContact, "4.0, Restrictions (7)"),
        ("ah_09", "alliance-homes", MeasureKind::AdvocateInvited, "3.2 (2)"),
        ("ah_09", "alliance-homes", MeasureKind::Complaint, "3.2 (5)"),
        ("ah_09", "alliance-homes", MeasureKind::Premises, "3.2 (6)"),
        ("hs_23", "housing-solutions", MeasureKind::Documents, "6.4.2"),
        ("hs_33", "housing-solutions", MeasureKind::Replies, "6.5.4"),
        ("hs_35", "housing-solutions", MeasureKind::Complaint, "6.5.4"),
        ("wk_17", "west-kent", MeasureKind::Issues, "5.8"),
        ("wk_20", "west-kent", MeasureKind::Replies, "5.8 and 6.1"),
        ("wk_18", "west-kent", MeasureKind::TechnicalBlock, "5.6 and 5.9"),
    ];
    for (id, slug, kind, clause) in named {
        let policy = pack(slug);
        let offer = policy.measures.offer(kind).unwrap_or_else(|| panic!("{id}: {slug} offers no {}", kind.key()));
        assert_eq!(offer.source.clause(), Some(clause), "{id}");
    }
    let promises = |slug| pack(slug).measures.offered.iter().filter(|offer| offer.binds_us()).count();
    assert_eq!((promises("housing-solutions"), promises("alliance-homes")), (1, 0));
}

#[test]
fn om_12_a_withdrawn_offer_needs_its_own_director_reason_and_confirmation() {
    let policy = pack("one-manchester");
    let offer = policy.measures.offer(MeasureKind::Withdrawn).unwrap();
    assert!(offer.own_reason && offer.approver.is_some());
    assert_eq!(
        policy.guards(offer),
        [("guard:withdrawn".to_owned(), "Nothing the tenancy or the law gives them is taken away".to_owned())]
    );
}

#[test]
fn a_guard_may_be_a_checklist_and_then_each_line_is_confirmed() {
    let policy =
        changed("one-manchester", "guard = \"Nothing the tenancy or the law gives them is taken away\"", "guard = \"before-restricting\"")
            .unwrap();
    let offer = policy.measures.offer(MeasureKind::Withdrawn).unwrap();
    let list = policy.checklist("before-restricting").unwrap();
    let guards = policy.guards(offer);
    assert_eq!(guards.len(), list.items.len());
    assert_eq!(guards[0], (format!("guard:withdrawn:{}", list.items[0].key), list.items[0].ask.clone()));
}

#[test]
fn an_offer_says_how_long_whom_it_suits_badly_and_who_decides_it() {
    let with = |more: &str| changed("alliance-homes", QUOTA_OF_ALLIANCE, &format!("{more}\n{QUOTA_OF_ALLIANCE}"));
    let policy = with("usual = \"1 month\"\nlongest = \"2 months\"\nscope = \"team\"\nbinds-landlord = true\napprover = \"director\"\nconflicts-with = [\"language\", \"someone who lives alone\"]").unwrap();
    let offer = policy.measures.offer(MeasureKind::Quota).unwrap();
    assert_eq!(offer.conflicts_said(), ["someone with another first language", "someone who lives alone"]);
    assert!(offer.binds_us() && offer.scope == Some(Scope::Team));
    assert!(policy.measures.bounds().clashes.contains(&("quota".to_owned(), NeedKind::Language)));
    assert_eq!(Runs::of(&policy, ["quota"], [""; 0]).longest.to_string(), "2 months");

    let faults = with("usual = \"3 months\"\nlongest = \"2 months\"").unwrap_err();
    assert!(faults[0].says.starts_with("It usually runs 3 months, longer than it may, 2 months"), "{faults:?}");
    assert!(with("approver = \"headmaster\"").is_err());
    assert!(with("scope = \"street\"").is_err());
}

#[test]
fn a_refusal_calls_a_measure_by_the_landlords_title() {
    let policy = pack("west-kent");
    let offer = policy.measures.offer(MeasureKind::Channels).unwrap();
    assert!(offer.key.is_none() && offer.title != MeasureKind::Channels.title(), "it has a title, and no key of its own");
    let term = || offer.chosen(Term::Channels { closed: [Channel::Phone].into() });
    let says: Vec<String> = bundle::check(&[term(), term()], &policy.bounds(), &[]).into_iter().map(|one| one.sentence).collect();
    assert!(says.contains(&format!("{} is chosen twice. Keep one.", offer.title)), "{says:?}");
}
