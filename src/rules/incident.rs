//! An incident: what the policy asks of the record, whom it must be passed to, and who decides what follows.

mod report;

pub use report::{Affected, Report};

use super::authority::{History, Person, Refusal, hold, independent};
use super::id::StaffId;
use super::label::labels;
use super::policy::{Category, Danger, HandOff, Part, Policy, Reach, Referral, Route, Trigger};
use super::say;
use super::task::TaskKind;

labels! {
    /// Whether anyone was threatened or hurt.
    pub enum Harm {
        None "none" "No",
        Threatened "threatened" "Threatened",
        Hurt "hurt" "Hurt",
    }
}

labels! {
    /// What the person who logged it would like for themselves.
    pub enum Help {
        Fine "fine" "I am all right",
        Today "today" "Ask somebody to check in",
        Now "now" "I need a break now",
    }
}

labels! {
    /// What staff did besides warning and ending the contact.
    pub enum Done {
        Offered "offered" "Offered another way to get help",
        ToldManager "told-manager" "Told my manager straight away",
        Left "left" "Left, or asked them to leave",
    }
}

labels! {
    /// Whether the adjustments on record could be made.
    pub enum Adjusted {
        All "all" "Yes, all of them",
        Some "some" "Some of them",
        None "none" "No",
    }
}

labels! {
    /// What follows from an incident.
    pub enum Outcome {
        NoAction "no-action" "No action",
        Warning "warning" "A warning",
        More "more" "An assessment",
    }
}

/// Somebody who must be told, and what makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// `Police`, `CommunitySafety` or `HandOff`.
    pub kind: TaskKind,
    /// What a form calls them: "police", "community-safety", or the key of the hand-off.
    pub key: String,
    /// The landlord's own name for them.
    pub whom: String,
    /// As a sentence: "Physical violence was threatened."
    pub because: String,
}

/// A member of staff, and to whom they report.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Who, and the posts they hold.
    pub person: Person,
    /// Their line manager.
    pub manager: Option<StaffId>,
}

/// What somebody who was threatened or hurt met with: asked of them alone, whatever the policy names.
pub const THREATS: [Danger; 3] = [Danger::PhysicalViolenceUsed, Danger::PhysicalViolenceThreatened, Danger::SeriousThreat];

/// The facts about safety that matter somewhere in this policy, in the order people read them.
pub fn dangers_asked(policy: &Policy) -> Vec<Danger> {
    let (police, safety) = (&policy.referrals.police, &policy.referrals.community_safety);
    let named: Vec<Danger> = [&police.always, &police.consider, &safety.always, &safety.consider]
        .into_iter()
        .flat_map(|list| list.iter().copied())
        .chain(policy.ladder.skip_reasons.iter().flat_map(|reason| reason.dangers.iter().copied()))
        .chain(policy.referrals.others.iter().flat_map(|one| one.always.iter().chain(&one.consider).copied()))
        .collect();
    Danger::ALL.iter().copied().filter(|danger| named.contains(danger)).collect()
}

/// A sentence for each kind of behaviour that needs an effect the record does not show.
pub fn effects_lacking(policy: &Policy, behaviours: &[String], effects: &[String]) -> Vec<String> {
    behaviours
        .iter()
        .filter_map(|key| policy.behaviour.category(key))
        .filter(|category| !category.effects_needed.is_empty() && !category.effects_needed.iter().any(|key| effects.contains(key)))
        .map(|category| {
            let needed: Vec<String> = category
                .effects_needed
                .iter()
                .filter_map(|key| policy.behaviour.effect(key))
                .map(|effect| format!("“{}”", effect.title))
                .collect();
            format!("For “{}”, choose what effect it had: {}", category.title, say::either(&needed))
        })
        .collect()
}

/// Whether the contact was ended with fewer warnings than the policy asks.
pub fn ended_early(policy: &Policy, ended: bool, warnings: u8) -> bool {
    ended && warnings < *policy.call_ending.warnings
}

/// Who must be told, always. `subject` is the kind of person it is about: some hand-offs are for some kinds alone.
pub fn must_tell(policy: &Policy, dangers: &[Danger], behaviours: &[String], subject: &str) -> Vec<Telling> {
    let (police, safety) = (&policy.referrals.police, &policy.referrals.community_safety);
    let by = |triggers: &[Trigger]| triggers.iter().find_map(|one| one.met_by(&policy.behaviour, behaviours));
    let forced = |to: &Referral, kind| {
        let by_kind = || by(&to.always_for).map(|category| telling_of(kind, &to.title, category));
        to.forced_by(dangers).map(|danger| telling(kind, &to.title, danger)).or_else(by_kind)
    };
    let (police, safety) = (forced(police, TaskKind::Police), forced(safety, TaskKind::CommunitySafety));
    let others = hand_offs(policy, subject).filter_map(|one| {
        let because = one.forced_by(dangers).map(|danger| danger.title().to_owned()).or_else(|| Some(passed(by(&one.always_for)?)));
        Some(handing(one, &because?))
    });
    let by_kind = behaviours.iter().filter_map(|key| passed_on(policy, policy.behaviour.category(key)?));
    let mut told: Vec<Telling> = Vec::new();
    for one in police.into_iter().chain(safety).chain(others).chain(by_kind) {
        if told.iter().all(|earlier| earlier.key != one.key) {
            told.push(one);
        }
    }
    told
}

/// Where a kind of behaviour belongs elsewhere, alone or as well: to community safety where its process is theirs, by the landlord's own
/// name for them; otherwise a hand-over to the process by its name.
fn passed_on(policy: &Policy, category: &Category) -> Option<Telling> {
    let process = category.process.as_deref()?;
    let safety = &policy.referrals.community_safety.title;
    let because = match category.route {
        Route::ThisLadder => return None,
        Route::Both => format!("“{}” goes to {process} as well.", category.title),
        Route::OtherProcess => format!("“{}” goes to {process}.", category.title),
    };
    Some(match process.to_lowercase().contains(&safety.to_lowercase()) {
        true => {
            let kind = TaskKind::CommunitySafety;
            Telling { kind, key: kind.key().to_owned(), whom: safety.clone(), because }
        }
        false => Telling { kind: TaskKind::HandOff, key: format!("process {process}"), whom: process.to_owned(), because },
    })
}

/// The hand-offs that are for this kind of person.
fn hand_offs<'a>(policy: &'a Policy, subject: &'a str) -> impl Iterator<Item = &'a HandOff> {
    policy.referrals.others.iter().filter(move |one| one.only_for.is_empty() || one.only_for.iter().any(|kind| kind == subject))
}

fn handing(to: &HandOff, because: &str) -> Telling {
    let consent = if to.with_consent { " Ask for the ⟦customer⟧'s consent first." } else { "" };
    let because = format!("{because}.{consent}");
    Telling { kind: TaskKind::HandOff, key: to.key.clone(), whom: to.title.clone(), because }
}

/// Who should be thought of, and is not told already.
pub fn might_tell(policy: &Policy, dangers: &[Danger], behaviours: &[String], subject: &str) -> Vec<Telling> {
    let told = must_tell(policy, dangers, behaviours, subject);
    let (police, safety) = (&policy.referrals.police, &policy.referrals.community_safety);
    let police = police.suggested_by(dangers).map(|danger| telling(TaskKind::Police, &police.title, danger));
    let safety = safety.suggested_by(dangers).map(|danger| telling(TaskKind::CommunitySafety, &safety.title, danger));
    let others = hand_offs(policy, subject).filter_map(|one| Some(handing(one, one.suggested_by(dangers)?.title())));
    police.into_iter().chain(safety).chain(others).filter(|one| told.iter().all(|other| other.key != one.key)).collect()
}

fn telling(kind: TaskKind, whom: &str, danger: Danger) -> Telling {
    Telling { kind, key: kind.key().to_owned(), whom: whom.to_owned(), because: format!("{}.", danger.title()) }
}

/// The same where a kind of behaviour makes it so by itself.
fn telling_of(kind: TaskKind, whom: &str, category: &Category) -> Telling {
    Telling { kind, key: kind.key().to_owned(), whom: whom.to_owned(), because: format!("{}.", passed(category)) }
}

/// Why somebody is told of a kind of behaviour, without its full stop.
fn passed(category: &Category) -> String {
    format!("The policy passes on every “{}”", category.title)
}

/// Whether this person may decide what follows: whoever may propose, or somebody more senior, and nobody whom the policy keeps from it.
pub fn may_decide(policy: &Policy, person: &Person, history: &History) -> Result<(), Refusal> {
    let who = &*policy.authority.proposer;
    let never: Vec<Part> = policy.authority.never_authorises.iter().copied().filter(|part| *part != Part::Proposed).collect();
    independent(policy, who, person, history, &never)?;
    let is_senior = person.reach(policy).is_some_and(|reach| matches!(reach, Reach::Head | Reach::Director));
    if is_senior {
        return Ok(());
    }
    hold(policy, who, person, history, "decide what follows from an incident")
}

/// Who sees how somebody is who asked for support: their own manager where the policy means somebody by their place in the case, or a post
/// that the manager holds; else the first of these people who holds the post. Where nobody else does, their manager all the same.
pub fn supporter(policy: &Policy, people: &[Colleague], asked_by: StaffId, manager: Option<StaffId>) -> Option<StaffId> {
    let who = &*policy.support.offered_by;
    let others = || people.iter().map(|one| &one.person).filter(|person| person.id != asked_by);
    let holds = |person: &&Person| who.role_keys().iter().any(|post| person.roles.iter().any(|role| role == post));
    let manager = others().find(|person| Some(person.id) == manager);
    let own = manager.filter(|person| !who.in_case().is_empty() || holds(person));
    own.or_else(|| others().find(holds)).or(manager).map(|person| person.id)
}

/// Who is asked to decide: the line manager of a person affected, else of whoever logged it, else a manager who was not part of it,
/// else somebody more senior.
pub fn decider(policy: &Policy, people: &[Colleague], affected: &[StaffId], logged_by: StaffId, history: &History) -> Option<StaffId> {
    let manager_of = |id: &StaffId| people.iter().find(|one| one.person.id == *id)?.manager;
    let may = |id: &StaffId| people.iter().any(|one| one.person.id == *id && may_decide(policy, &one.person, history).is_ok());
    let nearest: Vec<StaffId> = affected.iter().chain([&logged_by]).filter_map(manager_of).collect();
    let above: Vec<StaffId> = nearest.iter().filter_map(manager_of).collect();
    let anybody =
        |wanted: fn(Reach) -> bool| people.iter().filter(move |one| one.person.reach(policy).is_some_and(wanted)).map(|one| one.person.id);
    nearest
        .into_iter()
        .chain(anybody(|reach| reach == Reach::Manager))
        .chain(above)
        .chain(anybody(|reach| matches!(reach, Reach::Head | Reach::Director)))
        .find(|id| may(id))
}

#[cfg(test)]
mod tests;
