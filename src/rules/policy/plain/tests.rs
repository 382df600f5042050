//! What the page that shows the policy says of the five packs.

use super::*;

#[test]
fn no_pack_shows_a_raw_key() {
    let packs = [
        include_str!("../../../../policies/one-manchester.toml"),
        include_str!("../../../../policies/alliance-homes.toml"),
        include_str!("../../../../policies/housing-solutions.toml"),
        include_str!("../../../../policies/notting-hill-genesis.toml"),
        include_str!("../../../../policies/west-kent.toml"),
    ];
    for pack in packs {
        let policy = Policy::read(pack).unwrap();
        let keys: Vec<&str> = policy.roles.iter().map(|(key, _)| key).filter(|key| key.contains('-')).collect();
        for chapter in chapters(&policy) {
            assert!(!chapter.lines.is_empty(), "{}", chapter.title);
            for line in chapter.lines {
                assert!(keys.iter().all(|key| !line.says.contains(key)), "{}", line.says);
                assert!(!line.says.contains("..") && !line.says.trim().is_empty(), "{}: {}", line.what, line.says);
            }
        }
    }
}

#[test]
fn wk_16_staff_read_what_a_marker_asks_of_them_and_who_hears_of_violence() {
    let policy = Policy::read(include_str!("../../../../policies/west-kent.toml")).unwrap();
    let safety = chapters(&policy).into_iter().find(|chapter| chapter.anchor == "safety").unwrap();
    let says = |what: &str| safety.lines.iter().find(|line| line.what == what).unwrap().says.clone();
    assert_eq!(
        says("Visit in pairs"),
        "Two of us go to every visit. Leave if you feel threatened. Set by a Team Manager; looked at again every 6 months."
    );
    assert!(says("Tenancy enforcement").starts_with("Always: Physical violence was used or physical violence was threatened."));
}

#[test]
fn hs_27_says_who_decides_when_a_step_is_left_out() {
    let policy = Policy::read(include_str!("../../../../policies/housing-solutions.toml")).unwrap();
    let decides = chapters(&policy).into_iter().find(|chapter| chapter.anchor == "authority").unwrap();
    let skipped = decides.lines.iter().find(|line| line.what == "When a step was left out").unwrap();
    assert_eq!(skipped.says, "A Director decides.");
}

#[test]
fn both_stages_and_every_other_appeal_are_said_in_plain_words() {
    let policy = crate::rules::policy::tests::example();
    let chapter = chapters(&policy).into_iter().find(|chapter| chapter.anchor == "appeals").unwrap();
    let says = |what: &str| chapter.lines.iter().find(|line| line.what == what).map(|line| line.says.clone()).unwrap_or_default();
    assert_eq!(says("The second stage: who decides"), "A Director.");
    assert_eq!(says("The second stage: when"), "Within 10 working days of the day the letter is received.");
    assert_eq!(says("A status on the register: when"), "Within 1 month of the day the letter is received.");
    assert_eq!(says("A status on the register: answered"), "Within 10 working days.");
    for what in ["A warning", "A safety marker", "A complaint we refused"] {
        assert!(!says(&format!("{what}: who decides")).is_empty(), "{what}");
    }
}

#[test]
fn how_often_how_long_in_all_and_what_counts_again_are_said_in_plain_words() {
    let mut policy = crate::rules::policy::tests::example();
    let says = |policy: &Policy, anchor: &str, what: &str| {
        let chapter = chapters(policy).into_iter().find(|chapter| chapter.anchor == anchor).unwrap();
        let line = chapter.lines.into_iter().find(|line| line.what == what);
        line.map(|line| line.says.replace('\u{a0}', " ")).unwrap_or_default()
    };
    assert_eq!(says(&policy, "reviews", "How often it can go on"), "It can be given a later last day twice at most.");
    assert_eq!(says(&policy, "reviews", "With every renewal"), "24 months in all, counted from its first day.");
    assert!(says(&policy, "reviews", "What counts together").ends_with("follow each other without a gap, count as one."));
    assert_eq!(
        says(&policy, "reviews", "Where the behaviour is extreme"),
        "Usually 6 months. 18 months at most before it is decided again. Usually first looked at again after 3 months."
    );
    assert!(says(&policy, "measures", "No parcels at our offices").ends_with("For 24 months at most."));
    let again = policy.ladder.re_entry.clone().unwrap();
    let step = policy.ladder.step(&again.at).unwrap().title.clone();
    let said = says(&policy, "ladder", "If it starts again");
    assert!(said.contains(&format!("was lifted, “{step}” may be taken at once")), "{said}");
    assert!(says(&policy, "ladder", "For which behaviour").starts_with("A step counts"));
    let title = policy.ladder.steps[1].title.clone();
    policy.ladder.steps[1].times = 2;
    assert!(says(&policy, "ladder", &title).contains("It is taken twice before what comes next."), "{}", says(&policy, "ladder", &title));
    let skipped = says(&policy, "authority", "When a step was left out and the behaviour is serious or worse");
    assert_eq!(skipped, "Two Directors decide, nobody who gave a warning or decided that a step be left out.");
    policy.authority.rules[1].when.from_severity = Some(crate::rules::policy::Severity::Extreme);
    assert!(!says(&policy, "authority", "When a step was left out and the behaviour is extreme").is_empty(), "nothing is worse");
    policy.terms.renewals.as_mut().unwrap().value = 0;
    assert_eq!(says(&policy, "reviews", "How often it can go on"), "It cannot be given a later last day.");
}

#[test]
fn behaviour_that_is_passed_on_by_itself_is_said_beside_whoever_is_told() {
    let policy = crate::rules::policy::tests::example();
    let safety = chapters(&policy).into_iter().find(|chapter| chapter.anchor == "safety").unwrap();
    let says = |what: &str| safety.lines.iter().find(|line| line.what == what).map(|line| line.says.clone()).unwrap_or_default();
    for whom in ["Police", "Community safety team", "Tenancy enforcement"] {
        assert!(says(whom).contains("Always for “Violence” that is extreme."), "{whom}: {}", says(whom));
    }
}
