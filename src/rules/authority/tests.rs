use super::*;
use crate::rules::id::StaffId;
use crate::rules::measure::MeasureKind;
use crate::rules::policy::Relative;
use crate::rules::policy::tests::{PACKS, example, pack};
use chrono::NaiveDate;

mod landlords;
mod path;
mod props;

/// The posts of the demo, with the role keys each holds at this landlord.
fn post(slug: &str, name: &str) -> Person {
    let posts = ["adviser", "officer", "manager", "manager2", "head", "director", "director2"];
    let place = posts.iter().position(|post| *post == name).unwrap();
    let roles: &[&str] = match (slug, name) {
        (_, "adviser") => &["adviser"],
        (_, "officer") => &["officer"],
        ("alliance-homes", "manager2") => &["manager", "service-delivery-manager-customer-experience"],
        (_, "manager" | "manager2") => &["manager"],
        (_, "head") => &["head-of-service"],
        ("one-manchester", "director") => &["director", "director-of-communities"],
        ("alliance-homes", "director2") => &["service-director-customer-operations"],
        _ => &["director"],
    };
    Person { id: StaffId(uuid::Uuid::from_u128(place as u128 + 1)), roles: roles.iter().map(ToString::to_string).collect() }
}

fn id(name: &str) -> StaffId {
    post("any", name).id
}

/// The adviser was affected and logged it; their line manager proposed.
fn proposed() -> History {
    History::default().affecting(id("adviser"), Some(id("manager"))).with(id("adviser"), Part::Logged).with(id("manager"), Part::Proposed)
}

fn asked(measures: &[MeasureKind], skipped: bool) -> Asked {
    Asked {
        measures: measures.iter().map(|kind| kind.key().to_owned()).collect(),
        reach: None,
        from: NaiveDate::from_ymd_opt(2027, 3, 15).unwrap(),
        until: NaiveDate::from_ymd_opt(2027, 6, 15),
        skipped: skipped.then(|| "a-step".to_owned()).into_iter().collect(),
        behaviours: [].into(),
    }
}

fn plain(slug: &str) -> Stages {
    Stages::of(&pack(slug), &asked(&[MeasureKind::Times], false))
}

fn kinds(stages: &Stages) -> Vec<(StageKind, Who)> {
    stages.stages.iter().map(|stage| (stage.kind, stage.of.clone())).collect()
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
        approvals.push(Approval { stage, by: person.id });
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
            person.roles = stage.of.role_keys().iter().map(ToString::to_string).collect();
            let history = History::default().with(person.id, Part::Proposed);
            let refusal = may_decide(&policy, &stage, &person, &history).unwrap_err();
            assert!(matches!(refusal, Refusal::OwnRequest { .. }), "{slug}: {refusal}");
        }
    }
}

#[test]
fn nobody_authorises_a_case_they_were_affected_by_or_are_complained_about_in() {
    for (slug, _) in PACKS {
        let policy = pack(slug);
        let stage = plain(slug).stages.pop().unwrap();
        let mut person = post(slug, "director");
        person.roles = stage.of.role_keys().iter().map(ToString::to_string).collect();
        for part in [Part::Affected, Part::ComplainedAbout] {
            let history = History::default().with(person.id, part);
            let refusal = may_decide(&policy, &stage, &person, &history).unwrap_err();
            assert!(matches!(refusal, Refusal::TookPart { .. }), "{slug}: {refusal}");
        }
    }
}

#[test]
fn a_second_stage_needs_a_second_person() {
    let policy = pack("notting-hill-genesis");
    let stages = plain("notting-hill-genesis");
    let mut both = post("notting-hill-genesis", "manager2");
    both.roles.push("head-of-service".into());
    let first = [Approval { stage: 0, by: both.id }];
    let refusal = stages.turn(&policy, &first, &both, &proposed()).unwrap_err();
    assert!(matches!(refusal, Refusal::AlreadyAuthorised { .. }), "{refusal}");
}

#[test]
fn the_strictest_rule_wins_for_a_bundle() {
    let policy = pack("alliance-homes");
    let bundle = asked(&[MeasureKind::Times, MeasureKind::EndDirectContact], false);
    let stages = Stages::of(&policy, &bundle);
    assert_eq!(kinds(&stages), [(StageKind::Authorise, role("manager")), (StageKind::Authorise, role("director"))]);
}

#[test]
fn a_finished_decision_has_no_further_turn() {
    let policy = pack("housing-solutions");
    let stages = plain("housing-solutions");
    let done = [Approval { stage: 0, by: id("head") }];
    let late = post("housing-solutions", "head");
    assert_eq!(stages.turn(&policy, &done, &late, &proposed()), Err(Refusal::Complete));
}

#[test]
fn who_may_names_only_those_who_took_no_part() {
    let policy = pack("housing-solutions");
    let people: Vec<_> = ["manager", "head", "director"].map(|name| post("housing-solutions", name)).into();
    let stage = &plain("housing-solutions").stages[0];
    let may = who_may(&policy, stage, &people, &proposed());
    assert_eq!(may, [&people[1]]);
    let affected = proposed().with(people[1].id, Part::Affected);
    assert!(who_may(&policy, stage, &people, &affected).is_empty());
}

/// The schema's own pack: a Head of Service authorises, after the line manager of the person affected was asked; a Director leaves steps out.
fn with_skipped(skipped: &[&str]) -> Stages {
    let steps = skipped.iter().map(|step| (*step).to_owned()).collect();
    Stages::of(&example(), &Asked { skipped: steps, ..asked(&[MeasureKind::Times], false) })
}

#[test]
fn whoever_the_policy_names_decides_that_a_step_is_left_out() {
    let line_manager = (StageKind::Consult, Who::InCase(Relative::AffectedPersonsLineManager));
    let head = (StageKind::Authorise, role("head-of-service"));
    assert_eq!(kinds(&with_skipped(&[])), [line_manager.clone(), head.clone()]);
    let stages = with_skipped(&["warning", "final-warning"]);
    assert_eq!(kinds(&stages), [line_manager, (StageKind::Authorise, role("director")), head]);
    assert!(stages.because.contains(&"Whether a step is left out is for a Director to decide.".to_owned()), "{:?}", stages.because);
}

#[test]
fn where_they_authorise_anyway_or_somebody_more_senior_does_they_are_not_asked_twice() {
    let mut policy = example();
    let asked = |step: &str| Asked { skipped: [step.to_owned()].into(), ..asked(&[MeasureKind::Times], false) };
    let usual = with_skipped(&[]).stages;
    let decides = |policy: &mut Policy, who: Who| {
        for step in &mut policy.ladder.steps {
            if let Some(skip) = &mut step.skip {
                skip.value.decided_by = who.clone();
            }
        }
    };
    for who in [role("head-of-service"), role("manager"), Who::AnyOf(vec![role("director"), role("head-of-service")])] {
        decides(&mut policy, who.clone());
        assert_eq!(Stages::of(&policy, &asked("warning")).stages, usual, "{who:?}");
    }
    for (slug, _) in PACKS {
        let policy = pack(slug);
        for step in policy.ladder.steps.iter().filter(|step| step.skip.is_some()) {
            let stages = Stages::of(&policy, &asked(&step.key));
            let mut each = kinds(&stages);
            each.dedup();
            assert_eq!(each.len(), stages.stages.len(), "{slug}, {}: nobody is asked twice", step.key);
        }
    }
}

/// A line manager who proposes has given their view in the proposal; the consultation is not stuck for it.
#[test]
fn another_manager_is_asked_for_a_view_where_the_line_manager_made_the_proposal() {
    let policy = example();
    let stage = &with_skipped(&[]).stages[0];
    let of_line = post("any", "manager");
    let other = post("any", "manager2");
    let adviser = post("any", "adviser");
    assert!(matches!(may_decide(&policy, stage, &of_line, &proposed()), Err(Refusal::OwnRequest { .. })));
    assert_eq!(may_decide(&policy, stage, &other, &proposed()), Ok(()));
    let by_another = History::default().affecting(id("adviser"), Some(id("manager"))).with(id("manager2"), Part::Proposed);
    assert_eq!(may_decide(&policy, stage, &of_line, &by_another), Ok(()));
    assert!(may_decide(&policy, stage, &post("any", "head"), &by_another).is_err(), "the line manager is there to be asked");
    assert!(may_decide(&policy, stage, &adviser, &proposed()).is_err());
}

/// "A Director not involved", said for one stage and not for the other.
#[test]
fn a_part_that_disqualifies_at_one_stage_is_no_bar_at_another() {
    let mut policy = example();
    policy.authority.rules.truncate(1);
    let stage =
        |of: &str, never: &[Part]| Stage { kind: StageKind::Authorise, of: role(of), count: 1, may: Vec::new(), never: never.to_vec() };
    policy.authority.rules[0].stages = vec![stage("director", &[]), stage("director", &[Part::Warned, Part::Consulted])];
    let stages = Stages::of(&policy, &asked(&[MeasureKind::Times], false));
    let person = |n: u128| Person { id: StaffId(uuid::Uuid::from_u128(n)), roles: vec!["director".into()] };
    let (warned, consulted, free) = (person(1), person(2), person(3));
    let history = History::default().with(warned.id, Part::Warned).with(consulted.id, Part::Consulted);
    assert_eq!(stages.turn(&policy, &[], &warned, &history), Ok(0), "at the first stage it is no bar");
    let first = [Approval { stage: 0, by: warned.id }];
    for (who, part) in [(&consulted, Part::Consulted), (&warned, Part::Warned)] {
        let refusal = stages.turn(&policy, &first, who, &history).unwrap_err();
        assert!(matches!(&refusal, Refusal::TookPart { part: found, .. } if *found == part), "{refusal}");
    }
    assert_eq!(stages.turn(&policy, &first, &free, &history), Ok(1));
    assert_eq!(stages.stuck(&policy, &first, &[warned.clone(), free], &history), None);
    assert!(stages.stuck(&policy, &first, &[warned, consulted], &history).is_some(), "only those who were involved are left");
    assert!(
        stages.because.contains(&"A Director authorises, nobody who gave a warning or was consulted.".to_owned()),
        "{:?}",
        stages.because
    );
}

/// The team of the person affected; of whoever reported it, where that person is no colleague; and any manager where the team has none.
#[test]
fn the_relevant_manager_is_of_the_team_it_happened_to() {
    let policy = example();
    let someone = |n: u128, role: &str| Person { id: StaffId(uuid::Uuid::from_u128(n)), roles: vec![role.to_owned()] };
    let placed = |person: &Person, team: Option<&str>, manager: Option<&Person>| Placed {
        person: person.clone(),
        team: team.map(ToOwned::to_owned),
        manager: manager.map(|one| one.id),
        is_here: true,
    };
    let (here, there, head) = (someone(1, "manager"), someone(2, "manager"), someone(3, "head-of-service"));
    let (adviser, officer, roaming) = (someone(4, "adviser"), someone(5, "officer"), someone(6, "officer"));
    let house = [
        placed(&here, Some("Repairs"), None),
        placed(&there, Some("Lettings"), None),
        placed(&head, Some("Lettings"), None),
        placed(&adviser, Some("Repairs"), Some(&here)),
        placed(&officer, Some("Lettings"), Some(&there)),
        placed(&roaming, None, Some(&there)),
    ];
    let relevant = Who::InCase(Relative::RelevantManager);
    let holders = |history: &History, who: &Who| -> Vec<StaffId> {
        [&here, &there, &head, &adviser].into_iter().filter(|one| history.holds(&policy, who, one)).map(|one| one.id).collect()
    };
    let logged = |who: &Person| History::default().with(who.id, Part::Logged);
    let table = [
        ("the team of the person affected", logged(&officer).affecting(adviser.id, None), vec![here.id]),
        ("nobody of ours was affected", logged(&officer), vec![there.id, head.id]),
        ("the person affected is in no team", logged(&adviser).affecting(roaming.id, None), vec![here.id]),
        ("the manager was affected too", logged(&adviser).affecting(adviser.id, None).affecting(here.id, None), vec![there.id]),
        ("nobody of any team", logged(&roaming), vec![here.id, there.id]),
    ];
    for (why, history, who) in table {
        assert_eq!(holders(&history.among(&house), &relevant), who, "{why}");
    }
    let stage = Stage { kind: StageKind::Authorise, of: relevant.clone(), count: 1, may: Vec::new(), never: Vec::new() };
    let history = logged(&officer).affecting(adviser.id, None).with(here.id, Part::Proposed).among(&house);
    assert_eq!(holders(&history, &relevant), [here.id], "whoever proposed it is the relevant manager all the same");
    assert!(may_decide(&policy, &stage, &here, &history).is_err(), "and decides nothing on their own request");
    assert_eq!(may_decide(&policy, &stage, &there, &history), Ok(()), "so another manager does: it is not stuck");

    let own = Who::InCase(Relative::ProposersLineManager);
    let history = logged(&officer).with(adviser.id, Part::Proposed).among(&house);
    assert_eq!(holders(&history, &own), [here.id]);
    let history = logged(&officer).with(here.id, Part::Proposed).among(&house);
    assert_eq!(holders(&history, &own), [there.id], "who reports to nobody here: another manager");
}
