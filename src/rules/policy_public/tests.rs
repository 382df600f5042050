use super::*;
use crate::rules::policy::tests::example;
use crate::rules::policy::{AppealMode, Part, Sourced};

const PACKS: [&str; 5] = [
    include_str!("../../../policies/one-manchester.toml"),
    include_str!("../../../policies/alliance-homes.toml"),
    include_str!("../../../policies/housing-solutions.toml"),
    include_str!("../../../policies/notting-hill-genesis.toml"),
    include_str!("../../../policies/west-kent.toml"),
];

fn words(policy: &Policy) -> Vec<String> {
    let house = House { name: "Anyham Homes".into(), phone: "01632 960 100".into(), email: "hello@anyham.example".into() };
    let of = |one: Section| [vec![one.title], one.lead, one.list, one.after].concat();
    sections(policy, &house).into_iter().flat_map(of).chain([opening(policy, &house)]).collect()
}

#[test]
fn every_pack_tells_a_customer_what_stays_open_how_to_disagree_and_who_is_outside() {
    for pack in PACKS {
        let policy = Policy::read(pack).unwrap();
        let all = words(&policy).join("\n");
        for open in &policy.measures.always_open {
            assert!(all.contains(&open.tell), "{}", open.tell);
        }
        assert!(all.contains(&policy.onward.ombudsman.name) && all.contains(&policy.words.appeal.a), "{all}");
        assert!(all.contains("01632\u{a0}960\u{a0}100"));
    }
}

#[test]
fn nothing_raw_and_nothing_internal_is_shown() {
    for pack in PACKS {
        let policy = Policy::read(pack).unwrap();
        let keys = policy.roles.iter().map(|(key, _)| key).chain(policy.behaviour.categories.iter().map(|one| one.key.as_str()));
        let raw: Vec<&str> = keys.filter(|key| key.contains('-')).collect();
        for said in words(&policy) {
            assert!(raw.iter().all(|key| !said.contains(key)), "{said}");
            assert!(!said.contains("..") && !said.contains(['{', '}', '[', ']']), "{said}");
            assert!(!said.to_lowercase().contains("administrator") && !said.contains("Reading chosen by"), "{said}");
        }
    }
}

#[test]
fn the_page_says_how_a_warning_is_challenged_and_who_else_outside_can_help() {
    let all = words(&example()).join("\n");
    assert!(all.contains("against a warning"), "{all}");
    assert!(all.contains("Information Commissioner's Office"), "{all}");
    assert!(all.contains("We may decide on it again, up to 24 months in all"), "{all}");
}

#[test]
fn nothing_is_promised_of_a_decider_that_the_policy_does_not_ask() {
    let mut policy = example();
    policy.challenge.warning = None;
    let mut says = |never: &[Part]| {
        policy.challenge.appeal.never_decides.value = never.to_vec();
        words(&policy).into_iter().find(|one| one.contains(" decides")).unwrap()
    };
    assert!(!says(&[Part::Affected]).contains("never"), "{}", says(&[Part::Affected]));
    assert!(says(&[Part::Authorised]).contains("never somebody who made the decision"));
    assert!(says(&[Part::Authorised, Part::Proposed]).contains("never somebody who took part in the decision"));
}

#[test]
fn a_policy_without_an_appeal_says_so_and_where_to_go_instead() {
    let mut policy = example();
    policy.challenge.warning = None;
    policy.challenge.length = None;
    policy.challenge.appeal.mode = Some(Sourced { value: AppealMode::None, source: policy.challenge.appeal.window.source.clone() });
    let all = words(&policy).join("\n");
    assert!(all.contains("This policy has no ") && !all.contains(" against "), "{all}");
}

#[test]
fn an_example_reads_on_in_the_middle_of_a_sentence() {
    assert_eq!(
        [small("Swearing at a person"), small("A threat."), small("ASB"), small("")],
        ["swearing at a person", "a threat", "ASB", ""]
    );
}

#[test]
fn a_customer_reads_how_to_go_on_to_the_second_stage() {
    let mut policy = example();
    let second = "You can make a second appeal against our answer to an appeal within 10 working days of the day the letter is received.";
    let says = |policy: &Policy| words(policy).join("\n").contains(second);
    assert!(says(&policy), "{:#?}", words(&policy));
    policy.challenge.second_appeal = None;
    assert!(!says(&policy));
}

#[test]
fn a_customer_reads_how_to_appeal_about_the_length_alone() {
    let mut policy = example();
    let length = "against how long a contact plan runs, and nothing else of it, within 1 month of the day the letter is sent.";
    let says = |policy: &Policy| words(policy).join("\n").contains(length);
    assert!(says(&policy), "{:#?}", words(&policy));
    policy.challenge.length = None;
    assert!(!says(&policy));
}
