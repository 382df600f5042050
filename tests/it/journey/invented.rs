//! The thread at six landlords that live nowhere but here. Their packs were written from the printed format alone, by somebody who had seen no
//! code and no other pack; together they use every key.

use std::collections::BTreeSet;

use super::case::{Asked, Invented, USUAL_TERMS};
use super::thread::whole;
use super::way::{USUAL, Way};

/// Two people must both sign; nobody below a committee officer warns.
pub const SALTMARSH: Way = Way {
    behaviour: "rough-talk",
    steps: &[("cuppa", "spoken"), ("caution", "written")],
    approvers: &["director", "director2"],
    barred: "director",
    appeal: "head",
    outcome: "vary",
    reviewer: "manager2",
    danger: "physical-violence-used",
    invented: Some(&Invented {
        pack: include_str!("../../packs/saltmarsh.toml"),
        posts: &[
            ("adviser", "frontline", &["office-worker"]),
            ("officer", "frontline", &["estate-warden"]),
            ("manager", "manager", &["committee-officer", "coordinator"]),
            ("manager2", "head", &["stocktaker"]),
            ("head", "director", &["objections-member"]),
            ("director", "director", &["signing-officer"]),
            ("director2", "director", &["signing-officer"]),
            ("policy", "policy-owner", &["secretary"]),
            ("admin", "administrator", &["records-keeper"]),
        ],
    }),
    ..USUAL
};

/// A Scottish council: what is grave is decided by a panel, in a meeting.
pub const KIRKBRAE: Way = Way {
    behaviour: "personal-abuse",
    steps: &[("early-conversation", "spoken"), ("notice", "written")],
    barred: "director",
    appeal: "director2",
    reviewer: "manager2",
    meeting: Some(("admin", &["head", "director", "policy"])),
    danger: "physical-violence-used",
    invented: Some(&Invented {
        pack: include_str!("../../packs/kirkbrae.toml"),
        posts: &[
            ("adviser", "frontline", &["housing-assistant"]),
            ("officer", "frontline", &["homelessness-officer"]),
            ("manager", "manager", &["area-manager"]),
            ("manager2", "head", &["quality-lead"]),
            ("head", "director", &["elected-member"]),
            ("director", "director", &["chief-officer"]),
            ("director2", "director", &["depute-chief-executive"]),
            ("policy", "policy-owner", &["monitoring-officer", "elected-member"]),
            ("admin", "manager", &["committee-services"]),
        ],
    }),
    ..USUAL
};

/// A very small charity: one director, and a final letter that is given twice.
const ALMSWELL: Way = Way {
    behaviour: "sharp-words",
    asked: Asked { channel: "letter", ..USUAL_TERMS },
    steps: &[("word", "spoken"), ("final-letter", "written"), ("final-letter", "written")],
    approvers: &["director"],
    barred: "director",
    appeal: "director2",
    outcome: "vary",
    reviewer: "manager2",
    danger: "physical-violence-used",
    invented: Some(&Invented {
        pack: include_str!("../../packs/almswell.toml"),
        posts: &[
            ("adviser", "frontline", &["porter"]),
            ("officer", "frontline", &["carer"]),
            ("manager", "manager", &["steward"]),
            ("manager2", "head", &["almoner"]),
            ("head", "director", &["trustee"]),
            ("director", "director", &["director"]),
            ("director2", "director", &["trustee"]),
            ("policy", "policy-owner", &["clerk"]),
            ("admin", "administrator", &["computer-helper"]),
        ],
    }),
    ..USUAL
};

/// Serial gates: a view, then two posts one after the other. The appeal sends the decision back.
pub const TOLDERVALE: Way = Way {
    behaviour: "verbal-aggression",
    steps: &[("recovery", "spoken"), ("conduct-letter-one", "written")],
    views: &["manager2"],
    approvers: &["head", "director"],
    barred: "director",
    appeal: "director2",
    outcome: "remit",
    reviewer: "officer",
    danger: "physical-violence-used",
    invented: Some(&Invented {
        pack: include_str!("../../packs/toldervale.toml"),
        posts: &[
            ("adviser", "frontline", &["contact-adviser"]),
            ("officer", "head", &["head-assurance"]),
            ("manager", "manager", &["team-leader", "service-manager"]),
            ("manager2", "head", &["safeguarding-lead"]),
            ("head", "head", &["head-neighbourhoods"]),
            ("director", "director", &["director-customer"]),
            ("director2", "director", &["director-resources"]),
            ("policy", "policy-owner", &["governance-lead"]),
            ("admin", "administrator", &["platform-admin"]),
        ],
    }),
    ..USUAL
};

/// Northern Ireland: short restrictions that lapse, and an appeal that holds one up.
const BALLYNOE: Way = Way {
    behaviour: "shouting",
    steps: &[("chat", "spoken"), ("first-letter", "written"), ("second-letter", "written")],
    views: &["head"],
    approvers: &["manager2"],
    barred: "manager2",
    appeal: "director2",
    outcome: "vary",
    reviewer: "head",
    asked: Asked { ends_on: "2027-06-03", review_on: "2027-04-16", ..USUAL_TERMS },
    keeps_a_way_open: false,
    invented: Some(&Invented {
        pack: include_str!("../../packs/ballynoe.toml"),
        posts: &[
            ("adviser", "frontline", &["hub-adviser"]),
            ("officer", "frontline", &["patch-officer"]),
            ("manager", "manager", &["patch-leader", "hub-leader"]),
            ("manager2", "head", &["assistant-director"]),
            ("head", "head", &["community-lead"]),
            ("director", "director", &["housing-director"]),
            ("director2", "director", &["chief-executive"]),
            ("policy", "policy-owner", &["board-secretary"]),
            ("admin", "administrator", &["ict-officer"]),
        ],
    }),
    ..USUAL
};

/// Supported housing: markers, statuses, agreements, and nearly every measure there is.
const HARBOURLIGHT: Way = Way {
    behaviour: "hostile-words",
    steps: &[("sit-down", "spoken"), ("notice", "written")],
    views: &["manager2"],
    approvers: &["head"],
    barred: "head",
    appeal: "director2",
    second: Some("director"),
    reviewer: "officer",
    asked: Asked { review_on: "2027-04-16", ..USUAL_TERMS },
    danger: "physical-violence-used",
    invented: Some(&Invented {
        pack: include_str!("../../packs/harbourlight.toml"),
        posts: &[
            ("adviser", "frontline", &["support-worker"]),
            ("officer", "manager", &["senior-practitioner"]),
            ("manager", "manager", &["scheme-manager", "senior-practitioner"]),
            ("manager2", "head", &["practice-lead"]),
            ("head", "head", &["operations-lead"]),
            ("director", "director", &["director-support"]),
            ("director2", "director", &["director-property"]),
            ("policy", "policy-owner", &["governance-officer"]),
            ("admin", "administrator", &["digital-support"]),
        ],
    }),
    ..USUAL
};

#[tokio::test]
async fn a_cooperative_where_two_must_both_sign() {
    whole(&SALTMARSH).await;
}

#[tokio::test]
async fn a_council_whose_panel_decides_in_a_meeting() {
    whole(&KIRKBRAE).await;
}

#[tokio::test]
async fn a_charity_with_one_director_and_a_letter_given_twice() {
    whole(&ALMSWELL).await;
}

#[tokio::test]
async fn a_management_organisation_with_a_view_and_two_gates() {
    whole(&TOLDERVALE).await;
}

#[tokio::test]
async fn an_association_whose_restrictions_are_short_and_wait_for_an_appeal() {
    whole(&BALLYNOE).await;
}

#[tokio::test]
async fn a_supported_housing_provider_with_nearly_every_measure() {
    whole(&HARBOURLIGHT).await;
}

/// The keys of a pack, however deep, without the names a landlord chose.
fn keys(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|one| keys(one, found)),
        _ => {}
    }
}

#[test]
fn together_they_use_every_key_of_the_format() {
    let mut used = BTreeSet::new();
    for way in [&SALTMARSH, &KIRKBRAE, &ALMSWELL, &TOLDERVALE, &BALLYNOE, &HARBOURLIGHT] {
        let pack = way.invented.expect("an invented landlord").pack;
        keys(&toml::Value::Table(pack.parse().expect("a pack")), &mut used);
    }
    let schema = evenhand::rules::policy::schema();
    let lines = schema.lines().map(|line| line.trim_start_matches("#:").trim_start_matches('#').trim());
    let written = lines.filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.trim());
    let asked: BTreeSet<&str> =
        written.filter(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')).collect();
    // The posts and their short names are each landlord's own.
    let example: toml::Table = include_str!("../../../src/rules/policy/format/example.toml").parse().expect("the example");
    let posts: BTreeSet<&str> = example["roles"].as_table().expect("posts").keys().map(String::as_str).collect();
    let missing: Vec<&&str> = asked.iter().filter(|key| !posts.contains(**key) && !used.contains(**key)).collect();
    assert!(asked.len() > 150 && missing.is_empty(), "of {} keys not used: {missing:?}", asked.len());
}
