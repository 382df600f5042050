//! Checks a pack: every fault at once, and what it says that contradicts itself.

mod agreed;
mod areas;
mod dates;
mod left;
mod letters;
mod limits;
mod relative;
mod sense;
mod slips;
mod stages;
mod takers;
mod texts;
mod times;
mod unread;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;

use super::fault::{Fault, THE_FILE};
use super::finding::Finding;
use super::format::{overlay, place, read, reference};
use super::ladder::StepKind;
use super::{Policy, SignedBy, StageKind, Who};
use crate::rules::measure::{OneOpenChannel, Purpose};
use crate::rules::say;

/// A pack, checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The policy, where the pack has no fault.
    pub policy: Option<Policy>,
    /// The same for each business area, whole.
    pub areas: Vec<Policy>,
    /// Everything wrong, in the order of the file.
    pub faults: Vec<Fault>,
    /// What a landlord should decide all the same.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// A file that is not text at all.
    pub fn not_text() -> Self {
        let says = "This file is not text in UTF-8. Save it as plain text, with the encoding UTF-8.";
        Self::faulty(vec![Fault::at(THE_FILE, says)])
    }

    const fn faulty(faults: Vec<Fault>) -> Self {
        Self { policy: None, areas: Vec::new(), faults, findings: Vec::new() }
    }
}

/// Reads and checks a pack: its form, the names in it, and what nobody could follow, all at once.
pub fn check(text: &str) -> Checked {
    check_on(text, None)
}

/// The same on a day: nobody chose a reading on one that has not come.
pub fn check_on(text: &str, today: Option<NaiveDate>) -> Checked {
    if text.trim().is_empty() {
        let says = "The file is empty. `evenhand policy schema` prints one to begin from.";
        return Checked::faulty(vec![Fault::at(THE_FILE, says)]);
    }
    let reading = read::read(text);
    if reading.pack.is_empty() {
        return Checked::faulty(reading.faults);
    }
    let mut areas = Vec::new();
    let named = areas::all(&reading.pack);
    let mut everybody = judged(reading, today);
    for area in named {
        let own = judged(read::read_for(text, Some(&area.key)), today);
        areas.extend(areas::join(&mut everybody, own, &area));
    }
    let Judged { policy, mut faults, findings, .. } = everybody;
    // Slips of writing first: they are mended first, and what else is said stands then.
    let order = |fault: &Fault| (fault.place != THE_FILE, fault.line, fault.place.clone(), fault.says.clone());
    faults.sort_by_key(order);
    faults.dedup();
    let policy = policy.filter(|_| faults.is_empty());
    if policy.is_none() {
        areas.clear();
    }
    Checked { policy, areas, faults, findings }
}

/// What was read, judged: for everybody, or for one area.
struct Judged {
    policy: Option<Policy>,
    faults: Vec<Fault>,
    findings: Vec<Finding>,
    /// The places that hold an example instead of what was written.
    mended: Vec<String>,
    /// The text as it was read.
    text: String,
}

fn judged(reading: read::Reading, today: Option<NaiveDate>) -> Judged {
    let read::Reading { pack, mended, lost, text: as_read, mut faults, .. } = reading;
    let adrift = reference::faults(&pack, &mended);
    let names_lead_somewhere = adrift.is_empty();
    faults.extend(adrift);
    // What an area says instead is judged where it is laid over the rest.
    let own = areas::without_overlays(&pack);
    faults.extend(texts::faults(&own));
    faults.extend(today.map(|today| dates::still_to_come(&own, today)).unwrap_or_default());
    faults.extend(overlay::faults(&pack, &mended));
    let policy = match Policy::deserialize(pack.clone()) {
        Ok(mut policy) => {
            policy.roles.seat(&policy.bodies);
            Some(policy)
        }
        Err(error) => {
            if faults.is_empty() {
                faults.push(Fault::at(THE_FILE, format!("{}.", error.message().trim_end_matches('.'))));
            }
            None
        }
    };
    if let Some(policy) = &policy {
        let posts_are_read = !mended.iter().any(|place| place.starts_with("roles"));
        let stands_in = |fault: &Fault| mended.iter().any(|one| place::is_within(&fault.place, one) || place::is_within(one, &fault.place));
        let leans = |fault: &Fault| lost.iter().any(|lost| leans_on(&fault.place, lost)) || unread::leans(&fault.place, &mended);
        faults.extend(self::faults(policy, posts_are_read).into_iter().filter(|fault| !stands_in(fault) && !leans(fault)));
    }
    for fault in faults.iter_mut().filter(|fault| fault.line.is_none()) {
        fault.line = place::line_of(&as_read, &fault.place);
    }
    // While examples stand in for what is wrong, findings would be about words nobody wrote; and of a post that is not there, about a bare key.
    let whole = policy.as_ref().filter(|_| mended.is_empty() && names_lead_somewhere);
    let mut findings = whole.map(|policy| super::finding::all(policy, &pack)).unwrap_or_default();
    for finding in &mut findings {
        finding.line = place::line_of(&as_read, &finding.place);
    }
    Judged { policy, faults, findings, mended, text: as_read }
}

/// Whether what is said of one place may only follow from what was lost at another: all of its own chapter, and of those that use it.
fn leans_on(place: &str, lost: &str) -> bool {
    let chapter = |place: &str| place.split('.').next().unwrap_or_default().to_owned();
    let (of, lost) = (chapter(place), chapter(lost));
    let users: &[&str] = match lost.as_str() {
        "roles" | "bodies" => &["roles", "bodies", "measures", "authority", "reviews", "challenge"],
        "behaviour" => &["ladder"],
        "people" | "checklists" | "terms" => &["measures", "ladder"],
        "measures" => &["ladder", "people"],
        "challenge" => &["letters"],
        _ => &[],
    };
    of == lost || users.contains(&of.as_str())
}

/// Every fault of a pack that could be read.
fn faults(policy: &Policy, posts_are_read: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    behaviour(policy, &mut faults);
    ladder(policy, &mut faults);
    calls(policy, &mut faults);
    measures(policy, &mut faults);
    authority(policy, &mut faults);
    times::faults(policy, &mut faults);
    limits::faults(policy, &mut faults);
    bodies(policy, &mut faults);
    kept(policy, &mut faults);
    signatures(policy, &mut faults);
    faults.extend(sense::faults(policy, posts_are_read));
    if posts_are_read {
        faults.extend(takers::faults(policy));
        faults.extend(agreed::who(policy));
    }
    faults.extend(agreed::faults(policy));
    faults.extend(relative::faults(policy));
    faults.extend(slips::faults(policy));
    faults.extend(letters::faults(policy));
    faults
}

fn bodies(policy: &Policy, faults: &mut Vec<Fault>) {
    for body in &policy.bodies {
        let at = format!("bodies.{}.quorum", body.key);
        if body.seats < 2 {
            let says = "A body has 2 seats or more. Where one person decides, name their post.";
            faults.push(Fault::at(format!("bodies.{}.seats", body.key), says));
        }
        if body.quorum == 0 {
            faults.push(Fault::at(&at, "A quorum is at least 1."));
        } else if body.quorum > body.seats {
            let says =
                format!("The quorum, {}, is larger than the body, which has {}.", body.quorum, say::count(body.seats, "seat", "seats"));
            faults.push(Fault::at(&at, says));
        } else if let Some(most) = most_who_may_sit(policy, &body.members).filter(|most| *most < usize::from(body.quorum)) {
            let says = format!(
                "{} may sit, each the only holder of a post, and the quorum is {}. Name further posts, or a smaller quorum.",
                say::sentence(&say::count(most as u32, "person", "people")),
                body.quorum
            );
            faults.push(Fault::at(&at, says));
        }
        make_up(policy, body, faults);
        if policy.roles.get(&body.key).is_some() {
            let says = format!("A role and a body are both called \"{}\". Give one another key.", body.key);
            faults.push(Fault::at(format!("bodies.{}.key", body.key), says));
        }
        if body.members.role_keys().iter().any(|key| policy.body(key).is_some()) {
            faults.push(Fault::at(format!("bodies.{}.members", body.key), "A body cannot be a member of a body."));
        }
    }
}

/// Those who must be among the members are members, and there are seats for them all.
fn make_up(policy: &Policy, body: &super::Body, faults: &mut Vec<Fault>) {
    let members = body.members.role_keys();
    for (part, number) in body.make_up.iter().zip(1..) {
        let at = |key: &str| format!("bodies.{}.make-up.{number}.{key}", body.key);
        let strangers: Vec<String> =
            part.of.role_keys().into_iter().filter(|key| !members.contains(key)).map(|key| policy.roles.a(key)).collect();
        if !strangers.is_empty() {
            let says = format!("{} may not sit on it. Name those who may among its `members`.", say::sentence(&say::either(&strangers)));
            faults.push(Fault::at(at("of"), says));
        } else if part.of.role_keys().is_empty() {
            faults.push(Fault::at(at("of"), "Name a post: who somebody is in a case says nothing of a meeting."));
        }
        if part.least == 0 {
            faults.push(Fault::at(at("least"), "It asks for nobody. Write at least 1, or leave it out."));
        } else if let Some(most) = most_who_may_sit(policy, &part.of).filter(|most| *most < usize::from(part.least)) {
            let says = format!(
                "It asks for {}, each the only holder of a post, and there {}.",
                part.least,
                if most == 1 { "is one" } else { "are fewer" }
            );
            faults.push(Fault::at(at("least"), says));
        }
    }
    let needed: u32 = body.make_up.iter().map(|part| u32::from(part.least)).sum();
    if needed > u32::from(body.seats) {
        let says = format!("{needed} people must be among those who sit, and it has {}.", say::count(body.seats, "seat", "seats"));
        faults.push(Fault::at(format!("bodies.{}.make-up", body.key), says));
    }
}

/// How many may sit at most; unknown where a post has several holders, or where who sits follows from the case.
pub(super) fn most_who_may_sit(policy: &Policy, members: &Who) -> Option<usize> {
    let posts: BTreeSet<&str> = members.role_keys().into_iter().collect();
    let are_single = posts.iter().all(|key| policy.roles.get(key).is_some_and(|role| role.single));
    (are_single && !posts.is_empty()).then_some(posts.len())
}

/// Who signs: a post where a post does, a team where a team does, and nothing besides.
fn signatures(policy: &Policy, faults: &mut Vec<Fault>) {
    for (one, number) in policy.letters.signed_by.iter().zip(1..) {
        let at = format!("letters.signed-by.{number}");
        let says = match (one.by, one.post.is_some(), one.team.is_some()) {
            (SignedBy::Post, false, _) => "A post signs this letter: name it with `post`.",
            (SignedBy::Team, _, false) => "A team signs this letter: name it with `team`.",
            (SignedBy::Decider | SignedBy::Team, true, _) => {
                "`post` is written only where a post signs. Leave it out, or write by = \"post\"."
            }
            (SignedBy::Decider | SignedBy::Post, _, true) => {
                "`team` is written only where a team signs. Leave it out, or write by = \"team\"."
            }
            _ => continue,
        };
        faults.push(Fault::at(at, says));
    }
}

/// Lengths of keeping: the shortest is not longer than the longest.
fn kept(policy: &Policy, faults: &mut Vec<Fault>) {
    let ranges = policy.retention.ranges.iter().map(|range| (format!("retention.ranges.{}", range.key), range.least, range.most));
    let markers = policy.markers.iter().flat_map(|marker| {
        marker.kept.iter().zip(1..).map(move |(kept, number)| (format!("markers.{}.kept.{number}", marker.key), kept.least, kept.most))
    });
    for (place, least, most) in ranges.chain(markers) {
        if let Some(most) = most.length().filter(|most| least.is_longer_than(*most)) {
            faults.push(Fault::at(place, format!("The shortest, {least}, is longer than the longest, {most}.")));
        }
    }
}

fn behaviour(policy: &Policy, faults: &mut Vec<Fault>) {
    for category in &policy.behaviour.categories {
        if let Some(top) = &category.within
            && policy.behaviour.category(top).is_some_and(|top| top.within.is_some())
        {
            let says = format!("It is within \"{top}\", which is itself within another. There are two levels.");
            faults.push(Fault::at(format!("behaviour.categories.{}.within", category.key), says));
        }
    }
}

fn ladder(policy: &Policy, faults: &mut Vec<Fault>) {
    let ladder = &policy.ladder;
    match (ladder.restrictions().count(), ladder.restrictions().filter(|step| step.measures.is_empty()).count()) {
        (0, _) => faults.push(Fault::at("ladder.steps", "There is no step of the kind restriction. There must be one.")),
        (_, 1) => {}
        (_, open) => {
            let says = format!("{open} restriction steps name no measures. One must, for every measure that no other step names.");
            faults.push(Fault::at("ladder.steps", says));
        }
    }
    for step in &ladder.steps {
        let place = format!("ladder.steps.{}", step.key);
        let told = matches!(step.kind, StepKind::Informal | StepKind::Warning);
        if told == step.forms.is_empty() {
            let says = "A warning or informal step needs its forms, and no other step has any.";
            faults.push(Fault::at(&place, says));
        }
    }
    let known = |step: &super::Step| step.after.keys().iter().all(|key| ladder.step(key).is_some());
    let stuck = unreachable(policy);
    if !stuck.is_empty() && ladder.steps.iter().all(known) {
        let says = format!("Nobody can reach {}: each waits for another in a circle.", stuck.join(", "));
        faults.push(Fault::at("ladder.steps", says));
    }
}

/// The steps that stay out of reach however many others are taken.
fn unreachable(policy: &Policy) -> Vec<&str> {
    let steps = &policy.ladder.steps;
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    while let Some(next) = steps.iter().find(|step| !reached.contains(step.key.as_str()) && step.after.is_met(|key| reached.contains(key)))
    {
        reached.insert(&next.key);
    }
    steps.iter().map(|step| step.key.as_str()).filter(|key| !reached.contains(key)).collect()
}

fn calls(policy: &Policy, faults: &mut Vec<Fault>) {
    let calls = &policy.call_ending;
    let (needed, words) = (usize::from(*calls.warnings), calls.warning_words.len());
    if words < needed {
        let says = format!("{needed} warnings are needed and there are words for {words}. Add the rest.");
        faults.push(Fault::at("call-ending.warning-words", says));
    }
}

fn measures(policy: &Policy, faults: &mut Vec<Fault>) {
    let open = &policy.measures.always_open;
    for purpose in Purpose::FLOOR.iter().filter(|purpose| !open.iter().any(|one| one.purpose == **purpose)) {
        let says = format!("\"{}\" is missing. No policy can close it, so the pack must hold the words for it.", purpose.key());
        faults.push(Fault::at("measures.always-open", says));
    }
    if *policy.measures.one_open_channel == OneOpenChannel::Advisory && policy.measures.override_by.is_none() {
        let says = "It is missing. Where a way of contact only should stay open, name who may decide that none does.";
        faults.push(Fault::at("measures.override-by", says));
    }
    let mut seen = BTreeSet::new();
    let offered = || policy.measures.offered.iter();
    // Two with the same written key are found where the keys are read.
    let is_bare = |key: &str| offered().any(|offer| offer.key() == key && offer.key.is_none());
    for offer in offered().filter(|offer| !seen.insert(offer.key()) && is_bare(offer.key())) {
        let says = format!("Two measures are known as \"{}\". Give one a `key` of its own.", offer.key());
        faults.push(Fault::at("measures.offered", says));
    }
    for offer in offered() {
        left::faults(policy, offer, faults);
    }
    let another = |offer: &&super::Offer| offer.key() != offer.kind.key() && crate::rules::measure::is_kind(offer.key());
    for offer in policy.measures.offered.iter().filter(another) {
        let says = format!("\"{}\" is the name of another kind of measure. Choose another key.", offer.key());
        faults.push(Fault::at(format!("measures.offered.{}.key", offer.key()), says));
    }
}

fn authority(policy: &Policy, faults: &mut Vec<Fault>) {
    let rules = &policy.authority.rules;
    if !rules.iter().any(|rule| rule.when == super::Condition::default()) {
        let says = "No rule matches every proposal, so some could never be authorised. Add one without `when`.";
        faults.push(Fault::at("authority.rules", says));
    }
    for (place, rule) in rules.iter().enumerate() {
        if !rule.stages.iter().any(|stage| stage.kind == StageKind::Authorise) {
            let says = "A rule has no stage that authorises, so what it matches could never be decided.";
            faults.push(Fault::at("authority.rules", says));
        }
        stages::counts(policy, &format!("authority.rules.{}.stages", place + 1), &rule.stages, faults);
    }
}
