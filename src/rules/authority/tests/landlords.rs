use super::*;

#[test]
fn om_24_a_director_authorises_after_the_head_of_service_and_the_director_of_communities_are_consulted() {
    let stages = plain("one-manchester");
    assert_eq!(
        kinds(&stages),
        [
            (StageKind::Consult, role("head-of-service")),
            (StageKind::Consult, role("director-of-communities")),
            (StageKind::Authorise, role("director")),
        ]
    );
    assert_eq!(stages.because[0], "A Head of Service is asked for a view.");
    assert!(stages.because[3].contains("Reading chosen by"), "{}", stages.because[3]);
}

#[test]
fn om_24_views_may_come_in_any_order_and_the_director_waits_for_both() {
    let policy = pack("one-manchester");
    let stages = plain("one-manchester");
    let history = proposed();
    let director = post("one-manchester", "director2");
    assert_eq!(
        stages.progress(&policy, &[]),
        Progress::Waiting {
            open: vec![0, 1],
            says: "Waiting for a Head of Service to give a view and the Director of Communities to give a view.".into()
        }
    );
    let refusal = stages.turn(&policy, &[], &director, &history).unwrap_err();
    assert!(matches!(refusal, Refusal::NotYet { .. }), "{refusal}");
    let communities = post("one-manchester", "director");
    assert_eq!(stages.turn(&policy, &[], &communities, &history), Ok(1));
    let head = post("one-manchester", "head");
    let both = [Approval { stage: 1, by: communities.id }, Approval { stage: 0, by: head.id }];
    assert_eq!(stages.turn(&policy, &both, &director, &history), Ok(2));
}

#[test]
fn om_23_the_line_manager_of_the_person_affected_proposes_and_nobody_else() {
    let policy = pack("one-manchester");
    let history = proposed();
    assert_eq!(may_propose(&policy, &post("one-manchester", "manager"), &history), Ok(()));
    let refusal = may_propose(&policy, &post("one-manchester", "manager2"), &history).unwrap_err();
    assert_eq!(refusal.to_string(), "Only the line manager of the person affected can propose this.");
}

#[test]
fn om_23_any_manager_stands_in_where_the_person_affected_has_none_here() {
    let policy = pack("one-manchester");
    let manager = post("one-manchester", "manager2");
    assert_eq!(may_propose(&policy, &manager, &History::default()), Ok(()));
    let affected_with_their_manager = History::default().affecting(id("adviser"), Some(id("manager"))).affecting(id("manager"), None);
    assert_eq!(may_propose(&policy, &manager, &affected_with_their_manager), Ok(()));
    let adviser = post("one-manchester", "adviser");
    assert!(may_propose(&policy, &adviser, &History::default()).is_err());
}

#[test]
fn hs_32_a_head_of_service_authorises_a_communication_protocol() {
    let stages = plain("housing-solutions");
    assert_eq!(kinds(&stages), [(StageKind::Authorise, role("head-of-service"))]);
    assert_eq!(stages.because, ["A Head of Service authorises.", "Stated in the policy, 6.5.4."]);
}

#[test]
fn hs_27_a_director_signs_off_where_a_step_was_left_out() {
    let policy = pack("housing-solutions");
    let stages = Stages::of(&policy, &asked(&[MeasureKind::Times], true));
    assert_eq!(kinds(&stages), [(StageKind::Authorise, role("director"))]);
    assert_eq!(stages.because[1], "Stated in the policy, 6.5.");
}

#[test]
fn hs_30_a_manager_proposes_and_an_officer_does_not() {
    let policy = pack("housing-solutions");
    assert_eq!(may_propose(&policy, &post("housing-solutions", "manager2"), &proposed()), Ok(()));
    let refusal = may_propose(&policy, &post("housing-solutions", "officer"), &proposed()).unwrap_err();
    assert_eq!(refusal.to_string(), "Only a Manager can propose this.");
}

#[test]
fn hs_28_an_officer_may_give_an_initial_warning() {
    let policy = pack("housing-solutions");
    let step = policy.ladder.step("initial-warning").unwrap();
    assert_eq!(may_take(&policy, step, &post("housing-solutions", "officer"), &proposed()), Ok(()));
    let refusal = may_take(&policy, step, &post("housing-solutions", "director"), &proposed()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Only a Customer Services Officer, a Housing Officer or a Manager can take this step, “Initial warning”."
    );
}

#[test]
fn ah_nhg_wk_a_silent_policy_asks_a_manager_who_took_no_part_and_then_somebody_senior() {
    for slug in ["alliance-homes", "notting-hill-genesis", "west-kent"] {
        let policy = pack(slug);
        let stages = plain(slug);
        assert_eq!(stages.stages.len(), 2, "{slug}");
        assert!(stages.because[2].starts_with("The policy does not say"), "{slug}");
        let reporter = post(slug, "manager2");
        let history = proposed().with(reporter.id, Part::Logged);
        let refusal = stages.turn(&policy, &[], &reporter, &history).unwrap_err();
        assert!(refusal.to_string().starts_with("You logged the incident. It needs"), "{refusal}");
    }
}

#[test]
fn hs_27_only_a_director_decides_that_a_warning_is_left_out() {
    let policy = pack("housing-solutions");
    let skip = policy.ladder.step("formal-warning").unwrap().skip.as_ref().unwrap();
    assert_eq!(may_skip(&policy, &skip.decided_by, &post("housing-solutions", "director"), &proposed()), Ok(()));
    assert!(may_skip(&policy, &skip.decided_by, &post("housing-solutions", "head"), &proposed()).is_err());
    let affected = proposed().with(id("director"), Part::Affected);
    assert!(may_skip(&policy, &skip.decided_by, &post("housing-solutions", "director"), &affected).is_err());
}

/// policy-pack.md 8 and 10: a measure may have an approver of its own, beside whoever authorises the restriction.
#[test]
fn a_measures_own_approver_comes_after_the_stages_of_the_rule_and_once() {
    use crate::rules::measure::MeasureKind;
    use crate::rules::policy::tests::example;
    let policy = example();
    let asked = |kinds: &[MeasureKind]| super::Asked {
        measures: kinds.iter().map(|kind| kind.key().to_owned()).collect(),
        reach: None,
        from: "2027-03-12".parse().unwrap(),
        until: Some("2027-06-01".parse().unwrap()),
        skipped: [].into(),
        behaviours: std::collections::BTreeSet::new(),
    };
    let who = |kinds: &[MeasureKind]| -> Vec<String> {
        super::Stages::of(&policy, &asked(kinds)).stages.iter().map(|stage| stage.of.say(&policy.roles)).collect()
    };
    let usual = ["the line manager of the person affected", "a Head of Service"];
    assert_eq!(who(&[MeasureKind::Channels]), usual);
    assert_eq!(who(&[MeasureKind::Channels, MeasureKind::EndDirectContact]), [usual[0], usual[1], "a Director"]);
    let because = super::Stages::of(&policy, &asked(&[MeasureKind::EndDirectContact])).because;
    assert!(because.contains(&"“No direct contact” has an approver of its own.".to_owned()), "{because:?}");
}

/// policy-pack.md 10: the matrix also asks which step it is, and how far it reaches.
#[test]
fn a_rule_for_a_step_and_a_reach_decides_only_there() {
    use crate::rules::measure::{MeasureKind, Scope};
    use crate::rules::policy::tests::example;
    let policy = example();
    let panel_decides = |kind: MeasureKind, reach: Option<Scope>| {
        let asked = super::Asked {
            measures: [kind.key().to_owned()].into(),
            reach,
            from: "2027-03-12".parse().unwrap(),
            until: Some("2027-06-01".parse().unwrap()),
            skipped: [].into(),
            behaviours: std::collections::BTreeSet::new(),
        };
        super::Stages::of(&policy, &asked).stages.iter().any(|stage| stage.of.say(&policy.roles).contains("Case Panel"))
    };
    assert!(panel_decides(MeasureKind::EndDirectContact, Some(Scope::SeveralOrganisations)));
    assert!(!panel_decides(MeasureKind::EndDirectContact, Some(Scope::Team)), "it reaches less far");
    assert!(!panel_decides(MeasureKind::EndDirectContact, None), "nothing said is the whole organisation");
    assert!(!panel_decides(MeasureKind::Channels, Some(Scope::SeveralOrganisations)), "it is another step");
}
