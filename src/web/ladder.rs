//! The ladder as a page shows it: each step, whether it may come next, and why.

use chrono::NaiveDate;

use crate::rules::ladder::{Next, Past, next_steps};
use crate::rules::policy::Policy;
use crate::rules::say;
use crate::rules::tone::Tone;

/// One step of the ladder, as it stands today.
#[derive(Clone, Debug)]
pub struct Rung {
    /// Its tone.
    pub tone: Tone,
    /// Its icon.
    pub mark: &'static str,
    /// The landlord's own title.
    pub title: String,
    /// "Still counts", "May come next", "May be left out first", "Not yet".
    pub result: &'static str,
    /// Why.
    pub because: String,
}

/// Every step, with what counts today and until when.
pub fn rungs(policy: &Policy, past: &Past, today: NaiveDate) -> Vec<Rung> {
    next_steps(policy, past, today).iter().map(|next| rung(policy, past, today, next)).collect()
}

fn rung(policy: &Policy, past: &Past, today: NaiveDate, next: &Next<'_>) -> Rung {
    let title = next.step.title.clone();
    if let Some((taken, count)) = past.counting(policy, &next.step.key, today) {
        let because = format!("Taken on {}. It {}.", say::day(taken.on), count.say());
        return Rung { tone: Tone::Ok, mark: "tick", title, result: "Still counts", because };
    }
    let (tone, mark, result) = match (next.may, &next.skip) {
        (true, _) => (Tone::Info, "next", "May come next"),
        (false, Some(_)) => (Tone::Care, "care", "Only if a step is left out"),
        (false, None) => (Tone::Quiet, "clock", "Not yet"),
    };
    Rung { tone, mark, title, result, because: next.because.clone() }
}
