//! Stages in which people decide, wherever a pack writes them: that somebody can, and how many.

use super::super::{Fault, Policy, Stage, StageAct, StageKind};

/// The most people that one stage may ask for: a decision that needs more is a body's.
const MOST_AT_A_STAGE: u8 = 10;

/// Stages that ask for nobody, or for more people than there can be.
pub(super) fn counts(policy: &Policy, at: &str, stages: &[Stage], faults: &mut Vec<Fault>) {
    for (stage, number) in stages.iter().zip(1..) {
        let at = format!("{at}.{number}.count");
        let alone = stage.of.role_keys();
        if stage.count == 0 {
            faults.push(Fault::at(at, "A stage asks for nobody. Its count must be at least 1."));
        } else if stage.count > 1 && alone.len() == 1 && policy.roles.get(alone[0]).is_some_and(|role| role.single) {
            let says = format!("{} people are asked for, and one person holds this post.", stage.count);
            faults.push(Fault::at(at, says));
        } else if stage.count > 1 && alone.len() == 1 && policy.body(alone[0]).is_some() {
            faults.push(Fault::at(at, "A body decides together and counts as one."));
        }
    }
}

/// Stages at which nobody could say yes, or that ask for a crowd.
pub(super) fn sense(at: &str, stages: &[Stage], faults: &mut Vec<Fault>) {
    for (place, stage) in (1..).zip(stages).filter(|(_, stage)| stage.kind == StageKind::Authorise) {
        let approves = |act: &StageAct| matches!(act, StageAct::Approve | StageAct::ApproveWithChanges);
        if !stage.may.is_empty() && !stage.may.iter().any(approves) {
            faults.push(Fault::at(format!("{at}.{place}.may"), "Nobody could ever approve at this stage. Add \"approve\"."));
        }
        if stage.count > MOST_AT_A_STAGE {
            let says = format!("A stage asks for at most {MOST_AT_A_STAGE} people. Let a body decide where more do.");
            faults.push(Fault::at(format!("{at}.{place}.count"), says));
        }
    }
}
