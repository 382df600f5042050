//! Sending a proposal for approval, and asking whoever decides next.

use chrono::NaiveDate;

use super::open::may_propose;
use super::parts::{being_written, changed};
use super::{Case, Desk, Error, Result, Whole, store};
use crate::casework::Refusal;
use crate::casework::approval::standing;
use crate::casework::case::Wanted;
use crate::casework::reminder;
use crate::rules::authority::{self, Approval, Progress, Stages};
use crate::rules::clock;
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, RestrictionId};
use crate::rules::policy::{Policy, Reach, StageKind};
use crate::rules::proposal::{Met, NO_ROUTE, asked_key};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store::proposal::Doors;
use crate::store::staff::StaffLine;
use crate::store::task::NewTask;

/// Whom to ask, about what.
#[derive(Debug)]
pub struct Ask<'a> {
    /// The proposal.
    pub id: RestrictionId,
    /// Whose contact it is about.
    pub customer: CustomerId,
    /// The customer's reference: no name goes into an email.
    pub reference: &'a str,
    /// The round it is in.
    pub round: i16,
    /// The policy that judges it.
    pub policy: &'a Policy,
    /// Its stages.
    pub stages: &'a Stages,
    /// What was decided in this round so far.
    pub approvals: &'a [Approval],
    /// The address of the page to decide on.
    pub link: &'a str,
}

/// Sends a proposal for approval: complete, allowed by the policy, and with somebody who may decide. One that came back with questions is
/// sent again with the answer to them. `link` leads to the decision.
pub async fn send(desk: &mut Desk, id: RestrictionId, version: i32, answer: Option<&str>, link: &str) -> Result<()> {
    let mut whole = being_written(desk, id, version).await?;
    let case = may_propose(desk, id, &whole.policy).await?;
    complete(&whole)?;
    allowed(desk, &whole).await?;
    keep_answer(desk, &mut whole, answer).await?;
    let stages = Stages::of(&whole.policy, &whole.asked(desk.today()));
    let case = case.lending(desk, &whole.policy, &stages).await?;
    let approvals = carried_over(desk, &whole, &stages).await?;
    let bounds = whole.draft().bounds(&whole.policy);
    let open: Vec<String> = bounds.open().iter().map(|purpose| purpose.key().to_owned()).collect();
    let ways: Vec<String> = bounds.ways.iter().map(|way| way.key().to_owned()).collect();
    let doors =
        Doors { always_open: &open, ways: &ways, one_open: bounds.one_open, no_route_because: whole.draft().assessment.answer(NO_ROUTE) };
    if !store::proposal::send(&mut desk.tx, id, version, &doors, desk.now).await.map_err(refused_by_database)? {
        return Err(changed());
    }
    desk.finish(TaskKind::SentBack, id.0).await?;
    let ask = Ask {
        id,
        customer: whole.customer.id,
        reference: &whole.customer.reference,
        round: whole.proposal.round + 1,
        policy: &whole.policy,
        stages: &stages,
        approvals: &approvals,
        link,
    };
    ask_deciders(desk, &case, &ask).await?;
    let event = match approvals.is_empty() {
        true => Event::ProposalSent { restriction: id },
        false => Event::ProposalSentOn { restriction: id },
    };
    desk.record(whole.customer.id, event).await
}

/// Keeps the answer to the questions it came back with, for whoever asked them.
async fn keep_answer(desk: &mut Desk, whole: &mut Whole, answer: Option<&str>) -> Result<()> {
    let Some(asked) = whole.asked_last() else { return Ok(()) };
    let Some(answer) = answer else {
        return Err(Error::refused("answer", format!("Answer what {} asked", asked.name)));
    };
    let key = asked_key(whole.proposal.round);
    let by = desk.staff()?.id;
    let written = &mut whole.proposal.draft.assessment;
    written.answers.insert(key, answer.to_owned());
    Ok(store::proposal::save_assessment(&mut desk.tx, whole.proposal.id, written, by, desk.now).await?)
}

/// The approvals given before questions were asked, where nothing they rest on has changed since: they stand in the round that begins,
/// so that the answers go to the stage that asked. None on a first sending, and none where something changed.
async fn carried_over(desk: &mut Desk, whole: &Whole, stages: &Stages) -> Result<Vec<Approval>> {
    let (id, round) = (whole.proposal.id, whole.proposal.round);
    let stood = store::approval::last_sent_back(&mut desk.tx, id, round).await?;
    if !stood.is_some_and(|stood| stood.holds_for(&whole.stood(stages))) {
        return Ok(Vec::new());
    }
    store::approval::carry_over(&mut desk.tx, id, round).await?;
    let said = store::approval::list(&mut desk.tx, id).await?;
    Ok(standing(&said, round + 1))
}

/// Asks whoever may decide next, with a task and an email each: called on sending, and after each stage. Where nobody may, the policy's
/// substitute is asked; without one, everybody who could mend it is told that the decision is stuck.
pub async fn ask_deciders(desk: &mut Desk, case: &Case, ask: &Ask<'_>) -> Result<()> {
    let here = case.here();
    let stages = &ask.stages.with_substitutes(ask.policy, ask.approvals, &here, &case.history);
    if let Some(why) = stages.stuck(ask.policy, ask.approvals, &here, &case.history) {
        tell_it_is_stuck(desk, case, ask, &why).await?;
    }
    let Progress::Waiting { open, .. } = stages.progress(ask.policy, ask.approvals) else {
        return Ok(());
    };
    let due_on = clock::decide_by(ask.policy, desk.today()).due;
    let step = format!("round {} after {}", ask.round, ask.approvals.len());
    reminder::of_next_answer(desk, reminder::Answer::Proposal, ask.id.0, &step, due_on).await?;
    for place in open {
        let stage = &stages.stages[place];
        let kind = match stage.kind {
            StageKind::Consult => TaskKind::View,
            StageKind::Authorise => TaskKind::Approval,
        };
        let body = authority::body_of(ask.policy, stage);
        let may = |somebody: &authority::Person| stages.may_act_at(ask.policy, place, ask.approvals, somebody, &case.history);
        let wanted = Wanted { kind, customer: ask.customer, subject: ask.id.0, due_on };
        case.ask(desk, &wanted, body.map_or(&stage.of, |body| &body.clerk), None, may).await?;
        for line in case.people.iter().filter(|line| !line.has_left && may(&case.person(line)).is_ok()) {
            let key = format!("proposal {} round {} stage {place} to {}", ask.id, ask.round, line.id);
            let (subject, words) = email(kind, ask, &line.name, due_on);
            desk.write_to(&line.name, &line.email, &key, &subject, &words).await?;
        }
    }
    Ok(())
}

/// A task for every head, director and owner of the policy, and an email each: somebody has to be given the post.
async fn tell_it_is_stuck(desk: &mut Desk, case: &Case, ask: &Ask<'_>, why: &str) -> Result<()> {
    const SENIOR: [Reach; 3] = [Reach::Head, Reach::Director, Reach::PolicyOwner];
    let due_on = desk.today();
    let roles = ask.policy.roles.iter().filter(|(_, role)| SENIOR.contains(&role.reach)).map(|(key, _)| key.to_owned()).collect();
    desk.finish(TaskKind::Stuck, ask.id.0).await?;
    desk.ask(NewTask {
        kind: TaskKind::Stuck,
        customer: ask.customer,
        subject: ask.id.0,
        staff: None,
        for_roles: roles,
        not_for: Vec::new(),
        due_on,
        note: Some(why.to_owned()),
        whom: None,
    })
    .await?;
    let senior = |line: &&StaffLine| Reach::from_key(&line.reach).is_some_and(|reach| SENIOR.contains(&reach));
    for line in case.people.iter().filter(|line| !line.has_left).filter(senior) {
        let key = format!("proposal {} round {} stuck after {} to {}", ask.id, ask.round, ask.approvals.len(), line.id);
        let subject = format!("Nobody can decide on {}", ask.policy.words.restriction.a);
        let words = format!("Dear {}\n\nCustomer {}: {why}\n\n{}\n", line.name, ask.reference, ask.link);
        desk.write_to(&line.name, &line.email, &key, &subject, &words).await?;
    }
    Ok(())
}

fn email(kind: TaskKind, ask: &Ask<'_>, name: &str, due_on: NaiveDate) -> (String, String) {
    let word = &ask.policy.words.restriction;
    let (subject, act) = match kind {
        TaskKind::View => (format!("Your view is asked for on {}", word.a), "give your view on"),
        _ => (format!("{} waits for your decision", say::sentence(&word.a)), "decide on"),
    };
    let words = format!(
        "Dear {name}\n\nPlease read and {act} the proposed {} for ⟦customer⟧ {} by {}.\n\n{}\n\nYou are asked because the policy lets you decide and you took no part in the case.\n",
        word.one,
        ask.reference,
        say::weekday(due_on),
        ask.link,
    );
    (subject, words)
}

fn complete(whole: &Whole) -> Result<()> {
    let missing = whole.missing();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Error::refused(
            "",
            format!("It cannot be sent yet: {} to fill in.", say::count(missing.len() as u32, "thing is still", "things are still")),
        )),
    }
}

async fn allowed(desk: &mut Desk, whole: &Whole) -> Result<()> {
    let past = whole.past(desk).await?;
    let checks = whole.checks(&past, desk.today());
    let against: Vec<Refusal> =
        checks.iter().filter(|check| check.met == Met::Not).map(|check| Refusal::at("", against(&check.rule, &check.note))).collect();
    if against.is_empty() { Ok(()) } else { Err(Error::Refused(against)) }
}

fn against(rule: &str, note: &str) -> String {
    match note {
        "" => format!("Not met: {}", rule.trim_end_matches('?')),
        note => note.to_owned(),
    }
}

/// The database's last word, as a sentence. The rules should have said it first.
fn refused_by_database(error: store::Error) -> Error {
    let sentence = match error.constraint() {
        Some("restriction_has_terms") => "Choose at least one measure.",
        Some("restriction_leaves_a_route") => "These measures leave no way to reach us. Leave one open, or name a representative.",
        Some("restriction_closes_no_open_purpose" | "term_floor_stays_open") => "One of the measures closes something that is always open.",
        Some("restriction_dates") => "The review must be on or before the last day.",
        _ => return error.into(),
    };
    Error::refused("", sentence)
}
