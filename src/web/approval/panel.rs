//! The panel beside a proposal: what its reader may do with it, or why not and who can.

use crate::casework::approval::Papers;
use crate::casework::desk::Desk;
use crate::http::fault::Fault;
use crate::http::form::Choice;
use crate::rules::authority;
use crate::rules::policy::{StageAct, StageKind};
use crate::rules::proposal::{Check, Met, Section};
use crate::rules::restriction::Stage;
use crate::rules::say;
use crate::web::sitting::{self, Sitting};

/// What the panel lets the reader do.
pub enum Panel {
    /// Decide: the choices left, and what keeps the others away.
    Decide {
        choices: Vec<Choice>,
        against: String,
        hint: String,
        terms: Vec<Choice>,
        no_end: bool,
        may_change: bool,
        /// What can be asked for when it is sent back, where the policy has a list.
        asks: Vec<Choice>,
        /// The body that decided, where its clerk records it.
        body: Option<Sitting>,
        next: String,
    },
    /// Give a view before somebody else decides.
    View { body: Option<Sitting>, next: String },
    /// Somebody else's turn: why, and who can.
    Others { why: String, who: String },
    /// Nobody can decide it: why, and what would help.
    Stuck { why: String },
    /// It is decided.
    Decided {
        sentence: String,
        /// Whether something came of it that can be read.
        came_into_force: bool,
    },
}

/// The panel for this reader.
pub fn of(papers: &Papers, desk: &Desk, checks: &[Check]) -> Result<Panel, Fault> {
    if papers.whole.proposal.stage != Stage::AwaitingApproval {
        let sentence = match papers.whole.proposal.stage {
            Stage::Draft | Stage::SentBack if papers.said.is_empty() => format!("{} is still writing it.", papers.whole.proposal.proposer),
            _ => papers.who_was_first(desk),
        };
        let came_into_force = matches!(papers.whole.proposal.stage, Stage::InForce | Stage::Lifted | Stage::Quashed);
        return Ok(Panel::Decided { sentence, came_into_force });
    }
    let place = match papers.turn(&papers.reader(desk)?) {
        Ok(place) => place,
        Err(refusal) => {
            if let Some(why) = papers.stuck() {
                return Ok(Panel::Stuck { why });
            }
            let who = match papers.who_can()[..] {
                [] => "Nobody here is: tell the policy owner.".to_owned(),
                ref names => format!("Here that is {}.", say::either(names)),
            };
            return Ok(Panel::Others { why: refusal.to_string(), who });
        }
    };
    if papers.stages.stages[place].kind == StageKind::Consult {
        return Ok(Panel::View { body: sitting(papers, place), next: next(papers, place) });
    }
    Ok(decide(papers, place, checks))
}

/// Who decides after this stage, or what the decision sets off.
fn next(papers: &Papers, place: usize) -> String {
    let after = papers.stages.stages.iter().skip(place + 1).find(|stage| stage.kind == StageKind::Authorise);
    after.map_or_else(
        || format!("{} gets a letter within 2 working days, which says how to appeal.", papers.whole.customer.formal_name()),
        |stage| format!("After you it is for {} to decide.", stage.of.say(&papers.whole.policy.roles)),
    )
}

/// The act of the policy a choice stands for.
fn act(choice: &str) -> Option<StageAct> {
    match choice {
        "approve" => Some(StageAct::Approve),
        "change" => Some(StageAct::ApproveWithChanges),
        "back" => Some(StageAct::Return),
        "decline" => Some(StageAct::Decline),
        _ => None,
    }
}

/// Who may have sat, where a body decides at this stage.
fn sitting(papers: &Papers, place: usize) -> Option<Sitting> {
    let body = papers.body(place)?;
    let decides = papers.stages.stages[place].kind == StageKind::Authorise;
    let votes = body.approves_by.filter(|_| decides).map(|share| format!("To approve it takes {}.", share.title()));
    Some(sitting::of(&papers.whole.policy, &papers.case, body, votes, |one| papers.may_sit(place, one)))
}

fn decide(papers: &Papers, place: usize, checks: &[Check]) -> Panel {
    let in_the_way: Vec<&Check> = checks.iter().filter(|check| check.met == Met::Not).collect();
    let may_change = in_the_way.iter().all(|check| check.section == Section::Terms);
    let mut choices = Vec::new();
    if in_the_way.is_empty() {
        choices.push(Choice::new("approve", "Approve"));
    }
    if may_change {
        choices.push(Choice::new("change", "Approve with changes").hint("Sooner dates, or less").reveals());
    }
    choices.push(Choice::new("back", "Send back with questions"));
    choices.push(Choice::new("decline", "Decline").hint("No new limit"));
    let stage = &papers.stages.stages[place];
    choices.retain(|choice| act(&choice.value).is_none_or(|act| authority::may(stage, act)));
    let may_change = may_change && authority::may(stage, StageAct::ApproveWithChanges);
    let asks = match authority::may(stage, StageAct::Return) {
        true => papers.whole.policy.authority.returned_for.iter().map(|one| Choice::new(&one.key, &one.ask)).collect(),
        false => Vec::new(),
    };
    let rules: Vec<String> = in_the_way.iter().map(|check| format!("“{}”", check.rule)).collect();
    let against = if rules.is_empty() { String::new() } else { format!("Not met: {}", say::list(&rules)) };
    let should: Vec<String> = checks.iter().filter(|check| check.met == Met::NotYet).map(|check| format!("“{}”", check.rule)).collect();
    let mut hint = match choices.iter().any(|choice| choice.value == "approve" || choice.value == "change") {
        true => format!("Quoted in the letter to {}. Say why this is fair and no more than is needed.", papers.whole.customer.full_name()),
        false => format!("Kept on the record. {} reads them and can answer.", papers.whole.proposal.proposer),
    };
    if !should.is_empty() && rules.is_empty() {
        hint.push_str(&format!(" To approve, say why it is right although not all is met: {}.", say::list(&should)));
    }
    Panel::Decide {
        choices,
        against,
        hint,
        terms: papers.terms.iter().map(|line| Choice::new(line.id.to_string(), line.term.sentence_for_staff())).collect(),
        may_change,
        asks,
        body: sitting(papers, place),
        next: next(papers, place),
        no_end: *papers.whole.policy.terms.permanent && !*papers.whole.policy.terms.end_date_required,
    }
}
