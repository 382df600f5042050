//! What a pack without fault still gets wrong: contradictions, dead ends, and silence where the Ombudsman expects a rule.

mod appeals;
mod authority;
mod bodies;
mod contradictions;
mod frontline;
mod lengths;
mod readings;
mod silences;
mod unused;

use super::{LetterKind, Policy, Source, Stage, StageKind, Who};
use crate::rules::days::Nation;
use crate::rules::{onward, say};

/// One thing a landlord should decide, with the clauses it comes from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The line in the file.
    pub line: Option<usize>,
    /// The chapter or key.
    pub place: String,
    /// The clauses that contradict each other, or that are silent.
    pub clauses: Vec<String>,
    /// What is contradictory or missing.
    pub says: String,
    /// What would settle it.
    pub advice: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, ")?;
        }
        write!(f, "{}: {} {}", self.place, self.says, self.advice)?;
        if self.clauses.is_empty() { Ok(()) } else { write!(f, " (clause {})", self.clauses.join("; ")) }
    }
}

impl Finding {
    pub(super) fn new(place: &str, says: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { line: None, place: place.to_owned(), clauses: Vec::new(), says: says.into(), advice: advice.into() }
    }

    fn with_clause(mut self, source: &Source) -> Self {
        self.clauses.extend(source.clause().map(str::to_owned));
        self
    }
}

/// Every finding of a policy: what it was read to mean first, then what nobody could follow, then where it is silent.
pub(super) fn all(policy: &Policy, pack: &toml::Table) -> Vec<Finding> {
    let mut findings: Vec<Finding> = policy.readings.iter().map(chosen).collect();
    findings.extend(readings::all(policy));
    findings.extend(deciders(policy));
    findings.extend(authority::all(policy));
    findings.extend(appeals::all(policy));
    findings.extend(bodies::all(policy));
    findings.extend(reviews(policy));
    findings.extend(steps(policy));
    findings.extend(lengths::all(policy));
    findings.extend(contradictions::all(policy));
    findings.extend(copies(policy));
    findings.extend(silences::all(policy));
    findings.extend(dangers(policy));
    findings.extend(frontline::all(policy));
    findings.extend(unused::all(policy, pack));
    findings
}

/// Those who are told of a restriction and never of its end: what they know would go on being applied.
fn copies(policy: &Policy) -> Vec<Finding> {
    let copies = &policy.letters.copies;
    let hears = |to, kind| copies.iter().any(|copy| copy.to == to && copy.letter == kind);
    let of_the_start = copies.iter().filter(|copy| copy.letter == LetterKind::RestrictionNotice);
    let found = of_the_start.filter(|copy| !hears(copy.to, LetterKind::Lifted)).map(|copy| {
        let says = format!("{}: told when contact is limited, and not when that ends.", copy.to.title());
        Finding::new("letters.copies", says, "Let a copy of the letter that says it has ended go to them as well.")
            .with_clause(&copy.source)
    });
    found.collect()
}

/// What a policy may say, and should not without having thought about it.
fn dangers(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let appeal = &policy.challenge.appeal;
    if !appeal.is_none() && *appeal.suspends && appeal.decide_within.length().is_none() {
        let says = "A restriction waits for the appeal against it, and the policy sets no day by which an appeal is decided.";
        findings.push(Finding::new("challenge.appeal.decide-within", says, "Set a day.").with_clause(&appeal.suspends.source));
    }
    if !appeal.is_none() && !appeal.never_decides.contains(&super::Part::Authorised) {
        let says = "Whoever authorised a restriction may hear the appeal against it.";
        findings.push(
            Finding::new("challenge.appeal.never-decides", says, "Keep whoever authorised it from deciding.")
                .with_clause(&appeal.never_decides.source),
        );
    }
    for (part, who) in [(super::Part::Proposed, "proposed a restriction"), (super::Part::Affected, "was affected by the behaviour")] {
        let mut authorising =
            policy.authority.rules.iter().flat_map(|rule| &rule.stages).filter(|stage| stage.kind == StageKind::Authorise);
        if !policy.authority.never_authorises.contains(&part) && !authorising.all(|stage| stage.never.contains(&part)) {
            let says = format!("Whoever {who} may authorise the restriction.");
            let advice = format!("Keep whoever {} from it.", part.title());
            let source = &policy.authority.never_authorises.source;
            findings.push(Finding::new("authority.never-authorises", says, advice).with_clause(source));
        }
    }
    for route in policy.onward.routes.iter().filter(|route| !onward::is_here(policy, route)) {
        let says =
            format!("No customer of this landlord could ever go to {}: it is of another nation or another kind.", route.goes_to.name);
        let advice = "Leave it out, or correct whose bank holidays count and what kind of landlord this is.";
        findings.push(Finding::new(&format!("onward.routes.{}", route.key), says, advice).with_clause(&route.source));
    }
    if policy.ladder.restrictions().any(|step| step.after.keys().is_empty()) {
        let says = "A restriction may come first, without any chance to change before it.";
        findings.push(Finding::new("ladder.steps", says, "Let at least one step come before it."));
    }
    let abroad = *policy.onward.nation != Nation::EnglandAndWales;
    if abroad && policy.onward.ombudsman.name.contains("Housing Ombudsman") {
        let says = "The Housing Ombudsman Service looks at landlords in England, and this landlord's homes are elsewhere.";
        findings
            .push(Finding::new("onward.ombudsman", says, "Name the ombudsman of the nation.").with_clause(&policy.onward.ombudsman.source));
    }
    findings
}

fn chosen(reading: &super::Reading) -> Finding {
    let advice = format!("The pack follows this reading: {} Chosen by {} on {}.", reading.reading, reading.by, say::day(reading.on.0));
    Finding { clauses: reading.clauses.clone(), ..Finding::new(&reading.place, &*reading.says, advice) }
}

/// Stages that nobody could ever take, or only one person.
fn deciders(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, rule) in policy.authority.rules.iter().enumerate() {
        let at = format!("authority.rules.{}.stages", place + 1);
        for stage in rule.stages.iter().filter(|stage| stage.kind == StageKind::Authorise) {
            let who = stage.of.say(&policy.roles);
            let is_covered = policy.authority.substitutes.iter().any(|one| one.post == stage.of);
            if is_covered {
                continue;
            }
            if posts(policy, &stage.of).iter().all(|key| is_alone(policy, key)) && proposes(policy, stage) {
                let says = format!(
                    "{} proposes, and is the only one who could authorise. Nobody decides on their own request.",
                    say::sentence(&who)
                );
                findings.push(Finding::new(&at, says, "Name another post, or a substitute.").with_clause(&rule.source));
            } else if proposes(policy, stage) && policy.authority.substitutes.is_empty() {
                let says =
                    format!("{} may propose and authorise. Where only one holds that post, nothing could be decided.", say::sentence(&who));
                findings
                    .push(Finding::new(&at, says, "Make sure that two people hold it, or name a substitute.").with_clause(&rule.source));
            }
        }
    }
    findings
}

/// Whether whoever authorises in this stage may be no other than whoever proposes.
fn proposes(policy: &Policy, stage: &Stage) -> bool {
    let proposers = posts(policy, &policy.authority.proposer);
    let stage_posts = posts(policy, &stage.of);
    !stage_posts.is_empty() && stage_posts.iter().all(|post| proposers.contains(post))
}

/// Reviews that nobody could hold.
fn reviews(policy: &Policy) -> Vec<Finding> {
    let reviews = &policy.reviews;
    let reviewers = posts(policy, &reviews.reviewer);
    let proposers = posts(policy, &policy.authority.proposer);
    let kept_out = reviews.never_reviews.contains(&super::Part::Proposed);
    let alone = reviewers.iter().all(|post| is_alone(policy, post) && proposers.contains(post));
    let mut findings: Vec<Finding> = no_meeting(policy).into_iter().collect();
    if kept_out && alone && !reviewers.is_empty() {
        let says = format!(
            "{} proposes restrictions and is the only one who could review them.",
            say::sentence(&reviews.reviewer.say(&policy.roles))
        );
        findings.push(Finding::new("reviews.reviewer", says, "Name another post.").with_clause(&reviews.reviewer.source));
    }
    let every = policy.authority.rules.iter().all(|rule| {
        let authorise = rule.stages.iter().filter(|stage| stage.kind == StageKind::Authorise);
        let posts: Vec<&str> = authorise.flat_map(|stage| posts(policy, &stage.of)).collect();
        reviewers.iter().all(|post| posts.contains(post))
    });
    let only = reviewers.iter().all(|post| is_alone(policy, post));
    if reviews.never_reviews.contains(&super::Part::Authorised) && every && only && !reviewers.is_empty() {
        let says = format!(
            "{} authorises every restriction, and whoever authorised one never reviews it: no review could be held.",
            say::sentence(&reviews.reviewer.say(&policy.roles))
        );
        findings
            .push(Finding::new("reviews.never-reviews", says, "Name another post to review.").with_clause(&reviews.never_reviews.source));
    }
    findings
}

/// A look at the whole register that has no day, nobody to hold it and so no form: it would never be held.
fn no_meeting(policy: &Policy) -> Option<Finding> {
    let whole = &policy.reviews.whole_register;
    let says = "The whole register is to be looked at together, and nothing says when or by whom: no meeting can be held.";
    let advice = "Write each such meeting as one of reviews.tiers, or say that there is none.";
    (**whole && policy.reviews.tiers.is_empty()).then(|| Finding::new("reviews.tiers", says, advice).with_clause(&whole.source))
}

/// Steps that are for no behaviour the policy knows.
fn steps(policy: &Policy) -> Vec<Finding> {
    let fits = |step: &&super::Step| {
        policy.behaviour.categories.iter().any(|category| {
            let named = step.only_for.is_empty()
                || step.only_for.contains(&category.key)
                || category.within.as_ref().is_some_and(|top| step.only_for.contains(top));
            named && step.from_severity.is_none_or(|least| category.severity >= least)
        })
    };
    let stuck = policy.ladder.steps.iter().filter(|step| !fits(step));
    stuck
        .map(|step| {
            let says = format!("No behaviour of this policy leads to “{}”: none of its kinds is as grave as it asks.", step.title);
            Finding::new(&format!("ladder.steps.{}", step.key), says, "Let it be for other kinds, or for less grave ones.")
                .with_clause(&step.source)
        })
        .collect()
}

/// The posts behind a who: a body's members stand for it. Nothing for somebody known only by their place in a case.
fn posts<'a>(policy: &'a Policy, who: &'a Who) -> Vec<&'a str> {
    let keys = who.role_keys();
    keys.into_iter()
        .flat_map(|key| match policy.body(key) {
            Some(body) => body.members.role_keys(),
            None => vec![key],
        })
        .collect()
}

fn is_alone(policy: &Policy, post: &str) -> bool {
    policy.roles.get(post).is_some_and(|role| role.single)
}

#[cfg(test)]
mod tests;
