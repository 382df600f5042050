//! What a pack without fault still gets wrong: contradictions, dead ends, and silence where the Ombudsman expects a rule.

use super::{AppealProfile, LetterKind, Policy, Source, Stage, StageKind, Who};
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
    fn new(place: &str, says: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { line: None, place: place.to_owned(), clauses: Vec::new(), says: says.into(), advice: advice.into() }
    }

    fn with_clause(mut self, source: &Source) -> Self {
        self.clauses.extend(source.clause().map(str::to_owned));
        self
    }
}

/// Every finding of a policy: what it was read to mean first, then what nobody could follow, then where it is silent.
pub(super) fn all(policy: &Policy) -> Vec<Finding> {
    let mut findings: Vec<Finding> = policy.readings.iter().map(chosen).collect();
    findings.extend(deciders(policy));
    findings.extend(appeals(policy));
    findings.extend(same_eyes(policy));
    findings.extend(deciders_for(policy));
    findings.extend(reviews(policy));
    findings.extend(steps(policy));
    findings.extend(lengths(policy));
    findings.extend(copies(policy));
    findings.extend(silences(policy));
    findings.extend(dangers(policy));
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
    if *appeal.suspends && appeal.decide_within.length().is_none() {
        let says = "A restriction waits for the appeal against it, and the policy sets no day by which an appeal is decided.";
        findings.push(Finding::new("challenge.appeal.decide-within", says, "Set a day.").with_clause(&appeal.suspends.source));
    }
    if !appeal.never_decides.contains(&super::Part::Authorised) {
        let says = "Whoever authorised a restriction may hear the appeal against it.";
        findings.push(
            Finding::new("challenge.appeal.never-decides", says, "Keep whoever authorised it from deciding.")
                .with_clause(&appeal.never_decides.source),
        );
    }
    for (part, who) in [(super::Part::Proposed, "proposed a restriction"), (super::Part::Affected, "was affected by the behaviour")] {
        if !policy.authority.never_authorises.contains(&part) {
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

/// Appeals whose decider can hardly be independent.
fn appeals(policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let challenge = &policy.challenge;
    let named = [
        ("challenge.appeal", Some(&challenge.appeal)),
        ("challenge.warning", challenge.warning.as_ref()),
        ("challenge.marker", challenge.marker.as_ref()),
        ("challenge.complaint-refusal", challenge.complaint_refusal.as_ref()),
    ];
    for (place, profile) in named {
        if let Some(profile) = profile {
            findings.extend(appeal(policy, place, profile));
        }
    }
    findings
}

fn appeal(policy: &Policy, place: &str, profile: &AppealProfile) -> Vec<Finding> {
    let at = format!("{place}.decider");
    let deciders = posts(policy, &profile.decider);
    if place != "challenge.appeal" || deciders.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let takes_part = |kind: StageKind| {
        let rules = policy.authority.rules.iter();
        rules
            .flat_map(|rule| &rule.stages)
            .filter(move |stage| stage.kind == kind)
            .flat_map(|stage| posts(policy, &stage.of))
            .collect::<Vec<_>>()
    };
    let (authorise, consult) = (takes_part(StageKind::Authorise), takes_part(StageKind::Consult));
    let who = profile.decider.value.say(&policy.roles);
    let counts = |part| profile.never_decides.contains(&part);
    let decided = deciders.iter().all(|post| authorise.contains(post)) && counts(super::Part::Authorised);
    let asked = deciders.iter().all(|post| consult.contains(post)) && counts(super::Part::Consulted);
    let alone = deciders.iter().all(|post| is_alone(policy, post));
    if (decided || asked) && alone {
        let did = if decided { "authorises the restriction" } else { "is consulted on every restriction" };
        let says = format!("{} decides appeals and {did}, so could never be independent. No appeal could be decided.", say::sentence(&who));
        findings.push(Finding::new(&at, says, "Name another post.").with_clause(&profile.decider.source));
    } else if decided {
        let says = format!(
            "{} decides appeals, and the same post authorises restrictions. A landlord where one person holds it cannot hear an appeal.",
            say::sentence(&who)
        );
        findings.push(Finding::new(&at, says, "Make sure that two people hold the post.").with_clause(&profile.decider.source));
    }
    let rank = |posts: &[&str], high: bool| {
        let ranks = posts.iter().filter_map(|post| policy.roles.get(post)).map(|role| role.reach.rank());
        if high { ranks.max() } else { ranks.min() }
    };
    if let (Some(decides), Some(authorises)) = (rank(&deciders, false), rank(&authorise, true))
        && decides < authorises
    {
        let says = format!("{} may decide an appeal against somebody more senior who authorised the restriction.", say::sentence(&who));
        findings.push(
            Finding::new(&at, says, "Say whether that is meant, or let a more senior post decide.").with_clause(&profile.decider.source),
        );
    }
    findings
}

/// Deciders named for what a post authorised (`challenge.deciders`): one that never comes about, that could never be independent, or that is
/// below whoever authorised.
fn deciders_for(policy: &Policy) -> Vec<Finding> {
    let stages = policy.authority.rules.iter().flat_map(|rule| &rule.stages).filter(|stage| stage.kind == StageKind::Authorise);
    let authorise: Vec<&str> = stages.flat_map(|stage| stage.of.role_keys()).collect();
    let mut findings = Vec::new();
    for (number, one) in (1..).zip(&policy.challenge.deciders) {
        let at = format!("challenge.deciders.{number}");
        let (approved, decides) = (one.approved_by.say(&policy.roles), one.decider.say(&policy.roles));
        let mut find = |key: &str, says: String, advice: &str| {
            findings.push(Finding::new(&format!("{at}.{key}"), says, advice).with_clause(&one.source));
        };
        let named = one.approved_by.role_keys();
        if !named.is_empty() && named.iter().all(|key| !authorise.contains(key)) {
            find("approved-by", format!("{} authorises nothing by this policy.", say::sentence(&approved)), "Name a post that does.");
        }
        let hears = posts(policy, &one.decider);
        let authorised = posts(policy, &one.approved_by);
        if !hears.is_empty() && hears.iter().all(|key| authorised.contains(key) && is_alone(policy, key)) {
            let says =
                format!("{} would hear the appeal against what they authorised themselves. Nobody could hear it.", say::sentence(&decides));
            find("decider", says, "Name another post.");
        }
        if one.decider.reach(&policy.roles).rank() < one.approved_by.reach(&policy.roles).rank() {
            let says = format!("{} may decide an appeal against what somebody more senior authorised.", say::sentence(&decides));
            find("decider", says, "Say whether that is meant, or let a more senior post decide.");
        }
    }
    findings
}

/// Where the one person who looks again at a restriction is the only one who hears the appeal against it. A substitute of the policy
/// (`authority.substitutes`) stands in for whoever authorises, not here.
fn same_eyes(policy: &Policy) -> Option<Finding> {
    let (again, appeal) = (policy.challenge.reconsideration.as_ref()?, &policy.challenge.appeal);
    let mut hears = posts(policy, &appeal.decider);
    hears.dedup();
    let [only] = hears[..] else { return None };
    if !is_alone(policy, only) || !posts(policy, &again.decider).contains(&only) {
        return None;
    }
    let says = format!(
        "{} may look again at a restriction, and is the only one who hears the appeal against it. Once they looked again, nobody could hear it.",
        say::sentence(&appeal.decider.value.say(&policy.roles))
    );
    let finding = Finding::new("challenge.reconsideration.decider", says, "Name another post for one of the two.");
    Some(finding.with_clause(&again.decider.source).with_clause(&appeal.decider.source))
}

/// Reviews that nobody could hold.
fn reviews(policy: &Policy) -> Vec<Finding> {
    let reviews = &policy.reviews;
    let reviewers = posts(policy, &reviews.reviewer);
    let proposers = posts(policy, &policy.authority.proposer);
    let kept_out = reviews.never_reviews.contains(&super::Part::Proposed);
    let alone = reviewers.iter().all(|post| is_alone(policy, post) && proposers.contains(post));
    let mut findings = Vec::new();
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

fn lengths(policy: &Policy) -> Vec<Finding> {
    let (terms, reviews) = (&policy.terms, &policy.reviews);
    let mut findings = Vec::new();
    if reviews.usual.is_longer_than(*terms.usual) {
        let says = format!(
            "A restriction usually runs {}, and is first reviewed after {}: it would end unreviewed.",
            terms.usual.value, reviews.usual.value
        );
        findings.push(Finding::new("reviews.usual", says, "Review sooner, or let it run longer.").with_clause(&reviews.usual.source));
    }
    if let Some(cap) = terms.cap.length().filter(|cap| terms.longest.is_longer_than(*cap)) {
        let says = format!("One term may run {}, and all together only {cap}.", terms.longest.value);
        findings
            .push(Finding::new("terms.longest", says, "Shorten the longest term, or raise the cap.").with_clause(&terms.longest.source));
    }
    let (kept, counts) = (&policy.retention.warnings, &policy.ladder.look_back);
    if counts.length.is_longer_than(**kept) {
        let says = format!("A step counts for {}, and the record of a warning is kept for {}.", counts.length, kept.value);
        findings.push(Finding::new("retention.warnings", says, "Keep it for as long as it counts.").with_clause(&kept.source));
    }
    let longest = terms.cap.length().unwrap_or(*terms.longest);
    for offer in &policy.measures.offered {
        if let Some(runs) = offer.longest.filter(|runs| runs.is_longer_than(longest)) {
            let says = format!("“{}” may run {runs}, and a restriction only {longest}.", offer.title);
            findings.push(Finding::new(&format!("measures.offered.{}", offer.kind.key()), says, "Shorten it.").with_clause(&offer.source));
        }
    }
    if *terms.permanent && *terms.end_date_required {
        let says = "A restriction may be permanent, and each must have a last day.";
        findings.push(Finding::new("terms.permanent", says, "Say which of the two holds.").with_clause(&terms.permanent.source));
    }
    findings
}

/// Where the policy says nothing, and the Ombudsman or the law expects a rule.
fn silences(policy: &Policy) -> Vec<Finding> {
    let (challenge, terms) = (&policy.challenge.appeal, &policy.terms);
    let authorises = policy.authority.rules.first().map(|rule| {
        ("authority.rules", &rule.source, "who authorises a restriction", "Ombudsman decisions turn on whether the policy was followed")
    });
    let expected: [(&str, &Source, &str, &str); 8] = [
        (
            "reviews.usual",
            &policy.reviews.usual.source,
            "when a restriction is reviewed",
            match *policy.onward.nation {
                Nation::EnglandAndWales => "the Complaint Handling Code (5.14) expects that it is kept under regular review",
                Nation::Scotland | Nation::NorthernIreland => "an ombudsman expects that it is kept under regular review",
            },
        ),
        ("reviews.reviewer", &policy.reviews.reviewer.source, "who reviews a restriction", "a review nobody owns is not held"),
        (
            "challenge.appeal.decider",
            &challenge.decider.source,
            "who decides an appeal",
            "the customer is to be told how to challenge a decision",
        ),
        ("challenge.appeal.window", &challenge.window.source, "how long a customer has to appeal", "the letter has to say it"),
        (
            "challenge.appeal.decide-within",
            &challenge.decide_within.source,
            "how soon an appeal is decided",
            "an appeal without a day is not decided",
        ),
        ("terms.longest", &terms.longest.source, "how long a restriction may run", "a restriction without a length is found to be unfair"),
        (
            "call-ending.warnings",
            &policy.call_ending.warnings.source,
            "how many warnings come before a call is ended",
            "staff need to know while the phone is in their hand",
        ),
        (
            "document.equality-assessment",
            &policy.document.equality_assessment.source,
            "that an equality assessment was made",
            match *policy.onward.nation {
                Nation::NorthernIreland => "section 75 of the Northern Ireland Act 1998 asks public bodies for due regard",
                Nation::EnglandAndWales | Nation::Scotland => "section 149 of the Equality Act 2010 asks public bodies for due regard",
            },
        ),
    ];
    authorises
        .into_iter()
        .chain(expected)
        .filter_map(|(place, source, what, why)| {
            let Source::Default { .. } = source else { return None };
            let says = format!("The policy does not say {what}; {why}.");
            Some(Finding::new(place, says, "A default stands here. Decide it, and write it into the policy."))
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
