use super::*;
use crate::rules::measure::MeasureKind;
use crate::rules::policy::Danger;
use crate::rules::policy::tests::{PACKS, pack};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

const TODAY: (i32, u32, u32) = (2027, 3, 10);

fn today() -> NaiveDate {
    day(TODAY.0, TODAY.1, TODAY.2)
}

fn taken(step: &str, on: NaiveDate) -> Taken {
    Taken { step: step.into(), on, withdrawn: false, case_closed: None, promised: None, behaviours: Vec::new() }
}

fn past(steps: &[&str]) -> Past {
    let on = day(2027, 2, 3);
    Past { taken: steps.iter().map(|step| taken(step, on)).collect(), ..Past::default() }
}

/// The keys of the steps that may come next.
fn open(slug: &str, past: &Past) -> Vec<String> {
    let policy = pack(slug);
    let steps = next_steps(&policy, past, today());
    steps.iter().filter(|next| next.may).map(|next| next.step.key.clone()).collect()
}

#[test]
fn every_ladder_is_climbed_a_step_at_a_time() {
    let climbs: [(&str, &[&str], &[&str]); 12] = [
        ("one-manchester", &[], &["opportunity"]),
        ("one-manchester", &["opportunity"], &["opportunity", "restriction"]),
        ("alliance-homes", &[], &["informal-conversation"]),
        ("alliance-homes", &["informal-conversation"], &["informal-conversation", "restriction"]),
        ("housing-solutions", &[], &["concern", "initial-warning"]),
        ("housing-solutions", &["initial-warning"], &["concern", "initial-warning", "formal-warning"]),
        (
            "housing-solutions",
            &["initial-warning", "formal-warning"],
            &["concern", "initial-warning", "formal-warning", "assessment", "communication-protocol"],
        ),
        ("notting-hill-genesis", &[], &["conversation"]),
        ("notting-hill-genesis", &["conversation"], &["conversation", "verbal-warning", "written-warning"]),
        (
            "notting-hill-genesis",
            &["conversation", "verbal-warning"],
            &["conversation", "verbal-warning", "written-warning", "contact-agreement"],
        ),
        ("west-kent", &[], &["management-action"]),
        ("west-kent", &["management-action"], &["management-action", "formal-action"]),
    ];
    for (slug, before, after) in climbs {
        assert_eq!(open(slug, &past(before)), after, "{slug} after {before:?}");
    }
}

#[test]
fn hs_31_cases_closed_twelve_months_ago_do_not_count() {
    let policy = pack("housing-solutions");
    let mut warning = taken("initial-warning", day(2025, 1, 5));
    assert_eq!(past::count(&policy, &warning, today()), Count::Counts { until: None }, "its case is open");

    warning.case_closed = Some(day(2026, 3, 11));
    assert_eq!(past::count(&policy, &warning, today()), Count::Counts { until: Some(day(2027, 3, 10)) });

    let closed = day(2026, 3, 10);
    warning.case_closed = Some(closed);
    let gone = Count::NoLonger { since: today(), closed: Some(closed) };
    assert_eq!(past::count(&policy, &warning, today()), gone, "on the very day, at least twelve months have gone");

    let past = Past { taken: vec![warning], ..Past::default() };
    let formal = next(&policy, &past, today(), policy.ladder.step("formal-warning").unwrap());
    assert!(!formal.may);
    assert!(
        formal.because.starts_with(
            "Initial warning has to come first. Initial warning on 5\u{a0}January 2025 no longer counts, \
             because its case was reviewed and closed on 10\u{a0}March 2026."
        ),
        "{}",
        formal.because
    );
}

#[test]
fn om_08_a_warning_counts_for_twelve_months_from_the_day_it_was_given() {
    let policy = pack("one-manchester");
    let kept = taken("opportunity", day(2026, 3, 11));
    assert_eq!(past::count(&policy, &kept, today()), Count::Counts { until: Some(day(2027, 3, 10)) });
    let gone = taken("opportunity", day(2026, 3, 10));
    assert_eq!(past::count(&policy, &gone, today()), Count::NoLonger { since: today(), closed: None });
}

#[test]
fn a_withdrawn_warning_does_not_count() {
    let mut before = past(&["opportunity"]);
    before.taken[0].withdrawn = true;
    assert_eq!(open("one-manchester", &before), ["opportunity"]);
    let policy = pack("one-manchester");
    let next = to_restrict(&policy, &before, today()).unwrap();
    assert!(next.because.contains("was withdrawn"), "{}", next.because);
}

#[test]
fn hs_27_a_director_may_leave_both_warnings_out_when_violence_was_threatened() {
    let policy = pack("housing-solutions");
    let threatened = Past { dangers: vec![Danger::PhysicalViolenceThreatened], ..Past::default() };
    let next = to_restrict(&policy, &threatened, today()).unwrap();
    assert!(!next.may);
    let skip = next.skip.unwrap();
    let left_out: Vec<_> = skip.steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(left_out, ["initial-warning", "formal-warning"]);
    let reasons: Vec<_> = skip.reasons.iter().map(|reason| reason.key.as_str()).collect();
    assert_eq!(reasons, ["violence", "immediate"]);
    assert_eq!(skip.decided_by, &Who::Role("director".into()));
    assert_eq!(skip.because, "A Director may leave out Initial warning and Formal warning, with the reason in writing.");
}

#[test]
fn hs_27_without_violence_only_the_reason_that_needs_judgement_is_left() {
    let policy = pack("housing-solutions");
    let next = to_restrict(&policy, &past(&["initial-warning"]), today()).unwrap();
    let skip = next.skip.unwrap();
    let reasons: Vec<_> = skip.reasons.iter().map(|reason| reason.key.as_str()).collect();
    assert_eq!(reasons, ["immediate"]);
    assert_eq!(skip.steps.len(), 1, "the initial warning counts already");
}

#[test]
fn wk_12_the_first_stage_is_left_out_only_after_violence_abuse_or_harassment() {
    let policy = pack("west-kent");
    assert_eq!(to_restrict(&policy, &Past::default(), today()).unwrap().skip, None);
    for danger in [Danger::PhysicalViolenceUsed, Danger::VerbalAbuse, Danger::Harassment] {
        let past = Past { dangers: vec![danger], ..Past::default() };
        let skip = to_restrict(&policy, &past, today()).unwrap().skip.unwrap();
        assert_eq!(skip.decided_by, &Who::Role("director".into()));
    }
}

#[test]
fn nhg_15_one_warning_of_either_form_is_enough() {
    for warning in ["verbal-warning", "written-warning"] {
        assert!(open("notting-hill-genesis", &past(&[warning])).contains(&"contact-agreement".to_owned()));
    }
}

#[test]
fn nhg_the_most_senior_decider_named_for_any_step_left_out_decides() {
    let policy = pack("notting-hill-genesis");
    let violent = Past { dangers: vec![Danger::PhysicalViolenceUsed], ..Past::default() };
    let skip = to_restrict(&policy, &violent, today()).unwrap().skip.unwrap();
    let left_out: Vec<_> = skip.steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(left_out, ["conversation", "verbal-warning"]);
    assert_eq!(skip.decided_by, &Who::Role("director".into()));
}

#[test]
fn ah_08_a_conversation_always_comes_first() {
    let policy = pack("alliance-homes");
    let next = to_restrict(&policy, &Past::default(), today()).unwrap();
    assert!(!next.may);
    assert_eq!(next.because, "Conversation and informal resolution has to come first.");
    assert_eq!(next.skip, None);
}

#[test]
fn what_counts_is_said_with_its_last_day() {
    let policy = pack("west-kent");
    let next = to_restrict(&policy, &past(&["management-action"]), today()).unwrap();
    assert_eq!(next.because, "Management action on 3\u{a0}February 2027 counts until 2\u{a0}February 2028.");
}

#[test]
fn the_furthest_step_not_taken_yet_is_suggested() {
    let suggestions = [
        (&[][..], "initial-warning"),
        (&["initial-warning"], "formal-warning"),
        (&["initial-warning", "formal-warning"], "communication-protocol"),
    ];
    let policy = pack("housing-solutions");
    for (before, step) in suggestions {
        let past = past(before);
        let steps = next_steps(&policy, &past, today());
        assert_eq!(suggested(&policy, &steps, &past, today()).unwrap().step.key, step);
    }
}

#[test]
fn every_landlord_has_a_way_in_for_someone_with_no_past() {
    for (slug, _) in PACKS {
        assert!(!open(slug, &Past::default()).is_empty(), "{slug}");
    }
}

/// policy-pack.md 6: the steps are a graph, and a graver restriction may have to follow a lesser one.
#[test]
fn a_graver_restriction_comes_after_the_lesser_one_and_only_with_its_own_measures() {
    let policy = crate::rules::policy::tests::example();
    let with = |measures: &[MeasureKind], steps: &[&str]| {
        let measures = measures.iter().map(|kind| kind.key().to_owned()).collect();
        let next = to_restrict_with(&policy, &past(steps), today(), &measures).unwrap();
        (next.step.key.clone(), next.may, next.because)
    };
    let warned = ["talk", "warning", "warning", "final-warning"];
    let (step, may, _) = with(&[MeasureKind::Channels], &warned);
    assert_eq!((step.as_str(), may), ("plan", true));
    let (step, may, because) = with(&[MeasureKind::Channels, MeasureKind::EndDirectContact], &warned);
    assert_eq!((step.as_str(), may, because.as_str()), ("no-contact", false, "Contact plan has to come first."));
    let after_a_plan = ["talk", "warning", "warning", "final-warning", "plan"];
    let (step, may, _) = with(&[MeasureKind::EndDirectContact], &after_a_plan);
    assert_eq!((step.as_str(), may), ("no-contact", true));
}

#[test]
fn the_same_measures_may_belong_to_two_steps_and_the_open_one_is_taken() {
    let text = include_str!("../policy/format/example.toml").replacen(
        "[assessment]",
        "[[ladder.steps]]\nkey = \"at-once\"\ntitle = \"No direct contact at once\"\nkind = \"restriction\"\nabout = \"After violence.\"\n\
         taken-by = { value = \"manager\", stated = \"5.4\" }\nletter = \"restriction-notice\"\nafter = [\"talk\"]\nonly-for = [\"violence\"]\n\
         measures = [\"end-direct-contact\"]\nsource = { stated = \"5.4\" }\n\n[assessment]",
        1,
    );
    let policy = crate::rules::policy::check(&text).policy.unwrap();
    let step_for = |behaviour: &str| {
        let past = Past { behaviours: vec![behaviour.into()], ..past(&["talk"]) };
        let next = to_restrict_with(&policy, &past, today(), &["end-direct-contact".to_owned()].into()).unwrap();
        (next.step.key.clone(), next.may)
    };
    assert_eq!(step_for("violence"), ("at-once".into(), true));
    assert!(!step_for("abuse").1);
}

/// A final warning is only for abuse: demands never wait for it, and never come past what comes before it either.
#[test]
fn a_step_for_other_behaviour_is_passed_over_and_what_comes_before_it_is_not() {
    let policy = crate::rules::policy::tests::example();
    let demands = |steps: &[&str]| {
        let past = Past { behaviours: vec!["demands".into()], ..past(steps) };
        let next = to_restrict(&policy, &past, today()).unwrap();
        (next.may, next.because)
    };
    assert_eq!(demands(&[]), (false, "A talk and Written warning have to come first.".into()));
    assert!(!demands(&["talk", "warning"]).0, "it is given twice");
    assert!(demands(&["talk", "warning", "warning"]).0);
    let abuse = Past { behaviours: vec!["abuse".into()], ..past(&["talk", "warning", "warning"]) };
    assert_eq!(to_restrict(&policy, &abuse, today()).unwrap().because, "Final warning has to come first.");
}
