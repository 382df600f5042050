//! Where one restriction leads: its proposal, letters, review, and what the customer may ask for.

use crate::casework::desk::Staff;
use crate::http::doors::{DECIDING, LOGGING, MANAGING, OVERSEEING};
use crate::http::paths;
use crate::rules::appeal::{self, Round};
use crate::rules::challenge::{self, Challenged};
use crate::rules::policy::Policy;
use crate::rules::restriction::Stage;
use crate::store::restriction::{Restriction, Surroundings};

pub(super) fn links(
    policy: &Policy,
    restriction: &Restriction,
    beside: &Surroundings,
    staff: &Staff,
    has_lapsed: bool,
) -> Vec<(String, String)> {
    let holds = restriction.stage == Stage::InForce && !has_lapsed;
    let (decides, logs) = (DECIDING.admits(staff.reach), LOGGING.admits(staff.reach));
    let appealable = challenge::profile(policy, Challenged::Restriction).is_some()
        || challenge::profile(policy, Challenged::Length).is_some()
        || restriction.appeal_promised_on.is_some();
    let mut links = Vec::new();
    let mut add = |href: String, text: &str| links.push((href, text.to_owned()));
    match restriction.stage {
        Stage::Draft | Stage::SentBack if MANAGING.admits(staff.reach) => {
            add(paths::Proposal { id: restriction.id }.to_string(), "Go on with the proposal")
        }
        Stage::AwaitingApproval if OVERSEEING.admits(staff.reach) => {
            add(paths::Approval { id: restriction.id }.to_string(), "Read it and decide")
        }
        _ => {}
    }
    if let Some(id) = beside.notice {
        add(paths::Letter { id }.to_string(), "Read the notice letter");
    }
    if let Some(id) = beside.review.filter(|_| decides) {
        add(paths::Review { id }.to_string(), "See the review");
    }
    if let Some(id) = beside.review.filter(|_| logs && holds) {
        add(paths::ReviewRequest { id }.to_string(), "Log a request for an early ⟦review⟧");
    }
    if let Some(id) = beside.undertaking {
        add(paths::Undertaking { id }.to_string(), "Read the undertaking, or record that it was signed");
    }
    match beside.reconsideration {
        Some(id) => add(paths::Reconsideration { id }.to_string(), "Read the request to look again"),
        None if logs && restriction.stage == Stage::InForce && policy.challenge.reconsideration.is_some() => {
            add(format!("{}?restriction={}", paths::ReconsiderationNew {}, restriction.id), "The ⟦customer⟧ asks us to look again")
        }
        None => {}
    }
    if let Some(id) = beside.appeal {
        add(paths::Appeal { id }.to_string(), "Read the ⟦appeal⟧ that is open");
    }
    let is_free = beside.appeal.is_none() || appeal::takes_in(Round::First, beside.appeal_round);
    if is_free && logs && holds && appealable && beside.sent_back_at.is_none() {
        add(format!("{}?restriction={}", paths::AppealNew {}, restriction.id), "Log ⟦an appeal⟧");
    }
    links
}
