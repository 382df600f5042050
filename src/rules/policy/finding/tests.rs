use super::*;
use crate::rules::policy::check;
use crate::rules::policy::tests::PACKS;

fn findings(slug: &str) -> Vec<Finding> {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    check(text).findings
}

/// The findings of a pack with one piece of text exchanged.
fn with(slug: &str, was: &str, is: &str) -> Vec<String> {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    assert!(text.contains(was), "{was}");
    let checked = check(&text.replacen(was, is, 1));
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    checked.findings.into_iter().map(|finding| finding.says).collect()
}

#[test]
fn om_24_two_sections_that_name_different_authorisers_are_shown_with_both_clauses() {
    let found = findings("one-manchester").into_iter().find(|finding| finding.place == "authority.rules").unwrap();
    assert_eq!(found.clauses, ["4.0", "7.0"]);
    assert!(found.line.is_some());
}

#[test]
fn nhg_review_is_silent_where_the_ombudsman_expects_a_rule() {
    let says: Vec<String> = findings("notting-hill-genesis").into_iter().map(|finding| finding.says).collect();
    assert!(says.iter().any(|says| says.starts_with("The policy does not say when a restriction is reviewed;")), "{says:?}");
    let stated = findings("housing-solutions");
    assert!(stated.iter().all(|finding| finding.place != "reviews.usual"), "6.5.6 says six months");
}

#[test]
fn an_appeal_whose_only_decider_always_took_part_is_found() {
    let says = with("one-manchester", "decider = { value = \"director\"", "decider = { value = \"director-of-communities\"");
    assert!(says.iter().any(|says| says.contains("is consulted on every restriction, so could never be independent")), "{says:?}");
    let before: Vec<String> = findings("one-manchester").into_iter().map(|finding| finding.says).collect();
    assert!(before.iter().any(|says| says.contains("A landlord where one person holds it cannot hear an appeal")), "{before:?}");
}

#[test]
fn wk_22_an_appeal_below_the_authoriser_is_found_and_a_restriction_that_ends_unreviewed_too() {
    let says = with("west-kent", "usual = { value = \"6 months\"", "usual = { value = \"1 month\"");
    assert!(says.iter().any(|says| says.contains("it would end unreviewed")), "{says:?}");
}

#[test]
fn every_ambiguity_of_the_matrix_is_a_finding_with_the_reading_chosen() {
    for (slug, count) in
        [("one-manchester", 7), ("alliance-homes", 7), ("housing-solutions", 9), ("notting-hill-genesis", 3), ("west-kent", 6)]
    {
        let chosen = findings(slug).into_iter().filter(|finding| finding.advice.starts_with("The pack follows this reading")).count();
        assert!(chosen >= count, "{slug}: {chosen}");
    }
}

#[test]
fn ah_19_one_person_who_looks_again_and_is_the_only_one_to_hear_the_appeal_is_found() {
    let says = |policy: &Policy| all(policy, &toml::Table::new()).into_iter().map(|finding| finding.says).collect::<Vec<_>>();
    let found = |policy: &Policy| says(policy).iter().any(|says| says.ends_with("Once they looked again, nobody could hear it."));
    let mut policy = crate::rules::policy::tests::pack("alliance-homes");
    let again = policy.challenge.reconsideration.clone().unwrap().decider;
    assert_eq!(*policy.challenge.appeal.decider, *again, "Alliance names its Service Director for both");
    assert!(found(&policy), "{:?}", says(&policy));
    let [post] = again.role_keys()[..] else { panic!("one post looks again") };
    let post = post.to_owned();
    policy.roles.get_mut(&post).unwrap().single = false;
    assert!(!found(&policy), "two may hold the post");
    policy.roles.get_mut(&post).unwrap().single = true;
    policy.challenge.appeal.decider.value = Who::AnyOf(vec![again.value, Who::Role("director".into())]);
    assert!(!found(&policy), "a director may hear it");
    policy.challenge.appeal.decider.value = Who::Role("director".into());
    assert!(!found(&policy), "another post hears the appeal");
}

#[test]
fn a_decider_named_for_what_a_post_authorised_is_checked_like_any_other() {
    let entry = |approved: &str, decider: &str| super::super::DeciderFor {
        approved_by: Who::Role(approved.into()),
        decider: Who::Role(decider.into()),
        source: Source::Stated { clause: "8.3".into() },
    };
    let says = |approved: &str, decider: &str| {
        let mut policy = crate::rules::policy::tests::pack("west-kent");
        policy.challenge.deciders = vec![entry(approved, decider)];
        super::appeals::deciders_for(&policy).into_iter().map(|finding| (finding.place, finding.clauses)).collect::<Vec<_>>()
    };
    let at = |key: &str| vec![(format!("challenge.deciders.1.{key}"), vec!["8.3".to_owned()])];
    assert_eq!(says("manager", "head-of-service"), []);
    assert_eq!(says("head-of-service", "director"), at("approved-by"), "a head authorises nothing there");
    assert_eq!(says("director", "manager"), at("decider"), "below whoever authorised");
}

#[test]
fn somebody_who_could_decide_in_their_own_cause_is_found() {
    let says = |policy: &Policy| all(policy, &toml::Table::new()).into_iter().map(|finding| finding.says).collect::<Vec<_>>();
    let mut policy = crate::rules::policy::tests::example();
    let own = |says: Vec<String>| says.into_iter().filter(|one| one.ends_with("may authorise the restriction.")).collect::<Vec<_>>();
    assert_eq!(own(says(&policy)), Vec::<String>::new());
    policy.authority.never_authorises.value.clear();
    assert_eq!(
        own(says(&policy)),
        [
            "Whoever proposed a restriction may authorise the restriction.",
            "Whoever was affected by the behaviour may authorise the restriction."
        ]
    );
}

#[test]
fn a_warning_that_counts_longer_than_its_record_is_kept_and_a_way_out_nobody_can_take_are_found() {
    let mut policy = crate::rules::policy::tests::example();
    let places = |policy: &Policy| all(policy, &toml::Table::new()).into_iter().map(|finding| finding.place).collect::<Vec<_>>();
    let route = format!("onward.routes.{}", policy.onward.routes[0].key);
    assert!(!places(&policy).contains(&"retention.warnings".to_owned()) && !places(&policy).contains(&route));
    policy.retention.warnings.value = "1 month".parse().unwrap();
    policy.onward.routes[0].nations = vec![Nation::Scotland];
    assert!(places(&policy).contains(&"retention.warnings".to_owned()) && places(&policy).contains(&route), "{:?}", places(&policy));
}

#[test]
fn a_review_that_only_the_authoriser_could_hold_and_may_not_is_found() {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == "west-kent").unwrap();
    let found = |text: &str| {
        let mut policy = check(text).policy.unwrap();
        let only = Who::Role("director".to_owned());
        policy.reviews.reviewer.value = only.clone();
        policy.reviews.never_reviews.value = vec![crate::rules::policy::Part::Authorised];
        for rule in &mut policy.authority.rules {
            rule.stages.retain(|stage| stage.kind == StageKind::Authorise);
            rule.stages.iter_mut().for_each(|stage| stage.of = only.clone());
        }
        all(&policy, &toml::Table::new()).iter().any(|finding| finding.place == "reviews.never-reviews")
    };
    assert!(!found(text), "several people may be directors");
    let single = text.replacen("director = { title", "director = { single = true, title", 1);
    assert!(single != *text && found(&single));
}

#[test]
fn silence_about_an_appeal_and_one_nobody_can_make_or_has_to_answer_are_found() {
    let found = |policy: &Policy| all(policy, &toml::Table::new()).into_iter().map(|one| (one.place, one.clauses)).collect::<Vec<_>>();
    let mut example = crate::rules::policy::tests::example();
    // An appeal about the length alone would need that part of the letter, too.
    example.challenge.length = None;
    let before = found(&example);
    let new = |policy: &Policy| found(policy).into_iter().filter(|one| !before.contains(one)).collect::<Vec<_>>();
    let at = |place: &str, clauses: &[&str]| (place.to_owned(), clauses.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    let mut policy = example.clone();
    policy.challenge.appeal.mode.as_mut().unwrap().value = crate::rules::policy::AppealMode::None;
    assert_eq!(
        new(&policy),
        [
            at("challenge.appeal.mode", &["8.1"]),
            at("challenge.against", &["8.1", "8.1"]),
            at("letters.restriction-notice", &["8.1", "8.1"]),
            at("challenge.second-appeal", &[]),
        ]
    );
    let mut policy = example.clone();
    policy.challenge.appeal.window.value = crate::rules::policy::Limit::Of("1 day".parse().unwrap());
    policy.challenge.warning.as_mut().unwrap().decide_within.value = crate::rules::policy::Limit::None;
    policy.challenge.second_appeal.as_mut().unwrap().window.value = crate::rules::policy::Limit::Of("2 working days".parse().unwrap());
    assert_eq!(
        new(&policy),
        [
            at("challenge.appeal.window", &["8.2"]),
            at("challenge.second-appeal.window", &["8.10"]),
            at("challenge.warning.decide-within", &["8.7"]),
        ]
    );
}

#[test]
fn what_can_be_appealed_by_the_list_and_not_by_its_own_table_is_found() {
    let named = |policy: &Policy| {
        let found = all(policy, &toml::Table::new()).into_iter().filter(|one| one.place == "challenge.against");
        found.map(|one| (one.says, one.clauses.join(", "))).collect::<Vec<_>>()
    };
    let mut policy = crate::rules::policy::tests::example();
    assert_eq!(named(&policy), []);
    policy.challenge.length.as_mut().unwrap().mode.as_mut().unwrap().value = crate::rules::policy::AppealMode::None;
    let [(says, clauses)] = &named(&policy)[..] else { panic!("{:?}", named(&policy)) };
    assert_eq!(
        says,
        "“How long it runs” is among what can be appealed, and challenge.length says that there is no such appeal. Its own table counts."
    );
    assert_eq!(clauses, "8.1, 8.11");
}

#[test]
fn a_body_that_hears_appeals_is_told_how_many_others_have_to_sit() {
    let mut policy = crate::rules::policy::tests::example();
    policy.challenge.appeal.decider.value = Who::Role("case-panel".into());
    policy.authority.rules[0].stages = vec![
        Stage { kind: StageKind::Authorise, of: Who::Role("head-of-service".into()), count: 1, may: Vec::new(), never: Vec::new() },
        Stage { kind: StageKind::Authorise, of: Who::Role("director".into()), count: 1, may: Vec::new(), never: Vec::new() },
    ];
    let says: Vec<String> = super::appeals::all(&policy).into_iter().map(|one| one.says).collect();
    assert!(says.iter().any(|says| says.ends_with("Whoever authorised one does not sit: 3 others have to.")), "{says:?}");
}

#[test]
fn a_step_whose_letter_is_not_named_and_records_the_front_line_holds_back_are_found() {
    let mut policy = crate::rules::policy::tests::example();
    let places = |policy: &Policy| all(policy, &toml::Table::new()).into_iter().map(|one| one.place).collect::<Vec<_>>();
    let both = ["ladder.steps.warning.forms".to_owned(), "retention.legal-hold".to_owned()];
    assert!(both.iter().all(|place| !places(&policy).contains(place)));
    policy.ladder.steps.iter_mut().find(|step| step.key == "warning").unwrap().letter = None;
    policy.retention.legal_hold.as_mut().unwrap().value = Who::Role("adviser".into());
    assert!(both.iter().all(|place| places(&policy).contains(place)), "{:?}", places(&policy));
}

/// What stands in a pack and leads nowhere.
#[test]
fn a_list_nobody_goes_through_and_a_clause_that_is_not_in_the_contents_are_found() {
    let (_, text) = crate::rules::policy::tests::PACKS.iter().find(|(slug, _)| *slug == "west-kent").unwrap();
    let found = |more: &str, was: &str, is: &str| -> Vec<String> {
        let text = format!("{}\n{more}", text.replacen(was, is, 1));
        let checked = check(&text);
        assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        checked.findings.into_iter().map(|finding| finding.says).collect()
    };
    let nothing: Vec<String> =
        found("", "", "").into_iter().filter(|says| says.contains("named nowhere") || says.contains("contents list")).collect();
    assert_eq!(nothing, Vec::<String>::new());
    let list = "\n[[checklists]]\nkey = \"spare\"\ntitle = \"A spare list\"\nitems = [{ key = \"one\", ask = \"Is it?\", blocking = false, source = { stated = \"5.4\" } }]\n";
    assert!(
        found(list, "", "")
            .contains(&"No step, no decision and no measure asks for “A spare list”, so nobody is ever shown it.".to_owned())
    );
    let post = ("[roles]\n", "[roles]\nspare = { title = \"Deputy for Nothing\", reach = \"director\", source = { stated = \"5.4\" } }\n");
    assert!(found("", post.0, post.1).iter().any(|says| says.starts_with("“Deputy for Nothing” is named nowhere else")));
    let clause = ("stated = \"5.4\"", "stated = \"55.4\"");
    let says = found("", clause.0, clause.1);
    let of_clauses: Vec<&String> = says.iter().filter(|says| says.contains("contents list")).collect();
    assert!(
        of_clauses.len() == 1 && of_clauses[0].starts_with("1 clause is named in this pack and not in the contents list: “55.4” ("),
        "{says:?}"
    );
}

#[test]
fn a_step_left_out_or_a_marker_set_by_the_front_line_is_found() {
    let found = |text: &str| {
        let checked = check(text);
        assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        let says = checked.findings.into_iter().filter(|one| one.says.ends_with("nobody above the front line looks at that."));
        says.map(|one| (one.place, one.says)).collect::<Vec<_>>()
    };
    let (_, text) = PACKS.iter().find(|(slug, _)| *slug == "notting-hill-genesis").unwrap();
    assert_eq!(found(text), []);
    let text = text.replacen(
        "reasons = [\"violence\", \"no-use\"], decided-by = \"manager\"",
        "reasons = [\"violence\", \"no-use\"], decided-by = [\"manager\", \"adviser\"]",
        1,
    );
    let text = text.replacen("set-by = \"manager\"", "set-by = \"officer\"", 1);
    let found = found(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].0.ends_with(".skip") && found[0].1.starts_with("A Customer Service Adviser may leave out “"), "{found:?}");
    assert!(found[1].0.ends_with(".set-by") && found[1].1.starts_with("A Housing Officer may set the safety marker “"), "{found:?}");
}

#[test]
fn wk_26_a_look_at_the_whole_register_that_has_no_day_is_found() {
    let found = |says: &[String]| says.iter().filter(|says| says.ends_with("no meeting can be held.")).count();
    let says = |slug| findings(slug).into_iter().map(|finding| finding.says).collect::<Vec<_>>();
    for (slug, _) in PACKS {
        assert_eq!(found(&says(slug)), 0, "{slug}");
    }
    let asked = with("alliance-homes", "whole-register = { value = false", "whole-register = { value = true");
    assert_eq!(found(&asked), 1, "{asked:?}");
}

/// Longer than the policy's longest is a fault; the same is not said a second time as a finding.
#[test]
fn a_measure_may_run_longer_than_the_rest_and_not_longer_than_all_together() {
    let (_, text) = PACKS.iter().find(|(slug, _)| *slug == "west-kent").unwrap();
    let offer = text.find("[[measures.offered]]").unwrap();
    let text = format!("{}[[measures.offered]]\nlongest = \"24 months\"{}", &text[..offer], &text[offer + 20..]);
    let about = |text: &str| {
        let checked = check(text);
        assert!(checked.policy.is_some(), "{:?}", checked.faults);
        let said = checked.findings.into_iter().filter(|one| one.place.starts_with("measures.offered.") && one.says.contains("may run"));
        said.map(|one| one.says).collect::<Vec<_>>()
    };
    assert_eq!(about(&text), Vec::<String>::new(), "there is no limit on all of them together");
    let said = about(&text.replacen("cap = { value = \"none\"", "cap = { value = \"18 months\"", 1));
    assert!(said.len() == 1 && said[0].ends_with("may run 24 months, and all together only 18 months."), "{said:?}");
}

#[test]
fn lengths_for_graver_behaviour_that_nobody_could_mean_are_found() {
    let with = |written: &str| {
        let example = include_str!("../format/example.toml");
        let from = example.find("[[terms.for-severity]]").unwrap();
        let until = from + example[from..].find("\n[reviews]").unwrap();
        let checked = check(&format!(
            "{}[[terms.for-severity]]\n{written}\nsource = {{ stated = \"5.6\" }}\n{}",
            &example[..from],
            &example[until..]
        ));
        let faults = checked.faults.into_iter().map(|one| format!("{}: {}", one.place, one.says));
        let findings = checked.findings.into_iter().map(|one| format!("{}: {}", one.place, one.says));
        faults.chain(findings).filter(|one| one.contains("for-severity")).collect::<Vec<_>>()
    };
    let table = [
        ("from = \"extreme\"", "terms.for-severity.1: It says nothing."),
        (
            "from = \"extreme\"\nusual = \"20 months\"",
            "terms.for-severity.1.usual: The usual length, 20 months, is longer than the longest, 12 months.",
        ),
        (
            "from = \"extreme\"\nlongest = \"36 months\"",
            "terms.for-severity.1: Where the behaviour is extreme one term may run 36 months, and all together only 24 months.",
        ),
        (
            "from = \"extreme\"\nreview = \"5 weeks\"",
            "terms.for-severity.1.review: The usual interval, 5 weeks, is not among the intervals.",
        ),
        ("from = \"low\"\nlongest = \"9 months\"", "terms.for-severity.1: It holds for every kind of behaviour"),
        (
            "from = \"serious\"\nusual = \"2 months\"",
            "terms.for-severity.1: Where the behaviour is serious or worse a restriction usually runs 2 months, and is first reviewed after 3 months",
        ),
        (
            "from = \"extreme\"\nusual = \"4 months\"\n[[terms.for-severity]]\nfrom = \"extreme\"\nusual = \"5 months\"",
            "terms.for-severity",
        ),
    ];
    for (written, says) in table {
        let said = with(written);
        assert!(said.iter().any(|one| one.replace('\u{a0}', " ").starts_with(says)), "{written}: {said:#?}");
    }
    assert!(with("from = \"extreme\"\nusual = \"6 months\"\nlongest = \"18 months\"").is_empty());
}

#[test]
fn a_second_stage_that_nobody_new_could_hear_is_found() {
    let says = |policy: &Policy| {
        let found = all(policy, &toml::Table::new()).into_iter().filter(|one| one.place.starts_with("challenge.second-appeal"));
        found.map(|one| one.says).filter(|says| says.contains("second appeal") || says.contains("both stages")).collect::<Vec<_>>()
    };
    let mut policy = crate::rules::policy::tests::example();
    assert_eq!(says(&policy), ["A Director hears both stages of an appeal, and never the same person both."]);
    policy.challenge.second_appeal.as_mut().unwrap().decider.value = Who::Role("director-of-homes".into());
    assert!(says(&policy)[0].starts_with("The Director of Homes is the only one who hears a second appeal"), "{:?}", says(&policy));
    policy.challenge.appeal.decider.value = Who::Role("director".into());
    assert_eq!(says(&policy), Vec::<String>::new());
    policy.challenge.second_appeal.as_mut().unwrap().decider.value = Who::Role("manager".into());
    assert!(says(&policy)[0].ends_with("may decide a second appeal against the answer of somebody more senior."), "{:?}", says(&policy));
}

#[test]
fn a_body_that_could_not_meet_as_it_is_written_is_found() {
    let says = |policy: &Policy| {
        let found = all(policy, &toml::Table::new()).into_iter().filter(|one| one.place.starts_with("bodies.case-panel."));
        found.map(|one| one.says).collect::<Vec<_>>()
    };
    let mut policy = crate::rules::policy::tests::example();
    assert_eq!(says(&policy), Vec::<String>::new());
    policy.bodies[0].notice = Some("2 months".parse().unwrap());
    assert_eq!(
        says(&policy),
        ["“Case Panel” meets every month, and is given a case 2 months before: each waits for the meeting after the next."]
    );
    policy.bodies[0].meets = None;
    assert_eq!(says(&policy), ["A proposal is decided within 10 working days, and “Case Panel” is given it 2 months before it meets."]);
    policy.bodies[0].notice = None;
    policy.bodies[0].quorum = 1;
    policy.bodies[0].members = Who::Role("director-of-homes".into());
    assert_eq!(
        says(&policy),
        [
            "“Case Panel” has 5 seats. One person may sit, each the only holder of a post.",
            "With a quorum of 1 a single member decides for “Case Panel”."
        ]
    );
}

#[test]
fn an_appeal_against_a_status_there_is_none_of_or_that_only_its_setter_hears_is_found() {
    let says = |policy: &Policy| {
        let found = all(policy, &toml::Table::new()).into_iter().filter(|one| one.place.starts_with("challenge.status"));
        found.map(|one| one.says).collect::<Vec<_>>()
    };
    let mut policy = crate::rules::policy::tests::example();
    assert_eq!(says(&policy), Vec::<String>::new());
    let only = || Who::Role("director-of-homes".into());
    policy.statuses[0].set_by = only();
    policy.challenge.status.as_mut().unwrap().decider.value = only();
    assert_eq!(says(&policy), ["The Director of Homes sets “Noted”, and is the only one who hears the appeal against it."]);
    policy.statuses.clear();
    assert_eq!(says(&policy), ["There is an appeal against a status, and the policy has none."]);
}
