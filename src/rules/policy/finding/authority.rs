//! Who decides on a proposal: measures nobody may authorise, rules that contradict each other, stages that need more people than it seems.

use std::collections::BTreeSet;

use super::{Finding, is_alone, posts};
use crate::rules::policy::{Part, Policy, Rule, Stage, StageKind, Step, Who};
use crate::rules::say;

/// Every finding about who authorises.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let mut findings = approvers(policy);
    findings.extend(rivals(policy));
    findings.extend(takers(policy));
    findings.extend(shared(policy));
    findings.extend(kept_out_twice(policy));
    findings.extend(agreed(policy));
    findings
}

/// Measures whose own approver is whoever proposes.
fn approvers(policy: &Policy) -> Vec<Finding> {
    let authority = &policy.authority;
    if !authority.never_authorises.contains(&Part::Proposed) {
        return Vec::new();
    }
    let proposers: BTreeSet<&str> = posts(policy, &authority.proposer).into_iter().collect();
    let mut findings = Vec::new();
    for offer in &policy.measures.offered {
        let Some(approver) = &offer.approver else { continue };
        let named: BTreeSet<&str> = posts(policy, approver).into_iter().collect();
        let covered = authority.substitutes.iter().any(|one| one.post == *approver);
        let [only] = named.iter().copied().collect::<Vec<_>>()[..] else { continue };
        if covered || !is_alone(policy, only) || !proposers.contains(only) {
            continue;
        }
        let who = say::sentence(&approver.say(&policy.roles));
        let says = match proposers.len() {
            1 => format!("{who} alone proposes, and alone has to authorise “{}”: nobody may authorise this measure.", offer.title),
            _ => format!("{who} alone has to authorise “{}”, and may propose it: nobody may authorise it then.", offer.title),
        };
        let finding = Finding::new(&format!("measures.offered.{}.approver", offer.key()), says, "Name another post, or a substitute.");
        findings.push(finding.with_clause(&offer.source).with_clause(&authority.proposer.source));
    }
    findings
}

/// Two rules for the same proposals that name different authorisers.
fn rivals(policy: &Policy) -> Vec<Finding> {
    let rules = &policy.authority.rules;
    let mut findings = Vec::new();
    for (place, later) in rules.iter().enumerate() {
        for (before, earlier) in rules[..place].iter().enumerate() {
            if authorising(earlier).eq(authorising(later)) || exclude_each_other(earlier, later) {
                continue;
            }
            let (first, second) = (strictness(policy, earlier), strictness(policy, later));
            let same_proposals = earlier.when == later.when;
            let (one, other) = (who_authorises(policy, earlier), who_authorises(policy, later));
            let says = if first == second {
                let which = if same_proposals { "The same proposals match" } else { "A proposal may match both" };
                format!(
                    "{which} rule {} ({one}) and rule {} ({other}), and neither is stricter than the other: the later one decides.",
                    before + 1,
                    place + 1
                )
            } else if same_proposals {
                let (stays, never) = if first > second { (before + 1, place + 1) } else { (place + 1, before + 1) };
                format!(
                    "Rules {} ({one}) and {} ({other}) are for the same proposals. Rule {stays} is the stricter, so nobody ever decides by rule {never}.",
                    before + 1,
                    place + 1
                )
            } else {
                continue;
            };
            let finding = Finding::new(&format!("authority.rules.{}", place + 1), says, "Say in one rule who decides.");
            findings.push(finding.with_clause(&earlier.source).with_clause(&later.source));
        }
    }
    findings
}

/// No proposal reaches as far as both ask.
fn exclude_each_other(one: &Rule, other: &Rule) -> bool {
    let (one, other) = (&one.when.reaches, &other.when.reaches);
    !one.is_empty() && !other.is_empty() && one.iter().all(|reach| !other.contains(reach))
}

fn authorising(rule: &Rule) -> impl Iterator<Item = (&Who, u8)> {
    rule.stages.iter().filter(|stage| stage.kind == StageKind::Authorise).map(|stage| (&stage.of, stage.count))
}

fn who_authorises(policy: &Policy, rule: &Rule) -> String {
    let each = |(who, count): (&Who, u8)| match count {
        0 | 1 => who.say(&policy.roles),
        count => format!("{} people, each {}", say::number(u32::from(count)), who.say(&policy.roles)),
    };
    say::list(&authorising(rule).map(each).collect::<Vec<_>>())
}

/// How strict a rule is, as `rules::authority` has it: how far its most senior authoriser reaches, then how many authorise.
fn strictness(policy: &Policy, rule: &Rule) -> (u8, u32) {
    let stages = || rule.stages.iter().filter(|stage| stage.kind == StageKind::Authorise);
    let reach = stages().map(|stage| stage.of.reach(&policy.roles).rank()).max().unwrap_or(0);
    (reach, stages().map(|stage| people(policy, stage)).sum())
}

/// How many different people a stage asks for.
fn people(policy: &Policy, stage: &Stage) -> u32 {
    let body = if let Who::Role(key) = &stage.of { policy.body(key) } else { None };
    u32::from(body.map_or(stage.count, |body| body.quorum))
}

/// A restriction is taken by whoever may propose; another post named at the step is never asked.
fn takers(policy: &Policy) -> Vec<Finding> {
    let proposer = &policy.authority.proposer;
    let differs = |step: &&Step| names(&step.taken_by) != names(proposer);
    let found = policy.ladder.restrictions().filter(differs).map(|step| {
        let says = format!(
            "“{}” is taken by {}, and {} proposes every restriction. Only the second counts.",
            step.title,
            step.taken_by.say(&policy.roles),
            proposer.say(&policy.roles)
        );
        let finding = Finding::new(&format!("ladder.steps.{}.taken-by", step.key), says, "Say the same in both places.");
        finding.with_clause(&step.taken_by.source).with_clause(&proposer.source)
    });
    found.collect()
}

fn names(who: &Who) -> BTreeSet<String> {
    match who {
        Who::AnyOf(any) => any.iter().flat_map(names).collect(),
        Who::Role(key) => [key.clone()].into(),
        Who::InCase(one) => [one.key().to_owned()].into(),
    }
}

/// Stages that draw on the same posts: nobody authorises twice, so they need as many different people as all of them together. The approver
/// of a measure is a stage more, after those of the rule.
fn shared(policy: &Policy) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (number, rule) in (1..).zip(&policy.authority.rules) {
        let stages: Vec<&Stage> = rule.stages.iter().filter(|stage| stage.kind == StageKind::Authorise).collect();
        let at = format!("authority.rules.{number}.stages");
        findings.extend(draw_on_the_same(policy, &at, &stages, None).map(|finding| finding.with_clause(&rule.source)));
    }
    let offers = policy.measures.offered.iter().filter_map(|offer| Some((offer, one_more(offer.approver.clone()?))));
    for (offer, more) in offers {
        let at = format!("measures.offered.{}.approver", offer.key());
        let mut own: Vec<Finding> = Vec::new();
        for rule in &policy.authority.rules {
            let mut stages: Vec<&Stage> = rule.stages.iter().filter(|stage| stage.kind == StageKind::Authorise).collect();
            // Whoever authorises by the rule as well is not asked twice.
            if stages.iter().all(|stage| stage.of != more.of) {
                stages.push(&more);
                let found = draw_on_the_same(policy, &at, &stages, Some((&offer.title, &more)));
                own.extend(found.map(|finding| finding.with_clause(&offer.source)));
            }
        }
        own.dedup_by(|one, other| one.says == other.says);
        findings.extend(own);
    }
    findings
}

/// Steps that wait for somebody to agree, where it could wait for ever, or need not wait at all.
fn agreed(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (step, stages) in policy.ladder.agreed() {
        let at = format!("ladder.steps.{}.agreed-by", step.key);
        let takers = posts(policy, &step.taken_by);
        let authorising: Vec<&Stage> = stages.iter().filter(|stage| stage.kind == StageKind::Authorise).collect();
        for stage in authorising.iter().filter(|stage| policy.authority.substitutes.iter().all(|one| one.post != stage.of)) {
            let agreers = posts(policy, &stage.of);
            if !agreers.is_empty() && agreers.iter().all(|post| takers.contains(post)) {
                let says = format!(
                    "{} may take “{}” and agree to it. Where only one holds that post, it would wait for ever.",
                    say::sentence(&stage.of.say(&policy.roles)),
                    step.title
                );
                findings
                    .push(Finding::new(&at, says, "Make sure that two people hold it, or name another post.").with_clause(&stages.source));
            }
        }
        findings.extend(draw_on_the_same(policy, &at, &authorising, None).map(|finding| finding.with_clause(&stages.source)));
        if let Some(letter) = step.given_by.first() {
            let says = format!(
                "“{}” is agreed to before it is given, and this letter counts as that step without anybody agreeing: {}.",
                step.title,
                say::inside(letter.title())
            );
            let advice = "Leave the letter out of given-by, or let it be as it is: whoever decides what the letter says decides this too.";
            findings.push(Finding::new(&at, says, advice).with_clause(&stages.source));
        }
    }
    findings
}

/// A stage that keeps out whom the policy keeps out of every stage.
fn kept_out_twice(policy: &Policy) -> Vec<Finding> {
    let every = &policy.authority.never_authorises;
    let mut findings = Vec::new();
    let rules =
        (1..).zip(&policy.authority.rules).map(|(number, rule)| (format!("authority.rules.{number}.stages"), &rule.stages, &rule.source));
    let steps =
        policy.ladder.agreed().map(|(step, stages)| (format!("ladder.steps.{}.agreed-by", step.key), &stages.value, &stages.source));
    for (at, stages, source) in rules.chain(steps) {
        for (place, stage) in (1..).zip(stages).filter(|(_, stage)| stage.kind == StageKind::Authorise) {
            let twice: Vec<&str> = stage.never.iter().filter(|part| every.contains(part)).map(|part| part.title()).collect();
            if !twice.is_empty() {
                let says = format!("Nobody who {} authorises at any stage: this one says it again.", say::either(&twice));
                let at = format!("{at}.{place}.never");
                findings.push(Finding::new(&at, says, "Leave it out here.").with_clause(source).with_clause(&every.source));
            }
        }
    }
    findings
}

fn one_more(of: Who) -> Stage {
    Stage { kind: StageKind::Authorise, of, count: 1, may: Vec::new(), never: Vec::new() }
}

/// What is to be said of stages that draw on the same posts; `more` is the approver of a measure among them, who must then be one of those
/// that do.
fn draw_on_the_same(policy: &Policy, at: &str, stages: &[&Stage], more: Option<(&str, &Stage)>) -> Option<Finding> {
    let overlap = |one: &Stage, other: &Stage| {
        let other = posts(policy, &other.of);
        posts(policy, &one.of).iter().any(|post| other.contains(post))
    };
    let drawn = stages.iter().enumerate().filter(|(place, one)| {
        let mut others = stages.iter().enumerate().filter(|(other, _)| other != place);
        others.any(|(_, stage)| overlap(one, stage))
    });
    let together: Vec<&Stage> = drawn.map(|(_, stage)| *stage).collect();
    let is_more = |stage: &&Stage| more.is_some_and(|(_, more)| std::ptr::eq(*stage, more));
    if together.is_empty() || (more.is_some() && !together.iter().any(&is_more)) {
        return None;
    }
    let named = |stage: &&Stage| match more.filter(|_| is_more(stage)) {
        Some((title, _)) => format!("{} ({}, for “{title}”)", stage.of.say(&policy.roles), people(policy, stage)),
        None => format!("{} ({})", stage.of.say(&policy.roles), people(policy, stage)),
    };
    let each: Vec<String> = together.iter().map(named).collect();
    let needed: u32 = together.iter().map(|stage| people(policy, stage)).sum();
    let holders: BTreeSet<&str> = together.iter().flat_map(|stage| posts(policy, &stage.of)).collect();
    let titles: Vec<&str> = holders.iter().map(|post| policy.roles.title(post)).collect();
    let all_single = holders.iter().all(|post| is_alone(policy, post));
    let start = format!(
        "{} draw on the same posts, and whoever authorised at one stage cannot sit or authorise at the next.",
        say::sentence(&say::list(&each))
    );
    Some(if all_single && (holders.len() as u32) < needed {
        let says = format!("{start} {needed} people are needed, and only {} hold these posts: nothing could be decided.", holders.len());
        Finding::new(at, says, "Name another post for one of the stages.")
    } else {
        let says = format!("{start} It takes {needed} different people, none of whom proposed.");
        Finding::new(at, says, format!("Make sure that so many hold these posts: {}.", say::list(&titles)))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::policy::{Part, Policy, Stage, StageKind, Who};

    fn role(key: &str) -> Who {
        Who::Role(key.to_owned())
    }

    fn authorise(of: Who, count: u8) -> Stage {
        Stage { kind: StageKind::Authorise, of, count, may: Vec::new(), never: Vec::new() }
    }

    fn found(policy: &Policy) -> Vec<(String, String, Vec<String>)> {
        super::all(policy).into_iter().map(|one| (one.place, one.says, one.clauses)).collect()
    }

    fn example() -> Policy {
        crate::rules::policy::tests::example()
    }

    #[test]
    fn a_measure_that_only_its_proposer_may_authorise_is_found() {
        let mut policy = example();
        assert!(super::approvers(&policy).is_empty());
        let offer = policy.measures.offered.iter_mut().find(|offer| offer.approver.is_some()).unwrap();
        offer.approver = Some(role("director-of-homes"));
        policy.authority.proposer.value = role("director-of-homes");
        let says = |policy: &Policy| super::approvers(policy).into_iter().map(|one| one.says).collect::<Vec<_>>();
        assert_eq!(
            says(&policy),
            ["The Director of Homes alone proposes, and alone has to authorise “No direct contact”: nobody may authorise this measure."]
        );
        policy.authority.proposer.value = Who::AnyOf(vec![role("manager"), role("director-of-homes")]);
        assert!(says(&policy)[0].ends_with("and may propose it: nobody may authorise it then."), "{:?}", says(&policy));
        policy.authority.never_authorises.value.retain(|part| *part != Part::Proposed);
        assert!(says(&policy).is_empty(), "whoever proposed may authorise");
    }

    #[test]
    fn two_rules_for_the_same_proposals_that_name_different_authorisers_are_found_with_both_clauses() {
        let mut policy = example();
        policy.authority.rules.truncate(1);
        let mut other = policy.authority.rules[0].clone();
        other.source = crate::rules::policy::Source::Stated { clause: "7.9".into() };
        other.stages = vec![authorise(role("director"), 1)];
        policy.authority.rules.push(other);
        let rivals = super::rivals(&policy);
        assert_eq!(rivals.len(), 1, "{rivals:?}");
        assert_eq!(rivals[0].clauses, ["6.3", "7.9"]);
        assert!(rivals[0].says.ends_with("Rule 2 is the stricter, so nobody ever decides by rule 1."), "{}", rivals[0].says);
        policy.authority.rules[0].stages = vec![authorise(role("director-of-homes"), 1)];
        policy.authority.rules[1].when.skipped = true;
        let rivals = super::rivals(&policy);
        assert!(rivals[0].says.contains("neither is stricter than the other: the later one decides"), "{rivals:?}");
        policy.authority.rules[0].stages = vec![authorise(role("manager"), 1)];
        assert!(super::rivals(&policy).is_empty(), "one is plainly stricter, and only for what it is for");
    }

    #[test]
    fn a_restriction_taken_by_another_post_than_proposes_it_is_found() {
        let mut policy = example();
        assert!(super::takers(&policy).is_empty());
        policy.authority.proposer.value = role("head-of-service");
        let found: Vec<String> = super::takers(&policy).into_iter().map(|one| one.place).collect();
        assert_eq!(found, ["ladder.steps.plan.taken-by", "ladder.steps.no-contact.taken-by"]);
    }

    #[test]
    fn stages_that_draw_on_the_same_posts_say_how_many_people_they_need() {
        let mut policy = example();
        let offer = policy.measures.offered.iter_mut().find(|offer| offer.approver.is_some()).unwrap();
        let approver = offer.approver.take();
        assert!(super::shared(&policy).is_empty(), "{:?}", found(&policy));
        policy.authority.rules[0].stages = vec![authorise(role("director"), 2), authorise(role("case-panel"), 1)];
        let quorum = u32::from(policy.body("case-panel").unwrap().quorum);
        let shared = super::shared(&policy);
        assert_eq!(shared.len(), 1, "{shared:?}");
        assert!(
            shared[0].says.ends_with(&format!("It takes {} different people, none of whom proposed.", quorum + 2)),
            "{}",
            shared[0].says
        );
        policy.authority.rules[0].stages = vec![authorise(role("director-of-homes"), 1), authorise(role("director-of-homes"), 1)];
        assert!(super::shared(&policy)[0].says.ends_with("2 people are needed, and only 1 hold these posts: nothing could be decided."));

        // The approver of a measure is a stage more, wherever it is not one of the rule's already.
        policy.measures.offered.iter_mut().find(|offer| offer.key() == "end-direct-contact").unwrap().approver = approver;
        policy.authority.rules.truncate(1);
        policy.authority.rules[0].stages = vec![authorise(role("case-panel"), 1)];
        let shared = super::shared(&policy);
        assert_eq!(shared.iter().map(|one| one.place.as_str()).collect::<Vec<_>>(), ["measures.offered.end-direct-contact.approver"]);
        let start = format!("The Case Panel ({quorum}) and a Director (1, for “No direct contact”) draw on the same posts");
        assert!(shared[0].says.starts_with(&start), "{}", shared[0].says);
        assert!(
            shared[0].says.ends_with(&format!("It takes {} different people, none of whom proposed.", quorum + 1)),
            "{}",
            shared[0].says
        );
        policy.authority.rules[0].stages = vec![authorise(role("director"), 1)];
        assert!(super::shared(&policy).is_empty(), "the Director of the rule is not asked twice");
    }

    #[test]
    fn a_stage_that_keeps_out_whom_every_stage_keeps_out_is_found() {
        let mut policy = example();
        assert!(super::kept_out_twice(&policy).is_empty());
        policy.authority.rules[1].stages[0].never.push(Part::Proposed);
        let found = super::kept_out_twice(&policy);
        assert_eq!(found[0].place, "authority.rules.2.stages.1.never");
        assert_eq!(found[0].says, "Nobody who made the proposal authorises at any stage: this one says it again.");
    }
}
