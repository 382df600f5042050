use super::*;
use crate::rules::id::IncidentId;
use crate::rules::measure::Channel;
use crate::rules::policy::tests::pack;

fn id(number: u128) -> StaffId {
    StaffId(uuid::Uuid::from_u128(number))
}

const ANN: u128 = 1;
const MS_OKORO: u128 = 2;
const WENDY: u128 = 3;
const PATRICK: u128 = 4;

/// Ann reports to Ms Okoro, Wendy manages another team, Patrick is above both.
fn colleagues() -> Vec<Colleague> {
    let line = |number, role: &str, manager: Option<u128>| Colleague {
        person: Person { id: id(number), roles: vec![role.to_owned()] },
        manager: manager.map(id),
    };
    vec![
        line(ANN, "adviser", Some(MS_OKORO)),
        line(MS_OKORO, "manager", Some(PATRICK)),
        line(WENDY, "manager", Some(PATRICK)),
        line(PATRICK, "head-of-service", None),
    ]
}

fn strings(keys: &[&str]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}

#[test]
fn the_line_manager_of_the_person_affected_decides() {
    let history = History::default().affecting(id(ANN), Some(id(MS_OKORO))).with(id(ANN), Part::Logged);
    for slug in ["west-kent", "one-manchester", "housing-solutions"] {
        assert_eq!(decider(&pack(slug), &colleagues(), &[id(ANN)], id(ANN), &history), Some(id(MS_OKORO)), "{slug}");
    }
}

#[test]
fn a_manager_who_was_affected_is_never_asked_to_decide() {
    let history = History::default().affecting(id(MS_OKORO), Some(id(PATRICK))).with(id(ANN), Part::Logged);
    let chosen = decider(&pack("west-kent"), &colleagues(), &[id(MS_OKORO)], id(ANN), &history);
    assert_eq!(chosen, Some(id(PATRICK)));
    let refused = may_decide(&pack("west-kent"), &colleagues()[1].person, &history);
    assert!(matches!(refused, Err(Refusal::TookPart { part: Part::Affected, .. })), "{refused:?}");
}

#[test]
fn a_manager_who_logged_it_decides_only_where_the_policy_lets_them() {
    let history = History::default().affecting(id(ANN), Some(id(MS_OKORO))).with(id(MS_OKORO), Part::Logged);
    let chosen = |slug| decider(&pack(slug), &colleagues(), &[id(ANN)], id(MS_OKORO), &history);
    assert_eq!(chosen("west-kent"), Some(id(PATRICK)));
    assert_eq!(chosen("housing-solutions"), Some(id(MS_OKORO)));
}

#[test]
fn violence_threatened_always_makes_the_police_task() {
    for slug in ["west-kent", "one-manchester", "housing-solutions", "alliance-homes", "notting-hill-genesis"] {
        let told = must_tell(&pack(slug), &[Danger::PhysicalViolenceThreatened], &[], "");
        assert_eq!(told[0].kind, TaskKind::Police, "{slug}");
        assert_eq!(told[0].because, "Physical violence was threatened.");
    }
}

#[test]
fn a_kind_of_behaviour_that_belongs_elsewhere_is_passed_on() {
    let told = must_tell(&pack("alliance-homes"), &[], &strings(&["harassment"]), "");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].kind, TaskKind::CommunitySafety);
    assert_eq!(told[0].whom, "Community Safety Team");
}

#[test]
fn hs_20_a_process_that_is_not_community_safetys_is_handed_the_case_under_its_own_name() {
    let told = must_tell(&pack("housing-solutions"), &[], &strings(&["intimidation", "intimidation"]), "customer");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].kind, told[0].whom.as_str()), (TaskKind::HandOff, "the Customer Risk process"));
    assert!(told[0].because.ends_with("goes to the Customer Risk process as well."), "{}", told[0].because);
}

#[test]
fn what_only_might_be_told_is_offered_and_not_forced() {
    let policy = pack("west-kent");
    assert_eq!(must_tell(&policy, &[Danger::VerbalAbuse], &[], ""), []);
    let offered = might_tell(&policy, &[Danger::VerbalAbuse], &[], "");
    assert_eq!(offered.iter().map(|one| one.kind).collect::<Vec<_>>(), [TaskKind::Police]);
}

#[test]
fn demands_are_logged_only_with_the_effect_they_had() {
    let policy = pack("west-kent");
    let lacking = effects_lacking(&policy, &strings(&["demands"]), &strings(&["fear"]));
    assert_eq!(
        lacking,
        [
            "For “Unreasonable demands”, choose what effect it had: “A substantial impact on our work” or “A disproportionate amount of time and resource”"
        ]
    );
    assert!(effects_lacking(&policy, &strings(&["demands"]), &strings(&["disproportionate"])).is_empty());
}

#[test]
fn a_contact_is_ended_early_by_the_landlords_own_count() {
    for (slug, needed) in [("west-kent", 2), ("housing-solutions", 1), ("alliance-homes", 0)] {
        let policy = pack(slug);
        assert!(!ended_early(&policy, true, needed), "{slug}");
        assert_eq!(ended_early(&policy, true, 0), needed > 0, "{slug}");
        assert!(!ended_early(&policy, false, 0), "{slug}");
    }
}

/// A call in which Ann was shouted at, and which she saw to its end.
fn shouting() -> Report {
    Report {
        id: IncidentId(uuid::Uuid::from_u128(9)),
        happened_at: "2027-03-10T11:42:00Z".parse().unwrap(),
        channel: Channel::Phone,
        about: "Damp in bedroom 2".into(),
        behaviours: strings(&["abuse"]),
        effects: strings(&["fear"]),
        affected: vec![Affected { kind: "staff".into(), staff: Some(id(ANN)), name: "Ann Marlow".into() }],
        what: "He shouted “you are all useless”.".into(),
        harm: Harm::None,
        dangers: Vec::new(),
        police_reference: None,
        warnings: 0,
        ended: false,
        fewer_because: None,
        reason_told: None,
        not_told_because: None,
        done: Vec::new(),
        adjusted: None,
        made_it_harder: None,
        customers_side: None,
        help: Help::Fine,
    }
}

fn fields(report: &Report, slug: &str) -> Vec<&'static str> {
    let now = "2027-03-10T12:00:00Z".parse().unwrap();
    report.wants(&pack(slug), now, false).into_iter().map(|(field, _)| field).collect()
}

#[test]
fn a_plain_report_wants_nothing_more() {
    assert!(fields(&shouting(), "west-kent").is_empty());
}

#[test]
fn ending_a_call_too_soon_wants_a_reason_and_ending_it_at_all_wants_it_told() {
    let ended = Report { ended: true, ..shouting() };
    assert_eq!(fields(&ended, "west-kent"), ["fewer", "told"]);
    let told = Report { warnings: 2, reason_told: Some(true), ..ended.clone() };
    assert!(fields(&told, "west-kent").is_empty());
    let abuse = Report { behaviours: strings(&["offence"]), effects: strings(&["colleagues"]), ..ended };
    assert_eq!(fields(&abuse, "alliance-homes"), ["told"]);
    assert_eq!(fields(&Report { reason_told: Some(false), ..abuse }, "alliance-homes"), ["not_told"]);
}

#[test]
fn a_threat_is_said_in_one_way_only() {
    let threatened = Report { harm: Harm::Threatened, ..shouting() };
    assert_eq!(fields(&threatened, "west-kent"), ["threats"]);
    let at_odds = Report { dangers: vec![Danger::PhysicalViolenceThreatened], ..shouting() };
    assert_eq!(fields(&at_odds, "west-kent"), ["harm"]);
}

#[test]
fn nothing_is_logged_before_it_happens() {
    let early = Report { happened_at: "2027-03-10T12:01:00Z".parse().unwrap(), ..shouting() };
    assert_eq!(fields(&early, "west-kent"), ["time"]);
}

/// policy-pack.md 18: when the police must be told may follow from the kind of behaviour and how grave it is.
#[test]
fn grave_behaviour_is_passed_on_by_itself_where_the_policy_says_so() {
    let policy = crate::rules::policy::tests::example();
    let whom = |kinds: &[&str]| -> Vec<(String, String)> {
        let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        must_tell(&policy, &[], &kinds, "tenant").into_iter().map(|one| (one.key, one.because)).collect()
    };
    assert!(whom(&["abuse"]).is_empty(), "abuse is serious, and only violence that is extreme is passed on");
    let told = whom(&["violence"]);
    let because = "The policy passes on every “Violence”.";
    assert!(told.contains(&("police".to_owned(), because.to_owned())), "{told:?}");
    assert!(told.contains(&("tenancy-enforcement".to_owned(), because.to_owned())), "{told:?}");
}

/// policy-pack.md 19: support is offered by whom the policy names.
#[test]
fn support_comes_from_the_post_the_policy_names_and_from_ones_own_manager_where_it_can() {
    use crate::rules::id::StaffId;
    use crate::rules::policy::Who;
    let id = |number: u128| StaffId(uuid::Uuid::from_u128(number));
    let colleague = |number, role: &str| Colleague { person: Person { id: id(number), roles: vec![role.to_owned()] }, manager: None };
    let people = [colleague(1, "adviser"), colleague(2, "manager"), colleague(3, "manager"), colleague(4, "director")];
    let mut policy = crate::rules::policy::tests::example();
    let mut asked = |post: &str, manager: Option<u128>| {
        if !post.is_empty() {
            policy.support.offered_by.value = Who::Role(post.to_owned());
        }
        supporter(&policy, &people, id(1), manager.map(id))
    };
    assert_eq!(asked("", Some(3)), Some(id(3)), "the line manager, as the example has it");
    assert_eq!(asked("manager", Some(3)), Some(id(3)), "their own manager holds the post");
    assert_eq!(asked("director", Some(3)), Some(id(4)), "the post that is named");
    assert_eq!(asked("company-secretary", Some(3)), Some(id(3)), "nobody holds it");
    assert_eq!(asked("adviser", None), None, "nobody sees to themselves");
}
