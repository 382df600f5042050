use chrono::{NaiveDate, TimeZone, Utc};

use super::*;
use crate::rules::ladder::Past;
use crate::rules::measure::{Channel, Term};
use crate::rules::need::NeedKind;
use crate::rules::policy::tests::pack;
use crate::rules::restriction_term::{Before, Runs};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn whole(slug: &str) -> Draft {
    let policy = pack(slug);
    let text = || "Something that was thought about".to_owned();
    let mut assessment = Assessment {
        thresholds: policy
            .behaviour
            .thresholds
            .iter()
            .map(|one| (one.key.clone(), if one.clears == YesNo::Yes { YesNo::No } else { YesNo::Yes }))
            .collect(),
        level_of_contact: text(),
        language: text(),
        alternatives: text(),
        account_how: Some(AccountHow::Heard),
        account: text(),
        needs: text(),
        circumstances: text(),
        staff_needs: text(),
        proportionality: text(),
        equality: text(),
        ..Assessment::default()
    };
    let mut answer = |key: String, answer: &str| assessment.answers.insert(key, answer.to_owned());
    answer(LINKED.into(), "no");
    answer(LESS.into(), "A named contact was tried.");
    answer(SUPPORT.into(), "An advocate was offered.");
    for section in [Section::Evidence, Section::Needs] {
        for question in further(&policy, section) {
            answer(own_key(question), "Yes, it was.");
        }
    }
    for (key, ..) in crate::rules::checklist::lines(&checklists(&policy)) {
        answer(key, "yes");
    }
    Draft {
        grounds: text(),
        incidents: 1,
        assessment,
        terms: vec![Term::Channels { closed: [Channel::Phone].into() }.into()],
        review_on: Some(day(2027, 2, 1)),
        ends_on: Some(day(2027, 5, 1)),
        permanent: false,
        skipped: Vec::new(),
        duties: Vec::new(),
    }
}

const FIVE: [&str; 5] = ["one-manchester", "alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"];

#[test]
fn nothing_is_missing_from_a_whole_proposal_at_any_landlord() {
    for slug in FIVE {
        assert_eq!(missing(&pack(slug), &whole(slug), &[]), vec![], "{slug}");
    }
}

#[test]
fn an_empty_proposal_has_everything_to_do_and_nothing_begun() {
    for slug in FIVE {
        let policy = pack(slug);
        let draft = Draft::default();
        let missing = missing(&policy, &draft, &[]);
        for section in [Section::Evidence, Section::Account, Section::Needs, Section::Terms] {
            assert_eq!(standing(&draft, &missing, section), Standing::NotStarted, "{slug} {section}");
        }
    }
}

#[test]
fn staff_are_considered_as_well_where_the_policy_asks_for_both_sides() {
    let mut draft = whole("one-manchester");
    draft.assessment.staff_needs.clear();
    let fields: Vec<_> = missing(&pack("one-manchester"), &draft, &[]).into_iter().map(|one| one.field).collect();
    assert_eq!(fields, ["staff_needs"]);
    let mut elsewhere = whole("west-kent");
    elsewhere.assessment.staff_needs.clear();
    assert_eq!(missing(&pack("west-kent"), &elsewhere, &[]), vec![]);
}

#[test]
fn a_measure_that_asks_for_its_own_reason_is_missing_it() {
    let mut draft = whole("west-kent");
    draft.terms = vec![Term::EndDirectContact { except: String::new(), leaves: Term::letters_and_email() }.into()];
    let fields: Vec<_> = missing(&pack("west-kent"), &draft, &[]).into_iter().map(|one| one.field).collect();
    assert_eq!(fields, ["why:end-direct-contact"]);
}

#[test]
fn a_clash_with_a_need_asks_for_a_reason_and_then_for_a_look() {
    let policy = pack("west-kent");
    let mut draft = whole("west-kent");
    draft.terms = vec![Term::EndDirectContact { except: String::new(), leaves: Term::letters_and_email() }.into()];
    draft.assessment.answers.insert(why_key("end-direct-contact"), "Because of threats.".into());
    let needs = [NeedKind::Writing];
    assert_eq!(missing(&policy, &draft, &needs)[0].field, "clash_because");
    let past = Past::default();
    let before = before(&policy);
    let seen = Seen { past: &past, needs: &needs, today: day(2026, 11, 21), before: &before, skipped_because: "", beside: &[] };
    let fits =
        |draft: &Draft| checks(&policy, draft, &seen).into_iter().find(|check| check.rule.starts_with("Each measure fits")).unwrap().met;
    assert_eq!(fits(&draft), Met::Not);
    draft.assessment.clash_because = "A support worker reads and writes for them".into();
    assert_eq!(fits(&draft), Met::NotYet);
}

#[test]
fn unmet_rules_come_first_and_being_only_forceful_is_no_ground() {
    let policy = pack("housing-solutions");
    let mut draft = whole("housing-solutions");
    draft.assessment.thresholds.insert("forceful".into(), YesNo::Yes);
    let past = Past::default();
    let before = before(&policy);
    let seen = Seen { past: &past, needs: &[], today: day(2026, 11, 21), before: &before, skipped_because: "", beside: &[] };
    let all = checks(&policy, &draft, &seen);
    assert!(all.windows(2).all(|pair| pair[0].met <= pair[1].met));
    assert!(all.iter().any(|check| check.met == Met::Not && check.note.contains("forceful or determined")));
    assert!(!none_stands_in_the_way(&all));
}

#[test]
fn incidents_of_a_case_closed_a_year_ago_are_left_out_only_where_the_policy_says() {
    let happened = Utc.with_ymd_and_hms(2025, 6, 1, 10, 0, 0).unwrap();
    let closed = Some(Utc.with_ymd_and_hms(2025, 11, 21, 10, 0, 0).unwrap());
    let today = day(2026, 11, 21);
    assert!(left_out(&pack("housing-solutions"), happened, closed, today).is_some());
    assert!(left_out(&pack("housing-solutions"), happened, closed, day(2026, 11, 20)).is_none());
    assert!(left_out(&pack("housing-solutions"), happened, None, today).is_none());
    assert!(left_out(&pack("west-kent"), happened, closed, today).is_none());
}

/// A restriction that would begin on the day these checks are made, after no other.
fn before(policy: &Policy) -> Before {
    Before::new(policy, day(2026, 11, 21), &[], Runs::of(policy, [], [""; 0]))
}
