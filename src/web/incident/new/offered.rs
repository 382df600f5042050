//! The answers each question of the incident form offers.

use crate::casework::desk::Staff;
use crate::http::form::Choice;
use crate::rules::incident::{Adjusted, Done, Harm, Help, THREATS, dangers_asked};
use crate::rules::policy::{Danger, Policy};
use crate::rules::{days, say};
use crate::store::incident::StepLine;
use crate::store::staff::StaffLine;

/// The answers each question offers.
pub(super) struct Offered {
    pub(super) channels: Vec<Choice>,
    pub(super) behaviours: Vec<Choice>,
    pub(super) effects: Vec<Choice>,
    pub(super) affected: Vec<Choice>,
    pub(super) colleagues: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) harm: Vec<Choice>,
    pub(super) threats: Vec<Choice>,
    pub(super) dangers: Vec<Choice>,
    pub(super) warned: Vec<Choice>,
    pub(super) done: Vec<Choice>,
    pub(super) fewer: Vec<Choice>,
    pub(super) told: Vec<Choice>,
    pub(super) adjusted: Vec<Choice>,
    pub(super) help: Vec<Choice>,
}

impl Offered {
    /// What this policy asks, with what was pressed during the contact, for this member of staff and their colleagues.
    pub(super) fn of(policy: &Policy, staff: &Staff, people: &[StaffLine], steps: &[StepLine]) -> Self {
        let colleagues = people.iter().filter(|line| !line.has_left && line.id != staff.id);
        Self {
            channels: policy.people.channels.iter().map(|channel| Choice::new(channel.key(), channel.title())).collect(),
            behaviours: policy
                .behaviour
                .categories
                .iter()
                .map(|one| Choice::new(&one.key, &one.title).hint(examples(&one.examples)))
                .collect(),
            effects: policy.behaviour.effects.iter().map(|one| Choice::new(&one.key, &one.title)).collect(),
            affected: vec![Choice::new("me", format!("Me, {}", staff.name)), Choice::new("else", "Somebody else").reveals()],
            colleagues: colleagues.map(|line| Choice::new(line.id.to_string(), &line.name)).collect(),
            kinds: policy.people.affected.iter().map(|kind| Choice::new(&kind.key, &kind.title)).collect(),
            harm: Harm::ALL.iter().map(|harm| with_reveal(Choice::new(harm.key(), harm.title()), *harm != Harm::None)).collect(),
            threats: THREATS.iter().map(|danger| Choice::new(danger.key(), danger.title())).collect(),
            dangers: besides(policy).into_iter().map(|danger| Choice::new(danger.key(), danger.title())).collect(),
            warned: warned(policy, steps),
            done: what_was_done(steps),
            fewer: fewer(policy),
            told: vec![Choice::new("yes", "Yes"), Choice::new("no", "No")],
            adjusted: Adjusted::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
            help: Help::ALL.iter().map(|one| help(policy, *one)).collect(),
        }
    }
}

/// What somebody may ask for themselves: who comes and by when, and what there is, as the policy has it.
fn help(policy: &Policy, one: Help) -> Choice {
    let support = &policy.support;
    let who = match support.offered_by.in_case().is_empty() {
        false => "my manager".to_owned(),
        true => support.offered_by.say(&policy.roles),
    };
    match one {
        Help::Today => Choice::new(one.key(), format!("Ask {who} to check in within {}", *support.within))
            .hint(say::finished(&format!("There is: {}", support.offers.join("; ")))),
        Help::Fine | Help::Now => Choice::new(one.key(), one.title()),
    }
}

/// What else about safety matters somewhere in this policy.
fn besides(policy: &Policy) -> Vec<Danger> {
    dangers_asked(policy).into_iter().filter(|danger| !THREATS.contains(danger)).collect()
}

fn examples(all: &[String]) -> String {
    all.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("; ")
}

fn with_reveal(choice: Choice, reveals: bool) -> Choice {
    if reveals { choice.reveals() } else { choice }
}

/// A tick for each warning the policy asks, and for any more that were spoken.
fn warned(policy: &Policy, steps: &[StepLine]) -> Vec<Choice> {
    const NTH: [&str; 9] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    let spoken = steps.iter().map(|step| usize::try_from(step.step).unwrap_or(0)).max().unwrap_or(0);
    let count = usize::from(*policy.call_ending.warnings).max(spoken).min(NTH.len());
    (1..=count)
        .map(|number| {
            let at = steps.iter().find(|step| usize::try_from(step.step) == Ok(number)).map(|step| say::time(days::time_of(step.at)));
            Choice::new(number.to_string(), format!("Gave a {} warning", NTH[number - 1])).hint(at.unwrap_or_default())
        })
        .collect()
}

fn what_was_done(steps: &[StepLine]) -> Vec<Choice> {
    let ended_at = steps.iter().find(|step| step.step == 0).map(|step| say::time(days::time_of(step.at)));
    let ended = Choice::new("ended", "Ended the contact").hint(ended_at.unwrap_or_default()).reveals();
    std::iter::once(ended).chain(Done::ALL.iter().map(|done| Choice::new(done.key(), done.title()))).collect()
}

/// The reason for fewer warnings that no policy names.
pub(super) const ANOTHER: &str = "Another reason, told in what happened";

fn fewer(policy: &Policy) -> Vec<Choice> {
    if *policy.call_ending.warnings == 0 {
        return Vec::new();
    }
    let named = policy.call_ending.fewer.iter().map(|reason| Choice::new(&reason.key, &reason.say));
    named.chain([Choice::new("another", ANOTHER)]).collect()
}
