use super::*;
use crate::rules::id::StaffId;
use crate::rules::measure::MeasureKind;
use crate::rules::policy::tests::{PACKS, pack};
use chrono::NaiveDate;

/// The posts of the demo, with the role keys each holds at this landlord.
fn post(slug: &str, name: &str) -> Person {
    let posts = [
        "adviser",
        "officer",
        "manager",
        "manager2",
        "head",
        "director",
        "director2",
    ];
    let place = posts.iter().position(|post| *post == name).unwrap();
    let roles: &[&str] = match (slug, name) {
        (_, "adviser") => &["adviser"],
        (_, "officer") => &["officer"],
        ("alliance-homes", "manager2") => {
            &["manager", "service-delivery-manager-customer-experience"]
        }
        (_, "manager" | "manager2") => &["manager"],
        (_, "head") => &["head-of-service"],
        ("one-manchester", "director") => &["director", "director-of-communities"],
        ("alliance-homes", "director2") => &["service-director-customer-operations"],
        _ => &["director"],
    };
    Person {
        id: StaffId(uuid::Uuid::from_u128(place as u128 + 1)),
        roles: roles.iter().map(ToString::to_string).collect(),
    }
}

fn id(name: &str) -> StaffId {
    post("any", name).id
}

/// The adviser was affected and logged it; their line manager proposed.
fn proposed() -> History {
    History::default()
        .affecting(id("adviser"), Some(id("manager")))
        .with(id("adviser"), Part::Logged)
        .with(id("manager"), Part::Proposed)
}

fn asked(measures: &[MeasureKind], skipped: bool) -> Asked {
    Asked {
        measures: measures.iter().copied().collect(),
        from: NaiveDate::from_ymd_opt(2027, 3, 15).unwrap(),
        until: NaiveDate::from_ymd_opt(2027, 6, 15),
        skipped,
    }
}

fn plain(slug: &str) -> Stages {
    Stages::of(&pack(slug), &asked(&[MeasureKind::Times], false))
}

fn kinds(stages: &Stages) -> Vec<(StageKind, Who)> {
    stages
        .stages
        .iter()
        .map(|stage| (stage.kind, stage.of.clone()))
        .collect()
}

fn role(key: &str) -> Who {
    Who::Role(key.into())
}

/// Runs the stages with these people, each in turn; the list of who acted.
fn complete(slug: &str, people: &[&str]) -> Result<(), Refusal> {
    let policy = pack(slug);
    let stages = plain(slug);
    let mut approvals = Vec::new();
    for name in people {
        let person = post(slug, name);
        let stage = stages.turn(&policy, &approvals, &person, &proposed())?;
        approvals.push(Approval {
            stage,
            by: person.id,
        });
    }
    assert_eq!(stages.progress(&policy, &approvals), Progress::Complete);
    Ok(())
}

#[test]
fn every_landlord_can_decide_with_the_people_it_has() {
    let decided = [
        ("one-manchester", &["head", "director", "director"][..]),
        ("alliance-homes", &["manager2", "head"]),
        ("housing-solutions", &["head"]),
        ("notting-hill-genesis", &["manager2", "head"]),
        ("west-kent", &["manager2", "director"]),
    ];
    for (slug, people) in decided {
        assert_eq!(complete(slug, people), Ok(()), "{slug}");
    }
}

#[test]
fn nobody_authorises_their_own_request() {
    for (slug, _) in PACKS {
        let policy = pack(slug);
        for stage in plain(slug).stages {
            let mut person = post(slug, "director2");
            person.roles = stage
                .of
                .role_keys()
                .iter()
                .map(ToString::to_string)
                .collect();
            let history = History::default().with(person.id, Part::Proposed);
            let refusal = may_decide(&policy, &stage, &person, &history).unwrap_err();
            assert!(
                matches!(refusal, Refusal::OwnRequest { .. }),
                "{slug}: {refusal}"
            );
        }
    }
}

#[test]
fn nobody_authorises_a_case_they_were_affected_by_or_are_complained_about_in() {
    for (slug, _) in PACKS {
        let policy = pack(slug);
        let stage = plain(slug).stages.pop().unwrap();
        let mut person = post(slug, "director");
        person.roles = stage
            .of
            .role_keys()
            .iter()
            .map(ToString::to_string)
            .collect();
        for part in [Part::Affected, Part::ComplainedAbout] {
            let history = History::default().with(person.id, part);
            let refusal = may_decide(&policy, &stage, &person, &history).unwrap_err();
            assert!(
                matches!(refusal, Refusal::TookPart { .. }),
                "{slug}: {refusal}"
            );
        }
    }
}

#[test]
fn om_24_a_director_authorises_after_the_head_of_service_and_the_director_of_communities_are_consulted()
 {
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
    assert!(
        stages.because[3].contains("Reading chosen by"),
        "{}",
        stages.because[3]
    );
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
    let both = [
        Approval {
            stage: 1,
            by: communities.id,
        },
        Approval {
            stage: 0,
            by: head.id,
        },
    ];
    assert_eq!(stages.turn(&policy, &both, &director, &history), Ok(2));
}

#[test]
fn om_23_the_line_manager_of_the_person_affected_proposes_and_nobody_else() {
    let policy = pack("one-manchester");
    let history = proposed();
    assert_eq!(
        may_propose(&policy, &post("one-manchester", "manager"), &history),
        Ok(())
    );
    let refusal = may_propose(&policy, &post("one-manchester", "manager2"), &history).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Only the line manager of the person affected can propose this."
    );
}

#[test]
fn om_23_any_manager_stands_in_where_the_person_affected_has_none_here() {
    let policy = pack("one-manchester");
    let manager = post("one-manchester", "manager2");
    assert_eq!(may_propose(&policy, &manager, &History::default()), Ok(()));
    let affected_with_their_manager = History::default()
        .affecting(id("adviser"), Some(id("manager")))
        .affecting(id("manager"), None);
    assert_eq!(
        may_propose(&policy, &manager, &affected_with_their_manager),
        Ok(())
    );
    let adviser = post("one-manchester", "adviser");
    assert!(may_propose(&policy, &adviser, &History::default()).is_err());
}

#[test]
fn hs_32_a_head_of_service_authorises_a_communication_protocol() {
    let stages = plain("housing-solutions");
    assert_eq!(
        kinds(&stages),
        [(StageKind::Authorise, role("head-of-service"))]
    );
    assert_eq!(
        stages.because,
        [
            "A Head of Service authorises.",
            "Stated in the policy, 6.5.4."
        ]
    );
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
    assert_eq!(
        may_propose(&policy, &post("housing-solutions", "manager2"), &proposed()),
        Ok(())
    );
    let refusal =
        may_propose(&policy, &post("housing-solutions", "officer"), &proposed()).unwrap_err();
    assert_eq!(refusal.to_string(), "Only a Manager can propose this.");
}

#[test]
fn hs_28_an_officer_may_give_an_initial_warning() {
    let policy = pack("housing-solutions");
    let step = policy.ladder.step("initial-warning").unwrap();
    assert_eq!(
        may_take(
            &policy,
            step,
            &post("housing-solutions", "officer"),
            &proposed()
        ),
        Ok(())
    );
    let refusal = may_take(
        &policy,
        step,
        &post("housing-solutions", "director"),
        &proposed(),
    )
    .unwrap_err();
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
        assert!(
            stages.because[2].starts_with("The policy does not say."),
            "{slug}"
        );
        let reporter = post(slug, "manager2");
        let history = proposed().with(reporter.id, Part::Logged);
        let refusal = stages.turn(&policy, &[], &reporter, &history).unwrap_err();
        assert!(
            refusal
                .to_string()
                .starts_with("Someone who logged the incident cannot decide this."),
            "{refusal}"
        );
    }
}

#[test]
fn a_second_stage_needs_a_second_person() {
    let policy = pack("notting-hill-genesis");
    let stages = plain("notting-hill-genesis");
    let mut both = post("notting-hill-genesis", "manager2");
    both.roles.push("head-of-service".into());
    let first = [Approval {
        stage: 0,
        by: both.id,
    }];
    let refusal = stages
        .turn(&policy, &first, &both, &proposed())
        .unwrap_err();
    assert!(
        matches!(refusal, Refusal::AlreadyAuthorised { .. }),
        "{refusal}"
    );
}

#[test]
fn the_strictest_rule_wins_for_a_bundle() {
    let policy = pack("alliance-homes");
    let bundle = asked(&[MeasureKind::Times, MeasureKind::EndDirectContact], false);
    let stages = Stages::of(&policy, &bundle);
    assert_eq!(
        kinds(&stages),
        [
            (StageKind::Authorise, role("manager")),
            (StageKind::Authorise, role("director"))
        ]
    );
}

#[test]
fn a_finished_decision_has_no_further_turn() {
    let policy = pack("housing-solutions");
    let stages = plain("housing-solutions");
    let done = [Approval {
        stage: 0,
        by: id("head"),
    }];
    let late = post("housing-solutions", "head");
    assert_eq!(
        stages.turn(&policy, &done, &late, &proposed()),
        Err(Refusal::Complete)
    );
}

#[test]
fn who_may_names_only_those_who_took_no_part() {
    let policy = pack("housing-solutions");
    let people: Vec<_> = ["manager", "head", "director"]
        .map(|name| post("housing-solutions", name))
        .into();
    let stage = &plain("housing-solutions").stages[0];
    let may = who_may(&policy, stage, &people, &proposed());
    assert_eq!(may, [&people[1]]);
    let affected = proposed().with(people[1].id, Part::Affected);
    assert!(who_may(&policy, stage, &people, &affected).is_empty());
}

#[test]
fn hs_27_only_a_director_decides_that_a_warning_is_left_out() {
    let policy = pack("housing-solutions");
    let skip = policy
        .ladder
        .step("formal-warning")
        .unwrap()
        .skip
        .as_ref()
        .unwrap();
    assert_eq!(
        may_skip(
            &policy,
            &skip.decided_by,
            &post("housing-solutions", "director"),
            &proposed()
        ),
        Ok(())
    );
    assert!(
        may_skip(
            &policy,
            &skip.decided_by,
            &post("housing-solutions", "head"),
            &proposed()
        )
        .is_err()
    );
    let affected = proposed().with(id("director"), Part::Affected);
    assert!(
        may_skip(
            &policy,
            &skip.decided_by,
            &post("housing-solutions", "director"),
            &affected
        )
        .is_err()
    );
}
