use super::*;
use crate::rules::{appeal, review};

/// Who does what at each landlord, from the proposal to the appeal and the review.
const PATHS: [(&str, &[&str], &str, &str); 5] = [
    ("one-manchester", &["head", "director", "director"], "director2", "manager"),
    ("alliance-homes", &["manager2", "head"], "director2", "manager2"),
    ("housing-solutions", &["head"], "director2", "manager"),
    ("notting-hill-genesis", &["manager2", "director"], "director2", "manager"),
    ("west-kent", &["manager2", "director"], "head", "manager"),
];

#[test]
fn every_path_ends_with_people_who_took_no_part() {
    for (slug, deciders, hears, reviews) in PATHS {
        let policy = pack(slug);
        let stages = plain(slug);
        let mut history = proposed();
        assert_eq!(may_propose(&policy, &post(slug, "manager"), &history), Ok(()), "{slug}");
        let mut approvals = Vec::new();
        for name in deciders {
            let person = post(slug, name);
            let stage = stages.turn(&policy, &approvals, &person, &history).expect(slug);
            approvals.push(Approval { stage, by: person.id });
            let part = match stages.stages[stage].kind {
                StageKind::Consult => Part::Consulted,
                StageKind::Authorise => Part::Authorised,
            };
            history = history.with(person.id, part);
            let refused = appeal::may_hear(&policy, appeal::Round::First, &person, &history);
            assert!(refused.is_err(), "{slug}: {name} took part");
        }
        assert_eq!(stages.progress(&policy, &approvals), Progress::Complete, "{slug}");
        assert_eq!(appeal::may_hear(&policy, appeal::Round::First, &post(slug, hears), &history), Ok(()), "{slug}");
        assert_eq!(review::may_review(&policy, &policy.reviews.reviewer, &post(slug, reviews), &history), Ok(()), "{slug}");
    }
}

#[test]
fn wk_22_a_second_director_hears_the_appeal_where_the_head_of_service_took_part() {
    let policy = pack("west-kent");
    let history = proposed().with(id("head"), Part::Reviewed);
    assert!(appeal::may_hear(&policy, appeal::Round::First, &post("west-kent", "head"), &history).is_err());
    assert_eq!(appeal::may_hear(&policy, appeal::Round::First, &post("west-kent", "director2"), &history), Ok(()));
}
